//! Suspected spam: a local classifier over words, links and signs of haste, begun with texts of our own
//! in Dutch and English and taught by the moderators' decisions. It only holds a post, and says why.

use std::collections::HashMap;
use std::sync::LazyLock;

use diesel::prelude::*;

use crate::access::{Cx, Tx};
use crate::db::conn::each_backend;
use crate::db::schema::{accounts, posts, spam_words};
use crate::db::types::Moment;
use crate::ids::{AccountId, TopicId};
use crate::kinds::PostState;
use crate::refusal::Result;
use crate::text::bayes::{self, Seen, Totals};
use crate::text::excerpt;

/// Texts that score above this are held. Chosen so that about one in five hundred ordinary posts of a
/// technical list is; `benches/spam` measures it.
pub const HELD_ABOVE: f64 = 0.55;

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

struct Begun {
    seen: HashMap<String, Seen>,
    totals: Totals,
}

static BEGUN: LazyLock<Begun> = LazyLock::new(|| {
    let mut begun = Begun {
        seen: HashMap::new(),
        totals: Totals::default(),
    };
    for (text, spam) in seeds() {
        for feature in bayes::features(text) {
            let seen = begun.seen.entry(feature).or_default();
            if spam {
                seen.spam += 1;
            } else {
                seen.ordinary += 1;
            }
        }
        if spam {
            begun.totals.spam += 1;
        } else {
            begun.totals.ordinary += 1;
        }
    }
    begun
});

/// Under this word the database counts the texts themselves.
const TEXTS: &str = "‹texts›";

/// What speaks for a text being spam.
#[derive(Debug, Clone)]
pub struct Suspicion {
    pub odds: f64,
    /// The strongest words.
    pub words: Vec<String>,
    /// Signs beside the words: `new`, `young`, `fast`, `far`.
    pub signs: Vec<&'static str>,
}

impl Suspicion {
    pub fn holds(&self) -> bool {
        self.odds > HELD_ABOVE
    }
}

/// Looks at a text with what its author did before.
pub(super) fn suspect(cx: &mut Cx<'_>, author: AccountId, topic: Option<TopicId>, text: &str) -> Result<Suspicion> {
    let features: Vec<String> = bayes::features(text).into_iter().collect();
    let learned: HashMap<String, Seen> = spam_words::table
        .filter(spam_words::word.eq_any(features.clone()).or(spam_words::word.eq(TEXTS)))
        .select((spam_words::word, spam_words::spam, spam_words::ordinary))
        .load::<(String, i64, i64)>(cx.conn())?
        .into_iter()
        .map(|(word, spam, ordinary)| {
            (
                word,
                Seen {
                    spam: u32::try_from(spam).unwrap_or(u32::MAX),
                    ordinary: u32::try_from(ordinary).unwrap_or(u32::MAX),
                },
            )
        })
        .collect();
    let taught = learned.get(TEXTS).copied().unwrap_or_default();
    let counted: Vec<(String, Seen)> = features
        .into_iter()
        .map(|feature| {
            let begun = BEGUN.seen.get(&feature).copied().unwrap_or_default();
            let more = learned.get(&feature).copied().unwrap_or_default();
            let seen = Seen {
                spam: begun.spam.saturating_add(more.spam),
                ordinary: begun.ordinary.saturating_add(more.ordinary),
            };
            (feature, seen)
        })
        .collect();
    let score = bayes::score(
        &counted,
        Totals {
            spam: BEGUN.totals.spam.saturating_add(taught.spam),
            ordinary: BEGUN.totals.ordinary.saturating_add(taught.ordinary),
        },
    );
    let mut suspicion = Suspicion {
        odds: score.odds,
        words: score.reasons,
        signs: Vec::new(),
    };
    add_signs(cx, &mut suspicion, author, topic, text)?;
    Ok(suspicion)
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
            suspicion.odds += 0.2;
            suspicion.signs.push("new");
        }
        known => {
            #[expect(clippy::cast_precision_loss, reason = "at most twenty")]
            let trust = known as f64 * 0.4;
            suspicion.odds -= trust;
        }
    }
    let since: Moment = accounts::table
        .find(author)
        .select(accounts::created_at)
        .first(cx.conn())?;
    if stood == 0 && now < since.plus_days(YOUNG_DAYS) {
        suspicion.odds += 0.1;
        suspicion.signs.push("young");
    }
    if recent.iter().filter(|(at, _)| *at > now.plus_seconds(-120)).count() >= 4 {
        suspicion.odds += 0.5;
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
        let known: std::collections::BTreeSet<String> = bodies
            .iter()
            .flat_map(|html| bayes::features(&excerpt::plain(html)))
            .collect();
        let long = |word: &&String| word.chars().count() > 4 && !word.contains(' ');
        let words: Vec<String> = bayes::features(text).iter().filter(long).cloned().collect();
        let shared = words.iter().filter(|word| known.contains(*word)).count();
        if words.len() >= 6 && shared == 0 {
            suspicion.odds += 0.3;
            suspicion.signs.push("far");
        }
    }
    Ok(())
}

/// Teaches what moderators decided.
pub(super) fn learn(tx: &mut Tx<'_>, text: &str, spam: bool) -> Result<()> {
    let (more_spam, more_ordinary) = (i64::from(spam), i64::from(!spam));
    for word in bayes::features(text).into_iter().chain([TEXTS.to_owned()]) {
        let row = (
            spam_words::word.eq(word),
            spam_words::spam.eq(more_spam),
            spam_words::ordinary.eq(more_ordinary),
        );
        each_backend!(tx.conn(), c => diesel::insert_into(spam_words::table)
            .values(row)
            .on_conflict(spam_words::word)
            .do_update()
            .set((
                spam_words::spam.eq(spam_words::spam + more_spam),
                spam_words::ordinary.eq(spam_words::ordinary + more_ordinary),
            ))
            .execute(c))?;
    }
    Ok(())
}

/// Forgets what [`learn`] learned from a text, once.
pub(super) fn unlearn(tx: &mut Tx<'_>, text: &str, spam: bool) -> Result<()> {
    let words: Vec<String> = bayes::features(text).into_iter().chain([TEXTS.to_owned()]).collect();
    let known = spam_words::table.filter(spam_words::word.eq_any(words));
    if spam {
        diesel::update(known.filter(spam_words::spam.gt(0)))
            .set(spam_words::spam.eq(spam_words::spam - 1))
            .execute(tx.conn())?;
    } else {
        diesel::update(known.filter(spam_words::ordinary.gt(0)))
            .set(spam_words::ordinary.eq(spam_words::ordinary - 1))
            .execute(tx.conn())?;
    }
    Ok(())
}
