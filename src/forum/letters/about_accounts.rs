//! Letters about an account: its address, its password, and being let in. Each time there is cause for one.

use super::{To, address, put, put_now};
use crate::access::{May, Tx, deed, proof::Forum};
use crate::i18n::Arg;
use crate::refusal::{Refusal, Result};

/// The link by which a password is chosen anew, to who asked for it.
pub(crate) fn reset(tx: &mut Tx<'_>, to: &To<'_>, site: &str, token: &str) -> Result<()> {
    put_now(tx, to, "reset", &[], &format!("{site}/reset/{token}"))
}

/// That an admin has such a link.
pub(crate) fn reset_issued(tx: &mut Tx<'_>, to: &To<'_>, site: &str) -> Result<()> {
    put_now(tx, to, "reset-issued", &[], &format!("{site}/rules"))
}

pub(crate) fn password_changed(tx: &mut Tx<'_>, to: &To<'_>, site: &str) -> Result<()> {
    put_now(tx, to, "password-changed", &[], &format!("{site}/reset"))
}

/// To the new address of an account.
pub(crate) fn confirm_mail(tx: &mut Tx<'_>, to: &To<'_>, site: &str, token: &str) -> Result<()> {
    put_now(tx, to, "confirm-mail", &[], &format!("{site}/confirm/mail/{token}"))
}

/// To the address with which an account begins.
pub(crate) fn confirm_account(tx: &mut Tx<'_>, to: &To<'_>, site: &str, token: &str) -> Result<()> {
    let link = format!("{site}/confirm/welcome/{token}");
    put_now(tx, to, "confirm-account", &[], &link)
}

/// The same to somebody about whom moderators decide after that.
pub(crate) fn confirm_application(tx: &mut Tx<'_>, to: &To<'_>, site: &str, token: &str) -> Result<()> {
    let link = format!("{site}/confirm/welcome/{token}");
    put_now(tx, to, "confirm-application", &[], &link)
}

/// To the address that an account had before.
pub(crate) fn mail_changed(tx: &mut Tx<'_>, to: &To<'_>, site: &str) -> Result<()> {
    put_now(tx, to, "mail-changed", &[], &format!("{site}/rules"))
}

/// To somebody who asked for an account and was let in.
pub(crate) fn application_granted(tx: &mut Tx<'_>, to: &To<'_>, space: &str, site: &str) -> Result<()> {
    let values = [("space", Arg::from(space))];
    put_now(tx, to, "application-granted", &values, &format!("{site}/sign-in"))
}

/// To somebody who asked for an account and was refused. It is of nobody: the account goes.
pub(crate) fn application_refused(tx: &mut Tx<'_>, to: &To<'_>, space: &str, reason: &str, site: &str) -> Result<()> {
    let values = [("space", Arg::from(space)), ("reason", Arg::from(reason))];
    put_now(tx, to, "application-refused", &values, &format!("{site}/rules"))
}

/// To the owner of an address that somebody tried to use again; at most once a day.
pub(crate) fn already_here(tx: &mut Tx<'_>, to: &To<'_>, site: &str) -> Result<()> {
    let key = format!("already:{}", tx.now().day());
    put(tx, to, "already-here", &key, &[], Some(&format!("{site}/sign-in")))
}

/// To an admin who asks whether letters leave.
pub(crate) fn test(tx: &mut Tx<'_>, _: May<deed::Administer, Forum>, site: &str) -> Result<()> {
    let me = tx.me()?.id;
    let mine = address(tx, me)?.ok_or(Refusal::NotFound)?;
    put_now(tx, &mine.to(), "test", &[], &format!("{site}/admin/letters"))
}
