//! Marking the reply that solved a question.

use diesel::prelude::*;

use crate::access::{May, Tx, deed};
use crate::db::schema::topics;
use crate::event::Event;
use crate::forum::moderation::{self, Changes};
use crate::forum::posts::{InTopic, at};
use crate::ids::PostId;
use crate::kinds::JobKind;
use crate::refusal::Result;

pub fn mark(tx: &mut Tx<'_>, post: May<deed::MarkAnswer, InTopic>) -> Result<()> {
    if post.topic.answer_id == Some(post.post.id) {
        return Ok(());
    }
    let by_asker = tx.me()?.id == post.topic.author_id;
    set(tx, &post, Some(post.post.id))?;
    tx.record(&Event::AnswerMarked {
        at: at(&post.post),
        by_asker,
    })?;
    Ok(())
}

pub fn unmark(tx: &mut Tx<'_>, post: May<deed::MarkAnswer, InTopic>) -> Result<()> {
    if post.topic.answer_id != Some(post.post.id) {
        return Ok(());
    }
    set(tx, &post, None)?;
    tx.record(&Event::AnswerUnmarked { at: at(&post.post) })?;
    Ok(())
}

fn set(tx: &mut Tx<'_>, post: &InTopic, answer: Option<PostId>) -> Result<()> {
    let mut changes = Changes::default();
    changes.change_topic(tx, post.topic.id, |tx| {
        diesel::update(topics::table.find(post.topic.id))
            .set((topics::answer_id.eq(answer), topics::version.eq(topics::version + 1)))
            .execute(tx.conn())?;
        Ok(())
    })?;
    tx.ask_for(JobKind::IndexTopic, post.topic.id.0)?;
    // In somebody else's question it is a moderator's act.
    if tx.me()?.id == post.topic.author_id {
        return Ok(());
    }
    let act = if answer.is_some() { "answer" } else { "unanswer" };
    moderation::log_act(tx, &post.topic, None, act, "", &changes)
}
