//! The text of a letter about what happened: its sentences, quotes and links. Which lines go into it is decided by
//! `notices`.

use diesel::prelude::*;

use super::pending::Pending;
use super::sheet::Sheet;
use super::{Extra, To, arrivals, one_line, put_ready, wishes};
use crate::access::{Person, Tx};
use crate::config::Config;
use crate::db::schema::{accounts, letters};
use crate::forum::topics::list;
use crate::i18n::{Arg, Locales, Message};
use crate::ids::AccountId;
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
        &Message::of(crate::forum::inbox::sentence_key(one.kind, &one.words))
            .with("actor", actor)
            .with("what", "")
            .with("title", title)
            .with("space", space)
            .with("times", one.times),
    )
}

/// Characters of a post that a letter quotes.
const QUOTED: usize = 1_500;

/// Lines that one letter tells; what is more is counted.
const LINES: usize = 50;

/// Questions that wait, in a digest.
const WAITING: i64 = 5;

/// A letter as it would leave now.
pub(super) struct Composed {
    account: AccountId,
    /// None: there is no address any more.
    mail: Option<String>,
    name: String,
    language: String,
    word: &'static str,
    thread: String,
    list: String,
    stop: String,
    from: String,
    lines: String,
    answers: String,
    subject: String,
    text: String,
    html: String,
}

impl Composed {
    /// Into the outbox.
    pub(super) fn put(&self, tx: &mut Tx<'_>) -> Result<()> {
        let Some(mail) = &self.mail else { return Ok(()) };
        let to = To {
            account: Some(self.account),
            mail,
            name: &self.name,
            language: &self.language,
        };
        let key = format!("{}:{}", self.thread, tx.now().0);
        put_ready(
            tx,
            &to,
            self.word,
            &key,
            (&self.subject, &self.text, &self.html),
            &Extra {
                thread: &self.thread,
                list: &self.list,
                stop: &self.stop,
                from_name: &self.from,
                lines: &self.lines,
                answers: &self.answers,
            },
        )
    }

    /// In place of what a letter in the outbox said; whether it can leave.
    pub(super) fn replace(&self, tx: &mut Tx<'_>, letter: i64) -> Result<bool> {
        let row = letters::table.find(letter);
        let Some(mail) = &self.mail else {
            diesel::delete(row).execute(tx.conn())?;
            return Ok(false);
        };
        diesel::update(row)
            .set((
                letters::to_mail.eq(mail),
                letters::to_name.eq(&self.name),
                letters::language.eq(&self.language),
                letters::subject.eq(one_line(&self.subject)),
                letters::body_text.eq(&self.text),
                letters::body_html.eq(&self.html),
                letters::list.eq(&self.list),
                letters::stop.eq(&self.stop),
                letters::from_name.eq(one_line(&self.from)),
                letters::lines.eq(&self.lines),
                letters::answers.eq(&self.answers),
            ))
            .execute(tx.conn())?;
        Ok(true)
    }
}

/// Whether a line is about what somebody said, so that it can be answered.
fn is_answered(kind: InboxKind) -> bool {
    matches!(
        kind,
        InboxKind::Reply | InboxKind::Mention | InboxKind::Followed | InboxKind::NewTopic
    )
}

/// Makes a letter that tells these lines, and for the digest which questions wait for somebody like its reader.
pub(super) fn compose(
    tx: &mut Tx<'_>,
    person: &Person,
    kind: &Kind<'_>,
    told: &[Pending],
    config: &Config,
    site: &str,
) -> Result<Composed> {
    let (mail, language): (Option<String>, String) = accounts::table
        .find(person.id)
        .select((accounts::mail, accounts::language))
        .first(tx.conn())?;
    // Looked up as the one who gets them.
    let waiting = match kind {
        Kind::Digest => list::waiting(&mut tx.as_somebody(person.clone()), WAITING)?,
        Kind::AtOnce(_) => Vec::new(),
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
        for one in told.iter().take(LINES) {
            let link = match (one.post, &one.topic, &one.space) {
                (Some(post), _, _) => crate::url::post(post),
                (None, Some((topic, title)), _) => crate::url::topic(*topic, title),
                (None, None, Some((space, name))) => crate::url::space(*space, name),
                _ => "/for-you".to_owned(),
            };
            let quote = match (kind, &one.shown, one.kind) {
                (Kind::AtOnce(_), Some(shown), InboxKind::Reply | InboxKind::Mention | InboxKind::Followed) => {
                    Some(excerpt::beginning(&excerpt::plain(&shown.html), QUOTED))
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
        if told.len() > LINES {
            let more = [("count", Arg::from(told.len() - LINES))];
            sheet.line(&locales.with_values(lang, "letter-digest-more", &more));
            sheet.link(&format!("{site}/for-you"));
            sheet.gap();
        }
        if !waiting.is_empty() {
            sheet.line(&locales.word(lang, "letter-digest-waiting"));
            sheet.gap();
            for (topic, title, _) in &waiting {
                sheet.line(title);
                sheet.link(&format!("{site}{}", crate::url::topic(*topic, title)));
                sheet.gap();
            }
        }
    }
    // What is told of a conversation is answered there; of several posts, the latest.
    let answered = match kind {
        Kind::AtOnce(_) if !bare && !config.incoming.address.is_empty() => told
            .iter()
            .rev()
            .find(|one| is_answered(one.kind))
            .and_then(|one| one.post),
        _ => None,
    };
    let answers = match answered {
        Some(post) => {
            sheet.line(&locales.word(lang, "letter-answer"));
            sheet.gap();
            arrivals::token(tx, person.id, arrivals::Aim::Reply(post))?
        }
        None => String::new(),
    };
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
    let (word, thread, of_list) = match kind {
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
    Ok(Composed {
        account: person.id,
        mail,
        name: person.display_name.clone(),
        language,
        word,
        thread,
        list: of_list,
        stop,
        from: from.unwrap_or(forum),
        answers,
        lines: told.iter().map(|one| one.id.to_string()).collect::<Vec<_>>().join(","),
        subject,
        text,
        html,
    })
}
