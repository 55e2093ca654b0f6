//! The funnel of those who came in the quarter before: who was here in this one, who contributed in it, who did in two
//! weeks or more, and who is of the core. Each who comes is in it once, a quarter later; the team is not.

use super::super::metric::{FEW, Metric, Sheet, Shown, Unit, Window, tells_of_one};
use super::super::sight::{Lately, Ring, Sight};
use super::super::week::QUARTER;

pub static METRIC: Metric = Metric {
    name: "funnel",
    version: 1,
    unit: Unit::Share,
    window: Window::Quarters,
    shown: Shown::Total,
    visits: false,
    formula: "came = {m : came(m) ∈ (t − 26, t − 13]}; here = {m ∈ came : v91 ≥ 1}; wrote = {c91 ≥ 1}; again = {cw13 ≥ 2}; core; each / the one before",
    source: "CHAOSS, Conversion Rate",
    measure,
};

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    if sight.age % QUARTER != 0 || sight.age < 2 * QUARTER {
        return;
    }
    let week = sight.ground.week;
    let (mut came, mut here, mut wrote, mut again, mut core) = (0, 0, 0, 0, 0);
    for (who, ring) in &sight.raw {
        let then = sight.since(*who).map(|since| sight.ground.calendar.week(since));
        if !then.is_some_and(|then| (week - 2 * QUARTER + 1..=week - QUARTER).contains(&then)) {
            continue;
        }
        // Who is not among them did nothing lately.
        let lately: Lately = sight.lately.get(who).copied().unwrap_or_default();
        came += 1;
        here += i64::from(lately.seen13 > 0);
        wrote += i64::from(lately.c91 > 0);
        again += i64::from(lately.weeks13 >= 2);
        core += i64::from(*ring == Ring::Core);
    }
    // Of few newcomers everybody knows who is meant.
    sheet.only_if(came >= FEW);
    sheet.count("came", came);
    sheet.share("here", here, came);
    // Who wrote is seen by all; who of the others read is seen by nobody.
    if tells_of_one(here - wrote, came - wrote) {
        sheet.hide_last();
    }
    sheet.share("wrote", wrote, came);
    // Of few everybody knows who is meant.
    sheet.only_if(wrote >= FEW);
    sheet.share("again", again, wrote);
    sheet.only_if(again >= FEW);
    sheet.share("core", core, again);
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::super::fold::Counts;
    use super::super::super::sight::tests::{FIRST, ground};
    use super::super::tests::told;

    fn arrived() -> crate::forum::metrics::sight::Ground {
        let week = FIRST + 25;
        let mut ground = ground(week, 1..=20);
        // Twelve who came too late to be in it.
        let late = ground.calendar.start(FIRST + 20).expect("a week");
        let spans = Arc::get_mut(&mut ground.spans).expect("nobody else looks");
        for who in 30..42 {
            spans.entry(who).or_default().turn(late, who, true);
        }
        // Everybody wrote when they came; eight of twenty do in the second quarter, three of them twice; five read.
        for who in 1..=20 {
            ground.writes(who, FIRST, 1);
        }
        for who in 1..=8 {
            ground.writes(who, week - 5, 1);
        }
        for who in 1..=3 {
            ground.writes(who, week - 2, 1);
        }
        for who in 9..=13 {
            let counts = Counts {
                seen: 1,
                ..Counts::default()
            };
            ground.members.entry(who).or_default().push((week - 1, counts));
        }
        ground
    }

    #[test]
    fn each_step_is_of_the_one_before() {
        let told = told(&super::METRIC, arrived());
        let share = |part: &str| (told[part].numerator, told[part].denominator);
        assert_eq!(told["came"].numerator, Some(20));
        assert_eq!(share("here"), (Some(13), Some(20)));
        assert_eq!(share("wrote"), (Some(8), Some(20)));
        assert_eq!(share("again"), (Some(3), Some(8)));
        assert_eq!(share("core"), (Some(0), Some(3)));
        assert!(told["core"].suppressed, "three");
        assert!(!told["again"].suppressed && !told["here"].suppressed);
    }

    #[test]
    fn who_read_and_did_not_write_is_never_one() {
        let mut ground = arrived();
        ground.members.remove(&13);
        let told = told(&super::METRIC, ground);
        assert!(told["here"].suppressed);
        assert!(!told["wrote"].suppressed);
    }
}
