//! One-time links: to set up the forum, to confirm an address, to choose a new password. Only a hash
//! is kept; a link is used by pressing a button, never by opening it, because mail scanners open links.

use diesel::prelude::*;

use super::password;
use super::sessions::{end_others, hash_token, new_token};
use crate::access::{Cx, Tx};
use crate::config::Config;
use crate::db::dialect;
use crate::db::schema::{accounts, feed_keys, tickets};
use crate::db::types::text_enum;
use crate::event::Event;
use crate::forum::letters::{self as outbox, To, about_accounts as letters};
use crate::ids::{AccountId, ReviewId, SessionId};
use crate::kinds::{AccountKind, Standing};
use crate::refusal::{Problems, Refusal, Result};
use crate::text::name;

text_enum! {
    pub enum Purpose {
        SetUp = "set_up",
        Reset = "reset",
        Mail = "mail",
        Welcome = "welcome",
        /// To read a decision and appeal against it, for somebody who is kept out.
        Appeal = "appeal",
    }
}

/// Minutes that a reset link works.
const RESET_MINUTES: i64 = 30;

pub(super) fn make(
    tx: &mut Tx<'_>,
    purpose: Purpose,
    account: Option<AccountId>,
    mail: Option<&str>,
    seconds: i64,
) -> Result<String> {
    // A newer link puts an older one out of use.
    if let Some(account) = account {
        diesel::delete(
            tickets::table
                .filter(tickets::account_id.eq(account))
                .filter(tickets::purpose.eq(purpose)),
        )
        .execute(tx.conn())?;
    }
    insert(tx, purpose, account, mail, None, seconds)
}

fn insert(
    tx: &mut Tx<'_>,
    purpose: Purpose,
    account: Option<AccountId>,
    mail: Option<&str>,
    subject: Option<i64>,
    seconds: i64,
) -> Result<String> {
    let token = new_token(&mut rand::rng());
    let now = tx.now();
    diesel::insert_into(tickets::table)
        .values((
            tickets::purpose.eq(purpose),
            tickets::token_hash.eq(hash_token(&token)),
            tickets::account_id.eq(account),
            tickets::mail.eq(mail),
            tickets::subject.eq(subject),
            tickets::created_at.eq(now),
            tickets::expires_at.eq(now.plus_seconds(seconds)),
        ))
        .execute(tx.conn())?;
    Ok(token)
}

/// Whether a link still works.
pub fn peek(cx: &mut Cx<'_>, purpose: Purpose, token: &str) -> Result<()> {
    open_ticket(cx, purpose, token).map(|_| ())
}

type Ticket = (i64, Option<AccountId>, Option<String>);

fn open_ticket(cx: &mut Cx<'_>, purpose: Purpose, token: &str) -> Result<Ticket> {
    let now = cx.now();
    tickets::table
        .filter(tickets::token_hash.eq(hash_token(token)))
        .filter(tickets::purpose.eq(purpose))
        .filter(tickets::used_at.is_null())
        .filter(tickets::expires_at.gt(now))
        .select((tickets::id, tickets::account_id, tickets::mail))
        .first(cx.conn())
        .optional()?
        .ok_or(Refusal::NotFound)
}

/// A link to a decision for somebody who cannot sign in while it holds. It opens that decision and
/// nothing else, as often as they like.
pub(crate) fn appeal_key(tx: &mut Tx<'_>, account: AccountId, review: ReviewId, days: i64) -> Result<String> {
    // Of several decisions each has its own.
    insert(
        tx,
        Purpose::Appeal,
        Some(account),
        None,
        Some(review.0),
        days.max(30) * 86_400,
    )
}

/// Whose decision such a link opens, and which.
pub(crate) fn appeal_by(cx: &mut Cx<'_>, token: &str) -> Result<(AccountId, ReviewId)> {
    let (ticket, account, _) = open_ticket(cx, Purpose::Appeal, token)?;
    let subject: Option<i64> = tickets::table.find(ticket).select(tickets::subject).first(cx.conn())?;
    match (account, subject) {
        (Some(account), Some(review)) => Ok((account, ReviewId(review))),
        _ => Err(Refusal::NotFound),
    }
}

/// Uses a link up: of two at once, one wins.
pub(super) fn take(tx: &mut Tx<'_>, purpose: Purpose, token: &str) -> Result<(Option<AccountId>, Option<String>)> {
    let (id, account, mail) = open_ticket(tx, purpose, token)?;
    let now = tx.now();
    let taken = diesel::update(tickets::table.find(id).filter(tickets::used_at.is_null()))
        .set(tickets::used_at.eq(now))
        .execute(tx.conn())?;
    if taken == 0 {
        return Err(Refusal::NotFound);
    }
    Ok((account, mail))
}

/// Sends a reset letter, if there is such an account. Says the same either way.
pub fn request_reset(tx: &mut Tx<'_>, mail: &str, config: &Config, site: &str) -> Result<()> {
    let found: Option<(AccountId, Option<String>, String, String)> = accounts::table
        .filter(accounts::mail_key.eq(name::mail_key(mail)))
        .filter(accounts::standing.eq(Standing::Active))
        .filter(accounts::kind.ne(AccountKind::Placeholder))
        .select((accounts::id, accounts::mail, accounts::display_name, accounts::language))
        .first(tx.conn())
        .optional()?;
    let Some((account, Some(mail), display_name, language)) = found else {
        return Ok(());
    };
    let since = tx.now().plus_seconds(-3600);
    if outbox::sent_since(tx, account, "reset", since)? >= config.limits.resets_an_hour {
        return Ok(());
    }
    let token = make(tx, Purpose::Reset, Some(account), None, RESET_MINUTES * 60)?;
    let to = To {
        account: Some(account),
        mail: &mail,
        name: &display_name,
        language: &language,
    };
    letters::reset(tx, &to, site, &token)
}

/// A reset link that an admin hands over: the person is told, and it is logged.
pub fn issue(
    tx: &mut Tx<'_>,
    _: crate::access::May<crate::access::deed::Administer, crate::access::proof::Forum>,
    account: AccountId,
    site: &str,
) -> Result<String> {
    let found: Option<(Option<String>, String, String)> = accounts::table
        .find(account)
        .filter(accounts::standing.eq(Standing::Active))
        .filter(accounts::kind.ne(AccountKind::Placeholder))
        .select((accounts::mail, accounts::display_name, accounts::language))
        .first(tx.conn())
        .optional()?;
    let (mail, display_name, language) = found.ok_or(Refusal::NotFound)?;
    let token = make(tx, Purpose::Reset, Some(account), None, RESET_MINUTES * 60)?;
    tx.record(&Event::ResetLinkIssued { account })?;
    if let Some(mail) = mail {
        let to = To {
            account: Some(account),
            mail: &mail,
            name: &display_name,
            language: &language,
        };
        letters::reset_issued(tx, &to, site)?;
    }
    Ok(token)
}

/// Chooses a new password by a link. Every session ends; a letter says so.
pub fn reset_password(tx: &mut Tx<'_>, token: &str, password: &str, hash: &str, site: &str) -> Result<AccountId> {
    if let Some(problem) = password::problem(password, &[]) {
        return Err(Problems::one("password", problem));
    }
    let (account, _) = take(tx, Purpose::Reset, token)?;
    let account = account.ok_or(Refusal::NotFound)?;
    keep_password(tx, account, hash, None, "reset", site)?;
    Ok(account)
}

/// Changes my password; whoever else is signed in as me no longer is.
pub fn change_password(
    tx: &mut Tx<'_>,
    password: &str,
    hash: &str,
    session: Option<SessionId>,
    site: &str,
) -> Result<()> {
    let me = tx.me()?.clone();
    if let Some(problem) = password::problem(password, &[&me.name, &me.display_name]) {
        return Err(Problems::one("password", problem));
    }
    keep_password(tx, me.id, hash, session, "changed", site)
}

fn keep_password(
    tx: &mut Tx<'_>,
    account: AccountId,
    hash: &str,
    session: Option<SessionId>,
    how: &'static str,
    site: &str,
) -> Result<()> {
    let found: Option<(Option<String>, String, String)> = diesel::update(
        accounts::table
            .find(account)
            .filter(accounts::standing.eq(Standing::Active)),
    )
    .set(accounts::password_hash.eq(hash))
    .returning((accounts::mail, accounts::display_name, accounts::language))
    .get_result(tx.conn())
    .optional()?;
    let (mail, display_name, language) = found.ok_or(Refusal::NotFound)?;
    end_others(tx, account, session)?;
    // Every open link of the account goes, a change of address too: whoever knew the old password may
    // have asked for one, or copied a feed's address. The way to an appeal stays.
    diesel::delete(
        tickets::table
            .filter(tickets::account_id.eq(account))
            .filter(tickets::purpose.ne(Purpose::Appeal)),
    )
    .execute(tx.conn())?;
    diesel::delete(feed_keys::table.find(account)).execute(tx.conn())?;
    tx.record(&Event::PasswordChanged { account, how })?;
    if let Some(mail) = mail {
        let to = To {
            account: Some(account),
            mail: &mail,
            name: &display_name,
            language: &language,
        };
        letters::password_changed(tx, &to, site)?;
    }
    Ok(())
}

/// Asks for another mail address: a letter goes to the new one, and nothing changes until it is confirmed.
pub fn change_mail(tx: &mut Tx<'_>, mail: &str, site: &str) -> Result<()> {
    let me = tx.me()?.clone();
    let mail = mail.trim();
    if !name::is_mail(mail) {
        return Err(Problems::one("mail", "problem-mail"));
    }
    let taken: Option<AccountId> = accounts::table
        .filter(accounts::mail_key.eq(name::mail_key(mail)))
        .select(accounts::id)
        .first(tx.conn())
        .optional()?;
    let to = To {
        account: Some(me.id),
        mail,
        name: &me.display_name,
        language: &me.language,
    };
    if taken.is_some_and(|taken| taken != me.id) {
        let owner = To { account: None, ..to };
        return letters::already_here(tx, &owner, site);
    }
    let token = make(tx, Purpose::Mail, Some(me.id), Some(mail), 24 * 3600)?;
    letters::confirm_mail(tx, &to, site, &token)
}

/// Confirms an address: of an account that changes it, or of one that begins with it.
pub fn confirm_mail(tx: &mut Tx<'_>, purpose: Purpose, token: &str, site: &str) -> Result<AccountId> {
    let (account, mail) = take(tx, purpose, token)?;
    let (Some(account), Some(mail)) = (account, mail) else {
        return Err(Refusal::NotFound);
    };
    if purpose == Purpose::Welcome {
        super::join::confirm(tx, account)?;
        return Ok(account);
    }
    let old: (Option<String>, String, String) = accounts::table
        .find(account)
        .select((accounts::mail, accounts::display_name, accounts::language))
        .first(tx.conn())?;
    diesel::update(accounts::table.find(account))
        .set((accounts::mail.eq(&mail), accounts::mail_key.eq(name::mail_key(&mail))))
        .execute(tx.conn())
        .map_err(|error| match dialect::violated(&error) {
            Some(_) => Problems::one("mail", "problem-mail-taken"),
            None => error.into(),
        })?;
    tx.record(&Event::MailChanged { account })?;
    if let Some(before) = old.0 {
        let to = To {
            account: Some(account),
            mail: &before,
            name: &old.1,
            language: &old.2,
        };
        letters::mail_changed(tx, &to, site)?;
    }
    Ok(account)
}
