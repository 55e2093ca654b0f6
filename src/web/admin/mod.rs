//! The admins' pages. Here is the one about the forum itself; each of the others has a file of its own.

mod audit;
mod invitations;
mod letters;
mod people;
mod spaces;
mod staff;

pub use audit::{audit, export_audit};
pub use invitations::{end_invitation, invitations, invite};
pub use letters::{letters, send_letters_again, send_test_letter};
pub use people::{deactivate, give_role, issue_reset, people, person, reactivate};
pub use spaces::{create_space, new_space, spaces};
pub use staff::{create_department, import_staff, staff};

use serde::Serialize;

use super::ask::{Answer, Ask};
use super::error::or_again;
use super::form::{Choice, Form, choices};
use super::reply::Reply;
use crate::access::{deed, on_forum};
use crate::forum::settings::{self, ENTRANCES};
use crate::refusal::{Problems, Refusal};

const FIELDS: [&str; 8] = [
    "forum_name",
    "language",
    "entrance",
    "domains",
    "contact",
    "rules",
    "privacy",
    "previews",
];

#[derive(Serialize)]
struct Forum {
    form: Form,
    languages: Vec<Choice>,
    entrances: Vec<Choice>,
    time_zone: String,
    jobs_open: i64,
    jobs_stuck: i64,
}

fn forum_page(ask: &Ask, form: Form) -> Result<Forum, Refusal> {
    let (jobs_open, jobs_stuck) = crate::jobs::worker::count(&ask.app().store)?;
    Ok(Forum {
        languages: super::set_up::languages(form.value("language")),
        entrances: choices(ask.lang, "entrance", &ENTRANCES, &[form.value("entrance")]),
        time_zone: ask.settings.time_zone.clone(),
        form,
        jobs_open,
        jobs_stuck,
    })
}

pub fn show(ask: &Ask) -> Answer {
    let settings = &ask.settings;
    let form = Form::new(&[
        ("forum_name", &settings.forum_name),
        ("language", &settings.language),
        ("entrance", &settings.entrance),
        ("domains", &settings.domains),
        ("contact", &settings.contact),
        ("rules", &settings.rules),
        ("privacy", &settings.privacy),
        ("previews", if settings.previews { "on" } else { "" }),
    ]);
    let page = forum_page(ask, form)?;
    ask.page("admin/show.html", &ask.t("admin-title"), &page)
}

pub fn change(ask: &Ask) -> Answer {
    let sent = &ask.sent;
    let text = |name: &str| sent.text(name).to_owned();
    let outcome = ask.write(|tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        settings::change(
            tx,
            may,
            &settings::Change {
                forum_name: text("forum_name"),
                language: text("language"),
                entrance: text("entrance"),
                domains: text("domains"),
                contact: text("contact"),
                rules: text("rules"),
                privacy: text("privacy"),
                previews: sent.text("previews") == "on",
            },
        )
    });
    let again = |problems: &Problems| {
        let page = forum_page(ask, ask.kept(&FIELDS, problems))?;
        ask.again("admin/show.html", &ask.t("admin-title"), &page)
    };
    match or_again(outcome, again) {
        Ok(()) => Ok(Reply::see_other("/admin").saying("done-saved")),
        Err(answer) => answer,
    }
}
