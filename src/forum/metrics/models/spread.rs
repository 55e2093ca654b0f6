//! How contributions are spread: over people, over time and over themes.
//!
//! The Contributor Absence Factor and the Elephant Factor follow the CHAOSS project's definitions; the Gini
//! coefficient is the textbook one; burstiness is Goh and Barabási's ("Burstiness and memory in complex systems",
//! 2008); the effective number is the exponential of Shannon's entropy (Hill's number of order 1).

use super::number::{count, real, size};

/// The fewest contributors whose work together reaches `percent` (1..=100) of the total, the largest taken first.
/// `None` without any contribution, or for another percentage. Compared in whole numbers: exactly the percentage
/// is enough.
pub fn fewest(contributions: &[u64], percent: u8) -> Option<u64> {
    let total: u128 = contributions.iter().map(|&value| u128::from(value)).sum();
    if total == 0 || !(1..=100).contains(&percent) {
        return None;
    }
    let mut largest = contributions.to_vec();
    largest.sort_unstable_by(|a, b| b.cmp(a));
    let mut sum = 0;
    let place = largest.iter().position(|&value| {
        sum += u128::from(value);
        sum * 100 >= total * u128::from(percent)
    })?;
    Some(count(place) + 1)
}

/// The Contributor Absence Factor: the fewest people who did half of the work, at least 1; `None` without any. The
/// Elephant Factor is the same function of the contributions per department, and a bridge absence factor of the
/// cross-department ties per person.
pub fn absence_factor(contributions: &[u64]) -> Option<u64> {
    fewest(contributions, 50)
}

/// The Gini coefficient: 0 all the same, towards 1 all by one. Whether members with nothing are in the list is the
/// caller's choice and must be said beside the figure. `None` for an empty list or one of zeros.
pub fn gini(contributions: &[u64]) -> Option<f64> {
    let mut rising = contributions.to_vec();
    rising.sort_unstable();
    let total: f64 = rising.iter().map(|&value| real(value)).sum();
    let n = size(rising.len());
    let weighted: f64 = rising
        .iter()
        .enumerate()
        .map(|(place, &value)| (size(place) + 1.0) * real(value))
        .sum();
    (total > 0.0).then(|| 2.0 * weighted / (n * total) - (n + 1.0) / n)
}

/// The fewest gaps of which anything can be said.
pub const GAPS: usize = 5;

/// (deviation - mean) / (deviation + mean) of the gaps between active days, in any unit of time: -1 like a clock,
/// 0 at random, towards +1 in bursts. `None` below five gaps, for gaps that are all zero, and for negative ones.
pub fn burstiness(gaps: &[f64]) -> Option<f64> {
    if gaps.len() < GAPS || gaps.iter().any(|gap| !(gap.is_finite() && *gap >= 0.0)) {
        return None;
    }
    let n = size(gaps.len());
    let mean = gaps.iter().sum::<f64>() / n;
    let deviation = (gaps.iter().map(|gap| (gap - mean).powi(2)).sum::<f64>() / n).sqrt();
    (mean > 0.0).then(|| (deviation - mean) / (deviation + mean))
}

/// The number of equally used themes that would be as varied as these counts: 1 for a single theme, at most the
/// number of themes with any contribution. `None` without a contribution.
pub fn effective_number(contributions: &[u64]) -> Option<f64> {
    let total: f64 = contributions.iter().map(|&value| real(value)).sum();
    let entropy: f64 = contributions
        .iter()
        .filter(|&&value| value > 0)
        .map(|&value| {
            let part = real(value) / total;
            -part * part.ln()
        })
        .sum();
    (total > 0.0).then(|| entropy.exp())
}

/// The strength (0..=1) of the signal "contributes beyond the main themes" from the contributions per theme in 91
/// days, `outside` of which lie outside the main themes: half of (effective number - 1), at most 1. It is 0 with
/// fewer than five contributions or none outside: that is an answer, not a lack of one.
pub fn beyond_main(per_theme: &[u64], outside: u64) -> f64 {
    let enough = outside >= 1 && per_theme.iter().sum::<u64>() >= 5;
    effective_number(per_theme)
        .filter(|_| enough)
        .map_or(0.0, |themes| ((themes - 1.0) / 2.0).clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORK: [u64; 8] = [1000, 202, 90, 33, 332, 343, 42, 433];

    fn near(value: Option<f64>, wanted: f64) -> bool {
        value.is_some_and(|value| (value - wanted).abs() < 5e-7)
    }

    #[test]
    fn golden_b_concentration() {
        assert_eq!(absence_factor(&WORK), Some(2));
        assert!(near(gini(&WORK), 0.485_505));
        let mut everyone = WORK.to_vec();
        everyone.extend([0; 12]);
        assert!(near(gini(&everyone), 0.794_202));
        assert_eq!(absence_factor(&everyone), Some(2));
    }

    #[test]
    fn exactly_half_is_enough_and_nothing_is_nothing() {
        assert_eq!(absence_factor(&[5, 3, 2]), Some(1));
        assert_eq!(fewest(&[5, 3, 2], 80), Some(2));
        assert_eq!(fewest(&[5, 3, 2], 100), Some(3));
        assert_eq!((fewest(&[5], 0), fewest(&[5], 101)), (None, None));
        assert_eq!((absence_factor(&[]), absence_factor(&[0, 0])), (None, None));
        assert_eq!(absence_factor(&[u64::MAX, u64::MAX]), Some(1));
        assert_eq!((gini(&[]), gini(&[0, 0])), (None, None));
        assert!(near(gini(&[4, 4, 4]), 0.0));
    }

    #[test]
    fn golden_h_burstiness() {
        assert!(near(burstiness(&[3.0, 4.0, 3.0, 4.0, 14.0, 3.0]), -0.130_279));
        assert!(near(burstiness(&[7.0; 5]), -1.0));
        assert_eq!(burstiness(&[7.0; 4]), None);
        assert_eq!(burstiness(&[0.0; 5]), None);
        assert_eq!(burstiness(&[1.0, 1.0, 1.0, 1.0, -1.0]), None);
        assert_eq!(burstiness(&[1.0, 1.0, 1.0, 1.0, f64::NAN]), None);
    }

    #[test]
    fn golden_h_themes() {
        assert!(near(effective_number(&[6, 3, 1]), 2.454_556));
        assert!((beyond_main(&[6, 3, 1], 1) - 0.727).abs() < 5e-4);
        assert!(near(effective_number(&[4, 0, 0]), 1.0));
        assert_eq!(effective_number(&[]), None);
        assert_eq!(beyond_main(&[6, 3, 1], 0).to_bits(), 0.0_f64.to_bits());
        assert_eq!(beyond_main(&[3, 1], 1).to_bits(), 0.0_f64.to_bits());
    }
}
