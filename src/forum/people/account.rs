//! Accounts: making one, and what the rest of the forum asks about one.

use std::collections::HashSet;

use diesel::prelude::*;

use crate::access::door::hex;
use crate::access::{Cx, May, Tx, deed, policy, proof::Forum};
use crate::db::dialect;
use crate::db::schema::{accounts, memberships, sanctions};
use crate::db::types::Moment;
use crate::event::Event;
use crate::ids::{AccountId, DepartmentId, ImportId, SpaceId};
use crate::kinds::{AccountKind, ForumRole, SanctionKind, Standing, Visibility};
use crate::refusal::{Problems, Reason, Refusal, Result};
use crate::text::name;

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = accounts)]
pub struct Account {
    pub id: AccountId,
    pub kind: AccountKind,
    pub standing: Standing,
    pub forum_role: ForumRole,
    pub name: String,
    pub display_name: String,
    pub mail: Option<String>,
    pub language: String,
    pub time_zone: String,
}

/// What a new account begins with.
#[derive(Debug, Clone)]
pub(crate) struct NewAccount {
    pub(crate) kind: AccountKind,
    pub(crate) forum_role: ForumRole,
    pub(crate) name: String,
    pub(crate) display_name: String,
    pub(crate) mail: Option<String>,
    pub(crate) password_hash: Option<String>,
    pub(crate) department: Option<DepartmentId>,
    pub(crate) location: String,
    pub(crate) language: String,
    pub(crate) time_zone: String,
    pub(crate) sponsor: Option<AccountId>,
    pub(crate) organisation: String,
    pub(crate) ends_at: Option<Moment>,
    pub(crate) import: Option<ImportId>,
}

/// Writes the row. A name that looks like a taken one becomes a problem beside its field.
pub(crate) fn insert(tx: &mut Tx<'_>, new: &NewAccount) -> Result<AccountId> {
    let now = tx.now();
    let done: QueryResult<AccountId> = diesel::insert_into(accounts::table)
        .values((
            (
                accounts::kind.eq(new.kind),
                accounts::standing.eq(Standing::Active),
                accounts::forum_role.eq(new.forum_role),
                accounts::name.eq(&new.name),
                accounts::name_key.eq(name::name_key(&new.name)),
                accounts::display_name.eq(&new.display_name),
                accounts::mail.eq(&new.mail),
                accounts::mail_key.eq(new.mail.as_deref().map(name::mail_key)),
                accounts::password_hash.eq(&new.password_hash),
            ),
            (
                accounts::department_id.eq(new.department),
                accounts::location.eq(&new.location),
                accounts::language.eq(&new.language),
                accounts::time_zone.eq(&new.time_zone),
                accounts::sponsor_id.eq(new.sponsor),
                accounts::organisation.eq(&new.organisation),
                accounts::ends_at.eq(new.ends_at),
                accounts::import_id.eq(new.import),
                accounts::created_at.eq(now),
                accounts::read_before.eq(now),
                accounts::seen_inbox_at.eq(now),
            ),
        ))
        .returning(accounts::id)
        .get_result(tx.conn());
    done.map_err(|error| match dialect::violated(&error) {
        Some(rule) if rule.contains("mail_key") => Problems::one("mail", "problem-mail-taken"),
        Some(rule) if rule.contains("name_key") => Problems::one("name", "problem-name-taken"),
        _ => error.into(),
    })
}

/// A name that nobody has and that looks like nobody's, made from a display name.
pub(crate) fn free_name(tx: &mut Tx<'_>, display_name: &str) -> Result<String> {
    let base = name::suggest(display_name);
    for number in 1_u32..10_000 {
        let candidate = if number == 1 {
            base.clone()
        } else {
            format!("{base}-{number}")
        };
        // Digits that look like letters make some numbers unusable; the next will do.
        let taken: i64 = accounts::table
            .filter(accounts::name_key.eq(name::name_key(&candidate)))
            .count()
            .get_result(tx.conn())?;
        if taken == 0 && name::is_name(&candidate) {
            return Ok(candidate);
        }
    }
    let random: [u8; 6] = rand::random();
    Ok(format!("member-{}", hex(&random)))
}

/// An account made by the forum itself, for the demo and tests: no invitation, no letter.
pub fn create_account(
    tx: &mut Tx<'_>,
    kind: AccountKind,
    display_name: &str,
    mail: &str,
    hash: &str,
) -> Result<AccountId> {
    let free = free_name(tx, display_name)?;
    let id = insert(
        tx,
        &NewAccount {
            kind,
            forum_role: ForumRole::None,
            name: free,
            display_name: name::tidy(display_name),
            mail: Some(mail.to_owned()),
            password_hash: Some(hash.to_owned()),
            department: None,
            location: String::new(),
            language: "en".to_owned(),
            time_zone: "UTC".to_owned(),
            sponsor: None,
            organisation: String::new(),
            ends_at: None,
            import: None,
        },
    )?;
    tx.record(&Event::AccountCreated {
        account: id,
        how: "made",
    })?;
    Ok(id)
}

/// Whether an account may read a space today: the policy's answer for somebody who is not looking.
pub fn reads(cx: &mut Cx<'_>, account: AccountId, space: SpaceId, visibility: Visibility) -> Result<bool> {
    let now = cx.now();
    let person = crate::access::viewer::load(cx.conn(), account, now)?;
    Ok(person.is_some_and(|person| policy::person_reads(&person, space, visibility)))
}

/// Which of these accounts may read a space today, in a few questions however many they are. Whoever only
/// looks in with a reason is told nothing and is not among them.
pub(crate) fn readers_among(
    cx: &mut Cx<'_>,
    who: &[AccountId],
    space: SpaceId,
    visibility: Visibility,
) -> Result<HashSet<AccountId>> {
    let now = cx.now();
    let mut readers = HashSet::new();
    for some in who.chunks(1_000) {
        let standing: Vec<(AccountId, AccountKind)> = accounts::table
            .filter(accounts::id.eq_any(some.to_vec()))
            .filter(accounts::standing.eq(Standing::Active))
            .filter(accounts::kind.ne(AccountKind::Placeholder))
            .filter(
                accounts::ends_at
                    .is_null()
                    .or(accounts::ends_at.gt(now).assume_not_null()),
            )
            .select((accounts::id, accounts::kind))
            .load(cx.conn())?;
        let members: HashSet<AccountId> = memberships::table
            .filter(memberships::space_id.eq(space))
            .filter(memberships::account_id.eq_any(some.to_vec()))
            .select(memberships::account_id)
            .load(cx.conn())?
            .into_iter()
            .collect();
        let kept_out: HashSet<AccountId> = sanctions::table
            .filter(sanctions::account_id.eq_any(some.to_vec()))
            .filter(sanctions::kind.eq(SanctionKind::Suspension))
            .filter(sanctions::ended_at.is_null())
            .filter(sanctions::until.gt(now))
            .select(sanctions::account_id)
            .load(cx.conn())?
            .into_iter()
            .collect();
        readers.extend(
            standing
                .into_iter()
                .filter(|(id, _)| !kept_out.contains(id))
                .filter(|(id, kind)| policy::account_reads(*kind, members.contains(id), visibility))
                .map(|(id, _)| id),
        );
    }
    Ok(readers)
}

pub fn find_by_mail(cx: &mut Cx<'_>, mail: &str) -> Result<Option<Account>> {
    Ok(accounts::table
        .filter(accounts::mail_key.eq(name::mail_key(mail)))
        .select(Account::as_select())
        .first(cx.conn())
        .optional()?)
}

pub fn forum_role(cx: &mut Cx<'_>, account: AccountId) -> Result<ForumRole> {
    Ok(accounts::table
        .find(account)
        .select(accounts::forum_role)
        .first(cx.conn())?)
}

/// Gives a role for the whole forum, for a year. The last admin stays.
pub fn give_forum_role(
    tx: &mut Tx<'_>,
    _: May<deed::Administer, Forum>,
    account: AccountId,
    role: ForumRole,
) -> Result<()> {
    let (kind, standing): (AccountKind, Standing) = accounts::table
        .find(account)
        .select((accounts::kind, accounts::standing))
        .first(tx.conn())
        .optional()?
        .ok_or(Refusal::NotFound)?;
    if role != ForumRole::None && (kind != AccountKind::Employee || standing != Standing::Active) {
        return Err(Refusal::Denied(Reason::EmployeesOnly));
    }
    crate::db::dialect::hold(tx.conn(), "epochs", 1)?;
    let admins: Vec<AccountId> = accounts::table
        .filter(accounts::forum_role.eq(ForumRole::Admin))
        .filter(accounts::standing.eq(Standing::Active))
        .select(accounts::id)
        .load(tx.conn())?;
    if role != ForumRole::Admin && admins == [account] {
        return Err(Refusal::Denied(Reason::LastManager));
    }
    // An admin's term is a reminder, not an end: a forum without one cannot be opened from inside.
    let until = match role {
        ForumRole::None | ForumRole::Admin => None,
        _ => Some(tx.now().plus_days(365)),
    };
    diesel::update(accounts::table.find(account))
        .set((accounts::forum_role.eq(role), accounts::forum_role_until.eq(until)))
        .execute(tx.conn())?;
    tx.record(&Event::ForumRoleGiven {
        account,
        role: role.word(),
    })?;
    Ok(())
}

/// The hash of somebody's own password, to check it again before something grave.
pub fn password_hash(cx: &mut Cx<'_>, account: AccountId) -> Result<Option<String>> {
    if cx.viewer().id() != Some(account) {
        return Err(Refusal::NotFound);
    }
    Ok(accounts::table
        .find(account)
        .select(accounts::password_hash)
        .first(cx.conn())?)
}
