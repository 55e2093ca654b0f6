//! Telling the people whom an event concerns, after it happened: those who see it today, at the level at
//! which they follow it. What says the same again joins the line that is still new to somebody.

use std::collections::HashMap;

use diesel::prelude::*;

use super::still_concerns;
use crate::access::{Tx, policy, viewer};
use crate::db::conn::each_backend;
use crate::db::schema::{
    accounts, events, flags, inbox, memberships, posts, reviews, sanctions, spaces, thanks, topics,
};
use crate::db::types::Moment;
use crate::forum::letters::{about_reviews, wishes};
use crate::forum::people;
use crate::forum::reading::follow::{self, Level, Spot};
use crate::ids::{AccountId, BoardId, EventId, PostId, ReviewId, SpaceId, TopicId};
use crate::kinds::{InboxKind, PostState, SpaceRole, Visibility};
use crate::refusal::{Refusal, Result};

type Happened = (
    (String, Option<AccountId>, Moment, String),
    (Option<SpaceId>, Option<TopicId>, Option<PostId>),
    (Option<AccountId>, Option<PostId>),
);

/// What is told, but for whom and as what.
struct News {
    space: Option<SpaceId>,
    topic: Option<TopicId>,
    post: Option<PostId>,
    review: Option<ReviewId>,
    actor: Option<AccountId>,
    words: String,
    event: EventId,
    at: Moment,
}

/// Whom it concerns, as what, and with which other lines it is one.
struct Told {
    kind: InboxKind,
    group: String,
    people: Vec<AccountId>,
}

impl Told {
    fn one(kind: InboxKind, who: Option<AccountId>) -> Vec<Self> {
        vec![Self::all(kind, who.into_iter().collect())]
    }

    fn all(kind: InboxKind, people: Vec<AccountId>) -> Self {
        Self {
            kind,
            group: String::new(),
            people,
        }
    }

    fn grouped(kind: InboxKind, group: String, people: Vec<AccountId>) -> Self {
        Self { kind, group, people }
    }
}

/// Where a post is now, as long as everybody who reads there sees it.
struct Place {
    spot: Spot,
    board: BoardId,
    asker: AccountId,
}

fn place(tx: &mut Tx<'_>, post: Option<PostId>) -> Result<Option<Place>> {
    let Some(post) = post else { return Ok(None) };
    type Row = (SpaceId, BoardId, TopicId, String, AccountId);
    let row: Option<Row> = posts::table
        .inner_join(topics::table)
        .filter(posts::id.eq(post))
        .filter(posts::state.eq(PostState::Published))
        .filter(topics::state.eq(PostState::Published))
        .select((
            posts::space_id,
            posts::board_id,
            posts::topic_id,
            posts::path,
            topics::author_id,
        ))
        .first(tx.conn())
        .optional()?;
    Ok(row.map(|(space, board, topic, path, asker)| Place {
        spot: Spot {
            space,
            board,
            topic,
            path,
        },
        board,
        asker,
    }))
}

/// Acts about which their author gets a letter: they took something, or gave it another place.
const BY_LETTER: [&str; 10] = [
    "remove",
    "edit",
    "retitle",
    "retag",
    "close",
    "move",
    "split",
    "merge",
    "reparent",
    "member_out",
];

/// Acts that tell nobody they were decided: everybody sees them.
const QUIET: [&str; 6] = ["pin", "unpin", "answer", "unanswer", "hold_topic", "unhold_topic"];

/// Tells the people whom an event concerns. Done twice, it tells once. `site` is the forum's address, for the
/// letter about what a moderator did on a post's own page.
pub(crate) fn deliver(tx: &mut Tx<'_>, event: EventId, site: &str) -> Result<()> {
    let row: Option<Happened> = events::table
        .find(event)
        .select((
            (events::verb, events::actor_id, events::at, events::particulars),
            (events::space_id, events::topic_id, events::post_id),
            (events::about_id, events::parent_id),
        ))
        .first(tx.conn())
        .optional()?;
    let Some(((verb, actor, at, particulars), (space, topic, post), (about, parent))) = row else {
        return Ok(());
    };
    // Meanwhile the post may have gone to another topic, and the topic that it was in may be gone.
    let now: Option<(SpaceId, TopicId)> = match (post, topic) {
        (Some(post), _) => posts::table
            .find(post)
            .select((posts::space_id, posts::topic_id))
            .first(tx.conn())
            .optional()?,
        (None, Some(topic)) => topics::table
            .find(topic)
            .select((topics::space_id, topics::id))
            .first(tx.conn())
            .optional()?,
        (None, None) => None,
    };
    let (space, topic) = match now {
        Some((space, topic)) => (Some(space), Some(topic)),
        None if topic.is_some() => return Ok(()),
        None => (space, None),
    };
    let particulars: serde_json::Value =
        serde_json::from_str(&particulars).map_err(|error| Refusal::broken(error.to_string()))?;
    let review = particulars["review"].as_i64().map(ReviewId);
    // Somebody of flesh and blood wrote it, though the hour at which it leaves is the forum's.
    let actor = particulars["by"].as_i64().map(AccountId).or(actor);
    let note = particulars["note"].as_i64();
    let words = match (review, particulars["entry"].as_i64().or(note)) {
        (Some(review), _) => reviews::table.find(review).select(reviews::note).first(tx.conn())?,
        (None, Some(note)) if verb == "note_sent" => crate::forum::today::words_of(tx, note)?,
        (None, Some(entry)) => crate::forum::spaces::entry::reason_of(tx, entry)?,
        (None, None) => String::new(),
    };
    if let (Some(review), Some(about), Some(true)) = (review, about, particulars["act"].as_bool()) {
        by_letter(tx, review, about, site)?;
    }
    tx.something_new();
    let told: Vec<Told> = match verb.as_str() {
        "topic_started" | "replied" | "mentioned" | "answer_marked" | "thanked" => match place(tx, post)? {
            // What is gone before anybody was told is told to nobody.
            None => Vec::new(),
            Some(place) => of_a_post(tx, &verb, &place, post, (about, parent, actor))?,
        },
        // One's own bookmark, muted or not, as long as the post is there.
        "reminded" => match place(tx, post)? {
            None => Vec::new(),
            Some(_) => Told::one(InboxKind::Reminder, about),
        },
        "review_decided" => of_a_decision(tx, review, about)?,
        "review_undone" => Told::one(InboxKind::Decided, about),
        "join_refused" => Told::one(InboxKind::JoinRefused, about),
        "joined" => Told::one(InboxKind::Joined, about),
        "note_sent" => Told::one(InboxKind::Note, about),
        "role_given" => Told::one(InboxKind::Role, about),
        "post_reported" => vec![Told::all(InboxKind::Report, with_role(tx, space, true)?)],
        "space_entered" => vec![Told::all(InboxKind::Entered, members(tx, space)?)],
        "join_asked" => vec![Told::all(InboxKind::JoinAsked, with_role(tx, space, false)?)],
        _ => Vec::new(),
    };
    // Who acted is shown by name for what members do, and by role alone for what moderators do.
    let by_name = matches!(
        verb.as_str(),
        "topic_started"
            | "replied"
            | "mentioned"
            | "answer_marked"
            | "thanked"
            | "join_asked"
            | "note_sent"
            | "post_reported"
            | "space_entered"
    );
    let news = News {
        space,
        topic,
        post,
        review,
        actor: actor.filter(|_| by_name),
        words,
        event,
        at,
    };
    for mut told in told {
        told.people.retain(|who| Some(*who) != actor);
        // Whoever moderates is not told who reported their own post.
        if told.kind == InboxKind::Report {
            told.people.retain(|who| Some(*who) != about);
        }
        told.people = who_may_be_told(tx, told.people, space, told.kind)?;
        write(tx, &told, &news)?;
    }
    Ok(())
}

/// Whom something that happened to a post concerns, by who wrote what and by what they follow.
fn of_a_post(
    tx: &mut Tx<'_>,
    verb: &str,
    place: &Place,
    post: Option<PostId>,
    (about, parent, actor): (Option<AccountId>, Option<PostId>, Option<AccountId>),
) -> Result<Vec<Told>> {
    let levels = follow::levels(tx, &place.spot)?;
    let muted = |who: &AccountId| levels.get(who) == Some(&Level::Muted);
    let about = about.filter(|who| !muted(who));
    let at_level = |wanted: &[Level], but: Option<AccountId>| -> Vec<AccountId> {
        let mut all: Vec<AccountId> = levels
            .iter()
            .filter(|(who, level)| wanted.contains(level) && Some(**who) != but)
            .map(|(who, _)| *who)
            .collect();
        all.sort_unstable();
        all
    };
    Ok(match verb {
        "topic_started" => vec![Told::grouped(
            InboxKind::NewTopic,
            format!("board:{}", place.board),
            at_level(&[Level::Every, Level::First], actor),
        )],
        "replied" => vec![
            Told::grouped(
                InboxKind::Reply,
                format!("reply:{}", parent.map_or(0, |parent| parent.0)),
                about.into_iter().collect(),
            ),
            Told::grouped(
                InboxKind::Followed,
                format!("topic:{}", place.spot.topic),
                at_level(&[Level::Every], about),
            ),
        ],
        // Whom the same post answers knows of it already.
        "mentioned" => match (about, post) {
            (Some(who), Some(post)) if !is_answered(tx, who, post)? => {
                forget_followed(tx, who, post)?;
                Told::one(InboxKind::Mention, Some(who))
            }
            _ => Vec::new(),
        },
        "answer_marked" => {
            let mut solved = at_level(&[Level::Every, Level::Solved], about);
            if !solved.contains(&place.asker) && !muted(&place.asker) && Some(place.asker) != about {
                solved.push(place.asker);
            }
            vec![
                Told::all(InboxKind::Answer, about.into_iter().collect()),
                Told::all(InboxKind::Solved, solved),
            ]
        }
        _ => vec![Told::grouped(
            InboxKind::Thanked,
            format!("thanks:{}", post.map_or(0, |post| post.0)),
            about.into_iter().collect(),
        )],
    })
}

/// Whether a line of somebody's tells of this post already, as an answer to them.
fn is_answered(tx: &mut Tx<'_>, who: AccountId, post: PostId) -> Result<bool> {
    let known: Option<i64> = inbox::table
        .filter(inbox::account_id.eq(who))
        .filter(inbox::post_id.eq(post))
        .filter(inbox::kind.eq(InboxKind::Reply))
        .select(inbox::id)
        .first(tx.conn())
        .optional()?;
    Ok(known.is_some())
}

/// Who is mentioned in a post is told of it once, and louder than as somebody who follows.
fn forget_followed(tx: &mut Tx<'_>, who: AccountId, post: PostId) -> Result<()> {
    diesel::delete(
        inbox::table
            .filter(inbox::account_id.eq(who))
            .filter(inbox::post_id.eq(post))
            .filter(inbox::kind.eq_any([InboxKind::Followed, InboxKind::NewTopic]))
            .filter(inbox::times.eq(1)),
    )
    .execute(tx.conn())?;
    Ok(())
}

/// Lines that are written at one stroke.
const AT_A_TIME: usize = 500;

/// Seconds after which what happened is history: it is told as of then, and by letter in a digest at most.
const HISTORY: i64 = 86_400;

/// Days after which nobody gets a letter about it at all.
const NO_LETTER: i64 = 7;

/// Writes the lines: into one that is still new to somebody and says the same, else one of their own.
fn write(tx: &mut Tx<'_>, told: &Told, news: &News) -> Result<()> {
    let now = tx.now();
    // New is what comes after one looked, also when it is delivered late.
    let at = if news.at.plus_seconds(HISTORY) < now {
        news.at
    } else {
        now
    };
    let letter = |how: wishes::How| match how {
        _ if news.at.plus_days(NO_LETTER) < now => wishes::How::None,
        wishes::How::Once if at < now => wishes::How::Digest,
        how => how,
    };
    let thanked = match (told.kind, news.post) {
        (InboxKind::Thanked, Some(post)) => Some(new_thanks(tx, post)?),
        _ => None,
    };
    for people in told.people.chunks(AT_A_TIME) {
        let mut known: HashMap<AccountId, i64> = HashMap::new();
        if !told.group.is_empty() {
            known = inbox::table
                .inner_join(accounts::table.on(accounts::id.eq(inbox::account_id)))
                .filter(inbox::group_key.eq(&told.group))
                .filter(inbox::account_id.eq_any(people.to_vec()))
                .filter(inbox::kind.eq(told.kind))
                .filter(inbox::created_at.gt(accounts::seen_inbox_at))
                .filter(inbox::event_id.ne(news.event.0))
                .select((inbox::account_id, inbox::id))
                .load::<(AccountId, i64)>(tx.conn())?
                .into_iter()
                .collect();
            let ids: Vec<i64> = known.values().copied().collect();
            // A line that was written about and says more now waits for another letter.
            if let Some(about) = wishes::about(told.kind) {
                let again = wishes::of(tx, people, about)?;
                for how in [wishes::How::Once, wishes::How::Digest] {
                    let ids: Vec<i64> = known
                        .iter()
                        .filter(|(who, _)| again.get(who).map(|wish| letter(*wish)) == Some(how))
                        .map(|(_, id)| *id)
                        .collect();
                    diesel::update(inbox::table.filter(inbox::id.eq_any(ids)).filter(inbox::letter.eq("")))
                        .set(inbox::letter.eq(how))
                        .execute(tx.conn())?;
                }
            }
            if let Some(thanked) = thanked {
                // Given, taken back and given again is one.
                diesel::update(inbox::table.filter(inbox::id.eq_any(ids.clone())))
                    .set(inbox::times.eq(thanked - 1))
                    .execute(tx.conn())?;
            }
            diesel::update(inbox::table.filter(inbox::id.eq_any(ids)))
                .set((
                    inbox::times.eq(inbox::times + 1),
                    inbox::topic_id.eq(news.topic),
                    inbox::space_id.eq(news.space),
                    inbox::post_id.eq(news.post),
                    inbox::actor_id.eq(news.actor),
                    inbox::event_id.eq(news.event.0),
                    inbox::created_at.eq(at),
                ))
                .execute(tx.conn())?;
        }
        let wanted = match wishes::about(told.kind) {
            Some(about) => wishes::of(tx, people, about)?,
            None => HashMap::new(),
        };
        let words = match told.kind {
            InboxKind::FlagEnded => how_flags_ended(tx, news.review)?,
            _ => news.words.as_str(),
        };
        let rows: Vec<_> = people
            .iter()
            .filter(|who| !known.contains_key(who))
            .map(|who| {
                (
                    inbox::account_id.eq(*who),
                    inbox::kind.eq(told.kind),
                    inbox::space_id.eq(news.space),
                    inbox::topic_id.eq(news.topic),
                    inbox::post_id.eq(news.post),
                    inbox::review_id.eq(news.review),
                    inbox::actor_id.eq(news.actor),
                    inbox::words.eq(words),
                    inbox::event_id.eq(news.event.0),
                    inbox::created_at.eq(at),
                    inbox::group_key.eq(told.group.as_str()),
                    inbox::letter.eq(wishes::how(wanted.get(who).map(|how| letter(*how)))),
                )
            })
            .collect();
        if !rows.is_empty() {
            each_backend!(tx.conn(), c => diesel::insert_into(inbox::table)
                .values(&rows).on_conflict_do_nothing().execute(c))?;
        }
    }
    Ok(())
}

/// How many thanked the author of a post since they last looked.
fn new_thanks(tx: &mut Tx<'_>, post: PostId) -> Result<i64> {
    let seen: Moment = posts::table
        .inner_join(accounts::table)
        .filter(posts::id.eq(post))
        .select(accounts::seen_inbox_at)
        .first(tx.conn())?;
    let count: i64 = thanks::table
        .filter(thanks::post_id.eq(post))
        .filter(thanks::created_at.gt(seen))
        .count()
        .get_result(tx.conn())?;
    Ok(count.max(1))
}

/// Whom a decision concerns: the one it is about, unless it left everything as it was; and those who
/// flagged, who learn how it ended.
fn of_a_decision(tx: &mut Tx<'_>, review: Option<ReviewId>, about: Option<AccountId>) -> Result<Vec<Told>> {
    let Some(review) = review else { return Ok(Vec::new()) };
    let decision: Option<String> = reviews::table.find(review).select(reviews::decision).first(tx.conn())?;
    let flaggers: Vec<AccountId> = flags::table
        .filter(flags::review_id.eq(review))
        .select(flags::account_id)
        .load(tx.conn())?;
    let sanctioned: i64 = sanctions::table
        .filter(sanctions::review_id.eq(review))
        .count()
        .get_result(tx.conn())?;
    let kept = decision
        .as_deref()
        .is_some_and(|word| QUIET.contains(&word) || word == "keep" && sanctioned == 0);
    Ok(vec![
        Told::all(InboxKind::Decided, about.filter(|_| !kept).into_iter().collect()),
        Told::all(InboxKind::FlagEnded, flaggers),
    ])
}

/// Whether flags were found right, as a word for the line that tells it.
fn how_flags_ended(tx: &mut Tx<'_>, review: Option<ReviewId>) -> Result<&'static str> {
    let Some(review) = review else { return Ok("") };
    let upheld: Option<Option<bool>> = flags::table
        .filter(flags::review_id.eq(review))
        .select(flags::upheld)
        .first(tx.conn())
        .optional()?;
    Ok(match upheld.flatten() {
        Some(true) => "upheld",
        Some(false) => "dismissed",
        None => "",
    })
}

/// The letter to the author of what a moderator did to it on its own page; once, like all that is delivered.
fn by_letter(tx: &mut Tx<'_>, review: ReviewId, about: AccountId, site: &str) -> Result<()> {
    type Row = (Option<String>, String, String, String, Option<String>);
    let (decision, rule, note, space, role): Row = reviews::table
        .inner_join(spaces::table)
        .filter(reviews::id.eq(review))
        .select((
            reviews::decision,
            reviews::rule,
            reviews::note,
            spaces::name,
            reviews::decided_role,
        ))
        .first(tx.conn())?;
    let name = crate::forum::moderation::look::decider_of(tx, review)?;
    let Some(decision) = decision.filter(|word| BY_LETTER.contains(&word.as_str())) else {
        return Ok(());
    };
    about_reviews::decided(
        tx,
        about,
        &about_reviews::Decided {
            space: &space,
            decision: &decision,
            sanction: None,
            role: role.as_deref().unwrap_or("moderator"),
            by: name.as_deref(),
            rule: &rule,
            reason: &note,
            review,
            key: None,
        },
        site,
    )
}

/// Everybody who belongs to a space.
fn members(tx: &mut Tx<'_>, space: Option<SpaceId>) -> Result<Vec<AccountId>> {
    let Some(space) = space else {
        return Ok(Vec::new());
    };
    Ok(memberships::table
        .filter(memberships::space_id.eq(space))
        .order(memberships::account_id)
        .select(memberships::account_id)
        .load(tx.conn())?)
}

fn with_role(tx: &mut Tx<'_>, space: Option<SpaceId>, moderators_too: bool) -> Result<Vec<AccountId>> {
    let Some(space) = space else {
        return Ok(Vec::new());
    };
    let roles = if moderators_too {
        vec![SpaceRole::Moderator, SpaceRole::CommunityManager]
    } else {
        vec![SpaceRole::CommunityManager]
    };
    Ok(memberships::table
        .filter(memberships::space_id.eq(space))
        .filter(memberships::role.eq_any(roles))
        .select(memberships::account_id)
        .load(tx.conn())?)
}

/// Who of these may know of this today. What came with a role goes with it; whoever may not enter, and a
/// placeholder, is never told anything.
fn who_may_be_told(
    tx: &mut Tx<'_>,
    people: Vec<AccountId>,
    space: Option<SpaceId>,
    kind: InboxKind,
) -> Result<Vec<AccountId>> {
    if people.is_empty() {
        return Ok(people);
    }
    let visibility: Option<(SpaceId, Visibility)> = match space {
        None => None,
        Some(space) => spaces::table
            .find(space)
            .select((spaces::id, spaces::visibility))
            .first(tx.conn())
            .optional()?,
    };
    // A role, or none to have, is asked of each; they are few.
    if matches!(kind, InboxKind::Report | InboxKind::JoinAsked | InboxKind::JoinRefused) || visibility.is_none() {
        let now = tx.now();
        let mut may = Vec::new();
        for who in people {
            let Some(person) = viewer::load(tx.conn(), who, now)? else {
                continue;
            };
            let reads = visibility.is_none_or(|(space, visibility)| policy::person_reads(&person, space, visibility));
            let absent = space.is_some() && visibility.is_none();
            if !absent && still_concerns(&person, kind, space) && (reads || kind == InboxKind::JoinRefused) {
                may.push(who);
            }
        }
        return Ok(may);
    }
    let Some((space, visibility)) = visibility else {
        return Ok(Vec::new());
    };
    let readers = people::readers_among(tx, &people, space, visibility)?;
    Ok(people.into_iter().filter(|who| readers.contains(who)).collect())
}
