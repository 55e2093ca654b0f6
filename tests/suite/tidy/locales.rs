//! Both languages say everything, with the same values, and nothing is said that nobody asks for.

use std::collections::{BTreeMap, BTreeSet};

use aquarium::forum::champions::components::Component;
use aquarium::forum::letters::wishes::{About, How, Rhythm};
use aquarium::forum::metrics::bundle::Kind;
use aquarium::forum::metrics::catalogue;
use aquarium::forum::metrics::evidence::Signals;
use aquarium::forum::metrics::models::business::{Grade, Input};
use aquarium::forum::reading::follow::{Followed, Level, Why};
use aquarium::forum::today::kinds::{Reason as Dismissal, Trial, WorkKind};
use aquarium::forum::topics::Reminder;
use aquarium::i18n::Locales;
use aquarium::kinds::{
    AccountKind, Decision, ForumRole, HoldKind, Joining, LineKind, PhraseAct, PollKind, Report, ReviewKind,
    ReviewSource, SanctionKind, SpaceRole, Standing, TopicKind, Visibility, WhoStarts,
};
use aquarium::refusal::Reason;

use super::files;
use crate::Rule;

pub(crate) fn rules() -> Vec<Rule> {
    vec![
        ("tidy::languages_say_the_same", same),
        ("tidy::every_sentence_that_is_asked_for_exists", asked_for),
    ]
}

/// Each key of a language with the values that its sentence uses.
fn keys(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut last = String::new();
    for (_, text) in files(&format!("config/locales/{language}"), ".ftl") {
        for line in text.lines() {
            if line.starts_with(|c: char| c.is_ascii_lowercase())
                && let Some((key, _)) = line.split_once(" =")
            {
                last = key.to_owned();
                assert!(
                    all.insert(last.clone(), BTreeSet::new()).is_none(),
                    "{language}: {last} stands twice"
                );
            }
            for part in line.split('$').skip(1) {
                let name: String = part
                    .chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
                    .collect();
                all.entry(last.clone()).or_default().insert(name);
            }
        }
    }
    all
}

fn same() {
    let english = keys("en");
    let dutch = keys("nl");
    assert!(english.len() > 400, "{} sentences", english.len());
    for (key, values) in &english {
        let other = dutch.get(key).unwrap_or_else(|| panic!("nl lacks {key}"));
        assert_eq!(values, other, "{key} uses other values");
    }
    for key in dutch.keys() {
        assert!(english.contains_key(key), "en lacks {key}");
    }
}

/// Whether a text between quotes is a key of this kind, whole.
fn is_key(text: &str, begin: &str) -> bool {
    text.len() > begin.len()
        && text.starts_with(begin)
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

fn asked_for() {
    let mut wanted: BTreeSet<String> = BTreeSet::new();
    for (_, text) in files("templates", ".html") {
        for part in text.split("t(key=\"").skip(1) {
            wanted.insert(part.split('"').next().unwrap_or("").to_owned());
        }
    }
    assert!(wanted.len() > 300);
    let english = keys("en");
    let mut said: BTreeSet<String> = wanted.clone();
    for (_, text) in files("src", ".rs") {
        for part in text.split('"') {
            if english.contains_key(part) {
                said.insert(part.to_owned());
            }
        }
        for part in text.split(".saying(\"").skip(1).chain(text.split(".t(\"").skip(1)) {
            wanted.insert(part.split('"').next().unwrap_or("").to_owned());
        }
        // What is wrong with a field; and a sentence with values, whose key follows the language.
        wanted.extend(
            text.split('"')
                .filter(|part| is_key(part, "problem-"))
                .map(str::to_owned),
        );
        for part in text.split("with_values(").skip(1) {
            let second = part.split_once(',').map_or("", |(_, rest)| rest.trim_start());
            let key = second.strip_prefix('"').and_then(|rest| rest.split('"').next());
            wanted.extend(key.map(str::to_owned));
        }
    }
    let of = |which: fn(&WorkKind) -> bool| -> Vec<&'static str> {
        WorkKind::ALL
            .iter()
            .filter(|kind| which(kind))
            .map(|kind| match kind {
                WorkKind::OneWay => "one-way",
                kind => kind.word(),
            })
            .collect()
    };
    let inputs: Vec<&str> = Input::ALL.iter().map(|input| input.word()).collect();
    let champions = Component::ALL;
    let signals = Signals::default().all();
    let stages = vec!["inception", "establishment", "maturity", "mitosis"];
    let said_of_stages = vec!["lasts", "1", "2", "3"];
    let moves = vec!["rose", "fell", "same", "is"];
    let kinds = of(|_| true);
    let written = of(|kind| kind.can_write());
    let compared = of(|kind| kind.trial() != Trial::None);
    for (prefix, words) in [
        (
            "visibility",
            Visibility::ALL.iter().map(|w| w.word()).collect::<Vec<_>>(),
        ),
        ("joining", Joining::ALL.iter().map(|w| w.word()).collect()),
        ("role", SpaceRole::ALL.iter().map(|w| w.word()).collect()),
        ("forum-role", ForumRole::ALL.iter().map(|w| w.word()).collect()),
        ("account-kind", AccountKind::ALL.iter().map(|w| w.word()).collect()),
        ("standing", Standing::ALL.iter().map(|w| w.word()).collect()),
        ("kind", TopicKind::ALL.iter().map(|w| w.word()).collect()),
        ("report", Report::ALL.iter().map(|w| w.word()).collect()),
        ("who-starts", WhoStarts::ALL.iter().map(|w| w.word()).collect()),
        ("entrance", vec!["closed", "invitation", "domains"]),
        ("sort", vec!["active", "newest", "replies"]),
        ("only", vec!["unanswered", "mine", "unread"]),
        ("list", vec!["latest", "unread", "unanswered", "mine"]),
        ("role", vec!["admin"]),
        ("decide", Decision::ALL.iter().map(|w| w.word()).collect()),
        (
            "decided",
            Decision::ALL
                .iter()
                .map(|w| w.word())
                .chain(["retitle", "retag", "split", "merge", "reparent", "member_out"])
                .collect(),
        ),
        ("act", Decision::ALL.iter().map(|w| w.word()).collect()),
        (
            "act",
            vec![
                "restore",
                "edit",
                "reopen",
                "split",
                "merge",
                "reparent",
                "retitle",
                "pin",
                "unpin",
                "answer",
                "hold_topic",
                "unhold_topic",
                "poll_end",
                "poll_out",
                "unanswer",
                "retag",
                "member_out",
            ],
        ),
        ("poll-kind", PollKind::ALL.iter().map(|w| w.word()).collect()),
        ("canned", vec!["uphold", "close", "move", "slow", "refuse"]),
        (
            "by",
            vec!["moderator", "community_manager", "member", "forum_manager", "admin"],
        ),
        (
            "spam-sign",
            vec![
                "new",
                "young",
                "fast",
                "far",
                "link",
                "links",
                "exclamations",
                "capitals",
                "money",
                "number",
                "long-number",
                "code",
                "quote",
                "address",
            ],
        ),
        ("act", vec!["enter", "let_go"]),
        ("role", vec!["forum_manager"]),
        ("reminder", Reminder::ALL.iter().map(|w| w.word()).collect()),
        ("reminds", Reminder::ALL.iter().map(|w| w.word()).collect()),
        ("review-kind", ReviewKind::ALL.iter().map(|w| w.word()).collect()),
        ("queue", vec!["flag", "held", "spam", "phrase", "account", "appeal"]),
        ("review-source", ReviewSource::ALL.iter().map(|w| w.word()).collect()),
        ("figures-by", vec!["kind", "source", "decision", "role", "rule"]),
        ("follow", Level::ALL.iter().map(|w| w.word()).collect()),
        ("follow-kind", Followed::ALL.iter().map(|w| w.word()).collect()),
        ("follow-why", Why::ALL.iter().map(|w| w.word()).collect()),
        ("letters-about", About::ALL.iter().map(|w| w.word()).collect()),
        ("letters-how", How::ALL.iter().map(|w| w.word()).collect()),
        ("letters-rhythm", Rhythm::ALL.iter().map(|w| w.word()).collect()),
        ("letter", vec!["notice-kind", "digest-kind"]),
        (
            "arrival",
            vec![
                "posted",
                "refused",
                "automatic",
                "unknown",
                "other-sender",
                "unproven",
                "unreadable",
            ],
        ),
        ("taken", vec!["nobody", "me", "others"]),
        ("case-input", inputs),
        ("take-format", Kind::ALL.iter().map(|kind| kind.word()).collect()),
        ("case-grade", Grade::ALL.iter().map(|w| w.word()).collect()),
        ("case", vec!["strict", "base", "generous"]),
        (
            "case-line",
            vec![
                "answers",
                "networked",
                "onboarding",
                "ideas",
                "benefit",
                "fixed",
                "writing",
                "cost",
                "net",
                "roi",
                "soft",
                "break-even",
            ],
        ),
        (
            "chart",
            vec!["tornado", "tornado-means", "cumulative", "cumulative-means"],
        ),
        ("today-kind", kinds.clone()),
        ("today-why", kinds.clone()),
        ("today-means", kinds.clone()),
        ("pack-found", kinds),
        ("today-words", written),
        ("today-compares", compared),
        ("today-became", vec!["sponsor", "load", "role"]),
        ("today-reason", Dismissal::ALL.iter().map(|w| w.word()).collect()),
        ("letter", vec!["today-kind", "report-kind"]),
        ("plan-sort", vec!["talk", "launch"]),
        ("pack", vec!["purpose", "ground", "never", "persons", "rights"]),
        ("pack-purpose", vec!["1", "2", "3"]),
        ("pack-ground", vec!["1", "2", "3", "4"]),
        ("pack-never", vec!["1", "2", "3", "4", "5", "6"]),
        ("pack-persons", vec!["1", "2", "3", "4", "5", "6", "7"]),
        ("pack-rights", vec!["1", "2", "3", "4", "5"]),
        ("champion", champions.iter().map(|one| one.word()).collect()),
        ("champion-band", vec!["invite", "coach", "later"]),
        ("champion-said", vec!["strong", "growing", "little", "unknown"]),
        ("signal", signals.iter().map(|one| one.0).collect()),
        ("stage", stages),
        ("stage-inception", said_of_stages.clone()),
        ("stage-establishment", said_of_stages.clone()),
        ("stage-maturity", said_of_stages.clone()),
        ("stage-mitosis", said_of_stages),
        ("month-active", moves.clone()),
        ("month-activation", moves.clone()),
        ("month-newcomers", moves.clone()),
        ("month-peers", moves.clone()),
        ("month-yield", moves),
        ("lever", vec!["new", "silent", "back"]),
        (
            "ring",
            vec![
                "core",
                "active",
                "occasional",
                "reader",
                "lapsed",
                "registered",
                "quiet",
                "not-here-yet",
            ],
        ),
        (
            "chart",
            vec![
                "road",
                "road-means",
                "onion",
                "onion-means",
                "growth",
                "growth-means",
                "waiting",
                "waiting-means",
                "cohorts",
                "cohorts-means",
                "departments",
                "departments-means",
                "ownership",
                "ownership-means",
                "index",
                "index-means",
                "gaps",
                "gaps-means",
            ],
        ),
        (
            "health-card",
            vec![
                "active-share",
                "first-reply",
                "newcomers-answered",
                "unanswered",
                "bridges",
                "contributors",
            ],
        ),
        ("health", vec!["earlier", "later", "newest"]),
        ("history", vec!["earlier", "later", "newest"]),
        ("unit", vec!["count", "share", "hours", "days", "number"]),
        ("window", vec!["end", "week", "month", "block", "quarter", "quarters"]),
        ("shown", vec!["known", "total", "group"]),
        ("hold", HoldKind::ALL.iter().map(|w| w.word()).collect()),
        ("hold-rule", HoldKind::ALL.iter().map(|w| w.word()).collect()),
        ("phrase", PhraseAct::ALL.iter().map(|w| w.word()).collect()),
        ("phrase-act", PhraseAct::ALL.iter().map(|w| w.word()).collect()),
        (
            "figures",
            vec![
                "open",
                "median",
                "p90",
                "in-time",
                "overturned",
                "flags",
                "held",
                "held-wait",
                "held-open",
                "held-open-means",
                "repeat",
                "open-means",
                "median-means",
                "p90-means",
                "in-time-means",
                "overturned-means",
                "flags-means",
                "held-means",
                "held-wait-means",
                "repeat-means",
            ],
        ),
        ("language-named", vec!["en", "nl"]),
        ("queue-only", vec!["any", "mine", "late"]),
        ("canned", Report::ALL.iter().map(|w| w.word()).collect()),
        ("line", LineKind::ALL.iter().map(|w| w.word()).collect()),
        ("sanctioned", SanctionKind::ALL.iter().map(|w| w.word()).collect()),
        ("sanction-was", SanctionKind::ALL.iter().map(|w| w.word()).collect()),
    ] {
        for word in words {
            wanted.insert(format!("{prefix}-{}", word.replace('_', "-")));
            if prefix == "list" {
                wanted.insert(format!("list-{word}-empty"));
            }
        }
    }
    for reason in Reason::ALL {
        wanted.insert(reason.key().to_owned());
    }
    for name in [
        "not-found",
        "link-over",
        "denied",
        "invalid",
        "conflict",
        "too-soon",
        "broken",
        "away",
    ] {
        wanted.insert(format!("error-{name}-heading"));
        if !matches!(name, "denied" | "invalid") {
            wanted.insert(format!("error-{name}-text"));
        }
    }
    for kind in [
        "reset",
        "reset-issued",
        "password-changed",
        "confirm-mail",
        "confirm-account",
        "mail-changed",
        "already-here",
        "overdue",
        "test",
        "confirm-application",
        "application-granted",
        "application-refused",
        "decided",
        "not-posted",
    ] {
        for part in ["kind", "subject", "body"] {
            wanted.insert(format!("letter-{kind}-{part}"));
        }
    }
    for component in champions {
        wanted.insert(format!("champion-{}-means", component.word()));
    }
    for (signal, _) in signals {
        wanted.insert(format!("signal-{signal}-short"));
        wanted.insert(format!("signal-{signal}-read"));
    }
    for metric in catalogue::ALL {
        let name = metric.name;
        for end in ["", "-means", "-for"] {
            wanted.insert(format!("metric-{name}{end}"));
        }
        // And its parts, as the metric itself names them.
        let parts = format!("metric-{name}-");
        said.extend(english.keys().filter(|key| key.starts_with(&parts)).cloned());
    }
    let locales = Locales::get();
    for lang in locales.all() {
        for key in &wanted {
            assert!(locales.has(lang, key), "{} lacks {key}", locales.tag(lang));
        }
    }
    said.extend(wanted);
    let idle: Vec<&String> = english.keys().filter(|key| !said.contains(*key)).collect();
    assert!(idle.is_empty(), "nobody asks for {idle:?}");
}
