//! Mail that comes in, as far as the forum remembers it: the addresses at which somebody answers a post or
//! begins a topic, what became of each letter, and what its sender is told. What a letter says is read
//! in [`crate::mail::incoming`].

use diesel::prelude::*;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

use super::{Address, To, put};
use crate::access::door::hex;
use crate::access::{Cx, Tx};
use crate::db::conn::each_backend;
use crate::db::schema::{accounts, arrivals, mail_keys};
use crate::db::types::{Moment, text_enum};
use crate::forum::people::fresh_token;
use crate::ids::{AccountId, BoardId, PostId};
use crate::refusal::{Refusal, Result};

/// What a letter to an address does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    Reply(PostId),
    Start(BoardId),
}

text_enum! {
    /// What became of a letter. Each but the first is a sentence `arrival-…` in every language.
    pub enum Became {
        Posted = "posted",
        /// Its sender was told why not.
        Refused = "refused",
        /// A machine wrote it.
        Automatic = "automatic",
        /// No address of ours in it, or one that proves nothing.
        Unknown = "unknown",
        /// From another sender than the address belongs to.
        OtherSender = "other_sender",
        /// Our mail server did not find that it is from whom it says.
        Unproven = "unproven",
        /// Too large, or no letter.
        Unreadable = "unreadable",
    }
}

/// Days that is known what came in.
const KEPT_DAYS: i64 = 30;
/// Letters a day that tell somebody that theirs was not posted: two programs must not talk for ever.
const TOLD_A_DAY: i64 = 5;
/// Bytes of a proof: nobody guesses eighty bits through a mail server.
const PROOF_BYTES: usize = 10;

/// What my addresses are proven with; made when it is first needed.
fn key(tx: &mut Tx<'_>, who: AccountId) -> Result<String> {
    if let Some(known) = known_key(tx, who)? {
        return Ok(known);
    }
    let now = tx.now();
    let row = (
        mail_keys::account_id.eq(who),
        mail_keys::key.eq(fresh_token()),
        mail_keys::made_at.eq(now),
    );
    each_backend!(tx.conn(), c => diesel::insert_into(mail_keys::table)
        .values(row).on_conflict_do_nothing().execute(c))?;
    known_key(tx, who)?.ok_or_else(|| Refusal::broken("a key that was just made is not there"))
}

fn known_key(cx: &mut Cx<'_>, who: AccountId) -> Result<Option<String>> {
    Ok(mail_keys::table
        .find(who)
        .select(mail_keys::key)
        .first(cx.conn())
        .optional()?)
}

fn proof(key: &str, about: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("a key of any length");
    mac.update(about.as_bytes());
    hex(&mac.finalize().into_bytes()[..PROOF_BYTES])
}

fn about(who: AccountId, aim: Aim) -> String {
    match aim {
        Aim::Reply(post) => format!("r{who}.{post}"),
        Aim::Start(board) => format!("t{who}.{board}"),
    }
}

fn token_with(key: &str, who: AccountId, aim: Aim) -> String {
    let about = about(who, aim);
    format!("{about}.{}", proof(key, &about))
}

/// The part of an address by which somebody, and nobody else, does something by mail.
pub(crate) fn token(tx: &mut Tx<'_>, who: AccountId, aim: Aim) -> Result<String> {
    Ok(token_with(&key(tx, who)?, who, aim))
}

/// My own, for a page; `None` as long as I asked for none.
pub fn my_token(cx: &mut Cx<'_>, aim: Aim) -> Result<Option<String>> {
    let me = cx.me()?.id;
    Ok(known_key(cx, me)?.map(|key| token_with(&key, me, aim)))
}

/// Makes my addresses anew: letters to the old ones do nothing any more.
pub fn renew(tx: &mut Tx<'_>) -> Result<()> {
    let me = tx.me()?.id;
    forget(tx, me)?;
    key(tx, me)?;
    Ok(())
}

/// Whether an address is what we gave to somebody.
pub(crate) fn is_proven(cx: &mut Cx<'_>, who: AccountId, aim: Aim, said: &str) -> Result<bool> {
    let Some(key) = known_key(cx, who)? else {
        return Ok(false);
    };
    let expected = proof(&key, &about(who, aim));
    Ok(bool::from(expected.as_bytes().ct_eq(said.as_bytes())))
}

/// Whether a letter's sender is the owner of an account, by the address that is known of them.
pub(crate) fn is_mail_of(cx: &mut Cx<'_>, who: AccountId, sender: &str) -> Result<bool> {
    let mail: Option<Option<String>> = accounts::table
        .find(who)
        .select(accounts::mail)
        .first(cx.conn())
        .optional()?;
    Ok(mail
        .flatten()
        .is_some_and(|mail| mail.to_lowercase() == sender.to_lowercase()))
}

/// What became of a letter when it came before.
pub(crate) fn known(cx: &mut Cx<'_>, key: &str) -> Result<Option<(Became, Option<PostId>)>> {
    Ok(arrivals::table
        .find(key)
        .select((arrivals::outcome, arrivals::post_id))
        .first(cx.conn())
        .optional()?)
}

/// Writes down what became of a letter; false if that was done before.
pub(crate) fn note(
    tx: &mut Tx<'_>,
    key: &str,
    became: Became,
    account: Option<AccountId>,
    post: Option<PostId>,
) -> Result<bool> {
    let row = (
        arrivals::key.eq(key),
        arrivals::came_at.eq(tx.now()),
        arrivals::outcome.eq(became),
        arrivals::account_id.eq(account),
        arrivals::post_id.eq(post),
    );
    let new = each_backend!(tx.conn(), c => diesel::insert_into(arrivals::table)
        .values(row).on_conflict_do_nothing().execute(c))?;
    Ok(new > 0)
}

/// Tells somebody at the address that we know that a letter to theirs was not posted: why, and what it said, so that
/// nothing written is lost. Only so often a day.
pub(crate) fn tell(tx: &mut Tx<'_>, who: AccountId, key: &str, why: &str, words: &str, link: &str) -> Result<()> {
    if is_told_enough(tx, who)? {
        return Ok(());
    }
    let Some(Address {
        account,
        mail,
        name,
        language,
    }) = super::address(tx, who)?
    else {
        return Ok(());
    };
    let to = To {
        account: Some(account),
        mail: &mail,
        name: &name,
        language: &language,
    };
    let values = [("why", why.into()), ("words", words.into())];
    put(tx, &to, KIND, key, &values, Some(link))
}

/// Whether somebody got as many of those letters today as anybody gets.
pub(crate) fn is_told_enough(cx: &mut Cx<'_>, who: AccountId) -> Result<bool> {
    let day_ago = cx.now().plus_days(-1);
    Ok(super::sent_since(cx, who, KIND, day_ago)? >= TOLD_A_DAY)
}

/// The kind of those letters.
const KIND: &str = "not-posted";

/// In which language somebody is told.
pub(crate) fn language_of(cx: &mut Cx<'_>, who: AccountId) -> Result<String> {
    Ok(accounts::table.find(who).select(accounts::language).first(cx.conn())?)
}

/// A letter that came in, as an admin sees it.
#[derive(Debug, Clone, Queryable)]
pub struct Came {
    pub at: Moment,
    pub became: Became,
}

/// What came in, the newest first. For admins.
pub fn list(cx: &mut Cx<'_>) -> Result<Vec<Came>> {
    if !cx.viewer().is_admin() {
        return Err(Refusal::NotFound);
    }
    Ok(arrivals::table
        .order(arrivals::came_at.desc())
        .select((arrivals::came_at, arrivals::outcome))
        .limit(100)
        .load(cx.conn())?)
}

/// Forgets what is proven of somebody.
pub(crate) fn forget(tx: &mut Tx<'_>, who: AccountId) -> Result<()> {
    diesel::delete(mail_keys::table.find(who)).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn forget_old(tx: &mut Tx<'_>) -> Result<()> {
    let before = tx.now().plus_days(-KEPT_DAYS);
    diesel::delete(arrivals::table.filter(arrivals::came_at.lt(before))).execute(tx.conn())?;
    Ok(())
}
