//! Figures for whoever may see them: as they were published, or as they would be today. The one place from which
//! pages, files and reports take a figure; what is suppressed is no value here, for nobody.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use serde::Serialize;

use super::catalogue;
use super::fold::FORUM;
use super::metric::{FEW, Shown, Thresholds, Window};
use super::rules::{self, Index, Kept, Part};
use super::week::{BLOCK, Calendar, QUARTER, Week};
use super::work::Series;
use crate::access::{Cx, May, Seen, Verb, Viewer, deed, proof::Forum};
use crate::db::schema::{figures, sealed_weeks, spaces};
use crate::forum::spaces::SpaceRow;
use crate::ids::SpaceId;
use crate::refusal::{Refusal, Result};

/// Of which space somebody may see the figures, or that they may see those of the whole forum; and whether all of them or
/// the totals alone.
#[derive(Debug, Clone, Copy)]
pub struct Scope {
    space: i64,
    totals: bool,
}

/// What everybody who belongs may know: how many take part, where that leads, how long one waits, and how the whole does.
/// Nothing of rings, of departments, or of who carries it.
pub const TOTALS: [&str; 8] = [
    "audience",
    "adoption",
    "active-share",
    "rates",
    "first-reply",
    "unanswered",
    "liveliness",
    "health-index",
];

impl Scope {
    pub fn of_space(space: &Seen<SpaceRow>) -> Result<Self> {
        if space.can(Verb::SeeHealth) {
            Ok(Self {
                space: space.id.0,
                totals: false,
            })
        } else {
            Err(Refusal::NotFound)
        }
    }

    /// For commands, which act for nobody who could be asked: the whole forum without a space.
    pub(crate) fn for_system(viewer: &Viewer, space: Option<SpaceId>) -> Result<Self> {
        match viewer {
            Viewer::System(_) => Ok(Self {
                space: space.map_or(FORUM, |space| space.0),
                totals: false,
            }),
            _ => Err(Refusal::NotFound),
        }
    }

    pub fn of_forum(_: &May<deed::SeeFigures, Forum>) -> Self {
        Self {
            space: FORUM,
            totals: false,
        }
    }

    /// The totals of a space, for those who belong to it.
    pub fn totals_of_space(space: &Seen<SpaceRow>) -> Result<Self> {
        if space.can(Verb::SeeTotals) {
            Ok(Self {
                space: space.id.0,
                totals: true,
            })
        } else {
            Err(Refusal::NotFound)
        }
    }

    /// Those of the forum, for everybody who works here.
    pub fn totals_of_forum(_: &May<deed::SeeTotals, Forum>) -> Self {
        Self {
            space: FORUM,
            totals: true,
        }
    }
}

/// Which telling somebody wants to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    /// As it was published; of weeks that are not sealed, as it stands.
    Published,
    /// With what was put right since.
    Restated,
    /// Of what was brought in from elsewhere, and of nothing else.
    History,
}

/// A figure, served with everything that belongs to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Told {
    pub metric: String,
    pub part: String,
    pub week: Week,
    pub numerator: Option<i64>,
    pub denominator: Option<i64>,
    /// None: too early, nothing to divide by, or suppressed.
    pub value: Option<f64>,
    /// How many people it is about; none when it is suppressed.
    pub people: Option<i64>,
    pub suppressed: bool,
    pub version: i64,
    pub series: Series,
}

type Row = (
    (String, String, Week, Series),
    (Option<i64>, Option<i64>, Option<f64>),
    (i64, bool, i64),
);

/// As it was sealed, and by the thresholds of today where they are stricter: what was shown once may be too much now,
/// and what was hidden once stays hidden. `narrow`: weeks of whose sums nothing is told. Sums of the forum that were made
/// when hidden spaces still were in them are hidden too.
fn told(row: Row, scope: Scope, thresholds: Thresholds, narrow: &BTreeSet<Week>) -> Told {
    let ((metric, part, week, series), (numerator, denominator, value), (people, suppressed, version)) = row;
    let known = catalogue::find(&metric).is_some_and(|metric| metric.shown == Shown::Known);
    let cell = metric == "departments";
    let suppressed = suppressed
        || !known && !cell && people < thresholds.people.max(FEW)
        || scope.space == FORUM
            && catalogue::sum_since(&metric, &part).is_some_and(|since| version < since || narrow.contains(&week));
    Told {
        metric,
        part,
        week,
        numerator: numerator.filter(|_| !suppressed),
        denominator: denominator.filter(|_| !suppressed),
        value: value.filter(|_| !suppressed),
        people: (!suppressed).then_some(people),
        suppressed,
        version,
        series,
    }
}

/// Weeks in which the sums of the forum hold those of a space that is hidden by the thresholds of today, and was not by
/// those of then: without the others' it would be left.
fn narrow(
    cx: &mut Cx<'_>,
    scope: Scope,
    weeks: &std::ops::RangeInclusive<Week>,
    thresholds: Thresholds,
) -> Result<BTreeSet<Week>> {
    let raised = sealed_weeks::table
        .filter(sealed_weeks::space_id.eq(FORUM))
        .filter(sealed_weeks::week.between(*weeks.start(), *weeks.end()))
        .filter(sealed_weeks::least_people.lt(thresholds.people));
    if scope.space != FORUM || !diesel::select(diesel::dsl::exists(raised)).get_result(cx.conn())? {
        return Ok(BTreeSet::new());
    }
    // By space, because figures are kept in that order.
    let spaces: Vec<i64> = spaces::table.select(spaces::id).load(cx.conn())?;
    Ok(figures::table
        .filter(figures::space_id.eq_any(spaces))
        .filter(figures::metric.eq("liveliness"))
        .filter(figures::part.eq(""))
        .filter(figures::week.between(*weeks.start(), *weeks.end()))
        .filter(figures::suppressed.eq(false))
        .filter(figures::people.lt(thresholds.people))
        .select(figures::week)
        .distinct()
        .load::<Week>(cx.conn())?
        .into_iter()
        .collect())
}

type Query<'a> = figures::BoxedQuery<'a, crate::db::Backend>;

/// Rows of a scope between two weeks; of all metrics when none is named.
fn rows(
    cx: &mut Cx<'_>,
    scope: Scope,
    metrics: &[&str],
    weeks: std::ops::RangeInclusive<Week>,
    which: impl FnOnce(Query<'_>) -> Query<'_>,
) -> Result<Vec<Row>> {
    let mut query = figures::table
        .filter(figures::space_id.eq(scope.space))
        .filter(figures::week.between(*weeks.start(), *weeks.end()))
        .into_boxed::<crate::db::Backend>();
    if scope.totals {
        query = query.filter(figures::metric.eq_any(TOTALS));
    }
    if !metrics.is_empty() {
        query = query.filter(figures::metric.eq_any(metrics));
    }
    Ok(which(query)
        .select((
            (figures::metric, figures::part, figures::week, figures::series),
            (figures::numerator, figures::denominator, figures::value),
            (figures::people, figures::suppressed, figures::version),
        ))
        .load(cx.conn())?)
}

/// Figures of some metrics between two weeks, both among them; by metric, part and week. All metrics when none is
/// named.
pub fn figures(
    cx: &mut Cx<'_>,
    scope: Scope,
    metrics: &[&str],
    weeks: std::ops::RangeInclusive<Week>,
    telling: Telling,
    thresholds: Thresholds,
) -> Result<Figures> {
    let of: &[Series] = match telling {
        Telling::Published => &[Series::Running, Series::Published],
        Telling::Restated => &[Series::Running, Series::Published, Series::Restated],
        Telling::History => &[Series::History],
    };
    let narrow = narrow(cx, scope, &weeks, thresholds)?;
    let rows = rows(cx, scope, metrics, weeks, |query| {
        query.filter(figures::series.eq_any(of))
    })?;
    // What was put right stands for its metric and week as a whole: no part of one telling among parts of the other.
    let anew: BTreeSet<(String, Week)> = rows
        .iter()
        .filter(|row| row.0.3 == Series::Restated)
        .map(|row| (row.0.0.clone(), row.0.2))
        .collect();
    let mut all: BTreeMap<(String, String), BTreeMap<Week, Told>> = BTreeMap::new();
    for one in rows.into_iter().map(|row| told(row, scope, thresholds, &narrow)) {
        if one.series == Series::Restated || !anew.contains(&(one.metric.clone(), one.week)) {
            all.entry((one.metric.clone(), one.part.clone()))
                .or_default()
                .insert(one.week, one);
        }
    }
    Ok(Figures {
        all,
        beside: Vec::new(),
    })
}

/// Only what would be published today, where that differs from what was.
pub fn restated(
    cx: &mut Cx<'_>,
    scope: Scope,
    weeks: std::ops::RangeInclusive<Week>,
    thresholds: Thresholds,
) -> Result<Figures> {
    let narrow = narrow(cx, scope, &weeks, thresholds)?;
    let rows = rows(cx, scope, &[], weeks, |query| {
        query.filter(figures::series.eq(Series::Restated))
    })?;
    let mut all: BTreeMap<(String, String), BTreeMap<Week, Told>> = BTreeMap::new();
    for one in rows.into_iter().map(|row| told(row, scope, thresholds, &narrow)) {
        all.entry((one.metric.clone(), one.part.clone()))
            .or_default()
            .insert(one.week, one);
    }
    Ok(Figures {
        all,
        beside: Vec::new(),
    })
}

/// The last week of which there are figures, and the first; none when there are none yet.
pub fn weeks(cx: &mut Cx<'_>, scope: Scope) -> Result<Option<(Week, Week)>> {
    let found: (Option<Week>, Option<Week>) = figures::table
        .filter(figures::space_id.eq(scope.space))
        .filter(figures::metric.eq("audience"))
        .select((diesel::dsl::min(figures::week), diesel::dsl::max(figures::week)))
        .first(cx.conn())?;
    Ok(found.0.zip(found.1))
}

/// The same of what was brought in from elsewhere.
pub fn weeks_of_history(cx: &mut Cx<'_>, scope: Scope) -> Result<Option<(Week, Week)>> {
    let found: (Option<Week>, Option<Week>) = figures::table
        .filter(figures::space_id.eq(scope.space))
        .filter(figures::metric.eq("contributors"))
        .filter(figures::series.eq(Series::History))
        .select((diesel::dsl::min(figures::week), diesel::dsl::max(figures::week)))
        .first(cx.conn())?;
    Ok(found.0.zip(found.1))
}

/// The forum's own calendar, to say which days a week had.
pub fn calendar(cx: &mut Cx<'_>) -> Result<Calendar> {
    Calendar::read(cx.conn())
}

/// Floors and targets of the health index that held when a week was due to be sealed.
pub fn index_of(cx: &mut Cx<'_>, week: Week) -> Result<Index> {
    let due = calendar(cx)?.sealed_from(week)?;
    let all = rules::all::<Index>(cx.conn())?;
    let held = rules::at(&all, due).ok_or_else(|| Refusal::broken("rules without a version"))?;
    Ok(held.numbers)
}

/// Every version of the numbers that figures go by: everybody may know them.
pub fn rules<T: Part>(cx: &mut Cx<'_>) -> Result<Vec<Kept<T>>> {
    rules::all(cx.conn())
}

/// What was read, by metric and part.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    all: BTreeMap<(String, String), BTreeMap<Week, Told>>,
    /// Rows that stand beside these in a file: what was put right.
    beside: Vec<Told>,
}

impl Figures {
    /// Made of these, to look at what follows from figures.
    #[cfg(test)]
    pub(crate) fn of(told: Vec<Told>) -> Self {
        let mut all: BTreeMap<(String, String), BTreeMap<Week, Told>> = BTreeMap::new();
        for one in told {
            all.entry((one.metric.clone(), one.part.clone()))
                .or_default()
                .insert(one.week, one);
        }
        Self {
            all,
            beside: Vec::new(),
        }
    }

    /// With these beside them.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        self.beside
            .extend(others.all.into_values().flat_map(BTreeMap::into_values));
        self
    }

    pub fn at(&self, metric: &str, part: &str, week: Week) -> Option<&Told> {
        self.all.get(&(metric.to_owned(), part.to_owned()))?.get(&week)
    }

    /// The same at the last week end of which it is told: some figures are told once in a block, others once in a
    /// quarter.
    pub fn lately(&self, metric: &str, part: &str, week: Week) -> Option<&Told> {
        let once_in = match catalogue::find(metric)?.window {
            Window::Quarters => QUARTER,
            _ => BLOCK,
        };
        (0..once_in).find_map(|back| self.at(metric, part, week - back))
    }

    pub fn value(&self, metric: &str, part: &str, week: Week) -> Option<f64> {
        self.at(metric, part, week)?.value
    }

    pub fn count(&self, metric: &str, part: &str, week: Week) -> Option<i64> {
        self.at(metric, part, week)?.numerator
    }

    /// Values of one part, one for each week; a week without one is a gap.
    pub fn line(&self, metric: &str, part: &str, weeks: std::ops::RangeInclusive<Week>) -> Vec<Option<f64>> {
        weeks.map(|week| self.value(metric, part, week)).collect()
    }

    /// All parts of a metric in one week, by part.
    pub fn parts(&self, metric: &str, week: Week) -> impl Iterator<Item = &Told> {
        self.all
            .range((metric.to_owned(), String::new())..)
            .take_while(move |((name, _), _)| name == metric)
            .filter_map(move |(_, weeks)| weeks.get(&week))
    }

    /// The newest week in which a metric says anything.
    pub fn last_week(&self, metric: &str) -> Option<Week> {
        self.all
            .range((metric.to_owned(), String::new())..)
            .take_while(|((name, _), _)| name == metric)
            .filter_map(|(_, weeks)| weeks.keys().next_back().copied())
            .max()
    }

    /// Everything, by metric, part and week.
    pub fn rows(&self) -> impl Iterator<Item = &Told> {
        self.all.values().flat_map(BTreeMap::values).chain(&self.beside)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(metric: &str, version: i64) -> Row {
        (
            (metric.to_owned(), String::new(), 2_900, Series::Published),
            (Some(40), Some(80), Some(0.5)),
            (30, false, version),
        )
    }

    #[test]
    fn sums_of_the_forum_that_held_hidden_spaces_are_hidden() {
        let seen = |space: i64, metric: &str, version: i64| {
            let scope = Scope { space, totals: false };
            told(row(metric, version), scope, Thresholds::default(), &BTreeSet::new()).value
        };
        assert_eq!(seen(FORUM, "unanswered", 2), Some(0.5));
        assert_eq!(seen(FORUM, "unanswered", 1), None);
        // A space has none within it, and people are no sum.
        assert_eq!(seen(1, "unanswered", 1), Some(0.5));
        assert_eq!(seen(FORUM, "active-share", 0), Some(0.5));
    }

    #[test]
    fn where_a_space_came_under_the_threshold_the_sums_of_that_week_go_too() {
        let seen = |space: i64, metric: &str| {
            let scope = Scope { space, totals: false };
            told(row(metric, 9), scope, Thresholds::default(), &BTreeSet::from([2_900])).value
        };
        assert_eq!(seen(FORUM, "liveliness"), None);
        assert_eq!(seen(FORUM, "growth"), Some(0.5));
        assert_eq!(seen(1, "liveliness"), Some(0.5));
    }
}
