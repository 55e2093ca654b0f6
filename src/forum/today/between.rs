//! What keeps people apart: two departments that write about the same and hardly answer each other, and a sponsor who
//! answers nobody. Departments are taken from the published matrix, so that nothing is said here that is hidden there.

use std::collections::{BTreeMap, BTreeSet};

use diesel::dsl::max;
use diesel::prelude::*;

use super::choices;
use super::kinds::{Arm, WorkKind};
use super::make::{Facts, New};
use super::people::Room;
use crate::access::Cx;
use crate::db::schema::{accounts, posts, space_plans, tags, topic_tags, topics};
use crate::db::types::Moment;
use crate::forum::metrics::catalogue::group;
use crate::forum::metrics::metric::Thresholds;
use crate::forum::metrics::read::{self, Figures, Scope, Telling};
use crate::forum::metrics::week::{BLOCK, QUARTER, Week};
use crate::ids::{AccountId, BoardId, DepartmentId, TopicId};
use crate::kinds::{PostState, TopicKind};
use crate::refusal::Result;

/// Half as many answers as chance would bring.
const HARDLY: f64 = 0.5;
/// People of each side who began a topic with the same tag, in so many days.
const CARE: usize = 2;
const DAYS: i64 = 91;
/// Days for which a sponsor answered nobody, and topics that are proposed to them.
const SPONSOR_DAYS: i64 = 28;
const READY: i64 = 3;

/// Pairs of departments of which both directions are published and below half of chance, the furthest apart first. A
/// direction that is not there is nought; one that is hidden is unknown.
fn apart(figures: &Figures, week: Week) -> Vec<(i64, i64)> {
    let mut lifts: BTreeMap<(i64, i64), Option<f64>> = BTreeMap::new();
    for told in figures.parts("departments", week) {
        let Some((from, to)) = told.part.split_once('>') else {
            continue;
        };
        if let (Some(from), Some(to)) = (group(from), group(to)) {
            lifts.insert((from, to), told.value);
        }
    }
    // Guests and the others together are no department.
    let shown: BTreeSet<i64> = lifts
        .iter()
        .filter(|(_, lift)| lift.is_some())
        .flat_map(|((from, to), _)| [*from, *to])
        .filter(|group| *group > 0)
        .collect();
    let lift = |from: i64, to: i64| lifts.get(&(from, to)).copied().unwrap_or(Some(0.0));
    let mut pairs: Vec<(f64, i64, i64)> = Vec::new();
    for one in &shown {
        for other in shown.range(one + 1..) {
            if let (Some(there), Some(back)) = (lift(*one, *other), lift(*other, *one))
                && there < HARDLY
                && back < HARDLY
            {
                pairs.push((there + back, *one, *other));
            }
        }
    }
    pairs.sort_by(|one, other| one.0.total_cmp(&other.0).then((one.1, one.2).cmp(&(other.1, other.2))));
    pairs.into_iter().map(|(_, one, other)| (one, other)).collect()
}

/// Of each tag and department: who began a topic with it, and the newest such topic with its board.
#[derive(Default)]
struct Care {
    people: BTreeSet<AccountId>,
    newest: Option<(Moment, TopicId, BoardId)>,
}

type Began = (String, Option<DepartmentId>, AccountId, (Moment, TopicId, BoardId));

fn cares(cx: &mut Cx<'_>, room: &Room<'_>) -> Result<BTreeMap<(String, i64), Care>> {
    let away = choices::away(cx)?;
    let rows: Vec<Began> = topic_tags::table
        .inner_join(tags::table)
        .inner_join(topics::table.inner_join(accounts::table.on(accounts::id.eq(topics::author_id))))
        .filter(topics::space_id.eq(room.space))
        .filter(topics::state.eq(PostState::Published))
        .filter(topics::imported.eq(false))
        .filter(topics::created_at.gt(room.now.plus_days(-DAYS)))
        .select((
            tags::name,
            accounts::department_id,
            topics::author_id,
            (topics::created_at, topics::id, topics::board_id),
        ))
        .load(cx.conn())?;
    let mut all: BTreeMap<(String, i64), Care> = BTreeMap::new();
    for (tag, department, who, topic) in rows {
        if let Some(department) = department.filter(|_| !away.contains(&who)) {
            let care = all.entry((tag, department.0)).or_default();
            care.people.insert(who);
            care.newest = care.newest.max(Some(topic));
        }
    }
    Ok(all)
}

/// The pair that is furthest apart and has something in common; once a quarter.
pub(super) fn departments(cx: &mut Cx<'_>, room: &Room<'_>, thresholds: Thresholds) -> Result<Vec<New>> {
    let scope = Scope::for_system(cx.viewer(), Some(room.space))?;
    let Some((_, last)) = read::weeks(cx, scope)? else {
        return Ok(Vec::new());
    };
    let quarter = last - QUARTER + 1..=last;
    let figures = read::figures(cx, scope, &["departments"], quarter, Telling::Published, thresholds)?;
    let Some(week) = figures.last_week("departments") else {
        return Ok(Vec::new());
    };
    let pairs = apart(&figures, week);
    if pairs.is_empty() {
        return Ok(Vec::new());
    }
    let cares = cares(cx, room)?;
    let names: BTreeSet<&String> = cares.keys().map(|(tag, _)| tag).collect();
    for (one, other) in pairs {
        let common = names
            .iter()
            .filter_map(|tag| {
                let first = cares.get(&((*tag).clone(), one))?;
                let second = cares.get(&((*tag).clone(), other))?;
                let few = first.people.len().min(second.people.len());
                (few >= CARE).then_some((few, *tag, first.newest?, second.newest?))
            })
            // Of equals the first by name.
            .rev()
            .max_by_key(|(few, ..)| *few);
        if let Some((_, tag, first, second)) = common {
            return Ok(vec![New {
                space: room.space,
                kind: WorkKind::Bridge,
                subject: format!("{one}-{other}:{week}"),
                account: None,
                topic: None,
                board: Some(first.max(second).2),
                arm: Arm::Shown,
                facts: Facts {
                    topics: vec![first.1, second.1],
                    departments: vec![one, other],
                    tag: tag.clone(),
                    ..Facts::default()
                },
                since: room.calendar.end(week)?,
            }]);
        }
    }
    Ok(Vec::new())
}

/// The sponsor, if they belong, are not of the team, and answered nobody for four weeks.
pub(super) fn sponsor(cx: &mut Cx<'_>, room: &Room<'_>) -> Result<Vec<New>> {
    let named: Option<Option<AccountId>> = space_plans::table
        .find(room.space.0)
        .select(space_plans::sponsor_id)
        .first(cx.conn())
        .optional()?;
    let Some((who, joined)) = named.flatten().and_then(|who| Some((who, *room.members.get(&who)?))) else {
        return Ok(Vec::new());
    };
    let answered = diesel::alias!(posts as answered);
    let last: Option<Moment> = posts::table
        .inner_join(answered.on(answered.field(posts::id).nullable().eq(posts::parent_id)))
        .filter(posts::author_id.eq(who))
        .filter(posts::space_id.eq(room.space))
        .filter(posts::state.eq(PostState::Published))
        .filter(posts::imported.eq(false))
        .filter(answered.field(posts::author_id).ne(who))
        .select(max(posts::created_at))
        .first(cx.conn())?;
    let since = last.map_or(joined, |last| last.max(joined));
    if since.plus_days(SPONSOR_DAYS) > room.now {
        return Ok(Vec::new());
    }
    // Something to begin with: what was asked last and is still open.
    let ready: Vec<TopicId> = topics::table
        .filter(topics::space_id.eq(room.space))
        .filter(topics::state.eq(PostState::Published))
        .filter(topics::imported.eq(false))
        .filter(topics::closed_at.is_null())
        .filter(topics::author_id.ne(who))
        .filter(topics::kind.eq_any([TopicKind::Question, TopicKind::Discussion]))
        .order((topics::created_at.desc(), topics::id.desc()))
        .limit(READY)
        .select(topics::id)
        .load(cx.conn())?;
    let facts = Facts {
        days: room.today() - room.calendar.day(since),
        topics: ready,
        ..Facts::default()
    };
    Ok(vec![room.about(
        WorkKind::Sponsor,
        who,
        room.week() / BLOCK,
        facts,
        since,
    )])
}
