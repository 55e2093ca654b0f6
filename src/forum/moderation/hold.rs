//! Holding back before publication: the rules of a space, its watched phrases, and suspected spam. What
//! is held is seen by its author and the moderators; it is mailed, indexed and counted when approved.

use diesel::prelude::*;
use regex::{Regex, RegexBuilder};

use super::open::{New, open, present};
use super::spam;
use crate::access::{Cx, May, Seen, Tx, Verb, deed};
use crate::db::schema::{accounts, hold_rules, posts, reviews, topics, watched_phrases};
use crate::db::types::Moment;
use crate::event::{Event, Source};
use crate::forum::spaces::SpaceRow;
use crate::ids::{AccountId, BoardId, PostId, SpaceId, TopicId};
use crate::kinds::{AccountKind, HoldKind, PhraseAct, PostState, ReviewKind, ReviewSource, Visibility};
use crate::refusal::{Problems, Refusal, Result};
use crate::text::{markdown, resemblance};

/// The reason of a review about a watched phrase in a post that is published all the same.
pub(super) const PUBLISHED: &str = "phrase_published";

/// Why something is before the moderators, as the words of its review.
#[derive(Debug, Clone)]
pub(crate) struct Why {
    kind: ReviewKind,
    reason: &'static str,
    words: String,
}

/// What a text that is about to be written meets.
#[derive(Debug, Clone)]
pub(crate) struct Judged {
    /// The text, with masked phrases made unreadable.
    pub(crate) body: String,
    pub(crate) title: String,
    pub(crate) held: Option<Why>,
    /// It is published, and moderators look at it.
    pub(crate) flagged: Option<Why>,
}

impl Judged {
    /// The reason as a word; none when nothing holds it.
    pub(crate) fn why(&self) -> &'static str {
        self.held.as_ref().map_or("none", |why| why.reason)
    }
}

/// Where and by whom something is about to be written.
pub(crate) struct Place<'a> {
    pub(crate) space: &'a SpaceRow,
    pub(crate) board: BoardId,
    /// None for a topic that begins.
    pub(crate) topic: Option<TopicId>,
    pub(crate) moderates: bool,
}

/// Judges a text. Errs when it contains a phrase that is refused. Moderators of the space are not judged,
/// and neither is what an import or the demo tells of the past.
pub(crate) fn judge(tx: &mut Tx<'_>, at: &Place<'_>, title: &str, body: &str) -> Result<Judged> {
    let mut judged = Judged {
        body: body.to_owned(),
        title: title.to_owned(),
        held: None,
        flagged: None,
    };
    if at.moderates || matches!(tx.source(), Source::Import | Source::Demo) {
        return Ok(judged);
    }
    for phrase in watched(tx, at.space.id)? {
        let expression = phrase.expression()?;
        if !(expression.is_match(title) || expression.is_match(body)) {
            continue;
        }
        let why = Why {
            kind: ReviewKind::Phrase,
            reason: "phrase",
            words: phrase.phrase.clone(),
        };
        match phrase.act {
            PhraseAct::Refuse => {
                let field = if expression.is_match(title) { "title" } else { "body" };
                return Err(Problems::one(field, "problem-phrase-refused"));
            }
            PhraseAct::Mask => {
                let mask = |text: &str| {
                    expression
                        .replace_all(text, |found: &regex::Captures<'_>| "•".repeat(found[0].chars().count()))
                        .into_owned()
                };
                judged.body = mask(&judged.body);
                judged.title = mask(&judged.title);
            }
            PhraseAct::Hold => judged.held = Some(why),
            PhraseAct::Flag => {
                judged.flagged = Some(Why {
                    reason: PUBLISHED,
                    ..why
                });
            }
        }
    }
    let me = tx.me()?.clone();
    let text = format!("{title}\n{body}");
    // Employees pass freely: the organisation knows them.
    if judged.held.is_none() && me.kind == AccountKind::Guest {
        let suspicion = spam::suspect(tx, me.id, at.topic, &text)?;
        if suspicion.holds() {
            let mut words: Vec<String> = suspicion.signs.iter().map(|sign| format!("‹{sign}›")).collect();
            words.extend(suspicion.words);
            judged.held = Some(Why {
                kind: ReviewKind::Spam,
                reason: "spam",
                words: words.join(", "),
            });
        }
    }
    if judged.held.is_none()
        && let Some(reason) = by_rule(tx, at, me.id, me.kind, &text)?
    {
        judged.held = Some(Why {
            kind: ReviewKind::Held,
            reason,
            words: String::new(),
        });
    }
    Ok(judged)
}

fn younger_than(tx: &mut Tx<'_>, me: AccountId, days: i64) -> Result<bool> {
    let since: Moment = accounts::table.find(me).select(accounts::created_at).first(tx.conn())?;
    Ok(tx.now() < since.plus_days(days))
}

fn by_rule(
    tx: &mut Tx<'_>,
    at: &Place<'_>,
    me: AccountId,
    kind: AccountKind,
    text: &str,
) -> Result<Option<&'static str>> {
    let now = tx.now();
    for rule in rules(tx, at.space.id)? {
        let here = rule.board.is_none_or(|board| board == at.board)
            && rule.topic.is_none_or(|topic| Some(topic) == at.topic)
            && rule.until.is_none_or(|until| now < until);
        let holds = here
            && match rule.kind {
                HoldKind::EveryPost => true,
                HoldKind::GuestsFirst => kind == AccountKind::Guest && approved(tx, me, at.space.id)? < rule.amount,
                HoldKind::GuestsFiles => kind == AccountKind::Guest && !markdown::files(text).is_empty(),
                HoldKind::YoungLinks => resemblance::has_link(text) && younger_than(tx, me, rule.amount)?,
            };
        if holds {
            return Ok(Some(rule.kind.word()));
        }
    }
    Ok(None)
}

/// Posts of somebody that stand in a space.
fn approved(tx: &mut Tx<'_>, me: AccountId, space: SpaceId) -> Result<i64> {
    Ok(posts::table
        .filter(posts::author_id.eq(me))
        .filter(posts::space_id.eq(space))
        .filter(posts::state.eq(PostState::Published))
        .count()
        .get_result(tx.conn())?)
}

/// Brings what was judged before the moderators.
pub(crate) fn bring(
    tx: &mut Tx<'_>,
    judged: &Judged,
    space: &SpaceRow,
    topic: TopicId,
    post: PostId,
    author: AccountId,
) -> Result<()> {
    let Some(why) = judged.held.as_ref().or(judged.flagged.as_ref()) else {
        return Ok(());
    };
    if present(tx, topic, Some(post))?.is_some() {
        return Ok(());
    }
    open(
        tx,
        space.id,
        space.review_hours,
        &New {
            kind: why.kind,
            source: ReviewSource::Rule,
            topic: Some(topic),
            post: Some(post),
            about: Some(author),
            reason: why.reason,
            words: &why.words,
            appeal_of: None,
        },
    )?;
    Ok(())
}

/// How long approval of a held post took in a space lately: the median in seconds of the last fifty that were
/// approved.
pub fn usual_wait(cx: &mut Cx<'_>, space: SpaceId) -> Result<Option<i64>> {
    let rows: Vec<(Moment, Option<Moment>)> = reviews::table
        .filter(reviews::space_id.eq(space))
        .filter(reviews::kind.eq_any([ReviewKind::Held, ReviewKind::Spam, ReviewKind::Phrase]))
        .filter(reviews::reason.ne(PUBLISHED))
        .filter(reviews::decision.eq_any(["approve", "edit"]).assume_not_null())
        .order(reviews::id.desc())
        .select((reviews::opened_at, reviews::decided_at))
        .limit(50)
        .load(cx.conn())?;
    let mut waits: Vec<i64> = rows
        .into_iter()
        .filter_map(|(opened, decided)| decided.map(|decided| decided.seconds() - opened.seconds()))
        .collect();
    waits.sort_unstable();
    Ok(waits.get(waits.len() / 2).copied())
}

#[derive(Debug, Clone, Queryable)]
pub struct Rule {
    pub id: i64,
    pub board: Option<BoardId>,
    pub topic: Option<TopicId>,
    pub kind: HoldKind,
    pub amount: i64,
    pub until: Option<Moment>,
}

/// The rules of a space, the oldest first; for those who manage it, and for judging.
fn rules(cx: &mut Cx<'_>, space: SpaceId) -> Result<Vec<Rule>> {
    Ok(hold_rules::table
        .filter(hold_rules::space_id.eq(space))
        .order(hold_rules::id)
        .select((
            hold_rules::id,
            hold_rules::board_id,
            hold_rules::topic_id,
            hold_rules::kind,
            hold_rules::amount,
            hold_rules::until,
        ))
        .load(cx.conn())?)
}

/// The rules of a space, for its pages.
pub fn of_space(cx: &mut Cx<'_>, space: &Seen<SpaceRow>) -> Result<(Vec<Rule>, Vec<Phrase>)> {
    if !space.can(Verb::Moderate) {
        return Err(Refusal::NotFound);
    }
    Ok((rules(cx, space.id)?, watched(cx, space.id)?))
}

/// What the topics of these rules are called, for the page of who moderates their space.
pub fn titles(cx: &mut Cx<'_>, space: &Seen<SpaceRow>, rules: &[Rule]) -> Result<Vec<(TopicId, String)>> {
    if !space.can(Verb::Moderate) {
        return Err(Refusal::NotFound);
    }
    let heated: Vec<TopicId> = rules.iter().filter_map(|rule| rule.topic).collect();
    Ok(topics::table
        .filter(topics::id.eq_any(heated))
        .filter(topics::space_id.eq(space.id))
        .select((topics::id, topics::title))
        .load(cx.conn())?)
}

/// Forgets rules whose time is over.
pub(crate) fn forget_old(tx: &mut Tx<'_>) -> Result<()> {
    let now = tx.now();
    diesel::delete(hold_rules::table.filter(hold_rules::until.lt(now).assume_not_null())).execute(tx.conn())?;
    Ok(())
}

/// A new space that guests can belong to holds their first two posts.
pub(crate) fn by_default(tx: &mut Tx<'_>, space: SpaceId, visibility: Visibility) -> Result<()> {
    if !matches!(visibility, Visibility::Hybrid | Visibility::Public) {
        return Ok(());
    }
    let known: i64 = hold_rules::table
        .filter(hold_rules::space_id.eq(space))
        .filter(hold_rules::kind.eq(HoldKind::GuestsFirst))
        .count()
        .get_result(tx.conn())?;
    if known == 0 {
        add(tx, space, None, None, HoldKind::GuestsFirst, 2, None)?;
    }
    Ok(())
}

fn add(
    tx: &mut Tx<'_>,
    space: SpaceId,
    board: Option<BoardId>,
    topic: Option<TopicId>,
    kind: HoldKind,
    amount: i64,
    until: Option<Moment>,
) -> Result<()> {
    let now = tx.now();
    diesel::insert_into(hold_rules::table)
        .values((
            hold_rules::space_id.eq(space),
            hold_rules::board_id.eq(board),
            hold_rules::topic_id.eq(topic),
            hold_rules::kind.eq(kind),
            hold_rules::amount.eq(amount),
            hold_rules::until.eq(until),
            hold_rules::made_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Adds a rule to a space or one of its boards. `amount`: posts for first posts, days for young accounts.
pub fn add_rule(
    tx: &mut Tx<'_>,
    space: &May<deed::Manage, SpaceRow>,
    board: Option<BoardId>,
    kind: HoldKind,
    amount: i64,
) -> Result<()> {
    let counts = matches!(kind, HoldKind::GuestsFirst | HoldKind::YoungLinks);
    if counts && !(1..=365).contains(&amount) {
        return Err(Problems::one("amount", "problem-hold-amount"));
    }
    if let Some(board) = board {
        let here = crate::forum::boards::find(tx, board)?;
        if here.space.id != space.id {
            return Err(Refusal::NotFound);
        }
    }
    add(tx, space.id, board, None, kind, amount, None)?;
    changed(tx, space.id)
}

/// What is held back is written down for auditors, like every setting of a space.
fn changed(tx: &mut Tx<'_>, space: SpaceId) -> Result<()> {
    tx.record(&Event::SpaceChanged { space, what: "holding" })?;
    Ok(())
}

/// Holds every post of one topic for some hours: 1 to 168. A heated thread cools. Of a topic that is held already it
/// changes nothing.
pub fn hold_topic(tx: &mut Tx<'_>, topic: &May<deed::Close, crate::forum::topics::InBoard>, hours: i64) -> Result<()> {
    let now = tx.now();
    if topic.topic.held_until.is_some_and(|until| until > now) {
        return Ok(());
    }
    let until = now.plus_seconds(hours.clamp(1, 168) * 3600);
    let id = topic.topic.id;
    let mut changes = super::Changes::default();
    changes.change_topic(tx, id, |tx| keep_until(tx, id, Some(until)))?;
    super::log_act(tx, &topic.topic, None, "hold_topic", "", &changes)
}

/// Lets a topic go before its hours are over. What is held stays held.
pub fn unhold_topic(tx: &mut Tx<'_>, topic: &May<deed::Close, crate::forum::topics::InBoard>) -> Result<()> {
    let now = tx.now();
    if topic.topic.held_until.is_none_or(|until| until <= now) {
        return Ok(());
    }
    let id = topic.topic.id;
    let mut changes = super::Changes::default();
    changes.change_topic(tx, id, |tx| keep_until(tx, id, None))?;
    super::log_act(tx, &topic.topic, None, "unhold_topic", "", &changes)
}

/// Until when the posts of a topic wait: the rule that holds them, and what its page says.
pub(super) fn keep_until(tx: &mut Tx<'_>, topic: TopicId, until: Option<Moment>) -> Result<()> {
    let (space, known): (SpaceId, Option<Moment>) = topics::table
        .find(topic)
        .select((topics::space_id, topics::held_until))
        .first(tx.conn())?;
    if known == until {
        return Ok(());
    }
    diesel::delete(hold_rules::table.filter(hold_rules::topic_id.eq(topic))).execute(tx.conn())?;
    if until.is_some() {
        add(tx, space, None, Some(topic), HoldKind::EveryPost, 0, until)?;
    }
    diesel::update(topics::table.find(topic))
        .set((topics::held_until.eq(until), topics::version.eq(topics::version + 1)))
        .execute(tx.conn())?;
    Ok(())
}

pub fn remove_rule(tx: &mut Tx<'_>, space: &May<deed::Manage, SpaceRow>, rule: i64) -> Result<()> {
    let heated: Option<Option<TopicId>> = hold_rules::table
        .filter(hold_rules::id.eq(rule))
        .filter(hold_rules::space_id.eq(space.id))
        .select(hold_rules::topic_id)
        .first(tx.conn())
        .optional()?;
    if let Some(Some(topic)) = heated {
        // Its page says so too.
        diesel::update(topics::table.find(topic))
            .set((
                topics::held_until.eq(None::<Moment>),
                topics::version.eq(topics::version + 1),
            ))
            .execute(tx.conn())?;
    }
    let gone = diesel::delete(
        hold_rules::table
            .filter(hold_rules::id.eq(rule))
            .filter(hold_rules::space_id.eq(space.id)),
    )
    .execute(tx.conn())?;
    if gone == 0 {
        return Err(Refusal::NotFound);
    }
    changed(tx, space.id)
}

/// A watched phrase.
#[derive(Debug, Clone, Queryable)]
pub struct Phrase {
    pub id: i64,
    pub phrase: String,
    /// Whether it is a regular expression instead of plain words.
    pub is_expression: bool,
    pub act: PhraseAct,
}

/// Bytes that a compiled expression may take: the engine needs time in proportion to the text, whatever
/// the expression.
const EXPRESSION_BYTES: usize = 256 * 1024;

impl Phrase {
    /// Plain words match as whole words, whatever their case.
    fn expression(&self) -> Result<Regex> {
        compile(&self.phrase, self.is_expression).map_err(|error| Refusal::broken(error.to_string()))
    }
}

fn compile(phrase: &str, is_expression: bool) -> std::result::Result<Regex, regex::Error> {
    let pattern = if is_expression {
        phrase.to_owned()
    } else {
        let edge = |c: Option<char>| {
            if c.is_some_and(char::is_alphanumeric) {
                r"\b"
            } else {
                ""
            }
        };
        format!(
            "{}{}{}",
            edge(phrase.chars().next()),
            regex::escape(phrase),
            edge(phrase.chars().last())
        )
    };
    RegexBuilder::new(&pattern)
        .case_insensitive(true)
        .size_limit(EXPRESSION_BYTES)
        .build()
}

/// The phrases watched in a space.
fn watched(cx: &mut Cx<'_>, space: SpaceId) -> Result<Vec<Phrase>> {
    Ok(watched_phrases::table
        .filter(
            watched_phrases::space_id
                .eq(space)
                .or(watched_phrases::space_id.is_null()),
        )
        .order(watched_phrases::id)
        .select((
            watched_phrases::id,
            watched_phrases::phrase,
            watched_phrases::expression,
            watched_phrases::act,
        ))
        .load(cx.conn())?)
}

/// Posts among which a phrase is tried before it is kept.
const TRIED: i64 = 1_000;

/// How many of the last thousand posts of a space a phrase would have met.
pub fn try_phrase(
    cx: &mut Cx<'_>,
    space: &Seen<SpaceRow>,
    phrase: &str,
    is_expression: bool,
) -> Result<(usize, usize)> {
    if !space.can(Verb::Manage) {
        return Err(Refusal::NotFound);
    }
    let expression = checked(phrase, is_expression)?;
    type Text = (String, String, Option<PostId>);
    let texts: Vec<Text> = posts::table
        .inner_join(topics::table)
        .filter(posts::space_id.eq(space.id))
        .filter(posts::state.eq(PostState::Published))
        .order(posts::id.desc())
        .select((posts::body, topics::title, posts::parent_id))
        .limit(TRIED)
        .load(cx.conn())?;
    // The title is judged with the post that begins its topic.
    let met = texts
        .iter()
        .filter(|(body, title, parent)| expression.is_match(body) || parent.is_none() && expression.is_match(title))
        .count();
    Ok((met, texts.len()))
}

fn checked(phrase: &str, is_expression: bool) -> Result<Regex> {
    let phrase = phrase.trim();
    if !(2..=200).contains(&phrase.chars().count()) {
        return Err(Problems::one("phrase", "problem-phrase-length"));
    }
    compile(phrase, is_expression).map_err(|_| Problems::one("phrase", "problem-phrase-expression"))
}

pub fn add_phrase(
    tx: &mut Tx<'_>,
    space: &May<deed::Manage, SpaceRow>,
    phrase: &str,
    is_expression: bool,
    act: PhraseAct,
) -> Result<()> {
    checked(phrase, is_expression)?;
    let now = tx.now();
    diesel::insert_into(watched_phrases::table)
        .values((
            watched_phrases::space_id.eq(Some(space.id)),
            watched_phrases::phrase.eq(phrase.trim()),
            watched_phrases::expression.eq(is_expression),
            watched_phrases::act.eq(act),
            watched_phrases::made_at.eq(now),
        ))
        .execute(tx.conn())?;
    changed(tx, space.id)
}

pub fn remove_phrase(tx: &mut Tx<'_>, space: &May<deed::Manage, SpaceRow>, phrase: i64) -> Result<()> {
    let gone = diesel::delete(
        watched_phrases::table
            .filter(watched_phrases::id.eq(phrase))
            .filter(watched_phrases::space_id.eq(space.id)),
    )
    .execute(tx.conn())?;
    if gone == 0 {
        return Err(Refusal::NotFound);
    }
    changed(tx, space.id)
}
