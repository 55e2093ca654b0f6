//! The community health index: six factors, each a score between a floor and a target, and their geometric mean. Made of
//! figures that are published for the same week and of nothing else, so that it tells nothing that is hidden there.

use super::super::metric::{Metric, Sheet, Shown, Unit, Window, length, real};
use super::super::models::index::{self, Factor, Standard};
use super::super::sight::Sight;
use super::super::week::BLOCK;

pub static METRIC: Metric = Metric {
    name: "health-index",
    // Goes up with the version of any of the six figures, too. 2: figures of the forum are of the spaces that are shown.
    version: 3,
    unit: Unit::Number,
    window: Window::Block,
    shown: Shown::Total,
    visits: false,
    formula: "exp(Σ w · ln max(s, 1) / Σ w); s = 100 · (v − floor) / (target − floor), from 0 to 100; five factors and 100 contributions of 13 weeks at least",
    source: "after Lithium, Community Health Index; floors and targets are the forum’s own",
    measure,
};

/// What a factor is called, and from which published figure it is taken.
pub const FACTORS: [(Factor, &str, (&str, &str)); 6] = [
    (Factor::Growth, "growth", ("growth", "quick-ratio")),
    (Factor::Useful, "useful", ("content-yield", "")),
    (Factor::Responsive, "responsive", ("first-reply", "waiting-024.00")),
    (Factor::Interactive, "interactive", ("interaction", "")),
    (Factor::Lively, "lively", ("liveliness", "")),
    (Factor::Bridging, "bridging", ("bridges", "")),
];

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    if sight.age % BLOCK != 0 {
        return;
    }
    let summed = sight.ground.summed.as_ref();
    let spaces = summed.map_or(1, |one| length(one.spaces.len()).max(1));
    let mut values = [None; 6];
    for ((factor, _, (metric, part)), value) in FACTORS.into_iter().zip(&mut values) {
        *value = sheet
            .published(metric, part)
            .and_then(|figure| figure.value)
            .map(|value| match factor {
                // The curve says who waits still.
                Factor::Responsive => 1.0 - value,
                // By space of those that it is the sum of.
                Factor::Lively => value / real(spaces),
                _ => value,
            });
    }
    let written = sheet
        .published("liveliness", "")
        .and_then(|figure| figure.numerator)
        .map_or(0, i64::unsigned_abs);
    let health = index::health(
        &Standard::of(sight.ground.index.all(), sight.ground.index.weights),
        &values,
        written,
    );
    sheet.value("", health.index);
    for ((_, part, _), score) in FACTORS.into_iter().zip(health.scores) {
        sheet.value(part, score);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::metric::{Figure, Thresholds};
    use std::collections::BTreeMap;

    use super::super::super::sight::tests::{FIRST, ground};
    use super::super::super::sight::{Sight, Summed};
    use super::*;

    fn told(metric: &'static str, part: &str, value: f64, suppressed: bool) -> Figure {
        Figure {
            metric,
            part: part.to_owned(),
            numerator: Some(780),
            denominator: None,
            value: Some(value),
            people: 20,
            suppressed,
            version: 1,
        }
    }

    /// Halfway between floor and target in everything, but for one.
    fn index(hidden: &[&str], age: i64) -> Option<Figure> {
        let mut ground = ground(FIRST + age - 1, 1..=20);
        let mut summed = Summed::default();
        summed.add(1, Some(&BTreeMap::new()));
        summed.add(2, Some(&BTreeMap::new()));
        ground.summed = Some(summed);
        for who in 1..=20 {
            ground.writes(who, FIRST + age - 1, 1);
        }
        let sight = Sight::new(ground).expect("a look");
        let mut figures: Vec<Figure> = FACTORS
            .into_iter()
            .zip([1.0, 0.4, 0.35, 2.5, 17.0, -0.25])
            .map(|((_, word, (metric, part)), value)| told(metric, part, value, hidden.contains(&word)))
            .collect();
        let mut sheet = Sheet::new(&METRIC, &sight, Thresholds::default(), &mut figures);
        measure(&sight, &mut sheet);
        figures
            .into_iter()
            .find(|figure| figure.metric == METRIC.name && figure.part.is_empty())
    }

    #[test]
    fn halfway_in_everything_is_fifty() {
        let found = index(&[], 16).expect("a block ends");
        assert!((found.value.expect("enough") - 50.0).abs() < 1e-9 && !found.suppressed);
    }

    #[test]
    fn what_is_hidden_is_no_part_of_it() {
        assert!(index(&["bridging"], 16).expect("a block ends").value.is_some());
        assert_eq!(index(&["bridging", "growth"], 16).expect("a block ends").value, None);
        // Without a published number of contributions nobody knows whether there are a hundred.
        assert_eq!(index(&["lively"], 16).expect("a block ends").value, None);
    }

    #[test]
    fn within_a_block_there_is_none() {
        assert!(index(&[], 15).is_none());
    }
}
