//! Four weeks of a space, or of the forum, on one page: written by itself from the figures, in plain words, to print, to
//! mail and to hand to a board. It says what changed, by how much, and why as far as the figures know; what is hidden or
//! too early is left out, and said to be.

use serde::Serialize;

use super::drawings::{Drawing, Sheet};
use super::found::{Found, find};
use super::{files, say};
use crate::forum::letters::reports;
use crate::forum::metrics::metric::FEW;
use crate::forum::metrics::read::Figures;
use crate::forum::metrics::week::{self, BLOCK, QUARTER, Week};
use crate::i18n::{Arg, Locales};
use crate::refusal::{Refusal, Result};
use crate::web::ask::{Answer, Ask};
use crate::web::reply::Reply;

/// What the sentences are made of.
const READ: [&str; 15] = [
    "audience",
    "active-share",
    "rates",
    "growth",
    "rings",
    "adoption",
    "activation",
    "first-reply",
    "newcomers-answered",
    "unanswered",
    "content-yield",
    "liveliness",
    "concentration",
    "bridges",
    "peer-answers",
];

/// Reports that one can choose from: a year.
const CHOICES: usize = 13;

#[derive(Serialize)]
struct Part {
    title: String,
    sentences: Vec<String>,
}

/// The figures at the end of four weeks and of the four before.
struct Told<'a> {
    ask: &'a Ask,
    figures: &'a Figures,
    end: Week,
}

impl Told<'_> {
    fn now(&self, metric: &str, part: &str) -> Option<f64> {
        self.figures.lately(metric, part, self.end)?.value
    }

    fn before(&self, metric: &str, part: &str, back: i64) -> Option<f64> {
        self.figures.lately(metric, part, self.end - back)?.value
    }

    fn count(&self, metric: &str, part: &str) -> Option<i64> {
        self.figures.lately(metric, part, self.end)?.numerator
    }

    fn say(&self, key: &str, values: &[(&str, Arg)]) -> String {
        Locales::get().with_values(self.ask.lang, key, values)
    }

    fn percent(&self, share: f64) -> Arg {
        say::percent(self.ask.lang, share).into()
    }

    /// "rose from 8.1 % to 9.4 %", "fell", or "stayed at".
    fn moved(&self, key: &str, metric: &str, part: &str, back: i64) -> Option<String> {
        let now = self.now(metric, part)?;
        let Some(before) = self.before(metric, part, back) else {
            return Some(self.say(&format!("{key}-is"), &[("now", self.percent(now))]));
        };
        // What reads the same has not moved.
        let [was, is] = say::percents(self.ask.lang, [before, now]);
        let way = if was == is {
            "same"
        } else if now > before {
            "rose"
        } else {
            "fell"
        };
        Some(self.say(&format!("{key}-{way}"), &[("before", was.into()), ("now", is.into())]))
    }

    /// Why there are more or fewer who contribute: what weighs most in growth accounting.
    fn why(&self) -> Option<String> {
        let [new, back, churned] = ["new", "back", "churned"].map(|part| self.count("growth", part));
        let (new, back, churned) = (new?, back?, churned?);
        let net = new + back - churned;
        let key = match net {
            _ if new + back + churned == 0 => "month-why-none",
            0 => "month-why-even",
            net if net < 0 => "month-why-churned",
            _ if back > new => "month-why-back",
            _ if back == new => "month-why-both",
            _ => "month-why-new",
        };
        Some(self.say(
            key,
            &[("new", new.into()), ("back", back.into()), ("churned", churned.into())],
        ))
    }

    /// Where the share went one way and those who contribute the other: how many could take part has changed.
    fn against(&self) -> Option<String> {
        let (now, before) = (self.now("active-share", "")?, self.before("active-share", "", BLOCK)?);
        let [new, back, churned] = ["new", "back", "churned"].map(|part| self.count("growth", part));
        let net = new? + back? - churned?;
        let audience = self.count("audience", "")?;
        let then = self.figures.lately("audience", "", self.end - BLOCK)?.numerator?;
        if now < before && net >= 0 && audience > then {
            Some(self.say("month-why-wider", &[]))
        } else if now > before && net <= 0 && audience < then {
            Some(self.say("month-why-narrower", &[]))
        } else {
            None
        }
    }

    fn people(&self) -> Vec<String> {
        let mut all = Vec::new();
        all.extend(self.moved("month-active", "active-share", "", BLOCK));
        all.extend(self.against());
        all.extend(self.why());
        if let (Some(core), Some(few), Some(writers)) = (
            self.count("rings", "raw-core"),
            self.count("concentration", ""),
            self.count("concentration", "contributors"),
        ) {
            // Of fewer the sentence would be about one of them.
            let core = if core < FEW { 0 } else { core };
            let values = [("core", core.into()), ("few", few.into()), ("all", writers.into())];
            all.push(self.say("month-core", &values));
        }
        all.extend(self.moved("month-activation", "activation", "", QUARTER));
        all
    }

    fn answers(&self) -> Vec<String> {
        let mut all = Vec::new();
        all.extend(self.moved("month-newcomers", "newcomers-answered", "", QUARTER));
        if let Some(now) = self.now("first-reply", "") {
            let lang = self.ask.lang;
            let now_words = say::hours(lang, now);
            let sentence = match self.before("first-reply", "", QUARTER) {
                Some(before) if say::hours(lang, before) != now_words => {
                    let key = if now < before {
                        "month-wait-shorter"
                    } else {
                        "month-wait-longer"
                    };
                    self.say(
                        key,
                        &[("now", now_words.into()), ("before", say::hours(lang, before).into())],
                    )
                }
                _ => self.say("month-wait-is", &[("now", now_words.into())]),
            };
            all.push(sentence);
        }
        if let Some(told) = self.figures.lately("unanswered", "", self.end)
            && let (Some(silent), Some(topics)) = (told.numerator, told.denominator)
        {
            all.push(self.say(
                "month-unanswered",
                &[("silent", silent.into()), ("topics", topics.into())],
            ));
        }
        all.extend(self.moved("month-peers", "peer-answers", "", QUARTER));
        all
    }

    fn talk(&self) -> Vec<String> {
        let mut all = Vec::new();
        all.extend(self.moved("month-yield", "content-yield", "", QUARTER));
        if let Some(posts) = self.now("liveliness", "") {
            all.push(self.say("month-lively", &[("posts", say::number(self.ask.lang, posts).into())]));
        }
        if let Some(share) = self.now("bridges", "across") {
            let key = match self.now("bridges", "") {
                Some(index) if index < -0.05 => "month-bridges-less",
                Some(index) if index > 0.05 => "month-bridges-more",
                Some(_) => "month-bridges-chance",
                None => "month-bridges-early",
            };
            all.push(self.say(key, &[("share", self.percent(share))]));
        }
        all
    }

    /// What is worth doing next, three things at most, the farthest from its target first.
    fn next(&self) -> Vec<String> {
        let targets = &self.ask.app().config.targets;
        let mut all: Vec<(f64, &str)> = Vec::new();
        let mut below = |value: Option<f64>, target: f64, key: &'static str| {
            if let Some(value) = value.filter(|value| *value < target) {
                all.push(((target - value) / target, key));
            }
        };
        below(
            self.now("newcomers-answered", ""),
            targets.newcomers_answered,
            "month-next-newcomers",
        );
        below(self.now("content-yield", ""), targets.content_yield, "month-next-yield");
        below(
            self.now("unanswered", "").map(|share| 1.0 - share),
            1.0 - targets.unanswered,
            "month-next-unanswered",
        );
        if let Some(told) = self.figures.lately("concentration", "", self.end)
            && let (Some(few), Some(of)) = (told.numerator, told.denominator)
        {
            #[expect(clippy::cast_precision_loss, reason = "people")]
            let share = few as f64 / of as f64;
            below(Some(share), targets.half_by, "month-next-few");
        }
        if let (Some(new), Some(back), Some(churned)) = (
            self.count("growth", "new"),
            self.count("growth", "back"),
            self.count("growth", "churned"),
        ) && churned > 0
        {
            #[expect(clippy::cast_precision_loss, reason = "people")]
            let ratio = (new + back) as f64 / churned as f64;
            below(Some(ratio), 1.0, "month-next-churn");
        }
        all.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(other.1)));
        all.truncate(3);
        all.into_iter().map(|(_, key)| self.ask.t(key)).collect()
    }
}

/// A report: of four weeks that ended with a block, as growth accounting counts them.
struct Report {
    found: Found,
    end: Week,
    ends: Vec<Week>,
    parts: Vec<Part>,
    next: Vec<String>,
}

fn written(ask: &Ask) -> Result<Option<Report>> {
    let found = find(ask, &READ)?;
    let Some((first, last)) = found.weeks else {
        return Ok(None);
    };
    let ends: Vec<Week> = (first..=last)
        .rev()
        .filter(|week| found.figures.at("growth", "active", *week).is_some())
        .take(CHOICES)
        .collect();
    let wanted = week::parse(ask.ask_for("until"));
    let Some(end) = wanted
        .filter(|week| ends.contains(week))
        .or_else(|| ends.first().copied())
    else {
        return Ok(None);
    };
    let told = Told {
        ask,
        figures: &found.figures,
        end,
    };
    let mut parts = Vec::new();
    for (key, sentences) in [
        ("month-people", told.people()),
        ("month-answers", told.answers()),
        ("month-talk", told.talk()),
    ] {
        let sentences = if sentences.is_empty() {
            vec![ask.t("month-silent")]
        } else {
            sentences
        };
        parts.push(Part {
            title: ask.t(key),
            sentences,
        });
    }
    let next = told.next();
    Ok(Some(Report {
        end,
        ends,
        parts,
        next,
        found,
    }))
}

fn home(ask: &Ask) -> String {
    let space = ask.param("space");
    if space.is_empty() {
        "/health/report".to_owned()
    } else {
        format!("/spaces/{space}/report")
    }
}

fn title(ask: &Ask, name: &str, end: Week) -> Result<String> {
    Ok(Locales::get().with_values(
        ask.lang,
        "month-title",
        &[("name", name.into()), ("day", say::last_day(ask, end)?.into())],
    ))
}

pub fn report(ask: &Ask) -> Answer {
    let Some(report) = written(ask)? else {
        let title = ask.t("month-link");
        return ask.page(
            "figures/report.html",
            &title,
            &serde_json::json!({ "early": true, "title": title }),
        );
    };
    let first = report.end - 2 * 52;
    let sheet = Sheet {
        first: report.found.weeks.map_or(first, |(begin, _)| begin.max(first)),
        last: report.end,
        ..report.found.sheet(ask)
    };
    let charts: Vec<Drawing> = vec![sheet.road(None)?, sheet.growth()?];
    let address = home(ask);
    let mut choices = Vec::new();
    for end in &report.ends {
        choices.push((
            format!("{address}?until={}", week::name(*end)?),
            say::last_day(ask, *end)?,
            *end == report.end,
        ));
    }
    let title = title(ask, &report.found.name, report.end)?;
    ask.page(
        "figures/report.html",
        &title,
        &serde_json::json!({
            "early": false,
            "title": title,
            "name": report.found.name,
            "health": report.found.home,
            "parts": report.parts,
            "next": report.next,
            "charts": charts,
            "choices": choices,
            "home": address,
            "until": week::name(report.end)?,
        }),
    )
}

/// As a letter to oneself: to hand on as one likes. That figures leave is written down.
pub fn mail(ask: &Ask) -> Answer {
    let Some(report) = written(ask)? else {
        return Err(Refusal::NotFound);
    };
    let title = title(ask, &report.found.name, report.end)?;
    let mut lines = Vec::new();
    for part in &report.parts {
        lines.push((part.title.clone(), part.sentences.clone()));
    }
    if !report.next.is_empty() {
        lines.push((ask.t("month-next"), report.next.clone()));
    }
    let until = week::name(report.end)?;
    let address = format!("{}{}?until={until}", ask.app().site.text, home(ask));
    files::leaves(ask, "letter", "report of the month")?;
    let sent = ask.write(|tx| {
        let me = tx.me()?.id;
        reports::put(tx, me, &title, &lines, &address)
    })?;
    let saying = if sent { "done-report" } else { "done-report-not" };
    Ok(Reply::see_other(format!("{}?until={until}", home(ask))).saying(saying))
}
