//! The figures of moderation, of a space and of the forum: as a page with what each means beside it, as
//! CSV, as JSON, and as the report of a year to print. All of them read the same measures.

use serde::Serialize;

use crate::access::{deed, on_forum};
use crate::db::types::Moment;
use crate::forum::moderation::figures::{self, Amount, Figures, Window};
use crate::forum::spaces;
use crate::i18n::{Arg, Locales};
use crate::ids::SpaceId;
use crate::refusal::{Refusal, Result};
use crate::text::csv;
use crate::url;
use crate::web::ask::{Answer, Ask};
use crate::web::reply::{Body, Reply};

#[derive(Serialize)]
struct Line {
    name: String,
    value: String,
    meaning: String,
}

#[derive(Serialize)]
struct Breakdown {
    title: String,
    counts: Vec<(String, String)>,
}

/// "2 h 5 min"; seconds only under a minute.
fn duration(ask: &Ask, seconds: Option<i64>) -> String {
    let Some(seconds) = seconds else {
        return ask.t("figures-none");
    };
    let (key, args): (&str, Vec<(&str, Arg)>) = match seconds {
        ..60 => ("figures-seconds", vec![("seconds", seconds.into())]),
        60..3600 => ("figures-minutes", vec![("minutes", (seconds / 60).into())]),
        _ => (
            "figures-hours",
            vec![
                ("hours", (seconds / 3600).into()),
                ("minutes", (seconds % 3600 / 60).into()),
            ],
        ),
    };
    Locales::get().with_values(ask.lang, key, &args)
}

/// "3 of 4 (75 %)"; of nothing there is no share.
fn share(ask: &Ask, part: i64, whole: i64) -> String {
    if whole == 0 {
        return ask.t("figures-none");
    }
    Locales::get().with_values(
        ask.lang,
        "figures-share",
        &[
            ("part", part.into()),
            ("whole", whole.into()),
            ("percent", ((200 * part + whole) / (2 * whole)).into()),
        ],
    )
}

fn lines(ask: &Ask, figures: &Figures, hours: Option<i64>) -> Vec<Line> {
    figures
        .measures()
        .into_iter()
        .map(|(key, amount)| Line {
            name: ask.t(&format!("figures-{key}")),
            value: match amount {
                Amount::Count(count) => count.to_string(),
                Amount::Seconds(seconds) => duration(ask, seconds),
                Amount::Share(part, whole) => share(ask, part, whole),
            },
            meaning: match (key, hours) {
                ("in-time", None) => ask.t("figures-in-time-forum-means"),
                _ => Locales::get().with_values(
                    ask.lang,
                    &format!("figures-{key}-means"),
                    &[("hours", hours.unwrap_or(0).into())],
                ),
            },
        })
        .collect()
}

/// A word of a breakdown as it is said on the page.
fn word(ask: &Ask, of: &str, word: &str) -> String {
    if word.is_empty() {
        return ask.t("figures-no-rule");
    }
    let prefix = match of {
        "kind" => "review-kind",
        "source" => "review-source",
        "decision" => "act",
        "role" => "role",
        _ => return word.to_owned(),
    };
    ask.t(&format!("{prefix}-{}", word.replace('_', "-")))
}

fn breakdowns(ask: &Ask, figures: &Figures) -> Vec<Breakdown> {
    figures
        .breakdowns()
        .into_iter()
        .map(|(of, counts)| {
            let all: i64 = counts.iter().map(|(_, count)| count).sum();
            Breakdown {
                title: ask.t(&format!("figures-by-{of}")),
                counts: counts
                    .into_iter()
                    .map(|(key, count)| {
                        let value = if of == "role" {
                            share(ask, count, all)
                        } else {
                            count.to_string()
                        };
                        (word(ask, of, &key), value)
                    })
                    .collect(),
            }
        })
        .collect()
}

/// Days of the window; the page offers these.
const WINDOWS: [i64; 3] = [30, 90, 365];

fn days(ask: &Ask) -> i64 {
    ask.ask_for("days")
        .parse()
        .ok()
        .filter(|days| WINDOWS.contains(days))
        .unwrap_or(90)
}

fn window(ask: &Ask) -> Window {
    let until = ask.app().clock.now();
    Window {
        from: until.plus_days(-days(ask)),
        // What happens while the page is made belongs to it.
        until: until.plus_seconds(1),
    }
}

/// Of which space, or of the forum; with its figures.
struct Found {
    /// Name, address and hours of the space.
    space: Option<(String, String, i64)>,
    /// Where its figures are.
    home: String,
    figures: Figures,
}

fn find(ask: &Ask, window: Window) -> Result<Found> {
    if ask.param("space").is_empty() {
        return Ok(Found {
            space: None,
            home: "/moderation/figures".to_owned(),
            figures: ask.read(|cx| {
                let may = on_forum::<deed::SeeFigures>(cx.viewer())?;
                figures::of_forum(cx, &may, window)
            })?,
        });
    }
    let id: SpaceId = ask.id("space")?;
    let (space, figures) = ask.read(|cx| {
        let space = spaces::find(cx, id)?;
        let figures = figures::of_space(cx, &space, window)?;
        Ok((space, figures))
    })?;
    Ok(Found {
        space: Some((space.name.clone(), url::space(id, &space.name), space.review_hours)),
        home: format!("/spaces/{id}/figures"),
        figures,
    })
}

pub fn figures(ask: &Ask) -> Answer {
    let found = find(ask, window(ask))?;
    let days = days(ask);
    let windows: Vec<(String, String, bool)> = WINDOWS
        .iter()
        .map(|window| {
            (
                Locales::get().with_values(ask.lang, "figures-days", &[("days", (*window).into())]),
                format!("{}?days={window}", found.home),
                *window == days,
            )
        })
        .collect();
    let (name, address, hours) = match &found.space {
        Some((name, address, hours)) => (name.as_str(), address.as_str(), Some(*hours)),
        None => ("", "", None),
    };
    let year = year_of(ask, ask.app().clock.now());
    let reports = [year - 1, year].map(|year| (year, format!("{}/{year}", found.home.replace("/figures", "/report"))));
    ask.page(
        "moderation/figures.html",
        &ask.t("figures-title"),
        &serde_json::json!({
            "space": name,
            "space_url": address,
            "windows": windows,
            "lines": lines(ask, &found.figures, hours),
            "breakdowns": breakdowns(ask, &found.figures),
            "gaps": found.home.replace("/figures", "/gaps"),
            "csv": format!("{}/csv?days={days}", found.home),
            "json": format!("{}/json?days={days}", found.home),
            "reports": reports,
        }),
    )
}

/// One row for each measure and each count of a breakdown; the words are those of the forum's own
/// vocabulary, the same in every language.
pub fn figures_csv(ask: &Ask) -> Answer {
    let found = find(ask, window(ask))?;
    let mut rows = vec![["figure", "of", "value", "whole", "unit"].map(str::to_owned).to_vec()];
    for (key, amount) in found.figures.measures() {
        let (value, whole, unit) = match amount {
            Amount::Count(count) => (count.to_string(), String::new(), "reviews"),
            Amount::Seconds(seconds) => (
                seconds.map(|seconds| seconds.to_string()).unwrap_or_default(),
                String::new(),
                "seconds",
            ),
            Amount::Share(part, whole) => (part.to_string(), whole.to_string(), "share"),
        };
        rows.push(vec![key.to_owned(), String::new(), value, whole, unit.to_owned()]);
    }
    for (of, counts) in found.figures.breakdowns() {
        for (key, count) in counts {
            rows.push(vec![
                format!("by-{of}"),
                key,
                count.to_string(),
                String::new(),
                "reviews".to_owned(),
            ]);
        }
    }
    Ok(Reply::new(
        actix_web::http::StatusCode::OK,
        Body::Text("text/csv; charset=utf-8", csv::table(&rows)?),
    ))
}

pub fn figures_json(ask: &Ask) -> Answer {
    let window = window(ask);
    let found = find(ask, window)?;
    let measures: serde_json::Map<String, serde_json::Value> = found
        .figures
        .measures()
        .into_iter()
        .map(|(key, amount)| {
            let value = match amount {
                Amount::Count(count) => serde_json::json!({ "count": count }),
                Amount::Seconds(seconds) => serde_json::json!({ "seconds": seconds }),
                Amount::Share(part, whole) => serde_json::json!({ "part": part, "whole": whole }),
            };
            (key.to_owned(), value)
        })
        .collect();
    let breakdowns: serde_json::Map<String, serde_json::Value> = found
        .figures
        .breakdowns()
        .into_iter()
        .map(|(of, counts)| {
            let counts: serde_json::Map<String, serde_json::Value> =
                counts.into_iter().map(|(key, count)| (key, count.into())).collect();
            (format!("by-{of}"), counts.into())
        })
        .collect();
    let text = serde_json::json!({
        "from": window.from.timestamp().to_string(),
        "until": window.until.timestamp().to_string(),
        "measures": measures,
        "breakdowns": breakdowns,
    })
    .to_string();
    Ok(Reply::new(
        actix_web::http::StatusCode::OK,
        Body::Text("application/json", text),
    ))
}

fn year_of(ask: &Ask, moment: Moment) -> i16 {
    moment.timestamp().to_zoned(ask.zone.clone()).year()
}

/// The first moment of a year in the forum's own time.
fn first_of(ask: &Ask, year: i16) -> Result<Moment> {
    let zone = jiff::tz::TimeZone::get(&ask.settings.time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
    jiff::civil::Date::new(year, 1, 1)
        .ok()
        .and_then(|day| day.to_zoned(zone).ok())
        .map(|at| Moment(at.timestamp().as_microsecond()))
        .ok_or(Refusal::NotFound)
}

/// What was moderated in a year, for everybody whom it concerns: to read, to print, to keep.
pub fn report(ask: &Ask) -> Answer {
    let year: i16 = ask
        .param("year")
        .parse()
        .ok()
        .filter(|year| (2000..=year_of(ask, ask.app().clock.now()) + 1).contains(year))
        .ok_or(Refusal::NotFound)?;
    let window = Window {
        from: first_of(ask, year)?,
        until: first_of(ask, year + 1)?,
    };
    let (name, address, hours, figures) = if ask.param("space").is_empty() {
        let figures = ask.read(|cx| {
            let may = on_forum::<deed::SeeFigures>(cx.viewer())?;
            figures::of_forum(cx, &may, window)
        })?;
        (
            ask.settings.forum_name.clone(),
            "/moderation/figures".to_owned(),
            None,
            figures,
        )
    } else {
        let id: SpaceId = ask.id("space")?;
        let (space, figures) = ask.read(|cx| {
            let space = spaces::find(cx, id)?;
            let figures = figures::for_members(cx, &space, window)?;
            Ok((space, figures))
        })?;
        let address = url::space(id, &space.name);
        (space.name.clone(), address, Some(space.review_hours), figures)
    };
    let opened: i64 = figures.by_kind.values().sum();
    let decided: i64 = figures.by_decision.values().sum();
    let title = Locales::get().with_values(
        ask.lang,
        "report-title",
        &[("year", year.to_string().into()), ("name", name.as_str().into())],
    );
    let summary = Locales::get().with_values(
        ask.lang,
        "report-summary",
        &[
            ("opened", opened.into()),
            ("decided", decided.into()),
            ("open", figures.open.into()),
        ],
    );
    ask.page(
        "moderation/report.html",
        &title,
        &serde_json::json!({
            "heading": title,
            "name": name,
            "address": address,
            "summary": summary,
            "running": ask.app().clock.now() < window.until,
            "made": ask.when(ask.app().clock.now()),
            "lines": lines(ask, &figures, hours),
            "breakdowns": breakdowns(ask, &figures),
        }),
    )
}
