//! What was decided about me: which rule, why, by whom, and a way to have it looked at again.

use serde::Serialize;

use super::review::sanction_sentence;
use crate::forum::moderation::{self, appeal as appeals, look, sanctions};
use crate::i18n::When;
use crate::ids::ReviewId;
use crate::url;
use crate::web::ask::{Answer, Ask};
use crate::web::error::or_again;
use crate::web::form::Form;
use crate::web::reply::Reply;

#[derive(Serialize)]
struct Line {
    url: String,
    sentence: String,
    note: String,
    at: When,
    undone: bool,
}

#[derive(Serialize)]
struct Sanction {
    sentence: String,
    holds: bool,
}

pub fn decisions(ask: &Ask) -> Answer {
    let (mine, given) = ask.read(|cx| Ok((look::about_me(cx)?, sanctions::mine(cx)?)))?;
    let now = ask.app().clock.now();
    let lines: Vec<Line> = mine
        .into_iter()
        .map(|one| Line {
            url: url::decision(one.id),
            sentence: ask.act(&one.decision),
            note: one.note,
            at: ask.when(one.at),
            undone: one.undone,
        })
        .collect();
    let given: Vec<Sanction> = given
        .into_iter()
        .map(|one| {
            let mut sentence =
                sanction_sentence(ask, one.kind, &ask.date(one.given_at).words, &ask.when(one.until).words);
            if let Some(space) = &one.space {
                sentence.push_str(" · ");
                sentence.push_str(space);
            }
            Sanction {
                holds: one.holds(now),
                sentence,
            }
        })
        .collect();
    ask.page(
        "moderation/decisions.html",
        &ask.t("decisions-title"),
        &serde_json::json!({ "lines": lines, "sanctions": given }),
    )
}

pub fn decision(ask: &Ask) -> Answer {
    let id: ReviewId = ask.id("review")?;
    page(ask, id, Form::new(&[("words", "")]), false)
}

fn page(ask: &Ask, id: ReviewId, form: Form, again: bool) -> Answer {
    let (review, title, possible, by, reads) = ask.read(|cx| {
        let review = moderation::find_decision(cx, id)?;
        let title = look::title_of(cx, &review.review)?;
        let possible = appeals::possible(cx, &review)?;
        let by = look::decider(cx, &review)?;
        // The post may be in a space by now that I do not read.
        let reads = cx.readable_spaces().contains(&review.space.id);
        Ok((review, title, possible, by, reads))
    })?;
    let row = &review.review;
    let role = ask.t(&format!(
        "role-{}",
        row.decided_role.as_deref().unwrap_or("moderator").replace('_', "-")
    ));
    let page = serde_json::json!({
        "action": format!("{}/appeal", url::decision(id)),
        "by_link": false,
        "what": ask.act(row.decision.as_deref().unwrap_or("keep")),
        "space": if reads { review.space.name.as_str() } else { "–" },
        "title": title.unwrap_or_default(),
        "post_url": row.post_id.map(url::post).unwrap_or_default(),
        "rule": row.rule,
        "note": row.note,
        "by": by.unwrap_or(role),
        "at": ask.when(row.decided_at.unwrap_or(row.opened_at)),
        "undone": row.undone_at.is_some(),
        "possible": possible,
        "form": form,
    });
    let title = ask.t("decision-title");
    if again {
        ask.again("moderation/decision.html", &title, &page)
    } else {
        ask.page("moderation/decision.html", &title, &page)
    }
}

pub fn appeal(ask: &Ask) -> Answer {
    let id: ReviewId = ask.id("review")?;
    let outcome = ask.write(|tx| appeals::appeal(tx, id, ask.sent.text("words")));
    match or_again(outcome, |problems| page(ask, id, ask.kept(&["words"], problems), true)) {
        Ok(_) => Ok(Reply::see_other(url::decision(id)).saying("done-appealed")),
        Err(answer) => answer,
    }
}
