//! The audit, as a page and as a file.

use serde::Serialize;

use crate::access::{deed, on_forum};
use crate::event::PrivateThing;
use crate::forum::audit as acts;
use crate::i18n::When;
use crate::web::ask::{Answer, Ask};
use crate::web::reply::{Body, Reply};

#[derive(Serialize)]
struct AuditLine {
    at: When,
    verb: String,
    /// None: the forum itself.
    by: Option<String>,
    /// The address of somebody's page, and their name.
    about: Option<(String, String)>,
    space: Option<String>,
    particulars: String,
}

pub fn audit(ask: &Ask) -> Answer {
    let number = ask.page_number();
    let acts::Page { lines, names, more } = ask.read(|cx| {
        let may = on_forum::<deed::Administer>(cx.viewer())?;
        acts::page(cx, &may, number)
    })?;
    ask.reads_private(PrivateThing::Audit, 0, None, None)?;
    let lines: Vec<AuditLine> = lines
        .into_iter()
        .map(|line| AuditLine {
            at: ask.when(line.at),
            verb: line.verb,
            by: line.actor,
            about: line.about.map(|id| {
                let address = format!("/people/{id}");
                // Whoever is gone has no name.
                let name = names.get(&id).cloned().unwrap_or_else(|| address.clone());
                (address, name)
            }),
            space: line.space,
            particulars: line.particulars,
        })
        .collect();
    ask.page(
        "admin/audit.html",
        &ask.t("admin-audit-title"),
        &serde_json::json!({
            "lines": lines,
            "newer": if number > 1 { format!("/admin/audit?page={}", number - 1) } else { String::new() },
            "older": if more { format!("/admin/audit?page={}", number + 1) } else { String::new() },
        }),
    )
}

pub fn export_audit(ask: &Ask) -> Answer {
    let text = ask.write(|tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        acts::csv(tx, &may)
    })?;
    Ok(Reply::new(
        actix_web::http::StatusCode::OK,
        Body::Text("text/csv; charset=utf-8", text),
    ))
}
