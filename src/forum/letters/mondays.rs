//! The letter of Monday morning: what is worth doing this week, as the list says it. Which lines stand in it is
//! decided by `today`; here it is only written.

use super::sheet::Sheet;
use super::{Extra, address, put_ready, wishes};
use crate::access::Tx;
use crate::i18n::{Arg, Locales};
use crate::ids::AccountId;
use crate::refusal::Result;

const KIND: &str = "today";

/// Puts it into the outbox; whether there is an address for it. Without lines there is no letter.
pub(crate) fn put(
    tx: &mut Tx<'_>,
    account: AccountId,
    week: &str,
    lines: &[(String, String)],
    site: &str,
) -> Result<bool> {
    let Some(theirs) = address(tx, account)?.filter(|_| !lines.is_empty()) else {
        return Ok(false);
    };
    let locales = Locales::get();
    let lang = locales.find(&theirs.language).unwrap_or_else(|| locales.first());
    let forum = crate::forum::settings::load(tx)?.forum_name;
    let values = [("forum", Arg::from(forum.as_str())), ("count", Arg::from(lines.len()))];
    let stop = format!(
        "{site}/letters/stop/{}/{}",
        wishes::stop_key(tx, account)?,
        wishes::About::Today.word()
    );
    let mut sheet = Sheet::new(&theirs.language);
    for (line, path) in lines {
        sheet.line(line);
        sheet.link(&format!("{site}{path}"));
        sheet.gap();
    }
    sheet.line(&locales.word(lang, "letter-today-all"));
    sheet.link(&format!("{site}/today"));
    sheet.gap();
    let why = locales.with_values(lang, "letter-today-why", &values);
    let (text, html) = sheet.signed(&why, Some(&stop));
    let subject = locales.with_values(lang, "letter-today-subject", &values);
    put_ready(
        tx,
        &theirs.to(),
        KIND,
        week,
        (&subject, &text, &html),
        &Extra {
            stop: &stop,
            list: KIND,
            from_name: &forum,
            ..Extra::default()
        },
    )?;
    Ok(true)
}
