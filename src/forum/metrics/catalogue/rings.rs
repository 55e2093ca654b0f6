//! Ring distribution, the onion: how near to the core people are. Raw rings say how it is; held rings, which go
//! down only after four week ends, are what is drawn, so that a holiday moves nobody.

use std::collections::BTreeMap;

use super::super::metric::{Metric, Sheet, Shown, Unit, Window, length, tells_of_one};
use super::super::sight::{Ring, Sight};
use super::growth::block;

pub static METRIC: Metric = Metric {
    name: "rings",
    version: 2,
    unit: Unit::Count,
    window: Window::Quarter,
    shown: Shown::Total,
    visits: true,
    formula: "core: cw13 ≥ 9 ∧ deg ≥ min(5, ⌈0.3(n−1)⌉) ∧ k ≥ min(3, D); active: cw4 ≥ 2; occasional: c91 ≥ 1 ∨ l91 ≥ 3; reader: v28 ≥ 1; lapsed: c > 0; registered",
    source: "ours, on the Orbit model, Wenger 2002 and k-cores (Batagelj and Zaveršnik 2003)",
    measure,
};

/// Those who write nothing: who of them reads, nobody else sees.
const QUIET: [Ring; 3] = [Ring::Reader, Ring::Lapsed, Ring::Registered];

/// Whether it would tell of one person how many of the quiet read.
pub(super) fn splits_tell(rings: &BTreeMap<i64, Ring>) -> bool {
    let readers = length(rings.values().filter(|ring| **ring == Ring::Reader).count());
    let quiet = length(rings.values().filter(|ring| QUIET.contains(ring)).count());
    tells_of_one(readers, quiet)
}

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    let count =
        |rings: &BTreeMap<i64, Ring>, which: &[Ring]| length(rings.values().filter(|one| which.contains(one)).count());
    // Who writes is seen by all. Of the others only their number is told every week; who of them still reads, only
    // where enough do and enough do not, and in weeks so far apart that no two say what one week brought.
    let split = block(sight).is_some();
    let veiled = splits_tell(&sight.raw) || splits_tell(&sight.held);
    for (name, rings) in [("raw", &sight.raw), ("held", &sight.held)] {
        for ring in [Ring::Core, Ring::Active, Ring::Occasional] {
            sheet.count(&format!("{name}-{}", ring.word()), count(rings, &[ring]));
        }
        sheet.count(&format!("{name}-quiet"), count(rings, &QUIET));
        for ring in QUIET.into_iter().filter(|_| split) {
            sheet.unseen(&format!("{name}-{}", ring.word()), count(rings, &[ring]), veiled);
        }
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
        let mut ground = ground(FIRST + 11, 1..=20);
        ground.audience = Some(50);
        ground.writes(1, FIRST + 11, 1);
        ground.writes(2, FIRST + 10, 1);
        ground.writes(2, FIRST + 11, 1);
        let told = told(&super::METRIC, ground);
        let sum = |prefix: &str| -> i64 {
            told.iter()
                .filter(|(part, _)| {
                    !part.ends_with("quiet") && part.starts_with(prefix)
                        || ["team", "not-here-yet"].contains(&part.as_str())
                })
                .filter_map(|(_, figure)| figure.numerator)
                .sum()
        };
        assert_eq!((sum("raw-"), sum("held-")), (50, 50));
        assert_eq!(told["raw-active"].numerator, Some(1));
        assert_eq!(told["not-here-yet"].numerator, Some(30));
        // Nobody read: that would say of each of eighteen that they did not.
        assert_eq!(told["raw-quiet"].numerator, Some(18));
        assert!(told["raw-reader"].suppressed && told["held-registered"].suppressed);
    }
}
