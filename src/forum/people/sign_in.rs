//! Signing in. Unknown and wrong get the same answer after the same work; too many wrong answers make
//! an account wait, and a network address only so many that a whole company behind it can come in.

use diesel::prelude::*;

use super::password::Hasher;
use super::sessions::{self, Token};
use crate::access::{Store, Viewer};
use crate::config::Config;
use crate::db::schema::{accounts, sign_in_attempts};
use crate::event::Source;
use crate::forum::moderation::sanctions;
use crate::i18n::Message;
use crate::ids::AccountId;
use crate::kinds::{AccountKind, Standing};
use crate::refusal::{Problems, Refusal, Result};

pub struct Attempt<'a> {
    /// A mail address or an @name.
    pub who: &'a str,
    pub password: &'a str,
    /// The network address, as far as it is known.
    pub from: &'a str,
    pub agent: &'a str,
}

pub fn sign_in(store: &Store, hasher: &Hasher, config: &Config, attempt: &Attempt<'_>) -> Result<(AccountId, Token)> {
    let viewer = Viewer::system("sign-in");
    let who = attempt.who.trim().trim_start_matches('@').to_lowercase();
    let address_key = format!("address:{}", attempt.from);
    let found = store.write(&viewer, Source::System, |tx| {
        let found: Option<(AccountId, Option<String>)> = accounts::table
            .filter(accounts::mail_key.eq(&who).or(accounts::name.nullable().eq(&who)))
            .filter(accounts::standing.eq_any([Standing::Active, Standing::Waiting]))
            .filter(accounts::kind.ne(AccountKind::Placeholder))
            .select((accounts::id, accounts::password_hash))
            .first(tx.conn())
            .optional()?;
        // Counted by account, however it was written: with its name, its address, one @ or five.
        let account_key = match &found {
            Some((account, _)) => format!("account:{account}"),
            None => format!("unknown:{who}"),
        };
        let now = tx.now();
        for (key, seconds, most) in [
            (&account_key, 300, config.limits.sign_ins_an_account),
            (&address_key, 600, config.limits.sign_ins_an_address),
        ] {
            let times: Vec<crate::db::types::Moment> = sign_in_attempts::table
                .filter(sign_in_attempts::whom.eq(key))
                .filter(sign_in_attempts::at.gt(now.plus_seconds(-seconds)))
                .order(sign_in_attempts::at)
                .select(sign_in_attempts::at)
                .load(tx.conn())?;
            if i64::try_from(times.len()).unwrap_or(i64::MAX) >= most {
                let first = times.first().copied().unwrap_or(now);
                return Err(Refusal::TooSoon(first.plus_seconds(seconds)));
            }
        }
        for key in [&account_key, &address_key] {
            diesel::insert_into(sign_in_attempts::table)
                .values((sign_in_attempts::whom.eq(key), sign_in_attempts::at.eq(now)))
                .execute(tx.conn())?;
        }
        diesel::delete(sign_in_attempts::table.filter(sign_in_attempts::at.lt(now.plus_seconds(-600))))
            .execute(tx.conn())?;
        Ok(found)
    })?;
    let (account, hash) = match found {
        Some((account, hash)) => (Some(account), hash),
        None => (None, None),
    };
    let right = hasher.check(attempt.password, hash.as_deref())?;
    let Some(account) = account.filter(|_| right) else {
        return Err(Problems::one("password", "problem-sign-in"));
    };
    store.write(&viewer, Source::System, |tx| {
        // A guest whose stay is over knows the password and still does not come in.
        let now = tx.now();
        if crate::access::viewer::load(tx.conn(), account, now)?.is_none() {
            if let Some(until) = sanctions::suspended_until(tx, account)? {
                let day = until.timestamp().strftime("%Y-%m-%d %H:%M UTC").to_string();
                return Err(Problems::one(
                    "password",
                    Message::of("problem-suspended").with("until", day),
                ));
            }
            // Whoever knows the password may know that nobody has decided yet.
            if super::apply::waits(tx, account)? {
                return Err(Problems::one("password", "problem-account-waits"));
            }
            return Err(Problems::one("password", "problem-sign-in"));
        }
        diesel::delete(sign_in_attempts::table.filter(sign_in_attempts::whom.eq(format!("account:{account}"))))
            .execute(tx.conn())?;
        let token = sessions::open(tx, account, attempt.agent, &config.accounts)?;
        Ok((account, token))
    })
}
