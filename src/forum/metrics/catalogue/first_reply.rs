//! Time to first response: how long a question, or a newcomer's topic, waits for another person. Topics that
//! nobody has answered are counted as waiting; a mean of the answered only would leave them out, and be the
//! better the more is never answered.

use super::super::fold::TopicState;
use super::super::metric::{FEW, Metric, Sheet, Shown, Unit, Window, length, real};
use super::super::models::survival;
use super::super::sight::Sight;
use super::super::week::QUARTER;
use crate::db::types::Moment;
use crate::kinds::TopicKind;

pub static METRIC: Metric = Metric {
    name: "first-reply",
    version: 4,
    unit: Unit::Hours,
    window: Window::Quarter,
    shown: Shown::Total,
    visits: false,
    formula: "S(t) = Π (1 − d_i / n_i); median = min {t : S(t) ≤ 0.5}; RMST72 = ∫₀⁷² S(t) dt; within(x) = 1 − S(x)",
    source: "CHAOSS, Time to First Response; Kaplan and Meier 1958",
    measure,
};

/// Hours at which the curve is kept.
pub const HOURS: [f64; 14] = [
    0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 12.0, 24.0, 36.0, 48.0, 72.0, 96.0, 120.0, 168.0,
];

/// Somebody waits for an answer: a question, or anything by somebody new. What the team begins does not wait.
pub(super) fn waits(sight: &Sight, topic: &TopicState) -> bool {
    !topic.team && (topic.kind == TopicKind::Question || sight.newcomer(topic))
}

/// Hours that a topic waited at the end of the week, and whether it was answered.
pub(super) fn waited(topic: &TopicState, end: Moment) -> (f64, bool) {
    let hours = |until: Moment| real((until.0 - topic.started_at.0).max(0)) / 3_600_000_000.0;
    let ended = topic.ended_at.filter(|at| *at < end).unwrap_or(end);
    match topic.first_reply_at.filter(|at| *at < end) {
        Some(at) if at <= ended => (hours(at), true),
        _ => (hours(ended), false),
    }
}

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    let office = &sight.ground.office;
    let topics = sight.of_enough(sight.topics(QUARTER).filter(|topic| waits(sight, topic)).collect());
    let times: Vec<(f64, bool)> = topics.iter().map(|topic| waited(topic, sight.end)).collect();
    // A curve of few is the wait of one.
    let starters: std::collections::BTreeSet<i64> = topics.iter().map(|topic| topic.starter).collect();
    sheet.only_if(length(starters.len()) >= FEW);
    sheet.count("topics", length(times.len()));
    sheet.count("open", length(times.iter().filter(|(_, answered)| !answered).count()));
    let curve = survival::Curve::from_waits(&times);
    let told = |of: &dyn Fn(&survival::Curve) -> Option<f64>| curve.as_ref().and_then(of);
    sheet.value("", told(&|curve| curve.median()));
    sheet.value("p90", told(&|curve| curve.quantile(0.9)));
    sheet.value("rmst-72", told(&|curve| curve.restricted_mean(72.0)));
    for hours in HOURS {
        sheet.value(
            &format!("waiting-{hours:06.2}"),
            told(&|curve| curve.within(hours).map(|done| 1.0 - done)),
        );
    }
    let (mut quick, mut old) = (0, 0);
    for topic in topics.iter().filter(|topic| topic.kind == TopicKind::Question) {
        let until = topic.first_reply_at.filter(|at| *at < sight.end);
        let hours = office.working_hours(topic.started_at, until.unwrap_or(sight.end));
        // Eight hours of work: a question of the morning is answered the same day. Whoever asked less than that
        // ago, answered or not, is left out, or the quick ones alone would count of the last day.
        let age = office.working_hours(topic.started_at, sight.end);
        let closed = until.is_none() && topic.ended_at.is_some_and(|at| at < sight.end);
        if age > 8.0 && !closed {
            old += 1;
            quick += i64::from(hours <= 8.0);
        }
    }
    sheet.share("8-working-hours", quick, old);
}

#[cfg(test)]
pub(in crate::forum::metrics) mod tests {
    use super::super::super::fold::TopicState;
    use super::super::super::sight::tests::{FIRST, ground};
    use super::super::tests::told;
    use super::*;

    pub(in crate::forum::metrics) fn topic(number: i64, started_at: Moment) -> TopicState {
        TopicState {
            topic: number,
            space: 1,
            board: 1,
            kind: TopicKind::Question,
            starter: 1,
            starter_department: None,
            team: false,
            started_at,
            first_reply_at: None,
            first_reply_by: None,
            first_reply_team: false,
            answered_at: None,
            answered_by: None,
            answered_team: false,
            ended_at: None,
            posts: 1,
            people: 1,
            replies: 0,
            light: 0,
            light_people: 0,
            gap: None,
        }
    }

    /// Golden vector C: thirteen topics, eight of them answered.
    #[test]
    fn golden_c_counts_those_who_wait() {
        let mut ground = ground(FIRST + 4, 1..=20);
        let end = ground.calendar.end(FIRST + 4).expect("a week");
        let hours = |hours: f64| {
            #[expect(clippy::cast_possible_truncation, reason = "a few days")]
            let micros = (hours * 3_600_000_000.0) as i64;
            micros
        };
        let times = [
            (0.5, true),
            (1.0, true),
            (2.0, true),
            (2.0, true),
            (3.0, false),
            (5.0, true),
            (8.0, true),
            (8.0, false),
            (20.0, true),
            (26.0, true),
            (40.0, false),
            (72.0, false),
            (72.0, false),
        ];
        for (number, (waited, answered)) in (1..).zip(times) {
            let mut one = topic(number, Moment(end.0 - hours(if answered { 100.0 } else { waited })));
            if answered {
                one.first_reply_at = Some(Moment(one.started_at.0 + hours(waited)));
            }
            ground.topics.push(one);
        }
        let told = told(&METRIC, ground);
        assert_eq!(told[""].value, Some(20.0));
        assert!((told["rmst-72"].value.expect("a mean") - 28.7558).abs() < 1e-4);
        let survival = [
            (0.5, 0.923_077),
            (1.0, 0.846_154),
            (2.0, 0.692_308),
            (8.0, 0.519_231),
            (24.0, 0.415_385),
            (36.0, 0.311_538),
        ];
        for (hours, expected) in survival {
            let value = told[&format!("waiting-{hours:06.2}")].value.expect("a part");
            assert!((value - expected).abs() < 1e-6, "{hours}: {value}");
        }
        assert_eq!(told["open"].numerator, Some(5));
    }

    #[test]
    fn whoever_closes_a_topic_waits_no_longer() {
        let end = Moment(100 * 3_600_000_000);
        let mut one = topic(1, Moment(0));
        one.ended_at = Some(Moment(10 * 3_600_000_000));
        assert_eq!(waited(&one, end), (10.0, false));
        one.first_reply_at = Some(Moment(20 * 3_600_000_000));
        assert_eq!(waited(&one, end), (10.0, false));
    }
}
