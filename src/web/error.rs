//! Refusals as pages: what happened, what it means for this person, and a way on. Absent and hidden
//! are one page.

use actix_web::http::StatusCode;
use serde::Serialize;

use super::ask::{Answer, Ask};
use super::chrome;
use super::reply::{Body, Reply};
use crate::i18n::{Locales, Message};
use crate::refusal::{Reason, Refusal};

#[derive(Serialize)]
struct Refused {
    heading: String,
    explanation: String,
    request_id: String,
    /// What was typed and not taken, so that nobody types it twice.
    typed: String,
    sign_in: String,
    /// Where one was, as far as the address says it.
    back: String,
    /// Another link of the same kind.
    again: &'static str,
}

fn status(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::NotFound => StatusCode::NOT_FOUND,
        Refusal::Denied(_) => StatusCode::FORBIDDEN,
        Refusal::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Refusal::Conflict | Refusal::AlreadyPosted(_) => StatusCode::CONFLICT,
        Refusal::TooSoon(_) => StatusCode::TOO_MANY_REQUESTS,
        Refusal::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        Refusal::Away(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// Whether somebody came by a link with a secret in it, to do something with it.
fn is_link(ask: &Ask) -> bool {
    ask.written_down.contains("{token}") || ask.written_down.starts_with("/letters/stop/")
}

/// The page on which a deed was begun: what its address is about.
pub fn where_from(ask: &Ask) -> String {
    if ask.sent.pairs.is_empty() {
        return String::new();
    }
    place_of(&ask.path)
}

/// The page of the thing that the address of a deed is about; empty when it is about none.
pub fn place_of(path: &str) -> String {
    let mut parts = path.split('/').skip(1);
    match (parts.next(), parts.next(), parts.next()) {
        (Some(of @ ("posts" | "topics" | "boards" | "spaces" | "reviews")), Some(number), Some(_)) => {
            format!("/{of}/{number}")
        }
        _ => String::new(),
    }
}

/// The page for a refusal. It asks the database for nothing: that may be what is broken.
pub fn page(ask: &Ask, refusal: &Refusal) -> Reply {
    let locales = Locales::get();
    let say = |message: Message| locales.say(ask.lang, &message);
    let status = status(refusal);
    let name = match refusal {
        // Used, too old or never given: one answer for all, which gives nothing away.
        Refusal::NotFound if is_link(ask) => "link-over",
        Refusal::NotFound => "not-found",
        Refusal::Denied(_) => "denied",
        Refusal::Invalid(_) => "invalid",
        Refusal::Conflict | Refusal::AlreadyPosted(_) => "conflict",
        Refusal::TooSoon(_) => "too-soon",
        Refusal::Broken(_) => "broken",
        Refusal::Away(_) => "away",
    };
    let explanation = match refusal {
        Refusal::Denied(reason) => say(Message::of(reason.key())),
        Refusal::TooSoon(until) => {
            let wait = (until.seconds() - ask.app().clock.now().seconds()).max(1);
            say(Message::of("error-too-soon-text").with("seconds", wait))
        }
        Refusal::Invalid(problems) => problems
            .0
            .iter()
            .map(|(_, message)| locales.say(ask.lang, message))
            .collect::<Vec<_>>()
            .join(" "),
        _ => locales.word(ask.lang, &format!("error-{name}-text")),
    };
    match refusal {
        Refusal::Broken(what) => {
            tracing::error!(
                request = ask.request_id,
                path = ask.written_down,
                problem = what.0,
                "a request failed"
            );
        }
        Refusal::Away(what) => {
            tracing::error!(request = ask.request_id, path = ask.written_down, problem = %what, "the database is away");
        }
        _ => {}
    }
    let visitor = ask.viewer().person().is_none();
    let page = Refused {
        heading: locales.word(ask.lang, &format!("error-{name}-heading")),
        explanation,
        request_id: if matches!(refusal, Refusal::Broken(_)) {
            ask.request_id.clone()
        } else {
            String::new()
        },
        typed: ask.sent.text("body").to_owned(),
        back: match refusal {
            Refusal::NotFound => String::new(),
            _ => where_from(ask),
        },
        again: if name == "link-over" && ask.path.starts_with("/reset/") {
            "/reset"
        } else {
            ""
        },
        sign_in: if visitor || matches!(refusal, Refusal::Denied(Reason::SignInFirst)) {
            super::sign_in::address(&ask.path, "")
        } else {
            String::new()
        },
    };
    let chrome = chrome::bare(ask, &page.heading);
    let mut reply = match ask.page_with("errors/refused.html", &page, &chrome) {
        Ok(reply) => reply.with_status(status),
        Err(refusal) => {
            tracing::error!(request = ask.request_id, %refusal, "the page for a refusal failed");
            plain(status)
        }
    };
    if let Refusal::TooSoon(until) = refusal {
        reply.retry_after = Some((until.seconds() - ask.app().clock.now().seconds()).max(1));
    }
    if matches!(refusal, Refusal::Away(_)) {
        reply.retry_after = Some(5);
    }
    reply
}

/// When there is nobody to make a page for.
pub fn plain(status: StatusCode) -> Reply {
    Reply::new(
        status,
        Body::Text(
            "text/plain; charset=utf-8",
            format!("{} {}\n", status.as_u16(), status.canonical_reason().unwrap_or("")),
        ),
    )
}

/// Turns problems into the form again, and leaves every other refusal as it is.
pub fn or_again<T>(
    outcome: crate::refusal::Result<T>,
    again: impl FnOnce(&crate::refusal::Problems) -> Answer,
) -> Result<T, Answer> {
    match outcome {
        Ok(value) => Ok(value),
        Err(Refusal::Invalid(problems)) => Err(again(&problems)),
        Err(other) => Err(Err(other)),
    }
}
