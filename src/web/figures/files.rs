//! Charts as pictures: what the pages show, to take along; that they left is recorded. Figures as files are `take`.

use super::drawings::{self, Drawing};
use super::found::find;
use super::health::gaps_of;
use crate::event::Event;
use crate::ids::SpaceId;
use crate::refusal::{Refusal, Result};
use crate::views::charts::png;
use crate::web::ask::{Answer, Ask};
use crate::web::reply::{Body, Reply, Served};

/// Writes down that figures leave, and what for, before they do.
pub(super) fn leaves(ask: &Ask, format: &'static str, why: &str) -> Result<()> {
    let space: Option<SpaceId> = if ask.param("space").is_empty() {
        None
    } else {
        Some(ask.id("space")?)
    };
    ask.write(|tx| {
        tx.record(&Event::FiguresExported {
            space,
            format,
            why: why.to_owned(),
        })
        .map(|_| ())
    })
}

pub(super) fn file(name: &str, kind: &str, bytes: Vec<u8>) -> Reply {
    Reply::new(
        actix_web::http::StatusCode::OK,
        Body::File(Box::new(Served {
            kind: kind.to_owned(),
            bytes: Some(bytes),
            tag: String::new(),
            download: Some(name.to_owned()),
        })),
    )
}

/// One chart as a picture.
pub fn chart(ask: &Ask) -> Answer {
    let found = find(
        ask,
        &[
            "active-share",
            "rates",
            "rings",
            "ring-flow",
            "growth",
            "cohorts",
            "first-reply",
            "departments",
            "ownership",
            "health-index",
        ],
    )?;
    if found.weeks.is_none() {
        return Err(Refusal::NotFound);
    }
    let sheet = found.sheet(ask);
    let drawing = match ask.param("chart") {
        "road" => sheet.road(None)?,
        "onion" => sheet.onion(),
        "growth" => sheet.growth()?,
        "waiting" => sheet.waiting(),
        "cohorts" => sheet.cohorts()?,
        "departments" => sheet.departments(),
        "ownership" => sheet.ownership(),
        "index" => sheet.index()?,
        // To whom what people look for is not told, there is no such chart.
        "gaps" => sheet.gaps(&gaps_of(ask)?.ok_or(Refusal::NotFound)?),
        _ => return Err(Refusal::NotFound),
    };
    picture(ask, &drawing)
}

/// A drawing to take along, as lines or, where a font is found, as dots; that it left is recorded.
pub(super) fn picture(ask: &Ask, drawing: &Drawing) -> Answer {
    let drawn = drawing.svg.as_deref().ok_or(Refusal::NotFound)?;
    // Nobody is asked what one picture is for: which one it was says that.
    let why = format!("picture of {}", drawing.name);
    if ask.ask_for("as") == "png" {
        let svg = drawings::with_name(drawn).ok_or(Refusal::NotFound)?;
        let picture = png::draw(&svg)?.ok_or(Refusal::NotFound)?;
        leaves(ask, "png", &why)?;
        return Ok(file(&format!("{}.png", drawing.name), "image/png", picture));
    }
    let svg = drawings::alone(drawn).ok_or(Refusal::NotFound)?;
    leaves(ask, "svg", &why)?;
    Ok(file(
        &format!("{}.svg", drawing.name),
        "image/svg+xml",
        svg.into_bytes(),
    ))
}
