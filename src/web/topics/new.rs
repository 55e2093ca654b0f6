//! Starting a topic.

use serde::Serialize;

use crate::access::{Verb, deed};
use crate::forum::boards::{self, Board};
use crate::forum::letters::arrivals::{self, Aim};
use crate::forum::reading::drafts::{self, Draft};
use crate::forum::topics::{self, New, Reminder, tags};
use crate::ids::BoardId;
use crate::kinds::TopicKind;
use crate::refusal::{Problems, Refusal};
use crate::search;
use crate::url;
use crate::web::ask::{Answer, Ask};
use crate::web::error::or_again;
use crate::web::form::{Choice, Form, choices};
use crate::web::reply::{Body, Reply};

const FIELDS: [&str; 6] = ["kind", "title", "tags", "body", "key", "accept"];

/// Tags that are offered.
const TAGS_HERE: usize = 12;

#[derive(Serialize)]
struct Page {
    form: Form,
    board: String,
    board_url: String,
    board_id: i64,
    space: String,
    space_url: String,
    kinds: Vec<Choice>,
    preview: String,
    space_id: i64,
    guidelines_owed: bool,
    guidelines_version: i64,
    /// Questions that were asked before: address and title.
    twins: Vec<(String, String)>,
    /// Whom the text names who will not see it.
    unseen: Vec<String>,
    crowds: Vec<(String, usize)>,
    space_name: String,
    /// Whether it is the draft that the forum kept, or as the board lets one begin.
    draft: &'static str,
    seen_by: super::act::Reach,
    /// Tags that are used in this space, the most used first.
    tags_here: Vec<String>,
    /// My own address for topics in this board, and whether I can have one.
    mail: String,
    mails: bool,
}

fn page(ask: &Ask, board: &Board, form: Form, preview: String) -> Result<Page, Refusal> {
    let moderates = board.can(Verb::StartTopicAsModerator);
    let words: Vec<&str> = board
        .board
        .kinds()
        .iter()
        .filter(|kind| moderates || **kind != TopicKind::Announcement)
        .map(|kind| kind.word())
        .collect();
    Ok(Page {
        space_name: board.space.name.clone(),
        mail: match ask.app().mail.ours() {
            Some(ours) => ask
                .read(|cx| arrivals::my_token(cx, Aim::Start(board.board.id)))?
                .map_or_else(String::new, |token| ours.with(&token)),
            None => String::new(),
        },
        mails: ask.app().mail.ours().is_some(),
        draft: "",
        tags_here: ask
            .read(|cx| tags::in_use(cx, board.space.id))?
            .into_iter()
            .map(|(name, _)| name)
            .take(TAGS_HERE)
            .collect(),
        seen_by: ask.read(|cx| Ok(topics::audience(cx, &board.space)?.into()))?,
        board: board.board.name.clone(),
        board_url: url::board(board.board.id, &board.board.name),
        board_id: board.board.id.0,
        space: board.space.name.clone(),
        space_url: url::space(board.space.id, &board.space.name),
        kinds: choices(ask.lang, "kind", &words, &[form.value("kind")]),
        form,
        preview,
        space_id: board.space.id.0,
        guidelines_version: board.space.guidelines_version,
        guidelines_owed: crate::forum::spaces::guidelines::owed(ask.viewer(), &board.space),
        twins: Vec::new(),
        unseen: Vec::new(),
        crowds: Vec::new(),
    })
}

fn find(ask: &Ask) -> Result<Board, Refusal> {
    let id: BoardId = ask.id("board")?;
    let board = ask.read(|cx| boards::find(cx, id))?;
    board.clone().may::<deed::StartTopic>()?;
    Ok(board)
}

pub fn new(ask: &Ask) -> Answer {
    let board = find(ask)?;
    let asked = TopicKind::from_word(ask.ask_for("kind")).filter(|kind| board.board.kinds().contains(kind));
    let draft = ask.read(|cx| drafts::of_topic(cx, board.board.id))?;
    let drafted = draft.is_some();
    let before = draft
        .as_ref()
        .and_then(|draft| TopicKind::from_word(&draft.kind))
        .filter(|kind| board.board.kinds().contains(kind));
    let kind = asked
        .or(before)
        .or_else(|| board.board.kinds().first().copied())
        .unwrap_or(TopicKind::Discussion);
    let draft = match draft {
        Some(draft) => draft,
        None => Draft {
            body: ask.read(|cx| boards::template(cx, &board, kind))?.unwrap_or_default(),
            // A link may bring what it is to be about.
            tags: ask.ask_for("tags").to_owned(),
            ..Draft::default()
        },
    };
    let key = crate::forum::people::fresh_token();
    let form = Form::new(&[
        ("kind", kind.word()),
        ("title", &draft.title),
        ("tags", &draft.tags),
        ("body", &draft.body),
        ("key", &key),
        ("accept", ""),
    ]);
    let mut page = page(ask, &board, form, String::new())?;
    page.draft = if drafted { "kept" } else { "begun" };
    ask.page("topics/new.html", &ask.t("topics-new-title"), &page)
}

/// The same form as another kind of topic begins, with whatever was typed.
fn other_template(ask: &Ask, word: &str) -> Answer {
    let board = find(ask)?;
    let kind = TopicKind::from_word(word)
        .filter(|kind| board.board.kinds().contains(kind))
        .ok_or(Refusal::NotFound)?;
    let templates = ask.read(|cx| {
        let mut all = Vec::new();
        for kind in board.board.kinds() {
            all.push((kind, boards::template(cx, &board, kind)?.unwrap_or_default()));
        }
        Ok(all)
    })?;
    let typed = ask.sent.text("body").replace("\r\n", "\n");
    let untouched = typed.trim().is_empty() || templates.iter().any(|(_, text)| text.trim() == typed.trim());
    let begins = templates
        .into_iter()
        .find(|(of, _)| *of == kind)
        .map_or_else(String::new, |(_, text)| text);
    let body = if untouched {
        begins
    } else if begins.trim().is_empty() || typed.contains(begins.trim()) {
        typed
    } else {
        format!("{begins}\n\n{typed}")
    };
    let form = Form::new(&[
        ("kind", kind.word()),
        ("title", ask.sent.text("title")),
        ("tags", ask.sent.text("tags")),
        ("body", &body),
        ("key", ask.sent.text("key")),
        ("accept", ask.sent.text("accept")),
    ]);
    ask.page(
        "topics/new.html",
        &ask.t("topics-new-title"),
        &page(ask, &board, form, String::new())?,
    )
}

pub fn create(ask: &Ask) -> Answer {
    let sent = &ask.sent;
    if sent.text("do") == "preview" {
        let board = find(ask)?;
        let preview = crate::web::posts::rendered_preview(ask, board.space.id, sent.text("body"))?;
        let form = Form::kept(&FIELDS, sent);
        return ask.page(
            "topics/new.html",
            &ask.t("topics-new-title"),
            &page(ask, &board, form, preview)?,
        );
    }
    if let Some(kind) = sent.text("do").strip_prefix("template:") {
        return other_template(ask, kind);
    }
    let kind = TopicKind::from_word(sent.text("kind")).unwrap_or(TopicKind::Discussion);
    let drafting = crate::web::drafts::wanted(ask);
    if !drafting && sent.text("reminded") != "yes" {
        let board = find(ask)?;
        let (unseen, crowds) = crate::web::posts::unseen(ask, &board.space, sent.text("body"))?;
        let twins = if kind == TopicKind::Question && board.space.reminds(Reminder::Twin) {
            let found = ask.read(|cx| search::twins(cx, &ask.app().search, board.space.id, sent.text("title")));
            // A reminder that cannot be made keeps nobody from asking; the index mends itself.
            found.unwrap_or_else(|refusal| {
                tracing::warn!(%refusal, "questions like this one could not be looked for");
                Vec::new()
            })
        } else {
            Vec::new()
        };
        if !twins.is_empty() || !unseen.is_empty() || !crowds.is_empty() {
            let mut page = page(ask, &board, Form::kept(&FIELDS, sent), String::new())?;
            page.twins = twins
                .into_iter()
                .map(|(topic, title)| (url::topic(topic, &title), title))
                .collect();
            page.unseen = unseen;
            page.crowds = crowds;
            return ask.page("topics/new.html", &ask.t("topics-new-title"), &page);
        }
    }
    let id: BoardId = ask.id("board")?;
    let outcome = ask.write(|tx| {
        let board = boards::find(tx, id)?;
        if drafting {
            let draft = Draft {
                kind: kind.word().to_owned(),
                title: sent.text("title").to_owned(),
                tags: sent.text("tags").to_owned(),
                body: sent.text("body").to_owned(),
            };
            drafts::keep_topic(tx, &board, &draft, sent.text("key"), &ask.app().config.limits)?;
            return Ok(None);
        }
        let (topic, _) = topics::start(
            tx,
            board,
            &New {
                kind,
                title: sent.text("title").to_owned(),
                tags: tags::parse(sent.text("tags")),
                body: sent.text("body").to_owned(),
                key: sent.text("key").to_owned(),
                accepts: sent.number("accept").unwrap_or(0),
            },
            &ask.app().config.limits,
        )?;
        drafts::remove_topic(tx, id)?;
        Ok(Some(topic))
    });
    let again = |problems: &Problems| {
        let board = find(ask)?;
        let form = ask.kept(&FIELDS, problems);
        ask.again(
            "topics/new.html",
            &ask.t("topics-new-title"),
            &page(ask, &board, form, String::new())?,
        )
    };
    match or_again(outcome, again) {
        Ok(None) => Ok(crate::web::drafts::kept(ask, format!("/boards/{id}"))),
        Ok(Some(topic)) => Ok(Reply::see_other(url::topic(topic, sent.text("title")))),
        Err(answer) => answer,
    }
}

/// For the script that shows, while a title is typed, what there is about the same: addresses and titles.
pub fn alike(ask: &Ask) -> Answer {
    find(ask)?;
    let me = ask.me()?.id;
    ask.shared.limits.take(
        &format!("alike account {me}"),
        ask.app().config.limits.searches_a_minute,
        ask.app().clock.now(),
    )?;
    let title: String = ask.ask_for("title").chars().take(200).collect();
    let candidates = search::alike::candidates(&ask.app().search, &title)?;
    let found: Vec<(String, String)> = ask
        .read(|cx| search::alike::shown(cx, &candidates, None))?
        .into_iter()
        .map(|(topic, title)| (url::topic(topic, &title), title))
        .collect();
    Ok(Reply::new(
        actix_web::http::StatusCode::OK,
        Body::Text("application/json", serde_json::json!(found).to_string()),
    ))
}
