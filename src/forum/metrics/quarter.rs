//! The evidence of a quarter, read from the log a week at a time so that it never stands in memory as a whole: of a
//! space for the metric, of one person for that person.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use super::evidence::{Evidence, Gatherer};
use super::fold::{self, Corrections, FORUM, Fact, TopicState};
use super::log;
use super::sight::Ground;
use super::week::{BLOCK, Calendar, QUARTER, Week};
use crate::access::Cx;
use crate::db::Conn;
use crate::db::schema::{boards, events, spaces};
use crate::db::types::Moment;
use crate::refusal::Result;

/// Boards that were there in the first 28 days of their space are its main themes: never derived from what is written.
const MAIN_DAYS: i64 = 28;

/// Whether a quarter of a space ends with a week.
pub(super) fn ends(ground: &Ground) -> bool {
    (ground.week - ground.launch + 1) % QUARTER == 0
}

pub(super) fn main_boards(conn: &mut Conn) -> Result<BTreeSet<i64>> {
    let all: Vec<(i64, Moment, Moment)> = boards::table
        .inner_join(spaces::table)
        .select((boards::id, boards::created_at, spaces::created_at))
        .load(conn)?;
    Ok(all
        .into_iter()
        .filter(|(_, board, space)| *board < space.plus_days(MAIN_DAYS))
        .map(|one| one.0)
        .collect())
}

/// Of the thirteen weeks that end with the ground's, as of a moment.
pub(super) fn gather(
    cx: &mut Cx<'_>,
    ground: &Ground,
    corrections: &Corrections,
    as_of: Moment,
) -> Result<BTreeMap<i64, Evidence>> {
    let moved = corrections.moved_to(ground.space);
    let mut gatherer = Gatherer::new(ground.space, corrections, known(ground), None);
    for week in ground.week - QUARTER + 1..=ground.week {
        let (from, until) = (ground.calendar.start(week)?, ground.calendar.end(week)?.min(as_of));
        let mut facts = if ground.space == FORUM {
            log::facts(cx.conn(), from, until)?
        } else {
            log::facts_in(cx.conn(), ground.space, from, until)?
        };
        for few in moved.chunks(200) {
            let there = log::facts_of(cx.conn(), few, until)?;
            facts.extend(there.into_values().flatten().filter(|fact| fact.at >= from));
        }
        let facts: Vec<Fact> = fold::in_order(facts).collect();
        gatherer.take(&facts, week, |fact| ground.calendar.day(fact.at));
    }
    done(gatherer, ground)
}

/// The same of facts that are at hand, by week.
pub(super) fn gather_from(
    ground: &Ground,
    corrections: &Corrections,
    facts: &BTreeMap<Week, Vec<Fact>>,
) -> Result<BTreeMap<i64, Evidence>> {
    let mut gatherer = Gatherer::new(ground.space, corrections, known(ground), None);
    for (week, facts) in facts.range(ground.week - QUARTER + 1..=ground.week) {
        let facts: Vec<Fact> = fold::in_order(facts.iter().copied()).collect();
        gatherer.take(&facts, *week, |fact| ground.calendar.day(fact.at));
    }
    done(gatherer, ground)
}

/// Topics of guests are of their spaces only, as everywhere.
fn known(ground: &Ground) -> impl Iterator<Item = &TopicState> {
    ground
        .topics
        .iter()
        .filter(|topic| ground.space != FORUM || ground.spans.contains_key(&topic.starter))
}

fn done(gatherer: Gatherer<'_>, ground: &Ground) -> Result<BTreeMap<i64, Evidence>> {
    let since = ground.calendar.start(ground.week - QUARTER + 1)?;
    Ok(gatherer.done(|topic| topic.started_at >= since && ground.newcomer(topic)))
}

/// What one person did in a space in this week and the twelve before, as it is known now.
pub(super) fn of_one(
    cx: &mut Cx<'_>,
    who: i64,
    space: i64,
    newcomer: impl Fn(&TopicState) -> bool,
) -> Result<Evidence> {
    let now = cx.now();
    let calendar = Calendar::read(cx.conn())?;
    let last = calendar.week(now);
    let since = calendar.start(last - QUARTER + 1)?;
    let topics: Vec<i64> = events::table
        .filter(events::actor_id.eq(who))
        .filter(events::at.ge(calendar.start(last - QUARTER - BLOCK + 1)?))
        .filter(events::space_id.eq(space))
        .filter(events::topic_id.is_not_null())
        .select(events::topic_id.assume_not_null())
        .distinct()
        .load(cx.conn())?;
    let corrections = log::known_before(&log::corrections_of(cx.conn(), &topics)?, now);
    let mut facts: Vec<Fact> = Vec::new();
    for few in topics.chunks(200) {
        facts.extend(log::facts_of(cx.conn(), few, now)?.into_values().flatten());
    }
    let mut by_topic: BTreeMap<i64, Vec<Fact>> = BTreeMap::new();
    for fact in &facts {
        by_topic.entry(fact.topic).or_default().push(*fact);
    }
    let states: Vec<TopicState> = by_topic
        .into_values()
        .filter_map(|facts| fold::topic(facts, &corrections))
        .collect();
    let mut gatherer = Gatherer::new(space, &corrections, &states, Some(who));
    let mut weeks: BTreeMap<Week, Vec<Fact>> = BTreeMap::new();
    for fact in facts.into_iter().filter(|fact| fact.at >= since) {
        weeks.entry(calendar.week(fact.at)).or_default().push(fact);
    }
    for (week, facts) in weeks {
        let facts: Vec<Fact> = fold::in_order(facts).collect();
        gatherer.take(&facts, week, |fact| calendar.day(fact.at));
    }
    let mut found = gatherer.done(|topic| topic.started_at >= since && newcomer(topic));
    // Who did nothing here did nothing.
    Ok(found.remove(&who).unwrap_or_default())
}
