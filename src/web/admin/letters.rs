//! What waits, what left and what failed by mail; never what it says.

use serde::Serialize;

use crate::access::{deed, on_forum};
use crate::event::PrivateThing;
use crate::forum::letters as outbox;
use crate::forum::letters::arrivals;
use crate::i18n::When;
use crate::web::ask::{Answer, Ask};
use crate::web::reply::Reply;

#[derive(Serialize)]
struct LetterLine {
    to: String,
    kind: String,
    at: When,
    state: String,
    problem: String,
}

/// A letter that came in: what became of it, never what it said.
#[derive(Serialize)]
struct CameLine {
    at: When,
    became: String,
}

pub fn letters(ask: &Ask) -> Answer {
    let rows = ask.read(outbox::list)?;
    ask.reads_private(PrivateThing::Letters, 0, None, None)?;
    let waiting = rows.iter().any(|row| row.sent_at.is_none());
    let letters: Vec<LetterLine> = rows
        .into_iter()
        .map(|row| LetterLine {
            to: row.to_mail,
            kind: ask.t(&format!("letter-{}-kind", row.kind)),
            at: ask.when(row.created_at),
            state: ask.t(if row.sent_at.is_some() {
                "letter-state-sent"
            } else if row.failed_at.is_some() {
                "letter-state-failed"
            } else {
                "letter-state-waiting"
            }),
            problem: row.problem,
        })
        .collect();
    let came: Vec<CameLine> = ask
        .read(arrivals::list)?
        .into_iter()
        .map(|came| CameLine {
            at: ask.when(came.at),
            became: ask.t(&format!("arrival-{}", came.became.word().replace('_', "-"))),
        })
        .collect();
    let comes = ask.app().mail.ours().is_some() || !came.is_empty();
    ask.page(
        "admin/letters.html",
        &ask.t("admin-letters-title"),
        &serde_json::json!({ "letters": letters, "waiting": waiting, "came": came, "comes": comes }),
    )
}

/// A letter to whoever presses the button, to see whether letters leave.
pub fn send_test_letter(ask: &Ask) -> Answer {
    ask.write(|tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        outbox::about_accounts::test(tx, may, ask.site())
    })?;
    Ok(Reply::see_other("/admin/letters").saying("done-letter-test"))
}

pub fn send_letters_again(ask: &Ask) -> Answer {
    ask.write(|tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        outbox::try_again(tx, may)
    })?;
    Ok(Reply::see_other("/admin/letters").saying("done-letters-again"))
}
