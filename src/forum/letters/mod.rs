//! The outbox: letters are rows of the transaction that caused them, so a crash loses none; a letter
//! sent twice keeps its Message-ID. Composed here, in the recipient's language; sent by `mail`. Letters about
//! what one follows are `notices`, and what of them one wants `wishes`.

pub mod notices;
pub mod wishes;

use diesel::prelude::*;

use crate::access::door::hex;
use crate::access::{Cx, May, Tx, deed, proof::Forum};
use crate::db::schema::{accounts, letters};
use crate::db::types::Moment;
use crate::i18n::{Arg, Locales};
use crate::ids::{AccountId, ReviewId};
use crate::kinds::{AccountKind, Decision, SanctionKind};
use crate::refusal::{Refusal, Result};
use crate::text::escape_into;

/// To whom a letter goes.
struct To<'a> {
    account: Option<AccountId>,
    mail: &'a str,
    name: &'a str,
    language: &'a str,
}

/// Puts a letter into the outbox. `kind` names its sentences: `letter-KIND-subject` and
/// `letter-KIND-body`, whose paragraphs are divided by empty lines; `link` stands below them.
/// The same kind with the same `subject_key` goes to an address once.
fn put(
    tx: &mut Tx<'_>,
    to: &To<'_>,
    kind: &'static str,
    subject_key: &str,
    values: &[(&'static str, Arg)],
    link: Option<&str>,
) -> Result<()> {
    let present: i64 = letters::table
        .filter(letters::to_mail.eq(to.mail))
        .filter(letters::kind.eq(kind))
        .filter(letters::subject_key.eq(subject_key))
        .count()
        .get_result(tx.conn())?;
    if present > 0 {
        return Ok(());
    }
    let locales = Locales::get();
    let lang = locales.find(to.language).unwrap_or_else(|| locales.first());
    let settings = crate::forum::settings::load(tx)?;
    let mut all: Vec<(&str, Arg)> = vec![
        ("forum", Arg::from(settings.forum_name.as_str())),
        ("name", Arg::from(to.name)),
    ];
    all.extend(values.iter().map(|(name, value)| (*name, value.clone())));
    let subject = locales.with_values(lang, &format!("letter-{kind}-subject"), &all);
    let body = locales.with_values(lang, &format!("letter-{kind}-body"), &all);
    let sign = locales.with_values(lang, "letter-sign", &all);
    let mut text = body.clone();
    if let Some(link) = link {
        text.push_str("\n\n");
        text.push_str(link);
    }
    text.push_str("\n\n-- \n");
    text.push_str(&sign);
    text.push('\n');
    let html = html(to.language, &body, link, &sign);
    put_ready(tx, to, kind, subject_key, (&subject, &text, &html), &Extra::default())
}

/// What a letter carries beside its text.
#[derive(Debug, Clone, Copy, Default)]
struct Extra<'a> {
    /// To which conversation it belongs, so that mail programs keep it together.
    thread: &'a str,
    /// Of which list it is.
    list: &'a str,
    /// The address at which one stops such letters.
    stop: &'a str,
    from_name: &'a str,
    /// The lines of the inbox that it tells, looked at again before it leaves.
    lines: &'a str,
}

fn put_ready(
    tx: &mut Tx<'_>,
    to: &To<'_>,
    kind: &str,
    subject_key: &str,
    (subject, text, html): (&str, &str, &str),
    extra: &Extra<'_>,
) -> Result<()> {
    let now = tx.now();
    let host = "aquarium.invalid";
    let message_id = format!("<{}@{host}>", hex(&rand::random::<[u8; 16]>()));
    diesel::insert_into(letters::table)
        .values((
            (
                letters::message_id.eq(message_id),
                letters::kind.eq(kind),
                letters::subject_key.eq(subject_key),
                letters::account_id.eq(to.account),
                letters::to_mail.eq(to.mail),
                letters::to_name.eq(to.name),
                letters::language.eq(to.language),
                letters::subject.eq(one_line(subject)),
                letters::body_text.eq(text),
                letters::body_html.eq(html),
                letters::created_at.eq(now),
                // At once; only what did not leave waits.
                letters::due_at.eq(Moment(0)),
            ),
            (
                letters::thread.eq(extra.thread),
                letters::list.eq(extra.list),
                letters::stop.eq(extra.stop),
                letters::from_name.eq(one_line(extra.from_name)),
                letters::lines.eq(extra.lines),
            ),
        ))
        .execute(tx.conn())?;
    tx.left_a_letter();
    Ok(())
}

/// A subject is one line whatever a title contains.
fn one_line(text: &str) -> String {
    crate::text::name::tidy(text).chars().take(200).collect()
}

fn html(language: &str, body: &str, link: Option<&str>, sign: &str) -> String {
    let mut out = String::from("<!doctype html><html lang=\"");
    escape_into(&mut out, language);
    out.push_str("\"><meta charset=\"utf-8\"><body style=\"font:16px/1.5 system-ui,sans-serif;max-width:36rem\">");
    for paragraph in body.split("\n\n") {
        out.push_str("<p>");
        escape_into(&mut out, paragraph);
        out.push_str("</p>");
    }
    if let Some(link) = link {
        out.push_str("<p><a href=\"");
        escape_into(&mut out, link);
        out.push_str("\">");
        escape_into(&mut out, link);
        out.push_str("</a></p>");
    }
    out.push_str("<hr><p style=\"color:#566268\">");
    escape_into(&mut out, sign);
    out.push_str("</p></body></html>");
    out
}

fn day_key(tx: &Tx<'_>, about: &str) -> String {
    format!("{about}:{}", tx.now().0)
}

pub(crate) fn sent_since(cx: &mut Cx<'_>, account: AccountId, kind: &str, since: Moment) -> Result<i64> {
    Ok(letters::table
        .filter(letters::account_id.eq(account))
        .filter(letters::kind.eq(kind))
        .filter(letters::created_at.gt(since))
        .count()
        .get_result(cx.conn())?)
}

pub(crate) fn reset(
    tx: &mut Tx<'_>,
    account: AccountId,
    mail: &str,
    name: &str,
    language: &str,
    site: &str,
    token: &str,
) -> Result<()> {
    let to = To {
        account: Some(account),
        mail,
        name,
        language,
    };
    let key = day_key(tx, "reset");
    put(tx, &to, "reset", &key, &[], Some(&format!("{site}/reset/{token}")))
}

pub(crate) fn reset_issued(
    tx: &mut Tx<'_>,
    account: AccountId,
    mail: &str,
    name: &str,
    language: &str,
    site: &str,
) -> Result<()> {
    let to = To {
        account: Some(account),
        mail,
        name,
        language,
    };
    let key = day_key(tx, "reset_issued");
    put(tx, &to, "reset-issued", &key, &[], Some(&format!("{site}/rules")))
}

pub(crate) fn password_changed(
    tx: &mut Tx<'_>,
    account: AccountId,
    mail: &str,
    name: &str,
    language: &str,
    site: &str,
) -> Result<()> {
    let to = To {
        account: Some(account),
        mail,
        name,
        language,
    };
    let key = day_key(tx, "password");
    put(tx, &to, "password-changed", &key, &[], Some(&format!("{site}/reset")))
}

pub(crate) fn confirm_mail(
    tx: &mut Tx<'_>,
    account: AccountId,
    mail: &str,
    name: &str,
    language: &str,
    site: &str,
    token: &str,
) -> Result<()> {
    let to = To {
        account: Some(account),
        mail,
        name,
        language,
    };
    let key = day_key(tx, "confirm");
    put(
        tx,
        &to,
        "confirm-mail",
        &key,
        &[],
        Some(&format!("{site}/confirm/mail/{token}")),
    )
}

pub(crate) fn confirm_account(
    tx: &mut Tx<'_>,
    account: AccountId,
    mail: &str,
    name: &str,
    language: &str,
    site: &str,
    token: &str,
) -> Result<()> {
    let to = To {
        account: Some(account),
        mail,
        name,
        language,
    };
    let key = day_key(tx, "welcome");
    put(
        tx,
        &to,
        "confirm-account",
        &key,
        &[],
        Some(&format!("{site}/confirm/welcome/{token}")),
    )
}

/// The same to somebody about whom moderators decide after that.
pub(crate) fn confirm_application(
    tx: &mut Tx<'_>,
    account: AccountId,
    mail: &str,
    name: &str,
    language: &str,
    site: &str,
    token: &str,
) -> Result<()> {
    let to = To {
        account: Some(account),
        mail,
        name,
        language,
    };
    let key = day_key(tx, "welcome");
    put(
        tx,
        &to,
        "confirm-application",
        &key,
        &[],
        Some(&format!("{site}/confirm/welcome/{token}")),
    )
}

pub(crate) fn mail_changed(
    tx: &mut Tx<'_>,
    account: AccountId,
    mail: &str,
    name: &str,
    language: &str,
    site: &str,
) -> Result<()> {
    let to = To {
        account: Some(account),
        mail,
        name,
        language,
    };
    let key = day_key(tx, "mail");
    put(tx, &to, "mail-changed", &key, &[], Some(&format!("{site}/rules")))
}

/// What somebody is told about a decision.
pub(crate) struct DecidedLetter<'a> {
    pub(crate) space: &'a str,
    pub(crate) decision: Decision,
    /// The kind and its days.
    pub(crate) sanction: Option<(SanctionKind, i64)>,
    pub(crate) rule: &'a str,
    pub(crate) reason: &'a str,
    pub(crate) review: ReviewId,
    /// For somebody who cannot sign in: the secret part of a link to this decision.
    pub(crate) key: Option<&'a str>,
}

/// To the one a decision is about: what, by which rule, why, by whom, and how to have it looked at
/// again. It says nothing of what stands in the space.
pub(crate) fn decided(tx: &mut Tx<'_>, account: AccountId, letter: &DecidedLetter<'_>, site: &str) -> Result<()> {
    let row: (Option<String>, String, String, AccountKind) = accounts::table
        .find(account)
        .select((
            accounts::mail,
            accounts::display_name,
            accounts::language,
            accounts::kind,
        ))
        .first(tx.conn())?;
    let (Some(mail), name, language, kind) = row else {
        return Ok(());
    };
    if kind == AccountKind::Placeholder {
        return Ok(());
    }
    let locales = Locales::get();
    let lang = locales.find(&language).unwrap_or_else(|| locales.first());
    let space = ("space", Arg::from(letter.space));
    let mut what = locales.with_values(
        lang,
        &format!("decided-{}", letter.decision.word()),
        std::slice::from_ref(&space),
    );
    if let Some((kind, days)) = letter.sanction {
        what.push(' ');
        what.push_str(&locales.with_values(
            lang,
            &format!("sanctioned-{}", kind.word()),
            &[space, ("days", Arg::from(days))],
        ));
    }
    let to = To {
        account: Some(account),
        mail: &mail,
        name: &name,
        language: &language,
    };
    put(
        tx,
        &to,
        "decided",
        &format!("decided:{}", letter.review),
        &[
            ("space", Arg::from(letter.space)),
            ("what", Arg::from(what)),
            (
                "rule",
                Arg::from(if letter.rule.is_empty() { "–" } else { letter.rule }),
            ),
            (
                "reason",
                Arg::from(if letter.reason.is_empty() { "–" } else { letter.reason }),
            ),
        ],
        Some(&match letter.key {
            Some(key) => format!("{site}/appeal/{key}"),
            None => format!("{site}{}", crate::url::decision(letter.review)),
        }),
    )
}

/// To somebody who moderates: how many reviews wait longer than they should.
pub(crate) fn overdue(tx: &mut Tx<'_>, account: AccountId, count: usize, site: &str) -> Result<()> {
    let found: Option<(Option<String>, String, String)> = accounts::table
        .find(account)
        .select((accounts::mail, accounts::display_name, accounts::language))
        .first(tx.conn())
        .optional()?;
    let Some((Some(mail), name, language)) = found else {
        return Ok(());
    };
    let to = To {
        account: Some(account),
        mail: &mail,
        name: &name,
        language: &language,
    };
    let key = day_key(tx, "overdue");
    put(
        tx,
        &to,
        "overdue",
        &key,
        &[("count", Arg::from(count))],
        Some(&format!("{site}/queue?only=late")),
    )
}

/// To somebody who asked for an account and was let in.
pub(crate) fn application_granted(
    tx: &mut Tx<'_>,
    account: AccountId,
    mail: &str,
    name: &str,
    language: &str,
    space: &str,
    site: &str,
) -> Result<()> {
    let to = To {
        account: Some(account),
        mail,
        name,
        language,
    };
    let key = day_key(tx, "granted");
    put(
        tx,
        &to,
        "application-granted",
        &key,
        &[("space", Arg::from(space))],
        Some(&format!("{site}/sign-in")),
    )
}

/// To somebody who asked for an account and was refused. The letter is of nobody: the account is gone.
pub(crate) fn application_refused(
    tx: &mut Tx<'_>,
    mail: &str,
    name: &str,
    language: &str,
    space: &str,
    reason: &str,
    site: &str,
) -> Result<()> {
    let to = To {
        account: None,
        mail,
        name,
        language,
    };
    let key = day_key(tx, "refused");
    put(
        tx,
        &to,
        "application-refused",
        &key,
        &[("space", Arg::from(space)), ("reason", Arg::from(reason))],
        Some(&format!("{site}/rules")),
    )
}

/// Takes away every letter to an account that is forgotten.
pub(crate) fn forget(tx: &mut Tx<'_>, account: AccountId) -> Result<()> {
    diesel::delete(letters::table.filter(letters::account_id.eq(account))).execute(tx.conn())?;
    Ok(())
}

/// Days that a letter is kept after it left.
const KEPT_DAYS: i64 = 30;

/// Takes away letters that left long ago.
pub(crate) fn forget_old(tx: &mut Tx<'_>) -> Result<()> {
    let before = tx.now().plus_days(-KEPT_DAYS);
    diesel::delete(letters::table.filter(letters::sent_at.lt(before).assume_not_null())).execute(tx.conn())?;
    Ok(())
}

/// Tries the letters again that wait or were given up: the mail server is mended.
pub fn try_again(tx: &mut Tx<'_>, _: May<deed::Administer, Forum>) -> Result<()> {
    diesel::update(letters::table.filter(letters::sent_at.is_null()))
        .set((
            letters::due_at.eq(Moment(0)),
            letters::failed_at.eq(None::<Moment>),
            letters::attempts.eq(0),
        ))
        .execute(tx.conn())?;
    tx.left_a_letter();
    Ok(())
}

/// To the owner of an address that somebody tried to use again; at most once a day.
pub(crate) fn already_here(tx: &mut Tx<'_>, mail: &str, name: &str, language: &str, site: &str) -> Result<()> {
    let to = To {
        account: None,
        mail,
        name,
        language,
    };
    let key = format!("already:{}", tx.now().day());
    put(tx, &to, "already-here", &key, &[], Some(&format!("{site}/sign-in")))
}

/// To an admin who asks whether letters leave.
pub fn test(tx: &mut Tx<'_>, _: May<deed::Administer, Forum>, site: &str) -> Result<()> {
    let me = tx.me()?.clone();
    let mail: Option<String> = accounts::table.find(me.id).select(accounts::mail).first(tx.conn())?;
    let Some(mail) = mail else {
        return Err(Refusal::NotFound);
    };
    let to = To {
        account: Some(me.id),
        mail: &mail,
        name: &me.display_name,
        language: &me.language,
    };
    let key = day_key(tx, "test");
    put(tx, &to, "test", &key, &[], Some(&format!("{site}/admin/letters")))
}

/// A letter as an admin sees it: to whom, when, which kind and whether it left; never the text.
#[derive(Debug, Clone, Queryable)]
pub struct Listed {
    pub to_mail: String,
    pub kind: String,
    pub created_at: Moment,
    pub sent_at: Option<Moment>,
    pub failed_at: Option<Moment>,
    pub attempts: i64,
    pub problem: String,
}

pub fn list(cx: &mut Cx<'_>) -> Result<Vec<Listed>> {
    if !cx.viewer().is_admin() {
        return Err(Refusal::NotFound);
    }
    Ok(letters::table
        .order(letters::id.desc())
        .select((
            letters::to_mail,
            letters::kind,
            letters::created_at,
            letters::sent_at,
            letters::failed_at,
            letters::attempts,
            letters::problem,
        ))
        .limit(100)
        .load(cx.conn())?)
}
