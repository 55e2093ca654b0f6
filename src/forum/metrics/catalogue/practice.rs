//! Practice share: of the topics that members began, those in which practice is shared: cases, and questions that a peer
//! answered.

use super::super::metric::{Metric, Sheet, Shown, Unit, Window};
use super::super::sight::Sight;
use super::super::week::QUARTER;
use super::peer_answers::by_team;
use crate::kinds::TopicKind;

pub static METRIC: Metric = Metric {
    name: "practice",
    version: 1,
    unit: Unit::Share,
    window: Window::Quarter,
    shown: Shown::Total,
    visits: false,
    formula: "|{t : case} ∪ {t : question, answer, else first reply, by no one of the team}| / |{t}|",
    source: "ours, after Wenger, communities of practice",
    measure,
};

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    let (mut practice, mut all) = (0, 0);
    for topic in sight.topics(QUARTER).filter(|topic| !topic.team) {
        all += 1;
        practice += i64::from(match topic.kind {
            TopicKind::Case => true,
            TopicKind::Question => by_team(sight, topic) == Some(false),
            TopicKind::Discussion | TopicKind::Announcement | TopicKind::Introduction => false,
        });
    }
    sheet.share("", practice, all);
}

#[cfg(test)]
mod tests {
    use super::super::super::sight::tests::{FIRST, ground};
    use super::super::first_reply::tests::topic;
    use super::super::tests::told;
    use crate::kinds::TopicKind;

    #[test]
    fn a_case_and_a_question_that_a_peer_answered_are_practice() {
        let mut ground = ground(FIRST + 4, 1..=20);
        let end = ground.calendar.end(FIRST + 4).expect("a week");
        let silent = topic(1, end.plus_days(-10));
        let mut answered = silent;
        answered.first_reply_at = Some(end.plus_days(-9));
        let mut by_team = answered;
        by_team.first_reply_team = true;
        let mut case = silent;
        case.kind = TopicKind::Case;
        let mut of_team = case;
        of_team.team = true;
        ground.topics = vec![silent, answered, by_team, case, of_team];
        let told = told(&super::METRIC, ground);
        assert_eq!((told[""].numerator, told[""].denominator), (Some(2), Some(4)));
    }
}
