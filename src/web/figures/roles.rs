//! Roles of a space: who holds what since when, whose term ends, who is to follow, and what share of the load few carry.

use serde::Serialize;

use super::say;
use crate::access::Verb;
use crate::forum::plan::terms::{self, Held, LONG_DAYS, Load, THINK_DAYS};
use crate::forum::spaces;
use crate::i18n::{Locales, When};
use crate::ids::{AccountId, SpaceId};
use crate::refusal::{Problems, Result};
use crate::url;
use crate::web::ask::{Answer, Ask};
use crate::web::error::or_again;
use crate::web::form::Form;
use crate::web::reply::Reply;
use crate::web::spaces::managed;

#[derive(Serialize)]
struct HeldView {
    id: i64,
    name: String,
    url: String,
    role: String,
    since: Option<When>,
    held: String,
    until: Option<When>,
    /// What is to be thought of, and how urgent it is: `hot` or `waiting`.
    says: String,
    mood: &'static str,
    successor: String,
    successor_url: String,
    words: String,
    form: Form,
}

fn held_view(ask: &Ask, held: Held, refused: Option<&(AccountId, Form)>) -> HeldView {
    let now = ask.app().clock.now();
    let days = held.since.map(|since| (now.0 - since.0) / 86_400_000_000);
    let over = held.until.is_some_and(|until| until <= now);
    let (says, mood) = match days {
        _ if over => ("roles-over", "hot"),
        Some(days) if days >= LONG_DAYS => ("roles-long", "hot"),
        Some(days) if days >= THINK_DAYS && held.successor.is_none() => ("roles-think", "waiting"),
        _ => ("", ""),
    };
    let at = held
        .successor
        .as_ref()
        .map_or_else(String::new, |one| format!("@{}", one.1));
    let form = match refused {
        Some((who, form)) if *who == held.account => form.clone(),
        _ => Form::new(&[("successor", &at), ("words", &held.words)]),
    };
    HeldView {
        id: held.account.0,
        url: url::person(held.account, &held.called),
        name: held.called,
        role: ask.t(&format!("role-{}", held.role.word().replace('_', "-"))),
        since: held.since.map(|at| ask.date(at)),
        held: days.map_or_else(String::new, |days| {
            Locales::get().with_values(ask.lang, "roles-months", &[("months", (days / 30).into())])
        }),
        until: held.until.map(|at| ask.date(at)),
        says: if says.is_empty() { String::new() } else { ask.t(says) },
        mood,
        successor_url: held
            .successor
            .as_ref()
            .map_or_else(String::new, |one| url::person(one.0, &one.2)),
        successor: held.successor.map_or_else(String::new, |one| one.2),
        words: held.words,
        form,
    }
}

fn load_words(ask: &Ask, key: &str, load: Load) -> String {
    let (all, one, three) = match load {
        Load::TooEarly => return ask.t("health-too-early"),
        Load::Hidden => return ask.t("health-hidden"),
        Load::Shares { all, one, three } => (all, one, three),
    };
    #[expect(clippy::cast_precision_loss, reason = "a quarter of one space")]
    let share = |of: i64| say::percent(ask.lang, of as f64 / all as f64);
    Locales::get().with_values(
        ask.lang,
        key,
        &[
            ("one", share(one).into()),
            ("three", share(three).into()),
            ("all", all.into()),
        ],
    )
}

fn page(ask: &Ask, refused: Option<(AccountId, Form)>) -> Answer {
    let id: SpaceId = ask.id("space")?;
    let (space, held, load) = ask.read(|cx| {
        let space = spaces::find(cx, id)?;
        let held = terms::held(cx, &space)?;
        let load = terms::load(cx, &space)?;
        Ok((space, held, load))
    })?;
    let held: Vec<HeldView> = held
        .into_iter()
        .map(|one| held_view(ask, one, refused.as_ref()))
        .collect();
    let data = serde_json::json!({
        "id": id.0,
        "space": space.name,
        "space_url": url::space(id, &space.name),
        "held": held,
        "load": [
            (ask.t("roles-replies"), load_words(ask, "roles-load", load[0])),
            (ask.t("roles-decisions"), load_words(ask, "roles-load", load[1])),
        ],
        "can_manage": space.can(Verb::Manage),
        "problems": refused.as_ref().map_or_else(Vec::new, |(_, form)| form.problems.clone()),
    });
    let title = ask.t("roles-title");
    if refused.is_some() {
        ask.again("figures/roles.html", &title, &data)
    } else {
        ask.page("figures/roles.html", &title, &data)
    }
}

pub fn show(ask: &Ask) -> Answer {
    page(ask, None)
}

pub fn succeed(ask: &Ask) -> Answer {
    let holder: AccountId = ask.id("account")?;
    let outcome: Result<()> = managed(ask, |tx, space| {
        terms::succeed(tx, &space, holder, ask.sent.text("successor"), ask.sent.text("words"))
    });
    let again = |problems: &Problems| page(ask, Some((holder, ask.kept(&["successor", "words"], problems))));
    match or_again(outcome, again) {
        Ok(()) => {
            let id: SpaceId = ask.id("space")?;
            Ok(Reply::see_other(format!("/spaces/{id}/roles")).saying("done-saved"))
        }
        Err(answer) => answer,
    }
}
