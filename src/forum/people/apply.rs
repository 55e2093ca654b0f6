//! Asking for an account on a public space that admits visitors. The address is confirmed first; then the
//! moderators of that space decide. Who is let in is a guest there, sponsored by whoever decided.

use diesel::prelude::*;

use super::account::insert;
use super::join::{Join, forget_unconfirmed};
use crate::access::door::hex;
use crate::access::{Cx, Tx};
use crate::db::schema::{accounts, applications, tickets};
use crate::event::Event;
use crate::forum::letters::{self as outbox, To, about_accounts as letters};
use crate::forum::spaces::{self, SpaceRow};
use crate::forum::{moderation, settings};
use crate::ids::AccountId;
use crate::kinds::{AccountKind, ForumRole, SpaceRole, Standing};
use crate::refusal::{Problems, Refusal, Result};
use crate::text::name;

/// Days that a guest who was let in stays, unless somebody decides otherwise.
const STAY_DAYS: i64 = 365;

/// Days after which an application whose address nobody confirmed is forgotten; its link works for three.
const UNCONFIRMED_DAYS: i64 = 4;

/// What somebody says who asks for an account.
#[derive(Debug, Clone)]
pub struct Application {
    pub join: Join,
    pub organisation: String,
    pub words: String,
}

impl Application {
    pub fn check(&self) -> Result<()> {
        let mut problems = match self.join.check_before_hashing() {
            Ok(()) => Problems::default(),
            Err(Refusal::Invalid(problems)) => problems,
            Err(other) => return Err(other),
        };
        if !(2..=80).contains(&name::tidy(&self.organisation).chars().count()) {
            problems.add("organisation", "problem-organisation");
        }
        if !(10..=1000).contains(&self.words.trim().chars().count()) {
            problems.add("words", "problem-application-words");
        }
        problems.check()
    }
}

/// Whether somebody without an account may ask for one in this space.
pub fn admits(space: &SpaceRow, settings: &settings::Settings) -> bool {
    space.admits_visitors
        && space.visibility == crate::kinds::Visibility::Public
        && space.archived_at.is_none()
        && settings.entrance != "closed"
}

/// Asks. A letter goes to the address, and nobody decides before it is confirmed. Answers the same whether
/// or not the address is known.
pub fn apply(tx: &mut Tx<'_>, space: &SpaceRow, wanted: &Application, hash: &str, site: &str) -> Result<()> {
    wanted.check()?;
    if !admits(space, &settings::load(tx)?) {
        return Err(Refusal::NotFound);
    }
    let join = &wanted.join;
    super::join::check_free_name(tx, join)?;
    forget_unconfirmed(tx, &join.mail)?;
    let known: Option<AccountId> = accounts::table
        .filter(accounts::mail_key.eq(name::mail_key(&join.mail)))
        .select(accounts::id)
        .first(tx.conn())
        .optional()?;
    if known.is_some() {
        return letters::already_here(tx, &join.to(None), site);
    }
    let mut new = join.account(hash, ForumRole::None);
    new.kind = AccountKind::Guest;
    new.organisation = name::tidy(&wanted.organisation);
    let id = insert(tx, &new)?;
    diesel::update(accounts::table.find(id))
        .set(accounts::standing.eq(Standing::Waiting))
        .execute(tx.conn())?;
    let now = tx.now();
    diesel::insert_into(applications::table)
        .values((
            applications::account_id.eq(id),
            applications::space_id.eq(space.id),
            applications::words.eq(wanted.words.trim()),
            applications::asked_at.eq(now),
        ))
        .execute(tx.conn())?;
    tx.record(&Event::AccountCreated {
        account: id,
        how: "application",
    })?;
    let token = super::tickets::make(tx, super::Purpose::Welcome, Some(id), Some(&join.mail), 3 * 24 * 3600)?;
    letters::confirm_application(tx, &join.to(Some(id)), site, &token)
}

/// Whether somebody has confirmed their address and waits for a decision.
pub(super) fn waits(cx: &mut Cx<'_>, account: AccountId) -> Result<bool> {
    let confirmed: Option<Option<crate::db::types::Moment>> = applications::table
        .find(account)
        .select(applications::confirmed_at)
        .first(cx.conn())
        .optional()?;
    Ok(matches!(confirmed, Some(Some(_))))
}

/// The address is confirmed: the moderators decide from now on. Whether there was an application at all.
pub(super) fn confirmed(tx: &mut Tx<'_>, account: AccountId) -> Result<bool> {
    let now = tx.now();
    let found: Option<(crate::ids::SpaceId, String)> = diesel::update(
        applications::table
            .find(account)
            .filter(applications::confirmed_at.is_null()),
    )
    .set(applications::confirmed_at.eq(Some(now)))
    .returning((applications::space_id, applications::words))
    .get_result(tx.conn())
    .optional()?;
    let Some((space, words)) = found else { return Ok(false) };
    let space = spaces::find(tx, space)?;
    moderation::open_application(tx, &space, account, &words)?;
    Ok(true)
}

/// Forgets those who asked and never confirmed their address.
pub(crate) fn forget_unconfirmed_old(tx: &mut Tx<'_>) -> Result<()> {
    let before = tx.now().plus_days(-UNCONFIRMED_DAYS);
    let mails: Vec<Option<String>> = applications::table
        .inner_join(accounts::table.on(accounts::id.eq(applications::account_id)))
        .filter(applications::confirmed_at.is_null())
        .filter(applications::asked_at.lt(before))
        .select(accounts::mail)
        .limit(100)
        .load(tx.conn())?;
    for mail in mails.into_iter().flatten() {
        forget_unconfirmed(tx, &mail)?;
    }
    Ok(())
}

/// Lets somebody in who asked: as a guest of the space, sponsored by whoever decided.
pub(crate) fn let_in(tx: &mut Tx<'_>, space: &SpaceRow, account: AccountId, site: &str) -> Result<()> {
    let (me, now) = (tx.me()?.id, tx.now());
    let row: Option<(Option<String>, String, String)> = diesel::update(
        accounts::table
            .find(account)
            .filter(accounts::standing.eq(Standing::Waiting)),
    )
    .set((
        accounts::standing.eq(Standing::Active),
        accounts::sponsor_id.eq(Some(me)),
        accounts::ends_at.eq(Some(now.plus_days(STAY_DAYS))),
    ))
    .returning((accounts::mail, accounts::display_name, accounts::language))
    .get_result(tx.conn())
    .optional()?;
    let (mail, display_name, language) = row.ok_or(Refusal::Conflict)?;
    spaces::enter(tx, space.id, account, SpaceRole::Member, "welcomed")?;
    diesel::delete(applications::table.find(account)).execute(tx.conn())?;
    tx.access_moved();
    let Some(mail) = mail else {
        return Ok(());
    };
    let to = To {
        account: Some(account),
        mail: &mail,
        name: &display_name,
        language: &language,
    };
    letters::application_granted(tx, &to, &space.name, site)
}

/// Refuses: the letter says why, and what they wrote about themselves goes.
pub(crate) fn refuse(tx: &mut Tx<'_>, space: &SpaceRow, account: AccountId, reason: &str, site: &str) -> Result<()> {
    let row: Option<(Option<String>, String, String)> = accounts::table
        .find(account)
        .filter(accounts::standing.eq(Standing::Waiting))
        .select((accounts::mail, accounts::display_name, accounts::language))
        .first(tx.conn())
        .optional()?;
    let (mail, display_name, language) = row.ok_or(Refusal::Conflict)?;
    if let Some(mail) = mail {
        let to = To {
            account: None,
            mail: &mail,
            name: &display_name,
            language: &language,
        };
        letters::application_refused(tx, &to, &space.name, reason, site)?;
    }
    let name = format!("gone-{}", hex(&rand::random::<[u8; 8]>()));
    diesel::update(accounts::table.find(account))
        .set((
            accounts::standing.eq(Standing::Deactivated),
            accounts::mail.eq(None::<String>),
            accounts::mail_key.eq(None::<String>),
            accounts::password_hash.eq(None::<String>),
            accounts::display_name.eq("–"),
            accounts::organisation.eq(""),
            accounts::name.eq(&name),
            accounts::name_key.eq(name::name_key(&name)),
        ))
        .execute(tx.conn())?;
    diesel::delete(applications::table.find(account)).execute(tx.conn())?;
    diesel::delete(tickets::table.filter(tickets::account_id.eq(account))).execute(tx.conn())?;
    // The letters to them go too, but for the one that says why.
    outbox::forget(tx, account)?;
    moderation::forget_words(tx, account)
}
