//! What is believed of a share after counting: the beta posterior of a binomial share, with limits from a numerical
//! inverse of the incomplete beta function (its continued fraction evaluated by Lentz's method, inverted by halving,
//! so nothing depends on draws), and the posterior of a difference of two shares from seeded draws, for which there
//! is no closed form. Logarithms of the gamma function by Stirling's series.

use std::f64::consts::PI;

use super::interval::{Arm, Difference, Interval};
use super::number::{real, size};
use super::random::Random;

/// Pseudo-counts before anything was counted. Jeffreys' 1/2 and 1/2 says next to nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prior {
    /// Successes as it were; above 0.
    pub a: f64,
    /// Failures as it were; above 0.
    pub b: f64,
}

/// Jeffreys' prior.
pub const JEFFREYS: Prior = Prior { a: 0.5, b: 0.5 };

/// The logarithm of the gamma function for `x` above 0 (not a number otherwise); relative error about 1e-15.
pub fn ln_gamma(x: f64) -> f64 {
    if !(x.is_finite() && x > 0.0) {
        return f64::NAN;
    }
    // Stirling's series is good from 10 on; a smaller argument is lifted there by gamma(x + 1) = x * gamma(x).
    let (mut x, mut product) = (x, 1.0);
    while x < 10.0 {
        product *= x;
        x += 1.0;
    }
    let inverse = 1.0 / (x * x);
    let tail = [
        1.0 / 156.0,
        -691.0 / 360_360.0,
        1.0 / 1188.0,
        -1.0 / 1680.0,
        1.0 / 1260.0,
        -1.0 / 360.0,
        1.0 / 12.0,
    ];
    let series = tail.into_iter().fold(0.0, |sum, factor| sum * inverse + factor) / x;
    (x - 0.5) * x.ln() - x + 0.5 * (2.0 * PI).ln() + series - product.ln()
}

/// The chance that a beta variable is at most `x`, 0..=1; `None` unless both shapes are finite and above 0 and `x`
/// lies in 0..=1.
pub fn probability(x: f64, prior: Prior) -> Option<f64> {
    let Prior { a, b } = prior;
    if !(a.is_finite() && b.is_finite() && a > 0.0 && b > 0.0 && (0.0..=1.0).contains(&x)) {
        return None;
    }
    if x <= 0.0 || x >= 1.0 {
        return Some(x);
    }
    let front = (ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * (-x).ln_1p()).exp();
    // The fraction converges fast on this side of the mean only; the other side is its mirror image.
    Some(if x <= (a + 1.0) / (a + b + 2.0) {
        front / a * fraction(x, a, b)
    } else {
        1.0 - front / b * fraction(1.0 - x, b, a)
    })
}

/// 1/(1 + d1/(1 + d2/(1 + ...))) with the coefficients of the incomplete beta function.
fn fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut lower = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let (mut upper, mut result) = (1.0, lower);
    for step in 1..5000_u16 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut change = 1.0;
        for term in [even, odd] {
            lower = 1.0 / away(1.0 + term * lower);
            upper = away(1.0 + term / upper);
            change = lower * upper;
            result *= change;
        }
        if (change - 1.0).abs() < 4.0 * f64::EPSILON {
            break;
        }
    }
    result
}

/// The value below which a beta variable stays with chance `p` (0..=1); `None` for impossible shapes or chances.
pub fn quantile(p: f64, prior: Prior) -> Option<f64> {
    if !(0.0..=1.0).contains(&p) {
        return None;
    }
    let (mut low, mut high) = (0.0, 1.0);
    // 0.5^80 of the whole is below what any count could tell apart, also near 0.
    for _ in 0..80 {
        let middle = f64::midpoint(low, high);
        if probability(middle, prior)? < p {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(f64::midpoint(low, high))
}

/// What is believed of a share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Posterior {
    /// The mean, strictly between 0 and 1.
    pub mean: f64,
    /// The central interval that holds the share with the chance asked for.
    pub interval: Interval,
}

/// The posterior of a share; `level` (strictly between 0 and 1) is the chance that the interval holds it. An arm
/// without trials gives the prior back. `None` for more successes than trials, a bad level or a bad prior.
pub fn posterior(arm: Arm, prior: Prior, level: f64) -> Option<Posterior> {
    let shapes = shapes(arm, prior)?;
    if !(level > 0.0 && level < 1.0) {
        return None;
    }
    let low = quantile((1.0 - level) / 2.0, shapes)?;
    let high = quantile(f64::midpoint(1.0, level), shapes)?;
    Some(Posterior {
        mean: shapes.a / (shapes.a + shapes.b),
        interval: Interval { low, high },
    })
}

/// The prior's pseudo-counts and the counts together; `None` for more successes than trials.
fn shapes(arm: Arm, prior: Prior) -> Option<Prior> {
    let failures = arm.trials.checked_sub(arm.successes)?;
    Some(Prior {
        a: prior.a + real(arm.successes),
        b: prior.b + real(failures),
    })
}

/// The posterior of "first minus second": exact mean, and a central interval from `draws` (at least 100) seeded
/// pairs of draws. `None` as for [`posterior`], or with fewer draws.
pub fn difference(first: Arm, second: Arm, prior: Prior, level: f64, draws: usize, seed: u64) -> Option<Difference> {
    let (p, q) = (shapes(first, prior)?, shapes(second, prior)?);
    if draws < 100 || !(level > 0.0 && level < 1.0) {
        return None;
    }
    let mut random = Random::new(seed);
    let mut values = Vec::with_capacity(draws);
    for _ in 0..draws {
        values.push(random.beta(p.a, p.b)? - random.beta(q.a, q.b)?);
    }
    let low = sorted_quantile(&mut values, (1.0 - level) / 2.0)?;
    let high = sorted_quantile(&mut values, f64::midpoint(1.0, level))?;
    Some(Difference {
        difference: p.a / (p.a + p.b) - q.a / (q.a + q.b),
        interval: Interval { low, high },
    })
}

/// Sorts the values and gives the one below which the share `part` (0..=1) of them lies, straight lines between
/// neighbours (type 7 of Hyndman and Fan); `None` without values.
pub fn sorted_quantile(values: &mut [f64], part: f64) -> Option<f64> {
    if values.is_empty() || !(0.0..=1.0).contains(&part) {
        return None;
    }
    values.sort_unstable_by(f64::total_cmp);
    let place = part * size(values.len() - 1);
    let above = usize::try_from(super::number::at_least(place)?).ok()?;
    let below = above.saturating_sub(1);
    let (from, to) = (values.get(below)?, values.get(above)?);
    Some(if above == 0 {
        *to
    } else {
        from + (to - from) * (place - size(below))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gamma_is_the_factorial() {
        assert!((ln_gamma(0.5) - PI.sqrt().ln()).abs() < 1e-14);
        assert!((ln_gamma(6.0) - 120.0_f64.ln()).abs() < 1e-14);
        assert!((ln_gamma(101.0) / 363.739_375_555_563_5 - 1.0).abs() < 1e-14);
        assert!(ln_gamma(0.0).is_nan());
    }

    #[test]
    fn the_beta_distribution_where_it_has_a_closed_form() {
        for x in [0.0, 0.01, 0.3, 0.5, 0.77, 0.999, 1.0_f64] {
            let near = |a, b, wanted: f64| (probability(x, Prior { a, b }).expect("inside") - wanted).abs() < 1e-13;
            assert!(near(1.0, 1.0, x) && near(2.0, 1.0, x * x) && near(1.0, 3.0, 1.0 - (1.0 - x).powi(3)));
            assert!(near(2.0, 2.0, x * x * (3.0 - 2.0 * x)));
            assert!(near(0.5, 0.5, x.sqrt().asin() * 2.0 / PI));
        }
        let large = Prior { a: 5000.5, b: 5000.5 };
        assert!((probability(0.5, large).expect("inside") - 0.5).abs() < 1e-9);
        assert!((quantile(0.25, JEFFREYS).expect("inside") - (PI / 8.0).sin().powi(2)).abs() < 1e-12);
        assert_eq!(probability(1.1, JEFFREYS), None);
        assert_eq!(quantile(0.5, Prior { a: 0.0, b: 1.0 }), None);
    }

    #[test]
    fn a_posterior_lies_around_its_share() {
        // 7 of 10 with a flat prior is Beta(8, 4): mean 2/3; 5% and 95% of it as tables of the binomial give them.
        let found = posterior(
            Arm {
                successes: 7,
                trials: 10,
            },
            Prior { a: 1.0, b: 1.0 },
            0.9,
        )
        .expect("counts");
        assert!((found.mean - 2.0 / 3.0).abs() < 1e-12);
        assert!((found.interval.low - 0.435_626).abs() < 5e-6 && (found.interval.high - 0.864_925).abs() < 5e-6);
        let prior = posterior(
            Arm {
                successes: 0,
                trials: 0,
            },
            JEFFREYS,
            0.5,
        )
        .expect("the prior");
        assert!((prior.mean - 0.5).abs() < 1e-12);
        assert_eq!(
            posterior(
                Arm {
                    successes: 2,
                    trials: 1
                },
                JEFFREYS,
                0.9
            ),
            None
        );
    }

    #[test]
    fn a_difference_is_drawn_the_same_each_time() {
        let (first, second) = (
            Arm {
                successes: 56,
                trials: 70,
            },
            Arm {
                successes: 48,
                trials: 80,
            },
        );
        let found = difference(first, second, JEFFREYS, 0.95, 20_000, 7).expect("counts");
        // Next to Newcombe's 0.0524 to 0.3339 for the same counts.
        assert!((found.interval.low - 0.0524).abs() < 0.01 && (found.interval.high - 0.3339).abs() < 0.01);
        assert_eq!(difference(first, second, JEFFREYS, 0.95, 20_000, 7), Some(found));
        assert_eq!(difference(first, second, JEFFREYS, 0.95, 99, 7), None);
    }

    #[test]
    fn quantiles_of_values_run_straight_between_them() {
        let mut values = [4.0, 1.0, 3.0, 2.0];
        let found = [0.0, 0.5, 0.9, 1.0].map(|part| sorted_quantile(&mut values, part).expect("values"));
        assert!(
            found
                .iter()
                .zip([1.0, 2.5, 3.7, 4.0])
                .all(|(a, b)| (a - b).abs() < 1e-12)
        );
        assert_eq!(sorted_quantile(&mut [], 0.5), None);
    }
}
