//! Recounts everything that was published, from the log alone, as far as the log was known at the moment of each
//! seal, and compares. What cannot be recounted is said: visits are forgotten on purpose.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use diesel::prelude::*;

use super::catalogue;
use super::fold::{self, FORUM, Fact, Folded};
use super::log::{self, Corrected};
use super::metric::Thresholds;
use super::quarter;
use super::sight::{DEPTH, Ground, Posts, Sight, Summed};
use super::states::{self, Common};
use super::week::{self, Week};
use super::work::{self, Series};
use crate::access::{Cx, Store, Viewer};
use crate::db::schema::sealed_weeks;
use crate::db::types::Moment;
use crate::refusal::Result;

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Sealed weeks of spaces, and figures in them, that were counted again.
    pub weeks: usize,
    pub figures: usize,
    /// Figures of an older version of their formula, and figures about visits that are forgotten.
    pub other_version: usize,
    pub forgotten: usize,
    /// What differs: space, week, metric and part, published and counted again.
    pub differs: Vec<String>,
    /// Weeks between others that were sealed of which nothing is there.
    pub missing: Vec<String>,
    /// Sealed weeks whose stored figures do not give their hash: somebody changed what was published.
    pub altered: Vec<String>,
}

impl Report {
    pub fn is_sound(&self) -> bool {
        self.differs.is_empty() && self.altered.is_empty() && self.missing.is_empty()
    }
}

/// A sealed week: its space, when it was sealed, its hash, its version, and under which thresholds.
type Sealed = (i64, Week, Moment, String, i64, (i64, i64, i64));

/// What a space added to the sums of the forum, under which thresholds; nothing where its totals were hidden.
type Added = (Thresholds, Option<BTreeMap<Week, Posts>>);

/// Folds, kept as long as no correction touches them.
struct Recount {
    corrections: Vec<Corrected>,
    facts: BTreeMap<Week, Vec<Fact>>,
    folded: BTreeMap<Week, Folded>,
    /// The first contribution of each in each week that was folded.
    firsts: HashMap<(i64, i64), BTreeMap<Week, i64>>,
    as_of: Moment,
    /// The newest week that was folded for the first contributions.
    reached: Option<Week>,
}

pub fn verify(store: &Store) -> Result<Report> {
    store.read(&Viewer::system("figures"), |cx| {
        let common = Common::read(cx.conn())?;
        let mut report = Report::default();
        let sealed: Vec<Sealed> = sealed_weeks::table
            // The forum after its spaces, of which it is told.
            .order((
                sealed_weeks::sealed_at,
                sealed_weeks::week,
                sealed_weeks::space_id.desc(),
            ))
            .select((
                sealed_weeks::space_id,
                sealed_weeks::week,
                sealed_weeks::sealed_at,
                sealed_weeks::hash,
                sealed_weeks::version,
                (
                    sealed_weeks::least_people,
                    sealed_weeks::least_contributors,
                    sealed_weeks::most_share,
                ),
            ))
            .load(cx.conn())?;
        let Some(begin) = log::beginning(cx.conn())? else {
            return Ok(report);
        };
        report.missing = missing(&common, &sealed)?;
        let mut recount = Recount {
            corrections: log::corrections(cx.conn())?,
            facts: BTreeMap::new(),
            folded: BTreeMap::new(),
            firsts: HashMap::new(),
            as_of: Moment(0),
            reached: None,
        };
        let mut adds: BTreeMap<(Moment, Week, i64), Added> = BTreeMap::new();
        let first_week = common.calendar.week(begin);
        let this_week = common.calendar.week(cx.now());
        for (space, week, as_of, hash, version, (people, contributors, top_share)) in sealed {
            recount.go_to(cx, &common, as_of, first_week, week, this_week)?;
            let mut ground = recount.ground(&common, space, week)?;
            let published = work::stored(cx, space, week, Series::Published)?;
            report.weeks += 1;
            if work::hash_of(&published) != hash {
                report.altered.push(format!("space {space}, {}", week::name(week)?));
            }
            let thresholds = Thresholds {
                people,
                contributors,
                top_share,
            };
            if version != work::SEAL_VERSION {
                report.other_version += published.len();
                continue;
            }
            if space == FORUM {
                let mut summed = Summed::default();
                for other in common.begun(week) {
                    let key = (as_of, week, other);
                    // A space that was sealed at another moment is looked at as of this one.
                    if !adds.get(&key).is_some_and(|(by, _)| *by == thresholds) {
                        let sight = Sight::new(recount.ground(&common, other, week)?)?;
                        adds.insert(key, (thresholds, sight.adds(thresholds)));
                    }
                    summed.add(other, adds.get(&key).and_then(|(_, posts)| posts.as_ref()));
                }
                adds.clear();
                ground.summed = Some(summed);
            }
            let sight = Sight::new(ground)?;
            if space != FORUM {
                adds.insert((as_of, week, space), (thresholds, sight.adds(thresholds)));
            }
            let again = catalogue::measure(&sight, thresholds);
            let blind = !states::knows_days(week, this_week);
            compare(&mut report, (space, week), &work::figures_of(&published), &again, blind)?;
        }
        Ok(report)
    })
}

/// Weeks of a space, since its launch and until the forum was sealed last, of which no seal is there. The forum is sealed
/// after its spaces.
fn missing(common: &Common, sealed: &[Sealed]) -> Result<Vec<String>> {
    let there: BTreeSet<(i64, Week)> = sealed.iter().map(|one| (one.0, one.1)).collect();
    let Some(last) = sealed.iter().filter(|one| one.0 == FORUM).map(|one| one.1).max() else {
        return Ok(Vec::new());
    };
    let mut gone = Vec::new();
    for (space, launch) in &common.launches {
        for week in (*launch..=last).filter(|week| !there.contains(&(*space, *week))) {
            gone.push(format!("space {space}, {}", week::name(week)?));
        }
    }
    Ok(gone)
}

fn compare(
    report: &mut Report,
    (space, week): (i64, Week),
    published: &[super::metric::Figure],
    again: &[super::metric::Figure],
    blind: bool,
) -> Result<()> {
    let key = |figure: &super::metric::Figure| (figure.metric, figure.part.clone());
    let now: BTreeMap<_, _> = again.iter().map(|figure| (key(figure), figure)).collect();
    for figure in published {
        let Some(metric) = catalogue::find(figure.metric) else {
            report.other_version += 1;
            continue;
        };
        if metric.version != figure.version {
            report.other_version += 1;
        } else if work::counts_visits(figure) && (blind || figure.numerator.is_none() && figure.value.is_none()) {
            report.forgotten += 1;
        } else {
            report.figures += 1;
            let counted = now.get(&key(figure)).copied();
            if !counted.is_some_and(|counted| agree(counted, figure)) {
                report.differs.push(format!(
                    "space {space}, {}, {} {}: published {:?}, counted again {:?}",
                    week::name(week)?,
                    figure.metric,
                    figure.part,
                    (figure.numerator, figure.denominator, figure.value),
                    counted.map(|figure| (figure.numerator, figure.denominator, figure.value)),
                ));
            }
        }
    }
    let known: BTreeSet<_> = published.iter().map(key).collect();
    for figure in again.iter().filter(|figure| !known.contains(&key(figure))) {
        if published.iter().any(|one| one.metric == figure.metric) && !(blind && work::counts_visits(figure)) {
            report.differs.push(format!(
                "space {space}, {}, {} {}: not published, counted again {:?}",
                week::name(week)?,
                figure.metric,
                figure.part,
                (figure.numerator, figure.denominator, figure.value),
            ));
        }
    }
    Ok(())
}

/// Counts to the last one (whether a figure is shown follows from thresholds that may be others today, and is held
/// by the hash); what is divided or taken the logarithm of, to the last digits, in which machines may
/// differ.
fn agree(one: &super::metric::Figure, other: &super::metric::Figure) -> bool {
    let near = match (one.value, other.value) {
        (Some(one), Some(other)) => (one - other).abs() <= 1e-12 * one.abs().max(1.0),
        (None, None) => true,
        _ => false,
    };
    near && (one.numerator, one.denominator, one.people) == (other.numerator, other.denominator, other.people)
}

impl Recount {
    /// Knows what was known at a moment, about the weeks until `week`.
    fn go_to(
        &mut self,
        cx: &mut Cx<'_>,
        common: &Common,
        as_of: Moment,
        first: Week,
        week: Week,
        this_week: Week,
    ) -> Result<()> {
        if as_of != self.as_of {
            let fresh: BTreeSet<i64> = self
                .corrections
                .iter()
                .filter(|one| one.at >= self.as_of.min(as_of) && one.at < self.as_of.max(as_of))
                .map(|one| one.topic)
                .collect();
            let topics: Vec<i64> = fresh.into_iter().collect();
            for few in topics.chunks(200) {
                for facts in log::facts_of(cx.conn(), few, as_of)?.values() {
                    for week in fold::touched(facts, |at| common.calendar.week(at)) {
                        self.folded.remove(&week);
                        if self.reached.is_some_and(|reached| week <= reached) {
                            self.fold(cx, common, as_of, week, this_week)?;
                        }
                    }
                }
            }
            // The week of the seal before was known in part.
            let whole_until = common.calendar.week(self.as_of.min(as_of));
            self.facts.retain(|week, _| *week < whole_until);
            self.as_of = as_of;
        }
        let from = self.reached.map_or(first, |reached| reached + 1);
        for next in from..=week {
            self.fold(cx, common, as_of, next, this_week)?;
            self.reached = Some(next);
        }
        for next in (week - DEPTH + 1).max(first)..=week {
            if !self.folded.contains_key(&next) {
                self.fold(cx, common, as_of, next, this_week)?;
            }
        }
        for next in (week - DEPTH + 1).max(first)..=common.calendar.week(as_of) {
            if let std::collections::btree_map::Entry::Vacant(place) = self.facts.entry(next) {
                let until = common.calendar.end(next)?.min(as_of);
                place.insert(log::facts(cx.conn(), common.calendar.start(next)?, until)?);
            }
        }
        // What lies behind is not asked for again.
        let oldest = week - DEPTH - 8;
        self.facts.retain(|week, _| *week >= oldest);
        self.folded.retain(|week, _| *week >= oldest);
        Ok(())
    }

    fn fold(&mut self, cx: &mut Cx<'_>, common: &Common, as_of: Moment, week: Week, this_week: Week) -> Result<()> {
        let facts = log::facts(cx.conn(), common.calendar.start(week)?, common.calendar.end(week)?)?;
        let known = log::known_before(&self.corrections, as_of);
        let seen = log::seen(cx.conn(), week)?;
        let mut folded = fold::week(facts, seen, &known, &common.calendar.days(week)?);
        if week < this_week - states::DAYS_KEPT_WEEKS {
            work::keep_seen(&mut folded, &states::load_week(cx, week)?);
        }
        for firsts in self.firsts.values_mut() {
            firsts.remove(&week);
        }
        for (key, counts) in &folded.members {
            if let Some(at) = counts.first_at {
                self.firsts.entry(*key).or_default().insert(week, at);
            }
        }
        self.folded.insert(week, folded);
        Ok(())
    }

    fn ground(&self, common: &Common, space: i64, week: Week) -> Result<Ground> {
        let mut ground = common.ground(space, week)?;
        ground.fill(&self.folded);
        let firsts: BTreeMap<i64, Moment> = self
            .firsts
            .iter()
            .filter(|((of, _), _)| *of == space)
            .filter_map(|((_, who), weeks)| Some((*who, Moment(*weeks.values().min()?))))
            .collect();
        ground.firsts = Arc::new(firsts);
        let known = log::known_before(&self.corrections, self.as_of);
        let mut topics: BTreeMap<i64, Vec<Fact>> = BTreeMap::new();
        for fact in self.facts.values().flatten() {
            topics.entry(fact.topic).or_default().push(*fact);
        }
        let (from, until) = (common.calendar.start(week - DEPTH + 1)?, common.calendar.end(week)?);
        ground.topics = topics
            .into_values()
            .filter_map(|facts| fold::topic(facts, &known))
            .filter(|topic| topic.started_at >= from && topic.started_at < until)
            .filter(|topic| space == FORUM || topic.space == space)
            .collect();
        if quarter::ends(&ground) {
            ground.evidence = quarter::gather_from(&ground, &known, &self.facts)?;
        }
        Ok(ground)
    }
}
