//! Suspected spam: a local classifier over words, links and signs of haste, begun with texts of our own
//! in Dutch and English, and taught by the moderators' decisions and by the posts that stood, from which it
//! learns how this forum talks. It only holds a post, and says why.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use diesel::dsl::max;
use diesel::prelude::*;

use crate::access::{Cx, Store, Viewer};
use crate::db::conn::each_backend;
use crate::db::schema::{accounts, posts, reviews, spam_model, topics};
use crate::db::types::Moment;
use crate::event::Source;
use crate::ids::{AccountId, PostId, TopicId};
use crate::kinds::PostState;
use crate::refusal::Result;
use crate::text::excerpt;
use crate::text::resemblance::{self, Features, Model, Slots};

/// What scores above this is held once the classifier knows how this forum talks: from [`ENOUGH`] posts
/// that stood. `benches/spam` measures both lines.
pub const HELD_ABOVE: f64 = -1.0;
/// What scores above this is held in a young forum, of whose words the classifier knows none.
pub const HELD_ABOVE_AT_FIRST: f64 = 1.0;

/// Of the posts that stood, the newest so many are learned.
pub const STOOD: i64 = 4_000;
/// So many tell how a forum talks.
pub const ENOUGH: i64 = 1_000;
/// Days after which a post that nobody took away has stood.
const STANDS_AFTER_DAYS: i64 = 2;
/// Of what moderators decided, the newest so many are learned.
const DECIDED: i64 = 4_000;
/// After so many more posts it is time to learn again.
const MORE_POSTS: i64 = 500;

const SPAM: [&str; 2] = [
    include_str!("../../../assets/spam/spam.en.txt"),
    include_str!("../../../assets/spam/spam.nl.txt"),
];
const ORDINARY: [&str; 2] = [
    include_str!("../../../assets/spam/ordinary.en.txt"),
    include_str!("../../../assets/spam/ordinary.nl.txt"),
];

/// The texts that the classifier begins with, and whether each is spam.
pub fn seeds() -> impl Iterator<Item = (&'static str, bool)> {
    let lines = |files: [&'static str; 2], spam| {
        files
            .into_iter()
            .flat_map(str::lines)
            .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
            .map(move |line| (line, spam))
    };
    lines(SPAM, true).chain(lines(ORDINARY, false))
}

fn seed_slots() -> Vec<(Slots, bool)> {
    seeds().map(|(text, spam)| (Slots::of(text), spam)).collect()
}

/// What a forum knows before anybody decided anything.
static BEGUN: LazyLock<Model> = LazyLock::new(|| Model::learn(&seed_slots()));

/// What speaks for a text being spam.
#[derive(Debug, Clone)]
pub struct Suspicion {
    /// By how much the odds are above those at which a post is held.
    pub above: f64,
    /// The strongest words.
    pub words: Vec<String>,
    /// Signs beside the words: `new`, `young`, `fast`, `far`.
    pub signs: Vec<&'static str>,
}

impl Suspicion {
    pub fn holds(&self) -> bool {
        self.above > 0.0
    }
}

/// Looks at a text with what its author did before.
pub(super) fn suspect(cx: &mut Cx<'_>, author: AccountId, topic: Option<TopicId>, text: &str) -> Result<Suspicion> {
    let learned: Option<(Vec<u8>, i64)> = spam_model::table
        .find(THE_MODEL)
        .select((spam_model::weights, spam_model::stood))
        .first(cx.conn())
        .optional()?;
    let features = Features::of(text);
    let (score, line) = match learned {
        Some((bytes, stood)) => match Model::from_bytes(&bytes) {
            Some(model) => (model.score(&features), line(stood)),
            // Of another version of ours: until it has learned anew, what every forum begins with.
            None => {
                tracing::warn!("what the classifier learned is of another version");
                (BEGUN.score(&features), line(0))
            }
        },
        None => (BEGUN.score(&features), line(0)),
    };
    let mut suspicion = Suspicion {
        above: score.odds - line,
        words: score.reasons,
        signs: Vec::new(),
    };
    add_signs(cx, &mut suspicion, author, topic, text)?;
    Ok(suspicion)
}

/// What is held, by how many posts that stood were learned.
fn line(stood: i64) -> f64 {
    if stood < ENOUGH {
        HELD_ABOVE_AT_FIRST
    } else {
        HELD_ABOVE
    }
}

/// Days for which an account is young.
const YOUNG_DAYS: i64 = 7;

/// What speaks beside the words: an account that wrote nothing yet, or that is only days old, several posts within minutes, and
/// words that nobody in the topic uses. Each alone is no reason to hold.
fn add_signs(
    cx: &mut Cx<'_>,
    suspicion: &mut Suspicion,
    author: AccountId,
    topic: Option<TopicId>,
    text: &str,
) -> Result<()> {
    let now = cx.now();
    let recent: Vec<(Moment, PostState)> = posts::table
        .filter(posts::author_id.eq(author))
        .order(posts::created_at.desc())
        .select((posts::created_at, posts::state))
        .limit(20)
        .load(cx.conn())?;
    let stood = recent
        .iter()
        .filter(|(_, state)| *state == PostState::Published)
        .count();
    // A hand whose posts stood is trusted more with each, a new one not at all.
    match stood {
        0 => {
            suspicion.above += 0.2;
            suspicion.signs.push("new");
        }
        known => {
            #[expect(clippy::cast_precision_loss, reason = "at most twenty")]
            let trust = known as f64 * 0.4;
            suspicion.above -= trust;
        }
    }
    let since: Moment = accounts::table
        .find(author)
        .select(accounts::created_at)
        .first(cx.conn())?;
    if stood == 0 && now < since.plus_days(YOUNG_DAYS) {
        suspicion.above += 0.1;
        suspicion.signs.push("young");
    }
    if recent.iter().filter(|(at, _)| *at > now.plus_seconds(-120)).count() >= 4 {
        suspicion.above += 0.5;
        suspicion.signs.push("fast");
    }
    if let Some(topic) = topic {
        let bodies: Vec<String> = posts::table
            .filter(posts::topic_id.eq(topic))
            .filter(posts::state.eq(PostState::Published))
            .order(posts::number.desc())
            .select(posts::body_html)
            .limit(10)
            .load(cx.conn())?;
        let long = |text: &str| -> BTreeSet<String> {
            let mut words: BTreeSet<String> = resemblance::words(text).into_iter().collect();
            words.retain(|word| word.chars().count() > 4);
            words
        };
        let known: BTreeSet<String> = bodies.iter().flat_map(|html| long(&excerpt::plain(html))).collect();
        let words = long(text);
        let shared = words.intersection(&known).count();
        if words.len() >= 6 && shared == 0 {
            suspicion.above += 0.3;
            suspicion.signs.push("far");
        }
    }
    Ok(())
}

/// The one row.
const THE_MODEL: i64 = 1;

/// How far decisions and posts have come that the classifier can learn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reach {
    decided: Moment,
    newest: i64,
}

/// Whether people decided something, or many posts stood, since the classifier learned last. Cheap.
fn to_learn(cx: &mut Cx<'_>) -> Result<Option<Reach>> {
    let (decided, undone): (Option<Moment>, Option<Moment>) = reviews::table
        .filter(reviews::decision.eq_any(["spam", "approve", "keep", "overturn"]))
        .select((max(reviews::decided_at), max(reviews::undone_at)))
        .first(cx.conn())?;
    let newest: Option<PostId> = posts::table
        .filter(posts::created_at.lt(cx.now().plus_days(-STANDS_AFTER_DAYS)))
        .filter(posts::state.eq(PostState::Published))
        .select(posts::id)
        .order(posts::id.desc())
        .first(cx.conn())
        .optional()?;
    let reach = Reach {
        decided: decided.max(undone).unwrap_or_default(),
        newest: newest.map_or(0, |post| post.0),
    };
    let known: Option<(Moment, i64)> = spam_model::table
        .find(THE_MODEL)
        .select((spam_model::decided, spam_model::newest))
        .first(cx.conn())
        .optional()?;
    let (decided, newest) = known.unwrap_or_default();
    Ok((reach.decided > decided || reach.newest >= newest + MORE_POSTS).then_some(reach))
}

/// What moderators decided about posts: whether each was spam. What was undone or overturned teaches nothing, and
/// a direct act is no answer to the question.
fn decided(cx: &mut Cx<'_>) -> Result<Vec<(PostId, bool)>> {
    let rows: Vec<(Option<PostId>, Option<String>)> = reviews::table
        .filter(reviews::undone_at.is_null())
        .filter(reviews::post_id.is_not_null())
        .filter(
            reviews::decision
                .eq_any(["spam", "approve"])
                .or(reviews::decision.eq("keep").and(reviews::reason.eq("spam"))),
        )
        .select((reviews::post_id, reviews::decision))
        .order(reviews::decided_at.desc())
        .limit(DECIDED)
        .load(cx.conn())?;
    Ok(rows
        .into_iter()
        .filter_map(|(post, decision)| Some((post?, decision? == "spam")))
        .collect())
}

/// The words of posts as [`suspect`] gets them; a post that was emptied has none.
fn words_of(cx: &mut Cx<'_>, ids: &[PostId]) -> Result<HashMap<PostId, String>> {
    let mut all = HashMap::new();
    for some in ids.chunks(500) {
        let rows: Vec<(PostId, String, String, bool)> = posts::table
            .inner_join(topics::table)
            .filter(posts::id.eq_any(some))
            .filter(posts::body.ne(""))
            .select((posts::id, topics::title, posts::body, posts::parent_id.is_null()))
            .load(cx.conn())?;
        for (id, title, body, first) in rows {
            all.insert(id, if first { format!("{title}\n{body}") } else { body });
        }
    }
    Ok(all)
}

/// Learns anew from the texts of ours, from what moderators decided and from posts that stood, if there is more of
/// either than last time. Reads, reckons without holding anything, and writes one row.
pub fn learn(store: &Store) -> Result<()> {
    let viewer = Viewer::system("spam");
    let gathered = store.read(&viewer, |cx| {
        let Some(reach) = to_learn(cx)? else { return Ok(None) };
        let lessons = decided(cx)?;
        let stood: Vec<PostId> = posts::table
            .filter(posts::created_at.lt(cx.now().plus_days(-STANDS_AFTER_DAYS)))
            .filter(posts::state.eq(PostState::Published))
            .order(posts::id.desc())
            .select(posts::id)
            .limit(STOOD)
            .load(cx.conn())?;
        let ids: Vec<PostId> = lessons
            .iter()
            .map(|(post, _)| *post)
            .chain(stood.iter().copied())
            .collect();
        Ok(Some((reach, lessons, stood, words_of(cx, &ids)?)))
    })?;
    let Some((reach, lessons, stood, words)) = gathered else {
        return Ok(());
    };
    let mut texts = seed_slots();
    let mut said = HashSet::new();
    let stood = stood.into_iter().map(|post| (post, false));
    let mut many = 0_i64;
    // What was decided comes first: it is surer than that nobody objected.
    for (post, spam) in lessons.into_iter().chain(stood) {
        if said.insert(post)
            && let Some(text) = words.get(&post)
        {
            texts.push((Slots::of(text), spam));
            many += i64::from(!spam);
        }
    }
    let model = Model::learn(&texts);
    store.write(&viewer, Source::System, |tx| {
        let learned = (
            spam_model::weights.eq(model.to_bytes()),
            spam_model::stood.eq(many),
            spam_model::decided.eq(reach.decided),
            spam_model::newest.eq(reach.newest),
        );
        // Another node may have learned the same at the same moment.
        each_backend!(tx.conn(), c => diesel::insert_into(spam_model::table)
            .values((spam_model::id.eq(THE_MODEL), learned.clone()))
            .on_conflict(spam_model::id)
            .do_update()
            .set(learned)
            .execute(c))?;
        Ok(())
    })
}
