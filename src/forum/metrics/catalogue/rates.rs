//! The three rates by which a community lives, week by week: of those who never wrote, who did; of the active,
//! who fell silent; of the silent, who came back. And turnover: of those who ever wrote, who left. The road to
//! 10 % and 16 % is forecast from 26 weeks of them.

use super::super::metric::{Metric, Sheet, Shown, Unit, Window, length};
use super::super::sight::Sight;
use super::super::week::BLOCK;

pub static METRIC: Metric = Metric {
    name: "rates",
    version: 1,
    unit: Unit::Share,
    window: Window::Week,
    shown: Shown::Total,
    visits: false,
    formula: "n = new / (P − ever); c = (active → silent) / active; r = (silent → active) / silent; τ = left / ever",
    source: "ours, a three-state model",
    measure,
};

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    let week = sight.ground.week;
    if sight.age < 2 {
        return;
    }
    let belonged = |who: &i64| {
        sight
            .ground
            .spans
            .get(who)
            .is_some_and(|spans| spans.belongs(sight.start))
    };
    let now = sight.wrote(week - BLOCK + 1, week);
    let before = sight.wrote(week - BLOCK, week - 1);
    let mut ever = 0;
    let (mut left, mut silenced, mut active, mut silent, mut back) = (0, 0, 0, 0, 0);
    for (who, _) in sight.ground.firsts.iter().filter(|(_, first)| **first < sight.start) {
        if !belonged(who) {
            continue;
        }
        ever += 1;
        if !sight.people.contains(who) {
            left += 1;
            continue;
        }
        if before.contains(who) {
            active += 1;
            silenced += i64::from(!now.contains(who));
        } else {
            silent += 1;
            back += i64::from(now.contains(who));
        }
    }
    let members = length(sight.people.len());
    let never = sight.ground.audience.unwrap_or(members).max(members) - ever + left;
    let new = sight
        .ground
        .firsts
        .iter()
        .filter(|(who, first)| **first >= sight.start && **first < sight.end && sight.people.contains(who))
        .count();
    // Each is a part of what there was a week ago: where that was hidden, it would follow.
    sheet.only_if(sight.showed_totals(sheet.thresholds, 1));
    sheet.share("new", length(new), never);
    sheet.share("silent", silenced, active);
    sheet.share("back", back, silent);
    sheet.share("left", left, ever);
}

#[cfg(test)]
mod tests {
    use super::super::super::sight::tests::{FIRST, ground};
    use super::super::tests::told;

    #[test]
    fn each_week_some_begin_some_stop_and_some_return() {
        let mut ground = ground(FIRST + 10, 1..=30);
        ground.audience = Some(100);
        // Active last week and not any longer: the only contribution falls out of four weeks.
        ground.writes(1, FIRST + 6, 1);
        // Active still.
        ground.writes(2, FIRST + 8, 1);
        // Silent, and back.
        ground.writes(3, FIRST + 2, 1);
        ground.writes(3, FIRST + 10, 1);
        // Silent still.
        ground.writes(4, FIRST + 1, 1);
        // New.
        ground.writes(5, FIRST + 10, 1);
        let told = told(&super::METRIC, ground);
        let of = |part: &str| (told[part].numerator, told[part].denominator);
        assert_eq!(of("new"), (Some(1), Some(96)));
        assert_eq!(of("silent"), (Some(1), Some(2)));
        assert_eq!(of("back"), (Some(1), Some(2)));
        assert_eq!(of("left"), (Some(0), Some(4)));
    }
}
