//! What letters I want, what was sent to me, and stopping them by the link that stands in each.

use serde::Serialize;

use super::ask::{Answer, Ask};
use super::error::or_again;
use super::form::{Choice, Form};
use super::reply::Reply;
use crate::access::Viewer;
use crate::event::Source;
use crate::forum::letters;
use crate::forum::letters::arrivals::{self, Aim};
use crate::forum::letters::wishes::{self, About, How, Rhythm, Stops};
use crate::i18n::When;
use crate::ids::BoardId;
use crate::refusal::{Problems, Refusal, Result};

#[derive(Serialize)]
struct Wish {
    name: String,
    label: String,
    choices: Vec<Choice>,
}

#[derive(Serialize)]
struct Line {
    kind: String,
    subject: String,
    at: When,
    state: String,
}

fn choices(ask: &Ask, prefix: &str, words: &[&str], chosen: &str) -> Vec<Choice> {
    super::form::choices(ask.lang, prefix, words, &[chosen])
}

/// A letter of its own, or none.
const YES_OR_NO: [&str; 2] = ["none", "once"];

/// Whether there are such letters for whoever asks.
fn is_for(ask: &Ask, about: About) -> bool {
    about != About::Today || ask.viewer().person().is_some_and(crate::forum::today::is_for)
}

fn field(about: About) -> String {
    format!("about.{}", about.word())
}

pub fn settings(ask: &Ask) -> Answer {
    page(ask, None)
}

fn page(ask: &Ask, problems: Option<&Problems>) -> Answer {
    let (mine, sent) = ask.read(|cx| Ok((wishes::mine(cx)?, letters::sent_to_me(cx)?)))?;
    let hows: Vec<&str> = How::ALL.iter().map(|how| how.word()).collect();
    let rhythms: Vec<&str> = Rhythm::ALL.iter().map(|rhythm| rhythm.word()).collect();
    let again = problems.is_some();
    let typed = |name: &str, kept: &str| {
        if again {
            ask.sent.text(name).to_owned()
        } else {
            kept.to_owned()
        }
    };
    let wishes: Vec<Wish> = mine
        .wishes
        .iter()
        .filter(|(about, _)| is_for(ask, *about))
        .map(|(about, how)| Wish {
            label: ask.t(&format!("letters-about-{}", about.word())),
            choices: choices(
                ask,
                "letters-how",
                if *about == About::Today { &YES_OR_NO } else { &hows },
                &typed(&field(*about), how.word()),
            ),
            name: field(*about),
        })
        .collect();
    let hour = typed("hour", &mine.hour.to_string());
    let lines: Vec<Line> = sent
        .into_iter()
        .map(|letter| Line {
            kind: ask.t(&format!("letter-{}-kind", letter.kind)),
            subject: letter.subject,
            at: ask.when(letter.created_at),
            state: ask.t(if letter.sent_at.is_some() {
                "letter-state-sent"
            } else if letter.failed_at.is_some() {
                "letter-state-failed"
            } else {
                "letter-state-waiting"
            }),
        })
        .collect();
    let form = match problems {
        Some(problems) => ask.kept(&[], problems),
        None => Form::new(&[]),
    };
    let page = serde_json::json!({
        "wishes": wishes,
        "rhythms": choices(ask, "letters-rhythm", &rhythms, &typed("rhythm", mine.rhythm.word())),
        "hours": (0..24).map(|at| Choice {
            value: at.to_string(),
            label: format!("{at}:00"),
            chosen: at.to_string() == hour,
        }).collect::<Vec<_>>(),
        "lines": lines,
        "form": form,
        "by_mail": by_mail(ask)?,
    });
    let title = ask.t("letters-title");
    if again {
        ask.again("settings/letters.html", &title, &page)
    } else {
        ask.page("settings/letters.html", &title, &page)
    }
}

/// Whether I can write by mail here: not at all, when I ask for addresses, or already.
fn by_mail(ask: &Ask) -> Result<&'static str> {
    if ask.app().mail.ours().is_none() {
        return Ok("");
    }
    // Which board is asked about makes no difference.
    let known = ask.read(|cx| arrivals::my_token(cx, Aim::Start(BoardId(0))))?;
    Ok(if known.is_some() { "known" } else { "none" })
}

/// New addresses for what I do by mail; the old ones are void.
pub fn renew_addresses(ask: &Ask) -> Answer {
    if ask.app().mail.ours().is_none() {
        return Err(Refusal::NotFound);
    }
    ask.write(arrivals::renew)?;
    Ok(Reply::see_other("/settings/letters").saying("done-addresses"))
}

pub fn change(ask: &Ask) -> Answer {
    let sent = &ask.sent;
    let outcome = (|| -> Result<()> {
        let wrong = |field| Problems::one(field, "problem-choose");
        let mut wanted = Vec::new();
        for about in About::ALL.iter().filter(|about| is_for(ask, **about)) {
            let how = How::from_word(sent.text(&field(*about)))
                .filter(|how| *about != About::Today || *how != How::Digest)
                .ok_or_else(|| wrong("wishes"))?;
            wanted.push((*about, how));
        }
        let rhythm = Rhythm::from_word(sent.text("rhythm")).ok_or_else(|| wrong("rhythm"))?;
        let hour = sent.number("hour").ok_or_else(|| wrong("hour"))?;
        ask.write(|tx| wishes::change(tx, &wanted, rhythm, hour))
    })();
    match or_again(outcome, |problems| page(ask, Some(problems))) {
        Ok(()) => Ok(Reply::see_other("/settings/letters").saying("done-saved")),
        Err(answer) => answer,
    }
}

fn stops(ask: &Ask) -> Result<Stops> {
    Stops::from_word(ask.param("what")).ok_or(Refusal::NotFound)
}

fn stop_label(ask: &Ask, what: Stops) -> String {
    match what {
        Stops::Digest => ask.t("letters-digest"),
        Stops::Kind(about) => ask.t(&format!("letters-about-{}", about.word())),
    }
}

/// Opening the link stops nothing: mail scanners open links.
pub fn stop_form(ask: &Ask) -> Answer {
    let what = stops(ask)?;
    ask.app().store.read(&Viewer::system("letters"), |cx| {
        wishes::check_stop(cx, ask.param("key"))
    })?;
    let page = serde_json::json!({ "action": ask.path, "what": stop_label(ask, what), "done": false });
    Ok(ask
        .page("settings/stop.html", &ask.t("letters-stop-title"), &page)?
        .without_referrer())
}

/// Stops them: by the button, or by a mail program that was told how (RFC 8058). The key in the address is
/// the whole proof, and can do nothing else.
pub fn stop(ask: &Ask) -> Answer {
    let what = stops(ask)?;
    ask.app().store.write(&Viewer::system("letters"), Source::Mail, |tx| {
        wishes::stop(tx, ask.param("key"), what)
    })?;
    let page = serde_json::json!({ "action": ask.path, "what": stop_label(ask, what), "done": true });
    Ok(ask
        .page("settings/stop.html", &ask.t("letters-stop-title"), &page)?
        .without_referrer())
}
