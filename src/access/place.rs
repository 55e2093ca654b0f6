//! The facts that the policy may look at, and nothing else.

use crate::ids::{AccountId, SpaceId};
use crate::kinds::{Joining, PostState, Visibility, WhoStarts};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpaceFacts {
    pub id: SpaceId,
    pub visibility: Visibility,
    pub joining: Joining,
    pub archived: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoardFacts {
    pub archived: bool,
    pub who_starts: WhoStarts,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TopicFacts {
    pub author: AccountId,
    pub closed: bool,
    pub question: bool,
    pub announcement: bool,
    pub imported: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PostFacts {
    pub author: AccountId,
    pub state: PostState,
    /// The post that begins its topic cannot be removed alone and is nobody's answer.
    pub first: bool,
    /// Its author lets all members edit it.
    pub wiki: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReviewFacts {
    /// Whose post, or whose account, it is about.
    pub about: Option<AccountId>,
    /// Handed to the forum's admins by a moderator of the space.
    pub escalated: bool,
    /// Who decided what is appealed against.
    pub decided_first_by: Option<AccountId>,
    /// The viewer is among those who flagged it.
    pub flagged_by_viewer: bool,
}

/// Where a verb would happen. `None` for a space: the forum as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    pub space: Option<SpaceFacts>,
    pub board: Option<BoardFacts>,
    pub topic: Option<TopicFacts>,
    pub post: Option<PostFacts>,
    pub review: Option<ReviewFacts>,
}

impl Place {
    pub fn forum() -> Self {
        Self::default()
    }

    pub fn space(space: SpaceFacts) -> Self {
        Self {
            space: Some(space),
            ..Self::default()
        }
    }

    #[must_use]
    pub fn board(self, board: BoardFacts) -> Self {
        Self {
            board: Some(board),
            ..self
        }
    }

    #[must_use]
    pub fn topic(self, topic: TopicFacts) -> Self {
        Self {
            topic: Some(topic),
            ..self
        }
    }

    #[must_use]
    pub fn review(self, review: ReviewFacts) -> Self {
        Self {
            review: Some(review),
            ..self
        }
    }

    #[must_use]
    pub fn post(self, post: PostFacts) -> Self {
        Self {
            post: Some(post),
            ..self
        }
    }
}
