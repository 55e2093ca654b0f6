//! Boards: one theme each, inside a space.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::access::{BoardFacts, Cx, May, Place, Placed, Seen, Tx, deed};
use crate::db::schema::{accounts, board_templates, boards, posts, spaces, topics};
use crate::db::types::Moment;
use crate::event::Event;
use crate::forum::spaces::SpaceRow;
use crate::ids::{AccountId, BoardId, PostId, SpaceId, TopicId};
use crate::kinds::{PostState, TopicKind, WhoStarts};
use crate::refusal::{Problems, Result};
use crate::text::name;

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = boards)]
pub struct BoardRow {
    pub id: BoardId,
    pub space_id: SpaceId,
    pub name: String,
    pub description: String,
    pub position: i64,
    pub kinds: String,
    pub who_starts: WhoStarts,
    pub topic_count: i64,
    pub post_count: i64,
    pub last_post_id: Option<PostId>,
    pub last_posted_at: Moment,
    pub archived_at: Option<Moment>,
}

impl BoardRow {
    pub fn kinds(&self) -> Vec<TopicKind> {
        self.kinds.split(',').filter_map(TopicKind::from_word).collect()
    }

    pub fn facts(&self) -> BoardFacts {
        BoardFacts {
            archived: self.archived_at.is_some(),
            who_starts: self.who_starts,
        }
    }
}

/// A board and the space that it is in.
#[derive(Debug, Clone)]
pub struct InSpace {
    pub board: BoardRow,
    pub space: SpaceRow,
}

impl Placed for InSpace {
    fn place(&self) -> Place {
        Place::space(self.space.facts()).board(self.board.facts())
    }
}

pub type Board = Seen<InSpace>;

pub fn find(cx: &mut Cx<'_>, id: BoardId) -> Result<Board> {
    let row: Option<(BoardRow, SpaceRow)> = boards::table
        .inner_join(spaces::table)
        .filter(boards::id.eq(id))
        .select((BoardRow::as_select(), SpaceRow::as_select()))
        .first(cx.conn())
        .optional()?;
    Seen::look(cx.viewer(), row.map(|(board, space)| InSpace { board, space }))
}

/// The last word on a board, for the index.
#[derive(Debug, Clone)]
pub struct LastWord {
    pub topic: TopicId,
    pub title: String,
    pub post: PostId,
    pub author: AccountId,
    pub author_name: String,
    pub guest: bool,
}

/// The boards of these spaces, in order. The spaces must come from a list that the viewer reads.
pub fn of_spaces(cx: &mut Cx<'_>, of: &[SpaceId], archived_too: bool) -> Result<Vec<BoardRow>> {
    let readable = cx.readable();
    let of: Vec<SpaceId> = of.iter().copied().filter(|space| readable.contains(space)).collect();
    let mut query = boards::table
        .filter(boards::space_id.eq_any(of))
        .select(BoardRow::as_select())
        .order((boards::position, boards::id))
        .into_boxed::<crate::db::Backend>();
    if !archived_too {
        query = query.filter(boards::archived_at.is_null());
    }
    Ok(query.load(cx.conn())?)
}

type LastRow = (
    BoardId,
    PostId,
    PostState,
    TopicId,
    String,
    PostState,
    AccountId,
    String,
    crate::kinds::AccountKind,
);

/// The last posts of these boards. A board's last post is kept as a number; it is looked up anew as
/// this viewer, and one that was removed since tells nothing but that it is there.
pub fn last_words(cx: &mut Cx<'_>, of: &[BoardRow]) -> Result<HashMap<BoardId, LastWord>> {
    let wanted: Vec<PostId> = of.iter().filter_map(|board| board.last_post_id).collect();
    let readable = cx.readable().to_vec();
    let rows: Vec<LastRow> = posts::table
        .inner_join(topics::table)
        .inner_join(accounts::table)
        .filter(posts::id.eq_any(wanted))
        .filter(posts::space_id.eq_any(readable))
        .select((
            posts::board_id,
            posts::id,
            posts::state,
            topics::id,
            topics::title,
            topics::state,
            accounts::id,
            accounts::display_name,
            accounts::kind,
        ))
        .load(cx.conn())?;
    Ok(rows
        .into_iter()
        .filter(|row| row.2 == PostState::Published && row.5 == PostState::Published)
        .map(|(board, post, _, topic, title, _, author, author_name, kind)| {
            (
                board,
                LastWord {
                    topic,
                    title,
                    post,
                    author,
                    author_name,
                    guest: kind == crate::kinds::AccountKind::Guest,
                },
            )
        })
        .collect())
}

pub fn template(cx: &mut Cx<'_>, board: &Board, kind: TopicKind) -> Result<Option<String>> {
    Ok(board_templates::table
        .find((board.board.id, kind.word()))
        .select(board_templates::body)
        .first(cx.conn())
        .optional()?)
}

pub fn templates(cx: &mut Cx<'_>, board: &Board) -> Result<HashMap<String, String>> {
    let rows: Vec<(String, String)> = board_templates::table
        .filter(board_templates::board_id.eq(board.board.id))
        .select((board_templates::kind, board_templates::body))
        .load(cx.conn())?;
    Ok(rows.into_iter().collect())
}

#[derive(Debug, Clone)]
pub struct Change {
    pub name: String,
    pub description: String,
    pub kinds: Vec<TopicKind>,
    pub who_starts: WhoStarts,
    pub position: i64,
    /// What the editor begins with, for a kind of topic.
    pub templates: Vec<(TopicKind, String)>,
}

impl Change {
    fn check(&self) -> Result<()> {
        let mut problems = Problems::default();
        if !(2..=80).contains(&name::tidy(&self.name).chars().count()) {
            problems.add("name", "problem-board-name");
        }
        if name::tidy(&self.description).chars().count() > 300 {
            problems.add("description", "problem-too-long");
        }
        if !(0..=1_000).contains(&self.position) {
            problems.add("position", "problem-board-position");
        }
        if self.kinds.is_empty() {
            problems.add("kinds", "problem-no-kinds");
        }
        if self.templates.iter().any(|(_, body)| body.len() > 8192) {
            problems.add("templates", "problem-too-long");
        }
        problems.check()
    }

    fn kinds_text(&self) -> String {
        let words: Vec<&str> = self.kinds.iter().map(|kind| kind.word()).collect();
        words.join(",")
    }
}

pub fn create(tx: &mut Tx<'_>, space: &May<deed::Manage, SpaceRow>, new: &Change) -> Result<BoardId> {
    new.check()?;
    let now = tx.now();
    let last: Option<i64> = boards::table
        .filter(boards::space_id.eq(space.id))
        .select(diesel::dsl::max(boards::position))
        .first(tx.conn())?;
    let id: BoardId = diesel::insert_into(boards::table)
        .values((
            boards::space_id.eq(space.id),
            boards::name.eq(name::tidy(&new.name)),
            boards::description.eq(name::tidy(&new.description)),
            boards::position.eq(last.unwrap_or(0) + 1),
            boards::kinds.eq(new.kinds_text()),
            boards::who_starts.eq(new.who_starts),
            boards::created_at.eq(now),
        ))
        .returning(boards::id)
        .get_result(tx.conn())?;
    keep_templates(tx, id, &new.templates)?;
    tx.record(&Event::BoardCreated {
        space: space.id,
        board: id,
    })?;
    Ok(id)
}

pub fn change(tx: &mut Tx<'_>, board: &May<deed::Manage, InSpace>, change: &Change) -> Result<()> {
    change.check()?;
    let id = board.board.id;
    diesel::update(boards::table.find(id))
        .set((
            boards::name.eq(name::tidy(&change.name)),
            boards::description.eq(name::tidy(&change.description)),
            boards::kinds.eq(change.kinds_text()),
            boards::who_starts.eq(change.who_starts),
            boards::position.eq(change.position),
        ))
        .execute(tx.conn())?;
    keep_templates(tx, id, &change.templates)?;
    tx.record(&Event::BoardChanged {
        space: board.space.id,
        board: id,
    })?;
    Ok(())
}

fn keep_templates(tx: &mut Tx<'_>, board: BoardId, templates: &[(TopicKind, String)]) -> Result<()> {
    diesel::delete(board_templates::table.filter(board_templates::board_id.eq(board))).execute(tx.conn())?;
    for (kind, body) in templates.iter().filter(|(_, body)| !body.trim().is_empty()) {
        diesel::insert_into(board_templates::table)
            .values((
                board_templates::board_id.eq(board),
                board_templates::kind.eq(kind.word()),
                board_templates::body.eq(body.trim_end()),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

pub fn archive(tx: &mut Tx<'_>, board: &May<deed::Manage, InSpace>) -> Result<()> {
    let now = tx.now();
    diesel::update(boards::table.find(board.board.id))
        .set(boards::archived_at.eq(now))
        .execute(tx.conn())?;
    tx.record(&Event::BoardArchived {
        space: board.space.id,
        board: board.board.id,
    })?;
    Ok(())
}

pub fn restore(tx: &mut Tx<'_>, board: &May<deed::Manage, InSpace>) -> Result<()> {
    diesel::update(boards::table.find(board.board.id))
        .set(boards::archived_at.eq(None::<Moment>))
        .execute(tx.conn())?;
    tx.record(&Event::BoardRestored {
        space: board.space.id,
        board: board.board.id,
    })?;
    Ok(())
}
