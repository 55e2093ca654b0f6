//! What somebody wants letters about: by kind at once, in the digest, or not at all; and when the digest
//! comes. Letters that one must get (a decision, a password) are not chosen.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::access::{Cx, Tx};
use crate::db::schema::{accounts, letter_rhythms, letter_wishes};
use crate::db::types::{Moment, text_enum};
use crate::forum::people::fresh_token;
use crate::ids::AccountId;
use crate::kinds::InboxKind;
use crate::refusal::{Problems, Refusal, Result};

text_enum! {
    /// What a letter can be about.
    pub enum About {
        Reply = "reply",
        Mention = "mention",
        /// My reply is the answer, or what I asked or follow is solved.
        Answer = "answer",
        /// Posts and topics in what I follow.
        Followed = "followed",
        Thanked = "thanked",
        /// My requests, roles and flags in a space.
        Space = "space",
        /// What is worth doing this week, for those who manage a space.
        Today = "today",
    }
}

text_enum! {
    pub enum How {
        None = "none",
        Once = "once",
        Digest = "digest",
    }
}

text_enum! {
    pub enum Rhythm {
        Daily = "daily",
        /// On Mondays.
        Weekly = "weekly",
        Never = "never",
    }
}

/// What a line of the inbox is about; none when its letter is not chosen, or there is none.
pub(crate) fn about(kind: InboxKind) -> Option<About> {
    match kind {
        InboxKind::Reply => Some(About::Reply),
        // Words that somebody wrote for me alone are as loud as my name in a text.
        InboxKind::Mention | InboxKind::Note => Some(About::Mention),
        InboxKind::Answer | InboxKind::Solved => Some(About::Answer),
        InboxKind::Followed | InboxKind::NewTopic => Some(About::Followed),
        InboxKind::Thanked => Some(About::Thanked),
        InboxKind::JoinAsked
        | InboxKind::JoinRefused
        | InboxKind::Joined
        | InboxKind::Role
        | InboxKind::FlagEnded
        | InboxKind::Entered => Some(About::Space),
        // Moderators have their queue, and a decision has a letter of its own.
        InboxKind::Report | InboxKind::Decided => None,
        // Asked for by oneself: as loud as a reply.
        InboxKind::Reminder => Some(About::Reply),
    }
}

/// What holds where nobody chose.
fn by_default(about: About) -> How {
    match about {
        About::Reply | About::Mention | About::Answer | About::Today => How::Once,
        About::Followed | About::Space => How::Digest,
        About::Thanked => How::None,
    }
}

/// How each of these people wants letters about something.
pub(crate) fn of(cx: &mut Cx<'_>, people: &[AccountId], about: About) -> Result<HashMap<AccountId, How>> {
    let chosen: HashMap<AccountId, How> = letter_wishes::table
        .filter(letter_wishes::account_id.eq_any(people.to_vec()))
        .filter(letter_wishes::kind.eq(about))
        .select((letter_wishes::account_id, letter_wishes::how))
        .load::<(AccountId, How)>(cx.conn())?
        .into_iter()
        .collect();
    Ok(people
        .iter()
        .map(|who| (*who, chosen.get(who).copied().unwrap_or_else(|| by_default(about))))
        .collect())
}

/// Everything that somebody wishes.
pub(super) fn all_of(cx: &mut Cx<'_>, who: AccountId) -> Result<HashMap<About, How>> {
    let chosen: HashMap<About, How> = letter_wishes::table
        .filter(letter_wishes::account_id.eq(who))
        .select((letter_wishes::kind, letter_wishes::how))
        .load::<(About, How)>(cx.conn())?
        .into_iter()
        .collect();
    let or_default = |about: &About| chosen.get(about).copied().unwrap_or_else(|| by_default(*about));
    Ok(About::ALL.iter().map(|about| (*about, or_default(about))).collect())
}

/// All my wishes, and when my digest comes: the rhythm and the hour of my day.
#[derive(Debug, Clone)]
pub struct Mine {
    pub wishes: Vec<(About, How)>,
    pub rhythm: Rhythm,
    pub hour: i64,
}

/// The hour at which the digest comes where nobody chose: before the day's work.
const HOUR: i64 = 8;

pub fn mine(cx: &mut Cx<'_>) -> Result<Mine> {
    let me = cx.me()?.id;
    let all = all_of(cx, me)?;
    let wishes = About::ALL.iter().map(|about| (*about, all[about])).collect();
    let (rhythm, hour) = rhythm_of(cx, me)?;
    Ok(Mine { wishes, rhythm, hour })
}

pub(crate) fn rhythm_of(cx: &mut Cx<'_>, who: AccountId) -> Result<(Rhythm, i64)> {
    Ok(letter_rhythms::table
        .find(who)
        .select((letter_rhythms::rhythm, letter_rhythms::hour))
        .first(cx.conn())
        .optional()?
        .unwrap_or((Rhythm::Weekly, HOUR)))
}

/// Keeps my wishes as they are on the page.
pub fn change(tx: &mut Tx<'_>, wishes: &[(About, How)], rhythm: Rhythm, hour: i64) -> Result<()> {
    if !(0..24).contains(&hour) {
        return Err(Problems::one("hour", "problem-choose"));
    }
    let me = tx.me()?.id;
    for (about, how) in wishes {
        wish(tx, me, *about, *how)?;
    }
    stop_key(tx, me)?;
    diesel::update(letter_rhythms::table.find(me))
        .set((letter_rhythms::rhythm.eq(rhythm), letter_rhythms::hour.eq(hour)))
        .execute(tx.conn())?;
    Ok(())
}

fn wish(tx: &mut Tx<'_>, who: AccountId, about: About, how: How) -> Result<()> {
    crate::db::dialect::hold(tx.conn(), "accounts", who.0)?;
    let changed = diesel::update(letter_wishes::table.find((who, about.word())))
        .set(letter_wishes::how.eq(how))
        .execute(tx.conn())?;
    if changed == 0 {
        diesel::insert_into(letter_wishes::table)
            .values((
                letter_wishes::account_id.eq(who),
                letter_wishes::kind.eq(about),
                letter_wishes::how.eq(how),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// The secret part of the links by which somebody stops letters without signing in; made when it is first
/// needed, with the rhythm that holds where nobody chose.
pub(crate) fn stop_key(tx: &mut Tx<'_>, who: AccountId) -> Result<String> {
    crate::db::dialect::hold(tx.conn(), "accounts", who.0)?;
    let known: Option<String> = letter_rhythms::table
        .find(who)
        .select(letter_rhythms::stop_key)
        .first(tx.conn())
        .optional()?;
    if let Some(known) = known {
        return Ok(known);
    }
    let (key, now) = (fresh_token(), tx.now());
    diesel::insert_into(letter_rhythms::table)
        .values((
            letter_rhythms::account_id.eq(who),
            letter_rhythms::rhythm.eq(Rhythm::Weekly),
            letter_rhythms::hour.eq(HOUR),
            letter_rhythms::stop_key.eq(&key),
            letter_rhythms::digest_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(key)
}

/// When somebody's digest was last looked after; now, if it never was.
pub(crate) fn digest_at(tx: &mut Tx<'_>, who: AccountId) -> Result<Moment> {
    stop_key(tx, who)?;
    Ok(letter_rhythms::table
        .find(who)
        .select(letter_rhythms::digest_at)
        .first(tx.conn())?)
}

/// The digest of the hour `slot` is written, or there was nothing for it.
pub(super) fn digest_done(tx: &mut Tx<'_>, who: AccountId, slot: Moment) -> Result<()> {
    diesel::update(letter_rhythms::table.find(who))
        .set(letter_rhythms::digest_at.eq(slot))
        .execute(tx.conn())?;
    Ok(())
}

/// What a link stops: one kind of letters, or the digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stops {
    Kind(About),
    Digest,
}

impl Stops {
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "digest" => Some(Self::Digest),
            word => About::from_word(word).map(Self::Kind),
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Digest => "digest",
            Self::Kind(about) => about.word(),
        }
    }
}

fn owner(cx: &mut Cx<'_>, key: &str) -> Result<AccountId> {
    letter_rhythms::table
        .inner_join(accounts::table)
        .filter(letter_rhythms::stop_key.eq(key))
        .select(letter_rhythms::account_id)
        .first(cx.conn())
        .optional()?
        .ok_or(Refusal::NotFound)
}

/// Whether such a link is one.
pub fn check_stop(cx: &mut Cx<'_>, key: &str) -> Result<()> {
    owner(cx, key).map(|_| ())
}

/// Stops letters by a link: of one kind, or the digest. It can do nothing else.
pub fn stop(tx: &mut Tx<'_>, key: &str, what: Stops) -> Result<()> {
    let who = owner(tx, key)?;
    match what {
        Stops::Kind(about) => wish(tx, who, about, How::None),
        Stops::Digest => {
            diesel::update(letter_rhythms::table.find(who))
                .set(letter_rhythms::rhythm.eq(Rhythm::Never))
                .execute(tx.conn())?;
            Ok(())
        }
    }
}

/// How a new line waits for its letter, by the wish of the one it is for.
pub(crate) fn how(wish: Option<How>) -> &'static str {
    match wish {
        Some(How::Once) => How::Once.word(),
        Some(How::Digest) => How::Digest.word(),
        Some(How::None) | None => "",
    }
}

/// The hour of a digest that has come since the last one: `hour` of the day in somebody's time zone, on
/// Mondays when it is weekly.
pub(super) fn due(rhythm: Rhythm, hour: i64, zone: &str, last: Moment, now: Moment) -> Option<Moment> {
    let zone = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let local = now.timestamp().to_zoned(zone);
    let days_back = match rhythm {
        // What nobody wants any more is put away at once.
        Rhythm::Never => return Some(now),
        Rhythm::Daily => 0,
        Rhythm::Weekly => i64::from(local.weekday().to_monday_zero_offset()),
    };
    let hour = i8::try_from(hour.clamp(0, 23)).unwrap_or(8);
    let day = local.date().checked_sub(jiff::Span::new().days(days_back)).ok()?;
    let of = |day: jiff::civil::Date| {
        let start = day.at(hour, 0, 0, 0).to_zoned(local.time_zone().clone()).ok()?;
        Some(Moment(start.timestamp().as_microsecond()))
    };
    let mut start = of(day)?;
    if start > now {
        // Before the hour the last one counts: a forum that was away then, or has been asked since, catches up.
        let between = if rhythm == Rhythm::Weekly { 7 } else { 1 };
        start = of(day.checked_sub(jiff::Span::new().days(between)).ok()?)?;
    }
    (last < start).then_some(start)
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
        let due = |rhythm, hour, zone, last, now| super::due(rhythm, hour, zone, last, now).is_some();
        assert!(!due(Rhythm::Weekly, 8, zone, week, at("2026-11-22T12:00:00Z")));
        assert!(!due(Rhythm::Weekly, 8, zone, week, at("2026-11-23T06:59:00Z")));
        assert!(due(Rhythm::Weekly, 8, zone, week, at("2026-11-23T07:00:00Z")));
        // Before the hour of the next day the last one has come, too.
        assert!(due(Rhythm::Daily, 8, zone, week, at("2026-11-25T01:00:00Z")));
        assert!(!due(
            Rhythm::Daily,
            8,
            zone,
            at("2026-11-24T07:00:00Z"),
            at("2026-11-25T01:00:00Z")
        ));
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
        // Eight o'clock in Brussels is seven in UTC, where yesterday's was an hour later.
        assert!(!due(
            Rhythm::Daily,
            8,
            "UTC",
            at("2026-11-21T08:00:00Z"),
            at("2026-11-22T07:30:00Z")
        ));
    }
}
