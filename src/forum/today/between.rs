//! What keeps people apart: two departments that write about the same and hardly answer each other, and a sponsor who
//! answers nobody. Who hardly answers whom is taken from the published matrix, so that nothing is said of it that is
//! hidden there; what a department writes about is said from so many people on as of a group's contributors.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use super::choices;
use super::kinds::{Reason, WorkKind};
use super::make::{Facts, New};
use super::people::Room;
use crate::access::Cx;
use crate::db::schema::{accounts, boards, memberships, posts, space_plans, tags, topic_tags, topics, work_items};
use crate::db::types::Moment;
use crate::forum::metrics::catalogue::group;
use crate::forum::metrics::metric::{Thresholds, real};
use crate::forum::metrics::read::{self, Figures, Scope, Telling};
use crate::forum::metrics::week::{BLOCK, QUARTER, Week};
use crate::ids::{AccountId, BoardId, DepartmentId, SpaceId, TopicId};
use crate::kinds::{PostState, SpaceRole, TopicKind};
use crate::refusal::{Refusal, Result};

/// Half as many answers as chance would bring.
const HARDLY: f64 = 0.5;
/// As many answers as chance would bring must be expected in both directions: where fewer are, none is nothing.
const EXPECTED: f64 = 5.0;
/// In so many days people of each side began topics with the same tag.
const DAYS: i64 = 91;
/// Days for which a sponsor answered nobody, and topics that are proposed to them.
const SPONSOR_DAYS: i64 = 28;
const READY: i64 = 3;
/// More than there are departments: so that week and pair make one number.
const APIECE: i64 = 100_003;

/// Pairs of departments of which both directions are published and below half of chance, the furthest apart first. A
/// direction that is not there is nought; one that is hidden is unknown.
fn apart(figures: &Figures, week: Week) -> Vec<(i64, i64)> {
    let mut lifts: BTreeMap<(i64, i64), Option<f64>> = BTreeMap::new();
    let (mut rows, mut columns, mut all) = (BTreeMap::new(), BTreeMap::new(), 0.0);
    for told in figures.parts("departments", week) {
        let Some((from, to)) = told.part.split_once('>') else {
            continue;
        };
        if let (Some(from), Some(to)) = (group(from), group(to)) {
            lifts.insert((from, to), told.value);
            // What is hidden is missing from the sums, so that less is expected than would be, and not more.
            let pairs = told.numerator.map_or(0.0, real);
            *rows.entry(from).or_insert(0.0) += pairs;
            *columns.entry(to).or_insert(0.0) += pairs;
            all += pairs;
        }
    }
    // Guests and the others together are no department.
    let shown: BTreeSet<i64> = lifts
        .iter()
        .filter(|(_, lift)| lift.is_some())
        .flat_map(|((from, to), _)| [*from, *to])
        .filter(|group| *group > 0)
        .collect();
    let enough = |from: i64, to: i64| {
        let (row, column) = (rows.get(&from), columns.get(&to));
        row.zip(column)
            .is_some_and(|(row, column)| row * column >= EXPECTED * all)
    };
    let lift = |from: i64, to: i64| {
        let lift = lifts.get(&(from, to)).copied().unwrap_or(Some(0.0));
        lift.filter(|_| enough(from, to))
    };
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
        .inner_join(
            topics::table
                .inner_join(boards::table)
                .inner_join(accounts::table.on(accounts::id.eq(topics::author_id)))
                .inner_join(
                    memberships::table.on(memberships::account_id
                        .eq(topics::author_id)
                        .and(memberships::space_id.eq(topics::space_id))),
                ),
        )
        .filter(topics::space_id.eq(room.space))
        // Like the matrix: members who are not of the team.
        .filter(memberships::role.eq(SpaceRole::Member))
        .filter(boards::archived_at.is_null())
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

/// Whether somebody was spoken of for this quarter already, and the pairs that shall not be spoken of.
fn spoken_of(cx: &mut Cx<'_>, room: &Room<'_>, week: Week) -> Result<(bool, BTreeSet<String>)> {
    let rows: Vec<(String, String)> = work_items::table
        .filter(work_items::space_id.eq(room.space))
        .filter(work_items::kind.eq(WorkKind::Bridge))
        .select((work_items::subject, work_items::reason))
        .load(cx.conn())?;
    let quarter = week.to_string();
    let (mut again, mut unwanted) = (false, BTreeSet::new());
    for (subject, reason) in rows {
        if let Some((pair, of)) = subject.split_once(':') {
            again |= of == quarter;
            if reason == Reason::Unwelcome.word() {
                unwanted.insert(pair.to_owned());
            }
        }
    }
    Ok((again, unwanted))
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
    let (again, unwanted) = spoken_of(cx, room, week)?;
    let mut pairs = apart(&figures, week);
    pairs.retain(|(one, other)| !unwanted.contains(&format!("{one}-{other}")));
    if again || pairs.is_empty() {
        return Ok(Vec::new());
    }
    let fewest = usize::try_from(thresholds.contributors).map_err(Refusal::broken)?;
    let cares = cares(cx, room)?;
    let names: BTreeSet<&String> = cares.keys().map(|(tag, _)| tag).collect();
    for (one, other) in pairs {
        let common = names
            .iter()
            .filter_map(|tag| {
                let first = cares.get(&((*tag).clone(), one))?;
                let second = cares.get(&((*tag).clone(), other))?;
                let few = first.people.len().min(second.people.len());
                (few >= fewest).then_some((few, *tag, first.newest?, second.newest?))
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
                // Of each pair anew in each quarter: the one that is furthest apart may stay so for years.
                arm: room.draw(WorkKind::Bridge, (week * APIECE + one) * APIECE + other),
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

/// A reply from somebody of one department to somebody of another.
pub(super) struct Talk {
    pub(super) space: SpaceId,
    pub(super) from: AccountId,
    pub(super) to: AccountId,
    /// Theirs, as they are now.
    pub(super) departments: [DepartmentId; 2],
    pub(super) at: Moment,
}

/// Replies between departments in some spaces after that.
pub(super) fn talks(cx: &mut Cx<'_>, spaces: &[SpaceId], since: Moment) -> Result<Vec<Talk>> {
    type Said = (
        SpaceId,
        AccountId,
        AccountId,
        (Option<DepartmentId>, Option<DepartmentId>),
        Moment,
    );
    let (answered, whom) = diesel::alias!(posts as answered, accounts as whom);
    let rows: Vec<Said> = posts::table
        .inner_join(answered.on(answered.field(posts::id).nullable().eq(posts::parent_id)))
        .inner_join(accounts::table.on(accounts::id.eq(posts::author_id)))
        .inner_join(whom.on(whom.field(accounts::id).eq(answered.field(posts::author_id))))
        .filter(posts::space_id.eq_any(spaces))
        .filter(posts::state.eq(PostState::Published))
        .filter(posts::imported.eq(false))
        .filter(posts::created_at.gt(since))
        .filter(accounts::department_id.ne(whom.field(accounts::department_id)))
        .select((
            posts::space_id,
            posts::author_id,
            answered.field(posts::author_id),
            (accounts::department_id, whom.field(accounts::department_id)),
            posts::created_at,
        ))
        .load(cx.conn())?;
    Ok(rows
        .into_iter()
        .filter_map(|(space, from, to, (one, other), at)| {
            Some(Talk {
                space,
                from,
                to,
                departments: [one?, other?],
                at,
            })
        })
        .collect())
}

/// When these answered somebody else after that, and in which space.
pub(super) fn answered(cx: &mut Cx<'_>, who: &[AccountId], since: Moment) -> Result<Vec<(SpaceId, AccountId, Moment)>> {
    let answered = diesel::alias!(posts as answered);
    Ok(posts::table
        .inner_join(answered.on(answered.field(posts::id).nullable().eq(posts::parent_id)))
        .filter(posts::author_id.eq_any(who))
        .filter(posts::state.eq(PostState::Published))
        .filter(posts::imported.eq(false))
        .filter(posts::created_at.gt(since))
        .filter(answered.field(posts::author_id).ne(posts::author_id))
        .select((posts::space_id, posts::author_id, posts::created_at))
        .load(cx.conn())?)
}

/// The sponsor, if they belong, are not of the team, and answered nobody for four weeks.
pub(super) fn sponsor(cx: &mut Cx<'_>, room: &Room<'_>) -> Result<Vec<New>> {
    let named: Option<(Option<AccountId>, Option<Moment>)> = space_plans::table
        .find(room.space.0)
        .select((space_plans::sponsor_id, space_plans::sponsor_since))
        .first(cx.conn())
        .optional()?;
    let Some((Some(who), named)) = named else {
        return Ok(Vec::new());
    };
    let Some(joined) = room.members.get(&who) else {
        return Ok(Vec::new());
    };
    // Nobody is a silent sponsor for the years before they were one.
    let began = named.map_or(*joined, |named| named.max(*joined));
    let last = answered(cx, &[who], began)?
        .into_iter()
        .filter_map(|(space, _, at)| (space == room.space).then_some(at))
        .max();
    let since = last.unwrap_or(began);
    if since.plus_days(SPONSOR_DAYS) > room.now {
        return Ok(Vec::new());
    }
    // Something to begin with: what was begun last and is still open, not what is answered.
    let ready: Vec<TopicId> = topics::table
        .inner_join(boards::table)
        .filter(boards::archived_at.is_null())
        .filter(topics::answer_id.is_null())
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
