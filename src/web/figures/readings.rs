//! Who read lists with names and which figures left: a page for those who watch over it.

use serde::Serialize;

use crate::access::{deed, on_forum};
use crate::forum::metrics::readings::{self, What};
use crate::i18n::{Locales, When};
use crate::web::ask::{Answer, Ask};

#[derive(Serialize)]
struct Line {
    at: When,
    by: String,
    what: String,
    space: String,
}

pub fn readings(ask: &Ask) -> Answer {
    let number = ask.page_number();
    let (all, more) = ask.read(|cx| {
        let may = on_forum::<deed::SeeFigures>(cx.viewer())?;
        readings::page(cx, &may, number)
    })?;
    let lines: Vec<Line> = all
        .into_iter()
        .map(|one| Line {
            at: ask.when(one.at),
            by: one.by.unwrap_or_else(|| ask.t("readings-command")),
            space: match (one.space, one.space_name) {
                (_, Some(name)) => name,
                (Some(_), None) => ask.t("kept-elsewhere"),
                (None, None) => String::new(),
            },
            what: match one.what {
                What::Champions => ask.t("readings-champions"),
                What::List => ask.t("readings-list"),
                What::Letter => ask.t("readings-letter"),
                What::Left { format, why } if why.is_empty() => {
                    Locales::get().with_values(ask.lang, "readings-left", &[("format", format.into())])
                }
                What::Left { format, why } => Locales::get().with_values(
                    ask.lang,
                    "readings-left-why",
                    &[("format", format.into()), ("why", why.into())],
                ),
            },
        })
        .collect();
    let at = |number: i64| format!("/health/readings?page={number}");
    ask.page(
        "figures/readings.html",
        &ask.t("readings-title"),
        &serde_json::json!({
            "lines": lines,
            "newer": if number > 1 { at(number - 1) } else { String::new() },
            "older": if more { at(number + 1) } else { String::new() },
        }),
    )
}
