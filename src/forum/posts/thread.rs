//! Reading a topic: a page of its tree, or a page in order of time. Both cost the same on the first
//! page and on the last: a tree page begins with a post, a flat page with a number.

use std::collections::HashMap;

use diesel::prelude::*;

use super::path;
use crate::access::{Cx, Verb, Verdict, decide, scope};
use crate::db::Backend;
use crate::db::schema::{accounts, posts, topics};
use crate::db::types::Moment;
use crate::forum::topics::Topic;
use crate::ids::{AccountId, PostId};
use crate::kinds::{AccountKind, Format, PostState};
use crate::refusal::{Refusal, Result};

pub const POSTS_A_PAGE: i64 = 20;

/// Topics up to this size have an outline of the whole tree; larger ones of the page.
pub const OUTLINED: i64 = 60;

/// What a viewer gets of a post's text. A removed text is not here at all unless they may read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    Shown(String),
    /// Its place, and who took the text away.
    Gone {
        state: PostState,
        why: String,
    },
    /// Gone for the others, still here for those who decide about it.
    Kept {
        html: String,
        state: PostState,
        why: String,
    },
}

/// A post in its thread, as one viewer gets it.
#[derive(Debug, Clone)]
pub struct Item {
    pub id: PostId,
    pub parent: Option<PostId>,
    pub author: AccountId,
    pub author_name: String,
    pub author_picture: Option<String>,
    pub author_kind: AccountKind,
    pub author_organisation: String,
    pub depth: i64,
    pub number: i64,
    pub path: String,
    pub body: Body,
    pub format: Format,
    pub language: String,
    pub created_at: Moment,
    pub edited: bool,
    pub thanks: i64,
    pub version: i64,
    pub imported: bool,
    pub wiki: bool,
    /// What stood below it in a mail; for whoever reads the post.
    pub trimmed: Option<String>,
    /// What it shows about the pages to which it leads, as kept.
    pub previews: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Page {
    pub items: Vec<Item>,
    /// Whom the replies on this page answer, when that post is not on it.
    pub parents: HashMap<PostId, String>,
    /// The post with which the page before begins.
    pub before: Option<PostId>,
    /// The post with which the next page begins.
    pub next: Option<PostId>,
    /// The page's number and how many there are, in order of time only.
    pub page: i64,
    pub pages: i64,
    /// The authors of the newest posts of the whole topic, the newest first.
    pub latest: Vec<AccountId>,
}

type Row = (
    (PostId, Option<PostId>, AccountId, i64, i64, String),
    (
        String,
        Format,
        String,
        PostState,
        String,
        Option<String>,
        Option<String>,
    ),
    (Moment, i64, i64, i64, bool, bool),
    (String, Option<String>, AccountKind, String),
);

macro_rules! item_columns {
    () => {
        (
            (
                posts::id,
                posts::parent_id,
                posts::author_id,
                posts::depth,
                posts::number,
                posts::path,
            ),
            (
                posts::body_html,
                posts::format,
                posts::language,
                posts::state,
                posts::state_reason,
                posts::trimmed,
                posts::previews,
            ),
            (
                posts::created_at,
                posts::edits,
                posts::thanks,
                posts::version,
                posts::imported,
                posts::wiki,
            ),
            (
                accounts::display_name,
                accounts::picture,
                accounts::kind,
                accounts::organisation,
            ),
        )
    };
}

/// Where a tree page begins and what it stays within.
#[derive(Debug, Clone, Copy, Default)]
pub struct From {
    pub post: Option<PostId>,
    /// Only this post and what is below it.
    pub branch: Option<PostId>,
}

#[derive(Debug, Clone, Queryable)]
struct Place {
    id: PostId,
    path: String,
    number: i64,
    depth: i64,
}

fn place_of(cx: &mut Cx<'_>, topic: &Topic, id: PostId) -> Result<Place> {
    let condition = scope::posts(cx);
    posts::table
        .filter(posts::id.eq(id))
        .filter(posts::topic_id.eq(topic.topic.id))
        .filter(condition)
        .select((posts::id, posts::path, posts::number, posts::depth))
        .first(cx.conn())
        .optional()?
        .ok_or(Refusal::NotFound)
}

/// A page of the tree.
pub fn tree(cx: &mut Cx<'_>, topic: &Topic, from: From) -> Result<Page> {
    let branch = from.branch.map(|id| place_of(cx, topic, id)).transpose()?;
    let start = match (from.post, &branch) {
        (Some(id), _) => Some(place_of(cx, topic, id)?),
        (None, branch) => branch.clone(),
    };
    if let Some(root) = branch.as_ref().filter(|root| root.depth >= path::LEVELS - 1) {
        return deep_branch(cx, topic, root, start.as_ref());
    }
    let limit = POSTS_A_PAGE + 1;
    let condition = scope::posts(cx);
    let mut query = posts::table
        .inner_join(accounts::table)
        .filter(posts::topic_id.eq(topic.topic.id))
        .filter(condition)
        .order((posts::path, posts::number))
        .select(item_columns!())
        .limit(limit)
        .into_boxed::<Backend>();
    if let Some(start) = &start {
        query = query.filter(
            posts::path
                .gt(start.path.clone())
                .or(posts::path.eq(start.path.clone()).and(posts::number.ge(start.number))),
        );
        // The two halves of the condition above are one range; said once more, so that the index is used.
        query = query.filter(posts::path.ge(start.path.clone()));
    }
    if let Some(branch) = &branch {
        query = query.filter(posts::path.lt(path::end_of_branch(&branch.path)));
    }
    let rows: Vec<Row> = query.load(cx.conn())?;
    let before = match &start {
        Some(start) if branch.as_ref().is_none_or(|branch| branch.id != start.id) => {
            page_before(cx, topic, start, branch.as_ref())?
        }
        _ => None,
    };
    finish(cx, topic, rows, before)
}

/// The post with which the page before `start` begins.
fn page_before(cx: &mut Cx<'_>, topic: &Topic, start: &Place, branch: Option<&Place>) -> Result<Option<PostId>> {
    let condition = scope::posts(cx);
    let mut query = posts::table
        .filter(posts::topic_id.eq(topic.topic.id))
        .filter(condition)
        .filter(
            posts::path
                .lt(start.path.clone())
                .or(posts::path.eq(start.path.clone()).and(posts::number.lt(start.number))),
        )
        .filter(posts::path.le(start.path.clone()))
        .order((posts::path.desc(), posts::number.desc()))
        .select(posts::id)
        .limit(POSTS_A_PAGE)
        .into_boxed::<Backend>();
    if let Some(branch) = branch {
        query = query.filter(posts::path.ge(branch.path.clone()));
    }
    let ids: Vec<PostId> = query.load(cx.conn())?;
    Ok(ids.last().copied())
}

/// Below the hundredth level the tree is only in `parent_id`: the posts that share one path are read
/// whole, and the branch is cut out of them.
fn deep_branch(cx: &mut Cx<'_>, topic: &Topic, root: &Place, start: Option<&Place>) -> Result<Page> {
    let condition = scope::posts(cx);
    let all: Vec<(PostId, Option<PostId>, i64)> = posts::table
        .filter(posts::topic_id.eq(topic.topic.id))
        .filter(posts::path.ge(root.path.clone()))
        .filter(posts::path.lt(path::end_of_branch(&root.path)))
        .filter(condition)
        .order(posts::number)
        .select((posts::id, posts::parent_id, posts::number))
        .load(cx.conn())?;
    let mut below: std::collections::HashSet<PostId> = std::collections::HashSet::from([root.id]);
    let mut wanted: Vec<(PostId, i64)> = vec![(root.id, root.number)];
    for (id, parent, number) in all {
        if id != root.id && parent.is_some_and(|parent| below.contains(&parent)) {
            below.insert(id);
            wanted.push((id, number));
        }
    }
    let first = start.map_or(0, |start| start.number);
    let at = wanted.iter().position(|(_, number)| *number >= first).unwrap_or(0);
    let page_size = usize::try_from(POSTS_A_PAGE).unwrap_or(20);
    let before = (at > 0).then(|| wanted[at.saturating_sub(page_size)].0);
    let ids: Vec<PostId> = wanted.iter().skip(at).take(page_size + 1).map(|(id, _)| *id).collect();
    let rows: Vec<Row> = posts::table
        .inner_join(accounts::table)
        .filter(posts::id.eq_any(ids))
        .order(posts::number)
        .select(item_columns!())
        .load(cx.conn())?;
    finish(cx, topic, rows, before)
}

/// A page in order of time. Page `n` holds the numbers from `20(n-1)+1` to `20n`: an address that
/// stays true whatever is written later.
pub fn flat(cx: &mut Cx<'_>, topic: &Topic, page: i64) -> Result<Page> {
    let pages = (topic.topic.last_number.max(1) + POSTS_A_PAGE - 1) / POSTS_A_PAGE;
    if !(1..=pages).contains(&page) {
        return Err(Refusal::NotFound);
    }
    let first = (page - 1) * POSTS_A_PAGE + 1;
    let condition = scope::posts(cx);
    let rows: Vec<Row> = posts::table
        .inner_join(accounts::table)
        .filter(posts::topic_id.eq(topic.topic.id))
        .filter(posts::number.ge(first))
        .filter(posts::number.lt(first + POSTS_A_PAGE))
        .filter(condition)
        .order(posts::number)
        .select(item_columns!())
        .load(cx.conn())?;
    let mut done = finish(cx, topic, rows, None)?;
    done.page = page;
    done.pages = pages;
    Ok(done)
}

fn finish(cx: &mut Cx<'_>, topic: &Topic, mut rows: Vec<Row>, before: Option<PostId>) -> Result<Page> {
    let page_size = usize::try_from(POSTS_A_PAGE).unwrap_or(20);
    let next = rows.get(page_size).map(|row| row.0.0);
    rows.truncate(page_size);
    let items: Vec<Item> = rows.into_iter().map(|row| item(cx, topic, row)).collect();
    let here: std::collections::HashSet<PostId> = items.iter().map(|item| item.id).collect();
    let elsewhere: Vec<PostId> = items
        .iter()
        .filter_map(|item| item.parent)
        .filter(|parent| !here.contains(parent))
        .collect();
    let mut parents: HashMap<PostId, String> = items.iter().map(|item| (item.id, item.author_name.clone())).collect();
    if !elsewhere.is_empty() {
        let condition = scope::posts(cx);
        let rows: Vec<(PostId, String)> = posts::table
            .inner_join(accounts::table)
            .filter(posts::id.eq_any(elsewhere))
            .filter(condition)
            .select((posts::id, accounts::display_name))
            .load(cx.conn())?;
        parents.extend(rows);
    }
    let latest = latest(cx, topic)?;
    Ok(Page {
        items,
        parents,
        before,
        next,
        page: 1,
        pages: 1,
        latest,
    })
}

/// The authors of the newest published posts of a topic, the newest first.
pub fn latest(cx: &mut Cx<'_>, topic: &Topic) -> Result<Vec<AccountId>> {
    Ok(posts::table
        .filter(posts::topic_id.eq(topic.topic.id))
        .filter(posts::state.eq(PostState::Published))
        .order(posts::number.desc())
        .select(posts::author_id)
        .limit(crate::forum::topics::LATEST)
        .load(cx.conn())?)
}

fn item(cx: &Cx<'_>, topic: &Topic, row: Row) -> Item {
    let (
        (id, parent, author, depth, number, path),
        (html, format, language, state, why, trimmed, previews),
        (created_at, edits, thanks, version, imported, wiki),
        (author_name, author_picture, author_kind, author_organisation),
    ) = row;
    let body = if state == PostState::Published {
        Body::Shown(html)
    } else {
        let place = crate::access::Place::space(topic.space.facts())
            .board(topic.board.facts())
            .topic(topic.topic.facts())
            .post(crate::access::PostFacts {
                author,
                state,
                first: parent.is_none(),
                wiki,
            });
        if decide(cx.viewer(), Verb::SeeRemoved, &place) == Verdict::Allow {
            Body::Kept { html, state, why }
        } else {
            Body::Gone { state, why }
        }
    };
    Item {
        id,
        parent,
        author,
        author_name,
        author_picture,
        author_kind,
        author_organisation,
        depth,
        number,
        path,
        body,
        format,
        language,
        created_at,
        edited: edits > 0,
        thanks,
        version,
        imported,
        wiki,
        // Whoever mends a post mends all of it: what was quoted in the letter goes out of sight with its first words.
        trimmed: trimmed.filter(|_| edits == 0),
        previews,
    }
}

/// A line of the outline.
#[derive(Debug, Clone, Queryable)]
pub struct Line {
    pub id: PostId,
    pub parent: Option<PostId>,
    pub depth: i64,
    pub number: i64,
    pub author_name: String,
    pub created_at: Moment,
    pub state: PostState,
}

/// The whole tree without its texts, in reading order; empty for a topic too large to draw.
pub fn outline(cx: &mut Cx<'_>, topic: &Topic) -> Result<Vec<Line>> {
    if topic.topic.last_number > OUTLINED {
        return Ok(Vec::new());
    }
    let condition = scope::posts(cx);
    Ok(posts::table
        .inner_join(accounts::table)
        .filter(posts::topic_id.eq(topic.topic.id))
        .filter(condition)
        .order((posts::path, posts::number))
        .select((
            posts::id,
            posts::parent_id,
            posts::depth,
            posts::number,
            accounts::display_name,
            posts::created_at,
            posts::state,
        ))
        .load(cx.conn())?)
}

/// The page of the tree that a post is on: `None` for the first, else the post it begins with. A post
/// far inside begins a page of its own branch's start when that is near, else of itself.
pub fn tree_page_of(cx: &mut Cx<'_>, topic: &Topic, post: PostId) -> Result<Option<PostId>> {
    let place = place_of(cx, topic, post)?;
    let condition = scope::posts(cx);
    // The twenty posts before it, nearest first.
    let before: Vec<(PostId, i64)> = posts::table
        .filter(posts::topic_id.eq(topic.topic.id))
        .filter(condition)
        .filter(
            posts::path
                .lt(place.path.clone())
                .or(posts::path.eq(place.path.clone()).and(posts::number.lt(place.number))),
        )
        .filter(posts::path.le(place.path.clone()))
        .order((posts::path.desc(), posts::number.desc()))
        .select((posts::id, posts::depth))
        .limit(POSTS_A_PAGE)
        .load(cx.conn())?;
    if before.len() < usize::try_from(POSTS_A_PAGE).unwrap_or(20) {
        return Ok(None);
    }
    let branch = before
        .iter()
        .take(usize::try_from(POSTS_A_PAGE).unwrap_or(20) - 1)
        .filter(|(_, depth)| *depth < place.depth)
        .min_by_key(|(_, depth)| *depth);
    Ok(Some(branch.map_or(post, |(id, _)| *id)))
}

/// The last post in reading order, from which the last page of the tree begins when it is large.
pub fn last_in_tree(cx: &mut Cx<'_>, topic: &Topic) -> Result<Option<PostId>> {
    let condition = scope::posts(cx);
    let ids: Vec<PostId> = posts::table
        .filter(posts::topic_id.eq(topic.topic.id))
        .filter(condition)
        .order((posts::path.desc(), posts::number.desc()))
        .select(posts::id)
        .limit(POSTS_A_PAGE)
        .load(cx.conn())?;
    Ok(ids.last().copied())
}

/// The post that has this number in the topic, or the next that the viewer has a place for.
pub fn with_number(cx: &mut Cx<'_>, topic: &Topic, number: i64) -> Result<Option<PostId>> {
    let condition = scope::posts(cx);
    Ok(posts::table
        .inner_join(topics::table)
        .filter(posts::topic_id.eq(topic.topic.id))
        .filter(posts::number.ge(number))
        .filter(condition)
        .order(posts::number)
        .select(posts::id)
        .first(cx.conn())
        .optional()?)
}
