//! The key of somebody's feeds: feed readers cannot sign in, so an address carries who is reading. It
//! opens feeds and nothing else, and can be exchanged or taken away at any time. The key is kept as it
//! is, because its owner copies the addresses again and again.

use diesel::prelude::*;

use crate::access::{Cx, Tx};
use crate::db::schema::feed_keys;
use crate::forum::people::fresh_token;
use crate::ids::AccountId;
use crate::refusal::{Refusal, Result};

/// My key, if I have one.
pub fn mine(cx: &mut Cx<'_>) -> Result<Option<String>> {
    let me = cx.me()?.id;
    Ok(feed_keys::table
        .find(me)
        .select(feed_keys::key)
        .first(cx.conn())
        .optional()?)
}

/// Makes a key; an earlier one opens nothing any more.
pub fn make(tx: &mut Tx<'_>) -> Result<()> {
    let (me, now) = (tx.me()?.id, tx.now());
    end(tx)?;
    diesel::insert_into(feed_keys::table)
        .values((
            feed_keys::account_id.eq(me),
            feed_keys::key.eq(fresh_token()),
            feed_keys::made_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Takes my key away.
pub fn end(tx: &mut Tx<'_>) -> Result<()> {
    let me = tx.me()?.id;
    diesel::delete(feed_keys::table.find(me)).execute(tx.conn())?;
    Ok(())
}

/// Whose key this is; for the door, before anybody is looking.
pub(crate) fn owner(cx: &mut Cx<'_>, key: &str) -> Result<AccountId> {
    feed_keys::table
        .filter(feed_keys::key.eq(key))
        .select(feed_keys::account_id)
        .first(cx.conn())
        .optional()?
        .ok_or(Refusal::NotFound)
}
