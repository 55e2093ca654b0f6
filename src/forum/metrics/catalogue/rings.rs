//! Ring distribution, the onion: how near to the core people are. Raw rings say how it is; held rings, which go
//! down only after four week ends, are what is drawn, so that a holiday moves nobody.

use super::super::metric::{Metric, Sheet, Shown, Unit, Window, length};
use super::super::sight::{Ring, Sight};

pub static METRIC: Metric = Metric {
    name: "rings",
    version: 1,
    unit: Unit::Count,
    window: Window::Quarter,
    shown: Shown::Total,
    visits: true,
    formula: "core: cw13 ≥ 9 ∧ deg ≥ min(5, ⌈0.3(n−1)⌉) ∧ k ≥ min(3, D); active: cw4 ≥ 2; occasional: c91 ≥ 1 ∨ l91 ≥ 3; reader: v28 ≥ 1; lapsed: c > 0; registered",
    source: "ours, on the Orbit model, Wenger 2002 and k-cores (Batagelj and Zaveršnik 2003)",
    measure,
};

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    for ring in Ring::ALL {
        let count =
            |rings: &std::collections::BTreeMap<i64, Ring>| length(rings.values().filter(|one| **one == ring).count());
        sheet.count(&format!("raw-{}", ring.word()), count(&sight.raw));
        sheet.count(&format!("held-{}", ring.word()), count(&sight.held));
    }
    let members = length(sight.people.len());
    sheet.count("team", members - length(sight.raw.len()));
    let audience = sight.ground.audience.unwrap_or(members).max(members);
    sheet.count("not-here-yet", audience - members);
}

#[cfg(test)]
mod tests {
    use super::super::super::sight::tests::{FIRST, ground};
    use super::super::tests::told;

    #[test]
    fn the_rings_are_all_people_once() {
        let mut ground = ground(FIRST + 10, 1..=20);
        ground.audience = Some(50);
        ground.writes(1, FIRST + 10, 1);
        ground.writes(2, FIRST + 9, 1);
        ground.writes(2, FIRST + 10, 1);
        let told = told(&super::METRIC, ground);
        let sum = |prefix: &str| -> i64 {
            told.iter()
                .filter(|(part, _)| part.starts_with(prefix) || ["team", "not-here-yet"].contains(&part.as_str()))
                .filter_map(|(_, figure)| figure.numerator)
                .sum()
        };
        assert_eq!((sum("raw-"), sum("held-")), (50, 50));
        assert_eq!(told["raw-active"].numerator, Some(1));
        assert_eq!(told["not-here-yet"].numerator, Some(30));
    }
}
