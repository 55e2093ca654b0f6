//! How sure a share is: the normal distribution, Wilson's interval ("Probable inference, the law of succession, and
//! statistical inference", 1927), Newcombe's interval for the difference of two shares ("Interval estimation for the
//! difference between independent proportions", 1998, method 10), and the size of an experiment (the usual normal
//! approximation for two proportions, Fleiss).

use std::f64::consts::PI;

use super::number::{at_least, real, share};

/// The two-sided 90% quantile of the normal distribution, for stages.
pub const Z90: f64 = 1.644_853_626_951_472_7;
/// The two-sided 95% quantile.
pub const Z95: f64 = 1.959_963_984_540_054;

/// Two limits, the lower first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower limit.
    pub low: f64,
    /// The upper limit.
    pub high: f64,
}

/// The chance that a standard normal variable is at most `x`: 0..=1, good to 12 digits in the lower tail as
/// well. Not a number in, not a number out.
pub fn probability(x: f64) -> f64 {
    if x.is_nan() {
        return x;
    }
    let height = (-0.5 * x * x).exp() / (2.0 * PI).sqrt();
    let distance = x.abs();
    if distance < 3.0 {
        // 1/2 + height * (x + x^3/3 + x^5/(3*5) + ...), whose terms soon shrink.
        let (mut term, mut sum, mut odd) = (x, x, 1.0);
        while term.abs() > f64::EPSILON * 0.01 * sum.abs() {
            odd += 2.0;
            term *= x * x / odd;
            sum += term;
        }
        return 0.5 + height * sum;
    }
    // The tail as height / (d + 1/(d + 2/(d + 3/...))), from the inside out.
    let fraction = (1..=200_u8)
        .rev()
        .fold(distance, |inner, step| distance + f64::from(step) / inner);
    let tail = if height > 0.0 { height / fraction } else { 0.0 };
    if x < 0.0 { tail } else { 1.0 - tail }
}

/// The value below which a standard normal variable stays with chance `p`; `None` unless `p` lies strictly between
/// 0 and 1. Found by halving, so it is as precise as [`probability`].
pub fn quantile(p: f64) -> Option<f64> {
    if !(p > 0.0 && p < 1.0) {
        return None;
    }
    if p > 0.5 {
        // 1 - p is exact here, and the lower tail is the precise one.
        return quantile(1.0 - p).map(|x| -x);
    }
    let (mut low, mut high) = (-40.0, 0.0);
    for _ in 0..80 {
        let middle = f64::midpoint(low, high);
        if probability(middle) < p {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(f64::midpoint(low, high))
}

/// Wilson's interval for a share, within 0..=1, at `z` standard deviations (positive). `None` without trials, or
/// with more successes than trials.
pub fn wilson(successes: u64, trials: u64, z: f64) -> Option<Interval> {
    let p = share(successes, trials)?;
    if !(z.is_finite() && z > 0.0) {
        return None;
    }
    let n = real(trials);
    let shrink = 1.0 + z * z / n;
    let centre = (p + z * z / (2.0 * n)) / shrink;
    let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt() / shrink;
    // At both ends the formula gives exactly 0 and 1, but for rounding.
    let low = if successes == 0 { 0.0 } else { (centre - half).max(0.0) };
    let high = if successes == trials {
        1.0
    } else {
        (centre + half).min(1.0)
    };
    Some(Interval { low, high })
}

/// Successes out of trials, in one arm of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arm {
    /// At most `trials`.
    pub successes: u64,
    /// The people assigned to this arm, reached or not.
    pub trials: u64,
}

/// A difference of two shares, each in -1..=1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// First minus second.
    pub difference: f64,
    /// Limits around it; not symmetric.
    pub interval: Interval,
}

/// The difference "first minus second" with Newcombe's interval out of two of Wilson's. `None` when either arm is
/// empty or impossible.
pub fn difference(first: Arm, second: Arm, z: f64) -> Option<Difference> {
    let (p, q) = (
        share(first.successes, first.trials)?,
        share(second.successes, second.trials)?,
    );
    let a = wilson(first.successes, first.trials, z)?;
    let b = wilson(second.successes, second.trials, z)?;
    let difference = p - q;
    let low = difference - (p - a.low).hypot(b.high - q);
    let high = difference + (a.high - p).hypot(q - b.low);
    Some(Difference {
        difference,
        interval: Interval { low, high },
    })
}

/// How many people an experiment takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// In the control arm, rounded up.
    pub control: u64,
    /// In the treated arm, rounded up.
    pub treated: u64,
    /// In all: rounded up once, so it may be one less than both arms together; equal arms need an even number.
    pub total: u64,
}

/// The people needed to tell two shares apart: `ratio` treated for every one in control, two-sided error `alpha`,
/// chance `power` of noticing. `None` unless shares, error and power lie strictly between 0 and 1, the shares
/// differ, and the ratio is positive.
pub fn sample_size(control: f64, treated: f64, ratio: f64, alpha: f64, power: f64) -> Option<Size> {
    let inside = |p: f64| p > 0.0 && p < 1.0;
    let gap = control - treated;
    if !(inside(control) && inside(treated) && inside(alpha) && ratio.is_finite() && ratio > 0.0) || gap.abs() <= 0.0 {
        return None;
    }
    let (error, miss) = (-quantile(alpha / 2.0)?, quantile(power)?);
    let pooled = (control + ratio * treated) / (1.0 + ratio);
    let even = ((1.0 + 1.0 / ratio) * pooled * (1.0 - pooled)).sqrt();
    let apart = (control * (1.0 - control) + treated * (1.0 - treated) / ratio).sqrt();
    let n = (error * even + miss * apart).powi(2) / (gap * gap);
    let total = at_least(n * (1.0 + ratio))?;
    let equal = (ratio - 1.0).abs() < f64::EPSILON;
    Some(Size {
        control: at_least(n)?,
        treated: at_least(n * ratio)?,
        total: if equal { total.next_multiple_of(2) } else { total },
    })
}

/// The distance, in standard deviations of a normal variable, from the centre that holds the share `level` (for
/// example 0.9) of the distribution; `None` unless the share lies strictly between 0 and 1.
pub fn z_of(level: f64) -> Option<f64> {
    (level > 0.0 && level < 1.0)
        .then(|| quantile((1.0 - level) / 2.0))
        .flatten()
        .map(|x| -x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_distribution_is_that_of_the_tables() {
        for (x, p) in [
            (0.0, 0.5),
            (1.0, 0.841_344_746_068_542_9),
            (-1.0, 0.158_655_253_931_457_1),
            (2.999, 0.998_645_663_466_272_9),
            (-3.5, 2.326_290_790_355_25e-4),
            (-6.0, 9.865_876_450_376_98e-10),
            (-10.0, 7.619_853_024_160_527e-24),
        ] {
            assert!((probability(x) / p - 1.0).abs() < 1e-12, "{x}: {}", probability(x));
        }
        assert!(probability(f64::NAN).is_nan() && probability(60.0) >= 1.0 && probability(-60.0) <= 0.0);
    }

    #[test]
    fn quantiles_undo_probabilities() {
        assert!((quantile(0.975).expect("inside") - Z95).abs() < 1e-12);
        assert!((z_of(0.9).expect("inside") - Z90).abs() < 1e-12);
        assert!((quantile(0.8).expect("inside") - 0.841_621_233_572_914_3).abs() < 1e-12);
        assert!((quantile(1e-20).expect("inside") + 9.262_340_089_798_408).abs() < 1e-9);
        assert_eq!(
            (quantile(0.0), quantile(1.0), quantile(f64::NAN), z_of(1.0)),
            (None, None, None, None)
        );
    }

    #[test]
    fn golden_h_wilson() {
        for (k, n, low, high) in [(31, 52, 0.4822, 0.7006), (93, 100, 0.8757, 0.9616)] {
            let found = wilson(k, n, Z90).expect("trials");
            assert!(
                (found.low - low).abs() < 5e-5 && (found.high - high).abs() < 5e-5,
                "{found:?}"
            );
        }
        let none = wilson(0, 5, Z95).expect("trials");
        assert!(none.low <= 0.0 && none.high < 0.44);
        assert_eq!(
            (wilson(0, 0, Z95), wilson(3, 2, Z95), wilson(1, 2, 0.0)),
            (None, None, None)
        );
    }

    #[test]
    fn newcombes_own_example() {
        // Table II of the paper, row (a), method 10: 56/70 against 48/80 gives 0.0524 to 0.3339.
        let first = Arm {
            successes: 56,
            trials: 70,
        };
        let second = Arm {
            successes: 48,
            trials: 80,
        };
        let found = difference(first, second, Z95).expect("trials");
        assert!((found.difference - 0.2).abs() < 1e-12);
        assert!((found.interval.low - 0.0524).abs() < 5e-5 && (found.interval.high - 0.3339).abs() < 5e-5);
        assert_eq!(
            difference(
                first,
                Arm {
                    successes: 0,
                    trials: 0
                },
                Z95
            ),
            None
        );
    }

    #[test]
    fn golden_f_sizes() {
        for (p, q, equal, control, treated, total) in [
            (0.44, 0.56, 544, 169, 676, 845),
            (0.30, 0.45, 326, 103, 411, 514),
            (0.10, 0.20, 398, 132, 525, 656),
            (0.05, 0.10, 870, 289, 1156, 1445),
        ] {
            let halves = sample_size(p, q, 1.0, 0.05, 0.8).expect("shares");
            assert_eq!(
                (halves.control * 2, halves.treated * 2, halves.total),
                (equal, equal, equal)
            );
            let holdout = sample_size(p, q, 4.0, 0.05, 0.8).expect("shares");
            assert_eq!(
                (holdout.control, holdout.treated, holdout.total),
                (control, treated, total)
            );
        }
        assert_eq!(sample_size(0.3, 0.3, 1.0, 0.05, 0.8), None);
        assert_eq!(sample_size(0.0, 0.3, 1.0, 0.05, 0.8), None);
        assert_eq!(sample_size(0.1, 0.3, 0.0, 0.05, 0.8), None);
    }
}
