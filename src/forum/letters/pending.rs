//! Lines of the inbox that wait for a letter, and which of them still concern somebody: what they may not see
//! any more, have seen already, muted or want no letters about meanwhile is in none. Asked of all lines of a
//! letter at once.

use std::collections::HashMap;

use diesel::prelude::*;

use super::wishes::{self, How};
use crate::access::{Person, Tx};
use crate::db::schema::{accounts, board_readings, inbox, posts, readings, spaces, topics};
use crate::db::types::Moment;
use crate::forum::inbox::still_concerns;
use crate::forum::reading::follow::{self, Level, Spot};
use crate::forum::reading::ranges::Ranges;
use crate::ids::{AccountId, BoardId, PostId, SpaceId, TopicId};
use crate::kinds::{InboxKind, PostState};
use crate::refusal::Result;

/// A line that waits, with all that decides whether it goes into a letter.
pub(super) struct Pending {
    pub(super) id: i64,
    pub(super) kind: InboxKind,
    pub(super) times: i64,
    pub(super) at: Moment,
    pub(super) words: String,
    pub(super) actor: Option<String>,
    pub(super) space: Option<(SpaceId, String)>,
    pub(super) topic: Option<(TopicId, String)>,
    pub(super) post: Option<PostId>,
    pub(super) shown: Option<Shown>,
}

/// A post where it stands, while it is there for everybody who reads the space.
pub(super) struct Shown {
    spot: Spot,
    number: i64,
    written_at: Moment,
    pub(super) html: String,
}

type Row = (
    (i64, InboxKind, i64, Moment, String),
    (Option<SpaceId>, Option<String>, Option<String>),
    (Option<TopicId>, Option<String>, Option<PostState>, Option<SpaceId>),
    (
        Option<PostId>,
        Option<PostState>,
        Option<BoardId>,
        Option<String>,
        Option<i64>,
        Option<String>,
        Option<Moment>,
    ),
);

/// Which lines.
pub(super) enum Which {
    /// Those that wait for such a letter and were written by then.
    Waiting(How, Moment),
    These(Vec<i64>),
}

/// More lines than this are not gathered into one letter.
pub(super) const MOST: i64 = 500;

pub(super) fn load(tx: &mut Tx<'_>, who: AccountId, which: Which) -> Result<Vec<Pending>> {
    let mut query = inbox::table
        .left_join(accounts::table.on(accounts::id.nullable().eq(inbox::actor_id)))
        .left_join(spaces::table.on(spaces::id.nullable().eq(inbox::space_id)))
        .left_join(topics::table.on(topics::id.nullable().eq(inbox::topic_id)))
        .left_join(posts::table.on(posts::id.nullable().eq(inbox::post_id)))
        .filter(inbox::account_id.eq(who))
        .order((inbox::created_at, inbox::id))
        .select((
            (inbox::id, inbox::kind, inbox::times, inbox::created_at, inbox::words),
            (
                inbox::space_id,
                spaces::name.nullable(),
                accounts::display_name.nullable(),
            ),
            (
                inbox::topic_id,
                topics::title.nullable(),
                topics::state.nullable(),
                topics::space_id.nullable(),
            ),
            (
                inbox::post_id,
                posts::state.nullable(),
                posts::board_id.nullable(),
                posts::path.nullable(),
                posts::number.nullable(),
                posts::body_html.nullable(),
                posts::created_at.nullable(),
            ),
        ))
        .limit(MOST)
        .into_boxed::<crate::db::Backend>();
    query = match which {
        Which::These(lines) => query.filter(inbox::id.eq_any(lines)),
        Which::Waiting(how, until) => query.filter(inbox::letter.eq(how)).filter(inbox::created_at.le(until)),
    };
    let rows: Vec<Row> = query.load(tx.conn())?;
    Ok(rows.into_iter().map(pending).collect())
}

fn pending(
    (
        (id, kind, times, at, words),
        (space, space_name, actor),
        (topic, title, topic_state, topic_space),
        (post, post_state, board, path, number, html, written_at),
    ): Row,
) -> Pending {
    let there = topic_state == Some(PostState::Published) && post_state == Some(PostState::Published);
    let spot = topic
        .zip(topic_space)
        .zip(board.zip(path))
        .map(|((topic, space), (board, path))| Spot {
            space,
            board,
            topic,
            path,
        });
    let shown =
        spot.zip(number.zip(html).zip(written_at))
            .filter(|_| there)
            .map(|(spot, ((number, html), written_at))| Shown {
                spot,
                number,
                written_at,
                html,
            });
    Pending {
        id,
        kind,
        times,
        at,
        words,
        actor,
        space: space.zip(space_name),
        topic: topic.zip(title),
        post,
        shown,
    }
}

/// What one line must be asked about its post.
struct Known {
    level: Option<Level>,
    read: bool,
}

/// Whether a line still concerns somebody who has not seen it yet.
fn concerns(person: &Person, one: &Pending, known: Option<&Known>) -> bool {
    use InboxKind as Kind;
    if one.at <= person.seen_inbox_at {
        return false;
    }
    let space = one.space.as_ref().map(|(space, _)| *space);
    if one.kind != Kind::JoinRefused && space.is_some_and(|space| !person.readable.contains(&space)) {
        return false;
    }
    if !still_concerns(person, one.kind, space) {
        return false;
    }
    // How a flag ended is told also when the post is gone, and mostly because it is.
    if one.post.is_none() || one.kind == Kind::FlagEnded {
        return true;
    }
    let (Some(shown), Some(known)) = (&one.shown, known) else {
        return false;
    };
    if !person.readable.contains(&shown.spot.space) {
        return false;
    }
    match one.kind {
        // Asked for by oneself, of a post that one has read.
        Kind::Reminder => true,
        _ if known.level == Some(Level::Muted) => false,
        Kind::Reply | Kind::Mention | Kind::Followed | Kind::NewTopic => !known.read,
        // Thanks and answers are about a post that its author knows.
        _ => true,
    }
}

/// What is known about the posts of these lines, in their order.
fn known(tx: &mut Tx<'_>, person: &Person, lines: &[Pending]) -> Result<Vec<Option<Known>>> {
    let shown: Vec<&Shown> = lines.iter().filter_map(|one| one.shown.as_ref()).collect();
    let spots: Vec<&Spot> = shown.iter().map(|shown| &shown.spot).collect();
    let mut levels = follow::levels_of(tx, person.id, &spots)?.into_iter();
    let topics: Vec<TopicId> = spots.iter().map(|spot| spot.topic).collect();
    let read: HashMap<TopicId, Ranges> = readings::table
        .filter(readings::account_id.eq(person.id))
        .filter(readings::topic_id.eq_any(topics))
        .select((readings::topic_id, readings::ranges))
        .load::<(TopicId, String)>(tx.conn())?
        .into_iter()
        .map(|(topic, ranges)| (topic, Ranges::parse(&ranges)))
        .collect();
    let boards: Vec<BoardId> = spots.iter().map(|spot| spot.board).collect();
    let marked: HashMap<BoardId, Moment> = board_readings::table
        .filter(board_readings::account_id.eq(person.id))
        .filter(board_readings::board_id.eq_any(boards))
        .select((board_readings::board_id, board_readings::read_before))
        .load(tx.conn())?
        .into_iter()
        .collect();
    Ok(lines
        .iter()
        .map(|one| {
            let shown = one.shown.as_ref()?;
            let before = marked.get(&shown.spot.board).copied().unwrap_or(Moment(0));
            Some(Known {
                level: levels.next().flatten(),
                read: shown.written_at <= person.read_before.max(before)
                    || read
                        .get(&shown.spot.topic)
                        .is_some_and(|ranges| ranges.contains(shown.number)),
            })
        })
        .collect())
}

/// Divides lines into those that may be told to somebody now, and the numbers of those that may not.
pub(super) fn divide(tx: &mut Tx<'_>, person: &Person, lines: Vec<Pending>) -> Result<(Vec<Pending>, Vec<i64>)> {
    let known = known(tx, person, &lines)?;
    let wished = wishes::all_of(tx, person.id)?;
    let mut told = Vec::new();
    let mut gone = Vec::new();
    for (one, known) in lines.into_iter().zip(known) {
        let wanted = wishes::about(one.kind).is_some_and(|about| wished[&about] != How::None);
        if wanted && concerns(person, &one, known.as_ref()) {
            told.push(one);
        } else {
            gone.push(one.id);
        }
    }
    Ok((told, gone))
}

pub(super) fn mark(tx: &mut Tx<'_>, lines: &[i64], as_what: &str) -> Result<()> {
    diesel::update(inbox::table.filter(inbox::id.eq_any(lines.to_vec())))
        .set(inbox::letter.eq(as_what))
        .execute(tx.conn())?;
    Ok(())
}
