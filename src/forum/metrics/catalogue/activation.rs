//! Activation rate: of new members whose first fourteen days are over, who contributed in them. And how long it
//! takes until a first contribution, with those who have not made one yet counted as waiting.

use super::super::metric::{Metric, Sheet, Shown, Unit, Window};
use super::super::models::survival;
use super::super::sight::Sight;
use crate::db::types::Moment;

pub static METRIC: Metric = Metric {
    name: "activation",
    version: 1,
    unit: Unit::Share,
    window: Window::Quarter,
    shown: Shown::Total,
    visits: false,
    formula: "|{m : first(m) − came(m) < 14 d}| / |{m : t − 14 d − 91 d ≤ came(m) < t − 14 d}|; median: Kaplan and Meier",
    source: "Wikimedia, new editor activation (n = 1); Kaplan and Meier 1958",
    measure,
};

const DAYS: i64 = 14;

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    let until = sight.end.plus_days(-DAYS);
    let from = until.plus_days(-91);
    let (mut came, mut wrote) = (0, 0);
    let mut waits = Vec::new();
    for who in &sight.people {
        let Some(since) = sight.since(*who).filter(|since| *since < sight.end) else {
            continue;
        };
        let first = sight.ground.firsts.get(who).copied().filter(|first| *first < sight.end);
        if since >= from && since < until {
            came += 1;
            wrote += i64::from(first.is_some_and(|first| first < since.plus_days(DAYS)));
        }
        if since >= from {
            waits.push((days(since, first.unwrap_or(sight.end)), first.is_some()));
        }
    }
    sheet.share("", wrote, came);
    let median = survival::Curve::from_waits(&waits).and_then(|curve| curve.median());
    sheet.value("median-days", median);
}

fn days(from: Moment, until: Moment) -> f64 {
    super::super::metric::real((until.0 - from.0).max(0)) / 86_400_000_000.0
}

#[cfg(test)]
mod tests {
    use super::super::super::sight::tests::{FIRST, ground};
    use super::super::tests::told;

    #[test]
    fn only_those_whose_days_are_over_are_counted() {
        let mut ground = ground(FIRST + 9, 1..=20);
        for who in 1..=5 {
            ground.writes(who, FIRST, 1);
        }
        ground.writes(6, FIRST + 4, 1);
        let told = told(&super::METRIC, ground);
        assert_eq!((told[""].numerator, told[""].denominator), (Some(5), Some(20)));
    }

    #[test]
    fn in_the_first_two_weeks_it_is_too_early() {
        assert_eq!(told(&super::METRIC, ground(FIRST + 1, 1..=20))[""].value, None);
    }
}
