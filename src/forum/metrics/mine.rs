//! What figures keep about one person, for that person and nobody else: everything of it, as it lies in the
//! tables.

use std::collections::BTreeMap;

use diesel::prelude::*;
use serde::Serialize;

use super::fold::FORUM;
use super::week::{self, Week};
use crate::access::{Cx, scope};
use crate::db::schema::{
    day_reads, dyad_weeks, member_firsts, member_weeks, readings, space_days, spaces, topics, visits,
};
use crate::db::types::Moment;
use crate::ids::TopicId;
use crate::refusal::Result;

/// A week of mine in one space, or in the whole forum.
#[derive(Debug, Clone, Serialize)]
pub struct MyWeek {
    #[serde(skip)]
    pub number: Week,
    /// Such as 2026-W47.
    pub week: String,
    /// None: the whole forum, or a space that I do not see any longer.
    pub space: Option<String>,
    #[serde(skip)]
    pub whole_forum: bool,
    pub contributions: i64,
    pub topics: i64,
    pub replies: i64,
    pub thanks_and_votes: i64,
    pub as_team: i64,
    /// Days with a contribution.
    pub days: i64,
    /// Whether I was here, or read in the space.
    pub here: bool,
    /// People to whom I replied, or for whom I wrote an answer.
    pub replied_to: i64,
    /// And who did so for me.
    pub replied_by: i64,
}

#[derive(Debug, Clone, Serialize)]
pub struct Mine {
    /// Days of the last thirteen weeks on which I was here, such as 2026-11-22.
    pub days: Vec<String>,
    /// Days of the same weeks on which I read in a space; a space that I do not see any longer has no name.
    pub days_in_spaces: Vec<(Option<String>, String)>,
    /// Topics that I read in the last 28 days, with the day; those that I see still.
    pub read: Vec<(TopicId, String, String)>,
    /// How many others of these there are.
    pub read_elsewhere: usize,
    pub weeks: Vec<MyWeek>,
    /// Topics of which is kept which posts I read, so that what is unread can be shown; never when.
    pub read_marks: i64,
    /// My first contribution to the forum.
    pub first: Option<Moment>,
}

pub fn mine(cx: &mut Cx<'_>) -> Result<Mine> {
    let me = cx.me()?.id;
    let readable = cx.readable();
    let names: BTreeMap<i64, String> = spaces::table
        .filter(spaces::id.eq_any(readable.to_vec()))
        .select((spaces::id, spaces::name))
        .load::<(i64, String)>(cx.conn())?
        .into_iter()
        .collect();
    let date = |day: i64| week::date_of(day).map(|date| date.to_string());
    let days = visits::table
        .filter(visits::account_id.eq(me))
        .order(visits::day.desc())
        .select(visits::day)
        .load::<i64>(cx.conn())?
        .into_iter()
        .map(date)
        .collect::<Result<_>>()?;
    let days_in_spaces = space_days::table
        .filter(space_days::account_id.eq(me))
        .order((space_days::day.desc(), space_days::space_id))
        .select((space_days::space_id, space_days::day))
        .load::<(i64, i64)>(cx.conn())?
        .into_iter()
        .map(|(space, day)| Ok((names.get(&space).cloned(), date(day)?)))
        .collect::<Result<_>>()?;
    let all_read: i64 = day_reads::table
        .filter(day_reads::account_id.eq(me))
        .count()
        .get_result(cx.conn())?;
    let visible = scope::topics(cx);
    let read: Vec<(TopicId, String, String)> = day_reads::table
        .inner_join(topics::table.on(topics::id.eq(day_reads::topic_id)))
        .filter(day_reads::account_id.eq(me))
        .filter(visible)
        .order((day_reads::day.desc(), topics::id))
        .select((topics::id, topics::title, day_reads::day))
        .load::<(TopicId, String, i64)>(cx.conn())?
        .into_iter()
        .map(|(topic, title, day)| Ok((topic, title, date(day)?)))
        .collect::<Result<_>>()?;
    let mut met: BTreeMap<(Week, i64), (i64, i64)> = BTreeMap::new();
    let pairs: Vec<(Week, i64, i64)> = dyad_weeks::table
        .filter(dyad_weeks::from_id.eq(me.0).or(dyad_weeks::to_id.eq(me.0)))
        .select((dyad_weeks::week, dyad_weeks::space_id, dyad_weeks::from_id))
        .load(cx.conn())?;
    for (week, space, from) in pairs {
        let sides = met.entry((week, space)).or_default();
        if from == me.0 {
            sides.0 += 1;
        } else {
            sides.1 += 1;
        }
    }
    type Row = (Week, i64, i64, i64, i64, i64, i64, i64, i64);
    let rows: Vec<Row> = member_weeks::table
        .filter(member_weeks::account_id.eq(me.0))
        .order((member_weeks::week.desc(), member_weeks::space_id))
        .select((
            member_weeks::week,
            member_weeks::space_id,
            member_weeks::contributions,
            member_weeks::topics,
            member_weeks::replies,
            member_weeks::light,
            member_weeks::team_contributions,
            member_weeks::days,
            member_weeks::seen,
        ))
        .load(cx.conn())?;
    let mut weeks = Vec::with_capacity(rows.len());
    for (number, space, contributions, topics, replies, light, as_team, days, seen) in rows {
        let (replied_to, replied_by) = met.get(&(number, space)).copied().unwrap_or((0, 0));
        weeks.push(MyWeek {
            number,
            week: week::name(number)?,
            space: names.get(&space).cloned(),
            whole_forum: space == FORUM,
            contributions,
            topics,
            replies,
            thanks_and_votes: light,
            as_team,
            days: i64::from(days.count_ones()),
            here: seen != 0,
            replied_to,
            replied_by,
        });
    }
    let read_marks = readings::table
        .filter(readings::account_id.eq(me))
        .count()
        .get_result(cx.conn())?;
    let first = member_firsts::table
        .find((FORUM, me.0))
        .select(member_firsts::at)
        .first(cx.conn())
        .optional()?;
    Ok(Mine {
        days,
        days_in_spaces,
        read_elsewhere: usize::try_from(all_read).map_or(0, |all| all.saturating_sub(read.len())),
        read,
        weeks,
        read_marks,
        first,
    })
}
