//! Every metric, each in a file of its own with its formula, its words and its test. The order is that of the
//! page of definitions.

mod activation;
mod active_share;
mod adoption;
mod audience;
mod bridges;
mod brokers;
mod bursts;
mod cohorts;
mod concentration;
mod content_yield;
mod contributors;
mod departments;
mod first_reply;
mod funnel;
mod growth;
mod health_index;
mod interaction;
mod liveliness;
mod member_activity;
mod network;
mod newcomers_answered;
mod ownership;
mod pace;
mod peer_answers;
mod practice;
mod rates;
mod ring_flow;
mod rings;
mod solution;
mod stickiness;
mod survival;
mod unanswered;

use super::metric::{Figure, Metric, Sheet, Thresholds};
use super::sight::Sight;

pub use departments::{OTHERS, group, word as group_word};
pub use first_reply::HOURS;
#[cfg(test)]
pub(super) use first_reply::tests::topic;
pub use health_index::FACTORS;

pub const ALL: &[&Metric] = &[
    &audience::METRIC,
    &adoption::METRIC,
    &active_share::METRIC,
    &contributors::METRIC,
    &stickiness::METRIC,
    &rings::METRIC,
    &ring_flow::METRIC,
    &growth::METRIC,
    &cohorts::METRIC,
    &rates::METRIC,
    &activation::METRIC,
    &survival::METRIC,
    &funnel::METRIC,
    &first_reply::METRIC,
    &newcomers_answered::METRIC,
    &unanswered::METRIC,
    &solution::METRIC,
    &peer_answers::METRIC,
    &practice::METRIC,
    &interaction::METRIC,
    &pace::METRIC,
    &content_yield::METRIC,
    &liveliness::METRIC,
    &bursts::METRIC,
    &member_activity::METRIC,
    &concentration::METRIC,
    &network::METRIC,
    &brokers::METRIC,
    &bridges::METRIC,
    &departments::METRIC,
    &ownership::METRIC,
    // Made of what stands above.
    &health_index::METRIC,
];

pub fn find(name: &str) -> Option<&'static Metric> {
    ALL.iter().copied().find(|metric| metric.name == name)
}

/// Whether days of visits are counted in a part of a metric: what only acts are counted in is known for as long as
/// the log.
pub fn counts_visits(metric: &str, part: &str) -> bool {
    match metric {
        "rings" => ["reader", "lapsed", "registered"]
            .iter()
            .any(|ring| part.ends_with(ring)),
        // Who came to where one writes, did so by writing.
        "ring-flow" => !["core", "active", "occasional"]
            .iter()
            .any(|ring| part.starts_with(ring)),
        "contributors" => part.starts_with("visited"),
        // In which weeks somebody was here is known longer than on which days, but who only read is of the days.
        "ownership" => matches!(part, "regular" | "three"),
        "funnel" => part == "here",
        metric => find(metric).is_some_and(|metric| metric.visits),
    }
}

/// Metrics that are sums of topics and replies: what the forum has of them is what its spaces have together, and so
/// only those spaces are in it whose own totals are shown. Each with the version of its formula since which that is so.
pub const SUMS: [(&str, i64); 11] = [
    ("first-reply", 4),
    ("newcomers-answered", 3),
    ("unanswered", 2),
    ("solution", 3),
    ("peer-answers", 3),
    ("practice", 1),
    ("interaction", 2),
    ("pace", 1),
    ("content-yield", 3),
    ("liveliness", 2),
    ("member-activity", 2),
];

/// The figure that is hidden when, and only when, the totals of a week are.
pub const OF_TOTALS: (&str, &str) = ("active-share", "");

/// The version since which a figure of the forum is made of spaces that are shown; none where it is no sum of posts or
/// topics, and not made of such sums.
pub fn sum_since(metric: &str, part: &str) -> Option<i64> {
    match (metric, part) {
        ("health-index", _) => Some(3),
        ("contributors", "contributions") => Some(3),
        _ => SUMS.iter().find(|(name, _)| *name == metric).map(|(_, since)| *since),
    }
}

/// Whether a figure is a sum of posts or topics, or is made of such sums.
pub fn is_sum(metric: &str, part: &str) -> bool {
    sum_since(metric, part).is_some()
}

/// What is told of history: what needs neither accounts, nor an audience, nor days of visits, nor thanks, answers and
/// the team, of none of which an import knows when and by whom.
pub const HISTORY: [&str; 14] = [
    "contributors",
    "growth",
    "cohorts",
    "survival",
    "first-reply",
    "newcomers-answered",
    "unanswered",
    "interaction",
    "pace",
    "concentration",
    "network",
    "brokers",
    "bridges",
    "departments",
];

/// All figures of a look, in the order of their names.
pub fn measure(sight: &Sight, thresholds: Thresholds) -> Vec<Figure> {
    measure_some(sight, thresholds, ALL.iter().copied())
}

/// The figures of some metrics.
pub(super) fn measure_some(
    sight: &Sight,
    thresholds: Thresholds,
    metrics: impl Iterator<Item = &'static Metric>,
) -> Vec<Figure> {
    let mut figures = Vec::new();
    for metric in metrics {
        (metric.measure)(sight, &mut Sheet::new(metric, sight, thresholds, &mut figures));
    }
    figures.sort_by(|one, other| (one.metric, &one.part).cmp(&(other.metric, &other.part)));
    figures
}

#[cfg(test)]
mod tests {
    use super::super::metric::{Figure, Metric, Sheet, Thresholds};
    use super::super::sight::{Ground, Sight};

    /// What one metric says of a ground, by part.
    pub(super) fn told(metric: &'static Metric, ground: Ground) -> std::collections::BTreeMap<String, Figure> {
        let sight = Sight::new(ground).expect("a look");
        let mut figures = Vec::new();
        (metric.measure)(
            &sight,
            &mut Sheet::new(metric, &sight, Thresholds::default(), &mut figures),
        );
        figures
            .into_iter()
            .map(|figure| (figure.part.clone(), figure))
            .collect()
    }

    #[test]
    fn every_metric_has_a_name_of_its_own() {
        let names: std::collections::BTreeSet<_> = super::ALL.iter().map(|metric| metric.name).collect();
        assert_eq!(names.len(), super::ALL.len());
        assert!(super::HISTORY.iter().all(|name| names.contains(name)));
        for (name, since) in super::SUMS {
            assert!(
                super::find(name).is_some_and(|metric| since <= metric.version),
                "{name}"
            );
        }
    }
}
