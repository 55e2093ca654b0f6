//! A post as a piece of a page, kept ready: rendered once for each version, language and kind of
//! viewer. What is personal (new to me) is put in while the page is assembled.

use std::sync::Arc;

use quick_cache::Weighter;
use quick_cache::sync::Cache;
use serde::Serialize;

use crate::access::Verb;
use crate::forum::posts::thread::{Body, Item, Page};
use crate::forum::previews::{self, Card};
use crate::forum::reading::unread::Reading;
use crate::forum::topics::Topic;
use crate::i18n::{Lang, Locales, When};
use crate::ids::{PostId, SpaceId, TopicId};
use crate::kinds::{AccountKind, PostState};
use crate::refusal::{Refusal, Result};
use crate::text::name;
use crate::url;
use crate::web::ask::Ask;

/// Stands in a fragment where the mark for a new post goes.
const MARK: char = '\u{1}';

/// Bytes of fragments, and pages of posts, that are kept.
const BYTES: u64 = 24 * 1024 * 1024;
const WHOLE_BYTES: u64 = 8 * 1024 * 1024;
const PAGES: usize = 400;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    post: PostId,
    version: i64,
    /// Cards come and go without a new version of the post: nobody's edit stands in their way.
    cards: bool,
    people: i64,
    lang: &'static str,
    zone: String,
    abilities: Abilities,
}

/// What a viewer can do with a post: the part of the viewer that a fragment depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a button")]
struct Abilities {
    signed_in: bool,
    reply: bool,
    thank: bool,
    report: bool,
    edit: bool,
    remove: bool,
    restore: bool,
    mark: bool,
    answer: bool,
    /// Split off, or given another parent.
    graft: bool,
    /// Let all members edit it, or no longer.
    share: bool,
}

/// A ready post, cut where the mark goes.
struct Fragment {
    before: String,
    after: String,
}

#[derive(Clone)]
struct Bytes;

impl Weighter<Key, Arc<Fragment>> for Bytes {
    fn weight(&self, _: &Key, fragment: &Arc<Fragment>) -> u64 {
        u64::try_from(fragment.before.len() + fragment.after.len() + 200).unwrap_or(u64::MAX)
    }
}

/// Which page of which version of a topic, for whom.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Address {
    pub(super) topic: TopicId,
    pub(super) version: i64,
    pub(super) people: i64,
    pub(super) which: (u8, i64, i64),
}

/// A whole page as every visitor gets it: which, as of which epoch of rights, in which language.
pub(super) type Whole = (Address, i64, Lang);

impl Weighter<Whole, Arc<str>> for Bytes {
    fn weight(&self, _: &Whole, page: &Arc<str>) -> u64 {
        u64::try_from(page.len() + 200).unwrap_or(u64::MAX)
    }
}

/// What is kept ready, bounded by bytes.
pub struct Ready {
    whole: Cache<Whole, Arc<str>, Bytes>,
    fragments: Cache<Key, Arc<Fragment>, Bytes>,
    pages: Cache<Address, Arc<Page>>,
    /// What is about the same as a topic of this title, in this hour.
    alike: Cache<(TopicId, String, i64), Arc<[TopicId]>>,
    /// What of it is shown to whoever reads these spaces, as long as nothing happens.
    shown: Cache<Shown, Alike>,
}

/// Topics about the same, with their titles.
pub(super) type Alike = Arc<[(TopicId, String)]>;

/// A topic, how far the forum has come (the last event, the epoch of rights), and the spaces that somebody reads.
type Shown = (TopicId, i64, i64, Arc<[SpaceId]>);

impl Default for Ready {
    fn default() -> Self {
        Self {
            fragments: Cache::with_weighter(20_000, BYTES, Bytes),
            pages: Cache::new(PAGES),
            alike: Cache::new(PAGES),
            shown: Cache::new(PAGES),
            whole: Cache::with_weighter(400, WHOLE_BYTES, Bytes),
        }
    }
}

impl Ready {
    /// Topics about the same, as far as whoever asks sees them. Whatever is taken away or moved is an event, and is
    /// asked about anew.
    pub(super) fn shown_alike(&self, ask: &Ask, id: TopicId, title: &str) -> Result<Alike> {
        let candidates = self.alike(ask, id, title);
        let Some(person) = ask.viewer().person().filter(|_| !candidates.is_empty()) else {
            return Ok(Arc::from([]));
        };
        let stamp = ask.visitor.stamp;
        let key = (id, stamp.event, stamp.access, Arc::from(person.readable.as_slice()));
        if let Some(known) = self.shown.get(&key) {
            return Ok(known);
        }
        let found: Alike = ask
            .read(|cx| crate::search::alike::shown(cx, &candidates, Some(id)))?
            .into();
        self.shown.insert(key, Arc::clone(&found));
        Ok(found)
    }

    /// Topics about the same, whoever may see them. Looked for once an hour: on most pages nothing is asked.
    fn alike(&self, ask: &Ask, id: TopicId, title: &str) -> Arc<[TopicId]> {
        const HOUR: i64 = 3_600;
        let key = (id, title.to_owned(), ask.app().clock.now().seconds() / HOUR);
        if let Some(known) = self.alike.get(&key) {
            return known;
        }
        let found = match crate::search::alike::candidates(&ask.app().search, title) {
            Ok(found) => found,
            // A page is shown without what is beside it; the index mends itself, and is asked again then.
            Err(refusal) => {
                tracing::warn!(%refusal, "topics about the same could not be looked for");
                return Arc::from([]);
            }
        };
        let found: Arc<[TopicId]> = found.into();
        self.alike.insert(key, Arc::clone(&found));
        found
    }

    pub(super) fn page(&self, address: &Address) -> Option<Arc<Page>> {
        self.pages.get(address)
    }

    pub(super) fn whole(&self, of: &Whole) -> Option<Arc<str>> {
        self.whole.get(of)
    }

    pub(super) fn keep_whole(&self, of: Whole, page: String) -> Arc<str> {
        let page: Arc<str> = page.into();
        self.whole.insert(of, Arc::clone(&page));
        page
    }

    /// Keeps a page that is the same for everybody who reads the topic: one without any post that
    /// some see and others do not.
    pub(super) fn keep(&self, address: Address, page: &Arc<Page>) {
        if page.items.iter().all(|item| matches!(item.body, Body::Shown(_))) {
            self.pages.insert(address, Arc::clone(page));
        }
    }
}

#[derive(Serialize)]
struct View {
    id: i64,
    url: String,
    author: String,
    author_url: String,
    initials: String,
    picture: String,
    kind: &'static str,
    organisation: String,
    at: When,
    parent_url: String,
    parent_name: String,
    body: String,
    /// What stood below it in a mail.
    trimmed: String,
    /// The pages to which it leads, where they are shown.
    cards: Vec<Card>,
    /// Where all of it stands, when this is only its beginning.
    whole: String,
    lang: String,
    gone: String,
    why: String,
    edited: bool,
    wiki: bool,
    thanks: i64,
    imported: bool,
    can: Abilities,
}

/// Posts deeper than this on a page are not moved further in.
const DEEPEST: usize = 6;

/// Branches of at least this many read posts are folded when something else is new.
const FOLDED: usize = 3;

fn abilities(topic: &Topic, item: &Item, answer: bool) -> (Abilities, crate::access::Place) {
    let place = crate::access::Place::space(topic.space.facts())
        .board(topic.board.facts())
        .topic(topic.topic.facts())
        .post(crate::access::PostFacts {
            author: item.author,
            state: match &item.body {
                Body::Shown(_) => PostState::Published,
                Body::Gone { state, .. } | Body::Kept { state, .. } => *state,
            },
            first: item.parent.is_none(),
            wiki: item.wiki,
        });
    (
        Abilities {
            signed_in: false,
            reply: false,
            thank: false,
            report: false,
            edit: false,
            remove: false,
            restore: false,
            mark: false,
            answer,
            graft: false,
            share: false,
        },
        place,
    )
}

fn fragment(ask: &Ask, topic: &Topic, item: &Item, parent: Option<&String>) -> Result<Arc<Fragment>> {
    let answer = topic.topic.answer_id == Some(item.id);
    let (mut can, place) = abilities(topic, item, answer);
    let may = |verb| crate::access::decide(ask.viewer(), verb, &place) == crate::access::Verdict::Allow;
    if ask.viewer().person().is_some() {
        can.signed_in = true;
        can.reply = may(Verb::Reply);
        can.thank = may(Verb::Thank);
        can.report = may(Verb::Report);
        can.edit = may(Verb::EditPost);
        can.remove = may(Verb::RemovePost);
        can.restore = may(Verb::RestorePost);
        can.mark = may(Verb::MarkAnswer);
        can.share = may(Verb::ShareEditing);
        can.graft = item.parent.is_some() && matches!(item.body, Body::Shown(_)) && may(Verb::Move);
    }
    let shared = matches!(item.body, Body::Shown(_));
    let key = Key {
        post: item.id,
        version: item.version,
        cards: item.previews.is_some(),
        people: ask.visitor.people_epoch,
        lang: ask.tag(),
        zone: ask.zone.iana_name().unwrap_or("").to_owned(),
        abilities: can,
    };
    if shared && let Some(ready) = ask.shared.ready.fragments.get(&key) {
        return Ok(ready);
    }
    let (body, gone, why) = match &item.body {
        Body::Shown(html) => (html.clone(), String::new(), String::new()),
        Body::Gone { state, why } => (String::new(), ask.t(gone_key(*state)), why.clone()),
        Body::Kept { html, state, why } => (html.clone(), ask.t(gone_key(*state)), why.clone()),
    };
    let long = item.imported && body.len() > LONG;
    let body = if long { beginning(&body) } else { body };
    let view = View {
        whole: if long {
            url::about("posts", item.id.0, "whole")
        } else {
            String::new()
        },
        id: item.id.0,
        url: url::post(item.id),
        author: item.author_name.clone(),
        author_url: format!("/people/{}", item.author),
        initials: name::initials(&item.author_name),
        picture: if item.author_picture.is_some() {
            url::about("people", item.author.0, "picture")
        } else {
            String::new()
        },
        kind: item.author_kind.word(),
        organisation: if item.author_kind == AccountKind::Guest {
            item.author_organisation.clone()
        } else {
            String::new()
        },
        at: Locales::get().when(ask.lang, &ask.zone, item.created_at.timestamp()),
        parent_url: item.parent.map(url::post).unwrap_or_default(),
        parent_name: parent.cloned().unwrap_or_default(),
        trimmed: if body.is_empty() {
            String::new()
        } else {
            item.trimmed.clone().unwrap_or_default()
        },
        cards: if body.is_empty() {
            Vec::new()
        } else {
            previews::parse(item.previews.as_deref())?
        },
        body,
        // Said where it differs from the page's own.
        lang: if item.language == ask.tag() {
            String::new()
        } else {
            item.language.clone()
        },
        gone,
        why,
        edited: item.edited,
        wiki: item.wiki,
        thanks: item.thanks,
        imported: item.imported,
        can,
    };
    let html = ask
        .app()
        .views
        .component(ask.lang, "post", &serde_json::json!({ "p": view }))
        .map_err(|error| Refusal::broken(format!("components/post.html: {error}")))?;
    let (before, after) = html.split_once(MARK).unwrap_or((html.as_str(), ""));
    let ready = Arc::new(Fragment {
        before: before.trim_start().to_owned(),
        after: after.trim_end().to_owned(),
    });
    if shared {
        ask.shared.ready.fragments.insert(key, Arc::clone(&ready));
    }
    Ok(ready)
}

/// Bytes of an imported post's HTML above which a page shows its beginning: the limits of what people
/// write here do not bind what was written elsewhere.
const LONG: usize = 64 * 1024;
const BEGINNING: usize = 2_000;

fn beginning(html: &str) -> String {
    let plain = crate::text::excerpt::plain(html);
    let cut: String = plain.chars().take(BEGINNING).collect();
    let mut out = String::from("<p class=\"plain\">");
    crate::text::escape_into(&mut out, &cut);
    out.push_str(" …</p>");
    out
}

fn gone_key(state: PostState) -> &'static str {
    match state {
        PostState::Held => "post-held",
        PostState::Hidden => "post-hidden",
        PostState::RemovedByAuthor => "post-removed-by-author",
        PostState::RemovedByModerator => "post-removed-by-moderator",
        PostState::Published => "post-published",
    }
}

/// The posts of a page as HTML, and how many of them are new.
pub(super) struct Assembled {
    pub(super) html: String,
    pub(super) new: usize,
    pub(super) first_new: Option<PostId>,
}

pub(super) fn assemble(ask: &Ask, topic: &Topic, page: &Page, reading: &Reading, as_tree: bool) -> Result<Assembled> {
    let news: Vec<bool> = page
        .items
        .iter()
        .map(|item| reading.is_new(item.number, item.author, item.created_at, item.imported))
        .collect();
    let new = news.iter().filter(|new| **new).count();
    let mark = format!(" <b class=\"new\">{}</b>", ask.t("post-new"));
    let mut html = String::with_capacity(page.items.len() * 1400);
    html.push_str("<ol class=\"thread\">");
    // For each open list: the depth of the posts in it, and whether it is inside a fold.
    let mut open: Vec<(i64, bool)> = Vec::new();
    let mut pending_item = false;
    for (place, item) in page.items.iter().enumerate() {
        if as_tree {
            while let Some((depth, folded)) = open.last().copied() {
                // The first list is the page's own and closes with it.
                if item.depth >= depth || open.len() == 1 {
                    break;
                }
                open.pop();
                html.push_str("</li></ol>");
                if folded {
                    html.push_str("</details>");
                }
            }
            match open.last().copied() {
                None => open.push((item.depth, false)),
                Some((depth, _)) if item.depth > depth && open.len() < DEEPEST => {
                    let folded = fold(ask, page, &news, place, new > 0, open.len(), &mut html);
                    html.push_str("<ol class=\"replies\">");
                    open.push((item.depth, folded));
                    pending_item = false;
                }
                Some((depth, folded)) if item.depth < depth => {
                    // Climbed above where this page began.
                    open.pop();
                    open.push((item.depth, folded));
                }
                Some(_) => {}
            }
        }
        if pending_item {
            html.push_str("</li>");
        }
        html.push_str("<li>");
        let parent = item.parent.and_then(|parent| page.parents.get(&parent));
        let ready = fragment(ask, topic, item, parent)?;
        html.push_str(&ready.before);
        if news[place] {
            html.push_str(&mark);
        }
        html.push_str(&ready.after);
        // Deeper replies have a page of their own; said once, where they begin.
        let next_deeper = page.items.get(place + 1).is_some_and(|next| next.depth > item.depth);
        let begins = open.last().is_some_and(|(depth, _)| *depth == item.depth);
        if as_tree && open.len() >= DEEPEST && begins && next_deeper {
            html.push_str("<a class=\"continue\" href=\"");
            html.push_str(&branch_url(topic, item.id));
            html.push_str("\">");
            html.push_str(&ask.t("topics-continue-branch"));
            html.push_str("</a>");
        }
        pending_item = true;
    }
    while let Some((_, folded)) = open.pop() {
        html.push_str("</li>");
        if open.is_empty() {
            break;
        }
        html.push_str("</ol>");
        if folded {
            html.push_str("</details>");
        }
    }
    if !as_tree && pending_item {
        html.push_str("</li>");
    }
    html.push_str("</ol>");
    let first_new = news.iter().position(|new| *new).map(|place| page.items[place].id);
    Ok(Assembled { html, new, first_new })
}

/// Opens a fold around the branch below the post before `place`, when it is worth one. Branches with
/// nothing new are folded when something else on the page is new.
fn fold(
    ask: &Ask,
    page: &Page,
    news: &[bool],
    place: usize,
    something_new: bool,
    level: usize,
    html: &mut String,
) -> bool {
    if level > 3 {
        return false;
    }
    let depth = page.items[place].depth;
    let below = page.items[place..]
        .iter()
        .take_while(|item| item.depth >= depth)
        .count();
    if below < FOLDED {
        return false;
    }
    let new = news[place..place + below].iter().filter(|new| **new).count();
    let locales = Locales::get();
    let words = if new > 0 {
        locales.with_values(
            ask.lang,
            "topics-branch-new",
            &[("count", below.into()), ("new", new.into())],
        )
    } else {
        locales.with_values(ask.lang, "topics-branch", &[("count", below.into())])
    };
    html.push_str(if something_new && new == 0 && level > 1 {
        "<details class=\"branch\"><summary>"
    } else {
        "<details class=\"branch\" open><summary>"
    });
    html.push_str(&words);
    html.push_str("</summary>");
    true
}

pub(super) fn branch_url(topic: &Topic, post: PostId) -> String {
    format!("{}?branch={post}", url::topic(topic.topic.id, &topic.topic.title))
}
