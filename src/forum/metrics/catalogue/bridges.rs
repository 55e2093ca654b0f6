//! Bridges between departments: whether people talk across them more or less than chance would bring. The E-I
//! index alone says little: with many departments most of all pairs cross anyhow. So it stands beside what is
//! expected of people of these departments, and the silo-breaking index is the distance between the two.

use std::collections::BTreeMap;

use super::super::metric::{FEW, Metric, Sheet, Shown, Unit, Window, length, real};
use super::super::models::{silo, spread};
use super::super::sight::Sight;
use super::super::week::{BLOCK, QUARTER};

pub static METRIC: Metric = Metric {
    name: "bridges",
    version: 2,
    unit: Unit::Number,
    window: Window::Quarter,
    shown: Shown::Total,
    visits: false,
    formula: "EI = (E − I) / (E + I); EI* = 1 − 2 Σ n_g (n_g − 1) / (n (n − 1)); SBI = (EI − EI*) / (1 ∓ EI*); new: pairs across departments of four weeks that were none in the thirteen before",
    source: "Krackhardt and Stern 1988; UCINET, E-I index; the rescaling is ours",
    measure,
};

/// Below this many pairs of people who talk, what a share of them crosses is chance.
const ENOUGH: u64 = 5;

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    let groups: BTreeMap<i64, i64> = sight
        .graph
        .nodes()
        .iter()
        .filter_map(|who| Some((*who, sight.group(*who)?)))
        .collect();
    let silos = silo::Silos::new(&sight.graph, &groups);
    let ties = silos.ties();
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let all = ties.external + ties.internal;
    sheet.only_if(length(silos.participants()) >= sheet.thresholds.people.max(FEW));
    sheet.share("across", count(ties.external), count(all));
    sheet.count("participants", length(silos.participants()));
    let told = |value: Option<f64>| value.filter(|_| all >= ENOUGH);
    sheet.value("ei", told(silos.ei_index()));
    sheet.value("ei-expected", told(silos.ei_expected()));
    // What is left of a difference of equals is rounding.
    let exact = |value: f64| if value.abs() < 1e-12 { 0.0 } else { value };
    sheet.value("", told(silos.silo_breaking().map(exact)));
    let chance = (all >= ENOUGH)
        .then(|| silos.chance(permutations(all), silo::SEED))
        .flatten();
    sheet.value("p", chance.map(|chance| chance.p));
    // How few people make half of what crosses.
    let mut crossing: BTreeMap<i64, u64> = BTreeMap::new();
    for (one, other, _) in sight.graph.edges() {
        if let (Some(a), Some(b)) = (groups.get(&one), groups.get(&other))
            && a != b
        {
            *crossing.entry(one).or_default() += 1;
            *crossing.entry(other).or_default() += 1;
        }
    }
    let volumes: Vec<u64> = crossing.values().copied().collect();
    let few = spread::absence_factor(&volumes).map(count);
    let (new, lately) = pairs_across(sight);
    sheet.share("new", new, lately);
    sheet.quotient("carried-by", few.unwrap_or(0), length(volumes.len()), few.map(real));
}

/// Pairs across departments between whom anything went in the last four weeks: those between whom nothing went in the
/// thirteen before, and all.
fn pairs_across(sight: &Sight) -> (i64, i64) {
    let month = sight.ground.week - BLOCK;
    let mut pairs: BTreeMap<(i64, i64), (bool, bool)> = BTreeMap::new();
    for (week, one, other, _) in &sight.ground.dyads {
        let apart = match (sight.group(*one), sight.group(*other)) {
            (Some(a), Some(b)) => a != b,
            _ => false,
        };
        if apart && *week <= sight.ground.week && !sight.is_team(*one) && !sight.is_team(*other) {
            let pair = pairs.entry((*one.min(other), *one.max(other))).or_default();
            pair.0 |= *week <= month && *week > month - QUARTER;
            pair.1 |= *week > month;
        }
    }
    let lately: Vec<bool> = pairs.into_values().filter(|pair| pair.1).map(|pair| pair.0).collect();
    (
        length(lately.iter().filter(|before| !**before).count()),
        length(lately.len()),
    )
}

/// Ten thousand relabellings, and fewer where there are many ties: there chance leaves little room, and a few
/// hundred tell.
fn permutations(ties: u64) -> u32 {
    let affordable = u32::try_from(LOOKS / ties.max(1)).unwrap_or(u32::MAX);
    affordable.clamp(100, silo::PERMUTATIONS)
}

/// So many ties are looked at in all: a fraction of a second.
const LOOKS: u64 = 20_000_000;

#[cfg(test)]
mod tests {
    use super::super::super::sight::tests::{FIRST, ground};
    use super::super::tests::told;

    /// Golden vector A, through the whole of a look: the same twelve people, with the departments that they have.
    #[test]
    fn golden_a_open_at_first_sight_and_below_chance() {
        let week = FIRST + 4;
        let mut ground = ground(week, 1..=12);
        let departments = [0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2];
        for (who, department) in (1..).zip(departments) {
            ground.writes(who, week, 1);
            let last = ground.members.get_mut(&who).and_then(|weeks| weeks.last_mut());
            last.expect("a week").1.department = Some(department);
        }
        let replies = "ab3 ba2 ad2 da1 bd2 db1 ae2 ea1 be1 eb1 de4 ed3 fd1 gd2 ha1 hd2 dh1 ih2 hi2 jh1 kd1 dk1 ca1";
        for word in replies.split(' ') {
            let letters = word.as_bytes();
            let who = |letter: u8| i64::from(letter - b'a') + 1;
            ground
                .dyads
                .push((week, who(letters[0]), who(letters[1]), i64::from(letters[2] - b'0')));
        }
        let told = told(&super::METRIC, ground);
        let value = |part: &str| told[part].value.expect("a value");
        assert_eq!(
            (told["across"].numerator, told["across"].denominator),
            (Some(6), Some(10))
        );
        assert_eq!(told["participants"].numerator, Some(8));
        assert!((value("ei") - 0.2).abs() < 1e-12);
        assert!((value("ei-expected") - 0.5).abs() < 1e-12);
        assert!((value("") + 0.2).abs() < 1e-12);
        assert!((value("p") - 0.127).abs() < 0.02);
    }
}
