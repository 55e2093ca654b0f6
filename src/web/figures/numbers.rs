//! Figures as numbers on a page: cards with what changed, and lines of a table. What is drawn is not here.

use serde::Serialize;

use super::found::Found;
use super::say;
use crate::forum::metrics::export;
use crate::forum::metrics::metric::Unit;
use crate::forum::metrics::read::Figures;
use crate::forum::metrics::week::{BLOCK, QUARTER, Week};
use crate::i18n::Locales;
use crate::web::ask::Ask;

/// One of the numbers at the top: how it is, how it was, and what one aims at.
#[derive(Serialize)]
pub(super) struct Card {
    title: String,
    value: String,
    note: String,
    /// `up`, `down` or nothing: whether the change is a good one.
    mood: &'static str,
    definition: &'static str,
}

#[derive(Serialize)]
pub(super) struct Line {
    name: String,
    now: String,
    before: String,
    earlier: String,
    definition: &'static str,
}

/// A share, its change in points against an earlier week, and the target beside it.
pub(super) fn card(
    ask: &Ask,
    found: &Found,
    key: &'static str,
    part: &str,
    back: i64,
    target: Option<f64>,
    last: Week,
) -> Card {
    let locales = Locales::get();
    let unit = export::unit(key, part);
    let now = found.figures.value(key, part, last);
    let before = found.figures.value(key, part, last - back);
    // Of a wait less is better, and of what waits; of every other share more.
    let better = if unit == Unit::Hours || key == "unanswered" {
        -1.0
    } else {
        1.0
    };
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

/// Some figures with what they were four weeks and a quarter ago.
pub(super) fn table(ask: &Ask, figures: &Figures, last: Week, parts: &[(&'static str, &'static str)]) -> Vec<Line> {
    parts
        .iter()
        .copied()
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
