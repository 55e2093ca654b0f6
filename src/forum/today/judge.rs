//! Whether items came out well, shown and held back alike, once the time of each is over: whoever was silent wrote, a
//! topic was answered, two departments met. What it comes to is `effect`'s.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::prelude::*;

use super::between;
use super::by_topics::{carries, first_replies};
use super::in_parts;
use super::kinds::{Judged, WorkKind};
use super::make::Facts;
use crate::access::Cx;
use crate::db::schema::{memberships, posts, topics, work_items};
use crate::db::types::Moment;
use crate::ids::{AccountId, SpaceId, TopicId};
use crate::kinds::{PostState, SpaceRole};
use crate::refusal::{Refusal, Result};

/// Items that are looked at in one turn.
const MOST: i64 = 2_000;

/// When whom answered or wrote, by space and person.
pub(super) type Writings = BTreeMap<(SpaceId, AccountId), Vec<Moment>>;

/// When each of these wrote, since the earliest of the moments that are asked about.
pub(super) fn writings(cx: &mut Cx<'_>, asked: &[(AccountId, Moment)]) -> Result<Writings> {
    let Some(since) = asked.iter().map(|one| one.1).min() else {
        return Ok(Writings::new());
    };
    let who: BTreeSet<AccountId> = asked.iter().map(|one| one.0).collect();
    let who: Vec<AccountId> = who.into_iter().collect();
    let rows: Vec<(SpaceId, AccountId, Moment)> = in_parts(&who, |few| {
        Ok(posts::table
            .filter(posts::author_id.eq_any(few))
            .filter(posts::created_at.gt(since))
            .filter(posts::imported.eq(false))
            .filter(posts::state.eq_any([PostState::Published, PostState::RemovedByAuthor]))
            .select((posts::space_id, posts::author_id, posts::created_at))
            .load(cx.conn())?)
    })?;
    let mut all = Writings::new();
    for (space, who, at) in rows {
        all.entry((space, who)).or_default().push(at);
    }
    Ok(all)
}

/// When each of these answered somebody else, since the earliest of the moments that are asked about.
pub(super) fn answers(cx: &mut Cx<'_>, asked: &[(AccountId, Moment)]) -> Result<Writings> {
    let Some(since) = asked.iter().map(|one| one.1).min() else {
        return Ok(Writings::new());
    };
    let who: Vec<AccountId> = asked.iter().map(|one| one.0).collect();
    let mut all = Writings::new();
    for (space, who, at) in in_parts(&who, |few| between::answered(cx, &few, since))? {
        all.entry((space, who)).or_default().push(at);
    }
    Ok(all)
}

/// An item whose time has come.
struct Due {
    item: i64,
    kind: WorkKind,
    space: SpaceId,
    account: Option<AccountId>,
    topic: Option<TopicId>,
    made_at: Moment,
    judge_at: Moment,
    facts: Facts,
}

impl Due {
    /// What was there before it was on the list is no work of the list.
    fn within(&self, at: Moment) -> bool {
        at > self.made_at && at <= self.judge_at
    }
}

type Row = (
    (i64, WorkKind, SpaceId, Option<AccountId>, Option<TopicId>),
    (Moment, Moment, String),
);

fn due(cx: &mut Cx<'_>) -> Result<Vec<Due>> {
    let now = cx.now();
    let rows: Vec<Row> = work_items::table
        .filter(work_items::came_well.is_null())
        .filter(work_items::judge_at.le(now).assume_not_null())
        .order(work_items::judge_at)
        .select((
            (
                work_items::id,
                work_items::kind,
                work_items::space_id,
                work_items::account_id,
                work_items::topic_id,
            ),
            (
                work_items::made_at,
                work_items::judge_at.assume_not_null(),
                work_items::facts,
            ),
        ))
        .limit(MOST)
        .load(cx.conn())?;
    rows.into_iter()
        .map(|((item, kind, space, account, topic), (made_at, judge_at, facts))| {
            Ok(Due {
                item,
                kind,
                space,
                account,
                topic,
                made_at,
                judge_at,
                facts: serde_json::from_str(&facts).map_err(Refusal::broken)?,
            })
        })
        .collect()
}

/// Items whose time of judgement has come, shown or held back alike, and whether they came out well.
pub(super) fn judged(cx: &mut Cx<'_>) -> Result<Vec<(i64, bool)>> {
    let due = due(cx)?;
    if due.is_empty() {
        return Ok(Vec::new());
    }
    let asked: Vec<(AccountId, Moment)> = due.iter().filter_map(|one| Some((one.account?, one.made_at))).collect();
    let writings = writings(cx, &asked)?;
    let answers = answers(cx, &asked)?;
    let replies = replies(cx, &due)?;
    let talks = talks(cx, &due)?;
    let firsts = firsts(cx, &due)?;
    let held = held(cx, &due)?;
    Ok(due
        .into_iter()
        .map(|one| {
            let some_within = |all: &Vec<Moment>| all.iter().any(|at| one.within(*at));
            let by = |all: &Writings| {
                one.account
                    .and_then(|who| all.get(&(one.space, who)))
                    .is_some_and(some_within)
            };
            let has_reply = |topic: &TopicId| replies.get(topic).is_some_and(some_within);
            let came_well = match one.kind.judged() {
                Judged::Writes(_) => by(&writings),
                Judged::Answers(_) => by(&answers),
                Judged::Replied(_) => one.topic.as_ref().is_some_and(has_reply),
                Judged::AnyReplied(_) => one.facts.topics.iter().any(has_reply),
                Judged::Meets(_) => talks.iter().any(|talk| meets(&one, talk, &talks)),
                Judged::Eased(_) => one.account.is_none_or(|who| {
                    let mine = firsts.iter().filter(|(space, _, at)| {
                        *space == one.space && *at > one.judge_at.plus_days(-FIRST_DAYS) && *at <= one.judge_at
                    });
                    !carries(mine.map(|(_, by, _)| *by), who)
                }),
                Judged::HandedOn(_) => one
                    .account
                    .and_then(|who| held.get(&(one.space, who)))
                    .is_none_or(|since| *since > one.made_at),
            };
            (one.item, came_well)
        })
        .collect())
}

/// When topics that items speak of had replies of others than those who began them.
fn replies(cx: &mut Cx<'_>, due: &[Due]) -> Result<HashMap<TopicId, Vec<Moment>>> {
    let ids: Vec<TopicId> = due
        .iter()
        .flat_map(|one| one.topic.into_iter().chain(one.facts.topics.iter().copied()))
        .collect();
    let mut replies: HashMap<TopicId, Vec<Moment>> = HashMap::new();
    for (topic, at) in in_parts(&ids, |few| {
        Ok(posts::table
            .inner_join(topics::table)
            .filter(posts::topic_id.eq_any(few))
            .filter(posts::author_id.ne(topics::author_id))
            .filter(posts::state.eq_any([PostState::Published, PostState::RemovedByAuthor]))
            .select((posts::topic_id, posts::created_at))
            .load::<(TopicId, Moment)>(cx.conn())?)
    })? {
        replies.entry(topic).or_default().push(at);
    }
    Ok(replies)
}

/// Days before an item in which two people who meet said nothing to each other; and days of first replies.
const STRANGER_DAYS: i64 = 91;
const FIRST_DAYS: i64 = 28;

/// Spaces of due items of a kind, and the moment since which something has to be known of the earliest.
fn where_due(due: &[Due], kind: WorkKind, days: i64, from: impl Fn(&Due) -> Moment) -> Option<(Vec<SpaceId>, Moment)> {
    let mine = || due.iter().filter(|one| one.kind == kind);
    let since = mine().map(from).min()?.plus_days(-days);
    let spaces: BTreeSet<SpaceId> = mine().map(|one| one.space).collect();
    Some((spaces.into_iter().collect(), since))
}

/// Replies that went from one department to another in spaces where two were to meet.
fn talks(cx: &mut Cx<'_>, due: &[Due]) -> Result<Vec<between::Talk>> {
    match where_due(due, WorkKind::Bridge, STRANGER_DAYS, |one| one.made_at) {
        Some((spaces, since)) => between::talks(cx, &spaces, since),
        None => Ok(Vec::new()),
    }
}

/// Whether two of the item's departments meet in this talk: they said nothing to each other in the quarter before.
fn meets(one: &Due, talk: &between::Talk, all: &[between::Talk]) -> bool {
    let pair = |talk: &between::Talk| [talk.from.min(talk.to), talk.from.max(talk.to)];
    let groups = BTreeSet::from(talk.departments.map(|department| department.0));
    let before = |other: &between::Talk| {
        pair(other) == pair(talk)
            && other.space == one.space
            && other.at <= one.made_at
            && other.at > one.made_at.plus_days(-STRANGER_DAYS)
    };
    talk.space == one.space
        && one.within(talk.at)
        && groups == one.facts.departments.iter().copied().collect()
        && !all.iter().any(before)
}

/// Who gave the first replies where one person gave too many of them: space, who, and when the topic began.
fn firsts(cx: &mut Cx<'_>, due: &[Due]) -> Result<Vec<(SpaceId, AccountId, Moment)>> {
    match where_due(due, WorkKind::Load, FIRST_DAYS, |one| one.judge_at) {
        Some((spaces, since)) => first_replies(cx, &spaces, since),
        None => Ok(Vec::new()),
    }
}

/// Since when those hold a role of a team whom items about roles are about.
fn held(cx: &mut Cx<'_>, due: &[Due]) -> Result<HashMap<(SpaceId, AccountId), Moment>> {
    let who: Vec<AccountId> = due
        .iter()
        .filter(|one| one.kind == WorkKind::Role)
        .filter_map(|one| one.account)
        .collect();
    let rows: Vec<(SpaceId, AccountId, Moment, Option<Moment>)> = in_parts(&who, |few| {
        Ok(memberships::table
            .filter(memberships::account_id.eq_any(few))
            .filter(memberships::role.ne(SpaceRole::Member))
            .select((
                memberships::space_id,
                memberships::account_id,
                memberships::joined_at,
                memberships::role_since,
            ))
            .load(cx.conn())?)
    })?;
    Ok(rows
        .into_iter()
        .map(|(space, who, joined, since)| ((space, who), since.unwrap_or(joined)))
        .collect())
}
