//! The text of a letter about what happened: its sentences, quotes and links. Which lines go into it is decided by
//! `notices`.

use diesel::prelude::*;

use super::notices::Pending;
use super::sheet::Sheet;
use super::{Extra, To, put_ready, wishes};
use crate::access::{Person, Tx};
use crate::config::Config;
use crate::db::schema::accounts;
use crate::db::types::Moment;
use crate::i18n::{Arg, Locales, Message};
use crate::ids::TopicId;
use crate::kinds::InboxKind;
use crate::refusal::Result;
use crate::text::excerpt;

/// Which letter it is.
pub(super) enum Kind<'a> {
    /// With the conversation that it belongs to.
    AtOnce(&'a str),
    Digest,
}

fn sentence(lang: crate::i18n::Lang, one: &Pending) -> String {
    let title = one.topic.as_ref().map_or("", |(_, title)| title.as_str());
    let space = one.space.as_ref().map_or("", |(_, name)| name.as_str());
    let locales = Locales::get();
    let actor = one
        .actor
        .clone()
        .unwrap_or_else(|| locales.word(lang, "inbox-a-moderator"));
    locales.say(
        lang,
        &Message::of(crate::forum::inbox::sentence_key(one.kind))
            .with("actor", actor)
            .with("what", "")
            .with("title", title)
            .with("space", space)
            .with("times", one.times),
    )
}

/// Characters of a post that a letter quotes.
const QUOTED: usize = 1_500;

/// Writes a letter that tells these lines, and for the digest which questions wait, into the outbox.
pub(super) fn compose(
    tx: &mut Tx<'_>,
    person: &Person,
    kind: &Kind<'_>,
    told: &[Pending],
    waiting: &[(TopicId, String, Moment)],
    config: &Config,
    site: &str,
) -> Result<()> {
    let found: Option<(Option<String>, String)> = accounts::table
        .find(person.id)
        .select((accounts::mail, accounts::language))
        .first(tx.conn())
        .optional()?;
    let Some((Some(mail), language)) = found else {
        return Ok(());
    };
    let locales = Locales::get();
    let lang = locales.find(&language).unwrap_or_else(|| locales.first());
    let forum = crate::forum::settings::load(tx)?.forum_name;
    let bare = config.mail.contents == "none";
    let key = wishes::stop_key(tx, person.id)?;
    let first = &told[0];
    let stops = match (kind, wishes::about(first.kind)) {
        (Kind::AtOnce(_), Some(about)) => about.word(),
        _ => "digest",
    };
    let stop = format!("{site}/letters/stop/{key}/{stops}");
    let values = [("forum", Arg::from(forum.as_str())), ("count", Arg::from(told.len()))];
    let subject = match kind {
        _ if bare => locales.with_values(lang, "letter-notice-bare", &values),
        Kind::Digest => locales.with_values(lang, "letter-digest-subject", &values),
        Kind::AtOnce(_) => match &first.topic {
            Some((_, title)) => format!("[{forum}] {title}"),
            None => sentence(lang, first),
        },
    };
    let mut sheet = Sheet::new(&language);
    if bare {
        // Some organisations want no text in mail: where it stands, and nothing of what it says.
        sheet.line(&locales.with_values(lang, "letter-notice-bare-text", &values));
        sheet.link(&format!("{site}/for-you"));
        sheet.gap();
    } else {
        for one in told {
            let link = match (one.post, &one.topic, &one.space) {
                (Some(post), _, _) => crate::url::post(post),
                (None, Some((topic, title)), _) => crate::url::topic(*topic, title),
                (None, None, Some((space, name))) => crate::url::space(*space, name),
                _ => "/for-you".to_owned(),
            };
            let quote = match (kind, &one.shown, one.kind) {
                (Kind::AtOnce(_), Some((_, _, body)), InboxKind::Reply | InboxKind::Mention | InboxKind::Followed) => {
                    Some(excerpt::beginning(&excerpt::plain(body), QUOTED))
                }
                _ if !one.words.is_empty() => Some(one.words.clone()),
                _ => None,
            };
            sheet.line(&sentence(lang, one));
            if let Some(quote) = quote {
                sheet.quote(&quote);
            }
            sheet.link(&format!("{site}{link}"));
            sheet.gap();
        }
        if !waiting.is_empty() {
            sheet.line(&locales.word(lang, "letter-digest-waiting"));
            sheet.gap();
            for (topic, title, _) in waiting {
                sheet.line(title);
                sheet.link(&format!("{site}{}", crate::url::topic(*topic, title)));
                sheet.gap();
            }
        }
    }
    let why = locales.with_values(
        lang,
        if stops == "digest" {
            "letter-digest-why"
        } else {
            "letter-notice-why"
        },
        &values,
    );
    let (text, html) = sheet.signed(&why, Some(&stop));
    let to = To {
        account: Some(person.id),
        mail: &mail,
        name: &person.display_name,
        language: &language,
    };
    let now = tx.now();
    let (word, thread, list) = match kind {
        Kind::AtOnce(key) => {
            let list = first
                .space
                .as_ref()
                .map_or_else(String::new, |(space, _)| format!("space-{space}"));
            ("notice", (*key).to_owned(), list)
        }
        Kind::Digest => ("digest", "digest".to_owned(), "digest".to_owned()),
    };
    let from = match (kind, told) {
        (Kind::AtOnce(_), [one]) if !bare => one.actor.clone().map(|actor| format!("{actor} via {forum}")),
        _ => None,
    };
    put_ready(
        tx,
        &to,
        word,
        &format!("{thread}:{}", now.0),
        (&subject, &text, &html),
        &Extra {
            thread: &thread,
            list: &list,
            stop: &stop,
            from_name: &from.unwrap_or(forum),
            lines: &told.iter().map(|one| one.id.to_string()).collect::<Vec<_>>().join(","),
        },
    )
}
