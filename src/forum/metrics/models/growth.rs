//! Growth accounting over blocks of 28 days, cohort retention, and gravity.
//!
//! The accounting identity and the quick ratio are those of venture analysts (Social Capital's and Amplitude's
//! growth accounting), with those who left the organisation split from those who fell silent; gravity is the
//! published measure of the Orbit model. Sets are slices of ids in strictly ascending order.

use std::collections::{BTreeMap, BTreeSet};

use super::number::{count, ratio, real, share};

/// What became of the contributors between one block and the next; all fields count people.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Block {
    /// Contributors in this block.
    pub active: u64,
    /// Contributors in the block before.
    pub previous: u64,
    /// Contributors in this block who never contributed before.
    pub new: u64,
    /// Contributors in both.
    pub retained: u64,
    /// Contributors in this block, not in the one before, but earlier.
    pub resurrected: u64,
    /// Contributors of the block before who no longer belong to the organisation.
    pub churned_left: u64,
    /// Contributors of the block before who are still there and contributed nothing.
    pub churned_quiet: u64,
}

impl Block {
    /// All who contributed in the block before and not in this one.
    pub const fn churned(&self) -> u64 {
        self.churned_left + self.churned_quiet
    }

    /// (new + resurrected) / churned: above 1 the number of contributors grows. `None` when nobody churned.
    pub fn quick_ratio(&self) -> Option<f64> {
        ratio(self.new + self.resurrected, self.churned())
    }

    /// The same without those who left the organisation, so that a reorganisation does not look like a failure.
    pub fn quick_ratio_quiet(&self) -> Option<f64> {
        ratio(self.new + self.resurrected, self.churned_quiet)
    }

    /// The share (0..=1) of the block before that contributed again; `None` when the block before was empty.
    pub fn gross_retention(&self) -> Option<f64> {
        share(self.retained, self.previous)
    }
}

fn ascends(ids: &[i64]) -> bool {
    ids.is_sorted_by(|a, b| a < b)
}

fn holds(ids: &[i64], id: i64) -> bool {
    ids.binary_search(&id).is_ok()
}

/// Accounts for one block. `current` and `previous` are the contributors of this block and the one before, `ever`
/// all who contributed in any earlier block (those of `previous` count as such in any case), `left` all who no
/// longer belong to the organisation at the end of this block. `current` must not hold any of the latter. `None`
/// when a slice is not strictly ascending: its counts would be wrong.
pub fn account(current: &[i64], previous: &[i64], ever: &[i64], left: &[i64]) -> Option<Block> {
    if ![current, previous, ever, left].into_iter().all(ascends) {
        return None;
    }
    let mut block = Block {
        active: count(current.len()),
        previous: count(previous.len()),
        ..Block::default()
    };
    for &id in current {
        if holds(previous, id) {
            block.retained += 1;
        } else if holds(ever, id) {
            block.resurrected += 1;
        } else {
            block.new += 1;
        }
    }
    for &id in previous.iter().filter(|&&id| !holds(current, id)) {
        if holds(left, id) {
            block.churned_left += 1;
        } else {
            block.churned_quiet += 1;
        }
    }
    Some(block)
}

/// One cell of the retention triangle; all fields count people of the cohort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// The whole cohort.
    pub size: u64,
    /// Those who still belong to the organisation at the end of the cell's block.
    pub employed: u64,
    /// Those who contributed in the cell's block.
    pub active: u64,
}

impl Cell {
    /// The share (0..=1) of the cohort that contributed in this block.
    pub fn retention(&self) -> Option<f64> {
        share(self.active, self.size)
    }

    /// The same share of those who had not left the organisation; `None` when all had.
    pub fn adjusted(&self) -> Option<f64> {
        share(self.active, self.employed)
    }
}

/// Those whose first contribution fell in one block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cohort {
    /// The number of that block.
    pub first: usize,
    /// One cell for that block and every one after it; blocks that have not ended have none.
    pub cells: Vec<Cell>,
}

/// The retention triangle of the contributors of successive blocks. `left_in` holds, for members who left, the
/// block in which they did: from that one on they are no longer employed and count as not active. Blocks in which
/// nobody began give no cohort. Order within a block does not matter.
pub fn cohorts<S: AsRef<[i64]>>(blocks: &[S], left_in: &BTreeMap<i64, usize>) -> Vec<Cohort> {
    let gone = |id: &i64, block: usize| left_in.get(id).is_some_and(|&left| left <= block);
    let actives: Vec<BTreeSet<i64>> = blocks
        .iter()
        .enumerate()
        .map(|(block, ids)| ids.as_ref().iter().copied().filter(|id| !gone(id, block)).collect())
        .collect();
    let mut ever = BTreeSet::new();
    let mut found = Vec::new();
    for (first, active) in actives.iter().enumerate() {
        let cohort: Vec<i64> = active.difference(&ever).copied().collect();
        ever.extend(active);
        if cohort.is_empty() {
            continue;
        }
        let cells = (first..actives.len())
            .map(|block| Cell {
                size: count(cohort.len()),
                employed: count(cohort.iter().filter(|id| !gone(id, block)).count()),
                active: count(cohort.iter().filter(|id| actives[block].contains(id)).count()),
            })
            .collect();
        found.push(Cohort { first, cells });
    }
    found
}

/// The weights of the levels from the outermost (4) to the innermost (1), before squaring.
pub const LEVELS: [u64; 4] = [1, 4, 7, 10];

/// The pull of a community: members per level, outermost first, each counted with the square of its level's weight.
pub fn gravity(members: [u64; 4]) -> u64 {
    members
        .into_iter()
        .zip(LEVELS)
        .map(|(members, weight)| members * weight * weight)
        .sum()
}

/// The change in gravity per member of the later moment, positive when members moved inward. `None` without members.
pub fn gravity_change(before: [u64; 4], after: [u64; 4]) -> Option<f64> {
    let members: u64 = after.iter().sum();
    (members > 0).then(|| (real(gravity(after)) - real(gravity(before))) / real(members))
}

#[cfg(test)]
mod tests {
    use super::super::random::Random;
    use super::*;

    const BLOCKS: [&[i64]; 5] = [&[1, 2, 3], &[1, 2, 4, 5], &[2, 5, 6], &[1, 2, 6, 7, 8], &[2, 8]];

    fn history(blocks: &[Vec<i64>], left: &[i64]) -> Vec<Block> {
        let (mut ever, mut previous) = (BTreeSet::new(), Vec::new());
        let mut found = Vec::new();
        for block in blocks {
            let before: Vec<i64> = ever.iter().copied().collect();
            found.push(account(block, &previous, &before, left).expect("ascending ids"));
            ever.extend(block.iter().copied());
            previous.clone_from(block);
        }
        found
    }

    #[test]
    fn golden_d() {
        let found = history(&BLOCKS.map(<[i64]>::to_vec), &[]);
        // Active, new, retained, resurrected, churned, quick ratio, gross retention.
        let wanted = [
            (3, 3, 0, 0, 0, None, None),
            (4, 2, 2, 0, 1, Some(2.0), Some(2.0 / 3.0)),
            (3, 1, 2, 0, 2, Some(0.5), Some(0.5)),
            (5, 2, 2, 1, 1, Some(3.0), Some(2.0 / 3.0)),
            (2, 0, 2, 0, 3, Some(0.0), Some(0.4)),
        ];
        let told: Vec<_> = found
            .iter()
            .map(|b| {
                (
                    b.active,
                    b.new,
                    b.retained,
                    b.resurrected,
                    b.churned(),
                    b.quick_ratio(),
                    b.gross_retention(),
                )
            })
            .collect();
        assert_eq!(told, wanted);
    }

    #[test]
    fn the_identity_holds_for_any_sets() {
        let mut random = Random::new(6);
        for _ in 0..300 {
            let people = 1 + random.below(40);
            let mut some = || {
                (1_i64..)
                    .take(people)
                    .filter(|_| random.below(3) == 0)
                    .collect::<Vec<_>>()
            };
            let (blocks, left): (Vec<Vec<i64>>, Vec<i64>) = ((0..8).map(|_| some()).collect(), some());
            for block in history(&blocks, &left) {
                assert_eq!(
                    block.active + block.churned(),
                    block.previous + block.new + block.resurrected
                );
                assert_eq!(block.active, block.retained + block.new + block.resurrected);
                assert_eq!(
                    block.previous,
                    block.retained + block.churned_left + block.churned_quiet
                );
            }
        }
    }

    #[test]
    fn leavers_are_counted_apart() {
        let block = account(&[2, 9], &[1, 2, 3], &[1, 2, 3], &[3]).expect("ascending ids");
        assert_eq!((block.churned_left, block.churned_quiet), (1, 1));
        assert_eq!((block.quick_ratio(), block.quick_ratio_quiet()), (Some(0.5), Some(1.0)));
        assert_eq!(account(&[2, 1], &[], &[], &[]), None);
        assert_eq!(account(&[1, 1], &[], &[], &[]), None);
    }

    #[test]
    fn a_cohort_is_followed_and_leavers_leave_its_denominator() {
        let found = cohorts(&BLOCKS, &BTreeMap::from([(3, 1)]));
        let firsts: Vec<usize> = found.iter().map(|cohort| cohort.first).collect();
        assert_eq!(firsts, [0, 1, 2, 3]);
        let told: Vec<(u64, u64)> = found[0].cells.iter().map(|cell| (cell.active, cell.employed)).collect();
        assert_eq!(told, [(3, 3), (2, 2), (1, 2), (2, 2), (1, 2)]);
        assert_eq!(found[0].cells[1].retention(), Some(2.0 / 3.0));
        assert_eq!(found[0].cells[1].adjusted(), Some(1.0));
        assert_eq!(found[3].cells.len(), 2);
        assert_eq!(
            Cell {
                size: 1,
                employed: 0,
                active: 0
            }
            .adjusted(),
            None
        );
    }

    #[test]
    fn golden_j_gravity() {
        let months = [[17, 8, 4, 1], [15, 9, 5, 1], [12, 10, 6, 2]];
        assert_eq!(months.map(gravity), [441, 504, 666]);
        assert!((gravity_change(months[0], months[1]).expect("members") - 2.1).abs() < 1e-12);
        assert!((gravity_change(months[1], months[2]).expect("members") - 5.4).abs() < 1e-12);
        assert_eq!(gravity_change(months[0], [0; 4]), None);
    }
}
