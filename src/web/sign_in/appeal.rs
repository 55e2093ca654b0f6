//! A decision and its appeal, for somebody who is kept out of the forum and has the link of the letter.

use super::as_door;
use crate::access::Viewer;
use crate::forum::moderation::{appeal as appeals, look};
use crate::refusal::Problems;
use crate::web::ask::{Answer, Ask};
use crate::web::error::or_again;
use crate::web::form::Form;
use crate::web::reply::Reply;

pub fn form(ask: &Ask) -> Answer {
    page(ask, Form::new(&[("words", "")]), false)
}

fn page(ask: &Ask, form: Form, again: bool) -> Answer {
    let token = ask.param("token");
    let (review, possible, by) = ask.app().store.read(&Viewer::system("appeal"), |cx| {
        let review = appeals::find_by_link(cx, token)?;
        let possible = appeals::possible(cx, &review)?;
        let by = look::decider(cx, &review)?;
        Ok((review, possible, by))
    })?;
    let row = &review.review;
    let act = row.decision.as_deref().unwrap_or("keep").replace('_', "-");
    let role = row.decided_role.as_deref().unwrap_or("moderator").replace('_', "-");
    let page = serde_json::json!({
        "action": ask.path,
        "by_link": true,
        "what": ask.t(&format!("act-{act}")),
        "space": review.space.name,
        "title": "",
        "post_url": "",
        "rule": row.rule,
        "note": row.note,
        "by": by.unwrap_or_else(|| ask.t(&format!("role-{role}"))),
        "at": ask.when(row.decided_at.unwrap_or(row.opened_at)),
        "undone": row.undone_at.is_some(),
        "possible": possible,
        "appealed": ask.ask_for("sent") == "yes",
        "form": form,
    });
    let title = ask.t("decision-title");
    let reply = if again {
        ask.again("moderation/decision.html", &title, &page)?
    } else {
        ask.page("moderation/decision.html", &title, &page)?
    };
    Ok(reply.without_referrer())
}

pub fn create(ask: &Ask) -> Answer {
    let outcome = as_door(ask, |tx| {
        appeals::appeal_by_link(tx, ask.param("token"), ask.sent.text("words"))
    });
    match or_again(outcome, |problems: &Problems| {
        page(ask, ask.kept(&["words"], problems), true)
    }) {
        Ok(_) => Ok(Reply::see_other(ask.path.clone()).saying("done-appealed")),
        Err(answer) => answer,
    }
}
