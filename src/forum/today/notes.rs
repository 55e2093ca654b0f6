//! What a community manager writes to somebody because of an item: kept until it leaves, which is never in the night
//! or at the weekend, and told like everything that concerns somebody, on their page and by letter as they chose.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use super::choices;
use super::kinds::WorkKind;
use crate::access::{Cx, Tx};
use crate::db::schema::{accounts, memberships, posts, topics, work_items, work_notes};
use crate::db::types::Moment;
use crate::event::Event;
use crate::forum::metrics::hours::Office;
use crate::forum::metrics::models::worklist;
use crate::forum::metrics::rules::{self, List};
use crate::forum::metrics::week::Calendar;
use crate::ids::{AccountId, SpaceId, TopicId};
use crate::kinds::{PostState, SpaceRole};
use crate::refusal::Result;

/// Days of a quarter, in which nobody is written to more than three times.
const QUARTER_DAYS: i64 = 91;

/// On which days each was written to in the last quarter, by whoever it was.
fn days(cx: &mut Cx<'_>) -> Result<BTreeMap<AccountId, Vec<i64>>> {
    let since = cx.now().plus_days(-QUARTER_DAYS - 1);
    let calendar = Calendar::read(cx.conn())?;
    let rows: Vec<(AccountId, Moment)> = work_notes::table
        // By the day on which it reaches them.
        .filter(work_notes::leaves_at.gt(since))
        .filter(work_notes::dropped.eq(false))
        .select((work_notes::to_id, work_notes::leaves_at))
        .load(cx.conn())?;
    let mut all: BTreeMap<AccountId, Vec<i64>> = BTreeMap::new();
    for (who, at) in rows {
        all.entry(who).or_default().push(calendar.day(at));
    }
    Ok(all)
}

/// Who was written to so lately, or so often, that they are left in peace: once in two weeks, three times in a
/// quarter.
pub(super) fn too_often(cx: &mut Cx<'_>, today: i64) -> Result<BTreeSet<AccountId>> {
    let list = rules::current::<List>(cx.conn())?.numbers;
    let most = usize::try_from(list.a_quarter).unwrap_or(usize::MAX);
    Ok(days(cx)?
        .into_iter()
        .filter(|(_, days)| !worklist::may_nudge(days, today, list.days_between, most))
        .map(|(who, _)| who)
        .collect())
}

/// The words of a note, with the name of whom they are for.
pub(crate) fn words_of(cx: &mut Cx<'_>, note: i64) -> Result<String> {
    let (body, name): (String, String) = work_notes::table
        .inner_join(accounts::table.on(accounts::id.eq(work_notes::to_id)))
        .filter(work_notes::id.eq(note))
        .select((work_notes::body, accounts::display_name))
        .first(cx.conn())?;
    Ok(named(&body, &name))
}

/// A text with the name where it belongs.
pub(super) fn named(body: &str, name: &str) -> String {
    body.replace("{name}", name)
}

/// Never in the night, at the weekend or on a holiday, also when the forum stood still at the hour that was meant.
pub(crate) fn any_due(cx: &mut Cx<'_>) -> Result<bool> {
    let now = cx.now();
    if Office::read(cx.conn())?.at_work(now)? != now {
        return Ok(false);
    }
    let first: Option<i64> = work_notes::table
        .filter(work_notes::left_at.is_null())
        .filter(work_notes::leaves_at.le(now))
        .select(work_notes::id)
        .first(cx.conn())
        .optional()?;
    Ok(first.is_some())
}

type Due = (i64, AccountId, AccountId, SpaceId, Option<TopicId>, WorkKind);

/// Whether a topic still has no reply of another.
fn waits(tx: &mut Tx<'_>, topic: TopicId) -> Result<bool> {
    let replies: i64 = posts::table
        .inner_join(topics::table)
        .filter(posts::topic_id.eq(topic))
        .filter(posts::author_id.ne(topics::author_id))
        .filter(posts::state.eq(PostState::Published))
        .count()
        .get_result(tx.conn())?;
    Ok(replies == 0)
}

/// Lets go what is due, each once; who may know of it is asked again when they are told.
pub(crate) fn leave(tx: &mut Tx<'_>) -> Result<()> {
    let now = tx.now();
    let due: Vec<Due> = work_notes::table
        .inner_join(work_items::table.on(work_items::id.eq(work_notes::item_id)))
        .filter(work_notes::left_at.is_null())
        .filter(work_notes::leaves_at.le(now))
        .order(work_notes::id)
        .select((
            work_notes::id,
            work_notes::from_id,
            work_notes::to_id,
            work_items::space_id,
            work_items::topic_id,
            work_items::kind,
        ))
        .limit(200)
        .load(tx.conn())?;
    let away = choices::away(tx)?;
    for (note, from, to, space, topic, kind) in due {
        // What changed since it was written: they want no such words, the one who wrote manages no longer, or what it
        // asks for is done.
        let manages: Option<SpaceRole> = memberships::table
            .find((space, from))
            .select(memberships::role)
            .first(tx.conn())
            .optional()?;
        let settled = match topic.filter(|_| kind.waits()) {
            Some(topic) => !waits(tx, topic)?,
            None => false,
        };
        if away.contains(&to) || settled || manages != Some(SpaceRole::CommunityManager) {
            diesel::update(work_notes::table.find(note).filter(work_notes::left_at.is_null()))
                .set((work_notes::left_at.eq(now), work_notes::dropped.eq(true)))
                .execute(tx.conn())?;
            continue;
        }
        let first = diesel::update(work_notes::table.find(note).filter(work_notes::left_at.is_null()))
            .set(work_notes::left_at.eq(now))
            .execute(tx.conn())?;
        if first == 1 {
            tx.record(&Event::NoteSent {
                space,
                topic,
                account: to,
                by: from,
                note,
            })?;
        }
    }
    Ok(())
}
