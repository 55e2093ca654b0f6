//! Letters about moderation: to the one a decision is about, and to moderators whom something waits for. They say
//! nothing of what stands in the space.

use super::{address, put, put_now};
use crate::access::Tx;
use crate::i18n::{Arg, Locales};
use crate::ids::{AccountId, ReviewId};
use crate::kinds::SanctionKind;
use crate::refusal::Result;

/// What somebody is told about a decision.
pub(crate) struct Decided<'a> {
    pub(crate) space: &'a str,
    /// A decision's word, or an act's.
    pub(crate) decision: &'a str,
    /// The kind and its days.
    pub(crate) sanction: Option<(SanctionKind, i64)>,
    /// As what somebody decided it, and their name where the space shows it.
    pub(crate) role: &'a str,
    pub(crate) by: Option<&'a str>,
    pub(crate) rule: &'a str,
    pub(crate) reason: &'a str,
    pub(crate) review: ReviewId,
    /// For somebody who cannot sign in: the secret part of a link to this decision.
    pub(crate) key: Option<&'a str>,
}

/// To the one a decision is about: what, by which rule, why, by whom, and how to have it looked at
/// again.
pub(crate) fn decided(tx: &mut Tx<'_>, account: AccountId, letter: &Decided<'_>, site: &str) -> Result<()> {
    let Some(theirs) = address(tx, account)? else {
        return Ok(());
    };
    let locales = Locales::get();
    let lang = locales.find(&theirs.language).unwrap_or_else(|| locales.first());
    let space = ("space", Arg::from(letter.space));
    let mut what = locales.with_values(
        lang,
        &format!("decided-{}", letter.decision.replace('_', "-")),
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
    // What nobody gave is no line of its own.
    for (key, value) in [("decided-rule", letter.rule), ("decided-reason", letter.reason)] {
        if !value.is_empty() {
            what.push_str("\n\n    ");
            what.push_str(&locales.with_values(lang, key, &[("words", Arg::from(value))]));
        }
    }
    let by = match letter.by {
        Some(name) => name.to_owned(),
        None => locales.with_values(
            lang,
            &format!("by-{}", letter.role.replace('_', "-")),
            &[("space", Arg::from(letter.space))],
        ),
    };
    put(
        tx,
        &theirs.to(),
        "decided",
        &format!("decided:{}", letter.review),
        &[
            ("space", Arg::from(letter.space)),
            ("what", Arg::from(what)),
            ("by", Arg::from(by)),
        ],
        Some(&match letter.key {
            Some(key) => format!("{site}/appeal/{key}"),
            None => format!("{site}{}", crate::url::decision(letter.review)),
        }),
    )
}

/// To somebody who moderates: how many reviews wait longer than they should.
pub(crate) fn overdue(tx: &mut Tx<'_>, account: AccountId, count: usize, site: &str) -> Result<()> {
    let Some(theirs) = address(tx, account)? else {
        return Ok(());
    };
    let values = [("count", Arg::from(count))];
    put_now(tx, &theirs.to(), "overdue", &values, &format!("{site}/queue?only=late"))
}
