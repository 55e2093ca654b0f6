//! Lists of topics across everything that I read: latest, unread, unanswered, mine.

use serde::Serialize;

use super::ask::{Answer, Ask};
use super::lines::{self, TopicLine};
use super::reply::Reply;
use crate::forum::reading;
use crate::forum::topics::list::{self, Filter, Sort};

#[derive(Serialize)]
struct List {
    heading: String,
    which: &'static str,
    empty: String,
    topics: Vec<TopicLine>,
    newer: String,
    older: String,
    signed_in: bool,
}

fn show(ask: &Ask, which: &'static str, filter: &Filter) -> Answer {
    let number = ask.page_number();
    let found = ask.read(|cx| list::page(cx, filter, Sort::Active, number))?;
    if number > 1 && found.lines.is_empty() {
        return Ok(Reply::see_other(format!("/{which}")));
    }
    let page = List {
        heading: ask.t(&format!("list-{which}")),
        which,
        empty: ask.t(&format!("list-{which}-empty")),
        newer: if number > 1 {
            format!("/{which}?page={}", number - 1)
        } else {
            String::new()
        },
        older: if found.more {
            format!("/{which}?page={}", number + 1)
        } else {
            String::new()
        },
        topics: found.lines.into_iter().map(|line| lines::line(ask, line)).collect(),
        signed_in: ask.viewer().person().is_some(),
    };
    let title = page.heading.clone();
    ask.page("topics/list.html", &title, &page)
}

pub fn latest(ask: &Ask) -> Answer {
    show(ask, "latest", &Filter::default())
}

pub fn unanswered(ask: &Ask) -> Answer {
    show(
        ask,
        "unanswered",
        &Filter {
            unanswered: true,
            ..Filter::default()
        },
    )
}

pub fn unread(ask: &Ask) -> Answer {
    show(
        ask,
        "unread",
        &Filter {
            unread: true,
            ..Filter::default()
        },
    )
}

pub fn mine(ask: &Ask) -> Answer {
    show(
        ask,
        "mine",
        &Filter {
            mine: true,
            ..Filter::default()
        },
    )
}

pub fn mark_all_read(ask: &Ask) -> Answer {
    ask.write(|tx| reading::mark_all(tx, None))?;
    Ok(Reply::see_other("/unread").saying("done-read-all"))
}
