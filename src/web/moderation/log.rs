//! The log of a space, for its members.

use serde::Serialize;

use crate::access::Verb;
use crate::forum::moderation::log as acts;
use crate::forum::spaces;
use crate::i18n::When;
use crate::ids::SpaceId;
use crate::kinds::ReviewKind;
use crate::url;
use crate::web::ask::{Answer, Ask};

#[derive(Serialize)]
struct Line {
    what: String,
    why: String,
    rule: String,
    note: String,
    by: String,
    at: When,
    undone: bool,
    review_url: String,
}

pub fn log(ask: &Ask) -> Answer {
    let id: SpaceId = ask.id("space")?;
    let number = ask.page_number();
    let (space, (entries, more)) = ask.read(|cx| {
        let space = spaces::find(cx, id)?;
        let found = acts::of_space(cx, &space, number)?;
        Ok((space, found))
    })?;
    let moderates = space.can(Verb::Moderate);
    let lines: Vec<Line> = entries
        .into_iter()
        .map(|entry| Line {
            what: ask.act(&entry.decision),
            why: match entry.kind {
                ReviewKind::Flag => super::queue::reason_word(ask, &entry.reason),
                ReviewKind::Act => String::new(),
                kind => ask.t(&format!("review-kind-{}", kind.word())),
            },
            rule: entry.rule,
            note: entry.note,
            by: entry
                .by
                .unwrap_or_else(|| ask.t(&format!("role-{}", entry.role.replace('_', "-")))),
            at: ask.when(entry.at),
            undone: entry.undone_at.is_some(),
            review_url: if moderates {
                url::review(entry.id)
            } else {
                String::new()
            },
        })
        .collect();
    let year = ask.app().clock.now().timestamp().to_zoned(ask.zone.clone()).year();
    let home = url::space(id, &space.name);
    let paged = |number: i64| format!("/spaces/{id}/log?page={number}");
    ask.page(
        "moderation/log.html",
        &ask.t("log-title"),
        &serde_json::json!({
            "space": space.name,
            "space_url": home,
            "report_url": format!("/spaces/{id}/report/{year}"),
            "report_year": year,
            "lines": lines,
            "newer": if number > 1 { paged(number - 1) } else { String::new() },
            "older": if more { paged(number + 1) } else { String::new() },
        }),
    )
}
