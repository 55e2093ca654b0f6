//! For you: what happened that concerns me.

use serde::Serialize;

use super::ask::{Answer, Ask};
use super::reply::Reply;
use crate::forum::inbox;
use crate::i18n::{Locales, Message, When};
use crate::url;

#[derive(Serialize)]
struct Line {
    sentence: String,
    words: String,
    url: String,
    at: When,
    new: bool,
}

#[derive(Serialize)]
struct ForYou {
    lines: Vec<Line>,
    any_new: bool,
    newer: String,
    older: String,
}

pub fn show(ask: &Ask) -> Answer {
    let number = ask.page_number();
    let (lines, more) = ask.read(|cx| inbox::mine(cx, number))?;
    if number > 1 && lines.is_empty() {
        return Ok(Reply::see_other("/for-you"));
    }
    let lines: Vec<Line> = lines
        .into_iter()
        .map(|line| {
            let title = line.topic.as_ref().map_or("", |(_, title)| title.as_str());
            let space = line.space.as_ref().map_or("", |(_, name)| name.as_str());
            let actor = line.actor.unwrap_or_else(|| ask.t("inbox-a-moderator"));
            let mut what = line.decided.as_ref().map(|(act, _)| ask.act(act)).unwrap_or_default();
            if line.decided.as_ref().is_some_and(|(_, undone)| *undone) {
                what.push_str(" · ");
                what.push_str(&ask.t("act-undone"));
            }
            let key = match line.kind {
                crate::kinds::InboxKind::Decided if title.is_empty() => "inbox-decided-plain",
                kind => inbox::sentence_key(kind, &line.words),
            };
            let by = match &line.decided_by {
                Some((_, Some(name))) => name.clone(),
                Some((role, None)) => Locales::get().with_values(
                    ask.lang,
                    &format!("by-{}", role.replace('_', "-")),
                    &[("space", space.into())],
                ),
                None => ask.t("inbox-a-moderator"),
            };
            let message = Message::of(key)
                .with("by", by)
                .with("actor", actor)
                .with("what", what)
                .with("title", title)
                .with("space", space)
                .with("times", line.times);
            Line {
                sentence: Locales::get().say(ask.lang, &message),
                words: if line.kind == crate::kinds::InboxKind::FlagEnded {
                    String::new()
                } else {
                    line.words
                },
                url: match (line.kind, line.post, &line.topic, &line.space) {
                    (crate::kinds::InboxKind::Report, ..) => "/queue".to_owned(),
                    (crate::kinds::InboxKind::Decided, ..) => {
                        line.review.map_or_else(|| "/decisions".to_owned(), url::decision)
                    }
                    (crate::kinds::InboxKind::JoinAsked, _, _, Some((space, _))) => {
                        url::about("spaces", space.0, "members")
                    }
                    (crate::kinds::InboxKind::Entered, _, _, Some((space, _))) => url::about("spaces", space.0, "log"),
                    (_, Some(post), _, _) => url::post(post),
                    (_, None, Some((topic, title)), _) => url::topic(*topic, title),
                    (_, None, None, Some((space, name))) => url::space(*space, name),
                    _ => "/".to_owned(),
                },
                at: ask.when(line.at),
                new: line.new,
            }
        })
        .collect();
    let page = ForYou {
        any_new: lines.iter().any(|line| line.new),
        newer: if number > 1 {
            format!("/for-you?page={}", number - 1)
        } else {
            String::new()
        },
        older: if more {
            format!("/for-you?page={}", number + 1)
        } else {
            String::new()
        },
        lines,
    };
    ask.page("inbox/show.html", &ask.t("inbox-title"), &page)
}

pub fn looked(ask: &Ask) -> Answer {
    ask.write(inbox::looked)?;
    Ok(Reply::see_other("/for-you"))
}
