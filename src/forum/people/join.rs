//! Making an account: by invitation, or from a mail domain that an admin lists.

use diesel::prelude::*;

use super::account::{NewAccount, insert};
use super::{invite, password, staff};
use crate::access::Tx;
use crate::db::schema::{accounts, applications};
use crate::event::Event;
use crate::forum::letters::{To, about_accounts as letters};
use crate::forum::settings;
use crate::ids::AccountId;
use crate::kinds::{AccountKind, ForumRole};
use crate::refusal::{Problems, Refusal, Result};
use crate::text::name;

#[derive(Debug, Clone)]
pub struct Join {
    pub display_name: String,
    pub name: String,
    pub mail: String,
    pub password: String,
    pub language: String,
    pub time_zone: String,
}

impl Join {
    /// Where the letter about it goes, to the account that came of it or to whoever has the address already.
    pub(super) fn to(&self, account: Option<AccountId>) -> To<'_> {
        To {
            account,
            mail: &self.mail,
            name: &self.display_name,
            language: &self.language,
        }
    }

    pub(super) fn check(&self) -> Result<()> {
        let mut problems = Problems::default();
        let display = name::tidy(&self.display_name);
        if !(2..=80).contains(&display.chars().count()) {
            problems.add("display_name", "problem-display-name");
        }
        if !name::is_name(&self.name) {
            problems.add("name", "problem-name");
        }
        if !name::is_mail(&self.mail) {
            problems.add("mail", "problem-mail");
        }
        if let Some(problem) = password::problem(&self.password, &[&self.name, &self.mail]) {
            problems.add("password", problem);
        }
        problems.check()
    }

    /// `hash` is the password's; it was made before the transaction, because it takes its time.
    pub(super) fn account(&self, hash: &str, forum_role: ForumRole) -> NewAccount {
        NewAccount {
            kind: AccountKind::Employee,
            forum_role,
            name: self.name.clone(),
            display_name: name::tidy(&self.display_name),
            mail: Some(self.mail.trim().to_owned()),
            password_hash: Some(hash.to_owned()),
            department: None,
            location: String::new(),
            language: self.language.clone(),
            time_zone: self.time_zone.clone(),
            sponsor: None,
            organisation: String::new(),
            ends_at: None,
            import: None,
        }
    }

    pub fn check_before_hashing(&self) -> Result<()> {
        self.check()
    }
}

/// Makes the account that an invitation is for.
pub fn join_by_invitation(tx: &mut Tx<'_>, token: &str, join: &Join, hash: &str) -> Result<AccountId> {
    join.check()?;
    invite::find(tx, token)?;
    let mut new = join.account(hash, ForumRole::None);
    staff::complete(tx, &mut new)?;
    let id = insert(tx, &new)?;
    staff::link(tx, &join.mail, id)?;
    tx.record(&Event::AccountCreated {
        account: id,
        how: "invitation",
    })?;
    invite::redeem(tx, token, id)?;
    invite::welcome(tx, id)?;
    Ok(id)
}

/// Begins an account from a listed mail domain: it waits until the address is confirmed by a letter,
/// since anybody can type an address. Answers the same whether or not the address is known.
pub fn join_by_domain(tx: &mut Tx<'_>, join: &Join, hash: &str, site: &str) -> Result<()> {
    join.check()?;
    let settings = settings::load(tx)?;
    if !settings.admits(&join.mail) {
        return Err(Problems::one("mail", "problem-mail-domain"));
    }
    check_free_name(tx, join)?;
    forget_unconfirmed(tx, &join.mail)?;
    let known: Option<AccountId> = accounts::table
        .filter(accounts::mail_key.eq(name::mail_key(&join.mail)))
        .select(accounts::id)
        .first(tx.conn())
        .optional()?;
    if known.is_some() {
        // Whoever owns the address learns that somebody tried; whoever typed it learns nothing.
        return letters::already_here(tx, &join.to(None), site);
    }
    let mut new = join.account(hash, ForumRole::None);
    staff::complete(tx, &mut new)?;
    let id = insert(tx, &new)?;
    diesel::update(accounts::table.find(id))
        .set(accounts::standing.eq(crate::kinds::Standing::Waiting))
        .execute(tx.conn())?;
    tx.record(&Event::AccountCreated {
        account: id,
        how: "domain",
    })?;
    let token = super::tickets::make(tx, super::Purpose::Welcome, Some(id), Some(&join.mail), 3 * 24 * 3600)?;
    letters::confirm_account(tx, &join.to(Some(id)), site, &token)
}

/// Asked before anything else and alike for all: what it answers must not tell whether the address is
/// known.
pub(super) fn check_free_name(tx: &mut Tx<'_>, join: &Join) -> Result<()> {
    let taken: i64 = accounts::table
        .filter(accounts::name_key.eq(name::name_key(&join.name)))
        .filter(
            accounts::mail_key
                .is_null()
                .or(accounts::mail_key.ne(name::mail_key(&join.mail)).assume_not_null()),
        )
        .count()
        .get_result(tx.conn())?;
    if taken > 0 {
        return Err(Problems::one("name", "problem-name-taken"));
    }
    Ok(())
}

/// An account that nobody confirmed in time gives its address back: whoever typed it may not own it.
pub(super) fn forget_unconfirmed(tx: &mut Tx<'_>, mail: &str) -> Result<()> {
    use crate::db::schema::tickets;
    let waiting: Option<AccountId> = accounts::table
        .filter(accounts::mail_key.eq(name::mail_key(mail)))
        .filter(accounts::standing.eq(crate::kinds::Standing::Waiting))
        .select(accounts::id)
        .first(tx.conn())
        .optional()?;
    let Some(account) = waiting else { return Ok(()) };
    // Whoever confirmed the address and waits for a decision is somebody.
    let asked: Option<Option<crate::db::types::Moment>> = applications::table
        .find(account)
        .select(applications::confirmed_at)
        .first(tx.conn())
        .optional()?;
    if matches!(asked, Some(Some(_))) {
        return Ok(());
    }
    let now = tx.now();
    let open: i64 = tickets::table
        .filter(tickets::account_id.eq(account))
        .filter(tickets::expires_at.gt(now))
        .count()
        .get_result(tx.conn())?;
    if open == 0 {
        diesel::delete(applications::table.find(account)).execute(tx.conn())?;
        diesel::delete(tickets::table.filter(tickets::account_id.eq(account))).execute(tx.conn())?;
        diesel::delete(crate::db::schema::letters::table.filter(crate::db::schema::letters::account_id.eq(account)))
            .execute(tx.conn())?;
        diesel::update(crate::db::schema::staff::table.filter(crate::db::schema::staff::account_id.eq(account)))
            .set(crate::db::schema::staff::account_id.eq(None::<AccountId>))
            .execute(tx.conn())?;
        diesel::delete(accounts::table.find(account)).execute(tx.conn())?;
    }
    Ok(())
}

/// Opens an account whose address was confirmed, or brings it before those who decide about it.
pub(super) fn confirm(tx: &mut Tx<'_>, account: AccountId) -> Result<()> {
    if super::apply::confirmed(tx, account)? {
        return Ok(());
    }
    let mail: Option<String> = accounts::table.find(account).select(accounts::mail).first(tx.conn())?;
    let opened = diesel::update(
        accounts::table
            .find(account)
            .filter(accounts::standing.eq(crate::kinds::Standing::Waiting)),
    )
    .set(accounts::standing.eq(crate::kinds::Standing::Active))
    .execute(tx.conn())?;
    if opened == 0 {
        return Err(Refusal::NotFound);
    }
    if let Some(mail) = mail {
        staff::link(tx, &mail, account)?;
    }
    tx.access_moved();
    invite::welcome(tx, account)
}
