//! Pages for branches that change their tree: split off, merged, given another parent.

use crate::access::deed;
use crate::forum::moderation::decide;
use crate::forum::{posts, topics};
use crate::ids::{PostId, ReviewId, TopicId};
use crate::refusal::{Problems, Refusal};
use crate::url;
use crate::web::ask::{Answer, Ask};
use crate::web::error::or_again;
use crate::web::form::Form;
use crate::web::grounds;
use crate::web::reply::Reply;

/// `123`, `/topics/123-words` or the whole address of it: the number behind a kind of thing.
fn number_in(text: &str, kind: &str) -> Option<i64> {
    let text = text.trim();
    let rest = match text.split_once(&format!("/{kind}/")) {
        Some((_, rest)) => rest,
        None => text,
    };
    url::number(rest.split(['?', '#', '/']).next().unwrap_or(""))
}

/// One page for all three: what will happen, and one field.
struct Page<'a> {
    which: &'static str,
    action: String,
    back: String,
    /// The other thing that can be done with a branch.
    other: String,
    topic: &'a str,
    body: &'a str,
    rules: Vec<String>,
}

fn show(ask: &Ask, page: &Page<'_>, form: Form, again: bool) -> Answer {
    let title = ask.t(match page.which {
        "split" => "split-title",
        "merge" => "merge-title",
        _ => "reparent-title",
    });
    let (review, version) = answers(ask).unwrap_or_default();
    let values = serde_json::json!({
        "review": review,
        "version": version,
        "which": page.which,
        "action": page.action,
        "back": page.back,
        "other": page.other,
        "topic": page.topic,
        "body": page.body,
        "form": form,
        "rules": page.rules,
    });
    if again {
        ask.again("moderation/graft.html", &title, &values)
    } else {
        ask.page("moderation/graft.html", &title, &values)
    }
}

/// The review that this answers, and its version on the page that led here.
fn answers(ask: &Ask) -> Option<(i64, i64)> {
    let value = |name: &str| {
        ask.sent
            .number(name)
            .or_else(|| ask.ask_for(name).parse().ok())
            .filter(|number| *number > 0)
    };
    Some((value("review")?, value("version")?))
}

/// Takes the review that this answers, if it does.
fn begin(ask: &Ask, tx: &mut crate::access::Tx<'_>) -> crate::refusal::Result<()> {
    match answers(ask) {
        Some((review, version)) => decide::answer_by_act(tx, ReviewId(review), version),
        None => Ok(()),
    }
}

/// The review that this answered, when it changed meanwhile: its page says how it stands now.
fn is_stale<T>(ask: &Ask, outcome: &crate::refusal::Result<T>) -> Option<Answer> {
    match (outcome, answers(ask)) {
        (Err(Refusal::Conflict), Some((review, _))) => {
            Some(super::review::page(ask, ReviewId(review), None, true, &[]))
        }
        _ => None,
    }
}

/// Where to go on: back to the queue when a review was answered.
fn done(ask: &Ask, otherwise: String, saying: &'static str) -> Answer {
    let to = if answers(ask).is_some() {
        "/queue".to_owned()
    } else {
        otherwise
    };
    Ok(Reply::see_other(to).saying(saying))
}

fn of_post(ask: &Ask, which: &'static str, form: Form, again: bool) -> Answer {
    let id: PostId = ask.id("post")?;
    let post = ask.read(|cx| posts::find(cx, id))?;
    post.clone().may::<deed::Move>()?;
    let page = Page {
        which,
        action: url::about("posts", id.0, if which == "split" { "split" } else { "parent" }),
        back: url::post(id),
        other: match answers(ask) {
            Some((review, version)) => format!("/posts/{id}/parent?review={review}&version={version}"),
            None => url::about("posts", id.0, "parent"),
        },
        topic: &post.topic.title,
        body: &post.post.body_html,
        rules: grounds::rules(&post.space.guidelines),
    };
    show(ask, &page, form, again)
}

fn of_topic(ask: &Ask, form: Form, again: bool) -> Answer {
    let id: TopicId = ask.id("topic")?;
    let topic = ask.read(|cx| topics::find(cx, id))?;
    topic.clone().may::<deed::Move>()?;
    let page = Page {
        which: "merge",
        action: url::about("topics", id.0, "merge"),
        back: url::topic(id, &topic.topic.title),
        other: String::new(),
        topic: &topic.topic.title,
        body: "",
        rules: grounds::rules(&topic.space.guidelines),
    };
    show(ask, &page, form, again)
}

const SPLIT: [&str; 3] = ["title", "rule", "reason"];

pub fn split_form(ask: &Ask) -> Answer {
    of_post(
        ask,
        "split",
        Form::new(&[("title", ""), ("rule", ""), ("reason", "")]),
        false,
    )
}

pub fn split(ask: &Ask) -> Answer {
    let id: PostId = ask.id("post")?;
    let (title, reason) = (ask.sent.text("title"), ask.sent.text("reason"));
    let outcome = grounds::act(ask, |tx| {
        begin(ask, tx)?;
        let post = posts::take(tx, id)?.may::<deed::Move>()?;
        topics::split(tx, post, title, reason, &ask.app().config.limits)
    });
    if let Some(stale) = is_stale(ask, &outcome) {
        return stale;
    }
    match or_again(outcome, |problems: &Problems| {
        of_post(ask, "split", ask.kept(&SPLIT, problems), true)
    }) {
        Ok(topic) => done(ask, url::topic(topic, title), "done-split"),
        Err(answer) => answer,
    }
}

pub fn reparent_form(ask: &Ask) -> Answer {
    of_post(
        ask,
        "reparent",
        Form::new(&[("parent", ""), ("rule", ""), ("reason", "")]),
        false,
    )
}

pub fn reparent(ask: &Ask) -> Answer {
    let id: PostId = ask.id("post")?;
    let outcome = grounds::act(ask, |tx| {
        begin(ask, tx)?;
        let post = posts::take(tx, id)?.may::<deed::Move>()?;
        let parent = number_in(ask.sent.text("parent"), "posts")
            .map(PostId)
            .ok_or_else(|| Problems::one("parent", "problem-reparent"))?;
        topics::reparent(tx, post, parent)
    });
    if let Some(stale) = is_stale(ask, &outcome) {
        return stale;
    }
    match or_again(outcome, |problems: &Problems| {
        of_post(ask, "reparent", ask.kept(&["parent", "rule", "reason"], problems), true)
    }) {
        Ok(()) => done(ask, url::post(id), "done-reparented"),
        Err(answer) => answer,
    }
}

pub fn merge_form(ask: &Ask) -> Answer {
    of_topic(ask, Form::new(&[("into", ""), ("rule", ""), ("reason", "")]), false)
}

pub fn merge(ask: &Ask) -> Answer {
    let id: TopicId = ask.id("topic")?;
    let outcome = grounds::act(ask, |tx| {
        let into = number_in(ask.sent.text("into"), "topics")
            .map(TopicId)
            .ok_or_else(|| Problems::one("into", "problem-merge-into"))?;
        if let Some((review, _)) = answers(ask) {
            decide::hold_space(tx, ReviewId(review))?;
        }
        // Held in one order, so that two merges in opposite directions wait for each other.
        for held in [id.min(into), id.max(into)] {
            topics::take(tx, held)?;
        }
        begin(ask, tx)?;
        let target = topics::take(tx, into)?;
        let topic = topics::take(tx, id)?.may::<deed::Move>()?;
        topics::merge(tx, topic, &target, ask.sent.text("reason"))?;
        Ok(into)
    });
    if let Some(stale) = is_stale(ask, &outcome) {
        return stale;
    }
    match or_again(outcome, |problems: &Problems| {
        of_topic(ask, ask.kept(&["into", "rule", "reason"], problems), true)
    }) {
        Ok(into) => done(ask, format!("/topics/{into}"), "done-merged"),
        Err(answer) => answer,
    }
}
