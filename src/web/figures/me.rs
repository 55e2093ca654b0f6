//! My part in each space, for me: in which ring I am, what the next one needs, the five petals with what they were read
//! from, what I am taken to know about and whether that is so, and who may see what makes me a champion.

use std::collections::BTreeSet;

use serde::Serialize;

use super::say;
use crate::forum::champions;
use crate::forum::metrics::evidence::THERE;
use crate::forum::metrics::me::{self, Pace, Part};
use crate::forum::metrics::ring_spans::Span;
use crate::forum::metrics::sight::Ring;
use crate::forum::metrics::week;
use crate::forum::spaces;
use crate::forum::today::expertise;
use crate::i18n::{Arg, Locales, When};
use crate::ids::{BoardId, SpaceId};
use crate::kinds::SpaceRole;
use crate::refusal::Result;
use crate::url;
use crate::views::charts::{Caption, petals};
use crate::web::ask::{Answer, Ask};
use crate::web::reply::Reply;

/// Posts that are named beside a signal.
const LINKS: usize = 5;

#[derive(Serialize)]
struct Signal {
    name: String,
    there: bool,
    /// What it was read from, in numbers.
    read: String,
    links: Vec<(String, String)>,
}

#[derive(Serialize)]
struct RingLine {
    ring: String,
    words: String,
}

/// A drawing as the page shows it, with its data as a table.
#[derive(Serialize)]
struct Flower {
    name: String,
    title: String,
    description: String,
    svg: Option<String>,
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
}

#[derive(Serialize)]
struct Room {
    id: i64,
    name: String,
    url: String,
    ring: String,
    next: String,
    rings: Vec<RingLine>,
    petals: Flower,
    signals: Vec<Signal>,
    /// Whether I could let it be seen, and until when I do.
    member: bool,
    champion: Option<When>,
    /// What their managers read of me, or would: each component in words, what they may do about it, and whether that is
    /// sure.
    profile: Vec<(String, String)>,
    band: String,
    /// Since when the managers see it, where that is not yet.
    later: Option<When>,
    unsure: bool,
}

fn say(ask: &Ask, key: &str, values: &[(&str, Arg)]) -> String {
    Locales::get().with_values(ask.lang, key, values)
}

/// "3 Mar 2026 – 10 May 2026", or "since 3 Mar 2026".
fn ring_line(ask: &Ask, span: &Span) -> Result<RingLine> {
    let from = say::day(ask, week::monday(span.from))?;
    let words = match span.until {
        Some(until) => say(
            ask,
            "me-ring-was",
            &[("from", from.into()), ("until", say::last_day(ask, until - 1)?.into())],
        ),
        None => say(ask, "me-ring-since", &[("from", from.into())]),
    };
    Ok(RingLine {
        ring: ask.t(&format!("ring-{}", span.ring.word())),
        words,
    })
}

/// What the next ring needs, of somebody who stands in one.
fn next(ask: &Ask, ring: Ring, pace: Pace) -> String {
    let key = match ring {
        Ring::Core => "me-next-core",
        Ring::Active => "me-next-active",
        Ring::Occasional => "me-next-occasional",
        Ring::Reader | Ring::Lapsed | Ring::Registered => "me-next-reader",
    };
    say(
        ask,
        key,
        &[("weeks4", pace.weeks4.into()), ("weeks13", pace.weeks13.into())],
    )
}

fn signals(ask: &Ask, part: &Part, seen: &std::collections::BTreeMap<i64, me::Seen>) -> Vec<Signal> {
    let evidence = &part.evidence;
    let count = |length: usize| Arg::from(length);
    let links = |ids: Vec<i64>| -> Vec<(String, String)> {
        ids.iter()
            .filter_map(|id| seen.get(id))
            .take(LINKS)
            .map(|one| (url::post(one.post), one.title.clone()))
            .collect()
    };
    let topics = |all: &BTreeSet<i64>| all.iter().rev().map(|topic| -topic).collect::<Vec<_>>();
    let posts = |all: &BTreeSet<i64>| all.iter().rev().copied().collect::<Vec<_>>();
    part.signals
        .all()
        .into_iter()
        .map(|(word, strength)| {
            let (values, shown): (Vec<(&str, Arg)>, Vec<i64>) = match word {
                "owner" => (
                    vec![
                        ("welcomed", count(evidence.welcomed.len())),
                        ("edits", count(evidence.shared_edits.len())),
                    ],
                    topics(&evidence.welcomed),
                ),
                "knowledge" => (
                    vec![
                        ("useful", count(evidence.useful.len())),
                        ("answers", count(evidence.solutions.len())),
                        ("cases", count(evidence.cases.len())),
                    ],
                    posts(&evidence.useful)
                        .into_iter()
                        .chain(topics(&evidence.cases))
                        .collect(),
                ),
                "beyond" => (vec![("boards", count(evidence.boards.len()))], Vec::new()),
                "interested" => (
                    vec![
                        ("people", count(evidence.people.len())),
                        ("replies", evidence.replies.into()),
                        ("elsewhere", evidence.elsewhere.into()),
                    ],
                    Vec::new(),
                ),
                _ => (vec![("weeks", part.pace.seen13.into())], Vec::new()),
            };
            Signal {
                name: ask.t(&format!("signal-{word}")),
                there: strength >= THERE,
                read: say(ask, &format!("signal-{word}-read"), &values),
                links: links(shown),
            }
        })
        .collect()
}

fn flower(ask: &Ask, part: &Part, space: &str) -> Flower {
    let names: Vec<String> = part
        .signals
        .all()
        .iter()
        .map(|(word, _)| ask.t(&format!("signal-{word}-short")))
        .collect();
    let drawn: Vec<petals::Petal<'_>> = part
        .signals
        .all()
        .iter()
        .zip(&names)
        .map(|((_, strength), words)| petals::Petal {
            words,
            strength: *strength,
            there: *strength >= THERE,
        })
        .collect();
    let name = format!("petals-{}", part.space);
    let title = say(ask, "me-petals", &[("space", space.into())]);
    let description = ask.t("me-petals-means");
    let svg = petals::draw(
        Caption {
            id: &name,
            title: &title,
            description: &description,
        },
        &drawn,
    );
    let rows = part.signals.all().into_iter().zip(&names);
    Flower {
        rows: rows
            .map(|((_, strength), name)| vec![name.clone(), Locales::get().percent(ask.lang, strength, 0)])
            .collect(),
        heads: vec![ask.t("me-signal"), ask.t("me-strength")],
        name,
        title,
        description,
        svg,
    }
}

pub fn show(ask: &Ask) -> Answer {
    let rooms = ask.read(|cx| {
        let parts = me::parts(cx)?;
        let shown = champions::mine(cx)?;
        let mut rooms = Vec::new();
        for part in parts {
            let space = spaces::find(cx, part.space)?;
            let posts: BTreeSet<i64> = part.evidence.useful.iter().copied().collect();
            let begun: BTreeSet<i64> = part.evidence.welcomed.union(&part.evidence.cases).copied().collect();
            let seen = me::seen(cx, &posts, &begun)?;
            let member = part.role == SpaceRole::Member;
            let me = cx.me()?.id;
            // Before I let it be seen too: so that I know what I would show.
            let profile = if member {
                let profile = champions::profile(cx, me, part.space, (&part.evidence, part.pace))?;
                Some((profile, champions::seen_from(cx, part.space)?))
            } else {
                None
            };
            rooms.push((part, space.name.clone(), seen, member, profile));
        }
        Ok((rooms, shown))
    })?;
    let (rooms, shown) = rooms;
    let mut all = Vec::new();
    for (part, name, seen, member, profile) in rooms {
        let (profile, seen_from) = profile.unzip();
        let now = part
            .spans
            .iter()
            .find(|span| span.until.is_none())
            .map(|span| span.ring);
        let mut rings = Vec::new();
        for span in part.spans.iter().rev() {
            rings.push(ring_line(ask, span)?);
        }
        all.push(Room {
            id: part.space.0,
            url: url::space(part.space, &name),
            ring: now.map_or_else(String::new, |ring| ask.t(&format!("ring-{}", ring.word()))),
            next: now
                .filter(|_| member)
                .map_or_else(String::new, |ring| next(ask, ring, part.pace)),
            rings,
            petals: flower(ask, &part, &name),
            signals: signals(ask, &part, &seen),
            member,
            champion: shown.get(&part.space).map(|until| ask.date(*until)),
            band: profile.as_ref().map_or_else(String::new, |profile| {
                ask.t(&format!("champion-band-{}", profile.band.word()))
            }),
            later: seen_from
                .filter(|from| *from > ask.app().clock.now())
                .map(|from| ask.date(from)),
            unsure: profile.as_ref().is_some_and(|profile| !profile.stable),
            profile: profile
                .iter()
                .flat_map(|profile| profile.said)
                .map(|(component, said)| {
                    (
                        ask.t(&format!("champion-{}", component.word())),
                        ask.t(&format!("champion-said-{}", said.word())),
                    )
                })
                .collect(),
            name,
        });
    }
    let known = ask.read(expertise::mine)?;
    let known: Vec<serde_json::Value> = known
        .into_iter()
        .map(|one| {
            let values = [("answers", one.answers.into()), ("questions", one.questions.into())];
            serde_json::json!({
                "board": one.board.0,
                "url": url::board(one.board, &one.name),
                "name": one.name,
                "why": say(ask, "me-expert-why", &values),
                "denied": one.denied,
            })
        })
        .collect();
    ask.page(
        "settings/me.html",
        &ask.t("me-title"),
        &serde_json::json!({ "rooms": all, "known": known }),
    )
}

/// That I do not know about a board, or do after all.
pub fn correct(ask: &Ask) -> Answer {
    let board: BoardId = ask.id("board")?;
    ask.write(|tx| expertise::correct(tx, board, ask.sent.text("knows") == "yes"))?;
    Ok(Reply::see_other("/settings/me#known").saying("done-saved"))
}

/// Lets the managers of a space see what makes me a champion, or not any longer.
pub fn champion(ask: &Ask) -> Answer {
    let space: SpaceId = ask.id("space")?;
    ask.write(|tx| {
        spaces::find(tx, space)?;
        champions::choose(tx, space, ask.sent.text("shows") == "yes")
    })?;
    Ok(Reply::see_other(format!("/settings/me#room-{space}")).saying("done-saved"))
}
