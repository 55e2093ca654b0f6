//! The members of a space: who they are, who asks to be one, and their roles.

use serde::Serialize;

use super::managed;
use crate::access::Verb;
use crate::db::types::Moment;
use crate::forum::{people, spaces};
use crate::i18n::When;
use crate::ids::{AccountId, SpaceId};
use crate::kinds::SpaceRole;
use crate::refusal::{Problems, Refusal};
use crate::url;
use crate::web::ask::{Answer, Ask};
use crate::web::reply::{Body, Reply};

#[derive(Serialize)]
struct MemberLine {
    id: i64,
    url: String,
    name: String,
    guest: bool,
    organisation: String,
    department: String,
    role: &'static str,
    role_label: String,
    until: Option<When>,
    /// As a field of a form has it; empty: no term.
    until_day: String,
    overdue: bool,
    since: When,
}

#[derive(Serialize)]
struct AskedLine {
    id: i64,
    url: String,
    name: String,
    words: String,
    at: When,
}

#[derive(Serialize)]
struct Members {
    id: i64,
    space: String,
    space_url: String,
    members: Vec<MemberLine>,
    asked: Vec<AskedLine>,
    total: i64,
    can_manage: bool,
    newer: String,
    older: String,
}

pub fn members(ask: &Ask) -> Answer {
    let id: SpaceId = ask.id("space")?;
    let number = ask.page_number();
    let (space, (rows, total), asked) = ask.read(|cx| {
        let space = spaces::find(cx, id)?;
        let members = spaces::members(cx, &space, number)?;
        let asked = spaces::asked(cx, &space)?;
        Ok((space, members, asked))
    })?;
    let now = ask.app().clock.now();
    let page = Members {
        id: id.0,
        space_url: url::space(id, &space.name),
        members: rows
            .into_iter()
            .map(|row| MemberLine {
                id: row.account.0,
                url: url::person(row.account, &row.display_name),
                guest: row.kind == crate::kinds::AccountKind::Guest,
                organisation: row.organisation,
                department: row.department.unwrap_or_default(),
                role: row.role.word(),
                role_label: ask.t(&format!("role-{}", row.role.word().replace('_', "-"))),
                until_day: row.role_until.map_or_else(String::new, |until| {
                    until.timestamp().to_zoned(ask.zone.clone()).date().to_string()
                }),
                until: row.role_until.map(|until| ask.date(until)),
                overdue: row.role_until.is_some_and(|until| until <= now),
                since: ask.date(row.joined_at),
                name: row.display_name,
            })
            .collect(),
        asked: asked
            .into_iter()
            .map(|row| AskedLine {
                id: row.account.0,
                url: url::person(row.account, &row.display_name),
                name: row.display_name,
                words: row.words,
                at: ask.when(row.asked_at),
            })
            .collect(),
        total,
        can_manage: space.can(Verb::Manage),
        newer: if number > 1 {
            format!("/spaces/{id}/members?page={}", number - 1)
        } else {
            String::new()
        },
        older: if number * 50 < total {
            format!("/spaces/{id}/members?page={}", number + 1)
        } else {
            String::new()
        },
        space: space.name.clone(),
    };
    ask.page("spaces/members.html", &ask.t("members-title"), &page)
}

fn to_members(ask: &Ask) -> Answer {
    let id: SpaceId = ask.id("space")?;
    Ok(Reply::see_other(format!("/spaces/{id}/members")).saying("done-saved"))
}

pub fn let_in(ask: &Ask) -> Answer {
    let account: AccountId = ask.id("account")?;
    managed(ask, |tx, space| spaces::let_in(tx, space, account))?;
    to_members(ask)
}

pub fn refuse(ask: &Ask) -> Answer {
    let account: AccountId = ask.id("account")?;
    managed(ask, |tx, space| spaces::refuse(tx, space, account))?;
    to_members(ask)
}

pub fn remove_member(ask: &Ask) -> Answer {
    let account: AccountId = ask.id("account")?;
    managed(ask, |tx, space| spaces::remove_member(tx, space, account))?;
    to_members(ask)
}

/// The beginning of a day, where whoever asks lives.
fn beginning_of(ask: &Ask, day: &str) -> Option<Moment> {
    let day: jiff::civil::Date = day.parse().ok()?;
    let at = day.to_zoned(ask.zone.clone()).ok()?;
    Some(Moment(at.timestamp().as_microsecond()))
}

pub fn give_role(ask: &Ask) -> Answer {
    let account: AccountId = ask.id("account")?;
    let role = SpaceRole::from_word(ask.sent.text("role")).ok_or(Refusal::NotFound)?;
    let until = match ask.sent.text("until").trim() {
        "" => None,
        day => Some(beginning_of(ask, day).ok_or_else(|| Problems::one("until", "problem-choose"))?),
    };
    managed(ask, |tx, space| spaces::give_role(tx, space, account, role, until))?;
    to_members(ask)
}

/// For the script that offers people while somebody types an @: names, and what they are called.
pub fn to_mention(ask: &Ask) -> Answer {
    let id: SpaceId = ask.id("space")?;
    let begins: String = ask.ask_for("q").chars().take(40).collect();
    let found = ask.read(|cx| {
        let space = spaces::find(cx, id)?;
        people::to_mention(cx, &space, &begins)
    })?;
    Ok(Reply::new(
        actix_web::http::StatusCode::OK,
        Body::Text("application/json", serde_json::json!(found).to_string()),
    ))
}
