//! What changes by the day: people and roles. Found every night from what the figures keep anyway, for spaces that
//! somebody manages, and about members only who are on lists at all.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use diesel::dsl::max;
use diesel::prelude::*;

use super::choices;
use super::expertise;
use super::in_parts;
use super::kinds::{Arm, Reason, WorkKind};
use super::lapse::{self, History};
use super::lots::Lots;
use super::make::{self, Facts, New};
use super::notes;
use super::waiting::{lots, managed_spaces};
use crate::access::{Cx, Store, Viewer};
use crate::db::schema::{
    accounts, day_reads, member_firsts, member_weeks, memberships, posts, space_days, topic_states, topics, visits,
    work_items,
};
use crate::db::types::Moment;
use crate::event::Source;
use crate::forum::metrics::rings_now;
use crate::forum::metrics::sight::Ring;
use crate::forum::metrics::week::{BLOCK, Calendar, Week, monday};
use crate::ids::{AccountId, BoardId, SpaceId, TopicId};
use crate::kinds::{AccountKind, PostState, SpaceRole, Standing, TopicKind};
use crate::refusal::Result;

/// Days for which a member is welcomed.
const WELCOME_DAYS: i64 = 7;
/// Days of four weeks on which a reader was here, and topics of one board that they read.
const READER_DAYS: i64 = 8;
const READER_TOPICS: i64 = 5;
/// Questions that wait in a board, days that somebody was not here, and how far their answers outweigh their
/// questions: (a − q) / √(a + q), after Zhang, Ackerman and Adamic.
const EXPERT_QUESTIONS: usize = 3;
const EXPERT_DAYS: i64 = 14;
pub(super) const EXPERT_SCORE: f64 = 2.0;
/// Days for which a role is held.
const ROLE_DAYS: i64 = 304;
/// Of so many first replies at least, more than so many percent by one person.
const LOAD_REPLIES: i64 = 10;
const LOAD_PERCENT: i64 = 40;
/// Topics of one of the team that nobody answered.
const ONE_WAY_TOPICS: usize = 3;
/// People who thanked or voted, and who took part.
const FEATURE_LIGHT: i64 = 3;
const FEATURE_PEOPLE: i64 = 3;
/// Days for which the same thing about the same person does not come back.
const REST_DAYS: i64 = 28;
/// Days that items are kept.
const KEPT_DAYS: i64 = 371;

/// A space and what is known of its people.
struct Room<'a> {
    space: SpaceId,
    now: Moment,
    calendar: &'a Calendar,
    lots: &'a Lots,
    /// Members who may stand on a list, and since when they belong.
    members: BTreeMap<AccountId, Moment>,
    /// Those of the team, and since when they hold their role.
    team: BTreeMap<AccountId, Moment>,
}

impl Room<'_> {
    fn today(&self) -> i64 {
        self.calendar.day(self.now)
    }

    fn week(&self) -> Week {
        self.calendar.week(self.now)
    }

    /// Something about a member, by lot.
    fn about(&self, kind: WorkKind, who: AccountId, once: i64, facts: Facts, since: Moment) -> New {
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
pub fn nightly(store: &Store) -> Result<()> {
    let lots = lots(store)?;
    let viewer = Viewer::system("today");
    let spaces = store.read(&viewer, managed_spaces)?;
    let rings = rings_now::held(store, &spaces)?;
    // One space that fails keeps no other from its night.
    let mut failed = None;
    for space in spaces {
        if let Err(refusal) = of_space(store, &viewer, space, &lots, rings.get(&space)) {
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
    lots: &Lots,
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

/// Who answers in a board in which questions wait, agreed to be found, and has not been here lately.
fn experts(cx: &mut Cx<'_>, room: &Room<'_>) -> Result<Vec<New>> {
    let open: Vec<(BoardId, Moment)> = topics::table
        .filter(topics::space_id.eq(room.space))
        .filter(topics::kind.eq(TopicKind::Question))
        .filter(topics::state.eq(PostState::Published))
        .filter(topics::closed_at.is_null())
        .filter(topics::imported.eq(false))
        .filter(topics::post_count.eq(1))
        .filter(topics::last_posted_at.gt(room.now.plus_days(-60)))
        .select((topics::board_id, topics::created_at))
        .load(cx.conn())?;
    let mut waits: BTreeMap<BoardId, Vec<Moment>> = BTreeMap::new();
    for (board, at) in open {
        waits.entry(board).or_default().push(at);
    }
    waits.retain(|_, all| all.len() >= EXPERT_QUESTIONS);
    let mut new = Vec::new();
    if waits.is_empty() {
        return Ok(new);
    }
    let year = room.now.plus_days(-expertise::DAYS);
    let written: Vec<(BoardId, AccountId, AccountId)> = posts::table
        .inner_join(topics::table)
        .filter(topics::board_id.eq_any(waits.keys().copied().collect::<Vec<_>>()))
        .filter(topics::kind.eq(TopicKind::Question))
        .filter(topics::state.eq(PostState::Published))
        .filter(posts::state.eq(PostState::Published))
        .filter(posts::imported.eq(false))
        .filter(posts::created_at.gt(year))
        .filter(posts::parent_id.is_null().or(posts::author_id.ne(topics::author_id)))
        .select((topics::board_id, posts::author_id, topics::author_id))
        .load(cx.conn())?;
    let mut balance: BTreeMap<(BoardId, AccountId), (i64, i64)> = BTreeMap::new();
    for (board, who, asker) in written {
        let sums = balance.entry((board, who)).or_default();
        if who == asker {
            sums.1 += 1;
        } else {
            sums.0 += 1;
        }
    }
    let denied = expertise::denied(cx, &waits.keys().copied().collect::<Vec<_>>())?;
    let able: Vec<(BoardId, AccountId, i64)> = balance
        .into_iter()
        .filter(|((board, who), (a, q))| {
            room.members.contains_key(who)
                && !denied.contains(&(*who, *board))
                && expertise::score(*a, *q) >= EXPERT_SCORE
        })
        .map(|((board, who), (answers, _))| (board, who, answers))
        .collect();
    let ids: Vec<AccountId> = able.iter().map(|one| one.1).collect();
    let found: HashSet<AccountId> = accounts::table
        .filter(accounts::id.eq_any(ids.clone()))
        .filter(accounts::findable)
        .select(accounts::id)
        .load(cx.conn())?
        .into_iter()
        .collect();
    let last: HashMap<AccountId, Option<i64>> = visits::table
        .filter(visits::account_id.eq_any(ids))
        .group_by(visits::account_id)
        .select((visits::account_id, max(visits::day)))
        .load::<(AccountId, Option<i64>)>(cx.conn())?
        .into_iter()
        .collect();
    for (board, who, answers) in able {
        let here = last
            .get(&who)
            .copied()
            .flatten()
            .is_some_and(|day| day > room.today() - EXPERT_DAYS);
        let Some(since) = waits[&board].iter().min().filter(|_| found.contains(&who) && !here) else {
            continue;
        };
        let facts = Facts {
            count: i64::try_from(waits[&board].len()).unwrap_or(i64::MAX),
            of: answers,
            ..Facts::default()
        };
        let mut one = room.about(WorkKind::Expert, who, room.week() / BLOCK, facts, *since);
        one.subject = format!("{}:{board}", one.subject);
        one.board = Some(board);
        new.push(one);
    }
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

type TopicRow = (
    (TopicId, AccountId, Moment, TopicKind),
    (Option<Moment>, Option<AccountId>),
    (i64, i64, i64, i64),
);

/// What the topics of the last four weeks say: who carries the first replies, whose topics nobody answers, and what
/// many were thankful for.
fn by_topics(cx: &mut Cx<'_>, room: &Room<'_>) -> Result<Vec<New>> {
    let since = room.now.plus_days(-28);
    let rows: Vec<TopicRow> = topic_states::table
        .inner_join(topics::table.on(topics::id.eq(topic_states::topic_id)))
        .filter(topic_states::space_id.eq(room.space.0))
        .filter(topic_states::started_at.gt(since))
        .filter(topics::state.eq(PostState::Published))
        .filter(topics::pinned_at.is_null())
        .select((
            (
                topics::id,
                topics::author_id,
                topic_states::started_at,
                topic_states::kind,
            ),
            (
                topic_states::first_reply_at,
                topic_states::first_reply_by.assume_not_null().nullable(),
            ),
            (
                topic_states::replies,
                topic_states::light,
                topic_states::people,
                topic_states::light_people,
            ),
        ))
        .load(cx.conn())?;
    let block = room.week() / BLOCK;
    let mut new = Vec::new();
    let mut first: BTreeMap<AccountId, i64> = BTreeMap::new();
    let mut alone: BTreeMap<AccountId, Vec<TopicId>> = BTreeMap::new();
    for ((topic, author, started, kind), (_, by), (replies, light, people, light_people)) in rows {
        if let Some(by) = by {
            *first.entry(by).or_default() += 1;
        }
        if room.team.contains_key(&author) && replies == 0 && light == 0 && started.plus_days(7) < room.now {
            alone.entry(author).or_default().push(topic);
        }
        let praised = light_people >= FEATURE_LIGHT && people >= FEATURE_PEOPLE;
        if praised && kind != TopicKind::Announcement && started.plus_days(14) > room.now {
            new.push(New {
                space: room.space,
                kind: WorkKind::Feature,
                subject: topic.to_string(),
                account: None,
                topic: Some(topic),
                board: None,
                arm: Arm::Shown,
                facts: Facts {
                    count: light_people,
                    of: people,
                    ..Facts::default()
                },
                since: started,
            });
        }
    }
    let all: i64 = first.values().sum();
    for (who, times) in first {
        let known = room.team.contains_key(&who) || room.members.contains_key(&who);
        if all >= LOAD_REPLIES && times * 100 > all * LOAD_PERCENT && known {
            let facts = Facts {
                count: times,
                of: all,
                ..Facts::default()
            };
            new.push(room.about(WorkKind::Load, who, block, facts, room.now));
        }
    }
    for (who, topics) in alone.into_iter().filter(|(_, topics)| topics.len() >= ONE_WAY_TOPICS) {
        let facts = Facts {
            count: i64::try_from(topics.len()).unwrap_or(i64::MAX),
            topics,
            ..Facts::default()
        };
        new.push(room.about(WorkKind::OneWay, who, block, facts, room.now));
    }
    Ok(new)
}
