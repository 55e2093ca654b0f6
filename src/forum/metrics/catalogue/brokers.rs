//! People in between: how many stand on the shortest ways between others, and how few of them carry half of that.
//! If they are few, groups fall apart when one of them leaves. A number; who they are is nobody's to see.

use super::super::metric::{FEW, Metric, Sheet, Shown, Unit, Window, length, real};
use super::super::sight::Sight;
use super::growth::block;

pub static METRIC: Metric = Metric {
    name: "brokers",
    version: 1,
    unit: Unit::Count,
    window: Window::Block,
    shown: Shown::Total,
    visits: false,
    formula: "b(m) = Σ σ(s, t | m) / σ(s, t), s ≠ m ≠ t; min {k : Σ top-k b ≥ ½ Σ b}; |{m : b(m) > 0}| / |{m : deg(m) ≥ 1}|",
    source: "Brandes 2001; Burt 1992; half of it as the Contributor Absence Factor of CHAOSS",
    measure,
};

/// Betweenness takes people times ties: beyond this nothing is said, because a Monday has other work.
const STEPS: usize = 100_000_000;

/// Sums of fractions are compared so far.
const HAIR: f64 = 1e-9;

/// The fewest that carry half; none where nobody is in between.
fn half_by(through: &[f64]) -> Option<i64> {
    let mut largest = through.to_vec();
    largest.sort_unstable_by(|a, b| b.total_cmp(a));
    let whole: f64 = largest.iter().sum();
    let mut reached = 0.0;
    let place = largest.iter().position(|one| {
        reached += one;
        whole > HAIR && 2.0 * reached >= whole - HAIR
    })?;
    Some(length(place) + 1)
}

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    if block(sight).is_none() {
        return;
    }
    let talking: std::collections::BTreeSet<i64> =
        sight.graph.edges().flat_map(|(one, other, _)| [one, other]).collect();
    sheet.only_if(length(talking.len()) >= sheet.thresholds.people.max(FEW));
    let nodes = sight.graph.nodes().len();
    if nodes.saturating_mul(sight.graph.edge_count()) > STEPS {
        sheet.value("", None);
        return;
    }
    // Of two there is nobody between; and of all pairs of others each is told as a share.
    let pairs = real(length(nodes)) * real(length(nodes)) / 2.0;
    let shares = sight.graph.betweenness().unwrap_or_default().into_values();
    let through: Vec<f64> = shares.map(|share| share * pairs).filter(|ways| *ways > HAIR).collect();
    let between = length(through.len());
    let few = half_by(&through);
    sheet.quotient("", few.unwrap_or(0), between, few.map(real));
    sheet.share("between", between, length(talking.len()));
}

#[cfg(test)]
mod tests {
    use super::super::super::sight::tests::{FIRST, ground};
    use super::super::tests::told;

    #[test]
    fn golden_a_two_are_in_between_and_one_carries_half() {
        let week = FIRST + 3;
        let mut ground = ground(week, 1..=12);
        for who in 1..=12 {
            ground.writes(who, week, 1);
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
        assert_eq!((told[""].numerator, told[""].denominator), (Some(1), Some(2)));
        assert_eq!(
            (told["between"].numerator, told["between"].denominator),
            (Some(2), Some(8))
        );
    }

    #[test]
    fn equals_share_it() {
        assert_eq!(super::half_by(&[0.5, 0.5, 0.5, 0.5]), Some(2));
        assert_eq!(super::half_by(&[]), None);
    }
}
