//! Finding one post, with the topic, board and space it is in.

use diesel::prelude::*;

use crate::access::{Cx, Place, Placed, PostFacts, Seen, Tx};
use crate::db::dialect;
use crate::db::schema::{boards, posts, spaces, topics};
use crate::db::types::Moment;
use crate::event::At;
use crate::forum::boards::BoardRow;
use crate::forum::spaces::SpaceRow;
use crate::forum::topics::TopicRow;
use crate::ids::{AccountId, BoardId, PostId, SpaceId, TopicId};
use crate::kinds::{Format, PostState};
use crate::refusal::{Refusal, Result};

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = posts)]
pub struct PostRow {
    pub id: PostId,
    pub space_id: SpaceId,
    pub board_id: BoardId,
    pub topic_id: TopicId,
    pub author_id: AccountId,
    pub parent_id: Option<PostId>,
    pub path: String,
    pub depth: i64,
    /// Its place in its topic, in order of writing, from one.
    pub number: i64,
    pub body: String,
    pub format: Format,
    pub body_html: String,
    pub language: String,
    pub state: PostState,
    pub state_at: Option<Moment>,
    pub state_by: Option<AccountId>,
    pub state_reason: String,
    pub created_at: Moment,
    pub edited_at: Option<Moment>,
    pub edited_by: Option<AccountId>,
    pub edits: i64,
    pub thanks: i64,
    pub version: i64,
    pub imported: bool,
    /// All members of the space may edit it.
    pub wiki: bool,
    /// What stood below it in a mail, for who asks.
    pub trimmed: Option<String>,
}

#[derive(Debug, Clone)]
pub struct InTopic {
    pub post: PostRow,
    pub topic: TopicRow,
    pub board: BoardRow,
    pub space: SpaceRow,
}

impl Placed for InTopic {
    fn place(&self) -> Place {
        Place::space(self.space.facts())
            .board(self.board.facts())
            .topic(self.topic.facts())
            .post(PostFacts {
                author: self.post.author_id,
                state: self.post.state,
                first: self.topic.first_post_id == Some(self.post.id),
                wiki: self.post.wiki,
            })
    }
}

pub type Post = Seen<InTopic>;

pub fn find(cx: &mut Cx<'_>, id: PostId) -> Result<Post> {
    let row: Option<(PostRow, TopicRow)> = posts::table
        .inner_join(topics::table)
        .filter(posts::id.eq(id))
        .select((PostRow::as_select(), TopicRow::as_select()))
        .first(cx.conn())
        .optional()?;
    let Some((post, mut topic)) = row else {
        return Err(Refusal::NotFound);
    };
    crate::forum::topics::veil(cx.viewer(), &mut topic);
    let (board, space): (BoardRow, SpaceRow) = boards::table
        .inner_join(spaces::table)
        .filter(boards::id.eq(topic.board_id))
        .select((BoardRow::as_select(), SpaceRow::as_select()))
        .first(cx.conn())?;
    let seen = Seen::look(
        cx.viewer(),
        Some(InTopic {
            post,
            topic,
            board,
            space,
        }),
    )?;
    // A post is seen where its topic is.
    crate::forum::topics::find(cx, seen.topic.id)?;
    Ok(seen)
}

/// Finds a post to do something to it. Whatever is done inside a topic holds the topic first, then
/// its posts, then boards: deeds that meet wait for each other, and each sees what the one before did.
pub fn take(tx: &mut Tx<'_>, id: PostId) -> Result<Post> {
    loop {
        let topic: TopicId = posts::table
            .find(id)
            .select(posts::topic_id)
            .first(tx.conn())
            .optional()?
            .ok_or(Refusal::NotFound)?;
        dialect::hold(tx.conn(), "topics", topic.0)?;
        let post = find(tx, id)?;
        // While this waited, the post may have gone to another topic.
        if post.topic.id == topic {
            return Ok(post);
        }
    }
}

/// Where a post stands, for its events.
pub fn at(post: &PostRow) -> At {
    At {
        space: post.space_id,
        board: post.board_id,
        topic: post.topic_id,
        post: post.id,
        parent: post.parent_id,
        author: post.author_id,
    }
}

/// The posts of a topic that stand, with their authors, in order of writing.
pub fn standing(cx: &mut Cx<'_>, topic: TopicId) -> Result<Vec<(PostId, AccountId)>> {
    let condition = crate::access::scope::posts(cx);
    Ok(posts::table
        .filter(posts::topic_id.eq(topic))
        .filter(posts::state.eq(PostState::Published))
        .filter(condition)
        .order(posts::number)
        .select((posts::id, posts::author_id))
        .load(cx.conn())?)
}
