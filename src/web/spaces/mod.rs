//! Spaces: the front page, a space's own page, joining and leaving. Its members, its settings, its
//! guidelines and how it is entered from outside have files of their own.

mod entry;
mod guidelines;
mod members;
mod settings;
mod tag_care;

pub use entry::{enter, leave_early};
pub use guidelines::{accept as accept_guidelines, show as guidelines};
pub use members::{give_role, let_in, members, refuse, remove_member, to_mention};
pub use settings::{archive, change, restore, settings};
pub use tag_care::{change as change_tag, merge as merge_tag, show as tags};

use serde::Serialize;

use super::ask::{Answer, Ask};
use super::reply::Reply;
use crate::access::{Verb, deed};
use crate::forum::boards::{self, BoardRow, LastWord};
use crate::forum::spaces::{self, SpaceRow};
use crate::forum::topics::{list, tags};
use crate::i18n::When;
use crate::ids::{AccountId, BoardId, SpaceId};
use crate::refusal::Refusal;
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
    sees_figures: bool,
    sees_totals: bool,
    /// Spaces that I know of and do not read.
    closed: Vec<(String, String)>,
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
            sees_figures: crate::access::on_forum::<deed::SeeFigures>(cx.viewer()).is_ok(),
            sees_totals: crate::access::on_forum::<deed::SeeTotals>(cx.viewer()).is_ok(),
            closed: if cx
                .viewer()
                .person()
                .is_some_and(crate::access::Person::answers_for_the_forum)
            {
                spaces::closed_to_me(cx)?
                    .into_iter()
                    .map(|(id, name)| (url::space(id, &name), name))
                    .collect()
            } else {
                Vec::new()
            },
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
    can_see_health: bool,
    can_see_totals: bool,
    signed_in: bool,
    guidelines_owed: bool,
    can_apply: bool,
    /// Why I am here without belonging here, and until when.
    entered: Option<(String, When)>,
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
            let entered = spaces::entry::my_entry(cx, id)?;
            Ok(Ok((space, card, boards, last, tags, entered)))
        }
        // An admin knows of every space, and of some only the card.
        Err(Refusal::NotFound) => {
            let can_enter = spaces::entry::find_to_enter(cx, id)?.can(Verb::Enter);
            Ok(Err((spaces::find_card(cx, id)?, can_enter)))
        }
        Err(other) => Err(other),
    })?;
    let (space, card, boards, last, tags, entered) = match found {
        Ok(found) => found,
        Err((card, can_enter)) => return entry::card(ask, card, can_enter, entry::blank()),
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
                url: url::search(&format!("tag:\"{name}\" space:\"{}\"", space.name)),
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
        can_see_health: space.can(Verb::SeeHealth),
        can_see_totals: space.can(Verb::SeeTotals),
        signed_in: ask.viewer().person().is_some(),
        can_apply: ask.viewer().person().is_none() && crate::forum::people::apply::admits(&space, &ask.settings),
        guidelines_owed: space.can(Verb::Leave) && spaces::guidelines::owed(ask.viewer(), &space),
        entered: entered.map(|(reason, until)| (reason, ask.when(until))),
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

/// Does something to a space that the viewer manages.
pub(super) fn managed<T>(
    ask: &Ask,
    work: impl FnOnce(&mut crate::access::Tx<'_>, crate::access::May<deed::Manage, SpaceRow>) -> crate::refusal::Result<T>,
) -> crate::refusal::Result<T> {
    let id: SpaceId = ask.id("space")?;
    ask.write(|tx| {
        let space = spaces::find(tx, id)?.may::<deed::Manage>()?;
        work(tx, space)
    })
}
