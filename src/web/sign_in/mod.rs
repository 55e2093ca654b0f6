//! Signing in and out, and coming back to where one was, with what one had typed.

pub mod appeal;
pub mod apply;
pub mod confirm;
pub mod join;
pub mod reset;

use serde::Serialize;

use super::ask::{Answer, Ask};
use super::error::or_again;
use super::form::Form;
use super::reply::Reply;
use crate::access::Viewer;
use crate::event::Source;
use crate::forum::people::{self, Attempt, Token};
use crate::i18n::Locales;
use crate::refusal::Problems;
use crate::url;

#[derive(Serialize)]
struct SignIn {
    form: Form,
    next: String,
    /// What was typed on a page whose session had ended: carried through the sign-in.
    carried: Vec<Carried>,
    carried_to: String,
    can_join: bool,
}

/// The address of the page to sign in on, which leads back to where one was.
pub fn address(path: &str, query: &str) -> String {
    let mut back = path.to_owned();
    if !query.is_empty() {
        back.push('?');
        back.push_str(query);
    }
    if back == "/" || !url::is_local(&back) || back.starts_with("/sign-in") {
        return "/sign-in".to_owned();
    }
    let next = serde_html_form::to_string([("next", back)]).unwrap_or_default();
    format!("/sign-in?{next}")
}

/// What a visitor gets instead of a page that is not theirs: the same whether or not it exists. A
/// deed keeps what was typed.
pub fn ask_to(ask: &Ask) -> Answer {
    if ask.sent.pairs.is_empty() {
        let query = serde_html_form::to_string(&ask.query).unwrap_or_default();
        return Ok(Reply::see_other(address(&ask.path, &query)));
    }
    resume(ask)
}

/// Fields that travel through a sign-in, and how long a name of theirs is at most.
const MOST_CARRIED: usize = 100;
const LONGEST_NAME: usize = 60;

/// Stands before the name of a field that travels, so that it is not taken for one of the sign-in's own.
const MARK: &str = "carried.";

/// A field of a form that was sent when the session had ended.
#[derive(Serialize)]
struct Carried {
    name: String,
    value: String,
}

/// What was sent, to be sent again: all of it, because a form without one of its fields says something
/// else. Only secrets stay behind.
fn sent_now(ask: &Ask) -> Vec<Carried> {
    carry(ask.sent.pairs.iter().map(|(name, value)| (name.as_str(), value)))
}

/// What travelled on the form to sign in with.
fn sent_before(ask: &Ask) -> Vec<Carried> {
    let marked = ask.sent.pairs.iter();
    carry(marked.filter_map(|(name, value)| Some((name.strip_prefix(MARK)?, value))))
}

fn carry<'a>(fields: impl Iterator<Item = (&'a str, &'a String)>) -> Vec<Carried> {
    fields
        .filter(|(name, _)| *name != "token" && !name.contains("password") && name.len() <= LONGEST_NAME)
        .take(MOST_CARRIED)
        .map(|(name, value)| Carried {
            name: name.to_owned(),
            value: value.clone(),
        })
        .collect()
}

/// The page to sign in on when a session ended while somebody was writing.
pub fn resume(ask: &Ask) -> Answer {
    let page = SignIn {
        form: Form::new(&[("who", ""), ("password", "")]),
        next: String::new(),
        carried: sent_now(ask),
        carried_to: ask.path.clone(),
        can_join: false,
    };
    Ok(ask
        .page("sign_in/form.html", &ask.t("sign-in-title"), &page)?
        .with_status(actix_web::http::StatusCode::UNAUTHORIZED))
}

pub fn form(ask: &Ask) -> Answer {
    if ask.viewer().person().is_some() {
        return Ok(Reply::see_other("/"));
    }
    let next = ask.ask_for("next");
    let page = SignIn {
        form: Form::new(&[("who", ""), ("password", "")]),
        next: if url::is_local(next) {
            next.to_owned()
        } else {
            String::new()
        },
        carried: Vec::new(),
        carried_to: String::new(),
        can_join: ask.settings.entrance == "domains",
    };
    ask.page("sign_in/form.html", &ask.t("sign-in-title"), &page)
}

/// A reply that also carries the new session.
pub fn signed_in(ask: &Ask, reply: Reply, token: &Token) -> Reply {
    let days = ask.app().config.accounts.session_days;
    reply
        .cookie("sid", token.0.clone(), Some(days * 86_400))
        .cookie("visit", "", Some(0))
}

#[derive(Serialize)]
struct Resumed {
    /// What it is about, to be looked at before it is sent.
    back: String,
    carried: Vec<Carried>,
    carried_to: String,
}

pub fn create(ask: &Ask) -> Answer {
    let app = ask.app();
    let sent = &ask.sent;
    let carried_to = sent.text("carried_to").to_owned();
    let carried_to = if url::is_local(&carried_to) {
        carried_to
    } else {
        String::new()
    };
    let outcome = people::sign_in(
        &app.store,
        &app.hasher,
        &app.config,
        &Attempt {
            who: sent.text("who"),
            password: sent.text("password"),
            from: &ask.from,
            agent: &ask.agent,
        },
    );
    let again = |problems: &Problems| {
        let page = SignIn {
            form: ask.kept(&["who", "password"], problems),
            next: if url::is_local(sent.text("next")) {
                sent.text("next").to_owned()
            } else {
                String::new()
            },
            carried: sent_before(ask),
            carried_to: carried_to.clone(),
            can_join: ask.settings.entrance == "domains",
        };
        ask.again("sign_in/form.html", &ask.t("sign-in-title"), &page)
    };
    let (account, token) = match or_again(outcome, again) {
        Ok(done) => done,
        Err(answer) => return answer,
    };
    if !carried_to.is_empty() {
        // Not sent by itself: it is shown once more, and the person presses the button. The page's
        // forms belong to the new session, so it is made as the new person.
        let token_text = token.0.clone();
        let page = Resumed {
            back: String::new(),
            carried: sent_before(ask),
            carried_to,
        };
        let back = super::error::place_of(&page.carried_to);
        let page = Resumed { back, ..page };
        let mut chrome = super::chrome::bare(ask, &ask.t("resume-title"));
        let viewer = people::viewer_of(&app.store, account)?;
        chrome.welcome(&viewer);
        chrome.token = ask.form_token(Some(&token_text));
        chrome.fresh_visit = None;
        let reply = ask.page_with("sign_in/resume.html", &page, &chrome)?;
        return Ok(signed_in(ask, reply, &token));
    }
    let next = sent.text("next");
    let next = if url::is_local(next) { next } else { "/" };
    Ok(signed_in(ask, Reply::see_other(next), &token))
}

pub fn destroy(ask: &Ask) -> Answer {
    if let Some(session) = ask.visitor.session {
        ask.write(|tx| people::end_session(tx, session))?;
    }
    Ok(Reply::see_other("/sign-in")
        .saying("done-signed-out")
        .cookie("sid", "", Some(0)))
}

/// A visitor chooses a language; a person has theirs in the profile.
pub fn language(ask: &Ask) -> Answer {
    let tag = ask.sent.text("language");
    let back = ask.sent.text("back");
    let back = if url::is_local(back) { back } else { "/" };
    let reply = Reply::see_other(back);
    Ok(match Locales::get().find(tag) {
        Some(lang) => reply.cookie("lang", Locales::get().tag(lang), Some(365 * 86_400)),
        None => reply,
    })
}

/// Work that the forum does for somebody who is not signed in yet.
fn as_door<T>(
    ask: &Ask,
    work: impl FnOnce(&mut crate::access::Tx<'_>) -> crate::refusal::Result<T>,
) -> crate::refusal::Result<T> {
    ask.app().store.write(&Viewer::system("door"), Source::Page, work)
}
