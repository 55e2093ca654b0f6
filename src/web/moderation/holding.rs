//! What is held back in a space: its rules as sentences, its watched phrases, and forms to change them.

use serde::Serialize;

use crate::access::{Verb, deed};
use crate::forum::moderation::hold::{self, Phrase, Rule};
use crate::forum::{boards, spaces, topics};
use crate::i18n::{Arg, Locales};
use crate::ids::{BoardId, SpaceId, TopicId};
use crate::kinds::{HoldKind, PhraseAct};
use crate::refusal::Problems;
use crate::url;
use crate::web::ask::{Answer, Ask};
use crate::web::error::or_again;
use crate::web::form::{Choice, Form, choices};
use crate::web::reply::Reply;

#[derive(Serialize)]
struct Line {
    id: i64,
    sentence: String,
}

const FIELDS: [&str; 7] = ["kind", "amount", "board", "phrase", "expression", "act", "tried"];

pub fn holding(ask: &Ask) -> Answer {
    page(
        ask,
        Form::new(&[
            ("kind", "every_post"),
            ("amount", "2"),
            ("board", ""),
            ("phrase", ""),
            ("expression", ""),
            ("act", "hold"),
            ("tried", ""),
        ]),
        "",
        false,
    )
}

fn rule(ask: &Ask, rule: &Rule, boards: &[(BoardId, String)], titles: &[(TopicId, String)]) -> Line {
    let locales = Locales::get();
    let title_of = |topic: TopicId| {
        let known = titles.iter().find(|(id, _)| *id == topic);
        known.map_or_else(String::new, |(_, title)| title.clone())
    };
    let what = locales.with_values(
        ask.lang,
        &format!("hold-rule-{}", rule.kind.word().replace('_', "-")),
        &[("amount", Arg::from(rule.amount))],
    );
    let mut sentence = match (rule.board, rule.topic) {
        (Some(board), _) => {
            let name = boards
                .iter()
                .find(|(id, _)| *id == board)
                .map_or("", |(_, name)| name.as_str());
            locales.with_values(
                ask.lang,
                "hold-in-board",
                &[("what", Arg::from(what)), ("board", Arg::from(name))],
            )
        }
        (None, Some(topic)) => locales.with_values(
            ask.lang,
            "hold-in-topic",
            &[("what", Arg::from(what)), ("topic", Arg::from(title_of(topic)))],
        ),
        (None, None) => what,
    };
    if let Some(until) = rule.until {
        sentence.push_str(", ");
        sentence.push_str(&locales.with_values(ask.lang, "hold-until", &[("until", Arg::from(ask.when(until).words))]));
    }
    Line { id: rule.id, sentence }
}

fn phrase(ask: &Ask, phrase: &Phrase) -> Line {
    Line {
        id: phrase.id,
        sentence: Locales::get().with_values(
            ask.lang,
            &format!("phrase-{}", phrase.act.word()),
            &[("phrase", Arg::from(phrase.phrase.as_str()))],
        ),
    }
}

fn page(ask: &Ask, form: Form, tried: &str, again: bool) -> Answer {
    let id: SpaceId = ask.id("space")?;
    let (space, (rules, phrases), boards, titles) = ask.read(|cx| {
        let space = spaces::find(cx, id)?;
        let found = hold::of_space(cx, &space)?;
        let boards = boards::of_spaces(cx, &[id], false)?;
        let titles = hold::titles(cx, &space, &found.0)?;
        Ok((space, found, boards, titles))
    })?;
    let boards: Vec<(BoardId, String)> = boards.into_iter().map(|board| (board.id, board.name)).collect();
    let page = serde_json::json!({
        "id": id,
        "space": space.name,
        "space_url": url::space(id, &space.name),
        "rules": rules.iter().map(|one| rule(ask, one, &boards, &titles)).collect::<Vec<_>>(),
        "phrases": phrases.iter().map(|one| phrase(ask, one)).collect::<Vec<_>>(),
        "can_manage": space.can(Verb::Manage),
        "kinds": choices(ask.lang, "hold", &HoldKind::ALL.iter().map(|kind| kind.word()).collect::<Vec<_>>(), &[form.value("kind")]),
        "acts": choices(ask.lang, "phrase-act", &PhraseAct::ALL.iter().map(|act| act.word()).collect::<Vec<_>>(), &[form.value("act")]),
        "boards": boards.iter().map(|(id, name)| Choice {
            value: id.to_string(),
            label: name.clone(),
            chosen: form.value("board") == id.to_string(),
        }).collect::<Vec<_>>(),
        "tried": tried,
        "form": form,
    });
    let title = ask.t("holding-title");
    if again {
        ask.again("moderation/holding.html", &title, &page)
    } else {
        ask.page("moderation/holding.html", &title, &page)
    }
}

fn saved(ask: &Ask, outcome: crate::refusal::Result<()>) -> Answer {
    match or_again(outcome, |problems: &Problems| {
        page(ask, ask.kept(&FIELDS, problems), "", true)
    }) {
        Ok(()) => {
            let id: SpaceId = ask.id("space")?;
            Ok(Reply::see_other(format!("/spaces/{id}/holding")).saying("done-saved"))
        }
        Err(answer) => answer,
    }
}

pub fn add_rule(ask: &Ask) -> Answer {
    let id: SpaceId = ask.id("space")?;
    let outcome = ask.write(|tx| {
        let space = spaces::find(tx, id)?.may::<deed::Manage>()?;
        let kind = HoldKind::from_word(ask.sent.text("kind")).ok_or_else(|| Problems::one("kind", "problem-choose"))?;
        let board = ask.sent.number("board").map(BoardId);
        hold::add_rule(tx, &space, board, kind, ask.sent.number("amount").unwrap_or(0))
    });
    saved(ask, outcome)
}

pub fn remove_rule(ask: &Ask) -> Answer {
    let id: SpaceId = ask.id("space")?;
    let rule: i64 = ask.id("rule")?;
    let outcome = ask.write(|tx| {
        let space = spaces::find(tx, id)?.may::<deed::Manage>()?;
        hold::remove_rule(tx, &space, rule)
    });
    saved(ask, outcome)
}

/// What was tried, for the button that keeps it.
fn trial(phrase: &str, expression: bool) -> String {
    format!("{}:{}", if expression { "expression" } else { "words" }, phrase.trim())
}

/// Tries a phrase on what was written lately, or keeps it: the button says which.
pub fn add_phrase(ask: &Ask) -> Answer {
    let id: SpaceId = ask.id("space")?;
    let (phrase, expression) = (ask.sent.text("phrase"), ask.sent.text("expression") == "yes");
    // What is kept was tried as it is: whoever presses the other button first sees what it would have met.
    if ask.sent.text("do") == "try" || ask.sent.text("tried") != trial(phrase, expression) {
        let outcome = ask.read(|cx| {
            let space = spaces::find(cx, id)?;
            hold::try_phrase(cx, &space, phrase, expression)
        });
        return match or_again(outcome, |problems| page(ask, ask.kept(&FIELDS, problems), "", true)) {
            Ok((met, of)) => {
                let tried = Locales::get().with_values(
                    ask.lang,
                    "phrase-tried",
                    &[("met", Arg::from(met)), ("of", Arg::from(of))],
                );
                let mut form = Form::kept(&FIELDS, &ask.sent);
                form.set("tried", &trial(phrase, expression));
                page(ask, form, &tried, false)
            }
            Err(answer) => answer,
        };
    }
    let outcome = ask.write(|tx| {
        let space = spaces::find(tx, id)?.may::<deed::Manage>()?;
        let act = PhraseAct::from_word(ask.sent.text("act")).ok_or_else(|| Problems::one("act", "problem-choose"))?;
        hold::add_phrase(tx, &space, phrase, expression, act)
    });
    saved(ask, outcome)
}

pub fn remove_phrase(ask: &Ask) -> Answer {
    let id: SpaceId = ask.id("space")?;
    let phrase: i64 = ask.id("phrase")?;
    let outcome = ask.write(|tx| {
        let space = spaces::find(tx, id)?.may::<deed::Manage>()?;
        hold::remove_phrase(tx, &space, phrase)
    });
    saved(ask, outcome)
}

/// Holds every post of a heated topic for a day.
pub fn hold_topic(ask: &Ask) -> Answer {
    let id: TopicId = ask.id("topic")?;
    ask.write(|tx| {
        let topic = topics::take(tx, id)?.may::<deed::Close>()?;
        hold::hold_topic(tx, &topic, 24)
    })?;
    Ok(Reply::see_other(format!("/topics/{id}")).saying("done-topic-held"))
}

/// Lets it go before the day is over.
pub fn unhold_topic(ask: &Ask) -> Answer {
    let id: TopicId = ask.id("topic")?;
    ask.write(|tx| {
        let topic = topics::take(tx, id)?.may::<deed::Close>()?;
        hold::unhold_topic(tx, &topic)
    })?;
    Ok(Reply::see_other(format!("/topics/{id}")).saying("done-saved"))
}
