//! Whose figures a page shows, of which weeks and in which telling: what the health of a space, its history, its files
//! and its report are made from. What may not be seen is not found here.

use std::collections::BTreeMap;

use super::drawings::Sheet;
use super::say;
use crate::access::{Cx, Verb, deed, on_forum};
use crate::forum::metrics::metric::Thresholds;
use crate::forum::metrics::read::{self, Figures, Scope, Telling};
use crate::forum::metrics::week::{self, Week};
use crate::forum::{people, plan, spaces};
use crate::i18n::Locales;
use crate::ids::SpaceId;
use crate::refusal::Result;
use crate::url;
use crate::web::ask::Ask;

/// Weeks that are drawn at most.
const YEARS: i64 = 2 * 52;

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
    /// The week that is looked from, where that is not the newest.
    pub(super) chosen: Option<Week>,
    /// The first active share that is one, where it lies before what is drawn.
    began: Option<f64>,
    /// Whether something was brought in from elsewhere, of which there is a history.
    pub(super) past: bool,
    /// Whether it is looked at by those who manage it.
    pub(super) manages: bool,
    /// Days on which more people were invited, for marks on charts; and what is to be reached.
    pub(super) launches: Vec<(i64, String)>,
    pub(super) target: Option<plan::Target>,
}

impl Found {
    /// What an address needs to show the same telling and week.
    pub(super) fn query(&self) -> Result<String> {
        let telling = match self.telling {
            Telling::Published => None,
            Telling::Restated => Some("telling=restated".to_owned()),
            Telling::History => Some("telling=history".to_owned()),
        };
        let week = match self.chosen {
            Some(week) => Some(format!("week={}", week::name(week)?)),
            None => None,
        };
        let all: Vec<String> = telling.into_iter().chain(week).collect();
        Ok(if all.is_empty() {
            String::new()
        } else {
            format!("?{}", all.join("&"))
        })
    }

    /// What its charts are drawn from: two years at most. Before the first week there is nothing in it.
    pub(super) fn sheet<'a>(&'a self, ask: &'a Ask) -> Sheet<'a> {
        let (first, last) = self.weeks.unwrap_or((0, 0));
        Sheet {
            ask,
            figures: &self.figures,
            first: first.max(last - YEARS),
            last,
            launch: first,
            began: self.began,
            departments: &self.departments,
            launches: &self.launches,
            target: self.target,
        }
    }

    /// Other weeks to look from: so many weeks earlier and later, and the newest; each with its address at `home`, in
    /// sentences that begin with `key`.
    pub(super) fn other_weeks(&self, ask: &Ask, home: &str, key: &str, step: i64) -> Result<Vec<(String, String)>> {
        let (Some((first, last)), Some(newest)) = (self.weeks, self.newest) else {
            return Ok(Vec::new());
        };
        let telling = if self.telling == Telling::Restated {
            "&telling=restated"
        } else {
            ""
        };
        let mut all = Vec::new();
        for (which, week) in [("earlier", last - step), ("later", last + step), ("newest", newest)] {
            let useful = (first..=newest).contains(&week) && week != last && !(which == "later" && week == newest);
            if useful {
                let day = say::last_day(ask, week)?;
                let words = Locales::get().with_values(ask.lang, &format!("{key}-{which}"), &[("day", day.into())]);
                all.push((format!("{home}?week={}{telling}", week::name(week)?), words));
            }
        }
        Ok(all)
    }
}

pub(super) fn find(ask: &Ask, metrics: &[&str]) -> Result<Found> {
    find_told(ask, metrics, asked(ask))
}

/// Which telling an address asks for.
pub(super) fn asked(ask: &Ask) -> Telling {
    match ask.ask_for("telling") {
        "restated" => Telling::Restated,
        "history" => Telling::History,
        _ => Telling::Published,
    }
}

/// The same in a telling that the address does not name.
pub(super) fn find_told(ask: &Ask, metrics: &[&str], telling: Telling) -> Result<Found> {
    let chosen = week::parse(ask.ask_for("week"));
    let thresholds = ask.app().config.metrics;
    let mut found = if ask.param("space").is_empty() {
        ask.read(|cx| {
            let may = on_forum::<deed::SeeFigures>(cx.viewer())?;
            let scope = Scope::of_forum(&may);
            let weeks = weeks_of(cx, scope, telling)?;
            let past = telling != Telling::History && read::weeks_of_history(cx, scope)?.is_some();
            Ok(Found {
                name: ask.settings.forum_name.clone(),
                address: String::new(),
                home: "/health".to_owned(),
                weeks,
                figures: figures(cx, scope, metrics, weeks, (chosen, telling, thresholds))?,
                began: began(cx, scope, weeks, (chosen, thresholds))?,
                departments: departments(cx, ask)?,
                telling,
                newest: weeks.map(|weeks| weeks.1),
                past,
                chosen: None,
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
            let weeks = weeks_of(cx, scope, telling)?;
            let past = telling != Telling::History && read::weeks_of_history(cx, scope)?.is_some();
            Ok(Found {
                name: space.name.clone(),
                address: url::space(id, &space.name),
                home: format!("/spaces/{id}/health"),
                weeks,
                figures: figures(cx, scope, metrics, weeks, (chosen, telling, thresholds))?,
                began: began(cx, scope, weeks, (chosen, thresholds))?,
                departments: departments(cx, ask)?,
                telling,
                newest: weeks.map(|weeks| weeks.1),
                past,
                chosen: None,
                manages: space.can(Verb::Manage),
                launches: plan::launches(cx, Some(&space))?,
                target: plan::plan(cx, &space)?.target,
            })
        })?
    };
    if let (Some((first, last)), Some(chosen)) = (found.weeks, chosen) {
        let week = chosen.clamp(first, last);
        found.chosen = (week != last).then_some(week);
        found.weeks = Some((first, week));
    }
    Ok(found)
}

/// What everybody who belongs may see of a space, or of the forum: totals as they were published, without what its
/// managers plan.
pub(super) fn totals(ask: &Ask) -> Result<Found> {
    let thresholds = ask.app().config.metrics;
    ask.read(|cx| {
        let (scope, name, address, home) = if ask.param("space").is_empty() {
            let scope = Scope::totals_of_forum(&on_forum::<deed::SeeTotals>(cx.viewer())?);
            (
                scope,
                ask.settings.forum_name.clone(),
                String::new(),
                "/totals".to_owned(),
            )
        } else {
            let id: SpaceId = ask.id("space")?;
            let space = spaces::find(cx, id)?;
            let scope = Scope::totals_of_space(&space)?;
            let address = url::space(id, &space.name);
            (scope, space.name.clone(), address, format!("/spaces/{id}/totals"))
        };
        let weeks = read::weeks(cx, scope)?;
        Ok(Found {
            name,
            address,
            home,
            weeks,
            figures: figures(cx, scope, &[], weeks, (None, Telling::Published, thresholds))?,
            began: began(cx, scope, weeks, (None, thresholds))?,
            departments: BTreeMap::new(),
            telling: Telling::Published,
            newest: weeks.map(|weeks| weeks.1),
            past: false,
            chosen: None,
            manages: false,
            launches: Vec::new(),
            target: None,
        })
    })
}

fn weeks_of(cx: &mut Cx<'_>, scope: Scope, telling: Telling) -> Result<Option<(Week, Week)>> {
    match telling {
        Telling::Published | Telling::Restated => read::weeks(cx, scope),
        Telling::History => read::weeks_of_history(cx, scope),
    }
}

fn figures(
    cx: &mut Cx<'_>,
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
    read::figures(cx, scope, metrics, first.max(last - YEARS)..=last, telling, thresholds)
}

/// Where the road began, of a forum that is older than what is drawn of it.
fn began(
    cx: &mut Cx<'_>,
    scope: Scope,
    weeks: Option<(Week, Week)>,
    (chosen, thresholds): (Option<Week>, Thresholds),
) -> Result<Option<f64>> {
    let Some((first, last)) = weeks else { return Ok(None) };
    let from = chosen.map_or(last, |chosen| chosen.clamp(first, last)) - YEARS;
    if first >= from {
        return Ok(None);
    }
    let known = read::figures(
        cx,
        scope,
        &["active-share"],
        first..=from,
        Telling::Published,
        thresholds,
    )?;
    let mut shares = known.line("active-share", "", first..=from).into_iter().flatten();
    Ok(shares.find(|share| *share > 0.0))
}

fn departments(cx: &mut Cx<'_>, ask: &Ask) -> Result<BTreeMap<i64, String>> {
    let mut all: BTreeMap<i64, String> = people::departments(cx)?
        .into_iter()
        .map(|(id, name)| (id.0, name))
        .collect();
    all.insert(crate::forum::metrics::sight::GUESTS, ask.t("health-guests"));
    all.insert(crate::forum::metrics::catalogue::OTHERS, ask.t("health-others"));
    Ok(all)
}
