//! Changing a topic's title, kind and tags.

use diesel::prelude::*;

use super::find::{InBoard, at};
use super::start::{check_tags, check_title};
use super::tags;
use crate::access::{May, Tx, deed};
use crate::db::schema::topics;
use crate::event::Event;
use crate::kinds::{JobKind, TopicKind};
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
    diesel::update(topics::table.find(row.id))
        .set((
            topics::title.eq(&title),
            topics::kind.eq(change.kind),
            topics::answer_id.eq(answer),
            topics::version.eq(topics::version + 1),
        ))
        .execute(tx.conn())?;
    tags::keep(tx, row.space_id, row.id, &change.tags)?;
    let what = if title == row.title { "kind_or_tags" } else { "title" };
    tx.record(&Event::TopicChanged { at: at(row), what })?;
    tx.ask_for(JobKind::IndexTopic, row.id.0)?;
    Ok(())
}
