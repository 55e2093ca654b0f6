//! Replying to a post.

use diesel::prelude::*;

use super::find::{InTopic, take};
use super::write::{self, Draft, Parent, Position};
use crate::access::{May, Tx, deed};
use crate::db::schema::{boards, topics};
use crate::event::{At, Event};
use crate::forum::moderation::hold;
use crate::forum::spaces::guidelines;
use crate::ids::PostId;
use crate::kinds::{PostState, SpaceRole};
use crate::refusal::{Problems, Result};
use crate::text::language;

#[derive(Debug, Clone)]
pub struct Sent {
    pub body: String,
    /// The form's key: sent twice, it makes one post.
    pub key: String,
    /// The version of the space's guidelines that is accepted with it; zero for none.
    pub accepts: i64,
}

pub fn reply(
    tx: &mut Tx<'_>,
    to: May<deed::Reply, InTopic>,
    sent: &Sent,
    limits: &crate::config::Limits,
) -> Result<PostId> {
    let mut problems = Problems::default();
    write::check_body(&mut problems, &sent.body, limits);
    problems.check()?;
    write::not_too_often(tx, limits)?;
    let me = tx.me()?.clone();
    let topic = to.topic.id;
    // Two replies at once must not get the same number, nor the same form make two posts; while this
    // waited the topic may have moved or been closed.
    let to = take(tx, to.post.id)?.may::<deed::Reply>()?;
    if let Some((post, _)) = write::posted_already(tx, &sent.key, &sent.body)? {
        return Ok(post);
    }
    let moderates = me.role_in(to.space.id).is_some_and(SpaceRole::moderates);
    if !moderates {
        write::not_in_slow_mode(tx, &to.topic)?;
    }
    guidelines::before_writing(tx, &to.space, sent.accepts)?;
    let judged = hold::judge(
        tx,
        &hold::Place {
            space: &to.space,
            board: to.board.id,
            topic: Some(topic),
            moderates,
        },
        "",
        &sent.body,
    )?;
    let last: i64 = topics::table.find(topic).select(topics::last_number).first(tx.conn())?;
    let number = last + 1;
    let draft = Draft::markdown(&judged.body, &language::detect(&sent.body, &to.topic.language));
    let position = Position {
        space: to.space.id,
        board: to.board.id,
        topic,
        number,
        parent: Some(Parent {
            id: to.post.id,
            path: to.post.path.clone(),
            depth: to.post.depth,
        }),
        state: if judged.held.is_some() {
            PostState::Held
        } else {
            PostState::Published
        },
    };
    let post = write::insert(tx, &position, me.id, &draft)?;
    let at = At {
        space: to.space.id,
        board: to.board.id,
        topic,
        post,
        parent: Some(to.post.id),
        author: me.id,
    };
    write::keep_key(tx, me.id, &sent.key, post, &sent.body)?;
    crate::forum::reading::read_own(tx, me.id, topic, number)?;
    crate::forum::reading::follow::wrote(tx, me.id, topic, false)?;
    hold::bring(tx, &judged, &to.space, topic, post, me.id)?;
    if judged.held.is_some() {
        diesel::update(topics::table.find(topic))
            .set((
                topics::last_number.eq(number),
                topics::held_count.eq(topics::held_count + 1),
                topics::version.eq(topics::version + 1),
            ))
            .execute(tx.conn())?;
        tx.record(&Event::PostHeld { at, why: judged.why() })?;
        return Ok(post);
    }
    let now = tx.now();
    diesel::update(topics::table.find(topic))
        .set((
            topics::last_post_id.eq(post),
            topics::last_posted_at.eq(now),
            topics::last_number.eq(number),
            topics::post_count.eq(topics::post_count + 1),
            topics::version.eq(topics::version + 1),
        ))
        .execute(tx.conn())?;
    diesel::update(boards::table.find(to.board.id))
        .set((
            boards::post_count.eq(boards::post_count + 1),
            boards::last_post_id.eq(post),
            boards::last_posted_at.eq(now),
        ))
        .execute(tx.conn())?;
    tx.record(&Event::Replied {
        at,
        parent_author: to.post.author_id,
    })?;
    write::mention(tx, at, &draft)?;
    Ok(post)
}
