//! Files and pictures: showing one to whoever may see a post that carries it, and taking one in, with a post's
//! form or ahead of it.

use actix_web::http::StatusCode;

use super::ask::{Answer, Ask};
use super::reply::{Body, Reply, Served};
use crate::access::deed;
use crate::forum::files::{self, FileRow};
use crate::forum::{boards, posts, spaces};
use crate::i18n::Locales;
use crate::ids::{BoardId, FileId, PostId, SpaceId};
use crate::refusal::{Refusal, Result};

fn find(ask: &Ask) -> Result<FileRow> {
    let id: FileId = ask.id("file")?;
    ask.read(|cx| files::find(cx, id))
}

fn serve(
    ask: &Ask,
    hash: &str,
    kind: &str,
    download: Option<String>,
    read: impl FnOnce() -> Result<Vec<u8>>,
) -> Answer {
    let tag = format!("\"{hash}\"");
    let known = ask.has_tag == tag;
    let file = Served {
        kind: kind.to_owned(),
        bytes: if known { None } else { Some(read()?) },
        tag,
        download,
    };
    let status = if known {
        StatusCode::NOT_MODIFIED
    } else {
        StatusCode::OK
    };
    Ok(Reply::new(status, Body::File(Box::new(file))))
}

/// The whole of a file. Pictures are shown, everything else is saved: a browser opens nothing of ours.
pub fn show(ask: &Ask) -> Answer {
    let file = find(ask)?;
    let download = (!file.is_picture()).then(|| file.name.clone());
    serve(ask, &file.hash, &file.content_type, download, || {
        files::bytes(&ask.app().files, &file)
    })
}

/// The small one of a picture.
pub fn small(ask: &Ask) -> Answer {
    let file = find(ask)?;
    let kind = if file.content_type == "image/jpeg" {
        "image/jpeg"
    } else {
        "image/png"
    };
    serve(ask, &file.small_hash, kind, None, || {
        files::small(&ask.app().files, &file)
    })
}

/// Keeps a file that came; what is written into a post to show it.
fn keep(ask: &Ask, space: SpaceId, called: &str, bytes: &[u8], words: &str) -> Result<String> {
    let limits = &ask.app().config.limits;
    // Asked first: nobody makes us look at pictures for a place where they may not write.
    ask.read(|cx| spaces::find(cx, space)?.may::<deed::Reply>().map(|_| ()))?;
    let brought = files::look(called, bytes.to_vec(), limits)?;
    let bring = || {
        let laid = brought.lay(&ask.app().files)?;
        ask.write(|tx| {
            let may = spaces::find(tx, space)?.may::<deed::Reply>()?;
            files::bring(tx, &may, &ask.app().files, &laid, limits)
        })
    };
    let file = match bring() {
        // Swept at this very moment: laid down once more, it is new.
        Err(Refusal::Conflict) => bring()?,
        outcome => outcome?,
    };
    Ok(file.markdown(words))
}

fn sentence(ask: &Ask, refusal: &Refusal) -> String {
    let locales = Locales::get();
    match refusal {
        Refusal::Invalid(problems) => problems
            .0
            .iter()
            .map(|(_, message)| locales.say(ask.lang, message))
            .collect::<Vec<_>>()
            .join(" "),
        Refusal::Denied(reason) => ask.t(reason.key()),
        _ => ask.t("problem-file-kept"),
    }
}

/// Files that a script brings while somebody writes: what to write into the post, or what is wrong.
pub fn bring(ask: &Ask) -> Answer {
    let space: SpaceId = ask.id("space")?;
    ask.read(|cx| spaces::find(cx, space)?.may::<deed::Reply>().map(|_| ()))?;
    let answer = match (ask.sent.text("markdown"), ask.attach_problem.as_str()) {
        ("", "") => serde_json::json!({ "problem": ask.t("problem-file-empty") }),
        (_, problem) if !problem.is_empty() => serde_json::json!({ "problem": problem }),
        (markdown, _) => serde_json::json!({ "markdown": markdown }),
    };
    Ok(Reply::new(
        StatusCode::OK,
        Body::Text("application/json", answer.to_string()),
    ))
}

/// The space in which somebody writes, by the address of the form.
fn place(ask: &Ask) -> Result<SpaceId> {
    ask.read(|cx| {
        Ok(match ask.path.split('/').nth(1) {
            Some("posts") => {
                let id: PostId = ask.id("post")?;
                posts::find(cx, id)?.space.id
            }
            Some("boards") => {
                let id: BoardId = ask.id("board")?;
                boards::find(cx, id)?.space.id
            }
            _ => {
                let id: SpaceId = ask.id("space")?;
                spaces::find(cx, id)?.id
            }
        })
    })
}

/// Takes in the files that came with a form: what shows them is written below the text that was typed. A file that
/// is not taken leaves everything else as it was, and is not posted without having been seen to fail.
pub(super) fn take_in(ask: &mut Ask) {
    let came: Vec<super::form::File> = std::mem::take(&mut ask.sent.files)
        .into_iter()
        .filter(|file| file.field == "attach" && !file.bytes.is_empty())
        .collect();
    if came.is_empty() || ask.viewer().person().is_none() {
        return;
    }
    let words = ask.sent.text("words_for_picture").to_owned();
    let mut shown = Vec::new();
    let kept = place(ask).and_then(|space| {
        for file in &came {
            shown.push(keep(ask, space, &file.name, &file.bytes, &words)?);
        }
        Ok(())
    });
    if let Err(refusal) = kept {
        if matches!(refusal, Refusal::Broken(_) | Refusal::Away(_)) {
            tracing::error!(request = ask.request_id, %refusal, "a file could not be kept");
        }
        ask.attach_problem = sentence(ask, &refusal);
    }
    let markdown = shown.join("\n\n");
    ask.sent.pairs.push(("markdown".to_owned(), markdown.clone()));
    if !markdown.is_empty() {
        let body = ask.sent.text("body").trim_end().to_owned();
        let body = if body.is_empty() {
            markdown
        } else {
            format!("{body}\n\n{markdown}")
        };
        ask.sent.set("body", body);
    }
    if !ask.attach_problem.is_empty() || ask.sent.text("do") == "attach" {
        ask.sent.set("do", "preview".to_owned());
    }
}
