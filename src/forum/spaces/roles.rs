//! Roles in a space, each with a term: a team's knowledge must circulate.

use diesel::prelude::*;

use super::find::SpaceRow;
use crate::access::{May, Tx, deed};
use crate::db::dialect;
use crate::db::schema::{memberships, successions};
use crate::db::types::Moment;
use crate::event::Event;
use crate::ids::{AccountId, SpaceId};
use crate::kinds::SpaceRole;
use crate::refusal::{Reason, Refusal, Result};

/// Days that a role lasts unless somebody says otherwise.
pub const TERM_DAYS: i64 = 365;

pub(super) fn term(now: Moment, role: SpaceRole) -> (Option<Moment>, Option<Moment>) {
    if role == SpaceRole::Member {
        (None, None)
    } else {
        (Some(now), Some(now.plus_days(TERM_DAYS)))
    }
}

/// Gives a member a role until a day, or takes it back by giving `Member`.
pub fn give_role(
    tx: &mut Tx<'_>,
    space: May<deed::Manage, SpaceRow>,
    account: AccountId,
    role: SpaceRole,
    until: Option<Moment>,
) -> Result<()> {
    dialect::hold(tx.conn(), "spaces", space.id.0)?;
    let before: SpaceRole = memberships::table
        .find((space.id, account))
        .select(memberships::role)
        .first(tx.conn())
        .optional()?
        .ok_or(Refusal::NotFound)?;
    if role != SpaceRole::CommunityManager {
        keep_a_manager(tx, space.id, account)?;
    }
    let (since, usual) = term(tx.now(), role);
    let until = if role == SpaceRole::Member {
        None
    } else {
        until.or(usual)
    };
    // Who was to follow in another role is not who follows in this one.
    if before != role {
        diesel::delete(successions::table.find((space.id.0, account.0))).execute(tx.conn())?;
    }
    diesel::update(memberships::table.find((space.id, account)))
        .set((
            memberships::role.eq(role),
            memberships::role_since.eq(since),
            memberships::role_until.eq(until),
        ))
        .execute(tx.conn())?;
    if before != SpaceRole::Member {
        tx.record(&Event::RoleEnded {
            space: space.id,
            account,
            role: before.word(),
        })?;
    }
    if role != SpaceRole::Member {
        tx.record(&Event::RoleGiven {
            space: space.id,
            account,
            role: role.word(),
        })?;
    }
    Ok(())
}

/// A space without a manager is nobody's: the last one stays until there is another.
pub(super) fn keep_a_manager(tx: &mut Tx<'_>, space: SpaceId, going: AccountId) -> Result<()> {
    let managers: Vec<AccountId> = memberships::table
        .filter(memberships::space_id.eq(space))
        .filter(memberships::role.eq(SpaceRole::CommunityManager))
        .select(memberships::account_id)
        .load(tx.conn())?;
    if managers == [going] {
        return Err(Refusal::Denied(Reason::LastManager));
    }
    Ok(())
}
