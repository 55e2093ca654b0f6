//! Telling those who moderate that something waits longer than their space's target: at most one letter an
//! hour to each, and none about what the last one was about.

use std::collections::BTreeMap;

use diesel::prelude::*;

use crate::access::{Cx, Person, Tx, viewer};
use crate::db::schema::{accounts, letters as outbox, memberships, reviews};
use crate::db::types::Moment;
use crate::forum::letters::about_reviews;
use crate::ids::{AccountId, ReviewId, SpaceId};
use crate::kinds::{ForumRole, ReviewKind, SpaceRole};
use crate::refusal::Result;

/// The kind of the letter, by which the last one is found.
const KIND: &str = "overdue";

/// A review that waits too long.
#[derive(Queryable)]
struct Late {
    id: ReviewId,
    space: SpaceId,
    due_at: Moment,
    about: Option<AccountId>,
    escalated_at: Option<Moment>,
}

/// More than these are many, whatever the number.
const MOST: i64 = 1_000;

fn late(cx: &mut Cx<'_>) -> Result<Vec<Late>> {
    let now = cx.now();
    Ok(reviews::table
        .filter(reviews::decided_at.is_null())
        .filter(reviews::kind.ne(ReviewKind::Act))
        .filter(reviews::due_at.lt(now))
        .order(reviews::due_at.desc())
        .select((
            reviews::id,
            reviews::space_id,
            reviews::due_at,
            reviews::about_id,
            reviews::escalated_at,
        ))
        .limit(MOST)
        .load(cx.conn())?)
}

/// Whether anything waits too long at all: mostly nothing does.
pub(crate) fn any(cx: &mut Cx<'_>) -> Result<bool> {
    let now = cx.now();
    let first: Option<Moment> = reviews::table
        .filter(reviews::decided_at.is_null())
        .filter(reviews::kind.ne(ReviewKind::Act))
        .filter(reviews::due_at.lt(now))
        .select(reviews::due_at)
        .first(cx.conn())
        .optional()?;
    Ok(first.is_some())
}

/// Whether a review is before this person.
fn concerns(person: &Person, one: &Late) -> bool {
    let moderates = person.role_in(one.space).is_some_and(SpaceRole::moderates);
    let asked = one.escalated_at.is_some() && person.forum_role == ForumRole::Admin;
    one.about != Some(person.id) && (moderates || asked)
}

/// Those who moderate any of these spaces, and the admins when they were asked.
fn whom(tx: &mut Tx<'_>, late: &[Late]) -> Result<Vec<AccountId>> {
    let spaces: Vec<SpaceId> = late.iter().map(|one| one.space).collect();
    let mut all: Vec<AccountId> = memberships::table
        .filter(memberships::space_id.eq_any(spaces))
        .filter(memberships::role.eq_any([SpaceRole::Moderator, SpaceRole::CommunityManager]))
        .select(memberships::account_id)
        .load(tx.conn())?;
    if late.iter().any(|one| one.escalated_at.is_some()) {
        let admins: Vec<AccountId> = accounts::table
            .filter(accounts::forum_role.eq(ForumRole::Admin))
            .select(accounts::id)
            .load(tx.conn())?;
        all.extend(admins);
    }
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

/// Writes the letters that are due now.
pub(crate) fn tell(tx: &mut Tx<'_>, site: &str) -> Result<()> {
    let late = late(tx)?;
    if late.is_empty() {
        return Ok(());
    }
    // Of two nodes one writes them.
    crate::db::dialect::hold(tx.conn(), "epochs", 1)?;
    // Whoever could have decided may have left meanwhile: then it is the admins'.
    let lonely: Vec<ReviewId> = late
        .iter()
        .filter(|one| one.escalated_at.is_none())
        .map(|one| one.id)
        .collect();
    super::open::bring_before_somebody(tx, &lonely)?;
    let late = self::late(tx)?;
    let now = tx.now();
    let people = whom(tx, &late)?;
    let last: BTreeMap<AccountId, Option<Moment>> = outbox::table
        .filter(outbox::kind.eq(KIND))
        .filter(outbox::account_id.eq_any(people.clone()).assume_not_null())
        .group_by(outbox::account_id)
        .select((
            outbox::account_id.assume_not_null(),
            diesel::dsl::max(outbox::created_at),
        ))
        .load::<(AccountId, Option<Moment>)>(tx.conn())?
        .into_iter()
        .collect();
    for account in people {
        let last = last.get(&account).copied().flatten();
        if last.is_some_and(|last| now < last.plus_seconds(3600)) {
            continue;
        }
        let Some(person) = viewer::load(tx.conn(), account, now)? else {
            continue;
        };
        let mine: Vec<&Late> = late.iter().filter(|one| concerns(&person, one)).collect();
        // The newest stands first: what is late since the last letter is what this one is about.
        let Some(newest) = mine.first() else { continue };
        if last.is_some_and(|last| newest.due_at <= last) {
            continue;
        }
        about_reviews::overdue(tx, account, mine.len(), site)?;
    }
    Ok(())
}
