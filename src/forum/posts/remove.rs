//! Removing a post and restoring it. Its place in the thread stays and says by whom it was removed.

use diesel::prelude::*;

use super::find::{InTopic, at};
use crate::access::{May, Tx, deed};
use crate::db::schema::{posts, topics};
use crate::db::types::Moment;
use crate::event::Event;
use crate::ids::{AccountId, PostId};
use crate::kinds::PostState;
use crate::refusal::{Problems, Reason, Refusal, Result};

pub fn remove(tx: &mut Tx<'_>, post: May<deed::RemovePost, InTopic>, reason: &str) -> Result<()> {
    let reason = reason.trim();
    let (now, me) = (tx.now(), tx.me()?.id);
    let by_author = me == post.post.author_id;
    let mut problems = Problems::default();
    if reason.chars().count() > 500 {
        problems.add("reason", "problem-too-long");
    }
    // Who removes another's words owes them a reason.
    if !by_author && reason.is_empty() {
        problems.add("reason", "problem-reason-empty");
    }
    problems.check()?;
    let state = if by_author {
        PostState::RemovedByAuthor
    } else {
        PostState::RemovedByModerator
    };
    let changed = diesel::update(
        posts::table
            .find(post.post.id)
            .filter(posts::version.eq(post.post.version)),
    )
    .set((
        posts::state.eq(state),
        posts::state_at.eq(now),
        posts::state_by.eq(me),
        posts::state_reason.eq(reason),
        posts::version.eq(posts::version + 1),
    ))
    .execute(tx.conn())?;
    unless_changed(changed)?;
    settle(tx, &post, state, -1)?;
    tx.record(&Event::PostRemoved {
        at: at(&post.post),
        by_author,
    })?;
    if !by_author {
        crate::forum::moderation::log_act(tx, &post.topic, Some(&post.post), "remove", reason)?;
    }
    Ok(())
}

pub fn restore(tx: &mut Tx<'_>, post: May<deed::RestorePost, InTopic>) -> Result<()> {
    // After thirty days the author's text is gone, and there is nothing to put back.
    if post.post.body.is_empty() {
        return Err(Refusal::Denied(Reason::PostGone));
    }
    let changed = diesel::update(
        posts::table
            .find(post.post.id)
            .filter(posts::version.eq(post.post.version)),
    )
    .set((
        posts::state.eq(PostState::Published),
        posts::state_at.eq(None::<Moment>),
        posts::state_by.eq(None::<AccountId>),
        posts::state_reason.eq(""),
        posts::version.eq(posts::version + 1),
    ))
    .execute(tx.conn())?;
    unless_changed(changed)?;
    settle(tx, &post, PostState::Published, 1)?;
    tx.record(&Event::PostRestored { at: at(&post.post) })?;
    if tx.me()?.id != post.post.author_id {
        crate::forum::moderation::log_act(tx, &post.topic, Some(&post.post), "restore", "")?;
    }
    Ok(())
}

/// Where transactions run side by side, the one that comes second must not do it again.
fn unless_changed(rows: usize) -> Result<()> {
    if rows == 0 { Err(Refusal::Conflict) } else { Ok(()) }
}

/// Brings topic and board up to date after a post came or went.
fn settle(tx: &mut Tx<'_>, post: &InTopic, state: PostState, by: i64) -> Result<()> {
    let topic = post.topic.id;
    let first = post.topic.first_post_id == Some(post.post.id);
    diesel::update(topics::table.find(topic))
        .set((
            topics::post_count.eq(topics::post_count + by),
            topics::version.eq(topics::version + 1),
        ))
        .execute(tx.conn())?;
    if post.topic.answer_id == Some(post.post.id) {
        diesel::update(topics::table.find(topic))
            .set(topics::answer_id.eq(None::<PostId>))
            .execute(tx.conn())?;
    }
    if first {
        diesel::update(topics::table.find(topic))
            .set(topics::state.eq(state))
            .execute(tx.conn())?;
    }
    // The last word is the last that stands. An import may have brought an older one in later.
    let last: Option<(PostId, Moment)> = posts::table
        .filter(posts::topic_id.eq(topic))
        .filter(posts::state.eq(PostState::Published))
        .order((posts::created_at.desc(), posts::number.desc()))
        .select((posts::id, posts::created_at))
        .first(tx.conn())
        .optional()?;
    if let Some((last, at)) = last {
        diesel::update(topics::table.find(topic))
            .set((topics::last_post_id.eq(last), topics::last_posted_at.eq(at)))
            .execute(tx.conn())?;
    }
    crate::forum::topics::recount(tx, post.board.id)?;
    Ok(())
}
