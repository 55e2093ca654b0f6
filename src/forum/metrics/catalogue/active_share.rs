//! Active share: the one number behind "10 % active". Beside it the cumulative adopters, which is Rogers' curve:
//! the two are often taken for each other, so both are said. The core of all people is the founding 1 %.

use super::super::metric::{Metric, Sheet, Shown, Unit, Window, length};
use super::super::sight::{Ring, Sight};
use super::super::week::BLOCK;

pub static METRIC: Metric = Metric {
    name: "active-share",
    version: 1,
    unit: Unit::Share,
    window: Window::Month,
    shown: Shown::Total,
    visits: false,
    formula: "|{m : c28(m) ≥ 1}| / P(t)",
    source: "community-analytics.com (active: contributed in the past 28 days); the denominator is ours. Rogers 1962",
    measure,
};

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    let week = sight.ground.week;
    let members = length(sight.people.len());
    let audience = sight.ground.audience.unwrap_or(members).max(members);
    sheet.share("", length(sight.contributors(week - BLOCK + 1, week).len()), audience);
    let ever = sight
        .people
        .iter()
        .filter(|who| sight.ground.firsts.get(who).is_some_and(|first| *first < sight.end))
        .count();
    sheet.share("ever", length(ever), audience);
    let core = sight.raw.values().filter(|ring| **ring == Ring::Core).count();
    sheet.share("core", length(core), audience);
}

#[cfg(test)]
mod tests {
    use super::super::super::sight::tests::{FIRST, ground};
    use super::super::tests::told;

    #[test]
    fn four_weeks_count_for_the_share_and_all_for_the_curve() {
        let mut ground = ground(FIRST + 10, 1..=20);
        ground.audience = Some(100);
        ground.writes(1, FIRST + 7, 1);
        ground.writes(2, FIRST + 10, 5);
        ground.writes(3, FIRST + 6, 1);
        let told = told(&super::METRIC, ground);
        assert_eq!((told[""].numerator, told[""].denominator), (Some(2), Some(100)));
        assert_eq!(told["ever"].numerator, Some(3));
        // Three who wrote, and one of them most of it: that would be a figure about one person.
        assert!(told[""].suppressed);
    }

    #[test]
    fn five_who_write_are_shown_and_four_or_one_above_all_are_not() {
        let shown = |writers: i64, most: i64| {
            let mut ground = ground(FIRST + 10, 1..=20);
            for who in 1..=writers {
                ground.writes(who, FIRST + 10, if who == 1 { most } else { 1 });
            }
            !told(&super::METRIC, ground)[""].suppressed
        };
        assert!(shown(5, 1) && shown(5, 4));
        assert!(!shown(4, 1) && !shown(5, 5));
        // However many could take part: a space of nine is one of nine.
        let mut small = ground(FIRST + 10, 1..=9);
        small.audience = Some(2_000);
        (1..=9).for_each(|who| small.writes(who, FIRST + 10, 1));
        assert!(told(&super::METRIC, small)[""].suppressed);
    }

    #[test]
    fn a_handful_of_people_is_shown_to_nobody() {
        let mut ground = ground(FIRST + 10, 1..=9);
        ground.writes(1, FIRST + 7, 1);
        assert!(told(&super::METRIC, ground)[""].suppressed);
    }
}
