//! Peer-answer share: of the questions that were answered, those that somebody answered who is not of the team.

use super::super::fold::TopicState;
use super::super::metric::{Metric, Sheet, Shown, Unit, Window};
use super::super::sight::Sight;
use super::super::week::QUARTER;
use crate::kinds::TopicKind;

pub static METRIC: Metric = Metric {
    name: "peer-answers",
    version: 3,
    unit: Unit::Share,
    window: Window::Quarter,
    shown: Shown::Total,
    visits: false,
    formula: "|{q : answer, else first reply, by no one of the team}| / |{q : replied}|",
    source: "FeverBee, lifecycle (member-generated activity)",
    measure,
};

/// Whether the answer of a question, else its first reply, came from the team; none while there is neither.
pub(super) fn by_team(sight: &Sight, topic: &TopicState) -> Option<bool> {
    match (
        topic.answered_at.filter(|at| *at < sight.end),
        topic.first_reply_at.filter(|at| *at < sight.end),
    ) {
        (Some(_), _) => Some(topic.answered_team),
        (None, Some(_)) => Some(topic.first_reply_team),
        (None, None) => None,
    }
}

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    let (mut peers, mut answered) = (0, 0);
    for topic in sight.topics(QUARTER) {
        if topic.team || topic.kind != TopicKind::Question {
            continue;
        }
        if let Some(team) = by_team(sight, topic) {
            answered += 1;
            peers += i64::from(!team);
        }
    }
    sheet.share("", peers, answered);
}

#[cfg(test)]
mod tests {
    use super::super::super::sight::tests::{FIRST, ground};
    use super::super::first_reply::tests::topic;
    use super::super::tests::told;

    #[test]
    fn the_marked_answer_counts_before_the_first_reply() {
        let mut ground = ground(FIRST + 4, 1..=20);
        let end = ground.calendar.end(FIRST + 4).expect("a week");
        let mut one = topic(1, end.plus_days(-10));
        one.first_reply_at = Some(end.plus_days(-9));
        one.first_reply_team = true;
        let mut other = one;
        other.answered_at = Some(end.plus_days(-8));
        ground.topics = vec![one, other];
        let told = told(&super::METRIC, ground);
        assert_eq!((told[""].numerator, told[""].denominator), (Some(1), Some(2)));
    }
}
