//! The kinds of flags of this forum, for its admins.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::access::{deed, on_forum};
use crate::forum::moderation::flag_kinds;
use crate::i18n::Locales;
use crate::kinds::Report;
use crate::refusal::{Problems, Refusal, Result};
use crate::web::ask::{Answer, Ask};
use crate::web::error::or_again;
use crate::web::form::Form;
use crate::web::reply::Reply;

#[derive(Serialize)]
struct Line {
    word: String,
    /// What it is called in each language, to be changed.
    names: Vec<Name>,
    label: String,
    standard: bool,
    urgent: bool,
    ended: bool,
    /// "Other" stays.
    fixed: bool,
}

#[derive(Serialize)]
struct Name {
    field: String,
    language: String,
    value: String,
}

pub fn show(ask: &Ask) -> Answer {
    page(ask, &Form::new(&[]), false)
}

fn page(ask: &Ask, form: &Form, again: bool) -> Answer {
    let locales = Locales::get();
    // A kind that was not called anew is shown as it was sent.
    let renaming = if ask.sent.text("do") == "rename" {
        ask.sent.text("word")
    } else {
        ""
    };
    let lines: Vec<Line> = ask
        .settings
        .flag_kinds
        .iter()
        .map(|kind| Line {
            label: kind.label(ask.lang),
            standard: kind.is_standard(),
            urgent: kind.urgency() > 100,
            ended: kind.ended,
            fixed: kind.word == Report::Other.word(),
            word: kind.word.clone(),
            names: locales
                .all()
                .map(|lang| {
                    let tag = locales.tag(lang);
                    Name {
                        value: if renaming == kind.word {
                            ask.sent.text(&format!("name.{tag}")).to_owned()
                        } else {
                            kind.names.get(tag).cloned().unwrap_or_default()
                        },
                        language: locales.word(lang, "language-itself"),
                        field: format!("name.{tag}"),
                    }
                })
                .collect(),
        })
        .collect();
    let names: Vec<Name> = locales
        .all()
        .map(|lang| {
            let field = format!("name.{}", locales.tag(lang));
            Name {
                value: if renaming.is_empty() {
                    ask.sent.text(&field).to_owned()
                } else {
                    String::new()
                },
                language: locales.word(lang, "language-itself"),
                field,
            }
        })
        .collect();
    let page = serde_json::json!({
        "lines": lines,
        "names": names,
        "urgent": ask.sent.text("urgent") == "yes",
        "form": form,
    });
    let title = ask.t("flag-kinds-title");
    if again {
        ask.again("moderation/flag_kinds.html", &title, &page)
    } else {
        ask.page("moderation/flag_kinds.html", &title, &page)
    }
}

fn saved(ask: &Ask, outcome: Result<()>) -> Answer {
    match or_again(outcome, |problems: &Problems| page(ask, &ask.kept(&[], problems), true)) {
        Ok(()) => Ok(Reply::see_other("/admin/flags").saying("done-saved")),
        Err(answer) => answer,
    }
}

fn names(ask: &Ask) -> BTreeMap<String, String> {
    let locales = Locales::get();
    locales
        .all()
        .map(|lang| {
            let tag = locales.tag(lang);
            (tag.to_owned(), ask.sent.text(&format!("name.{tag}")).to_owned())
        })
        .collect()
}

pub fn add(ask: &Ask) -> Answer {
    let names = names(ask);
    let outcome = ask.write(|tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        flag_kinds::add(tx, &may, &names, ask.sent.text("urgent") == "yes")
    });
    saved(ask, outcome)
}

/// Calls a kind otherwise, takes it off the list or puts it back: the button says which.
pub fn change(ask: &Ask) -> Answer {
    let word = ask.sent.text("word");
    if ask.sent.text("do") == "rename" {
        let names = names(ask);
        let outcome = ask.write(|tx| {
            let may = on_forum::<deed::Administer>(tx.viewer())?;
            flag_kinds::rename(tx, &may, word, &names, ask.sent.text("urgent") == "yes")
        });
        return saved(ask, outcome);
    }
    let ended = match ask.sent.text("do") {
        "end" => true,
        "begin" => false,
        _ => return Err(Refusal::NotFound),
    };
    let outcome = ask.write(|tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        flag_kinds::end(tx, &may, word, ended)
    });
    saved(ask, outcome)
}
