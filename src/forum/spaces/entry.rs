//! Entering a space that one does not belong to: by giving a reason, for at most an hour. Whoever enters
//! reads and does nothing; it is written in the log of the space and in the audit, and its members are told.

use diesel::prelude::*;

use super::find::SpaceRow;
use crate::access::{Cx, May, Seen, Tx, Verb, deed};
use crate::db::dialect;
use crate::db::schema::entries;
use crate::db::types::Moment;
use crate::event::Event;
use crate::forum::moderation;
use crate::ids::SpaceId;
use crate::kinds::JobKind;
use crate::refusal::{Problems, Refusal, Result};

/// Minutes that an entry lasts at most.
pub const MOST_MINUTES: i64 = 60;

/// A space whose card the viewer may see, to enter it.
pub fn find_to_enter(cx: &mut Cx<'_>, id: SpaceId) -> Result<Seen<SpaceRow>> {
    let row = super::find::row(cx, id)?;
    Seen::look_as(cx.viewer(), row, Verb::SeeCard)
}

/// Enters. `minutes`: 1 to 60.
pub fn enter(tx: &mut Tx<'_>, space: &May<deed::Enter, SpaceRow>, reason: &str, minutes: i64) -> Result<()> {
    let reason = reason.trim();
    let mut problems = Problems::default();
    if !(10..=500).contains(&reason.chars().count()) {
        problems.add("reason", "problem-enter-reason");
    }
    if !(1..=MOST_MINUTES).contains(&minutes) {
        problems.add("minutes", "problem-enter-minutes");
    }
    problems.check()?;
    let (me, now) = (tx.me()?.id, tx.now());
    // Pressed twice, it is one entry.
    dialect::hold(tx.conn(), "accounts", me.0)?;
    if my_entry(tx, space.id)?.is_some() {
        return Ok(());
    }
    let entry: i64 = diesel::insert_into(entries::table)
        .values((
            entries::space_id.eq(space.id),
            entries::account_id.eq(me),
            entries::reason.eq(reason),
            entries::entered_at.eq(now),
            entries::until.eq(now.plus_seconds(minutes * 60)),
        ))
        .returning(entries::id)
        .get_result(tx.conn())?;
    moderation::log_entry(tx, space, reason)?;
    tx.record(&Event::SpaceEntered {
        space: space.id,
        entry,
        minutes,
    })?;
    tx.access_moved();
    Ok(())
}

/// Leaves before the time is over.
pub fn leave_early(tx: &mut Tx<'_>, space: SpaceId) -> Result<()> {
    let (me, now) = (tx.me()?.id, tx.now());
    let left = diesel::update(
        entries::table
            .filter(entries::space_id.eq(space))
            .filter(entries::account_id.eq(me))
            .filter(entries::left_at.is_null())
            .filter(entries::until.gt(now)),
    )
    .set(entries::left_at.eq(Some(now)))
    .execute(tx.conn())?;
    if left == 0 {
        return Err(Refusal::NotFound);
    }
    tx.record(&Event::SpaceLeftEarly { space })?;
    tx.access_moved();
    Ok(())
}

/// The viewer's own open entry into a space: why, and until when.
pub fn my_entry(cx: &mut Cx<'_>, space: SpaceId) -> Result<Option<(String, Moment)>> {
    let (Some(me), now) = (cx.viewer().id(), cx.now()) else {
        return Ok(None);
    };
    Ok(entries::table
        .filter(entries::space_id.eq(space))
        .filter(entries::account_id.eq(me))
        .filter(entries::left_at.is_null())
        .filter(entries::until.gt(now))
        .order(entries::until.desc())
        .select((entries::reason, entries::until))
        .first(cx.conn())
        .optional()?)
}

/// The reason of an entry, for those who are told of it.
pub(crate) fn reason_of(cx: &mut Cx<'_>, entry: i64) -> Result<String> {
    Ok(entries::table.find(entry).select(entries::reason).first(cx.conn())?)
}

/// What was read during entries that are over leaves no trace with whoever read it.
pub(crate) fn sweep(tx: &mut Tx<'_>) -> Result<()> {
    let now = tx.now();
    let over: Vec<(i64, SpaceId)> = entries::table
        .filter(entries::swept.eq(false))
        .filter(entries::until.le(now).or(entries::left_at.is_not_null()))
        .select((entries::id, entries::space_id))
        .limit(100)
        .load(tx.conn())?;
    for (id, space) in over {
        tx.ask_for(JobKind::EndAccess, space.0)?;
        diesel::update(entries::table.find(id))
            .set(entries::swept.eq(true))
            .execute(tx.conn())?;
    }
    Ok(())
}
