//! Entering a space from outside, with a reason, and leaving before the time is over.

use serde::Serialize;

use crate::access::{Verb, deed};
use crate::forum::spaces::{self, Card, entry};
use crate::ids::SpaceId;
use crate::refusal::Problems;
use crate::url;
use crate::web::ask::{Answer, Ask};
use crate::web::error::or_again;
use crate::web::form::{Choice, Form};
use crate::web::reply::Reply;

/// What is known from outside: name, size and managers.
#[derive(Serialize)]
struct CardPage {
    id: i64,
    name: String,
    visibility_label: String,
    members: i64,
    guests: i64,
    managers: Vec<(String, String)>,
    can_enter: bool,
    minutes: Vec<Choice>,
    form: Form,
}

/// Minutes that are offered.
const OFFERED: [&str; 3] = ["15", "30", "60"];

pub(super) fn card(ask: &Ask, card: Card, can_enter: bool, form: Form) -> Answer {
    let page = card_page(ask, card, can_enter, form);
    let title = page.name.clone();
    ask.page("spaces/card.html", &title, &page)
}

fn card_page(ask: &Ask, card: Card, can_enter: bool, form: Form) -> CardPage {
    CardPage {
        id: card.id.0,
        visibility_label: ask.t(&format!("visibility-{}", card.visibility.word())),
        members: card.members,
        guests: card.guests,
        managers: super::people_links(card.managers),
        can_enter,
        minutes: OFFERED
            .iter()
            .map(|minutes| Choice {
                value: (*minutes).to_owned(),
                label: crate::i18n::Locales::get().with_values(
                    ask.lang,
                    "enter-for",
                    &[("minutes", minutes.parse::<i64>().unwrap_or(0).into())],
                ),
                chosen: form.value("minutes") == *minutes,
            })
            .collect(),
        form,
        name: card.name,
    }
}

pub(super) fn blank() -> Form {
    Form::new(&[("reason", ""), ("minutes", "15")])
}

pub fn enter(ask: &Ask) -> Answer {
    let id: SpaceId = ask.id("space")?;
    // Pressed twice, the second finds the door open.
    if let Some(inside) = ask.read(|cx| Ok(entry::my_entry(cx, id)?.is_some().then_some(id)))? {
        return Ok(Reply::see_other(format!("/spaces/{inside}")));
    }
    let outcome = ask.write(|tx| {
        let space = entry::find_to_enter(tx, id)?.may::<deed::Enter>()?;
        let name = space.name.clone();
        entry::enter(
            tx,
            &space,
            ask.sent.text("reason"),
            ask.sent.number("minutes").unwrap_or(0),
        )?;
        Ok(name)
    });
    let again = |problems: &Problems| {
        let (found, can_enter) = ask.read(|cx| {
            let can_enter = entry::find_to_enter(cx, id)?.can(Verb::Enter);
            Ok((spaces::find_card(cx, id)?, can_enter))
        })?;
        let page = card_page(ask, found, can_enter, ask.kept(&["reason", "minutes"], problems));
        let title = page.name.clone();
        ask.again("spaces/card.html", &title, &page)
    };
    match or_again(outcome, again) {
        Ok(name) => Ok(Reply::see_other(url::space(id, &name)).saying("done-entered")),
        Err(answer) => answer,
    }
}

pub fn leave_early(ask: &Ask) -> Answer {
    let id: SpaceId = ask.id("space")?;
    ask.write(|tx| entry::leave_early(tx, id))?;
    Ok(Reply::see_other("/").saying("done-left"))
}
