//! Which further cells of a table must be hidden, so that no hidden one can be worked out from the others and
//! from sums that are known or may be: of rows and of columns, and with them of the whole.
//! After the handbook on statistical disclosure control, chapters 4 and 5 (secondary suppression).

use std::collections::{BTreeMap, BTreeSet};

pub type Key = (i64, i64);

/// A cell: how many people it is about, and whether it may not be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    pub people: i64,
    pub hidden: bool,
}

/// Hides further cells until no hidden one follows from the rest.
///
/// Hidden cells are the edges of a graph between rows and columns. A hidden cell follows from the sums exactly when
/// its edge lies on no circle: then it is the only way between two parts, and each part's sums give it away. So for
/// each such edge the cell about the fewest people that joins the two parts another way is hidden as well. Where
/// there is none, nothing is shown.
pub fn hide_more(cells: &mut BTreeMap<Key, Cell>) {
    while cells.values().any(|cell| !cell.hidden) {
        let net = Net::of(cells);
        let Some(told) = net.first_bridge() else { return };
        let side = net.reached_without(told);
        let more = cells
            .iter()
            .filter(|(key, cell)| {
                let (row, column) = ends(**key);
                !cell.hidden && side.contains(&row) != side.contains(&column)
            })
            .min_by_key(|(key, cell)| (cell.people, **key))
            .map(|(key, _)| *key);
        match more.and_then(|key| cells.get_mut(&key)) {
            Some(cell) => cell.hidden = true,
            None => cells.values_mut().for_each(|cell| cell.hidden = true),
        }
    }
}

/// A row or a column.
type Line = (u8, i64);

fn ends((row, column): Key) -> (Line, Line) {
    ((0, row), (1, column))
}

/// Rows and columns, joined where a cell is hidden.
struct Net {
    next: BTreeMap<Line, BTreeSet<Line>>,
}

/// What a walk through the net knows: in which order lines were reached.
struct Walk {
    reached: BTreeMap<Line, usize>,
    bridge: Option<(Line, Line)>,
}

impl Net {
    fn of(cells: &BTreeMap<Key, Cell>) -> Self {
        let mut next: BTreeMap<Line, BTreeSet<Line>> = BTreeMap::new();
        for (key, _) in cells.iter().filter(|(_, cell)| cell.hidden) {
            let (row, column) = ends(*key);
            next.entry(row).or_default().insert(column);
            next.entry(column).or_default().insert(row);
        }
        Self { next }
    }

    /// An edge on no circle, if there is one. Tarjan's walk: as deep as there are lines, at most.
    fn first_bridge(&self) -> Option<(Line, Line)> {
        let mut walk = Walk {
            reached: BTreeMap::new(),
            bridge: None,
        };
        for line in self.next.keys() {
            if !walk.reached.contains_key(line) {
                self.walk(&mut walk, *line, None);
            }
        }
        walk.bridge
    }

    fn walk(&self, walk: &mut Walk, line: Line, from: Option<Line>) -> usize {
        let now = walk.reached.len();
        walk.reached.insert(line, now);
        let mut earliest = now;
        for next in self.next.get(&line).into_iter().flatten() {
            if Some(*next) == from {
                continue;
            }
            match walk.reached.get(next) {
                Some(then) => earliest = earliest.min(*then),
                None => {
                    let back = self.walk(walk, *next, Some(line));
                    earliest = earliest.min(back);
                    if back > now && walk.bridge.is_none() {
                        walk.bridge = Some((line, *next));
                    }
                }
            }
        }
        earliest
    }

    /// The lines that are reached from one end of an edge without it.
    fn reached_without(&self, (from, to): (Line, Line)) -> BTreeSet<Line> {
        let mut reached = BTreeSet::from([from]);
        let mut left = vec![from];
        while let Some(line) = left.pop() {
            for next in self.next.get(&line).into_iter().flatten() {
                let bridge = (line, *next) == (from, to) || (line, *next) == (to, from);
                if !bridge && reached.insert(*next) {
                    left.push(*next);
                }
            }
        }
        reached
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PRIME: i64 = 1_000_003;

    /// How many of these rows say something that the others do not, counted in a finite field: another way than
    /// the product's.
    fn rank(mut rows: Vec<Vec<i64>>) -> usize {
        let power = |base: i64| {
            let (mut value, mut base, mut exponent) = (1, base % PRIME, PRIME - 2);
            while exponent > 0 {
                if exponent % 2 == 1 {
                    value = value * base % PRIME;
                }
                base = base * base % PRIME;
                exponent /= 2;
            }
            value
        };
        let columns = rows.first().map_or(0, Vec::len);
        let mut rank = 0;
        for column in 0..columns {
            let Some(pivot) = (rank..rows.len()).find(|row| rows[*row][column] != 0) else {
                continue;
            };
            rows.swap(rank, pivot);
            let inverse = power(rows[rank][column]);
            let lead: Vec<i64> = rows[rank].iter().map(|value| value * inverse % PRIME).collect();
            for (place, row) in rows.iter_mut().enumerate() {
                if place != rank && row[column] != 0 {
                    let factor = row[column];
                    for (value, other) in row.iter_mut().zip(&lead) {
                        *value = (*value - factor * other % PRIME + PRIME) % PRIME;
                    }
                }
            }
            rows[rank] = lead;
            rank += 1;
        }
        rank
    }

    fn lines((row, column): Key) -> [(u8, i64); 2] {
        [(0, row), (1, column)]
    }

    fn follows(cells: &BTreeMap<Key, Cell>) -> bool {
        let hidden: Vec<Key> = cells
            .iter()
            .filter(|(_, cell)| cell.hidden)
            .map(|(key, _)| *key)
            .collect();
        let all: std::collections::BTreeSet<(u8, i64)> = hidden.iter().flat_map(|key| lines(*key)).collect();
        let rows: Vec<Vec<i64>> = all
            .into_iter()
            .map(|line| {
                hidden
                    .iter()
                    .map(|key| i64::from(lines(*key).contains(&line)))
                    .collect()
            })
            .collect();
        let known = rank(rows.clone());
        (0..hidden.len()).any(|place| {
            let mut more = rows.clone();
            more.push((0..hidden.len()).map(|other| i64::from(other == place)).collect());
            rank(more) == known
        })
    }

    #[test]
    fn the_only_hidden_cell_of_a_row_takes_another_along() {
        let cell = |people, hidden| Cell { people, hidden };
        let mut cells = BTreeMap::from([
            ((1, 1), cell(40, false)),
            ((1, 2), cell(5, true)),
            ((1, 3), cell(20, false)),
            ((2, 1), cell(30, false)),
            ((2, 2), cell(50, false)),
            ((2, 3), cell(60, false)),
            ((3, 1), cell(30, false)),
            ((3, 2), cell(22, false)),
            ((3, 3), cell(33, false)),
        ]);
        assert!(follows(&cells));
        hide_more(&mut cells);
        assert!(!follows(&cells));
        assert!(cells.values().filter(|cell| !cell.hidden).count() == 5, "{cells:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]
        #[test]
        fn no_hidden_cell_can_be_worked_out(
            size in 2..7_i64,
            cells in proptest::collection::vec((0..4_i64, 1..30_i64, 0..10_u8), 36),
        ) {
            let mut table = BTreeMap::new();
            for (place, (present, people, hidden)) in (0..).zip(cells) {
                let key = (place / size, place % size);
                if key.0 < size && present > 0 {
                    table.insert(key, Cell { people, hidden: hidden < 3 });
                }
            }
            let before = table.clone();
            hide_more(&mut table);
            prop_assert!(before.iter().all(|(key, cell)| !cell.hidden || table[key].hidden));
            prop_assert!(table.values().all(|cell| cell.hidden) || !follows(&table));
        }
    }
}
