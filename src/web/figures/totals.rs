//! How it goes, for everybody who belongs: the road, the health index and a few totals of a space or of the forum, as they
//! are published. Those who manage see more on the page of health; nobody sees anything about a person here.

use super::found;
use super::numbers::{card, table};
use super::say;
use crate::access::{deed, on_forum};
use crate::forum::metrics::week::{BLOCK, QUARTER};
use crate::forum::metrics::work::Series;
use crate::i18n::Locales;
use crate::web::ask::{Answer, Ask};

/// What no card says.
const LINES: [(&str, &str); 4] = [
    ("audience", ""),
    ("adoption", ""),
    ("active-share", "ever"),
    ("liveliness", ""),
];

pub fn totals(ask: &Ask) -> Answer {
    let found = found::totals(ask)?;
    let title = Locales::get().with_values(ask.lang, "totals-title", &[("name", found.name.as_str().into())]);
    let Some((_, last)) = found.weeks else {
        let page = serde_json::json!({ "title": title, "name": found.name, "address": found.address, "early": true });
        return ask.page("figures/totals.html", &title, &page);
    };
    let targets = &ask.app().config.targets;
    let sheet = found.sheet(ask);
    // What a space aims at its plan says, which its managers read; the milestone is the forum's.
    let milestone = found.address.is_empty().then_some(targets.active);
    // Where those of the forum are read, the business case is beside them.
    let business = found.address.is_empty() && on_forum::<deed::SeeTotals>(ask.viewer()).is_ok();
    ask.page(
        "figures/totals.html",
        &title,
        &serde_json::json!({
            "title": title,
            "name": found.name,
            "address": found.address,
            "early": false,
            "until": say::last_day(ask, last)?,
            "provisional": found
                .figures
                .at("active-share", "", last)
                .is_some_and(|told| told.series == Series::Running),
            "cards": [
                card(ask, &found, "active-share", "", BLOCK, milestone, last),
                card(ask, &found, "first-reply", "", QUARTER, None, last),
                card(ask, &found, "unanswered", "", BLOCK, Some(targets.unanswered), last),
            ],
            "lines": table(ask, &found.figures, last, &LINES),
            "charts": [sheet.road(None)?, sheet.index()?],
            "business": business,
        }),
    )
}
