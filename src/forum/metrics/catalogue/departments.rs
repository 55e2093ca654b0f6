//! The reply matrix of departments: who answers whom, and whether that is more or less than chance would bring.
//! Departments with too few people are one group of others; cells with too few people on a side are hidden, and
//! with them as many others as it takes that no hidden cell can be worked out from the sum of a row or a column. Quarters do not overlap, so that no figure is the difference of two.

use std::collections::{BTreeMap, BTreeSet};

use super::super::metric::{Metric, Sheet, Shown, Unit, Window, length, real};
use super::super::sight::{GUESTS, Sight};
use super::super::suppress;
use super::super::week::QUARTER;

pub static METRIC: Metric = Metric {
    name: "departments",
    version: 2,
    unit: Unit::Number,
    window: Window::Quarters,
    shown: Shown::Group,
    visits: false,
    formula: "R(a, b) = |{(u, v) : u ∈ a replied to v ∈ b}|; lift = R(a, b) · N / (R(a, ·) · R(·, b))",
    source: "ours, after SWOOP; suppression after the handbook on statistical disclosure control",
    measure,
};

/// Everybody whose department is too small to be shown.
pub const OTHERS: i64 = -2;

/// How a group is written: a department by its number, guests and others in words, because what begins with a sign
/// is a formula to a spreadsheet.
pub fn word(group: i64) -> String {
    match group {
        OTHERS => "others".to_owned(),
        GUESTS => "guests".to_owned(),
        department => department.to_string(),
    }
}

/// The group that was written so.
pub fn group(word: &str) -> Option<i64> {
    match word {
        "others" => Some(OTHERS),
        "guests" => Some(GUESTS),
        department => department.parse().ok(),
    }
}

/// People on each side of a cell, so many at least.
const SIDE: usize = 3;

#[derive(Debug, Clone, Default)]
struct Cell {
    pairs: i64,
    times: i64,
    from: BTreeSet<i64>,
    to: BTreeSet<i64>,
}

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    if sight.age % QUARTER != 0 {
        return;
    }
    let groups = groups(sight, sheet);
    let group_of = |who: i64| {
        sight
            .group(who)
            .map(|group| if groups.contains(&group) { group } else { OTHERS })
    };
    let mut cells: BTreeMap<(i64, i64), Cell> = BTreeMap::new();
    for ((from, to), times) in sight.replies() {
        if let (Some(a), Some(b)) = (group_of(from), group_of(to)) {
            let cell = cells.entry((a, b)).or_default();
            cell.pairs += 1;
            cell.times += times;
            cell.from.insert(from);
            cell.to.insert(to);
        }
    }
    let others_pass = groups.contains(&OTHERS);
    let mut written: BTreeMap<suppress::Key, suppress::Cell> = cells
        .iter()
        .map(|((a, b), cell)| {
            let lonely = cell.from.len() < SIDE || cell.to.len() < SIDE;
            let outside = !others_pass && (*a == OTHERS || *b == OTHERS);
            let one = suppress::Cell {
                people: length(cell.from.union(&cell.to).count()),
                hidden: lonely || outside,
            };
            ((*a, *b), one)
        })
        .collect();
    suppress::hide_more(&mut written);
    let all: i64 = cells.values().map(|cell| cell.pairs).sum();
    let (mut rows, mut columns) = (BTreeMap::new(), BTreeMap::new());
    for ((a, b), cell) in &cells {
        *rows.entry(*a).or_insert(0) += cell.pairs;
        *columns.entry(*b).or_insert(0) += cell.pairs;
    }
    for ((a, b), cell) in &cells {
        let one = written[&(*a, *b)];
        let lift = real(cell.pairs) * real(all) / (real(rows[a]) * real(columns[b]));
        let part = format!("{}>{}", word(*a), word(*b));
        sheet.cell(&part, (cell.pairs, None), Some(lift), one.people, one.hidden);
    }
}

/// Departments that may be shown; and the others together, if they may.
fn groups(sight: &Sight, sheet: &Sheet<'_>) -> BTreeSet<i64> {
    let mut volumes: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for (who, one) in &sight.lately {
        if one.team {
            continue;
        }
        if let Some(group) = sight.group(*who) {
            volumes.entry(group).or_default().push(one.c91);
        }
    }
    let pass = |volumes: &[i64]| sheet.thresholds.pass(length(volumes.len()), volumes);
    let (mut shown, mut rest) = (BTreeSet::new(), Vec::new());
    for (group, volumes) in &volumes {
        if pass(volumes) {
            shown.insert(*group);
        } else {
            rest.extend_from_slice(volumes);
        }
    }
    if pass(&rest) {
        shown.insert(OTHERS);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::super::super::sight::tests::{FIRST, ground};
    use super::super::tests::told;
    use super::*;

    #[test]
    fn departments_of_ten_are_shown_and_smaller_ones_are_not() {
        let week = FIRST + 12;
        let mut ground = ground(week, 1..=40);
        // Departments 1 and 2 with 13 people each, and of department 0 only two.
        let people: Vec<i64> = (1..=39).filter(|who| who % 3 != 0 || *who < 7).collect();
        for who in &people {
            ground.writes(*who, week, 1);
        }
        for pair in people.windows(3) {
            ground.dyads.push((week, pair[0], pair[1], 1));
            ground.dyads.push((week, pair[0], pair[2], 1));
        }
        let told = told(&METRIC, ground);
        // Two of four: the row of each has a hidden cell, which must not be what is missing from its sum.
        let shown = ["1>1", "1>2", "2>1", "2>2"]
            .iter()
            .filter(|part| !told[**part].suppressed);
        assert_eq!(shown.count(), 2);
        assert!(
            told.iter()
                .filter(|(part, _)| part.contains("others"))
                .all(|(_, figure)| figure.suppressed)
        );
    }
}
