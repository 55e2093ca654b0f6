//! Invitation links: whoever holds one may make an account, until it expires or is used up.

use diesel::prelude::*;

use super::sessions::{hash_token, new_token};
use crate::access::{Cx, May, Tx, deed, policy, proof::Forum};
use crate::db::schema::{invitations, spaces};
use crate::db::types::Moment;
use crate::event::Event;
use crate::ids::{AccountId, InvitationId, SpaceId};
use crate::kinds::{AccountKind, SpaceRole, Visibility};
use crate::refusal::{Problems, Refusal, Result};
use crate::text::name;

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = invitations)]
pub struct Invitation {
    pub id: InvitationId,
    pub created_by: AccountId,
    pub space_id: Option<SpaceId>,
    pub note: String,
    pub created_at: Moment,
    pub expires_at: Moment,
    pub uses_max: i64,
    pub uses: i64,
    pub ended_at: Option<Moment>,
}

impl Invitation {
    pub fn is_open(&self, now: Moment) -> bool {
        self.ended_at.is_none() && self.expires_at > now && self.uses < self.uses_max
    }
}

/// Makes a link; returns its token, which is shown once. With a space, whoever comes by it becomes a
/// member there, if the inviter manages that space today and still does then.
pub fn create(
    tx: &mut Tx<'_>,
    _: May<deed::Administer, Forum>,
    space: Option<SpaceId>,
    note: &str,
    days: i64,
    uses: i64,
) -> Result<String> {
    let mut problems = Problems::default();
    if !(1..=90).contains(&days) {
        problems.add("days", "problem-invitation-days");
    }
    if !(1..=1000).contains(&uses) {
        problems.add("uses", "problem-invitation-uses");
    }
    if note.chars().count() > 200 {
        problems.add("note", "problem-too-long");
    }
    let me = tx.me()?.clone();
    if let Some(space) = space
        && me.role_in(space) != Some(SpaceRole::CommunityManager)
    {
        problems.add("space", "problem-invitation-space");
    }
    problems.check()?;
    let token = new_token(&mut rand::rng());
    let now = tx.now();
    diesel::insert_into(invitations::table)
        .values((
            invitations::token_hash.eq(hash_token(&token)),
            invitations::created_by.eq(me.id),
            invitations::space_id.eq(space),
            invitations::note.eq(name::tidy(note)),
            invitations::created_at.eq(now),
            invitations::expires_at.eq(now.plus_days(days)),
            invitations::uses_max.eq(uses),
        ))
        .execute(tx.conn())?;
    tx.record(&Event::InvitationCreated { space, uses })?;
    Ok(token)
}

pub fn end(tx: &mut Tx<'_>, _: May<deed::Administer, Forum>, id: InvitationId) -> Result<()> {
    let now = tx.now();
    let space: Option<Option<SpaceId>> = invitations::table
        .find(id)
        .select(invitations::space_id)
        .first(tx.conn())
        .optional()?;
    let space = space.ok_or(Refusal::NotFound)?;
    diesel::update(invitations::table.find(id))
        .set(invitations::ended_at.eq(now))
        .execute(tx.conn())?;
    tx.record(&Event::InvitationEnded { space })?;
    Ok(())
}

pub fn list(cx: &mut Cx<'_>) -> Result<Vec<Invitation>> {
    if !cx.viewer().is_admin() {
        return Err(Refusal::NotFound);
    }
    Ok(invitations::table
        .order(invitations::id.desc())
        .select(Invitation::as_select())
        .limit(200)
        .load(cx.conn())?)
}

/// The invitation that a token opens, while it does.
pub fn find(cx: &mut Cx<'_>, token: &str) -> Result<Invitation> {
    let found: Option<Invitation> = invitations::table
        .filter(invitations::token_hash.eq(hash_token(token)))
        .select(Invitation::as_select())
        .first(cx.conn())
        .optional()?;
    let now = cx.now();
    let found = found
        .filter(|invitation| invitation.is_open(now))
        .ok_or(Refusal::NotFound)?;
    // An invitation is worth what its inviter may do today.
    let inviter = crate::access::viewer::load(cx.conn(), found.created_by, now)?;
    let good = inviter.is_some_and(|inviter| {
        inviter.forum_role == crate::kinds::ForumRole::Admin
            && found
                .space_id
                .is_none_or(|space| inviter.role_in(space) == Some(SpaceRole::CommunityManager))
    });
    if good { Ok(found) } else { Err(Refusal::NotFound) }
}

/// Uses an invitation for a new account: counted in the same transaction, so that two at once cannot
/// both be the last.
pub(super) fn redeem(tx: &mut Tx<'_>, token: &str, account: AccountId) -> Result<()> {
    let invitation = find(tx, token)?;
    let used = diesel::update(
        invitations::table
            .find(invitation.id)
            .filter(invitations::uses.lt(invitations::uses_max)),
    )
    .set(invitations::uses.eq(invitations::uses + 1))
    .execute(tx.conn())?;
    if used == 0 {
        return Err(Refusal::NotFound);
    }
    if let Some(space) = invitation.space_id {
        let visibility: Visibility = spaces::table.find(space).select(spaces::visibility).first(tx.conn())?;
        if policy::kind_may_belong(AccountKind::Employee, visibility) {
            crate::forum::spaces::enter(tx, space, account, SpaceRole::Member, "invited")?;
        }
    }
    Ok(())
}

/// Every open internal space takes a new employee in by itself: nobody should land in an empty forum.
pub(super) fn welcome(tx: &mut Tx<'_>, account: AccountId) -> Result<()> {
    let open: Vec<SpaceId> = spaces::table
        .filter(spaces::visibility.eq(Visibility::Internal))
        .filter(spaces::joining.eq(crate::kinds::Joining::Open))
        .filter(spaces::archived_at.is_null())
        .order(spaces::id)
        .select(spaces::id)
        .load(tx.conn())?;
    // Only the first, the forum's own audience: the others are theirs to choose.
    if let Some(space) = open.first() {
        crate::forum::spaces::enter(tx, *space, account, SpaceRole::Member, "welcomed")?;
    }
    Ok(())
}
