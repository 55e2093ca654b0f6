//! What is worth doing today: the list of those who manage a space, an item with what one can do about it, and
//! whether it helped. Reading it is a reading of names, and is written down.

use serde::Serialize;

use super::ask::{Answer, Ask};
use super::error::or_again;
use super::form::{Choice, Form, choices};
use super::reply::Reply;
use crate::access::deed;
use crate::event::PrivateThing;
use crate::forum::metrics::models::interval::Interval;
use crate::forum::today::effect::{self, Became, Effect, Said};
use crate::forum::today::kinds::{Ended, Reason, WorkKind};
use crate::forum::today::{self, Item, Note, Written};
use crate::forum::topics;
use crate::i18n::{Arg, Locales, When};
use crate::ids::{AccountId, SpaceId};
use crate::refusal::{Problems, Refusal, Result};
use crate::search::alike;
use crate::url;

/// An item, ready to print.
#[derive(Serialize)]
struct View {
    id: i64,
    url: String,
    kind: String,
    hot: bool,
    sentence: String,
    space: String,
    space_url: String,
    topic: String,
    topic_url: String,
    person: String,
    person_url: String,
    since: When,
    asked: Vec<String>,
    /// What one click does: where it leads, and what it is called.
    act: String,
    act_label: String,
    /// Said by hand, because nothing in the forum shows it.
    by_hand: bool,
    /// One click pins it.
    pins: bool,
    writes: bool,
    waits: bool,
    reasons: Vec<Choice>,
}

fn reasons(ask: &Ask, chosen: &str) -> Vec<Choice> {
    let words: Vec<&str> = Reason::ALL.iter().map(|reason| reason.word()).collect();
    choices(ask.lang, "today-reason", &words, &[chosen])
}

fn asked(ask: &Ask, written: &Written) -> String {
    let at = |moment| ask.when(moment).words;
    let (key, when) = match written.leaves {
        Some(leaves) => ("today-asked-leaves", at(leaves)),
        None if written.dropped => ("today-asked-dropped", at(written.at)),
        None => ("today-asked", at(written.at)),
    };
    Locales::get().with_values(
        ask.lang,
        key,
        &[("name", written.to.as_str().into()), ("when", when.into())],
    )
}

fn view(ask: &Ask, item: &Item) -> View {
    let key = today::key(item.kind);
    let page = format!("/today/{}", item.id);
    let (act, label) = match (item.kind, item.first_post, &item.topic) {
        (WorkKind::Newcomer | WorkKind::Question, Some(post), _) => {
            (url::about("posts", post.0, "reply"), "today-act-reply")
        }
        (WorkKind::Feature, _, Some((topic, title))) => (url::topic(*topic, title), "today-act-look"),
        (WorkKind::Bridge, ..) if item.board.is_some() => (together(item), "today-act-together"),
        (WorkKind::Role, ..) => (format!("/spaces/{}/roles", item.space.0), "today-act-roles"),
        (WorkKind::Load | WorkKind::OneWay, ..) => (page.clone(), "today-act-look"),
        _ => (page.clone(), "today-act-write"),
    };
    View {
        id: item.id,
        url: page,
        kind: ask.t(&format!("today-kind-{key}")),
        hot: item.kind == WorkKind::Newcomer,
        sentence: today::sentence(ask.lang, item, ask.app().clock.now()),
        space_url: url::space(item.space.0, &item.space.1),
        space: item.space.1.clone(),
        topic_url: item
            .topic
            .as_ref()
            .map_or_else(String::new, |(topic, title)| url::topic(*topic, title)),
        topic: item.topic.as_ref().map_or_else(String::new, |(_, title)| title.clone()),
        person_url: item
            .account
            .as_ref()
            .map_or_else(String::new, |(who, name)| url::person(*who, name)),
        person: item.account.as_ref().map_or_else(String::new, |(_, name)| name.clone()),
        // What waits, waits by the hour; the rest by the day.
        since: if item.kind.waits() {
            ask.when(item.since)
        } else {
            ask.date(item.since)
        },
        asked: item.asked.iter().map(|one| asked(ask, one)).collect(),
        act,
        act_label: ask.t(label),
        by_hand: !item.kind.waits(),
        pins: item.kind == WorkKind::Feature,
        writes: item.kind.can_write(),
        waits: item.kind.waits(),
        reasons: reasons(ask, ""),
    }
}

/// Where one begins a topic for both.
fn together(item: &Item) -> String {
    let board = item.board.as_ref().map_or(0, |(board, _)| board.0);
    format!("/boards/{board}/topics/new?{}", url::query("tags", &item.facts.tag))
}

/// One comparison in words.
#[derive(Serialize)]
struct Helped {
    kind: String,
    compares: String,
    words: String,
    more: String,
}

fn points(ask: &Ask, share: f64) -> String {
    let locales = Locales::get();
    let text = locales.number(ask.lang, share.abs() * 100.0, 0);
    if share < 0.0 {
        format!("−{text}")
    } else {
        format!("+{text}")
    }
}

fn helped(ask: &Ask, effect: &Effect) -> Helped {
    let locales = Locales::get();
    let key = today::key(effect.kind);
    let say = |key: &str, values: &[(&str, Arg)]| locales.with_values(ask.lang, key, values);
    let (words, more) = match effect.said {
        Said::TooEarly { missing } => (say("today-effect-early", &[("missing", missing.into())]), String::new()),
        Said::Known {
            newcombe,
            believed,
            takes,
        } => {
            let span = |interval: Interval| (points(ask, interval.low), points(ask, interval.high));
            let (low, high) = span(believed.interval);
            let (wide_low, wide_high) = span(newcombe.interval);
            let open = newcombe.interval.low <= 0.0 && newcombe.interval.high >= 0.0;
            let known = effect.first.trials + effect.second.trials;
            let more = takes
                .filter(|takes| open && *takes > known)
                .map_or_else(String::new, |takes| {
                    say("today-effect-takes", &[("more", (takes - known).into())])
                });
            let values = [
                ("difference", points(ask, newcombe.difference).into()),
                ("low", low.into()),
                ("high", high.into()),
                ("widelow", wide_low.into()),
                ("widehigh", wide_high.into()),
                ("first", effect.first.trials.into()),
                ("second", effect.second.trials.into()),
            ];
            (say("today-effect", &values), more)
        }
    };
    Helped {
        kind: ask.t(&format!("today-kind-{key}")),
        compares: ask.t(&format!("today-compares-{key}")),
        words,
        more,
    }
}

/// What became of a kind that is compared with nothing, in words.
fn uncompared(ask: &Ask, one: &Became) -> (String, String) {
    let key = today::key(one.kind);
    let say = |key: &str, values: &[(&str, Arg)]| Locales::get().with_values(ask.lang, key, values);
    let values = [
        ("done", one.done.into()),
        ("dismissed", one.dismissed.into()),
        ("over", one.over.into()),
    ];
    let mut words = say("today-became", &values);
    if let Some((well, of)) = one.well {
        let values = [("well", well.into()), ("of", of.into())];
        words = format!("{words} {}", say(&format!("today-became-{key}"), &values));
    }
    (ask.t(&format!("today-kind-{key}")), words)
}

pub fn list(ask: &Ask) -> Answer {
    let me = ask.me()?;
    if !today::is_for(me) {
        return Err(Refusal::NotFound);
    }
    let chosen: Option<SpaceId> = ask
        .ask_for("space")
        .parse()
        .ok()
        .filter(|space| today::managed(me).contains(space));
    let (found, effects, became) =
        ask.read(|cx| Ok((today::list(cx, chosen)?, effect::effects(cx)?, effect::became(cx)?)))?;
    // Names stand on it, so it is written down who read it; a list without any is none.
    let names = |item: &Item| item.account.is_some() || !item.asked.is_empty();
    if found.items.iter().any(names) {
        ask.reads_private(PrivateThing::WorkList, 0, chosen, None)?;
    }
    let items: Vec<View> = found.items.iter().map(|item| view(ask, item)).collect();
    let tabs: Vec<(String, String, bool)> =
        std::iter::once(("/today".to_owned(), ask.t("today-all"), chosen.is_none()))
            .chain(
                found
                    .spaces
                    .iter()
                    .map(|(id, name)| (format!("/today?space={id}"), name.clone(), chosen == Some(*id))),
            )
            .collect();
    let (known, early): (Vec<&Effect>, Vec<&Effect>) = effects
        .iter()
        .partition(|effect| matches!(effect.said, Said::Known { .. }));
    let became: Vec<(String, String)> = became.iter().map(|one| uncompared(ask, one)).collect();
    let known: Vec<Helped> = known.into_iter().map(|effect| helped(ask, effect)).collect();
    let early: Vec<Helped> = early.into_iter().map(|effect| helped(ask, effect)).collect();
    ask.page(
        "today/list.html",
        &ask.t("today-title"),
        &serde_json::json!({
            "items": items,
            "more": found.more,
            "done": found.done_today,
            "tabs": if found.spaces.len() > 1 { tabs } else { Vec::new() },
            "quiet": found.rests_until.map(|at| ask.when(at)),
            "effects": known,
            "early": early,
            "became": became,
        }),
    )
}

fn id(ask: &Ask) -> Result<i64> {
    ask.param("item").parse().map_err(|_| Refusal::NotFound)
}

/// The text to begin with: one's own of the last time, or a few words of the forum's.
fn first_words(ask: &Ask, item: &Item) -> Result<String> {
    let mine = ask.read(|cx| today::last_words(cx, item.kind))?;
    Ok(match mine {
        Some(mine) => mine,
        None => ask.t(&format!("today-words-{}", today::key(item.kind))),
    })
}

pub fn item(ask: &Ask) -> Answer {
    let number = id(ask)?;
    let item = match ask.read(|cx| today::find(cx, number)) {
        Err(Refusal::NotFound) => return over(ask, number),
        other => other?,
    };
    let words = if item.kind.can_write() {
        first_words(ask, &item)?
    } else {
        String::new()
    };
    page(
        ask,
        &item,
        Form::new(&[("body", &words), ("to", ""), ("reason", "")]),
        false,
    )
}

/// Somebody else was first, or it is over by itself.
fn over(ask: &Ask, item: i64) -> Answer {
    let (how, by) = ask
        .read(|cx| today::ended_meanwhile(cx, item))?
        .ok_or(Refusal::NotFound)?;
    let key = match (how, &by) {
        (Ended::Over, _) | (_, None) => "today-over",
        (Ended::Done, Some(_)) => "today-over-done",
        (Ended::Dismissed, Some(_)) => "today-over-dismissed",
    };
    // Nobody in particular, when it was over by itself.
    let name = by.unwrap_or_default();
    let words = Locales::get().with_values(ask.lang, key, &[("name", name.into())]);
    ask.page(
        "today/over.html",
        &ask.t("today-title"),
        &serde_json::json!({ "words": words }),
    )
}

#[derive(Serialize)]
struct ExpertView {
    id: i64,
    name: String,
    url: String,
    wrote: String,
    wrote_url: String,
    topics: usize,
    chosen: bool,
}

fn page(ask: &Ask, item: &Item, form: Form, again: bool) -> Answer {
    ask.reads_private(
        PrivateThing::WorkList,
        item.id,
        Some(item.space.0),
        item.account.as_ref().map(|(who, _)| *who),
    )?;
    let near = match &item.topic {
        Some((_, title)) if item.kind.waits() => alike::candidates(&ask.app().search, title)?,
        _ => Vec::new(),
    };
    let (experts, titles) = ask.read(|cx| {
        let experts = today::who_knows(cx, item, &near)?;
        Ok((experts, today::titles(cx, item)?))
    })?;
    let sent = form.value("to").to_owned();
    let experts: Vec<ExpertView> = experts
        .into_iter()
        .enumerate()
        .map(|(place, one)| ExpertView {
            chosen: if sent.is_empty() {
                place == 0
            } else {
                sent == one.id.to_string()
            },
            id: one.id.0,
            name: one.name,
            url: one.address,
            wrote: one.wrote.1,
            wrote_url: url::post(one.wrote.0),
            topics: one.topics,
        })
        .collect();
    let key = today::key(item.kind);
    let topics: Vec<(String, String)> = titles
        .into_iter()
        .map(|(topic, title)| (url::topic(topic, &title), title))
        .collect();
    let data = serde_json::json!({
        "i": view(ask, item),
        "why": ask.t(&format!("today-means-{key}")),
        "to": item.account.as_ref().filter(|_| !item.kind.waits()).map(|(who, _)| who.0),
        "experts": experts,
        "topics": topics,
        "reasons": reasons(ask, form.value("reason")),
        "form": form,
    });
    let title = ask.t("today-title");
    if again {
        ask.again("today/item.html", &title, &data)
    } else {
        ask.page("today/item.html", &title, &data)
    }
}

/// What was asked for, done; problems beside the field where they are, and who was first when two were at it.
fn deed(ask: &Ask, work: impl FnOnce(&mut crate::access::Tx<'_>, &Item) -> Result<&'static str>) -> Answer {
    let number = id(ask)?;
    let outcome = ask.write(|tx| {
        let item = today::find(tx, number)?;
        work(tx, &item)
    });
    let outcome = match outcome {
        Err(Refusal::Conflict | Refusal::NotFound) => return over(ask, number),
        other => other,
    };
    let again = |problems: &Problems| {
        let item = ask.read(|cx| today::find(cx, number))?;
        page(ask, &item, ask.kept(&["body", "to", "reason"], problems), true)
    };
    match or_again(outcome, again) {
        Ok(saying) => Ok(Reply::see_other("/today").saying(saying)),
        Err(answer) => answer,
    }
}

pub fn write(ask: &Ask) -> Answer {
    deed(ask, |tx, item| {
        let to = ask
            .sent
            .number("to")
            .map(AccountId)
            .ok_or_else(|| Problems::one("to", "problem-choose"))?;
        let note = Note {
            to,
            body: ask.sent.text("body"),
        };
        let now = tx.now();
        let leaves = today::note(tx, item, &note)?;
        Ok(if leaves == now { "done-note" } else { "done-note-later" })
    })
}

pub fn dismiss(ask: &Ask) -> Answer {
    deed(ask, |tx, item| {
        today::dismiss(tx, item, Reason::from_word(ask.sent.text("reason")))?;
        Ok("done-dismissed")
    })
}

/// Pins what many were thankful for, which is what the item is about.
pub fn pin(ask: &Ask) -> Answer {
    deed(ask, |tx, item| {
        let topic = match (item.kind, &item.topic) {
            (WorkKind::Feature, Some((topic, _))) => *topic,
            _ => return Err(Refusal::NotFound),
        };
        let topic = topics::take(tx, topic)?.may::<deed::Pin>()?;
        topics::pin(tx, topic)?;
        today::done(tx, item)?;
        Ok("done-pinned")
    })
}

pub fn done(ask: &Ask) -> Answer {
    deed(ask, |tx, item| {
        today::done(tx, item)?;
        Ok("done-work")
    })
}
