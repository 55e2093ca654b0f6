//! Member-generated activity: which part of what is written members write, and not the team. The stage of life of a
//! community is read from what of it is sure, so that a few posts promote nobody.

use super::super::metric::{Metric, Sheet, Shown, Unit, Window};
use super::super::models::interval::{Z90, wilson};
use super::super::models::stage;
use super::super::sight::Sight;
use super::super::week::{BLOCK, QUARTER};
use super::growth::block;

pub static METRIC: Metric = Metric {
    name: "member-activity",
    version: 2,
    unit: Unit::Share,
    window: Window::Block,
    shown: Shown::Total,
    visits: false,
    formula: "A = members' / all contributions of 4 weeks, of 13 where those are fewer than 50; LB = lower end of Wilson's 90 % interval",
    source: "FeverBee, life cycle; Wilson 1927. Growth that members bring is left out: nobody knows who brought whom",
    measure,
};

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    if block(sight).is_none() {
        return;
    }
    let of = |weeks: i64| {
        let posts = sight.posts(weeks);
        let members = posts.members.unsigned_abs();
        (members, members + posts.team.unsigned_abs())
    };
    let month = of(BLOCK);
    let (members, all) = if month.1 < stage::POSTS { of(QUARTER) } else { month };
    let whole = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    sheet.share("", whole(members), whole(all));
    sheet.value("surely", wilson(members, all, Z90).map(|interval| interval.low));
}

#[cfg(test)]
mod tests {
    use super::super::super::sight::tests::{FIRST, ground};
    use super::super::tests::told;

    /// Golden vector H: the share alone would have promoted both.
    #[test]
    fn golden_h_what_is_sure_is_less_than_what_is_seen() {
        for (members, all, surely) in [(31, 52, 0.482), (93, 100, 0.876)] {
            let mut ground = ground(FIRST + 11, 1..=20);
            ground.writes(1, FIRST + 11, members);
            ground.writes(2, FIRST + 11, 0);
            let team = ground
                .members
                .get_mut(&2)
                .expect("somebody")
                .last_mut()
                .expect("a week");
            team.1.team_contributions = all - members;
            let told = told(&super::METRIC, ground);
            assert_eq!((told[""].numerator, told[""].denominator), (Some(members), Some(all)));
            assert!((told["surely"].value.expect("a share") - surely).abs() < 5e-4);
        }
    }

    #[test]
    fn few_posts_of_four_weeks_are_joined_by_those_of_a_quarter() {
        let mut ground = ground(FIRST + 11, 1..=20);
        ground.writes(1, FIRST + 11, 3);
        ground.writes(1, FIRST + 2, 40);
        assert_eq!(told(&super::METRIC, ground)[""].denominator, Some(43));
    }
}
