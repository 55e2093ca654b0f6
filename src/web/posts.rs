//! A post's own pages: its address, replying, editing, its history, removing, reporting, thanking.

use serde::Serialize;

use super::ask::{Answer, Ask};
use super::error::or_again;
use super::form::{Choice, Form};
use super::grounds;
use super::reply::{Body, Reply};
use crate::access::deed;
use crate::event::PrivateThing;
use crate::forum::people;
use crate::forum::posts::{self, Post, Sent, thread};
use crate::forum::reading::drafts;
use crate::forum::spaces::SpaceRow;
use crate::forum::topics;
use crate::i18n::When;
use crate::ids::{PostId, SpaceId};
use crate::kinds::{Format, PostState, View};
use crate::refusal::{Problems, Refusal, Result};
use crate::text::diff::Run;
use crate::text::{excerpt, markdown};
use crate::url;

fn find(ask: &Ask) -> Result<Post> {
    let id: PostId = ask.id("post")?;
    ask.read(|cx| posts::find(cx, id))
}

/// Where a post is read: on its page of its topic, in the view that the reader prefers.
/// Where a post of a forum that was brought in is now.
pub fn from_old_address(ask: &Ask) -> Answer {
    let id = ask.read(|cx| crate::forum::old_addresses::find(cx, &ask.path))?;
    Ok(Reply::see_other(place(ask, id)?))
}

fn place(ask: &Ask, id: PostId) -> Result<String> {
    ask.read(|cx| {
        let post = posts::find(cx, id)?;
        let topic = topics::find(cx, post.topic.id)?;
        let home = url::topic(post.topic.id, &post.topic.title);
        Ok(match ask.view() {
            View::Flat => {
                let page = (post.post.number - 1) / thread::POSTS_A_PAGE + 1;
                format!("{home}?view=flat&page={page}#post-{id}")
            }
            View::Tree => match thread::tree_page_of(cx, &topic, id)? {
                None => format!("{home}#post-{id}"),
                Some(from) => format!("{home}?from={from}#post-{id}"),
            },
        })
    })
}

pub fn show(ask: &Ask) -> Answer {
    Ok(Reply::see_other(place(ask, ask.id("post")?)?))
}

/// All of a post that is too long for its topic's page.
pub fn whole(ask: &Ask) -> Answer {
    let post = find(ask)?;
    if post.post.state != PostState::Published && !post.can(crate::access::Verb::SeeRemoved) {
        return Err(Refusal::NotFound);
    }
    if !matches!(post.post.state, PostState::Published | PostState::Held)
        && ask.viewer().id() != Some(post.post.author_id)
    {
        ask.reads_private(
            PrivateThing::RemovedText,
            post.topic.id.0,
            Some(post.space.id),
            Some(post.post.author_id),
        )?;
    }
    ask.page(
        "posts/whole.html",
        &ask.t("posts-whole-title"),
        &serde_json::json!({
            "topic": post.topic.title,
            "url": url::post(post.post.id),
            "body": post.post.body_html,
            "lang": post.post.language,
        }),
    )
}

/// How a text would look, without its mentions: those are looked up when it is written.
pub(super) fn rendered_preview(ask: &Ask, _space: SpaceId, body: &str) -> Result<String> {
    if body.len() > ask.app().config.limits.post_bytes {
        return Ok(String::new());
    }
    Ok(markdown::render(body, &|_| None).into_string())
}

/// For the script that shows a preview without leaving the page.
pub fn preview(ask: &Ask) -> Answer {
    let html = rendered_preview(ask, SpaceId(0), ask.sent.text("body"))?;
    Ok(Reply::new(actix_web::http::StatusCode::OK, Body::Html(html)))
}

#[derive(Serialize)]
struct ReplyPage {
    form: Form,
    topic: String,
    topic_url: String,
    post_id: i64,
    author: String,
    at: When,
    body: String,
    preview: String,
    space_id: i64,
    guidelines_owed: bool,
    guidelines_version: i64,
    reminders: Vec<String>,
    /// Whom the text names who will not see it.
    unseen: Vec<String>,
    /// Groups that it names and that are too large to be told, with how many they are.
    crowds: Vec<(String, usize)>,
    space_name: String,
    /// Whether the text is the draft that the forum kept.
    drafted: bool,
    seen_by: super::topics::Reach,
}

fn author_of(ask: &Ask, post: &Post) -> Result<String> {
    let person = ask.read(|cx| crate::forum::people::display_name(cx, post.post.author_id))?;
    Ok(person)
}

fn reply_page(ask: &Ask, post: &Post, form: Form, preview: String) -> Result<ReplyPage> {
    Ok(ReplyPage {
        form,
        topic: post.topic.title.clone(),
        topic_url: url::topic(post.topic.id, &post.topic.title),
        post_id: post.post.id.0,
        author: author_of(ask, post)?,
        at: ask.when(post.post.created_at),
        body: post.post.body_html.clone(),
        preview,
        space_id: post.space.id.0,
        guidelines_version: post.space.guidelines_version,
        guidelines_owed: crate::forum::spaces::guidelines::owed(ask.viewer(), &post.space),
        space_name: post.space.name.clone(),
        drafted: false,
        unseen: Vec::new(),
        crowds: Vec::new(),
        seen_by: ask.read(|cx| Ok(topics::audience(cx, &post.space)?.into()))?,
        reminders: ask.read(|cx| {
            let topic = topics::find(cx, post.topic.id)?;
            let latest = thread::latest(cx, &topic)?;
            Ok(super::topics::reminders(ask, &topic, &latest))
        })?,
    })
}

pub fn reply_form(ask: &Ask) -> Answer {
    let post = find(ask)?;
    post.clone().may::<deed::Reply>()?;
    let draft = ask.read(|cx| drafts::of_reply(cx, post.post.id))?;
    let drafted = draft.is_some();
    let quote = if ask.ask_for("quote").is_empty() {
        String::new()
    } else {
        let source = match post.post.format {
            Format::Markdown => post.post.body.clone(),
            Format::Mail => excerpt::plain(&post.post.body_html),
        };
        excerpt::quote(&source)
    };
    let body = match draft {
        Some(draft) if quote.is_empty() => draft,
        Some(draft) => format!("{draft}\n\n{quote}"),
        None => quote,
    };
    let key = crate::forum::people::fresh_token();
    let form = Form::new(&[("body", &body), ("key", &key), ("accept", "")]);
    let mut page = reply_page(ask, &post, form, String::new())?;
    page.drafted = drafted;
    ask.page("posts/reply.html", &ask.t("posts-reply-title"), &page)
}

pub fn reply(ask: &Ask) -> Answer {
    let sent = &ask.sent;
    let id: PostId = ask.id("post")?;
    if sent.text("do") == "preview" {
        let post = find(ask)?;
        post.clone().may::<deed::Reply>()?;
        let preview = rendered_preview(ask, post.space.id, sent.text("body"))?;
        let page = reply_page(ask, &post, Form::kept(&["body", "key", "accept"], sent), preview)?;
        return ask.page("posts/reply.html", &ask.t("posts-reply-title"), &page);
    }
    let drafting = super::drafts::wanted(ask);
    if !drafting && sent.text("reminded") != "yes" {
        let post = find(ask)?;
        post.clone().may::<deed::Reply>()?;
        let (unseen, crowds) = unseen(ask, &post.space, sent.text("body"))?;
        if !unseen.is_empty() || !crowds.is_empty() {
            let form = Form::kept(&["body", "key", "accept"], sent);
            let mut page = reply_page(ask, &post, form, String::new())?;
            page.unseen = unseen;
            page.crowds = crowds;
            return ask.page("posts/reply.html", &ask.t("posts-reply-title"), &page);
        }
    }
    let outcome = ask.write(|tx| {
        if drafting {
            let post = posts::find(tx, id)?;
            drafts::keep_reply(tx, &post, sent.text("body"), sent.text("key"), &ask.app().config.limits)?;
            return Ok(id);
        }
        let post = posts::take(tx, id)?.may::<deed::Reply>()?;
        let made = posts::reply(
            tx,
            post,
            &Sent {
                body: sent.text("body").to_owned(),
                key: sent.text("key").to_owned(),
                accepts: sent.number("accept").unwrap_or(0),
            },
            &ask.app().config.limits,
        )?;
        drafts::remove_reply(tx, id)?;
        Ok(made)
    });
    let again = |problems: &Problems| {
        let post = find(ask)?;
        let page = reply_page(
            ask,
            &post,
            ask.kept(&["body", "key", "accept"], problems),
            String::new(),
        )?;
        ask.again("posts/reply.html", &ask.t("posts-reply-title"), &page)
    };
    let outcome = match outcome {
        // The form was used before, for another text: the first post stands, and the new text is kept.
        Err(Refusal::AlreadyPosted(first)) => return already_posted(ask, first),
        other => other,
    };
    match or_again(outcome, again) {
        Ok(post) if drafting => Ok(super::drafts::kept(ask, url::post(post))),
        Ok(post) => Ok(Reply::see_other(url::post(post))),
        Err(answer) => answer,
    }
}

/// Whom a text names who will not be told, said before it is posted: people who do not see the space, and groups that
/// are too large, with how many they are.
pub(super) type Untold = (Vec<String>, Vec<(String, usize)>);

pub(super) fn unseen(ask: &Ask, space: &SpaceRow, body: &str) -> Result<Untold> {
    ask.read(|cx| {
        Ok((
            people::cannot_see(cx, space.id, space.visibility, body)?,
            people::crowds(cx, space.id, space.visibility, body)?,
        ))
    })
}

fn already_posted(ask: &Ask, first: PostId) -> Answer {
    let post = ask.read(|cx| posts::find(cx, first))?;
    let page = serde_json::json!({
        "first_url": url::post(first),
        "first": post.post.body_html,
        "edit_url": url::about("posts", first.0, "edit"),
        "post_id": ask.param("post"),
        "body": ask.sent.text("body"),
        "key": crate::forum::people::fresh_token(),
    });
    Ok(ask
        .page("posts/already.html", &ask.t("posts-already-title"), &page)?
        .with_status(actix_web::http::StatusCode::CONFLICT))
}

#[derive(Serialize)]
struct EditPage {
    form: Form,
    space_id: i64,
    topic: String,
    topic_url: String,
    post_id: i64,
    preview: String,
    theirs: String,
    /// Somebody else's post: that asks for grounds.
    others: bool,
    rules: Vec<String>,
}

fn edit_page(ask: &Ask, post: &Post, form: Form, preview: String, theirs: String) -> EditPage {
    EditPage {
        others: ask.viewer().id() != Some(post.post.author_id)
            && (!post.post.wiki || post.can(crate::access::Verb::Moderate)),
        rules: grounds::rules(&post.space.guidelines),
        form,
        space_id: post.space.id.0,
        topic: post.topic.title.clone(),
        topic_url: url::post(post.post.id),
        post_id: post.post.id.0,
        preview,
        theirs,
    }
}

const EDIT_FIELDS: [&str; 4] = ["body", "based_on", "rule", "reason"];

pub fn edit(ask: &Ask) -> Answer {
    let post = find(ask)?;
    post.clone().may::<deed::EditPost>()?;
    let form = Form::new(&[
        ("body", &post.post.body),
        ("based_on", &post.post.version.to_string()),
        ("rule", ""),
        ("reason", ""),
    ]);
    let page = edit_page(ask, &post, form, String::new(), String::new());
    ask.page("posts/edit.html", &ask.t("posts-edit-title"), &page)
}

pub fn change(ask: &Ask) -> Answer {
    let sent = &ask.sent;
    let id: PostId = ask.id("post")?;
    if sent.text("do") == "preview" {
        let post = find(ask)?;
        post.clone().may::<deed::EditPost>()?;
        let preview = rendered_preview(ask, post.space.id, sent.text("body"))?;
        let page = edit_page(ask, &post, Form::kept(&EDIT_FIELDS, sent), preview, String::new());
        return ask.page("posts/edit.html", &ask.t("posts-edit-title"), &page);
    }
    let outcome = grounds::act(ask, |tx| {
        let post = posts::take(tx, id)?.may::<deed::EditPost>()?;
        posts::edit(
            tx,
            post,
            sent.text("body"),
            sent.number("based_on").unwrap_or(0),
            &ask.app().config.limits,
        )
    });
    let again = |problems: &Problems| {
        let post = find(ask)?;
        let page = edit_page(
            ask,
            &post,
            ask.kept(&EDIT_FIELDS, problems),
            String::new(),
            String::new(),
        );
        ask.again("posts/edit.html", &ask.t("posts-edit-title"), &page)
    };
    let outcome = match outcome {
        // Both texts are shown; saving again replaces what is there now, knowingly.
        Err(Refusal::Conflict) => {
            let post = find(ask)?;
            let form = Form::new(&[
                ("body", sent.text("body")),
                ("based_on", &post.post.version.to_string()),
                ("rule", sent.text("rule")),
                ("reason", sent.text("reason")),
            ]);
            let page = edit_page(ask, &post, form, String::new(), post.post.body.clone());
            let reply = ask.page("posts/edit.html", &ask.t("posts-edit-title"), &page)?;
            return Ok(reply.with_status(actix_web::http::StatusCode::CONFLICT));
        }
        other => other,
    };
    match or_again(outcome, again) {
        Ok(()) => Ok(Reply::see_other(url::post(id))),
        Err(answer) => answer,
    }
}

pub fn share(ask: &Ask) -> Answer {
    shared(ask, true)
}

pub fn keep_to_author(ask: &Ask) -> Answer {
    shared(ask, false)
}

fn shared(ask: &Ask, wiki: bool) -> Answer {
    let id: PostId = ask.id("post")?;
    ask.write(|tx| {
        let post = posts::take(tx, id)?.may::<deed::ShareEditing>()?;
        posts::share(tx, post, wiki)
    })?;
    Ok(Reply::see_other(url::post(id)).saying("done-saved"))
}

#[derive(Serialize)]
struct VersionLine {
    by: String,
    at: When,
    runs: Vec<Run>,
}

pub fn history(ask: &Ask) -> Answer {
    let id: PostId = ask.id("post")?;
    let (post, versions, kept_back) = ask.read(|cx| {
        let post = posts::find(cx, id)?;
        let versions = posts::history(cx, &post)?;
        let kept_back = posts::keeps_back(cx, &post)?;
        Ok((post, versions, kept_back))
    })?;
    if (kept_back || !matches!(post.post.state, PostState::Published)) && ask.viewer().id() != Some(post.post.author_id)
    {
        ask.reads_private(
            PrivateThing::RemovedText,
            post.topic.id.0,
            Some(post.space.id),
            Some(post.post.author_id),
        )?;
    }
    let versions: Vec<VersionLine> = versions
        .into_iter()
        .map(|version| VersionLine {
            by: version.by.unwrap_or_else(|| ask.t("inbox-a-moderator")),
            at: ask.when(version.at),
            runs: version.runs,
        })
        .collect();
    ask.page(
        "posts/history.html",
        &ask.t("posts-history-title"),
        &serde_json::json!({
            "topic": post.topic.title,
            "url": url::post(id),
            "versions": versions,
        }),
    )
}

fn remove_page(ask: &Ask, post: &Post, form: Form, again: bool) -> Answer {
    let page = serde_json::json!({
        "form": form,
        "topic": post.topic.title,
        "url": url::post(post.post.id),
        "post_id": post.post.id,
        "mine": ask.viewer().id() == Some(post.post.author_id),
        "rules": grounds::rules(&post.space.guidelines),
        "body": post.post.body_html,
    });
    let title = ask.t("posts-remove-title");
    if again {
        ask.again("posts/remove.html", &title, &page)
    } else {
        ask.page("posts/remove.html", &title, &page)
    }
}

pub fn remove_form(ask: &Ask) -> Answer {
    let post = find(ask)?;
    post.clone().may::<deed::RemovePost>()?;
    remove_page(ask, &post, Form::new(&[("rule", ""), ("reason", "")]), false)
}

pub fn remove(ask: &Ask) -> Answer {
    let id: PostId = ask.id("post")?;
    let outcome = grounds::act(ask, |tx| {
        let post = posts::take(tx, id)?.may::<deed::RemovePost>()?;
        posts::remove(tx, post, ask.sent.text("reason"))
    });
    let again = |problems: &Problems| {
        let post = find(ask)?;
        remove_page(ask, &post, ask.kept(&["rule", "reason"], problems), true)
    };
    match or_again(outcome, again) {
        Ok(()) => Ok(Reply::see_other(url::post(id)).saying("done-removed")),
        Err(answer) => answer,
    }
}

pub fn restore(ask: &Ask) -> Answer {
    let id: PostId = ask.id("post")?;
    ask.write(|tx| {
        let post = posts::take(tx, id)?.may::<deed::RestorePost>()?;
        posts::restore(tx, post)
    })?;
    Ok(Reply::see_other(url::post(id)).saying("done-restored"))
}

#[derive(Serialize)]
struct ReportPage {
    form: Form,
    topic: String,
    url: String,
    post_id: i64,
    reasons: Vec<Choice>,
    body: String,
}

fn report_page(ask: &Ask, post: &Post, form: Form) -> ReportPage {
    ReportPage {
        topic: post.topic.title.clone(),
        url: url::post(post.post.id),
        post_id: post.post.id.0,
        reasons: ask
            .settings
            .flag_kinds
            .iter()
            .filter(|kind| !kind.ended)
            .map(|kind| Choice {
                chosen: form.value("why") == kind.word,
                label: kind.label(ask.lang),
                value: kind.word.clone(),
            })
            .collect(),
        form,
        body: post.post.body_html.clone(),
    }
}

pub fn report_form(ask: &Ask) -> Answer {
    let post = find(ask)?;
    post.clone().may::<deed::Report>()?;
    // Nothing is chosen beforehand: a careless click is not a flag.
    let form = Form::new(&[("why", ""), ("words", "")]);
    ask.page(
        "posts/report.html",
        &ask.t("posts-report-title"),
        &report_page(ask, &post, form),
    )
}

pub fn report(ask: &Ask) -> Answer {
    let id: PostId = ask.id("post")?;
    let outcome = ask.write(|tx| {
        // Asked first: a mistake in the form must not show a post that may not be reported.
        let post = posts::take(tx, id)?.may::<deed::Report>()?;
        posts::report(tx, post, ask.sent.text("why"), ask.sent.text("words"))
    });
    let again = |problems: &Problems| {
        let post = find(ask)?;
        let form = ask.kept(&["why", "words"], problems);
        ask.again(
            "posts/report.html",
            &ask.t("posts-report-title"),
            &report_page(ask, &post, form),
        )
    };
    match or_again(outcome, again) {
        Ok(()) => Ok(Reply::see_other(url::post(id)).saying("done-reported")),
        Err(answer) => answer,
    }
}

pub fn thanks(ask: &Ask) -> Answer {
    let id: PostId = ask.id("post")?;
    let (post, people) = ask.read(|cx| {
        let post = posts::find(cx, id)?;
        let people = posts::thanked_by(cx, &post)?;
        Ok((post, people))
    })?;
    let me = ask.viewer().id();
    let mine = people.iter().any(|(person, _)| Some(*person) == me);
    // Those of a forum that was brought in are a number without names.
    let elsewhere = post.post.thanks - i64::try_from(people.len()).unwrap_or(0);
    let people: Vec<(String, String)> = people
        .into_iter()
        .map(|(person, name)| (url::person(person, &name), name))
        .collect();
    ask.page(
        "posts/thanks.html",
        &ask.t("posts-thanks-title"),
        &serde_json::json!({
            "topic": post.topic.title,
            "url": url::post(id),
            "post_id": id,
            "people": people,
            "mine": mine,
            "elsewhere": elsewhere,
            "published": post.post.state == PostState::Published,
        }),
    )
}

pub fn thank(ask: &Ask) -> Answer {
    let id: PostId = ask.id("post")?;
    ask.write(|tx| {
        let post = posts::take(tx, id)?.may::<deed::Thank>()?;
        posts::thank(tx, post)
    })?;
    Ok(Reply::see_other(url::post(id)).saying("done-thanked"))
}

pub fn withdraw_thank(ask: &Ask) -> Answer {
    let id: PostId = ask.id("post")?;
    ask.write(|tx| {
        let post = posts::take(tx, id)?.may::<deed::Thank>()?;
        posts::withdraw(tx, post)
    })?;
    Ok(Reply::see_other(url::post(id)).saying("done-thank-withdrawn"))
}

pub fn mark_answer(ask: &Ask) -> Answer {
    let id: PostId = ask.id("post")?;
    ask.write(|tx| {
        let post = posts::take(tx, id)?.may::<deed::MarkAnswer>()?;
        topics::mark(tx, post)
    })?;
    Ok(Reply::see_other(url::post(id)).saying("done-answer"))
}

pub fn unmark_answer(ask: &Ask) -> Answer {
    let id: PostId = ask.id("post")?;
    ask.write(|tx| {
        let post = posts::take(tx, id)?.may::<deed::MarkAnswer>()?;
        topics::unmark(tx, post)
    })?;
    Ok(Reply::see_other(url::post(id)).saying("done-answer-undone"))
}
