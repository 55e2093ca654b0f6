//! What was brought in from elsewhere, looked at as if it had been written here: the same folds, the same look and the
//! same formulas, over the events of imports alone, each at the moment at which it was written. Its figures are a
//! series of their own (`history`), which no other telling reads. Who wrote belongs from then on; nobody else does,
//! because nothing else is known of them. Not here: what an import says without a moment and a person, such as thanks.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use diesel::prelude::*;
use sha2::{Digest as _, Sha256};

use super::catalogue;
use super::fold::{self, Corrections, FORUM, Fact, Folded, TopicState};
use super::hours::{Hours, Office};
use super::log::{self, Corrected, Spans};
use super::metric::{Figure, Thresholds};
use super::rules::{self, Index};
use super::sight::{DEPTH, Ground, Sight, Summed};
use super::states;
use super::week::{BLOCK, Calendar, QUARTER, Week};
use super::work::{self, Series};
use crate::access::{Cx, Store, Viewer};
use crate::db::conn::each_backend;
use crate::db::schema::{figures, histories};
use crate::db::types::Moment;
use crate::refusal::Result;

/// One history: of which space, until which event, by which rules, of which facts, and whether all of it is over.
type Told = (i64, i64, String, String, bool);

/// Counts anew the history of every space in which something was brought in, or put right, since the last time. Gives
/// how many week ends were told.
pub(super) fn bring_up(
    store: &Store,
    calendar: &Calendar,
    as_of: Moment,
    corrections: &[Corrected],
    thresholds: Thresholds,
) -> Result<usize> {
    let hours = store.read(&Viewer::system("figures"), |cx| rules::current::<Hours>(cx.conn()))?;
    let rules = told_by(thresholds, calendar, hours.version);
    let found = store.read(&Viewer::system("figures"), |cx| {
        let Some(newest) = log::newest_brought_in(cx.conn())? else {
            return Ok(None);
        };
        let newest = corrections.iter().map(|one| one.event).fold(newest, i64::max);
        let told: BTreeMap<i64, Told> = histories::table
            .load::<Told>(cx.conn())?
            .into_iter()
            .map(|one| (one.0, one))
            .collect();
        let known = told
            .get(&FORUM)
            .is_some_and(|(_, until, by, _, whole)| (*until, by, *whole) == (newest, &rules, true));
        if known {
            return Ok(None);
        }
        Ok(Some((newest, told, log::brought_in(cx.conn(), as_of)?)))
    })?;
    let Some((newest, told, facts)) = found else {
        return Ok(0);
    };
    let known = log::known_before(corrections, as_of);
    let past = Past::of(facts, &known, calendar, Office::new(calendar.clone(), &hours.numbers))?;
    let this_week = calendar.week(as_of);
    let mut count = 0;
    let mut spaces: BTreeSet<i64> = past.spaces.keys().copied().collect();
    // Where something was and is no more.
    spaces.extend(told.keys());
    for space in spaces {
        let (weeks, whole) = past.week_ends(space, this_week);
        let facts = past.hash(space);
        let before = told.get(&space);
        let same = before.is_some_and(|(_, _, by, of, over)| (by, of, *over, whole) == (&rules, &facts, true, true));
        if !same {
            count += weeks.len();
            past.tell(store, space, &weeks, thresholds)?;
        }
        keep(store, &(space, newest, rules.clone(), facts, whole))?;
    }
    Ok(count)
}

/// By what one history differs from another of the same events.
fn told_by(thresholds: Thresholds, calendar: &Calendar, hours: i64) -> String {
    let versions: Vec<String> = metrics()
        .map(|metric| format!("{} {}", metric.name, metric.version))
        .collect();
    format!(
        "{} {} {}; {}; hours {hours}; {}",
        thresholds.people,
        thresholds.contributors,
        thresholds.top_share,
        calendar.zone_name(),
        versions.join(", ")
    )
}

fn metrics() -> impl Iterator<Item = &'static super::metric::Metric> {
    catalogue::ALL
        .iter()
        .copied()
        .filter(|metric| catalogue::HISTORY.contains(&metric.name))
}

fn keep(store: &Store, (space, until, rules, facts, whole): &Told) -> Result<()> {
    states::keep(store, |tx| {
        diesel::delete(histories::table.find(space)).execute(tx.conn())?;
        let row = (
            histories::space_id.eq(space),
            histories::until.eq(until),
            histories::rules.eq(rules),
            histories::facts.eq(facts),
            histories::whole.eq(whole),
        );
        // The other node may have been faster, and came to the same.
        each_backend!(tx.conn(), c => diesel::insert_into(histories::table)
            .values(row).on_conflict_do_nothing().execute(c))?;
        Ok(())
    })
}

/// Everything that was brought in, folded.
struct Past<'a> {
    calendar: &'a Calendar,
    office: Office,
    folded: BTreeMap<Week, Folded>,
    /// The oldest first.
    topics: Vec<TopicState>,
    spaces: BTreeMap<i64, One>,
}

/// What was brought in to one space, or in all.
#[derive(Default)]
struct One {
    facts: Vec<Fact>,
    first: Option<Week>,
    last: Option<Week>,
    firsts: Arc<BTreeMap<i64, Moment>>,
    spans: Arc<BTreeMap<i64, Spans>>,
}

impl<'a> Past<'a> {
    fn of(facts: Vec<Fact>, known: &Corrections, calendar: &'a Calendar, office: Office) -> Result<Self> {
        let mut weeks: BTreeMap<Week, Vec<Fact>> = BTreeMap::new();
        let mut of_topics: BTreeMap<i64, Vec<Fact>> = BTreeMap::new();
        let mut spaces: BTreeMap<i64, One> = BTreeMap::new();
        for mut fact in facts {
            // Where it counts, so that a topic that moves makes another history of the forum too.
            fact.space = known.space_of(&fact);
            let week = calendar.week(fact.at);
            weeks.entry(week).or_default().push(fact);
            of_topics.entry(fact.topic).or_default().push(fact);
            if known.is_away(fact.post) {
                continue;
            }
            for space in [FORUM, fact.space] {
                let one = spaces.entry(space).or_default();
                one.facts.push(fact);
                one.first = Some(one.first.map_or(week, |first| first.min(week)));
                one.last = Some(one.last.map_or(week, |last| last.max(week)));
            }
        }
        let mut folded = BTreeMap::new();
        for (week, facts) in weeks {
            folded.insert(week, fold::week(facts, [], known, &calendar.days(week)?));
        }
        for (space, one) in &mut spaces {
            let mut firsts: BTreeMap<i64, Moment> = BTreeMap::new();
            for fact in &one.facts {
                let first = firsts.entry(fact.actor).or_insert(fact.at);
                *first = (*first).min(fact.at);
            }
            let spans = firsts
                .iter()
                .map(|(who, at)| {
                    let mut spans = Spans::default();
                    spans.turn(*at, *space, true);
                    (*who, spans)
                })
                .collect();
            one.firsts = Arc::new(firsts);
            one.spans = Arc::new(spans);
        }
        let mut topics: Vec<TopicState> = of_topics
            .into_values()
            .filter_map(|facts| fold::topic(facts, known))
            .collect();
        topics.sort_by_key(|topic| (topic.started_at, topic.topic));
        Ok(Self {
            calendar,
            office,
            folded,
            topics,
            spaces,
        })
    }

    /// The ends of its blocks of four weeks and of its quarters, and whether the last of them is over.
    fn week_ends(&self, space: i64, this_week: Week) -> (Vec<Week>, bool) {
        let Some((first, last)) = self.spaces.get(&space).and_then(|one| one.first.zip(one.last)) else {
            return (Vec::new(), true);
        };
        // To the end of the block in which the last of it was written.
        let end = first + ((last - first) / BLOCK + 1) * BLOCK - 1;
        let ends = (first..=end.min(this_week - 1))
            .filter(|week| (week - first + 1) % BLOCK == 0 || (week - first + 1) % QUARTER == 0)
            .collect();
        (ends, end < this_week)
    }

    /// SHA-256 over what is counted of a space.
    fn hash(&self, space: i64) -> String {
        let mut digest = Sha256::new();
        // Of a space in which nothing is left there is nothing to hash.
        for fact in self.spaces.get(&space).into_iter().flat_map(|one| &one.facts) {
            digest.update(format!("{fact:?}\n"));
        }
        crate::access::door::hex(&digest.finalize())
    }

    fn ground(&self, space: i64, one: &One, week: Week) -> Result<Ground> {
        let mut ground = Ground {
            space,
            week,
            launch: one.first.unwrap_or(week),
            calendar: self.calendar.clone(),
            members: BTreeMap::new(),
            dyads: Vec::new(),
            spans: Arc::clone(&one.spans),
            firsts: Arc::clone(&one.firsts),
            topics: Vec::new(),
            // How many could take part there, nobody knows.
            audience: None,
            evidence: BTreeMap::new(),
            main: Arc::default(),
            // Of the past nobody knows when it was sealed: it goes by the hours of today.
            office: self.office.clone(),
            index: Index::default(),
            summed: None,
            hidden: Arc::default(),
        };
        ground.fill(&self.folded);
        let (from, until) = (self.calendar.start(week - DEPTH + 1)?, self.calendar.end(week)?);
        let begin = self.topics.partition_point(|topic| topic.started_at < from);
        let end = self.topics.partition_point(|topic| topic.started_at < until);
        ground.topics = self.topics[begin..end]
            .iter()
            .filter(|topic| space == FORUM || topic.space == space)
            .copied()
            .collect();
        Ok(ground)
    }

    /// What the sums of the forum are made of at the end of a week.
    fn summed(&self, week: Week, thresholds: Thresholds) -> Result<Summed> {
        let mut summed = Summed::default();
        for (space, one) in self.spaces.iter().filter(|(space, _)| **space != FORUM) {
            if one.first.is_some_and(|first| first <= week) {
                let sight = Sight::new(self.ground(*space, one, week)?)?;
                summed.add(*space, sight.adds(thresholds).as_ref());
            }
        }
        Ok(summed)
    }

    /// Writes the figures of these week ends, and removes those of all others.
    fn tell(&self, store: &Store, space: i64, weeks: &[Week], thresholds: Thresholds) -> Result<()> {
        if let Some(one) = self.spaces.get(&space) {
            let mut hidden = BTreeSet::new();
            for week in weeks {
                let mut ground = self.ground(space, one, *week)?;
                ground.hidden = Arc::new(hidden.clone());
                if space == FORUM {
                    ground.summed = Some(self.summed(*week, thresholds)?);
                }
                let sight = Sight::new(ground)?;
                if !sight.shows_totals(thresholds) {
                    hidden.insert(*week);
                }
                let figures: Vec<Figure> = catalogue::measure_some(&sight, thresholds, metrics())
                    .into_iter()
                    .filter(|figure| !work::counts_visits(figure))
                    .collect();
                states::keep(store, |tx| work::replace(tx, space, *week, Series::History, &figures))?;
            }
        }
        let stale: Vec<Week> = store.read(&Viewer::system("figures"), |cx| weeks_of(cx, space))?;
        for week in stale.into_iter().filter(|week| !weeks.contains(week)) {
            states::keep(store, |tx| work::replace(tx, space, week, Series::History, &[]))?;
        }
        Ok(())
    }
}

fn weeks_of(cx: &mut Cx<'_>, space: i64) -> Result<Vec<Week>> {
    Ok(figures::table
        .filter(figures::space_id.eq(space))
        .filter(figures::series.eq(Series::History))
        .select(figures::week)
        .distinct()
        .load(cx.conn())?)
}
