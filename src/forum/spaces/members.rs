//! Belonging to a space: joining, asking, being let in, leaving.

use diesel::prelude::*;

use super::find::SpaceRow;
use crate::access::policy::kind_may_belong;
use crate::access::{Cx, May, Seen, Tx, Verb, deed};
use crate::db::dialect;
use crate::db::schema::{accounts, departments, join_requests, memberships};
use crate::db::types::Moment;
use crate::event::Event;
use crate::ids::{AccountId, SpaceId};
use crate::kinds::{AccountKind, SpaceRole};
use crate::refusal::{Problems, Reason, Refusal, Result};

/// A member on the list of members.
#[derive(Debug, Clone, Queryable)]
pub struct Belongs {
    pub account: AccountId,
    pub display_name: String,
    pub kind: AccountKind,
    pub organisation: String,
    pub department: Option<String>,
    pub role: SpaceRole,
    pub role_until: Option<Moment>,
    pub joined_at: Moment,
}

pub const MEMBERS_A_PAGE: i64 = 50;

/// One page of the members, those with a role first, and how many there are.
pub fn members(cx: &mut Cx<'_>, space: &Seen<SpaceRow>, page: i64) -> Result<(Vec<Belongs>, i64)> {
    if !space.can(Verb::SeeMembers) {
        return Err(Refusal::NotFound);
    }
    let total = memberships::table
        .filter(memberships::space_id.eq(space.id))
        .count()
        .get_result(cx.conn())?;
    let mut rows: Vec<Belongs> = memberships::table
        .inner_join(accounts::table.left_join(departments::table))
        .filter(memberships::space_id.eq(space.id))
        .select((
            accounts::id,
            accounts::display_name,
            accounts::kind,
            accounts::organisation,
            departments::name.nullable(),
            memberships::role,
            memberships::role_until,
            memberships::joined_at,
        ))
        .order((
            diesel::dsl::case_when(
                memberships::role.eq(SpaceRole::CommunityManager),
                0.into_sql::<diesel::sql_types::Integer>(),
            )
            .when(
                memberships::role.eq(SpaceRole::Moderator),
                1.into_sql::<diesel::sql_types::Integer>(),
            )
            .otherwise(2.into_sql::<diesel::sql_types::Integer>()),
            accounts::display_name,
            accounts::id,
        ))
        .limit(MEMBERS_A_PAGE)
        .offset((page.max(1) - 1) * MEMBERS_A_PAGE)
        .load(cx.conn())?;
    // Guests know people by name and organisation.
    if cx.viewer().person().is_some_and(|me| me.kind == AccountKind::Guest) {
        for row in &mut rows {
            row.department = None;
        }
    }
    Ok((rows, total))
}

/// Writes the membership. Who may has been asked by the caller's proof.
pub(crate) fn enter(
    tx: &mut Tx<'_>,
    space: SpaceId,
    account: AccountId,
    role: SpaceRole,
    how: &'static str,
) -> Result<()> {
    let now = tx.now();
    diesel::delete(join_requests::table.find((space, account))).execute(tx.conn())?;
    let present = memberships::table
        .find((space, account))
        .select(memberships::role)
        .first::<SpaceRole>(tx.conn())
        .optional()?;
    if present.is_some() {
        return Ok(());
    }
    let (since, until) = super::roles::term(now, role);
    diesel::insert_into(memberships::table)
        .values((
            memberships::space_id.eq(space),
            memberships::account_id.eq(account),
            memberships::role.eq(role),
            memberships::role_since.eq(since),
            memberships::role_until.eq(until),
            memberships::joined_at.eq(now),
        ))
        .execute(tx.conn())?;
    tx.record(&Event::Joined { space, account, how })?;
    if role != SpaceRole::Member {
        tx.record(&Event::RoleGiven {
            space,
            account,
            role: role.word(),
        })?;
    }
    Ok(())
}

pub fn join(tx: &mut Tx<'_>, space: May<deed::Join, SpaceRow>) -> Result<()> {
    let me = tx.me()?.id;
    enter(tx, space.id, me, SpaceRole::Member, "joined")
}

pub fn ask_to_join(tx: &mut Tx<'_>, space: May<deed::AskToJoin, SpaceRow>, words: &str) -> Result<()> {
    let me = tx.me()?.id;
    let words = words.trim();
    if words.chars().count() > 500 {
        return Err(Problems::one("words", "problem-too-long"));
    }
    let present: Option<Moment> = join_requests::table
        .find((space.id, me))
        .select(join_requests::asked_at)
        .first(tx.conn())
        .optional()?;
    if present.is_some() {
        return Ok(());
    }
    let now = tx.now();
    diesel::insert_into(join_requests::table)
        .values((
            join_requests::space_id.eq(space.id),
            join_requests::account_id.eq(me),
            join_requests::words.eq(words),
            join_requests::asked_at.eq(now),
        ))
        .execute(tx.conn())?;
    tx.record(&Event::JoinAsked { space: space.id })?;
    Ok(())
}

/// Somebody who asked to join.
#[derive(Debug, Clone, Queryable)]
pub struct Asked {
    pub account: AccountId,
    pub display_name: String,
    pub words: String,
    pub asked_at: Moment,
}

pub fn asked(cx: &mut Cx<'_>, space: &Seen<SpaceRow>) -> Result<Vec<Asked>> {
    if !space.can(Verb::Manage) {
        return Ok(Vec::new());
    }
    Ok(join_requests::table
        .inner_join(accounts::table)
        .filter(join_requests::space_id.eq(space.id))
        .select((
            accounts::id,
            accounts::display_name,
            join_requests::words,
            join_requests::asked_at,
        ))
        .order(join_requests::asked_at)
        .load(cx.conn())?)
}

pub fn let_in(tx: &mut Tx<'_>, space: May<deed::Manage, SpaceRow>, account: AccountId) -> Result<()> {
    let kind: AccountKind = join_requests::table
        .inner_join(accounts::table)
        .filter(join_requests::space_id.eq(space.id))
        .filter(join_requests::account_id.eq(account))
        .select(accounts::kind)
        .first(tx.conn())
        .optional()?
        .ok_or(Refusal::NotFound)?;
    if !kind_may_belong(kind, space.visibility) {
        return Err(Refusal::Denied(Reason::EmployeesOnly));
    }
    enter(tx, space.id, account, SpaceRole::Member, "let_in")
}

pub fn refuse(tx: &mut Tx<'_>, space: May<deed::Manage, SpaceRow>, account: AccountId) -> Result<()> {
    let gone = diesel::delete(join_requests::table.find((space.id, account))).execute(tx.conn())?;
    if gone > 0 {
        tx.record(&Event::JoinRefused {
            space: space.id,
            account,
        })?;
    }
    Ok(())
}

pub fn leave(tx: &mut Tx<'_>, space: May<deed::Leave, SpaceRow>) -> Result<()> {
    let me = tx.me()?.id;
    go(tx, &space, me, "left")
}

pub fn remove_member(tx: &mut Tx<'_>, space: May<deed::Manage, SpaceRow>, account: AccountId) -> Result<()> {
    go(tx, &space, account, "removed")?;
    if Some(account) == tx.viewer().id() {
        return Ok(());
    }
    crate::forum::moderation::log_member_out(tx, &space, account)
}

fn go(tx: &mut Tx<'_>, space: &SpaceRow, account: AccountId, how: &'static str) -> Result<()> {
    dialect::hold(tx.conn(), "spaces", space.id.0)?;
    super::roles::keep_a_manager(tx, space.id, account)?;
    let gone = diesel::delete(memberships::table.find((space.id, account))).execute(tx.conn())?;
    if gone > 0 {
        tx.record(&Event::Left {
            space: space.id,
            account,
            how,
        })?;
    }
    Ok(())
}

/// The forum itself takes somebody in: for commands and stories. Nobody else can call it.
pub fn take_in(tx: &mut Tx<'_>, space: SpaceId, account: AccountId, role: SpaceRole) -> Result<()> {
    match &**tx.viewer() {
        crate::access::Viewer::System(_) => enter(tx, space, account, role, "taken_in"),
        _ => Err(Refusal::NotFound),
    }
}
