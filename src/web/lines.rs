//! A topic as a line of a list, ready to print.

use serde::Serialize;

use super::ask::Ask;
use crate::forum::topics::list::Line;
use crate::i18n::When;
use crate::kinds::{PostState, TopicKind};
use crate::url;

#[derive(Debug, Clone, Serialize)]
pub struct TopicLine {
    pub url: String,
    /// The first post that is new to me, when there is one.
    pub new_url: String,
    pub title: String,
    pub lang: String,
    pub kind: &'static str,
    pub kind_label: String,
    pub solved: bool,
    pub waiting: bool,
    pub pinned: bool,
    pub closed: bool,
    pub held: bool,
    pub tags: Vec<String>,
    pub author: String,
    pub author_guest: bool,
    pub board: String,
    pub board_url: String,
    pub space: String,
    pub replies: i64,
    pub unread: i64,
    pub last_author: String,
    pub last_url: String,
    pub last_at: When,
}

pub fn line(ask: &Ask, line: Line) -> TopicLine {
    let topic = &line.topic;
    let question = topic.kind == TopicKind::Question;
    TopicLine {
        url: url::topic(topic.id, &topic.title),
        new_url: if line.unread > 0 {
            format!("{}?at=new", url::topic(topic.id, &topic.title))
        } else {
            String::new()
        },
        lang: topic.language.clone(),
        kind: topic.kind.word(),
        kind_label: ask.t(&format!("kind-{}", topic.kind.word())),
        solved: topic.answer_id.is_some(),
        waiting: question && topic.answer_id.is_none() && topic.closed_at.is_none(),
        pinned: topic.pinned_at.is_some(),
        closed: topic.closed_at.is_some(),
        held: topic.state == PostState::Held,
        tags: line.tags,
        author: line.author_name,
        author_guest: line.author_guest,
        board_url: url::board(topic.board_id, &line.board_name),
        board: line.board_name,
        space: line.space_name,
        replies: (topic.post_count - 1).max(0),
        unread: line.unread,
        last_author: line.last_author.map(|(_, name)| name).unwrap_or_default(),
        last_url: topic.last_post_id.map(url::post).unwrap_or_default(),
        last_at: ask.when(topic.last_posted_at),
        title: line.topic.title,
    }
}
