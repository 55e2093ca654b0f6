//! Time to solution: how long a question waits for the reply that is marked as its answer.

use super::super::metric::{Metric, Sheet, Shown, Unit, Window, length, real};
use super::super::models::survival;
use super::super::sight::Sight;
use super::super::week::QUARTER;
use crate::kinds::TopicKind;

pub static METRIC: Metric = Metric {
    name: "solution",
    version: 3,
    unit: Unit::Days,
    window: Window::Quarter,
    shown: Shown::Total,
    visits: false,
    formula: "S(t) = Π (1 − d_i / n_i) of questions until an answer is marked; median = min {t : S(t) ≤ 0.5}",
    source: "CHAOSS, Time to Close; Kaplan and Meier 1958",
    measure,
};

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    let mut times = Vec::new();
    for topic in sight.topics(QUARTER) {
        if topic.team || topic.kind != TopicKind::Question {
            continue;
        }
        let ended = topic.ended_at.filter(|at| *at < sight.end).unwrap_or(sight.end);
        let days = |at: crate::db::types::Moment| real((at.0 - topic.started_at.0).max(0)) / 86_400_000_000.0;
        times.push(match topic.answered_at.filter(|at| *at < sight.end) {
            Some(at) => (days(at), true),
            None => (days(ended), false),
        });
    }
    let answered = length(times.iter().filter(|(_, answered)| *answered).count());
    sheet.share("answered", answered, length(times.len()));
    sheet.value("", survival::Curve::from_waits(&times).and_then(|curve| curve.median()));
}

#[cfg(test)]
mod tests {
    use super::super::super::sight::tests::{FIRST, ground};
    use super::super::first_reply::tests::topic;
    use super::super::tests::told;

    #[test]
    fn questions_that_are_open_wait() {
        let mut ground = ground(FIRST + 4, 1..=20);
        let end = ground.calendar.end(FIRST + 4).expect("a week");
        for number in 1..=3 {
            let mut one = topic(number, end.plus_days(-10));
            if number < 3 {
                one.answered_at = Some(one.started_at.plus_days(number));
            }
            ground.topics.push(one);
        }
        let told = told(&super::METRIC, ground);
        assert_eq!(told[""].value, Some(2.0));
        assert_eq!(
            (told["answered"].numerator, told["answered"].denominator),
            (Some(2), Some(3))
        );
    }
}
