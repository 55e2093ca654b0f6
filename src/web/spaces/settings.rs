//! The settings of a space.

use serde::Serialize;

use super::managed;
use crate::access::deed;
use crate::forum::boards;
use crate::forum::spaces::{self, Space};
use crate::forum::topics::Reminder;
use crate::ids::SpaceId;
use crate::kinds::{Joining, Visibility};
use crate::refusal::{Problems, Refusal};
use crate::url;
use crate::web::ask::{Answer, Ask};
use crate::web::error::or_again;
use crate::web::form::{Choice, Form, choices};
use crate::web::reply::Reply;

const FIELDS: [&str; 10] = [
    "name",
    "visibility",
    "joining",
    "concept_for",
    "concept_about",
    "concept_gain",
    "guidelines",
    "names_actors",
    "review_hours",
    "admits_visitors",
];

#[derive(Serialize)]
struct Settings {
    id: i64,
    space: String,
    space_url: String,
    form: Form,
    visibilities: Vec<Choice>,
    joinings: Vec<Choice>,
    reminders: Vec<Choice>,
    archived: bool,
    boards: Vec<BoardSettingsLine>,
}

#[derive(Serialize)]
struct BoardSettingsLine {
    id: i64,
    name: String,
    archived: bool,
}

fn settings_page(ask: &Ask, space: &Space, form: Form, reminders: &[&str]) -> Result<Settings, Refusal> {
    let boards = ask.read(|cx| boards::of_spaces(cx, &[space.id], true))?;
    Ok(Settings {
        id: space.id.0,
        space: space.name.clone(),
        space_url: url::space(space.id, &space.name),
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
        reminders: choices(
            ask.lang,
            "reminder",
            &Reminder::ALL.iter().map(|reminder| reminder.word()).collect::<Vec<_>>(),
            reminders,
        ),
        form,
        archived: space.archived_at.is_some(),
        boards: boards
            .into_iter()
            .map(|board| BoardSettingsLine {
                id: board.id.0,
                archived: board.archived_at.is_some(),
                name: board.name,
            })
            .collect(),
    })
}

fn find_managed(ask: &Ask) -> Result<Space, Refusal> {
    let id: SpaceId = ask.id("space")?;
    let space = ask.read(|cx| spaces::find(cx, id))?;
    space.clone().may::<deed::Manage>()?;
    Ok(space)
}

pub fn settings(ask: &Ask) -> Answer {
    let space = find_managed(ask)?;
    let form = Form::new(&[
        ("name", &space.name),
        ("visibility", space.visibility.word()),
        ("joining", space.joining.word()),
        ("concept_for", &space.concept_for),
        ("concept_about", &space.concept_about),
        ("concept_gain", &space.concept_gain),
        ("guidelines", &space.guidelines),
        ("names_actors", if space.names_actors { "yes" } else { "" }),
        ("review_hours", &space.review_hours.to_string()),
        ("admits_visitors", if space.admits_visitors { "yes" } else { "" }),
    ]);
    let reminders: Vec<&str> = space.reminders.split(' ').collect();
    let page = settings_page(ask, &space, form, &reminders)?;
    ask.page("spaces/settings.html", &ask.t("space-settings-title"), &page)
}

pub fn change(ask: &Ask) -> Answer {
    let sent = &ask.sent;
    let outcome = managed(ask, |tx, space| {
        spaces::change(
            tx,
            space,
            &spaces::Change {
                name: sent.text("name").to_owned(),
                visibility: Visibility::from_word(sent.text("visibility")).ok_or(Refusal::NotFound)?,
                joining: Joining::from_word(sent.text("joining")).ok_or(Refusal::NotFound)?,
                concept_for: sent.text("concept_for").to_owned(),
                concept_about: sent.text("concept_about").to_owned(),
                concept_gain: sent.text("concept_gain").to_owned(),
                guidelines: sent.text("guidelines").replace("\r\n", "\n"),
                names_actors: sent.text("names_actors") == "yes",
                review_hours: sent.number("review_hours").unwrap_or(0),
                reminders: Reminder::ALL
                    .iter()
                    .copied()
                    .filter(|reminder| sent.all("reminder").contains(&reminder.word()))
                    .collect(),
                admits_visitors: sent.text("admits_visitors") == "yes",
            },
        )
    });
    let again = |problems: &Problems| {
        let space = find_managed(ask)?;
        let page = settings_page(ask, &space, ask.kept(&FIELDS, problems), &sent.all("reminder"))?;
        ask.again("spaces/settings.html", &ask.t("space-settings-title"), &page)
    };
    match or_again(outcome, again) {
        Ok(()) => {
            let id: SpaceId = ask.id("space")?;
            Ok(Reply::see_other(format!("/spaces/{id}/settings")).saying("done-saved"))
        }
        Err(answer) => answer,
    }
}

pub fn archive(ask: &Ask) -> Answer {
    managed(ask, spaces::archive)?;
    let id: SpaceId = ask.id("space")?;
    Ok(Reply::see_other(format!("/spaces/{id}/settings")).saying("done-saved"))
}

pub fn restore(ask: &Ask) -> Answer {
    managed(ask, spaces::restore)?;
    let id: SpaceId = ask.id("space")?;
    Ok(Reply::see_other(format!("/spaces/{id}/settings")).saying("done-saved"))
}
