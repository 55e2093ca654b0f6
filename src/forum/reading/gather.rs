//! What was read and who visited, in memory, until the worker writes it. A crash may lose the last
//! seconds of this, and of nothing else.

use std::collections::{HashMap, HashSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use diesel::prelude::*;

use super::ranges::Ranges;
use crate::access::Tx;
use crate::db::conn::each_backend;
use crate::db::schema::{day_reads, list_choices, readings, sessions, space_days, topics, visits};
use crate::event::Event;
use crate::forum::metrics::week::Calendar;
use crate::ids::{AccountId, SessionId, SpaceId, TopicId};
use crate::refusal::Result;

#[derive(Debug, Default)]
pub struct Gathered {
    inner: Mutex<Inner>,
    /// How often readings were written.
    written: AtomicU64,
}

#[derive(Debug, Default)]
struct Inner {
    reads: HashMap<(AccountId, TopicId), Ranges>,
    visits: HashSet<AccountId>,
    sessions: HashSet<SessionId>,
    /// Nobody's: who searched is kept nowhere.
    searches: Vec<Event>,
}

/// More searches than this wait for nobody: the newest are dropped and no page is slower for it.
const MOST_SEARCHES: usize = 10_000;

impl Gathered {
    /// Goes up whenever readings were written: what was counted before is stale.
    pub fn written(&self) -> u64 {
        self.written.load(Ordering::Acquire)
    }

    fn inner(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    pub fn read(&self, who: AccountId, topic: TopicId, numbers: impl IntoIterator<Item = i64>) {
        let mut inner = self.inner();
        let ranges = inner.reads.entry((who, topic)).or_default();
        for number in numbers {
            ranges.add(number, number);
        }
    }

    pub fn visited(&self, who: AccountId, session: Option<SessionId>) {
        let mut inner = self.inner();
        inner.visits.insert(who);
        inner.sessions.extend(session);
    }

    pub fn searched(&self, event: Event) {
        let mut inner = self.inner();
        if inner.searches.len() < MOST_SEARCHES {
            inner.searches.push(event);
        }
    }

    /// What this person has read in a topic and is not written yet.
    pub fn waiting(&self, who: AccountId, topic: TopicId) -> Ranges {
        self.inner().reads.get(&(who, topic)).cloned().unwrap_or_default()
    }

    pub fn is_empty(&self) -> bool {
        let inner = self.inner();
        inner.reads.is_empty() && inner.visits.is_empty() && inner.sessions.is_empty() && inner.searches.is_empty()
    }

    /// Writes all of it in one transaction. What could not be written stays for the next time.
    pub fn write(&self, store: &crate::access::Store, viewer: &std::sync::Arc<crate::access::Viewer>) -> Result<()> {
        let (reads, visits, sessions, searches) = {
            let inner = self.inner();
            (
                inner.reads.clone(),
                inner.visits.clone(),
                inner.sessions.clone(),
                inner.searches.clone(),
            )
        };
        store.write(viewer, crate::event::Source::System, |tx| {
            let today = Calendar::read(tx.conn())?.day(tx.now());
            let read: HashSet<TopicId> = reads.keys().map(|(_, topic)| *topic).collect();
            let spaces: HashMap<TopicId, SpaceId> = topics::table
                .filter(topics::id.eq_any(read))
                .select((topics::id, topics::space_id))
                .load::<(TopicId, SpaceId)>(tx.conn())?
                .into_iter()
                .collect();
            let readers: HashSet<AccountId> = reads.keys().map(|(who, _)| *who).collect();
            let suggested: HashSet<AccountId> = list_choices::table
                .filter(list_choices::account_id.eq_any(readers))
                .filter(list_choices::suggestions_at.is_not_null())
                .select(list_choices::account_id)
                .load::<AccountId>(tx.conn())?
                .into_iter()
                .collect();
            for ((who, topic), ranges) in &reads {
                if keep(tx, *who, *topic, ranges)?
                    && let Some(space) = spaces.get(topic)
                {
                    keep_day(tx, *who, *space, today)?;
                    if suggested.contains(who) {
                        keep_topic(tx, *who, *topic, today)?;
                    }
                }
            }
            for who in &visits {
                let row = (visits::account_id.eq(*who), visits::day.eq(today));
                each_backend!(tx.conn(), c => diesel::insert_into(visits::table)
                    .values(row).on_conflict_do_nothing().execute(c))?;
            }
            let now = tx.now();
            for session in &sessions {
                diesel::update(sessions::table.find(*session))
                    .set(sessions::seen_at.eq(now))
                    .execute(tx.conn())?;
            }
            for event in &searches {
                tx.record(event)?;
            }
            Ok(())
        })?;
        if !reads.is_empty() {
            self.written.fetch_add(1, Ordering::Release);
        }
        let mut inner = self.inner();
        inner.searches.drain(..searches.len());
        for (key, written) in reads {
            if inner.reads.get(&key) == Some(&written) {
                inner.reads.remove(&key);
            }
        }
        inner.visits.retain(|who| !visits.contains(who));
        inner.sessions.retain(|session| !sessions.contains(session));
        Ok(())
    }
}

/// Records that the viewer was here on the day of this deed: for what tells of the past. Today's
/// visits are gathered.
pub fn visited_on(tx: &mut Tx<'_>) -> Result<()> {
    let day = Calendar::read(tx.conn())?.day(tx.now());
    let row = (visits::account_id.eq(tx.me()?.id), visits::day.eq(day));
    each_backend!(tx.conn(), c => diesel::insert_into(visits::table)
        .values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

/// Records that the viewer read in a space on these days: for what tells of the past.
pub fn read_on(tx: &mut Tx<'_>, space: SpaceId, days: &[i64]) -> Result<()> {
    let who = tx.me()?.id;
    for day in days {
        let visit = (visits::account_id.eq(who), visits::day.eq(*day));
        each_backend!(tx.conn(), c => diesel::insert_into(visits::table)
            .values(visit).on_conflict_do_nothing().execute(c))?;
        let row = (
            space_days::account_id.eq(who),
            space_days::space_id.eq(space),
            space_days::day.eq(*day),
        );
        each_backend!(tx.conn(), c => diesel::insert_into(space_days::table)
            .values(row).on_conflict_do_nothing().execute(c))?;
    }
    Ok(())
}

/// In which space somebody read on a day is kept for 13 weeks.
fn keep_day(tx: &mut Tx<'_>, who: AccountId, space: SpaceId, today: i64) -> Result<()> {
    let row = (
        space_days::account_id.eq(who),
        space_days::space_id.eq(space),
        space_days::day.eq(today),
    );
    each_backend!(tx.conn(), c => diesel::insert_into(space_days::table)
        .values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

/// Which topic, for 28 days, of whoever asked for suggestions and of nobody else.
fn keep_topic(tx: &mut Tx<'_>, who: AccountId, topic: TopicId, today: i64) -> Result<()> {
    let row = (
        day_reads::account_id.eq(who),
        day_reads::topic_id.eq(topic),
        day_reads::day.eq(today),
    );
    each_backend!(tx.conn(), c => diesel::insert_into(day_reads::table)
        .values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

/// Adds ranges to what somebody has read of a topic; whether the topic is still there.
pub(super) fn keep(tx: &mut Tx<'_>, who: AccountId, topic: TopicId, more: &Ranges) -> Result<bool> {
    let exists: Option<TopicId> = topics::table
        .find(topic)
        .select(topics::id)
        .first(tx.conn())
        .optional()?;
    if exists.is_none() {
        return Ok(false);
    }
    let present: Option<String> = readings::table
        .find((who, topic))
        .select(readings::ranges)
        .first(tx.conn())
        .optional()?;
    let mut ranges = present.as_deref().map(Ranges::parse).unwrap_or_default();
    ranges.merge(more);
    let first_new = super::unread::first_new_number(tx, who, topic)?;
    let row = (
        readings::account_id.eq(who),
        readings::topic_id.eq(topic),
        readings::ranges.eq(ranges.text()),
        readings::through.eq(ranges.through(first_new)),
    );
    each_backend!(tx.conn(), c => diesel::insert_into(readings::table)
        .values(row)
        .on_conflict((readings::account_id, readings::topic_id))
        .do_update()
        .set((
            readings::ranges.eq(diesel::upsert::excluded(readings::ranges)),
            readings::through.eq(diesel::upsert::excluded(readings::through)),
        ))
        .execute(c))?;
    Ok(true)
}

/// What was read of posts that went to another topic is read there, under their new numbers: pairs of
/// the number before and the number after.
pub fn carry(tx: &mut Tx<'_>, from: TopicId, to: TopicId, numbers: &[(i64, i64)]) -> Result<()> {
    let rows: Vec<(AccountId, String)> = readings::table
        .filter(readings::topic_id.eq(from))
        .select((readings::account_id, readings::ranges))
        .load(tx.conn())?;
    for (who, text) in rows {
        let before = Ranges::parse(&text);
        let mut after = Ranges::default();
        for (_, number) in numbers.iter().filter(|(number, _)| before.contains(*number)) {
            after.add(*number, *number);
        }
        if after != Ranges::default() {
            keep(tx, who, to, &after)?;
        }
    }
    Ok(())
}
