//! The guidelines of a space: as they are, as they were, and accepting them.

use serde::Serialize;

use crate::forum::spaces::{self, guidelines};
use crate::i18n::When;
use crate::ids::SpaceId;
use crate::refusal::Refusal;
use crate::url;
use crate::web::ask::{Answer, Ask};
use crate::web::reply::Reply;

#[derive(Serialize)]
struct Line {
    version: i64,
    url: String,
    at: When,
    by: String,
    shown: bool,
}

pub fn show(ask: &Ask) -> Answer {
    let id: SpaceId = ask.id("space")?;
    let (space, versions) = ask.read(|cx| {
        let space = spaces::find(cx, id)?;
        let versions = guidelines::versions(cx, &space)?;
        Ok((space, versions))
    })?;
    let wanted = match ask.ask_for("version") {
        "" => space.guidelines_version,
        text => text.parse().map_err(|_| Refusal::NotFound)?,
    };
    let shown = versions.iter().find(|version| version.version == wanted);
    if shown.is_none() && (wanted != 0 || !versions.is_empty()) {
        return Err(Refusal::NotFound);
    }
    let lines: Vec<Line> = versions
        .iter()
        .map(|version| Line {
            version: version.version,
            url: format!("/spaces/{id}/guidelines?version={}", version.version),
            at: ask.date(version.made_at),
            by: version.by.clone().unwrap_or_default(),
            shown: version.version == wanted,
        })
        .collect();
    let page = serde_json::json!({
        "id": id,
        "space": space.name,
        "space_url": url::space(id, &space.name),
        "body": shown.map(|version| version.body_html.clone()).unwrap_or_default(),
        "version": wanted,
        "newest": wanted == space.guidelines_version,
        "owed": guidelines::owed(ask.viewer(), &space) && wanted == space.guidelines_version,
        "lines": lines,
    });
    ask.page("spaces/guidelines.html", &ask.t("space-guidelines"), &page)
}

pub fn accept(ask: &Ask) -> Answer {
    let id: SpaceId = ask.id("space")?;
    ask.write(|tx| {
        let space = spaces::find(tx, id)?;
        // What was read is accepted, not what was written meanwhile.
        if ask.sent.number("version") != Some(space.guidelines_version) {
            return Err(Refusal::Conflict);
        }
        guidelines::accept(tx, &space)
    })?;
    Ok(Reply::see_other(format!("/spaces/{id}/guidelines")).saying("done-accepted"))
}
