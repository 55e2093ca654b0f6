//! The outbox: letters are rows of the transaction that caused them, so a crash loses none; a letter
//! sent twice keeps its Message-ID. Written in the recipient's language; sent by `mail`. Letters about an account
//! are `about_accounts`, those about moderation `about_reviews`, those about what one follows `notices`, and what
//! of them one wants `wishes`.

pub(crate) mod about_accounts;
pub(crate) mod about_reviews;
pub mod arrivals;
mod compose;
pub(crate) mod mondays;
pub mod notices;
mod pending;
pub(crate) mod reports;
mod sheet;
pub mod wishes;

use diesel::prelude::*;

use self::sheet::Sheet;
use crate::access::door::hex;
use crate::access::{Cx, May, Tx, deed, proof::Forum};
use crate::db::schema::{accounts, letters};
use crate::db::types::Moment;
use crate::i18n::{Arg, Locales};
use crate::ids::AccountId;
use crate::kinds::AccountKind;
use crate::refusal::{Refusal, Result};

/// To whom a letter goes.
pub(crate) struct To<'a> {
    /// None: to nobody who has an account, or has it still.
    pub(crate) account: Option<AccountId>,
    pub(crate) mail: &'a str,
    pub(crate) name: &'a str,
    pub(crate) language: &'a str,
}

/// The address that an account has now.
struct Address {
    account: AccountId,
    mail: String,
    name: String,
    language: String,
}

impl Address {
    fn to(&self) -> To<'_> {
        To {
            account: Some(self.account),
            mail: &self.mail,
            name: &self.name,
            language: &self.language,
        }
    }
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
    let mut sheet = Sheet::new(to.language);
    for paragraph in body.split("\n\n") {
        sheet.line(paragraph);
        sheet.gap();
    }
    if let Some(link) = link {
        sheet.link(link);
        sheet.gap();
    }
    let (text, html) = sheet.signed(&sign, None);
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
    /// To which address it is answered.
    answers: &'a str,
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
                letters::answers.eq(extra.answers),
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

/// A letter that goes each time there is cause for it.
fn put_now(tx: &mut Tx<'_>, to: &To<'_>, kind: &'static str, values: &[(&'static str, Arg)], link: &str) -> Result<()> {
    let key = tx.now().0.to_string();
    put(tx, to, kind, &key, values, Some(link))
}

/// Where somebody's letters go now. None for who has no address, and for the author of what came from elsewhere.
fn address(tx: &mut Tx<'_>, account: AccountId) -> Result<Option<Address>> {
    let row: Option<(Option<String>, String, String)> = accounts::table
        .find(account)
        .filter(accounts::kind.ne(AccountKind::Placeholder))
        .select((accounts::mail, accounts::display_name, accounts::language))
        .first(tx.conn())
        .optional()?;
    Ok(match row {
        Some((Some(mail), name, language)) => Some(Address {
            account,
            mail,
            name,
            language,
        }),
        _ => None,
    })
}

pub(crate) fn sent_since(cx: &mut Cx<'_>, account: AccountId, kind: &str, since: Moment) -> Result<i64> {
    Ok(letters::table
        .filter(letters::account_id.eq(account))
        .filter(letters::kind.eq(kind))
        .filter(letters::created_at.gt(since))
        .count()
        .get_result(cx.conn())?)
}

/// Takes away every letter to an account that is forgotten.
pub(crate) fn forget(tx: &mut Tx<'_>, account: AccountId) -> Result<()> {
    diesel::delete(letters::table.filter(letters::account_id.eq(account))).execute(tx.conn())?;
    arrivals::forget(tx, account)
}

/// Days that a letter is kept after it left, or was given up.
const KEPT_DAYS: i64 = 30;

/// Takes away letters that left or failed long ago.
pub(crate) fn forget_old(tx: &mut Tx<'_>) -> Result<()> {
    let before = tx.now().plus_days(-KEPT_DAYS);
    diesel::delete(letters::table.filter(letters::sent_at.lt(before).assume_not_null())).execute(tx.conn())?;
    diesel::delete(letters::table.filter(letters::failed_at.lt(before).assume_not_null())).execute(tx.conn())?;
    arrivals::forget_old(tx)
}

/// Tries the letters again that wait or were given up: the mail server is mended.
pub fn try_again(tx: &mut Tx<'_>, _: May<deed::Administer, Forum>) -> Result<()> {
    let now = tx.now();
    // What is on its way this very moment would go twice.
    diesel::update(
        letters::table
            .filter(letters::sent_at.is_null())
            .filter(letters::leased_until.lt(now)),
    )
    .set((
        letters::due_at.eq(Moment(0)),
        letters::failed_at.eq(None::<Moment>),
        letters::attempts.eq(0),
    ))
    .execute(tx.conn())?;
    tx.left_a_letter();
    Ok(())
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

/// How many letters there are for people's own eyes, and how many for the one who gets the most. Of nobody by name.
pub fn count_by_reader(cx: &mut Cx<'_>) -> Result<(i64, i64)> {
    let each: Vec<i64> = letters::table
        .filter(letters::account_id.is_not_null())
        .group_by(letters::account_id)
        .select(diesel::dsl::count_star())
        .load(cx.conn())?;
    Ok((each.iter().sum(), each.iter().copied().max().unwrap_or(0)))
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
pub fn sent_to_me(cx: &mut Cx<'_>) -> Result<Vec<Sent>> {
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
