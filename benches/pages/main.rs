//! How fast the pages are: builds a forum of many posts, starts the release server, and lets wrk ask
//! for pages at 1, 16 and 64 connections, each beside a static body of the same size from the same
//! server in the same run. Not a test: it judges nothing. `--posts N` (default 100,000), `--seconds N`
//! for each measurement, `--postgres URL` for the other database, `--json FILE` for machines.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use aquarium::app::App;
use aquarium::config::Config;
use aquarium::db::migrate;
use aquarium::forum::people::{self, FirstRun, Join};
use aquarium::forum::{bench_rows, spaces};
use aquarium::kinds::{Joining, Visibility};
use serde::Serialize;

#[path = "../beginning/visitor.rs"]
mod visitor;

use visitor::{PASSWORD, agent, header, sign_in, token_in};

struct Options {
    posts: usize,
    seconds: u32,
    url: Option<String>,
    json: Option<PathBuf>,
}

fn options() -> Options {
    let mut options = Options {
        posts: 100_000,
        seconds: 3,
        url: None,
        json: None,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().unwrap_or_else(|| panic!("{word} takes a value"));
        match word.as_str() {
            "--posts" => options.posts = value().parse().expect("--posts takes a number"),
            "--seconds" => options.seconds = value().parse().expect("--seconds takes a number"),
            "--postgres" => options.url = Some(value()),
            "--json" => options.json = Some(value().into()),
            _ => {}
        }
    }
    options
}

#[derive(Serialize)]
struct Row {
    page: String,
    viewer: String,
    connections: u32,
    a_second: f64,
    static_a_second: f64,
    share: f64,
    p50_ms: f64,
    p99_ms: f64,
    bytes: usize,
    packed_bytes: usize,
}

#[derive(Serialize)]
struct Report {
    posts: usize,
    database: &'static str,
    built_seconds: f64,
    start_ms: f64,
    rss_anon_mb: f64,
    reply_p50_ms: f64,
    reply_p99_ms: f64,
    search_p95_ms: Vec<(String, f64)>,
    /// The slowest of ten streams that ended with their session.
    stream_ends_ms: f64,
    /// What 64 KiB of one sign cost to render, and how large the page becomes.
    hostile: Vec<Hostile>,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Hostile {
    sign: &'static str,
    ms: f64,
    html_bytes: usize,
}

/// Texts that are cheap to send and, in a careless renderer, dear to show.
fn hostile() -> Vec<Hostile> {
    [">", "> ", "- ", "[", "*a", "`", "|a"]
        .into_iter()
        .map(|sign| {
            let source = sign.repeat(64 * 1024 / sign.len());
            let begun = Instant::now();
            let html = aquarium::text::markdown::render(&source, &|_| None);
            Hostile {
                sign,
                ms: begun.elapsed().as_secs_f64() * 1000.0,
                html_bytes: html.as_str().len(),
            }
        })
        .collect()
}

struct Forum {
    child: Child,
    base: String,
    start_ms: f64,
}

impl Drop for Forum {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[expect(
    clippy::zombie_processes,
    reason = "whoever holds it waits for it when it is dropped"
)]
fn start(data: &Path, url: &str) -> Forum {
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|socket| socket.local_addr())
        .expect("a port");
    let begun = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_aquarium"))
        .args(["--data", &data.display().to_string(), "--listen", &free.to_string()])
        .env("AQUARIUM_DATABASE_URL", url)
        .env("AQUARIUM_LOG_LEVEL", "error")
        .env("AQUARIUM_LIMITS_POSTS_A_MINUTE", "1000000")
        .env("AQUARIUM_LIMITS_SEARCHES_A_MINUTE", "1000000")
        .stdout(Stdio::piped())
        .spawn()
        .expect("the forum starts");
    let out = BufReader::new(child.stdout.take().expect("its output"));
    for line in out.lines() {
        if line.expect("a line").contains("is open at") {
            return Forum {
                child,
                base: format!("http://{free}"),
                start_ms: begun.elapsed().as_secs_f64() * 1000.0,
            };
        }
    }
    panic!("the forum ended before it was open");
}

fn build(data: &Path, url: &str, posts: usize) -> bench_rows::Made {
    let mut config = Config::defaults(data);
    config.database.url = url.to_owned();
    let app = App::new(config, "127.0.0.1:1".parse().expect("an address")).expect("the app");
    migrate::up(app.store.connections()).expect("migrated");
    let hash = app.hasher.hash(PASSWORD).expect("a hash");
    people::first_run(
        &app.store,
        None,
        &FirstRun {
            forum_name: "Bench".to_owned(),
            admin: Join {
                display_name: "Ada Admin".to_owned(),
                name: "ada".to_owned(),
                mail: "ada@bench.example".to_owned(),
                password: PASSWORD.to_owned(),
                language: "en".to_owned(),
                time_zone: "UTC".to_owned(),
            },
            space: spaces::New {
                name: "Everybody".to_owned(),
                visibility: Visibility::Public,
                joining: Joining::Open,
                concept_for: "All".to_owned(),
                concept_about: "All".to_owned(),
                concept_gain: "All".to_owned(),
            },
            board_name: "Board".to_owned(),
            board_description: String::new(),
            welcome_title: "Welcome".to_owned(),
            welcome_body: "Hello".to_owned(),
        },
        &hash,
        &app.config.limits,
        app.clock.now().plus_days(-400),
    )
    .expect("set up");
    let made = bench_rows::make(&app.store, posts).expect("rows");
    app.search.rebuild(&app).expect("an index");
    made
}

/// The same server with the same settings, sending as many ready bytes as the query asks for.
fn static_server() -> String {
    use actix_web::{App as Actix, HttpRequest, HttpResponse, HttpServer, web};
    let socket = aquarium::web::bind("127.0.0.1:0".parse().expect("an address")).expect("a port");
    let address = socket.local_addr().expect("an address");
    std::thread::spawn(move || {
        let ready = web::Bytes::from(vec![b'x'; 4_000_000]);
        let server = HttpServer::new(move || {
            let ready = ready.clone();
            Actix::new().default_service(web::to(move |request: HttpRequest| {
                let length = request.query_string().parse::<usize>().unwrap_or(0).min(ready.len());
                let body = ready.slice(..length);
                async move { HttpResponse::Ok().content_type("text/html; charset=utf-8").body(body) }
            }))
        })
        .workers(2)
        .worker_max_blocking_threads(2)
        .tcp_nodelay(true)
        .listen(socket)
        .expect("the socket is ours")
        .run();
        actix_web::rt::System::new().block_on(server).expect("it serves");
    });
    format!("http://{address}")
}

/// One wrk run: requests a second, p50 and p99 in milliseconds.
fn wrk(base: &str, path: &str, connections: u32, seconds: u32, cookie: &str) -> (f64, f64, f64) {
    let output = Command::new("wrk")
        .args([
            "-t1",
            &format!("-c{connections}"),
            &format!("-d{seconds}s"),
            "--latency",
            "-H",
            &format!("Cookie: {cookie}"),
            &format!("{base}{path}"),
        ])
        .output()
        .expect("wrk starts; install it (Debian: wrk)");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(!text.contains("Non-2xx"), "{path}: {text}");
    let number = |start: &str| -> f64 {
        let line = text
            .lines()
            .find(|line| line.trim_start().starts_with(start))
            .unwrap_or("");
        let word = line.split_whitespace().nth(1).unwrap_or("0");
        let digits: String = word.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        let value: f64 = digits.parse().unwrap_or(0.0);
        if word.ends_with("us") {
            value / 1000.0
        } else if word.ends_with("ms") {
            value
        } else if word.ends_with('s') {
            value * 1000.0
        } else {
            value
        }
    };
    (number("Requests/sec:"), number("50%"), number("99%"))
}

/// Milliseconds from the end of a session, told to its owner, until the stream of what is new ends with it.
fn stream_ends(base: &str) -> f64 {
    let jar = sign_in(base);
    let host = base.trim_start_matches("http://");
    let mut stream = std::net::TcpStream::connect(host).expect("a connection");
    write!(
        stream,
        "GET /live HTTP/1.1\r\nHost: {host}\r\nAccept: text/event-stream\r\nCookie: {}\r\n\r\n",
        header(&jar)
    )
    .expect("asked");
    let mut lines = BufReader::new(stream).lines();
    assert!(
        lines
            .by_ref()
            .map_while(Result::ok)
            .any(|line| line.starts_with("data: ")),
        "the stream begins"
    );
    let agent = agent();
    let mut page = agent
        .get(format!("{base}/rules"))
        .header("Cookie", header(&jar))
        .call()
        .expect("a page");
    let token = token_in(&page.body_mut().read_to_string().expect("a page"));
    let body = serde_html_form::to_string([("token", token.as_str())]).expect("a form");
    let response = agent
        .post(format!("{base}/sign-out"))
        .header("Cookie", header(&jar))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .send(body)
        .expect("signed out");
    assert_eq!(response.status().as_u16(), 303);
    let begun = Instant::now();
    // Until the last piece of the body.
    for line in lines.map_while(Result::ok) {
        if line == "0" {
            break;
        }
    }
    begun.elapsed().as_secs_f64() * 1000.0
}

fn percentile(times: &mut [f64], share: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a place in a short list"
    )]
    let place = ((times.len() as f64 * share) as usize).min(times.len() - 1);
    times[place]
}

fn main() {
    let options = options();
    let folder = tempfile::tempdir().expect("a folder");
    let url = options
        .url
        .clone()
        .unwrap_or_else(|| format!("sqlite:{}", folder.path().join("aquarium.db").display()));
    let begun = Instant::now();
    let made = build(folder.path(), &url, options.posts);
    let built_seconds = begun.elapsed().as_secs_f64();
    let forum = start(folder.path(), &url);
    let base = forum.base.clone();
    let plain = static_server();
    let jar = sign_in(&base);
    let signed_in = header(&jar);
    let topic = made.topic;
    let big = made.big_topic;
    let pages = [
        ("board index", "/".to_owned()),
        ("board, 30 topics", format!("/boards/{}", made.board)),
        ("topic as tree", format!("/topics/{topic}")),
        ("topic by time", format!("/topics/{topic}?view=flat&page=1")),
        ("10,000 posts, first", format!("/topics/{big}?view=flat&page=1")),
        (
            "10,000 posts, last",
            format!("/topics/{big}?view=flat&page={}", made.big_pages),
        ),
        ("search, two words", "/search?q=deck+pauli".to_owned()),
        ("queue, 10 reviews", format!("/queue?space={}", made.quiet_space)),
        ("queue, 10,000 reviews", format!("/queue?space={}", made.busy_space)),
    ];
    let mut rows = Vec::new();
    println!(
        "{:22} {:9} {:>4} {:>9} {:>9} {:>6} {:>8} {:>8} {:>7} {:>7}",
        "page", "viewer", "c", "a second", "static", "share", "p50 ms", "p99 ms", "bytes", "packed"
    );
    for (name, path) in &pages {
        for (viewer, cookie) in [("visitor", ""), ("signed in", signed_in.as_str())] {
            // There is no queue for visitors.
            if name.starts_with("queue") && cookie.is_empty() {
                continue;
            }
            let mut page = agent()
                .get(format!("{base}{path}"))
                .header("Cookie", cookie)
                .call()
                .expect("a page");
            assert_eq!(page.status().as_u16(), 200, "{path}");
            let bytes = page.body_mut().read_to_vec().expect("a page").len();
            let mut packed = agent()
                .get(format!("{base}{path}"))
                .header("Cookie", cookie)
                .header("Accept-Encoding", "zstd")
                .call()
                .expect("a page");
            let packed_bytes = packed.body_mut().read_to_vec().expect("a page").len();
            for connections in [1, 16, 64] {
                let (statically, ..) = wrk(&plain, &format!("/?{bytes}"), connections, options.seconds, "");
                let (a_second, p50_ms, p99_ms) = wrk(&base, path, connections, options.seconds, cookie);
                let row = Row {
                    page: (*name).to_owned(),
                    viewer: viewer.to_owned(),
                    connections,
                    a_second,
                    static_a_second: statically,
                    share: a_second / statically,
                    p50_ms,
                    p99_ms,
                    bytes,
                    packed_bytes,
                };
                println!(
                    "{:22} {:9} {:>4} {:>9.0} {:>9.0} {:>5.1}% {:>8.2} {:>8.2} {:>7} {:>7}",
                    row.page,
                    row.viewer,
                    row.connections,
                    row.a_second,
                    row.static_a_second,
                    row.share * 100.0,
                    row.p50_ms,
                    row.p99_ms,
                    row.bytes,
                    row.packed_bytes
                );
                rows.push(row);
            }
        }
    }
    let mut search_p95_ms = Vec::new();
    for (name, words) in [("rare", "deck+pauli"), ("common", "harbor+lantern")] {
        let agent = agent();
        let mut times: Vec<f64> = (0..60)
            .map(|_| {
                let begun = Instant::now();
                let mut page = agent
                    .get(format!("{base}/search?q={words}"))
                    .header("Cookie", &signed_in)
                    .call()
                    .expect("results");
                page.body_mut().read_to_vec().expect("results");
                begun.elapsed().as_secs_f64() * 1000.0
            })
            .collect();
        search_p95_ms.push((name.to_owned(), percentile(&mut times, 0.95)));
    }
    let token = token_in(
        &agent()
            .get(format!("{base}/rules"))
            .header("Cookie", &signed_in)
            .call()
            .expect("a page")
            .body_mut()
            .read_to_string()
            .expect("a page"),
    );
    let writer = agent();
    let mut times: Vec<f64> = (0..200)
        .map(|number| {
            let key = format!("bench-{number}");
            let body = serde_html_form::to_string([
                ("token", token.as_str()),
                ("key", &key),
                ("body", made.sample.as_str()),
                ("do", "post"),
            ])
            .expect("a form");
            let begun = Instant::now();
            let response = writer
                .post(format!("{base}/posts/{}/reply", made.first_post))
                .header("Cookie", &signed_in)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .send(body)
                .expect("posted");
            assert_eq!(response.status().as_u16(), 303);
            begun.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    let status = std::fs::read_to_string(format!("/proc/{}/status", forum.child.id()))
        .expect("the system tells what memory the forum takes");
    let rss_anon_mb = status
        .lines()
        .find_map(|line| line.strip_prefix("RssAnon:"))
        .and_then(|rest| rest.split_whitespace().next())
        .and_then(|kib| kib.parse::<f64>().ok())
        .unwrap_or(0.0)
        / 1024.0;
    let report = Report {
        posts: options.posts,
        database: if options.url.is_some() { "postgres" } else { "sqlite" },
        built_seconds,
        start_ms: forum.start_ms,
        rss_anon_mb,
        reply_p50_ms: percentile(&mut times, 0.5),
        reply_p99_ms: percentile(&mut times, 0.99),
        search_p95_ms,
        stream_ends_ms: (0..10).map(|_| stream_ends(&base)).fold(0.0, f64::max),
        hostile: hostile(),
        rows,
    };
    println!(
        "\n{} posts on {}, built in {:.0} s; start {:.0} ms; anonymous memory {:.0} MB; reply p50 {:.2} ms, p99 {:.2} ms; search p95 {:?} ms",
        report.posts,
        report.database,
        report.built_seconds,
        report.start_ms,
        report.rss_anon_mb,
        report.reply_p50_ms,
        report.reply_p99_ms,
        report.search_p95_ms
    );
    println!(
        "a stream ends {:.0} ms after its session at most, of ten",
        report.stream_ends_ms
    );
    for one in &report.hostile {
        println!(
            "64 KiB of {:?}: rendered in {:.1} ms, {} bytes of HTML",
            one.sign, one.ms, one.html_bytes
        );
    }
    if let Some(path) = &options.json {
        std::fs::write(path, serde_json::to_string_pretty(&report).expect("JSON")).expect("written");
    }
}
