//! Thanking for a post: the one reaction there is.

use diesel::prelude::*;

use super::find::{InTopic, Post, at};
use crate::access::{Cx, May, Tx, deed};
use crate::db::schema::{accounts, posts, thanks, topics};
use crate::event::Event;
use crate::ids::AccountId;
use crate::kinds::PostState;
use crate::refusal::{Refusal, Result};

pub fn thank(tx: &mut Tx<'_>, post: May<deed::Thank, InTopic>) -> Result<()> {
    let (now, me) = (tx.now(), tx.me()?.id);
    crate::db::dialect::hold(tx.conn(), "posts", post.post.id.0)?;
    if has_thanked(tx, &post, me)? {
        return Ok(());
    }
    diesel::insert_into(thanks::table)
        .values((
            thanks::post_id.eq(post.post.id),
            thanks::account_id.eq(me),
            thanks::created_at.eq(now),
        ))
        .execute(tx.conn())?;
    count(tx, &post, 1)?;
    tx.record(&Event::Thanked { at: at(&post.post) })?;
    Ok(())
}

pub fn withdraw(tx: &mut Tx<'_>, post: May<deed::Thank, InTopic>) -> Result<()> {
    let me = tx.me()?.id;
    let gone = diesel::delete(thanks::table.find((post.post.id, me))).execute(tx.conn())?;
    if gone == 0 {
        return Ok(());
    }
    count(tx, &post, -1)?;
    tx.record(&Event::ThankWithdrawn { at: at(&post.post) })?;
    Ok(())
}

fn has_thanked(tx: &mut Tx<'_>, post: &InTopic, me: AccountId) -> Result<bool> {
    let present: Option<AccountId> = thanks::table
        .find((post.post.id, me))
        .select(thanks::account_id)
        .first(tx.conn())
        .optional()?;
    Ok(present.is_some())
}

fn count(tx: &mut Tx<'_>, post: &InTopic, by: i64) -> Result<()> {
    diesel::update(posts::table.find(post.post.id))
        .set((
            posts::thanks.eq(posts::thanks + by),
            posts::version.eq(posts::version + 1),
        ))
        .execute(tx.conn())?;
    diesel::update(topics::table.find(post.topic.id))
        .set(topics::version.eq(topics::version + 1))
        .execute(tx.conn())?;
    Ok(())
}

/// Who has thanked for a post, the earliest first.
pub fn thanked_by(cx: &mut Cx<'_>, post: &Post) -> Result<Vec<(AccountId, String)>> {
    if post.post.state != PostState::Published {
        return Err(Refusal::NotFound);
    }
    Ok(thanks::table
        .inner_join(accounts::table)
        .filter(thanks::post_id.eq(post.post.id))
        .order((thanks::created_at, thanks::account_id))
        .select((accounts::id, accounts::display_name))
        .load(cx.conn())?)
}
