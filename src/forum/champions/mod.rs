//! Champions of a space: members who let its managers see, for thirteen weeks, what makes them one. Five components in
//! words with what they were read from, by name and never by rank; whoever does not ask for it is not looked at.
//!
//! Not here: whether somebody is made anything because of it, which people decide.

pub mod components;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::prelude::*;

use crate::access::{Cx, Seen, Tx, Verb};
use crate::db::conn::each_backend;
use crate::db::schema::{accounts, champions, member_weeks, memberships, posts, topics};
use crate::db::types::Moment;
use crate::event::Event;
use crate::forum::metrics::evidence::Evidence;
use crate::forum::metrics::me;
use crate::forum::metrics::rules;
use crate::forum::metrics::week::{Calendar, QUARTER};
use crate::forum::spaces::SpaceRow;
use crate::ids::{AccountId, DepartmentId, PostId, SpaceId};
use crate::kinds::{PostState, SpaceRole};
use crate::refusal::{Refusal, Result};
use crate::text::excerpt;
use components::{Counts, Profile};

/// Days for which somebody is seen, until they say so again; weeks of belonging before there is anything to see.
pub const DAYS: i64 = 91;
const TENURE_DAYS: i64 = 56;
/// Words of one's own that make a view.
const OWN_WORDS: i64 = 40;

/// Somebody who lets it be seen.
#[derive(Debug, Clone)]
pub struct Champion {
    pub account: AccountId,
    pub called: String,
    pub until: Moment,
    pub profile: Profile,
    /// The newest answers that helped, for whoever wants to read what is meant.
    pub wrote: Vec<me::Seen>,
}

/// Until when I let it be seen in a space; none when I do not.
pub fn mine(cx: &mut Cx<'_>) -> Result<BTreeMap<SpaceId, Moment>> {
    let (me, now) = (cx.me()?.id, cx.now());
    Ok(champions::table
        .filter(champions::account_id.eq(me.0))
        .filter(champions::until_at.gt(now))
        .select((champions::space_id, champions::until_at))
        .load::<(SpaceId, Moment)>(cx.conn())?
        .into_iter()
        .collect())
}

/// Lets it be seen for thirteen weeks from now, or not any longer.
pub fn choose(tx: &mut Tx<'_>, space: SpaceId, shows: bool) -> Result<()> {
    let (me, now) = (tx.me()?.id, tx.now());
    if tx.me()?.role_in(space).is_none() {
        return Err(Refusal::NotFound);
    }
    diesel::delete(champions::table.find((space.0, me.0))).execute(tx.conn())?;
    if shows {
        let row = (
            champions::space_id.eq(space.0),
            champions::account_id.eq(me.0),
            champions::until_at.eq(now.plus_days(DAYS)),
        );
        each_backend!(tx.conn(), c => diesel::insert_into(champions::table).values(row).execute(c))?;
    }
    tx.record(&Event::ChampionChosen {
        space,
        account: me,
        shows,
    })
    .map(|_| ())
}

/// Those who let it be seen, by what may be done about it and then by name; for those who manage the space.
pub fn of_space(cx: &mut Cx<'_>, space: &Seen<SpaceRow>) -> Result<Vec<Champion>> {
    if !space.can(Verb::Manage) {
        return Err(Refusal::NotFound);
    }
    let now = cx.now();
    let rows: Vec<(AccountId, String, Moment)> = champions::table
        .inner_join(
            memberships::table.on(memberships::space_id
                .eq(champions::space_id)
                .and(memberships::account_id.eq(champions::account_id))),
        )
        .inner_join(accounts::table.on(accounts::id.eq(champions::account_id)))
        .filter(champions::space_id.eq(space.id.0))
        .filter(champions::until_at.gt(now))
        .filter(memberships::role.eq(SpaceRole::Member))
        .filter(memberships::joined_at.lt(now.plus_days(-TENURE_DAYS)))
        .order((accounts::display_name, accounts::id))
        .select((accounts::id, accounts::display_name, champions::until_at))
        .load(cx.conn())?;
    let mut all = Vec::new();
    for (account, called, until) in rows {
        let (evidence, pace) = (me::evidence(cx, account, space.id)?, me::pace(cx, account, space.id)?);
        let profile = profile(cx, account, space.id, (&evidence, pace))?;
        let wrote = me::seen(cx, &evidence.useful, &BTreeSet::new())?;
        all.push(Champion {
            account,
            called,
            until,
            profile,
            wrote: wrote.into_values().rev().take(3).collect(),
        });
    }
    // By name: in any other order somebody would be the first.
    all.sort_by(|one, other| (&one.called, one.account).cmp(&(&other.called, other.account)));
    Ok(all)
}

/// Since when I have to belong to a space before its managers see anything, whatever I choose.
pub fn seen_from(cx: &mut Cx<'_>, space: SpaceId) -> Result<Moment> {
    let me = cx.me()?.id;
    let joined: Moment = memberships::table
        .find((space, me))
        .select(memberships::joined_at)
        .first(cx.conn())?;
    Ok(joined.plus_days(TENURE_DAYS))
}

/// The profile of somebody who let it be seen, or of oneself, from what they did lately in the space.
pub fn profile(
    cx: &mut Cx<'_>,
    who: AccountId,
    space: SpaceId,
    (evidence, pace): (&Evidence, me::Pace),
) -> Result<Profile> {
    let groups = groups(cx, space)?;
    let own = groups.get(&who).copied().flatten();
    let met: BTreeSet<AccountId> = evidence.people.iter().map(|id| AccountId(*id)).collect();
    let group = |who: &AccountId| groups.get(who).copied().flatten();
    let outside = met.iter().filter(|other| group(other).is_some() && group(other) != own);
    let departments: BTreeSet<DepartmentId> = met.iter().filter_map(group).collect();
    let (news, views) = topics_of(cx, who, space)?;
    let count = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
    let filled: (String, String) = accounts::table
        .find(who)
        .select((accounts::about_html, accounts::ask_me))
        .first(cx.conn())?;
    let counts = Counts {
        seen_weeks: pace.seen13,
        written_weeks: pace.weeks13,
        profile: !filled.0.is_empty() || !filled.1.is_empty(),
        thanked: evidence
            .thanked
            .values()
            .map(|(people, groups)| (count(people.len()), count(groups.len())))
            .collect(),
        news,
        views,
        useful: count(evidence.useful.len()),
        given: evidence.replies,
        received: evidence.received,
        newcomers: count(evidence.welcomed.len()),
        met: count(met.len()),
        met_outside: count(outside.count()),
        departments: count(departments.len()),
        all: count(groups.len()),
        own: count(groups.values().filter(|one| own.is_some() && **one == own).count()),
    };
    let rules = rules::current::<rules::Champions>(cx.conn())?.numbers;
    Ok(counts.profile(&rules))
}

/// The departments of those who contributed in the last 13 weeks.
fn groups(cx: &mut Cx<'_>, space: SpaceId) -> Result<HashMap<AccountId, Option<DepartmentId>>> {
    let now = cx.now();
    let week = Calendar::read(cx.conn())?.week(now);
    Ok(member_weeks::table
        .filter(member_weeks::space_id.eq(space.0))
        .filter(member_weeks::week.gt(week - QUARTER))
        .filter(member_weeks::contributions.gt(0))
        .order(member_weeks::week)
        .select((member_weeks::account_id, member_weeks::department_id))
        .load::<(AccountId, Option<DepartmentId>)>(cx.conn())?
        .into_iter()
        .collect())
}

/// Of the topics that somebody started in 13 weeks: how many hand on a link, and how many say forty words of their own.
fn topics_of(cx: &mut Cx<'_>, who: AccountId, space: SpaceId) -> Result<(i64, i64)> {
    let since = cx.now().plus_days(-DAYS);
    let bodies: Vec<(PostId, String)> = posts::table
        .inner_join(topics::table)
        .filter(topics::author_id.eq(who))
        .filter(topics::space_id.eq(space))
        .filter(topics::created_at.gt(since))
        .filter(topics::imported.eq(false))
        .filter(posts::parent_id.is_null())
        .filter(posts::state.eq(PostState::Published))
        .select((posts::id, posts::body))
        .load(cx.conn())?;
    let (mut news, mut views) = (0, 0);
    for (_, body) in bodies {
        // What is quoted, and an address, are no words of one's own.
        let own: String = body
            .lines()
            .filter(|line| !line.trim_start().starts_with('>'))
            .flat_map(str::split_whitespace)
            .filter(|word| !word.contains("://"))
            .collect::<Vec<_>>()
            .join(" ");
        news += i64::from(body.contains("://"));
        views += i64::from(excerpt::words(&own) >= OWN_WORDS);
    }
    Ok((news, views))
}
