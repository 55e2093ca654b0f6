//! Editing a post. What it said before is kept as a revision. Here is the one function by which a text
//! changes, and the one that takes such a change back.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::find::{self, InTopic, PostRow, at};
use super::remove::{Standing, set_state};
use super::write;
use crate::access::door::hex;
use crate::access::{May, Tx, deed};
use crate::db::schema::{posts, revisions, topics};
use crate::db::types::Moment;
use crate::event::Event;
use crate::forum::moderation::{Changes, hold};
use crate::ids::{AccountId, PostId};
use crate::kinds::{JobKind, PostState, SpaceRole};
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
    // Who edits what its author shares with all does it for all: it is no act against anybody. A moderator's is one.
    let together = row.wiki && row.state == PostState::Published && !moderates;
    // What one member writes takes nothing of another's away, and nobody is judged for another's words.
    if me != row.author_id && (judged.held.is_some() || judged.flagged.is_some()) {
        return Err(Problems::one("body", "problem-wiki-held"));
    }
    let rewritten = rewrite(tx, row, &judged.body)?;
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
    crate::forum::moderation::changed_under(tx, row.topic_id, row.id)?;
    let by_author = me == row.author_id;
    tx.record(&Event::PostEdited { at: at(row), by_author })?;
    if !by_author && !together {
        let mut changes = Changes::default();
        changes.texts.push(rewritten);
        crate::forum::moderation::log_act(tx, &post.topic, Some(row), "edit", "", &changes)?;
    }
    Ok(())
}

/// Lets all members edit a post, or keeps it to its author again. What they wrote stays.
pub fn share(tx: &mut Tx<'_>, post: May<deed::ShareEditing, InTopic>, wiki: bool) -> Result<()> {
    let row = &post.post;
    if row.wiki == wiki {
        return Ok(());
    }
    diesel::update(posts::table.find(row.id))
        .set((posts::wiki.eq(wiki), posts::version.eq(posts::version + 1)))
        .execute(tx.conn())?;
    diesel::update(topics::table.find(row.topic_id))
        .set(topics::version.eq(topics::version + 1))
        .execute(tx.conn())?;
    tx.record(&Event::EditingShared { at: at(row), wiki })?;
    Ok(())
}

/// A text that took the place of another: enough to put the earlier one back, without either text.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Rewritten {
    post: i64,
    revision: i64,
    /// What it says since, as a hash.
    says: String,
    edited_at: Option<i64>,
    edited_by: Option<i64>,
    edits: i64,
    language: String,
}

fn hash(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// Puts another text in place of a post's, and keeps the one before as a revision.
pub(crate) fn rewrite(tx: &mut Tx<'_>, row: &PostRow, body: &str) -> Result<Rewritten> {
    let (now, me) = (tx.now(), tx.me()?.id);
    let moderates = tx.me()?.role_in(row.space_id).is_some_and(SpaceRole::moderates) || tx.viewer().is_admin();
    let revision: i64 = diesel::insert_into(revisions::table)
        .values((
            revisions::post_id.eq(row.id),
            revisions::edited_by.eq(row.edited_by.unwrap_or(row.author_id)),
            revisions::body.eq(&row.body),
            revisions::written_at.eq(row.edited_at.unwrap_or(row.created_at)),
            revisions::replaced_at.eq(now),
            // What was never published, and what a moderator took out, is not for every reader.
            revisions::kept_back
                .eq(row.state != PostState::Published || me != row.author_id && (!row.wiki || moderates)),
        ))
        .returning(revisions::id)
        .get_result(tx.conn())?;
    let language = language::detect(body, &row.language);
    put(tx, row, body, &language, (Some(now), Some(me), row.edits + 1))?;
    Ok(Rewritten {
        post: row.id.0,
        revision,
        says: hash(body),
        edited_at: row.edited_at.map(|at| at.0),
        edited_by: row.edited_by.map(|by| by.0),
        edits: row.edits,
        language: row.language.clone(),
    })
}

/// The text of a post, and what is reckoned from it; who edited it last and how often.
fn put(
    tx: &mut Tx<'_>,
    row: &PostRow,
    body: &str,
    language: &str,
    (edited_at, edited_by, edits): (Option<Moment>, Option<AccountId>, i64),
) -> Result<()> {
    let html = write::rendered(tx, row.space_id, row.format, row.imported, body)?;
    let changed = diesel::update(posts::table.find(row.id).filter(posts::version.eq(row.version)))
        .set((
            posts::body.eq(body),
            posts::body_html.eq(&html),
            posts::render_version.eq(markdown::RENDER_VERSION),
            posts::language.eq(language),
            posts::words.eq(excerpt::words(&excerpt::plain(&html))),
            posts::edited_at.eq(edited_at),
            posts::edited_by.eq(edited_by),
            posts::edits.eq(edits),
            posts::version.eq(posts::version + 1),
        ))
        .execute(tx.conn())?;
    if changed == 0 {
        return Err(Refusal::Conflict);
    }
    crate::forum::files::carry(tx, row.id, row.author_id, body)?;
    if !row.imported {
        crate::forum::previews::ask(tx, row.id, row.format, body)?;
    }
    diesel::update(topics::table.find(row.topic_id))
        .set(topics::version.eq(topics::version + 1))
        .execute(tx.conn())?;
    Ok(())
}

/// Takes an edit back, as if it had never been. Errs with [`Refusal::Conflict`] when the text was changed
/// again since, or when the earlier one is kept no more.
pub(crate) fn unwrite(tx: &mut Tx<'_>, rewritten: &Rewritten) -> Result<()> {
    let row: PostRow = posts::table
        .find(PostId(rewritten.post))
        .select(PostRow::as_select())
        .first(tx.conn())?;
    let earlier: Option<String> = revisions::table
        .find(rewritten.revision)
        .select(revisions::body)
        .first(tx.conn())
        .optional()?;
    let earlier = earlier
        .filter(|_| hash(&row.body) == rewritten.says)
        .ok_or(Refusal::Conflict)?;
    let before = (
        rewritten.edited_at.map(Moment),
        rewritten.edited_by.map(AccountId),
        rewritten.edits,
    );
    put(tx, &row, &earlier, &rewritten.language, before)?;
    diesel::delete(revisions::table.find(rewritten.revision)).execute(tx.conn())?;
    tx.ask_for(JobKind::IndexPost, row.id.0)
}

impl Rewritten {
    pub(crate) fn post(&self) -> PostId {
        PostId(self.post)
    }

    /// Whether it still says what it was edited into.
    pub(crate) fn stands(&self, tx: &mut Tx<'_>) -> Result<bool> {
        let body: String = posts::table.find(self.post()).select(posts::body).first(tx.conn())?;
        Ok(hash(&body) == self.says)
    }
}
