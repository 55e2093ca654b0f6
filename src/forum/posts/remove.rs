//! Removing a post and restoring it. Its place in the thread stays and says by whom it was removed.
//! Here also is the one function by which a post's state changes, with all that is counted from it.

use diesel::prelude::*;

use super::find::{InTopic, PostRow, at};
use crate::access::{May, Tx, deed};
use crate::db::schema::{posts, topics};
use crate::db::types::Moment;
use crate::event::Event;
use crate::forum::moderation::{self, Changes, hold};
use crate::ids::{AccountId, PostId, TopicId};
use crate::kinds::{JobKind, PostState, SpaceRole};
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
    let standing = Standing {
        state: if by_author {
            PostState::RemovedByAuthor
        } else {
            PostState::RemovedByModerator
        },
        at: Some(now),
        by: Some(me),
        reason,
    };
    let mut changes = Changes::default();
    changes.change_post(tx, post.post.id, |tx| set_state(tx, &post.post, &standing))?;
    tx.record(&Event::PostRemoved {
        at: at(&post.post),
        by_author,
    })?;
    if !by_author {
        moderation::log_act(tx, &post.topic, Some(&post.post), "remove", reason, &changes)?;
    }
    Ok(())
}

pub fn restore(tx: &mut Tx<'_>, post: May<deed::RestorePost, InTopic>) -> Result<()> {
    // After thirty days the author's text is gone, and there is nothing to put back.
    if post.post.body.is_empty() {
        return Err(Refusal::Denied(Reason::PostGone));
    }
    let mut changes = Changes::default();
    // To put one's own back is to publish it once more: no road around what holds a post back.
    let judged = if tx.me()?.id == post.post.author_id {
        let moderates = tx.me()?.role_in(post.post.space_id).is_some_and(SpaceRole::moderates);
        let place = hold::Place {
            space: &post.space,
            board: post.board.id,
            topic: Some(post.post.topic_id),
            moderates,
        };
        let title = if post.topic.first_post_id == Some(post.post.id) {
            post.topic.title.as_str()
        } else {
            ""
        };
        Some(hold::judge(tx, &place, title, &post.post.body)?)
    } else {
        None
    };
    if let Some(judged) = judged.filter(|judged| judged.held.is_some()) {
        let standing = Standing {
            state: PostState::Held,
            at: Some(tx.now()),
            by: None,
            reason: "",
        };
        set_state(tx, &post.post, &standing)?;
        return hold::bring(
            tx,
            &judged,
            &post.space,
            post.post.topic_id,
            post.post.id,
            post.post.author_id,
        );
    }
    changes.change_post(tx, post.post.id, |tx| set_state(tx, &post.post, &Standing::PUBLISHED))?;
    tx.record(&Event::PostRestored { at: at(&post.post) })?;
    if tx.me()?.id != post.post.author_id {
        moderation::log_act(tx, &post.topic, Some(&post.post), "restore", "", &changes)?;
    }
    Ok(())
}

/// The state of a post: since when, by whom and why.
pub(crate) struct Standing<'a> {
    pub(crate) state: PostState,
    pub(crate) at: Option<Moment>,
    pub(crate) by: Option<AccountId>,
    pub(crate) reason: &'a str,
}

impl Standing<'_> {
    pub(crate) const PUBLISHED: Self = Self {
        state: PostState::Published,
        at: None,
        by: None,
        reason: "",
    };
}

/// Puts a post into a state, and brings topic and board up to date. Whoever calls holds the topic, and
/// gives the row as it stands.
pub(crate) fn set_state(tx: &mut Tx<'_>, post: &PostRow, to: &Standing<'_>) -> Result<()> {
    let changed = diesel::update(posts::table.find(post.id).filter(posts::version.eq(post.version)))
        .set((
            posts::state.eq(to.state),
            posts::state_at.eq(to.at),
            posts::state_by.eq(to.by),
            posts::state_reason.eq(to.reason),
            posts::version.eq(posts::version + 1),
        ))
        .execute(tx.conn())?;
    if changed == 0 {
        return Err(Refusal::Conflict);
    }
    let among = |of: PostState| i64::from(to.state == of) - i64::from(post.state == of);
    let topic = post.topic_id;
    diesel::update(topics::table.find(topic))
        .set((
            topics::post_count.eq(topics::post_count + among(PostState::Published)),
            topics::held_count.eq(topics::held_count + among(PostState::Held)),
            topics::version.eq(topics::version + 1),
        ))
        .execute(tx.conn())?;
    if to.state != PostState::Published {
        diesel::update(topics::table.find(topic).filter(topics::answer_id.eq(post.id)))
            .set(topics::answer_id.eq(None::<PostId>))
            .execute(tx.conn())?;
    }
    diesel::update(topics::table.find(topic).filter(topics::first_post_id.eq(post.id)))
        .set(topics::state.eq(to.state))
        .execute(tx.conn())?;
    last_word(tx, topic)?;
    match post.parent_id {
        None => tx.ask_for(JobKind::IndexTopic, topic.0)?,
        Some(_) => tx.ask_for(JobKind::IndexPost, post.id.0)?,
    }
    crate::forum::topics::recount(tx, post.board_id)
}

/// The last word of a topic is the last that stands. An import may have brought an older one in later.
pub(crate) fn last_word(tx: &mut Tx<'_>, topic: TopicId) -> Result<()> {
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
    Ok(())
}
