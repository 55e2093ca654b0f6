//! Who may know about a topic that waits: people who agreed to be found, by what they wrote about the same, and what
//! it was that they wrote. Found by the search, as whoever asks: nothing that they do not see counts.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::prelude::*;

use super::kinds::Arm;
use super::list::Item;
use super::{choices, expertise, notes};
use crate::access::{Cx, scope};
use crate::db::schema::{accounts, expertise_denied, member_weeks, posts, spaces, topics};
use crate::forum::metrics::fold::FORUM;
use crate::forum::metrics::week::{Calendar, QUARTER, Week};
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
    let busy = busy(cx, calendar.week(cx.now()), &left)?;
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

/// Those of them who answer more than usual just now: in the last seven days half as much again as in the middle one of
/// their last thirteen weeks. Whoever usually answers less than once a week is never too busy.
fn busy(cx: &mut Cx<'_>, this_week: Week, who: &[AccountId]) -> Result<BTreeSet<AccountId>> {
    let since = cx.now().plus_days(-7);
    let lately: HashMap<AccountId, i64> = posts::table
        .filter(posts::author_id.eq_any(who))
        .filter(posts::parent_id.is_not_null())
        .filter(posts::imported.eq(false))
        .filter(posts::created_at.gt(since))
        .group_by(posts::author_id)
        .select((posts::author_id, diesel::dsl::count_star()))
        .load::<(AccountId, i64)>(cx.conn())?
        .into_iter()
        .collect();
    let ids: Vec<i64> = who.iter().map(|who| who.0).collect();
    let mut weeks: HashMap<AccountId, Vec<i64>> = HashMap::new();
    for (who, replies) in member_weeks::table
        .filter(member_weeks::space_id.eq(FORUM))
        .filter(member_weeks::account_id.eq_any(ids))
        .filter(member_weeks::week.eq_any(this_week - QUARTER..this_week))
        .filter(member_weeks::replies.gt(0))
        .select((member_weeks::account_id, member_weeks::replies))
        .load::<(i64, i64)>(cx.conn())?
    {
        weeks.entry(AccountId(who)).or_default().push(replies);
    }
    Ok(lately
        .into_iter()
        .filter(|(who, now)| {
            // Weeks without an answer are weeks too: nobody was in more of them than there were.
            let mut written = weeks.remove(who).unwrap_or_default();
            written.resize(usize::try_from(QUARTER).unwrap_or_default(), 0);
            written.sort_unstable();
            let usual = written[written.len() / 2];
            usual > 0 && 2 * now > 3 * usual
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
