//! Editing a post. What it said before is kept as a revision.

use diesel::prelude::*;

use super::find::{self, InTopic, at};
use super::remove::{Standing, set_state};
use super::write;
use crate::access::{May, Tx, deed};
use crate::db::schema::{posts, revisions, topics};
use crate::event::Event;
use crate::forum::moderation::{Changes, hold};
use crate::kinds::{PostState, SpaceRole};
use crate::refusal::{Problems, Refusal, Result};
use crate::text::{excerpt, language, markdown};

/// `based_on` is the post's version when the form was shown: when somebody has edited since, nothing
/// is overwritten.
pub fn edit(
    tx: &mut Tx<'_>,
    post: May<deed::EditPost, InTopic>,
    body: &str,
    based_on: i64,
    limits: &crate::config::Limits,
) -> Result<()> {
    let body = body.replace("\r\n", "\n").trim_end().to_owned();
    let mut problems = Problems::default();
    write::check_body(&mut problems, &body, limits);
    problems.check()?;
    let row = &post.post;
    if body == row.body {
        return Ok(());
    }
    if based_on != row.version {
        return Err(Refusal::Conflict);
    }
    let (now, me) = (tx.now(), tx.me()?.id);
    // An edit is no road around what holds a post back.
    let moderates = tx.me()?.role_in(row.space_id).is_some_and(SpaceRole::moderates);
    let judged = hold::judge(
        tx,
        &hold::Place {
            space: &post.space,
            board: post.board.id,
            topic: Some(row.topic_id),
            moderates,
        },
        "",
        &body,
    )?;
    let body = judged.body.clone();
    let written_at = row.edited_at.unwrap_or(row.created_at);
    diesel::insert_into(revisions::table)
        .values((
            revisions::post_id.eq(row.id),
            revisions::edited_by.eq(row.edited_by.unwrap_or(row.author_id)),
            revisions::body.eq(&row.body),
            revisions::written_at.eq(written_at),
            revisions::replaced_at.eq(now),
        ))
        .execute(tx.conn())?;
    let html = write::rendered(tx, row.space_id, row.format, &body)?;
    let changed = diesel::update(posts::table.find(row.id).filter(posts::version.eq(based_on)))
        .set((
            posts::body.eq(&body),
            posts::body_html.eq(&html),
            posts::render_version.eq(markdown::RENDER_VERSION),
            posts::language.eq(language::detect(&body, &row.language)),
            posts::words.eq(excerpt::words(&excerpt::plain(&html))),
            posts::edited_at.eq(now),
            posts::edited_by.eq(me),
            posts::edits.eq(posts::edits + 1),
            posts::version.eq(posts::version + 1),
        ))
        .execute(tx.conn())?;
    if changed == 0 {
        return Err(Refusal::Conflict);
    }
    diesel::update(topics::table.find(row.topic_id))
        .set(topics::version.eq(topics::version + 1))
        .execute(tx.conn())?;
    if judged.held.is_some() {
        let standing = Standing {
            state: PostState::Held,
            at: Some(now),
            by: None,
            reason: "",
        };
        let edited = find::find(tx, row.id)?;
        set_state(tx, &edited.post, &standing)?;
    }
    hold::bring(tx, &judged, &post.space, row.topic_id, row.id, row.author_id)?;
    let by_author = me == row.author_id;
    tx.record(&Event::PostEdited { at: at(row), by_author })?;
    if !by_author {
        crate::forum::moderation::log_act(tx, &post.topic, Some(row), "edit", "", &Changes::default())?;
    }
    Ok(())
}
