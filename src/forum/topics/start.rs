//! Starting a topic: its row, its tags and its first post, at once.

use diesel::prelude::*;

use super::tags;
use crate::access::{May, Seen, Tx, deed};
use crate::db::schema::{boards, topics};
use crate::event::{At, Event};
use crate::forum::boards::InSpace;
use crate::forum::moderation::hold;
use crate::forum::posts::write::{self, Draft, Position};
use crate::forum::spaces::guidelines;
use crate::ids::{PostId, TopicId};
use crate::kinds::{PostState, SpaceRole, TopicKind};
use crate::refusal::{Problems, Reason, Refusal, Result};
use crate::text::{language, name};

#[derive(Debug, Clone)]
pub struct New {
    pub kind: TopicKind,
    pub title: String,
    pub tags: Vec<String>,
    pub body: String,
    /// The form's key: sent twice, it makes one topic.
    pub key: String,
    /// The version of the space's guidelines that is accepted with it; zero for none.
    pub accepts: i64,
}

pub(super) fn check_title(problems: &mut Problems, title: &str, limits: &crate::config::Limits) {
    let length = title.chars().count();
    if length < 3 {
        problems.add("title", "problem-title-short");
    } else if length > limits.title_characters {
        problems.add(
            "title",
            crate::i18n::Message::of("problem-title-long").with("most", limits.title_characters),
        );
    }
}

pub(super) fn check_tags(problems: &mut Problems, tags: &[String], limits: &crate::config::Limits) {
    if tags.len() > limits.tags {
        problems.add(
            "tags",
            crate::i18n::Message::of("problem-tags").with("most", limits.tags),
        );
    }
}

/// Starts a topic. `announcements` are kept to moderators, and the proof for those is asked here,
/// because only the form says which kind it is.
pub fn start(
    tx: &mut Tx<'_>,
    board: Seen<InSpace>,
    new: &New,
    limits: &crate::config::Limits,
) -> Result<(TopicId, PostId)> {
    let place = board.clone();
    let board: May<deed::StartTopic, InSpace> = board.may()?;
    if new.kind == TopicKind::Announcement {
        place.may::<deed::StartTopicAsModerator>()?;
    }
    if !board.board.kinds().contains(&new.kind) {
        return Err(Refusal::Denied(Reason::KindNotHere));
    }
    let me = tx.me()?.clone();
    // The same form sent twice at once waits for itself.
    crate::db::dialect::hold(tx.conn(), "accounts", me.id.0)?;
    if let Some((post, topic)) = write::posted_already(tx, &new.key, &new.body)? {
        return Ok((topic, post));
    }
    let title = name::tidy(&new.title);
    let mut problems = Problems::default();
    check_title(&mut problems, &title, limits);
    check_tags(&mut problems, &new.tags, limits);
    write::check_body(&mut problems, &new.body, limits);
    problems.check()?;
    write::not_too_often(tx, limits)?;

    guidelines::before_writing(tx, &board.space, new.accepts)?;
    let judged = hold::judge(
        tx,
        &hold::Place {
            space: &board.space,
            board: board.board.id,
            topic: None,
            moderates: me.role_in(board.space.id).is_some_and(SpaceRole::moderates),
        },
        &title,
        &new.body,
    )?;
    let state = if judged.held.is_some() {
        PostState::Held
    } else {
        PostState::Published
    };
    let now = tx.now();
    let language = language::detect(&format!("{title} {}", new.body), &me.language);
    let id: TopicId = diesel::insert_into(topics::table)
        .values((
            topics::space_id.eq(board.space.id),
            topics::board_id.eq(board.board.id),
            topics::author_id.eq(me.id),
            topics::kind.eq(new.kind),
            topics::title.eq(&judged.title),
            topics::language.eq(&language),
            topics::state.eq(state),
            topics::created_at.eq(now),
            topics::last_posted_at.eq(now),
            topics::last_number.eq(0),
            topics::post_count.eq(0),
        ))
        .returning(topics::id)
        .get_result(tx.conn())?;
    tags::keep(tx, board.space.id, id, &new.tags)?;
    let draft = Draft::markdown(&judged.body, &language);
    let position = Position {
        space: board.space.id,
        board: board.board.id,
        topic: id,
        number: 1,
        parent: None,
        state,
    };
    let post = write::insert(tx, &position, me.id, &draft)?;
    let held = i64::from(judged.held.is_some());
    diesel::update(topics::table.find(id))
        .set((
            topics::first_post_id.eq(post),
            topics::last_post_id.eq(post),
            topics::last_number.eq(1),
            topics::post_count.eq(1 - held),
            topics::held_count.eq(held),
        ))
        .execute(tx.conn())?;
    write::keep_key(tx, me.id, &new.key, post, &new.body)?;
    crate::forum::reading::read_own(tx, me.id, id, 1)?;
    crate::forum::reading::follow::wrote(tx, me.id, id, true)?;
    let at = At {
        space: board.space.id,
        board: board.board.id,
        topic: id,
        post,
        parent: None,
        author: me.id,
    };
    hold::bring(tx, &judged, &board.space, id, post, me.id)?;
    if judged.held.is_some() {
        tx.record(&Event::PostHeld { at, why: judged.why() })?;
        return Ok((id, post));
    }
    diesel::update(boards::table.find(board.board.id))
        .set((
            boards::topic_count.eq(boards::topic_count + 1),
            boards::post_count.eq(boards::post_count + 1),
            boards::last_post_id.eq(post),
            boards::last_posted_at.eq(now),
        ))
        .execute(tx.conn())?;
    tx.record(&Event::TopicStarted {
        at,
        kind: new.kind.word(),
    })?;
    write::mention(tx, at, &draft)?;
    Ok((id, post))
}
