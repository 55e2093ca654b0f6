//! Ring flow: who moved nearer to the core, stayed, or moved away in four weeks; and gravity, which weighs it.

use super::super::metric::{FEW, Metric, Sheet, Shown, Unit, Window, length, real};
use super::super::sight::{Ring, Sight};
use super::super::week::BLOCK;
use super::growth::block;
use super::rings::splits_tell;

pub static METRIC: Metric = Metric {
    name: "ring-flow",
    version: 2,
    unit: Unit::Count,
    window: Window::Block,
    shown: Shown::Total,
    visits: true,
    formula: "|{m : ring(t) > ring(t−4)}|, =, <; gravity = (Σ w²·n(t) − Σ w²·n(t−4)) / n(t), w = 10, 7, 4, 1 for core, active, occasional, reader",
    source: "Orbit model, gravity",
    measure,
};

fn weight(ring: Ring) -> i64 {
    match ring {
        Ring::Core => 100,
        Ring::Active => 49,
        Ring::Occasional => 16,
        Ring::Reader => 1,
        Ring::Lapsed | Ring::Registered => 0,
    }
}

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    if block(sight).is_none() || sight.raw_before.is_empty() {
        return;
    }
    // A move between reading and not reading tells what nobody else sees.
    let told = [&sight.raw, &sight.held, &sight.raw_before];
    sheet.only_if(!told.into_iter().any(splits_tell));
    // Gravity weighs the rings of then: where these were hidden, it would tell them.
    sheet.only_if(sight.showed_totals(sheet.thresholds, BLOCK));
    let mut moves = std::collections::BTreeMap::new();
    for way in ["up", "stayed", "down"] {
        moves.insert(way.to_owned(), 0);
        // All of them, always: that a line is missing would tell as much as a number.
        for ring in Ring::ALL {
            moves.insert(format!("{}-{way}", ring.word()), 0);
        }
    }
    for (who, now) in &sight.raw {
        if let Some(before) = sight.raw_before.get(who) {
            let way = match now.cmp(before) {
                std::cmp::Ordering::Greater => "up",
                std::cmp::Ordering::Equal => "stayed",
                std::cmp::Ordering::Less => "down",
            };
            *moves.entry(format!("{}-{way}", now.word())).or_insert(0) += 1;
            *moves.entry(way.to_owned()).or_insert(0) += 1;
        }
    }
    let unseen = |part: &str| {
        ["reader", "lapsed", "registered"]
            .iter()
            .any(|ring| part.starts_with(ring))
    };
    // Of a few who only read nothing is told, nor anything from which it would follow: no part of the quiet, and no sum.
    let few = moves
        .iter()
        .any(|(part, count)| unseen(part) && (1..FEW).contains(count));
    for (part, count) in moves {
        let sum = !part.contains('-');
        sheet.unseen(&part, count, few && (sum || unseen(&part)));
    }
    let mass = |rings: &std::collections::BTreeMap<i64, Ring>| rings.values().copied().map(weight).sum::<i64>();
    let people = length(sight.raw.len());
    let change = mass(&sight.raw) - mass(&sight.raw_before);
    let gravity = (people > 0).then(|| real(change) / real(people));
    sheet.quotient("gravity", change, people, gravity);
}

#[cfg(test)]
mod tests {
    use super::super::super::sight::tests::{FIRST, ground};
    use super::super::tests::told;

    #[test]
    fn who_comes_nearer_is_counted_where_they_came() {
        let mut ground = ground(FIRST + 11, 1..=20);
        ground.writes(1, FIRST + 11, 1);
        ground.writes(2, FIRST + 6, 1);
        ground.writes(2, FIRST + 7, 1);
        let told = told(&super::METRIC, ground);
        assert_eq!(told["up"].numerator, Some(1));
        assert_eq!(told["occasional-up"].numerator, Some(1));
        assert_eq!(told["occasional-down"].numerator, Some(1));
        assert_eq!(told["stayed"].numerator, Some(18));
        assert_eq!(told["core-up"].numerator, Some(0));
        // From 49 to 16, and from nothing to 16, of 20 people.
        assert_eq!(told["gravity"].value, Some(-17.0 / 20.0));
    }
}
