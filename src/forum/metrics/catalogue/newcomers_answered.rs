//! Newcomer first-reply rate: of the topics of people who are new, those that another person answered within 24
//! hours. Newcomers who got a reply come back more often, whatever the reply said.

use std::collections::BTreeSet;

use super::super::fold::TopicState;
use super::super::metric::{FEW, Metric, Sheet, Shown, Unit, Window, length};
use super::super::sight::Sight;
use super::super::week::QUARTER;

pub static METRIC: Metric = Metric {
    name: "newcomers-answered",
    version: 3,
    unit: Unit::Share,
    window: Window::Quarter,
    shown: Shown::Total,
    visits: false,
    formula: "|{t by newcomer : reply(t) ≤ 24 h}| / |{t by newcomer : age(t) ≥ 24 h}|",
    source: "Joyce and Kraut 2006; CHAOSS, Time to First Response",
    measure,
};

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    for (part, hours) in [("", 24), ("72-hours", 72)] {
        let late = |topic: &TopicState| topic.started_at.plus_seconds(hours * 3600);
        let waited = |topic: &&TopicState| !topic.team && late(topic) <= sight.end && sight.newcomer(topic);
        let topics = sight.of_enough(sight.topics(QUARTER).filter(waited).collect());
        let in_time = |topic: &&&TopicState| topic.first_reply_at.is_some_and(|at| at <= late(topic));
        let quick = topics.iter().filter(in_time).count();
        sheet.share(part, length(quick), length(topics.len()));
        // Of few newcomers everybody knows who is meant.
        let starters: BTreeSet<i64> = topics.iter().map(|topic| topic.starter).collect();
        if length(starters.len()) < FEW {
            sheet.hide_last();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::sight::tests::{FIRST, ground};
    use super::super::first_reply::tests::topic;
    use super::super::tests::told;

    #[test]
    fn a_topic_of_an_hour_ago_is_neither_answered_nor_not() {
        let mut ground = ground(FIRST + 2, 1..=20);
        let end = ground.calendar.end(FIRST + 2).expect("a week");
        let mut answered = topic(1, end.plus_days(-3));
        answered.first_reply_at = Some(answered.started_at.plus_seconds(3600));
        let mut late = topic(2, end.plus_days(-4));
        late.first_reply_at = Some(late.started_at.plus_seconds(30 * 3600));
        ground.topics = vec![answered, late, topic(3, end.plus_seconds(-3600))];
        let told = told(&super::METRIC, ground);
        assert_eq!((told[""].numerator, told[""].denominator), (Some(1), Some(2)));
        assert_eq!(told["72-hours"].value, Some(1.0));
    }
}
