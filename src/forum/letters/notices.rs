//! Letters about what happened that concerns somebody: at once, one for each topic and not more than one
//! in ten minutes, or gathered in the digest. Which lines still concern somebody is asked of `pending`, when a
//! letter is written and again when it leaves.

use diesel::prelude::*;

use super::compose::{Kind, compose};
use super::pending::{self, Pending, Which, divide, mark};
use super::wishes::{self, How, Rhythm};
use crate::access::{Store, Tx, Viewer, viewer};
use crate::app::App;
use crate::config::Config;
use crate::db::schema::{accounts, inbox, letter_rhythms, letters};
use crate::db::types::Moment;
use crate::event::Source;
use crate::ids::AccountId;
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

/// Days for which an address that refused three letters in a row gets none.
const REST_DAYS: i64 = 7;

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
        // Few: whoever's address refused something lately may be resting, and would be due for days.
        let refused: Vec<AccountId> = letters::table
            .filter(letters::failed_at.gt(now.plus_days(-REST_DAYS)).assume_not_null())
            .filter(letters::account_id.is_not_null())
            .select(letters::account_id.assume_not_null())
            .distinct()
            .load(cx.conn())?;
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
        let most = usize::try_from(PEOPLE).unwrap_or(200);
        let mut due: Vec<AccountId> = rows
            .into_iter()
            .filter(|(_, zone, rhythm, hour, last)| match (rhythm, hour, last) {
                (Some(rhythm), Some(hour), Some(last)) => wishes::due(*rhythm, *hour, zone, *last, now).is_some(),
                // Looked after for the first time.
                _ => true,
            })
            .map(|row| row.0)
            .collect();
        // Those come last, so that they keep nobody from their turn.
        due.sort_by_key(|who| refused.contains(who));
        due.truncate(most);
        Ok(due)
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

/// Whether the address that somebody has now refused its last three letters lately: then it rests. What our own
/// side could not send is no refusal of theirs.
fn rests(tx: &mut Tx<'_>, who: AccountId) -> Result<bool> {
    let since = tx.now().plus_days(-REST_DAYS);
    let address = accounts::table
        .find(who)
        .select(accounts::mail)
        .single_value()
        .assume_not_null();
    let last: Vec<Option<Moment>> = letters::table
        .filter(letters::account_id.eq(who))
        .filter(letters::to_mail.nullable().eq(address.nullable()))
        .filter(letters::failed_at.is_not_null().or(letters::sent_at.is_not_null()))
        .filter(letters::attempts.lt(crate::mail::TRIES))
        .filter(letters::created_at.gt(since))
        .order(letters::id.desc())
        .select(letters::failed_at)
        .limit(3)
        .load(tx.conn())?;
    Ok(last.len() == 3 && last.iter().all(Option::is_some))
}

fn ids(lines: &[Pending]) -> Vec<i64> {
    lines.iter().map(|one| one.id).collect()
}

fn at_once(tx: &mut Tx<'_>, who: AccountId, config: &Config, site: &str) -> Result<()> {
    let now = tx.now();
    let lines = pending::load(tx, who, Which::Waiting(How::Once, now))?;
    let Some(person) = viewer::load(tx.conn(), who, now)? else {
        return mark(tx, &ids(&lines), "");
    };
    let today = now.plus_seconds(-86_400);
    let sent: i64 = letters::table
        .filter(letters::account_id.eq(who))
        .filter(letters::kind.eq("notice"))
        .filter(letters::created_at.gt(today))
        .count()
        .get_result(tx.conn())?;
    if sent >= A_DAY || rests(tx, who)? {
        return mark(tx, &ids(&lines), How::Digest.word());
    }
    // What happened long ago, while the forum was away, is no news to be had at once.
    let (late, lines): (Vec<Pending>, Vec<Pending>) = lines.into_iter().partition(|one| one.at < today);
    mark(tx, &ids(&late), How::Digest.word())?;
    let lately: Vec<String> = letters::table
        .filter(letters::account_id.eq(who))
        .filter(letters::created_at.gt(now.plus_seconds(-A_TOPIC)))
        .select(letters::thread)
        .load(tx.conn())?;
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
    groups.retain(|(key, _)| !lately.contains(key));
    let room = usize::try_from(A_DAY - sent).unwrap_or(0);
    for (place, (key, group)) in groups.into_iter().enumerate() {
        if place >= room {
            mark(tx, &ids(&group), How::Digest.word())?;
            continue;
        }
        let (told, gone) = divide(tx, &person, group)?;
        mark(tx, &gone, "")?;
        if told.is_empty() {
            continue;
        }
        mark(tx, &ids(&told), "")?;
        compose(tx, &person, &Kind::AtOnce(&key), &told, config, site)?.put(tx)?;
    }
    Ok(())
}

/// The digest comes at its hour, on its day, once, with what was there by then; and not at all when there is
/// nothing in it.
fn digest(tx: &mut Tx<'_>, who: AccountId, config: &Config, site: &str) -> Result<()> {
    let now = tx.now();
    let last = wishes::digest_at(tx, who)?;
    let (rhythm, hour) = wishes::rhythm_of(tx, who)?;
    let Some(person) = viewer::load(tx.conn(), who, now)? else {
        let lines = pending::load(tx, who, Which::Waiting(How::Digest, now))?;
        return mark(tx, &ids(&lines), "");
    };
    let Some(slot) = wishes::due(rhythm, hour, &person.time_zone, last, now) else {
        return Ok(());
    };
    if rests(tx, who)? {
        return Ok(());
    }
    let lines = pending::load(tx, who, Which::Waiting(How::Digest, slot))?;
    mark(tx, &ids(&lines), "")?;
    // An hour at which there was nothing is over as well: what comes after it waits for the next.
    wishes::digest_done(tx, who, slot)?;
    if rhythm == Rhythm::Never {
        return Ok(());
    }
    let (told, _) = divide(tx, &person, lines)?;
    if told.is_empty() {
        return Ok(());
    }
    compose(tx, &person, &Kind::Digest, &told, config, site)?.put(tx)
}

/// Makes a letter again before it leaves, from what may be told now: a text that was taken away or mended since,
/// a question that was answered, an address that was changed. Whether there is anything left to send; when not,
/// the letter is gone. Letters that tell no lines go as they are.
pub(crate) fn make_fresh(
    tx: &mut Tx<'_>,
    letter: i64,
    who: Option<AccountId>,
    lines: &str,
    config: &Config,
    site: &str,
) -> Result<bool> {
    let Some(who) = who.filter(|_| !lines.is_empty()) else {
        return Ok(true);
    };
    let now = tx.now();
    let told: Vec<i64> = lines.split(',').filter_map(|id| id.parse().ok()).collect();
    let (kind, thread): (String, String) = letters::table
        .find(letter)
        .select((letters::kind, letters::thread))
        .first(tx.conn())?;
    let kind = if kind == "digest" {
        Kind::Digest
    } else {
        Kind::AtOnce(&thread)
    };
    let unwanted = matches!(kind, Kind::Digest) && wishes::rhythm_of(tx, who)?.0 == Rhythm::Never;
    let left = match viewer::load(tx.conn(), who, now)? {
        Some(person) if !unwanted => {
            let lines = pending::load(tx, who, Which::These(told.clone()))?;
            let (left, _) = divide(tx, &person, lines)?;
            Some((person, left)).filter(|(_, left)| !left.is_empty())
        }
        _ => None,
    };
    // A line that has grown meanwhile is told with all it says now, once.
    mark(tx, &told, "")?;
    let Some((person, left)) = left else {
        diesel::delete(letters::table.find(letter)).execute(tx.conn())?;
        return Ok(false);
    };
    compose(tx, &person, &kind, &left, config, site)?.replace(tx, letter)
}
