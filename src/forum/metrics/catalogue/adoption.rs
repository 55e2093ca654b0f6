//! Adoption rate: members of those who could be.

use super::super::metric::{Metric, Sheet, Shown, Unit, Window, length};
use super::super::sight::Sight;

pub static METRIC: Metric = Metric {
    name: "adoption",
    version: 1,
    unit: Unit::Share,
    window: Window::End,
    shown: Shown::Known,
    visits: false,
    formula: "M(t) / P(t)",
    source: "Bettermode, reports overview",
    measure,
};

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    let members = length(sight.people.len());
    sheet.share("", members, sight.ground.audience.unwrap_or(members).max(members));
    let new = sight
        .people
        .iter()
        .filter(|who| {
            sight
                .since(**who)
                .is_some_and(|since| since >= sight.start && since < sight.end)
        })
        .count();
    sheet.count("new-members", length(new));
}

#[cfg(test)]
mod tests {
    use super::super::super::sight::tests::{FIRST, ground};
    use super::super::tests::told;

    #[test]
    fn members_of_those_who_could_be() {
        let mut ground = ground(FIRST + 2, 1..=20);
        ground.audience = Some(80);
        let told = told(&super::METRIC, ground);
        assert_eq!(told[""].value, Some(0.25));
        assert_eq!(told["new-members"].numerator, Some(0));
    }
}
