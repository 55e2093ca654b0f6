//! Writing items down: what is found again is not made again, and what it says of why is numbers.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::kinds::{self, Arm, Ended, Judged, WorkKind};
use crate::access::Tx;
use crate::db::conn::each_backend;
use crate::db::schema::work_items;
use crate::db::types::Moment;
use crate::event::Event;
use crate::forum::metrics::rules::{self, List};
use crate::ids::{AccountId, BoardId, SpaceId, TopicId};
use crate::refusal::Result;

/// What the sentence that says why is made of; each kind has its own. No name of a
/// person or department: those are read when it is said. A tag is what it was called when it was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// How many topics, questions, replies or people.
    #[serde(skip_serializing_if = "is_nothing")]
    pub count: i64,
    /// Of how many.
    #[serde(skip_serializing_if = "is_nothing")]
    pub of: i64,
    #[serde(skip_serializing_if = "is_nothing")]
    pub days: i64,
    /// What is usual for the one it is about, in the unit of the other number.
    #[serde(skip_serializing_if = "is_nothing")]
    pub usual: i64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<TopicId>,
    /// Departments that hardly answer each other.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub departments: Vec<i64>,
    /// What both write about.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub tag: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it so")]
fn is_nothing(number: &i64) -> bool {
    *number == 0
}

/// Something that was found.
#[derive(Debug, Clone)]
pub(super) struct New {
    pub(super) space: SpaceId,
    pub(super) kind: WorkKind,
    pub(super) subject: String,
    pub(super) account: Option<AccountId>,
    pub(super) topic: Option<TopicId>,
    pub(super) board: Option<BoardId>,
    pub(super) arm: Arm,
    pub(super) facts: Facts,
    /// Since when it is so.
    pub(super) since: Moment,
}

/// Writes down what is not there yet.
pub(super) fn make(tx: &mut Tx<'_>, new: &[New]) -> Result<()> {
    let now = tx.now();
    let version = kinds::version(rules::current::<List>(tx.conn())?.version);
    for one in new {
        let facts = serde_json::to_string(&one.facts).map_err(crate::refusal::Refusal::broken)?;
        let judge_at = match one.kind.judged() {
            Judged::Writes(days)
            | Judged::Answers(days)
            | Judged::AnyReplied(days)
            | Judged::Meets(days)
            | Judged::Eased(days)
            | Judged::HandedOn(days) => now.plus_days(days),
            Judged::Replied(hours) => now.plus_seconds(hours * 3600),
        };
        let row = (
            (
                work_items::space_id.eq(one.space),
                work_items::kind.eq(one.kind),
                work_items::subject.eq(&one.subject),
                work_items::account_id.eq(one.account),
                work_items::topic_id.eq(one.topic),
                work_items::board_id.eq(one.board),
            ),
            (
                work_items::arm.eq(one.arm),
                work_items::facts.eq(facts),
                work_items::since.eq(one.since),
                work_items::made_at.eq(now),
                work_items::judge_at.eq(judge_at),
                work_items::version.eq(version),
            ),
        );
        let made = each_backend!(tx.conn(), c => diesel::insert_into(work_items::table)
            .values(row).on_conflict_do_nothing().execute(c))?;
        // What waits again is the same thing again: the reply was taken back, or the topic was opened anew.
        if made == 0 && one.kind.waits() {
            diesel::update(
                work_items::table
                    .filter(work_items::space_id.eq(one.space))
                    .filter(work_items::kind.eq(one.kind))
                    .filter(work_items::subject.eq(&one.subject))
                    .filter(work_items::ended_at.is_not_null()),
            )
            .set((
                work_items::ended_at.eq(None::<Moment>),
                work_items::ended_how.eq(""),
                work_items::ended_by.eq(None::<AccountId>),
                work_items::reason.eq(""),
            ))
            .execute(tx.conn())?;
        }
    }
    Ok(())
}

/// Ends an item, once; whether it was this that ended it.
pub(super) fn end(tx: &mut Tx<'_>, item: i64, how: Ended, reason: &str, by: Option<AccountId>) -> Result<bool> {
    let now = tx.now();
    let open = work_items::table.find(item).filter(work_items::ended_at.is_null());
    let ended = diesel::update(open)
        .set((
            work_items::ended_at.eq(now),
            work_items::ended_how.eq(how.word()),
            work_items::ended_by.eq(by),
            work_items::reason.eq(reason),
        ))
        .execute(tx.conn())?;
    if ended == 0 {
        return Ok(false);
    }
    let (space, kind): (SpaceId, WorkKind) = work_items::table
        .find(item)
        .select((work_items::space_id, work_items::kind))
        .first(tx.conn())?;
    tx.record(&Event::WorkEnded {
        space,
        item,
        kind: kind.word(),
        how: how.word(),
    })?;
    Ok(true)
}
