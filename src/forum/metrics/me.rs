//! My part in each space, for me and nobody else: in which ring I am and was and what the next one needs, and the five
//! signals with what they were read from. Worked out when I look; only the rings are kept.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use serde::Serialize;

use super::evidence::{Besides, Evidence, Signals};
use super::fold::TopicState;
use super::quarter;
use super::ring_spans::{self, Span};
use super::week::{BLOCK, Calendar, QUARTER};
use crate::access::{Cx, Person, scope};
use crate::db::schema::{accounts, member_firsts, member_weeks, memberships, posts, topics};
use crate::db::types::Moment;
use crate::ids::{AccountId, PostId, SpaceId, TopicId};
use crate::kinds::SpaceRole;
use crate::refusal::Result;

/// What I did in the last weeks, as far as rings look at it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Pace {
    /// Weeks with a contribution, of the last 4 and of the last 13, this one included.
    pub weeks4: i64,
    pub weeks13: i64,
    /// Weeks of 13 in which I was here.
    pub seen13: i64,
}

/// A space of mine.
#[derive(Debug, Clone)]
pub struct Part {
    pub space: SpaceId,
    pub role: SpaceRole,
    pub spans: Vec<Span>,
    pub pace: Pace,
    pub evidence: Evidence,
    pub signals: Signals,
}

/// Something that a signal was read from, as far as I see it still.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub post: PostId,
    pub title: String,
}

/// Every space that I belong to.
pub fn parts(cx: &mut Cx<'_>) -> Result<Vec<Part>> {
    let me = cx.me()?.clone();
    let spans = ring_spans::mine(cx)?;
    let main = quarter::main_boards(cx.conn())?;
    let mut rooms: Vec<(SpaceId, SpaceRole)> = me.memberships.iter().map(|(space, role)| (*space, *role)).collect();
    rooms.sort_unstable_by_key(|room| room.0);
    let mut all = Vec::new();
    for (space, role) in rooms {
        let (evidence, pace) = of(cx, &me, space)?;
        let besides = Besides {
            seen_weeks: pace.seen13,
            role: role != SpaceRole::Member,
        };
        all.push(Part {
            space,
            role,
            spans: spans.iter().filter(|span| span.space == space.0).copied().collect(),
            pace,
            signals: evidence.signals(&main, besides),
            evidence,
        });
    }
    Ok(all)
}

fn of(cx: &mut Cx<'_>, me: &Person, space: SpaceId) -> Result<(Evidence, Pace)> {
    Ok((evidence(cx, me.id, space)?, pace(cx, me.id, space)?))
}

/// What somebody did in a space lately, for themself, or for whom they let see it.
pub(crate) fn evidence(cx: &mut Cx<'_>, who: AccountId, space: SpaceId) -> Result<Evidence> {
    // Since when everybody belongs, and wrote: to know who was new.
    let came: BTreeMap<i64, Moment> = memberships::table
        .filter(memberships::space_id.eq(space))
        .select((memberships::account_id, memberships::joined_at))
        .load::<(i64, Moment)>(cx.conn())?
        .into_iter()
        .collect();
    let firsts: BTreeMap<i64, Moment> = member_firsts::table
        .filter(member_firsts::space_id.eq(space.0))
        .select((member_firsts::account_id, member_firsts::at))
        .load::<(i64, Moment)>(cx.conn())?
        .into_iter()
        .collect();
    let newcomer = |topic: &TopicState| {
        let young = came
            .get(&topic.starter)
            .is_some_and(|since| topic.started_at < since.plus_days(30));
        young
            || firsts
                .get(&topic.starter)
                .is_none_or(|first| topic.started_at <= *first)
    };
    quarter::of_one(cx, who.0, space.0, newcomer)
}

pub(crate) fn pace(cx: &mut Cx<'_>, who: AccountId, space: SpaceId) -> Result<Pace> {
    let now = cx.now();
    let week = Calendar::read(cx.conn())?.week(now);
    let rows: Vec<(i64, i64, i64)> = member_weeks::table
        .filter(member_weeks::account_id.eq(who.0))
        .filter(member_weeks::space_id.eq(space.0))
        .filter(member_weeks::week.gt(week - QUARTER))
        .select((
            member_weeks::week,
            member_weeks::contributions + member_weeks::team_contributions,
            member_weeks::seen,
        ))
        .load(cx.conn())?;
    let mut pace = Pace::default();
    for (then, wrote, seen) in rows {
        pace.weeks13 += i64::from(wrote > 0);
        pace.weeks4 += i64::from(wrote > 0 && then > week - BLOCK);
        pace.seen13 += i64::from(seen != 0);
    }
    Ok(pace)
}

/// The posts of these that I see, by number; and of topics, where they begin.
pub fn seen(cx: &mut Cx<'_>, of: &BTreeSet<i64>, begun: &BTreeSet<i64>) -> Result<BTreeMap<i64, Seen>> {
    let visible = scope::posts(cx);
    let rows: Vec<(PostId, TopicId, String, bool)> = posts::table
        .inner_join(topics::table)
        .filter(
            posts::id
                .eq_any(of.iter().map(|id| PostId(*id)).collect::<Vec<_>>())
                .or(topics::id
                    .eq_any(begun.iter().map(|id| TopicId(*id)).collect::<Vec<_>>())
                    .and(posts::parent_id.is_null())),
        )
        .filter(visible)
        .order(posts::id.desc())
        .select((posts::id, topics::id, topics::title, posts::parent_id.is_null()))
        .load(cx.conn())?;
    let mut all = BTreeMap::new();
    for (post, topic, title, first) in rows {
        if first && begun.contains(&topic.0) {
            all.insert(
                -topic.0,
                Seen {
                    post,
                    title: title.clone(),
                },
            );
        }
        if of.contains(&post.0) {
            all.insert(post.0, Seen { post, title });
        }
    }
    Ok(all)
}

/// What people are called, of those that somebody replied to or welcomed.
pub fn called(cx: &mut Cx<'_>, who: &BTreeSet<i64>) -> Result<Vec<String>> {
    Ok(accounts::table
        .filter(accounts::id.eq_any(who.iter().map(|id| AccountId(*id)).collect::<Vec<_>>()))
        .order(accounts::display_name)
        .select(accounts::display_name)
        .load(cx.conn())?)
}
