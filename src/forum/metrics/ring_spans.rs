//! Rings of each person over time, kept as they were when a week was sealed, for themself alone: a row where the ring
//! changed. Nothing here is worked out again later, as nothing that was published is.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::sight::Ring;
use super::states::{self, WEEKS_KEPT};
use super::week::Week;
use crate::access::{Cx, Store, Viewer};
use crate::db::conn::each_backend;
use crate::db::schema::ring_spans;
use crate::refusal::{Refusal, Result};

/// Rows of one write: a few milliseconds.
const FEW: usize = 400;

/// Keeps what changed in a week that is sealed; twice comes to the same.
pub(super) fn keep(store: &Store, space: i64, week: Week, now: &BTreeMap<i64, Ring>) -> Result<()> {
    let before: BTreeMap<i64, (Week, String)> = store.read(&Viewer::system("figures"), |cx| {
        Ok(ring_spans::table
            .filter(ring_spans::space_id.eq(space))
            .filter(ring_spans::until_week.is_null())
            .select((ring_spans::account_id, ring_spans::from_week, ring_spans::ring))
            .load::<(i64, Week, String)>(cx.conn())?
            .into_iter()
            .map(|(who, from, ring)| (who, (from, ring)))
            .collect())
    })?;
    let ended: Vec<i64> = before
        .iter()
        .filter(|(who, (from, ring))| *from < week && now.get(who).is_none_or(|now| now.word() != *ring))
        .map(|(who, _)| *who)
        .collect();
    let begun: Vec<(i64, Ring)> = now
        .iter()
        .filter(|(who, ring)| {
            before
                .get(who)
                .is_none_or(|(from, was)| *from < week && *was != ring.word())
        })
        .map(|(who, ring)| (*who, *ring))
        .collect();
    for few in ended.chunks(FEW) {
        states::keep(store, |tx| {
            diesel::update(
                ring_spans::table
                    .filter(ring_spans::space_id.eq(space))
                    .filter(ring_spans::until_week.is_null())
                    .filter(ring_spans::from_week.lt(week))
                    .filter(ring_spans::account_id.eq_any(few)),
            )
            .set(ring_spans::until_week.eq(week))
            .execute(tx.conn())?;
            Ok(())
        })?;
    }
    for few in begun.chunks(FEW) {
        states::keep(store, |tx| {
            let rows: Vec<_> = few
                .iter()
                .map(|(who, ring)| {
                    (
                        ring_spans::space_id.eq(space),
                        ring_spans::account_id.eq(*who),
                        ring_spans::from_week.eq(week),
                        ring_spans::ring.eq(ring.word()),
                    )
                })
                .collect();
            each_backend!(tx.conn(), c => diesel::insert_into(ring_spans::table)
                .values(&rows).on_conflict_do_nothing().execute(c))?;
            Ok(())
        })?;
    }
    let oldest = week - WEEKS_KEPT;
    states::keep(store, |tx| {
        diesel::delete(
            ring_spans::table
                .filter(ring_spans::space_id.eq(space))
                .filter(ring_spans::until_week.lt(oldest)),
        )
        .execute(tx.conn())?;
        Ok(())
    })
}

/// A ring that somebody was in: the space (0: the forum), from which week on, and the first week of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub space: i64,
    pub from: Week,
    pub until: Option<Week>,
    pub ring: Ring,
}

/// Mine, the oldest first.
pub(super) fn mine(cx: &mut Cx<'_>) -> Result<Vec<Span>> {
    let me = cx.me()?.id;
    ring_spans::table
        .filter(ring_spans::account_id.eq(me.0))
        .order((ring_spans::space_id, ring_spans::from_week))
        .select((
            ring_spans::space_id,
            ring_spans::from_week,
            ring_spans::until_week,
            ring_spans::ring,
        ))
        .load::<(i64, Week, Option<Week>, String)>(cx.conn())?
        .into_iter()
        .map(|(space, from, until, word)| {
            let ring = Ring::ALL
                .into_iter()
                .find(|ring| ring.word() == word)
                .ok_or_else(|| Refusal::broken(format!("there is no ring {word}")))?;
            Ok(Span {
                space,
                from,
                until,
                ring,
            })
        })
        .collect()
}
