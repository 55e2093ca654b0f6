//! Reading a topic.

use std::sync::Arc;

use serde::Serialize;

use super::fragments::{self, Address};
use super::outline;
use crate::access::Verb;
use crate::event::PrivateThing;
use crate::forum::moderation::hold;
use crate::forum::posts::thread::{self, From, Line, Page};
use crate::forum::reading::{drafts, unread};
use crate::forum::topics::{self, Topic, tags};
use crate::ids::{PostId, TopicId};
use crate::kinds::{PostState, TopicKind, View};
use crate::refusal::{Reason, Refusal, Result};
use crate::url;
use crate::web::ask::{Answer, Ask};
use crate::web::reply::Reply;

#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a button or a mark")]
struct Show {
    id: i64,
    title: String,
    lang: String,
    url: String,
    kind: &'static str,
    kind_label: String,
    tags: Vec<String>,
    space: String,
    space_url: String,
    space_id: i64,
    visibility: &'static str,
    visibility_label: String,
    board: String,
    board_url: String,
    replies: i64,
    solved: bool,
    answer_url: String,
    waiting: bool,
    pinned: bool,
    closed: bool,
    closed_reason: String,
    archived: bool,
    tree: bool,
    branch: bool,
    posts: String,
    new_here: usize,
    first_new_url: String,
    outline: String,
    before_url: String,
    next_url: String,
    first_url: String,
    last_url: String,
    page: i64,
    pages: i64,
    first_post: i64,
    key: String,
    last_number: i64,
    signed_in: bool,
    can_reply: bool,
    why_not: String,
    /// The guidelines are accepted with the first post.
    guidelines_owed: bool,
    guidelines_version: i64,
    reminders: Vec<String>,
    /// What I began to write here and did not post.
    draft: String,
    can_join: bool,
    can_edit: bool,
    can_close: bool,
    can_pin: bool,
    can_move: bool,
    /// At which level I follow it, in words.
    follows: String,
    /// How often a person may reply, when that is limited.
    slow: String,
    /// That a post of mine waits here, and for how long that usually is.
    waiting_words: String,
    /// Until when every new post waits, for those who could write one.
    heated: String,
    polls: Vec<crate::web::polls::View>,
    /// What is wrong with a vote, and in which poll.
    poll_problem: (i64, String),
    /// How often it was looked at before it came here.
    views: i64,
    split_from: String,
    split_from_url: String,
    /// Address and title of each topic that was split from this one.
    split_off: Vec<(String, String)>,
    /// The same of topics about the same.
    alike: Vec<(String, String)>,
}

/// Which part of the topic is asked for.
enum Which {
    Tree(From),
    Flat(i64),
}

fn which(ask: &Ask, view: View) -> Result<Which> {
    let id = |name: &str| -> Result<Option<PostId>> {
        match ask.ask_for(name) {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| Refusal::NotFound),
        }
    };
    Ok(match view {
        View::Flat if ask.ask_for("branch").is_empty() => Which::Flat(ask.page_number()),
        _ => Which::Tree(From {
            post: id("from")?,
            branch: id("branch")?,
        }),
    })
}

/// What ends a look at a topic early.
enum Early {
    /// The page is ready.
    Kept(Arc<str>),
    /// The topic is a branch of another now.
    Merged(TopicId),
}

/// The topics that this one came from, and that came from it.
struct Kin {
    from: Option<Topic>,
    off: Vec<(TopicId, String)>,
}

pub fn show(ask: &Ask) -> Answer {
    let id: TopicId = ask.id("topic")?;
    if ask.ask_for("at") == "new" {
        return first_new(ask, id);
    }
    if ask.ask_for("from") == "last" {
        let last = ask.read(|cx| {
            let topic = topics::find(cx, id)?;
            thread::last_in_tree(cx, &topic)
        })?;
        let last = last.ok_or(Refusal::NotFound)?;
        return Ok(Reply::see_other(format!("/topics/{id}?from={last}")));
    }
    page_of(ask, id, None)
}

/// The page of a topic with what is wrong with a vote in one of its polls.
pub fn with_poll_problem(ask: &Ask, id: TopicId, poll: i64, words: &str) -> Answer {
    let reply = page_of(ask, id, Some((poll, words)))?;
    Ok(reply.with_status(actix_web::http::StatusCode::UNPROCESSABLE_ENTITY))
}

fn page_of(ask: &Ask, id: TopicId, problem: Option<(i64, &str)>) -> Answer {
    let view = ask.view();
    let which = which(ask, view)?;
    let shared = Arc::clone(&ask.shared);
    let me = ask.viewer().id();
    let is_branch = matches!(&which, Which::Tree(From { branch: Some(_), .. }));
    let found = ask.read(|cx| {
        let topic = topics::find(cx, id)?;
        if let Some(into) = topic.topic.merged_into {
            return Ok(Err(Early::Merged(into)));
        }
        let address = Address {
            topic: id,
            version: topic.topic.version,
            people: ask.visitor.people_epoch,
            which: match &which {
                Which::Flat(page) => (0, *page, 0),
                Which::Tree(from) => (
                    1,
                    from.post.map_or(0, |post| post.0),
                    from.branch.map_or(0, |post| post.0),
                ),
            },
        };
        // A topic in which something is held looks different to its author and the moderators.
        let same_for_all = topic.topic.held_count == 0;
        let whole = ask
            .keeps_for()
            .filter(|_| same_for_all)
            .map(|lang| (address.clone(), ask.visitor.stamp.access, lang));
        if let Some(kept) = whole.as_ref().and_then(|whole| shared.ready.whole(whole)) {
            return Ok(Err(Early::Kept(kept)));
        }
        let page = match shared.ready.page(&address).filter(|_| same_for_all) {
            Some(page) => page,
            None => {
                let page = Arc::new(match &which {
                    Which::Flat(number) => thread::flat(cx, &topic, *number)?,
                    Which::Tree(from) => thread::tree(cx, &topic, *from)?,
                });
                if same_for_all {
                    shared.ready.keep(address, &page);
                }
                page
            }
        };
        let reading = unread::of_topic(cx, &topic.topic)?;
        // A page that is the whole topic is its own outline.
        let all_here = page.before.is_none() && page.next.is_none() && page.pages <= 1 && !is_branch;
        let lines = if all_here {
            Vec::new()
        } else {
            thread::outline(cx, &topic)?
        };
        let words = tags::of(cx, id)?;
        let kin = Kin {
            from: match topic.topic.split_from {
                None => None,
                Some(from) => match topics::find(cx, from) {
                    Ok(from) => Some(from),
                    // Whoever does not see it is not told that it is there.
                    Err(Refusal::NotFound) => None,
                    Err(other) => return Err(other),
                },
            },
            off: topics::split_off(cx, id)?,
        };
        Ok(Ok((topic, page, reading, lines, words, whole, kin)))
    })?;
    let (topic, page, mut reading, lines, words, whole, kin) = match found {
        Ok(found) => found,
        Err(Early::Kept(kept)) => return Ok(ask.kept_page(&kept)),
        Err(Early::Merged(into)) => return Ok(Reply::moved(format!("/topics/{into}"))),
    };
    if let Some(person) = ask.viewer().person() {
        let shows_removed = page.items.iter().any(|item| {
            item.author != person.id
                && matches!(&item.body, thread::Body::Kept { state, .. } if *state != PostState::Held)
        });
        if shows_removed {
            ask.reads_private(PrivateThing::RemovedText, id.0, Some(topic.space.id), None)?;
        }
    }
    // Another topic's title is as visible as that topic: such a page is made anew each time.
    let whole = whole.filter(|_| {
        kin.from.is_none() && kin.off.is_empty() && topic.topic.split_from.is_none() && topic.topic.polls == 0
    });
    if let Some(me) = me {
        reading.add(&ask.app().gathered.waiting(me, id));
    }
    let as_tree = matches!(which, Which::Tree(_));
    let done = fragments::assemble(ask, &topic, &page, &reading, as_tree)?;
    if let Some(me) = me
        && !ask.prefetch
        && done.new > 0
    {
        ask.app()
            .gathered
            .read(me, id, page.items.iter().map(|item| item.number));
    }
    let mut view = show_page(ask, &topic, &page, &which, &lines, &reading, words, done);
    let waits = me.is_some_and(|me| {
        page.items.iter().any(|item| {
            item.author == me
                && matches!(
                    item.body,
                    thread::Body::Kept {
                        state: PostState::Held,
                        ..
                    }
                )
        })
    });
    if let Some(from) = &kin.from {
        view.split_from.clone_from(&from.topic.title);
        view.split_from_url = url::topic(from.topic.id, &from.topic.title);
    }
    if view.can_reply
        && let Some(first) = topic.topic.first_post_id
    {
        view.draft = ask.read(|cx| drafts::of_reply(cx, first))?.unwrap_or_default();
    }
    // What visitors get is kept ready, and would show a title for longer than it may be seen.
    if me.is_some() && !is_branch {
        view.alike = shared
            .ready
            .shown_alike(ask, id, &topic.topic.title)?
            .iter()
            .map(|(other, title)| (url::topic(*other, title), title.clone()))
            .collect();
    }
    view.split_off = kin
        .off
        .iter()
        .map(|(id, title)| (url::topic(*id, title), title.clone()))
        .collect();
    if topic.topic.polls > 0 && !is_branch {
        view.polls = crate::web::polls::views(ask, &topic)?;
    }
    if let Some((poll, words)) = problem {
        view.poll_problem = (poll, words.to_owned());
    }
    if waits {
        view.waiting_words = waiting_words(ask, topic.topic.space_id)?;
    }
    let title = view.title.clone();
    if let Some(whole) = whole {
        let html = ask.render_to_keep("topics/show.html", &title, &view)?;
        return Ok(ask.kept_page(&shared.ready.keep_whole(whole, html)));
    }
    ask.page("topics/show.html", &title, &view)
}

/// Goes to the first post that is new to me, or to the last one.
fn first_new(ask: &Ask, id: TopicId) -> Answer {
    let to = ask.read(|cx| {
        let topic = topics::find(cx, id)?;
        let mut reading = unread::of_topic(cx, &topic.topic)?;
        if let Some(me) = cx.viewer().id() {
            reading.add(&ask.app().gathered.waiting(me, id));
        }
        Ok(unread::first_in(cx, &topic, &reading)?.or(topic.topic.last_post_id))
    })?;
    Ok(Reply::see_other(to.map_or_else(|| format!("/topics/{id}"), url::post)))
}

#[expect(clippy::too_many_arguments, reason = "the parts of one page, each named")]
fn show_page(
    ask: &Ask,
    topic: &Topic,
    page: &Page,
    which: &Which,
    lines: &[Line],
    reading: &unread::Reading,
    tags: Vec<String>,
    done: fragments::Assembled,
) -> Show {
    let row = &topic.topic;
    let home = url::topic(row.id, &row.title);
    let as_tree = matches!(which, Which::Tree(_));
    let branch = match which {
        Which::Tree(From {
            branch: Some(branch), ..
        }) => Some(*branch),
        _ => None,
    };
    let with_branch = |from: PostId| match branch {
        Some(branch) => format!("{home}?branch={branch}&from={from}"),
        None => format!("{home}?from={from}"),
    };
    let flat = |number: i64| format!("{home}?view=flat&page={number}");
    let (before_url, next_url) = if as_tree {
        (
            page.before.map(with_branch).unwrap_or_default(),
            page.next.map(with_branch).unwrap_or_default(),
        )
    } else {
        (
            if page.page > 1 {
                flat(page.page - 1)
            } else {
                String::new()
            },
            if page.page < page.pages {
                flat(page.page + 1)
            } else {
                String::new()
            },
        )
    };
    let verdict = topic.verdict(Verb::Reply);
    let removed = !matches!(row.state, PostState::Published | PostState::Held) && !topic.can(Verb::Moderate);
    let outline = outline_beside(ask, topic, page, lines, reading);
    Show {
        id: row.id.0,
        title: if removed {
            ask.t("topics-removed-title")
        } else {
            row.title.clone()
        },
        lang: row.language.clone(),
        kind: row.kind.word(),
        kind_label: ask.t(&format!("kind-{}", row.kind.word())),
        tags: if removed { Vec::new() } else { tags },
        space: topic.space.name.clone(),
        space_url: url::space(topic.space.id, &topic.space.name),
        space_id: topic.space.id.0,
        visibility: topic.space.visibility.word(),
        visibility_label: ask.t(&format!("visibility-{}", topic.space.visibility.word())),
        board: topic.board.name.clone(),
        board_url: url::board(topic.board.id, &topic.board.name),
        replies: (row.post_count - 1).max(0),
        solved: row.answer_id.is_some(),
        answer_url: row.answer_id.map(url::post).unwrap_or_default(),
        waiting: row.kind == TopicKind::Question && row.answer_id.is_none() && row.closed_at.is_none(),
        pinned: row.pinned_at.is_some(),
        closed: row.closed_at.is_some(),
        closed_reason: row.closed_reason.clone(),
        archived: topic.board.archived_at.is_some() || topic.space.archived_at.is_some(),
        tree: as_tree,
        branch: branch.is_some(),
        posts: done.html,
        new_here: done.new,
        first_new_url: done.first_new.map(|post| format!("#post-{post}")).unwrap_or_default(),
        outline,
        first_url: if before_url.is_empty() {
            String::new()
        } else if as_tree {
            home.clone()
        } else {
            flat(1)
        },
        last_url: if next_url.is_empty() {
            String::new()
        } else if as_tree {
            format!("{home}?from=last")
        } else {
            flat(page.pages)
        },
        before_url,
        next_url,
        page: page.page,
        pages: page.pages,
        first_post: row.first_post_id.map_or(0, |post| post.0),
        key: crate::forum::people::fresh_token(),
        last_number: row.last_number,
        signed_in: ask.viewer().person().is_some(),
        can_reply: verdict == crate::access::Verdict::Allow,
        why_not: match verdict {
            crate::access::Verdict::Deny(Reason::Silenced) => silenced(ask, row.space_id),
            crate::access::Verdict::Deny(_) if row.state == PostState::Held => ask.t("held-no-reply"),
            crate::access::Verdict::Deny(reason) => ask.t(reason.key()),
            _ => String::new(),
        },
        guidelines_version: topic.space.guidelines_version,
        guidelines_owed: verdict == crate::access::Verdict::Allow
            && crate::forum::spaces::guidelines::owed(ask.viewer(), &topic.space),
        draft: String::new(),
        reminders: if verdict == crate::access::Verdict::Allow {
            reminders(ask, topic, &page.latest)
        } else {
            Vec::new()
        },
        can_join: topic.can(Verb::Join),
        can_edit: topic.can(Verb::EditTopic),
        can_close: topic.can(Verb::Close),
        can_pin: topic.can(Verb::Pin),
        can_move: topic.can(Verb::Move),
        follows: match reading.level {
            _ if ask.viewer().person().is_none() => String::new(),
            Some(level) => ask.t(&format!("follow-{}", level.word())),
            None => ask.t("follow-none"),
        },
        slow: if row.slow_minutes > 0 {
            crate::i18n::Locales::get().with_values(ask.lang, "slow-is", &[("minutes", row.slow_minutes.into())])
        } else {
            String::new()
        },
        waiting_words: String::new(),
        polls: Vec::new(),
        poll_problem: (0, String::new()),
        views: row.imported_views,
        heated: match row.held_until {
            Some(until) if until > ask.app().clock.now() && ask.viewer().person().is_some() => {
                crate::i18n::Locales::get().with_values(
                    ask.lang,
                    "topics-held-until",
                    &[("until", ask.when(until).words.into())],
                )
            }
            _ => String::new(),
        },
        split_from: String::new(),
        split_from_url: String::new(),
        split_off: Vec::new(),
        alike: Vec::new(),
        url: home,
    }
}

/// What the composer reminds of before a reply in this topic.
pub fn reminders(ask: &Ask, topic: &Topic, latest: &[crate::ids::AccountId]) -> Vec<String> {
    let Some(me) = ask.viewer().id() else {
        return Vec::new();
    };
    let now = ask.app().clock.now();
    topics::reminders(&topic.space, topic.topic.last_posted_at, latest, me, now)
        .into_iter()
        .map(|reminder| {
            let months = (now.seconds() - topic.topic.last_posted_at.seconds()) / (30 * 86_400);
            crate::i18n::Locales::get().with_values(
                ask.lang,
                &format!("reminds-{}", reminder.word()),
                &[("months", months.into())],
            )
        })
        .collect()
}

/// The outline of the whole topic, or of the page when the topic is too long for one.
fn outline_beside(ask: &Ask, topic: &Topic, page: &Page, lines: &[Line], reading: &unread::Reading) -> String {
    let row = &topic.topic;
    if lines.is_empty() {
        let lowest = page.items.iter().map(|item| item.depth).min().unwrap_or(0);
        return outline::html(page.items.iter().map(|item| outline::Line {
            url: format!("#post-{}", item.id),
            author: &item.author_name,
            at: ask.short(item.created_at),
            level: (item.depth - lowest).min(8),
            new: reading.is_new(item.number, item.author, item.created_at, item.imported),
            answer: row.answer_id == Some(item.id),
            gone: !matches!(item.body, thread::Body::Shown(_)),
        }));
    }
    let lowest = lines.iter().map(|line| line.depth).min().unwrap_or(0);
    let here: std::collections::HashSet<PostId> = page.items.iter().map(|item| item.id).collect();
    outline::html(lines.iter().map(|line| outline::Line {
        url: if here.contains(&line.id) {
            format!("#post-{}", line.id)
        } else {
            url::post(line.id)
        },
        author: &line.author_name,
        at: ask.short(line.created_at),
        level: (line.depth - lowest).min(8),
        // The outline has no author's number; its own posts are read by whoever wrote them.
        new: reading.is_new(line.number, crate::ids::AccountId(0), line.created_at, row.imported),
        answer: row.answer_id == Some(line.id),
        gone: line.state != PostState::Published,
    }))
}

/// Until when the viewer only reads here.
fn silenced(ask: &Ask, space: crate::ids::SpaceId) -> String {
    let until = ask
        .viewer()
        .person()
        .and_then(|person| person.silenced.get(&space))
        .map(|until| ask.when(*until).words)
        .unwrap_or_default();
    crate::i18n::Locales::get().with_values(ask.lang, "silenced-until", &[("until", until.into())])
}

/// That my post waits, with how long that usually takes here.
fn waiting_words(ask: &Ask, space: crate::ids::SpaceId) -> Result<String> {
    let usual = ask.read(|cx| hold::usual_wait(cx, space))?;
    Ok(match usual {
        None => ask.t("held-waits"),
        Some(seconds) => {
            let minutes = ((seconds + 59) / 60).max(1);
            let (key, name, count) = match minutes {
                0..=90 => ("held-waits-usually", "minutes", minutes),
                91..=2_160 => ("held-waits-hours", "hours", (minutes + 30) / 60),
                _ => ("held-waits-days", "days", (minutes + 720) / 1_440),
            };
            crate::i18n::Locales::get().with_values(ask.lang, key, &[(name, count.into())])
        }
    })
}
