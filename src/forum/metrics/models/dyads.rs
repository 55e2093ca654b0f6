//! What the directed counts "who answered whom, how often" say without a graph: reciprocity, and the matrix of groups
//! with its lift (observed over expected under independence, as in any two-way table).

use std::collections::{BTreeMap, BTreeSet};

use super::number::{count, real, share};

/// How often an answer is returned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reciprocity {
    /// Pairs of members with at least one reply, in either direction.
    pub dyads: u64,
    /// Pairs with replies in both directions.
    pub mutual: u64,
}

impl Reciprocity {
    /// The share of pairs with replies both ways; `None` without a pair.
    pub fn by_dyad(self) -> Option<f64> {
        share(self.mutual, self.dyads)
    }

    /// The share of arrows whose reverse exists too, the figure many network packages give; `None` without one.
    pub fn by_arc(self) -> Option<f64> {
        (self.dyads > 0).then(|| 2.0 * real(self.mutual) / (real(self.dyads) + real(self.mutual)))
    }
}

/// Reciprocity from directed counts "from, to, times", without a threshold; answers to oneself and zeros ignored.
pub fn reciprocity(dyads: impl Iterator<Item = (i64, i64, u64)>) -> Reciprocity {
    let arcs: BTreeSet<(i64, i64)> = dyads
        .filter(|&(from, to, times)| from != to && times > 0)
        .map(|(from, to, _)| (from, to))
        .collect();
    let both = arcs
        .iter()
        .filter(|&&(from, to)| from < to && arcs.contains(&(to, from)))
        .count();
    let mutual = count(both);
    Reciprocity {
        dyads: count(arcs.len()) - mutual,
        mutual,
    }
}

/// Answers from one group to another.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Cell {
    /// Different pairs "who answered whom".
    pub dyads: u64,
    /// Answers in all.
    pub replies: u64,
    /// How many times more pairs than if groups answered regardless of group; 1 is chance. `None` when the row or
    /// the column is empty.
    pub dyad_lift: Option<f64>,
    /// The same of answers.
    pub reply_lift: Option<f64>,
}

/// The matrix "group to group" from directed counts "from, to, times", with a cell for every pair of groups that
/// occur, empty ones too. Counts of the same pair must have been added up. Ignores answers to oneself, and
/// members without a group.
pub fn lift(dyads: impl Iterator<Item = (i64, i64, u64)>, group_of: &BTreeMap<i64, i64>) -> BTreeMap<(i64, i64), Cell> {
    let mut found: BTreeMap<(i64, i64), Cell> = BTreeMap::new();
    for (from, to, times) in dyads.filter(|&(from, to, times)| from != to && times > 0) {
        if let (Some(&a), Some(&b)) = (group_of.get(&from), group_of.get(&to)) {
            let cell = found.entry((a, b)).or_default();
            cell.dyads += 1;
            cell.replies += times;
        }
    }
    let groups: BTreeSet<i64> = found.keys().flat_map(|&(a, b)| [a, b]).collect();
    let (dyads, replies) = (
        Margins::of(&found, |cell| cell.dyads),
        Margins::of(&found, |cell| cell.replies),
    );
    let mut cells = BTreeMap::new();
    for (&a, &b) in groups.iter().flat_map(|a| groups.iter().map(move |b| (a, b))) {
        // A pair of groups of which nobody answered anybody is a cell of nothing.
        let mut cell = found.get(&(a, b)).copied().unwrap_or_default();
        cell.dyad_lift = dyads.lift(a, b, cell.dyads);
        cell.reply_lift = replies.lift(a, b, cell.replies);
        cells.insert((a, b), cell);
    }
    cells
}

#[derive(Default)]
struct Margins {
    rows: BTreeMap<i64, u64>,
    columns: BTreeMap<i64, u64>,
    all: u64,
}

impl Margins {
    fn of(cells: &BTreeMap<(i64, i64), Cell>, value: impl Fn(&Cell) -> u64) -> Self {
        let mut margins = Self::default();
        for (&(a, b), cell) in cells {
            *margins.rows.entry(a).or_default() += value(cell);
            *margins.columns.entry(b).or_default() += value(cell);
            margins.all += value(cell);
        }
        margins
    }

    fn lift(&self, a: i64, b: i64, value: u64) -> Option<f64> {
        let (row, column) = (self.rows.get(&a)?, self.columns.get(&b)?);
        Some(real(value) * real(self.all) / (real(*row) * real(*column)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{A, D, DYADS, HR, IT, departments};
    use super::*;

    fn near(value: Option<f64>, wanted: f64) -> bool {
        value.is_some_and(|value| (value - wanted).abs() < 5e-7)
    }

    #[test]
    fn golden_a_reciprocity() {
        let back = reciprocity(DYADS.into_iter());
        assert_eq!((back.mutual, back.dyads), (9, 14));
        assert!(near(back.by_dyad(), 0.642_857) && near(back.by_arc(), 0.782_609));
        assert_eq!(reciprocity([(1, 1, 3), (1, 2, 0)].into_iter()).by_arc(), None);
    }

    #[test]
    fn golden_a_matrix() {
        let cells = lift(DYADS.into_iter(), &departments());
        let replies: Vec<u64> = cells.values().map(|cell| cell.replies).collect();
        assert_eq!(replies, [6, 7, 0, 4, 10, 2, 1, 3, 5]);
        let lifts = [1.5944, 1.0231, 0.0, 0.8636, 1.1875, 0.6786, 0.3838, 0.6333, 3.0159];
        for (cell, wanted) in cells.values().zip(lifts) {
            assert!((cell.reply_lift.expect("rows and columns") - wanted).abs() < 5e-5);
        }
        assert_eq!(cells.values().map(|cell| cell.dyads).sum::<u64>(), 23);
        // One answer only: its row and its column are the whole; nothing is known of the way back.
        let one = lift([(A, D, 4)].into_iter(), &departments());
        assert_eq!((one[&(HR, IT)].dyad_lift, one[&(IT, HR)].dyad_lift), (Some(1.0), None));
    }
}
