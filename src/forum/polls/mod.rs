//! Polls: a question of a topic with choices. One, several or a ranking; open, where everybody sees who chose what, or
//! secret, where nobody can. A secret vote is final, because nothing joins it to whoever gave it. The result is counted
//! when somebody votes, and read when a page is shown.

mod count;

pub use count::Outcome;

use diesel::prelude::*;

use crate::access::door::hex;
use crate::access::{Cx, May, Tx, Verb, deed};
use crate::db::schema::{accounts, poll_ballots, poll_choices, poll_voters, polls, posts, topics};
use crate::db::types::Moment;
use crate::event::{At, Event};
use crate::forum::moderation::{self, Changes, hold};
use crate::forum::topics::{self as forum_topics, InBoard, Topic};
use crate::ids::{AccountId, PostId, TopicId};
use crate::kinds::{PollKind, SpaceRole};
use crate::refusal::{Problems, Reason, Refusal, Result};
use crate::text::name;

/// Choices of a poll.
pub const CHOICES: std::ops::RangeInclusive<usize> = 2..=20;
/// Characters of a choice.
const CHOICE: usize = 120;
/// Characters of a question.
const QUESTION: std::ops::RangeInclusive<usize> = 3..=200;
/// Days that a poll may be open.
pub const OPEN_DAYS: i64 = 365;
/// Polls of one topic.
const MOST: i64 = 5;

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = polls)]
pub struct PollRow {
    pub id: i64,
    pub post_id: PostId,
    pub question: String,
    pub kind: PollKind,
    pub secret: bool,
    pub ends_at: Option<Moment>,
    pub ended_at: Option<Moment>,
    pub removed_at: Option<Moment>,
    pub made_by: AccountId,
    pub result: String,
}

impl PollRow {
    pub fn is_open(&self, now: Moment) -> bool {
        self.ended_at.is_none() && self.removed_at.is_none() && self.ends_at.is_none_or(|ends| now < ends)
    }
}

/// A poll as its viewer gets it.
#[derive(Debug, Clone)]
pub struct Poll {
    pub row: PollRow,
    /// Number and words.
    pub choices: Vec<(i64, String)>,
    pub outcome: Outcome,
    /// The viewer has voted.
    pub voted: bool,
    /// What the viewer chose, in their order; of a secret poll nobody knows.
    pub mine: Vec<i64>,
}

/// A poll before it is made.
#[derive(Debug, Clone)]
pub struct New {
    pub question: String,
    pub choices: Vec<String>,
    pub kind: PollKind,
    pub secret: bool,
    pub ends_at: Option<Moment>,
}

fn at(topic: &InBoard, post: PostId) -> At {
    At {
        post,
        ..forum_topics::at(&topic.topic)
    }
}

/// Puts a poll to a topic. Its words are judged like a post's; what would be held is refused, because a poll cannot
/// wait beside a topic that is there.
pub fn make(tx: &mut Tx<'_>, topic: &May<deed::EditTopic, InBoard>, new: &New) -> Result<i64> {
    let question = name::tidy(&new.question);
    let mut choices: Vec<String> = Vec::new();
    for words in new.choices.iter().map(|words| name::tidy(words)) {
        if !words.is_empty() && !choices.contains(&words) {
            choices.push(words);
        }
    }
    let now = tx.now();
    let mut problems = Problems::default();
    if !QUESTION.contains(&question.chars().count()) {
        problems.add("question", "problem-poll-question");
    }
    if !CHOICES.contains(&choices.len()) || choices.iter().any(|words| words.chars().count() > CHOICE) {
        problems.add("choices", "problem-poll-choices");
    }
    if new
        .ends_at
        .is_some_and(|ends| ends <= now || ends > now.plus_days(OPEN_DAYS))
    {
        problems.add("ends", "problem-poll-ends");
    }
    problems.check()?;
    let row = &topic.topic;
    let first = row.first_post_id.ok_or(Refusal::NotFound)?;
    if row.polls >= MOST {
        return Err(Problems::one("question", "problem-poll-many"));
    }
    let place = hold::Place {
        space: &topic.space,
        board: row.board_id,
        topic: Some(row.id),
        moderates: tx.me()?.role_in(row.space_id).is_some_and(SpaceRole::moderates),
    };
    let judged = hold::judge(tx, &place, &question, &choices.join("\n")).map_err(in_our_fields)?;
    if judged.held.is_some() || judged.flagged.is_some() {
        return Err(Problems::one("question", "problem-poll-held"));
    }
    // Asked twice by a form that was sent twice, it is one poll.
    let asked: Option<i64> = polls::table
        .filter(polls::post_id.eq(first))
        .filter(polls::question.eq(&judged.title))
        .filter(polls::removed_at.is_null())
        .filter(polls::ended_at.is_null())
        .select(polls::id)
        .first(tx.conn())
        .optional()?;
    if let Some(asked) = asked {
        return Ok(asked);
    }
    let me = tx.me()?.id;
    let id: i64 = diesel::insert_into(polls::table)
        .values((
            polls::post_id.eq(first),
            polls::question.eq(&judged.title),
            polls::kind.eq(new.kind),
            polls::secret.eq(new.secret),
            polls::ends_at.eq(new.ends_at),
            polls::made_by.eq(me),
            polls::made_at.eq(now),
        ))
        .returning(polls::id)
        .get_result(tx.conn())?;
    for words in judged.body.lines() {
        diesel::insert_into(poll_choices::table)
            .values((poll_choices::poll_id.eq(id), poll_choices::words.eq(words)))
            .execute(tx.conn())?;
    }
    count_again(tx, id)?;
    settle(tx, row.id)?;
    tx.record(&Event::PollMade {
        at: at(topic, first),
        poll: id,
    })?;
    Ok(id)
}

/// What is wrong with a title is wrong with the question here, and with a text, with the choices.
fn in_our_fields(refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::Invalid(Problems(problems)) => Refusal::Invalid(Problems(
            problems
                .into_iter()
                .map(|(field, message)| (if field == "title" { "question" } else { "choices" }, message))
                .collect(),
        )),
        other => other,
    }
}

/// How many polls a topic has now; whoever changes polls or the posts of a topic calls this.
pub(crate) fn settle(tx: &mut Tx<'_>, topic: TopicId) -> Result<()> {
    let many: i64 = polls::table
        .inner_join(posts::table)
        .filter(posts::topic_id.eq(topic))
        .filter(polls::removed_at.is_null())
        .count()
        .get_result(tx.conn())?;
    diesel::update(topics::table.find(topic))
        .set((topics::polls.eq(many), topics::version.eq(topics::version + 1)))
        .execute(tx.conn())?;
    Ok(())
}

fn choices_of(cx: &mut Cx<'_>, polls: &[i64]) -> Result<Vec<(i64, i64, String)>> {
    Ok(poll_choices::table
        .filter(poll_choices::poll_id.eq_any(polls.to_vec()))
        .order(poll_choices::id)
        .select((poll_choices::poll_id, poll_choices::id, poll_choices::words))
        .load(cx.conn())?)
}

/// The polls of a topic, the oldest first. Most topics have none, and cost nothing.
pub fn of_topic(cx: &mut Cx<'_>, topic: &Topic) -> Result<Vec<Poll>> {
    if topic.topic.polls == 0 {
        return Ok(Vec::new());
    }
    let rows: Vec<PollRow> = polls::table
        .inner_join(posts::table)
        .filter(posts::topic_id.eq(topic.topic.id))
        .filter(posts::state.eq(crate::kinds::PostState::Published))
        .filter(polls::removed_at.is_null())
        .order(polls::id)
        .select(PollRow::as_select())
        .load(cx.conn())?;
    dress(cx, rows)
}

fn dress(cx: &mut Cx<'_>, rows: Vec<PollRow>) -> Result<Vec<Poll>> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let choices = choices_of(cx, &ids)?;
    let me = cx.viewer().id();
    let (voted, mine): (Vec<i64>, Vec<(i64, String)>) = match me {
        None => (Vec::new(), Vec::new()),
        Some(me) => (
            poll_voters::table
                .filter(poll_voters::account_id.eq(me))
                .filter(poll_voters::poll_id.eq_any(ids.clone()))
                .select(poll_voters::poll_id)
                .load(cx.conn())?,
            poll_ballots::table
                .filter(poll_ballots::account_id.eq(me))
                .filter(poll_ballots::poll_id.eq_any(ids))
                .select((poll_ballots::poll_id, poll_ballots::choices))
                .load(cx.conn())?,
        ),
    };
    rows.into_iter()
        .map(|row| {
            Ok(Poll {
                choices: choices
                    .iter()
                    .filter(|(poll, ..)| *poll == row.id)
                    .map(|(_, id, words)| (*id, words.clone()))
                    .collect(),
                outcome: serde_json::from_str(&row.result).map_err(|error| Refusal::broken(error.to_string()))?,
                voted: voted.contains(&row.id),
                mine: mine
                    .iter()
                    .find(|(poll, _)| *poll == row.id)
                    .map(|(_, choices)| numbers(choices))
                    .unwrap_or_default(),
                row,
            })
        })
        .collect()
}

/// A poll with its topic, as far as the viewer reads that.
pub fn find(cx: &mut Cx<'_>, id: i64) -> Result<(Poll, Topic)> {
    let row: PollRow = polls::table
        .find(id)
        .filter(polls::removed_at.is_null())
        .select(PollRow::as_select())
        .first(cx.conn())
        .optional()?
        .ok_or(Refusal::NotFound)?;
    let (topic, state): (TopicId, crate::kinds::PostState) = posts::table
        .find(row.post_id)
        .select((posts::topic_id, posts::state))
        .first(cx.conn())?;
    let topic = forum_topics::find(cx, topic)?;
    if state != crate::kinds::PostState::Published {
        return Err(Refusal::NotFound);
    }
    let poll = dress(cx, vec![row])?.pop().ok_or(Refusal::NotFound)?;
    Ok((poll, topic))
}

fn numbers(text: &str) -> Vec<i64> {
    text.split(',').filter_map(|number| number.parse().ok()).collect()
}

/// Votes. Of an open poll a second vote takes the place of the first; of a secret one there is none. Whoever calls
/// holds the topic.
pub fn vote(tx: &mut Tx<'_>, id: i64, topic: &May<deed::Reply, InBoard>, chosen: &[i64]) -> Result<()> {
    crate::db::dialect::hold(tx.conn(), "polls", id)?;
    let (poll, _) = find(tx, id)?;
    let (now, me) = (tx.now(), tx.me()?.id);
    if !poll.row.is_open(now) {
        return Err(Refusal::Denied(Reason::PollEnded));
    }
    if poll.voted && poll.row.secret {
        return Err(Refusal::Denied(Reason::VotedSecretly));
    }
    let mut mine: Vec<i64> = Vec::new();
    for choice in chosen {
        if poll.choices.iter().any(|(known, _)| known == choice) && !mine.contains(choice) {
            mine.push(*choice);
        }
    }
    let one = poll.row.kind == PollKind::One;
    if mine.is_empty() || one && mine.len() > 1 || mine.len() != chosen.len() {
        return Err(Problems::one("choice", "problem-choose"));
    }
    let text = mine.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    if poll.voted {
        diesel::update(
            poll_ballots::table
                .filter(poll_ballots::poll_id.eq(id))
                .filter(poll_ballots::account_id.eq(me)),
        )
        .set(poll_ballots::choices.eq(text))
        .execute(tx.conn())?;
    } else {
        diesel::insert_into(poll_voters::table)
            .values((poll_voters::poll_id.eq(id), poll_voters::account_id.eq(me)))
            .execute(tx.conn())?;
        diesel::insert_into(poll_ballots::table)
            .values((
                poll_ballots::id.eq(hex(&rand::random::<[u8; 16]>())),
                poll_ballots::poll_id.eq(id),
                poll_ballots::account_id.eq((!poll.row.secret).then_some(me)),
                poll_ballots::choices.eq(text),
            ))
            .execute(tx.conn())?;
        tx.record(&Event::Voted {
            at: at(topic, poll.row.post_id),
            poll: id,
        })?;
    }
    count_again(tx, id)
}

fn count_again(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    let kind: PollKind = polls::table.find(id).select(polls::kind).first(tx.conn())?;
    let choices: Vec<i64> = choices_of(tx, &[id])?
        .into_iter()
        .map(|(_, choice, _)| choice)
        .collect();
    let ballots: Vec<String> = poll_ballots::table
        .filter(poll_ballots::poll_id.eq(id))
        .select(poll_ballots::choices)
        .load(tx.conn())?;
    let ballots: Vec<Vec<usize>> = ballots
        .iter()
        .map(|text| {
            numbers(text)
                .iter()
                .filter_map(|number| choices.iter().position(|choice| choice == number))
                .collect()
        })
        .collect();
    let outcome = match kind {
        PollKind::Ranked => count::run_off(choices.len(), &ballots),
        PollKind::One | PollKind::Many => count::chosen(choices.len(), &ballots),
    };
    let text = serde_json::to_string(&outcome).map_err(|error| Refusal::broken(error.to_string()))?;
    diesel::update(polls::table.find(id))
        .set(polls::result.eq(text))
        .execute(tx.conn())?;
    Ok(())
}

/// A choice, and those who chose it.
pub type Chose = (i64, Vec<(AccountId, String)>);

/// Who chose what, of an open poll whose result the viewer sees.
pub fn votes(cx: &mut Cx<'_>, poll: &Poll, topic: &Topic) -> Result<Vec<Chose>> {
    if poll.row.secret || !shows_result(cx, poll, topic) {
        return Err(Refusal::NotFound);
    }
    let rows: Vec<(AccountId, String, String)> = poll_ballots::table
        .inner_join(accounts::table)
        .filter(poll_ballots::poll_id.eq(poll.row.id))
        .order((accounts::display_name, accounts::id))
        .select((accounts::id, accounts::display_name, poll_ballots::choices))
        .load(cx.conn())?;
    Ok(poll
        .choices
        .iter()
        .map(|(choice, _)| {
            let those = rows
                .iter()
                .filter(|(_, _, chosen)| {
                    let chosen = numbers(chosen);
                    // Of a ranking the first is what somebody chose.
                    match poll.row.kind {
                        PollKind::Ranked => chosen.first() == Some(choice),
                        _ => chosen.contains(choice),
                    }
                })
                .map(|(who, name, _)| (*who, name.clone()))
                .collect();
            (*choice, those)
        })
        .collect())
}

/// Whether the viewer sees how it stands: whoever has voted, or cannot, and everybody when it is over.
pub fn shows_result(cx: &Cx<'_>, poll: &Poll, topic: &Topic) -> bool {
    poll.voted || !poll.row.is_open(cx.now()) || !topic.can(Verb::Reply)
}

/// What of a poll a moderator may change, for the undo.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct PollPart {
    ended_at: Option<i64>,
    removed_at: Option<i64>,
}

pub(crate) fn part(tx: &mut Tx<'_>, id: i64) -> Result<PollPart> {
    let (ended, removed): (Option<Moment>, Option<Moment>) = polls::table
        .find(id)
        .select((polls::ended_at, polls::removed_at))
        .first(tx.conn())?;
    Ok(PollPart {
        ended_at: ended.map(|at| at.0),
        removed_at: removed.map(|at| at.0),
    })
}

pub(crate) fn set_part(tx: &mut Tx<'_>, id: i64, part: &PollPart) -> Result<()> {
    diesel::update(polls::table.find(id))
        .set((
            polls::ended_at.eq(part.ended_at.map(Moment)),
            polls::removed_at.eq(part.removed_at.map(Moment)),
        ))
        .execute(tx.conn())?;
    let topic: TopicId = polls::table
        .inner_join(posts::table)
        .filter(polls::id.eq(id))
        .select(posts::topic_id)
        .first(tx.conn())?;
    settle(tx, topic)
}

/// Ends a poll before its day. Whoever calls holds the topic.
pub fn end(tx: &mut Tx<'_>, id: i64, topic: &May<deed::EditTopic, InBoard>) -> Result<()> {
    let (poll, _) = find(tx, id)?;
    let now = tx.now();
    if !poll.row.is_open(now) {
        return Ok(());
    }
    let part = PollPart {
        ended_at: Some(now.0),
        removed_at: None,
    };
    change(tx, &poll, topic, &part, "poll_end")?;
    tx.record(&Event::PollEnded {
        at: at(topic, poll.row.post_id),
        poll: id,
    })?;
    Ok(())
}

/// Takes a poll away: its maker as long as nobody voted, a moderator always.
pub fn remove(tx: &mut Tx<'_>, id: i64, topic: &May<deed::EditTopic, InBoard>) -> Result<()> {
    let (poll, _) = find(tx, id)?;
    let me = tx.me()?.clone();
    let moderates = me.role_in(topic.space.id).is_some_and(SpaceRole::moderates);
    if poll.outcome.ballots > 0 && !moderates {
        return Err(Refusal::Denied(Reason::PollHasVotes));
    }
    let part = PollPart {
        ended_at: poll.row.ended_at.map(|at| at.0),
        removed_at: Some(tx.now().0),
    };
    change(tx, &poll, topic, &part, "poll_out")?;
    tx.record(&Event::PollRemoved {
        at: at(topic, poll.row.post_id),
        poll: id,
    })?;
    Ok(())
}

fn change(
    tx: &mut Tx<'_>,
    poll: &Poll,
    topic: &May<deed::EditTopic, InBoard>,
    to: &PollPart,
    act: &'static str,
) -> Result<()> {
    let mut changes = Changes::default();
    changes.change_poll(tx, poll.row.id, to)?;
    if tx.me()?.id == topic.topic.author_id {
        return Ok(());
    }
    moderation::log_act(tx, &topic.topic, None, act, "", &changes)
}
