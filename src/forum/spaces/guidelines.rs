//! The guidelines of a space, with their versions. Whoever writes there for the first time accepts the
//! version of the day; a new version is accepted anew.

use diesel::prelude::*;

use super::find::SpaceRow;
use crate::access::{Cx, Seen, Tx};
use crate::db::conn::each_backend;
use crate::db::schema::{accounts, guidelines, guidelines_accepted};
use crate::db::types::Moment;
use crate::event::{Event, Source};
use crate::ids::SpaceId;
use crate::kinds::SpaceRole;
use crate::refusal::{Problems, Result};
use crate::text::markdown;

/// A version as it was.
#[derive(Debug, Clone, Queryable)]
pub struct Version {
    pub version: i64,
    pub body_html: String,
    pub made_at: Moment,
    /// Who wrote it, where that is known.
    pub by: Option<String>,
}

/// All versions, the newest first.
pub fn versions(cx: &mut Cx<'_>, space: &Seen<SpaceRow>) -> Result<Vec<Version>> {
    Ok(guidelines::table
        .left_join(accounts::table)
        .filter(guidelines::space_id.eq(space.id))
        .order(guidelines::version.desc())
        .select((
            guidelines::version,
            guidelines::body_html,
            guidelines::made_at,
            accounts::display_name.nullable(),
        ))
        .limit(100)
        .load(cx.conn())?)
}

/// Writes the next version down; its number.
pub(super) fn keep(tx: &mut Tx<'_>, space: SpaceId, last: i64, body: &str) -> Result<i64> {
    let (now, me) = (tx.now(), tx.viewer().id());
    let version = last + 1;
    diesel::insert_into(guidelines::table)
        .values((
            guidelines::space_id.eq(space),
            guidelines::version.eq(version),
            guidelines::body.eq(body),
            guidelines::body_html.eq(markdown::render(body, &|_| None).into_string()),
            guidelines::made_at.eq(now),
            guidelines::made_by.eq(me),
        ))
        .execute(tx.conn())?;
    Ok(version)
}

/// Whether the viewer accepts the guidelines before writing in a space: not without any, not after having
/// accepted this version, and not as one of those who moderate by them.
pub fn owed(viewer: &crate::access::Viewer, space: &SpaceRow) -> bool {
    let Some(person) = viewer.person() else { return false };
    !space.guidelines.trim().is_empty()
        && !person.role_in(space.id).is_some_and(SpaceRole::moderates)
        && person.accepted.get(&space.id).copied().unwrap_or(0) < space.guidelines_version
}

/// Accepts the guidelines as they are today.
pub fn accept(tx: &mut Tx<'_>, space: &SpaceRow) -> Result<()> {
    if !owed(tx.viewer(), space) {
        return Ok(());
    }
    let (me, now) = (tx.me()?.id, tx.now());
    let row = (
        guidelines_accepted::account_id.eq(me),
        guidelines_accepted::space_id.eq(space.id),
        guidelines_accepted::version.eq(space.guidelines_version),
        guidelines_accepted::accepted_at.eq(now),
    );
    let changed = diesel::update(guidelines_accepted::table.find((me, space.id)))
        .set((
            guidelines_accepted::version.eq(space.guidelines_version),
            guidelines_accepted::accepted_at.eq(now),
        ))
        .execute(tx.conn())?;
    if changed == 0 {
        each_backend!(tx.conn(), c => diesel::insert_into(guidelines_accepted::table)
            .values(row).on_conflict_do_nothing().execute(c))?;
    }
    tx.record(&Event::GuidelinesAccepted {
        space: space.id,
        version: space.guidelines_version,
    })?;
    tx.access_moved();
    Ok(())
}

/// Lets a post through when the guidelines are accepted, or are with it.
pub(crate) fn before_writing(tx: &mut Tx<'_>, space: &SpaceRow, accepts: i64) -> Result<()> {
    if matches!(tx.source(), Source::Demo | Source::Import) || !owed(tx.viewer(), space) {
        return Ok(());
    }
    // What was read is accepted, not what was written meanwhile.
    if accepts != space.guidelines_version {
        return Err(Problems::one("accept", "problem-guidelines-accept"));
    }
    accept(tx, space)
}
