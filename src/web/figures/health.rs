//! Whether a space, or the whole forum, is healthy: four numbers, their charts, and every other figure in a table,
//! as it was published or as it is known today.

use serde::Serialize;

use super::drawings::Drawing;
use super::found::{asked, find_told};
use super::numbers::{Line, card, table};
use super::{say, stage};
use crate::access::{Verb, Viewer, deed, on_forum};
use crate::forum::metrics::models::road as model;
use crate::forum::metrics::read::{Figures, Telling};
use crate::forum::metrics::week::{self, BLOCK, QUARTER, Week};
use crate::forum::metrics::work::Series;
use crate::forum::spaces;
use crate::i18n::Locales;
use crate::refusal::Result;
use crate::search::gaps;
use crate::web::ask::{Answer, Ask};

#[derive(Serialize)]
struct Lever {
    name: &'static str,
    label: String,
    value: String,
    was: String,
    /// What was typed is no rate.
    problem: bool,
}

/// Terms in the chart of what was not found.
const GAPS: usize = 7;

/// The charts, the cards and the table read these.
const READ: [&str; 30] = [
    "funnel",
    "pace",
    "bursts",
    "brokers",
    "activation",
    "survival",
    "practice",
    "interaction",
    "network",
    "health-index",
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

/// What was looked for most and not found, if the viewer may know; the newest terms are those of 90 days.
pub(super) fn gaps_of(ask: &Ask) -> Result<Option<Vec<(String, i64)>>> {
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

/// Everything that no chart shows.
const LINES: [(&str, &[(&str, &str)]); 4] = [
    (
        "health-lines-people",
        &[
            ("active-share", "ever"),
            ("active-share", "core"),
            ("activation", ""),
            ("activation", "median-days"),
            ("survival", ""),
            ("funnel", "came"),
            ("funnel", "here"),
            ("funnel", "wrote"),
            ("funnel", "again"),
            ("funnel", "core"),
            ("newcomers-answered", "72-hours"),
            ("stickiness", ""),
        ],
    ),
    (
        "health-lines-answers",
        &[
            ("first-reply", "p90"),
            ("first-reply", "8-working-hours"),
            ("unanswered", ""),
            ("solution", ""),
            ("solution", "answered"),
            ("peer-answers", ""),
        ],
    ),
    (
        "health-lines-talk",
        &[
            ("liveliness", ""),
            ("liveliness", "members"),
            ("content-yield", ""),
            ("content-yield", "question"),
            ("content-yield", "case"),
            ("practice", ""),
            ("interaction", ""),
            ("pace", ""),
            ("bursts", ""),
            ("bursts", "a-day"),
        ],
    ),
    (
        "health-lines-net",
        &[
            ("concentration", ""),
            ("concentration", "contributors"),
            ("concentration", "four-fifths"),
            ("concentration", "departments"),
            ("concentration", "gini"),
            ("network", "reciprocity"),
            ("network", "isolates"),
            ("network", "density"),
            ("brokers", ""),
            ("brokers", "between"),
            ("bridges", ""),
            ("bridges", "ei"),
            ("bridges", "ei-expected"),
            ("bridges", "p"),
            ("bridges", "carried-by"),
            ("bridges", "new"),
        ],
    ),
];

#[derive(Serialize)]
struct Group {
    title: String,
    lines: Vec<Line>,
}

fn groups(ask: &Ask, figures: &Figures, last: Week) -> Vec<Group> {
    LINES
        .iter()
        .map(|(title, parts)| Group {
            title: ask.t(title),
            lines: table(ask, figures, last, parts),
        })
        .collect()
}

/// A rate that somebody tries, in percent a week; none where they left it as it is.
fn rate(ask: &Ask, name: &str) -> std::result::Result<Option<f64>, NoRate> {
    let text = ask.ask_for(name).trim().replace(',', ".");
    if text.is_empty() {
        return Ok(None);
    }
    match text.parse::<f64>() {
        Ok(percent) if (0.0..=100.0).contains(&percent) => Ok(Some(percent / 100.0)),
        _ => Err(NoRate),
    }
}

/// What was typed is no share of a hundred.
struct NoRate;

/// The rates that somebody tries; none when they try nothing, or when one of them is no rate.
fn tried(ask: &Ask, was: model::Rates) -> Option<model::Rates> {
    let (Ok(new), Ok(silent), Ok(back)) = (rate(ask, "new"), rate(ask, "silent"), rate(ask, "back")) else {
        return None;
    };
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
        // What was typed stays, whatever it is.
        value: match ask.ask_for(name) {
            "" => format!("{:.1}", now * 100.0),
            typed => typed.to_owned(),
        },
        problem: rate(ask, name).is_err(),
        was: locales.percent(ask.lang, was, 1),
    })
    .collect()
}

/// Where the rates lead in a year and in two.
fn said_of_years(ask: &Ask, shares: &[Option<f64>; 2]) -> Option<String> {
    let [one, two] = (*shares).map(|share| share.map(|share| say::percent(ask.lang, share)));
    Some(Locales::get().with_values(ask.lang, "lever-years", &[("one", one?.into()), ("two", two?.into())]))
}

pub fn health(ask: &Ask) -> Answer {
    let telling = match asked(ask) {
        // That is a page of its own.
        Telling::History => Telling::Published,
        other => other,
    };
    let found = find_told(ask, &READ, telling)?;
    let title = Locales::get().with_values(ask.lang, "health-title", &[("name", found.name.as_str().into())]);
    let plan = if found.address.is_empty() {
        String::new()
    } else {
        found.home.replace("/health", "/plan")
    };
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
    let mut road = sheet.road(tried)?;
    // What was forecast from is what was published; what was put right since nobody could have known.
    if found.telling == Telling::Published {
        road.said = sheet.held_said();
    }
    let mut waiting = sheet.waiting();
    let open = found.figures.count("first-reply", "open", last);
    waiting.lead = open
        .filter(|open| *open > 0)
        .map(|_| ("/unanswered", ask.t("waiting-lead")));
    let charts: Vec<Drawing> = vec![
        road,
        sheet.growth()?,
        waiting,
        sheet.onion(),
        sheet.cohorts()?,
        sheet.departments(),
        sheet.ownership(),
        sheet.index()?,
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
    // What the plan says, or else the milestone of two years.
    let targets = &ask.app().config.targets;
    let aim = found.target.map_or(targets.active, |target| target.share);
    let cards = vec![
        card(ask, &found, "active-share", "", BLOCK, Some(aim), last),
        card(ask, &found, "first-reply", "", QUARTER, None, last),
        card(
            ask,
            &found,
            "newcomers-answered",
            "",
            QUARTER,
            Some(targets.newcomers_answered),
            last,
        ),
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
    let query = found.query()?;
    ask.page(
        "figures/health.html",
        &title,
        &serde_json::json!({
            "name": found.name,
            "address": found.address,
            "early": false,
            "until": say::last_day(ask, last)?,
            "weeks": found.other_weeks(ask, &found.home, "health", BLOCK)?,
            "chosen": match found.chosen { Some(week) => week::name(week)?, None => String::new() },
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
            "groups": groups(ask, &found.figures, last),
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
            "history": if found.past { format!("{}/history", found.home) } else { String::new() },
            "moderates_gaps": !matches!(**ask.viewer(), Viewer::Visitor),
            "take": format!("{}/take", found.home),
        }),
    )
}
