//! Thread responsiveness: how long a conversation rests until somebody else takes it up, whether it was asked for or
//! not; the first reply alone says nothing of what comes after. Of the first 28 days of topics, which must be over, so
//! that an old topic has no more time than a young one.

use super::super::metric::{FEW, Metric, Sheet, Shown, Unit, Window, length, real};
use super::super::sight::Sight;
use super::super::week::{BLOCK, QUARTER};

pub static METRIC: Metric = Metric {
    name: "pace",
    version: 1,
    unit: Unit::Hours,
    window: Window::Quarter,
    shown: Shown::Total,
    visits: false,
    formula: "median over topics of median {at(p) − at(q) : p follows q in the topic, by another person}",
    source: "Lithium, Community Health Index, factor 6, over all replies",
    measure,
};

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    let last = sight.ground.week - BLOCK;
    let over = sight
        .topics(QUARTER + BLOCK)
        .filter(|topic| topic.gap.is_some() && sight.ground.calendar.week(topic.started_at) <= last);
    let topics = sight.of_enough(over.collect());
    // The middle of few is the conversation of one.
    let starters: std::collections::BTreeSet<i64> = topics.iter().map(|topic| topic.starter).collect();
    sheet.only_if(length(starters.len()) >= FEW);
    let mut gaps: Vec<i64> = topics.iter().filter_map(|topic| topic.gap).collect();
    gaps.sort_unstable();
    let middle = match gaps.len() {
        0 => None,
        many => Some((real(gaps[(many - 1) / 2]) + real(gaps[many / 2])) / 2.0 / 3_600_000_000.0),
    };
    sheet.value("", middle);
    sheet.count("topics", length(gaps.len()));
}

#[cfg(test)]
mod tests {
    use super::super::super::sight::tests::{FIRST, ground};
    use super::super::first_reply::tests::topic;
    use super::super::tests::told;

    #[test]
    fn the_middle_of_topics_whose_four_weeks_are_over() {
        let week = FIRST + 16;
        let mut ground = ground(week, 1..=20);
        let hour = 3_600_000_000;
        for (number, (back, gap)) in (1..).zip([
            (5, Some(2)),
            (6, Some(4)),
            (7, Some(30)),
            (8, Some(10)),
            (9, None),
            (3, Some(90)),
        ]) {
            let mut one = topic(number, ground.calendar.start(week - back).expect("a week"));
            one.gap = gap.map(|hours: i64| hours * hour);
            ground.topics.push(one);
        }
        let told = told(&super::METRIC, ground);
        // Nobody took up the fifth, and the sixth is too young; and all are of one person.
        assert_eq!(told[""].value, Some(7.0));
        assert_eq!(told["topics"].numerator, Some(4));
        assert!(told[""].suppressed);
    }
}
