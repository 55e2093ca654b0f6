//! How many contribute and how many visit, in a week and in four; and who contributed for the first time.

use super::super::metric::{Metric, Sheet, Shown, Unit, Window, length, tells_of_one};
use super::super::sight::Sight;
use super::super::week::BLOCK;
use super::growth::block;

pub static METRIC: Metric = Metric {
    name: "contributors",
    version: 3,
    unit: Unit::Count,
    window: Window::Week,
    shown: Shown::Total,
    visits: true,
    formula: "WAU, MAU = |{m : c ≥ 1}|; |{m : v ≥ 1}|; |{m : first(m) ∈ W}|",
    source: "CHAOSS, New Contributors; Discourse, new_contributors",
    measure,
};

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    let week = sight.ground.week;
    sheet.count("week", length(sight.contributors(week, week).len()));
    sheet.count("month", length(sight.contributors(week - BLOCK + 1, week).len()));
    let visited = |since| {
        let came = sight
            .ground
            .members
            .iter()
            .filter(|(who, known)| {
                sight.people.contains(who)
                    && known
                        .iter()
                        .any(|(then, counts)| (since..=week).contains(then) && counts.seen != 0)
            })
            .count();
        length(came)
    };
    // Who wrote is seen by all; who only came is not, so it is they who must be many.
    let quiet = |since: i64| {
        let wrote = sight.contributors(since, week);
        length(sight.people.iter().filter(|who| !wrote.contains(who)).count())
    };
    let mut came = |part: &str, since: i64| {
        let (came, wrote) = (visited(since), length(sight.contributors(since, week).len()));
        sheet.unseen(part, came, tells_of_one(came - wrote, quiet(since)));
    };
    came("visited-week", week);
    // Four weeks in windows that do not overlap: of two that do, the difference is a week of few.
    if block(sight).is_some() {
        came("visited-month", week - BLOCK + 1);
    }
    let new = sight
        .ground
        .firsts
        .iter()
        .filter(|(who, first)| **first >= sight.start && **first < sight.end && sight.people.contains(who))
        .count();
    sheet.count("new", length(new));
    // Without who is new, those who ever wrote are those of a week ago: where these were hidden, so is this.
    if !sight.showed_totals(sheet.thresholds, 1) {
        sheet.hide_last();
    }
    let long = sight.wrote(week - 12, week);
    let quiet = sight
        .people
        .iter()
        .filter(|who| sight.ground.firsts.get(who).is_some_and(|first| *first < sight.end) && !long.contains(who))
        .count();
    sheet.count("inactive", length(quiet));
    // The only sum of posts among counts of people.
    let summed = sight.ground.summed.as_ref();
    sheet.only_if(summed.is_none_or(|one| !one.spaces.is_empty()));
    sheet.count("contributions", sight.posts(1).members);
}

#[cfg(test)]
mod tests {
    use super::super::super::sight::tests::{FIRST, ground};
    use super::super::tests::told;

    #[test]
    fn a_first_time_is_one_once() {
        let mut ground = ground(FIRST + 20, 1..=20);
        ground.writes(1, FIRST + 20, 2);
        ground.writes(2, FIRST + 18, 1);
        ground.writes(2, FIRST + 20, 1);
        ground.writes(3, FIRST + 5, 1);
        let told = told(&super::METRIC, ground);
        assert_eq!(told["week"].numerator, Some(2));
        assert_eq!(told["new"].numerator, Some(1));
        assert_eq!(told["inactive"].numerator, Some(1));
        assert_eq!(told["contributions"].numerator, Some(3));
    }
}
