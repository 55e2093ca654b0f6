//! My bookmarks, and making one.

use serde::Serialize;

use super::ask::{Answer, Ask};
use super::error::or_again;
use super::form::Form;
use super::reply::Reply;
use crate::db::types::Moment;
use crate::forum::posts::{self, Post};
use crate::forum::reading::bookmarks;
use crate::i18n::When;
use crate::ids::PostId;
use crate::refusal::{Problems, Refusal, Result};
use crate::text::excerpt;
use crate::url;

#[derive(Serialize)]
struct Line {
    id: i64,
    url: String,
    title: String,
    author: String,
    excerpt: String,
    note: String,
    remind: Option<When>,
    at: When,
}

pub fn all(ask: &Ask) -> Answer {
    let number = ask.page_number();
    let (mine, more) = ask.read(|cx| bookmarks::mine(cx, number))?;
    if number > 1 && mine.is_empty() {
        return Ok(Reply::see_other("/bookmarks"));
    }
    let lines: Vec<Line> = mine
        .into_iter()
        .map(|one| Line {
            id: one.post.0,
            url: url::post(one.post),
            title: one.title,
            author: one.author,
            excerpt: excerpt::beginning(&excerpt::plain(&one.html), 160),
            note: one.note,
            remind: one.remind_at.map(|at| ask.date(at)),
            at: ask.date(one.made_at),
        })
        .collect();
    let paged = |number: i64| format!("/bookmarks?page={number}");
    ask.page(
        "bookmarks/all.html",
        &ask.t("bookmarks-title"),
        &serde_json::json!({
            "lines": lines,
            "newer": if number > 1 { paged(number - 1) } else { String::new() },
            "older": if more { paged(number + 1) } else { String::new() },
        }),
    )
}

fn find(ask: &Ask) -> Result<Post> {
    let id: PostId = ask.id("post")?;
    let post = ask.read(|cx| posts::find(cx, id))?;
    if bookmarks::can_keep(&post) {
        Ok(post)
    } else {
        Err(Refusal::NotFound)
    }
}

pub fn form(ask: &Ask) -> Answer {
    let post = find(ask)?;
    let known = ask.read(|cx| bookmarks::at(cx, &post))?;
    let note = known.as_ref().map_or("", |mark| mark.note.as_str());
    let day = known
        .as_ref()
        .and_then(|mark| mark.remind_at)
        .map(|at| at.timestamp().to_zoned(ask.zone.clone()).date().to_string())
        // A field that is empty: no day was chosen.
        .unwrap_or_else(String::new);
    page(
        ask,
        &post,
        known.is_some(),
        Form::new(&[("note", note), ("remind", &day)]),
        false,
    )
}

fn page(ask: &Ask, post: &Post, known: bool, form: Form, again: bool) -> Answer {
    let page = serde_json::json!({
        "id": post.post.id,
        "url": url::post(post.post.id),
        "topic": post.topic.title,
        "body": post.post.body_html,
        "known": known,
        "form": form,
    });
    let title = ask.t("bookmark-title");
    if again {
        ask.again("bookmarks/one.html", &title, &page)
    } else {
        ask.page("bookmarks/one.html", &title, &page)
    }
}

/// The morning of a day, where whoever asks lives.
fn morning(ask: &Ask, day: &str) -> Result<Option<Moment>> {
    if day.trim().is_empty() {
        return Ok(None);
    }
    let wrong = || Problems::one("remind", "problem-choose");
    let date: jiff::civil::Date = day.trim().parse().map_err(|_| wrong())?;
    let at = date.at(8, 0, 0, 0).to_zoned(ask.zone.clone()).map_err(|_| wrong())?;
    Ok(Some(Moment(at.timestamp().as_microsecond())))
}

pub fn keep(ask: &Ask) -> Answer {
    let id: PostId = ask.id("post")?;
    let outcome = morning(ask, ask.sent.text("remind")).and_then(|at| {
        ask.write(|tx| {
            let post = posts::find(tx, id)?;
            bookmarks::keep(tx, &post, ask.sent.text("note"), at)
        })
    });
    let again = |problems: &Problems| {
        let post = find(ask)?;
        let known = ask.read(|cx| bookmarks::at(cx, &post))?.is_some();
        page(ask, &post, known, ask.kept(&["note", "remind"], problems), true)
    };
    match or_again(outcome, again) {
        Ok(()) => Ok(Reply::see_other(url::post(id)).saying("done-bookmarked")),
        Err(answer) => answer,
    }
}

pub fn remove(ask: &Ask) -> Answer {
    let id: PostId = ask.id("post")?;
    ask.write(|tx| bookmarks::remove(tx, id))?;
    Ok(Reply::see_other("/bookmarks").saying("done-bookmark-removed"))
}
