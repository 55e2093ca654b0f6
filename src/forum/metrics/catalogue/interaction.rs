//! Topic interaction: how much of a conversation topics are. Of their first 28 days, which must be over, so that
//! an old topic has no more time than a young one.

use super::super::metric::{Metric, Sheet, Shown, Unit, Window, length, real};
use super::super::sight::Sight;
use super::super::week::{BLOCK, QUARTER};

pub static METRIC: Metric = Metric {
    name: "interaction",
    version: 2,
    unit: Unit::Number,
    window: Window::Quarter,
    shown: Shown::Total,
    visits: false,
    formula: "mean over topics with a reply of (U − 1) · log₂(1 + posts / U)",
    source: "ours, after Lithium's interaction factor",
    measure,
};

/// 0 for somebody who talks alone; 4 for three people and nine posts.
pub(super) fn of_topic(people: i64, posts: i64) -> f64 {
    if people < 2 {
        return 0.0;
    }
    real(people - 1) * (1.0 + real(posts) / real(people)).log2()
}

fn measure(sight: &Sight, sheet: &mut Sheet<'_>) {
    let last = sight.ground.week - BLOCK;
    let values: Vec<f64> = sight
        .topics(QUARTER + BLOCK)
        .filter(|topic| sight.ground.calendar.week(topic.started_at) <= last && topic.people > 1)
        .map(|topic| of_topic(topic.people, topic.posts))
        .collect();
    let mean = (!values.is_empty()).then(|| values.iter().sum::<f64>() / real(length(values.len())));
    sheet.value("", mean);
    sheet.count("topics", length(values.len()));
}

#[cfg(test)]
mod tests {
    #[test]
    fn alone_is_nothing_and_three_people_with_nine_posts_are_four() {
        assert!(super::of_topic(1, 9).abs() < f64::EPSILON);
        assert!((super::of_topic(3, 9) - 4.0).abs() < 1e-12);
    }
}
