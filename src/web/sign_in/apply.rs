//! Asking for an account on a public space.

use serde::Serialize;

use super::as_door;
use crate::forum::people::apply::{self, Application};
use crate::forum::spaces::{self, Space};
use crate::ids::SpaceId;
use crate::refusal::{Problems, Refusal};
use crate::url;
use crate::web::ask::{Answer, Ask};
use crate::web::error::or_again;
use crate::web::form::{Choice, Form};
use crate::web::reply::Reply;

const FIELDS: [&str; 8] = [
    "display_name",
    "name",
    "mail",
    "password",
    "language",
    "time_zone",
    "organisation",
    "words",
];

#[derive(Serialize)]
struct Page {
    form: Form,
    id: i64,
    space: String,
    space_url: String,
    guidelines: String,
    languages: Vec<Choice>,
}

/// The space, as far as a visitor reads it and it admits visitors.
fn find(ask: &Ask) -> Result<Space, Refusal> {
    let id: SpaceId = ask.id("space")?;
    let space = ask.read(|cx| spaces::find(cx, id))?;
    if apply::admits(&space, &ask.settings) {
        Ok(space)
    } else {
        Err(Refusal::NotFound)
    }
}

fn page(space: &Space, form: Form) -> Page {
    Page {
        id: space.id.0,
        space: space.name.clone(),
        space_url: url::space(space.id, &space.name),
        guidelines: space.guidelines_html.clone(),
        languages: crate::web::set_up::languages(form.value("language")),
        form,
    }
}

pub fn form(ask: &Ask) -> Answer {
    let space = find(ask)?;
    if ask.viewer().person().is_some() {
        return Ok(Reply::see_other(url::space(space.id, &space.name)));
    }
    let form = Form::new(&[
        ("display_name", ""),
        ("name", ""),
        ("mail", ""),
        ("password", ""),
        ("language", ask.tag()),
        ("time_zone", &ask.settings.time_zone),
        ("organisation", ""),
        ("words", ""),
    ]);
    ask.page("join/apply.html", &ask.t("apply-title"), &page(&space, form))
}

pub fn create(ask: &Ask) -> Answer {
    let space = find(ask)?;
    let sent = &ask.sent;
    let wanted = Application {
        join: super::join::sent(ask),
        organisation: sent.text("organisation").to_owned(),
        words: sent.text("words").replace("\r\n", "\n"),
    };
    let app = ask.app();
    ask.shared
        .limits
        .take(&format!("join from {}", ask.from), 300, app.clock.now())?;
    let id = space.id;
    let outcome = wanted
        .check()
        .and_then(|()| app.hasher.hash(&wanted.join.password))
        .and_then(|hash| {
            as_door(ask, |tx| {
                let space = spaces::find(tx, id)?;
                apply::apply(tx, &space, &wanted, &hash, ask.site())
            })
        });
    let again = |problems: &Problems| {
        let page = page(&space, ask.kept(&FIELDS, problems));
        ask.again("join/apply.html", &ask.t("apply-title"), &page)
    };
    match or_again(outcome, again) {
        Ok(()) => ask.page(
            "join/sent.html",
            &ask.t("join-sent-title"),
            &serde_json::json!({ "mail": wanted.join.mail, "applied": true }),
        ),
        Err(answer) => answer,
    }
}
