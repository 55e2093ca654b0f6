//! Warnings, silences and suspensions: given with a decision, over by themselves, and shown to the one
//! they concern.

use diesel::prelude::*;

use crate::access::{Cx, Tx, viewer};
use crate::db::schema::{sanctions, sessions, spaces};
use crate::db::types::Moment;
use crate::ids::{AccountId, ReviewId, SpaceId};
use crate::kinds::{ForumRole, SanctionKind, SpaceRole};
use crate::refusal::{Problems, Result};

/// What goes with a decision about an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    pub kind: SanctionKind,
    /// Days; a warning counts for thirty.
    pub days: i64,
}

/// The choices that a moderator has, in days.
pub const SILENCES: [i64; 4] = [1, 3, 7, 30];
pub const SUSPENSIONS: [i64; 3] = [7, 30, 365];

/// Days after which a warning is over.
const WARNING_DAYS: i64 = 30;

/// Gives a sanction; the number of its row. Who moderates the space, or is an admin, is not silenced from
/// the queue, and who holds any role for the forum or moderates anywhere is not suspended from it: the role
/// goes first, by those who give it.
pub(super) fn give(tx: &mut Tx<'_>, space: SpaceId, account: AccountId, given: Given, review: ReviewId) -> Result<i64> {
    let now = tx.now();
    if given.kind != SanctionKind::Warning {
        // Of whoever may not enter any more there is no role to be minded.
        let answers = match viewer::load(tx.conn(), account, now)? {
            None => false,
            Some(person) if given.kind == SanctionKind::Suspension => {
                person.forum_role != ForumRole::None || person.memberships.values().any(|role| role.moderates())
            }
            Some(person) => {
                person.forum_role == ForumRole::Admin || person.role_in(space).is_some_and(SpaceRole::moderates)
            }
        };
        if answers {
            return Err(Problems::one("sanction", "problem-sanction-moderator"));
        }
        let offered = match given.kind {
            SanctionKind::Silence => SILENCES.contains(&given.days),
            _ => SUSPENSIONS.contains(&given.days),
        };
        if !offered {
            return Err(Problems::one("sanction", "problem-choose"));
        }
    }
    let days = match given.kind {
        SanctionKind::Warning => WARNING_DAYS,
        _ => given.days,
    };
    let whole_forum = given.kind == SanctionKind::Suspension;
    let id: i64 = diesel::insert_into(sanctions::table)
        .values((
            sanctions::space_id.eq((!whole_forum).then_some(space)),
            sanctions::account_id.eq(account),
            sanctions::kind.eq(given.kind),
            sanctions::review_id.eq(Some(review)),
            sanctions::given_at.eq(now),
            sanctions::until.eq(now.plus_days(days)),
        ))
        .returning(sanctions::id)
        .get_result(tx.conn())?;
    if whole_forum {
        diesel::delete(sessions::table.filter(sessions::account_id.eq(account))).execute(tx.conn())?;
    }
    tx.access_moved();
    Ok(id)
}

/// A sanction, for a page.
#[derive(Debug, Clone, Queryable)]
pub struct Sanction {
    pub kind: SanctionKind,
    pub space: Option<String>,
    pub given_at: Moment,
    pub until: Moment,
    pub ended_at: Option<Moment>,
    pub review: Option<ReviewId>,
}

impl Sanction {
    pub fn holds(&self, now: Moment) -> bool {
        self.ended_at.is_none() && now < self.until
    }
}

/// My own, the latest first.
pub fn mine(cx: &mut Cx<'_>) -> Result<Vec<Sanction>> {
    let me = cx.me()?.id;
    Ok(sanctions::table
        .left_join(spaces::table.on(spaces::id.nullable().eq(sanctions::space_id)))
        .filter(sanctions::account_id.eq(me))
        .order(sanctions::id.desc())
        .limit(50)
        .select((
            sanctions::kind,
            spaces::name.nullable(),
            sanctions::given_at,
            sanctions::until,
            sanctions::ended_at,
            sanctions::review_id,
        ))
        .load(cx.conn())?)
}

/// Until when somebody is kept out of the forum; for the door, which has just checked the password.
pub(crate) fn suspended_until(cx: &mut Cx<'_>, account: AccountId) -> Result<Option<Moment>> {
    let now = cx.now();
    Ok(sanctions::table
        .filter(sanctions::account_id.eq(account))
        .filter(sanctions::kind.eq(SanctionKind::Suspension))
        .filter(sanctions::ended_at.is_null())
        .filter(sanctions::until.gt(now))
        .select(diesel::dsl::max(sanctions::until))
        .first(cx.conn())?)
}
