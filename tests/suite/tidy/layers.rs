//! Directions between rooms: each sentence of docs/architecture.md is one assertion here.

use super::files;
use crate::Rule;

pub(crate) fn rules() -> Vec<Rule> {
    vec![
        ("tidy::rooms_look_only_downwards", rooms),
        ("tidy::only_its_room_names_a_thing", names),
        ("tidy::every_file_says_what_it_is_for", heads),
        ("tidy::a_metric_is_one_file_with_its_formula_and_its_test", metrics),
        ("tidy::templates_trust_only_prepared_markup", templates),
    ]
}

fn must_not(room: &str, words: &[&str], except: &[&str]) {
    let mut checked = 0;
    for (name, text) in files("src", ".rs") {
        if !name.starts_with(room) || except.iter().any(|allowed| name.starts_with(allowed)) {
            continue;
        }
        checked += 1;
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or("");
            for word in words {
                assert!(!code.contains(word), "{name}:{} names {word}", number + 1);
            }
        }
    }
    assert!(checked > 0, "nothing in {room}");
}

fn rooms() {
    must_not(
        "src/text",
        &["crate::forum", "crate::access", "crate::db", "crate::web"],
        &[],
    );
    must_not("src/i18n", &["crate::"], &[]);
    must_not(
        "src/db",
        &["crate::forum", "crate::access", "crate::web", "crate::event"],
        &[],
    );
    must_not(
        "src/access",
        &["crate::forum", "crate::web", "crate::views", "crate::search"],
        &[],
    );
    must_not(
        "src/forum",
        &["crate::web", "crate::views", "crate::search", "crate::jobs"],
        &[],
    );
    must_not("src", &["crate::web"], &["src/web", "src/cli.rs"]);
}

fn names() {
    must_not("src", &["actix_web::", "StatusCode"], &["src/web", "src/cli.rs"]);
    must_not("src", &["tera::"], &["src/views"]);
    // Whoever asks the world goes through the one who looks where that is.
    must_not("src", &["reqwest"], &["src/outside"]);
    must_not("src/web", &["db::schema"], &[]);
    must_not("src", &["SqliteConnection", "PgConnection"], &["src/db"]);
    must_not("src", &["std::env::var"], &["src/config.rs"]);
    must_not("src", &["Timestamp::now", "SystemTime::now"], &["src/clock.rs"]);
    must_not(
        "src",
        &[".connections.reader()", ".connections.writer()"],
        &["src/access/door.rs"],
    );
    must_not("src", &["connection_info(", "realip_remote_addr"], &[]);
}

fn heads() {
    for (name, text) in files("src", ".rs").into_iter().chain(files("tests", ".rs")) {
        assert!(text.starts_with("//!"), "{name} does not open with what it is for");
    }
}

fn metrics() {
    let mut counted = 0;
    for (name, text) in files("src/forum/metrics/catalogue", ".rs") {
        if !name.ends_with("mod.rs") {
            let defined = text.matches("pub static METRIC: Metric").count();
            assert_eq!(defined, 1, "{name} is of one metric");
            assert!(
                text.contains("formula: ") && text.contains("#[test]"),
                "{name} has a formula and a test"
            );
            counted += 1;
        }
    }
    assert_eq!(counted, aquarium::forum::metrics::catalogue::ALL.len());
}

fn templates() {
    let mut trusted = Vec::new();
    for (name, text) in files("templates", ".html") {
        for _ in text.matches("| safe") {
            trusted.push(name.clone());
        }
        assert!(
            !text.contains(" style=\"") && !text.contains("<style") && !text.contains("onclick"),
            "{name} has inline style or script"
        );
    }
    trusted.sort();
    assert_eq!(
        trusted,
        [
            // Drawn by us, with every text in it escaped.
            "templates/components/chart.html",
            "templates/components/post.html",
            "templates/components/prose.html",
            // The posts, and the outline beside them.
            "templates/topics/show.html",
            "templates/topics/show.html"
        ]
    );
}
