//! Polls: asking, voting, how it stands, and who chose what where that is open.

use serde::Serialize;

use super::ask::{Answer, Ask};
use super::error::or_again;
use super::form::{Form, choices};
use super::reply::Reply;
use crate::access::{Verb, deed};
use crate::db::types::Moment;
use crate::forum::polls::{self, New, Poll};
use crate::forum::topics::{self, Topic};
use crate::i18n::{Locales, When};
use crate::ids::TopicId;
use crate::kinds::PollKind;
use crate::refusal::{Problems, Result};
use crate::url;

/// A choice on the page of its topic.
#[derive(Serialize)]
struct ChoiceView {
    id: i64,
    words: String,
    mine: bool,
    /// Of a ranking: its place in mine.
    rank: usize,
    count: usize,
    /// Of a hundred ballots.
    share: usize,
    wins: bool,
}

/// A round of a run-off: what each choice had, a dash when it was out.
type Round = Vec<String>;

/// A poll on the page of its topic.
#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a part of the page")]
pub struct View {
    id: i64,
    question: String,
    kind: &'static str,
    about: String,
    ends: Option<When>,
    open: bool,
    voted: bool,
    /// The form is shown.
    votes: bool,
    shows: bool,
    secret: bool,
    can_end: bool,
    can_remove: bool,
    ballots: usize,
    choices: Vec<ChoiceView>,
    rounds: Vec<Round>,
}

/// The polls of a topic, for its page.
pub fn views(ask: &Ask, topic: &Topic) -> Result<Vec<View>> {
    ask.read(|cx| {
        let found = polls::of_topic(cx, topic)?;
        Ok(found
            .iter()
            .map(|poll| view(ask, topic, poll, polls::shows_result(cx, poll, topic)))
            .collect())
    })
}

fn view(ask: &Ask, topic: &Topic, poll: &Poll, shows: bool) -> View {
    let now = ask.app().clock.now();
    let row = &poll.row;
    let open = row.is_open(now);
    let may_vote = open && topic.can(Verb::Reply);
    let ballots = poll.outcome.ballots;
    let edits = topic.can(Verb::EditTopic);
    // A vote that was not taken is shown as it was sent.
    let again = ask.path == format!("/polls/{}/vote", row.id);
    let sent: Vec<&str> = ask.sent.all("choice").into_iter().collect();
    let rank_of = |id: i64| {
        if !again {
            return poll.mine.iter().position(|mine| *mine == id).map(|rank| rank + 1);
        }
        let ranked = ask
            .sent
            .number(&format!("rank.{id}"))
            .and_then(|rank| usize::try_from(rank).ok());
        ranked.or_else(|| sent.contains(&id.to_string().as_str()).then_some(1))
    };
    View {
        id: row.id,
        question: row.question.clone(),
        kind: row.kind.word(),
        about: format!(
            "{} · {}",
            ask.t(&format!("poll-kind-{}", row.kind.word())),
            ask.t(if row.secret { "poll-secret" } else { "poll-open" })
        ),
        ends: row.ends_at.filter(|_| open).map(|ends| ask.when(ends)),
        open,
        voted: poll.voted,
        votes: may_vote && !(poll.voted && row.secret),
        shows,
        secret: row.secret,
        can_end: edits && open,
        can_remove: edits && (ballots == 0 || topic.can(Verb::Moderate)),
        ballots,
        choices: poll
            .choices
            .iter()
            .enumerate()
            .map(|(place, (id, words))| {
                let count = poll.outcome.counts.get(place).copied().unwrap_or(0);
                let rank = rank_of(*id);
                ChoiceView {
                    id: *id,
                    words: words.clone(),
                    mine: rank.is_some(),
                    rank: rank.unwrap_or(0),
                    count,
                    share: (count * 100).checked_div(ballots).unwrap_or(0),
                    wins: poll.outcome.winners.contains(&place),
                }
            })
            .collect(),
        rounds: poll
            .outcome
            .rounds
            .iter()
            .map(|round| {
                round
                    .iter()
                    .map(|count| count.map_or_else(|| "–".to_owned(), |count| count.to_string()))
                    .collect()
            })
            .collect(),
    }
}

const FIELDS: [&str; 5] = ["question", "choices", "kind", "secret", "ends"];

fn page(ask: &Ask, form: Form, again: bool) -> Answer {
    let id: TopicId = ask.id("topic")?;
    let topic = ask.read(|cx| topics::find(cx, id))?;
    topic.clone().may::<deed::EditTopic>()?;
    let kinds: Vec<&str> = PollKind::ALL.iter().map(|kind| kind.word()).collect();
    let page = serde_json::json!({
        "topic": topic.topic.title,
        "url": url::topic(id, &topic.topic.title),
        "id": id,
        "kinds": choices(ask.lang, "poll-kind", &kinds, &[form.value("kind")]),
        "form": form,
    });
    let title = ask.t("poll-new");
    if again {
        ask.again("polls/new.html", &title, &page)
    } else {
        ask.page("polls/new.html", &title, &page)
    }
}

pub fn new(ask: &Ask) -> Answer {
    let form = Form::new(&[
        ("question", ""),
        ("choices", ""),
        ("kind", "one"),
        ("secret", ""),
        ("ends", ""),
    ]);
    page(ask, form, false)
}

/// The end of a day, where whoever asks lives.
fn end_of(ask: &Ask, day: &str) -> Result<Option<Moment>> {
    if day.trim().is_empty() {
        return Ok(None);
    }
    let wrong = || Problems::one("ends", "problem-poll-ends");
    let day: jiff::civil::Date = day.trim().parse().map_err(|_| wrong())?;
    let next = day.tomorrow().map_err(|_| wrong())?;
    let at = next.to_zoned(ask.zone.clone()).map_err(|_| wrong())?;
    Ok(Some(Moment(at.timestamp().as_microsecond())))
}

pub fn make(ask: &Ask) -> Answer {
    let id: TopicId = ask.id("topic")?;
    let outcome = ask.write(|tx| {
        let topic = topics::take(tx, id)?.may::<deed::EditTopic>()?;
        let new = New {
            question: ask.sent.text("question").to_owned(),
            choices: ask.sent.text("choices").lines().map(ToOwned::to_owned).collect(),
            kind: PollKind::from_word(ask.sent.text("kind")).ok_or_else(|| Problems::one("kind", "problem-choose"))?,
            secret: ask.sent.text("secret") == "yes",
            ends_at: end_of(ask, ask.sent.text("ends"))?,
        };
        polls::make(tx, &topic, &new)
    });
    match or_again(outcome, |problems: &Problems| {
        page(ask, ask.kept(&FIELDS, problems), true)
    }) {
        Ok(_) => Ok(Reply::see_other(format!("/topics/{id}")).saying("done-poll-made")),
        Err(answer) => answer,
    }
}

fn number(ask: &Ask) -> Result<i64> {
    ask.id("poll")
}

/// What a form chose: ticked, or by rank.
fn chosen(ask: &Ask, poll: &Poll) -> Result<Vec<i64>> {
    if poll.row.kind != PollKind::Ranked {
        return Ok(ask
            .sent
            .all("choice")
            .into_iter()
            .filter_map(|choice| choice.parse().ok())
            .collect());
    }
    let mut ranked: Vec<(i64, i64)> = Vec::new();
    for (choice, _) in &poll.choices {
        if let Some(rank) = ask.sent.number(&format!("rank.{choice}")).filter(|rank| *rank > 0) {
            if ranked.iter().any(|(known, _)| *known == rank) {
                return Err(Problems::one("choice", "problem-poll-ranks"));
            }
            ranked.push((rank, *choice));
        }
    }
    ranked.sort_unstable();
    Ok(ranked.into_iter().map(|(_, choice)| choice).collect())
}

pub fn vote(ask: &Ask) -> Answer {
    let id = number(ask)?;
    let (poll, topic) = ask.read(|cx| polls::find(cx, id))?;
    let home = url::topic(topic.topic.id, &topic.topic.title);
    let outcome = ask.write(|tx| {
        let topic = topics::take(tx, topic.topic.id)?.may::<deed::Reply>()?;
        let chosen = chosen(ask, &poll)?;
        polls::vote(tx, id, &topic, &chosen)
    });
    // The form is a part of its topic's page, and what is wrong with a vote is said there.
    match or_again(outcome, |problems: &Problems| {
        let words = problems
            .0
            .first()
            .map_or_else(String::new, |(_, message)| Locales::get().say(ask.lang, message));
        super::topics::with_poll_problem(ask, topic.topic.id, id, &words)
    }) {
        Ok(()) => Ok(Reply::see_other(format!("{home}#poll-{id}")).saying("done-voted")),
        Err(answer) => answer,
    }
}

/// Who chose what.
pub fn votes(ask: &Ask) -> Answer {
    let id = number(ask)?;
    let (poll, topic, votes) = ask.read(|cx| {
        let (poll, topic) = polls::find(cx, id)?;
        let votes = polls::votes(cx, &poll, &topic)?;
        Ok((poll, topic, votes))
    })?;
    type Group = (String, Vec<(String, String)>);
    let groups: Vec<Group> = poll
        .choices
        .iter()
        .map(|(choice, words)| {
            let those = votes
                .iter()
                .filter(|(of, _)| of == choice)
                .flat_map(|(_, people)| people)
                .map(|(who, name)| (url::person(*who, name), name.clone()))
                .collect();
            (words.clone(), those)
        })
        .collect();
    ask.page(
        "polls/votes.html",
        &ask.t("poll-votes"),
        &serde_json::json!({
            "topic": topic.topic.title,
            "url": format!("{}#poll-{id}", url::topic(topic.topic.id, &topic.topic.title)),
            "question": poll.row.question,
            "groups": groups,
        }),
    )
}

fn edited(
    ask: &Ask,
    work: impl FnOnce(&mut crate::access::Tx<'_>, i64, &crate::access::May<deed::EditTopic, topics::InBoard>) -> Result<()>,
) -> Answer {
    let id = number(ask)?;
    let (_, topic) = ask.read(|cx| polls::find(cx, id))?;
    ask.write(|tx| {
        let topic = topics::take(tx, topic.topic.id)?.may::<deed::EditTopic>()?;
        work(tx, id, &topic)
    })?;
    Ok(Reply::see_other(url::topic(topic.topic.id, &topic.topic.title)).saying("done-saved"))
}

pub fn end(ask: &Ask) -> Answer {
    edited(ask, polls::end)
}

pub fn remove(ask: &Ask) -> Answer {
    edited(ask, polls::remove)
}
