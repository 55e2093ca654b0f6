//! Changing a topic's title, kind and tags.

use diesel::prelude::*;

use super::find::{InBoard, at};
use super::start::{check_tags, check_title};
use super::tags;
use crate::access::{May, Tx, deed};
use crate::db::schema::topics;
use crate::event::Event;
use crate::forum::moderation::{self, Changes, hold};
use crate::forum::posts;
use crate::kinds::{JobKind, PostState, SpaceRole, TopicKind};
use crate::refusal::{Problems, Reason, Refusal, Result};
use crate::text::name;

pub struct Change {
    pub title: String,
    pub kind: TopicKind,
    pub tags: Vec<String>,
}

pub fn edit(
    tx: &mut Tx<'_>,
    topic: May<deed::EditTopic, InBoard>,
    change: &Change,
    limits: &crate::config::Limits,
) -> Result<()> {
    let title = name::tidy(&change.title);
    let mut problems = Problems::default();
    check_title(&mut problems, &title, limits);
    check_tags(&mut problems, &change.tags, limits);
    problems.check()?;
    let row = &topic.topic;
    if change.kind != row.kind {
        let moderates = tx
            .me()?
            .role_in(row.space_id)
            .is_some_and(crate::kinds::SpaceRole::moderates);
        if change.kind == TopicKind::Announcement && !moderates {
            return Err(Refusal::Denied(Reason::ModeratorsOnly));
        }
        if !topic.board.kinds().contains(&change.kind) {
            return Err(Refusal::Denied(Reason::KindNotHere));
        }
    }
    // An answer belongs to a question; a topic that is one no longer has none.
    let answer = if change.kind == TopicKind::Question {
        row.answer_id
    } else {
        None
    };
    // A title is read by everybody: it is no road around what holds a post back.
    let judged = if title == row.title {
        None
    } else {
        let place = hold::Place {
            space: &topic.space,
            board: topic.board.id,
            topic: Some(row.id),
            moderates: tx.me()?.role_in(row.space_id).is_some_and(SpaceRole::moderates),
        };
        Some(hold::judge(tx, &place, &title, "")?)
    };
    let title = judged.as_ref().map_or(title, |judged| judged.title.clone());
    if let (Some(judged), Some(first)) = (&judged, row.first_post_id) {
        if judged.held.is_some() && row.state == PostState::Published {
            let post = posts::find(tx, first)?;
            let standing = posts::Standing {
                state: PostState::Held,
                at: Some(tx.now()),
                by: None,
                reason: "",
            };
            posts::set_state(tx, &post.post, &standing)?;
        }
        hold::bring(tx, judged, &topic.space, row.id, first, row.author_id)?;
        moderation::changed_under(tx, row.id, first)?;
    }
    let mut changes = Changes::default();
    let tags_before = tags::of(tx, row.id)?;
    changes.change_topic(tx, row.id, |tx| {
        diesel::update(topics::table.find(row.id))
            .set((
                topics::title.eq(&title),
                topics::kind.eq(change.kind),
                topics::answer_id.eq(answer),
                topics::version.eq(topics::version + 1),
            ))
            .execute(tx.conn())?;
        tags::keep(tx, row.space_id, row.id, &change.tags)
    })?;
    let what = if title == row.title { "kind_or_tags" } else { "title" };
    tx.record(&Event::TopicChanged { at: at(row), what })?;
    tx.ask_for(JobKind::IndexTopic, row.id.0)?;
    if tx.me()?.id == row.author_id {
        return Ok(());
    }
    // Another's title is another's words.
    if title != row.title {
        return moderation::log_act(tx, row, None, "retitle", "", &changes);
    }
    if change.kind != row.kind || tags::of(tx, row.id)? != tags_before {
        return moderation::log_act(tx, row, None, "retag", "", &changes);
    }
    Ok(())
}
