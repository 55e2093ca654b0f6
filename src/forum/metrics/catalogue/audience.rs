//! Addressable population: how many people could take part. What "1 %, 10 % and 16 %" are parts of.

use super::super::metric::{Metric, Sheet, Shown, Unit, Window, length};
use super::super::sight::Sight;

pub static METRIC: Metric = Metric {
    name: "audience",
    version: 1,
    unit: Unit::Count,
    window: Window::End,
    shown: Shown::Known,
    visits: false,
    formula: "P(t)",
    source: "ours",
    measure,
};

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    // Who belongs could take part, whatever a list says.
    let members = length(sight.people.len());
    sheet.count("", sight.ground.audience.unwrap_or(members).max(members));
}

#[cfg(test)]
mod tests {
    use super::super::super::sight::tests::{FIRST, ground};
    use super::super::tests::told;

    #[test]
    fn whoever_belongs_could_take_part_whatever_the_list_says() {
        let could = |listed: Option<i64>| {
            let mut ground = ground(FIRST + 2, 1..=20);
            ground.audience = listed;
            told(&super::METRIC, ground)[""].numerator
        };
        assert_eq!(could(Some(80)), Some(80));
        // A list that is older than the last who joined; and none at all.
        assert_eq!((could(Some(15)), could(None)), (Some(20), Some(20)));
    }

    #[test]
    fn it_is_told_of_a_space_of_three() {
        let told = told(&super::METRIC, ground(FIRST + 2, 1..=3));
        assert!(!told[""].suppressed);
    }
}
