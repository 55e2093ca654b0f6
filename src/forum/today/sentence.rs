//! What an item says: what is the case and since when, in the words of a page and of a letter. Never what somebody
//! is worth, and no more about a person than it takes to help.

use super::kinds::WorkKind;
use super::list::Item;
use crate::db::types::Moment;
use crate::i18n::{Arg, Lang, Locales};

/// How long something waits, in hours up to two days and in days from then on.
fn wait(lang: Lang, since: Moment, now: Moment) -> String {
    let hours = (now.0 - since.0).max(0) / 3_600_000_000;
    let locales = Locales::get();
    if hours < 48 {
        locales.with_values(lang, "today-hours", &[("hours", hours.into())])
    } else {
        locales.with_values(lang, "today-days", &[("days", (hours / 24).into())])
    }
}

/// "First topic of Sanne, 6 hours without a reply".
pub fn sentence(lang: Lang, item: &Item, now: Moment) -> String {
    let name = item.account.as_ref().map_or("", |(_, name)| name.as_str());
    let board = item.board.as_ref().map_or("", |(_, name)| name.as_str());
    let department = |place: usize| item.departments.get(place).map_or("", String::as_str);
    let values: [(&str, Arg); 10] = [
        ("name", name.into()),
        ("board", board.into()),
        ("wait", wait(lang, item.since, now).into()),
        ("count", item.facts.count.into()),
        ("of", item.facts.of.into()),
        ("days", item.facts.days.into()),
        ("usual", item.facts.usual.into()),
        ("first", department(0).into()),
        ("second", department(1).into()),
        ("tag", item.facts.tag.as_str().into()),
    ];
    Locales::get().with_values(lang, &format!("today-why-{}", key(item.kind)), &values)
}

/// A kind as part of a sentence's name.
pub fn key(kind: WorkKind) -> String {
    kind.word().replace('_', "-")
}
