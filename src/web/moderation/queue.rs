//! The queue, and a review as its entry: what it is about, why it is here, who is on it.

use serde::Serialize;

use super::several::{self, Outcome};
use crate::event::PrivateThing;
use crate::forum::moderation::decide;
use crate::forum::moderation::queue::{self, Entry, Filter, Taken};
use crate::i18n::{Arg, Locales, When};
use crate::ids::{AccountId, SpaceId};
use crate::kinds::{AccountKind, Decision, HoldKind, PostState, ReviewKind};
use crate::url;
use crate::web::ask::{Answer, Ask};
use crate::web::form::{self, choices};

/// An entry, ready to print.
#[derive(Debug, Clone, Serialize)]
pub(super) struct View {
    id: i64,
    url: String,
    version: i64,
    kind: &'static str,
    label: String,
    hot: bool,
    space: String,
    space_url: String,
    board: String,
    board_url: String,
    topic: String,
    topic_url: String,
    /// Held, visible, or gone, in words.
    state: String,
    at: When,
    late: bool,
    author: String,
    author_url: String,
    author_about: String,
    excerpt: String,
    lang: String,
    words: String,
    /// What these words are.
    words_label: String,
    flags: Vec<FlagView>,
    taken_by: String,
    taken_by_me: bool,
    /// Others decide it.
    own: bool,
    pub(super) choices: Vec<Choice>,
    /// The one that a click decides without further words.
    quick: Option<Choice>,
}

#[derive(Debug, Clone, Serialize)]
struct FlagView {
    by: String,
    accuracy: String,
    reason: String,
    words: String,
    at: When,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct Choice {
    pub(super) word: &'static str,
    pub(super) label: String,
    pub(super) key: &'static str,
    danger: bool,
}

fn choice(ask: &Ask, decision: Decision) -> Choice {
    Choice {
        word: decision.word(),
        label: ask.t(&format!("decide-{}", decision.word())),
        key: match decision {
            Decision::Approve | Decision::Keep | Decision::Overturn => "a",
            Decision::Hide | Decision::Uphold => "h",
            Decision::Refuse => "r",
            Decision::Remove => "r",
            Decision::Spam => "s",
            Decision::Move => "m",
            Decision::Close => "c",
            Decision::Edit => "e",
            Decision::Slow => "w",
        },
        danger: matches!(decision, Decision::Remove | Decision::Spam | Decision::Refuse),
    }
}

pub(super) fn reason_word(ask: &Ask, reason: &str) -> String {
    let known = ask.settings.flag_kinds.iter().find(|kind| kind.word == reason);
    known.map_or_else(|| reason.to_owned(), |kind| kind.label(ask.lang))
}

/// "employee, here since 3 May 2025"; of a guest the organisation too.
fn about(ask: &Ask, author: &queue::Author) -> String {
    let since = ask.date(author.since).words;
    let key = match author.kind {
        AccountKind::Guest => "review-author-guest",
        AccountKind::Employee => "review-author-employee",
        AccountKind::Placeholder => "review-author-imported",
    };
    Locales::get().with_values(
        ask.lang,
        key,
        &[
            ("organisation", Arg::from(author.organisation.as_str())),
            ("since", Arg::from(since)),
        ],
    )
}

pub(super) fn view(ask: &Ask, entry: &Entry) -> View {
    let row = &entry.review;
    let locales = Locales::get();
    let state = entry.post.as_ref().map(|post| post.state);
    let stands = decide::Stands {
        first: entry.post.as_ref().is_some_and(|post| post.first),
        closed: entry.post.as_ref().is_some_and(|post| post.closed),
    };
    let choices: Vec<Choice> = if row.decided_at.is_some() || entry.own {
        Vec::new()
    } else {
        decide::choices(row.kind, state, stands)
            .into_iter()
            .map(|decision| choice(ask, decision))
            .collect()
    };
    let label = match row.kind {
        ReviewKind::Flag => {
            let mut reasons: Vec<String> = entry.flags.iter().map(|flag| reason_word(ask, &flag.reason)).collect();
            reasons.dedup();
            locales.with_values(
                ask.lang,
                "review-flags",
                &[
                    ("count", Arg::from(entry.flags.len())),
                    ("reasons", Arg::from(reasons.join(", ").to_lowercase())),
                ],
            )
        }
        ReviewKind::Held if HoldKind::from_word(&row.reason).is_some() => format!(
            "{}: {}",
            ask.t("review-kind-held"),
            ask.t(&format!("hold-{}", row.reason.replace('_', "-"))).to_lowercase()
        ),
        kind => ask.t(&format!("review-kind-{}", kind.word())),
    };
    let now = ask.app().clock.now();
    View {
        id: row.id.0,
        url: url::review(row.id),
        version: row.version,
        kind: row.kind.word(),
        label,
        hot: matches!(row.kind, ReviewKind::Spam) || row.escalated_at.is_some(),
        space_url: url::space(row.space_id, &entry.space),
        space: entry.space.clone(),
        board_url: entry
            .board
            .as_ref()
            .map(|(id, name)| url::board(*id, name))
            .unwrap_or_default(),
        board: entry.board.as_ref().map(|(_, name)| name.clone()).unwrap_or_default(),
        topic_url: match (&entry.post, &entry.topic) {
            (Some(post), _) => url::post(post.id),
            (None, Some((id, title))) => url::topic(*id, title),
            (None, None) => String::new(),
        },
        topic: entry.topic.as_ref().map(|(_, title)| title.clone()).unwrap_or_default(),
        state: match state {
            None => String::new(),
            Some(PostState::Published) => ask.t("review-state-visible"),
            Some(PostState::Held) => ask.t("review-state-held"),
            Some(_) => ask.t("review-state-gone"),
        },
        at: ask.when(row.opened_at),
        late: row.decided_at.is_none() && now > row.due_at,
        author_url: entry
            .author
            .as_ref()
            .filter(|_| row.kind != ReviewKind::Account)
            .map(|author| url::person(author.id, &author.name))
            .unwrap_or_default(),
        author_about: entry
            .author
            .as_ref()
            .map(|author| about(ask, author))
            .unwrap_or_default(),
        author: entry
            .author
            .as_ref()
            .map(|author| author.name.clone())
            .unwrap_or_default(),
        excerpt: entry
            .post
            .as_ref()
            .map(|post| short(&crate::text::excerpt::plain(&post.html)))
            .unwrap_or_default(),
        lang: entry
            .post
            .as_ref()
            .map(|post| post.language.clone())
            .unwrap_or_default(),
        words: if row.kind == ReviewKind::Spam {
            spam_words(ask, &row.words)
        } else {
            row.words.clone()
        },
        words_label: match row.kind {
            ReviewKind::Spam => ask.t("review-words-spam"),
            ReviewKind::Phrase => ask.t("review-words-phrase"),
            _ => ask.t("review-words-said"),
        },
        flags: entry
            .flags
            .iter()
            .map(|flag| FlagView {
                by: flag.by.clone(),
                accuracy: accuracy(ask, flag.upheld, flag.dismissed),
                reason: reason_word(ask, &flag.reason),
                words: flag.words.clone(),
                at: ask.when(flag.at),
            })
            .collect(),
        taken_by_me: entry
            .taken_by
            .as_ref()
            .is_some_and(|(who, _)| Some(*who) == ask.viewer().id()),
        taken_by: entry
            .taken_by
            .as_ref()
            .map(|(_, name)| name.clone())
            .unwrap_or_default(),
        own: entry.own,
        quick: choices
            .iter()
            // Whom one lets in is not done by one key.
            .find(|choice| row.kind != ReviewKind::Account && matches!(choice.word, "approve" | "keep"))
            .cloned(),
        choices,
    }
}

/// What looked like spam, in words: signs as sentences, and of the words those that somebody wrote.
fn spam_words(ask: &Ask, kept: &str) -> String {
    let (signs, words): (Vec<&str>, Vec<&str>) = kept
        .split(", ")
        .filter(|word| !word.is_empty())
        .partition(|word| word.starts_with('‹'));
    let mut parts: Vec<String> = signs
        .iter()
        .map(|sign| {
            ask.t(&format!(
                "spam-sign-{}",
                sign.trim_matches(['‹', '›']).replace(' ', "-")
            ))
        })
        .collect();
    let words: Vec<String> = words
        .iter()
        // The beginnings of words are for the machine.
        .filter(|word| !word.ends_with('…'))
        .map(|word| format!("“{word}”"))
        .collect();
    if !words.is_empty() {
        parts.push(words.join(", "));
    }
    parts.join(" · ")
}

fn accuracy(ask: &Ask, upheld: i64, dismissed: i64) -> String {
    let total = upheld + dismissed;
    if total == 0 {
        return ask.t("review-first-flag");
    }
    Locales::get().with_values(
        ask.lang,
        "review-accuracy",
        &[("upheld", Arg::from(upheld)), ("total", Arg::from(total))],
    )
}

/// The beginning of a text.
fn short(text: &str) -> String {
    const LONG: usize = 280;
    if text.chars().count() <= LONG {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(LONG).collect();
    cut.push_str(" …");
    cut
}

/// Days for which the queue can be narrowed to what is older.
const DAYS: [i64; 3] = [1, 3, 7];

/// What I decided last, to be undone at a stroke.
#[derive(Serialize)]
struct Last {
    url: String,
    version: i64,
    what: String,
}

/// What was done, in words.
#[derive(Serialize)]
struct Tab {
    label: String,
    url: String,
    chosen: bool,
}

pub fn queue(ask: &Ask) -> Answer {
    page(ask, &Outcome::default())
}

/// The queue, with how it ended when several were decided at once.
pub(super) fn page(ask: &Ask, outcome: &Outcome) -> Answer {
    let number = ask.page_number();
    let only = ask.ask_for("only");
    let filter = Filter {
        kind: ReviewKind::from_word(ask.ask_for("kind")),
        space: ask.ask_for("space").parse().ok().map(SpaceId),
        author: ask.ask_for("author").to_owned(),
        taken: Taken::from_word(ask.ask_for("taken")),
        taken_by: ask.ask_for("taken").parse().ok().map(AccountId),
        days: ask.ask_for("days").parse().ok().filter(|days| DAYS.contains(days)),
        mine: only == "mine",
        late: only == "late",
    };
    let (entries, more, count, last, rooms, takers) = ask.read(|cx| {
        let (entries, more) = queue::page(cx, &filter, number)?;
        Ok((
            entries,
            more,
            queue::count(cx)?,
            queue::last_decided(cx)?,
            queue::my_spaces(cx)?,
            queue::takers(cx)?,
        ))
    })?;
    if !entries.is_empty() {
        ask.reads_private(PrivateThing::Queue, 0, None, None)?;
    }
    let link = |name: &str, value: &str| {
        let mut pairs: Vec<(&str, &str)> = ["kind", "space", "author", "only", "taken", "days"]
            .into_iter()
            .filter(|key| *key != name && !ask.ask_for(key).is_empty())
            .map(|key| (key, ask.ask_for(key)))
            .collect();
        if !value.is_empty() {
            pairs.push((name, value));
        }
        let query = serde_html_form::to_string(pairs).unwrap_or_default();
        if query.is_empty() {
            "/queue".to_owned()
        } else {
            format!("/queue?{query}")
        }
    };
    let mut tabs = vec![Tab {
        label: ask.t("queue-all"),
        url: link("kind", ""),
        chosen: filter.kind.is_none(),
    }];
    for kind in [
        ReviewKind::Flag,
        ReviewKind::Held,
        ReviewKind::Spam,
        ReviewKind::Phrase,
        ReviewKind::Account,
        ReviewKind::Appeal,
    ] {
        tabs.push(Tab {
            label: ask.t(&format!("queue-{}", kind.word())),
            url: link("kind", kind.word()),
            chosen: filter.kind == Some(kind),
        });
    }
    let onlys: Vec<Tab> = ["", "mine", "late"]
        .into_iter()
        .map(|word| Tab {
            label: ask.t(&format!("queue-only-{}", if word.is_empty() { "any" } else { word })),
            url: link("only", word),
            chosen: only == word,
        })
        .collect();
    let entries: Vec<View> = entries.iter().map(|entry| view(ask, entry)).collect();
    let paged = |number: i64| {
        let base = link("page", "");
        let glue = if base.contains('?') { '&' } else { '?' };
        format!("{base}{glue}page={number}")
    };
    ask.page(
        "moderation/queue.html",
        &ask.t("queue-title"),
        &serde_json::json!({
            "entries": entries,
            "sees_figures": crate::access::on_forum::<crate::access::deed::SeeFigures>(ask.viewer()).is_ok(),
            "count": count,
            "tabs": tabs,
            "onlys": onlys,
            "newer": if number > 1 { paged(number - 1) } else { String::new() },
            "older": if more { paged(number + 1) } else { String::new() },
            "filter": {
                "kind": ask.ask_for("kind"),
                "only": only,
                "author": filter.author,
                "set": filter.space.is_some() || !filter.author.is_empty() || filter.taken.is_some() || filter.taken_by.is_some() || filter.days.is_some(),
                "spaces": rooms.into_iter().map(|(id, label)| form::Choice {
                    chosen: filter.space == Some(id),
                    value: id.to_string(),
                    label,
                }).collect::<Vec<_>>(),
                "taken": choices(
                    ask.lang,
                    "taken",
                    &Taken::ALL.iter().map(|taken| taken.word()).collect::<Vec<_>>(),
                    &[ask.ask_for("taken")],
                ).into_iter().chain(takers.into_iter().map(|(who, name)| form::Choice {
                    chosen: filter.taken_by == Some(who),
                    value: who.to_string(),
                    label: name,
                })).collect::<Vec<_>>(),
                "days": DAYS.map(|days| form::Choice {
                    chosen: filter.days == Some(days),
                    value: days.to_string(),
                    label: Locales::get().with_values(ask.lang, "queue-days", &[("days", days.into())]),
                }),
            },
            "here": paged(number),
            "several": several::offered(ask, &outcome.decision),
            "outcome": outcome,
            "last": last.map(|row| Last {
                url: url::review(row.id),
                version: row.version,
                what: row.decision.as_deref().map(|word| ask.act(word)).unwrap_or_default(),
            }),
        }),
    )
}
