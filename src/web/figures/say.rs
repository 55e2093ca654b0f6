//! Figures as people read them: a share in percent, hours as minutes or days, a change as points, and "too early"
//! where there is nothing to say.

use crate::forum::metrics::metric::Unit;
use crate::forum::metrics::read::Told;
use crate::forum::metrics::{export, week};
use crate::i18n::{Arg, Lang, Locales};
use crate::refusal::Result;
use crate::web::ask::Ask;

/// A number with as many places as it bears.
pub(super) fn number(lang: Lang, value: f64) -> String {
    let places = if value.abs() >= 20.0 || (value - value.round()).abs() < 1e-9 {
        0
    } else if value.abs() >= 1.0 {
        1
    } else {
        2
    };
    Locales::get().number(lang, value, places)
}

/// One place below twenty percent, none above.
pub(super) fn percent(lang: Lang, share: f64) -> String {
    let places = usize::from(share.abs() < 0.2 && share.abs() > 0.0);
    Locales::get().percent(lang, share, places)
}

/// Two shares that are compared, with the same places: what reads the same has not moved.
pub(super) fn percents(lang: Lang, shares: [f64; 2]) -> [String; 2] {
    let places = usize::from(shares.iter().any(|share| share.abs() < 0.2) && shares != [0.0; 2]);
    shares.map(|share| Locales::get().percent(lang, share, places))
}

/// A share that somebody chose, with the places that they gave it: "16 %", "12.5 %".
pub(super) fn chosen(lang: Lang, share: f64) -> String {
    let whole = (share * 100.0 - (share * 100.0).round()).abs() < 1e-6;
    Locales::get().percent(lang, share, usize::from(!whole))
}

/// "42 min", "2 h 49 min", "3.4 days".
pub(super) fn hours(lang: Lang, hours: f64) -> String {
    let locales = Locales::get();
    #[expect(clippy::cast_possible_truncation, reason = "minutes of some days")]
    let minutes = (hours * 60.0).round() as i64;
    match minutes {
        ..60 => locales.with_values(lang, "figures-minutes", &[("minutes", minutes.into())]),
        60..2880 => {
            let parts: [(&str, Arg); 2] = [("hours", (minutes / 60).into()), ("minutes", (minutes % 60).into())];
            locales.with_values(lang, "figures-hours", &parts)
        }
        _ => days(lang, hours / 24.0),
    }
}

pub(super) fn days(lang: Lang, days: f64) -> String {
    let text = number(lang, days);
    Locales::get().with_values(lang, "say-days", &[("days", text.into())])
}

pub(super) fn value(lang: Lang, unit: Unit, value: f64) -> String {
    match unit {
        Unit::Count => Locales::get().number(lang, value, 0),
        Unit::Share => percent(lang, value),
        Unit::Hours => hours(lang, value),
        Unit::Days => days(lang, value),
        Unit::Number => number(lang, value),
    }
}

/// What a figure says, or why it says nothing.
pub(super) fn told(ask: &Ask, told: Option<&Told>) -> String {
    match told {
        Some(told) if told.suppressed => ask.t("health-hidden"),
        Some(told) => match told.value {
            Some(amount) => value(ask.lang, export::unit(&told.metric, &told.part), amount),
            // Of those who waited, not so many have their answer that this could be said.
            None if told.numerator.is_none() && is_a_wait(&told.metric, &told.part) => ask.t("health-not-reached"),
            None => ask.t("health-too-early"),
        },
        None => ask.t("health-too-early"),
    }
}

/// Quantiles of waiting, which may lie beyond what is known.
fn is_a_wait(metric: &str, part: &str) -> bool {
    matches!(
        (metric, part),
        ("first-reply", "" | "p90") | ("solution", "") | ("activation", "median-days")
    )
}

/// What a part of a metric is called.
pub(super) fn part(ask: &Ask, metric: &str, part: &str) -> String {
    if part.is_empty() {
        ask.t(&format!("metric-{metric}"))
    } else {
        ask.t(&format!("metric-{metric}-{part}"))
    }
}

/// "9 Nov 2026": the last day of a week.
pub(super) fn last_day(ask: &Ask, of: week::Week) -> Result<String> {
    day(ask, week::monday(of) + 6)
}

/// "9 Nov 2026", of a day since 1970.
pub(super) fn day(ask: &Ask, of: i64) -> Result<String> {
    let date = week::date_of(of)?;
    let month = Locales::get().month(ask.lang, date.month());
    Ok(format!("{} {month} {}", date.day(), date.year()))
}

/// "Nov 2026".
pub(super) fn month(ask: &Ask, of: week::Week) -> Result<String> {
    let date = week::date_of(week::monday(of) + 6)?;
    Ok(format!(
        "{} {}",
        Locales::get().month(ask.lang, date.month()),
        date.year()
    ))
}
