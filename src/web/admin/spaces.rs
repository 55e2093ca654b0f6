//! All spaces, and making one.

use serde::Serialize;

use crate::access::{deed, on_forum};
use crate::forum::spaces as rooms;
use crate::kinds::{Joining, Visibility};
use crate::refusal::Problems;
use crate::url;
use crate::web::ask::{Answer, Ask};
use crate::web::error::or_again;
use crate::web::form::{Choice, Form, choices};
use crate::web::reply::Reply;

#[derive(Serialize)]
struct Card {
    url: String,
    name: String,
    visibility: String,
    archived: bool,
    members: i64,
    guests: i64,
    managers: String,
    readable: bool,
}

pub fn spaces(ask: &Ask) -> Answer {
    let (cards, readable) = ask.read(|cx| Ok((rooms::cards(cx)?, cx.readable_spaces())))?;
    let cards: Vec<Card> = cards
        .into_iter()
        .map(|card| Card {
            url: url::space(card.id, &card.name),
            visibility: ask.t(&format!("visibility-{}", card.visibility.word())),
            archived: card.archived,
            members: card.members,
            guests: card.guests,
            managers: card
                .managers
                .into_iter()
                .map(|(_, name)| name)
                .collect::<Vec<_>>()
                .join(", "),
            readable: readable.contains(&card.id),
            name: card.name,
        })
        .collect();
    ask.page(
        "admin/spaces.html",
        &ask.t("admin-spaces-title"),
        &serde_json::json!({ "spaces": cards }),
    )
}

const SPACE_FIELDS: [&str; 6] = [
    "name",
    "visibility",
    "joining",
    "concept_for",
    "concept_about",
    "concept_gain",
];

#[derive(Serialize)]
struct NewSpace {
    form: Form,
    visibilities: Vec<Choice>,
    joinings: Vec<Choice>,
}

fn new_space_page(ask: &Ask, form: Form) -> NewSpace {
    NewSpace {
        visibilities: choices(
            ask.lang,
            "visibility",
            &["internal", "private", "hybrid", "public"],
            &[form.value("visibility")],
        ),
        joinings: choices(
            ask.lang,
            "joining",
            &["open", "request", "invitation"],
            &[form.value("joining")],
        ),
        form,
    }
}

pub fn new_space(ask: &Ask) -> Answer {
    let form = Form::new(&[
        ("name", ""),
        ("visibility", "internal"),
        ("joining", "open"),
        ("concept_for", ""),
        ("concept_about", ""),
        ("concept_gain", ""),
    ]);
    ask.page("spaces/new.html", &ask.t("space-new-title"), &new_space_page(ask, form))
}

pub fn create_space(ask: &Ask) -> Answer {
    let sent = &ask.sent;
    let outcome = ask.write(|tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        rooms::create(
            tx,
            may,
            &rooms::New {
                name: sent.text("name").to_owned(),
                visibility: Visibility::from_word(sent.text("visibility")).unwrap_or(Visibility::Private),
                joining: Joining::from_word(sent.text("joining")).unwrap_or(Joining::Invitation),
                concept_for: sent.text("concept_for").to_owned(),
                concept_about: sent.text("concept_about").to_owned(),
                concept_gain: sent.text("concept_gain").to_owned(),
            },
        )
    });
    let again = |problems: &Problems| {
        ask.again(
            "spaces/new.html",
            &ask.t("space-new-title"),
            &new_space_page(ask, ask.kept(&SPACE_FIELDS, problems)),
        )
    };
    match or_again(outcome, again) {
        Ok(id) => Ok(Reply::see_other(format!("/spaces/{id}/boards/new")).saying("done-space-created")),
        Err(answer) => answer,
    }
}
