//! What I follow: one page for all of it, and a page for each thing to choose a level.

use serde::Serialize;

use super::ask::{Answer, Ask};
use super::form::Choice;
use super::reply::Reply;
use crate::forum::reading::follow::{self, Followed, Level, Mine, Subject};
use crate::forum::{boards, posts, spaces, topics};
use crate::i18n::When;
use crate::ids::{BoardId, PostId, SpaceId, TagId, TopicId};
use crate::kinds::PostState;
use crate::refusal::{Refusal, Result};
use crate::text::excerpt;
use crate::url;

/// The address at which one chooses the level of a thing.
fn address(subject: Subject) -> String {
    let (of, number) = match subject {
        Subject::Space(id) => ("spaces", id.0),
        Subject::Board(id) => ("boards", id.0),
        Subject::Tag(id) => ("tags", id.0),
        Subject::Topic(id) => ("topics", id.0),
        Subject::Branch(id) => ("posts", id.0),
    };
    url::about(of, number, "follow")
}

/// Where the thing itself is.
fn home(subject: Subject, name: &str) -> String {
    match subject {
        Subject::Space(id) => url::space(id, name),
        Subject::Board(id) => url::board(id, name),
        Subject::Tag(_) => {
            let (space, tag) = name.split_once(" › ").unwrap_or(("", name));
            let query = [("q", format!("tag:\"{tag}\" space:\"{space}\""))];
            format!("/search?{}", serde_html_form::to_string(query).unwrap_or_default())
        }
        Subject::Topic(id) => url::topic(id, name),
        Subject::Branch(id) => url::post(id),
    }
}

/// The levels of a thing as choices; without one nothing is said about it.
pub(super) fn levels(ask: &Ask, kind: Followed, chosen: Option<Level>) -> Vec<Choice> {
    let mut all = vec![Choice {
        value: String::new(),
        label: ask.t("follow-none"),
        chosen: chosen.is_none(),
    }];
    all.extend(Level::of(kind).iter().map(|level| Choice {
        value: level.word().to_owned(),
        label: ask.t(&format!("follow-{}", level.word())),
        chosen: chosen == Some(*level),
    }));
    all
}

#[derive(Serialize)]
struct Line {
    kind_label: String,
    name: String,
    url: String,
    action: String,
    why: String,
    since: When,
    levels: Vec<Choice>,
}

fn line(ask: &Ask, mine: Mine) -> Line {
    let kind = mine.subject.kind();
    Line {
        kind_label: ask.t(&format!("follow-kind-{}", kind.word())),
        url: home(mine.subject, &mine.name),
        action: address(mine.subject),
        why: ask.t(&format!("follow-why-{}", mine.why.word())),
        since: ask.date(mine.since),
        levels: levels(ask, kind, Some(mine.level)),
        name: mine.name,
    }
}

/// Everything I follow, each changeable in place.
pub fn all(ask: &Ask) -> Answer {
    let (mine, tags) = ask.read(|cx| Ok((follow::all_mine(cx)?, follow::tags_to_choose(cx)?)))?;
    let lines: Vec<Line> = mine.into_iter().map(|mine| line(ask, mine)).collect();
    let tags: Vec<Choice> = tags
        .into_iter()
        .map(|(id, label)| Choice {
            value: id.to_string(),
            label,
            chosen: false,
        })
        .collect();
    ask.page(
        "follows/all.html",
        &ask.t("follows-title"),
        &serde_json::json!({ "lines": lines, "tags": tags }),
    )
}

/// A tag chosen on that page leads to its own.
pub fn choose_tag(ask: &Ask) -> Answer {
    let tag: i64 = ask.ask_for("tag").parse().map_err(|_| Refusal::NotFound)?;
    Ok(Reply::see_other(address(Subject::Tag(TagId(tag)))))
}

/// What was taken away has no title here.
fn shown(state: PostState) -> Result<()> {
    if state == PostState::Published {
        Ok(())
    } else {
        Err(Refusal::NotFound)
    }
}

/// What the address names, with what it is called, as far as the viewer sees it.
fn subject(ask: &Ask) -> Result<(Subject, String)> {
    let of = ask.path.split('/').nth(1).unwrap_or("");
    ask.read(|cx| {
        Ok(match of {
            "spaces" => {
                let id: SpaceId = ask.id("space")?;
                (Subject::Space(id), spaces::find(cx, id)?.name.clone())
            }
            "boards" => {
                let id: BoardId = ask.id("board")?;
                (Subject::Board(id), boards::find(cx, id)?.board.name.clone())
            }
            "topics" => {
                let id: TopicId = ask.id("topic")?;
                let topic = topics::find(cx, id)?.topic.clone();
                shown(topic.state)?;
                (Subject::Topic(id), topic.title)
            }
            "posts" => {
                let id: PostId = ask.id("post")?;
                let post = posts::find(cx, id)?;
                shown(post.post.state)?;
                shown(post.topic.state)?;
                let beginning = excerpt::beginning(&excerpt::plain(&post.post.body_html), 80);
                (Subject::Branch(id), format!("{}: {beginning}", post.topic.title))
            }
            _ => {
                let id: TagId = TagId(ask.id("tag")?);
                (Subject::Tag(id), follow::tag_name(cx, id)?)
            }
        })
    })
}

pub fn form(ask: &Ask) -> Answer {
    let (subject, name) = subject(ask)?;
    let level = ask.read(|cx| follow::mine(cx, subject))?;
    let kind = subject.kind();
    ask.page(
        "follows/one.html",
        &ask.t("follow-title"),
        &serde_json::json!({
            "kind_label": ask.t(&format!("follow-kind-{}", kind.word())),
            "branch": kind == Followed::Branch,
            "url": home(subject, &name),
            "name": name,
            "action": address(subject),
            "levels": levels(ask, kind, level),
            "feed": match kind {
                Followed::Branch => String::new(),
                _ => super::feeds::address_of(ask, address(subject).trim_end_matches("/follow"))?,
            },
        }),
    )
}

pub fn set(ask: &Ask) -> Answer {
    if !ask.sent.has("level") {
        return Err(Refusal::NotFound);
    }
    let level = match ask.sent.text("level") {
        "" => None,
        word => Some(Level::from_word(word).ok_or(Refusal::NotFound)?),
    };
    // To stop, one need not see it any more; to begin, one does.
    let (found, name) = match subject(ask) {
        Ok(found) => found,
        Err(Refusal::NotFound) if level.is_none() => (by_number(ask)?, String::new()),
        Err(other) => return Err(other),
    };
    ask.write(|tx| follow::set(tx, found, level))?;
    let to = match ask.sent.text("back") {
        "all" => "/follows".to_owned(),
        _ if name.is_empty() => "/follows".to_owned(),
        _ => home(found, &name),
    };
    Ok(Reply::see_other(to).saying(if level.is_some() {
        "done-followed"
    } else {
        "done-unfollowed"
    }))
}

/// What the address names, whether or not it is seen.
fn by_number(ask: &Ask) -> Result<Subject> {
    Ok(match ask.path.split('/').nth(1).unwrap_or("") {
        "spaces" => Subject::Space(ask.id("space")?),
        "boards" => Subject::Board(ask.id("board")?),
        "topics" => Subject::Topic(ask.id("topic")?),
        "posts" => Subject::Branch(ask.id("post")?),
        _ => Subject::Tag(TagId(ask.id("tag")?)),
    })
}
