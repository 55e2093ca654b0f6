//! What a metric is: a name, a formula, who sees it, how long it is kept, and the function that counts it. Each
//! stands in a file of its own in `catalogue`; its page of explanation is made from what it says here and from
//! the sentences `metric-NAME` and `metric-NAME-means`.

use serde::Serialize;

use super::sight::Sight;

/// What a value is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Whole things: people, topics, posts.
    Count,
    /// A part of a whole, from 0 to 1.
    Share,
    Hours,
    Days,
    /// A number without a unit; its definition says between what and what.
    Number,
}

impl Unit {
    pub fn word(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Share => "share",
            Self::Hours => "hours",
            Self::Days => "days",
            Self::Number => "number",
        }
    }
}

/// What is looked at: ends with the week that the figure is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Window {
    /// The moment at which the week ends.
    End,
    Week,
    /// Four weeks.
    Month,
    /// Blocks of four weeks since the launch: one figure in four weeks.
    Block,
    /// Thirteen weeks.
    Quarter,
    /// Quarters of thirteen weeks since the launch, which never overlap: no figure is the difference of two.
    Quarters,
}

impl Window {
    pub fn word(self) -> &'static str {
        match self {
            Self::End => "end",
            Self::Week => "week",
            Self::Month => "month",
            Self::Block => "block",
            Self::Quarter => "quarter",
            Self::Quarters => "quarters",
        }
    }
}

/// What must hold before a figure is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// What everybody who belongs can count by name anyway: how many belong, and of how many.
    Known,
    /// A total of the space: shown to its managers when so many people belong, so many of them contributed in 13
    /// weeks, and nobody made too much of it.
    Total,
    /// About a part of the people: so many of them at least; of departments their contributors and top share
    /// must pass as well.
    Group,
}

/// When a figure about people is shown.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// A figure is about so many people at least; never fewer than 5.
    pub people: i64,
    /// So many of them contributed.
    pub contributors: i64,
    /// And nobody of them more than this part of it, in percent.
    pub top_share: i64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            people: 10,
            contributors: 5,
            top_share: 50,
        }
    }
}

impl Thresholds {
    /// Whether a group of so many people, whose contributions are these, may be shown.
    pub fn pass(&self, people: i64, volumes: &[i64]) -> bool {
        let all: i64 = volumes.iter().sum();
        let top = volumes.iter().copied().max().unwrap_or(0);
        let wrote = volumes.iter().filter(|volume| **volume > 0).count();
        people >= self.people.max(FEW)
            && i64::try_from(wrote).unwrap_or(i64::MAX) >= self.contributors
            && top * 100 <= all * self.top_share
    }
}

pub struct Metric {
    /// The word in addresses, files and sentences; never changes its meaning without a new version.
    pub name: &'static str,
    /// Goes up when the same log would give another value.
    pub version: i64,
    pub unit: Unit,
    pub window: Window,
    pub shown: Shown,
    /// Whether days of visits are counted in it: those are known for 13 weeks.
    pub visits: bool,
    /// In signs that are the same in every language.
    pub formula: &'static str,
    /// Where the formula comes from; "ours" where nobody else has it.
    pub source: &'static str,
    pub measure: fn(&Sight, &mut Sheet<'_>),
}

/// A figure: what a metric, or a part of one, came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    pub metric: &'static str,
    /// Which part: a ring, a cohort, a pair of departments; empty for the whole.
    pub part: String,
    pub numerator: Option<i64>,
    pub denominator: Option<i64>,
    /// None: there is too little to say it.
    pub value: Option<f64>,
    /// How many people it is about.
    pub people: i64,
    /// Too few people to show it.
    pub suppressed: bool,
    pub version: i64,
}

/// What metrics write their figures on.
pub struct Sheet<'a> {
    pub thresholds: Thresholds,
    figures: &'a mut Vec<Figure>,
    metric: &'static Metric,
    /// Who belongs and is not of the team: what totals are about. Never the audience: a space of three in a house of
    /// two thousand is a space of three.
    people: i64,
    /// Too few people, or one of them makes too much of it.
    veiled: bool,
    /// Whether totals of the space are shown.
    totals: bool,
}

impl<'a> Sheet<'a> {
    pub fn new(metric: &'static Metric, sight: &Sight, thresholds: Thresholds, figures: &'a mut Vec<Figure>) -> Self {
        let people = length(sight.raw.len());
        let totals = sight.shows_totals(thresholds);
        // A sum of nothing that may be shown is not nothing.
        let empty = sight.ground.summed.as_ref().is_some_and(|one| one.spaces.is_empty());
        let sum = empty && super::catalogue::SUMS.iter().any(|(name, _)| *name == metric.name);
        Self {
            thresholds,
            figures,
            metric,
            people,
            veiled: match metric.shown {
                Shown::Total => !totals || sum,
                Shown::Known | Shown::Group => false,
            },
            totals,
        }
    }

    /// A figure that was made before this one, if it is shown.
    pub fn published(&self, metric: &str, part: &str) -> Option<&Figure> {
        self.figures
            .iter()
            .find(|figure| figure.metric == metric && figure.part == part && !figure.suppressed)
    }

    /// What follows is hidden unless this holds; as often as one likes.
    pub fn only_if(&mut self, enough: bool) {
        self.veiled |= !enough;
    }

    /// What follows is hidden where totals are: all of its parts together would be one.
    pub fn only_with_totals(&mut self) {
        self.only_if(self.totals);
    }

    /// How many did something that nobody else sees, such as reading; hidden where that tells of one of them.
    pub fn unseen(&mut self, part: &str, count: i64, hidden: bool) {
        self.put(part, (Some(count), None), Some(real(count)), self.people);
        if hidden {
            self.hide_last();
        }
    }

    fn put(&mut self, part: &str, ends: (Option<i64>, Option<i64>), value: Option<f64>, people: i64) {
        let suppressed = self.veiled || self.metric.shown != Shown::Known && people < self.thresholds.people.max(FEW);
        self.figures.push(Figure {
            metric: self.metric.name,
            part: part.to_owned(),
            numerator: ends.0,
            denominator: ends.1,
            value,
            people,
            suppressed,
            version: self.metric.version,
        });
    }

    /// How many there are.
    pub fn count(&mut self, part: &str, count: i64) {
        self.put(part, (Some(count), None), Some(real(count)), self.people);
    }

    /// A part of a whole; of nothing there is no share.
    pub fn share(&mut self, part: &str, of: i64, whole: i64) {
        let value = (whole > 0).then(|| real(of) / real(whole));
        self.put(part, (Some(of), Some(whole)), value, self.people);
    }

    pub fn value(&mut self, part: &str, value: Option<f64>) {
        self.put(part, (None, None), value, self.people);
    }

    /// A value with what it was counted from.
    pub fn quotient(&mut self, part: &str, numerator: i64, denominator: i64, value: Option<f64>) {
        self.put(part, (Some(numerator), Some(denominator)), value, self.people);
    }

    /// Of a group within the space: so many people.
    pub fn share_of_group(&mut self, part: &str, of: i64, whole: i64, people: i64) {
        let value = (whole > 0).then(|| real(of) / real(whole));
        self.put(part, (Some(of), Some(whole)), value, people);
    }

    /// Hides what was said last.
    pub fn hide_last(&mut self) {
        if let Some(figure) = self.figures.last_mut() {
            figure.suppressed = true;
        }
    }

    /// Of a group, decided elsewhere whether it may be shown.
    pub fn cell(&mut self, part: &str, ends: (i64, Option<i64>), value: Option<f64>, people: i64, hidden: bool) {
        self.put(part, (Some(ends.0), ends.1), value, people);
        if let Some(figure) = self.figures.last_mut() {
            figure.suppressed = hidden || self.veiled;
        }
    }
}

/// Fewer are one person too easily.
pub const FEW: i64 = 5;

/// Whether it tells of one person how many of some people did what nobody else sees: when they, or the others, are
/// fewer than five. Nobody and everybody are as telling as one.
pub fn tells_of_one(count: i64, of: i64) -> bool {
    count < FEW || of - count < FEW
}

/// A count as a number; exact up to 2⁵³.
#[expect(clippy::cast_precision_loss, reason = "nothing is counted beyond 2^53")]
pub fn real(count: i64) -> f64 {
    count as f64
}

/// A length as a count.
pub fn length(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}
