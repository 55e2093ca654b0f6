//! What figures keep about me: everything of it, to read and to take along.

use serde::Serialize;

use crate::forum::metrics::mine;
use crate::url;
use crate::web::ask::{Answer, Ask};
use crate::web::reply::{Body, Reply, Served};

#[derive(Serialize)]
struct Line {
    week: String,
    space: String,
    counts: [i64; 8],
}

#[derive(Serialize)]
struct Page {
    days: Vec<String>,
    rooms: Vec<(String, String)>,
    read: Vec<(String, String, String)>,
    elsewhere: usize,
    lines: Vec<Line>,
    first: Option<crate::i18n::When>,
}

pub fn kept(ask: &Ask) -> Answer {
    let mine = ask.read(mine::mine)?;
    let hidden = ask.t("kept-elsewhere");
    let page = Page {
        days: mine.days,
        rooms: mine
            .days_in_spaces
            .into_iter()
            .map(|(space, day)| (day, space.unwrap_or_else(|| hidden.clone())))
            .collect(),
        read: mine
            .read
            .into_iter()
            .map(|(topic, title, day)| (day, url::topic(topic, &title), title))
            .collect(),
        elsewhere: mine.read_elsewhere,
        lines: mine
            .weeks
            .into_iter()
            .map(|week| Line {
                space: if week.whole_forum {
                    ask.t("kept-forum")
                } else {
                    week.space.unwrap_or_else(|| hidden.clone())
                },
                week: week.week,
                counts: [
                    week.contributions,
                    week.topics,
                    week.replies,
                    week.thanks_and_votes,
                    week.as_team,
                    week.days,
                    week.replied_to,
                    week.replied_by,
                ],
            })
            .collect(),
        first: mine.first.map(|at| ask.date(at)),
    };
    ask.page("settings/kept.html", &ask.t("kept-title"), &page)
}

pub fn kept_json(ask: &Ask) -> Answer {
    let mine = ask.read(mine::mine)?;
    let text = serde_json::to_string_pretty(&mine).map_err(crate::refusal::Refusal::broken)?;
    Ok(Reply::new(
        actix_web::http::StatusCode::OK,
        Body::File(Box::new(Served {
            kind: "application/json".to_owned(),
            bytes: Some(text.into_bytes()),
            tag: String::new(),
            download: Some("kept-about-me.json".to_owned()),
        })),
    ))
}
