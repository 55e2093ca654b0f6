//! What the buttons of a review do: take it, free it, hand it on, bring it before the admins, note, decide,
//! undo. Each shows the review again.

use super::review;
use crate::forum::moderation::decide::{self, Decided};
use crate::forum::moderation::sanctions::Given;
use crate::forum::moderation::{self, claim};
use crate::ids::{AccountId, BoardId, ReviewId};
use crate::kinds::{Decision, SanctionKind};
use crate::refusal::{Problems, Refusal, Result};
use crate::url;
use crate::web::ask::{Answer, Ask};
use crate::web::reply::Reply;

fn sanction(text: &str) -> Result<Option<Given>> {
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = || Problems::one("sanction", "problem-choose");
    let (kind, days) = text.split_once('-').unwrap_or((text, "0"));
    Ok(Some(Given {
        kind: SanctionKind::from_word(kind).ok_or_else(wrong)?,
        days: days.parse().map_err(|_| wrong())?,
    }))
}

/// The version of the review on the page that sent this.
fn seen(ask: &Ask) -> i64 {
    ask.sent.number("version").unwrap_or(0)
}

/// Does something to the review and shows it again; what changed meanwhile is shown instead of done.
fn then_show(ask: &Ask, id: ReviewId, outcome: Result<()>, saying: &'static str) -> Answer {
    match outcome {
        Ok(()) => Ok(Reply::see_other(url::review(id)).saying(saying)),
        Err(Refusal::Invalid(problems)) => review::page(ask, id, Some(&problems), false, &[]),
        Err(Refusal::Conflict) => review::page(ask, id, None, true, &[]),
        Err(other) => Err(other),
    }
}

pub fn take(ask: &Ask) -> Answer {
    let id: ReviewId = ask.id("review")?;
    let outcome = ask.write(|tx| claim::take(tx, id, seen(ask)));
    then_show(ask, id, outcome, "done-taken")
}

pub fn free(ask: &Ask) -> Answer {
    let id: ReviewId = ask.id("review")?;
    let outcome = ask.write(|tx| claim::free(tx, id, seen(ask)));
    then_show(ask, id, outcome, "done-freed")
}

pub fn hand(ask: &Ask) -> Answer {
    let id: ReviewId = ask.id("review")?;
    let to = AccountId(ask.sent.number("to").unwrap_or(0));
    let outcome = ask.write(|tx| claim::hand(tx, id, seen(ask), to));
    then_show(ask, id, outcome, "done-handed")
}

pub fn escalate(ask: &Ask) -> Answer {
    let id: ReviewId = ask.id("review")?;
    let outcome = ask.write(|tx| claim::escalate(tx, id, seen(ask), ask.sent.text("why")));
    then_show(ask, id, outcome, "done-escalated")
}

pub fn note(ask: &Ask) -> Answer {
    let id: ReviewId = ask.id("review")?;
    let outcome = ask.write(|tx| claim::note(tx, id, ask.sent.text("words")));
    then_show(ask, id, outcome, "done-saved")
}

pub fn decide(ask: &Ask) -> Answer {
    let id: ReviewId = ask.id("review")?;
    let outcome = ask.write(|tx| {
        // Who may not see it learns nothing from what is wrong in the form.
        moderation::find(tx, id)?;
        let decision = Decision::from_word(ask.sent.text("decision"))
            .ok_or_else(|| Problems::one("decision", "problem-choose"))?;
        let decided = Decided {
            decision,
            sanction: sanction(ask.sent.text("sanction"))?,
            rule: ask.sent.text("rule").to_owned(),
            reason: ask.sent.text("reason").to_owned(),
            board: ask.sent.number("board").map(BoardId),
            text: ask
                .sent
                .number("text_version")
                .map(|version| (ask.sent.text("text").to_owned(), version)),
            minutes: ask.sent.number("minutes").unwrap_or(0),
        };
        decide::decide(tx, id, seen(ask), &decided, &ask.app().config.limits, ask.site())
    });
    match outcome {
        Ok(()) => {
            let back = ask.sent.text("back");
            let to = if url::is_local(back) && back.starts_with("/queue") {
                back
            } else {
                "/queue"
            };
            Ok(Reply::see_other(to).saying("done-decided"))
        }
        other => then_show(ask, id, other, "done-decided"),
    }
}

pub fn undo(ask: &Ask) -> Answer {
    let id: ReviewId = ask.id("review")?;
    let outcome = ask.write(|tx| moderation::undo_decision(tx, id, seen(ask)));
    if matches!(outcome, Err(Refusal::Conflict)) {
        let way = ask.read(|cx| {
            let review = moderation::find(cx, id)?;
            // On an older page the button is stale, and nothing else need stand in the way.
            if review.review.version != seen(ask) {
                return Ok(Vec::new());
            }
            moderation::in_the_way(cx, &review)
        })?;
        return review::page(ask, id, None, true, &way);
    }
    then_show(ask, id, outcome, "done-undone")
}
