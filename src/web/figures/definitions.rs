//! What each figure means: made from the file of the metric, so that a formula and its explanation cannot part.

use serde::Serialize;

use super::say;
use crate::db::types::Moment;
use crate::forum::metrics::hours::Hours;
use crate::forum::metrics::metric::{Metric, Shown};
use crate::forum::metrics::rules::{Index, Part};
use crate::forum::metrics::{catalogue, read};
use crate::i18n::Locales;
use crate::refusal::{Refusal, Result};
use crate::web::ask::{Answer, Ask};

#[derive(Serialize)]
struct Line {
    name: &'static str,
    title: String,
    purpose: String,
}

#[derive(Serialize)]
struct Page {
    title: String,
    means: String,
    purpose: String,
    formula: &'static str,
    source: &'static str,
    unit: String,
    window: String,
    version: i64,
    shown: String,
    /// Numbers that the operator set and it goes by, and since when; the newest version last.
    rules: Vec<(String, String)>,
    /// Whether everybody who belongs sees it.
    total: bool,
    /// Whether the forum has of it what its spaces have together.
    sum: bool,
    visits: bool,
    all: String,
}

/// Every signed-in person may read what is counted, and how.
pub fn all(ask: &Ask) -> Answer {
    let lines: Vec<Line> = catalogue::ALL
        .iter()
        .map(|metric| Line {
            name: metric.name,
            title: ask.t(&format!("metric-{}", metric.name)),
            purpose: ask.t(&format!("metric-{}-for", metric.name)),
        })
        .collect();
    ask.page(
        "figures/definitions.html",
        &ask.t("definitions-title"),
        &serde_json::json!({ "lines": lines }),
    )
}

/// Every version of some numbers, as the configuration has them: what an operator reads there is read here.
fn versions<T: Part>(ask: &Ask) -> Result<Vec<(String, String)>> {
    ask.read(|cx| {
        let mut all = Vec::new();
        for kept in read::rules::<T>(cx)? {
            let table = toml::to_string(&kept.numbers).map_err(Refusal::broken)?;
            let since = if kept.since == Moment(0) {
                ask.t("definition-rules-first")
            } else {
                let day = say::day(ask, read::calendar(cx)?.day(kept.since))?;
                Locales::get().with_values(ask.lang, "definition-rules-since", &[("day", day.into())])
            };
            all.push((table.trim().replace('\n', " · "), since));
        }
        Ok(all)
    })
}

pub fn one(ask: &Ask) -> Answer {
    let metric: &Metric = catalogue::find(ask.param("metric")).ok_or(Refusal::NotFound)?;
    let thresholds = ask.app().config.metrics;
    let shown = match metric.shown {
        Shown::Known => "shown-known",
        Shown::Total => "shown-total",
        Shown::Group => "shown-group",
    };
    let rules = match metric.name {
        "health-index" => versions::<Index>(ask)?,
        "stickiness" | "first-reply" | "bursts" => versions::<Hours>(ask)?,
        _ => Vec::new(),
    };
    let page = Page {
        title: ask.t(&format!("metric-{}", metric.name)),
        means: ask.t(&format!("metric-{}-means", metric.name)),
        purpose: ask.t(&format!("metric-{}-for", metric.name)),
        formula: metric.formula,
        source: metric.source,
        unit: ask.t(&format!("unit-{}", metric.unit.word())),
        window: ask.t(&format!("window-{}", metric.window.word())),
        version: metric.version,
        shown: Locales::get().with_values(
            ask.lang,
            shown,
            &[
                ("people", thresholds.people.into()),
                ("contributors", thresholds.contributors.into()),
                ("share", thresholds.top_share.into()),
            ],
        ),
        rules,
        total: read::TOTALS.contains(&metric.name),
        sum: catalogue::is_sum(metric.name, ""),
        visits: metric.visits,
        all: "/definitions".to_owned(),
    };
    let title = page.title.clone();
    ask.page("figures/definition.html", &title, &page)
}
