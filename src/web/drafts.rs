//! My drafts. They are kept through the forms they belong to: a button, or the fingers resting for a moment.

use actix_web::http::StatusCode;
use serde::Serialize;

use super::ask::{Answer, Ask};
use super::reply::{Body, Reply};
use crate::forum::reading::drafts;
use crate::forum::{boards, posts};
use crate::i18n::{Locales, When};
use crate::ids::{BoardId, PostId};

/// Whether a form was sent to be kept rather than posted.
pub fn wanted(ask: &Ask) -> bool {
    matches!(ask.sent.text("do"), "draft" | "keep")
}

/// What whoever pressed the button gets; a script that keeps while one types gets nothing.
pub fn kept(ask: &Ask, back: String) -> Reply {
    if ask.sent.text("do") == "keep" {
        Reply::new(StatusCode::NO_CONTENT, Body::Empty)
    } else {
        Reply::see_other(back).saying("done-draft-kept")
    }
}

#[derive(Serialize)]
struct Line {
    place: String,
    title: String,
    body: String,
    url: String,
    remove: String,
    at: When,
}

pub fn all(ask: &Ask) -> Answer {
    let (replies, begun) = ask.read(drafts::mine)?;
    let say = |key: &str, name: &str, value: String| {
        Locales::get().with_values(ask.lang, key, &[(name, value.as_str().into())])
    };
    let mut lines: Vec<(crate::db::types::Moment, Line)> = Vec::new();
    for one in replies {
        let line = Line {
            place: say("draft-reply", "topic", one.topic),
            title: String::new(),
            body: one.body,
            url: format!("/posts/{}/reply", one.post),
            remove: format!("/posts/{}/draft/remove", one.post),
            at: ask.when(one.saved_at),
        };
        lines.push((one.saved_at, line));
    }
    for one in begun {
        let line = Line {
            place: say("draft-topic", "board", one.board_name),
            title: if one.title.is_empty() {
                ask.t("draft-untitled")
            } else {
                one.title
            },
            body: one.body,
            url: format!("/boards/{}/topics/new", one.board),
            remove: format!("/boards/{}/draft/remove", one.board),
            at: ask.when(one.saved_at),
        };
        lines.push((one.saved_at, line));
    }
    lines.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let lines: Vec<Line> = lines.into_iter().map(|(_, line)| line).collect();
    ask.page(
        "drafts/all.html",
        &ask.t("drafts-title"),
        &serde_json::json!({ "lines": lines }),
    )
}

pub fn remove_reply(ask: &Ask) -> Answer {
    let post: PostId = ask.id("post")?;
    ask.write(|tx| {
        // What is out of sight goes like what is in sight; where nothing was begun, the place is looked for.
        if !drafts::remove_reply(tx, post)? {
            posts::find(tx, post)?;
        }
        Ok(())
    })?;
    Ok(Reply::see_other("/drafts").saying("done-draft-removed"))
}

pub fn remove_topic(ask: &Ask) -> Answer {
    let board: BoardId = ask.id("board")?;
    ask.write(|tx| {
        if !drafts::remove_topic(tx, board)? {
            boards::find(tx, board)?;
        }
        Ok(())
    })?;
    Ok(Reply::see_other("/drafts").saying("done-draft-removed"))
}
