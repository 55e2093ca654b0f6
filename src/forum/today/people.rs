//! What changes by the day: people and roles. Found every night from what the figures keep anyway, for spaces that
//! somebody manages, and about members only who are on lists at all.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use diesel::prelude::*;

use super::between;
use super::by_topics::by_topics;
use super::choices;
use super::in_parts;
use super::invite::experts;
use super::kinds::{Arm, Reason, WorkKind};
use super::lapse::{self, History};
use super::lots::Lots;
use super::make::{self, Facts, New};
use super::notes;
use super::waiting::{lots, managed_spaces};
use crate::access::{Cx, Store, Viewer};
use crate::db::schema::{
    accounts, day_reads, member_firsts, member_weeks, memberships, posts, space_days, topics, work_items,
};
use crate::db::types::Moment;
use crate::event::Source;
use crate::forum::metrics::metric::Thresholds;
use crate::forum::metrics::rings_now;
use crate::forum::metrics::sight::Ring;
use crate::forum::metrics::week::{Calendar, Week, monday};
use crate::ids::{AccountId, BoardId, SpaceId, TopicId};
use crate::kinds::{AccountKind, SpaceRole, Standing};
use crate::refusal::Result;

/// Days for which a member is welcomed.
const WELCOME_DAYS: i64 = 7;
/// Days of four weeks on which a reader was here, and topics of one board that they read.
const READER_DAYS: i64 = 8;
const READER_TOPICS: i64 = 5;
/// Days for which a role is held.
const ROLE_DAYS: i64 = 304;
/// Days for which the same thing about the same person does not come back.
const REST_DAYS: i64 = 28;
/// Days that items are kept.
const KEPT_DAYS: i64 = 371;

/// A space and what is known of its people.
pub(super) struct Room<'a> {
    pub(super) space: SpaceId,
    pub(super) now: Moment,
    pub(super) calendar: &'a Calendar,
    lots: &'a Lots,
    /// Members who may stand on a list, and since when they belong.
    pub(super) members: BTreeMap<AccountId, Moment>,
    /// Those of the team, and since when they hold their role.
    pub(super) team: BTreeMap<AccountId, Moment>,
}

impl Room<'_> {
    pub(super) fn today(&self) -> i64 {
        self.calendar.day(self.now)
    }

    pub(super) fn week(&self) -> Week {
        self.calendar.week(self.now)
    }

    /// What the lot says of something that is about nobody.
    pub(super) fn draw(&self, kind: WorkKind, subject: i64) -> Arm {
        self.lots.draw(kind, subject)
    }

    /// Something about a member, by lot.
    pub(super) fn about(&self, kind: WorkKind, who: AccountId, once: i64, facts: Facts, since: Moment) -> New {
        New {
            space: self.space,
            kind,
            subject: format!("{who}:{once}"),
            account: Some(who),
            topic: None,
            board: None,
            arm: self.lots.draw(kind, who.0),
            facts,
            since,
        }
    }
}

/// Finds what is new about people, and forgets what is a year old.
pub fn nightly(store: &Store, thresholds: Thresholds) -> Result<()> {
    let lots = lots(store)?;
    let viewer = Viewer::system("today");
    let spaces = store.read(&viewer, managed_spaces)?;
    let rings = rings_now::held(store, &spaces)?;
    // One space that fails keeps no other from its night.
    let mut failed = None;
    for space in spaces {
        if let Err(refusal) = of_space(store, &viewer, space, (&lots, thresholds), rings.get(&space)) {
            tracing::error!(%space, %refusal, "what is worth doing was not found");
            failed = Some(refusal);
        }
    }
    if let Some(refusal) = failed {
        return Err(refusal);
    }
    forget(store, &viewer)
}

fn of_space(
    store: &Store,
    viewer: &Arc<Viewer>,
    space: SpaceId,
    (lots, thresholds): (&Lots, Thresholds),
    rings: Option<&rings_now::Held>,
) -> Result<()> {
    let new = store.read(viewer, |cx| {
        let calendar = Calendar::read(cx.conn())?;
        let room = room(cx, space, &calendar, lots)?;
        let mut new = welcome(cx, &room)?;
        if let Some((week, rings)) = rings {
            new.extend(lapsing(cx, &room, *week, rings)?);
        }
        new.extend(readers(cx, &room)?);
        new.extend(experts(cx, &room)?);
        new.extend(roles(&room));
        new.extend(by_topics(cx, &room)?);
        new.extend(between::departments(cx, &room, thresholds)?);
        new.extend(between::sponsor(cx, &room)?);
        unknown(cx, space, new)
    })?;
    if new.is_empty() {
        return Ok(());
    }
    store.write(viewer, Source::System, |tx| make::make(tx, &new))
}

/// Forgets what is a year old and over.
fn forget(store: &Store, viewer: &Arc<Viewer>) -> Result<()> {
    store.write(viewer, Source::System, |tx| {
        let before = tx.now().plus_days(-KEPT_DAYS);
        diesel::delete(
            work_items::table
                .filter(work_items::made_at.lt(before))
                .filter(work_items::ended_at.is_not_null()),
        )
        .execute(tx.conn())?;
        Ok(())
    })
}

/// An item that is there already: what it is, about whom and which board, when it ended and why.
type Known = (
    (WorkKind, String),
    (Option<AccountId>, Option<BoardId>),
    (Option<Moment>, String),
);

/// Those that are not on the list already, nor were lately: what somebody took off does not come back at the turn of a
/// month, and what they said would be unwelcome does not come back at all.
fn unknown(cx: &mut Cx<'_>, space: SpaceId, new: Vec<New>) -> Result<Vec<New>> {
    let rested = cx.now().plus_days(-REST_DAYS);
    let rows: Vec<Known> = work_items::table
        .filter(work_items::space_id.eq(space))
        .filter(
            work_items::topic_id
                .is_null()
                .or(work_items::kind.eq(WorkKind::Feature)),
        )
        .select((
            (work_items::kind, work_items::subject),
            (work_items::account_id, work_items::board_id),
            (work_items::ended_at, work_items::reason),
        ))
        .load(cx.conn())?;
    let mut known: HashSet<(WorkKind, String)> = HashSet::new();
    let mut rests: HashSet<(WorkKind, AccountId, Option<BoardId>)> = HashSet::new();
    for ((kind, subject), (who, board), (ended, reason)) in rows {
        known.insert((kind, subject));
        let lately = ended.is_none_or(|ended| ended > rested);
        if let Some(who) = who.filter(|_| lately || reason == Reason::Unwelcome.word()) {
            rests.insert((kind, who, board));
        }
    }
    Ok(new
        .into_iter()
        .filter(|one| !known.contains(&(one.kind, one.subject.clone())))
        .filter(|one| {
            one.account
                .is_none_or(|who| !rests.contains(&(one.kind, who, one.board)))
        })
        .collect())
}

fn room<'a>(cx: &mut Cx<'_>, space: SpaceId, calendar: &'a Calendar, lots: &'a Lots) -> Result<Room<'a>> {
    let now = cx.now();
    let away = choices::away(cx)?;
    let rows: Vec<(AccountId, SpaceRole, Moment, Option<Moment>)> = memberships::table
        .inner_join(accounts::table)
        .filter(memberships::space_id.eq(space))
        .filter(accounts::standing.eq(Standing::Active))
        .filter(accounts::kind.ne(AccountKind::Placeholder))
        .select((
            memberships::account_id,
            memberships::role,
            memberships::joined_at,
            memberships::role_since,
        ))
        .load(cx.conn())?;
    let mut room = Room {
        space,
        now,
        calendar,
        lots,
        members: BTreeMap::new(),
        team: BTreeMap::new(),
    };
    for (who, role, joined, since) in rows.into_iter().filter(|row| !away.contains(&row.0)) {
        if role.moderates() {
            room.team.insert(who, since.unwrap_or(joined));
        } else {
            room.members.insert(who, joined);
        }
    }
    // Whom somebody wrote to lately, or three times in a quarter, is left in peace.
    let asked = notes::too_often(cx, calendar.day(now))?;
    room.members.retain(|who, _| !asked.contains(who));
    Ok(room)
}

/// Who joined lately and wrote nothing yet.
fn welcome(cx: &mut Cx<'_>, room: &Room<'_>) -> Result<Vec<New>> {
    let since = room.now.plus_days(-WELCOME_DAYS);
    let new: Vec<AccountId> = room
        .members
        .iter()
        .filter(|(_, joined)| **joined > since)
        .map(|(who, _)| *who)
        .collect();
    let wrote: HashSet<AccountId> = in_parts(&new, |few| {
        Ok(posts::table
            .filter(posts::space_id.eq(room.space))
            .filter(posts::author_id.eq_any(few))
            .select(posts::author_id)
            .distinct()
            .load(cx.conn())?)
    })?
    .into_iter()
    .collect();
    Ok(new
        .into_iter()
        .filter(|who| !wrote.contains(who))
        .map(|who| {
            let joined = room.members[&who];
            let once = room.calendar.day(joined);
            room.about(WorkKind::Welcome, who, once, Facts::default(), joined)
        })
        .collect())
}

/// Who of the core and the active is falling silent, by their own measure.
fn lapsing(cx: &mut Cx<'_>, room: &Room<'_>, last: Week, rings: &BTreeMap<i64, Ring>) -> Result<Vec<New>> {
    let asked: BTreeSet<AccountId> = rings
        .iter()
        .filter(|(_, ring)| matches!(ring, Ring::Core | Ring::Active))
        .map(|(who, _)| AccountId(*who))
        .filter(|who| room.members.contains_key(who))
        .collect();
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<i64> = asked.iter().map(|who| who.0).collect();
    let mut histories: BTreeMap<AccountId, History> = BTreeMap::new();
    let weeks: Vec<(Week, AccountId, i64, i64)> = member_weeks::table
        .filter(member_weeks::space_id.eq(room.space.0))
        .filter(member_weeks::account_id.eq_any(ids.clone()))
        .filter(member_weeks::week.gt(last - 26))
        .filter(member_weeks::week.le(last))
        .select((
            member_weeks::week,
            member_weeks::account_id,
            member_weeks::contributions,
            member_weeks::days,
        ))
        .load(cx.conn())?;
    for (week, who, contributions, days) in weeks {
        let history = histories.entry(who).or_default();
        history.contributions += contributions;
        history.days.extend(
            (0..7)
                .filter(|day| days & (1 << day) != 0)
                .map(|day| monday(week) + day),
        );
    }
    let (end, known_from) = (monday(last + 1), monday(last + 1) - 91);
    let seen: Vec<(AccountId, i64)> = space_days::table
        .filter(space_days::space_id.eq(room.space.0))
        .filter(space_days::account_id.eq_any(ids))
        .filter(space_days::day.ge(known_from))
        .select((space_days::account_id, space_days::day))
        .load(cx.conn())?;
    for (who, day) in seen {
        histories.entry(who).or_default().visits.insert(day);
    }
    // Who wrote since the week ended is not silent any more.
    let since: Vec<AccountId> = posts::table
        .filter(posts::space_id.eq(room.space))
        .filter(posts::created_at.ge(room.calendar.start(last + 1)?))
        .filter(posts::imported.eq(false))
        .select(posts::author_id)
        .distinct()
        .load(cx.conn())?;
    for who in since {
        histories.remove(&who);
    }
    let mut new = Vec::new();
    for (who, history) in &histories {
        let (Some(silence), Some(since)) = (lapse::silence(history, end, known_from), history.days.last()) else {
            continue;
        };
        let facts = Facts {
            days: silence.days,
            usual: silence.usual,
            ..Facts::default()
        };
        let at = room.calendar.start_of_day(*since)?;
        new.push(room.about(WorkKind::Lapsing, *who, *since, facts, at));
    }
    Ok(new)
}

/// Who reads often, wrote nothing yet, and asked for suggestions.
fn readers(cx: &mut Cx<'_>, room: &Room<'_>) -> Result<Vec<New>> {
    let want: Vec<i64> = choices::want_suggestions(cx)?
        .into_iter()
        .filter(|who| room.members.contains_key(who))
        .map(|who| who.0)
        .collect();
    if want.is_empty() {
        return Ok(Vec::new());
    }
    let since = room.today() - 28;
    let mut days: HashMap<AccountId, i64> = HashMap::new();
    for who in space_days::table
        .filter(space_days::space_id.eq(room.space.0))
        .filter(space_days::account_id.eq_any(want.clone()))
        .filter(space_days::day.gt(since))
        .select(space_days::account_id)
        .load::<AccountId>(cx.conn())?
    {
        *days.entry(who).or_default() += 1;
    }
    let wrote: HashSet<AccountId> = member_firsts::table
        .filter(member_firsts::space_id.eq(room.space.0))
        .filter(member_firsts::account_id.eq_any(want.clone()))
        .select(member_firsts::account_id)
        .load(cx.conn())?
        .into_iter()
        .collect();
    let read: BTreeSet<(AccountId, BoardId, TopicId)> = day_reads::table
        .inner_join(topics::table.on(topics::id.eq(day_reads::topic_id)))
        .filter(day_reads::account_id.eq_any(want))
        .filter(topics::space_id.eq(room.space))
        .select((day_reads::account_id, topics::board_id, topics::id))
        .load::<(AccountId, BoardId, TopicId)>(cx.conn())?
        .into_iter()
        .collect();
    let mut by_board: BTreeMap<(AccountId, BoardId), i64> = BTreeMap::new();
    for (who, board, _) in read {
        *by_board.entry((who, board)).or_default() += 1;
    }
    let mut new = Vec::new();
    for (who, days) in days
        .iter()
        .filter(|(who, days)| **days >= READER_DAYS && !wrote.contains(who))
    {
        let most = by_board
            .range((*who, BoardId(i64::MIN))..=(*who, BoardId(i64::MAX)))
            .max_by_key(|((_, board), topics)| (**topics, std::cmp::Reverse(*board)));
        if let Some(((_, board), topics)) = most.filter(|(_, topics)| **topics >= READER_TOPICS) {
            let facts = Facts {
                days: *days,
                count: *topics,
                ..Facts::default()
            };
            let mut one = room.about(WorkKind::Reader, *who, room.week() / 13, facts, room.now);
            one.board = Some(*board);
            new.push(one);
        }
    }
    new.sort_by_key(|one| one.account);
    Ok(new)
}

/// Who holds a role for ten months: time to think of somebody who follows.
fn roles(room: &Room<'_>) -> Vec<New> {
    room.team
        .iter()
        .filter(|(_, since)| since.plus_days(ROLE_DAYS) < room.now)
        .map(|(who, since)| {
            let days = room.today() - room.calendar.day(*since);
            let facts = Facts {
                days,
                count: days / 30,
                ..Facts::default()
            };
            // Once in each year that it lasts, and anew when it is given anew.
            let year = (days - ROLE_DAYS) / 365;
            room.about(
                WorkKind::Role,
                *who,
                room.calendar.day(*since) * 100 + year,
                facts,
                *since,
            )
        })
        .collect()
}
