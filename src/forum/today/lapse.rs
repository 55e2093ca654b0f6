//! Whether somebody who wrote often is falling silent: by their own measure, never by anybody else's. The rule is
//! written out and has no weights: the silence is longer than nine tenths of their own pauses were, and they are
//! here less than half as often as they used to be, two weeks in a row.

use std::collections::BTreeSet;

use crate::forum::metrics::models::beta::sorted_quantile;
use crate::forum::metrics::models::number::real;

/// Contributions in 26 weeks from which on somebody has a measure of their own.
const CONTRIBUTIONS: i64 = 10;
/// Pauses from which on they have one.
const PAUSES: usize = 5;

/// What is known of somebody: days since 1970.
#[derive(Debug, Clone, Default)]
pub(super) struct History {
    /// In the last 26 weeks.
    pub(super) contributions: i64,
    /// On which days they contributed, in the last 26 weeks.
    pub(super) days: BTreeSet<i64>,
    /// On which days they were here, since `known_from`.
    pub(super) visits: BTreeSet<i64>,
}

/// The sentence's numbers: days of silence, and the pause that nine of ten of theirs were shorter than.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Silence {
    pub(super) days: i64,
    pub(super) usual: i64,
}

/// How many days of four weeks before `end` somebody was here.
fn presence(visits: &BTreeSet<i64>, end: i64) -> f64 {
    real(u64::try_from(visits.range(end - 28..end).count()).unwrap_or(0))
}

/// `end` is the day after the last whole week; visits are known since `known_from`, at most thirteen weeks ago.
pub(super) fn silence(history: &History, end: i64, known_from: i64) -> Option<Silence> {
    let last = *history.days.last()?;
    if history.contributions < CONTRIBUTIONS || last >= end {
        return None;
    }
    let days: Vec<i64> = history.days.iter().copied().collect();
    #[expect(clippy::cast_precision_loss, reason = "days of half a year")]
    let mut pauses: Vec<f64> = days.windows(2).map(|pair| (pair[1] - pair[0]) as f64).collect();
    if pauses.len() < PAUSES {
        return None;
    }
    let usual = sorted_quantile(&mut pauses, 0.9)?;
    let silent = end - last;
    #[expect(clippy::cast_precision_loss, reason = "days of half a year")]
    if silent as f64 <= usual {
        return None;
    }
    let ends: Vec<i64> = (0..13)
        .map(|back| end - 7 * back)
        .filter(|end| end - 28 >= known_from)
        .collect();
    let mut all: Vec<f64> = ends.iter().map(|end| presence(&history.visits, *end)).collect();
    let median = sorted_quantile(&mut all, 0.5)?;
    let rare = |end: i64| presence(&history.visits, end) < median / 2.0;
    #[expect(clippy::cast_possible_truncation, reason = "days of half a year")]
    (ends.len() >= 4 && rare(end) && rare(end - 7)).then_some(Silence {
        days: silent,
        usual: usual.round() as i64,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const END: i64 = 20_000;

    /// Here on every third day until some days ago, and writing as often.
    fn regular(until: i64) -> History {
        let days: BTreeSet<i64> = (0..60).map(|n| until - 3 * n).filter(|day| *day > END - 182).collect();
        History {
            contributions: i64::try_from(days.len()).expect("few"),
            visits: days.iter().copied().filter(|day| *day >= END - 91).collect(),
            days,
        }
    }

    #[test]
    fn a_silence_beyond_ones_own_pauses_is_told_with_both() {
        let told = silence(&regular(END - 30), END, END - 91);
        assert_eq!(told, Some(Silence { days: 30, usual: 3 }));
    }

    #[test]
    fn whoever_is_here_as_often_as_ever_is_not_silent() {
        assert_eq!(silence(&regular(END - 1), END, END - 91), None);
        // Reads as before, and only writes less.
        let mut reads = regular(END - 30);
        reads.visits.extend((0..10).map(|n| END - 1 - 3 * n));
        assert_eq!(silence(&reads, END, END - 91), None);
    }

    #[test]
    fn whoever_pauses_long_has_a_long_measure() {
        let mut rare = History {
            contributions: 12,
            days: (0..8)
                .map(|n| END - 25 - 22 * n)
                .filter(|day| *day > END - 182)
                .collect(),
            ..History::default()
        };
        rare.visits = rare.days.iter().copied().filter(|day| *day >= END - 91).collect();
        // 25 days are more than 22; but they never were here more than once in four weeks.
        assert_eq!(silence(&rare, END, END - 91), None);
    }

    #[test]
    fn a_few_contributions_are_no_measure() {
        let mut few = regular(END - 30);
        few.contributions = 9;
        assert_eq!(silence(&few, END, END - 91), None);
        let mut once = regular(END - 30);
        once.days = once.days.iter().copied().rev().take(5).collect();
        assert_eq!(silence(&once, END, END - 91), None);
    }
}
