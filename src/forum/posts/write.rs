//! What every way of writing a post shares: its row, its limits, its key and the people it names.

use diesel::prelude::*;
use sha2::{Digest as _, Sha256};

use super::find::PostRow;
use super::path;
use crate::access::Tx;
use crate::access::door::hex;
use crate::db::schema::{accounts, events, posting_keys, posts, spaces};
use crate::db::types::Moment;
use crate::event::{At, Event};
use crate::forum::people;
use crate::forum::topics::TopicRow;
use crate::ids::{AccountId, BoardId, PostId, SpaceId, TopicId};
use crate::kinds::{Format, PostState};
use crate::refusal::{Problems, Refusal, Result};
use crate::text::{excerpt, letter, markdown, name};

/// A post before it has a place.
pub(crate) struct Draft {
    pub(crate) body: String,
    pub(crate) format: Format,
    pub(crate) language: String,
    pub(crate) imported: bool,
}

impl Draft {
    pub(crate) fn markdown(body: &str, language: &str) -> Self {
        Self {
            body: body.replace("\r\n", "\n").trim_end().to_owned(),
            format: Format::Markdown,
            language: language.to_owned(),
            imported: false,
        }
    }
}

/// Where a post goes.
pub(crate) struct Position {
    pub(crate) space: SpaceId,
    pub(crate) board: BoardId,
    pub(crate) topic: TopicId,
    pub(crate) number: i64,
    pub(crate) parent: Option<Parent>,
    /// Published, or held for approval.
    pub(crate) state: PostState,
}

#[derive(Debug, Clone)]
pub(crate) struct Parent {
    pub(crate) id: PostId,
    pub(crate) path: String,
    pub(crate) depth: i64,
}

/// Writes the row, rendered.
pub(crate) fn insert(tx: &mut Tx<'_>, to: &Position, author: AccountId, draft: &Draft) -> Result<PostId> {
    let html = rendered(tx, to.space, draft.format, draft.imported, &draft.body)?;
    let plain = excerpt::plain(&html);
    let now = tx.now();
    let depth = to.parent.as_ref().map_or(0, |parent| parent.depth + 1);
    let id: PostId = diesel::insert_into(posts::table)
        .values((
            posts::space_id.eq(to.space),
            posts::board_id.eq(to.board),
            posts::topic_id.eq(to.topic),
            posts::author_id.eq(author),
            posts::parent_id.eq(to.parent.as_ref().map(|parent| parent.id)),
            posts::path.eq(""),
            posts::depth.eq(depth),
            posts::number.eq(to.number),
            posts::body.eq(&draft.body),
            posts::format.eq(draft.format),
            posts::body_html.eq(&html),
            posts::render_version.eq(markdown::RENDER_VERSION),
            posts::language.eq(&draft.language),
            posts::words.eq(excerpt::words(&plain)),
            posts::state.eq(to.state),
            posts::created_at.eq(now),
            posts::imported.eq(draft.imported),
        ))
        .returning(posts::id)
        .get_result(tx.conn())?;
    let parent_path = to.parent.as_ref().map_or("", |parent| parent.path.as_str());
    diesel::update(posts::table.find(id))
        .set(posts::path.eq(path::below(parent_path, depth, now, id)))
        .execute(tx.conn())?;
    if draft.format == Format::Markdown && !draft.imported {
        crate::forum::files::carry(tx, id, author, &draft.body)?;
        crate::forum::previews::ask(tx, id, draft.format, &draft.body)?;
    }
    Ok(id)
}

/// The source as HTML, with the people it names who read this space as links to their pages.
/// What was written elsewhere names nobody here: the same word was another person there.
pub(crate) fn rendered(tx: &mut Tx<'_>, space: SpaceId, format: Format, imported: bool, body: &str) -> Result<String> {
    if format == Format::Mail {
        return Ok(letter::render(body).into_string());
    }
    let named = if imported { Vec::new() } else { named(tx, space, body)? };
    let known = |name: &str| {
        let key = name::name_key(name);
        named
            .iter()
            .find(|person| person.key == key)
            .map(|person| crate::url::person(person.id, &person.name))
    };
    Ok(markdown::render(body, &known).into_string())
}

struct Named {
    id: AccountId,
    name: String,
    key: String,
}

/// The people whom a text names and who read the space. Somebody who does not is plain text.
fn named(tx: &mut Tx<'_>, space: SpaceId, body: &str) -> Result<Vec<Named>> {
    let keys: Vec<String> = markdown::mentions(body)
        .iter()
        .map(|name| name::name_key(name))
        .collect();
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let found: Vec<(AccountId, String, String)> = accounts::table
        .filter(accounts::name_key.eq_any(keys))
        .select((accounts::id, accounts::name, accounts::name_key))
        .load(tx.conn())?;
    let visibility = spaces::table.find(space).select(spaces::visibility).first(tx.conn())?;
    let mut readers = Vec::new();
    for (id, name, key) in found {
        if people::reads(tx, id, space, visibility)? {
            readers.push(Named { id, name, key });
        }
    }
    Ok(readers)
}

/// Records whom a new text names.
pub(crate) fn mention(tx: &mut Tx<'_>, at: At, draft: &Draft) -> Result<()> {
    if draft.format != Format::Markdown {
        return Ok(());
    }
    let mut told: Vec<AccountId> = vec![at.author];
    for person in named(tx, at.space, &draft.body)? {
        if !told.contains(&person.id) {
            told.push(person.id);
            tx.record(&Event::Mentioned { at, account: person.id })?;
        }
    }
    let visibility = spaces::table
        .find(at.space)
        .select(spaces::visibility)
        .first(tx.conn())?;
    for group in people::groups::named(tx, at.space, visibility, &draft.body)? {
        if group.is_too_large() {
            continue;
        }
        for account in group.people {
            if !told.contains(&account) {
                told.push(account);
                tx.record(&Event::Mentioned { at, account })?;
            }
        }
    }
    Ok(())
}

pub(crate) fn check_body(problems: &mut Problems, body: &str, limits: &crate::config::Limits) {
    if body.trim().is_empty() {
        problems.add("body", "problem-body-empty");
    } else if body.len() > limits.post_bytes {
        problems.add(
            "body",
            crate::i18n::Message::of("problem-body-long")
                .with("most", limits.post_bytes)
                .with("are", body.len()),
        );
    }
}

/// Refuses when this account has posted as often in the last minute as the limit allows.
pub(crate) fn not_too_often(tx: &mut Tx<'_>, limits: &crate::config::Limits) -> Result<()> {
    use crate::event::Source;
    if matches!(tx.source(), Source::Demo | Source::Import) {
        return Ok(());
    }
    let me = tx.me()?.id;
    let since = tx.now().plus_seconds(-60);
    let times: Vec<Moment> = posts::table
        .filter(posts::author_id.eq(me))
        .filter(posts::created_at.gt(since))
        .order(posts::created_at)
        .select(posts::created_at)
        .load(tx.conn())?;
    if i64::try_from(times.len()).unwrap_or(i64::MAX) >= limits.posts_a_minute {
        let first = times.first().copied().unwrap_or(since);
        return Err(Refusal::TooSoon(first.plus_seconds(60)));
    }
    Ok(())
}

/// Refuses while a slow topic asks its author for patience; their text is kept.
pub(crate) fn not_in_slow_mode(tx: &mut Tx<'_>, topic: &crate::forum::topics::TopicRow) -> Result<()> {
    use crate::event::Source;
    if topic.slow_minutes == 0 || matches!(tx.source(), Source::Demo | Source::Import) {
        return Ok(());
    }
    let (me, now) = (tx.me()?.id, tx.now());
    let last: Option<Moment> = posts::table
        .filter(posts::author_id.eq(me))
        .filter(posts::topic_id.eq(topic.id))
        .filter(posts::number.gt(1))
        .select(diesel::dsl::max(posts::created_at))
        .first(tx.conn())?;
    let free = last.map_or(Moment(0), |last| last.plus_seconds(topic.slow_minutes * 60));
    if now < free {
        let minutes = (free.seconds() - now.seconds() + 59) / 60;
        if minutes > 120 {
            let hours = (minutes + 59) / 60;
            return Err(Problems::one(
                "body",
                crate::i18n::Message::of("problem-slow-mode-hours").with("hours", hours),
            ));
        }
        return Err(Problems::one(
            "body",
            crate::i18n::Message::of("problem-slow-mode").with("minutes", minutes),
        ));
    }
    Ok(())
}

fn hash(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// The post that this key made before. With another text it is a refusal that names the post.
pub(crate) fn posted_already(tx: &mut Tx<'_>, key: &str, body: &str) -> Result<Option<(PostId, TopicId)>> {
    if key.is_empty() {
        return Ok(None);
    }
    let me = tx.me()?.id;
    let present: Option<(PostId, String)> = posting_keys::table
        .find((me, key))
        .select((posting_keys::post_id, posting_keys::text_hash))
        .first(tx.conn())
        .optional()?;
    let Some((post, text_hash)) = present else {
        return Ok(None);
    };
    if text_hash != hash(body) {
        return Err(Refusal::AlreadyPosted(post));
    }
    let topic = posts::table.find(post).select(posts::topic_id).first(tx.conn())?;
    Ok(Some((post, topic)))
}

/// Whether the form with this key has made a post.
pub(crate) fn is_used(tx: &mut Tx<'_>, key: &str) -> Result<bool> {
    let me = tx.me()?.id;
    let present: Option<PostId> = posting_keys::table
        .find((me, key))
        .select(posting_keys::post_id)
        .first(tx.conn())
        .optional()?;
    Ok(present.is_some())
}

pub(crate) fn keep_key(tx: &mut Tx<'_>, author: AccountId, key: &str, post: PostId, body: &str) -> Result<()> {
    if key.is_empty() {
        return Ok(());
    }
    let now = tx.now();
    diesel::insert_into(posting_keys::table)
        .values((
            posting_keys::account_id.eq(author),
            posting_keys::key.eq(key),
            posting_keys::post_id.eq(post),
            posting_keys::text_hash.eq(hash(body)),
            posting_keys::created_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Keeps what stood below somebody's words in their mail, to be shown on request.
pub(crate) fn keep_trimmed(tx: &mut Tx<'_>, post: PostId, rest: &str) -> Result<()> {
    if rest.is_empty() {
        return Ok(());
    }
    let rest: String = rest.chars().take(LONGEST_REST).collect();
    diesel::update(posts::table.find(post))
        .set(posts::trimmed.eq(Some(rest)))
        .execute(tx.conn())?;
    Ok(())
}

/// Characters of that.
const LONGEST_REST: usize = 20_000;

/// Whether a held post was published once: then the log has its beginning.
fn has_been_published(tx: &mut Tx<'_>, post: &PostRow) -> Result<bool> {
    let told: i64 = events::table
        .filter(events::post_id.eq(post.id))
        .filter(events::verb.eq_any(["topic_started", "replied"]))
        .count()
        .get_result(tx.conn())?;
    Ok(told > 0)
}

/// Publishes what was held: from now on it is counted, told and found, as if it were written now.
pub(crate) fn publish(tx: &mut Tx<'_>, post: &PostRow, topic: &TopicRow) -> Result<()> {
    let now = tx.now();
    let at = super::at(post);
    // What was published before it was held, for an edit or a new title, is not told or counted again.
    if has_been_published(tx, post)? {
        super::set_state(tx, post, &super::Standing::PUBLISHED)?;
        tx.record(&Event::PostApproved { at })?;
        return Ok(());
    }
    diesel::update(posts::table.find(post.id))
        .set(posts::created_at.eq(now))
        .execute(tx.conn())?;
    super::set_state(tx, post, &super::Standing::PUBLISHED)?;
    tx.record(&Event::PostApproved { at })?;
    let moderator = tx.me()?.clone();
    // What the author did is the author's deed, at the moment it became one. Somebody who may not enter
    // any more does nothing: the post stands, and tells nobody.
    if let Some(author) = crate::access::viewer::load(tx.conn(), post.author_id, now)? {
        tx.continue_as(author);
        let parent_author: Option<AccountId> = match post.parent_id {
            None => None,
            Some(parent) => Some(posts::table.find(parent).select(posts::author_id).first(tx.conn())?),
        };
        match parent_author {
            None => tx.record(&Event::TopicStarted {
                at,
                kind: topic.kind.word(),
            })?,
            Some(parent_author) => tx.record(&Event::Replied { at, parent_author })?,
        };
        crate::forum::reading::read_own(tx, post.author_id, post.topic_id, post.number)?;
        mention(
            tx,
            at,
            &Draft {
                body: post.body.clone(),
                format: post.format,
                language: post.language.clone(),
                imported: post.imported,
            },
        )?;
        tx.continue_as(moderator);
    }
    Ok(())
}
