//! Concept and plan of a space: what was said, and beside it what came. The editorial calendar and its forms.

use serde::Serialize;

use super::{found, say};
use crate::access::{Verb, deed};
use crate::forum::metrics::week::{self, Calendar, Week};
use crate::forum::metrics::{models::road, read};
use crate::forum::plan::{self, Came, Draft, Line, Plan, Said, Sort};
use crate::forum::spaces::{self, Space};
use crate::i18n::{Arg, Locales};
use crate::ids::SpaceId;
use crate::refusal::{Problems, Refusal, Result};
use crate::url;
use crate::web::ask::{Answer, Ask};
use crate::web::error::or_again;
use crate::web::form::{Choice, Form, choices};
use crate::web::reply::Reply;
use crate::web::spaces::managed;

const LINE: [&str; 6] = ["day", "sort", "what", "starts", "who", "topic"];
const AIMS: [&str; 3] = ["sponsor", "share", "until"];
/// Lines of the past that are shown.
const PAST: usize = 60;

/// Something that was said, and what came of it.
#[derive(Serialize)]
struct Beside {
    name: String,
    said: String,
    came: String,
}

#[derive(Serialize)]
struct LineView {
    url: String,
    day: String,
    launch: bool,
    what: String,
    starts: String,
    who: String,
    who_url: String,
    topic: String,
    topic_url: String,
    came: String,
    /// Its day is over, and nothing came.
    late: bool,
}

fn find(ask: &Ask) -> Result<Space> {
    let id: SpaceId = ask.id("space")?;
    ask.read(|cx| spaces::find(cx, id))
}

fn home(space: SpaceId) -> String {
    format!("/spaces/{space}/plan")
}

fn line_view(ask: &Ask, space: SpaceId, line: &Line, came: Option<&Came>, today: i64) -> Result<LineView> {
    let replied = came.map_or_else(String::new, |came| {
        let values: [(&str, Arg); 2] = [("replies", came.replies.into()), ("people", came.people.into())];
        Locales::get().with_values(ask.lang, "plan-came", &values)
    });
    Ok(LineView {
        url: format!("{}/{}", home(space), line.id),
        day: say::day(ask, line.day)?,
        launch: line.sort == Sort::Launch,
        what: line.what.clone(),
        starts: line.starts.clone(),
        who: line.who.as_ref().map_or_else(String::new, |who| who.2.clone()),
        who_url: line
            .who
            .as_ref()
            .map_or_else(String::new, |who| url::person(who.0, &who.2)),
        topic: came.map_or_else(String::new, |came| came.title.clone()),
        topic_url: line
            .topic
            .zip(came)
            .map_or_else(String::new, |(topic, came)| url::topic(topic, &came.title)),
        late: line.sort == Sort::Talk && line.day < today && came.is_none(),
        came: replied,
    })
}

/// "So many of so many", of a share that is told.
fn of(ask: &Ask, told: Option<&read::Told>, key: &str) -> String {
    match told.and_then(|told| told.numerator.zip(told.denominator)) {
        Some((some, all)) => Locales::get().with_values(ask.lang, key, &[("some", some.into()), ("all", all.into())]),
        None => say::told(ask, told),
    }
}

/// Where the road is, and where it is foreseen to be on the day of the target.
fn target(ask: &Ask, found: &found::Found, plan: &Plan, last: Week) -> Result<Option<Beside>> {
    let Some(target) = plan.target else { return Ok(None) };
    let locales = Locales::get();
    let said = locales.with_values(
        ask.lang,
        "plan-target-said",
        &[
            ("share", say::chosen(ask.lang, target.share).into()),
            ("day", say::day(ask, target.day)?.into()),
        ],
    );
    let now = say::told(ask, found.figures.at("active-share", "", last));
    let ahead = u16::try_from(week::week_of_day(target.day) - last).ok();
    let foreseen = found.sheet(ask).outlook().zip(ahead).and_then(|(outlook, weeks)| {
        let share = road::path(outlook.state, &outlook.rates, weeks.max(1))
            .last()
            .copied()?;
        Some(say::percent(ask.lang, share))
    });
    let came = match foreseen {
        Some(foreseen) => locales.with_values(
            ask.lang,
            "plan-target-foreseen",
            &[("now", now.into()), ("then", foreseen.into())],
        ),
        None => locales.with_values(ask.lang, "plan-target-now", &[("now", now.into())]),
    };
    Ok(Some(Beside {
        name: ask.t("plan-target"),
        said,
        came,
    }))
}

fn beside(ask: &Ask, space: &Space, plan: &Plan, score: plan::Score) -> Result<Vec<Beside>> {
    let found = found::find(
        ask,
        &[
            "adoption",
            "content-yield",
            "newcomers-answered",
            "active-share",
            "rates",
        ],
    )?;
    let last = found.weeks.map_or(0, |weeks| weeks.1);
    let at = |metric: &str| found.figures.lately(metric, "", last);
    let row = |name: &str, said: &str, came: String| Beside {
        name: ask.t(name),
        said: said.to_owned(),
        came,
    };
    let mut all = vec![
        row("concept-for", &space.concept_for, of(ask, at("adoption"), "plan-here")),
        row(
            "concept-about",
            &space.concept_about,
            of(ask, at("content-yield"), "plan-talked"),
        ),
        row(
            "concept-gain",
            &space.concept_gain,
            of(ask, at("newcomers-answered"), "plan-answered"),
        ),
    ];
    all.extend(target(ask, &found, plan, last)?);
    if score.said > 0 {
        let values: [(&str, Arg); 2] = [("came", score.came.into()), ("talked", score.talked.into())];
        let locales = Locales::get();
        all.push(Beside {
            name: ask.t("plan-calendar"),
            said: locales.with_values(ask.lang, "plan-said", &[("said", score.said.into())]),
            came: locales.with_values(ask.lang, "plan-of-it", &values),
        });
    }
    Ok(all)
}

fn sorts(ask: &Ask, form: &Form) -> Vec<Choice> {
    choices(ask.lang, "plan-sort", &["talk", "launch"], &[form.value("sort")])
}

fn iso(day: i64) -> Result<String> {
    Ok(week::date_of(day)?.to_string())
}

/// A share as it is typed: 0.1 as 10.
fn typed(share: f64) -> String {
    format!("{}", (share * 1e6).round() / 1e4)
}

fn aims(plan: &Plan) -> Result<Form> {
    let share = plan.target.map_or_else(String::new, |target| typed(target.share));
    let until = plan.target.map_or(Ok(String::new()), |target| iso(target.day))?;
    let sponsor = plan
        .sponsor
        .as_ref()
        .map_or_else(String::new, |who| format!("@{}", who.1));
    Ok(Form::new(&[
        ("sponsor", &sponsor),
        ("share", &share),
        ("until", &until),
    ]))
}

fn blank() -> Form {
    Form::new(&[
        ("day", ""),
        ("sort", "talk"),
        ("what", ""),
        ("starts", ""),
        ("who", ""),
        ("topic", ""),
    ])
}

/// Its two forms as they were sent, when one of them was refused.
fn page(ask: &Ask, again: Option<(Form, Form)>) -> Answer {
    let space = find(ask)?;
    let now = ask.app().clock.now();
    let (known, lines, came, today) = ask.read(|cx| {
        let known = plan::plan(cx, &space)?;
        let lines = plan::lines(cx, &space)?;
        let came = plan::came(cx, &lines)?;
        let calendar: Calendar = read::calendar(cx)?;
        Ok((known, lines, came, calendar.day(now)))
    })?;
    let mut coming = Vec::new();
    let mut past = Vec::new();
    for line in &lines {
        let view = line_view(
            ask,
            space.id,
            line,
            line.topic.and_then(|topic| came.get(&topic)),
            today,
        )?;
        if line.day >= today {
            coming.push(view);
        } else {
            past.push(view);
        }
    }
    past.reverse();
    past.truncate(PAST);
    let beside = beside(ask, &space, &known, plan::score(&lines, &came, today))?;
    let refused = again.is_some();
    let (aims, line) = match again {
        Some(forms) => forms,
        None => (aims(&known)?, blank()),
    };
    let problems: Vec<_> = aims.problems.iter().chain(&line.problems).cloned().collect();
    let data = serde_json::json!({
        "id": space.id.0,
        "space": space.name,
        "space_url": url::space(space.id, &space.name),
        "beside": beside,
        "sponsor": known.sponsor.as_ref().map(|who| (url::person(who.0, &who.2), &who.2)),
        "coming": coming,
        "past": past,
        "can_manage": space.can(Verb::Manage),
        "aims": aims,
        "sorts": sorts(ask, &line),
        "form": line,
        "problems": problems,
        "refused": refused,
    });
    let title = ask.t("plan-title");
    if refused {
        ask.again("figures/plan.html", &title, &data)
    } else {
        ask.page("figures/plan.html", &title, &data)
    }
}

pub fn show(ask: &Ask) -> Answer {
    page(ask, None)
}

/// A day from a field for dates, as days since 1970.
fn day(text: &str) -> Option<i64> {
    let date: jiff::civil::Date = text.trim().parse().ok()?;
    // Nobody plans before there were networks, or a century ahead.
    (1990..=2100).contains(&date.year()).then(|| week::day_of(date))
}

pub fn aim(ask: &Ask) -> Answer {
    let share = ask
        .sent
        .text("share")
        .trim()
        .trim_end_matches('%')
        .trim()
        .replace(',', ".");
    let until = ask.sent.text("until").trim();
    let said = Said {
        sponsor: ask.sent.text("sponsor"),
        // What is no number is no share from 0 to 100 either, and is said to be none.
        share: (!share.is_empty()).then(|| share.parse::<f64>().map_or(-1.0, |percent| percent / 100.0)),
        day: day(until),
    };
    let outcome = managed(ask, |tx, space| {
        if !until.is_empty() && said.day.is_none() {
            return Err(Problems::one("until", "problem-plan-day"));
        }
        plan::say(tx, &space, &said)
    });
    let again = |problems: &Problems| page(ask, Some((ask.kept(&AIMS, problems), blank())));
    done(ask, or_again(outcome, again))
}

fn done(ask: &Ask, outcome: std::result::Result<(), Answer>) -> Answer {
    match outcome {
        Ok(()) => {
            let id: SpaceId = ask.id("space")?;
            Ok(Reply::see_other(home(id)).saying("done-saved"))
        }
        Err(answer) => answer,
    }
}

fn draft(ask: &Ask) -> Draft<'_> {
    Draft {
        day: day(ask.sent.text("day")),
        sort: Sort::from_word(ask.sent.text("sort")),
        what: ask.sent.text("what"),
        starts: ask.sent.text("starts"),
        who: ask.sent.text("who"),
        topic: ask.sent.text("topic"),
    }
}

pub fn add(ask: &Ask) -> Answer {
    let outcome = managed(ask, |tx, space| plan::add(tx, &space, &draft(ask)));
    let again = |problems: &Problems| {
        let space = find(ask)?;
        let known = ask.read(|cx| plan::plan(cx, &space))?;
        page(ask, Some((aims(&known)?, ask.kept(&LINE, problems))))
    };
    done(ask, or_again(outcome, again))
}

fn number(ask: &Ask) -> Result<i64> {
    ask.param("line").parse().map_err(|_| Refusal::NotFound)
}

fn line_page(ask: &Ask, form: Form, again: bool) -> Answer {
    let space = find(ask)?;
    space.clone().may::<deed::Manage>()?;
    let data = serde_json::json!({
        "id": space.id.0,
        "line": number(ask)?,
        "space": space.name,
        "space_url": url::space(space.id, &space.name),
        "sorts": sorts(ask, &form),
        "form": form,
    });
    let title = ask.t("plan-line");
    if again {
        ask.again("figures/plan_line.html", &title, &data)
    } else {
        ask.page("figures/plan_line.html", &title, &data)
    }
}

pub fn edit(ask: &Ask) -> Answer {
    let space = find(ask)?;
    let number = number(ask)?;
    let line = ask.read(|cx| plan::find(cx, &space, number))?;
    let who = line.who.as_ref().map_or_else(String::new, |who| format!("@{}", who.1));
    let topic = line.topic.map_or_else(String::new, |topic| topic.to_string());
    let form = Form::new(&[
        ("day", &iso(line.day)?),
        ("sort", line.sort.word()),
        ("what", &line.what),
        ("starts", &line.starts),
        ("who", &who),
        ("topic", &topic),
    ]);
    line_page(ask, form, false)
}

pub fn change(ask: &Ask) -> Answer {
    let number = number(ask)?;
    let outcome = managed(ask, |tx, space| plan::change(tx, &space, number, &draft(ask)));
    let again = |problems: &Problems| line_page(ask, ask.kept(&LINE, problems), true);
    done(ask, or_again(outcome, again))
}

pub fn remove(ask: &Ask) -> Answer {
    let number = number(ask)?;
    managed(ask, |tx, space| plan::remove(tx, &space, number))?;
    done(ask, Ok(()))
}
