//! What a letter that came in does: the person to whom its address belongs answers a post or begins a topic,
//! under the same rules as in a browser. Whatever else comes does nothing, and is written down.

use super::address::Token;
use super::letter::{self, Arrived};
use crate::access::{Tx, Viewer, deed};
use crate::app::App;
use crate::event::Source;
use crate::forum::files::{self, Brought, Laid};
use crate::forum::letters::arrivals::{self, Aim, Became};
use crate::forum::reading::drafts;
use crate::forum::{boards, people, posts, spaces, topics};
use crate::i18n::Locales;
use crate::ids::{AccountId, PostId, SpaceId};
use crate::kinds::TopicKind;
use crate::refusal::{Refusal, Result};

/// Bytes of a Message-ID that is remembered as it is.
const LONGEST_ID: usize = 200;

/// What became of a letter; the same when it comes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    pub became: Became,
    pub post: Option<PostId>,
}

/// Whether letters to an address are taken at all. Asked before a letter is sent, so that nobody sends in vain.
pub fn is_known(app: &App, address: &str) -> Result<bool> {
    let Some(token) = token_of(app, address) else {
        return Ok(false);
    };
    app.store.read(&Viewer::system("mail"), |cx| {
        arrivals::is_proven(cx, token.account, token.aim, &token.proof)
    })
}

fn token_of(app: &App, address: &str) -> Option<Token> {
    let ours = app.mail.ours()?;
    Token::parse(&ours.token_in(address)?)
}

/// Takes in one letter. `recipient` and `envelope_from` are what a mail server says outside of it; without, its own
/// headers are asked. Errs when it must be tried again: nothing was done then.
pub fn take_in(app: &App, raw: &[u8], recipient: Option<&str>, envelope_from: Option<&str>) -> Result<Taken> {
    let ours = app.mail.ours();
    let is_ours = |address: &str| ours.is_some_and(|ours| ours.is_ours(address));
    let digest = || crate::access::door::hex(&<sha2::Sha256 as sha2::Digest>::digest(raw)[..16]);
    // A letter on which a parser breaks must not break the way in for all others.
    let read = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        letter::read(raw, envelope_from, is_ours)
    }));
    let Ok(Some(arrived)) = read else {
        return note(app, &digest(), Became::Unreadable, None);
    };
    let token = match recipient {
        Some(address) => token_of(app, address),
        None => arrived.to.iter().find_map(|address| token_of(app, address)),
    };
    let id = match arrived.id.len() {
        0 => digest(),
        1..=LONGEST_ID => arrived.id.clone(),
        // No index takes one without end.
        _ => crate::access::door::hex(&<sha2::Sha256 as sha2::Digest>::digest(arrived.id.as_bytes())[..16]),
    };
    let Some(token) = token else {
        return note(app, &id, Became::Unknown, None);
    };
    // One letter to two of our addresses is two deeds.
    let key = format!("{id} {}", token.proof);
    let before = app
        .store
        .read(&Viewer::system("mail"), |cx| arrivals::known(cx, &key))?;
    if let Some((became, post)) = before {
        return Ok(Taken { became, post });
    }
    let proven = app.store.read(&Viewer::system("mail"), |cx| {
        arrivals::is_proven(cx, token.account, token.aim, &token.proof)
    })?;
    if !proven {
        return note(app, &key, Became::Unknown, None);
    }
    if arrived.automatic.is_some() {
        return note(app, &key, Became::Automatic, Some(token.account));
    }
    let is_theirs = match arrived.from.as_slice() {
        [sender] => app.store.read(&Viewer::system("mail"), |cx| {
            arrivals::is_mail_of(cx, token.account, sender)
        })?,
        _ => false,
    };
    if !is_theirs {
        return tell(
            app,
            &key,
            Became::OtherSender,
            token.account,
            "arrival-other-sender",
            "",
        );
    }
    let authority = &app.config.incoming.authority;
    if !authority.is_empty() && !letter::is_proven(&arrived, authority) {
        return tell(app, &key, Became::Unproven, token.account, "arrival-unproven", "");
    }
    match attempt(app, &key, &token, &arrived) {
        Ok(post) => Ok(Taken {
            became: Became::Posted,
            post: Some(post),
        }),
        Err(refusal @ (Refusal::Away(_) | Refusal::Broken(_) | Refusal::Conflict)) => Err(refusal),
        Err(refusal) => refuse(app, &key, &token, &arrived, &refusal),
    }
}

fn note(app: &App, key: &str, became: Became, account: Option<AccountId>) -> Result<Taken> {
    app.store.write(&Viewer::system("mail"), Source::Mail, |tx| {
        arrivals::note(tx, key, became, account, None)?;
        Ok(())
    })?;
    Ok(Taken { became, post: None })
}

/// Tells whom the address belongs to, at the address that we know: whoever sent this may be anybody.
fn tell(app: &App, key: &str, became: Became, who: AccountId, why: &str, words: &str) -> Result<Taken> {
    let link = format!("{}/settings/letters", app.site.text);
    app.store.write(&Viewer::system("mail"), Source::Mail, |tx| {
        let language = arrivals::language_of(tx, who)?;
        let locales = Locales::get();
        let lang = locales.find(&language).unwrap_or_else(|| locales.first());
        arrivals::note(tx, key, became, Some(who), None)?;
        arrivals::tell(tx, who, key, &locales.word(lang, why), words, &link)
    })?;
    Ok(Taken { became, post: None })
}

/// Does what the letter asks for, as its sender.
fn attempt(app: &App, key: &str, token: &Token, arrived: &Arrived) -> Result<PostId> {
    let viewer = people::viewer_of(&app.store, token.account)?;
    let limits = &app.config.limits;
    // Pictures are made anew before anything waits for it, and only for somebody who may write there.
    app.store.read(&viewer, |cx| {
        let space = match token.aim {
            Aim::Reply(post) => posts::find(cx, post)?.space.id,
            Aim::Start(board) => boards::find(cx, board)?.space.id,
        };
        spaces::find(cx, space)?.may::<deed::Reply>().map(|_| ())
    })?;
    let brought: Vec<Brought> = arrived
        .files
        .iter()
        .map(|(name, bytes)| files::look(name, bytes.clone(), limits))
        .collect::<Result<_>>()?;
    let laid: Vec<Laid<'_>> = brought.iter().map(|one| one.lay(&app.files)).collect::<Result<_>>()?;
    app.store.write(&viewer, Source::Mail, |tx| {
        let said = &arrived.text.said;
        let post = match token.aim {
            Aim::Reply(to) => {
                let to = posts::take(tx, to)?.may::<deed::Reply>()?;
                let body = with_files(tx, app, to.space.id, said, &laid)?;
                let sent = posts::Sent {
                    body,
                    key: String::new(),
                    accepts: 0,
                };
                posts::reply(tx, to, &sent, limits)?
            }
            Aim::Start(board) => {
                let board = boards::find(tx, board)?;
                let body = with_files(tx, app, board.space.id, said, &laid)?;
                let new = topics::New {
                    kind: kind_of(&board.board.kinds(), &arrived.subject),
                    title: bare_subject(&arrived.subject).to_owned(),
                    tags: Vec::new(),
                    body,
                    key: String::new(),
                    accepts: 0,
                };
                topics::start(tx, board, &new, limits)?.1
            }
        };
        posts::keep_trimmed(tx, post, &arrived.text.rest)?;
        if !arrivals::note(tx, key, Became::Posted, Some(token.account), Some(post))? {
            // It came twice at the same moment: the other one stands.
            return Err(Refusal::Conflict);
        }
        Ok(post)
    })
}

/// What somebody wrote, with what shows the files that they attached below it.
fn with_files(tx: &mut Tx<'_>, app: &App, space: SpaceId, said: &str, laid: &[Laid<'_>]) -> Result<String> {
    let mut body = said.to_owned();
    if laid.is_empty() {
        return Ok(body);
    }
    let may = spaces::find(tx, space)?.may::<deed::Reply>()?;
    for one in laid {
        let file = files::bring(tx, &may, &app.files, one, &app.config.limits)?;
        body.push_str("\n\n");
        body.push_str(&file.markdown(""));
    }
    Ok(body.trim().to_owned())
}

/// A subject without what mail programs put before it.
fn bare_subject(subject: &str) -> &str {
    let mut bare = subject.trim();
    while let Some(rest) = ["re:", "fwd:", "fw:", "aw:", "antw:", "betreft:", "doorst:"]
        .iter()
        .find_map(|mark| {
            bare.get(..mark.len())
                .filter(|start| start.eq_ignore_ascii_case(mark))
                .map(|_| &bare[mark.len()..])
        })
    {
        bare = rest.trim_start();
    }
    bare
}

/// What kind of topic a subject begins, of those that a board has: who asks, asks.
fn kind_of(kinds: &[TopicKind], subject: &str) -> TopicKind {
    let asks = subject.trim_end().ends_with('?') && kinds.contains(&TopicKind::Question);
    if asks {
        return TopicKind::Question;
    }
    [TopicKind::Discussion]
        .into_iter()
        .chain(kinds.iter().copied().filter(|kind| *kind != TopicKind::Announcement))
        .find(|kind| kinds.contains(kind))
        .unwrap_or(TopicKind::Discussion)
}

/// Tells the sender why nothing was posted, and gives back what they wrote.
fn refuse(app: &App, key: &str, token: &Token, arrived: &Arrived, refusal: &Refusal) -> Result<Taken> {
    let link = match token.aim {
        Aim::Reply(post) => format!("{}{}", app.site.text, crate::url::post(post)),
        Aim::Start(board) => format!("{}/boards/{board}/topics/new", app.site.text),
    };
    let bare = app.config.mail.contents == "none";
    let words = if bare { "" } else { arrived.text.said.as_str() };
    let system = Viewer::system("mail");
    // First the words, then the word that they were refused: who is told nothing by letter finds them in the forum.
    let silent = app
        .store
        .read(&system, |cx| arrivals::is_told_enough(cx, token.account))?;
    if bare || silent {
        keep_as_draft(app, token, arrived)?;
    }
    app.store.write(&system, Source::Mail, |tx| {
        let language = arrivals::language_of(tx, token.account)?;
        let why = sentence(&language, refusal);
        arrivals::note(tx, key, Became::Refused, Some(token.account), None)?;
        arrivals::tell(tx, token.account, key, &why, words, &link)
    })?;
    Ok(Taken {
        became: Became::Refused,
        post: None,
    })
}

/// Where mail says nothing of what is written, what was not posted waits in the forum, below what was begun there.
fn keep_as_draft(app: &App, token: &Token, arrived: &Arrived) -> Result<()> {
    let viewer = match people::viewer_of(&app.store, token.account) {
        Ok(viewer) => viewer,
        // Who may not enter has no place for a draft.
        Err(Refusal::NotFound) => return Ok(()),
        Err(other) => return Err(other),
    };
    let said = &arrived.text.said;
    let limits = &app.config.limits;
    let kept = app.store.write(&viewer, Source::Mail, |tx| {
        let to = match token.aim {
            Aim::Reply(to) => to,
            Aim::Start(board) => {
                let board = boards::find(tx, board)?;
                let draft = match drafts::of_topic(tx, board.board.id)? {
                    Some(begun) => drafts::Draft {
                        body: format!("{}\n\n{said}", begun.body),
                        ..begun
                    },
                    None => drafts::Draft {
                        kind: kind_of(&board.board.kinds(), &arrived.subject).word().to_owned(),
                        title: bare_subject(&arrived.subject).to_owned(),
                        tags: String::new(),
                        body: said.clone(),
                    },
                };
                return drafts::keep_topic(tx, &board, &draft, "", limits);
            }
        };
        let post = posts::find(tx, to)?;
        let body = match drafts::of_reply(tx, to)? {
            Some(begun) => format!("{begun}\n\n{said}"),
            None => said.clone(),
        };
        drafts::keep_reply(tx, &post, &body, "", limits)
    });
    match kept {
        // What is too long for a draft, or for a place that is gone, was told with its reason.
        Ok(()) | Err(Refusal::NotFound | Refusal::Invalid(_)) => Ok(()),
        Err(other) => Err(other),
    }
}

/// Why not, in somebody's language.
fn sentence(language: &str, refusal: &Refusal) -> String {
    let locales = Locales::get();
    let lang = locales.find(language).unwrap_or_else(|| locales.first());
    match refusal {
        Refusal::Invalid(problems) => problems
            .0
            .iter()
            .map(|(_, message)| locales.say(lang, message))
            .collect::<Vec<_>>()
            .join(" "),
        Refusal::Denied(reason) => locales.word(lang, reason.key()),
        Refusal::TooSoon(_) => locales.word(lang, "arrival-too-soon"),
        _ => locales.word(lang, "arrival-gone"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_a_title_without_its_marks() {
        assert_eq!(bare_subject("Re: RE: Fwd: Pumps"), "Pumps");
        assert_eq!(bare_subject("Antw: é"), "é");
        assert_eq!(bare_subject("Regards"), "Regards");
    }

    #[test]
    fn who_asks_asks() {
        use TopicKind::{Announcement, Discussion, Question};
        assert_eq!(kind_of(&[Discussion, Question], "Which valve?"), Question);
        assert_eq!(kind_of(&[Discussion, Question], "Valves"), Discussion);
        assert_eq!(kind_of(&[Announcement, Question], "Valves"), Question);
        assert_eq!(kind_of(&[Announcement], "Valves"), Discussion);
    }
}
