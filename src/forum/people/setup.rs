//! The first run: a name, an admin, one audience and one theme. Nothing else is asked.

use diesel::prelude::*;

use super::account::insert;
use super::join::Join;
use super::tickets::{self, Purpose};
use crate::access::viewer;
use crate::access::{Cx, Store, Tx, Viewer, deed, on_forum};
use crate::db::schema::tickets as ticket_rows;
use crate::event::{Event, Source};
use crate::forum::{boards, settings, spaces, topics};
use crate::ids::{AccountId, TopicId};
use crate::kinds::{ForumRole, TopicKind, WhoStarts};
use crate::refusal::{Problems, Refusal, Result};
use crate::text::name;

#[derive(Debug, Clone)]
pub struct FirstRun {
    pub forum_name: String,
    pub admin: Join,
    pub space: spaces::New,
    pub board_name: String,
    pub board_description: String,
    pub welcome_title: String,
    pub welcome_body: String,
}

pub fn is_set_up(cx: &mut Cx<'_>) -> Result<bool> {
    Ok(settings::load(cx)?.set_up)
}

/// The one-time link for a forum that nobody has set up yet, made anew at each start.
pub fn set_up_ticket(store: &Store) -> Result<Option<String>> {
    store.write(&Viewer::system("set-up"), Source::System, |tx| {
        if is_set_up(tx)? {
            return Ok(None);
        }
        diesel::delete(ticket_rows::table.filter(ticket_rows::purpose.eq(Purpose::SetUp))).execute(tx.conn())?;
        tickets::make(tx, Purpose::SetUp, None, None, 7 * 24 * 3600).map(Some)
    })
}

/// Does all of it in one transaction: a forum is set up or it is not. `token` is the link's; commands
/// that fill an empty forum come without one.
pub fn first_run(
    store: &Store,
    token: Option<&str>,
    run: &FirstRun,
    hash: &str,
    limits: &crate::config::Limits,
    at: crate::db::types::Moment,
) -> Result<(AccountId, TopicId)> {
    store.write_at(&Viewer::system("set-up"), Source::System, at, |tx| {
        if is_set_up(tx)? {
            return Err(Refusal::NotFound);
        }
        if let Some(token) = token {
            tickets::take(tx, Purpose::SetUp, token)?;
        }
        let forum_name = name::tidy(&run.forum_name);
        if forum_name.is_empty() || forum_name.chars().count() > 80 {
            return Err(Problems::one("forum_name", "problem-forum-name"));
        }
        run.admin.check()?;
        let admin = insert(tx, &run.admin.account(hash, ForumRole::Admin))?;
        for (key, value) in [
            ("forum_name", forum_name.as_str()),
            ("language", &run.admin.language),
            ("time_zone", &run.admin.time_zone),
            ("entrance", "invitation"),
            ("set_up", "yes"),
        ] {
            settings::put(tx.conn(), key, value)?;
        }
        tx.record(&Event::AccountCreated {
            account: admin,
            how: "first_run",
        })?;
        let topic = as_admin(tx, admin, run, limits)?;
        Ok((admin, topic))
    })
}

/// The rest is the admin's own doing: the space, the board and the welcome topic are theirs.
fn as_admin(tx: &mut Tx<'_>, admin: AccountId, run: &FirstRun, limits: &crate::config::Limits) -> Result<TopicId> {
    become_person(tx, admin)?;
    let may = on_forum::<deed::Administer>(tx.viewer())?;
    let space = spaces::create(tx, may, &run.space)?;
    become_person(tx, admin)?;
    let place = spaces::find(tx, space)?.may::<deed::Manage>()?;
    let board = boards::create(
        tx,
        &place,
        &boards::Change {
            name: run.board_name.clone(),
            description: run.board_description.clone(),
            kinds: TopicKind::ALL.to_vec(),
            who_starts: WhoStarts::Members,
            position: 1,
            templates: Vec::new(),
        },
    )
    .map_err(|refusal| renamed(refusal, &[("name", "board_name"), ("description", "board_description")]))?;
    let board = boards::find(tx, board)?;
    let (topic, _) = topics::start(
        tx,
        board,
        &topics::New {
            kind: TopicKind::Announcement,
            title: run.welcome_title.clone(),
            tags: Vec::new(),
            body: run.welcome_body.clone(),
            key: String::new(),
            accepts: 0,
        },
        limits,
    )
    .map_err(|refusal| renamed(refusal, &[("title", "welcome_title"), ("body", "welcome_body")]))?;
    Ok(topic)
}

/// A problem beside the field of this form, not of the one it was thought of for.
fn renamed(refusal: Refusal, names: &[(&'static str, &'static str)]) -> Refusal {
    match refusal {
        Refusal::Invalid(mut problems) => {
            for (field, _) in &mut problems.0 {
                if let Some((_, new)) = names.iter().find(|(old, _)| old == field) {
                    *field = new;
                }
            }
            Refusal::Invalid(problems)
        }
        other => other,
    }
}

fn become_person(tx: &mut Tx<'_>, who: AccountId) -> Result<()> {
    let now = tx.now();
    let person = viewer::load(tx.conn(), who, now)?.ok_or(Refusal::NotFound)?;
    tx.continue_as(person);
    Ok(())
}
