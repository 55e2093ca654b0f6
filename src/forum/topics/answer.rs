//! Marking the reply that solved a question.

use diesel::prelude::*;

use crate::access::{May, Tx, deed};
use crate::db::schema::topics;
use crate::event::Event;
use crate::forum::posts::{InTopic, at};
use crate::ids::PostId;
use crate::refusal::Result;

pub fn mark(tx: &mut Tx<'_>, post: May<deed::MarkAnswer, InTopic>) -> Result<()> {
    if post.topic.answer_id == Some(post.post.id) {
        return Ok(());
    }
    let by_asker = tx.me()?.id == post.topic.author_id;
    diesel::update(topics::table.find(post.topic.id))
        .set((
            topics::answer_id.eq(post.post.id),
            topics::version.eq(topics::version + 1),
        ))
        .execute(tx.conn())?;
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
    diesel::update(topics::table.find(post.topic.id))
        .set((
            topics::answer_id.eq(None::<PostId>),
            topics::version.eq(topics::version + 1),
        ))
        .execute(tx.conn())?;
    tx.record(&Event::AnswerUnmarked { at: at(&post.post) })?;
    Ok(())
}
