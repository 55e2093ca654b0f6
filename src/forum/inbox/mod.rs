//! What happened that concerns me: the page "For you". A line is written by a job after the event,
//! for people who see what it is about; and looked at again, as they may see then.

use diesel::prelude::*;

use crate::access::{Cx, Person, Tx, policy, viewer};
use crate::db::conn::each_backend;
use crate::db::schema::{accounts, events, flags, inbox, memberships, posts, reviews, sanctions, spaces, topics};
use crate::db::types::Moment;
use crate::ids::{AccountId, EventId, PostId, ReviewId, SpaceId, TopicId};
use crate::kinds::{AccountKind, InboxKind, PostState, SpaceRole, Visibility};
use crate::refusal::{Refusal, Result};

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
    pub words: String,
    pub at: Moment,
    pub new: bool,
}

type Row = (
    (InboxKind, Option<AccountId>, String, Moment),
    (Option<SpaceId>, Option<TopicId>, Option<PostId>, Option<ReviewId>),
    (Option<String>, Option<String>, Option<String>),
    (Option<PostState>, Option<PostState>),
    (Option<String>, Option<Moment>),
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
            (inbox::kind, inbox::actor_id, inbox::words, inbox::created_at),
            (inbox::space_id, inbox::topic_id, inbox::post_id, inbox::review_id),
            (
                accounts::display_name.nullable(),
                spaces::name.nullable(),
                topics::title.nullable(),
            ),
            (topics::state.nullable(), posts::state.nullable()),
            (reviews::decision.nullable(), reviews::undone_at.nullable()),
            (topics::author_id.nullable(), posts::author_id.nullable()),
        ))
        .limit(31)
        .offset((page.max(1) - 1) * 30)
        .load(cx.conn())?;
    let more = rows.len() > 30;
    rows.truncate(30);
    let lines = rows
        .into_iter()
        .filter(|row| still_concerns(&person, row.0.0, row.1.0))
        // Who flagged one's own post is not for oneself, whatever role one has.
        .filter(|row| row.0.0 != InboxKind::Report || row.5.1 != Some(me))
        .filter(|row| {
            // Others' words that were taken away concern nobody any more; what was decided about
            // my own does.
            let (topic, post) = row.3;
            let own = matches!(row.0.0, InboxKind::Decided | InboxKind::FlagEnded);
            own || (topic.is_none_or(|state| state == PostState::Published)
                && post.is_none_or(|state| state == PostState::Published))
        })
        .map(|row| {
            let ((kind, _, words, at), (space, topic, post, review), (actor, space_name, title), states, decided, of) =
                row;
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
            Line {
                kind,
                actor,
                space: space.zip(space_name),
                topic: topic.zip(title),
                post,
                review,
                decided: decided.0.map(|act| (act, decided.1.is_some())),
                words,
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
    let rows: Vec<(InboxKind, Option<SpaceId>)> = inbox::table
        .left_join(topics::table.on(topics::id.nullable().eq(inbox::topic_id)))
        .filter(inbox::account_id.eq(me))
        .filter(inbox::created_at.gt(seen_at))
        .filter(
            inbox::topic_id
                .is_null()
                .or(topics::space_id.nullable().eq_any(readable).assume_not_null()),
        )
        .select((inbox::kind, inbox::space_id))
        .limit(100)
        .load(cx.conn())?;
    let count = rows
        .iter()
        .filter(|(kind, space)| still_concerns(&person, *kind, *space))
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

type Happened = (
    (String, Option<AccountId>, Moment, String),
    (Option<SpaceId>, Option<TopicId>, Option<PostId>),
    (Option<AccountId>, Option<PostId>),
);

/// Tells the people whom an event concerns. Done twice, it tells once.
pub(crate) fn deliver(tx: &mut Tx<'_>, event: EventId) -> Result<()> {
    let row: Option<Happened> = events::table
        .find(event)
        .select((
            (events::verb, events::actor_id, events::at, events::particulars),
            (events::space_id, events::topic_id, events::post_id),
            (events::about_id, events::parent_id),
        ))
        .first(tx.conn())
        .optional()?;
    let Some(((verb, actor, at, particulars), (space, topic, post), (about, _))) = row else {
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
    let entry = particulars["entry"].as_i64();
    let told: Vec<(AccountId, InboxKind)> = match verb.as_str() {
        "review_decided" => of_a_decision(tx, review, about)?,
        "review_undone" => about.map(|who| (who, InboxKind::Decided)).into_iter().collect(),
        "replied" => about.map(|who| (who, InboxKind::Reply)).into_iter().collect(),
        "mentioned" => about.map(|who| (who, InboxKind::Mention)).into_iter().collect(),
        "answer_marked" => about.map(|who| (who, InboxKind::Answer)).into_iter().collect(),
        "join_refused" => about.map(|who| (who, InboxKind::JoinRefused)).into_iter().collect(),
        "joined" => about.map(|who| (who, InboxKind::Joined)).into_iter().collect(),
        "role_given" => about.map(|who| (who, InboxKind::Role)).into_iter().collect(),
        "post_reported" => with_role(tx, space, true)?
            .into_iter()
            .map(|who| (who, InboxKind::Report))
            .collect(),
        "space_entered" => members(tx, space)?
            .into_iter()
            .map(|who| (who, InboxKind::Entered))
            .collect(),
        "join_asked" => with_role(tx, space, false)?
            .into_iter()
            .map(|who| (who, InboxKind::JoinAsked))
            .collect(),
        _ => Vec::new(),
    };
    let words = match review {
        Some(review) => note_of(tx, review)?,
        None => match entry {
            Some(entry) => crate::forum::spaces::entry::reason_of(tx, entry)?,
            None => String::new(),
        },
    };
    // Who acted is shown by name for what members do, and by role alone for what moderators do.
    let shown_actor = match verb.as_str() {
        "replied" | "mentioned" | "answer_marked" | "join_asked" | "post_reported" | "space_entered" => actor,
        _ => None,
    };
    for (who, kind) in told {
        // Whoever moderates is not told who reported their own post.
        if kind == InboxKind::Report && Some(who) == about {
            continue;
        }
        if Some(who) == actor || !may_be_told(tx, who, space, kind)? {
            continue;
        }
        let row = (
            inbox::account_id.eq(who),
            inbox::kind.eq(kind),
            inbox::space_id.eq(space),
            inbox::topic_id.eq(topic),
            inbox::post_id.eq(post),
            inbox::review_id.eq(review),
            inbox::actor_id.eq(shown_actor),
            inbox::words.eq(if kind == InboxKind::FlagEnded {
                ""
            } else {
                words.as_str()
            }),
            inbox::event_id.eq(event.0),
            inbox::created_at.eq(at),
        );
        each_backend!(tx.conn(), c => diesel::insert_into(inbox::table)
            .values(row).on_conflict_do_nothing().execute(c))?;
    }
    Ok(())
}

/// Whom a decision concerns: the one it is about, unless it left everything as it was; and those who
/// flagged, who learn how it ended.
fn of_a_decision(
    tx: &mut Tx<'_>,
    review: Option<ReviewId>,
    about: Option<AccountId>,
) -> Result<Vec<(AccountId, InboxKind)>> {
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
    let kept = decision.as_deref() == Some("keep") && sanctioned == 0;
    Ok(about
        .filter(|_| !kept)
        .map(|who| (who, InboxKind::Decided))
        .into_iter()
        .chain(flaggers.into_iter().map(|who| (who, InboxKind::FlagEnded)))
        .collect())
}

/// The reason that was given, for those who may know it; a flagger only learns that it ended.
fn note_of(tx: &mut Tx<'_>, review: ReviewId) -> Result<String> {
    Ok(reviews::table.find(review).select(reviews::note).first(tx.conn())?)
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

/// Whether somebody may know of this today. A placeholder is never told anything.
fn may_be_told(tx: &mut Tx<'_>, who: AccountId, space: Option<SpaceId>, kind: InboxKind) -> Result<bool> {
    let now = tx.now();
    let Some(person) = viewer::load(tx.conn(), who, now)? else {
        return Ok(false);
    };
    if person.kind == AccountKind::Placeholder {
        return Ok(false);
    }
    let Some(space) = space else { return Ok(true) };
    if !still_concerns(&person, kind, Some(space)) {
        return Ok(false);
    }
    let visibility: Option<Visibility> = spaces::table
        .find(space)
        .select(spaces::visibility)
        .first(tx.conn())
        .optional()?;
    Ok(kind == InboxKind::JoinRefused
        || visibility.is_some_and(|visibility| policy::person_reads(&person, space, visibility)))
}

/// What came with a role goes with it: who reported a post is for those who moderate today.
fn still_concerns(person: &Person, kind: InboxKind, space: Option<SpaceId>) -> bool {
    let role = space.and_then(|space| person.role_in(space));
    match kind {
        InboxKind::Report => role.is_some_and(SpaceRole::moderates),
        InboxKind::JoinAsked => role == Some(SpaceRole::CommunityManager),
        _ => true,
    }
}
