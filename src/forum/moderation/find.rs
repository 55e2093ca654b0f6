//! Finding one review, with the space it is of and what the policy must know about it.

use diesel::prelude::*;

use crate::access::{Cx, Place, Placed, ReviewFacts, Seen, Tx, Verb};
use crate::db::dialect;
use crate::db::schema::{flags, reviews, spaces};
use crate::db::types::Moment;
use crate::forum::spaces::SpaceRow;
use crate::ids::{AccountId, PostId, ReviewId, SpaceId, TopicId};
use crate::kinds::{ReviewKind, ReviewSource};
use crate::refusal::{Refusal, Result};

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = reviews)]
pub struct ReviewRow {
    pub id: ReviewId,
    pub space_id: SpaceId,
    pub kind: ReviewKind,
    pub source: ReviewSource,
    pub topic_id: Option<TopicId>,
    pub post_id: Option<PostId>,
    /// Whose post it is, or whom it is about.
    pub about_id: Option<AccountId>,
    pub opened_by: Option<AccountId>,
    /// A word: the first flag's kind, the rule that held it, or the act.
    pub reason: String,
    pub words: String,
    pub opened_at: Moment,
    /// Opened, and the space's hours for a decision.
    pub due_at: Moment,
    /// Hundredths of a point, without what lateness adds.
    pub weight: i64,
    /// Of that, what the readers of its topic weighed when it was opened.
    pub reach: i64,
    pub claimed_by: Option<AccountId>,
    pub claimed_at: Option<Moment>,
    pub escalated_at: Option<Moment>,
    pub decided_at: Option<Moment>,
    pub decided_by: Option<AccountId>,
    pub decided_role: Option<String>,
    /// A decision's word, or an act's.
    pub decision: Option<String>,
    pub rule: String,
    /// The reason that the author got.
    pub note: String,
    pub appeal_of: Option<ReviewId>,
    pub undone_at: Option<Moment>,
    pub undone_by: Option<AccountId>,
    /// What the decision changed, so that it can be undone.
    pub changes: String,
    /// Goes up with everything that happens to it: a button pressed on an older page is refused.
    pub version: i64,
}

/// After so many minutes without an act of whoever took it, a review is anybody's again.
pub const CLAIM_MINUTES: i64 = 15;

impl ReviewRow {
    /// Who has it now.
    pub fn taken_by(&self, now: Moment) -> Option<AccountId> {
        let since = self.claimed_at?;
        self.claimed_by.filter(|_| now < since.plus_seconds(CLAIM_MINUTES * 60))
    }
}

#[derive(Debug, Clone)]
pub struct InReview {
    pub review: ReviewRow,
    pub space: SpaceRow,
    decided_first_by: Option<AccountId>,
    flagged_by_viewer: bool,
}

impl InReview {
    /// Who decided what is appealed against.
    pub(super) fn decided_first_by(&self) -> Option<AccountId> {
        self.decided_first_by
    }
}

impl Placed for InReview {
    fn place(&self) -> Place {
        Place::space(self.space.facts()).review(ReviewFacts {
            about: self.review.about_id,
            escalated: self.review.escalated_at.is_some(),
            decided_first_by: self.decided_first_by,
            flagged_by_viewer: self.flagged_by_viewer,
        })
    }
}

pub type Review = Seen<InReview>;

fn load(cx: &mut Cx<'_>, id: ReviewId) -> Result<Option<InReview>> {
    let row: Option<(ReviewRow, SpaceRow)> = reviews::table
        .inner_join(spaces::table)
        .filter(reviews::id.eq(id))
        .select((ReviewRow::as_select(), SpaceRow::as_select()))
        .first(cx.conn())
        .optional()?;
    let Some((review, space)) = row else { return Ok(None) };
    let decided_first_by = match review.appeal_of {
        Some(first) => reviews::table
            .find(first)
            .select(reviews::decided_by)
            .first(cx.conn())?,
        None => None,
    };
    let flagged: i64 = match cx.viewer().id() {
        Some(me) => flags::table
            .filter(flags::review_id.eq(id))
            .filter(flags::account_id.eq(me))
            .count()
            .get_result(cx.conn())?,
        None => 0,
    };
    Ok(Some(InReview {
        review,
        space,
        decided_first_by,
        flagged_by_viewer: flagged > 0,
    }))
}

/// A review, for those who moderate.
pub fn find(cx: &mut Cx<'_>, id: ReviewId) -> Result<Review> {
    let found = load(cx, id)?;
    Seen::look_as(cx.viewer(), found, Verb::SeeReview)
}

/// A decided review, for the one it is about.
pub fn find_decision(cx: &mut Cx<'_>, id: ReviewId) -> Result<Review> {
    let found = load(cx, id)?.filter(|found| found.review.decided_at.is_some());
    Seen::look_as(cx.viewer(), found, Verb::SeeDecision)
}

/// Finds a review to do something to it. Decisions of one space wait for each other, because one may
/// concern many topics; then the topic is held, as by every deed inside one, then the review. `seen` is
/// the version on the page from which the deed came.
pub(super) fn take(tx: &mut Tx<'_>, id: ReviewId, seen: i64) -> Result<Review> {
    loop {
        let place: (SpaceId, Option<TopicId>) = reviews::table
            .find(id)
            .select((reviews::space_id, reviews::topic_id))
            .first(tx.conn())
            .optional()?
            .ok_or(Refusal::NotFound)?;
        dialect::hold(tx.conn(), "spaces", place.0.0)?;
        if let Some(topic) = place.1 {
            dialect::hold(tx.conn(), "topics", topic.0)?;
        }
        dialect::hold(tx.conn(), "reviews", id.0)?;
        let review = find(tx, id)?;
        // While this waited, the post may have gone elsewhere.
        if (review.review.space_id, review.review.topic_id) != place {
            continue;
        }
        if review.review.version != seen {
            return Err(Refusal::Conflict);
        }
        return Ok(review);
    }
}
