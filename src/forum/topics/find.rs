//! Finding one topic, with the board and space it is in.

use diesel::prelude::*;

use crate::access::{Cx, Place, Placed, PostFacts, Seen, TopicFacts, Tx, Viewer};
use crate::db::dialect;
use crate::db::schema::{boards, spaces, topics};
use crate::db::types::Moment;
use crate::event::At;
use crate::forum::boards::BoardRow;
use crate::forum::spaces::SpaceRow;
use crate::ids::{AccountId, BoardId, PostId, SpaceId, TopicId};
use crate::kinds::{PostState, SpaceRole, TopicKind};
use crate::refusal::Result;

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = topics)]
pub struct TopicRow {
    pub id: TopicId,
    pub space_id: SpaceId,
    pub board_id: BoardId,
    pub author_id: AccountId,
    pub kind: TopicKind,
    pub title: String,
    pub language: String,
    /// The state of its first post: a topic whose beginning is held or removed is so as a whole.
    pub state: PostState,
    pub created_at: Moment,
    pub first_post_id: Option<PostId>,
    pub last_post_id: Option<PostId>,
    pub last_posted_at: Moment,
    /// The highest number that a post here has; numbers may have gaps.
    pub last_number: i64,
    /// Published posts.
    pub post_count: i64,
    pub answer_id: Option<PostId>,
    pub pinned_at: Option<Moment>,
    pub closed_at: Option<Moment>,
    pub closed_by: Option<AccountId>,
    pub closed_reason: String,
    /// Goes up whenever anything on the topic's pages changes.
    pub version: i64,
    pub imported: bool,
    /// Posts that wait for approval.
    pub held_count: i64,
    /// The topic that this one became a part of.
    pub merged_into: Option<TopicId>,
    /// The topic that this one was a branch of.
    pub split_from: Option<TopicId>,
    /// Minutes between two posts of the same person.
    pub slow_minutes: i64,
    /// How often it was looked at in the forum it came from.
    pub imported_views: i64,
    /// Until then every new post waits for approval.
    pub held_until: Option<Moment>,
    /// How many polls its posts have.
    pub polls: i64,
}

impl TopicRow {
    pub fn facts(&self) -> TopicFacts {
        TopicFacts {
            author: self.author_id,
            closed: self.closed_at.is_some(),
            question: self.kind == TopicKind::Question,
            announcement: self.kind == TopicKind::Announcement,
            imported: self.imported,
        }
    }
}

#[derive(Debug, Clone)]
pub struct InBoard {
    pub topic: TopicRow,
    pub board: BoardRow,
    pub space: SpaceRow,
}

impl Placed for InBoard {
    fn place(&self) -> Place {
        let mut place = Place::space(self.space.facts())
            .board(self.board.facts())
            .topic(self.topic.facts());
        // Whether the topic is seen at all is whether its first post is.
        if self.topic.state == PostState::Held {
            place = place.post(PostFacts {
                author: self.topic.author_id,
                state: PostState::Held,
                first: true,
                wiki: false,
            });
        }
        place
    }
}

pub type Topic = Seen<InBoard>;

/// The title of a removed topic is as removed as its text: for all but its author and those who
/// moderate, in the page, in the address and beside every reply.
pub(crate) fn veil(viewer: &Viewer, topic: &mut TopicRow) {
    let removed = !matches!(topic.state, PostState::Published | PostState::Held);
    let knows = match viewer {
        Viewer::System(_) => true,
        Viewer::Visitor => false,
        Viewer::Person(person) => {
            person.id == topic.author_id || person.role_in(topic.space_id).is_some_and(SpaceRole::moderates)
        }
    };
    if removed && !knows {
        "–".clone_into(&mut topic.title);
    }
}

pub fn find(cx: &mut Cx<'_>, id: TopicId) -> Result<Topic> {
    let row: Option<(TopicRow, BoardRow, SpaceRow)> = topics::table
        .inner_join(boards::table)
        .inner_join(spaces::table)
        .filter(topics::id.eq(id))
        .select((TopicRow::as_select(), BoardRow::as_select(), SpaceRow::as_select()))
        .first(cx.conn())
        .optional()?;
    let viewer = std::sync::Arc::clone(cx.viewer());
    Seen::look(
        cx.viewer(),
        row.map(|(mut topic, board, space)| {
            veil(&viewer, &mut topic);
            InBoard { topic, board, space }
        }),
    )
}

/// Finds a topic to do something to it; see [`crate::forum::posts::take`].
pub fn take(tx: &mut Tx<'_>, id: TopicId) -> Result<Topic> {
    dialect::hold(tx.conn(), "topics", id.0)?;
    find(tx, id)
}

/// Where the topic's first post stands, for its events.
pub fn at(topic: &TopicRow) -> At {
    At {
        space: topic.space_id,
        board: topic.board_id,
        topic: topic.id,
        post: topic.first_post_id.unwrap_or(PostId(0)),
        parent: None,
        author: topic.author_id,
    }
}
