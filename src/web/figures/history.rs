//! What was brought in from elsewhere, told as the health of a space is told: in a telling of its own, which no other
//! figure knows of. Who could take part there, who visited and who thanked, nobody knows: what needs that is not here.

use super::found::find_told;
use super::numbers::{card, table};
use super::say;
use crate::forum::metrics::catalogue::HISTORY;
use crate::forum::metrics::read::Telling;
use crate::forum::metrics::week::BLOCK;
use crate::i18n::Locales;
use crate::refusal::Refusal;
use crate::web::ask::{Answer, Ask};

/// Weeks in a year of thirteen blocks.
const YEAR: i64 = 13 * BLOCK;

const LINES: [(&str, &str); 13] = [
    ("contributors", "contributions"),
    ("contributors", "inactive"),
    ("newcomers-answered", "72-hours"),
    ("first-reply", "p90"),
    ("unanswered", ""),
    ("interaction", ""),
    ("concentration", ""),
    ("concentration", "contributors"),
    ("network", "reciprocity"),
    ("network", "isolates"),
    ("bridges", "ei"),
    ("bridges", "ei-expected"),
    ("bridges", ""),
];

pub fn history(ask: &Ask) -> Answer {
    let found = find_told(ask, &HISTORY, Telling::History)?;
    if found.weeks.is_none() {
        // Nothing was brought in.
        return Err(Refusal::NotFound);
    }
    let title = Locales::get().with_values(ask.lang, "history-title", &[("name", found.name.as_str().into())]);
    // Of a block that is whole: a quarter may end within one.
    let Some(last) = found.figures.last_week("growth") else {
        return Err(Refusal::NotFound);
    };
    let mut sheet = found.sheet(ask);
    sheet.last = last;
    let home = format!("{}/history", found.home);
    let query = found.query()?;
    ask.page(
        "figures/history.html",
        &title,
        &serde_json::json!({
            "name": found.name,
            "address": found.address,
            "health": found.home,
            "until": say::last_day(ask, last)?,
            "weeks": found.other_weeks(ask, &home, "history", YEAR)?,
            "cards": [
                card(ask, &found, "contributors", "month", BLOCK, None, last),
                card(ask, &found, "first-reply", "", 3 * BLOCK, None, last),
                card(ask, &found, "newcomers-answered", "", 3 * BLOCK, None, last),
                card(ask, &found, "bridges", "across", 3 * BLOCK, None, last),
            ],
            "charts": [sheet.growth()?, sheet.waiting(), sheet.cohorts()?, sheet.departments()],
            "lines": table(ask, &found.figures, last, &LINES),
            "query": query,
            "take": format!("{}/take?telling=history", found.home),
        }),
    )
}
