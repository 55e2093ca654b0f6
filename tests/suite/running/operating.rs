//! What leaves the forum for whoever operates it or studies it: numbers for Prometheus, figures by the schedule, and
//! events under numbers that nobody can turn back.

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;

use aquarium::access::{Viewer, deed, on_forum};
use aquarium::forum::metrics::bundle::{self, Kind, Wanted};
use aquarium::forum::metrics::export;
use aquarium::forum::metrics::read::{self, Scope, Telling};
use aquarium::forum::metrics::research::{self, Outcome, Said};
use aquarium::forum::metrics::schedule::{self, Often};
use aquarium::forum::metrics::week::Calendar;
use aquarium::forum::metrics::work;
use aquarium::i18n::Locales;
use aquarium::ids::PostId;
use aquarium::web;
use diesel::QueryableByName;
use diesel::sql_types::BigInt;

use crate::Story;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("operating::gauges_say_numbers_and_no_names", gauges),
        ("operating::figures_leave_by_the_schedule_once", scheduled),
        ("operating::figures_leave_as_they_are_read", exported),
        ("operating::events_leave_under_numbers_or_not_at_all", events),
    ]
}

fn asked(address: std::net::SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("it listens");
    let request = format!("GET {path} HTTP/1.1\r\nHost: gauges\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("it is asked");
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("it answers");
    text
}

fn gauges(town: &Town) {
    let mut nia = town.sign_in("nia");
    nia.visit("/").is(200);
    nia.visit("/nowhere");
    let socket = web::bind("127.0.0.1:0".parse().expect("an address")).expect("a port");
    let address = socket.local_addr().expect("an address");
    let app = Arc::clone(&town.app);
    let (send, receive) = std::sync::mpsc::channel();
    let thread = std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let server = web::serve_gauges(app, socket).expect("it serves");
            send.send(server.handle()).expect("the story waits");
            server.await.expect("it ends well");
        });
    });
    let handle = receive.recv().expect("it started");
    let text = asked(address, "/metrics");
    assert!(text.starts_with("HTTP/1.1 200"), "{text}");
    for line in [
        "aquarium_requests_total{class=\"2xx\"}",
        "aquarium_requests_total{class=\"4xx\"}",
        "aquarium_request_seconds_bucket",
        "aquarium_database_up 1",
        "aquarium_jobs_stuck 0",
        "aquarium_letters_failed 0",
        "# EOF",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    for word in ["Nia", "nia", "Kitchen", "Ada", "/nowhere"] {
        assert!(!text.contains(word), "{word} stands in it");
    }
    assert!(asked(address, "/").starts_with("HTTP/1.1 404"), "nothing else is there");
    // And on the forum's own address there is no such page.
    nia.visit("/metrics");
    assert_eq!(nia.status, 404);
    let stop = handle.stop(false);
    std::thread::spawn(move || actix_web::rt::System::new().block_on(stop))
        .join()
        .expect("it was told to stop");
    thread.join().expect("it stopped");
}

/// What happened, happened so long ago that weeks are sealed.
fn a_quarter_ago(town: &Town) {
    for who in town.crowd("Kitchen", 12) {
        town.says(who, PostId(1));
    }
    let back = 100 * 86_400_000_000_i64;
    town.by_hand(&format!("UPDATE events SET at = at - {back}"));
    town.by_hand(&format!("UPDATE spaces SET created_at = created_at - {back}"));
    work::bring_up(&town.app.store, town.app.config.metrics).expect("the figures are worked out");
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

fn scheduled(town: &Town) {
    let lang = Locales::get().first();
    let run = |files: &mut Vec<(String, usize)>| {
        schedule::run(
            &town.app.store,
            Often::EveryWeek,
            town.app.config.metrics,
            lang,
            |file| {
                files.push((file.name.clone(), file.bytes.len()));
                Ok(())
            },
        )
        .expect("figures leave")
    };
    let mut files = Vec::new();
    assert!(!run(&mut files), "nothing is sealed yet");
    a_quarter_ago(town);
    // Where they cannot be written, they are written later, and nothing says that they left.
    let failed = schedule::run(&town.app.store, Often::EveryWeek, town.app.config.metrics, lang, |_| {
        Err(aquarium::refusal::Refusal::Away("the folder".to_owned()))
    });
    assert!(failed.is_err());
    let left = "SELECT COUNT(*) AS count FROM events WHERE verb = 'figures_exported'";
    assert_eq!(town.ask_by_hand::<Count>(left)[0].count, 0);
    assert!(run(&mut files));
    let names: BTreeSet<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert!(
        names.iter().any(|name| name.ends_with("/forum/figures.csv")),
        "{names:?}"
    );
    let kitchen = format!("/space-{}/figures.csv", town.spaces["Kitchen"]);
    assert!(names.iter().any(|name| name.ends_with(&kitchen)));
    for beside in ["definitions.csv", "parts.csv", "departments.csv", "README.md"] {
        let name = format!("/forum/{beside}");
        assert!(names.iter().any(|found| found.ends_with(&name)), "{beside}");
    }
    assert!(files.iter().all(|(_, bytes)| *bytes > 0));
    assert_eq!(town.ask_by_hand::<Count>(left)[0].count, 1, "it is in the audit, once");
    let mut again = Vec::new();
    assert!(!run(&mut again) && again.is_empty(), "a week leaves once");
}

fn exported(town: &Town) {
    a_quarter_ago(town);
    let folder = tempfile::tempdir().expect("a folder");
    let (told, counts) = town
        .app
        .store
        .read(&town.viewer("ada"), |cx| {
            let scope = Scope::of_forum(&on_forum::<deed::SeeFigures>(cx.viewer())?);
            let (first, last) = read::weeks(cx, scope)?.expect("weeks");
            assert!(last - first > 13, "more than one quarter: {first} to {last}");
            let thresholds = town.app.config.metrics;
            let mut counts = Vec::new();
            for kind in [Kind::Csv, Kind::Xlsx, Kind::Json] {
                let wanted = Wanted {
                    scope,
                    called: "The forum",
                    weeks: first..=last,
                    history: false,
                    thresholds,
                    why: "a story",
                    lang: Locales::get().first(),
                };
                let mut weeks = Vec::new();
                let count = bundle::write(cx, &wanted, kind, folder.path(), |done| weeks.push(done))?;
                assert_eq!(weeks.last().copied(), u64::try_from(last - first + 1).ok());
                counts.push(count);
            }
            let told = read::figures(cx, scope, &[], first..=last, Telling::Published, thresholds)?;
            Ok((export::table(&told)?, counts))
        })
        .expect("files");
    let file = |name: &str| std::fs::read(folder.path().join(name)).expect("a file");
    // The same rows as all at once, by quarter.
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<String>>();
    let text = String::from_utf8(file("figures.csv")).expect("text");
    assert_eq!(lines(&text), lines(&told));
    assert_eq!(
        counts,
        vec![u64::try_from(told.lines().count() - 1).expect("a count"); 3]
    );
    let json: serde_json::Value = serde_json::from_slice(&file("figures.json")).expect("json");
    assert_eq!(json["figures"].as_array().map(Vec::len), Some(told.lines().count() - 1));
    assert!(json["definitions"].as_array().is_some_and(|all| !all.is_empty()) && json["of"] == "The forum");
    assert!(file("figures.xlsx").starts_with(b"PK"));
    assert!(file("definitions.csv").starts_with(b"metric,title,means,"));
}

fn events(town: &Town) {
    for who in town.crowd("Kitchen", 12) {
        town.says(who, PostId(1));
    }
    let store = &town.app.store;
    let folder = tempfile::tempdir().expect("a folder");
    let now = town.app.clock.now();
    let weeks = store
        .read(&Viewer::system("story"), |cx| {
            let calendar: Calendar = aquarium::forum::metrics::read::calendar(cx)?;
            Ok(calendar.week(now) - 1..=calendar.week(now))
        })
        .expect("weeks");
    let write = |to: &std::path::Path, said: Said| {
        store
            .read(&Viewer::system("story"), |cx| {
                research::write(cx, to, weeks.clone(), said, town.app.config.metrics, |_| {})
            })
            .expect("it is tried")
    };
    // Ada and Mo are the team, and two are few: nothing is written.
    let all = Said {
        department: true,
        location: true,
        tenure: true,
        role: true,
    };
    let outcome = write(folder.path(), all);
    assert!(
        matches!(outcome, Outcome::Alone { people, .. } if people < 5),
        "{outcome:?}"
    );
    // It is known before anything is written down about it having left.
    let stands_alone = |said: Said| {
        store
            .read(&Viewer::system("story"), |cx| {
                research::stands_alone(cx, said, town.app.config.metrics)
            })
            .expect("it is looked at")
    };
    assert!(stands_alone(all).is_some_and(|(_, people)| people < 5));
    assert!(!folder.path().join("events.csv").exists() && !folder.path().join("people.csv").exists());
    let little = Said {
        department: false,
        location: false,
        tenure: true,
        role: false,
    };
    assert_eq!(stands_alone(little), None);
    let Outcome::Written(done) = write(folder.path(), little) else {
        panic!("all are as new as each other");
    };
    assert!(done.events >= 12 && done.people > 12, "{done:?}");
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect("a file");
    let (people, log) = (read("people.csv"), read("events.csv"));
    assert_eq!(people.lines().count(), done.people + 1);
    for word in ["Nia", "nia", "Kitchen", "A flat one", "cast.example"] {
        assert!(!people.contains(word) && !log.contains(word), "{word}");
    }
    // No number of the forum's own, and no moment but the week.
    assert!(log.lines().nth(1).is_some_and(|line| line.contains("-W")), "{log}");
    // Another export has other numbers.
    let second = tempfile::tempdir().expect("a folder");
    write(second.path(), little);
    let other = std::fs::read_to_string(second.path().join("people.csv")).expect("a file");
    let numbers = |text: &str| -> BTreeSet<String> {
        text.lines()
            .skip(1)
            .filter_map(|line| line.split(',').next().map(str::to_owned))
            .collect()
    };
    assert!(numbers(&people).is_disjoint(&numbers(&other)));
}
