//! A new password for somebody who forgot the old one.

use serde::Serialize;

use super::as_door;
use crate::access::Viewer;
use crate::forum::people::{self, Purpose};
use crate::refusal::Problems;
use crate::web::ask::{Answer, Ask};
use crate::web::error::or_again;
use crate::web::form::Form;
use crate::web::reply::Reply;

#[derive(Serialize)]
struct Page {
    form: Form,
    action: String,
}

pub fn ask(ask: &Ask) -> Answer {
    let page = Page {
        form: Form::new(&[("mail", "")]),
        action: "/reset".to_owned(),
    };
    ask.page("reset/ask.html", &ask.t("reset-title"), &page)
}

/// Answers the same, whether or not there is such an account.
pub fn send(ask: &Ask) -> Answer {
    ask.shared
        .limits
        .take(&format!("reset from {}", ask.from), 60, ask.app().clock.now())?;
    as_door(ask, |tx| {
        people::request_reset(tx, ask.sent.text("mail"), &ask.app().config, ask.site())
    })?;
    ask.page(
        "reset/sent.html",
        &ask.t("reset-title"),
        &serde_json::json!({ "mail": ask.sent.text("mail") }),
    )
}

pub fn form(ask: &Ask) -> Answer {
    ask.app().store.read(&Viewer::system("reset"), |cx| {
        people::peek_ticket(cx, Purpose::Reset, ask.param("token"))
    })?;
    let page = Page {
        form: Form::new(&[("password", "")]),
        action: ask.path.clone(),
    };
    Ok(ask
        .page("reset/choose.html", &ask.t("reset-title"), &page)?
        .without_referrer())
}

pub fn create(ask: &Ask) -> Answer {
    let password = ask.sent.text("password");
    let again = |problems: &Problems| {
        let page = Page {
            form: ask.kept(&["password"], problems),
            action: ask.path.clone(),
        };
        ask.again("reset/choose.html", &ask.t("reset-title"), &page)
    };
    let checked = match people::password::problem(password, &[]) {
        Some(problem) => Err(Problems::one("password", problem)),
        None => Ok(()),
    };
    let outcome = checked.and_then(|()| ask.app().hasher.hash(password)).and_then(|hash| {
        as_door(ask, |tx| {
            people::reset_password(tx, ask.param("token"), password, &hash, ask.site())
        })
    });
    match or_again(outcome, again) {
        Ok(_) => Ok(Reply::see_other("/sign-in").saying("done-password")),
        Err(answer) => answer,
    }
}
