//! Keeps what was folded: writes only what differs from what is there, a little at a time, so that nobody who
//! posts waits for it; and reads it back as the ground of a look.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use diesel::prelude::*;

use super::fold::{Counts, FORUM, Folded, TopicState};
use super::hours::{Hours, Office};
use super::log::Spans;
use super::rules::{self, Index, Kept};
use super::sight::{DEPTH, Ground};
use super::week::{BLOCK, Calendar, QUARTER, Week};
use crate::access::{Cx, Store, Tx, Viewer};
use crate::db::Conn;
use crate::db::conn::each_backend;
use crate::db::schema::{dyad_weeks, member_firsts, member_weeks, topic_states};
use crate::db::types::Moment;
use crate::event::Source;
use crate::kinds::TopicKind;
use crate::refusal::{Refusal, Result};

/// Rows of one write: a few milliseconds.
const FEW: usize = 400;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = member_weeks)]
#[diesel(treat_none_as_default_value = false)]
struct MemberRow {
    space_id: i64,
    week: i64,
    account_id: i64,
    contributions: i64,
    topics: i64,
    replies: i64,
    light: i64,
    team_contributions: i64,
    days: i64,
    seen: i64,
    first_at: Option<i64>,
    department_id: Option<i64>,
    guest: bool,
    team: bool,
}

impl MemberRow {
    fn of(space: i64, week: Week, who: i64, counts: &Counts) -> Self {
        Self {
            space_id: space,
            week,
            account_id: who,
            contributions: counts.contributions,
            topics: counts.topics,
            replies: counts.replies,
            light: counts.light,
            team_contributions: counts.team_contributions,
            days: counts.days,
            seen: counts.seen,
            first_at: counts.first_at,
            department_id: counts.department,
            guest: counts.guest,
            team: counts.team,
        }
    }

    fn counts(&self) -> Counts {
        Counts {
            contributions: self.contributions,
            topics: self.topics,
            replies: self.replies,
            light: self.light,
            team_contributions: self.team_contributions,
            days: self.days,
            seen: self.seen,
            first_at: self.first_at,
            department: self.department_id,
            guest: self.guest,
            team: self.team,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = topic_states)]
#[diesel(treat_none_as_default_value = false)]
struct TopicRow {
    topic_id: i64,
    space_id: i64,
    board_id: i64,
    kind: TopicKind,
    starter_id: i64,
    starter_department_id: Option<i64>,
    team: bool,
    started_at: Moment,
    first_reply_at: Option<Moment>,
    first_reply_by: Option<i64>,
    first_reply_team: bool,
    answered_at: Option<Moment>,
    answered_by: Option<i64>,
    answered_team: bool,
    ended_at: Option<Moment>,
    posts: i64,
    people: i64,
    replies: i64,
    light: i64,
    light_people: i64,
    gap: Option<i64>,
}

macro_rules! as_row {
    ($from:ident => $to:ident { $($same:ident),* ; $($field:ident = $other:ident),* }) => {
        $to { $($same: $from.$same,)* $($field: $from.$other),* }
    };
}

impl From<&TopicState> for TopicRow {
    fn from(state: &TopicState) -> Self {
        as_row!(state => TopicRow {
            kind, team, started_at, first_reply_at, first_reply_by, first_reply_team, answered_at, answered_by,
            answered_team, ended_at, posts, people, replies, light, light_people, gap;
            topic_id = topic, space_id = space, board_id = board, starter_id = starter,
            starter_department_id = starter_department
        })
    }
}

impl From<&TopicRow> for TopicState {
    fn from(row: &TopicRow) -> Self {
        as_row!(row => TopicState {
            kind, team, started_at, first_reply_at, first_reply_by, first_reply_team, answered_at, answered_by,
            answered_team, ended_at, posts, people, replies, light, light_people, gap;
            topic = topic_id, space = space_id, board = board_id, starter = starter_id,
            starter_department = starter_department_id
        })
    }
}

fn viewer() -> Arc<Viewer> {
    Viewer::system("figures")
}

/// One node keeps at a time, each a few rows: what two found out at once is then written twice, and once there.
pub(super) fn keep<T>(store: &Store, work: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
    store.write(&viewer(), Source::System, |tx| {
        crate::db::dialect::hold(tx.conn(), "figure_progress", 1)?;
        work(tx)
    })
}

/// What is kept of a week.
pub(super) fn load_week(cx: &mut Cx<'_>, week: Week) -> Result<Folded> {
    let members: Vec<MemberRow> = member_weeks::table
        .filter(member_weeks::week.eq(week))
        .load(cx.conn())?;
    let dyads: Vec<(i64, i64, i64, i64)> = dyad_weeks::table
        .filter(dyad_weeks::week.eq(week))
        .select((
            dyad_weeks::space_id,
            dyad_weeks::from_id,
            dyad_weeks::to_id,
            dyad_weeks::times,
        ))
        .load(cx.conn())?;
    Ok(Folded {
        members: members
            .iter()
            .map(|row| ((row.space_id, row.account_id), row.counts()))
            .collect(),
        dyads: dyads
            .into_iter()
            .map(|(space, from, to, times)| ((space, from, to), times))
            .collect(),
        topics: BTreeSet::new(),
    })
}

/// Makes what is kept of a week equal to what was folded. The people of it come back, and those who are in it no
/// longer: what was kept and then cut off before first contributions were is made good the next time.
pub(super) fn keep_week(store: &Store, week: Week, new: &Folded) -> Result<BTreeSet<(i64, i64)>> {
    let old = store.read(&viewer(), |cx| load_week(cx, week))?;
    let gone: Vec<(i64, i64)> = old
        .members
        .keys()
        .filter(|key| !new.members.contains_key(*key))
        .copied()
        .collect();
    let changed: Vec<MemberRow> = new
        .members
        .iter()
        .filter(|(key, counts)| old.members.get(*key) != Some(*counts))
        .map(|((space, who), counts)| MemberRow::of(*space, week, *who, counts))
        .collect();
    let touched = gone.iter().chain(new.members.keys()).copied().collect();
    for few in changed.chunks(FEW) {
        keep(store, |tx| {
            for row in few {
                drop_member(tx.conn(), week, (row.space_id, row.account_id))?;
            }
            each_backend!(tx.conn(), c => diesel::insert_into(member_weeks::table).values(few).execute(c))?;
            Ok(())
        })?;
    }
    for few in gone.chunks(FEW) {
        keep(store, |tx| {
            few.iter().try_for_each(|key| drop_member(tx.conn(), week, *key))
        })?;
    }
    let gone: Vec<(i64, i64, i64)> = old
        .dyads
        .keys()
        .filter(|key| !new.dyads.contains_key(*key))
        .copied()
        .collect();
    let changed: Vec<((i64, i64, i64), i64)> = new
        .dyads
        .iter()
        .filter(|(key, times)| old.dyads.get(*key) != Some(*times))
        .map(|(key, times)| (*key, *times))
        .collect();
    for few in changed.chunks(FEW) {
        keep(store, |tx| {
            let mut rows = Vec::with_capacity(few.len());
            for ((space, from, to), times) in few {
                drop_dyad(tx.conn(), week, (*space, *from, *to))?;
                rows.push((
                    dyad_weeks::space_id.eq(*space),
                    dyad_weeks::week.eq(week),
                    dyad_weeks::from_id.eq(*from),
                    dyad_weeks::to_id.eq(*to),
                    dyad_weeks::times.eq(*times),
                ));
            }
            each_backend!(tx.conn(), c => diesel::insert_into(dyad_weeks::table).values(&rows).execute(c))?;
            Ok(())
        })?;
    }
    for few in gone.chunks(FEW) {
        keep(store, |tx| {
            few.iter().try_for_each(|key| drop_dyad(tx.conn(), week, *key))
        })?;
    }
    Ok(touched)
}

fn drop_member(conn: &mut Conn, week: Week, (space, who): (i64, i64)) -> Result<()> {
    diesel::delete(member_weeks::table.find((week, space, who))).execute(conn)?;
    Ok(())
}

fn drop_dyad(conn: &mut Conn, week: Week, (space, from, to): (i64, i64, i64)) -> Result<()> {
    diesel::delete(dyad_weeks::table.find((week, space, from, to))).execute(conn)?;
    Ok(())
}

/// The first contribution of each of these people, as the weeks that are kept say it. Weeks that are kept no
/// longer had one: then the first that is known stays.
pub(super) fn keep_firsts(store: &Store, touched: &BTreeSet<(i64, i64)>, oldest: Week) -> Result<()> {
    let touched: Vec<(i64, i64)> = touched.iter().copied().collect();
    let kept_from = store.read(&viewer(), |cx| Ok(Calendar::read(cx.conn())?.start(oldest)?.0))?;
    for few in touched.chunks(FEW) {
        keep(store, |tx| {
            let who: Vec<i64> = few.iter().map(|(_, who)| *who).collect();
            let found: HashMap<(i64, i64), Option<i64>> = member_weeks::table
                .filter(member_weeks::account_id.eq_any(&who))
                .group_by((member_weeks::space_id, member_weeks::account_id))
                .select((
                    (member_weeks::space_id, member_weeks::account_id),
                    diesel::dsl::min(member_weeks::first_at),
                ))
                .load::<((i64, i64), Option<i64>)>(tx.conn())?
                .into_iter()
                .collect();
            let known: HashMap<(i64, i64), i64> = member_firsts::table
                .filter(member_firsts::account_id.eq_any(&who))
                .select(((member_firsts::space_id, member_firsts::account_id), member_firsts::at))
                .load::<((i64, i64), i64)>(tx.conn())?
                .into_iter()
                .collect();
            for key in few {
                let now = found.get(key).copied().flatten();
                let before = known.get(key).copied();
                if now == before || before.is_some_and(|at| at < kept_from) {
                    continue;
                }
                diesel::delete(member_firsts::table.find(*key)).execute(tx.conn())?;
                if let Some(at) = now {
                    diesel::insert_into(member_firsts::table)
                        .values((
                            member_firsts::space_id.eq(key.0),
                            member_firsts::account_id.eq(key.1),
                            member_firsts::at.eq(at),
                        ))
                        .execute(tx.conn())?;
                }
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// Makes what is kept of these topics equal to what was folded; a topic without a beginning is not kept.
pub(super) fn keep_topics(store: &Store, topics: &[i64], states: &[TopicState]) -> Result<()> {
    let rows: Vec<TopicRow> = states.iter().map(TopicRow::from).collect();
    let old: HashMap<i64, TopicRow> = store.read(&viewer(), |cx| {
        Ok(topic_states::table
            .filter(topic_states::topic_id.eq_any(topics))
            .load::<TopicRow>(cx.conn())?
            .into_iter()
            .map(|row| (row.topic_id, row))
            .collect())
    })?;
    let changed: Vec<TopicRow> = rows
        .iter()
        .filter(|row| old.get(&row.topic_id) != Some(*row))
        .copied()
        .collect();
    let stays: BTreeSet<i64> = rows.iter().map(|row| row.topic_id).collect();
    let gone: Vec<i64> = old.keys().filter(|topic| !stays.contains(topic)).copied().collect();
    if changed.is_empty() && gone.is_empty() {
        return Ok(());
    }
    keep(store, |tx| {
        let away: Vec<i64> = changed.iter().map(|row| row.topic_id).chain(gone).collect();
        diesel::delete(topic_states::table.filter(topic_states::topic_id.eq_any(away))).execute(tx.conn())?;
        each_backend!(tx.conn(), c => diesel::insert_into(topic_states::table).values(&changed).execute(c))?;
        Ok(())
    })
}

/// What is the same for all spaces at one moment.
pub(super) struct Common {
    pub(super) calendar: Calendar,
    pub(super) spans: HashMap<i64, Arc<BTreeMap<i64, Spans>>>,
    pub(super) audiences: HashMap<(i64, Week), i64>,
    pub(super) launches: BTreeMap<i64, Week>,
    hours: Vec<Kept<Hours>>,
    indexes: Vec<Kept<Index>>,
    main: Arc<BTreeSet<i64>>,
}

impl Common {
    pub(super) fn read(conn: &mut Conn) -> Result<Self> {
        let calendar = Calendar::read(conn)?;
        Ok(Self {
            spans: super::log::spans(conn)?
                .into_iter()
                .map(|(space, spans)| (space, Arc::new(spans)))
                .collect(),
            audiences: super::log::audiences(conn)?,
            launches: super::log::launches(conn, &calendar)?,
            hours: rules::all(conn)?,
            indexes: rules::all(conn)?,
            main: Arc::new(super::quarter::main_boards(conn)?),
            calendar,
        })
    }

    /// The spaces that had begun by then.
    pub(super) fn begun(&self, week: Week) -> impl Iterator<Item = i64> {
        self.launches
            .iter()
            .filter(move |(space, began)| **space != FORUM && **began <= week)
            .map(|(space, _)| *space)
    }

    /// A ground without states yet.
    pub(super) fn ground(&self, space: i64, week: Week) -> Result<Ground> {
        // Whatever is set later changes nothing of what was due before.
        let due = self.calendar.sealed_from(week)?;
        let (Some(hours), Some(index)) = (rules::at(&self.hours, due), rules::at(&self.indexes, due)) else {
            return Err(Refusal::broken("rules without a version"));
        };
        Ok(Ground {
            office: Office::new(self.calendar.clone(), &hours.numbers),
            index: index.numbers,
            space,
            week,
            launch: self.launches.get(&space).copied().unwrap_or(week),
            calendar: self.calendar.clone(),
            members: BTreeMap::new(),
            dyads: Vec::new(),
            // Of a space to which nobody ever came there are none.
            spans: self.spans.get(&space).map(Arc::clone).unwrap_or_default(),
            firsts: Arc::default(),
            topics: Vec::new(),
            audience: self.audiences.get(&(space, week)).copied(),
            evidence: BTreeMap::new(),
            main: Arc::clone(&self.main),
            summed: None,
            hidden: Arc::default(),
        })
    }
}

/// First contributions by space, of everybody.
pub(super) type Firsts = HashMap<i64, Arc<BTreeMap<i64, Moment>>>;

pub(super) fn load_firsts(cx: &mut Cx<'_>) -> Result<Firsts> {
    let mut all: HashMap<i64, BTreeMap<i64, Moment>> = HashMap::new();
    for (space, who, at) in member_firsts::table.load::<(i64, i64, Moment)>(cx.conn())? {
        all.entry(space).or_default().insert(who, at);
    }
    Ok(all
        .into_iter()
        .map(|(space, firsts)| (space, Arc::new(firsts)))
        .collect())
}

/// The ground of a space at the end of a week, from what is kept.
pub(super) fn ground(cx: &mut Cx<'_>, common: &Common, firsts: &Firsts, space: i64, week: Week) -> Result<Ground> {
    let mut ground = common.ground(space, week)?;
    let from = week - DEPTH + 1;
    let rows: Vec<MemberRow> = member_weeks::table
        .filter(member_weeks::space_id.eq(space))
        // Each week by name: so each is found at once, in any number of spaces.
        .filter(member_weeks::week.eq_any(from..=week))
        .order((member_weeks::week, member_weeks::account_id))
        .load(cx.conn())?;
    for row in rows {
        ground
            .members
            .entry(row.account_id)
            .or_default()
            .push((row.week, row.counts()));
    }
    ground.dyads = dyad_weeks::table
        .filter(dyad_weeks::space_id.eq(space))
        .filter(dyad_weeks::week.eq_any(from..=week))
        .order((dyad_weeks::week, dyad_weeks::from_id, dyad_weeks::to_id))
        .select((
            dyad_weeks::week,
            dyad_weeks::from_id,
            dyad_weeks::to_id,
            dyad_weeks::times,
        ))
        .load(cx.conn())?;
    // Nobody wrote there yet: no first contributions.
    ground.firsts = firsts.get(&space).map(Arc::clone).unwrap_or_default();
    let mut topics = topic_states::table
        .filter(topic_states::started_at.ge(ground.calendar.start(week - QUARTER - BLOCK + 1)?))
        .filter(topic_states::started_at.lt(ground.calendar.end(week)?))
        .order(topic_states::topic_id)
        .into_boxed::<crate::db::Backend>();
    if space != FORUM {
        topics = topics.filter(topic_states::space_id.eq(space));
    }
    ground.topics = topics
        .load::<TopicRow>(cx.conn())?
        .iter()
        .map(TopicState::from)
        .collect();
    Ok(ground)
}

/// Forgets what is kept for a while only: weeks of people after 13 months, days of reading after 13 weeks. A little
/// at a time, because somebody may want to post meanwhile.
pub(super) fn forget_old(store: &Store) -> Result<()> {
    use crate::db::schema::{space_days, visits};
    let this_week = store.read(&viewer(), |cx| {
        let now = cx.now();
        Ok(Calendar::read(cx.conn())?.week(now))
    })?;
    let oldest_day = super::week::monday(this_week - DAYS_KEPT_WEEKS);
    let oldest = this_week - WEEKS_KEPT;
    // Of each day and of each week, so many people at once.
    again(store, |tx| {
        let day: Option<i64> = visits::table
            .filter(visits::day.lt(oldest_day))
            .select(diesel::dsl::min(visits::day))
            .first(tx.conn())?;
        let Some(day) = day else { return Ok(0) };
        let who: Vec<i64> = visits::table
            .filter(visits::day.eq(day))
            .select(visits::account_id)
            .limit(MANY)
            .load(tx.conn())?;
        Ok(diesel::delete(
            visits::table
                .filter(visits::day.eq(day))
                .filter(visits::account_id.eq_any(who)),
        )
        .execute(tx.conn())?)
    })?;
    again(store, |tx| {
        let day: Option<i64> = space_days::table
            .filter(space_days::day.lt(oldest_day))
            .select(diesel::dsl::min(space_days::day))
            .first(tx.conn())?;
        let Some(day) = day else { return Ok(0) };
        let who: Vec<i64> = space_days::table
            .filter(space_days::day.eq(day))
            .select(space_days::account_id)
            .limit(MANY)
            .load(tx.conn())?;
        Ok(diesel::delete(
            space_days::table
                .filter(space_days::day.eq(day))
                .filter(space_days::account_id.eq_any(who)),
        )
        .execute(tx.conn())?)
    })?;
    // That somebody was here in a week stays; on which days, goes.
    again(store, |tx| {
        let rows: Vec<(i64, Week, i64)> = member_weeks::table
            .filter(member_weeks::week.lt(this_week - DAYS_KEPT_WEEKS))
            .filter(member_weeks::seen.gt(1))
            .select((member_weeks::space_id, member_weeks::week, member_weeks::account_id))
            .limit(MANY)
            .load(tx.conn())?;
        let changed = rows.len();
        for ((space, week), who) in by_week(rows) {
            diesel::update(of_week(space, week).filter(member_weeks::account_id.eq_any(who)))
                .set(member_weeks::seen.eq(1))
                .execute(tx.conn())?;
        }
        Ok(changed)
    })?;
    again(store, |tx| {
        let rows: Vec<(i64, Week, i64)> = member_weeks::table
            .filter(member_weeks::week.lt(oldest))
            .select((member_weeks::space_id, member_weeks::week, member_weeks::account_id))
            .limit(MANY)
            .load(tx.conn())?;
        let mut gone = 0;
        for ((space, week), who) in by_week(rows) {
            gone +=
                diesel::delete(of_week(space, week).filter(member_weeks::account_id.eq_any(who))).execute(tx.conn())?;
        }
        Ok(gone)
    })?;
    again(store, |tx| {
        let rows: Vec<(i64, Week, i64)> = dyad_weeks::table
            .filter(dyad_weeks::week.lt(oldest))
            .select((dyad_weeks::space_id, dyad_weeks::week, dyad_weeks::from_id))
            .limit(MANY)
            .load(tx.conn())?;
        let mut gone = 0;
        for ((space, week), who) in by_week(rows) {
            let rows = dyad_weeks::table
                .filter(dyad_weeks::space_id.eq(space))
                .filter(dyad_weeks::week.eq(week))
                .filter(dyad_weeks::from_id.eq_any(who));
            gone += diesel::delete(rows).execute(tx.conn())?;
        }
        Ok(gone)
    })
}

/// Rows that are forgotten in one write.
const MANY: i64 = 1_000;

/// Writes until nothing is left to do.
fn again(store: &Store, mut work: impl FnMut(&mut Tx<'_>) -> Result<usize>) -> Result<()> {
    while store.write(&viewer(), Source::System, &mut work)? > 0 {}
    Ok(())
}

fn by_week(rows: Vec<(i64, Week, i64)>) -> BTreeMap<(i64, Week), Vec<i64>> {
    let mut all: BTreeMap<(i64, Week), Vec<i64>> = BTreeMap::new();
    for (space, week, who) in rows {
        all.entry((space, week)).or_default().push(who);
    }
    all
}

#[diesel::dsl::auto_type]
fn of_week(space: i64, week: Week) -> _ {
    member_weeks::table
        .filter(member_weeks::space_id.eq(space))
        .filter(member_weeks::week.eq(week))
}

/// Whether figures about days of visits of this week can be counted still: rings look eight weeks back.
pub(super) fn knows_days(week: Week, this_week: Week) -> bool {
    week - 2 * BLOCK >= this_week - DAYS_KEPT_WEEKS
}

/// Weeks for which it is known on which days somebody was here, and for which their weeks are known: the first
/// is what a quarter needs, the second a year and four weeks.
pub const DAYS_KEPT_WEEKS: i64 = 13;
pub const WEEKS_KEPT: i64 = 56;
