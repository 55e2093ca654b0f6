//! What machines and newcomers ask: is it alive, is it ready, what are the rules here.

use actix_web::http::StatusCode;
use serde::Serialize;

use super::ask::{Answer, Ask};
use super::reply::{Body, Reply};
use crate::access::Viewer;
use crate::forum::people;
use crate::text::markdown;

fn text(status: StatusCode, words: &str) -> Reply {
    Reply::new(status, Body::Text("text/plain; charset=utf-8", format!("{words}\n")))
}

/// The process is alive.
pub fn healthy(_: &Ask) -> Answer {
    Ok(text(StatusCode::OK, "ok"))
}

/// It can also serve: the database answers. One that is away was refused before this is reached.
pub fn ready(ask: &Ask) -> Answer {
    let set_up = ask.app().store.read(&Viewer::system("ready"), people::is_set_up)?;
    Ok(text(StatusCode::OK, if set_up { "ready" } else { "ready, not set up" }))
}

pub fn robots(_: &Ask) -> Answer {
    Ok(text(StatusCode::OK, "User-agent: *\nDisallow: /"))
}

/// The keys there are.
pub fn keys(ask: &Ask) -> Answer {
    ask.page("about/keys.html", &ask.t("keys-title"), &serde_json::json!({}))
}

#[derive(Serialize)]
struct Rules {
    rules: String,
    privacy: String,
    contact: String,
}

pub fn rules(ask: &Ask) -> Answer {
    let html = |source: &str| markdown::render(source, &|_| None).into_string();
    let page = Rules {
        rules: html(&ask.settings.rules),
        privacy: html(&ask.settings.privacy),
        contact: html(&ask.settings.contact),
    };
    ask.page("about/rules.html", &ask.t("rules-title"), &page)
}
