//! A board's page of topics, and its settings.

use serde::Serialize;

use super::ask::{Answer, Ask};
use super::error::or_again;
use super::form::{Choice, Form, choices};
use super::lines::{self, TopicLine};
use super::reply::Reply;
use crate::access::{Verb, deed};
use crate::forum::boards::{self, Board, Change};
use crate::forum::topics::list::{self, Filter, Sort};
use crate::forum::{reading, spaces};
use crate::ids::{BoardId, SpaceId};
use crate::kinds::{TopicKind, WhoStarts};
use crate::refusal::{Problems, Refusal};
use crate::url;

#[derive(Serialize)]
struct Show {
    id: i64,
    name: String,
    url: String,
    description: String,
    space: String,
    space_url: String,
    visibility: &'static str,
    visibility_label: String,
    archived: bool,
    topics: Vec<TopicLine>,
    kinds: Vec<Choice>,
    sorts: Vec<Choice>,
    tag: String,
    only: Vec<Choice>,
    filtered: bool,
    newer: String,
    older: String,
    can_start: bool,
    can_join: bool,
    can_manage: bool,
    signed_in: bool,
    space_id: i64,
}

pub fn show(ask: &Ask) -> Answer {
    let id: BoardId = ask.id("board")?;
    let number = ask.page_number();
    let sort = Sort::from_word(ask.ask_for("sort"));
    let only = ask.ask_for("only");
    let filter = Filter {
        board: Some(id),
        space: None,
        kind: TopicKind::from_word(ask.ask_for("kind")),
        tag: Some(ask.ask_for("tag").to_owned()).filter(|tag| !tag.is_empty()),
        unanswered: only == "unanswered",
        mine: only == "mine",
        unread: only == "unread",
    };
    let (board, found) = ask.read(|cx| {
        let board = boards::find(cx, id)?;
        let found = list::page(cx, &filter, sort, number)?;
        Ok((board, found))
    })?;
    let link = |number: i64| {
        let mut pairs: Vec<(&str, String)> = Vec::new();
        for name in ["kind", "tag", "only", "sort"] {
            let value = ask.ask_for(name);
            if !value.is_empty() {
                pairs.push((name, value.to_owned()));
            }
        }
        pairs.push(("page", number.to_string()));
        format!(
            "{}?{}",
            url::board(id, &board.board.name),
            serde_html_form::to_string(pairs).unwrap_or_default()
        )
    };
    let words: Vec<&str> = board.board.kinds().iter().map(|kind| kind.word()).collect();
    let signed_in = ask.viewer().person().is_some();
    let onlys: &[&str] = if signed_in {
        &["unanswered", "mine", "unread"]
    } else {
        &["unanswered"]
    };
    let page = Show {
        id: id.0,
        url: url::board(id, &board.board.name),
        description: board.board.description.clone(),
        space: board.space.name.clone(),
        space_url: url::space(board.space.id, &board.space.name),
        visibility: board.space.visibility.word(),
        visibility_label: ask.t(&format!("visibility-{}", board.space.visibility.word())),
        archived: board.board.archived_at.is_some() || board.space.archived_at.is_some(),
        kinds: choices(ask.lang, "kind", &words, &[ask.ask_for("kind")]),
        sorts: choices(ask.lang, "sort", &["active", "newest", "replies"], &[sort.word()]),
        only: choices(ask.lang, "only", onlys, &[only]),
        tag: ask.ask_for("tag").to_owned(),
        filtered: filter.kind.is_some() || filter.tag.is_some() || !only.is_empty(),
        newer: if number > 1 { link(number - 1) } else { String::new() },
        older: if found.more { link(number + 1) } else { String::new() },
        topics: found.lines.into_iter().map(|line| lines::line(ask, line)).collect(),
        can_start: board.can(Verb::StartTopic),
        can_join: board.can(Verb::Join),
        can_manage: board.can(Verb::Manage),
        signed_in,
        space_id: board.space.id.0,
        name: board.board.name.clone(),
    };
    let title = page.name.clone();
    ask.page("boards/show.html", &title, &page)
}

pub fn mark_read(ask: &Ask) -> Answer {
    let id: BoardId = ask.id("board")?;
    ask.write(|tx| {
        boards::find(tx, id)?;
        reading::mark_all(tx, Some(id))
    })?;
    Ok(Reply::see_other(format!("/boards/{id}")).saying("done-read-board"))
}

const FIELDS: [&str; 4] = ["name", "description", "who_starts", "position"];

#[derive(Serialize)]
struct Template {
    kind: &'static str,
    label: String,
    body: String,
}

#[derive(Serialize)]
struct Edit {
    form: Form,
    action: String,
    heading: String,
    space: String,
    space_url: String,
    kinds: Vec<Choice>,
    starters: Vec<Choice>,
    templates: Vec<Template>,
    board_id: i64,
    archived: bool,
}

fn templates_sent(ask: &Ask) -> Vec<(TopicKind, String)> {
    TopicKind::ALL
        .iter()
        .map(|kind| {
            (
                *kind,
                ask.sent
                    .text(&format!("template_{}", kind.word()))
                    .replace("\r\n", "\n"),
            )
        })
        .collect()
}

fn change_sent(ask: &Ask) -> Change {
    let sent = &ask.sent;
    Change {
        name: sent.text("name").to_owned(),
        description: sent.text("description").to_owned(),
        kinds: sent.all("kinds").into_iter().filter_map(TopicKind::from_word).collect(),
        who_starts: WhoStarts::from_word(sent.text("who_starts")).unwrap_or(WhoStarts::Members),
        position: if sent.has("position") {
            // What is no number is no place.
            sent.number("position").unwrap_or(-1)
        } else {
            0
        },
        templates: templates_sent(ask),
    }
}

struct Editing<'a> {
    form: Form,
    kinds: Vec<&'a str>,
    templates: Vec<(TopicKind, String)>,
    space: (SpaceId, &'a str),
    board: Option<&'a Board>,
}

fn edit_page(ask: &Ask, editing: Editing<'_>) -> Edit {
    let words: Vec<&str> = TopicKind::ALL.iter().map(|kind| kind.word()).collect();
    Edit {
        action: match editing.board {
            Some(board) => format!("/boards/{}/settings", board.board.id),
            None => format!("/spaces/{}/boards", editing.space.0),
        },
        heading: ask.t(if editing.board.is_some() {
            "board-settings-title"
        } else {
            "board-new-title"
        }),
        space: editing.space.1.to_owned(),
        space_url: url::space(editing.space.0, editing.space.1),
        kinds: choices(ask.lang, "kind", &words, &editing.kinds),
        starters: choices(
            ask.lang,
            "who-starts",
            &["members", "moderators"],
            &[editing.form.value("who_starts")],
        ),
        templates: editing
            .templates
            .into_iter()
            .map(|(kind, body)| Template {
                kind: kind.word(),
                label: ask.t(&format!("kind-{}", kind.word())),
                body,
            })
            .collect(),
        board_id: editing.board.map_or(0, |board| board.board.id.0),
        archived: editing.board.is_some_and(|board| board.board.archived_at.is_some()),
        form: editing.form,
    }
}

pub fn new(ask: &Ask) -> Answer {
    let id: SpaceId = ask.id("space")?;
    let space = ask.read(|cx| spaces::find(cx, id))?;
    space.clone().may::<deed::Manage>()?;
    let case = ask.t("template-case");
    let page = edit_page(
        ask,
        Editing {
            form: Form::new(&[
                ("name", ""),
                ("description", ""),
                ("who_starts", "members"),
                ("position", "0"),
            ]),
            kinds: TopicKind::ALL.iter().map(|kind| kind.word()).collect(),
            templates: TopicKind::ALL
                .iter()
                .map(|kind| {
                    (
                        *kind,
                        if *kind == TopicKind::Case {
                            case.clone()
                        } else {
                            String::new()
                        },
                    )
                })
                .collect(),
            space: (id, &space.name),
            board: None,
        },
    );
    ask.page("boards/form.html", &ask.t("board-new-title"), &page)
}

pub fn create(ask: &Ask) -> Answer {
    let id: SpaceId = ask.id("space")?;
    let outcome = ask.write(|tx| {
        let space = spaces::find(tx, id)?.may::<deed::Manage>()?;
        boards::create(tx, &space, &change_sent(ask))
    });
    let again = |problems: &Problems| {
        let space = ask.read(|cx| spaces::find(cx, id))?;
        let page = edit_page(
            ask,
            Editing {
                form: ask.kept(&FIELDS, problems),
                kinds: ask.sent.all("kinds"),
                templates: templates_sent(ask),
                space: (id, &space.name),
                board: None,
            },
        );
        ask.again("boards/form.html", &ask.t("board-new-title"), &page)
    };
    match or_again(outcome, again) {
        Ok(board) => Ok(Reply::see_other(format!("/boards/{board}")).saying("done-board-created")),
        Err(answer) => answer,
    }
}

fn find_managed(ask: &Ask) -> Result<Board, Refusal> {
    let id: BoardId = ask.id("board")?;
    let board = ask.read(|cx| boards::find(cx, id))?;
    board.clone().may::<deed::Manage>()?;
    Ok(board)
}

pub fn settings(ask: &Ask) -> Answer {
    let board = find_managed(ask)?;
    let kept = ask.read(|cx| boards::templates(cx, &board))?;
    let kinds = board.board.kinds();
    let page = edit_page(
        ask,
        Editing {
            form: Form::new(&[
                ("name", &board.board.name),
                ("description", &board.board.description),
                ("who_starts", board.board.who_starts.word()),
                ("position", &board.board.position.to_string()),
            ]),
            kinds: kinds.iter().map(|kind| kind.word()).collect(),
            templates: TopicKind::ALL
                .iter()
                .map(|kind| (*kind, kept.get(kind.word()).cloned().unwrap_or_default()))
                .collect(),
            space: (board.space.id, &board.space.name),
            board: Some(&board),
        },
    );
    ask.page("boards/form.html", &ask.t("board-settings-title"), &page)
}

pub fn change(ask: &Ask) -> Answer {
    let id: BoardId = ask.id("board")?;
    let outcome = ask.write(|tx| {
        let board = boards::find(tx, id)?.may::<deed::Manage>()?;
        boards::change(tx, &board, &change_sent(ask))
    });
    let again = |problems: &Problems| {
        let board = find_managed(ask)?;
        let page = edit_page(
            ask,
            Editing {
                form: ask.kept(&FIELDS, problems),
                kinds: ask.sent.all("kinds"),
                templates: templates_sent(ask),
                space: (board.space.id, &board.space.name),
                board: Some(&board),
            },
        );
        ask.again("boards/form.html", &ask.t("board-settings-title"), &page)
    };
    match or_again(outcome, again) {
        Ok(()) => Ok(Reply::see_other(format!("/boards/{id}")).saying("done-saved")),
        Err(answer) => answer,
    }
}

pub fn archive(ask: &Ask) -> Answer {
    let id: BoardId = ask.id("board")?;
    ask.write(|tx| {
        let board = boards::find(tx, id)?.may::<deed::Manage>()?;
        boards::archive(tx, &board)
    })?;
    Ok(Reply::see_other(format!("/boards/{id}")).saying("done-saved"))
}

pub fn restore(ask: &Ask) -> Answer {
    let id: BoardId = ask.id("board")?;
    ask.write(|tx| {
        let board = boards::find(tx, id)?.may::<deed::Manage>()?;
        boards::restore(tx, &board)
    })?;
    Ok(Reply::see_other(format!("/boards/{id}")).saying("done-saved"))
}
