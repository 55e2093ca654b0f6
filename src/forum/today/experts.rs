//! Who may know about a topic that waits: people who agreed to be found, by what they wrote about the same, and what
//! it was that they wrote. Found by the search, as whoever asks: nothing that they do not see counts.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::prelude::*;

use super::kinds::Arm;
use super::list::Item;
use super::{choices, expertise, notes};
use crate::access::{Cx, scope};
use crate::db::schema::{accounts, expertise_denied, posts, spaces, topics};
use crate::db::types::Moment;
use crate::forum::metrics::week::Calendar;
use crate::forum::people;
use crate::ids::{AccountId, DepartmentId, PostId, TopicId};
use crate::kinds::{AccountKind, PostState, Standing, Visibility};
use crate::refusal::Result;

/// How many are proposed.
const PROPOSED: usize = 3;

/// Somebody, and a post of theirs that says why.
#[derive(Debug, Clone)]
pub struct Expert {
    pub id: AccountId,
    pub name: String,
    pub address: String,
    pub wrote: (PostId, String),
    /// How many topics about the same they wrote in.
    pub topics: usize,
}

struct Found {
    name: String,
    handle: String,
    department: Option<DepartmentId>,
    wrote: (PostId, String),
    topics: BTreeSet<TopicId>,
    /// The place of the nearest topic that they wrote in.
    nearest: usize,
}

/// Those who may know, at most three, out of the topics that the search finds near: who wrote in most of
/// them first, and of equals who wrote in the nearest; in one half of all items somebody of another department comes first.
pub fn who_knows(cx: &mut Cx<'_>, item: &Item, near: &[TopicId]) -> Result<Vec<Expert>> {
    let Some((topic, _)) = &item.topic else {
        return Ok(Vec::new());
    };
    let near: Vec<TopicId> = near.iter().copied().filter(|other| other != topic).collect();
    let mut found = written(cx, &near)?;
    let asker = asker(cx, *topic)?;
    let me = cx.me()?.id;
    let calendar = Calendar::read(cx.conn())?;
    let (today, away) = (calendar.day(cx.now()), choices::away(cx)?);
    let asked = notes::too_often(cx, today)?;
    let visibility: Visibility = spaces::table
        .find(item.space.0)
        .select(spaces::visibility)
        .first(cx.conn())?;
    let ids: Vec<AccountId> = found.keys().copied().collect();
    let readers = people::readers_among(cx, &ids, item.space.0, visibility)?;
    found.retain(|who, _| {
        readers.contains(who) && *who != me && *who != asker.0 && !away.contains(who) && !asked.contains(who)
    });
    let left: Vec<AccountId> = found.keys().copied().collect();
    let busy = busy(cx, &left)?;
    let mut all: Vec<(AccountId, Found)> = found.into_iter().filter(|(who, _)| !busy.contains(who)).collect();
    all.sort_by_key(|(who, one)| (std::cmp::Reverse(one.topics.len()), one.nearest, *who));
    if item.arm == Arm::Elsewhere
        && let Some(place) = all
            .iter()
            .position(|(_, one)| one.department.is_some() && one.department != asker.1)
    {
        let other = all.remove(place);
        all.insert(0, other);
    }
    all.truncate(PROPOSED);
    Ok(all
        .into_iter()
        .map(|(id, one)| Expert {
            id,
            address: crate::url::person(id, &one.handle),
            name: one.name,
            wrote: one.wrote,
            topics: one.topics.len(),
        })
        .collect())
}

fn asker(cx: &mut Cx<'_>, topic: TopicId) -> Result<(AccountId, Option<DepartmentId>)> {
    Ok(topics::table
        .inner_join(accounts::table)
        .filter(topics::id.eq(topic))
        .select((accounts::id, accounts::department_id))
        .first(cx.conn())?)
}

type Row = (
    (PostId, TopicId, String),
    (AccountId, String, String, Option<DepartmentId>),
);

/// Who wrote in these topics, of those who agreed to be found.
fn written(cx: &mut Cx<'_>, near: &[TopicId]) -> Result<BTreeMap<AccountId, Found>> {
    let places: HashMap<TopicId, usize> = near.iter().enumerate().map(|(place, id)| (*id, place)).collect();
    let condition = scope::posts(cx);
    let rows: Vec<Row> = posts::table
        .inner_join(topics::table)
        .inner_join(accounts::table)
        .filter(posts::topic_id.eq_any(near.to_vec()))
        .filter(condition)
        .filter(posts::state.eq(PostState::Published))
        .filter(topics::state.eq(PostState::Published))
        .filter(accounts::findable)
        .filter(accounts::standing.eq(Standing::Active))
        .filter(accounts::kind.ne(AccountKind::Placeholder))
        // Whoever asked about the same does not know yet, and whoever says that they do not know is believed.
        .filter(posts::author_id.ne(topics::author_id))
        .filter(diesel::dsl::not(diesel::dsl::exists(
            expertise_denied::table
                .filter(expertise_denied::board_id.eq(topics::board_id))
                .filter(expertise_denied::account_id.eq(posts::author_id)),
        )))
        .order(posts::id)
        .select((
            (posts::id, topics::id, topics::title),
            (
                accounts::id,
                accounts::display_name,
                accounts::name,
                accounts::department_id,
            ),
        ))
        .limit(2_000)
        .load(cx.conn())?;
    let mut all: BTreeMap<AccountId, Found> = BTreeMap::new();
    for ((post, topic, title), (who, name, handle, department)) in rows {
        let place = places.get(&topic).copied().unwrap_or(usize::MAX);
        let one = all.entry(who).or_insert_with(|| Found {
            name,
            handle,
            department,
            wrote: (post, title.clone()),
            topics: BTreeSet::new(),
            nearest: place,
        });
        one.topics.insert(topic);
        if place < one.nearest {
            one.nearest = place;
            one.wrote = (post, title);
        }
    }
    Ok(all)
}

/// Days of a week, and how many weeks say what is usual.
const WEEK_DAYS: i64 = 7;
const WEEKS: usize = 13;

/// Those of them who answer more than usual just now: in the last seven days half as much again as in the middle one of
/// the thirteen weeks before. Whoever usually answers less than once a week is never too busy.
fn busy(cx: &mut Cx<'_>, who: &[AccountId]) -> Result<BTreeSet<AccountId>> {
    let now = cx.now();
    let since = now.plus_days(-WEEK_DAYS * (1 + i64::try_from(WEEKS).unwrap_or(0)));
    // By how many weeks ago; the first is the last seven days.
    let mut answered: HashMap<AccountId, [i64; 1 + WEEKS]> = HashMap::new();
    for (who, at) in posts::table
        .filter(posts::author_id.eq_any(who))
        .filter(posts::parent_id.is_not_null())
        .filter(posts::state.eq(PostState::Published))
        .filter(posts::imported.eq(false))
        .filter(posts::created_at.gt(since))
        .select((posts::author_id, posts::created_at))
        .load::<(AccountId, Moment)>(cx.conn())?
    {
        let ago = (0..).zip(answered.entry(who).or_default());
        for (week, count) in ago {
            *count += i64::from(at > now.plus_days(-WEEK_DAYS * (week + 1)) && at <= now.plus_days(-WEEK_DAYS * week));
        }
    }
    Ok(answered
        .into_iter()
        .filter(|(_, [lately, before @ ..])| {
            let mut before = *before;
            before.sort_unstable();
            let usual = before[WEEKS / 2];
            usual > 0 && 2 * lately > 3 * usual
        })
        .map(|(who, _)| who)
        .collect())
}

/// Whether somebody can be asked about a topic: who agreed to be found.
pub(super) fn may_be_asked(cx: &mut Cx<'_>, item: &Item, who: AccountId) -> Result<bool> {
    let Some((topic, _)) = &item.topic else {
        return Ok(false);
    };
    let known: Option<AccountId> = accounts::table
        .filter(accounts::id.eq(who))
        .filter(accounts::findable)
        .select(accounts::id)
        .first(cx.conn())
        .optional()?;
    let board = topics::table.find(*topic).select(topics::board_id).first(cx.conn())?;
    let denied = expertise::denied(cx, &[board])?.contains(&(who, board));
    Ok(known.is_some() && !denied && asker(cx, *topic)?.0 != who)
}
