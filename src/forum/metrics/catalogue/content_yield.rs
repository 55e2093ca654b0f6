//! Content yield: of the topics whose first week is over, those that started something: a reply of another
//! person, or three thanks or votes of two people.

use super::super::metric::{Metric, Sheet, Shown, Unit, Window};
use super::super::sight::Sight;
use super::super::week::QUARTER;
use crate::kinds::TopicKind;

pub static METRIC: Metric = Metric {
    name: "content-yield",
    version: 3,
    unit: Unit::Share,
    window: Window::Quarter,
    shown: Shown::Total,
    visits: false,
    formula: "|{t : replies₇ ≥ 1 ∨ (light₇ ≥ 3 ∧ people₇ ≥ 2)}| / |{t : age(t) ≥ 7 d}|",
    source: "ours",
    measure,
};

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    let of = |kind: Option<TopicKind>| {
        let (mut lively, mut all) = (0, 0);
        for topic in sight.topics(QUARTER) {
            if kind.is_some_and(|kind| kind != topic.kind) || topic.started_at.plus_days(7) > sight.end {
                continue;
            }
            all += 1;
            lively += i64::from(topic.replies >= 1 || topic.light >= 3 && topic.light_people >= 2);
        }
        (lively, all)
    };
    let (lively, all) = of(None);
    sheet.share("", lively, all);
    for kind in TopicKind::ALL {
        let (lively, all) = of(Some(*kind));
        sheet.share(kind.word(), lively, all);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::sight::tests::{FIRST, ground};
    use super::super::first_reply::tests::topic;
    use super::super::tests::told;

    #[test]
    fn a_reply_or_thanks_of_two_people_is_a_beginning() {
        let mut ground = ground(FIRST + 4, 1..=20);
        let end = ground.calendar.end(FIRST + 4).expect("a week");
        let base = topic(1, end.plus_days(-10));
        let mut replied = base;
        replied.replies = 1;
        let mut thanked = base;
        (thanked.light, thanked.light_people) = (3, 2);
        let mut by_one = base;
        (by_one.light, by_one.light_people) = (3, 1);
        ground.topics = vec![replied, thanked, by_one, topic(2, end.plus_days(-1))];
        let told = told(&super::METRIC, ground);
        assert_eq!((told[""].numerator, told[""].denominator), (Some(2), Some(3)));
        assert_eq!(told["question"].denominator, Some(3));
    }
}
