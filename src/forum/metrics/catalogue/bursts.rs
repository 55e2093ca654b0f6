//! Bursts: working days on which far more people contribute than on those of the four weeks before, such as when
//! something was launched. Of people and not of posts, so that one who writes much makes none. Never of a person.

use std::collections::BTreeMap;

use super::super::metric::{FEW, Metric, Sheet, Shown, Unit, Window, length};
use super::super::sight::Sight;
use super::super::week::BLOCK;
use super::growth::block;

pub static METRIC: Metric = Metric {
    name: "bursts",
    version: 1,
    unit: Unit::Share,
    window: Window::Block,
    shown: Shown::Total,
    visits: false,
    formula: "|{d : x(d) ≥ 5 ∧ x(d) > μ + 2σ}| / |{d}|; d: working days of four weeks; x: people who contributed; μ, σ: of the working days among the 28 days before d",
    source: "CHAOSS, Burstiness; of people, on working days",
    measure,
};

/// Whether a value lies more than twice their deviation above the mean of others. In whole numbers: with n of them, sum S
/// and sum of squares Q that is n·x − S > 0 and (n·x − S)² > 4 (n·Q − S²).
fn stands_out(value: i64, others: &[i64]) -> bool {
    let n = length(others.len());
    let sum: i64 = others.iter().sum();
    let squares: i64 = others.iter().map(|other| other * other).sum();
    let above = i128::from(n * value - sum);
    n > 0 && above > 0 && above * above > 4 * i128::from(n * squares - sum * sum)
}

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    // In windows that do not overlap, once there is something before them.
    if block(sight).is_none() {
        return;
    }
    let week = sight.ground.week;
    let mut people: BTreeMap<i64, i64> = BTreeMap::new();
    for then in week - 2 * BLOCK + 1..=week {
        let working = sight.ground.office.days_of(then);
        for place in (0..7).filter(|place| working & (1 << place) != 0) {
            people.insert(then * 7 + place, 0);
        }
    }
    for (then, counts) in sight.ground.members.values().flatten() {
        for place in 0..7 {
            if counts.days & (1 << place) != 0
                && let Some(many) = people.get_mut(&(then * 7 + place))
            {
                *many += 1;
            }
        }
    }
    let first = (week - BLOCK + 1) * 7;
    let judged: Vec<(i64, i64)> = people.range(first..).map(|(day, many)| (*day, *many)).collect();
    let days = length(judged.len());
    sheet.share("a-day", judged.iter().map(|(_, many)| many).sum(), days);
    if sight.age >= 2 * BLOCK {
        let loud = judged.iter().filter(|(day, many)| {
            let before: Vec<i64> = people.range(day - 28..*day).map(|(_, many)| *many).collect();
            *many >= FEW && stands_out(*many, &before)
        });
        sheet.share("", length(loud.count()), days);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fold::Counts;
    use super::super::super::sight::tests::{FIRST, ground};
    use super::super::tests::told;
    use super::stands_out;

    #[test]
    fn twice_the_deviation_above_the_mean_is_not_enough() {
        // Mean 5, deviation 2.
        let others = [3, 7, 3, 7];
        assert!(!stands_out(9, &others));
        assert!(stands_out(10, &others));
        assert!(!stands_out(0, &others));
        assert!(!stands_out(5, &[]));
    }

    #[test]
    fn a_day_on_which_nearly_everybody_writes_is_one() {
        let mut ground = ground(FIRST + 7, 1..=20);
        for who in 1..=20 {
            for week in FIRST..=FIRST + 7 {
                // One person each working day of a week, and in the last week all of them on the Wednesday; the weekend
                // of everybody is no working day.
                let mut days = if who <= 5 { 1 << (who - 1) } else { 0 };
                if week == FIRST + 7 {
                    days |= 0b000_0100;
                }
                if week == FIRST + 6 {
                    days |= 0b110_0000;
                }
                let counts = Counts {
                    days,
                    contributions: 1,
                    ..Counts::default()
                };
                ground.members.entry(who).or_default().push((week, counts));
            }
        }
        let told = told(&super::METRIC, ground);
        assert_eq!((told[""].numerator, told[""].denominator), (Some(1), Some(20)));
        assert_eq!(
            (told["a-day"].numerator, told["a-day"].denominator),
            (Some(39), Some(20))
        );
    }

    #[test]
    fn in_the_first_four_weeks_nothing_is_loud() {
        let told = told(&super::METRIC, ground(FIRST + 3, 1..=20));
        assert!(!told.contains_key("") && told.contains_key("a-day"));
    }
}
