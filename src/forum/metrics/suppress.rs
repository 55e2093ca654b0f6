//! Which further cells of a table must be hidden, so that no hidden one can be worked out from the others and
//! from sums that are known or may be: of rows and of columns, and with them of the whole.
//! After the handbook on statistical disclosure control, chapters 4 and 5 (secondary suppression).

use std::collections::BTreeMap;

pub type Key = (i64, i64);

/// A cell: how many people it is about, and whether it may not be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    pub people: i64,
    pub hidden: bool,
}

/// The lines on which a cell lies, of each of which the sum may be known.
fn lines((row, column): Key) -> [(u8, i64); 2] {
    [(0, row), (1, column)]
}

/// Hides further cells until no hidden one follows from the rest: each time the one after which the fewest follow,
/// and of those the one about the fewest people. Where nothing is left to show, nothing follows.
pub fn hide_more(cells: &mut BTreeMap<Key, Cell>) {
    while !told(cells).is_empty() {
        let shown: Vec<(Key, Cell)> = cells
            .iter()
            .filter(|(_, cell)| !cell.hidden)
            .map(|(key, cell)| (*key, *cell))
            .collect();
        let best = shown
            .into_iter()
            .map(|(key, cell)| {
                let mut tried = cells.clone();
                tried.insert(key, Cell { hidden: true, ..cell });
                (told(&tried).len(), cell.people, key)
            })
            .min();
        match best.and_then(|(_, _, key)| cells.get_mut(&key)) {
            Some(cell) => cell.hidden = true,
            None => return,
        }
    }
}

/// The hidden cells that follow from the sums, as long as anything is shown.
fn told(cells: &BTreeMap<Key, Cell>) -> Vec<Key> {
    if cells.values().all(|cell| cell.hidden) {
        return Vec::new();
    }
    let hidden: Vec<Key> = cells
        .iter()
        .filter(|(_, cell)| cell.hidden)
        .map(|(key, _)| *key)
        .collect();
    let mut sums: BTreeMap<(u8, i64), Vec<f64>> = BTreeMap::new();
    for (place, key) in hidden.iter().enumerate() {
        for line in lines(*key) {
            sums.entry(line).or_insert_with(|| vec![0.0; hidden.len()])[place] = 1.0;
        }
    }
    let mut rows: Vec<Vec<f64>> = sums.into_values().collect();
    reduce(&mut rows, hidden.len());
    // A row in which one unknown is left says what it is.
    rows.iter()
        .filter_map(|row| {
            let mut left = (0..hidden.len()).filter(|place| row[*place].abs() > ALMOST_NOTHING);
            match (left.next(), left.next()) {
                (Some(only), None) => Some(hidden[only]),
                _ => None,
            }
        })
        .collect()
}

/// The entries are sums of a few ones: what is smaller than this came of rounding.
const ALMOST_NOTHING: f64 = 1e-9;

/// Gauss and Jordan.
fn reduce(rows: &mut [Vec<f64>], columns: usize) {
    let mut at = 0;
    for column in 0..columns {
        let Some(pivot) =
            (at..rows.len()).max_by(|one, other| rows[*one][column].abs().total_cmp(&rows[*other][column].abs()))
        else {
            return;
        };
        if rows[pivot][column].abs() <= ALMOST_NOTHING {
            continue;
        }
        rows.swap(at, pivot);
        let lead = rows[at][column];
        rows[at].iter_mut().for_each(|value| *value /= lead);
        let done = rows[at].clone();
        for (place, row) in rows.iter_mut().enumerate() {
            let factor = row[column];
            if place != at && factor.abs() > ALMOST_NOTHING {
                for (value, other) in row.iter_mut().zip(&done) {
                    *value -= factor * other;
                }
            }
        }
        at += 1;
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
