//! Topics without response: of the topics of the last four weeks that are older than 72 hours, those to which no
//! other person replied.

use super::super::metric::{Metric, Sheet, Shown, Unit, Window};
use super::super::sight::Sight;
use super::super::week::BLOCK;

pub static METRIC: Metric = Metric {
    name: "unanswered",
    version: 2,
    unit: Unit::Share,
    window: Window::Month,
    shown: Shown::Total,
    visits: false,
    formula: "|{t : age(t) > 72 h ∧ no reply by another}| / |{t : age(t) > 72 h}|",
    source: "Discourse, topics with no response",
    measure,
};

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    let (mut silent, mut old) = (0, 0);
    for topic in sight.topics(BLOCK) {
        if topic.team || topic.started_at.plus_seconds(72 * 3600) >= sight.end {
            continue;
        }
        old += 1;
        silent += i64::from(topic.first_reply_at.is_none_or(|at| at >= sight.end));
    }
    sheet.share("", silent, old);
}

#[cfg(test)]
mod tests {
    use super::super::super::sight::tests::{FIRST, ground};
    use super::super::first_reply::tests::topic;
    use super::super::tests::told;

    #[test]
    fn what_is_answered_after_the_week_was_unanswered_in_it() {
        let mut ground = ground(FIRST + 2, 1..=20);
        let end = ground.calendar.end(FIRST + 2).expect("a week");
        let mut later = topic(1, end.plus_days(-4));
        later.first_reply_at = Some(end.plus_seconds(60));
        let mut answered = topic(2, end.plus_days(-4));
        answered.first_reply_at = Some(end.plus_days(-1));
        ground.topics = vec![later, answered, topic(3, end.plus_days(-1))];
        assert_eq!(told(&super::METRIC, ground)[""].value, Some(0.5));
    }
}
