//! The stage of life of a community, after the life cycle of `FeverBee`: inception until members themselves cause half
//! of activity and growth, establishment until nine tenths, maturity beyond, and mitosis when a mature community had
//! better be divided. Lower bounds of Wilson's 90% interval are compared with those limits, not the shares
//! themselves: few counts promote nobody.

use super::interval::{Z90, wilson};
use super::number::{count, real, share, size};

/// A stage, in order of age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// The team still causes most of what happens.
    Inception,
    /// Members surely cause at least half.
    Establishment,
    /// Members surely cause at least nine tenths.
    Maturity,
    /// Mature, with at least two signs that it has outgrown itself.
    Mitosis,
}

/// What was counted in one window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Posts by anybody.
    pub posts: u64,
    /// Those by members on their own account: not the team, and not right after a nudge.
    pub member_posts: u64,
    /// Newcomers who became active.
    pub newcomers: u64,
    /// Those whom a member, or nobody in particular, brought.
    pub member_newcomers: u64,
}

/// The fewest posts of 28 days that are judged by themselves; with fewer the 91 days count.
pub const POSTS: u64 = 50;
/// The fewest activated newcomers of 28 days that are judged by themselves.
pub const NEWCOMERS: u64 = 10;

impl Counts {
    /// Which of two windows to judge by: the 28 days when they hold enough, otherwise the 91 days.
    pub const fn window(month: Self, quarter: Self) -> Self {
        if month.posts < POSTS || month.newcomers < NEWCOMERS {
            quarter
        } else {
            month
        }
    }

    /// The share (0..=1) of posts that members cause; `None` without posts.
    pub fn activity(&self) -> Option<f64> {
        share(self.member_posts, self.posts)
    }

    /// The share (0..=1) of growth that members cause; `None` without newcomers.
    pub fn growth(&self) -> Option<f64> {
        share(self.member_newcomers, self.newcomers)
    }

    /// The smaller lower bound of both shares: what members surely cause of either. `None` when one is unknown.
    pub fn surely(&self) -> Option<f64> {
        let activity = wilson(self.member_posts, self.posts, Z90)?.low;
        let growth = wilson(self.member_newcomers, self.newcomers, Z90)?.low;
        Some(activity.min(growth))
    }
}

/// The signs that a mature community had better be divided. What is not known is no sign.
#[derive(Debug, Clone, Copy, Default)]
pub struct Signs<'a> {
    /// Posts per week in the largest space, latest last; eight weeks above 50 are a sign.
    pub largest_space: &'a [u64],
    /// Contributor absence factor / contributors per month, latest last; three falls in a row are a sign.
    pub carried_by: &'a [f64],
    /// Jaccard overlap (0..=1) of the contributors of the two largest themes; below 0.2 is a sign.
    pub overlap: Option<f64>,
    /// The sense of community before and now, in points of its survey; a fall of 0.3 or more is a sign.
    pub sense: Option<(f64, f64)>,
}

impl Signs<'_> {
    /// How many of the four are there, 0..=4.
    pub fn count(&self) -> u8 {
        // Decimal points as people write them: 4.0 - 3.7 is 0.3.
        const HAIR: f64 = 1e-9;
        let crowded = self
            .largest_space
            .last_chunk::<8>()
            .is_some_and(|weeks| weeks.iter().all(|&posts| posts > 50));
        let narrowing = self
            .carried_by
            .last_chunk::<4>()
            .is_some_and(|months| months.is_sorted_by(|a, b| a > b));
        let apart = self.overlap.is_some_and(|overlap| overlap < 0.2);
        let colder = self.sense.is_some_and(|(before, now)| before - now >= 0.3 - HAIR);
        [crowded, narrowing, apart, colder].into_iter().map(u8::from).sum()
    }
}

/// The overlap of two sets, common / either, 0..=1; both strictly ascending. `None` when both are empty.
pub fn jaccard(one: &[i64], other: &[i64]) -> Option<f64> {
    let common = count(one.iter().filter(|id| other.binary_search(id).is_ok()).count());
    share(common, count(one.len()) + count(other.len()) - common)
}

/// The stage that one block of 28 days shows by itself; `None` without posts or without activated newcomers.
pub fn shown(counts: &Counts, signs: &Signs<'_>) -> Option<Stage> {
    let surely = counts.surely()?;
    Some(if surely < 0.5 {
        Stage::Inception
    } else if surely < 0.9 {
        Stage::Establishment
    } else if signs.count() < 2 {
        Stage::Maturity
    } else {
        Stage::Mitosis
    })
}

/// The stage held at the end of each successive block: inception from launch, and another one once two blocks on end
/// show that same one. A block that shows nothing breaks the row and changes nothing.
pub fn held(shown: &[Option<Stage>]) -> Vec<Stage> {
    let (mut held, mut before) = (Stage::Inception, None);
    shown
        .iter()
        .map(|&now| {
            if let (Some(stage), true) = (now, now == before) {
                held = stage;
            }
            before = now;
            held
        })
        .collect()
}

/// The slope of a straight line through equally spaced values, per step, with its 95% limits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slope {
    /// Least squares.
    pub slope: f64,
    /// Distance of both limits from it.
    pub margin: f64,
}

/// The weeks of which the slope is taken.
pub const SLOPE_WEEKS: usize = 26;
/// The two-sided 95% quantile of Student's distribution with 24 degrees of freedom.
const T24: f64 = 2.063_898_561_628_02;

/// The slope of the last 26 weekly values; `None` with fewer. Windows of 91 days overlap from week to week, so the
/// true limits are wider: take it as a hint.
pub fn slope(values: &[u64]) -> Option<Slope> {
    let weeks = values.last_chunk::<SLOPE_WEEKS>()?;
    let n = size(SLOPE_WEEKS);
    let (middle, mean) = ((n - 1.0) / 2.0, weeks.iter().map(|&value| real(value)).sum::<f64>() / n);
    let (mut products, mut squares, mut total) = (0.0, 0.0, 0.0);
    for (week, &value) in weeks.iter().enumerate() {
        let (x, y) = (size(week) - middle, real(value) - mean);
        products += x * y;
        squares += x * x;
        total += y * y;
    }
    let slope = products / squares;
    let unexplained = (total - slope * products).max(0.0);
    Some(Slope {
        slope,
        margin: T24 * (unexplained / (n - 2.0) / squares).sqrt(),
    })
}

/// Warnings beside the stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flags {
    /// Not yet mature, and contributors of 91 days neither surely rise nor surely fall over 26 weeks.
    pub stalled: bool,
    /// The quick ratio was below 1 in each of the last three blocks.
    pub declining: bool,
    /// Fewer than five contributors in 28 days.
    pub dormant: bool,
}

/// The flags of a community: its stage, weekly contributors of 91 days and quick ratios per block (both latest last),
/// and the contributors of the last 28 days. With too little history the first two are not raised.
pub fn flags(stage: Stage, contributors: &[u64], quick_ratios: &[Option<f64>], month: u64) -> Flags {
    let flat = slope(contributors).is_some_and(|line| line.slope.abs() <= line.margin + f64::EPSILON);
    let below = |ratio: &Option<f64>| ratio.is_some_and(|ratio| ratio < 1.0);
    Flags {
        stalled: stage <= Stage::Establishment && flat,
        declining: quick_ratios
            .last_chunk::<3>()
            .is_some_and(|blocks| blocks.iter().all(below)),
        dormant: month < 5,
    }
}

#[cfg(test)]
mod tests;
