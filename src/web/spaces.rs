//! Spaces: the front page, a space's own page, its members, its settings, its reports.

use serde::Serialize;

use super::ask::{Answer, Ask};
use super::error::or_again;
use super::form::{Choice, Form, choices};
use super::reply::Reply;
use crate::access::{Verb, deed};
use crate::forum::boards::{self, BoardRow, LastWord};
use crate::forum::spaces::{self, Space, SpaceRow};
use crate::forum::topics::{list, tags};
use crate::i18n::When;
use crate::ids::{AccountId, BoardId, SpaceId};
use crate::kinds::{Joining, SpaceRole, Visibility};
use crate::refusal::{Problems, Refusal};
use crate::url;

#[derive(Serialize)]
pub struct BoardLine {
    url: String,
    name: String,
    description: String,
    topics: i64,
    posts: i64,
    unread: bool,
    archived: bool,
    last: Option<Last>,
}

#[derive(Serialize)]
struct Last {
    title: String,
    url: String,
    author: String,
    guest: bool,
    at: When,
}

#[derive(Serialize)]
struct SpaceLine {
    url: String,
    name: String,
    visibility: &'static str,
    visibility_label: String,
    members: i64,
    guests: i64,
    archived: bool,
    boards: Vec<BoardLine>,
}

#[derive(Serialize)]
struct Waiting {
    url: String,
    title: String,
    since: When,
}

#[derive(Serialize)]
struct Index {
    spaces: Vec<SpaceLine>,
    waiting: Vec<Waiting>,
    signed_in: bool,
    admin: bool,
}

fn board_line(
    ask: &Ask,
    board: BoardRow,
    last: Option<&LastWord>,
    news: &std::collections::HashSet<BoardId>,
) -> BoardLine {
    BoardLine {
        url: url::board(board.id, &board.name),
        topics: board.topic_count,
        posts: board.post_count,
        unread: news.contains(&board.id),
        archived: board.archived_at.is_some(),
        last: last.map(|last| Last {
            title: last.title.clone(),
            url: url::post(last.post),
            author: last.author_name.clone(),
            guest: last.guest,
            at: ask.when(board.last_posted_at),
        }),
        name: board.name,
        description: board.description,
    }
}

pub fn index(ask: &Ask) -> Answer {
    let counted = ask.news()?;
    let page = ask.read(|cx| {
        let rooms = spaces::all_for_index(cx)?;
        let ids: Vec<SpaceId> = rooms.iter().map(|(space, ..)| space.id).collect();
        let boards = boards::of_spaces(cx, &ids, false)?;
        let last = boards::last_words(cx, &boards)?;
        let waiting = if cx.viewer().person().is_some() {
            list::waiting(cx, 5)?
        } else {
            Vec::new()
        };
        let mut lines: Vec<SpaceLine> = rooms
            .into_iter()
            .filter(|(space, ..)| space.archived_at.is_none())
            .map(|(space, members, guests)| SpaceLine {
                url: url::space(space.id, &space.name),
                visibility: space.visibility.word(),
                visibility_label: ask.t(&format!("visibility-{}", space.visibility.word())),
                members,
                guests,
                archived: space.archived_at.is_some(),
                boards: boards
                    .iter()
                    .filter(|board| board.space_id == space.id)
                    .map(|board| board_line(ask, board.clone(), last.get(&board.id), &counted.boards))
                    .collect(),
                name: space.name,
            })
            .collect();
        // Spaces without a board yet stand last.
        lines.sort_by_key(|space| space.boards.is_empty());
        Ok(Index {
            spaces: lines,
            waiting: waiting
                .into_iter()
                .map(|(topic, title, at)| Waiting {
                    url: url::topic(topic, &title),
                    title,
                    since: ask.when(at),
                })
                .collect(),
            signed_in: cx.viewer().person().is_some(),
            admin: cx.viewer().is_admin(),
        })
    })?;
    let title = ask.t("spaces-title");
    ask.page("spaces/index.html", &title, &page)
}

#[derive(Serialize)]
struct Tag {
    name: String,
    count: i64,
    url: String,
}

#[derive(Serialize)]
struct Show {
    id: i64,
    name: String,
    url: String,
    visibility: &'static str,
    visibility_label: String,
    concept_for: String,
    concept_about: String,
    concept_gain: String,
    guidelines: String,
    members: i64,
    guests: i64,
    managers: Vec<(String, String)>,
    boards: Vec<BoardLine>,
    tags: Vec<Tag>,
    archived: bool,
    member: bool,
    can_join: bool,
    can_ask: bool,
    can_leave: bool,
    can_manage: bool,
    can_moderate: bool,
    can_see_log: bool,
    signed_in: bool,
}

#[derive(Serialize)]
struct CardPage {
    name: String,
    visibility_label: String,
    members: i64,
    managers: Vec<(String, String)>,
}

fn people_links(managers: Vec<(AccountId, String)>) -> Vec<(String, String)> {
    managers
        .into_iter()
        .map(|(id, name)| (url::person(id, &name), name))
        .collect()
}

pub fn show(ask: &Ask) -> Answer {
    let id: SpaceId = ask.id("space")?;
    let found = ask.read(|cx| match spaces::find(cx, id) {
        Ok(space) => {
            let card = spaces::card(cx, &space)?;
            let manages = space.can(Verb::Manage);
            let boards = boards::of_spaces(cx, &[id], manages)?;
            let last = boards::last_words(cx, &boards)?;
            let tags = tags::in_use(cx, id)?;
            Ok(Ok((space, card, boards, last, tags)))
        }
        // An admin knows of every space, and of some only the card.
        Err(Refusal::NotFound) => spaces::find_card(cx, id).map(Err),
        Err(other) => Err(other),
    })?;
    let (space, card, boards, last, tags) = match found {
        Ok(found) => found,
        Err(card) => {
            let page = CardPage {
                visibility_label: ask.t(&format!("visibility-{}", card.visibility.word())),
                members: card.members,
                managers: people_links(card.managers),
                name: card.name,
            };
            let title = page.name.clone();
            return ask.page("spaces/card.html", &title, &page);
        }
    };
    let counted = ask.news()?;
    let home = url::space(space.id, &space.name);
    let page = Show {
        id: id.0,
        visibility: space.visibility.word(),
        visibility_label: ask.t(&format!("visibility-{}", space.visibility.word())),
        concept_for: space.concept_for.clone(),
        concept_about: space.concept_about.clone(),
        concept_gain: space.concept_gain.clone(),
        guidelines: space.guidelines_html.clone(),
        members: card.members,
        guests: card.guests,
        managers: people_links(card.managers),
        boards: boards
            .into_iter()
            .map(|board| {
                let word = last.get(&board.id);
                board_line(ask, board, word, &counted.boards)
            })
            .collect(),
        tags: tags
            .into_iter()
            .map(|(name, count)| Tag {
                url: format!(
                    "/search?{}",
                    serde_html_form::to_string([("q", format!("tag:\"{name}\" space:\"{}\"", space.name))])
                        .unwrap_or_default()
                ),
                name,
                count,
            })
            .collect(),
        archived: space.archived_at.is_some(),
        member: space.can(Verb::Leave),
        can_join: space.can(Verb::Join),
        can_ask: space.can(Verb::AskToJoin),
        can_leave: space.can(Verb::Leave),
        can_manage: space.can(Verb::Manage),
        can_moderate: space.can(Verb::Moderate),
        can_see_log: space.can(Verb::SeeLog),
        signed_in: ask.viewer().person().is_some(),
        url: home,
        name: space.name.clone(),
    };
    let title = page.name.clone();
    ask.page("spaces/show.html", &title, &page)
}

fn back_to(id: SpaceId) -> String {
    format!("/spaces/{id}")
}

pub fn join(ask: &Ask) -> Answer {
    let id: SpaceId = ask.id("space")?;
    ask.write(|tx| {
        let space = spaces::find(tx, id)?.may::<deed::Join>()?;
        spaces::join(tx, space)
    })?;
    let back = ask.sent.text("back");
    let to = if url::is_local(back) {
        back.to_owned()
    } else {
        back_to(id)
    };
    Ok(Reply::see_other(to).saying("done-joined"))
}

pub fn ask_to_join(ask: &Ask) -> Answer {
    let id: SpaceId = ask.id("space")?;
    ask.write(|tx| {
        let space = spaces::find(tx, id)?.may::<deed::AskToJoin>()?;
        spaces::ask_to_join(tx, space, ask.sent.text("words"))
    })?;
    Ok(Reply::see_other(back_to(id)).saying("done-asked"))
}

pub fn leave(ask: &Ask) -> Answer {
    let id: SpaceId = ask.id("space")?;
    ask.write(|tx| {
        let space = spaces::find(tx, id)?.may::<deed::Leave>()?;
        spaces::leave(tx, space)
    })?;
    Ok(Reply::see_other("/").saying("done-left"))
}

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

fn managed<T>(
    ask: &Ask,
    work: impl FnOnce(&mut crate::access::Tx<'_>, crate::access::May<deed::Manage, SpaceRow>) -> crate::refusal::Result<T>,
) -> crate::refusal::Result<T> {
    let id: SpaceId = ask.id("space")?;
    ask.write(|tx| {
        let space = spaces::find(tx, id)?.may::<deed::Manage>()?;
        work(tx, space)
    })
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

pub fn give_role(ask: &Ask) -> Answer {
    let account: AccountId = ask.id("account")?;
    let role = SpaceRole::from_word(ask.sent.text("role")).ok_or(Refusal::NotFound)?;
    let until = ask
        .sent
        .text("until")
        .parse::<jiff::civil::Date>()
        .ok()
        .and_then(|day| {
            let at = day.to_zoned(ask.zone.clone()).ok()?;
            Some(crate::db::types::Moment(at.timestamp().as_microsecond()))
        });
    managed(ask, |tx, space| spaces::give_role(tx, space, account, role, until))?;
    to_members(ask)
}

const FIELDS: [&str; 9] = [
    "name",
    "visibility",
    "joining",
    "concept_for",
    "concept_about",
    "concept_gain",
    "guidelines",
    "names_actors",
    "review_hours",
];

#[derive(Serialize)]
struct Settings {
    id: i64,
    space: String,
    space_url: String,
    form: Form,
    visibilities: Vec<Choice>,
    joinings: Vec<Choice>,
    archived: bool,
    boards: Vec<BoardSettingsLine>,
}

#[derive(Serialize)]
struct BoardSettingsLine {
    id: i64,
    name: String,
    archived: bool,
}

fn settings_page(ask: &Ask, space: &Space, form: Form) -> Result<Settings, Refusal> {
    let boards = ask.read(|cx| boards::of_spaces(cx, &[space.id], true))?;
    Ok(Settings {
        id: space.id.0,
        space: space.name.clone(),
        space_url: url::space(space.id, &space.name),
        visibilities: choices(
            ask.lang,
            "visibility",
            &["internal", "private", "hybrid", "public"],
            &[form.value("visibility")],
        ),
        joinings: choices(
            ask.lang,
            "joining",
            &["open", "request", "invitation"],
            &[form.value("joining")],
        ),
        form,
        archived: space.archived_at.is_some(),
        boards: boards
            .into_iter()
            .map(|board| BoardSettingsLine {
                id: board.id.0,
                archived: board.archived_at.is_some(),
                name: board.name,
            })
            .collect(),
    })
}

fn find_managed(ask: &Ask) -> Result<Space, Refusal> {
    let id: SpaceId = ask.id("space")?;
    let space = ask.read(|cx| spaces::find(cx, id))?;
    space.clone().may::<deed::Manage>()?;
    Ok(space)
}

pub fn settings(ask: &Ask) -> Answer {
    let space = find_managed(ask)?;
    let form = Form::new(&[
        ("name", &space.name),
        ("visibility", space.visibility.word()),
        ("joining", space.joining.word()),
        ("concept_for", &space.concept_for),
        ("concept_about", &space.concept_about),
        ("concept_gain", &space.concept_gain),
        ("guidelines", &space.guidelines),
        ("names_actors", if space.names_actors { "yes" } else { "" }),
        ("review_hours", &space.review_hours.to_string()),
    ]);
    let page = settings_page(ask, &space, form)?;
    ask.page("spaces/settings.html", &ask.t("space-settings-title"), &page)
}

pub fn change(ask: &Ask) -> Answer {
    let sent = &ask.sent;
    let outcome = managed(ask, |tx, space| {
        spaces::change(
            tx,
            space,
            &spaces::Change {
                name: sent.text("name").to_owned(),
                visibility: Visibility::from_word(sent.text("visibility")).ok_or(Refusal::NotFound)?,
                joining: Joining::from_word(sent.text("joining")).ok_or(Refusal::NotFound)?,
                concept_for: sent.text("concept_for").to_owned(),
                concept_about: sent.text("concept_about").to_owned(),
                concept_gain: sent.text("concept_gain").to_owned(),
                guidelines: sent.text("guidelines").replace("\r\n", "\n"),
                names_actors: sent.text("names_actors") == "yes",
                review_hours: sent.number("review_hours").unwrap_or(0),
            },
        )
    });
    let again = |problems: &Problems| {
        let space = find_managed(ask)?;
        let page = settings_page(ask, &space, ask.kept(&FIELDS, problems))?;
        ask.again("spaces/settings.html", &ask.t("space-settings-title"), &page)
    };
    match or_again(outcome, again) {
        Ok(()) => {
            let id: SpaceId = ask.id("space")?;
            Ok(Reply::see_other(format!("/spaces/{id}/settings")).saying("done-saved"))
        }
        Err(answer) => answer,
    }
}

pub fn archive(ask: &Ask) -> Answer {
    managed(ask, spaces::archive)?;
    let id: SpaceId = ask.id("space")?;
    Ok(Reply::see_other(format!("/spaces/{id}/settings")).saying("done-saved"))
}

pub fn restore(ask: &Ask) -> Answer {
    managed(ask, spaces::restore)?;
    let id: SpaceId = ask.id("space")?;
    Ok(Reply::see_other(format!("/spaces/{id}/settings")).saying("done-saved"))
}
