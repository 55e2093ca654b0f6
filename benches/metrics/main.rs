//! Figures of a large forum: 100,000 members, ten million events, two years. How long the work of a night and of
//! a Monday takes, how long the figures of a page are read and the page is drawn, for whoever comes first and then, and what writing an event costs a reply, beside a
//! control in the same run. Judges nothing. `--events N`, `--members N`, `--postgres URL`, `--json FILE`.

use std::sync::Arc;
use std::time::Instant;

use aquarium::access::{Viewer, deed};
use aquarium::event::{At, Source};
use aquarium::forum::bench_rows;
use aquarium::forum::metrics::metric::Thresholds;
use aquarium::forum::metrics::read::{self, Scope, Telling};
use aquarium::forum::metrics::work;
use aquarium::forum::posts::{self, Sent};
use aquarium::forum::{boards, people, spaces, topics};
use aquarium::jobs;
use aquarium::kinds::{AccountKind, SpaceRole, TopicKind};
use aquarium::web;
use serde::Serialize;

#[path = "../beginning/mod.rs"]
mod beginning;
#[path = "../beginning/visitor.rs"]
mod visitor;

use beginning::{Forum, build, option, percentile};

#[derive(Serialize)]
struct Report {
    members: i64,
    events: i64,
    made_seconds: f64,
    /// The last 18 weeks, from nothing.
    rebuilt_seconds: f64,
    night_seconds: f64,
    monday_seconds: f64,
    sealed: usize,
    figures_p50_ms: f64,
    figures_p95_ms: f64,
    drawn: Vec<Drawn>,
    reply_p50_ms: f64,
    event_p50_ms: f64,
    control_p50_ms: f64,
    /// What the event is of a reply.
    share: f64,
}

/// A page as a browser gets it, over the network of this machine.
#[derive(Serialize)]
struct Drawn {
    page: &'static str,
    /// The first time after a start, and what was made for it in the night.
    first_ms: f64,
    p50_ms: f64,
    p95_ms: f64,
}

const ROUNDS: usize = 300;
/// So many events more in one write: what each of them adds is the cost of an event.
const MORE: usize = 20;

fn main() {
    let number = |name: &str, usual: i64| option(name).map_or(usual, |word| word.parse().expect("a number"));
    let (events, members) = (number("--events", 10_000_000), number("--members", 100_000));
    let folder = tempfile::tempdir().expect("a folder");
    let forum = build(folder.path(), option("--postgres").as_deref().unwrap_or(""));
    let mut report = Report {
        members,
        events,
        made_seconds: 0.0,
        rebuilt_seconds: 0.0,
        night_seconds: 0.0,
        monday_seconds: 0.0,
        sealed: 0,
        figures_p50_ms: 0.0,
        figures_p95_ms: 0.0,
        drawn: Vec::new(),
        reply_p50_ms: 0.0,
        event_p50_ms: 0.0,
        control_p50_ms: 0.0,
        share: 0.0,
    };
    // A Thursday at noon.
    let today = forum.app.clock.now();
    let thursday = today.plus_days((3 - (today.day() + 3).rem_euclid(7)).rem_euclid(7));
    forum.app.clock.set(thursday);
    let begun = Instant::now();
    bench_rows::log(&forum.app.store, forum.space, forum.board, members, events, 18).expect("a log");
    report.made_seconds = begun.elapsed().as_secs_f64();
    println!("made: {:.0} s", report.made_seconds);
    let work = || {
        let begun = Instant::now();
        let done = work::bring_up(&forum.app.store, forum.app.config.metrics).expect("worked");
        (begun.elapsed().as_secs_f64(), done)
    };
    report.rebuilt_seconds = work().0;
    println!("18 weeks from nothing: {:.1} s", report.rebuilt_seconds);
    forum.app.clock.set(thursday.plus_days(1));
    report.night_seconds = work().0;
    forum.app.clock.set(thursday.plus_days(4));
    let (seconds, done) = work();
    (report.monday_seconds, report.sealed) = (seconds, done.sealed);
    println!(
        "a night: {:.1} s, a Monday: {:.1} s ({} weeks sealed)",
        report.night_seconds, report.monday_seconds, report.sealed
    );
    pages(&forum, &mut report);
    drawn(&forum, &mut report);
    posting(&forum, &mut report);
    if let Some(file) = option("--json") {
        std::fs::write(file, serde_json::to_string_pretty(&report).expect("JSON")).expect("written");
    }
}

/// The figures of the page of health, over two years.
fn pages(forum: &Forum, report: &mut Report) {
    bench_rows::two_years_of_figures(&forum.app.store).expect("figures");
    let admin = people::viewer_of(&forum.app.store, aquarium::ids::AccountId(1)).expect("the admin");
    let mut times: Vec<f64> = (0..50)
        .map(|_| {
            let begun = Instant::now();
            forum
                .app
                .store
                .read(&admin, |cx| {
                    let space = spaces::find(cx, forum.space)?;
                    let scope = Scope::of_space(&space)?;
                    let (first, last) = read::weeks(cx, scope)?.expect("weeks");
                    let metrics = [
                        "active-share",
                        "rates",
                        "rings",
                        "ring-flow",
                        "growth",
                        "cohorts",
                        "first-reply",
                    ];
                    read::figures(
                        cx,
                        scope,
                        &metrics,
                        first..=last,
                        Telling::Published,
                        Thresholds::default(),
                    )
                })
                .expect("figures");
            begun.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    (report.figures_p50_ms, report.figures_p95_ms) = (percentile(&mut times, 0.5), percentile(&mut times, 0.95));
    println!(
        "figures of a page: p50 {:.1} ms, p95 {:.1} ms",
        report.figures_p50_ms, report.figures_p95_ms
    );
}

/// Pages of figures, from the server to the last byte.
fn drawn(forum: &Forum, report: &mut Report) {
    jobs::figures::make_ready(&forum.app).expect("what a night leaves");
    let socket = web::bind("127.0.0.1:0".parse().expect("an address")).expect("a free port");
    let base = format!("http://{}", socket.local_addr().expect("a bound socket"));
    let app = Arc::clone(&forum.app);
    // Ends with the bench.
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let serving = web::serve(app, socket).expect("the server starts");
            serving.server.await.expect("the server runs");
        });
    });
    let (agent, jar) = (visitor::agent(), visitor::sign_in(&base));
    let space = format!("/spaces/{}", forum.space.0);
    for (page, path) in [
        ("health of a space", format!("{space}/health")),
        ("health of the forum", "/health".to_owned()),
        ("report", format!("{space}/report")),
        ("totals", format!("{space}/totals")),
    ] {
        let ask = || {
            let begun = Instant::now();
            let mut answer = agent
                .get(format!("{base}{path}"))
                .header("Cookie", visitor::header(&jar))
                .call()
                .expect("an answer");
            let bytes = answer.body_mut().read_to_vec().expect("a page").len();
            assert!(answer.status().as_u16() == 200 && bytes > 1_000, "{path}");
            begun.elapsed().as_secs_f64() * 1000.0
        };
        let first_ms = ask();
        let mut times: Vec<f64> = (0..50).map(|_| ask()).collect();
        let (p50_ms, p95_ms) = (percentile(&mut times, 0.5), percentile(&mut times, 0.95));
        println!("{page}: first {first_ms:.1} ms, then p50 {p50_ms:.1} ms, p95 {p95_ms:.1} ms");
        report.drawn.push(Drawn {
            page,
            first_ms,
            p50_ms,
            p95_ms,
        });
    }
}

/// Replies, writes of many events, and writes of one, in turn.
fn posting(forum: &Forum, report: &mut Report) {
    let store = &forum.app.store;
    let who = store
        .write(&Viewer::system("bench"), Source::System, |tx| {
            let id = people::create_account(tx, AccountKind::Employee, "Writer", "writer@bench.example", "no hash")?;
            spaces::take_in(tx, forum.space, id, SpaceRole::Member)?;
            Ok(id)
        })
        .expect("a member");
    let viewer = people::viewer_of(store, who).expect("somebody");
    let (topic, first) = store
        .write(&viewer, Source::Page, |tx| {
            let board = boards::find(tx, forum.board)?;
            let new = topics::New {
                kind: TopicKind::Discussion,
                title: "What does it cost?".to_owned(),
                tags: Vec::new(),
                body: "Little.".to_owned(),
                key: String::new(),
                accepts: 0,
            };
            topics::start(tx, board, &new, &forum.app.config.limits)
        })
        .expect("a topic");
    let at = At {
        space: forum.space,
        board: forum.board,
        topic,
        post: first,
        parent: None,
        author: who,
    };
    let (mut replies, mut alone, mut nothing) = (Vec::new(), Vec::new(), Vec::new());
    let timed = |work: &dyn Fn()| {
        let begun = Instant::now();
        work();
        begun.elapsed().as_secs_f64() * 1000.0
    };
    for number in 0..ROUNDS {
        replies.push(timed(&|| {
            store
                .write(&viewer, Source::Page, |tx| {
                    let post = posts::take(tx, first)?.may::<deed::Reply>()?;
                    let sent = Sent {
                        body: format!("Reply {number}: a few words, as many as people write."),
                        key: String::new(),
                        accepts: 0,
                    };
                    posts::reply(tx, post, &sent, &forum.app.config.limits)
                })
                .expect("a reply");
        }));
        alone.push(timed(&|| {
            bench_rows::record_some(store, &viewer, at, 1 + MORE).expect("events")
        }));
        nothing.push(timed(&|| {
            bench_rows::record_some(store, &viewer, at, 1).expect("an event")
        }));
    }
    report.reply_p50_ms = percentile(&mut replies, 0.5);
    report.control_p50_ms = percentile(&mut nothing, 0.5);
    #[expect(clippy::cast_precision_loss, reason = "twenty")]
    let more = MORE as f64;
    report.event_p50_ms = (percentile(&mut alone, 0.5) - report.control_p50_ms) / more;
    report.share = report.event_p50_ms / report.reply_p50_ms;
    println!(
        "a reply {:.2} ms, one more event in a write {:.3} ms, a write of one event {:.2} ms: the event is {:.1} % of the reply",
        report.reply_p50_ms,
        report.event_p50_ms,
        report.control_p50_ms,
        report.share * 100.0
    );
}
