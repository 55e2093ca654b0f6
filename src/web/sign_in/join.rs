//! Making an account: with an invitation, or from a listed mail domain.

use serde::Serialize;

use super::{as_door, signed_in};
use crate::access::Viewer;
use crate::forum::people::{self, Join};
use crate::refusal::{Problems, Refusal};
use crate::web::ask::{Answer, Ask};
use crate::web::error::or_again;
use crate::web::form::{Choice, Form};
use crate::web::reply::Reply;

const FIELDS: [&str; 6] = ["display_name", "name", "mail", "password", "language", "time_zone"];

#[derive(Serialize)]
struct Page {
    form: Form,
    action: String,
    languages: Vec<Choice>,
    by_domain: bool,
    domains: String,
    space: String,
    note: String,
}

fn page(ask: &Ask, form: Form) -> Result<Page, Refusal> {
    let token = ask.param("token");
    let (mut space, mut note) = (String::new(), String::new());
    if token.is_empty() {
        if ask.settings.entrance != "domains" {
            return Err(Refusal::NotFound);
        }
    } else {
        if ask.settings.entrance == "closed" {
            return Err(Refusal::NotFound);
        }
        (space, note) = ask.app().store.read(&Viewer::system("invitation"), |cx| {
            let invitation = people::find_invitation(cx, token)?;
            let space = match invitation.space_id {
                Some(id) => crate::forum::spaces::find(cx, id)?.name.clone(),
                None => String::new(),
            };
            Ok((space, invitation.note))
        })?;
    }
    Ok(Page {
        action: ask.path.clone(),
        languages: crate::web::set_up::languages(form.value("language")),
        by_domain: token.is_empty(),
        domains: ask.settings.domains.lines().collect::<Vec<_>>().join(", "),
        form,
        space,
        note,
    })
}

pub fn form(ask: &Ask) -> Answer {
    if ask.viewer().person().is_some() {
        return Ok(Reply::see_other("/"));
    }
    let form = Form::new(&[
        ("display_name", ""),
        ("name", ""),
        ("mail", ""),
        ("password", ""),
        ("language", ask.tag()),
        ("time_zone", &ask.settings.time_zone),
    ]);
    let page = page(ask, form)?;
    Ok(ask
        .page("join/form.html", &ask.t("join-title"), &page)?
        .without_referrer())
}

/// What the form says about whoever makes an account.
pub(super) fn sent(ask: &Ask) -> Join {
    let sent = &ask.sent;
    let zone = sent.text("time_zone");
    Join {
        display_name: sent.text("display_name").to_owned(),
        name: sent.text("name").trim().trim_start_matches('@').to_lowercase(),
        mail: sent.text("mail").trim().to_owned(),
        password: sent.text("password").to_owned(),
        language: crate::i18n::Locales::get()
            .find(sent.text("language"))
            .map_or(ask.tag(), |lang| crate::i18n::Locales::get().tag(lang))
            .to_owned(),
        time_zone: if jiff::tz::TimeZone::get(zone).is_ok() {
            zone.to_owned()
        } else {
            ask.settings.time_zone.clone()
        },
    }
}

pub fn create(ask: &Ask) -> Answer {
    let blank = page(ask, Form::new(&[]))?;
    let join = sent(ask);
    let again = |problems: &Problems| {
        let page = page(ask, ask.kept(&FIELDS, problems))?;
        ask.again("join/form.html", &ask.t("join-title"), &page)
    };
    let app = ask.app();
    ask.shared
        .limits
        .take(&format!("join from {}", ask.from), 300, app.clock.now())?;
    let outcome = join
        .check_before_hashing()
        .and_then(|()| app.hasher.hash(&join.password))
        .and_then(|hash| {
            as_door(ask, |tx| {
                if blank.by_domain {
                    people::join_by_domain(tx, &join, &hash, ask.site()).map(|()| None)
                } else {
                    let account = people::join_by_invitation(tx, ask.param("token"), &join, &hash)?;
                    people::open_session(tx, account, &ask.agent, &app.config.accounts).map(Some)
                }
            })
        });
    match or_again(outcome, again) {
        Ok(Some(token)) => Ok(signed_in(
            ask,
            Reply::see_other("/").saying("done-joined-forum"),
            &token,
        )),
        Ok(None) => ask.page(
            "join/sent.html",
            &ask.t("join-sent-title"),
            &serde_json::json!({ "mail": join.mail, "applied": false }),
        ),
        Err(answer) => answer,
    }
}
