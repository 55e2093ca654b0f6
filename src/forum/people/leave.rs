//! Deactivation: access ends at once, the posts stay.

use diesel::prelude::*;

use crate::access::{May, Tx, deed, proof::Forum};
use crate::db::schema::{accounts, sessions, tickets};
use crate::db::types::Moment;
use crate::event::Event;
use crate::ids::AccountId;
use crate::kinds::{AccountKind, ForumRole, Standing};
use crate::refusal::{Reason, Refusal, Result};

pub fn deactivate(tx: &mut Tx<'_>, _: May<deed::Administer, Forum>, account: AccountId) -> Result<()> {
    // Two admins who put each other out at once must not both succeed.
    crate::db::dialect::hold(tx.conn(), "epochs", 1)?;
    let admins: Vec<AccountId> = accounts::table
        .filter(accounts::forum_role.eq(ForumRole::Admin))
        .filter(accounts::standing.eq(Standing::Active))
        .select(accounts::id)
        .load(tx.conn())?;
    if admins == [account] {
        return Err(Refusal::Denied(Reason::LastManager));
    }
    let now = tx.now();
    let gone = diesel::update(
        accounts::table
            .find(account)
            .filter(accounts::kind.ne(AccountKind::Placeholder)),
    )
    .set((
        accounts::standing.eq(Standing::Deactivated),
        accounts::deactivated_at.eq(now),
    ))
    .execute(tx.conn())?;
    if gone == 0 {
        return Err(Refusal::NotFound);
    }
    diesel::delete(sessions::table.filter(sessions::account_id.eq(account))).execute(tx.conn())?;
    diesel::delete(tickets::table.filter(tickets::account_id.eq(account))).execute(tx.conn())?;
    tx.record(&Event::AccountDeactivated { account })?;
    Ok(())
}

pub fn reactivate(tx: &mut Tx<'_>, _: May<deed::Administer, Forum>, account: AccountId) -> Result<()> {
    let back = diesel::update(
        accounts::table
            .find(account)
            .filter(accounts::standing.eq(Standing::Deactivated)),
    )
    .set((
        accounts::standing.eq(Standing::Active),
        accounts::deactivated_at.eq(None::<Moment>),
    ))
    .execute(tx.conn())?;
    if back == 0 {
        return Err(Refusal::NotFound);
    }
    tx.record(&Event::AccountReactivated { account })?;
    Ok(())
}
