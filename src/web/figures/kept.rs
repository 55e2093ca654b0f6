//! What figures keep about me: everything of it, to read and to take along.

use serde::Serialize;

use crate::db::types::Moment;
use crate::forum::metrics::{mine, raw};
use crate::forum::plan::mine::{As, Named, names_me};
use crate::forum::today::choices::{self, Chosen};
use crate::forum::today::key;
use crate::forum::today::mine::{OnLists, on_lists};
use crate::kinds::AccountKind;
use crate::refusal::{Problems, Refusal, Result};
use crate::url;
use crate::web::ask::{Answer, Ask};
use crate::web::error::or_again;
use crate::web::form::Form;
use crate::web::reply::{Body, Reply, Served};

#[derive(Serialize)]
struct Line {
    week: String,
    space: String,
    counts: [i64; 8],
    here: bool,
}

#[derive(Serialize)]
struct Page {
    guest: bool,
    days: Vec<String>,
    rooms: Vec<(String, String)>,
    read: Vec<(String, String, String)>,
    elsewhere: usize,
    read_marks: i64,
    lines: Vec<Line>,
    first: Option<crate::i18n::When>,
    lists: Vec<Listed>,
    notes: Vec<Words>,
    /// Where plans name me.
    plans: Vec<(String, String, String)>,
    form: Form,
}

/// A list on which I stand or stood.
#[derive(Serialize)]
struct Listed {
    kind: String,
    space: String,
    at: crate::i18n::When,
    state: String,
}

#[derive(Serialize)]
struct Words {
    by: String,
    kind: String,
    at: crate::i18n::When,
    words: String,
}

fn on(ask: &Ask, all: OnLists) -> (Vec<Listed>, Vec<Words>) {
    let kind = |kind| ask.t(&format!("today-kind-{}", key(kind)));
    let lists = all.lists.into_iter().map(|one| Listed {
        kind: kind(one.kind),
        space: one.space.unwrap_or_else(|| ask.t("kept-elsewhere")),
        at: ask.date(one.made_at),
        state: {
            let lot = ask.t(if one.shown {
                "kept-list-shown"
            } else {
                "kept-list-not-shown"
            });
            if one.over {
                format!("{lot} · {}", ask.t("kept-list-over"))
            } else {
                lot
            }
        },
    });
    let notes = all.notes.into_iter().map(|one| Words {
        by: one.by,
        kind: kind(one.kind),
        at: ask.date(one.at),
        words: one.words,
    });
    (lists.collect(), notes.collect())
}

/// What I chose, as the fields of the form.
fn chosen(ask: &Ask) -> Result<Form> {
    let mine = ask.read(choices::mine)?;
    let day = mine
        .paused_until
        .filter(|until| *until > ask.app().clock.now())
        .map(|until| until.timestamp().to_zoned(ask.zone.clone()).date().to_string())
        // An empty field: no pause.
        .unwrap_or_else(String::new);
    let tick = |chosen: bool| if chosen { "yes" } else { "" };
    Ok(Form::new(&[
        ("paused", &day),
        ("objects", tick(mine.objected_at.is_some())),
        ("suggestions", tick(mine.suggestions_at.is_some())),
    ]))
}

pub fn kept(ask: &Ask) -> Answer {
    let form = chosen(ask)?;
    page(ask, form, false)
}

/// Pauses, objects, or asks for suggestions.
pub fn choose(ask: &Ask) -> Answer {
    let until = || -> Result<Option<Moment>> {
        let day = ask.sent.text("paused").trim();
        if day.is_empty() {
            return Ok(None);
        }
        let wrong = || Problems::one("paused", "problem-pause");
        let date: jiff::civil::Date = day.parse().map_err(|_| wrong())?;
        let at = date.to_zoned(ask.zone.clone()).map_err(|_| wrong())?;
        Ok(Some(Moment(at.timestamp().as_microsecond())))
    };
    let outcome = until().and_then(|paused_until| {
        ask.write(|tx| {
            choices::choose(
                tx,
                &Chosen {
                    paused_until,
                    objects: ask.sent.text("objects") == "yes",
                    suggestions: ask.sent.text("suggestions") == "yes",
                },
            )
        })
    });
    match or_again(outcome, |problems| {
        page(ask, ask.kept(&["paused", "objects", "suggestions"], problems), true)
    }) {
        Ok(()) => Ok(Reply::see_other("/settings/kept").saying("done-saved")),
        Err(answer) => answer,
    }
}

fn page(ask: &Ask, form: Form, again: bool) -> Answer {
    let (mine, lists, plans) = ask.read(|cx| Ok((mine::mine(cx)?, on_lists(cx)?, names_me(cx)?)))?;
    let (lists, notes) = on(ask, lists);
    let hidden = ask.t("kept-elsewhere");
    let page = Page {
        guest: ask.me()?.kind == AccountKind::Guest,
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
        read_marks: mine.read_marks,
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
                here: week.here,
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
        lists,
        notes,
        plans: plans
            .into_iter()
            .map(|one| {
                let role = match one.role {
                    As::Sponsor => "kept-plan-sponsor",
                    As::Writer => "kept-plan-writer",
                    As::Successor => "kept-plan-successor",
                };
                (ask.t(role), one.space.unwrap_or_else(|| hidden.clone()), one.words)
            })
            .collect(),
        form,
    };
    let title = ask.t("kept-title");
    if again {
        ask.again("settings/kept.html", &title, &page)
    } else {
        ask.page("settings/kept.html", &title, &page)
    }
}

pub fn kept_json(ask: &Ask) -> Answer {
    #[derive(Serialize)]
    struct All {
        #[serde(flatten)]
        figures: mine::Mine,
        #[serde(flatten)]
        lists: OnLists,
        named_in_plans: Vec<Named>,
        rows: raw::Raw,
    }
    let all = ask.read(|cx| {
        Ok(All {
            figures: mine::mine(cx)?,
            lists: on_lists(cx)?,
            named_in_plans: names_me(cx)?,
            rows: raw::raw(cx)?,
        })
    })?;
    let text = serde_json::to_string_pretty(&all).map_err(Refusal::broken)?;
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
