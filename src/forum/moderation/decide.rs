//! Deciding a review: what happens to the post or topic, what it means for its author, by which rule
//! and why; and telling everybody whom it concerns.

use diesel::prelude::*;

use super::changes::Changes;
use super::find::{InReview, take};
use super::open::{close, is_my_flag, line, present, uphold_flags};
use super::sanctions::{self, Given};
use super::undo;
use crate::access::{May, Tx, Verb, deed};
use crate::db::schema::{posts, reviews, topics};
use crate::event::Event;
use crate::forum::boards;
use crate::forum::letters::about_reviews;
use crate::forum::people::{self, apply};
use crate::forum::posts::{self as forum_posts, PostRow, Standing};
use crate::forum::topics::{self as forum_topics, TopicRow};
use crate::ids::{AccountId, BoardId, PostId, ReviewId, SpaceId};
use crate::kinds::{Decision, ForumRole, LineKind, PostState, ReviewKind, SanctionKind, SpaceRole};
use crate::refusal::{Problems, Reason, Refusal, Result};

/// What a moderator decided, as the form has it.
#[derive(Debug, Clone)]
pub struct Decided {
    pub decision: Decision,
    pub sanction: Option<Given>,
    /// The rule of the guidelines, in words.
    pub rule: String,
    /// What the author is told.
    pub reason: String,
    /// Where a topic moves.
    pub board: Option<BoardId>,
    /// What the post says from now on, and the version of the post that was changed into it.
    pub text: Option<(String, i64)>,
    /// Minutes between two posts of a person in a slow topic; zero ends it.
    pub minutes: i64,
}

/// What a post that is judged is to its topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stands {
    /// It began the topic.
    pub first: bool,
    /// The topic is closed.
    pub closed: bool,
}

/// The decisions that a review allows.
pub fn choices(kind: ReviewKind, state: Option<PostState>, stands: Stands) -> Vec<Decision> {
    if kind == ReviewKind::Appeal {
        return vec![Decision::Overturn, Decision::Uphold];
    }
    if kind == ReviewKind::Account {
        return vec![Decision::Approve, Decision::Refuse];
    }
    match state {
        Some(PostState::Held) => vec![Decision::Approve, Decision::Edit, Decision::Remove, Decision::Spam],
        Some(PostState::Published) => {
            let mut all = vec![Decision::Keep, Decision::Edit, Decision::Hide, Decision::Remove];
            // Who answers in a closed topic is nobody.
            if !stands.closed {
                all.push(Decision::Slow);
            }
            if stands.first {
                all.push(Decision::Move);
            }
            if !stands.closed {
                all.push(Decision::Close);
            }
            all.push(Decision::Spam);
            all
        }
        // Its author took it away, and could put it back.
        Some(PostState::RemovedByAuthor) => vec![Decision::Keep, Decision::Remove, Decision::Spam],
        // Gone meanwhile: there is nothing left to do but to say so.
        _ => vec![Decision::Keep],
    }
}

/// Decides. `seen` is the version of the review on the page from which the decision came: when anything
/// happened to it since, nothing is done and the answer is [`Refusal::Conflict`].
pub fn decide(
    tx: &mut Tx<'_>,
    id: ReviewId,
    seen: i64,
    what: &Decided,
    limits: &crate::config::Limits,
    site: &str,
) -> Result<()> {
    let review = take(tx, id, seen)?;
    if review.review.decided_at.is_some() {
        return Err(Refusal::Conflict);
    }
    let review: May<deed::DecideReview, InReview> = review.may()?;
    let row = &review.review;
    let post: Option<(PostRow, TopicRow)> = match row.post_id {
        None => None,
        Some(post) => posts::table
            .inner_join(topics::table)
            .filter(posts::id.eq(post))
            .select((PostRow::as_select(), TopicRow::as_select()))
            .first(tx.conn())
            .optional()?,
    };
    let stands = Stands {
        first: post
            .as_ref()
            .is_some_and(|(post, topic)| topic.first_post_id == Some(post.id)),
        closed: post.as_ref().is_some_and(|(_, topic)| topic.closed_at.is_some()),
    };
    check(
        what,
        &choices(row.kind, post.as_ref().map(|(post, _)| post.state), stands),
    )?;
    may_sanction(tx, row.space_id, what.sanction)?;
    let mut changes = Changes::default();
    match what.decision {
        Decision::Keep | Decision::Uphold => {}
        Decision::Overturn => {
            let first = row.appeal_of.ok_or(Refusal::NotFound)?;
            let earlier = undo::of(tx, first)?;
            let undone: Option<crate::db::types::Moment> =
                reviews::table.find(first).select(reviews::undone_at).first(tx.conn())?;
            // Somebody may have put it back meanwhile: then there is nothing left but to say so.
            if undone.is_none() && !undo::is_back(tx, &earlier)? {
                let left = undo::still_stands(tx, earlier)?;
                undo::put_back(tx, &left)?;
            }
            line(tx, first, LineKind::Undone, "")?;
            // Whoever flagged what was right to stay was not.
            undo::flags_open(tx, first, Some(false))?;
            let (now, me) = (tx.now(), tx.me()?.id);
            diesel::update(reviews::table.find(first))
                .set((
                    reviews::undone_at.eq(Some(now)),
                    reviews::undone_by.eq(Some(me)),
                    reviews::version.eq(reviews::version + 1),
                ))
                .execute(tx.conn())?;
        }
        Decision::Approve if row.kind == ReviewKind::Account => {
            let about = row.about_id.ok_or(Refusal::NotFound)?;
            apply::let_in(tx, &review.space, about, site)?;
        }
        Decision::Refuse => {
            let about = row.about_id.ok_or(Refusal::NotFound)?;
            apply::refuse(tx, &review.space, about, what.reason.trim(), site)?;
        }
        Decision::Approve => {
            let (post, topic) = post.as_ref().ok_or(Refusal::NotFound)?;
            changes.change_post(tx, post.id, |tx| forum_posts::publish(tx, post, topic))?;
        }
        Decision::Edit => {
            let (post, topic) = post.as_ref().ok_or(Refusal::NotFound)?;
            edit(tx, &mut changes, post, topic, what.text.as_ref(), limits)?;
        }
        Decision::Slow => {
            let (_, topic) = post.as_ref().ok_or(Refusal::NotFound)?;
            forum_topics::check_slow(what.minutes)?;
            // A decision does something; letting a topic go is an act of its own.
            if what.minutes == 0 || what.minutes == topic.slow_minutes {
                return Err(Problems::one("minutes", "problem-slow-minutes"));
            }
            changes.change_topic(tx, topic.id, |tx| forum_topics::set_slow(tx, topic.id, what.minutes))?;
            tx.record(&Event::TopicSlowed {
                at: forum_topics::at(topic),
                minutes: what.minutes,
            })?;
        }
        Decision::Hide => {
            let (post, _) = post.as_ref().ok_or(Refusal::NotFound)?;
            take_away(tx, &mut changes, post, PostState::Hidden, &what.reason)?;
        }
        Decision::Remove => {
            let (post, _) = post.as_ref().ok_or(Refusal::NotFound)?;
            take_away(tx, &mut changes, post, PostState::RemovedByModerator, &what.reason)?;
        }
        Decision::Spam => {
            let (post, _) = post.as_ref().ok_or(Refusal::NotFound)?;
            let others = of_author(tx, row.space_id, post.author_id)?;
            if others.iter().all(|other| other.id != post.id) {
                take_away(tx, &mut changes, post, PostState::RemovedByModerator, &what.reason)?;
            }
            for other in others {
                take_away(tx, &mut changes, &other, PostState::RemovedByModerator, &what.reason)?;
                // What else was asked about these posts is answered with it.
                let asked = present(tx, other.topic_id, Some(other.id))?.filter(|asked| asked.id != id);
                // But nobody finds their own flag right.
                if let Some(asked) = asked
                    && !is_my_flag(tx, asked.id)?
                {
                    let (word, rule, reason) = (what.decision.word(), what.rule.trim(), what.reason.trim());
                    close(tx, asked.id, word, rule, reason, &Changes::default())?;
                    changes.answered.push(asked.id.0);
                    tx.record(&Event::ReviewDecided {
                        space: asked.space_id,
                        topic: asked.topic_id,
                        post: asked.post_id,
                        review: asked.id,
                        about: asked.about_id,
                        decision: word,
                        by_act: false,
                    })?;
                }
            }
        }
        Decision::Close => {
            let (_, topic) = post.as_ref().ok_or(Refusal::NotFound)?;
            let (now, me) = (tx.now(), tx.me()?.id);
            let reason: String = what.reason.chars().take(300).collect();
            changes.change_topic(tx, topic.id, |tx| {
                forum_topics::set_closed(tx, topic.id, Some((now, me)), &reason)
            })?;
            tx.record(&Event::TopicClosed {
                at: forum_topics::at(topic),
            })?;
        }
        Decision::Move => {
            let (_, topic) = post.as_ref().ok_or(Refusal::NotFound)?;
            let board = what.board.ok_or_else(|| Problems::one("board", "problem-choose"))?;
            // Where it goes must be a place that the mover moderates too.
            let target = boards::find(tx, board)?;
            if !target.can(Verb::Moderate) {
                return Err(Refusal::Denied(Reason::ModeratorsOnly));
            }
            if !target.can(Verb::StartTopicAsModerator) {
                return Err(Refusal::Denied(Reason::BoardArchived));
            }
            let (space, board) = (target.space.id, target.board.id);
            changes.change_topic(tx, topic.id, |tx| forum_topics::set_board(tx, topic.id, space, board))?;
            tx.record(&Event::TopicMoved {
                at: crate::event::At {
                    space,
                    board,
                    ..forum_topics::at(topic)
                },
                from_space: topic.space_id,
                from_board: topic.board_id,
            })?;
        }
    }
    if let (Some(given), Some(about)) = (what.sanction, row.about_id) {
        changes
            .sanctions
            .push(sanctions::give(tx, row.space_id, about, given, id)?);
    }
    close(
        tx,
        id,
        what.decision.word(),
        what.rule.trim(),
        what.reason.trim(),
        &changes,
    )?;
    // What is gone meanwhile was rightly flagged.
    let gone = post
        .as_ref()
        .is_some_and(|(post, _)| !matches!(post.state, PostState::Published | PostState::Held));
    if what.decision == Decision::Keep && gone {
        uphold_flags(tx, id)?;
    }
    tx.record(&Event::ReviewDecided {
        space: row.space_id,
        topic: row.topic_id,
        post: row.post_id,
        review: id,
        about: row.about_id,
        decision: what.decision.word(),
        by_act: false,
    })?;
    tell_by_letter(tx, &review, what, site)
}

/// Holds the space of a review first of all, for an act that holds several topics after it.
pub fn hold_space(tx: &mut Tx<'_>, id: ReviewId) -> Result<()> {
    let review = super::find::find(tx, id)?;
    crate::db::dialect::hold(tx.conn(), "spaces", review.space.id.0)?;
    Ok(())
}

/// Takes a review that an act on its post's own pages will answer: a branch split off, a topic merged.
/// Errs like [`decide`] when somebody else was faster.
pub fn answer_by_act(tx: &mut Tx<'_>, id: ReviewId, seen: i64) -> Result<()> {
    let review = take(tx, id, seen)?;
    if review.review.decided_at.is_some() {
        return Err(Refusal::Conflict);
    }
    review.may::<deed::DecideReview>()?;
    tx.answer(id);
    Ok(())
}

fn check(what: &Decided, possible: &[Decision]) -> Result<()> {
    let mut problems = Problems::default();
    if !possible.contains(&what.decision) {
        // The post is not in the state any more that the button was for.
        return Err(Refusal::Conflict);
    }
    let reason = what.reason.trim().chars().count();
    let owed = what.decision.needs_reason() || what.sanction.is_some();
    if owed && reason == 0 {
        problems.add("reason", "problem-reason-empty");
    }
    if reason > 500 {
        problems.add("reason", "problem-too-long");
    }
    if what.rule.trim().chars().count() > 300 {
        problems.add("rule", "problem-too-long");
    }
    problems.check()
}

/// Keeping somebody out of the whole forum is for those who answer for a space or for all of it.
pub fn may_suspend(me: &crate::access::Person, space: SpaceId) -> bool {
    me.role_in(space) == Some(SpaceRole::CommunityManager)
        || matches!(me.forum_role, ForumRole::Admin | ForumRole::CommunityManager)
}

fn may_sanction(tx: &Tx<'_>, space: SpaceId, sanction: Option<Given>) -> Result<()> {
    let suspends = sanction.is_some_and(|given| given.kind == SanctionKind::Suspension);
    if suspends && !may_suspend(tx.me()?, space) {
        return Err(Problems::one("sanction", "problem-sanction-managers"));
    }
    Ok(())
}

/// Puts the moderator's text in place of the author's; what was held is published with it.
fn edit(
    tx: &mut Tx<'_>,
    changes: &mut Changes,
    post: &PostRow,
    topic: &TopicRow,
    text: Option<&(String, i64)>,
    limits: &crate::config::Limits,
) -> Result<()> {
    let (text, version) = text.ok_or_else(|| Problems::one("text", "problem-body-empty"))?;
    let text = text.replace("\r\n", "\n").trim_end().to_owned();
    if text.trim().is_empty() {
        return Err(Problems::one("text", "problem-body-empty"));
    }
    if text.len() > limits.post_bytes {
        return Err(Problems::one("text", "problem-too-long"));
    }
    if text == post.body {
        return Err(Problems::one("text", "problem-text-same"));
    }
    // Its author may have changed it since the page was shown.
    if *version != post.version {
        return Err(Refusal::Conflict);
    }
    changes.texts.push(forum_posts::rewrite(tx, post, &text)?);
    tx.record(&Event::PostEdited {
        at: forum_posts::at(post),
        by_author: false,
    })?;
    if post.state == PostState::Held {
        let edited: PostRow = posts::table
            .find(post.id)
            .select(PostRow::as_select())
            .first(tx.conn())?;
        changes.change_post(tx, post.id, |tx| forum_posts::publish(tx, &edited, topic))?;
    }
    Ok(())
}

fn take_away(tx: &mut Tx<'_>, changes: &mut Changes, post: &PostRow, state: PostState, reason: &str) -> Result<()> {
    let (now, me) = (tx.now(), tx.me()?.id);
    changes.change_post(tx, post.id, |tx| {
        forum_posts::set_state(
            tx,
            post,
            &Standing {
                state,
                at: Some(now),
                by: Some(me),
                reason: reason.trim(),
            },
        )
    })?;
    tx.record(&Event::PostRemoved {
        at: forum_posts::at(post),
        by_author: false,
    })?;
    Ok(())
}

/// More posts than this are not removed at one stroke.
const MANY: i64 = 1_000;

/// Everything that stands or waits of an author in a space.
fn of_author(tx: &mut Tx<'_>, space: SpaceId, author: AccountId) -> Result<Vec<PostRow>> {
    let ids: Vec<(PostId, crate::ids::TopicId)> = posts::table
        .filter(posts::space_id.eq(space))
        .filter(posts::author_id.eq(author))
        .filter(posts::imported.eq(false))
        .filter(posts::state.eq_any([PostState::Published, PostState::Held]))
        .order(posts::topic_id)
        .select((posts::id, posts::topic_id))
        .limit(MANY)
        .load(tx.conn())?;
    for (_, topic) in &ids {
        crate::db::dialect::hold(tx.conn(), "topics", topic.0)?;
    }
    Ok(posts::table
        .filter(posts::id.eq_any(ids.into_iter().map(|(id, _)| id).collect::<Vec<_>>()))
        .filter(posts::state.eq_any([PostState::Published, PostState::Held]))
        .select(PostRow::as_select())
        .load(tx.conn())?)
}

/// The author learns by letter what was decided about them; in the forum a job tells them, and those who
/// flagged.
fn tell_by_letter(tx: &mut Tx<'_>, review: &InReview, what: &Decided, site: &str) -> Result<()> {
    let row = &review.review;
    // Who asked for an account got a letter of its own.
    let silent = row.kind == ReviewKind::Account || matches!(what.decision, Decision::Keep) && what.sanction.is_none();
    let Some(about) = row.about_id.filter(|_| !silent) else {
        return Ok(());
    };
    let suspended = what
        .sanction
        .is_some_and(|given| given.kind == SanctionKind::Suspension);
    let key = match what.sanction {
        Some(given) if suspended => Some(people::appeal_key(tx, about, row.id, given.days)?),
        _ => None,
    };
    let role: Option<String> = reviews::table
        .find(row.id)
        .select(reviews::decided_role)
        .first(tx.conn())?;
    let role = role.unwrap_or_else(|| SpaceRole::Moderator.word().to_owned());
    let by = super::look::decider_of(tx, row.id)?;
    about_reviews::decided(
        tx,
        about,
        &about_reviews::Decided {
            space: &review.space.name,
            decision: what.decision.word(),
            sanction: what.sanction.map(|given| (given.kind, given.days)),
            role: &role,
            by: by.as_deref(),
            rule: what.rule.trim(),
            reason: what.reason.trim(),
            review: row.id,
            key: key.as_deref(),
        },
        site,
    )
}
