//! The texts of a space that a reason begins with.

use serde::Serialize;

use crate::access::{Verb, deed};
use crate::forum::moderation::canned::{self, Text};
use crate::forum::spaces;
use crate::i18n::Locales;
use crate::ids::SpaceId;
use crate::refusal::Problems;
use crate::url;
use crate::web::ask::{Answer, Ask};
use crate::web::error::or_again;
use crate::web::form::Form;
use crate::web::reply::Reply;

#[derive(Serialize)]
struct Group {
    label: String,
    texts: Vec<Field>,
}

#[derive(Serialize)]
struct Field {
    name: String,
    language: String,
    tag: String,
    value: String,
    /// It differs from the forum's own.
    own: bool,
}

fn field_name(about: &str, language: &str) -> String {
    format!("{about}.{language}")
}

pub fn texts(ask: &Ask) -> Answer {
    page(ask, None)
}

fn page(ask: &Ask, problems: Option<&Problems>) -> Answer {
    let id: SpaceId = ask.id("space")?;
    let (space, own) = ask.read(|cx| {
        let space = spaces::find(cx, id)?;
        let own = canned::of_space(cx, &space)?;
        Ok((space, own))
    })?;
    let locales = Locales::get();
    let groups: Vec<Group> = canned::subjects(&ask.settings.flag_kinds)
        .into_iter()
        .map(|about| Group {
            label: if canned::DECISIONS.iter().any(|decision| decision.word() == about) {
                ask.t(&format!("decide-{about}"))
            } else {
                super::queue::reason_word(ask, &about)
            },
            texts: locales
                .all()
                .map(|lang| {
                    let tag = locales.tag(lang);
                    let kept = own.iter().find(|text| text.about == about && text.language == tag);
                    let name = field_name(&about, tag);
                    Field {
                        language: locales.word(lang, "language-itself"),
                        tag: tag.to_owned(),
                        own: kept.is_some(),
                        value: if problems.is_some() {
                            ask.sent.text(&name).to_owned()
                        } else {
                            kept.map_or_else(|| canned::by_default(lang, &about), |text| text.words.clone())
                        },
                        name,
                    }
                })
                .collect(),
        })
        .collect();
    let form = match problems {
        Some(problems) => ask.kept(&[], problems),
        None => Form::new(&[]),
    };
    let page = serde_json::json!({
        "id": id,
        "space": space.name,
        "space_url": url::space(id, &space.name),
        "can_manage": space.can(Verb::Manage),
        "groups": groups,
        "form": form,
    });
    let title = ask.t("texts-title");
    if problems.is_some() {
        ask.again("moderation/texts.html", &title, &page)
    } else {
        ask.page("moderation/texts.html", &title, &page)
    }
}

pub fn change(ask: &Ask) -> Answer {
    let id: SpaceId = ask.id("space")?;
    let locales = Locales::get();
    let texts: Vec<Text> = canned::subjects(&ask.settings.flag_kinds)
        .into_iter()
        .flat_map(|about| {
            locales.all().map(move |lang| {
                let language = locales.tag(lang).to_owned();
                Text {
                    words: ask.sent.text(&field_name(&about, &language)).to_owned(),
                    about: about.clone(),
                    language,
                }
            })
        })
        .collect();
    let outcome = ask.write(|tx| {
        let space = spaces::find(tx, id)?.may::<deed::Manage>()?;
        canned::change(tx, &space, &texts)
    });
    match or_again(outcome, |problems| page(ask, Some(problems))) {
        Ok(()) => Ok(Reply::see_other(format!("/spaces/{id}/texts")).saying("done-saved")),
        Err(answer) => answer,
    }
}
