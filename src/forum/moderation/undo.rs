//! Undoing decisions for thirty days: everything they changed is put back, the same posts, topics, states and counts.
//! What somebody did since stands in the way, and is named. What was changed is written down in [`super::changes`].

use diesel::prelude::*;

use super::changes::{Change, Changes, PostPlace, TopicPart, place, post, topic};
use super::find::{self, InReview};
use super::open::{HUNDREDTH, New, accuracy, bring_before_somebody, by_flag, line, open, present};
use crate::access::{Cx, May, Tx, Verb, deed};
use crate::db::conn::each_backend;
use crate::db::dialect;
use crate::db::schema::{events, flags, posts, reviews, sanctions, spaces, topics};
use crate::db::types::Moment;
use crate::event::{At, Event};
use crate::forum::polls;
use crate::forum::posts::{self as forum_posts, PostRow, Rewritten};
use crate::forum::topics as forum_topics;
use crate::ids::{AccountId, BoardId, PostId, ReviewId, SpaceId, TopicId};
use crate::kinds::{LineKind, PostState, ReviewKind, ReviewSource};
use crate::refusal::{Reason, Refusal, Result};

/// Days within which a decision can be undone.
pub const UNDO_DAYS: i64 = 30;

/// Whether a decision can be undone now, by its age and by what it changed.
pub fn undoable(review: &find::ReviewRow, now: Moment) -> bool {
    review.undone_at.is_none()
        && review
            .decided_at
            .is_some_and(|at| now < at.plus_seconds(UNDO_DAYS * 86_400))
        && (reopens(review) || Changes::parse(&review.changes).is_ok_and(|changes| !changes.is_empty()))
}

/// Whether what was asked waits again when its decision is undone: what members, rules and phrases brought.
fn reopens(review: &find::ReviewRow) -> bool {
    matches!(review.kind, ReviewKind::Flag | ReviewKind::Phrase)
}

/// Undoes a decision: everything it changed is put back as it was. Errs with [`Refusal::Conflict`] when
/// something it changed has been changed again, or the review since the page with the button.
pub fn undo_decision(tx: &mut Tx<'_>, id: ReviewId, seen: i64) -> Result<()> {
    let review: May<deed::DecideReview, InReview> = find::take(tx, id, seen)?.may()?;
    let row = &review.review;
    if !undoable(row, tx.now()) {
        return Err(Refusal::Denied(Reason::UndoTooLate));
    }
    let changes = Changes::parse(&row.changes)?;
    put_back(tx, &changes)?;
    let (now, me) = (tx.now(), tx.me()?.id);
    diesel::update(reviews::table.find(row.id))
        .set((
            reviews::undone_at.eq(Some(now)),
            reviews::undone_by.eq(Some(me)),
            reviews::version.eq(reviews::version + 1),
        ))
        .execute(tx.conn())?;
    line(tx, row.id, LineKind::Undone, "")?;
    // Whether the flags were right is open again.
    flags_open(tx, row.id, None)?;
    if reopens(row) {
        // Where the post is now that everything is back.
        let now_row: find::ReviewRow = reviews::table
            .find(row.id)
            .select(find::ReviewRow::as_select())
            .first(tx.conn())?;
        ask_again(tx, &now_row, review.space.review_hours)?;
    }
    for answered in &changes.answered {
        reopen_answered(tx, ReviewId(*answered), review.space.review_hours)?;
    }
    tx.record(&Event::ReviewUndone {
        space: row.space_id,
        review: row.id,
        about: row.about_id,
    })?;
    Ok(())
}

/// What was answered along with a decision that is undone is open again with it.
fn reopen_answered(tx: &mut Tx<'_>, id: ReviewId, hours: i64) -> Result<()> {
    let (now, me) = (tx.now(), tx.me()?.id);
    let undone = diesel::update(reviews::table.find(id).filter(reviews::undone_at.is_null()))
        .set((
            reviews::undone_at.eq(Some(now)),
            reviews::undone_by.eq(Some(me)),
            reviews::version.eq(reviews::version + 1),
        ))
        .execute(tx.conn())?;
    if undone == 0 {
        return Ok(());
    }
    line(tx, id, LineKind::Undone, "")?;
    flags_open(tx, id, None)?;
    let row: find::ReviewRow = reviews::table
        .find(id)
        .select(find::ReviewRow::as_select())
        .first(tx.conn())?;
    if reopens(&row) {
        ask_again(tx, &row, hours)?;
    }
    Ok(())
}

/// Whether a decision took something: a sanction always, and what it changed unless it `gives`.
pub(super) fn takes(review: &find::ReviewRow, gives: bool) -> Result<bool> {
    let changes = Changes::parse(&review.changes)?;
    Ok(!changes.sanctions.is_empty() || (!gives && !changes.is_empty()))
}

/// Whether everything stands as it did before a decision, whoever saw to that.
pub(super) fn is_back(tx: &mut Tx<'_>, changes: &Changes) -> Result<bool> {
    for change in &changes.posts {
        if post(tx, PostId(change.id))?.state != change.before.state {
            return Ok(false);
        }
    }
    Ok(changes.topics.is_empty()
        && changes.places.is_empty()
        && changes.sanctions.is_empty()
        && changes.texts.is_empty()
        && changes.polls.is_empty())
}

/// What of a decision's changes nobody has changed since: all that an appeal can still put back.
pub(super) fn still_stands(tx: &mut Tx<'_>, changes: Changes) -> Result<Changes> {
    let mut left = Changes {
        created: changes.created,
        sanctions: changes.sanctions,
        answered: changes.answered,
        ..Changes::default()
    };
    for change in changes.posts {
        if post(tx, PostId(change.id))?.is_still(&change.after) {
            left.posts.push(change);
        }
    }
    for change in changes.topics {
        let now = topic(tx, TopicId(change.id))?;
        if change.taken_back(&now).is_ok() {
            left.topics.push(change);
        }
    }
    for change in changes.polls {
        if polls::part(tx, change.id)? == change.after {
            left.polls.push(change);
        }
    }
    for rewritten in changes.texts {
        if rewritten.stands(tx)? {
            left.texts.push(rewritten);
        }
    }
    // A tree goes back whole or not at all.
    let mut whole = true;
    for change in &changes.places {
        whole &= place(tx, PostId(change.id))? == change.after;
    }
    let moved: Vec<PostId> = changes.places.iter().map(|change| PostId(change.id)).collect();
    let since: i64 = posts::table
        .filter(posts::parent_id.eq_any(moved.clone()))
        .filter(posts::id.ne_all(moved))
        .count()
        .get_result(tx.conn())?;
    if whole && since == 0 {
        left.places = changes.places;
    } else {
        left.created = None;
        left.topics.clear();
    }
    Ok(left)
}

/// What goes back to a place must be let in there by whoever puts it back.
fn may_put_back(tx: &mut Tx<'_>, changes: &Changes) -> Result<()> {
    let moved = changes
        .topics
        .iter()
        .map(|change| (change.before.board, change.after.board));
    let grafted = changes
        .places
        .iter()
        .map(|change| (change.before.board, change.after.board));
    let homes: std::collections::BTreeSet<i64> = moved
        .chain(grafted)
        .filter(|(before, after)| before != after)
        .map(|(before, _)| before)
        .collect();
    for board in homes {
        let home = match crate::forum::boards::find(tx, BoardId(board)) {
            Ok(home) => home,
            Err(Refusal::NotFound) => return Err(Refusal::Denied(Reason::ModeratorsOnly)),
            Err(other) => return Err(other),
        };
        if !(home.can(Verb::Moderate) && home.can(Verb::StartTopicAsModerator)) {
            return Err(Refusal::Denied(Reason::ModeratorsOnly));
        }
    }
    Ok(())
}

/// Figures are counted from the log: what is put back counts again, and what is taken back counts no longer.
fn tell_of_post(tx: &mut Tx<'_>, before: &PostRow, state: PostState) -> Result<()> {
    let away = |state: PostState| matches!(state, PostState::Hidden | PostState::RemovedByModerator);
    let at = forum_posts::at(before);
    match (before.state, state) {
        (was, PostState::Published) if away(was) => tx.record(&Event::PostRestored { at })?,
        (PostState::Published, now) if away(now) => tx.record(&Event::PostRemoved { at, by_author: false })?,
        _ => return Ok(()),
    };
    Ok(())
}

/// How a topic stood before it was put back, as far as the log tells of it.
struct Stood {
    space: SpaceId,
    board: BoardId,
    closed: bool,
    answer: Option<PostId>,
}

impl Stood {
    fn read(tx: &mut Tx<'_>, id: TopicId) -> Result<Self> {
        let (space, board, closed, answer): (SpaceId, BoardId, Option<Moment>, Option<PostId>) = topics::table
            .find(id)
            .select((topics::space_id, topics::board_id, topics::closed_at, topics::answer_id))
            .first(tx.conn())?;
        Ok(Self {
            space,
            board,
            closed: closed.is_some(),
            answer,
        })
    }

    /// Tells the log what is otherwise now.
    fn tell(&self, tx: &mut Tx<'_>, id: TopicId) -> Result<()> {
        let now = Self::read(tx, id)?;
        let first: Option<PostId> = topics::table.find(id).select(topics::first_post_id).first(tx.conn())?;
        let post = |tx: &mut Tx<'_>, id: PostId| -> Result<At> {
            let row: PostRow = posts::table.find(id).select(PostRow::as_select()).first(tx.conn())?;
            Ok(forum_posts::at(&row))
        };
        // A topic without a first post is a branch of another now.
        let Some(first) = first else { return Ok(()) };
        let at = post(tx, first)?;
        if (now.space, now.board) != (self.space, self.board) {
            tx.record(&Event::TopicMoved {
                at,
                from_space: self.space,
                from_board: self.board,
            })?;
        }
        if self.closed && !now.closed {
            tx.record(&Event::TopicReopened { at })?;
        } else if !self.closed && now.closed {
            tx.record(&Event::TopicClosed { at })?;
        }
        if self.answer != now.answer {
            if let Some(answer) = self.answer {
                let at = post(tx, answer)?;
                tx.record(&Event::AnswerUnmarked { at })?;
            }
            if let Some(answer) = now.answer {
                let at = post(tx, answer)?;
                tx.record(&Event::AnswerMarked { at, by_asker: false })?;
            }
        }
        Ok(())
    }
}

/// Puts back what a decision changed.
pub(super) fn put_back(tx: &mut Tx<'_>, changes: &Changes) -> Result<()> {
    may_put_back(tx, changes)?;
    let ids: Vec<PostId> = changes
        .posts
        .iter()
        .map(|change| PostId(change.id))
        .chain(changes.texts.iter().map(Rewritten::post))
        .collect();
    let mut held: Vec<TopicId> = posts::table
        .filter(posts::id.eq_any(ids))
        .select(posts::topic_id)
        .load(tx.conn())?;
    held.sort_unstable();
    held.dedup();
    for topic in held {
        dialect::hold(tx.conn(), "topics", topic.0)?;
    }
    let mut topics_before: Vec<(TopicId, TopicPart, bool, bool)> = Vec::new();
    for change in &changes.topics {
        let now = topic(tx, TopicId(change.id))?;
        let retitled = change.before.title != change.after.title;
        let retagged = change.before.tags != change.after.tags;
        topics_before.push((TopicId(change.id), change.taken_back(&now)?, retitled, retagged));
    }
    for change in &changes.posts {
        if !post(tx, PostId(change.id))?.is_still(&change.after) {
            return Err(Refusal::Conflict);
        }
    }
    for change in &changes.polls {
        if polls::part(tx, change.id)? != change.after {
            return Err(Refusal::Conflict);
        }
        polls::set_part(tx, change.id, &change.before)?;
    }
    regraft(tx, changes)?;
    for rewritten in changes.texts.iter().rev() {
        forum_posts::unwrite(tx, rewritten)?;
    }
    for change in changes.posts.iter().rev() {
        let row: PostRow = posts::table
            .find(PostId(change.id))
            .select(PostRow::as_select())
            .first(tx.conn())?;
        let state = PostState::from_word(&change.before.state)
            .ok_or_else(|| Refusal::broken(format!("no state is called {}", change.before.state)))?;
        if let Some(since) = change
            .before
            .since
            .filter(|_| change.before.since != change.after.since)
        {
            diesel::update(posts::table.find(row.id))
                .set(posts::created_at.eq(Moment(since)))
                .execute(tx.conn())?;
        }
        forum_posts::set_state(
            tx,
            &row,
            &forum_posts::Standing {
                state,
                at: change.before.at.map(Moment),
                by: change.before.by.map(AccountId),
                reason: &change.before.reason,
            },
        )?;
        tell_of_post(tx, &row, state)?;
        if change.before.answer {
            diesel::update(
                topics::table
                    .filter(topics::id.eq(row.topic_id))
                    .filter(topics::answer_id.is_null()),
            )
            .set(topics::answer_id.eq(Some(row.id)))
            .execute(tx.conn())?;
        }
        if state == PostState::Held {
            wait_again(tx, &row)?;
        }
    }
    for (id, before, retitled, retagged) in topics_before.iter().rev() {
        // Whether it is solved, and by what, stands in the index too.
        tx.ask_for(crate::kinds::JobKind::IndexTopic, id.0)?;
        let stood = Stood::read(tx, *id)?;
        let board = stood.board;
        if board != BoardId(before.board) {
            forum_topics::set_board(tx, *id, SpaceId(before.space), BoardId(before.board))?;
        }
        if let Some(title) = before.title.as_ref().filter(|_| *retitled) {
            diesel::update(topics::table.find(*id))
                .set(topics::title.eq(title))
                .execute(tx.conn())?;
        }
        if let Some(tags) = before.tags.as_ref().filter(|_| *retagged) {
            forum_topics::tags::keep(tx, SpaceId(before.space), *id, tags)?;
        }
        if let Some(kind) = before.kind.as_deref().and_then(crate::kinds::TopicKind::from_word) {
            diesel::update(topics::table.find(*id))
                .set(topics::kind.eq(kind))
                .execute(tx.conn())?;
        }
        let held_until = before.held_until.map(Moment);
        super::hold::keep_until(tx, *id, held_until)?;
        diesel::update(topics::table.find(*id))
            .set((
                topics::closed_at.eq(before.closed_at.map(Moment)),
                topics::closed_by.eq(before.closed_by.map(AccountId)),
                topics::closed_reason.eq(&before.closed_reason),
                topics::answer_id.eq(before.answer.map(PostId)),
                topics::slow_minutes.eq(before.slow),
                topics::state.eq(PostState::from_word(&before.state)
                    .ok_or_else(|| Refusal::broken(format!("no state is called {}", before.state)))?),
                topics::first_post_id.eq(before.first.map(PostId)),
                topics::merged_into.eq(before.merged_into.map(TopicId)),
                topics::pinned_at.eq(before.pinned_at.map(Moment)),
                topics::version.eq(topics::version + 1),
            ))
            .execute(tx.conn())?;
        stood.tell(tx, *id)?;
    }
    settle(tx, changes)?;
    let now = tx.now();
    if !changes.sanctions.is_empty() {
        diesel::update(
            sanctions::table
                .filter(sanctions::id.eq_any(changes.sanctions.clone()))
                .filter(sanctions::ended_at.is_null()),
        )
        .set(sanctions::ended_at.eq(Some(now)))
        .execute(tx.conn())?;
        tx.access_moved();
    }
    Ok(())
}

/// What the flags behind a review were found to be.
pub(super) fn flags_open(tx: &mut Tx<'_>, review: ReviewId, upheld: Option<bool>) -> Result<()> {
    diesel::update(flags::table.filter(flags::review_id.eq(review)))
        .set(flags::upheld.eq(upheld))
        .execute(tx.conn())?;
    Ok(())
}

/// Asks again what was asked before its decision was undone, with the same flags. The earlier review
/// stays as it was decided, for the log.
fn ask_again(tx: &mut Tx<'_>, row: &find::ReviewRow, hours: i64) -> Result<()> {
    let (Some(topic), Some(about)) = (row.topic_id, row.about_id) else {
        return Ok(());
    };
    let id = match present(tx, topic, row.post_id)? {
        Some(open) => open.id,
        None => open(
            tx,
            row.space_id,
            hours,
            &New {
                kind: row.kind,
                source: row.source,
                topic: Some(topic),
                post: row.post_id,
                about: Some(about),
                reason: &row.reason,
                words: &row.words,
                appeal_of: None,
            },
        )?,
    };
    type Flag = (AccountId, String, String, Moment);
    let kinds = super::flag_kinds::read(tx.conn())?;
    let flagged: Vec<Flag> = flags::table
        .filter(flags::review_id.eq(row.id))
        .select((flags::account_id, flags::reason, flags::words, flags::flagged_at))
        .load(tx.conn())?;
    let people: Vec<AccountId> = flagged.iter().map(|flag| flag.0).collect();
    let right = accuracy(tx, &people)?;
    let mut weight = 0;
    for (who, reason, words, at) in flagged {
        let urgency = kinds
            .iter()
            .find(|kind| kind.word == reason)
            .map_or(100, super::flag_kinds::FlagKind::urgency);
        let (upheld, dismissed) = right.get(&who).copied().unwrap_or_default();
        let flag = (
            flags::review_id.eq(id),
            flags::account_id.eq(who),
            flags::reason.eq(reason),
            flags::words.eq(words),
            flags::flagged_at.eq(at),
        );
        let new = each_backend!(tx.conn(), c => diesel::insert_into(flags::table)
            .values(flag).on_conflict_do_nothing().execute(c))?;
        if new > 0 {
            weight += by_flag(urgency, upheld, dismissed);
        }
    }
    diesel::update(reviews::table.find(id))
        .set((
            reviews::weight.eq(reviews::weight + weight),
            reviews::rank.eq(reviews::rank + weight * HUNDREDTH),
            reviews::version.eq(reviews::version + 1),
        ))
        .execute(tx.conn())?;
    bring_before_somebody(tx, &[id])
}

/// What waits again must be before somebody again.
fn wait_again(tx: &mut Tx<'_>, post: &PostRow) -> Result<()> {
    if present(tx, post.topic_id, Some(post.id))?.is_some() {
        return Ok(());
    }
    let hours: i64 = spaces::table
        .find(post.space_id)
        .select(spaces::review_hours)
        .first(tx.conn())?;
    open(
        tx,
        post.space_id,
        hours,
        &New {
            kind: ReviewKind::Held,
            source: ReviewSource::Rule,
            topic: Some(post.topic_id),
            post: Some(post.id),
            about: Some(post.author_id),
            reason: "again",
            words: "",
            appeal_of: None,
        },
    )?;
    Ok(())
}

/// The topics whose trees a decision changed, each once.
fn trees(changes: &Changes) -> std::collections::BTreeSet<i64> {
    changes
        .places
        .iter()
        .flat_map(|change| [change.before.topic, change.after.topic])
        .collect()
}

/// Puts branches back where they stood, with what hangs on them.
fn regraft(tx: &mut Tx<'_>, changes: &Changes) -> Result<()> {
    for topic in trees(changes) {
        dialect::hold(tx.conn(), "topics", topic)?;
    }
    let moved: Vec<PostId> = changes.places.iter().map(|change| PostId(change.id)).collect();
    for change in &changes.places {
        if place(tx, PostId(change.id))? != change.after {
            return Err(Refusal::Conflict);
        }
    }
    // Whoever has answered below since would lose the post they answered.
    let since: i64 = posts::table
        .filter(posts::parent_id.eq_any(moved.clone()))
        .filter(posts::id.ne_all(moved))
        .count()
        .get_result(tx.conn())?;
    if since > 0 {
        return Err(Refusal::Conflict);
    }
    // By way of numbers that nobody has: no two posts of a topic share one, not even on the way.
    for change in &changes.places {
        diesel::update(posts::table.find(PostId(change.id)))
            .set(posts::number.eq(-change.id))
            .execute(tx.conn())?;
    }
    let mut homes: std::collections::BTreeMap<(i64, i64, i64), Vec<&Change<PostPlace>>> =
        std::collections::BTreeMap::new();
    for change in &changes.places {
        forum_topics::set_place(tx, PostId(change.id), &change.before)?;
        if change.before.topic != change.after.topic {
            homes
                .entry((change.after.topic, change.before.topic, change.before.space))
                .or_default()
                .push(change);
        }
    }
    for ((from, to, space), changes) in homes {
        let numbers: Vec<(i64, i64)> = changes
            .iter()
            .map(|change| (change.after.number, change.before.number))
            .collect();
        crate::forum::reading::carry(tx, TopicId(from), TopicId(to), &numbers)?;
        let ids: Vec<PostId> = changes.iter().map(|change| PostId(change.id)).collect();
        forum_topics::follow_posts(tx, TopicId(to), SpaceId(space), &ids)?;
    }
    Ok(())
}

/// Counts anew what branches left and came back to, and takes away a topic that a split made.
fn settle(tx: &mut Tx<'_>, changes: &Changes) -> Result<()> {
    for topic in trees(changes) {
        if changes.created != Some(topic) {
            forum_topics::settle(tx, TopicId(topic))?;
        }
    }
    if let Some(created) = changes.created {
        let home = changes.places.first().map_or(created, |change| change.before.topic);
        forum_topics::unmake(tx, TopicId(created), TopicId(home))?;
    }
    Ok(())
}

/// The changes of an earlier decision, for an appeal that overturns it.
pub(super) fn of(tx: &mut Tx<'_>, review: ReviewId) -> Result<Changes> {
    let text: String = reviews::table.find(review).select(reviews::changes).first(tx.conn())?;
    Changes::parse(&text)
}

/// Something that was done since, and that an undo would have to undo first.
#[derive(Debug, Clone)]
pub struct Newer {
    /// A decision's or an act's word; `reply` for an answer below a branch that went, `edit` for a text
    /// that its author changed.
    pub act: String,
    pub at: Moment,
    pub review: Option<ReviewId>,
    pub post: Option<PostId>,
}

/// What an author does to their own topic, as events, and as the act that a page calls it.
const OWN_DEEDS: [(&str, &str); 4] = [
    ("topic_changed", "retitle"),
    ("answer_marked", "answer"),
    ("answer_unmarked", "unanswer"),
    ("post_removed", "remove"),
];

/// What stands in the way of undoing a decision, the oldest first, at most twenty: newer decisions and acts
/// about the same posts and topics, answers below what was moved, and edits of what was edited.
pub fn in_the_way(cx: &mut Cx<'_>, review: &find::Review) -> Result<Vec<Newer>> {
    let row = &review.review;
    let Some(since) = row.decided_at else {
        return Ok(Vec::new());
    };
    let changes = Changes::parse(&row.changes)?;
    let moved: Vec<PostId> = changes.places.iter().map(|change| PostId(change.id)).collect();
    let edited: Vec<PostId> = changes.texts.iter().map(Rewritten::post).collect();
    let all_posts: Vec<PostId> = changes
        .posts
        .iter()
        .map(|change| PostId(change.id))
        .chain(moved.iter().copied())
        .chain(edited.iter().copied())
        .collect();
    let mut all_topics: Vec<TopicId> = changes.topics.iter().map(|change| TopicId(change.id)).collect();
    all_topics.extend(trees(&changes).into_iter().map(TopicId));
    // What was done to where a post is now was done to it.
    let now_in: Vec<TopicId> = posts::table
        .filter(posts::id.eq_any(all_posts.clone()))
        .select(posts::topic_id)
        .distinct()
        .load(cx.conn())?;
    all_topics.extend(now_in);
    type Act = (ReviewId, Option<String>, Option<Moment>, Option<PostId>);
    let acts: Vec<Act> = reviews::table
        .filter(reviews::space_id.eq(row.space_id))
        .filter(reviews::id.ne(row.id))
        .filter(reviews::decided_at.gt(since))
        .filter(reviews::undone_at.is_null())
        .filter(reviews::changes.ne(""))
        .filter(
            reviews::post_id
                .eq_any(all_posts)
                .or(reviews::topic_id.eq_any(all_topics.clone()))
                .assume_not_null(),
        )
        .order(reviews::decided_at)
        .select((reviews::id, reviews::decision, reviews::decided_at, reviews::post_id))
        .limit(20)
        .load(cx.conn())?;
    let mut newer: Vec<Newer> = acts
        .into_iter()
        .filter_map(|(id, act, at, post)| {
            Some(Newer {
                act: act?,
                at: at?,
                review: Some(id),
                post,
            })
        })
        .collect();
    let replies: Vec<(PostId, Moment)> = posts::table
        .filter(posts::parent_id.eq_any(moved.clone()).assume_not_null())
        .filter(posts::id.ne_all(moved))
        .order(posts::id)
        .select((posts::id, posts::created_at))
        .limit(20)
        .load(cx.conn())?;
    let edits: Vec<(PostId, Option<Moment>)> = posts::table
        .filter(posts::id.eq_any(edited))
        .filter(posts::edited_at.gt(since).assume_not_null())
        .select((posts::id, posts::edited_at))
        .load(cx.conn())?;
    // What its author did to the topic is in no review.
    let decided: Vec<Moment> = newer.iter().map(|one| one.at).collect();
    let own: Vec<(String, Moment)> = events::table
        .filter(events::topic_id.eq_any(all_topics).assume_not_null())
        .filter(events::verb.eq_any(OWN_DEEDS.map(|(verb, _)| verb)))
        .filter(events::at.gt(since))
        .filter(events::at.ne_all(decided))
        .order(events::id)
        .select((events::verb, events::at))
        .limit(20)
        .load(cx.conn())?;
    newer.extend(own.into_iter().filter_map(|(verb, at)| {
        let (_, act) = OWN_DEEDS.iter().find(|(known, _)| *known == verb)?;
        Some(Newer {
            act: (*act).to_owned(),
            at,
            review: None,
            post: row.post_id,
        })
    }));
    newer.extend(replies.into_iter().map(|(post, at)| Newer {
        act: "reply".to_owned(),
        at,
        review: None,
        post: Some(post),
    }));
    newer.extend(edits.into_iter().filter_map(|(post, at)| {
        Some(Newer {
            act: "edit".to_owned(),
            at: at?,
            review: None,
            post: Some(post),
        })
    }));
    newer.sort_by_key(|one| one.at);
    newer.truncate(20);
    Ok(newer)
}
