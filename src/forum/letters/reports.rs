//! The letter with a report: the sentences of its page, to whoever asked for it. What they say is not decided here.

use super::sheet::Sheet;
use super::{Extra, address, put_ready};
use crate::access::Tx;
use crate::i18n::{Arg, Locales};
use crate::ids::AccountId;
use crate::refusal::Result;

/// Puts it into the outbox; whether there is an address for it. Asked for twice, it comes twice.
pub(crate) fn put(
    tx: &mut Tx<'_>,
    account: AccountId,
    title: &str,
    parts: &[(String, Vec<String>)],
    link: &str,
) -> Result<bool> {
    let Some(theirs) = address(tx, account)? else {
        return Ok(false);
    };
    let locales = Locales::get();
    let lang = locales.find(&theirs.language).unwrap_or_else(|| locales.first());
    let forum = crate::forum::settings::load(tx)?.forum_name;
    let mut sheet = Sheet::new(&theirs.language);
    for (heading, sentences) in parts {
        sheet.line(heading);
        for sentence in sentences {
            sheet.line(sentence);
        }
        sheet.gap();
    }
    sheet.link(link);
    sheet.gap();
    let why = locales.with_values(lang, "letter-report-why", &[("forum", Arg::from(forum.as_str()))]);
    let (text, html) = sheet.signed(&why, None);
    let key = tx.now().0.to_string();
    let extra = Extra {
        from_name: &forum,
        ..Extra::default()
    };
    put_ready(tx, &theirs.to(), "report", &key, (title, &text, &html), &extra)?;
    Ok(true)
}
