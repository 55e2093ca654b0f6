//! What is done to a topic as a whole: edited, closed, slowed down, pinned, moved, marked as read.

use serde::Serialize;

use crate::access::{Verb, deed};
use crate::forum::people;
use crate::forum::topics::{self, Audience, Change, Topic, tags};
use crate::forum::{boards, spaces};
use crate::i18n::Locales;
use crate::ids::{BoardId, TopicId};
use crate::kinds::{TopicKind, View};
use crate::refusal::{Problems, Refusal};
use crate::url;
use crate::web::ask::{Answer, Ask};
use crate::web::error::or_again;
use crate::web::form::{Choice, Form, choices};
use crate::web::grounds;
use crate::web::reply::Reply;

#[derive(Serialize)]
struct Edit {
    form: Form,
    topic: String,
    url: String,
    id: i64,
    kinds: Vec<Choice>,
    /// Somebody else's topic: that asks for grounds.
    theirs: bool,
    rules: Vec<String>,
}

fn find(ask: &Ask) -> Result<Topic, Refusal> {
    let id: TopicId = ask.id("topic")?;
    ask.read(|cx| topics::find(cx, id))
}

fn back(topic: &Topic) -> String {
    url::topic(topic.topic.id, &topic.topic.title)
}

fn edit_page(ask: &Ask, topic: &Topic, form: Form) -> Edit {
    let moderates = topic.can(Verb::Moderate);
    let words: Vec<&str> = topic
        .board
        .kinds()
        .iter()
        .filter(|kind| moderates || **kind != TopicKind::Announcement)
        .map(|kind| kind.word())
        .collect();
    Edit {
        kinds: choices(ask.lang, "kind", &words, &[form.value("kind")]),
        theirs: ask.viewer().id() != Some(topic.topic.author_id),
        rules: grounds::rules(&topic.space.guidelines),
        form,
        topic: topic.topic.title.clone(),
        url: back(topic),
        id: topic.topic.id.0,
    }
}

pub fn edit(ask: &Ask) -> Answer {
    let topic = find(ask)?;
    topic.clone().may::<deed::EditTopic>()?;
    let words = ask.read(|cx| tags::of(cx, topic.topic.id))?.join(", ");
    let form = Form::new(&[
        ("title", &topic.topic.title),
        ("kind", topic.topic.kind.word()),
        ("tags", &words),
        ("rule", ""),
        ("reason", ""),
    ]);
    ask.page(
        "topics/edit.html",
        &ask.t("topics-edit-title"),
        &edit_page(ask, &topic, form),
    )
}

pub fn change(ask: &Ask) -> Answer {
    let id: TopicId = ask.id("topic")?;
    let sent = &ask.sent;
    let outcome = grounds::act(ask, |tx| {
        let topic = topics::take(tx, id)?;
        let kind = TopicKind::from_word(sent.text("kind")).unwrap_or(topic.topic.kind);
        let topic = topic.may::<deed::EditTopic>()?;
        topics::edit(
            tx,
            topic,
            &Change {
                title: sent.text("title").to_owned(),
                kind,
                tags: tags::parse(sent.text("tags")),
            },
            &ask.app().config.limits,
        )
    });
    let again = |problems: &Problems| {
        let topic = find(ask)?;
        let form = ask.kept(&["title", "kind", "tags", "rule", "reason"], problems);
        ask.again(
            "topics/edit.html",
            &ask.t("topics-edit-title"),
            &edit_page(ask, &topic, form),
        )
    };
    match or_again(outcome, again) {
        Ok(()) => Ok(Reply::see_other(format!("/topics/{id}")).saying("done-saved")),
        Err(answer) => answer,
    }
}

pub fn close_form(ask: &Ask) -> Answer {
    let topic = find(ask)?;
    topic.clone().may::<deed::Close>()?;
    close_page(ask, &topic, Form::new(&[("rule", ""), ("reason", "")]), false)
}

fn close_page(ask: &Ask, topic: &Topic, form: Form, again: bool) -> Answer {
    let page = serde_json::json!({
        "form": form,
        "topic": topic.topic.title,
        "url": back(topic),
        "id": topic.topic.id,
        "rules": grounds::rules(&topic.space.guidelines),
    });
    let title = ask.t("topics-close-title");
    if again {
        ask.again("topics/close.html", &title, &page)
    } else {
        ask.page("topics/close.html", &title, &page)
    }
}

pub fn close(ask: &Ask) -> Answer {
    let id: TopicId = ask.id("topic")?;
    let outcome = grounds::act(ask, |tx| {
        let topic = topics::take(tx, id)?.may::<deed::Close>()?;
        topics::close(tx, topic, ask.sent.text("reason"))
    });
    let again = |problems: &Problems| {
        let topic = find(ask)?;
        close_page(ask, &topic, ask.kept(&["rule", "reason"], problems), true)
    };
    match or_again(outcome, again) {
        Ok(()) => Ok(Reply::see_other(format!("/topics/{id}")).saying("done-closed")),
        Err(answer) => answer,
    }
}

/// Minutes that are offered for a slow topic.
const PACES: [i64; 6] = [0, 5, 15, 60, 240, 1440];

/// The paces of a topic as choices.
pub fn slow_choices(ask: &Ask, chosen: &str, let_go: bool) -> Vec<Choice> {
    PACES
        .iter()
        .filter(|minutes| let_go || **minutes > 0)
        .map(|minutes| Choice {
            value: minutes.to_string(),
            label: Locales::get().with_values(ask.lang, "slow-pace", &[("minutes", (*minutes).into())]),
            chosen: chosen == minutes.to_string(),
        })
        .collect()
}

fn slow_page(ask: &Ask, topic: &Topic, form: Form, again: bool) -> Answer {
    let page = serde_json::json!({
        "minutes": slow_choices(ask, form.value("minutes"), true),
        "form": form,
        "topic": topic.topic.title,
        "url": back(topic),
        "id": topic.topic.id,
        "rules": grounds::rules(&topic.space.guidelines),
    });
    let title = ask.t("slow-title");
    if again {
        ask.again("topics/slow.html", &title, &page)
    } else {
        ask.page("topics/slow.html", &title, &page)
    }
}

pub fn slow_form(ask: &Ask) -> Answer {
    let topic = find(ask)?;
    topic.clone().may::<deed::Close>()?;
    let form = Form::new(&[
        ("minutes", &topic.topic.slow_minutes.to_string()),
        ("rule", ""),
        ("reason", ""),
    ]);
    slow_page(ask, &topic, form, false)
}

pub fn slow(ask: &Ask) -> Answer {
    let id: TopicId = ask.id("topic")?;
    let outcome = grounds::act(ask, |tx| {
        let topic = topics::take(tx, id)?.may::<deed::Close>()?;
        topics::slow(
            tx,
            topic,
            ask.sent.number("minutes").unwrap_or(-1),
            ask.sent.text("reason"),
        )
    });
    let again = |problems: &Problems| {
        let topic = find(ask)?;
        slow_page(ask, &topic, ask.kept(&["minutes", "rule", "reason"], problems), true)
    };
    match or_again(outcome, again) {
        Ok(()) => Ok(Reply::see_other(format!("/topics/{id}")).saying("done-saved")),
        Err(answer) => answer,
    }
}

pub fn reopen(ask: &Ask) -> Answer {
    let id: TopicId = ask.id("topic")?;
    ask.write(|tx| {
        let topic = topics::take(tx, id)?.may::<deed::Close>()?;
        topics::reopen(tx, topic)
    })?;
    Ok(Reply::see_other(format!("/topics/{id}")).saying("done-reopened"))
}

pub fn pin(ask: &Ask) -> Answer {
    let id: TopicId = ask.id("topic")?;
    ask.write(|tx| {
        let topic = topics::take(tx, id)?.may::<deed::Pin>()?;
        topics::pin(tx, topic)
    })?;
    Ok(Reply::see_other(format!("/topics/{id}")).saying("done-saved"))
}

pub fn unpin(ask: &Ask) -> Answer {
    let id: TopicId = ask.id("topic")?;
    ask.write(|tx| {
        let topic = topics::take(tx, id)?.may::<deed::Pin>()?;
        topics::unpin(tx, topic)
    })?;
    Ok(Reply::see_other(format!("/topics/{id}")).saying("done-saved"))
}

/// Who reads a space, for a page.
#[derive(Serialize)]
pub struct Reach {
    employees: i64,
    guests: i64,
    everyone: bool,
}

impl From<Audience> for Reach {
    fn from(audience: Audience) -> Self {
        Self {
            employees: audience.employees,
            guests: audience.guests,
            everyone: audience.everyone,
        }
    }
}

#[derive(Serialize)]
struct Move {
    topic: String,
    url: String,
    id: i64,
    boards: Vec<Choice>,
    chosen: i64,
    chosen_name: String,
    from: Option<Reach>,
    to: Option<Reach>,
    same_space: bool,
    form: Form,
    rules: Vec<String>,
}

/// First where to; then, before anything happens, who gains and who loses sight of it.
pub fn move_form(ask: &Ask) -> Answer {
    move_page(ask, None)
}

fn move_page(ask: &Ask, problems: Option<&Problems>) -> Answer {
    let topic = find(ask)?;
    topic.clone().may::<deed::Move>()?;
    let chosen = ask
        .sent
        .number("to")
        .or_else(|| ask.ask_for("to").parse().ok())
        .map(BoardId);
    let page = ask.read(|cx| {
        let mut targets = Vec::new();
        for (space, ..) in spaces::all_for_index(cx)? {
            let space = spaces::find(cx, space.id)?;
            if !space.can(Verb::Moderate) || space.archived_at.is_some() {
                continue;
            }
            for board in boards::of_spaces(cx, &[space.id], false)? {
                if board.id != topic.topic.board_id {
                    targets.push(Choice {
                        value: board.id.to_string(),
                        label: format!("{} › {}", space.name, board.name),
                        chosen: Some(board.id) == chosen,
                    });
                }
            }
        }
        let target = match chosen {
            Some(id) => Some(boards::find(cx, id)?),
            None => None,
        };
        let (from, to) = match &target {
            Some(target) => (
                Some(topics::audience(cx, &topic.space)?.into()),
                Some(topics::audience(cx, &target.space)?.into()),
            ),
            None => (None, None),
        };
        Ok(Move {
            topic: topic.topic.title.clone(),
            url: back(&topic),
            id: topic.topic.id.0,
            boards: targets,
            chosen: chosen.map_or(0, |id| id.0),
            chosen_name: target
                .as_ref()
                .map(|target| format!("{} › {}", target.space.name, target.board.name))
                .unwrap_or_default(),
            same_space: target.as_ref().is_some_and(|target| target.space.id == topic.space.id),
            from,
            to,
            rules: grounds::rules(&topic.space.guidelines),
            form: match problems {
                Some(problems) => ask.kept(&["rule", "reason"], problems),
                None => Form::new(&[("rule", ""), ("reason", "")]),
            },
        })
    })?;
    ask.page("topics/move.html", &ask.t("topics-move-title"), &page)
}

pub fn move_to(ask: &Ask) -> Answer {
    let id: TopicId = ask.id("topic")?;
    let to = BoardId(ask.sent.number("to").ok_or(Refusal::NotFound)?);
    let outcome = grounds::act(ask, |tx| {
        let target = boards::find(tx, to)?;
        let topic = topics::take(tx, id)?.may::<deed::Move>()?;
        topics::move_to(tx, topic, &target)
    });
    let again = |problems: &Problems| {
        Ok(move_page(ask, Some(problems))?.with_status(actix_web::http::StatusCode::UNPROCESSABLE_ENTITY))
    };
    match or_again(outcome, again) {
        Ok(()) => Ok(Reply::see_other(format!("/topics/{id}")).saying("done-moved")),
        Err(answer) => answer,
    }
}

/// Everything that stands in the topic now is read.
pub fn mark_read(ask: &Ask) -> Answer {
    let topic = find(ask)?;
    let me = ask.me()?.id;
    ask.app().gathered.read(me, topic.topic.id, 1..=topic.topic.last_number);
    Ok(Reply::see_other(back(&topic)).saying("done-read-topic"))
}

/// Tree or flat, remembered.
pub fn view(ask: &Ask) -> Answer {
    let view = View::from_word(ask.sent.text("view")).ok_or(Refusal::NotFound)?;
    if ask.viewer().person().is_some() {
        ask.write(|tx| people::set_view(tx, view))?;
    }
    let to = ask.sent.text("back");
    let to = if url::is_local(to) { to } else { "/" };
    Ok(Reply::see_other(to).cookie("view", view.word(), Some(365 * 86_400)))
}
