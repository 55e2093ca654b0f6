//! Who talks with whom, as a whole: how many pairs answer each other, how dense the net is, how deep its core, and
//! who writes without anybody answering. Density falls as a community grows: compare it only at equal sizes.

use std::collections::BTreeSet;

use super::super::metric::{FEW, Metric, Sheet, Shown, Unit, Window, length};
use super::super::models::dyads;
use super::super::sight::Sight;
use super::super::week::QUARTER;

pub static METRIC: Metric = Metric {
    name: "network",
    version: 1,
    unit: Unit::Share,
    window: Window::Quarter,
    shown: Shown::Total,
    visits: false,
    formula: "reciprocity = |pairs with replies both ways| / |pairs|; density = 2E / (n(n−1)); D = max core number; isolates = contributors without a two-way pair",
    source: "SWOOP; networkx, core_number (Batagelj and Zaveršnik 2003)",
    measure,
};

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    let replies = sight.replies();
    let arrows = replies
        .iter()
        .map(|((from, to), times)| (*from, *to, u64::try_from(*times).unwrap_or(0)));
    let mutual = dyads::reciprocity(arrows);
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let volumes = sight.volumes(QUARTER);
    sheet.only_if(length(volumes.len()) >= sheet.thresholds.people.max(FEW));
    sheet.share("reciprocity", count(mutual.mutual), count(mutual.dyads));
    let nodes = sight.graph.nodes().len();
    sheet.quotient(
        "density",
        length(sight.graph.edge_count()),
        length(nodes),
        sight.graph.density(nodes),
    );
    sheet.count("depth", length(sight.graph.degeneracy()));
    // Who was answered by somebody whom they answered.
    let answered: BTreeSet<i64> = replies
        .keys()
        .filter(|(from, to)| replies.contains_key(&(*to, *from)))
        .map(|(from, _)| *from)
        .collect();
    // Ties of the team are not among these, so its people would look alone.
    let members = volumes.keys().filter(|who| !sight.is_team(**who));
    let alone = members.clone().filter(|who| !answered.contains(who)).count();
    sheet.share("isolates", length(alone), length(members.count()));
}

#[cfg(test)]
mod tests {
    use super::super::super::sight::tests::{FIRST, ground};
    use super::super::tests::told;

    #[test]
    fn pairs_answer_each_other_and_some_nobody_answers() {
        let net = |writers: i64| {
            let week = FIRST + 20;
            let mut ground = ground(week, 1..=20);
            (1..=writers).for_each(|who| ground.writes(who, week, 1));
            // Two who answer each other often and two who did once; and somebody who never got a reply back.
            for (from, to, times) in [(1, 2, 2), (2, 1, 3), (4, 5, 1), (5, 4, 1), (1, 3, 2)] {
                ground.dyads.push((week - 1, from, to, times));
            }
            // Before the quarter.
            ground.dyads.push((week - 13, 6, 7, 9));
            told(&super::METRIC, ground)
        };
        let told = net(12);
        let of = |part: &str| (told[part].numerator, told[part].denominator);
        assert_eq!(of("reciprocity"), (Some(2), Some(3)));
        // Three ties of the ten that the five could have who reply or are replied to.
        assert_eq!(of("density"), (Some(3), Some(5)));
        assert!((told["density"].value.expect("five") - 0.3).abs() < 1e-12);
        assert_eq!(of("depth").0, Some(1));
        assert_eq!(of("isolates"), (Some(8), Some(12)));
        // Of nine a net would be a drawing of each.
        assert!(net(9).values().all(|figure| figure.suppressed));
    }
}
