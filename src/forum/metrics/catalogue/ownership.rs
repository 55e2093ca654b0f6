//! The five signals of ownership, as shares of those who contribute: who cares for the place, whose answers help, who
//! looks beyond the main themes, who is interested in others, who comes regularly. Whose they are is shown to nobody
//! but oneself.

use super::super::evidence::{Besides, THERE};
use super::super::metric::{Metric, Sheet, Shown, Unit, Window, length, tells_of_one};
use super::super::quarter;
use super::super::sight::Sight;
use super::super::week::QUARTER;

pub static METRIC: Metric = Metric {
    name: "ownership",
    version: 1,
    unit: Unit::Share,
    window: Window::Quarters,
    shown: Shown::Group,
    visits: false,
    formula: "s₁ = min(1, (welcomed + shared edits) / 6), of both kinds; s₂ = min(1, (useful + 2·marked + 2·cases) / 8); s₃ = min(1, (exp(−Σ p ln p) − 1) / 2), c91 ≥ 5 ∧ outside the main boards; s₄ = min(1, people / 8) · min(1, 2 · elsewhere / replies in known topics); s₅ = ½ + (w − 9) / 8, w = weeks of 13 here; |{m : s(m) ≥ ½}| / |{m : c91 ≥ 1}|",
    source: "ours, on the five marks of ownership; what there is no verb for is left out: who brought whom, events that somebody hosts, accepted proposals",
    measure,
};

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    if !quarter::ends(&sight.ground) {
        return;
    }
    let writers = sight.contributors(sight.ground.week - QUARTER + 1, sight.ground.week);
    let all: Vec<_> = writers
        .iter()
        .filter(|who| !sight.is_team(**who))
        .map(|who| {
            let besides = Besides {
                seen_weeks: sight.lately.get(who).map_or(0, |lately| lately.seen13),
                role: false,
            };
            // Who contributed while nothing was gathered of them did none of it.
            let evidence = sight.ground.evidence.get(who).cloned().unwrap_or_default();
            evidence.signals(&sight.ground.main, besides)
        })
        .collect();
    let people = length(all.len());
    let mut put = |part: &str, count: usize| {
        let count = length(count);
        sheet.share_of_group(part, count, people, people);
        if tells_of_one(count, people) {
            sheet.hide_last();
        }
    };
    for place in 0..5 {
        let word = super::super::evidence::Signals::default().all()[place].0;
        put(word, all.iter().filter(|one| one.all()[place].1 >= THERE).count());
    }
    put("three", all.iter().filter(|one| one.count() >= 3).count());
}

#[cfg(test)]
mod tests {
    use super::super::super::evidence::Evidence;
    use super::super::super::sight::tests::{FIRST, ground};
    use super::super::tests::told;
    use super::*;

    #[test]
    fn signals_are_shares_of_those_who_contribute() {
        let mut ground = ground(FIRST + 12, 1..=40);
        for who in 1..=20 {
            ground.writes(who, FIRST + 12, 6);
            ground.evidence.insert(
                who,
                Evidence {
                    cases: if who <= 7 { (1..=2).collect() } else { [].into() },
                    people: (1..=8).collect(),
                    replies: 4,
                    elsewhere: if who <= 3 { 4 } else { 0 },
                    ..Evidence::default()
                },
            );
        }
        let told = told(&METRIC, ground);
        assert_eq!(told["knowledge"].value, Some(0.35));
        assert!(!told["knowledge"].suppressed);
        // Three of twenty are so few that each of them is told of.
        assert_eq!(told["interested"].numerator, Some(3));
        assert!(told["interested"].suppressed && told["owner"].suppressed);
        assert_eq!(told["knowledge"].denominator, Some(20));
    }

    #[test]
    fn it_is_told_once_in_a_quarter() {
        let mut ground = ground(FIRST + 11, 1..=40);
        ground.writes(1, FIRST + 11, 6);
        assert!(told(&METRIC, ground).is_empty());
    }
}
