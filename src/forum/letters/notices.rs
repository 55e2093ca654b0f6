//! Letters about what happened that concerns somebody: at once, one for each topic and not more than one
//! in ten minutes, or gathered in the digest. What they may not see any more, have seen already, or muted
//! meanwhile is in none of them; that is looked at when a letter is written and again when it leaves.

use diesel::prelude::*;

use super::compose::{Kind, compose};
use super::wishes::{self, How, Rhythm};
use crate::access::{Person, Store, Tx, Viewer, viewer};
use crate::app::App;
use crate::config::Config;
use crate::db::schema::{accounts, inbox, letter_rhythms, letters, posts, readings, spaces, topics};
use crate::db::types::Moment;
use crate::event::Source;
use crate::forum::reading::follow::{self, Level, Spot};
use crate::forum::reading::ranges::Ranges;
use crate::forum::topics::list;

use crate::ids::{AccountId, BoardId, PostId, SpaceId, TopicId};
use crate::kinds::{InboxKind, PostState};
use crate::refusal::Result;

/// Seconds that a line waits for its letter: somebody may be reading it right now, and its author may
/// mend or remove it.
const PATIENCE: i64 = 120;

/// Seconds between two letters about one topic.
const A_TOPIC: i64 = 600;

/// Letters at once that somebody gets on one day; what comes after them is in the digest.
const A_DAY: i64 = 20;

/// People who are looked after in one turn.
const PEOPLE: i64 = 200;

/// Lines of one letter.
const LINES: i64 = 50;

/// Days for which an address that refused three letters in a row gets none.
const REST_DAYS: i64 = 7;

/// A line of the inbox that waits for a letter, with all that decides whether it goes into one.
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
    /// Where the post stands and what it says, while it is there for everybody who reads the space.
    pub(super) shown: Option<(Spot, i64, String)>,
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
    ),
);

fn pending(tx: &mut Tx<'_>, who: AccountId, lines: Option<Vec<i64>>, how: How) -> Result<Vec<Pending>> {
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
            ),
        ))
        .limit(LINES)
        .into_boxed::<crate::db::Backend>();
    query = match lines {
        Some(lines) => query.filter(inbox::id.eq_any(lines)),
        None => query.filter(inbox::letter.eq(how)),
    };
    let rows: Vec<Row> = query.load(tx.conn())?;
    Ok(rows
        .into_iter()
        .map(
            |(
                (id, kind, times, at, words),
                (space, space_name, actor),
                (topic, title, topic_state, topic_space),
                (post, post_state, board, path, number, html),
            )| {
                let there = topic_state == Some(PostState::Published) && post_state == Some(PostState::Published);
                let spot = topic.zip(topic_space).zip(board).zip(path);
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
                    shown: spot.zip(number.zip(html)).filter(|_| there).map(
                        |((((topic, space), board), path), (number, html))| {
                            let spot = Spot {
                                space,
                                board,
                                topic,
                                path,
                            };
                            (spot, number, html)
                        },
                    ),
                }
            },
        )
        .collect())
}

/// Whether a line still concerns somebody who has not seen it yet.
fn concerns(tx: &mut Tx<'_>, person: &Person, one: &Pending) -> Result<bool> {
    if one.at <= person.seen_inbox_at {
        return Ok(false);
    }
    if let Some((space, _)) = &one.space
        && one.kind != InboxKind::JoinRefused
        && !person.readable.contains(space)
    {
        return Ok(false);
    }
    if one.post.is_none() {
        return Ok(true);
    }
    let Some((spot, number, _)) = &one.shown else {
        return Ok(false);
    };
    if !person.readable.contains(&spot.space) {
        return Ok(false);
    }
    if follow::levels(tx, spot)?.get(&person.id) == Some(&Level::Muted) {
        return Ok(false);
    }
    let read: Option<String> = readings::table
        .find((person.id, spot.topic))
        .select(readings::ranges)
        .first(tx.conn())
        .optional()?;
    Ok(!read.is_some_and(|ranges| Ranges::parse(&ranges).contains(*number)))
}

fn mark(tx: &mut Tx<'_>, lines: &[i64], as_what: &str) -> Result<()> {
    diesel::update(inbox::table.filter(inbox::id.eq_any(lines.to_vec())))
        .set(inbox::letter.eq(as_what))
        .execute(tx.conn())?;
    Ok(())
}

/// Who has lines that wait for a letter at once.
fn waiting_now(store: &Store) -> Result<Vec<AccountId>> {
    store.read(&Viewer::system("notices"), |cx| {
        let before = cx.now().plus_seconds(-PATIENCE);
        Ok(inbox::table
            .filter(inbox::letter.eq(How::Once))
            .filter(inbox::created_at.lt(before))
            .select(inbox::account_id)
            .distinct()
            .limit(PEOPLE)
            .load(cx.conn())?)
    })
}

/// Whose digest is due: asked of all who have something waiting in one question.
fn digest_now(store: &Store) -> Result<Vec<AccountId>> {
    type Row = (AccountId, String, Option<Rhythm>, Option<i64>, Option<Moment>);
    store.read(&Viewer::system("notices"), |cx| {
        let now = cx.now();
        let waiting = inbox::table
            .filter(inbox::letter.eq(How::Digest))
            .select(inbox::account_id);
        let rows: Vec<Row> = accounts::table
            .left_join(letter_rhythms::table)
            .filter(accounts::id.eq_any(waiting))
            .select((
                accounts::id,
                accounts::time_zone,
                letter_rhythms::rhythm.nullable(),
                letter_rhythms::hour.nullable(),
                letter_rhythms::digest_at.nullable(),
            ))
            .load(cx.conn())?;
        Ok(rows
            .into_iter()
            .filter(|(_, zone, rhythm, hour, last)| match (rhythm, hour, last) {
                (Some(rhythm), Some(hour), Some(last)) => wishes::due(*rhythm, *hour, zone, *last, now),
                // Looked after for the first time.
                _ => true,
            })
            .map(|row| row.0)
            .take(usize::try_from(PEOPLE).unwrap_or(200))
            .collect())
    })
}

/// Writes the letters that are due, each for itself.
pub fn write(app: &App) -> Result<()> {
    let viewer = Viewer::system("notices");
    for account in waiting_now(&app.store)? {
        app.store.write(&viewer, Source::System, |tx| {
            at_once(tx, account, &app.config, &app.site.text)
        })?;
    }
    for account in digest_now(&app.store)? {
        app.store.write(&viewer, Source::System, |tx| {
            digest(tx, account, &app.config, &app.site.text)
        })?;
    }
    Ok(())
}

/// Whether an address refused its last three letters lately: then it rests.
fn rests(tx: &mut Tx<'_>, who: AccountId) -> Result<bool> {
    let since = tx.now().plus_days(-REST_DAYS);
    let last: Vec<Option<Moment>> = letters::table
        .filter(letters::account_id.eq(who))
        .filter(letters::failed_at.is_not_null().or(letters::sent_at.is_not_null()))
        .filter(letters::created_at.gt(since))
        .order(letters::id.desc())
        .select(letters::failed_at)
        .limit(3)
        .load(tx.conn())?;
    Ok(last.len() == 3 && last.iter().all(Option::is_some))
}

fn at_once(tx: &mut Tx<'_>, who: AccountId, config: &Config, site: &str) -> Result<()> {
    let now = tx.now();
    let lines = pending(tx, who, None, How::Once)?;
    let all: Vec<i64> = lines.iter().map(|one| one.id).collect();
    let Some(person) = viewer::load(tx.conn(), who, now)? else {
        return mark(tx, &all, "");
    };
    let today = now.plus_seconds(-86_400);
    let sent: i64 = letters::table
        .filter(letters::account_id.eq(who))
        .filter(letters::kind.eq("notice"))
        .filter(letters::created_at.gt(today))
        .count()
        .get_result(tx.conn())?;
    if sent >= A_DAY || rests(tx, who)? {
        return mark(tx, &all, How::Digest.word());
    }
    let mut groups: Vec<(String, Vec<Pending>)> = Vec::new();
    for one in lines {
        let key = match &one.topic {
            Some((topic, _)) => format!("topic:{topic}"),
            None => "forum".to_owned(),
        };
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, group)) => group.push(one),
            None => groups.push((key, vec![one])),
        }
    }
    for (key, group) in groups {
        let lately: i64 = letters::table
            .filter(letters::account_id.eq(who))
            .filter(letters::thread.eq(&key))
            .filter(letters::created_at.gt(now.plus_seconds(-A_TOPIC)))
            .count()
            .get_result(tx.conn())?;
        if lately > 0 {
            continue;
        }
        let mut told = Vec::new();
        for one in group {
            if concerns(tx, &person, &one)? {
                told.push(one);
            } else {
                mark(tx, &[one.id], "")?;
            }
        }
        if told.is_empty() {
            continue;
        }
        let ids: Vec<i64> = told.iter().map(|one| one.id).collect();
        compose(tx, &person, &Kind::AtOnce(&key), &told, &[], config, site)?;
        mark(tx, &ids, "")?;
    }
    Ok(())
}

/// The digest comes at its hour, on its day, once; and not at all when there is nothing in it.
fn digest(tx: &mut Tx<'_>, who: AccountId, config: &Config, site: &str) -> Result<()> {
    let now = tx.now();
    let last = wishes::digest_at(tx, who)?;
    let (rhythm, hour) = wishes::rhythm_of(tx, who)?;
    let Some(person) = viewer::load(tx.conn(), who, now)? else {
        let lines: Vec<i64> = pending(tx, who, None, How::Digest)?.iter().map(|one| one.id).collect();
        return mark(tx, &lines, "");
    };
    if !wishes::due(rhythm, hour, &person.time_zone, last, now) {
        return Ok(());
    }
    if rests(tx, who)? {
        return Ok(());
    }
    let mut told = Vec::new();
    let mut all = Vec::new();
    for one in pending(tx, who, None, How::Digest)? {
        all.push(one.id);
        if rhythm != Rhythm::Never && concerns(tx, &person, &one)? {
            told.push(one);
        }
    }
    if !told.is_empty() {
        // Questions that wait are looked up as the one who gets them.
        let waiting = {
            let mut seen = tx.as_somebody(person.clone());
            list::waiting(&mut seen, 5)?
        };
        compose(tx, &person, &Kind::Digest, &told, &waiting, config, site)?;
        wishes::digest_done(tx, who)?;
    }
    mark(tx, &all, "")
}

/// Looks once more before a letter leaves: whether all it tells may still be told. When not, the letter goes,
/// and what is left waits for another.
pub(crate) fn still_right(tx: &mut Tx<'_>, letter: i64, who: Option<AccountId>, lines: &str) -> Result<bool> {
    let Some(who) = who.filter(|_| !lines.is_empty()) else {
        return Ok(true);
    };
    let now = tx.now();
    let ids: Vec<i64> = lines.split(',').filter_map(|id| id.parse().ok()).collect();
    let kind: String = letters::table.find(letter).select(letters::kind).first(tx.conn())?;
    let how = if kind == "digest" { How::Digest } else { How::Once };
    let mut left = Vec::new();
    if let Some(person) = viewer::load(tx.conn(), who, now)? {
        for one in pending(tx, who, Some(ids.clone()), how)? {
            let wanted = match wishes::about(one.kind) {
                None => How::None,
                Some(about) => wishes::of(tx, &[who], about)?[&who],
            };
            if wanted != How::None && concerns(tx, &person, &one)? {
                left.push(one.id);
            }
        }
    }
    if left.len() == ids.len() {
        return Ok(true);
    }
    diesel::delete(letters::table.find(letter)).execute(tx.conn())?;
    mark(tx, &left, how.word())?;
    Ok(false)
}
