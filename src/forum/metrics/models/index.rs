//! The health index of a community: six factors, each a score between a floor and a target, and their geometric mean,
//! in which one broken factor cannot be bought off by five good ones. In the line of Lithium's Community Health Index,
//! but with floors and targets of this forum's own; the figures are not comparable.

/// A factor of the index; over which time its value is, its own metric says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Factor {
    /// The quick ratio of contributors.
    Growth,
    /// The share (0..=1) of topics that led to something.
    Useful,
    /// The share (0..=1) answered within 24 hours.
    Responsive,
    /// The mean topic interaction.
    Interactive,
    /// Posts per space and week, of the forum by space that is shown.
    Lively,
    /// The silo-breaking index, -1..=1.
    Bridging,
}

impl Factor {
    /// All six, in the order in which they are shown.
    pub const ALL: [Self; 6] = [
        Self::Growth,
        Self::Useful,
        Self::Responsive,
        Self::Interactive,
        Self::Lively,
        Self::Bridging,
    ];
}

/// Where a score begins and where it is full.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// The value that scores 0.
    pub floor: f64,
    /// The value that scores 100; above the floor.
    pub target: f64,
    /// The factor's weight in the mean; not negative.
    pub weight: f64,
}

/// The scales of the six factors, in the order of [`Factor::ALL`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standard {
    /// One per factor.
    pub scales: [Scale; 6],
}

impl Standard {
    /// Of a floor and a target for each factor, and of what it weighs.
    pub fn of(ends: [[f64; 2]; 6], weights: [f64; 6]) -> Self {
        let mut weights = weights.into_iter();
        Self {
            scales: ends.map(|[floor, target]| Scale {
                floor,
                target,
                weight: weights.next().unwrap_or(1.0),
            }),
        }
    }
}

/// The fewest factors that make an index.
pub const FACTORS: usize = 5;
/// The fewest posts in 91 days that make an index.
pub const POSTS: u64 = 100;

impl Scale {
    /// 0 at or below the floor, 100 at or above the target, a straight line between. `None` for a value that is not
    /// finite, and for a scale whose target is not above its floor.
    pub fn score(&self, value: f64) -> Option<f64> {
        let fits = value.is_finite() && self.target > self.floor;
        fits.then(|| (100.0 * (value - self.floor) / (self.target - self.floor)).clamp(0.0, 100.0))
    }
}

/// The index with its six bars, which are always shown beside it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Health {
    /// The scores 0..=100, in the order of [`Factor::ALL`]; `None` for a factor without a value.
    pub scores: [Option<f64>; 6],
    /// 1..=100; `None`, "too early", with fewer than five factors or fewer than 100 posts.
    pub index: Option<f64>,
    /// The factor with the lowest score, the first of equals: what to work on. `None` without any score.
    pub weakest: Option<Factor>,
}

/// The health of a community from the values of its factors (in the order of [`Factor::ALL`], `None` for one that
/// could not be computed) and its posts in 91 days.
pub fn health(standard: &Standard, values: &[Option<f64>; 6], posts: u64) -> Health {
    let mut scores = [None; 6];
    let (mut weakest, mut lowest) = (None, f64::INFINITY);
    let (mut logs, mut weights, mut known) = (0.0, 0.0, 0);
    for ((factor, value), (scale, slot)) in Factor::ALL
        .into_iter()
        .zip(values)
        .zip(standard.scales.iter().zip(&mut scores))
    {
        let Some(score) = value.and_then(|value| scale.score(value)) else {
            continue;
        };
        *slot = Some(score);
        known += 1;
        if score < lowest {
            (weakest, lowest) = (Some(factor), score);
        }
        // A score of 0 counts as 1: it drags the mean down without wiping out what the others say.
        logs += scale.weight * score.max(1.0).ln();
        weights += scale.weight;
    }
    let enough = known >= FACTORS && posts >= POSTS && weights > 0.0;
    Health {
        scores,
        index: enough.then(|| (logs / weights).exp()),
        weakest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Any will do.
    fn standard() -> Standard {
        Standard::of(
            [[0.5, 1.5], [0.2, 0.6], [0.4, 0.9], [1.0, 4.0], [2.0, 15.0], [-0.6, 0.1]],
            [1.0; 6],
        )
    }

    fn index(values: [Option<f64>; 6], posts: u64) -> Option<f64> {
        health(&standard(), &values, posts).index
    }

    #[test]
    fn all_on_target_is_a_hundred_and_all_on_the_floor_is_one() {
        let targets = standard().scales.map(|scale| Some(scale.target));
        let floors = standard().scales.map(|scale| Some(scale.floor));
        assert!((index(targets, 100).expect("enough") - 100.0).abs() < 1e-9);
        assert!((index(floors, 100).expect("enough") - 1.0).abs() < 1e-9);
        let beyond = standard().scales.map(|scale| Some(scale.target * 9.0 + 9.0));
        assert!((index(beyond, 100).expect("enough") - 100.0).abs() < 1e-9);
    }

    #[test]
    fn one_broken_factor_punishes_more_than_a_mean_would() {
        let values = [Some(1.5), Some(0.6), Some(0.9), Some(4.0), Some(15.0), Some(-0.9)];
        let found = health(&standard(), &values, 500);
        assert!((found.index.expect("enough") - 100.0_f64.powf(5.0 / 6.0)).abs() < 1e-9);
        assert_eq!(found.weakest, Some(Factor::Bridging));
        assert_eq!(found.scores[5], Some(0.0));
    }

    #[test]
    fn halfway_is_fifty() {
        for scale in standard().scales {
            let score = scale.score(f64::midpoint(scale.floor, scale.target)).expect("a scale");
            assert!((score - 50.0).abs() < 1e-9);
        }
        assert_eq!(standard().scales[0].score(f64::NAN), None);
        assert_eq!(
            Scale {
                floor: 1.0,
                target: 1.0,
                weight: 1.0
            }
            .score(1.0),
            None
        );
    }

    #[test]
    fn too_early_is_no_index_but_shows_its_bars() {
        let mut values = standard().scales.map(|scale| Some(scale.target));
        assert_eq!(index(values, 99), None);
        values[0] = None;
        assert!(index(values, 100).is_some());
        values[1] = None;
        let found = health(&standard(), &values, 100);
        assert_eq!(
            (found.index, found.scores[2], found.weakest),
            (None, Some(100.0), Some(Factor::Responsive))
        );
        assert_eq!(health(&standard(), &[None; 6], 100).weakest, None);
    }

    #[test]
    fn a_weight_of_zero_leaves_a_factor_out_of_the_mean() {
        let mut standard = standard();
        standard.scales[5].weight = 0.0;
        let values = [Some(1.5), Some(0.6), Some(0.9), Some(4.0), Some(15.0), Some(-0.9)];
        assert!((health(&standard, &values, 100).index.expect("enough") - 100.0).abs() < 1e-9);
        standard.scales = standard.scales.map(|scale| Scale { weight: 0.0, ..scale });
        assert_eq!(health(&standard, &values, 100).index, None);
    }
}
