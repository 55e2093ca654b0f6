//! Every page is looked at: axe-core finds nothing, light, dark and narrow; the HTML is valid; nothing
//! is wider than a phone; and what was written runs nothing, even where no policy stops it.

use std::collections::BTreeSet;
use std::process::Command;

use aquarium::forum::metrics::work;
use aquarium::forum::people;
use aquarium::ids::PostId;
use aquarium::import::{foreign, table};
use aquarium::text::markdown;
use aquarium::web::routes::{Audience, ROUTES};
use serde_json::json;

use crate::driver::{Browser, Look, data, tool};
use crate::support::letters::{letters, link_in};
use crate::support::world::{PASSWORD, Town};
use crate::walks::topic;
use crate::{Need, Walk};

pub(crate) fn walks() -> Vec<Walk> {
    vec![
        ("pages::axe_finds_nothing", &[Need::Chromium, Need::Axe], axe),
        ("pages::a_report_prints_on_one_sheet", &[Need::Chromium], printed),
        ("pages::the_html_is_valid", &[Need::Vnu], valid),
        ("pages::payloads_run_nothing", &[Need::Chromium, Need::Data], payloads),
    ]
}

/// A forum that the kitchen had elsewhere: twenty-four people, half of them in Sales, for half a year.
fn from_elsewhere(town: &Town) {
    let folder = town.folder.path().join("elsewhere");
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut lines = "id,parent,kind,title,author,at,body,department\n".to_owned();
    for week in 0..28_i64 {
        let day = jiff::civil::date(2020, 1, 6)
            .checked_add(jiff::Span::new().days(7 * week))
            .expect("a day");
        for step in 0..6 {
            let who = (5 * week + step) % 24;
            let of = if who % 2 == 0 { "Sales" } else { "Care" };
            let (parent, kind) = if step == 0 {
                (String::new(), "question")
            } else {
                (format!("{week}-0"), "")
            };
            lines += &format!(
                "{week}-{step},{parent},{kind},Which lid?,p{who},{day} {:02}:00,This.,{of}\n",
                9 + step
            );
        }
    }
    std::fs::write(folder.join("posts.csv"), lines).expect("a file");
    let options = table::Options {
        common: foreign::Options {
            path: folder,
            space: "Kitchen".to_owned(),
            board: Some("Elsewhere".to_owned()),
            department: None,
            address: String::new(),
            report: "json".to_owned(),
        },
        time_zone: "UTC".to_owned(),
    };
    table::bring(&town.app, &options, false).expect("brought in");
}

/// What happened, happened a quarter and more ago, among a hundred people: the pages of figures show them.
fn a_quarter_ago(town: &Town) {
    for who in town.crowd("Kitchen", 12) {
        town.says(who, PostId(1));
    }
    from_elsewhere(town);
    let back = 100 * 86_400_000_000_i64;
    town.by_hand(&format!("UPDATE events SET at = at - {back}"));
    town.by_hand(&format!(
        "UPDATE spaces SET created_at = created_at - {back}, audience_size = 100"
    ));
    work::bring_up(&town.app.store, town.app.config.metrics).expect("the figures are worked out");
    // And somebody to welcome.
    let (kitchen, nia, now) = (town.spaces["Kitchen"], town.people["nia"], town.app.clock.now().0);
    town.by_hand(&format!(
        "INSERT INTO work_items (id, space_id, kind, subject, account_id, arm, facts, since, made_at) \
         VALUES (1, {kitchen}, 'welcome', 'nia', {nia}, 'shown', '{{}}', {now}, {now})"
    ));
    // And a plan.
    let today = now / 86_400_000_000;
    town.by_hand(&format!(
        "INSERT INTO plan_lines (id, space_id, day, sort, what, starts, account_id, topic_id) VALUES \
         (1, {kitchen}, {}, 'talk', 'Soups of the world', 'Which soup do you miss here?', {nia}, 1), \
         (2, {kitchen}, {}, 'launch', 'The warehouse is invited', '', NULL, NULL), \
         (3, {kitchen}, {}, 'talk', 'A month without meat', '', NULL, NULL)",
        today - 20,
        today - 40,
        today + 20
    ));
    town.by_hand(&format!(
        "INSERT INTO space_plans (space_id, sponsor_id, target_share, target_day) VALUES ({kitchen}, {nia}, 0.1, {})",
        today + 200
    ));
    let mut ada = town.sign_in("ada");
    ada.visit("/today/1").sees("Write to Nia");
    ada.visit(&format!("/spaces/{}/health", town.spaces["Kitchen"]));
    for chart in ["chart-road", "chart-onion", "chart-mirrored"] {
        assert!(ada.body.contains(chart), "{chart} is on the page");
    }
    ada.visit(&format!("/spaces/{}/health/history", town.spaces["Kitchen"]))
        .is(200);
    for chart in ["chart-mirrored", "chart-steps", "chart-grid"] {
        assert!(ada.body.contains(chart), "{chart} is on the page of history");
    }
}

/// Every page that Ada and a visitor can open, with real numbers in the addresses.
fn paths(town: &Town) -> Vec<String> {
    let topic_url = topic(town);
    let topic_id = topic_url
        .split("/topics/")
        .nth(1)
        .and_then(|rest| rest.split('-').next())
        .unwrap_or("1")
        .to_owned();
    let mut ada = town.sign_in("ada");
    ada.visit(&format!("/topics/{topic_id}"));
    let post = ada
        .body
        .split("id=\"post-")
        .nth(2)
        .and_then(|rest| rest.split('"').next())
        .unwrap_or("1")
        .to_owned();
    let edit = format!("/posts/{post}/edit");
    ada.visit(&edit)
        .submit(&edit, &[("body", "A wooden spoon helps."), ("do", "save")])
        .is(200);
    ada.visit(&format!("/topics/{topic_id}"))
        .submit(&format!("/posts/{post}/thank"), &[])
        .is(200);
    // One review that waits, and one that is decided.
    let report = format!("/posts/{post}/report");
    let mut pia = town.sign_in("pia");
    pia.visit(&report)
        .submit(&report, &[("why", "other"), ("words", "Spoons are not on topic.")])
        .is(200);
    decided(town, &topic_url);
    town.settle();
    a_quarter_ago(town);
    let mut paths: BTreeSet<String> = BTreeSet::new();
    for route in ROUTES
        .iter()
        .filter(|route| route.method == "GET" && route.audience != Audience::Machine)
    {
        // Behind a key, and files that are no pages.
        let file = [
            "/picture",
            "/csv",
            "/json",
            "/excel",
            "/pack",
            "/charts/{chart}",
            "/live",
            "/alike",
            "/suggest",
        ]
        .iter()
        .any(|end| route.path.ends_with(end))
            || ["/files/{file}/{name}", "/pictures/{file}", "/spaces/{space}/people"].contains(&route.path);
        if file || route.path.contains("{token}") || route.path.contains("{key}") {
            continue;
        }
        paths.insert(
            route
                .path
                .replace("{space}", &town.spaces["Kitchen"].to_string())
                .replace("{board}", &town.boards["Kitchen"].to_string())
                .replace("{topic}", &topic_id)
                .replace("{post}", &post)
                .replace("{review}", "1")
                .replace("{tag}", "1")
                .replace("{year}", "2026")
                .replace("{metric}", "rings")
                .replace("{item}", "1")
                .replace("{input}", "resolved")
                .replace("{line}", "1")
                .replace("{person}", &town.people["nia"].to_string()),
        );
    }
    paths.insert("/search?q=spoon".to_owned());
    paths.insert(format!("/topics/{topic_id}?view=flat&page=1"));
    paths.insert(format!("/topics/{topic_id}/move?to={}", town.boards["Cellar"]));
    paths.insert("/nowhere".to_owned());
    paths.into_iter().collect()
}

/// The pages before one is somebody: the doors, and those whose address carries a token.
fn doors(town: &Town) -> Vec<String> {
    let mut ada = town.sign_in("ada");
    ada.visit("/admin/invitations").submit(
        "/admin/invitations",
        &[("uses", "1"), ("days", "7"), ("note", "Come in")],
    );
    let invitation = link_in(&ada.text(), "/join/");
    ada.visit("/settings/account").submit(
        "/settings/mail",
        &[("mail", "ada.new@cast.example"), ("old_password", PASSWORD)],
    );
    town.visitor()
        .visit("/reset")
        .submit("/reset", &[("mail", "nia@cast.example")])
        .is(200);
    town.settle();
    let letters = letters(town).join("\n");
    vec![
        "/sign-in".to_owned(),
        "/reset".to_owned(),
        "/join".to_owned(),
        "/join/not-a-link".to_owned(),
        invitation,
        link_in(&letters, "/reset/"),
        link_in(&letters, "/confirm/mail/"),
    ]
}

/// A forum that nobody has set up, and the link that does.
fn bare(town: &Town) -> (Town, String) {
    let empty = Town::empty(&town.databases, town.kind);
    let token = people::set_up_ticket(&empty.app.store)
        .expect("the database answers")
        .expect("nobody has set it up");
    (empty, format!("/set-up/{token}"))
}

/// A reply of Nia's, removed by Mo: review 2.
fn decided(town: &Town, topic: &str) {
    let path = topic.split_once("/topics/").map_or("", |(_, rest)| rest);
    let topic = format!("/topics/{path}");
    let mut nia = town.sign_in("nia");
    nia.visit(&topic)
        .submit("/reply", &[("body", "Buy my spoons."), ("do", "post")])
        .is(200);
    let post = nia
        .body
        .rsplit("id=\"post-")
        .next()
        .and_then(|rest| rest.split('"').next())
        .unwrap_or("1")
        .to_owned();
    let report = format!("/posts/{post}/report");
    town.sign_in("pia")
        .visit(&report)
        .submit(&report, &[("why", "spam"), ("words", "")])
        .is(200);
    town.sign_in("mo").visit("/reviews/2").submit(
        "/decide",
        &[
            ("decision", "remove"),
            ("rule", "No trade"),
            ("reason", "This is a kitchen."),
            ("sanction", "warning"),
        ],
    );
}

fn axe(town: &Town) {
    let axe = std::fs::read_to_string(tool("axe-core/axe.min.js").expect("it was asked for")).expect("axe-core");
    let base = format!("http://{}", town.address());
    let paths = paths(town);
    assert!(paths.len() >= 45, "{} pages", paths.len());
    let doors = doors(town);
    let (empty, set_up) = bare(town);
    let mut problems = Vec::new();
    for look in [
        Look::default(),
        Look {
            dark: true,
            ..Look::default()
        },
        Look {
            width: 320,
            ..Look::default()
        },
    ] {
        let browser = Browser::open(look);
        for path in &doors {
            scan(&browser, &axe, &base, path, look, &mut problems);
        }
        let young = format!("http://{}", empty.address());
        scan(&browser, &axe, &young, &set_up, look, &mut problems);
        browser.sign_in(&base, "ada");
        for path in paths.iter().map(String::as_str).chain(["/reviews/2"]) {
            scan(&browser, &axe, &base, path, look, &mut problems);
        }
        drop(browser);
        let browser = Browser::open(look);
        browser.sign_in(&base, "nia");
        for path in ["/decisions", "/decisions/2"] {
            scan(&browser, &axe, &base, path, look, &mut problems);
        }
    }
    assert!(
        problems.is_empty(),
        "{} problems:\n{}",
        problems.len(),
        problems.join("\n")
    );
}

fn printed(town: &Town) {
    a_quarter_ago(town);
    let base = format!("http://{}", town.address());
    let browser = Browser::open(Look::default());
    browser.sign_in(&base, "ada");
    browser.go(&format!("{base}/spaces/{}/report", town.spaces["Kitchen"]));
    assert!(browser.shows("main", "Worth doing next") || browser.shows("main", "Who came"));
    assert_eq!(browser.sheets(), 1);
    // What is longer takes more: sheets are counted, not guessed.
    browser.go(&format!("{base}/definitions"));
    assert!(browser.sheets() > 1);
}

fn scan(browser: &Browser, axe: &str, base: &str, path: &str, look: Look, problems: &mut Vec<String>) {
    browser.go(&format!("{base}{path}"));
    let script = format!(
        "{axe};\nconst done = arguments[arguments.length - 1];\n\
         axe.run(document, {{ resultTypes: ['violations'] }}).then(\n\
           r => done(r.violations.map(v => v.id + ': ' + v.help + ' at ' + v.nodes.map(n => n.target.join(' ')).slice(0, 3).join(', '))),\n\
           e => done(['axe: ' + e]));"
    );
    let found = browser.run_async(&script, vec![]);
    for problem in found.as_array().into_iter().flatten() {
        problems.push(format!("{look:?} {path}: {}", problem.as_str().unwrap_or("")));
    }
    let wide = browser.run(
        "return document.documentElement.scrollWidth - document.documentElement.clientWidth",
        vec![],
    );
    if wide.as_i64().unwrap_or(0) > 1 {
        problems.push(format!("{look:?} {path}: {wide} pixels too wide"));
    }
}

fn valid(town: &Town) {
    let folder = town.folder.path().join("pages");
    std::fs::create_dir_all(&folder).expect("a folder");
    let paths = paths(town);
    let mut ada = town.sign_in("ada");
    let mut nia = town.sign_in("nia");
    for (number, path) in ["/decisions", "/decisions/2"].iter().enumerate() {
        nia.visit(path).is(200);
        std::fs::write(folder.join(format!("mine-{number}.html")), &nia.body).expect("a page");
    }
    for (number, path) in paths.iter().enumerate() {
        ada.visit(path);
        std::fs::write(folder.join(format!("{number:03}.html")), &ada.body).expect("a page");
    }
    let mut visitor = town.visitor();
    for (number, path) in doors(town).iter().enumerate() {
        visitor.visit(path);
        std::fs::write(folder.join(format!("door-{number}.html")), &visitor.body).expect("a page");
    }
    let (empty, set_up) = bare(town);
    let mut first = empty.visitor();
    first.visit(&set_up).is(200);
    std::fs::write(folder.join("set-up.html"), &first.body).expect("a page");
    let output = Command::new("java")
        .arg("-jar")
        .arg(tool("vnu-jar/build/dist/vnu.jar").expect("it was asked for"))
        .args(["--errors-only", "--skip-non-html"])
        .arg(&folder)
        .output()
        .expect("java starts");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let said = said.replace(&format!("\"file:{}/", folder.display()), "");
    assert!(output.status.success(), "{said}\n{paths:?}");
}

fn payloads(town: &Town) {
    let file = std::fs::File::open(data().expect("set").join("markup-xss/xss.tar.zst")).expect("the payloads");
    let mut tar = tar::Archive::new(zstd::Decoder::new(file).expect("zstd"));
    let mut html = String::from(
        "<!doctype html><meta charset=\"utf-8\"><title>x</title><script>window.hits = []; \
         for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) window[name] = (x) => window.hits.push(name + ' ' + x);</script>",
    );
    let mut count = 0;
    for entry in tar.entries().expect("tar") {
        let mut entry = entry.expect("an entry");
        if entry.path().expect("a path").to_string_lossy().ends_with(".json") {
            continue;
        }
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut bytes).expect("read");
        for line in String::from_utf8_lossy(&bytes).lines() {
            for source in [line.to_owned(), format!("[x]({line})"), format!("![x]({line})")] {
                html.push_str(markdown::render(&source, &|_| None).as_str());
                count += 1;
            }
        }
    }
    assert!(count > 10_000, "{count} payloads");
    // Without any policy: a file, opened as it is.
    let path = town.folder.path().join("payloads.html");
    std::fs::write(&path, &html).expect("a page");
    let browser = Browser::open(Look::default());
    browser.go(&format!("file://{}", path.display()));
    let ran = browser.run(
        "for (const a of document.querySelectorAll('a')) { if (/^(javascript|data|vbscript):/i.test(a.href)) hits.push(a.href) } \
         return { hits: hits, scripts: document.scripts.length, frames: document.querySelectorAll('iframe,object,embed,form,base,meta[http-equiv]').length, \
         handlers: [...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => a.name.startsWith('on'))).length }",
        vec![],
    );
    assert_eq!(ran, json!({ "hits": [], "scripts": 1, "frames": 0, "handlers": 0 }));
}
