//! The works council pack: one document that says what is recorded and why, each figure with its formula, who sees it,
//! how long it is kept, what it looks like with made-up numbers, and a draft of an impact assessment. Made from the same
//! definitions, thresholds and kinds that the forum works with, so that it cannot say something else. In any language of
//! the forum, as a file that needs nothing but a browser.

use serde::Serialize;

use super::say;
use crate::access::{deed, on_forum};
use crate::forum::metrics::catalogue;
use crate::forum::metrics::metric::{Shown, Thresholds};
use crate::forum::metrics::read;
use crate::forum::metrics::rules::List;
use crate::forum::today;
use crate::forum::today::kinds::{Trial, WorkKind};
use crate::i18n::{Arg, Lang, Locales};
use crate::refusal::{Refusal, Result};
use crate::views::Views;
use crate::views::charts::{self, Caption, bars, onion};
use crate::web::ask::{Answer, Ask};
use crate::web::reply::{Body, Reply, Served};

/// Sections that are paragraphs, each with how many it has.
const TEXTS: [(&str, usize); 5] = [
    ("purpose", 3),
    ("ground", 4),
    ("never", 6),
    ("persons", 7),
    ("rights", 5),
];
/// Rows of tables, each a sentence with bars between its cells.
const RECORDED: [&str; 12] = [
    "pack-data-events",
    "pack-data-days",
    "pack-data-read",
    "pack-data-marks",
    "pack-data-sessions",
    "pack-data-roles",
    "pack-data-weeks",
    "pack-data-rings",
    "pack-data-lists",
    "pack-data-notes",
    "pack-data-plans",
    "pack-data-audit",
];
const SEEN: [&str; 7] = [
    "pack-seen-self",
    "pack-seen-member",
    "pack-seen-guest",
    "pack-seen-manager",
    "pack-seen-admin",
    "pack-seen-council",
    "pack-seen-nobody",
];
const RISKS: [&str; 8] = [
    "pack-risk-judging",
    "pack-risk-small",
    "pack-risk-difference",
    "pack-risk-pressure",
    "pack-risk-access",
    "pack-risk-function",
    "pack-risk-held",
    "pack-risk-export",
];

#[derive(Serialize)]
struct Text {
    id: &'static str,
    title: String,
    paragraphs: Vec<String>,
}

#[derive(Serialize)]
struct MetricRow {
    title: String,
    means: String,
    purpose: String,
    formula: &'static str,
    version: i64,
    shown: String,
    /// Who else sees it, and what is forgotten of it; empty where that is as with all.
    besides: String,
}

#[derive(Serialize)]
struct Picture {
    name: &'static str,
    title: String,
    description: String,
    svg: Option<String>,
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
    definition: &'static str,
}

/// One language's words.
struct Words {
    lang: Lang,
}

impl Words {
    fn t(&self, key: &str) -> String {
        Locales::get().word(self.lang, key)
    }

    fn say(&self, key: &str, values: &[(&str, Arg)]) -> String {
        Locales::get().with_values(self.lang, key, values)
    }

    /// The cells of a row that is one sentence.
    fn cells(&self, key: &str) -> Vec<String> {
        self.t(key).split('|').map(|cell| cell.trim().to_owned()).collect()
    }
}

fn metrics(words: &Words, thresholds: Thresholds) -> Vec<MetricRow> {
    catalogue::ALL
        .iter()
        .map(|metric| {
            let shown = match metric.shown {
                Shown::Known => "shown-known",
                Shown::Total => "shown-total",
                Shown::Group => "shown-group",
            };
            MetricRow {
                title: words.t(&format!("metric-{}", metric.name)),
                means: words.t(&format!("metric-{}-means", metric.name)),
                purpose: words.t(&format!("metric-{}-for", metric.name)),
                formula: metric.formula,
                version: metric.version,
                besides: [
                    (read::TOTALS.contains(&metric.name), "definition-seen-all"),
                    (metric.visits, "definition-kept-visits"),
                ]
                .into_iter()
                .filter(|(so, _)| *so)
                .map(|(_, key)| words.t(key))
                .collect::<Vec<_>>()
                .join(" "),
                shown: words.say(
                    shown,
                    &[
                        ("people", thresholds.people.into()),
                        ("contributors", thresholds.contributors.into()),
                        ("share", thresholds.top_share.into()),
                    ],
                ),
            }
        })
        .collect()
}

/// Each kind of line on the list of what is worth doing: what it is, what it is found by, and how it is compared.
fn kinds(words: &Words, list: &List) -> Vec<[String; 3]> {
    let hours = |hours: f64| Locales::get().number(words.lang, hours, usize::from(hours.fract() != 0.0));
    let waits = [
        ("newcomer", hours(list.newcomer_hours).into()),
        ("question", hours(list.question_hours).into()),
    ];
    WorkKind::ALL
        .iter()
        .map(|kind| {
            let key = today::key(*kind);
            let compared = match kind.trial() {
                Trial::HalfHeldBack => "pack-lot-half",
                Trial::WhoIsAsked => "pack-lot-who",
                Trial::None => "pack-lot-none",
            };
            [
                words.t(&format!("today-kind-{key}")),
                words.say(&format!("pack-found-{key}"), &waits),
                words.t(compared),
            ]
        })
        .collect()
}

/// What managers see, drawn with numbers that are made up.
fn pictures(words: &Words) -> Vec<Picture> {
    let rings = [
        (onion::Skin::Core, "core", 11),
        (onion::Skin::Active, "active", 26),
        (onion::Skin::Occasional, "occasional", 38),
        (onion::Skin::Reader, "reader", 61),
        (onion::Skin::Lapsed, "lapsed", 12),
        (onion::Skin::NotHere, "not-here-yet", 1_043),
    ];
    let drawn: Vec<(onion::Skin, String, u32, String)> = rings
        .into_iter()
        .map(|(skin, ring, people)| (skin, words.t(&format!("ring-{ring}")), people, people.to_string()))
        .collect();
    let skins: Vec<onion::Ring<'_>> = drawn
        .iter()
        .map(|(skin, name, people, text)| onion::Ring {
            skin: *skin,
            words: name,
            people: *people,
            count: text,
            moved_in: "",
            moved_out: "",
        })
        .collect();
    let enlarged = words.t("onion-enlarged");
    let signals = ["knowledge", "interested", "regular"];
    let shares = [0.27, 0.37, 0.42];
    let named: Vec<(String, f64, String)> = signals
        .into_iter()
        .zip(shares)
        .map(|(signal, share)| {
            (
                words.t(&format!("metric-ownership-{signal}")),
                share,
                say::percent(words.lang, share),
            )
        })
        .collect();
    let lying: Vec<bars::Bar<'_>> = named
        .iter()
        .map(|(name, share, text)| bars::Bar {
            words: name,
            value: Some(*share),
            text,
            marked: false,
        })
        .collect();
    let titles = [words.t("chart-onion"), words.t("chart-ownership")];
    let means = [words.t("chart-onion-means"), words.t("chart-ownership-means")];
    let caption = |place: usize, id: &'static str| Caption {
        id,
        title: &titles[place],
        description: &means[place],
    };
    vec![
        Picture {
            name: "pack-onion",
            svg: onion::draw(&onion::Onion {
                caption: caption(0, "pack-onion"),
                rings: &skins,
                moves: None,
                enlarged: &enlarged,
            }),
            title: titles[0].clone(),
            description: means[0].clone(),
            heads: vec![words.t("pack-ring"), words.t("pack-people")],
            rows: drawn
                .iter()
                .map(|(_, name, _, text)| vec![name.clone(), text.clone()])
                .collect(),
            definition: "",
        },
        Picture {
            name: "pack-ownership",
            svg: bars::bars(&bars::Bars {
                caption: caption(1, "pack-ownership"),
                bars: &lying,
                full: Some(1.0),
            }),
            title: titles[1].clone(),
            description: means[1].clone(),
            heads: vec![words.t("ownership-signal"), words.t("ownership-share")],
            rows: named
                .iter()
                .map(|(name, _, text)| vec![name.clone(), text.clone()])
                .collect(),
            definition: "",
        },
    ]
}

/// The whole document in a language.
fn document(
    views: &Views,
    lang: Lang,
    forum: &str,
    (thresholds, list): (Thresholds, &List),
    day: &str,
) -> Result<String> {
    let words = Words { lang };
    let texts: Vec<Text> = TEXTS
        .into_iter()
        .map(|(name, count)| Text {
            id: name,
            title: words.t(&format!("pack-{name}")),
            paragraphs: (1..=count)
                .map(|number| words.t(&format!("pack-{name}-{number}")))
                .collect(),
        })
        .collect();
    let rows = |keys: &[&str]| keys.iter().map(|key| words.cells(key)).collect::<Vec<_>>();
    let data = serde_json::json!({
        "forum": forum,
        "day": day,
        "texts": texts,
        "recorded": rows(&RECORDED),
        "seen": rows(&SEEN),
        "risks": rows(&RISKS),
        "metrics": metrics(&words, thresholds),
        "kinds": kinds(&words, list),
        "pictures": pictures(&words),
        "people": thresholds.people,
        "contributors": thresholds.contributors,
        "share": thresholds.top_share,
    });
    let body = views
        .page(lang, "figures/pack.html", &data, &serde_json::json!({}))
        .map_err(Refusal::broken)?;
    let tag = Locales::get().tag(lang);
    let title = words.say("pack-title", &[("forum", forum.into())]);
    Ok(format!(
        "<!doctype html><html lang=\"{tag}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>{}</title><style>{}</style></head><body>{body}</body></html>",
        charts::sheet::escape(&title),
        charts::document_style()
    ))
}

/// As a file, for those who watch over figures and those who answer for them.
pub fn pack(ask: &Ask) -> Answer {
    ask.read(|cx| on_forum::<deed::SeeFigures>(cx.viewer()).map(|_| ()))?;
    let locales = Locales::get();
    let lang = locales.find(ask.ask_for("language")).unwrap_or(ask.lang);
    // In the language of the document, not in that of whoever asks for it.
    let day = locales.date(lang, &ask.zone, ask.app().clock.now().timestamp()).words;
    let text = document(
        &ask.app().views,
        lang,
        &ask.settings.forum_name,
        (ask.app().config.metrics, &ask.app().config.list),
        &day,
    )?;
    Ok(Reply::new(
        actix_web::http::StatusCode::OK,
        Body::File(Box::new(Served {
            kind: "text/html; charset=utf-8".to_owned(),
            bytes: Some(text.into_bytes()),
            tag: String::new(),
            download: Some(format!("works-council-pack.{}.html", locales.tag(lang))),
        })),
    ))
}
