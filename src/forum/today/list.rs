//! The list as its reader gets it: what is open in the spaces they manage, what presses most first, twelve a day.
//! What changed since it was found (a reply, a pause, a member who left) is looked at again here.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::prelude::*;

use super::effect::Believed;
use super::kinds::{Arm, Ended, WorkKind};
use super::make::Facts;
use super::{choices, expertise, in_parts, notes};
use crate::access::{Cx, Person, scope};
use crate::db::schema::{accounts, boards, memberships, posts, spaces, topics, work_items, work_notes};
use crate::db::types::Moment;
use crate::forum::metrics::hours::Office;
use crate::forum::metrics::models::worklist;
use crate::forum::metrics::rules::{self, List as Rules};
use crate::forum::metrics::week::Calendar;
use crate::forum::{people, plan};
use crate::ids::{AccountId, BoardId, PostId, SpaceId, TopicId};
use crate::kinds::{PostState, SpaceRole, Visibility};
use crate::refusal::{Refusal, Result};

/// Something to do.
#[derive(Debug, Clone)]
pub struct Item {
    pub id: i64,
    pub kind: WorkKind,
    pub space: (SpaceId, String),
    /// Whom it is about, by the name that is shown.
    pub account: Option<(AccountId, String)>,
    pub topic: Option<(TopicId, String)>,
    /// The post that one replies to.
    pub first_post: Option<PostId>,
    pub board: Option<(BoardId, String)>,
    pub facts: Facts,
    /// What the departments are called that it is about.
    pub departments: Vec<String>,
    pub since: Moment,
    pub arm: Arm,
    /// Who was asked about it already, and when.
    pub asked: Vec<Written>,
}

#[derive(Debug, Clone)]
pub struct Written {
    pub to: String,
    pub at: Moment,
    /// When it leaves, while it has not left.
    pub leaves: Option<Moment>,
    /// It was not wanted or needed any more when its hour came, and never left.
    pub dropped: bool,
}

#[derive(Debug, Clone, Default)]
pub struct List {
    pub items: Vec<Item>,
    /// Open beyond these.
    pub more: usize,
    /// Ended today by hand.
    pub done_today: usize,
    /// The spaces that one manages, by name.
    pub spaces: Vec<(SpaceId, String)>,
    /// When work begins again, while it rests: nothing that is written leaves before.
    pub rests_until: Option<Moment>,
}

/// Spaces whose list somebody sees.
pub fn managed(person: &Person) -> Vec<SpaceId> {
    let mut all: Vec<SpaceId> = person
        .memberships
        .iter()
        .filter(|(_, role)| **role == SpaceRole::CommunityManager)
        .map(|(space, _)| *space)
        .collect();
    all.sort_unstable();
    all
}

/// Whether there is a list for somebody at all.
pub fn is_for(person: &Person) -> bool {
    !managed(person).is_empty()
}

type Row = (
    (i64, WorkKind, Arm, String, Moment),
    (SpaceId, String),
    (Option<AccountId>, Option<String>),
    (
        Option<TopicId>,
        Option<String>,
        Option<PostState>,
        Option<Moment>,
        Option<PostId>,
    ),
    (Option<BoardId>, Option<String>),
);

/// Rows that are open and shown, in spaces that the viewer manages.
fn open(cx: &mut Cx<'_>, only: Option<SpaceId>, one: Option<i64>) -> Result<Vec<Item>> {
    let person = cx.me()?;
    let spaces_of_mine: Vec<SpaceId> = managed(person)
        .into_iter()
        .filter(|space| only.is_none_or(|only| only == *space))
        .collect();
    let readable = cx.readable().to_vec();
    let mut query = work_items::table
        .inner_join(spaces::table.on(spaces::id.eq(work_items::space_id)))
        .left_join(accounts::table.on(accounts::id.nullable().eq(work_items::account_id)))
        .left_join(topics::table.on(topics::id.nullable().eq(work_items::topic_id)))
        .left_join(boards::table.on(boards::id.nullable().eq(work_items::board_id)))
        .filter(work_items::space_id.eq_any(spaces_of_mine))
        .filter(work_items::space_id.eq_any(readable))
        .filter(work_items::ended_at.is_null())
        .filter(work_items::arm.ne(Arm::HeldBack))
        .filter(spaces::archived_at.is_null())
        // A topic that went elsewhere is not shown here, not even its title.
        .filter(
            topics::id
                .is_null()
                .or(topics::space_id.nullable().eq(work_items::space_id.nullable())),
        )
        .order(work_items::id)
        .select((
            (
                work_items::id,
                work_items::kind,
                work_items::arm,
                work_items::facts,
                work_items::since,
            ),
            (spaces::id, spaces::name),
            (accounts::id.nullable(), accounts::display_name.nullable()),
            (
                topics::id.nullable(),
                topics::title.nullable(),
                topics::state.nullable(),
                topics::closed_at.nullable(),
                topics::first_post_id.nullable(),
            ),
            (boards::id.nullable(), boards::name.nullable()),
        ))
        .into_boxed::<crate::db::Backend>();
    if let Some(one) = one {
        query = query.filter(work_items::id.eq(one));
    }
    let rows: Vec<Row> = query.load(cx.conn())?;
    let mut items = Vec::with_capacity(rows.len());
    for ((id, kind, arm, facts, since), space, (who, name), (topic, title, state, closed, first), board) in rows {
        // A topic that was taken away, or closed, waits for nobody.
        if topic.is_some() && (state != Some(PostState::Published) || closed.is_some()) {
            continue;
        }
        items.push(Item {
            id,
            kind,
            arm,
            space,
            account: who.zip(name),
            topic: topic.zip(title),
            first_post: first,
            board: board.0.zip(board.1),
            facts: serde_json::from_str(&facts).map_err(Refusal::broken)?,
            departments: Vec::new(),
            since,
            asked: Vec::new(),
        });
    }
    still(cx, &mut items)?;
    called(cx, &mut items)?;
    asked(cx, &mut items)?;
    Ok(items)
}

/// What departments are called now; what was said of one that is gone is said no longer.
fn called(cx: &mut Cx<'_>, items: &mut Vec<Item>) -> Result<()> {
    if items.iter().all(|item| item.facts.departments.is_empty()) {
        return Ok(());
    }
    let names: BTreeMap<i64, String> = people::departments(cx)?
        .into_iter()
        .map(|(department, name)| (department.0, name))
        .collect();
    items.retain_mut(|item| {
        item.departments = item
            .facts
            .departments
            .iter()
            .filter_map(|department| names.get(department).cloned())
            .collect();
        item.departments.len() == item.facts.departments.len()
    });
    Ok(())
}

/// Leaves out what is not so any more: who is on no list or belongs no longer, and topics that have a reply.
fn still(cx: &mut Cx<'_>, items: &mut Vec<Item>) -> Result<()> {
    let now = Now::read(cx, items)?;
    items.retain_mut(|item| {
        if item
            .topic
            .as_ref()
            .is_some_and(|(topic, _)| now.settled.contains(topic))
        {
            return false;
        }
        let Some(who) = item.account.as_ref().map(|(who, _)| *who) else {
            return true;
        };
        if item.kind.waits() {
            // Whoever waits for an answer need not belong. Whoever wants to be on no list is on none, and waits still.
            if now.away.contains(&who) {
                item.account = None;
                item.kind = WorkKind::Question;
            }
            return true;
        }
        let role = now.belong.get(&(item.space.0, who));
        let wanted = match item.kind {
            WorkKind::Role => role.is_some_and(|role| role.moderates()),
            WorkKind::Sponsor => {
                now.sponsors.contains(&(item.space.0.0, who)) && role.is_some_and(|role| !role.moderates())
            }
            WorkKind::Reader => now.want.contains(&who),
            WorkKind::Expert => {
                let denied = item
                    .board
                    .as_ref()
                    .is_some_and(|board| now.denied.contains(&(who, board.0)));
                now.findable.contains(&who) && !denied
            }
            _ => true,
        };
        // Whom a colleague wrote to meanwhile is left in peace by all.
        let peace = item.kind.can_write() && now.asked.contains(&who);
        role.is_some() && wanted && !peace && !now.away.contains(&who) && now.readers.contains(&(item.space.0, who))
    });
    Ok(())
}

/// What is so at this moment of those whom items are about.
struct Now {
    away: BTreeSet<AccountId>,
    want: BTreeSet<AccountId>,
    asked: BTreeSet<AccountId>,
    findable: BTreeSet<AccountId>,
    sponsors: BTreeSet<(i64, AccountId)>,
    denied: BTreeSet<(AccountId, BoardId)>,
    belong: BTreeMap<(SpaceId, AccountId), SpaceRole>,
    readers: BTreeSet<(SpaceId, AccountId)>,
    /// Topics that have a reply, or stand in a board that takes none.
    settled: BTreeSet<TopicId>,
}

impl Now {
    fn read(cx: &mut Cx<'_>, items: &[Item]) -> Result<Self> {
        let mut by_space: BTreeMap<SpaceId, Vec<AccountId>> = BTreeMap::new();
        for item in items {
            if let Some((who, _)) = &item.account {
                by_space.entry(item.space.0).or_default().push(*who);
            }
        }
        let people: Vec<AccountId> = by_space.values().flatten().copied().collect();
        let visibilities: BTreeMap<SpaceId, Visibility> = spaces::table
            .filter(spaces::id.eq_any(by_space.keys().copied().collect::<Vec<_>>()))
            .select((spaces::id, spaces::visibility))
            .load::<(SpaceId, Visibility)>(cx.conn())?
            .into_iter()
            .collect();
        let mut readers = BTreeSet::new();
        for (space, who) in &by_space {
            let Some(visibility) = visibilities.get(space) else {
                continue;
            };
            for one in people::readers_among(cx, who, *space, *visibility)? {
                readers.insert((*space, one));
            }
        }
        let belong = in_parts(&people, |few| {
            Ok(memberships::table
                .filter(memberships::account_id.eq_any(few))
                .select(((memberships::space_id, memberships::account_id), memberships::role))
                .load::<((SpaceId, AccountId), SpaceRole)>(cx.conn())?)
        })?;
        let findable = in_parts(&people, |few| {
            Ok(accounts::table
                .filter(accounts::id.eq_any(few))
                .filter(accounts::findable)
                .select(accounts::id)
                .load(cx.conn())?)
        })?;
        let boards_of: Vec<BoardId> = items.iter().filter_map(|item| Some(item.board.as_ref()?.0)).collect();
        let waiting: Vec<TopicId> = items
            .iter()
            .filter(|item| item.kind.waits())
            .filter_map(|item| Some(item.topic.as_ref()?.0))
            .collect();
        let mut settled: BTreeSet<TopicId> = in_parts(&waiting, |few| {
            Ok(posts::table
                .inner_join(topics::table)
                .filter(posts::topic_id.eq_any(few))
                .filter(posts::author_id.ne(topics::author_id))
                .filter(posts::state.eq(PostState::Published))
                .select(posts::topic_id)
                .distinct()
                .load(cx.conn())?)
        })?
        .into_iter()
        .collect();
        settled.extend(in_parts(&waiting, |few| {
            Ok(topics::table
                .inner_join(boards::table)
                .filter(topics::id.eq_any(few))
                .filter(boards::archived_at.is_not_null())
                .select(topics::id)
                .load::<TopicId>(cx.conn())?)
        })?);
        let today = Calendar::read(cx.conn())?.day(cx.now());
        Ok(Self {
            away: choices::away(cx)?,
            want: choices::want_suggestions(cx)?,
            asked: notes::too_often(cx, today)?,
            findable: findable.into_iter().collect(),
            sponsors: plan::sponsors(cx)?.into_iter().collect(),
            denied: expertise::denied(cx, &boards_of)?,
            belong: belong.into_iter().collect(),
            readers,
            settled,
        })
    }
}

/// Who was asked about them already.
fn asked(cx: &mut Cx<'_>, items: &mut [Item]) -> Result<()> {
    let now = cx.now();
    let ids: Vec<i64> = items.iter().map(|item| item.id).collect();
    let rows: Vec<(i64, String, Moment, Moment, Option<Moment>, bool)> = work_notes::table
        .inner_join(accounts::table.on(accounts::id.eq(work_notes::to_id)))
        .filter(work_notes::item_id.eq_any(ids))
        .order(work_notes::id)
        .select((
            work_notes::item_id,
            accounts::display_name,
            work_notes::written_at,
            work_notes::leaves_at,
            work_notes::left_at,
            work_notes::dropped,
        ))
        .load(cx.conn())?;
    let mut by_item: HashMap<i64, Vec<Written>> = HashMap::new();
    for (item, to, at, leaves, left, dropped) in rows {
        by_item.entry(item).or_default().push(Written {
            to,
            at,
            // What is due leaves within the minute.
            leaves: left.is_none().then_some(leaves).filter(|at| *at > now),
            dropped,
        });
    }
    for item in items {
        // Nobody was asked about most.
        item.asked = by_item.remove(&item.id).unwrap_or_default();
    }
    Ok(())
}

/// What is worth doing today. None for whoever manages no space.
pub fn list(cx: &mut Cx<'_>, only: Option<SpaceId>) -> Result<List> {
    if !is_for(cx.me()?) {
        return Err(Refusal::NotFound);
    }
    let now = cx.now();
    let rules = rules::current::<Rules>(cx.conn())?.numbers;
    let believed = Believed::read(cx)?;
    let done_today = done_today(cx)?;
    let open = open(cx, only, None)?;
    let all = open.len();
    let mut items: BTreeMap<i64, Item> = BTreeMap::new();
    let mut weighed = Vec::with_capacity(all);
    for item in open {
        weighed.push(worklist::Candidate {
            id: item.id,
            kind: (!comes_first(&item, &rules, now)).then_some(item.kind),
            priority: weight(&item, &believed, &rules, now),
        });
        items.insert(item.id, item);
    }
    let room = usize::try_from(rules.a_day)
        .unwrap_or(usize::MAX)
        .saturating_sub(done_today);
    let items: Vec<Item> = worklist::today(&weighed, room)
        .into_iter()
        .filter_map(|id| items.remove(&id))
        .collect();
    let mine = managed(cx.me()?);
    let spaces = spaces::table
        .filter(spaces::id.eq_any(mine))
        .order((spaces::name, spaces::id))
        .select((spaces::id, spaces::name))
        .load(cx.conn())?;
    let begins = Office::read(cx.conn())?.at_work(now)?;
    Ok(List {
        more: all - items.len(),
        items,
        done_today,
        spaces,
        rests_until: (begins != now).then_some(begins),
    })
}

/// The topics that an item speaks of, as far as they stand.
pub fn titles(cx: &mut Cx<'_>, item: &Item) -> Result<Vec<(TopicId, String)>> {
    let condition = scope::topics(cx);
    Ok(topics::table
        .filter(condition)
        .filter(topics::id.eq_any(item.facts.topics.clone()))
        .filter(topics::state.eq(PostState::Published))
        .order(topics::id)
        .select((topics::id, topics::title))
        .load(cx.conn())?)
}

/// Whoever is new and waited a day, or as long as is set, comes before everything else.
fn comes_first(item: &Item, rules: &Rules, now: Moment) -> bool {
    item.kind == WorkKind::Newcomer && item.since.plus_seconds(rules.top_hours * 3600) < now
}

/// What an item weighs among the others; of those that come first, the longest wait before others.
fn weight(item: &Item, believed: &Believed, rules: &Rules, now: Moment) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "an age of weeks in microseconds")]
    let hours = (now.0 - item.since.0).max(0) as f64 / 3.6e9;
    let (half, scale) = item.kind.presses();
    let urgency = worklist::urgency(hours, half, scale);
    let weight = urgency.and_then(|urgency| {
        worklist::priority(
            believed.effect(item.kind, rules),
            rules.worth(item.kind.gain()),
            urgency,
            item.kind.minutes(),
        )
    });
    match weight {
        _ if comes_first(item, rules, now) => 1_000.0 + hours,
        Some(weight) => weight,
        // A number that cannot be weighed is no reason to hide somebody who waits.
        None => 0.0,
    }
}

/// What I did today by hand: the list is over after twelve.
fn done_today(cx: &mut Cx<'_>) -> Result<usize> {
    let (me, now) = (cx.me()?.id, cx.now());
    let calendar = Calendar::read(cx.conn())?;
    let midnight = calendar.start_of_day(calendar.day(now))?;
    let count: i64 = work_items::table
        .filter(work_items::ended_by.eq(me))
        .filter(work_items::ended_at.ge(midnight).assume_not_null())
        .filter(work_items::ended_how.eq_any([Ended::Done.word(), Ended::Dismissed.word()]))
        .count()
        .get_result(cx.conn())?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// An open item of a space that I manage.
pub fn find(cx: &mut Cx<'_>, item: i64) -> Result<Item> {
    open(cx, None, Some(item))?.pop().ok_or(Refusal::NotFound)
}
