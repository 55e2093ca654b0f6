//! One review as a page. What its buttons do is in [`super::deeds`].

use serde::Serialize;

use super::queue::{self, View};
use crate::access::Verb;
use crate::event::PrivateThing;
use crate::forum::boards;
use crate::forum::moderation::look::{self, Whole};
use crate::forum::moderation::sanctions::{SILENCES, SUSPENSIONS};
use crate::forum::moderation::{self, Newer, canned as texts, claim, decide};
use crate::i18n::{Arg, Locales, When};
use crate::ids::ReviewId;
use crate::kinds::{Decision, LineKind, ReviewKind, SanctionKind};
use crate::refusal::{Problems, Result};
use crate::url;
use crate::web::ask::{Answer, Ask};
use crate::web::form::{Choice, Form};
use crate::web::grounds;

#[derive(Serialize)]
struct Near {
    url: String,
    author: String,
    at: When,
    html: String,
    this: bool,
}

#[derive(Serialize)]
struct LineView {
    at: When,
    sentence: String,
    words: String,
    note: bool,
}

#[derive(Serialize)]
struct BeforeView {
    url: String,
    sentence: String,
    at: When,
}

#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a part of the page")]
struct Page {
    r: View,
    near: Vec<Near>,
    posts_before: i64,
    before: Vec<BeforeView>,
    sanctions: Vec<String>,
    timeline: Vec<LineView>,
    urgency: Vec<(String, String)>,
    decided: String,
    decided_by: String,
    rule: String,
    note: String,
    undone: bool,
    undoable: bool,
    first_decision: String,
    may_decide: bool,
    open: bool,
    escalated: bool,
    stale: bool,
    form: Form,
    choices: Vec<Choice>,
    wrong_decision: String,
    rules: Vec<String>,
    sanction_choices: Vec<Choice>,
    boards: Vec<Choice>,
    colleagues: Vec<Choice>,
    /// The author's language, when it is not mine.
    reads_in: String,
    /// The text can be changed here.
    editable: bool,
    minutes: Vec<Choice>,
    text_version: i64,
    /// What the post says now, when it was changed under whoever edits it.
    theirs: String,
    in_the_way: Vec<(String, String, When)>,
    /// Pages for the branch and the topic, each of which answers this review.
    grafts: Vec<(String, String)>,
}

pub fn show(ask: &Ask) -> Answer {
    let id: ReviewId = ask.id("review")?;
    page(ask, id, None, false, &[])
}

/// The page, with a form that was not taken, or after something happened meanwhile.
pub(super) fn page(ask: &Ask, id: ReviewId, problems: Option<&Problems>, stale: bool, way: &[Newer]) -> Answer {
    let asked_for = if problems.is_some() || stale {
        ask.sent.text("decision").to_owned()
    } else {
        ask.ask_for("do").to_owned()
    };
    let (review, whole, colleagues, boards, begin, body) = ask.read(|cx| {
        let review = moderation::find(cx, id)?;
        let whole = look::whole(cx, &review)?;
        let colleagues = claim::colleagues(cx, &review)?;
        let boards = boards::of_spaces(cx, &cx.readable_spaces(), false)?;
        let begin = canned(cx, &whole, Decision::from_word(&asked_for))?;
        let body = match &whole.entry.post {
            Some(post) => look::source_of(cx, post.id)?,
            None => String::new(),
        };
        Ok((review, whole, colleagues, boards, begin, body))
    })?;
    ask.reads_private(
        PrivateThing::Review,
        id.0,
        Some(review.space.id),
        review.review.about_id,
    )?;
    let view = queue::view(ask, &whole.entry);
    let asked = asked_for.as_str();
    let post_version = whole.entry.post.as_ref().map_or(0, |post| post.version);
    // What was typed is kept, in the form it was typed in, also when something happened meanwhile.
    let again = problems.is_some() || stale;
    let deciding = ask.path.ends_with("/decide");
    let typed = again && deciding && !ask.sent.text("decision").is_empty();
    let version = post_version.to_string();
    let fields = [
        ("rule", ""),
        ("reason", &begin),
        ("sanction", ""),
        ("board", ""),
        ("text", &body),
        ("text_version", &version),
        ("minutes", "15"),
        ("words", ""),
        ("why", ""),
    ];
    let fields = fields.map(|(name, begins)| {
        let sent = again && (deciding || matches!(name, "words" | "why")) && ask.sent.has(name);
        (name, if sent { ask.sent.text(name) } else { begins })
    });
    let form = match problems {
        Some(problems) => Form::new(&fields).with(problems, ask.lang),
        None => Form::new(&fields),
    };
    let row = &review.review;
    let moderated = ask.me().map(moderation::queue::moderated)?;
    let page = Page {
        choices: view
            .choices
            .iter()
            .map(|choice| Choice {
                value: choice.word.to_owned(),
                label: choice.label.clone(),
                chosen: choice.word == asked,
            })
            .collect(),
        near: whole
            .near
            .iter()
            .map(|near| Near {
                url: url::post(near.id),
                author: near.author.clone(),
                at: ask.when(near.at),
                html: near.html.clone(),
                this: near.this,
            })
            .collect(),
        posts_before: whole.history.posts,
        before: whole
            .history
            .reviews
            .iter()
            .map(|before| before_view(ask, before))
            .collect(),
        sanctions: whole
            .history
            .sanctions
            .iter()
            .map(|(kind, from, until, early)| {
                let mut sentence = sanction_sentence(ask, *kind, &ask.date(*from).words, &ask.date(*until).words);
                if *early {
                    sentence.push_str(" · ");
                    sentence.push_str(&ask.t("act-undone"));
                }
                sentence
            })
            .collect(),
        timeline: whole.timeline.iter().map(|line| line_view(ask, line)).collect(),
        urgency: urgency(ask, &whole),
        decided: row.decision.as_deref().map(|word| ask.act(word)).unwrap_or_default(),
        decided_by: row
            .decided_role
            .as_deref()
            .map(|role| ask.t(&format!("role-{}", role.replace('_', "-"))))
            .unwrap_or_default(),
        rule: row.rule.clone(),
        note: row.note.clone(),
        undone: row.undone_at.is_some(),
        undoable: review.can(Verb::DecideReview) && moderation::undoable(row, ask.app().clock.now()),
        first_decision: whole
            .first_decision
            .as_ref()
            .map(|first| first_sentence(ask, first))
            .unwrap_or_default(),
        may_decide: review.can(Verb::DecideReview),
        open: row.decided_at.is_none(),
        escalated: row.escalated_at.is_some(),
        stale,
        rules: grounds::rules(&review.space.guidelines),
        sanction_choices: if matches!(row.kind, ReviewKind::Account | ReviewKind::Appeal) {
            // Nobody is punished for asking.
            Vec::new()
        } else {
            let suspends = decide::may_suspend(ask.me()?, review.space.id);
            sanction_choices(ask, form.value("sanction"), suspends)
        },
        reads_in: reads_in(ask, &whole),
        boards: boards
            .iter()
            .filter(|_| view.choices.iter().any(|choice| choice.word == Decision::Move.word()))
            .filter(|board| {
                moderated.contains(&board.space_id) && whole.entry.board.as_ref().is_none_or(|here| here.0 != board.id)
            })
            .map(|board| Choice {
                value: board.id.to_string(),
                label: board.name.clone(),
                chosen: form.value("board") == board.id.to_string(),
            })
            .collect(),
        colleagues: colleagues
            .into_iter()
            .filter(|(who, _)| Some(*who) != ask.viewer().id())
            .map(|(who, name)| Choice {
                value: who.to_string(),
                label: name,
                chosen: false,
            })
            .collect(),
        editable: view.choices.iter().any(|choice| choice.word == Decision::Edit.word()),
        minutes: if view.choices.iter().any(|choice| choice.word == Decision::Slow.word()) {
            crate::web::topics::slow_choices(ask, form.value("minutes"), false)
        } else {
            Vec::new()
        },
        text_version: post_version,
        theirs: if typed && ask.sent.has("text") && ask.sent.number("text_version") != Some(post_version) {
            body
        } else {
            String::new()
        },
        in_the_way: way.iter().map(|newer| newer_view(ask, newer)).collect(),
        grafts: grafts(ask, &whole, &view),
        wrong_decision: form.problem("decision").to_owned(),
        form,
        r: view,
    };
    let reply = ask.page("moderation/review.html", &ask.t("review-title"), &page)?;
    Ok(if stale {
        reply.with_status(actix_web::http::StatusCode::CONFLICT)
    } else if problems.is_some() {
        reply.with_status(actix_web::http::StatusCode::UNPROCESSABLE_ENTITY)
    } else {
        reply
    })
}

/// In which language the author reads the forum, when it is another than mine.
fn reads_in(ask: &Ask, whole: &Whole) -> String {
    let locales = Locales::get();
    let author = whole
        .entry
        .author
        .as_ref()
        .and_then(|author| locales.find(&author.language));
    match author {
        Some(lang) if locales.tag(lang) != ask.tag() => locales.with_values(
            ask.lang,
            "review-reads-in",
            &[(
                "language",
                Arg::from(ask.t(&format!("language-named-{}", locales.tag(lang)))),
            )],
        ),
        _ => String::new(),
    }
}

/// What stands in the way of an undo: its sentence, its address, when.
fn newer_view(ask: &Ask, newer: &Newer) -> (String, String, When) {
    let what = if newer.act == "reply" {
        ask.t("newer-reply")
    } else {
        ask.act(&newer.act)
    };
    let to = match (newer.review, newer.post) {
        (Some(review), _) => url::review(review),
        (None, Some(post)) => url::post(post),
        (None, None) => String::new(),
    };
    (what, to, ask.when(newer.at))
}

/// The pages on which a branch or a topic is given another place, in answer to this review.
fn grafts(ask: &Ask, whole: &Whole, view: &View) -> Vec<(String, String)> {
    let row = &whole.entry.review;
    let Some(post) = whole
        .entry
        .post
        .as_ref()
        .filter(|post| post.state == crate::kinds::PostState::Published)
        .filter(|_| !view.choices.is_empty() && row.kind != ReviewKind::Appeal)
    else {
        return Vec::new();
    };
    let answers = format!("?review={}&version={}", row.id, row.version);
    if post.first {
        let topic = row.topic_id.map_or(0, |topic| topic.0);
        return vec![(ask.t("merge-title"), url::about("topics", topic, "merge") + &answers)];
    }
    vec![
        (ask.t("split-title"), url::about("posts", post.id.0, "split") + &answers),
        (
            ask.t("reparent-title"),
            url::about("posts", post.id.0, "parent") + &answers,
        ),
    ]
}

/// A text to begin the reason with, in the author's language.
fn canned(cx: &mut crate::access::Cx<'_>, whole: &Whole, decision: Option<Decision>) -> Result<String> {
    // A text about a post begins what is said about a post, and nothing else.
    let about_words = [
        Decision::Hide,
        Decision::Remove,
        Decision::Spam,
        Decision::Edit,
        Decision::Uphold,
        Decision::Close,
        Decision::Move,
        Decision::Slow,
        Decision::Refuse,
    ];
    let Some(decision) = decision.filter(|decision| about_words.contains(decision)) else {
        return Ok(String::new());
    };
    let locales = Locales::get();
    let language = whole
        .entry
        .author
        .as_ref()
        .map_or("", |author| author.language.as_str());
    let lang = locales.find(language).unwrap_or_else(|| locales.first());
    let reason = whole.entry.flags.first().map_or("other", |flag| flag.reason.as_str());
    let about = match decision {
        Decision::Spam => decision.word(),
        own if texts::DECISIONS.contains(&own) => own.word(),
        _ => reason,
    };
    texts::beginning(cx, whole.entry.review.space_id, about, lang)
}

fn sanction_choices(ask: &Ask, chosen: &str, suspends: bool) -> Vec<Choice> {
    let locales = Locales::get();
    let mut all = vec![
        (String::new(), ask.t("sanction-none")),
        ("warning".to_owned(), ask.t("sanction-warning")),
    ];
    for days in SILENCES {
        all.push((
            format!("silence-{days}"),
            locales.with_values(ask.lang, "sanction-silence", &[("days", Arg::from(days))]),
        ));
    }
    for days in SUSPENSIONS.into_iter().filter(|_| suspends) {
        all.push((
            format!("suspension-{days}"),
            locales.with_values(ask.lang, "sanction-suspension", &[("days", Arg::from(days))]),
        ));
    }
    all.into_iter()
        .map(|(value, label)| Choice {
            chosen: value == chosen,
            value,
            label,
        })
        .collect()
}

pub(super) fn sanction_sentence(ask: &Ask, kind: SanctionKind, from: &str, until: &str) -> String {
    Locales::get().with_values(
        ask.lang,
        &format!("sanction-was-{}", kind.word()),
        &[("from", Arg::from(from)), ("until", Arg::from(until))],
    )
}

fn before_view(ask: &Ask, before: &look::Before) -> BeforeView {
    let act = ask.act(&before.decision);
    let mut sentence = match before.kind {
        ReviewKind::Flag => format!("{}: {act}", queue::reason_word(ask, &before.reason)),
        kind => format!("{}: {act}", ask.t(&format!("review-kind-{}", kind.word()))),
    };
    if before.undone {
        sentence.push_str(" · ");
        sentence.push_str(&ask.t("act-undone"));
    }
    BeforeView {
        url: url::review(before.id),
        sentence,
        at: ask.date(before.at),
    }
}

fn first_sentence(ask: &Ask, first: &moderation::ReviewRow) -> String {
    let act = first.decision.as_deref().map(|word| ask.act(word)).unwrap_or_default();
    let at = ask.date(first.decided_at.unwrap_or(first.opened_at)).words;
    if first.note.is_empty() {
        format!("{act}, {at}")
    } else {
        format!("{act}, {at}: {}", first.note)
    }
}

fn line_view(ask: &Ask, line: &look::Line) -> LineView {
    let words = match line.kind {
        LineKind::Decided => ask.act(&line.words),
        LineKind::Flagged => queue::reason_word(ask, &line.words),
        _ => line.words.clone(),
    };
    LineView {
        at: ask.when(line.at),
        sentence: Locales::get().with_values(
            ask.lang,
            &format!("line-{}", line.kind.word()),
            &[(
                "actor",
                Arg::from(line.actor.clone().unwrap_or_else(|| ask.t("line-the-forum"))),
            )],
        ),
        words,
        note: line.kind == LineKind::Note,
    }
}

/// Why it stands where it stands: each part and its points.
fn urgency(ask: &Ask, whole: &Whole) -> Vec<(String, String)> {
    let points = |hundredths: i64| {
        let sign = if hundredths < 0 { "−" } else { "" };
        let mark = ask.t("decimal-mark");
        format!("{sign}{}{mark}{}", hundredths.abs() / 100, hundredths.abs() % 100 / 10)
    };
    let parts = whole.urgency;
    [
        ("urgency-kind", parts.kind),
        ("urgency-flags", parts.flags),
        ("urgency-reach", parts.reach),
        ("urgency-lateness", parts.lateness),
        ("urgency-sum", parts.kind + parts.flags + parts.reach + parts.lateness),
    ]
    .into_iter()
    .map(|(key, value)| (ask.t(key), points(value)))
    .collect()
}
