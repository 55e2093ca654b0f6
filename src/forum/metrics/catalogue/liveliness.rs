//! Liveliness: topics and replies a week, the team's among them: whoever comes sees all of them.

use super::super::metric::{Metric, Sheet, Shown, Unit, Window, real};
use super::super::sight::Sight;
use super::super::week::QUARTER;

pub static METRIC: Metric = Metric {
    name: "liveliness",
    version: 2,
    unit: Unit::Number,
    window: Window::Quarter,
    shown: Shown::Total,
    visits: false,
    formula: "Σ contributions / weeks, of the last 13 weeks or since the launch",
    source: "Lithium, Community Health Index, factor 4",
    measure,
};

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    let posts = sight.posts(QUARTER);
    let all = posts.members + posts.team;
    let weeks = sight.age.min(QUARTER);
    sheet.quotient("", all, weeks, (weeks > 0).then(|| real(all) / real(weeks)));
    sheet.share("members", posts.members, all);
}

#[cfg(test)]
mod tests {
    use super::super::super::sight::tests::{FIRST, ground};
    use super::super::tests::told;

    #[test]
    fn a_young_space_is_not_divided_by_weeks_that_it_did_not_have() {
        let mut ground = ground(FIRST + 1, 1..=20);
        ground.writes(1, FIRST, 4);
        ground.writes(2, FIRST + 1, 2);
        assert_eq!(told(&super::METRIC, ground)[""].value, Some(3.0));
    }
}
