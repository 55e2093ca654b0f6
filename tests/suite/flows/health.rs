//! The pages of figures: managers see how their space does without being admins, others find nothing; too little
//! is said to be too early, too few people are hidden, and every figure leads to what it means.

use std::collections::BTreeMap;

use aquarium::access::deed;
use aquarium::forum::metrics::week::Calendar;
use aquarium::forum::metrics::{catalogue, week, work};
use aquarium::forum::spaces;
use aquarium::ids::AccountId;

use crate::Story;
use crate::running_support::{reply, topic};
use crate::support::client::Client;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("health::managers_see_it_and_others_find_nothing", seen),
        ("health::too_few_people_are_hidden", hidden),
        ("health::a_lever_is_tried_and_nothing_changes", levers),
        ("health::what_leaves_is_logged_and_no_formula", files),
        ("health::a_report_writes_itself", report),
        ("health::a_stage_is_held_once_two_blocks_show_it", stage),
        ("health::everybody_sees_what_is_kept_about_them", kept),
        ("health::an_index_says_where_to_begin", index),
        ("health::forecasts_are_held_against_what_came", forecasts),
    ]
}

/// Nia asks every week, Pia answers as long as she is here, a crowd says and asks something, and the weeks go by.
fn weeks(town: &Town, count: i64, pia: bool) {
    weeks_of(town, count, pia, &[]);
}

fn weeks_of(town: &Town, count: i64, pia: bool, crowd: &[AccountId]) {
    let calendar = Calendar::new("UTC");
    for _ in 0..count {
        let (_, first) = topic(town, "nia", "Kitchen", "Which pan for soup?");
        if pia {
            reply(town, "pia", first, "The heavy one.", "").expect("an answer");
        }
        for who in crowd.iter().take(6) {
            town.says(*who, first);
        }
        for who in crowd.iter().skip(6) {
            town.asks(*who, "Kitchen", "Which lid?");
        }
        let next = calendar.week(town.app.clock.now()) + 1;
        let monday = calendar.start(next).expect("a week");
        town.app.clock.set(monday.plus_seconds(3600));
    }
    work::bring_up(&town.app.store, town.app.config.metrics).expect("the figures are worked out");
}

/// The kitchen is for a hundred people, and twelve more belong to it.
fn for_a_hundred(town: &Town) -> Vec<AccountId> {
    town.by_hand(&format!(
        "UPDATE spaces SET audience_size = 100 WHERE id = {}",
        town.spaces["Kitchen"]
    ));
    town.crowd("Kitchen", 12)
}

fn seen(town: &Town) {
    let kitchen = town.spaces["Kitchen"];
    let home = format!("/spaces/{kitchen}/health");
    let mut ada = town.sign_in("ada");
    ada.visit(&home);
    assert_eq!(ada.status, 200);
    assert!(ada.text().contains("Too early to say anything"), "{}", ada.text());
    let crowd = for_a_hundred(town);
    weeks_of(town, 2, true, &crowd);
    let mut ada = town.sign_in("ada");
    ada.visit(&home);
    let text = ada.text();
    assert!(text.contains("Active in four weeks | 14.0"), "{text}");
    assert!(text.contains("Road to the tipping point") && text.contains("The onion"));
    assert!(ada.body.contains("<svg") && !ada.body.contains(" style="));
    // Each figure leads to what it means.
    for metric in catalogue::ALL {
        ada.visit(&format!("/definitions/{}", metric.name));
        assert_eq!(ada.status, 200, "{}", metric.name);
        assert!(ada.text().contains(metric.formula), "{}", metric.name);
    }
    ada.visit("/definitions/nothing");
    assert_eq!(ada.status, 404);
    ada.visit("/health");
    assert_eq!(ada.status, 200);
    // Twenty-five percent is on the road from the first day, dotted.
    ada.visit(&home).is(200);
    assert!(ada.body.contains("reference far"), "the dotted line");
    for chart in [
        "road",
        "onion",
        "growth",
        "waiting",
        "cohorts",
        "departments",
        "nothing",
    ] {
        ada.visit(&format!("{home}/charts/{chart}"));
        // Two weeks are no block and no quarter.
        let drawn = ["road", "onion", "waiting"].contains(&chart);
        assert_eq!(ada.status, if drawn { 200 } else { 404 }, "{chart}");
        assert!(!drawn || ada.body.starts_with("<svg xmlns="), "{chart}");
    }
    // A moderator, members and people from outside find nothing; what figures mean is for everybody.
    for who in ["mo", "nia", "oda", "gus"] {
        let mut person = town.sign_in(who);
        for path in [
            home.as_str(),
            "/health",
            &format!("{home}/take"),
            &format!("{home}/charts/road"),
        ] {
            person.visit(path);
            assert_eq!(person.status, 404, "{who} at {path}");
        }
        person.visit("/definitions/active-share");
        assert_eq!(person.status, 200, "{who}");
        // Totals are for whoever belongs, and those of the forum for whoever works here.
        let totals = format!("/spaces/{}/totals", town.spaces["Kitchen"]);
        let belongs = ["mo", "nia"].contains(&who);
        person.visit(&totals).is(if belongs { 200 } else { 404 });
        if belongs {
            person.sees("Active in four weeks").sees("Road to the tipping point");
            assert!(
                !person.body.contains("/charts/") && !person.body.contains("id=\"onion\""),
                "{who}"
            );
        }
        person.visit("/totals").is(if who == "gus" { 404 } else { 200 });
    }
}

fn forecasts(town: &Town) {
    let home = format!("/spaces/{}/health", town.spaces["Kitchen"]);
    let crowd = for_a_hundred(town);
    // Pia falls silent, so that there is somebody who may come back.
    weeks_of(town, 4, true, &crowd);
    weeks_of(town, 16, false, &crowd);
    let mut ada = town.sign_in("ada");
    // No forecast is old enough to be held against anything.
    ada.visit(&home)
        .is(200)
        .sees("forecast, 80 %")
        .sees_not("forecasts of the last year");
    weeks_of(town, 24, false, &crowd);
    let mut ada = town.sign_in("ada");
    ada.visit(&home)
        .is(200)
        .sees("forecasts of the last year, one in four weeks,");
    // The same figures make the same forecasts.
    let said = |body: &str| {
        let rest = body.split("forecasts of the last year").nth(1).expect("it is said");
        rest[..60].to_owned()
    };
    let first = said(&ada.body);
    ada.visit(&home);
    assert_eq!(said(&ada.body), first);
}

fn index(town: &Town) {
    let home = format!("/spaces/{}/health", town.spaces["Kitchen"]);
    let crowd = for_a_hundred(town);
    weeks_of(town, 4, true, &crowd);
    let mut ada = town.sign_in("ada");
    // Nobody stopped yet, so there is no growth to speak of, and four of six are too few.
    ada.visit(&home)
        .is(200)
        .sees("Six factors of health")
        .sees_not("The health index is");
    weeks_of(town, 8, true, &crowd);
    weeks_of(town, 8, false, &crowd);
    let mut ada = town.sign_in("ada");
    let files = taken(&mut ada, &home, "csv");
    let line = files["figures.csv"]
        .lines()
        .rfind(|line| {
            line.starts_with("health-index,,") && line.split(',').nth(3).is_some_and(|value| !value.is_empty())
        })
        .expect("Pia stopped, and nobody came")
        .to_owned();
    let cells: Vec<&str> = line.split(',').collect();
    let (week, value): (&str, f64) = (cells[2], cells[3].parse().expect("a number"));
    let then = format!("{home}?week={week}");
    ada.visit(&then)
        .is(200)
        .sees(&format!("The health index is {value:.0} of 100."))
        .sees("What holds it back most is growth: begin there.");
    let chart = format!("{home}/charts/index?week={week}");
    ada.visit(&chart).is(200);
    assert!(ada.body.starts_with("<svg xmlns="));
    for who in ["mo", "nia", "oda", "gus"] {
        town.sign_in(who).visit(&chart).is(404);
    }
}

/// What one gets who takes the figures of a page along: all of its weeks, by file.
fn taken(person: &mut Client, home: &str, format: &str) -> BTreeMap<String, String> {
    let page = format!("{home}/take");
    person
        .visit(&page)
        .is(200)
        .submit(&page, &[("format", format), ("why", "for the board")])
        .is(200);
    person.unpacked()
}

fn hidden(town: &Town) {
    // However many could take part, those who belong are few.
    town.by_hand("UPDATE spaces SET audience_size = 2000");
    weeks(town, 2, true);
    let mut ada = town.sign_in("ada");
    ada.visit(&format!("/spaces/{}/health", town.spaces["Kitchen"]));
    let text = ada.text();
    assert!(text.contains("Active in four weeks | hidden"), "{text}");
    let files = taken(&mut ada, &format!("/spaces/{}/health", town.spaces["Kitchen"]), "csv");
    let line = files["figures.csv"]
        .lines()
        .find(|line| line.starts_with("active-share,,"))
        .expect("the line is there");
    assert!(line.contains(",,,,,share,yes,"), "a hidden figure has no value: {line}");
}

fn levers(town: &Town) {
    let crowd = for_a_hundred(town);
    weeks_of(town, 8, true, &crowd);
    weeks_of(town, 8, false, &crowd);
    let home = format!("/spaces/{}/health", town.spaces["Kitchen"]);
    let mut ada = town.sign_in("ada");
    ada.visit(&home);
    assert!(ada.text().contains("What must be true?"), "{}", ada.text());
    let before = ada.body.clone();
    ada.visit(&format!("{home}?new=2,5&silent=1"));
    assert!(ada.body.contains("value=\"2,5\"") && ada.text().contains("As it is"));
    // The forecast of the rates as they are stays beside where the tried ones would lead.
    assert!(ada.text().contains("with the rates that you try") && ada.text().contains("forecast, 80 %"));
    // What is no rate is said beside where it was typed, stays there, and draws nothing.
    ada.visit(&format!("{home}?new=lots&silent=-4&back=NaN"));
    assert_eq!(ada.status, 200);
    assert!(!ada.text().contains("As it is") && !ada.text().contains("with the rates that you try"));
    assert_eq!(ada.text().matches("A rate is a number from 0 to 100.").count(), 3);
    assert!(ada.body.contains("value=\"lots\""), "what was typed is kept");
    ada.visit(&home);
    let charts = |body: &str| body.split("<svg").nth(2).map(str::to_owned);
    assert_eq!(charts(&ada.body), charts(&before));
}

fn files(town: &Town) {
    let crowd = for_a_hundred(town);
    weeks_of(town, 3, true, &crowd);
    let home = format!("/spaces/{}/health", town.spaces["Kitchen"]);
    let mut ada = town.sign_in("ada");
    let csv = taken(&mut ada, &home, "csv");
    let table = &csv["figures.csv"];
    assert!(table.starts_with("metric,part,week,value,"), "{table}");
    let rows = table.lines().count();
    assert!(rows > 50, "{rows}");
    // With what is needed to understand them: whoever has the files may not have the forum.
    assert!(csv["README.md"].contains("Figures of Kitchen") && csv["README.md"].contains("What for: for the board."));
    assert!(csv["definitions.csv"].lines().count() > catalogue::ALL.len());
    assert!(
        csv["departments.csv"].contains("guests,"),
        "guests are written as in the figures"
    );
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let named = match (cells[0], cells[1]) {
            (_, "") => continue,
            ("first-reply", part) if part.starts_with("waiting-") => "first-reply,waiting-HHH.HH,".to_owned(),
            ("cohorts", _) => "cohorts,J:K,".to_owned(),
            ("departments", _) => "departments,A>B,".to_owned(),
            (metric, part) => format!("{metric},{part},"),
        };
        assert!(csv["parts.csv"].contains(&named), "{named} is explained");
    }
    let json = taken(&mut ada, &home, "json");
    let told: serde_json::Value = serde_json::from_str(&json["figures.json"]).expect("json");
    assert_eq!(
        told["figures"].as_array().map(Vec::len),
        Some(rows - 1),
        "the same figures"
    );
    assert_eq!(told["definitions"].as_array().map(Vec::len), Some(catalogue::ALL.len()));
    assert_eq!(told["why"], "for the board");
    let excel = taken(&mut ada, &home, "xlsx");
    assert!(excel["figures.xlsx"].starts_with("PK") && excel.contains_key("README.md"));
    // Of some weeks only; what cannot be is said beside where it was typed, and nothing leaves.
    let page = format!("{home}/take");
    let now = town.app.clock.now();
    let day = |back: i64| {
        let calendar = Calendar::new("UTC");
        week::name(calendar.week(now.plus_days(-back))).expect("a week")
    };
    for (fields, problem) in [
        (["today", "2026-11-22", "csv", "for the board"], "This is not a day"),
        (
            ["2026-11-22", "2026-01-01", "csv", "for the board"],
            "The last week is before the first one",
        ),
        (
            ["1999-01-01", "1999-02-01", "csv", "for the board"],
            "There are no figures of these weeks",
        ),
        ([&day(7), &day(0), "paper", "for the board"], "Choose one of the three"),
        ([&day(7), &day(0), "csv", "  "], "Say what the figures are for"),
    ] {
        let [from, to, format, why] = fields;
        ada.visit(&page)
            .submit(&page, &[("from", from), ("to", to), ("format", format), ("why", why)]);
        assert_eq!(ada.status, 422, "{fields:?}");
        ada.sees(problem);
        assert!(ada.body.contains(&format!("value=\"{from}\"")), "what was typed stays");
    }
    ada.visit(&page).submit(
        &page,
        &[
            ("from", &day(14)),
            ("to", &day(14)),
            ("format", "csv"),
            ("why", "one week"),
        ],
    );
    let week: std::collections::BTreeSet<String> = ada.unpacked()["figures.csv"]
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').nth(2).map(str::to_owned))
        .collect();
    assert_eq!(week.len(), 1, "{week:?}");
    ada.visit(&format!("{home}/charts/onion"));
    assert_eq!(ada.status, 200);
    // As dots, where this machine has a font to write with.
    ada.visit(&home);
    let offered = ada.body.contains("as=png");
    ada.visit(&format!("{home}/charts/onion?as=png"));
    assert_eq!(ada.status, if offered { 200 } else { 404 });
    assert!(!offered || ada.body.contains("PNG"), "a picture");
    let files = 5 + usize::from(offered);
    ada.visit("/admin/audit").sees("for the board").sees("picture of onion");
    assert_eq!(ada.text().matches("figures_exported").count(), files, "{}", ada.text());
}

fn report(town: &Town) {
    let home = format!("/spaces/{}/report", town.spaces["Kitchen"]);
    let mut ada = town.sign_in("ada");
    ada.visit(&home).is(200);
    ada.sees("Too early");
    let crowd = for_a_hundred(town);
    // Four weeks are counted from the launch.
    let calendar = Calendar::new("UTC");
    let monday = calendar.start(calendar.week(town.app.clock.now())).expect("a week");
    town.by_hand(&format!("UPDATE spaces SET created_at = {}", monday.0));
    weeks_of(town, 8, true, &crowd);
    weeks_of(town, 4, false, &crowd[..8]);
    let mut ada = town.sign_in("ada");
    ada.visit(&home).is(200);
    // Six wrote replies each week and six asked; four of these stopped, and so did Pia.
    ada.sees("Active share fell from 14.0 % to 9.0 %.");
    ada.sees("Silent or gone since the four weeks before: 5 people. For the first time 0 contributed");
    ada.sees("Find out why people fall silent");
    assert!(ada.body.contains("<svg"));
    // Another month, by its address; what is no month is the newest.
    let before: Vec<String> = ada
        .links()
        .into_iter()
        .filter(|link| link.contains("/report?until="))
        .collect();
    assert!(before.len() >= 2, "{before:?}");
    ada.visit(&before[1]).sees("Active share");
    ada.visit(&format!("{home}?until=never")).sees("fell from 14.0 %");
    // As a letter to oneself, which is written down.
    ada.submit(
        &format!("{home}?until={}", before[0].rsplit('=').next().expect("a week")),
        &[],
    )
    .is(200);
    ada.sees("The report is on its way to you.");
    town.settle();
    let letters = crate::support::letters::letters(town);
    let letter = letters
        .iter()
        .find(|letter| letter.contains("Active share fell"))
        .expect("a letter");
    assert!(letter.contains("ada@cast.example") && letter.contains("/report?until="));
    ada.visit("/admin/audit").sees("figures_exported");
    for who in ["mo", "nia", "oda", "gus"] {
        let mut person = town.sign_in(who);
        person.visit(&home);
        assert_eq!(person.status, 404, "{who}");
        person.visit("/health/report");
        assert_eq!(person.status, 404, "{who}");
    }
}

fn stage(town: &Town) {
    let home = format!("/spaces/{}/health", town.spaces["Kitchen"]);
    let crowd = for_a_hundred(town);
    let calendar = Calendar::new("UTC");
    let monday = calendar.start(calendar.week(town.app.clock.now())).expect("a week");
    town.by_hand(&format!("UPDATE spaces SET created_at = {}", monday.0));
    weeks_of(town, 4, true, &crowd);
    // One block alone promotes nobody.
    let mut ada = town.sign_in("ada");
    ada.visit(&home).sees("Stage of life");
    assert_eq!(ada.words_in("li[aria-current=step] b"), "Inception");
    ada.sees("Invite people one by one");
    weeks_of(town, 4, true, &crowd);
    let mut ada = town.sign_in("ada");
    ada.visit(&home).sees("Members wrote 100 % of all that was written");
    assert_eq!(ada.words_in("li[aria-current=step] b"), "Maturity");
    ada.sees("Hand roles on before they are heavy.")
        .sees_not("Invite people one by one");
}

fn kept(town: &Town) {
    #[derive(diesel::QueryableByName)]
    struct Count {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        count: i64,
    }
    // Pia reads and writes in the cellar, and in the kitchen.
    let (secret, first) = topic(town, "pia", "Cellar", "What lies behind the third barrel");
    reply(town, "ada", first, "The fourth.", "").expect("an answer");
    let mut pia = town.sign_in("pia");
    // Which topics somebody read on which day is kept for suggestions, and so of those who want some.
    pia.visit("/settings/kept")
        .submit("/settings/kept", &[("suggestions", "yes")])
        .is(200);
    for who in ["pia", "ada"] {
        town.sign_in(who).visit(&format!("/topics/{secret}")).is(200);
    }
    town.settle();
    let days = |whose: &str| {
        let told = format!(
            "SELECT COUNT(*) AS count FROM day_reads WHERE account_id {whose} {}",
            town.people["pia"]
        );
        town.ask_by_hand::<Count>(&told)[0].count
    };
    assert_eq!((days("="), days("<>")), (1, 0));
    weeks(town, 2, true);
    let mut pia = town.sign_in("pia");
    pia.visit("/settings/kept");
    let text = pia.text();
    assert!(text.contains("Kitchen") && text.contains("Cellar"), "{text}");
    assert!(text.contains("What lies behind the third barrel"), "{text}");
    assert!(text.contains("Your first contribution was on"), "{text}");
    pia.visit("/settings/kept/json");
    let told: serde_json::Value = serde_json::from_str(&pia.body).expect("json");
    let wrote: i64 = told["weeks"]
        .as_array()
        .expect("weeks")
        .iter()
        .filter(|week| week["space"] == "Kitchen")
        .map(|week| week["contributions"].as_i64().expect("a count"))
        .sum();
    assert_eq!(wrote, 2);
    assert_eq!(told["weeks"][0]["replied_to"], 1);
    // What she read is kept as a mark, and never when.
    let marks = told["rows"]["read_marks"].as_array().expect("marks");
    assert!(
        marks
            .iter()
            .any(|mark| mark[0] == "What lies behind the third barrel" && mark[1] == "1-2"),
        "{marks:?}"
    );
    // And row by row: with whom, on which days, and what is kept of topics because of her.
    let rows = &told["rows"];
    assert_eq!(rows["ties"][0]["other"], "Nia");
    assert_eq!(rows["ties"][0]["from_me"], true);
    assert!(
        rows["weeks"][0]["wrote_on"]
            .as_array()
            .is_some_and(|days| !days.is_empty())
    );
    assert_eq!(rows["first_contributions"].as_array().map(Vec::len), Some(3));
    assert!(rows["topics"].as_array().is_some_and(|all| {
        all.iter()
            .any(|topic| topic["topic"] == "Which pan for soup?" && topic["first_reply_by_me_at"].is_string())
    }));
    // What is kept about one is nobody else's; what one no longer sees has no name.
    let mut oda = town.sign_in("oda");
    oda.visit("/settings/kept");
    assert!(
        oda.text().contains("Nothing is kept") && !oda.text().contains("barrel"),
        "{}",
        oda.text()
    );
    town.as_person("pia", |tx| {
        let space = spaces::find(tx, town.spaces["Cellar"])?.may::<deed::Leave>()?;
        spaces::leave(tx, space)
    });
    let mut pia = town.sign_in("pia");
    pia.visit("/settings/kept");
    let text = pia.text();
    assert!(!text.contains("Cellar") && !text.contains("barrel"), "{text}");
    assert!(text.contains("a space that you no longer see"), "{text}");
    pia.visit("/settings/kept/json");
    assert!(
        !pia.body.contains("Cellar") && !pia.body.contains("barrel"),
        "{}",
        pia.body
    );
    assert!(!pia.body.contains("Ada"), "whom she met where she is no longer");
    let mut visitor = town.visitor();
    visitor.visit("/settings/kept");
    assert!(!visitor.text().contains("Kept about me"), "{}", visitor.text());
}
