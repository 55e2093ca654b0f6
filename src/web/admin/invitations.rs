//! Invitations: made, listed, ended.

use serde::Serialize;

use crate::access::{deed, on_forum};
use crate::forum::people;
use crate::forum::spaces as rooms;
use crate::i18n::When;
use crate::ids::{InvitationId, SpaceId};
use crate::kinds::SpaceRole;
use crate::refusal::{Problems, Refusal};
use crate::web::ask::{Answer, Ask};
use crate::web::error::or_again;
use crate::web::form::{Choice, Form};
use crate::web::reply::Reply;

#[derive(Serialize)]
struct InvitationLine {
    id: i64,
    note: String,
    space: String,
    expires: When,
    uses: i64,
    uses_max: i64,
    open: bool,
}

#[derive(Serialize)]
struct InvitationsPage {
    form: Form,
    invitations: Vec<InvitationLine>,
    spaces: Vec<Choice>,
    link: String,
}

const INVITATION_FIELDS: [&str; 4] = ["note", "days", "uses", "space"];

fn invitations_page(ask: &Ask, form: Form, link: &str) -> Result<InvitationsPage, Refusal> {
    let (rows, rooms) = ask.read(|cx| Ok((people::invitations(cx)?, rooms::all_for_index(cx)?)))?;
    let me = ask.me()?;
    let now = ask.app().clock.now();
    let name_of = |id: Option<SpaceId>| {
        rooms
            .iter()
            .find(|(space, ..)| Some(space.id) == id)
            .map(|(space, ..)| space.name.clone())
            .unwrap_or_default()
    };
    Ok(InvitationsPage {
        invitations: rows
            .into_iter()
            .map(|row| InvitationLine {
                id: row.id.0,
                space: name_of(row.space_id),
                expires: ask.date(row.expires_at),
                uses: row.uses,
                uses_max: row.uses_max,
                open: row.is_open(now),
                note: row.note,
            })
            .collect(),
        spaces: rooms
            .iter()
            .filter(|(space, ..)| me.role_in(space.id) == Some(SpaceRole::CommunityManager))
            .map(|(space, ..)| Choice {
                value: space.id.to_string(),
                label: space.name.clone(),
                chosen: form.value("space") == space.id.to_string(),
            })
            .collect(),
        form,
        link: link.to_owned(),
    })
}

fn invitation_form() -> Form {
    Form::new(&[("note", ""), ("days", "7"), ("uses", "1"), ("space", "")])
}

pub fn invitations(ask: &Ask) -> Answer {
    let page = invitations_page(ask, invitation_form(), "")?;
    ask.page("admin/invitations.html", &ask.t("admin-invitations-title"), &page)
}

pub fn invite(ask: &Ask) -> Answer {
    let sent = &ask.sent;
    let outcome = ask.write(|tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        people::invite(
            tx,
            may,
            sent.number("space").map(SpaceId),
            sent.text("note"),
            sent.number("days").unwrap_or(0),
            sent.number("uses").unwrap_or(0),
        )
    });
    let again = |problems: &Problems| {
        let page = invitations_page(ask, ask.kept(&INVITATION_FIELDS, problems), "")?;
        ask.again("admin/invitations.html", &ask.t("admin-invitations-title"), &page)
    };
    match or_again(outcome, again) {
        Ok(token) => {
            let page = invitations_page(ask, invitation_form(), &format!("{}/join/{token}", ask.site()))?;
            Ok(ask
                .page("admin/invitations.html", &ask.t("admin-invitations-title"), &page)?
                .without_referrer())
        }
        Err(answer) => answer,
    }
}

pub fn end_invitation(ask: &Ask) -> Answer {
    let id: InvitationId = ask.id("invitation")?;
    ask.write(|tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        people::end_invitation(tx, may, id)
    })?;
    Ok(Reply::see_other("/admin/invitations").saying("done-saved"))
}
