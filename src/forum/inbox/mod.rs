//! What happened that concerns me: the page "For you". A line is written by a job after the event,
//! for people who see what it is about (`deliver`); and looked at again, as they may see then.

mod deliver;

pub(crate) use deliver::deliver;

use std::collections::HashMap;

use diesel::prelude::*;

use crate::access::{Cx, Person, Tx};
use crate::db::schema::{accounts, inbox, posts, reviews, spaces, topics};
use crate::db::types::Moment;
use crate::ids::{AccountId, PostId, ReviewId, SpaceId, TopicId};
use crate::kinds::{InboxKind, PostState, SpaceRole};
use crate::refusal::Result;

/// A line of my inbox.
#[derive(Debug, Clone)]
pub struct Line {
    pub kind: InboxKind,
    pub actor: Option<String>,
    pub space: Option<(SpaceId, String)>,
    pub topic: Option<(TopicId, String)>,
    pub post: Option<PostId>,
    pub review: Option<ReviewId>,
    /// Of a decision: the act, and whether it was undone since.
    pub decided: Option<(String, bool)>,
    /// Of a decision: as what somebody decided it, and their name where the space shows it.
    pub decided_by: Option<(String, Option<String>)>,
    pub words: String,
    /// How many posts or people it speaks of.
    pub times: i64,
    pub at: Moment,
    pub new: bool,
}

type Row = (
    (InboxKind, Option<AccountId>, String, Moment, i64),
    (Option<SpaceId>, Option<TopicId>, Option<PostId>, Option<ReviewId>),
    (Option<String>, Option<String>, Option<String>),
    (Option<PostState>, Option<PostState>),
    (Option<String>, Option<Moment>, Option<String>, Option<bool>),
    (Option<AccountId>, Option<AccountId>),
);

/// My inbox, newest first, thirty a page. What I may no longer see has gone from it.
pub fn mine(cx: &mut Cx<'_>, page: i64) -> Result<(Vec<Line>, bool)> {
    let person = cx.me()?.clone();
    let (me, seen_at) = (person.id, person.seen_inbox_at);
    let readable = cx.readable().to_vec();
    let mut rows: Vec<Row> = inbox::table
        .left_join(accounts::table.on(accounts::id.nullable().eq(inbox::actor_id)))
        .left_join(spaces::table.on(spaces::id.nullable().eq(inbox::space_id)))
        .left_join(topics::table.on(topics::id.nullable().eq(inbox::topic_id)))
        .left_join(posts::table.on(posts::id.nullable().eq(inbox::post_id)))
        .left_join(reviews::table.on(reviews::id.nullable().eq(inbox::review_id)))
        .filter(inbox::account_id.eq(me))
        .filter(
            inbox::space_id
                .is_null()
                .or(inbox::space_id.eq_any(readable.clone()).assume_not_null())
                .or(inbox::kind.eq(InboxKind::JoinRefused)),
        )
        // Where the topic is now decides, not where it was when the line was written.
        .filter(
            inbox::topic_id
                .is_null()
                .or(topics::space_id.nullable().eq_any(readable).assume_not_null()),
        )
        .order((inbox::created_at.desc(), inbox::id.desc()))
        .select((
            (
                inbox::kind,
                inbox::actor_id,
                inbox::words,
                inbox::created_at,
                inbox::times,
            ),
            (inbox::space_id, inbox::topic_id, inbox::post_id, inbox::review_id),
            (
                accounts::display_name.nullable(),
                spaces::name.nullable(),
                topics::title.nullable(),
            ),
            (topics::state.nullable(), posts::state.nullable()),
            (
                reviews::decision.nullable(),
                reviews::undone_at.nullable(),
                reviews::decided_role.nullable(),
                spaces::names_actors.nullable(),
            ),
            (topics::author_id.nullable(), posts::author_id.nullable()),
        ))
        .limit(31)
        .offset((page.max(1) - 1) * 30)
        .load(cx.conn())?;
    let more = rows.len() > 30;
    rows.truncate(30);
    // Who decided is no actor of an event that others read: their name is asked for where the space gives it.
    let decided: Vec<ReviewId> = rows
        .iter()
        .filter(|row| row.4.3 == Some(true) && row.0.0 == InboxKind::Decided)
        .filter_map(|row| row.1.3)
        .collect();
    let deciders: HashMap<ReviewId, String> = reviews::table
        .inner_join(accounts::table.on(accounts::id.nullable().eq(reviews::decided_by)))
        .filter(reviews::id.eq_any(decided))
        .select((reviews::id, accounts::display_name))
        .load(cx.conn())?
        .into_iter()
        .collect();
    let lines = rows
        .into_iter()
        .filter(|row| is_shown(&person, row.0.0, row.1.0, row.3, row.5.1))
        .map(|row| {
            let (
                (kind, _, words, at, times),
                (space, topic, post, review),
                (actor, space_name, title),
                states,
                decided,
                of,
            ) = row;
            // The title of a removed topic is as removed here as on its page.
            let knows = of.0 == Some(me)
                || space
                    .and_then(|space| person.role_in(space))
                    .is_some_and(SpaceRole::moderates);
            let title = match states.0 {
                Some(PostState::Published) | None => title,
                Some(_) if knows => title,
                Some(_) => Some("–".to_owned()),
            };
            let name = review.and_then(|review| deciders.get(&review).cloned());
            Line {
                kind,
                decided_by: decided.2.map(|role| (role, name)),
                actor,
                space: space.zip(space_name),
                topic: topic.zip(title),
                post,
                review,
                decided: decided.0.map(|act| (act, decided.1.is_some())),
                words,
                times,
                at,
                new: at > seen_at,
            }
        })
        .collect();
    Ok((lines, more))
}

/// How many lines came since I last looked, at most a hundred.
pub fn new_lines(cx: &mut Cx<'_>) -> Result<i64> {
    let Some(person) = cx.viewer().person().cloned() else {
        return Ok(0);
    };
    let (me, seen_at) = (person.id, person.seen_inbox_at);
    let readable = cx.readable().to_vec();
    type Row = (
        InboxKind,
        Option<SpaceId>,
        (Option<PostState>, Option<PostState>),
        Option<AccountId>,
    );
    let rows: Vec<Row> = inbox::table
        .left_join(topics::table.on(topics::id.nullable().eq(inbox::topic_id)))
        .left_join(posts::table.on(posts::id.nullable().eq(inbox::post_id)))
        .filter(inbox::account_id.eq(me))
        .filter(inbox::created_at.gt(seen_at))
        .filter(
            inbox::space_id
                .is_null()
                .or(inbox::space_id.eq_any(readable.clone()).assume_not_null())
                .or(inbox::kind.eq(InboxKind::JoinRefused)),
        )
        .filter(
            inbox::topic_id
                .is_null()
                .or(topics::space_id.nullable().eq_any(readable).assume_not_null()),
        )
        .select((
            inbox::kind,
            inbox::space_id,
            (topics::state.nullable(), posts::state.nullable()),
            posts::author_id.nullable(),
        ))
        .limit(100)
        .load(cx.conn())?;
    let count = rows
        .iter()
        .filter(|(kind, space, states, author)| is_shown(&person, *kind, *space, *states, *author))
        .count();
    Ok(i64::try_from(count).unwrap_or(0))
}

/// I have looked.
pub fn looked(tx: &mut Tx<'_>) -> Result<()> {
    let (me, now) = (tx.me()?.id, tx.now());
    diesel::update(accounts::table.find(me))
        .set(accounts::seen_inbox_at.eq(now))
        .execute(tx.conn())?;
    tx.access_moved();
    Ok(())
}

/// Whether a line is on somebody's page: by the states of its topic and post, and by who wrote the post.
fn is_shown(
    person: &Person,
    kind: InboxKind,
    space: Option<SpaceId>,
    (topic, post): (Option<PostState>, Option<PostState>),
    author: Option<AccountId>,
) -> bool {
    if !still_concerns(person, kind, space) {
        return false;
    }
    // Who flagged one's own post is not for oneself, whatever role one has.
    if kind == InboxKind::Report && author == Some(person.id) {
        return false;
    }
    // Others' words that were taken away concern nobody any more; what was decided about my own does.
    let stands = |state: Option<PostState>| state.is_none_or(|state| state == PostState::Published);
    matches!(kind, InboxKind::Decided | InboxKind::FlagEnded) || (stands(topic) && stands(post))
}

/// What came with a role goes with it: who reported a post is for those who moderate today.
pub(crate) fn still_concerns(person: &Person, kind: InboxKind, space: Option<SpaceId>) -> bool {
    let role = space.and_then(|space| person.role_in(space));
    match kind {
        InboxKind::Report => role.is_some_and(SpaceRole::moderates),
        InboxKind::JoinAsked => role == Some(SpaceRole::CommunityManager),
        _ => true,
    }
}

/// The sentence for each kind of line.
pub fn sentence_key(kind: InboxKind, words: &str) -> &'static str {
    use InboxKind as Kind;
    match kind {
        Kind::Reply => "inbox-reply",
        Kind::Mention => "inbox-mention",
        Kind::Answer => "inbox-answer",
        Kind::Solved => "inbox-solved",
        Kind::Followed => "inbox-followed",
        Kind::NewTopic => "inbox-new-topic",
        Kind::Thanked => "inbox-thanked",
        Kind::Reminder => "inbox-reminder",
        Kind::Report => "inbox-report",
        Kind::JoinAsked => "inbox-join-asked",
        Kind::Note => "inbox-note",
        Kind::Entered => "inbox-entered",
        Kind::JoinRefused => "inbox-join-refused",
        Kind::Joined => "inbox-joined",
        Kind::Role => "inbox-role",
        Kind::Decided => "inbox-decided",
        Kind::FlagEnded if words == "upheld" => "inbox-flag-upheld",
        Kind::FlagEnded if words == "dismissed" => "inbox-flag-dismissed",
        Kind::FlagEnded => "inbox-flag-ended",
    }
}
