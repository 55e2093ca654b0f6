//! Figures to take along: a form that asks which weeks, as what, and what for, and a bundle as one file. The files are
//! those that the command writes.

use std::io::{Seek as _, Write as _};

use super::files::leaves;
use super::say;
use crate::access::{deed, on_forum};
use crate::forum::metrics::bundle::{self, Kind, Wanted};
use crate::forum::metrics::read::{self, Scope};
use crate::forum::metrics::week::{self, Week};
use crate::forum::spaces;
use crate::ids::SpaceId;
use crate::refusal::{Problems, Refusal, Result};
use crate::url;
use crate::web::ask::{Answer, Ask};
use crate::web::error::or_again;
use crate::web::form::{Form, choices};
use crate::web::reply::{Body, Download, Reply};

/// Letters of what something is for, at most.
const WHY: usize = 200;

/// Whose figures somebody may take.
struct Whose {
    scope: Scope,
    name: String,
    /// The space's own page; empty for the forum.
    address: String,
    home: String,
    /// The first and the last week of which there are any.
    weeks: (Week, Week),
}

/// Whether what was brought in is asked for.
fn is_history(ask: &Ask) -> bool {
    ask.ask_for("telling") == "history"
}

/// What is hidden, and what has no figures, is not found.
fn whose(ask: &Ask) -> Result<Whose> {
    ask.read(|cx| {
        let (scope, name, address, home) = if ask.param("space").is_empty() {
            let may = on_forum::<deed::SeeFigures>(cx.viewer())?;
            let name = ask.settings.forum_name.clone();
            (Scope::of_forum(&may), name, String::new(), "/health".to_owned())
        } else {
            let id: SpaceId = ask.id("space")?;
            let space = spaces::find(cx, id)?;
            let (name, address) = (space.name.clone(), url::space(id, &space.name));
            (Scope::of_space(&space)?, name, address, format!("/spaces/{id}/health"))
        };
        let weeks = if is_history(ask) {
            read::weeks_of_history(cx, scope)?
        } else {
            read::weeks(cx, scope)?
        };
        Ok(Whose {
            scope,
            name,
            address,
            home,
            weeks: weeks.ok_or(Refusal::NotFound)?,
        })
    })
}

pub fn show(ask: &Ask) -> Answer {
    let whose = whose(ask)?;
    let (first, last) = whose.weeks;
    // Two years, as the pages show.
    let (from, to) = (week::monday(first.max(last - 2 * 52)), week::monday(last) + 6);
    let form = Form::new(&[
        ("from", &week::date_of(from)?.to_string()),
        ("to", &week::date_of(to)?.to_string()),
        ("format", Kind::Xlsx.word()),
        ("why", ""),
    ]);
    page(ask, &whose, &form, false)
}

fn page(ask: &Ask, whose: &Whose, form: &Form, again: bool) -> Answer {
    let words: Vec<&str> = Kind::ALL.iter().map(|kind| kind.word()).collect();
    let (first, last) = whose.weeks;
    let title = ask.t("take-title");
    let page = serde_json::json!({
        "title": title,
        "name": whose.name,
        "address": whose.address,
        "health": whose.home,
        "action": format!("{}/take{}", whose.home, if is_history(ask) { "?telling=history" } else { "" }),
        "history": is_history(ask),
        "first": say::day(ask, week::monday(first))?,
        "last": say::last_day(ask, last)?,
        "formats": choices(ask.lang, "take-format", &words, &[form.value("format")]),
        "form": form,
    });
    if again {
        ask.again("figures/take.html", &title, &page)
    } else {
        ask.page("figures/take.html", &title, &page)
    }
}

/// What was asked for, or what is wrong with it.
fn said(ask: &Ask, (first, last): (Week, Week)) -> Result<(std::ops::RangeInclusive<Week>, Kind, String)> {
    let mut problems = Problems::default();
    let mut week = |field: &'static str| {
        let found = week::parse(ask.sent.text(field).trim());
        if found.is_none() {
            problems.add(field, "problem-take-day");
        }
        found
    };
    let (from, to) = (week("from"), week("to"));
    if let (Some(from), Some(to)) = (from, to) {
        if from > to {
            problems.add("to", "problem-take-order");
        } else if to < first || from > last {
            problems.add("from", "problem-take-nothing");
        }
    }
    let kind = Kind::from_word(ask.sent.text("format"));
    if kind.is_none() {
        problems.add("format", "problem-take-format");
    }
    let why = ask.sent.text("why").trim();
    if why.is_empty() || why.chars().count() > WHY {
        problems.add("why", "problem-take-why");
    }
    match (from, to, kind) {
        (Some(from), Some(to), Some(kind)) if problems.0.is_empty() => {
            Ok((from.max(first)..=to.min(last), kind, why.to_owned()))
        }
        _ => Err(Refusal::Invalid(problems)),
    }
}

pub fn take(ask: &Ask) -> Answer {
    let whose = whose(ask)?;
    let again = |problems: &Problems| {
        let form = ask.kept(&["from", "to", "format", "why"], problems);
        page(ask, &whose, &form, true)
    };
    let (weeks, kind, why) = match or_again(said(ask, whose.weeks), again) {
        Ok(said) => said,
        Err(answer) => return answer,
    };
    leaves(ask, kind.word(), &why)?;
    let folder = tempfile::tempdir().map_err(Refusal::broken)?;
    ask.read(|cx| {
        let wanted = Wanted {
            scope: whose.scope,
            called: &whose.name,
            weeks: weeks.clone(),
            history: is_history(ask),
            thresholds: ask.app().config.metrics,
            why: &why,
            lang: ask.lang,
        };
        bundle::write(cx, &wanted, kind, folder.path(), |_| {})
    })?;
    let of = match ask.param("space") {
        "" => "forum".to_owned(),
        space => format!("space-{space}"),
    };
    let name = format!(
        "figures-{of}-{}-{}",
        week::name(*weeks.start())?,
        week::name(*weeks.end())?
    );
    let (file, length) = packed(folder.path(), &name).map_err(Refusal::broken)?;
    Ok(Reply::new(
        actix_web::http::StatusCode::OK,
        Body::Download(Box::new(Download {
            kind: "application/zip",
            name: format!("{name}.zip"),
            length,
            file: std::sync::Arc::new(file),
        })),
    ))
}

/// The files of a folder as one, in a folder of this name, by name: a file of the disk, from its beginning, and its length.
fn packed(folder: &std::path::Path, name: &str) -> std::io::Result<(std::fs::File, u64)> {
    let mut files: Vec<std::fs::DirEntry> = std::fs::read_dir(folder)?.collect::<std::io::Result<_>>()?;
    files.sort_by_key(std::fs::DirEntry::file_name);
    let mut archive = zip::ZipWriter::new(tempfile::tempfile()?);
    for entry in files {
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        archive.start_file(format!("{name}/{}", entry.file_name().to_string_lossy()), options)?;
        std::io::copy(&mut std::fs::File::open(entry.path())?, &mut archive)?;
    }
    archive.flush()?;
    let mut whole = archive.finish()?;
    let length = whole.seek(std::io::SeekFrom::End(0))?;
    whole.rewind()?;
    Ok((whole, length))
}
