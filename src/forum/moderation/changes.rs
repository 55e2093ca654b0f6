//! What a decision changed, written down as it stood before and after, so that it can be undone. The undoing is in
//! [`super::undo`].

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::access::Tx;
use crate::db::schema::{posts, topics};
use crate::db::types::Moment;
use crate::forum::polls::{self, PollPart};
use crate::forum::posts::{PostRow, Rewritten};
use crate::forum::topics::{self as forum_topics, TopicRow};
use crate::ids::{AccountId, PostId, TopicId};
use crate::kinds::PostState;
use crate::refusal::{Refusal, Result};

/// What of a post a decision may change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PostPart {
    pub(crate) state: String,
    pub(crate) at: Option<i64>,
    pub(crate) by: Option<i64>,
    pub(crate) reason: String,
    /// It was the answer of its topic.
    #[serde(default)]
    pub(crate) answer: bool,
    /// Its moment: what was held is new when it is approved. Not written down by early decisions.
    #[serde(default)]
    pub(crate) since: Option<i64>,
}

impl PostPart {
    /// Whether a post is as a decision left it.
    pub(super) fn is_still(&self, after: &Self) -> bool {
        *self
            == Self {
                since: after.since.or(self.since),
                ..after.clone()
            }
    }
}

/// Where a post stands in which tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PostPlace {
    pub(crate) topic: i64,
    pub(crate) space: i64,
    pub(crate) board: i64,
    pub(crate) parent: Option<i64>,
    pub(crate) path: String,
    pub(crate) depth: i64,
    pub(crate) number: i64,
}

/// What of a topic a decision may change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TopicPart {
    pub(crate) space: i64,
    pub(crate) board: i64,
    pub(crate) closed_at: Option<i64>,
    pub(crate) closed_by: Option<i64>,
    pub(crate) closed_reason: String,
    pub(crate) answer: Option<i64>,
    #[serde(default)]
    pub(crate) slow: i64,
    pub(crate) state: String,
    pub(crate) first: Option<i64>,
    pub(crate) merged_into: Option<i64>,
    #[serde(default)]
    pub(crate) title: Option<String>,
    #[serde(default)]
    pub(crate) pinned_at: Option<i64>,
    #[serde(default)]
    pub(crate) kind: Option<String>,
    #[serde(default)]
    pub(crate) tags: Option<Vec<String>>,
    #[serde(default)]
    pub(crate) held_until: Option<i64>,
}

/// A field of a topic that a decision changed: what it was before, unless somebody changed it again.
fn back<T: PartialEq + Clone>(before: &T, after: &T, now: &T) -> Result<T> {
    if before == after {
        return Ok(now.clone());
    }
    if now == after {
        return Ok(before.clone());
    }
    Err(Refusal::Conflict)
}

impl Change<TopicPart> {
    /// The topic with what this change changed as it was before, and everything else as it is now.
    pub(super) fn taken_back(&self, now: &TopicPart) -> Result<TopicPart> {
        let (before, after) = (&self.before, &self.after);
        Ok(TopicPart {
            space: back(&before.space, &after.space, &now.space)?,
            board: back(&before.board, &after.board, &now.board)?,
            closed_at: back(&before.closed_at, &after.closed_at, &now.closed_at)?,
            closed_by: back(&before.closed_by, &after.closed_by, &now.closed_by)?,
            closed_reason: back(&before.closed_reason, &after.closed_reason, &now.closed_reason)?,
            answer: back(&before.answer, &after.answer, &now.answer)?,
            slow: back(&before.slow, &after.slow, &now.slow)?,
            state: back(&before.state, &after.state, &now.state)?,
            first: back(&before.first, &after.first, &now.first)?,
            merged_into: back(&before.merged_into, &after.merged_into, &now.merged_into)?,
            title: back(&before.title, &after.title, &now.title)?,
            pinned_at: back(&before.pinned_at, &after.pinned_at, &now.pinned_at)?,
            kind: back(&before.kind, &after.kind, &now.kind)?,
            tags: back(&before.tags, &after.tags, &now.tags)?,
            held_until: back(&before.held_until, &after.held_until, &now.held_until)?,
        })
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Change<T> {
    pub(crate) id: i64,
    pub(crate) before: T,
    pub(crate) after: T,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Changes {
    pub(crate) posts: Vec<Change<PostPart>>,
    pub(crate) topics: Vec<Change<TopicPart>>,
    pub(crate) sanctions: Vec<i64>,
    #[serde(default)]
    pub(crate) places: Vec<Change<PostPlace>>,
    #[serde(default)]
    pub(crate) texts: Vec<Rewritten>,
    /// The topic that a split made.
    #[serde(default)]
    pub(crate) created: Option<i64>,
    /// Other reviews that were answered with this one.
    #[serde(default)]
    pub(crate) answered: Vec<i64>,
    /// Polls that were ended or taken away.
    #[serde(default)]
    pub(crate) polls: Vec<Change<PollPart>>,
}

impl Changes {
    pub(crate) fn text(&self) -> Result<String> {
        serde_json::to_string(self).map_err(|error| Refusal::broken(error.to_string()))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.posts.is_empty()
            && self.topics.is_empty()
            && self.sanctions.is_empty()
            && self.places.is_empty()
            && self.texts.is_empty()
            && self.polls.is_empty()
    }

    pub(super) fn parse(text: &str) -> Result<Self> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        serde_json::from_str(text).map_err(|error| Refusal::broken(error.to_string()))
    }

    /// Does something to a post, and writes down how it stood before and after.
    pub(crate) fn change_post(
        &mut self,
        tx: &mut Tx<'_>,
        id: PostId,
        work: impl FnOnce(&mut Tx<'_>) -> Result<()>,
    ) -> Result<()> {
        let before = post(tx, id)?;
        work(tx)?;
        let after = post(tx, id)?;
        self.posts.push(Change {
            id: id.0,
            before,
            after,
        });
        Ok(())
    }

    /// The same for a poll, which is in another state then.
    pub(crate) fn change_poll(&mut self, tx: &mut Tx<'_>, id: i64, to: &PollPart) -> Result<()> {
        let before = polls::part(tx, id)?;
        polls::set_part(tx, id, to)?;
        self.polls.push(Change {
            id,
            before,
            after: to.clone(),
        });
        Ok(())
    }

    /// The same for where a post stands.
    pub(crate) fn change_place(
        &mut self,
        tx: &mut Tx<'_>,
        id: PostId,
        work: impl FnOnce(&mut Tx<'_>) -> Result<()>,
    ) -> Result<()> {
        let before = place(tx, id)?;
        work(tx)?;
        let after = place(tx, id)?;
        self.places.push(Change {
            id: id.0,
            before,
            after,
        });
        Ok(())
    }

    /// The same for a topic, with whatever else changes meanwhile.
    pub(crate) fn change_topic<T: Into<Self>>(
        &mut self,
        tx: &mut Tx<'_>,
        id: TopicId,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T>,
    ) -> Result<()> {
        let before = topic(tx, id)?;
        let mut more: Self = work(tx)?.into();
        self.places.append(&mut more.places);
        let after = topic(tx, id)?;
        self.topics.push(Change {
            id: id.0,
            before,
            after,
        });
        Ok(())
    }
}

impl From<()> for Changes {
    fn from((): ()) -> Self {
        Self::default()
    }
}

pub(super) fn place(tx: &mut Tx<'_>, id: PostId) -> Result<PostPlace> {
    let row: PostRow = posts::table.find(id).select(PostRow::as_select()).first(tx.conn())?;
    Ok(PostPlace {
        topic: row.topic_id.0,
        space: row.space_id.0,
        board: row.board_id.0,
        parent: row.parent_id.map(|id| id.0),
        path: row.path,
        depth: row.depth,
        number: row.number,
    })
}

pub(super) fn post(tx: &mut Tx<'_>, id: PostId) -> Result<PostPart> {
    type Row = (
        PostState,
        Option<Moment>,
        Option<AccountId>,
        String,
        Option<PostId>,
        Moment,
    );
    let (state, at, by, reason, answer, since): Row = posts::table
        .inner_join(topics::table)
        .filter(posts::id.eq(id))
        .select((
            posts::state,
            posts::state_at,
            posts::state_by,
            posts::state_reason,
            topics::answer_id,
            posts::created_at,
        ))
        .first(tx.conn())?;
    Ok(PostPart {
        state: state.word().to_owned(),
        at: at.map(|at| at.0),
        by: by.map(|by| by.0),
        reason,
        answer: answer == Some(id),
        since: Some(since.0),
    })
}

pub(super) fn topic(tx: &mut Tx<'_>, id: TopicId) -> Result<TopicPart> {
    let row: TopicRow = topics::table.find(id).select(TopicRow::as_select()).first(tx.conn())?;
    Ok(TopicPart {
        space: row.space_id.0,
        board: row.board_id.0,
        closed_at: row.closed_at.map(|at| at.0),
        closed_by: row.closed_by.map(|by| by.0),
        closed_reason: row.closed_reason,
        answer: row.answer_id.map(|id| id.0),
        slow: row.slow_minutes,
        state: row.state.word().to_owned(),
        first: row.first_post_id.map(|id| id.0),
        merged_into: row.merged_into.map(|id| id.0),
        title: Some(row.title),
        pinned_at: row.pinned_at.map(|at| at.0),
        kind: Some(row.kind.word().to_owned()),
        tags: Some(forum_topics::tags::of(tx, id)?),
        held_until: row.held_until.map(|at| at.0),
    })
}
