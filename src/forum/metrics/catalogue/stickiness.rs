//! Stickiness: of the people who visited in four weeks, the part that is here on an ordinary working day. Without
//! weekends and holidays: two of seven days would pull a forum of employees down.

use std::collections::BTreeMap;

use super::super::metric::{FEW, Metric, Sheet, Shown, Unit, Window, length};
use super::super::sight::Sight;
use super::super::week::{BLOCK, Week};
use super::growth::block;

pub static METRIC: Metric = Metric {
    name: "stickiness",
    version: 3,
    unit: Unit::Share,
    window: Window::Block,
    shown: Shown::Total,
    visits: true,
    formula: "mean over the working days of four weeks of DAU / MAU",
    source: "Discourse, dau_by_mau; days on which nobody works left out",
    measure,
};

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    // In windows that do not overlap: of two that do, the difference is a week of few.
    if block(sight).is_none() {
        return;
    }
    let since = sight.ground.week - BLOCK;
    let working: BTreeMap<Week, i64> = (since + 1..=sight.ground.week)
        .map(|week| (week, sight.ground.office.days_of(week)))
        .collect();
    let (mut visits, mut people) = (0_i64, 0_usize);
    for (who, known) in &sight.ground.members {
        if !sight.people.contains(who) {
            continue;
        }
        let month = known.iter().filter(|(week, _)| *week > since);
        let mut any = false;
        for (week, counts) in month {
            any |= counts.seen != 0;
            let days = working.get(week).map_or(0, |days| counts.seen & days);
            visits += i64::from(days.count_ones());
        }
        people += usize::from(any);
    }
    let people = length(people);
    sheet.only_if(people >= sheet.thresholds.people.max(FEW));
    let days: u32 = working.values().map(|days| days.count_ones()).sum();
    sheet.share("", visits, people * i64::from(days));
}

#[cfg(test)]
mod tests {
    use super::super::super::fold::Counts;
    use super::super::super::hours::{Hours, Office};
    use super::super::super::sight::tests::{FIRST, ground};
    use super::super::super::week;
    use super::super::tests::told;

    #[test]
    fn on_a_holiday_nobody_is_missed() {
        let mut ground = ground(FIRST + 3, 1..=20);
        // The whole first week of the block.
        let off = (0..7).map(|day| week::date_of(week::monday(FIRST) + day).expect("a day").to_string());
        let hours = Hours {
            holidays: off.collect(),
            ..Hours::default()
        };
        ground.office = Office::new(ground.calendar.clone(), &hours);
        for who in 1..=10 {
            for week in FIRST..=FIRST + 3 {
                let counts = Counts {
                    seen: 0b001_1111,
                    ..Counts::default()
                };
                ground.members.entry(who).or_default().push((week, counts));
            }
        }
        let told = told(&super::METRIC, ground);
        assert_eq!((told[""].numerator, told[""].denominator), (Some(150), Some(150)));
    }

    #[test]
    fn a_saturday_is_no_working_day() {
        let mut ground = ground(FIRST + 11, 1..=20);
        for (who, seen) in [(1, 0b001_1111), (2, 0b110_0001)] {
            for week in FIRST + 8..=FIRST + 11 {
                let counts = Counts {
                    seen,
                    ..Counts::default()
                };
                ground.members.entry(who).or_default().push((week, counts));
            }
        }
        // One is here every working day, the other one day in five.
        assert_eq!(told(&super::METRIC, ground)[""].value, Some(0.6));
    }
}
