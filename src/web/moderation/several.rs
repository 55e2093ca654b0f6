//! Several reviews decided at once, chosen by their boxes in the queue. Each is decided for itself: what
//! one refuses leaves the others decided, and the page says which and why.

use serde::Serialize;

use crate::forum::moderation::decide::{self, Decided};
use crate::i18n::{Arg, Locales};
use crate::ids::ReviewId;
use crate::kinds::Decision;
use crate::refusal::{Problems, Refusal, Result};
use crate::url;
use crate::web::ask::{Answer, Ask};
use crate::web::form::{Choice, choices};
use crate::web::reply::Reply;

/// What makes sense for many at once; the others need words of their own.
const OFFERED: [Decision; 8] = [
    Decision::Keep,
    Decision::Approve,
    Decision::Hide,
    Decision::Remove,
    Decision::Spam,
    Decision::Uphold,
    Decision::Overturn,
    Decision::Refuse,
];

/// As many as a page of the queue holds, and some.
const MOST: usize = 50;

pub(super) fn offered(ask: &Ask, chosen: &str) -> Vec<Choice> {
    choices(ask.lang, "decide", &OFFERED.map(Decision::word), &[chosen])
}

/// A review that stays as it was, and why.
#[derive(Serialize)]
pub(super) struct Left {
    url: String,
    why: String,
}

/// How it ended, for the head of the queue.
#[derive(Default, Serialize)]
pub(super) struct Outcome {
    pub(super) done: String,
    pub(super) left: Vec<Left>,
    pub(super) problem: String,
    pub(super) rule: String,
    pub(super) reason: String,
    pub(super) decision: String,
    /// The reviews that stay chosen.
    pub(super) chosen: Vec<i64>,
}

fn each(ask: &Ask, decision: Decision) -> Result<(usize, Vec<Left>, Vec<i64>)> {
    let mut done = 0;
    let mut left = Vec::new();
    let mut chosen = Vec::new();
    for pair in ask.sent.all("review").into_iter().take(MOST) {
        let Some((id, seen)) = pair
            .split_once(':')
            .and_then(|(id, seen)| Some((ReviewId(id.parse().ok()?), seen.parse().ok()?)))
        else {
            continue;
        };
        let decided = Decided {
            decision,
            sanction: None,
            rule: ask.sent.text("rule").to_owned(),
            reason: ask.sent.text("reason").to_owned(),
            board: None,
            text: None,
            minutes: 0,
        };
        let limits = &ask.app().config.limits;
        let outcome = ask.write(|tx| decide::decide(tx, id, seen, &decided, limits, ask.site()));
        let why = match outcome {
            Ok(()) => {
                done += 1;
                continue;
            }
            Err(Refusal::Conflict) => ask.t("several-changed"),
            Err(Refusal::Denied(reason)) => ask.t(reason.key()),
            Err(Refusal::NotFound) => ask.t("several-gone"),
            Err(other) => return Err(other),
        };
        left.push(Left {
            url: url::review(id),
            why,
        });
        chosen.push(id.0);
    }
    Ok((done, left, chosen))
}

/// The queue again, with how it ended at its head.
pub fn decide(ask: &Ask) -> Answer {
    let sent = &ask.sent;
    let mut outcome = Outcome {
        rule: sent.text("rule").to_owned(),
        reason: sent.text("reason").to_owned(),
        decision: sent.text("decision").to_owned(),
        ..Outcome::default()
    };
    let kept = || {
        sent.all("review")
            .into_iter()
            .filter_map(|pair| pair.split(':').next()?.parse().ok())
            .collect::<Vec<i64>>()
    };
    let decision = Decision::from_word(sent.text("decision")).filter(|decision| OFFERED.contains(decision));
    let (Some(decision), true) = (decision, sent.has("review")) else {
        outcome.problem = ask.t("several-none");
        outcome.chosen = kept();
        return Ok(super::queue::page(ask, &outcome)?.with_status(actix_web::http::StatusCode::UNPROCESSABLE_ENTITY));
    };
    match each(ask, decision) {
        Ok((_, left, _)) if left.is_empty() => Ok(Reply::see_other("/queue").saying("done-decided")),
        Ok((done, left, chosen)) => {
            outcome.done = Locales::get().with_values(ask.lang, "several-done", &[("count", Arg::from(done))]);
            outcome.left = left;
            outcome.chosen = chosen;
            Ok(super::queue::page(ask, &outcome)?.with_status(actix_web::http::StatusCode::CONFLICT))
        }
        Err(Refusal::Invalid(Problems(problems))) => {
            outcome.problem = problems
                .iter()
                .map(|(_, message)| Locales::get().say(ask.lang, message))
                .collect::<Vec<_>>()
                .join(" ");
            outcome.chosen = kept();
            Ok(super::queue::page(ask, &outcome)?.with_status(actix_web::http::StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(other) => Err(other),
    }
}
