//! Whether a space, or the whole forum, is healthy: four numbers, seven charts, and every other figure in a table,
//! as it was published or as it is known today.

use std::collections::BTreeMap;

use serde::Serialize;

use super::drawings::{Drawing, Sheet};
use super::{say, stage};
use crate::access::{Verb, Viewer, deed, on_forum};
use crate::forum::metrics::export;
use crate::forum::metrics::metric::{Thresholds, Unit};
use crate::forum::metrics::models::road as model;
use crate::forum::metrics::read::{self, Figures, Scope, Telling};
use crate::forum::metrics::week::{self, BLOCK, QUARTER, Week};
use crate::forum::metrics::work::Series;
use crate::forum::{people, plan, spaces};
use crate::i18n::Locales;
use crate::ids::SpaceId;
use crate::refusal::Result;
use crate::search::gaps;
use crate::url;
use crate::web::ask::{Answer, Ask};

/// One of the numbers at the top: how it is, how it was, and what one aims at.
#[derive(Serialize)]
struct Card {
    title: String,
    value: String,
    note: String,
    /// `up`, `down` or nothing: whether the change is a good one.
    mood: &'static str,
    definition: &'static str,
}

#[derive(Serialize)]
struct Line {
    name: String,
    now: String,
    before: String,
    earlier: String,
    definition: &'static str,
}

#[derive(Serialize)]
struct Lever {
    name: &'static str,
    label: String,
    value: String,
    was: String,
}

/// Whose health, and what is known of it.
pub(super) struct Found {
    pub(super) name: String,
    /// The space's own page; empty for the forum.
    pub(super) address: String,
    /// Where its health is.
    pub(super) home: String,
    /// The weeks of which there are figures.
    pub(super) weeks: Option<(Week, Week)>,
    pub(super) figures: Figures,
    pub(super) departments: BTreeMap<i64, String>,
    pub(super) telling: Telling,
    /// The last week of which there are figures, whichever is looked from.
    newest: Option<Week>,
    /// Whether it is looked at by those who manage it.
    manages: bool,
    /// Days on which more people were invited, for marks on charts; and what is to be reached.
    pub(super) launches: Vec<(i64, String)>,
    pub(super) target: Option<plan::Target>,
}

impl Found {
    /// What its charts are drawn from: two years at most. Before the first week there is nothing in it.
    pub(super) fn sheet<'a>(&'a self, ask: &'a Ask) -> Sheet<'a> {
        let (first, last) = self.weeks.unwrap_or((0, 0));
        Sheet {
            ask,
            figures: &self.figures,
            first: first.max(last - 2 * 52),
            last,
            departments: &self.departments,
            launches: &self.launches,
            target: self.target,
        }
    }
}

/// Terms in the chart of what was not found.
const GAPS: usize = 7;

/// The charts, the cards and the table read these.
const READ: [&str; 20] = [
    "ownership",
    "active-share",
    "rates",
    "rings",
    "ring-flow",
    "growth",
    "cohorts",
    "first-reply",
    "departments",
    "newcomers-answered",
    "bridges",
    "unanswered",
    "content-yield",
    "concentration",
    "stickiness",
    "peer-answers",
    "liveliness",
    "solution",
    "member-activity",
    "contributors",
];

pub(super) fn find(ask: &Ask, metrics: &[&str]) -> Result<Found> {
    let telling = if ask.ask_for("telling") == "restated" {
        Telling::Restated
    } else {
        Telling::Published
    };
    let chosen = week::parse(ask.ask_for("week"));
    let thresholds = ask.app().config.metrics;
    let mut found = if ask.param("space").is_empty() {
        ask.read(|cx| {
            let may = on_forum::<deed::SeeFigures>(cx.viewer())?;
            let scope = Scope::of_forum(&may);
            let weeks = read::weeks(cx, scope)?;
            Ok(Found {
                name: ask.settings.forum_name.clone(),
                address: String::new(),
                home: "/health".to_owned(),
                weeks,
                figures: figures(cx, scope, metrics, weeks, (chosen, telling, thresholds))?,
                departments: departments(cx, ask)?,
                telling,
                newest: None,
                manages: false,
                launches: plan::launches(cx, None)?,
                target: None,
            })
        })?
    } else {
        let id: SpaceId = ask.id("space")?;
        ask.read(|cx| {
            let space = spaces::find(cx, id)?;
            let scope = Scope::of_space(&space)?;
            let weeks = read::weeks(cx, scope)?;
            Ok(Found {
                name: space.name.clone(),
                address: url::space(id, &space.name),
                home: format!("/spaces/{id}/health"),
                weeks,
                figures: figures(cx, scope, metrics, weeks, (chosen, telling, thresholds))?,
                departments: departments(cx, ask)?,
                telling,
                newest: None,
                manages: space.can(Verb::Manage),
                launches: plan::launches(cx, Some(&space))?,
                target: plan::plan(cx, &space)?.target,
            })
        })?
    };
    found.newest = found.weeks.map(|weeks| weeks.1);
    if let (Some((first, last)), Some(chosen)) = (found.weeks, chosen) {
        found.weeks = Some((first, chosen.clamp(first, last)));
    }
    Ok(found)
}

fn figures(
    cx: &mut crate::access::Cx<'_>,
    scope: Scope,
    metrics: &[&str],
    weeks: Option<(Week, Week)>,
    (chosen, telling, thresholds): (Option<Week>, Telling, Thresholds),
) -> Result<Figures> {
    let Some((first, last)) = weeks else {
        return Ok(Figures::default());
    };
    let last = chosen.map_or(last, |chosen| chosen.clamp(first, last));
    // Two years: the road is drawn over no more.
    read::figures(cx, scope, metrics, first.max(last - 2 * 52)..=last, telling, thresholds)
}

fn departments(cx: &mut crate::access::Cx<'_>, ask: &Ask) -> Result<BTreeMap<i64, String>> {
    let mut all: BTreeMap<i64, String> = people::departments(cx)?
        .into_iter()
        .map(|(id, name)| (id.0, name))
        .collect();
    all.insert(crate::forum::metrics::sight::GUESTS, ask.t("health-guests"));
    all.insert(crate::forum::metrics::catalogue::OTHERS, ask.t("health-others"));
    Ok(all)
}

/// What was looked for most and not found, if the viewer may know; the newest terms are those of 90 days.
fn gaps_of(ask: &Ask) -> Result<Option<Vec<(String, i64)>>> {
    let found = ask.read(|cx| {
        if ask.param("space").is_empty() {
            let may = on_forum::<deed::SeeFigures>(cx.viewer())?;
            return gaps::of_forum(cx, &may).map(Some);
        }
        let space = spaces::find(cx, ask.id("space")?)?;
        if space.can(Verb::Moderate) {
            gaps::of_space(cx, &space).map(Some)
        } else {
            Ok(None)
        }
    })?;
    Ok(found.map(|lines| {
        let mut lines: Vec<(String, i64)> = lines
            .into_iter()
            .map(|line| (line.term, line.nothing + line.refined))
            .collect();
        lines.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
        lines.truncate(GAPS);
        lines
    }))
}

/// A share, its change in points against an earlier week, and the target beside it.
fn card(ask: &Ask, found: &Found, key: &'static str, part: &str, back: i64, target: Option<f64>, last: Week) -> Card {
    let locales = Locales::get();
    let unit = export::unit(key, part);
    let now = found.figures.value(key, part, last);
    let before = found.figures.value(key, part, last - back);
    // Of a wait less is better, of every share more.
    let better = if unit == Unit::Hours { -1.0 } else { 1.0 };
    let mut note = String::new();
    let mut mood = "";
    if let (Some(now), Some(before)) = (now, before) {
        // What reads the same has not moved.
        let change = match unit {
            Unit::Share => ((now - before) * 1000.0).round() / 1000.0,
            _ => now - before,
        };
        mood = match change * better {
            change if change > 1e-9 => "up",
            change if change < -1e-9 => "down",
            _ => "",
        };
        let amount = match unit {
            Unit::Share => {
                let points = locales.number(ask.lang, change.abs() * 100.0, 1);
                locales.with_values(ask.lang, "say-points", &[("points", points.into())])
            }
            unit => say::value(ask.lang, unit, change.abs()),
        };
        let key = match change {
            change if change > 1e-9 => "health-more",
            change if change < -1e-9 => "health-less",
            _ => "health-same",
        };
        note = locales.with_values(ask.lang, key, &[("amount", amount.into()), ("weeks", back.into())]);
    }
    if let Some(target) = target {
        let text = say::percent(ask.lang, target);
        let target = locales.with_values(ask.lang, "health-target", &[("target", text.into())]);
        note = if note.is_empty() {
            target
        } else {
            format!("{note} · {target}")
        };
    }
    Card {
        title: ask.t(&format!("health-card-{key}")),
        value: say::told(ask, found.figures.at(key, part, last)),
        note,
        mood,
        definition: key,
    }
}

/// Everything that no chart shows, with what it was four weeks and a quarter ago.
fn table(ask: &Ask, figures: &Figures, last: Week) -> Vec<Line> {
    let parts: [(&'static str, &str); 19] = [
        ("active-share", "ever"),
        ("newcomers-answered", "72-hours"),
        ("first-reply", "p90"),
        ("first-reply", "8-working-hours"),
        ("unanswered", ""),
        ("solution", ""),
        ("solution", "answered"),
        ("peer-answers", ""),
        ("content-yield", ""),
        ("content-yield", "question"),
        ("content-yield", "case"),
        ("liveliness", ""),
        ("liveliness", "members"),
        ("stickiness", ""),
        ("concentration", ""),
        ("concentration", "contributors"),
        ("bridges", "ei"),
        ("bridges", "ei-expected"),
        ("bridges", ""),
    ];
    parts
        .into_iter()
        .map(|(metric, part)| Line {
            name: if part.is_empty() {
                say::part(ask, metric, part)
            } else {
                format!("{}: {}", say::part(ask, metric, ""), say::part(ask, metric, part))
            },
            now: say::told(ask, figures.lately(metric, part, last)),
            before: say::told(ask, figures.lately(metric, part, last - BLOCK)),
            earlier: say::told(ask, figures.lately(metric, part, last - QUARTER)),
            definition: metric,
        })
        .collect()
}

/// The rates that somebody tries, in percent a week; those that they left as they were stay so.
fn tried(ask: &Ask, was: model::Rates) -> Option<model::Rates> {
    let asked = |name: &str| -> Option<f64> {
        let text = ask.ask_for(name).trim().replace(',', ".");
        let percent: f64 = text.parse().ok()?;
        (0.0..=100.0).contains(&percent).then_some(percent / 100.0)
    };
    let (new, silent, back) = (asked("new"), asked("silent"), asked("back"));
    (new.is_some() || silent.is_some() || back.is_some()).then(|| model::Rates {
        activation: new.unwrap_or(was.activation),
        churn: silent.unwrap_or(was.churn),
        win_back: back.unwrap_or(was.win_back),
        turnover: was.turnover,
    })
}

fn levers(ask: &Ask, was: model::Rates, now: model::Rates) -> Vec<Lever> {
    let locales = Locales::get();
    [
        ("new", was.activation, now.activation),
        ("silent", was.churn, now.churn),
        ("back", was.win_back, now.win_back),
    ]
    .into_iter()
    .map(|(name, was, now)| Lever {
        name,
        label: ask.t(&format!("lever-{name}")),
        value: format!("{:.1}", now * 100.0),
        was: locales.percent(ask.lang, was, 1),
    })
    .collect()
}

/// Where the rates lead in a year and in two.
fn said_of_years(ask: &Ask, shares: &[Option<f64>; 2]) -> Option<String> {
    let [one, two] = (*shares).map(|share| share.map(|share| say::percent(ask.lang, share)));
    Some(Locales::get().with_values(ask.lang, "lever-years", &[("one", one?.into()), ("two", two?.into())]))
}

/// Weeks to look from instead: four weeks earlier and later, and the newest; each with its address.
fn other_weeks(ask: &Ask, found: &Found, newest: Option<Week>) -> Result<Vec<(String, String)>> {
    let (Some((first, last)), Some(newest)) = (found.weeks, newest) else {
        return Ok(Vec::new());
    };
    let telling = if found.telling == Telling::Restated {
        "&telling=restated"
    } else {
        ""
    };
    let mut all = Vec::new();
    for (key, week) in [
        ("health-earlier", last - BLOCK),
        ("health-later", last + BLOCK),
        ("health-newest", newest),
    ] {
        let useful = (first..=newest).contains(&week) && week != last && !(key == "health-later" && week == newest);
        if useful {
            let words = Locales::get().with_values(ask.lang, key, &[("day", say::last_day(ask, week)?.into())]);
            all.push((format!("{}?week={}{telling}", found.home, week::name(week)?), words));
        }
    }
    Ok(all)
}

pub fn health(ask: &Ask) -> Answer {
    let found = find(ask, &READ)?;
    let title = Locales::get().with_values(ask.lang, "health-title", &[("name", found.name.as_str().into())]);
    let plan = if found.address.is_empty() {
        String::new()
    } else {
        found.home.replace("/health", "/plan")
    };
    let chosen_before = found.newest;
    let Some((_, last)) = found.weeks else {
        return ask.page(
            "figures/health.html",
            &title,
            &serde_json::json!({ "name": found.name, "address": found.address, "early": true, "plan": plan }),
        );
    };
    let sheet = found.sheet(ask);
    let outlook = sheet.outlook();
    let tried = outlook.as_ref().and_then(|outlook| tried(ask, outlook.rates));
    let charts: Vec<Drawing> = vec![
        sheet.road(tried)?,
        sheet.growth()?,
        sheet.waiting(),
        sheet.onion(),
        sheet.cohorts()?,
        sheet.departments(),
        sheet.ownership(),
    ];
    // What people look for is for those who moderate, or answer for the forum.
    let charts: Vec<Drawing> = charts
        .into_iter()
        .chain(gaps_of(ask)?.map(|lines| sheet.gaps(&lines)))
        .collect();
    let levers = outlook.as_ref().map(|outlook| {
        let now = tried.unwrap_or(outlook.rates);
        (
            levers(ask, outlook.rates, now),
            said_of_years(ask, &outlook.in_weeks(&now, [52, 104])),
        )
    });
    let cards = vec![
        card(ask, &found, "active-share", "", BLOCK, Some(0.10), last),
        card(ask, &found, "first-reply", "", QUARTER, None, last),
        card(ask, &found, "newcomers-answered", "", QUARTER, Some(0.90), last),
        card(ask, &found, "bridges", "across", QUARTER, None, last),
    ];
    let carried = found.figures.at("concentration", "", last).and_then(|told| {
        let few = told.numerator?;
        let all = told.denominator?;
        Some(Locales::get().with_values(ask.lang, "health-carried", &[("few", few.into()), ("all", all.into())]))
    });
    let gaps = if found.address.is_empty() {
        "/moderation/gaps".to_owned()
    } else {
        found.home.replace("/health", "/gaps")
    };
    let query = if found.telling == Telling::Restated {
        "?telling=restated"
    } else {
        ""
    };
    ask.page(
        "figures/health.html",
        &title,
        &serde_json::json!({
            "name": found.name,
            "address": found.address,
            "early": false,
            "until": say::last_day(ask, last)?,
            "weeks": other_weeks(ask, &found, chosen_before)?,
            "provisional": found
                .figures
                .at("active-share", "", last)
                .is_some_and(|told| told.series == Series::Running),
            "stage": stage::track(ask, &found.figures, sheet.first, last),
            "cards": cards,
            "charts": charts,
            "levers": levers.as_ref().map(|levers| &levers.0),
            "years": levers.as_ref().and_then(|levers| levers.1.clone()),
            "tried": tried.is_some(),
            "carried": carried,
            "lines": table(ask, &found.figures, last),
            "gaps": gaps,
            "roles": found.home.replace("/health", "/roles"),
            "champions": if found.manages { found.home.replace("/health", "/champions") } else { String::new() },
            "plan": plan,
            "home": found.home,
            "business": found.address.is_empty(),
            "report": if found.address.is_empty() {
                "/health/report".to_owned()
            } else {
                found.home.replace("/health", "/report")
            },
            "query": query,
            "restated": found.telling == Telling::Restated,
            "moderates_gaps": !matches!(**ask.viewer(), Viewer::Visitor),
            "csv": format!("{}/csv{query}", found.home),
            "excel": format!("{}/excel{query}", found.home),
            "json": format!("{}/json{query}", found.home),
        }),
    )
}
