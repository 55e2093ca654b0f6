//! Confirming a mail address. Opening the link shows a button; pressing it confirms: mail scanners
//! open links.

use super::as_door;
use crate::access::Viewer;
use crate::forum::people::{self, Purpose};
use crate::refusal::Refusal;
use crate::web::ask::{Answer, Ask};
use crate::web::reply::Reply;

fn purpose(ask: &Ask) -> Result<Purpose, Refusal> {
    match ask.param("purpose") {
        "mail" => Ok(Purpose::Mail),
        "welcome" => Ok(Purpose::Welcome),
        _ => Err(Refusal::NotFound),
    }
}

pub fn form(ask: &Ask) -> Answer {
    let purpose = purpose(ask)?;
    ask.app().store.read(&Viewer::system("confirm"), |cx| {
        people::peek_ticket(cx, purpose, ask.param("token"))
    })?;
    let page = serde_json::json!({ "action": ask.path });
    Ok(ask
        .page("confirm/show.html", &ask.t("confirm-title"), &page)?
        .without_referrer())
}

pub fn create(ask: &Ask) -> Answer {
    let purpose = purpose(ask)?;
    as_door(ask, |tx| {
        people::confirm_mail(tx, purpose, ask.param("token"), ask.site())
    })?;
    let to = if ask.viewer().person().is_some() {
        "/settings/account"
    } else {
        "/sign-in"
    };
    Ok(Reply::see_other(to).saying("done-confirmed"))
}
