//! The work behind the figures, of every night and of every Monday: reads what the log says that is new, counts
//! how many could take part, works out the figures of weeks that are over, seals them seven days after their end,
//! and states anew what was put right since. Doing it twice, or on two nodes at once, comes to the same.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use diesel::prelude::*;
use sha2::{Digest as _, Sha256};

use super::audiences;
use super::catalogue;
use super::fold::{self, Folded, TopicState};
use super::history;
use super::log::{self, Corrected};
use super::metric::{Figure, Thresholds};
use super::quarter;
use super::ring_spans;
use super::sight::{DEPTH, Sight, Summed};
use super::states::{self, Common};
use super::week::{Calendar, QUARTER, Week};
use crate::access::{Store, Viewer};
use crate::db::conn::each_backend;
use crate::db::schema::{figure_progress, figures, member_weeks, sealed_weeks};
use crate::db::types::{Moment, text_enum};
use crate::event::Source;
use crate::refusal::Result;

text_enum! {
    /// Which telling of a week a figure belongs to.
    pub enum Series {
        /// The week is not sealed yet, and its figures may change.
        Running = "running",
        Published = "published",
        /// What is known since would give another value than was published.
        Restated = "restated",
        /// Of what was brought in from elsewhere, and of nothing else.
        History = "history",
    }
}

/// What was done, for the log and for whoever asked on a terminal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Done {
    pub folded: usize,
    pub sealed: usize,
    pub running: usize,
    pub restated: usize,
    /// Week ends of history.
    pub history: usize,
}

/// Whatever happened in the last minutes may not be written yet: two nodes, two clocks.
pub(super) const SETTLING_SECONDS: i64 = 300;

/// The version of what is hashed when a week is sealed.
/// 2: totals are about those who belong and are not of the team; who left the organisation belongs to no space; who
/// never confirmed an address belongs nowhere; thresholds are kept with the seal.
pub(super) const SEAL_VERSION: i64 = 2;

fn viewer() -> Arc<Viewer> {
    Viewer::system("figures")
}

/// Brings everything up to date with the log.
pub fn bring_up(store: &Store, thresholds: Thresholds) -> Result<Done> {
    let as_of = store.clock().now().plus_seconds(-SETTLING_SECONDS);
    let Some(plan) = plan(store, as_of, false)? else {
        return Ok(Done::default());
    };
    let mut done = Done {
        folded: plan.weeks.len(),
        ..Done::default()
    };
    for week in &plan.weeks {
        fold_week(store, &plan, *week)?;
    }
    audiences::count(store, &plan.calendar, plan.this_week)?;
    tell(store, &plan, thresholds, &mut done)?;
    done.history = history::bring_up(store, &plan.calendar, as_of, &plan.corrections, thresholds)?;
    store.write(&viewer(), Source::System, |tx| {
        diesel::update(figure_progress::table.find(1))
            .set((
                figure_progress::folded_until.eq(as_of),
                figure_progress::corrected_until.eq(plan.last_correction),
            ))
            .execute(tx.conn())?;
        Ok(())
    })?;
    states::forget_old(store)?;
    Ok(done)
}

/// Rebuilds all states from the log, as far back as they are kept, and the restated figures with them.
pub fn replay(store: &Store, thresholds: Thresholds) -> Result<Done> {
    let as_of = store.clock().now().plus_seconds(-SETTLING_SECONDS);
    let Some(plan) = plan(store, as_of, true)? else {
        return Ok(Done::default());
    };
    let mut done = Done {
        folded: plan.weeks.len(),
        ..Done::default()
    };
    for week in &plan.weeks {
        fold_week(store, &plan, *week)?;
    }
    // What is sealed below must know how many could take part.
    audiences::count(store, &plan.calendar, plan.this_week)?;
    tell(store, &plan, thresholds, &mut done)?;
    Ok(done)
}

/// What is to be done.
struct Plan {
    as_of: Moment,
    /// The oldest week of which states are kept.
    kept_from: Week,
    calendar: Calendar,
    this_week: Week,
    /// The week before which days of visits are known no longer.
    days_from: Week,
    /// Weeks to fold, the oldest first.
    weeks: BTreeSet<Week>,
    /// The oldest week about which something was put right since the last time.
    corrected_from: Option<Week>,
    corrections: Vec<Corrected>,
    last_correction: i64,
}

fn plan(store: &Store, as_of: Moment, all: bool) -> Result<Option<Plan>> {
    store.read(&viewer(), |cx| {
        let Some(beginning) = log::beginning(cx.conn())? else {
            return Ok(None);
        };
        let calendar = Calendar::read(cx.conn())?;
        let (folded_until, corrected_until): (Moment, i64) = figure_progress::table
            .find(1)
            .select((figure_progress::folded_until, figure_progress::corrected_until))
            .first(cx.conn())?;
        let this_week = calendar.week(as_of);
        let first_time = folded_until == Moment(0);
        let kept_from = if first_time {
            calendar.week(beginning)
        } else {
            calendar.week(beginning).max(this_week - states::WEEKS_KEPT)
        };
        let from = if all || first_time {
            kept_from
        } else {
            calendar.week(folded_until.plus_days(-1)).max(kept_from)
        };
        let mut weeks: BTreeSet<Week> = (from..=this_week).collect();
        let corrections: Vec<Corrected> = log::corrections(cx.conn())?
            .into_iter()
            .filter(|one| one.at < as_of)
            .collect();
        let fresh: BTreeSet<i64> = corrections
            .iter()
            // By its number and by its moment: of two nodes' clocks one is behind.
            .filter(|one| one.event > corrected_until || one.at >= folded_until)
            .map(|one| one.topic)
            .collect();
        let mut corrected_from = None;
        let topics: Vec<i64> = fresh.into_iter().collect();
        for few in topics.chunks(200) {
            for facts in log::facts_of(cx.conn(), few, as_of)?.values() {
                for week in fold::touched(facts, |at| calendar.week(at)) {
                    if week >= kept_from {
                        weeks.insert(week);
                        corrected_from = Some(corrected_from.map_or(week, |first: Week| first.min(week)));
                    }
                }
            }
        }
        if all {
            corrected_from = Some(kept_from);
        }
        Ok(Some(Plan {
            kept_from,
            as_of,
            this_week,
            days_from: if first_time {
                kept_from
            } else {
                this_week - states::DAYS_KEPT_WEEKS
            },
            weeks,
            corrected_from,
            last_correction: corrections.last().map_or(corrected_until, |one| one.event),
            corrections,
            calendar,
        }))
    })
}

/// The first week of which it was written down who was here, in the forum and in its spaces: nothing is said of
/// visits before it.
fn visits_from(cx: &mut crate::access::Cx<'_>) -> Result<[Option<Week>; 2]> {
    // Who was here and did nothing else: acts alone are known of any week.
    let only_here = || {
        member_weeks::table
            .filter(member_weeks::seen.ne(0))
            .filter(member_weeks::contributions.eq(0))
            .filter(member_weeks::team_contributions.eq(0))
            .filter(member_weeks::light.eq(0))
            .order(member_weeks::week)
            .select(member_weeks::week)
    };
    let forum = only_here()
        .filter(member_weeks::space_id.eq(fold::FORUM))
        .first(cx.conn())
        .optional()?;
    let spaces = only_here()
        .filter(member_weeks::space_id.ne(fold::FORUM))
        .first(cx.conn())
        .optional()?;
    Ok([forum, spaces])
}

/// The sealed weeks of a space whose totals are hidden.
fn hidden_weeks(cx: &mut crate::access::Cx<'_>, space: i64) -> Result<Arc<BTreeSet<Week>>> {
    let weeks: Vec<Week> = figures::table
        .filter(figures::space_id.eq(space))
        .filter(figures::metric.eq(catalogue::OF_TOTALS.0))
        .filter(figures::part.eq(catalogue::OF_TOTALS.1))
        .filter(figures::series.eq(Series::Published))
        .filter(figures::suppressed)
        .select(figures::week)
        .load(cx.conn())?;
    Ok(Arc::new(weeks.into_iter().collect()))
}

fn fold_week(store: &Store, plan: &Plan, week: Week) -> Result<()> {
    let known = log::known_before(&plan.corrections, plan.as_of);
    let folded = store.read(&viewer(), |cx| {
        let (from, until) = (plan.calendar.start(week)?, plan.calendar.end(week)?);
        let facts = log::facts(cx.conn(), from, until.min(plan.as_of))?;
        let seen = log::seen(cx.conn(), week)?;
        let mut folded = fold::week(facts, seen, &known, &plan.calendar.days(week)?);
        if week < plan.days_from {
            keep_seen(&mut folded, &states::load_week(cx, week)?);
        }
        Ok(folded)
    })?;
    let touched = states::keep_week(store, week, &folded)?;
    states::keep_firsts(store, &touched, plan.this_week - states::WEEKS_KEPT)?;
    let topics: Vec<i64> = folded.topics.iter().copied().collect();
    for few in topics.chunks(200) {
        let states: Vec<TopicState> = store
            .read(&viewer(), |cx| log::facts_of(cx.conn(), few, plan.as_of))?
            .into_values()
            .filter_map(|facts| fold::topic(facts, &known))
            .collect();
        states::keep_topics(store, few, &states)?;
    }
    Ok(())
}

/// On which days somebody was here is known for 13 weeks; after that it stays that they were here in a week.
pub(super) fn keep_seen(folded: &mut Folded, before: &Folded) {
    for (key, counts) in &before.members {
        if counts.seen != 0 {
            folded.members.entry(*key).or_default().seen |= counts.seen;
        }
    }
    for counts in folded.members.values_mut() {
        counts.seen = counts.seen.min(1);
    }
}

type FigureRow = (
    (i64, String, Week, String, Series),
    (Option<i64>, Option<i64>, Option<f64>),
    (i64, bool, i64),
);

/// Works out the figures of every week that is over and not sealed, seals those that are due, and states anew
/// those about which something was put right.
fn tell(store: &Store, plan: &Plan, thresholds: Thresholds, done: &mut Done) -> Result<()> {
    let (common, firsts, sealed, visits_from) = store.read(&viewer(), |cx| {
        let sealed: BTreeMap<i64, Week> = sealed_weeks::table
            .group_by(sealed_weeks::space_id)
            .select((
                sealed_weeks::space_id,
                diesel::dsl::max(sealed_weeks::week).assume_not_null(),
            ))
            .load::<(i64, Week)>(cx.conn())?
            .into_iter()
            .collect();
        Ok((
            Common::read(cx.conn())?,
            states::load_firsts(cx)?,
            sealed,
            visits_from(cx)?,
        ))
    })?;
    let known = log::known_before(&plan.corrections, plan.as_of);
    // The forum, whose number is the lowest, comes last: it is told of the spaces that are shown.
    let mut adds = BTreeMap::new();
    for (space, launch) in common.launches.iter().rev() {
        let last = sealed.get(space).copied();
        let visits_from = visits_from[usize::from(*space != fold::FORUM)];
        let mut hidden = store.read(&viewer(), |cx| hidden_weeks(cx, *space))?;
        let from = plan
            .corrected_from
            .unwrap_or(Week::MAX)
            .min(last.map_or(*launch, |last| last + 1))
            .max(*launch);
        for week in from..plan.this_week {
            // A look reaches back so far; of weeks whose ground is forgotten in part nothing is said anew.
            let whole = (week - DEPTH + 1).max(*launch) >= plan.kept_from;
            let sealed_already = last.is_some_and(|last| week <= last);
            let ground = store.read(&viewer(), |cx| {
                let mut ground = states::ground(cx, &common, &firsts, *space, week)?;
                ground.hidden = Arc::clone(&hidden);
                if quarter::ends(&ground) {
                    ground.evidence = quarter::gather(cx, &ground, &known, plan.as_of)?;
                }
                if *space == fold::FORUM {
                    let mut summed = Summed::default();
                    for other in common.begun(week) {
                        // Where a space needed nothing this time, it is looked at for the forum.
                        if let Entry::Vacant(place) = adds.entry((week, other)) {
                            let ground = states::ground(cx, &common, &firsts, other, week)?;
                            place.insert(Sight::new(ground)?.adds(thresholds));
                        }
                        summed.add(other, adds.get(&(week, other)).and_then(Option::as_ref));
                    }
                    ground.summed = Some(summed);
                }
                Ok(ground)
            })?;
            let sight = Sight::new(ground)?;
            if *space != fold::FORUM {
                adds.insert((week, *space), sight.adds(thresholds));
            }
            if !sealed_already && !sight.shows_totals(thresholds) {
                Arc::make_mut(&mut hidden).insert(week);
            }
            let figures = catalogue::measure(&sight, thresholds);
            let due = plan.calendar.sealed_from(week)? <= plan.as_of;
            let figures: Vec<Figure> = figures
                .into_iter()
                .map(|figure| without_visits(figure, week, visits_from))
                .collect();
            if sealed_already {
                if !whole {
                    continue;
                }
                let blind = !states::knows_days(week, plan.this_week);
                done.restated += usize::from(restate(store, *space, week, &figures, blind)?);
            } else if due {
                seal(store, plan.as_of, *space, week, &figures, thresholds)?;
                ring_spans::keep(store, *space, week, &sight.held)?;
                done.sealed += 1;
            } else {
                put(store, *space, week, Series::Running, &figures)?;
                done.running += 1;
            }
        }
    }
    Ok(())
}

/// A figure about visits, of a week in which nobody's visits were written down yet: not nothing, but nothing known.
fn without_visits(figure: Figure, week: Week, visits_from: Option<Week>) -> Figure {
    // What looks at a whole quarter of visits must know the whole of it.
    let begins = if figure.metric == "ownership" {
        week - QUARTER + 1
    } else {
        week
    };
    if counts_visits(&figure) && visits_from.is_none_or(|from| begins < from) {
        Figure {
            numerator: None,
            denominator: None,
            value: None,
            ..figure
        }
    } else {
        figure
    }
}

/// Whether a figure can be counted only as long as days of visits are known.
pub(super) fn counts_visits(figure: &Figure) -> bool {
    catalogue::counts_visits(figure.metric, &figure.part)
}

fn rows(space: i64, week: Week, series: Series, figures: &[Figure]) -> Vec<FigureRow> {
    figures
        .iter()
        .map(|figure| {
            (
                (space, figure.metric.to_owned(), week, figure.part.clone(), series),
                (figure.numerator, figure.denominator, figure.value),
                (figure.people, figure.suppressed, figure.version),
            )
        })
        .collect()
}

fn insert(tx: &mut crate::access::Tx<'_>, rows: &[FigureRow]) -> Result<()> {
    let values: Vec<_> = rows
        .iter()
        .map(|(key, ends, rest)| {
            (
                (
                    figures::space_id.eq(key.0),
                    figures::metric.eq(&key.1),
                    figures::week.eq(key.2),
                    figures::part.eq(&key.3),
                    figures::series.eq(key.4),
                ),
                (
                    figures::numerator.eq(ends.0),
                    figures::denominator.eq(ends.1),
                    figures::value.eq(ends.2),
                ),
                (
                    figures::people.eq(rest.0),
                    figures::suppressed.eq(rest.1),
                    figures::version.eq(rest.2),
                ),
            )
        })
        .collect();
    // A statement has room for so many values only.
    for few in values.chunks(400) {
        each_backend!(tx.conn(), c => diesel::insert_into(figures::table).values(few).execute(c))?;
    }
    Ok(())
}

/// Figures of a week that runs: of one that another node sealed meanwhile nothing runs any more.
fn put(store: &Store, space: i64, week: Week, series: Series, new: &[Figure]) -> Result<()> {
    states::keep(store, |tx| {
        let sealed: Option<i64> = sealed_weeks::table
            .find((space, week))
            .select(sealed_weeks::version)
            .first(tx.conn())
            .optional()?;
        if series == Series::Running && sealed.is_some() {
            return Ok(());
        }
        replace(tx, space, week, series, new)
    })
}

pub(super) fn replace(
    tx: &mut crate::access::Tx<'_>,
    space: i64,
    week: Week,
    series: Series,
    new: &[Figure],
) -> Result<()> {
    diesel::delete(
        figures::table
            .filter(figures::space_id.eq(space))
            .filter(figures::week.eq(week))
            .filter(figures::series.eq(series)),
    )
    .execute(tx.conn())?;
    insert(tx, &rows(space, week, series, new))
}

/// Publishes a week, once: whoever comes second finds it sealed.
fn seal(store: &Store, as_of: Moment, space: i64, week: Week, new: &[Figure], thresholds: Thresholds) -> Result<()> {
    states::keep(store, |tx| {
        let row = (
            sealed_weeks::space_id.eq(space),
            sealed_weeks::week.eq(week),
            sealed_weeks::sealed_at.eq(as_of),
            sealed_weeks::version.eq(SEAL_VERSION),
            sealed_weeks::hash.eq(hash(new)),
            sealed_weeks::least_people.eq(thresholds.people),
            sealed_weeks::least_contributors.eq(thresholds.contributors),
            sealed_weeks::most_share.eq(thresholds.top_share),
        );
        let first = each_backend!(tx.conn(), c => diesel::insert_into(sealed_weeks::table)
            .values(row).on_conflict_do_nothing().execute(c))?;
        if first == 0 {
            return Ok(());
        }
        replace(tx, space, week, Series::Running, &[])?;
        insert(tx, &rows(space, week, Series::Published, new))
    })
}

/// Keeps beside what was published what would be published today, where the two differ: a metric that differs is
/// kept whole, with what is hidden of it, so that no part of one telling stands among parts of the other. `blind`:
/// visits of that week are forgotten, and what was restated of them stays as it is.
fn restate(store: &Store, space: i64, week: Week, new: &[Figure], blind: bool) -> Result<bool> {
    let (published, before) = store.read(&viewer(), |cx| {
        Ok((
            stored(cx, space, week, Series::Published)?,
            stored(cx, space, week, Series::Restated)?,
        ))
    })?;
    let of = |rows: &[FigureRow], metric: &str| -> Vec<Figure> {
        figures_of(rows)
            .into_iter()
            .filter(|figure| figure.metric == metric)
            .collect()
    };
    let mut restated = Vec::new();
    for metric in catalogue::ALL {
        let known = |figure: &Figure| !(blind && counts_visits(figure));
        let now: Vec<&Figure> = new
            .iter()
            .filter(|figure| figure.metric == metric.name && known(figure))
            .collect();
        let mut then = of(&published, metric.name);
        let forgotten: Vec<Figure> = match of(&before, metric.name) {
            before if before.is_empty() => then.iter().filter(|figure| !known(figure)).cloned().collect(),
            before => before.into_iter().filter(|figure| !known(figure)).collect(),
        };
        then.retain(known);
        let differs = then.len() != now.len()
            || now.iter().any(|figure| {
                then.iter()
                    .all(|other| !(other.part == figure.part && same(other, figure)))
            });
        // A week of another version of the formula is as it was published.
        let comparable = then.iter().all(|figure| figure.version == metric.version);
        let stays = forgotten.iter().any(|figure| {
            of(&published, metric.name)
                .iter()
                .all(|other| !(other.part == figure.part && same(other, figure)))
        });
        if comparable && (differs && !then.is_empty() || stays) {
            restated.extend(now.into_iter().cloned().chain(forgotten));
        }
    }
    restated.sort_by(|one, other| (one.metric, &one.part).cmp(&(other.metric, &other.part)));
    if restated == sorted(figures_of(&before)) {
        return Ok(false);
    }
    put(store, space, week, Series::Restated, &restated)?;
    Ok(true)
}

/// In the order of the seal, which is that of bytes: databases have orders of their own.
fn sorted(mut figures: Vec<Figure>) -> Vec<Figure> {
    figures.sort_by(|one, other| (one.metric, &one.part).cmp(&(other.metric, &other.part)));
    figures
}

fn same(one: &Figure, other: &Figure) -> bool {
    let bits = |value: Option<f64>| value.map(f64::to_bits);
    (one.numerator, one.denominator, one.suppressed) == (other.numerator, other.denominator, other.suppressed)
        && bits(one.value) == bits(other.value)
}

pub(super) fn stored(cx: &mut crate::access::Cx<'_>, space: i64, week: Week, series: Series) -> Result<Vec<FigureRow>> {
    Ok(figures::table
        .filter(figures::space_id.eq(space))
        .filter(figures::week.eq(week))
        .filter(figures::series.eq(series))
        .order((figures::metric, figures::part))
        .select((
            (
                figures::space_id,
                figures::metric,
                figures::week,
                figures::part,
                figures::series,
            ),
            (figures::numerator, figures::denominator, figures::value),
            (figures::people, figures::suppressed, figures::version),
        ))
        .load(cx.conn())?)
}

/// SHA-256 over one line for each figure, in the order of metric and part: what a sealed week said.
fn hash(figures: &[Figure]) -> String {
    digest(
        figures
            .iter()
            .map(|figure| {
                let ends = (figure.numerator, figure.denominator, figure.value);
                line(
                    (figure.metric, &figure.part),
                    ends,
                    (figure.people, figure.suppressed, figure.version),
                )
            })
            .collect(),
    )
}

/// The same of what is stored, metrics that are no more among it.
pub(super) fn hash_of(rows: &[FigureRow]) -> String {
    let mut rows: Vec<&FigureRow> = rows.iter().collect();
    rows.sort_by(|one, other| (&one.0.1, &one.0.3).cmp(&(&other.0.1, &other.0.3)));
    digest(
        rows.into_iter()
            .map(|(key, ends, rest)| line((&key.1, &key.3), *ends, *rest))
            .collect(),
    )
}

fn digest(lines: Vec<String>) -> String {
    let mut digest = Sha256::new();
    for line in lines {
        digest.update(line.as_bytes());
    }
    crate::access::door::hex(&digest.finalize())
}

fn line(
    (metric, part): (&str, &str),
    (numerator, denominator, value): (Option<i64>, Option<i64>, Option<f64>),
    (people, suppressed, version): (i64, bool, i64),
) -> String {
    let whole = |count: Option<i64>| count.map_or_else(|| "-".to_owned(), |count| count.to_string());
    let value = value.map_or_else(|| "-".to_owned(), |value| format!("{:016x}", value.to_bits()));
    format!(
        "{metric}\t{part}\t{}\t{}\t{value}\t{people}\t{suppressed}\t{version}\n",
        whole(numerator),
        whole(denominator),
    )
}

/// Stored rows as figures; rows of metrics that are no more are left out.
pub(super) fn figures_of(rows: &[FigureRow]) -> Vec<Figure> {
    rows.iter()
        .filter_map(|(key, ends, rest)| {
            Some(Figure {
                metric: catalogue::find(&key.1)?.name,
                part: key.3.clone(),
                numerator: ends.0,
                denominator: ends.1,
                value: ends.2,
                people: rest.0,
                suppressed: rest.1,
                version: rest.2,
            })
        })
        .collect()
}
