//! Feeds: what a feed reader fetches with the key of whoever reads, as far as that person may read it.

use std::sync::Arc;

use atom_syndication::{Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text};

use super::ask::{Answer, Ask};
use super::reply::{Body, Reply};
use crate::access::{Cx, Viewer};
use crate::db::types::Moment;
use crate::forum::feeds::{self, Of};
use crate::forum::moderation::log as acts;
use crate::forum::{people, spaces};
use crate::i18n::{Lang, Locales};
use crate::ids::{BoardId, SpaceId, TagId, TopicId};
use crate::kinds::ReviewKind;
use crate::refusal::{Refusal, Result};
use crate::url;

/// Whoever the key in the address belongs to, and their language.
struct Reader {
    viewer: Arc<Viewer>,
    lang: Lang,
}

fn reader(ask: &Ask) -> Result<Reader> {
    let store = &ask.app().store;
    let owner = store.read(&Viewer::system("feed"), |cx| feeds::owner(cx, ask.param("key")))?;
    let viewer = people::viewer_of(store, owner)?;
    let language = viewer.person().map_or("", |person| person.language.as_str());
    let lang = Locales::get().find(language).unwrap_or(ask.lang);
    Ok(Reader { viewer, lang })
}

impl Reader {
    fn read<T>(&self, ask: &Ask, work: impl FnOnce(&mut Cx<'_>) -> Result<T>) -> Result<T> {
        ask.app().store.read(&self.viewer, work)
    }

    fn t(&self, key: &str) -> String {
        Locales::get().word(self.lang, key)
    }
}

fn date(moment: Moment) -> Result<FixedDateTime> {
    FixedDateTime::parse_from_rfc3339(&moment.timestamp().to_string())
        .map_err(|error| Refusal::broken(format!("feed: {error}")))
}

/// A line of a feed.
struct Line {
    /// Stays the same as long as the thing exists.
    id: String,
    title: String,
    url: String,
    at: Moment,
    by: String,
    text: String,
    /// The whole of it, where there is more than a sentence.
    html: String,
}

/// What a feed is called, where its page is, and in which language it is.
struct Head<'a> {
    title: String,
    page: String,
    lang: &'a str,
    /// When there is nothing in it yet: since when it could have been.
    since: Moment,
}

fn feed(ask: &Ask, head: &Head<'_>, lines: Vec<Line>) -> Answer {
    let site = ask.site();
    let page = format!("{site}{}", head.page);
    let updated = lines.iter().map(|line| line.at).max().unwrap_or(head.since);
    let link = |href: String, rel: &str| Link {
        href,
        rel: rel.to_owned(),
        ..Link::default()
    };
    let mut entries = Vec::with_capacity(lines.len());
    for line in lines {
        entries.push(Entry {
            title: Text::plain(line.title),
            id: line.id,
            updated: date(line.at)?,
            authors: vec![Person {
                name: line.by,
                ..Person::default()
            }],
            links: vec![link(format!("{site}{}", line.url), "alternate")],
            summary: (!line.text.is_empty()).then(|| Text::plain(line.text)),
            content: (!line.html.is_empty()).then(|| Content {
                base: Some(format!("{site}/")),
                content_type: Some("html".to_owned()),
                value: Some(line.html),
                ..Content::default()
            }),
            ..Entry::default()
        });
    }
    let feed = Feed {
        title: Text::plain(head.title.clone()),
        id: page.clone(),
        updated: date(updated)?,
        generator: Some(Generator {
            value: "Aquarium".to_owned(),
            ..Generator::default()
        }),
        lang: Some(head.lang.to_owned()),
        links: vec![link(page, "alternate")],
        entries,
        ..Feed::default()
    };
    Ok(Reply::new(
        actix_web::http::StatusCode::OK,
        Body::Text("application/atom+xml; charset=utf-8", feed.to_string()),
    ))
}

/// The moderation log of a space.
pub fn log(ask: &Ask) -> Answer {
    let id: SpaceId = ask.id("space")?;
    let reader = reader(ask)?;
    let (space, (entries, _)) = reader.read(ask, |cx| {
        let space = spaces::find(cx, id)?;
        let found = acts::of_space(cx, &space, 1)?;
        Ok((space, found))
    })?;
    let lines = entries
        .into_iter()
        .map(|entry| {
            let mut title = reader.t(&format!("act-{}", entry.decision.replace('_', "-")));
            if entry.undone_at.is_some() {
                title = format!("{title} ({})", reader.t("act-undone"));
            }
            let why = match entry.kind {
                ReviewKind::Act => String::new(),
                ReviewKind::Flag => ask
                    .settings
                    .flag_kinds
                    .iter()
                    .find(|kind| kind.word == entry.reason)
                    .map_or_else(String::new, |kind| kind.label(reader.lang)),
                kind => reader.t(&format!("review-kind-{}", kind.word())),
            };
            let text: Vec<String> = [why, entry.rule, entry.note]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect();
            Line {
                id: format!("{}/spaces/{id}/log#{}", ask.site(), entry.id),
                title,
                url: format!("/spaces/{id}/log"),
                // What is undone has changed.
                at: entry.undone_at.unwrap_or(entry.at),
                by: entry
                    .by
                    .unwrap_or_else(|| reader.t(&format!("role-{}", entry.role.replace('_', "-")))),
                text: text.join(" · "),
                html: String::new(),
            }
        })
        .collect();
    let head = Head {
        title: format!("{} · {}", space.name, reader.t("log-title")),
        page: format!("/spaces/{id}/log"),
        lang: Locales::get().tag(reader.lang),
        since: space.created_at,
    };
    feed(ask, &head, lines)
}

/// The newest of a space, a board, a tag or a topic.
pub fn newest(ask: &Ask) -> Answer {
    let (of, page) = match ask.path.split('/').nth(3).unwrap_or("") {
        "spaces" => {
            let id: SpaceId = ask.id("space")?;
            (Of::Space(id), format!("/spaces/{id}"))
        }
        "boards" => {
            let id: BoardId = ask.id("board")?;
            (Of::Board(id), format!("/boards/{id}"))
        }
        "topics" => {
            let id: TopicId = ask.id("topic")?;
            (Of::Topic(id), format!("/topics/{id}"))
        }
        _ => {
            let id = TagId(ask.id("tag")?);
            (Of::Tag(id), format!("/tags/{id}/follow"))
        }
    };
    let reader = reader(ask)?;
    let (title, items) = reader.read(ask, |cx| feeds::items(cx, of))?;
    let lines = items
        .into_iter()
        .map(|item| Line {
            id: format!("{}{}", ask.site(), url::post(item.post)),
            title: item.title,
            url: url::post(item.post),
            at: item.at,
            by: item.author,
            text: String::new(),
            html: item.html,
        })
        .collect();
    let head = Head {
        title,
        page,
        lang: Locales::get().tag(reader.lang),
        since: Moment(0),
    };
    feed(ask, &head, lines)
}

/// What a search finds, the newest first.
pub fn search(ask: &Ask) -> Answer {
    let reader = reader(ask)?;
    let q = ask.ask_for("q").trim().to_owned();
    let parsed = crate::search::parse(&q);
    if parsed.is_empty() {
        return Err(Refusal::NotFound);
    }
    let who = reader.viewer.id().map_or(0, |id| id.0);
    ask.shared.limits.take(
        &format!("search account {who}"),
        ask.app().config.limits.searches_a_minute,
        ask.app().clock.now(),
    )?;
    let found = reader.read(ask, |cx| {
        crate::search::find(cx, &ask.app().search, &parsed, crate::search::Sort::Newest, 1)
    })?;
    let mut lines: Vec<Line> = found
        .exactly()
        .iter()
        .cloned()
        .map(|hit| Line {
            id: format!("{}{}", ask.site(), url::post(hit.post)),
            title: hit.title,
            url: url::post(hit.post),
            at: hit.at,
            by: hit.author,
            text: hit.excerpt.into_iter().map(|run| run.text).collect(),
            html: String::new(),
        })
        .collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.at));
    let head = Head {
        title: q.clone(),
        page: url::search(&q),
        lang: Locales::get().tag(reader.lang),
        since: Moment(0),
    };
    feed(ask, &head, lines)
}

/// The address of something as a feed, for whoever has a key.
pub(super) fn address_of(ask: &Ask, what: &str) -> Result<String> {
    let key = ask.read(feeds::mine)?;
    Ok(key.map_or_else(String::new, |key| format!("{}/feeds/{key}{what}", ask.site())))
}

/// The page on which one makes, exchanges and takes away one's key.
pub fn settings(ask: &Ask) -> Answer {
    let (key, rooms) = ask.read(|cx| Ok((feeds::mine(cx)?, spaces::all_for_index(cx)?)))?;
    let me = ask.me()?;
    let key = key.unwrap_or_default();
    let mut addresses: Vec<(String, String)> = Vec::new();
    let q = ask.ask_for("q").trim();
    if !key.is_empty() && !q.is_empty() {
        let query = url::query("q", q);
        addresses.push((q.to_owned(), format!("{}/feeds/{key}/search?{query}", ask.site())));
    }
    for (space, ..) in rooms
        .iter()
        .filter(|(space, ..)| !key.is_empty() && me.role_in(space.id).is_some())
    {
        let home = format!("{}/feeds/{key}/spaces/{}", ask.site(), space.id);
        addresses.push((space.name.clone(), home.clone()));
        addresses.push((
            format!("{} · {}", space.name, ask.t("log-title")),
            format!("{home}/log"),
        ));
    }
    ask.page(
        "settings/feeds.html",
        &ask.t("feeds-title"),
        &serde_json::json!({ "has_key": !key.is_empty(), "addresses": addresses }),
    )
}

pub fn make(ask: &Ask) -> Answer {
    let exchanged = ask.read(feeds::mine)?.is_some();
    ask.write(feeds::make)?;
    Ok(Reply::see_other("/settings/feeds").saying(if exchanged {
        "done-feeds-exchanged"
    } else {
        "done-feeds-made"
    }))
}

pub fn end(ask: &Ask) -> Answer {
    ask.write(feeds::end)?;
    Ok(Reply::see_other("/settings/feeds").saying("done-feeds-ended"))
}
