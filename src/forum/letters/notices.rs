//! Letters about what happened that concerns somebody: at once, one for each topic and not more than one
//! in ten minutes, or gathered in the digest. What they may not see any more, have seen already, or muted
//! meanwhile is in none of them; that is looked at when a letter is written and again when it leaves.

use diesel::prelude::*;

use super::wishes::{self, How, Rhythm};
use super::{Extra, To, put_ready};
use crate::access::{Person, Store, Tx, Viewer, viewer};
use crate::app::App;
use crate::config::Config;
use crate::db::schema::{accounts, inbox, letter_rhythms, letters, posts, readings, spaces, topics};
use crate::db::types::Moment;
use crate::event::Source;
use crate::forum::reading::follow::{self, Level, Spot};
use crate::forum::reading::ranges::Ranges;
use crate::forum::topics::list;
use crate::i18n::{Arg, Locales, Message};
use crate::ids::{AccountId, BoardId, PostId, SpaceId, TopicId};
use crate::kinds::{InboxKind, PostState};
use crate::refusal::Result;
use crate::text::{escape_into, excerpt};

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
struct Pending {
    id: i64,
    kind: InboxKind,
    times: i64,
    at: Moment,
    words: String,
    actor: Option<String>,
    space: Option<(SpaceId, String)>,
    topic: Option<(TopicId, String)>,
    post: Option<PostId>,
    /// Where the post stands and what it says, while it is there for everybody who reads the space.
    shown: Option<(Spot, i64, String)>,
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
                (Some(rhythm), Some(hour), Some(last)) => due(*rhythm, *hour, zone, *last, now),
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
    if !due(rhythm, hour, &person.time_zone, last, now) {
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

/// Whether the hour of a digest has come since the last one: `hour` of the day in somebody's time zone, on
/// Mondays when it is weekly.
fn due(rhythm: Rhythm, hour: i64, zone: &str, last: Moment, now: Moment) -> bool {
    let zone = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let local = now.timestamp().to_zoned(zone);
    let days_back = match rhythm {
        // What nobody wants any more is put away at once.
        Rhythm::Never => return true,
        Rhythm::Daily => 0,
        Rhythm::Weekly => i64::from(local.weekday().to_monday_zero_offset()),
    };
    let hour = i8::try_from(hour.clamp(0, 23)).unwrap_or(8);
    let Some(start) = local
        .date()
        .checked_sub(jiff::Span::new().days(days_back))
        .ok()
        .and_then(|day| day.at(hour, 0, 0, 0).to_zoned(local.time_zone().clone()).ok())
    else {
        return false;
    };
    let start = Moment(start.timestamp().as_microsecond());
    last < start && start <= now
}

enum Kind<'a> {
    /// With the conversation that it belongs to.
    AtOnce(&'a str),
    Digest,
}

fn sentence(lang: crate::i18n::Lang, one: &Pending) -> String {
    let title = one.topic.as_ref().map_or("", |(_, title)| title.as_str());
    let space = one.space.as_ref().map_or("", |(_, name)| name.as_str());
    let locales = Locales::get();
    let actor = one
        .actor
        .clone()
        .unwrap_or_else(|| locales.word(lang, "inbox-a-moderator"));
    locales.say(
        lang,
        &Message::of(crate::forum::inbox::sentence_key(one.kind))
            .with("actor", actor)
            .with("what", "")
            .with("title", title)
            .with("space", space)
            .with("times", one.times),
    )
}

/// What mail programs take for the end of a letter.
const SIGNATURE: &str = "-- \n";

/// Characters of a post that a letter quotes.
const QUOTED: usize = 1_500;

fn compose(
    tx: &mut Tx<'_>,
    person: &Person,
    kind: &Kind<'_>,
    told: &[Pending],
    waiting: &[(TopicId, String, Moment)],
    config: &Config,
    site: &str,
) -> Result<()> {
    let found: Option<(Option<String>, String)> = accounts::table
        .find(person.id)
        .select((accounts::mail, accounts::language))
        .first(tx.conn())
        .optional()?;
    let Some((Some(mail), language)) = found else {
        return Ok(());
    };
    let locales = Locales::get();
    let lang = locales.find(&language).unwrap_or_else(|| locales.first());
    let forum = crate::forum::settings::load(tx)?.forum_name;
    let bare = config.mail.contents == "none";
    let key = wishes::stop_key(tx, person.id)?;
    let first = &told[0];
    let stops = match (kind, wishes::about(first.kind)) {
        (Kind::AtOnce(_), Some(about)) => about.word(),
        _ => "digest",
    };
    let stop = format!("{site}/letters/stop/{key}/{stops}");
    let values = [("forum", Arg::from(forum.as_str())), ("count", Arg::from(told.len()))];
    let title = first.topic.as_ref().map(|(_, title)| title.clone()).unwrap_or_default();
    let subject = match kind {
        _ if bare => locales.with_values(lang, "letter-notice-bare", &values),
        Kind::Digest => locales.with_values(lang, "letter-digest-subject", &values),
        Kind::AtOnce(_) if title.is_empty() => sentence(lang, first),
        Kind::AtOnce(_) => format!("[{forum}] {title}"),
    };
    let mut text = String::new();
    let mut html = String::from("<!doctype html><html lang=\"");
    escape_into(&mut html, &language);
    html.push_str("\"><meta charset=\"utf-8\"><body style=\"font:16px/1.5 system-ui,sans-serif;max-width:36rem\">");
    let mut say = |line: &str, link: Option<&str>, quote: Option<&str>| {
        if line.starts_with(SIGNATURE) {
            text.push_str(SIGNATURE);
            html.push_str("<hr>");
        }
        let line = line.trim_start_matches(SIGNATURE);
        text.push_str(line);
        text.push('\n');
        html.push_str("<p>");
        escape_into(&mut html, line);
        html.push_str("</p>");
        if let Some(quote) = quote {
            for row in quote.lines() {
                text.push_str("> ");
                text.push_str(row);
                text.push('\n');
            }
            html.push_str("<blockquote>");
            for paragraph in quote.split("\n\n") {
                html.push_str("<p>");
                escape_into(&mut html, paragraph);
                html.push_str("</p>");
            }
            html.push_str("</blockquote>");
        }
        if let Some(link) = link {
            text.push_str(link);
            text.push('\n');
            html.push_str("<p><a href=\"");
            escape_into(&mut html, link);
            html.push_str("\">");
            escape_into(&mut html, link);
            html.push_str("</a></p>");
        }
        text.push('\n');
    };
    if bare {
        // Some organisations want no text in mail: where it stands, and nothing of what it says.
        say(
            &locales.with_values(lang, "letter-notice-bare-text", &values),
            Some(&format!("{site}/for-you")),
            None,
        );
    } else {
        for one in told {
            let link = match (one.post, &one.topic, &one.space) {
                (Some(post), _, _) => crate::url::post(post),
                (None, Some((topic, title)), _) => crate::url::topic(*topic, title),
                (None, None, Some((space, name))) => crate::url::space(*space, name),
                _ => "/for-you".to_owned(),
            };
            let quote = match (kind, &one.shown, one.kind) {
                (Kind::AtOnce(_), Some((_, _, body)), InboxKind::Reply | InboxKind::Mention | InboxKind::Followed) => {
                    Some(excerpt::beginning(&excerpt::plain(body), QUOTED))
                }
                _ if !one.words.is_empty() => Some(one.words.clone()),
                _ => None,
            };
            say(&sentence(lang, one), Some(&format!("{site}{link}")), quote.as_deref());
        }
        if !waiting.is_empty() {
            say(&locales.word(lang, "letter-digest-waiting"), None, None);
            for (topic, title, _) in waiting {
                say(
                    title,
                    Some(&format!("{site}{}", crate::url::topic(*topic, title))),
                    None,
                );
            }
        }
    }
    let why = locales.with_values(
        lang,
        if stops == "digest" {
            "letter-digest-why"
        } else {
            "letter-notice-why"
        },
        &values,
    );
    say(&format!("{SIGNATURE}{why}"), Some(&stop), None);
    html.push_str("</body></html>");
    let to = To {
        account: Some(person.id),
        mail: &mail,
        name: &person.display_name,
        language: &language,
    };
    let now = tx.now();
    let (word, thread, list) = match kind {
        Kind::AtOnce(key) => {
            let list = first
                .space
                .as_ref()
                .map_or_else(String::new, |(space, _)| format!("space-{space}"));
            ("notice", (*key).to_owned(), list)
        }
        Kind::Digest => ("digest", "digest".to_owned(), "digest".to_owned()),
    };
    let from = match (kind, told) {
        (Kind::AtOnce(_), [one]) if !bare => one.actor.clone().map(|actor| format!("{actor} via {forum}")),
        _ => None,
    };
    put_ready(
        tx,
        &to,
        word,
        &format!("{thread}:{}", now.0),
        (&subject, &text, &html),
        &Extra {
            thread: &thread,
            list: &list,
            stop: &stop,
            from_name: &from.unwrap_or(forum),
            lines: &told.iter().map(|one| one.id.to_string()).collect::<Vec<_>>().join(","),
        },
    )
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

/// How a new line waits for its letter, by the wish of the one it is for.
pub(crate) fn how(wish: Option<How>) -> &'static str {
    match wish {
        Some(How::Once) => How::Once.word(),
        Some(How::Digest) => How::Digest.word(),
        Some(How::None) | None => "",
    }
}

/// A letter that I got, for my page: what it was about, when, and whether it left.
#[derive(Debug, Clone, Queryable)]
pub struct Sent {
    pub kind: String,
    pub subject: String,
    pub created_at: Moment,
    pub sent_at: Option<Moment>,
    pub failed_at: Option<Moment>,
}

/// The letters to me, the newest first, as long as they are kept.
pub fn sent_to_me(cx: &mut crate::access::Cx<'_>) -> Result<Vec<Sent>> {
    let me = cx.me()?.id;
    Ok(letters::table
        .filter(letters::account_id.eq(me))
        .order(letters::id.desc())
        .select((
            letters::kind,
            letters::subject,
            letters::created_at,
            letters::sent_at,
            letters::failed_at,
        ))
        .limit(50)
        .load(cx.conn())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        Moment(text.parse::<jiff::Timestamp>().expect("a moment").as_microsecond())
    }

    #[test]
    fn the_digest_comes_at_its_hour_of_its_day_once() {
        let zone = "Europe/Brussels";
        // 22 November 2026 is a Sunday; Brussels is an hour ahead of UTC.
        let week = at("2026-11-16T07:30:00Z");
        assert!(!due(Rhythm::Weekly, 8, zone, week, at("2026-11-22T12:00:00Z")));
        assert!(!due(Rhythm::Weekly, 8, zone, week, at("2026-11-23T06:59:00Z")));
        assert!(due(Rhythm::Weekly, 8, zone, week, at("2026-11-23T07:00:00Z")));
        // A forum that was away at the hour catches up.
        assert!(due(Rhythm::Weekly, 8, zone, week, at("2026-11-25T20:00:00Z")));
        assert!(!due(
            Rhythm::Weekly,
            8,
            zone,
            at("2026-11-23T07:00:00Z"),
            at("2026-11-25T20:00:00Z")
        ));
        let yesterday = at("2026-11-21T07:00:00Z");
        assert!(due(Rhythm::Daily, 8, zone, yesterday, at("2026-11-22T07:00:00Z")));
        assert!(!due(Rhythm::Daily, 8, zone, yesterday, at("2026-11-22T06:00:00Z")));
        assert!(!due(Rhythm::Daily, 8, "UTC", yesterday, at("2026-11-22T07:30:00Z")));
    }
}
