//! What one click does about an item: write to somebody, take it off with a reason, or say that it is done. Two who
//! act at once are told who was first.

use diesel::prelude::*;

use super::kinds::{Ended, Reason, WorkKind};
use super::list::Item;
use super::{choices, experts, make, notes};
use crate::access::{Cx, Tx};
use crate::db::schema::{accounts, spaces, work_items, work_notes};
use crate::db::types::Moment;
use crate::forum::metrics::hours::Office;
use crate::forum::people;
use crate::ids::AccountId;
use crate::kinds::Visibility;
use crate::refusal::{Problems, Refusal, Result};

/// Characters of a note.
const LONGEST: usize = 1_000;

/// A note as it was written.
#[derive(Debug, Clone)]
pub struct Note<'a> {
    pub to: AccountId,
    pub body: &'a str,
}

/// Writes to somebody because of an item; when it leaves. Of a topic that waits the item stays: it waits still.
pub fn note(tx: &mut Tx<'_>, item: &Item, note: &Note<'_>) -> Result<Moment> {
    let (me, now) = (tx.me()?.id, tx.now());
    if !item.kind.can_write() {
        return Err(Refusal::NotFound);
    }
    let body = note.body.trim();
    let mut problems = Problems::default();
    if body.is_empty() {
        problems.add("body", "problem-empty");
    }
    if body.chars().count() > LONGEST {
        problems.add("body", "problem-too-long");
    }
    let about = item.account.as_ref().map(|(id, _)| *id);
    // Of a topic that waits one asks those who know; otherwise one writes to the one it is about.
    let allowed = if item.kind.waits() {
        note.to != me && (Some(note.to) == about || experts::may_be_asked(tx, item, note.to)?)
    } else {
        Some(note.to) == about
    };
    if !allowed {
        problems.add("to", "problem-note-nobody");
        // What somebody else chose is told only to whom may write to them.
        return Err(Refusal::Invalid(problems));
    }
    let office = Office::read(tx.conn())?;
    crate::db::dialect::hold(tx.conn(), "accounts", note.to.0)?;
    if choices::away(tx)?.contains(&note.to) {
        problems.add("to", "problem-note-away");
    } else if notes::too_often(tx, office.calendar().day(now))?.contains(&note.to) {
        problems.add("to", "problem-note-often");
    } else if !reads(tx, item, note.to)? {
        problems.add("to", "problem-note-nobody");
    }
    problems.check()?;
    let leaves = office.at_work(now)?;
    diesel::insert_into(work_notes::table)
        .values((
            work_notes::item_id.eq(item.id),
            work_notes::from_id.eq(me),
            work_notes::to_id.eq(note.to),
            work_notes::kind.eq(item.kind),
            work_notes::body.eq(body),
            work_notes::written_at.eq(now),
            work_notes::leaves_at.eq(leaves),
        ))
        .execute(tx.conn())?;
    if !item.kind.waits() && !make::end(tx, item.id, Ended::Done, "", Some(me))? {
        return Err(Refusal::Conflict);
    }
    Ok(leaves)
}

/// Whether somebody reads the space today.
fn reads(cx: &mut Cx<'_>, item: &Item, who: AccountId) -> Result<bool> {
    let visibility: Visibility = spaces::table
        .find(item.space.0)
        .select(spaces::visibility)
        .first(cx.conn())?;
    Ok(people::readers_among(cx, &[who], item.space.0, visibility)?.contains(&who))
}

pub fn dismiss(tx: &mut Tx<'_>, item: &Item, reason: Option<Reason>) -> Result<()> {
    let me = tx.me()?.id;
    let Some(reason) = reason else {
        return Err(Problems::one("reason", "problem-choose"));
    };
    if make::end(tx, item.id, Ended::Dismissed, reason.word(), Some(me))? {
        Ok(())
    } else {
        Err(Refusal::Conflict)
    }
}

/// What was to be done was done, elsewhere or on another page.
pub fn done(tx: &mut Tx<'_>, item: &Item) -> Result<()> {
    let me = tx.me()?.id;
    if make::end(tx, item.id, Ended::Done, "", Some(me))? {
        Ok(())
    } else {
        Err(Refusal::Conflict)
    }
}

/// What I wrote last for such an item: the text to begin with is one's own.
pub fn last_words(cx: &mut Cx<'_>, kind: WorkKind) -> Result<Option<String>> {
    let me = cx.me()?.id;
    Ok(work_notes::table
        .filter(work_notes::from_id.eq(me))
        .filter(work_notes::kind.eq(kind))
        .order(work_notes::written_at.desc())
        .select(work_notes::body)
        .first(cx.conn())
        .optional()?)
}

/// Whether an item of mine is over already, and by whom: for whoever comes second.
pub fn ended_meanwhile(cx: &mut Cx<'_>, item: i64) -> Result<Option<(Ended, Option<String>)>> {
    let managed = super::managed(cx.me()?);
    let row: Option<(String, Option<String>)> = work_items::table
        .left_join(accounts::table.on(accounts::id.nullable().eq(work_items::ended_by)))
        .filter(work_items::id.eq(item))
        .filter(work_items::space_id.eq_any(managed))
        .filter(work_items::arm.ne(super::kinds::Arm::HeldBack))
        .filter(work_items::ended_at.is_not_null())
        .select((work_items::ended_how, accounts::display_name.nullable()))
        .first(cx.conn())
        .optional()?;
    Ok(row.and_then(|(how, by)| Ended::from_word(&how).map(|how| (how, by))))
}
