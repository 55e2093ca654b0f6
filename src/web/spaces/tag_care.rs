//! The tags of a space: what each stands for, and for whoever manages the space a place to look after them.

use serde::Serialize;

use super::managed;
use crate::access::Verb;
use crate::forum::spaces;
use crate::forum::topics::tag_care::{self, Change};
use crate::ids::{SpaceId, TagId};
use crate::refusal::{Problems, Result};
use crate::url;
use crate::web::ask::{Answer, Ask};
use crate::web::error::or_again;
use crate::web::form::{Choice, Form};
use crate::web::reply::Reply;

#[derive(Serialize)]
struct Line {
    id: i64,
    name: String,
    description: String,
    synonyms: String,
    topics: i64,
    found: String,
    follow: String,
    form: Form,
    /// What it can become.
    others: Vec<Choice>,
    open: bool,
}

const FIELDS: [&str; 4] = ["name", "description", "synonyms", "into"];

fn page(ask: &Ask, wrong: Option<(TagId, &Problems)>) -> Answer {
    let id: SpaceId = ask.id("space")?;
    let (space, all) = ask.read(|cx| {
        let space = spaces::find(cx, id)?;
        let all = tag_care::all(cx, &space)?;
        Ok((space, all))
    })?;
    let can_manage = space.can(Verb::Manage);
    let lines: Vec<Line> = all
        .iter()
        .map(|tag| {
            let synonyms = tag.synonyms.join(", ");
            let form = match wrong {
                Some((of, problems)) if of == tag.id => ask.kept(&FIELDS, problems),
                _ => Form::new(&[
                    ("name", &tag.name),
                    ("description", &tag.description),
                    ("synonyms", &synonyms),
                    ("into", ""),
                ]),
            };
            let query = format!("tag:\"{}\" space:\"{}\"", tag.name, space.name);
            Line {
                id: tag.id.0,
                found: url::search(&query),
                follow: url::about("tags", tag.id.0, "follow"),
                open: wrong.is_some_and(|(of, _)| of == tag.id),
                others: if can_manage {
                    all.iter()
                        .filter(|other| other.id != tag.id)
                        .map(|other| Choice {
                            value: other.id.to_string(),
                            label: other.name.clone(),
                            chosen: form.value("into") == other.id.to_string(),
                        })
                        .collect()
                } else {
                    Vec::new()
                },
                form,
                name: tag.name.clone(),
                description: tag.description.clone(),
                synonyms,
                topics: tag.topics,
            }
        })
        .collect();
    let page = serde_json::json!({
        "id": id,
        "space": space.name,
        "space_url": url::space(id, &space.name),
        "can_manage": can_manage,
        "lines": lines,
    });
    if wrong.is_some() {
        ask.again("spaces/tags.html", &ask.t("tags-title"), &page)
    } else {
        ask.page("spaces/tags.html", &ask.t("tags-title"), &page)
    }
}

pub fn show(ask: &Ask) -> Answer {
    page(ask, None)
}

fn then(ask: &Ask, tag: TagId, outcome: Result<()>) -> Answer {
    let id: SpaceId = ask.id("space")?;
    match or_again(outcome, |problems| page(ask, Some((tag, problems)))) {
        Ok(()) => Ok(Reply::see_other(format!("/spaces/{id}/tags")).saying("done-saved")),
        Err(answer) => answer,
    }
}

pub fn change(ask: &Ask) -> Answer {
    let tag = TagId(ask.id("tag")?);
    let text = |name: &str| ask.sent.text(name).to_owned();
    let wanted = Change {
        name: text("name"),
        description: text("description"),
        synonyms: text("synonyms"),
    };
    let outcome = managed(ask, |tx, space| tag_care::change(tx, &space, tag, &wanted));
    then(ask, tag, outcome)
}

pub fn merge(ask: &Ask) -> Answer {
    let tag = TagId(ask.id("tag")?);
    let into = TagId(ask.sent.number("into").unwrap_or(0));
    let outcome = managed(ask, |tx, space| tag_care::merge(tx, &space, tag, into));
    then(ask, tag, outcome)
}
