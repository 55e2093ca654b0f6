//! Who is on it: taking a review, giving it back, handing it to someone, asking the forum's admins, and
//! notes among moderators.

use diesel::prelude::*;

use super::find::{InReview, Review, take as hold};
use super::open::line;
use crate::access::{Cx, May, Tx, Verb, deed};
use crate::db::schema::{accounts, flags, memberships, reviews};
use crate::db::types::Moment;
use crate::event::Event;
use crate::ids::{AccountId, ReviewId};
use crate::kinds::{LineKind, ReviewKind, SpaceRole, Standing};
use crate::refusal::{Problems, Reason, Refusal, Result};

/// Takes a review, also from whoever has it: the page said who, and from which version the button came.
pub fn take(tx: &mut Tx<'_>, id: ReviewId, seen: i64) -> Result<()> {
    let review = open(hold(tx, id, seen)?)?;
    let me = tx.me()?.id;
    give_to(tx, &review, Some(me))?;
    handled(tx, &review, "taken")?;
    line(tx, id, LineKind::Taken, "")
}

fn handled(tx: &mut Tx<'_>, review: &InReview, how: &'static str) -> Result<()> {
    tx.record(&Event::ReviewHandled {
        space: review.space.id,
        review: review.review.id,
        how,
    })?;
    Ok(())
}

pub fn free(tx: &mut Tx<'_>, id: ReviewId, seen: i64) -> Result<()> {
    let review = open(hold(tx, id, seen)?)?;
    give_to(tx, &review, None)?;
    handled(tx, &review, "freed")?;
    line(tx, id, LineKind::Freed, "")
}

/// The people a review can be handed to: those who moderate its space, but for whom it is about.
pub fn colleagues(cx: &mut Cx<'_>, review: &Review) -> Result<Vec<(AccountId, String)>> {
    let now = cx.now();
    // Nobody whose own case it is: whom it is about, who flagged, who decided what is appealed against.
    let mut not: Vec<AccountId> = flags::table
        .filter(flags::review_id.eq(review.review.id))
        .select(flags::account_id)
        .load(cx.conn())?;
    not.extend(review.review.about_id);
    not.extend(review.decided_first_by());
    Ok(memberships::table
        .inner_join(accounts::table)
        .filter(memberships::space_id.eq(review.space.id))
        .filter(memberships::role.eq_any([SpaceRole::Moderator, SpaceRole::CommunityManager]))
        .filter(accounts::id.ne_all(not))
        .filter(accounts::standing.eq(Standing::Active))
        .filter(
            memberships::role_until
                .is_null()
                .or(memberships::role_until.gt(now).assume_not_null()),
        )
        .order(accounts::display_name)
        .select((accounts::id, accounts::display_name))
        .load(cx.conn())?)
}

pub fn hand(tx: &mut Tx<'_>, id: ReviewId, seen: i64, to: AccountId) -> Result<()> {
    let found = hold(tx, id, seen)?;
    let name = colleagues(tx, &found)?
        .into_iter()
        .find(|(colleague, _)| *colleague == to)
        .map(|(_, name)| name)
        .ok_or_else(|| Problems::one("to", "problem-choose"))?;
    let review = open(found)?;
    give_to(tx, &review, Some(to))?;
    handled(tx, &review, "handed")?;
    line(tx, id, LineKind::Handed, &name)
}

/// Asks the forum's admins: from now on they see this review too, and nothing else of the space.
/// Whoever sees it may ask: also who may not decide it, because it is their own flag.
pub fn escalate(tx: &mut Tx<'_>, id: ReviewId, seen: i64, words: &str) -> Result<()> {
    let review = hold(tx, id, seen)?;
    if review.review.decided_at.is_some() || review.review.kind == ReviewKind::Act {
        return Err(Refusal::Conflict);
    }
    let words = words.trim();
    if words.chars().count() > 1000 {
        return Err(Problems::one("why", "problem-too-long"));
    }
    let now = tx.now();
    diesel::update(reviews::table.find(id))
        .set((
            reviews::escalated_at.eq(Some(now)),
            reviews::claimed_by.eq(None::<AccountId>),
            reviews::claimed_at.eq(None::<Moment>),
            reviews::version.eq(reviews::version + 1),
        ))
        .execute(tx.conn())?;
    line(tx, id, LineKind::Escalated, words)?;
    tx.record(&Event::ReviewEscalated {
        space: review.space.id,
        review: id,
    })?;
    Ok(())
}

/// A note for whoever moderates; the author and the members never read it. Like every act it takes a review that
/// nobody has, and keeps one's own from going back to the queue.
pub fn note(tx: &mut Tx<'_>, id: ReviewId, words: &str) -> Result<()> {
    let words = words.trim();
    if words.is_empty() {
        return Err(Problems::one("words", "problem-body-empty"));
    }
    if words.chars().count() > 2000 {
        return Err(Problems::one("words", "problem-too-long"));
    }
    let review = super::find::find(tx, id)?;
    let (now, me) = (tx.now(), tx.me()?.id);
    let holder = review.review.taken_by(now);
    let waits = review.review.decided_at.is_none() && review.review.kind != ReviewKind::Act;
    if waits && review.can(Verb::DecideReview) && holder.is_none_or(|who| who == me) {
        // The page that others have open stays good: what is decided is the same.
        diesel::update(reviews::table.find(id))
            .set((reviews::claimed_by.eq(Some(me)), reviews::claimed_at.eq(Some(now))))
            .execute(tx.conn())?;
        if holder.is_none() {
            line(tx, id, LineKind::Taken, "")?;
        }
    }
    handled(tx, &review, "noted")?;
    line(tx, id, LineKind::Note, words)
}

/// Only what is undecided is taken, and only by those who may decide it.
fn open(review: Review) -> Result<May<deed::DecideReview, InReview>> {
    let decided = review.review.decided_at.is_some() || review.review.kind == ReviewKind::Act;
    let may = review.may()?;
    if decided {
        return Err(Refusal::Conflict);
    }
    Ok(may)
}

fn give_to(tx: &mut Tx<'_>, review: &May<deed::DecideReview, InReview>, whom: Option<AccountId>) -> Result<()> {
    if whom.is_some() && whom == review.review.about_id {
        return Err(Refusal::Denied(Reason::OwnCase));
    }
    let now = tx.now();
    diesel::update(reviews::table.find(review.review.id))
        .set((
            reviews::claimed_by.eq(whom),
            reviews::claimed_at.eq(whom.map(|_| now)),
            reviews::version.eq(reviews::version + 1),
        ))
        .execute(tx.conn())?;
    Ok(())
}
