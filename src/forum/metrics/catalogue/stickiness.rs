//! Stickiness: of the people who visited in four weeks, the part that is here on an ordinary working day. Without
//! weekends: two of seven days would pull a forum of employees down.

use super::super::metric::{FEW, Metric, Sheet, Shown, Unit, Window, length};
use super::super::sight::Sight;
use super::super::week::BLOCK;
use super::growth::block;

pub static METRIC: Metric = Metric {
    name: "stickiness",
    version: 2,
    unit: Unit::Share,
    window: Window::Block,
    shown: Shown::Total,
    visits: true,
    formula: "mean over 20 working days of DAU / MAU",
    source: "Discourse, dau_by_mau; weekends left out",
    measure,
};

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    // In windows that do not overlap: of two that do, the difference is a week of few.
    if block(sight).is_none() {
        return;
    }
    let since = sight.ground.week - BLOCK;
    let (mut visits, mut people) = (0_i64, 0_usize);
    for (who, known) in &sight.ground.members {
        if !sight.people.contains(who) {
            continue;
        }
        let month = known.iter().filter(|(week, _)| *week > since);
        let mut any = false;
        for (_, counts) in month {
            any |= counts.seen != 0;
            visits += i64::from((counts.seen & 0b1_1111).count_ones());
        }
        people += usize::from(any);
    }
    let people = length(people);
    sheet.only_if(people >= sheet.thresholds.people.max(FEW));
    sheet.share("", visits, people * 20);
}

#[cfg(test)]
mod tests {
    use super::super::super::fold::Counts;
    use super::super::super::sight::tests::{FIRST, ground};
    use super::super::tests::told;

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
