//! Opening reviews: by a member's flag, by a rule, or by a moderator's own act. One target has one open
//! review; further flags join it.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use diesel::prelude::*;

use super::changes::Changes;
use super::find::ReviewRow;
use super::flag_kinds::FlagKind;
use crate::access::{Tx, viewer};
use crate::db::schema::{flags, memberships, readings, review_lines, reviews, spaces};
use crate::db::types::Moment;
use crate::event::Event;
use crate::forum::posts::PostRow;
use crate::forum::spaces::SpaceRow;
use crate::forum::topics::TopicRow;
use crate::ids::{AccountId, PostId, ReviewId, SpaceId, TopicId};
use crate::kinds::{Decision, ForumRole, LineKind, ReviewKind, ReviewSource, SpaceRole};
use crate::refusal::{Refusal, Result};

/// A review that begins.
pub(super) struct New<'a> {
    pub(super) kind: ReviewKind,
    pub(super) source: ReviewSource,
    pub(super) topic: Option<TopicId>,
    pub(super) post: Option<PostId>,
    pub(super) about: Option<AccountId>,
    pub(super) reason: &'a str,
    pub(super) words: &'a str,
    pub(super) appeal_of: Option<ReviewId>,
}

/// Microseconds of lateness that weigh as much as a hundredth of a point: a point is an hour.
pub(super) const HUNDREDTH: i64 = 36_000_000;

/// Hundredths of a point that a kind brings by itself.
pub(super) fn by_kind(kind: ReviewKind) -> i64 {
    match kind {
        ReviewKind::Spam => 400,
        ReviewKind::Held | ReviewKind::Appeal | ReviewKind::Account => 300,
        ReviewKind::Phrase => 200,
        ReviewKind::Flag | ReviewKind::Act => 0,
    }
}

/// Hundredths of a point of one flag: how urgent its kind is, and how often its author was right before. With
/// nothing decided yet that is 1; of a hundred right ones it is close to 1.5, of a hundred wrong ones
/// close to 0.
pub(super) fn by_flag(urgency: i64, upheld: i64, dismissed: i64) -> i64 {
    urgency * 3 * (upheld + 2) / (2 * (upheld + dismissed + 3))
}

/// Hundredths of a point of reach: 25 for each doubling of those who read the topic.
pub(super) fn by_reach(readers: i64) -> i64 {
    25 * i64::from((readers + 1).max(1).ilog2())
}

pub(super) fn readers(tx: &mut crate::access::Cx<'_>, topic: Option<TopicId>) -> Result<i64> {
    match topic {
        None => Ok(0),
        Some(topic) => Ok(readings::table
            .filter(readings::topic_id.eq(topic))
            .count()
            .get_result(tx.conn())?),
    }
}

pub(super) fn line(tx: &mut Tx<'_>, review: ReviewId, kind: LineKind, words: &str) -> Result<()> {
    let actor = tx.viewer().id();
    line_by(tx, review, actor, kind, words)
}

pub(super) fn line_by(
    tx: &mut Tx<'_>,
    review: ReviewId,
    actor: Option<AccountId>,
    kind: LineKind,
    words: &str,
) -> Result<()> {
    let now = tx.now();
    diesel::insert_into(review_lines::table)
        .values((
            review_lines::review_id.eq(review),
            review_lines::at.eq(now),
            review_lines::actor_id.eq(actor),
            review_lines::kind.eq(kind),
            review_lines::words.eq(words),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn open(tx: &mut Tx<'_>, space: SpaceId, hours: i64, new: &New<'_>) -> Result<ReviewId> {
    // What a rule brings is nobody's accusation.
    let by = match new.source {
        ReviewSource::Rule => None,
        // Also by a link, when whoever appeals cannot sign in.
        ReviewSource::Author => new.about,
        _ => tx.viewer().id(),
    };
    let now = tx.now();
    let due = now.plus_seconds(hours * 3600);
    let reach = by_reach(readers(tx, new.topic)?);
    let weight = by_kind(new.kind) + reach;
    let id: ReviewId = diesel::insert_into(reviews::table)
        .values((
            (
                reviews::space_id.eq(space),
                reviews::kind.eq(new.kind),
                reviews::source.eq(new.source),
                reviews::topic_id.eq(new.topic),
                reviews::post_id.eq(new.post),
                reviews::about_id.eq(new.about),
                reviews::opened_by.eq(by),
                reviews::reason.eq(new.reason),
                reviews::words.eq(new.words),
            ),
            (
                reviews::opened_at.eq(now),
                reviews::due_at.eq(due),
                reviews::weight.eq(weight),
                reviews::reach.eq(reach),
                reviews::rank.eq(weight * HUNDREDTH - due.0),
                reviews::appeal_of.eq(new.appeal_of),
            ),
        ))
        .returning(reviews::id)
        .get_result(tx.conn())?;
    line_by(tx, id, by, LineKind::Opened, "")?;
    // What is about the only moderator is before the admins.
    if new.kind != ReviewKind::Act && !anybody_else(tx, space, &[new.about])? {
        escalate(tx, id)?;
    }
    Ok(id)
}

pub(super) fn escalate(tx: &mut Tx<'_>, id: ReviewId) -> Result<()> {
    let now = tx.now();
    diesel::update(reviews::table.find(id))
        .set(reviews::escalated_at.eq(Some(now)))
        .execute(tx.conn())?;
    Ok(())
}

/// The open review of a post, or of a topic as a whole.
pub(super) fn present(tx: &mut Tx<'_>, topic: TopicId, post: Option<PostId>) -> Result<Option<ReviewRow>> {
    let open = reviews::table
        .filter(reviews::decided_at.is_null())
        .filter(reviews::kind.ne(ReviewKind::Appeal))
        .filter(reviews::topic_id.eq(topic))
        .select(ReviewRow::as_select());
    Ok(match post {
        Some(post) => open.filter(reviews::post_id.eq(post)).first(tx.conn()).optional()?,
        None => open.filter(reviews::post_id.is_null()).first(tx.conn()).optional()?,
    })
}

/// Flags a post: opens its review, or joins the one that is open. The same person's second flag on the
/// same review changes nothing. Whoever calls holds the topic.
pub(crate) fn flag(
    tx: &mut Tx<'_>,
    space: &SpaceRow,
    topic: &TopicRow,
    post: &PostRow,
    kind: &FlagKind,
    words: &str,
) -> Result<bool> {
    let reason = kind.word.as_str();
    let (now, me) = (tx.now(), tx.me()?.id);
    let review = match present(tx, topic.id, Some(post.id))? {
        Some(review) => review.id,
        None => open(
            tx,
            space.id,
            space.review_hours,
            &New {
                kind: ReviewKind::Flag,
                source: ReviewSource::Member,
                topic: Some(topic.id),
                post: Some(post.id),
                about: Some(post.author_id),
                reason,
                words: "",
                appeal_of: None,
            },
        )?,
    };
    let known: i64 = flags::table
        .filter(flags::review_id.eq(review))
        .filter(flags::account_id.eq(me))
        .count()
        .get_result(tx.conn())?;
    if known > 0 {
        return Ok(false);
    }
    let (upheld, dismissed) = accuracy(tx, &[me])?.remove(&me).unwrap_or_default();
    diesel::insert_into(flags::table)
        .values((
            flags::review_id.eq(review),
            flags::account_id.eq(me),
            flags::reason.eq(reason),
            flags::words.eq(words),
            flags::flagged_at.eq(now),
        ))
        .execute(tx.conn())?;
    let more = by_flag(kind.urgency(), upheld, dismissed);
    diesel::update(reviews::table.find(review))
        .set((
            reviews::weight.eq(reviews::weight + more),
            reviews::rank.eq(reviews::rank + more * HUNDREDTH),
            reviews::version.eq(reviews::version + 1),
        ))
        .execute(tx.conn())?;
    line(tx, review, LineKind::Flagged, reason)?;
    // Whoever flags is no judge of it, and may have been the only one.
    bring_before_somebody(tx, &[review])?;
    Ok(true)
}

/// Brings open reviews before the admins of which nobody who moderates their space may decide: whom it is
/// about, who flagged, who decided what is appealed against.
pub(super) fn bring_before_somebody(tx: &mut Tx<'_>, ids: &[ReviewId]) -> Result<()> {
    type Row = (ReviewId, SpaceId, Option<AccountId>, Option<ReviewId>);
    let asked: Vec<Row> = reviews::table
        .filter(reviews::id.eq_any(ids.to_vec()))
        .filter(reviews::decided_at.is_null())
        .filter(reviews::escalated_at.is_null())
        .select((reviews::id, reviews::space_id, reviews::about_id, reviews::appeal_of))
        .load(tx.conn())?;
    let flagged: Vec<(ReviewId, AccountId)> = flags::table
        .filter(flags::review_id.eq_any(ids.to_vec()))
        .select((flags::review_id, flags::account_id))
        .load(tx.conn())?;
    let first: Vec<ReviewId> = asked.iter().filter_map(|row| row.3).collect();
    let decided: Vec<(ReviewId, Option<AccountId>)> = reviews::table
        .filter(reviews::id.eq_any(first))
        .select((reviews::id, reviews::decided_by))
        .load(tx.conn())?;
    let mut deciders: BTreeMap<SpaceId, Vec<AccountId>> = BTreeMap::new();
    for (id, space, about, appeal_of) in asked {
        if let Entry::Vacant(place) = deciders.entry(space) {
            place.insert(who_moderates(tx, space)?);
        }
        let left = deciders[&space].iter().any(|who| {
            Some(*who) != about
                && !flagged.contains(&(id, *who))
                && !decided
                    .iter()
                    .any(|(of, by)| appeal_of == Some(*of) && *by == Some(*who))
        });
        if !left {
            escalate(tx, id)?;
        }
    }
    Ok(())
}

/// The same for everything open in a topic, which may have come to another space.
pub(crate) fn bring_what_nobody_decides(tx: &mut Tx<'_>, topic: TopicId) -> Result<()> {
    let open: Vec<ReviewId> = reviews::table
        .filter(reviews::topic_id.eq(topic))
        .filter(reviews::decided_at.is_null())
        .select(reviews::id)
        .load(tx.conn())?;
    bring_before_somebody(tx, &open)
}

/// What is judged says something else now: a decision made on an older page is none.
pub(crate) fn changed_under(tx: &mut Tx<'_>, topic: TopicId, post: PostId) -> Result<()> {
    if let Some(review) = present(tx, topic, Some(post))? {
        diesel::update(reviews::table.find(review.id))
            .set(reviews::version.eq(reviews::version + 1))
            .execute(tx.conn())?;
        line(tx, review.id, LineKind::Changed, "")?;
    }
    Ok(())
}

/// Whether the viewer flagged what a review is about.
pub(super) fn is_my_flag(tx: &mut Tx<'_>, review: ReviewId) -> Result<bool> {
    let me = tx.me()?.id;
    let flagged: i64 = flags::table
        .filter(flags::review_id.eq(review))
        .filter(flags::account_id.eq(me))
        .count()
        .get_result(tx.conn())?;
    Ok(flagged > 0)
}

/// How many flags of each of these people were found right, and how many wrong.
pub(super) fn accuracy(
    cx: &mut crate::access::Cx<'_>,
    people: &[AccountId],
) -> Result<std::collections::HashMap<AccountId, (i64, i64)>> {
    let rows: Vec<(AccountId, Option<bool>, i64)> = flags::table
        .filter(flags::account_id.eq_any(people.to_vec()))
        .filter(flags::upheld.is_not_null())
        .group_by((flags::account_id, flags::upheld))
        .select((flags::account_id, flags::upheld, diesel::dsl::count_star()))
        .load(cx.conn())?;
    let mut all = std::collections::HashMap::new();
    for (who, upheld, count) in rows {
        let entry: &mut (i64, i64) = all.entry(who).or_default();
        if upheld == Some(true) {
            entry.0 += count;
        } else {
            entry.1 += count;
        }
    }
    Ok(all)
}

/// Records a direct act of a moderator: it decides the open review of its target, or is one of its own
/// that is decided already.
pub(crate) fn log_act(
    tx: &mut Tx<'_>,
    topic: &TopicRow,
    post: Option<&PostRow>,
    act_word: &str,
    reason: &str,
    changes: &Changes,
) -> Result<()> {
    act(
        tx,
        topic.space_id,
        topic.id,
        post.map(|post| post.id),
        post.map_or(topic.author_id, |post| post.author_id),
        (act_word, reason, changes),
    )
}

/// The same for what stands somewhere else since: its space, topic, post, and whom it is about.
pub(crate) fn log_act_on(
    tx: &mut Tx<'_>,
    (space, topic, post, about): (SpaceId, TopicId, Option<PostId>, AccountId),
    act_word: &str,
    reason: &str,
    changes: &Changes,
) -> Result<()> {
    act(tx, space, topic, post, about, (act_word, reason, changes))
}

/// Brings somebody who asked for an account before the moderators of the space where they asked.
pub(crate) fn open_application(tx: &mut Tx<'_>, space: &SpaceRow, account: AccountId, words: &str) -> Result<()> {
    open(
        tx,
        space.id,
        space.review_hours,
        &New {
            kind: ReviewKind::Account,
            source: ReviewSource::Rule,
            topic: None,
            post: None,
            about: Some(account),
            reason: "application",
            words,
            appeal_of: None,
        },
    )?;
    Ok(())
}

/// What somebody said who asked for an account, forgotten: they were refused.
pub(crate) fn forget_words(tx: &mut Tx<'_>, about: AccountId) -> Result<()> {
    diesel::update(
        reviews::table
            .filter(reviews::about_id.eq(about))
            .filter(reviews::kind.eq(ReviewKind::Account)),
    )
    .set(reviews::words.eq(""))
    .execute(tx.conn())?;
    Ok(())
}

/// The review of an act that is about a space and no topic of it.
fn act_on_space(tx: &mut Tx<'_>, space: &SpaceRow, about: Option<AccountId>, act: &str) -> Result<ReviewId> {
    open(
        tx,
        space.id,
        space.review_hours,
        &New {
            kind: ReviewKind::Act,
            source: ReviewSource::Moderator,
            topic: None,
            post: None,
            about,
            reason: act,
            words: "",
            appeal_of: None,
        },
    )
}

/// Writes in the log of a space that somebody was taken off the list of its members, and tells them.
pub(crate) fn log_member_out(tx: &mut Tx<'_>, space: &SpaceRow, about: AccountId) -> Result<()> {
    let review = act_on_space(tx, space, Some(about), "member_out")?;
    let (rule, reason) = tx.grounds();
    close(tx, review, "member_out", &rule, &reason, &Changes::default())?;
    tx.record(&Event::ReviewDecided {
        space: space.id,
        topic: None,
        post: None,
        review,
        about: Some(about),
        decision: "member_out",
        by_act: true,
    })?;
    Ok(())
}

/// Writes in the log of a space that somebody entered it who does not belong to it.
pub(crate) fn log_entry(tx: &mut Tx<'_>, space: &SpaceRow, reason: &str) -> Result<()> {
    let review = act_on_space(tx, space, None, "enter")?;
    close(tx, review, "enter", "", reason, &Changes::default())
}

/// A review that was brought before the admins in one space is not before them in another: its
/// moderators have not asked. An appeal is, because nobody else may be left to decide it.
pub(crate) fn forget_escalation(tx: &mut Tx<'_>, to: SpaceId, of: &[ReviewId]) -> Result<()> {
    diesel::update(
        reviews::table
            .filter(reviews::id.eq_any(of.to_vec()))
            .filter(reviews::space_id.ne(to))
            .filter(reviews::kind.ne(ReviewKind::Appeal)),
    )
    .set(reviews::escalated_at.eq(None::<Moment>))
    .execute(tx.conn())?;
    Ok(())
}

fn act(
    tx: &mut Tx<'_>,
    space: SpaceId,
    topic: TopicId,
    post: Option<PostId>,
    about: AccountId,
    (act, reason, changes): (&str, &str, &Changes),
) -> Result<()> {
    // Only what takes the post away answers what was asked about it.
    let answered = tx.answered();
    if let Some(review) = answered {
        answers(tx, review, topic, post)?;
    }
    let open_one = match (answered, act) {
        (Some(review), _) => Some(review),
        (None, "remove") => match present(tx, topic, post)? {
            // Nobody finds their own flag right.
            Some(review) if !is_my_flag(tx, review.id)? => Some(review.id),
            _ => None,
        },
        (None, _) => None,
    };
    let review = match open_one {
        // Nobody decides about themselves: what one does to one's own post leaves its review open.
        Some(review) if answered.is_some() || Some(about) != tx.viewer().id() => review,
        _ => {
            let hours: i64 = spaces::table
                .find(space)
                .select(spaces::review_hours)
                .first(tx.conn())?;
            open(
                tx,
                space,
                hours,
                &New {
                    kind: ReviewKind::Act,
                    source: ReviewSource::Moderator,
                    topic: Some(topic),
                    post,
                    about: Some(about),
                    reason: act,
                    words: "",
                    appeal_of: None,
                },
            )?
        }
    };
    let (rule, given) = tx.grounds();
    let reason = if reason.is_empty() { given.as_str() } else { reason };
    close(tx, review, act, &rule, reason, changes)?;
    if Some(about) != tx.viewer().id() {
        tx.record(&Event::ReviewDecided {
            space,
            topic: Some(topic),
            post,
            review,
            about: Some(about),
            decision: act_event(act),
            by_act: true,
        })?;
    }
    Ok(())
}

/// An act answers only a review about the very thing it was done to.
fn answers(tx: &mut Tx<'_>, review: ReviewId, topic: TopicId, post: Option<PostId>) -> Result<()> {
    let row: ReviewRow = reviews::table
        .find(review)
        .select(ReviewRow::as_select())
        .first(tx.conn())?;
    let same = match post {
        Some(post) => row.post_id == Some(post),
        None => row.topic_id == Some(topic),
    };
    if !same || matches!(row.kind, ReviewKind::Appeal | ReviewKind::Account | ReviewKind::Act) {
        return Err(Refusal::Conflict);
    }
    Ok(())
}

/// The act as the event's word, which lives as long as the program.
fn act_event(act: &str) -> &'static str {
    match act {
        "remove" => "remove",
        "restore" => "restore",
        "edit" => "edit",
        "close" => "close",
        "reopen" => "reopen",
        "move" => "move",
        "slow" => "slow",
        "let_go" => "let_go",
        "split" => "split",
        "merge" => "merge",
        "retitle" => "retitle",
        "pin" => "pin",
        "unpin" => "unpin",
        "answer" => "answer",
        "hold_topic" => "hold_topic",
        "unhold_topic" => "unhold_topic",
        "retag" => "retag",
        "unanswer" => "unanswer",
        "member_out" => "member_out",
        "poll_end" => "poll_end",
        "poll_out" => "poll_out",
        _ => "reparent",
    }
}

/// Those who moderate a space today.
fn who_moderates(tx: &mut Tx<'_>, space: SpaceId) -> Result<Vec<AccountId>> {
    let candidates: Vec<AccountId> = memberships::table
        .filter(memberships::space_id.eq(space))
        .filter(memberships::role.eq_any([SpaceRole::Moderator, SpaceRole::CommunityManager]))
        .select(memberships::account_id)
        .load(tx.conn())?;
    let now = tx.now();
    let mut all = Vec::with_capacity(candidates.len());
    for who in candidates {
        let person = viewer::load(tx.conn(), who, now)?;
        if person.is_some_and(|person| person.role_in(space).is_some_and(SpaceRole::moderates)) {
            all.push(who);
        }
    }
    Ok(all)
}

/// Whether anybody could decide such a review without the admins: somebody who moderates the space
/// today, is not the one it is about, and did not decide before.
pub(super) fn anybody_else(tx: &mut Tx<'_>, space: SpaceId, but: &[Option<AccountId>]) -> Result<bool> {
    Ok(who_moderates(tx, space)?
        .into_iter()
        .any(|who| !but.contains(&Some(who))))
}

/// The flags behind a review were right, whatever is left to decide.
pub(super) fn uphold_flags(tx: &mut Tx<'_>, review: ReviewId) -> Result<()> {
    diesel::update(flags::table.filter(flags::review_id.eq(review)))
        .set(flags::upheld.eq(Some(true)))
        .execute(tx.conn())?;
    Ok(())
}

/// Marks a review as decided by the viewer, and the flags behind it as right or wrong.
pub(super) fn close(
    tx: &mut Tx<'_>,
    review: ReviewId,
    decision: &str,
    rule: &str,
    note: &str,
    changes: &Changes,
) -> Result<()> {
    let now = tx.now();
    let me = tx.me()?.clone();
    let space: SpaceId = reviews::table.find(review).select(reviews::space_id).first(tx.conn())?;
    let role = match me.role_in(space) {
        Some(role) => role.word(),
        None if me.forum_role == ForumRole::CommunityManager => "forum_manager",
        None => "admin",
    };
    let closed = diesel::update(reviews::table.find(review).filter(reviews::decided_at.is_null()))
        .set((
            reviews::decided_at.eq(Some(now)),
            reviews::decided_by.eq(Some(me.id)),
            reviews::decided_role.eq(Some(role)),
            reviews::decision.eq(Some(decision)),
            reviews::rule.eq(rule),
            reviews::note.eq(note),
            reviews::changes.eq(changes.text()?),
            reviews::claimed_by.eq(None::<AccountId>),
            reviews::claimed_at.eq(None::<Moment>),
            reviews::version.eq(reviews::version + 1),
        ))
        .execute(tx.conn())?;
    if closed == 0 {
        return Err(Refusal::Conflict);
    }
    let upheld = Decision::from_word(decision).is_none_or(Decision::upholds_flags);
    diesel::update(flags::table.filter(flags::review_id.eq(review)))
        .set(flags::upheld.eq(Some(upheld)))
        .execute(tx.conn())?;
    line(tx, review, LineKind::Decided, decision)
}
