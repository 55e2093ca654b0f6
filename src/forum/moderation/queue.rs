//! The queue: the reviews that wait for somebody who may decide them, the most urgent first.

use std::collections::HashMap;

use diesel::prelude::*;

use super::find::ReviewRow;
use super::open::accuracy;
use crate::access::{Cx, Person};
use crate::db::Backend;
use crate::db::dialect::lower;
use crate::db::schema::{accounts, boards, flags, posts, reviews, spaces, topics};
use crate::db::types::{Moment, text_enum};
use crate::ids::{AccountId, BoardId, PostId, ReviewId, SpaceId, TopicId};
use crate::kinds::{AccountKind, PostState, ReviewKind, SpaceRole};
use crate::refusal::{Refusal, Result};
use crate::text::name;

/// Which of them.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub kind: Option<ReviewKind>,
    pub space: Option<SpaceId>,
    /// By number, or by @name.
    pub author: String,
    /// Taken by me.
    pub mine: bool,
    pub taken: Option<Taken>,
    /// Taken by this one of my colleagues.
    pub taken_by: Option<AccountId>,
    /// Opened so many days ago or earlier.
    pub days: Option<i64>,
    /// Past the hours of their space.
    pub late: bool,
}

text_enum! {
    /// Who is on it.
    pub enum Taken {
        Nobody = "nobody",
        Me = "me",
        Others = "others",
    }
}

/// A review as an entry of the queue.
#[derive(Debug, Clone)]
pub struct Entry {
    pub review: ReviewRow,
    pub space: String,
    pub topic: Option<(TopicId, String)>,
    pub board: Option<(BoardId, String)>,
    pub post: Option<Shown>,
    pub author: Option<Author>,
    pub flags: Vec<Flag>,
    pub taken_by: Option<(AccountId, String)>,
    /// Flagged by the viewer, or against their own decision: others decide it.
    pub own: bool,
}

/// What stands in the post, and in which state.
#[derive(Debug, Clone)]
pub struct Shown {
    pub id: PostId,
    pub version: i64,
    pub html: String,
    pub state: PostState,
    pub at: Moment,
    pub first: bool,
    /// Its topic takes no more replies.
    pub closed: bool,
    pub language: String,
}

#[derive(Debug, Clone)]
pub struct Author {
    pub id: AccountId,
    pub name: String,
    pub kind: AccountKind,
    pub organisation: String,
    pub since: Moment,
    /// In which they read the forum.
    pub language: String,
}

/// A member's flag, and how often they were right.
#[derive(Debug, Clone)]
pub struct Flag {
    pub by: String,
    pub reason: String,
    pub words: String,
    pub at: Moment,
    pub upheld: i64,
    pub dismissed: i64,
}

pub const A_PAGE: i64 = 20;

/// The spaces whose reviews a person decides.
pub fn moderated(person: &Person) -> Vec<SpaceId> {
    person
        .memberships
        .iter()
        .filter(|(_, role)| SpaceRole::moderates(**role))
        .map(|(space, _)| *space)
        .collect()
}

/// Whether there is a queue for somebody at all.
pub fn is_for(person: &Person) -> bool {
    person.forum_role == crate::kinds::ForumRole::Admin || !moderated(person).is_empty()
}

type Condition =
    Box<dyn diesel::expression::BoxableExpression<reviews::table, Backend, SqlType = diesel::sql_types::Bool>>;

/// Open, and before the viewer: the same answer as the policy's for seeing a review.
fn before(person: &Person) -> Condition {
    let others = reviews::about_id
        .is_null()
        .or(reviews::about_id.ne(person.id).assume_not_null());
    let here = reviews::space_id.eq_any(moderated(person));
    if person.forum_role == crate::kinds::ForumRole::Admin {
        Box::new(others.and(here.or(reviews::escalated_at.is_not_null())))
    } else {
        Box::new(others.and(here))
    }
}

/// How many wait, at most a hundred.
pub fn count(cx: &mut Cx<'_>) -> Result<i64> {
    let Some(person) = cx.viewer().person().filter(|person| is_for(person)).cloned() else {
        return Ok(0);
    };
    // Those that one may not decide wait for others: one's own flags, appeals against one's own decisions.
    let flagged = flags::table
        .filter(flags::account_id.eq(person.id))
        .filter(flags::review_id.eq(reviews::id))
        .select(flags::id);
    let first = diesel::alias!(reviews as first_reviews);
    let appealed = first
        .filter(first.field(reviews::id).nullable().eq(reviews::appeal_of))
        .filter(first.field(reviews::decided_by).eq(person.id))
        .select(first.field(reviews::id));
    let ids: Vec<ReviewId> = reviews::table
        .filter(before(&person))
        .filter(reviews::decided_at.is_null())
        .filter(diesel::dsl::not(diesel::dsl::exists(flagged)))
        .filter(diesel::dsl::not(diesel::dsl::exists(appealed)))
        .select(reviews::id)
        .limit(100)
        .load(cx.conn())?;
    Ok(i64::try_from(ids.len()).unwrap_or(100))
}

/// A page of the queue, the most urgent first: by weight, and a point more for each hour it waits.
pub fn page(cx: &mut Cx<'_>, filter: &Filter, page: i64) -> Result<(Vec<Entry>, bool)> {
    let person = cx.me()?.clone();
    if !is_for(&person) {
        return Err(Refusal::NotFound);
    }
    let now = cx.now();
    let mut query = reviews::table
        .filter(before(&person))
        .filter(reviews::decided_at.is_null())
        .select(ReviewRow::as_select())
        .into_boxed::<Backend>();
    if let Some(kind) = filter.kind {
        query = query.filter(reviews::kind.eq(kind));
    }
    if let Some(space) = filter.space {
        query = query.filter(reviews::space_id.eq(space));
    }
    let author = filter.author.trim().trim_start_matches('@');
    if !author.is_empty() {
        let key = name::name_key(author);
        let number = author.parse().map_or(AccountId(0), AccountId);
        let pattern = format!("%{}%", author.to_lowercase().replace(['%', '_'], ""));
        let known: Vec<AccountId> = accounts::table
            .filter(
                accounts::name_key
                    .eq(key)
                    .or(accounts::id.eq(number))
                    .or(lower(accounts::display_name).like(pattern)),
            )
            .limit(1_000)
            .select(accounts::id)
            .load(cx.conn())?;
        query = query.filter(reviews::about_id.eq_any(known).assume_not_null());
    }
    // Whoever took it long ago has given it back by doing nothing.
    let held_since = now.plus_seconds(-super::find::CLAIM_MINUTES * 60);
    match filter.taken {
        None => {}
        Some(Taken::Me) => {
            query = query
                .filter(reviews::claimed_by.eq(person.id))
                .filter(reviews::claimed_at.gt(held_since));
        }
        Some(Taken::Nobody) => {
            query = query.filter(
                reviews::claimed_at
                    .is_null()
                    .or(reviews::claimed_at.le(held_since).assume_not_null()),
            );
        }
        Some(Taken::Others) => {
            query = query
                .filter(reviews::claimed_by.ne(person.id))
                .filter(reviews::claimed_at.gt(held_since));
        }
    }
    if let Some(days) = filter.days {
        query = query.filter(reviews::opened_at.lt(now.plus_days(-days)));
    }
    if filter.mine {
        query = query
            .filter(reviews::claimed_by.eq(person.id))
            .filter(reviews::claimed_at.gt(held_since));
    }
    if let Some(by) = filter.taken_by {
        query = query
            .filter(reviews::claimed_by.eq(by))
            .filter(reviews::claimed_at.gt(held_since));
    }
    if filter.late {
        query = query.filter(reviews::due_at.lt(now));
    }
    let mut rows: Vec<ReviewRow> = query
        .order((reviews::rank.desc(), reviews::id))
        .limit(A_PAGE + 1)
        .offset((page.clamp(1, 10_000) - 1) * A_PAGE)
        .load(cx.conn())?;
    let more = rows.len() > usize::try_from(A_PAGE).unwrap_or(20);
    rows.truncate(usize::try_from(A_PAGE).unwrap_or(20));
    Ok((dress(cx, rows)?, more))
}

/// Adds what the rows are about. A few queries, however many rows.
pub(super) fn dress(cx: &mut Cx<'_>, rows: Vec<ReviewRow>) -> Result<Vec<Entry>> {
    let now = cx.now();
    let ids: Vec<ReviewId> = rows.iter().map(|row| row.id).collect();
    let spaces: HashMap<SpaceId, String> = spaces::table
        .filter(spaces::id.eq_any(rows.iter().map(|row| row.space_id).collect::<Vec<_>>()))
        .select((spaces::id, spaces::name))
        .load::<(SpaceId, String)>(cx.conn())?
        .into_iter()
        .collect();
    type Where = (String, Option<PostId>, BoardId, String, Option<Moment>);
    let places: HashMap<TopicId, Where> = topics::table
        .inner_join(boards::table)
        .filter(topics::id.eq_any(rows.iter().filter_map(|row| row.topic_id).collect::<Vec<_>>()))
        .select((
            topics::id,
            (
                topics::title,
                topics::first_post_id,
                boards::id,
                boards::name,
                topics::closed_at,
            ),
        ))
        .load::<(TopicId, Where)>(cx.conn())?
        .into_iter()
        .collect();
    type Words = (PostId, (String, PostState, Moment, String, i64));
    let words: HashMap<PostId, (String, PostState, Moment, String, i64)> = posts::table
        .filter(posts::id.eq_any(rows.iter().filter_map(|row| row.post_id).collect::<Vec<_>>()))
        .select((
            posts::id,
            (
                posts::body_html,
                posts::state,
                posts::created_at,
                posts::language,
                posts::version,
            ),
        ))
        .load::<Words>(cx.conn())?
        .into_iter()
        .collect();
    let flagged: Vec<(ReviewId, AccountId, String, String, Moment)> = flags::table
        .filter(flags::review_id.eq_any(ids))
        .order(flags::id)
        .select((
            flags::review_id,
            flags::account_id,
            flags::reason,
            flags::words,
            flags::flagged_at,
        ))
        .load(cx.conn())?;
    let me = cx.viewer().id();
    let appealed: Vec<ReviewId> = rows.iter().filter_map(|row| row.appeal_of).collect();
    let mine_first: Vec<ReviewId> = match me {
        Some(me) if !appealed.is_empty() => reviews::table
            .filter(reviews::id.eq_any(appealed))
            .filter(reviews::decided_by.eq(me))
            .select(reviews::id)
            .load(cx.conn())?,
        _ => Vec::new(),
    };
    let mut people: Vec<AccountId> = rows
        .iter()
        .flat_map(|row| [row.about_id, row.claimed_by])
        .flatten()
        .chain(flagged.iter().map(|(_, who, ..)| *who))
        .collect();
    people.sort_unstable();
    people.dedup();
    let right = accuracy(cx, &people)?;
    let people: HashMap<AccountId, Author> = accounts::table
        .filter(accounts::id.eq_any(people))
        .select((
            accounts::id,
            accounts::display_name,
            accounts::kind,
            accounts::organisation,
            accounts::created_at,
            accounts::language,
        ))
        .load::<(AccountId, String, AccountKind, String, Moment, String)>(cx.conn())?
        .into_iter()
        .map(|(id, name, kind, organisation, since, language)| {
            (
                id,
                Author {
                    id,
                    name,
                    kind,
                    organisation,
                    since,
                    language,
                },
            )
        })
        .collect();
    Ok(rows
        .into_iter()
        .map(|row| {
            let place = row
                .topic_id
                .and_then(|topic| places.get(&topic).map(|place| (topic, place)));
            let first = place.and_then(|(_, place)| place.1);
            Entry {
                own: me.is_some()
                    && (row.appeal_of.is_some_and(|first| mine_first.contains(&first))
                        || flagged
                            .iter()
                            .any(|(review, who, ..)| *review == row.id && Some(*who) == me)),
                space: spaces.get(&row.space_id).cloned().unwrap_or_default(),
                topic: place.map(|(topic, place)| (topic, place.0.clone())),
                board: place.map(|(_, place)| (place.2, place.3.clone())),
                post: row.post_id.and_then(|id| {
                    words.get(&id).map(|(html, state, at, language, version)| Shown {
                        id,
                        version: *version,
                        html: html.clone(),
                        state: *state,
                        at: *at,
                        first: first == Some(id),
                        closed: place.is_some_and(|(_, place)| place.4.is_some()),
                        language: language.clone(),
                    })
                }),
                author: row.about_id.and_then(|id| people.get(&id).cloned()),
                flags: flagged
                    .iter()
                    .filter(|(review, ..)| *review == row.id)
                    .map(|(_, who, reason, words, at)| {
                        let (upheld, dismissed) = right.get(who).copied().unwrap_or_default();
                        Flag {
                            by: people.get(who).map(|person| person.name.clone()).unwrap_or_default(),
                            reason: reason.clone(),
                            words: words.clone(),
                            at: *at,
                            upheld,
                            dismissed,
                        }
                    })
                    .collect(),
                taken_by: row
                    .taken_by(now)
                    .and_then(|who| people.get(&who).map(|person| (who, person.name.clone()))),
                review: row,
            }
        })
        .collect())
}

/// Minutes for which the queue offers to undo what one decided last.
const LAST_MINUTES: i64 = 60;

/// What the viewer decided last, when that was lately and can be undone.
pub fn last_decided(cx: &mut Cx<'_>) -> Result<Option<ReviewRow>> {
    let (me, now) = (cx.me()?.id, cx.now());
    let last: Option<ReviewRow> = reviews::table
        .filter(reviews::decided_by.eq(me))
        .filter(reviews::decided_at.gt(now.plus_seconds(-LAST_MINUTES * 60)))
        .order((reviews::decided_at.desc(), reviews::id.desc()))
        .select(ReviewRow::as_select())
        .first(cx.conn())
        .optional()?;
    Ok(last.filter(|row| super::undoable(row, now)))
}

/// Those who have something of what waits at this moment, by name, to choose from.
pub fn takers(cx: &mut Cx<'_>) -> Result<Vec<(AccountId, String)>> {
    let person = cx.me()?.clone();
    let held_since = cx.now().plus_seconds(-super::find::CLAIM_MINUTES * 60);
    let taken: Vec<Option<AccountId>> = reviews::table
        .filter(before(&person))
        .filter(reviews::decided_at.is_null())
        .filter(reviews::claimed_at.gt(held_since))
        .filter(reviews::claimed_by.ne(person.id))
        .select(reviews::claimed_by)
        .distinct()
        .load(cx.conn())?;
    Ok(accounts::table
        .filter(accounts::id.eq_any(taken.into_iter().flatten().collect::<Vec<_>>()))
        .order(accounts::display_name)
        .select((accounts::id, accounts::display_name))
        .load(cx.conn())?)
}

/// The spaces whose reviews somebody decides, by name, to choose from; of admins also those that asked them.
pub fn my_spaces(cx: &mut Cx<'_>) -> Result<Vec<(SpaceId, String)>> {
    let person = cx.me()?.clone();
    let mut mine = moderated(&person);
    let asked: Vec<SpaceId> = reviews::table
        .filter(before(&person))
        .filter(reviews::decided_at.is_null())
        .filter(reviews::escalated_at.is_not_null())
        .select(reviews::space_id)
        .distinct()
        .load(cx.conn())?;
    mine.extend(asked);
    Ok(spaces::table
        .filter(spaces::id.eq_any(mine))
        .order(spaces::name)
        .select((spaces::id, spaces::name))
        .load(cx.conn())?)
}
