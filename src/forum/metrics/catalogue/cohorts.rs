//! Cohort retention: of those who first contributed in a block of four weeks, the part that contributes so many
//! blocks later. A cohort with too few people is not shown.

use std::collections::BTreeMap;

use super::super::metric::{FEW, Metric, Sheet, Shown, Unit, Window};
use super::super::sight::Sight;
use super::super::week::BLOCK;
use super::growth::block;

pub static METRIC: Metric = Metric {
    name: "cohorts",
    version: 3,
    unit: Unit::Share,
    window: Window::Block,
    shown: Shown::Group,
    visits: false,
    formula: "R(j, k) = |cohort(j) ∩ C(j+k)| / |cohort(j)|",
    source: "Amplitude; community-analytics.com, cohort analysis",
    measure,
};

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    let Some(now) = block(sight) else { return };
    let week = sight.ground.week;
    let active = sight.contributors(week - BLOCK + 1, week);
    // Every block has a cohort: one that is not there would tell that nobody began.
    let mut cohorts: BTreeMap<i64, (i64, i64)> = (0..=now).map(|number| (number, (0, 0))).collect();
    for (who, first) in sight.ground.firsts.iter().filter(|(_, first)| **first < sight.end) {
        let number = (sight.ground.calendar.week(*first) - sight.ground.launch).div_euclid(BLOCK);
        let cohort = cohorts.entry(number).or_default();
        cohort.0 += 1;
        cohort.1 += i64::from(active.contains(who));
    }
    sheet.only_with_totals();
    // How many began in a block is how many more there were at its end than at its beginning: where one of these was
    // hidden, it would follow from the other.
    let end = |number: i64| sight.ground.launch + (number + 1) * BLOCK - 1;
    let untold = |number: i64| {
        [number - 1, number]
            .iter()
            .any(|one| sight.ground.hidden.contains(&end(*one)))
    };
    // All together are known from growth accounting, and so is the newest, of whom all are active: a single other one
    // that is hidden would follow from the rest.
    let few = sheet.thresholds.people.max(FEW);
    let older = |number: &i64| *number < now;
    let hides = |number: i64, people: i64| (1..few).contains(&people) || untold(number);
    let hidden = cohorts
        .iter()
        .filter(|(number, (people, _))| older(number) && hides(**number, *people))
        .count();
    let beside = (hidden == 1)
        .then(|| {
            cohorts
                .iter()
                .filter(|(number, (people, _))| older(number) && !hides(**number, *people) && *people >= few)
                .min_by_key(|(_, cohort)| cohort.0)
        })
        .flatten()
        .map(|(number, _)| *number);
    for (number, (people, still)) in &cohorts {
        sheet.share_of_group(&format!("{number}:{}", now - number), *still, *people, *people);
        if beside == Some(*number) || untold(*number) {
            sheet.hide_last();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::sight::tests::{FIRST, ground};
    use super::super::tests::told;

    #[test]
    fn a_cohort_is_followed_through_its_blocks() {
        let mut ground = ground(FIRST + 11, 1..=40);
        for who in 1..=12 {
            ground.writes(who, FIRST, 1);
        }
        for who in 13..=16 {
            ground.writes(who, FIRST + 5, 1);
        }
        for who in 1..=3 {
            ground.writes(who, FIRST + 9, 1);
        }
        let told = told(&super::METRIC, ground);
        assert_eq!((told["0:2"].numerator, told["0:2"].denominator), (Some(3), Some(12)));
        // The only other one would tell of it: 3 of all 3 who are active.
        assert!(told["0:2"].suppressed);
        // Four people: nobody is told what they did.
        assert!(told["1:1"].suppressed);
    }
}
