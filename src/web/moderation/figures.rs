//! The figures of moderation in a space, each with what it means beside it.

use serde::Serialize;

use crate::forum::moderation::figures::{self, Figures};
use crate::forum::spaces;
use crate::i18n::{Arg, Locales};
use crate::ids::SpaceId;
use crate::url;
use crate::web::ask::{Answer, Ask};

#[derive(Serialize)]
struct Line {
    name: String,
    value: String,
    meaning: String,
}

/// "2 h 5 min"; seconds only under a minute.
fn duration(ask: &Ask, seconds: Option<i64>) -> String {
    let Some(seconds) = seconds else {
        return ask.t("figures-none");
    };
    let (key, args): (&str, Vec<(&str, Arg)>) = match seconds {
        ..60 => ("figures-seconds", vec![("seconds", seconds.into())]),
        60..3600 => ("figures-minutes", vec![("minutes", (seconds / 60).into())]),
        _ => (
            "figures-hours",
            vec![
                ("hours", (seconds / 3600).into()),
                ("minutes", (seconds % 3600 / 60).into()),
            ],
        ),
    };
    Locales::get().with_values(ask.lang, key, &args)
}

/// "3 of 4 (75 %)"; of nothing there is no share.
fn share(ask: &Ask, part: i64, whole: i64) -> String {
    if whole == 0 {
        return ask.t("figures-none");
    }
    Locales::get().with_values(
        ask.lang,
        "figures-share",
        &[
            ("part", part.into()),
            ("whole", whole.into()),
            ("percent", (100 * part / whole).into()),
        ],
    )
}

fn lines(ask: &Ask, figures: &Figures, hours: i64) -> Vec<Line> {
    let line = |key: &str, value: String| Line {
        name: ask.t(&format!("figures-{key}")),
        value,
        meaning: Locales::get().with_values(ask.lang, &format!("figures-{key}-means"), &[("hours", hours.into())]),
    };
    vec![
        line("open", figures.open.to_string()),
        line("median", duration(ask, figures.median_wait)),
        line("p90", duration(ask, figures.p90_wait)),
        line("in-time", share(ask, figures.in_time, figures.waited)),
        line("overturned", share(ask, figures.overturned, figures.appeals)),
        line("flags", share(ask, figures.flags_right, figures.flags)),
        line("held", figures.held.to_string()),
        line("held-wait", duration(ask, figures.held_wait)),
        line("repeat", figures.repeat_authors.to_string()),
    ]
}

/// Days of the window; the page offers these.
const WINDOWS: [i64; 3] = [30, 90, 365];

pub fn figures(ask: &Ask) -> Answer {
    let id: SpaceId = ask.id("space")?;
    let days = ask
        .ask_for("days")
        .parse()
        .ok()
        .filter(|days| WINDOWS.contains(days))
        .unwrap_or(90);
    let since = ask.app().clock.now().plus_days(-days);
    let (space, found) = ask.read(|cx| {
        let space = spaces::find(cx, id)?;
        let found = figures::of_space(cx, &space, since)?;
        Ok((space, found))
    })?;
    let counts = |prefix: &str, all: Vec<(String, i64)>| -> Vec<(String, i64)> {
        all.into_iter()
            .map(|(word, count)| {
                let name = if word.is_empty() {
                    ask.t("figures-none")
                } else if prefix.is_empty() {
                    word
                } else {
                    ask.t(&format!("{prefix}-{}", word.replace('_', "-")))
                };
                (name, count)
            })
            .collect()
    };
    let windows: Vec<(String, String, bool)> = WINDOWS
        .iter()
        .map(|window| {
            (
                Locales::get().with_values(ask.lang, "figures-days", &[("days", (*window).into())]),
                format!("/spaces/{id}/figures?days={window}"),
                *window == days,
            )
        })
        .collect();
    let kinds = found
        .by_kind
        .iter()
        .map(|(word, count)| ((*word).to_owned(), *count))
        .collect();
    ask.page(
        "moderation/figures.html",
        &ask.t("figures-title"),
        &serde_json::json!({
            "space": space.name,
            "space_url": url::space(id, &space.name),
            "windows": windows,
            "lines": lines(ask, &found, space.review_hours),
            "kinds": counts("review-kind", kinds),
            "decisions": counts("act", found.by_decision.into_iter().collect()),
            "roles": counts("role", found.by_role.into_iter().collect()),
            "rules": counts("", found.by_rule.into_iter().collect()),
        }),
    )
}
