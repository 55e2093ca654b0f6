//! The first run: the forum's name, the admin, one audience and one theme. Nothing else is asked.

use serde::Serialize;

use super::ask::{Answer, Ask};
use super::error::or_again;
use super::form::{Choice, Form, choices};
use super::reply::Reply;
use crate::access::Viewer;
use crate::event::Source;
use crate::forum::people::{self, FirstRun, Join, Purpose};
use crate::forum::spaces;
use crate::i18n::Locales;
use crate::kinds::{Joining, Visibility};
use crate::refusal::{Problems, Refusal};

const FIELDS: [&str; 16] = [
    "forum_name",
    "language",
    "time_zone",
    "display_name",
    "name",
    "mail",
    "password",
    "space_name",
    "visibility",
    "concept_for",
    "concept_about",
    "concept_gain",
    "board_name",
    "board_description",
    "welcome_title",
    "welcome_body",
];

#[derive(Serialize)]
struct SetUp {
    form: Form,
    token_path: String,
    languages: Vec<Choice>,
    visibilities: Vec<Choice>,
}

/// The languages that the forum speaks, each in its own.
pub fn languages(chosen: &str) -> Vec<Choice> {
    let locales = Locales::get();
    locales
        .all()
        .map(|lang| Choice {
            value: locales.tag(lang).to_owned(),
            label: locales.word(lang, "language-itself"),
            chosen: locales.tag(lang) == chosen,
        })
        .collect()
}

fn page(ask: &Ask, form: Form) -> SetUp {
    SetUp {
        token_path: ask.path.clone(),
        languages: languages(form.value("language")),
        visibilities: choices(
            ask.lang,
            "visibility",
            &["internal", "private", "hybrid", "public"],
            &[form.value("visibility")],
        ),
        form,
    }
}

fn open(ask: &Ask) -> Result<(), Refusal> {
    ask.app().store.read(&Viewer::system("set-up"), |cx| {
        if people::is_set_up(cx)? {
            return Err(Refusal::NotFound);
        }
        people::peek_ticket(cx, Purpose::SetUp, ask.param("token"))
    })
}

pub fn form(ask: &Ask) -> Answer {
    open(ask)?;
    // The page can be read in another language before anything is chosen: it follows ?lang.
    let zone = jiff::tz::TimeZone::system();
    let zone = if ask.app().config.site.time_zone.is_empty() {
        zone.iana_name().unwrap_or("UTC").to_owned()
    } else {
        ask.app().config.site.time_zone.clone()
    };
    let (title, body) = (ask.t("set-up-welcome-title"), ask.t("set-up-welcome-body"));
    let board = ask.t("set-up-board-name");
    let form = Form::new(&[
        ("forum_name", ""),
        ("language", ask.tag()),
        ("time_zone", &zone),
        ("display_name", ""),
        ("name", ""),
        ("mail", ""),
        ("password", ""),
        ("space_name", ""),
        ("visibility", "internal"),
        ("concept_for", ""),
        ("concept_about", ""),
        ("concept_gain", ""),
        ("board_name", &board),
        ("board_description", ""),
        ("welcome_title", &title),
        ("welcome_body", &body),
    ]);
    Ok(ask
        .page("set_up/form.html", &ask.t("set-up-title"), &page(ask, form))?
        .without_referrer())
}

pub fn create(ask: &Ask) -> Answer {
    open(ask)?;
    let again = |problems: &Problems| {
        ask.again(
            "set_up/form.html",
            &ask.t("set-up-title"),
            &page(ask, ask.kept(&FIELDS, problems)),
        )
    };
    let sent = &ask.sent;
    let visibility = Visibility::from_word(sent.text("visibility")).unwrap_or(Visibility::Internal);
    let language = Locales::get()
        .find(sent.text("language"))
        .map_or("en", |lang| Locales::get().tag(lang));
    let zone = sent.text("time_zone");
    let run = FirstRun {
        forum_name: sent.text("forum_name").to_owned(),
        admin: Join {
            display_name: sent.text("display_name").to_owned(),
            name: sent.text("name").trim().to_lowercase(),
            mail: sent.text("mail").trim().to_owned(),
            password: sent.text("password").to_owned(),
            language: language.to_owned(),
            time_zone: if jiff::tz::TimeZone::get(zone).is_ok() {
                zone.to_owned()
            } else {
                "UTC".to_owned()
            },
        },
        space: spaces::New {
            name: sent.text("space_name").to_owned(),
            visibility,
            joining: if visibility == Visibility::Private {
                Joining::Invitation
            } else {
                Joining::Open
            },
            concept_for: sent.text("concept_for").to_owned(),
            concept_about: sent.text("concept_about").to_owned(),
            concept_gain: sent.text("concept_gain").to_owned(),
        },
        board_name: sent.text("board_name").to_owned(),
        board_description: sent.text("board_description").to_owned(),
        welcome_title: sent.text("welcome_title").to_owned(),
        welcome_body: sent.text("welcome_body").to_owned(),
    };
    let app = ask.app();
    let outcome = run
        .admin
        .check_before_hashing()
        .and_then(|()| app.hasher.hash(&run.admin.password))
        .and_then(|hash| {
            people::first_run(
                &app.store,
                Some(ask.param("token")),
                &run,
                &hash,
                &app.config.limits,
                app.clock.now(),
            )
        })
        .map_err(|refusal| match refusal {
            // The space's name is "space_name" on this form; the admin's is "name".
            Refusal::Invalid(mut problems) => {
                for (field, message) in &mut problems.0 {
                    if *field == "name" && message.key == "problem-space-name" {
                        *field = "space_name";
                    }
                }
                Refusal::Invalid(problems)
            }
            other => other,
        });
    let (admin, topic) = match or_again(outcome, again) {
        Ok(done) => done,
        Err(answer) => return answer,
    };
    let token = app.store.write(&Viewer::system("sign-in"), Source::System, |tx| {
        people::open_session(tx, admin, &ask.agent, &app.config.accounts)
    })?;
    Ok(super::sign_in::signed_in(
        ask,
        Reply::see_other(format!("/topics/{topic}")).saying("done-set-up"),
        &token,
    ))
}
