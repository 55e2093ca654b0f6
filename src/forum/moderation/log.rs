//! The log of a space: what moderators did, by which rule and why, for its members. No removed text and
//! no member's name; moderators by name where the space chose so.

use diesel::prelude::*;

use super::find::ReviewRow;
use crate::access::{Cx, Seen, Verb};
use crate::db::schema::{accounts, reviews};
use crate::db::types::Moment;
use crate::forum::spaces::SpaceRow;
use crate::ids::ReviewId;
use crate::kinds::ReviewKind;
use crate::refusal::{Refusal, Result};

/// One act.
#[derive(Debug, Clone)]
pub struct Entry {
    pub id: ReviewId,
    pub kind: ReviewKind,
    /// What was found wrong, as a word; of an act, the act.
    pub reason: String,
    pub decision: String,
    pub rule: String,
    pub note: String,
    pub role: String,
    /// Where the space shows its moderators by name.
    pub by: Option<String>,
    pub at: Moment,
    pub undone_at: Option<Moment>,
}

const A_PAGE: i64 = 30;

/// What was decided in a space, the latest first, thirty a page; and whether there is more.
pub fn of_space(cx: &mut Cx<'_>, space: &Seen<SpaceRow>, page: i64) -> Result<(Vec<Entry>, bool)> {
    if !space.can(Verb::SeeLog) {
        return Err(Refusal::NotFound);
    }
    let rows: Vec<(ReviewRow, Option<String>)> = reviews::table
        .left_join(accounts::table.on(accounts::id.nullable().eq(reviews::decided_by)))
        .filter(reviews::space_id.eq(space.id))
        .filter(reviews::decided_at.is_not_null())
        .order((reviews::decided_at.desc(), reviews::id.desc()))
        .select((ReviewRow::as_select(), accounts::display_name.nullable()))
        .limit(A_PAGE + 1)
        .offset((page.max(1) - 1) * A_PAGE)
        .load(cx.conn())?;
    let more = rows.len() > usize::try_from(A_PAGE).unwrap_or(30);
    let entries = rows
        .into_iter()
        .take(usize::try_from(A_PAGE).unwrap_or(30))
        .map(|(row, name)| Entry {
            id: row.id,
            kind: row.kind,
            reason: row.reason,
            decision: row.decision.unwrap_or_default(),
            rule: row.rule,
            note: row.note,
            role: row.decided_role.unwrap_or_default(),
            by: name.filter(|_| space.names_actors),
            at: row.decided_at.unwrap_or(row.opened_at),
            undone_at: row.undone_at,
        })
        .collect();
    Ok((entries, more))
}
