//! Newcomer survival: of those who contributed for the first time eight to fifteen weeks ago, who contributed again in the
//! fifth to the eighth week after. In weeks, because days of people are not kept.

use super::super::metric::{FEW, Metric, Sheet, Shown, Unit, Window};
use super::super::sight::Sight;
use super::super::week::{BLOCK, QUARTER, Week};

pub static METRIC: Metric = Metric {
    name: "survival",
    version: 1,
    unit: Unit::Share,
    window: Window::Quarter,
    shown: Shown::Total,
    visits: false,
    formula: "|{m : first(m) ∈ [t − 15, t − 8], c(m) ≥ 1 in [first + 5, first + 8]}| / |{m : first(m) ∈ [t − 15, t − 8]}|",
    source: "Wikimedia, surviving new editor; in weeks",
    measure,
};

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    let last = sight.ground.week - 2 * BLOCK;
    let oldest = sight.ground.week - QUARTER - 2;
    let (mut came, mut stayed) = (0, 0);
    for who in &sight.people {
        let Some(first) = sight.ground.firsts.get(who) else {
            continue;
        };
        let first: Week = sight.ground.calendar.week(*first);
        if !(oldest..=last).contains(&first) {
            continue;
        }
        came += 1;
        // Who wrote nothing in the weeks that are known did not stay.
        let again = sight.ground.members.get(who).is_some_and(|weeks| {
            weeks.iter().any(|(week, counts)| {
                (first + BLOCK + 1..=first + 2 * BLOCK).contains(week) && counts.contributions > 0
            })
        });
        stayed += i64::from(again);
    }
    // Of few newcomers everybody knows who is meant.
    sheet.only_if(came >= FEW);
    sheet.share("", stayed, came);
}

#[cfg(test)]
mod tests {
    use super::super::super::sight::tests::{FIRST, ground};
    use super::super::tests::told;

    #[test]
    fn who_writes_again_in_the_second_month_stayed() {
        let week = FIRST + 30;
        let mut ground = ground(week, 1..=20);
        // Six began ten weeks ago; two came again in the sixth week after, one in the third, one only in the ninth.
        for who in 1..=6 {
            ground.writes(who, week - 10, 1);
        }
        ground.writes(1, week - 4, 1);
        ground.writes(2, week - 4, 1);
        ground.writes(3, week - 7, 1);
        ground.writes(4, week - 1, 1);
        // Too early to say of one, too long ago of the other.
        ground.writes(7, week - 7, 1);
        ground.writes(8, week - 16, 1);
        let told = told(&super::METRIC, ground);
        assert_eq!((told[""].numerator, told[""].denominator), (Some(2), Some(6)));
        assert!(!told[""].suppressed);
    }
}
