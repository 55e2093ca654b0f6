//! Lists of topics: of a board, of a space, of everything I read; filtered, sorted, paged, with what
//! is new in each for me.

use std::collections::HashMap;

use diesel::prelude::*;

use super::find::TopicRow;
use super::tags;
use crate::access::{Cx, scope};
use crate::db::Backend;
use crate::db::schema::{accounts, boards, posts, spaces, tags as tag_rows, topic_tags, topics};
use crate::db::types::Moment;
use crate::forum::reading::unread;
use crate::ids::{AccountId, BoardId, PostId, SpaceId, TopicId};
use crate::kinds::{AccountKind, PostState, TopicKind};
use crate::refusal::{Reason, Refusal, Result};
use crate::text::name;

pub const TOPICS_A_PAGE: i64 = 30;

/// Which topics.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub board: Option<BoardId>,
    pub space: Option<SpaceId>,
    pub kind: Option<TopicKind>,
    pub tag: Option<String>,
    /// Nobody has replied yet, or a question without an answer.
    pub unanswered: bool,
    /// Started by me, or written in by me.
    pub mine: bool,
    pub unread: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    #[default]
    Active,
    Newest,
    Replies,
}

impl Sort {
    pub fn from_word(word: &str) -> Self {
        match word {
            "newest" => Self::Newest,
            "replies" => Self::Replies,
            _ => Self::Active,
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Newest => "newest",
            Self::Replies => "replies",
        }
    }
}

/// A topic as a line of a list.
#[derive(Debug, Clone)]
pub struct Line {
    pub topic: TopicRow,
    pub author_name: String,
    pub author_guest: bool,
    pub board_name: String,
    pub space_name: String,
    pub last_author: Option<(AccountId, String)>,
    pub tags: Vec<String>,
    /// Posts that are new to me.
    pub unread: i64,
}

/// One page of topics.
#[derive(Debug, Clone)]
pub struct Page {
    pub lines: Vec<Line>,
    pub page: i64,
    pub more: bool,
}

/// The topics, thirty a page, pinned ones first on a board. Pages count from one.
pub fn page(cx: &mut Cx<'_>, filter: &Filter, sort: Sort, page: i64) -> Result<Page> {
    let page = page.clamp(1, 100_000);
    let condition = scope::topics(cx);
    // Topics alone: with names joined in, a planner that knows little of a young database walks all
    // people first and sorts what it finds.
    let mut query = topics::table
        .filter(condition)
        .filter(topics::state.eq_any([PostState::Published, PostState::Held]))
        .select(TopicRow::as_select())
        .into_boxed::<Backend>();
    if let Some(board) = filter.board {
        query = query.filter(topics::board_id.eq(board));
    }
    if let Some(space) = filter.space {
        query = query.filter(topics::space_id.eq(space));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(topics::kind.eq(kind));
    }
    if let Some(tag) = &filter.tag {
        query = query.filter(
            topics::id.eq_any(
                topic_tags::table
                    .inner_join(tag_rows::table)
                    .filter(tag_rows::name_key.eq(name::fold(tag)))
                    .select(topic_tags::topic_id),
            ),
        );
    }
    if filter.unanswered {
        query = query.filter(topics::closed_at.is_null()).filter(
            topics::post_count
                .le(1)
                .and(topics::kind.eq_any([
                    TopicKind::Question,
                    TopicKind::Discussion,
                    TopicKind::Case,
                    TopicKind::Introduction,
                ]))
                .or(topics::kind.eq(TopicKind::Question).and(topics::answer_id.is_null())),
        );
    }
    if filter.mine {
        let me = cx.viewer().id().ok_or(Refusal::Denied(Reason::SignInFirst))?;
        query = query.filter(
            topics::id.eq_any(
                posts::table
                    .filter(posts::author_id.eq(me))
                    .filter(posts::state.eq(PostState::Published))
                    .select(posts::topic_id),
            ),
        );
    }
    if filter.unread {
        let news = unread::topics_with_news(cx, filter.board, filter.space)?;
        let ids: Vec<TopicId> = news.into_iter().map(|(topic, _)| topic).collect();
        query = query.filter(topics::id.eq_any(ids));
    }
    // Pinned topics are few and stand before the others on the first page; apart from them, the index
    // gives the rest in order.
    let pinned_first = filter.board.is_some()
        && sort == Sort::Active
        && filter.tag.is_none()
        && !(filter.unanswered || filter.mine || filter.unread);
    if pinned_first {
        query = query.filter(topics::pinned_at.is_null());
    }
    query = match sort {
        Sort::Active => query.order((topics::last_posted_at.desc(), topics::id.desc())),
        Sort::Newest => query.order((topics::created_at.desc(), topics::id.desc())),
        Sort::Replies => query.order((topics::post_count.desc(), topics::id.desc())),
    };
    let mut rows: Vec<TopicRow> = query
        .limit(TOPICS_A_PAGE + 1)
        .offset((page - 1) * TOPICS_A_PAGE)
        .load(cx.conn())?;
    let more = rows.len() > usize::try_from(TOPICS_A_PAGE).unwrap_or(30);
    rows.truncate(usize::try_from(TOPICS_A_PAGE).unwrap_or(30));
    if pinned_first && page == 1 {
        let mut first = pinned(cx, filter)?;
        first.append(&mut rows);
        rows = first;
    }
    Ok(Page {
        lines: dress(cx, rows)?,
        page,
        more,
    })
}

/// At most this many pinned topics stand before the others.
const PINNED: i64 = 20;

/// The pinned topics of a board, as far as the filter lets them through.
fn pinned(cx: &mut Cx<'_>, filter: &Filter) -> Result<Vec<TopicRow>> {
    let Some(board) = filter.board else {
        return Ok(Vec::new());
    };
    // Asked without the board, so that the index of what is pinned answers: pinned topics are few in
    // the whole forum, and a board may have thousands that are not.
    let all: Vec<(TopicId, BoardId)> = topics::table
        .filter(topics::pinned_at.gt(Moment(0)))
        .select((topics::id, topics::board_id))
        .load(cx.conn())?;
    let here: Vec<TopicId> = all
        .into_iter()
        .filter(|(_, of)| *of == board)
        .map(|(id, _)| id)
        .collect();
    if here.is_empty() {
        return Ok(Vec::new());
    }
    let condition = scope::topics(cx);
    let rows: Vec<TopicRow> = topics::table
        .filter(condition)
        .filter(topics::id.eq_any(here))
        .filter(topics::state.eq_any([PostState::Published, PostState::Held]))
        .order((topics::last_posted_at.desc(), topics::id.desc()))
        .select(TopicRow::as_select())
        .limit(PINNED)
        .load(cx.conn())?;
    Ok(rows
        .into_iter()
        .filter(|row| filter.kind.is_none_or(|kind| row.kind == kind))
        .collect())
}

/// Adds to the rows what stands elsewhere: names, tags, last authors, and what is new to me.
fn dress(cx: &mut Cx<'_>, rows: Vec<TopicRow>) -> Result<Vec<Line>> {
    let ids: Vec<TopicId> = rows.iter().map(|row| row.id).collect();
    let mut tags = tags::of_many(cx, &ids)?;
    let last: Vec<PostId> = rows.iter().filter_map(|row| row.last_post_id).collect();
    let last: HashMap<TopicId, AccountId> = posts::table
        .filter(posts::id.eq_any(last))
        .select((posts::topic_id, posts::author_id))
        .load::<(TopicId, AccountId)>(cx.conn())?
        .into_iter()
        .collect();
    let mut authors: Vec<AccountId> = rows
        .iter()
        .map(|row| row.author_id)
        .chain(last.values().copied())
        .collect();
    authors.sort_unstable();
    authors.dedup();
    let people: HashMap<AccountId, (String, AccountKind)> = accounts::table
        .filter(accounts::id.eq_any(authors))
        .select((accounts::id, (accounts::display_name, accounts::kind)))
        .load::<(AccountId, (String, AccountKind))>(cx.conn())?
        .into_iter()
        .collect();
    let mut places: Vec<BoardId> = rows.iter().map(|row| row.board_id).collect();
    places.sort_unstable();
    places.dedup();
    let places: HashMap<BoardId, (String, String)> = boards::table
        .inner_join(spaces::table)
        .filter(boards::id.eq_any(places))
        .select((boards::id, (boards::name, spaces::name)))
        .load::<(BoardId, (String, String))>(cx.conn())?
        .into_iter()
        .collect();
    let topics: Vec<&TopicRow> = rows.iter().collect();
    let unread = unread::in_topics(cx, &topics)?;
    rows.into_iter()
        .map(|topic| {
            let (author_name, kind) = people.get(&topic.author_id).ok_or(Refusal::NotFound)?;
            let (board_name, space_name) = places.get(&topic.board_id).ok_or(Refusal::NotFound)?;
            let last_author = last
                .get(&topic.id)
                .and_then(|id| people.get(id).map(|(name, _)| (*id, name.clone())));
            Ok(Line {
                author_name: author_name.clone(),
                author_guest: *kind == AccountKind::Guest,
                board_name: board_name.clone(),
                space_name: space_name.clone(),
                last_author,
                tags: tags.remove(&topic.id).unwrap_or_default(),
                unread: unread.get(&topic.id).copied().unwrap_or(0),
                topic,
            })
        })
        .collect()
}

/// Questions that have waited longest for a first reply, among what I read.
pub fn waiting(cx: &mut Cx<'_>, most: i64) -> Result<Vec<(TopicId, String, Moment)>> {
    let condition = scope::topics(cx);
    let mut rows: Vec<(TopicId, String, Moment)> = topics::table
        .filter(condition)
        .filter(topics::state.eq(PostState::Published))
        .filter(topics::closed_at.is_null())
        .filter(topics::imported.eq(false))
        .filter(topics::post_count.eq(1))
        .filter(topics::kind.ne(TopicKind::Announcement))
        .order((topics::last_posted_at.desc(), topics::id.desc()))
        .select((topics::id, topics::title, topics::created_at))
        .limit(most)
        .load(cx.conn())?;
    rows.sort_by_key(|row| row.2);
    Ok(rows)
}
