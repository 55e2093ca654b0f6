//! Nothing acknowledged is lost, nothing is doubled: the forum is killed while people post.

use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::Story;
use crate::support::client::Client;
use crate::support::database::Kind;
use crate::support::mail_servers::until;
use crate::support::post_office::{Manner, PostOffice};
use crate::support::world::{PASSWORD, Town};

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("durability::a_kill_loses_and_doubles_nothing", kills),
        ("durability::letters_survive_kills_and_a_moody_server", letters),
    ]
}

const KILLS: usize = 20;
const CLIENTS: usize = 4;

struct Running {
    child: Child,
}

impl Running {
    fn start(data: &std::path::Path, url: &str, listen: &str) -> Self {
        Self::start_with(data, url, listen, &[])
    }

    #[expect(
        clippy::zombie_processes,
        reason = "whoever holds it waits for it when it is dropped"
    )]
    fn start_with(data: &std::path::Path, url: &str, listen: &str, more: &[(&str, &str)]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_aquarium"))
            .args(["--data", &data.display().to_string(), "--listen", listen])
            .env("AQUARIUM_DATABASE_URL", url)
            .env("AQUARIUM_LOG_LEVEL", "error")
            .env("AQUARIUM_LIMITS_POSTS_A_MINUTE", "100000")
            .env("AQUARIUM_ACCOUNTS_HASH_MEMORY", "64")
            .envs(more.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the forum starts");
        let out = BufReader::new(child.stdout.take().expect("its output"));
        for line in out.lines() {
            if line.expect("a line").contains("is open at") {
                return Self { child };
            }
        }
        panic!("the forum ended before it was open");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

const LETTERS: usize = 500;
const LETTER_KILLS: usize = 15;

/// A letter in the outbox: its Message-ID, to whom, whether it left, whether it was given up and why.
#[derive(diesel::QueryableByName)]
struct InOutbox {
    #[diesel(sql_type = diesel::sql_types::Text)]
    message_id: String,
    #[diesel(sql_type = diesel::sql_types::Text)]
    to_mail: String,
    #[diesel(sql_type = diesel::sql_types::Bool)]
    sent: bool,
    #[diesel(sql_type = diesel::sql_types::Bool)]
    failed: bool,
    #[diesel(sql_type = diesel::sql_types::Text)]
    problem: String,
}

/// Five hundred letters, a mail server that fails at random, and fifteen kills in between: each is delivered at least
/// once or given up with a reason, and whatever is delivered twice is the same letter.
fn letters(town: &Town) {
    let data = tempfile::tempdir().expect("a folder");
    let url = town.app.config.database_url();
    let office = PostOffice::open(Manner::Moody);
    let listen = std::net::TcpListener::bind("127.0.0.1:0")
        .expect("a port")
        .local_addr()
        .expect("an address")
        .to_string();
    for number in 0..LETTERS {
        let name = if number % 50 == 7 { "nobody" } else { "somebody" };
        town.by_hand(&format!(
            "INSERT INTO letters (message_id, kind, subject_key, to_mail, to_name, language, subject, body_text, \
             body_html, created_at, due_at, leased_until, attempts, problem) VALUES \
             ('<{number}.kept@aquarium.invalid>', 'test', '{number}', '{name}{number}@cast.example', 'Somebody', 'en', \
             'Kept {number}', 'Kept.', '<p>Kept.</p>', 1, 0, 0, 0, '')"
        ));
    }
    let port = office.address.port().to_string();
    let mail = [
        ("AQUARIUM_MAIL_HOST", "127.0.0.1"),
        ("AQUARIUM_MAIL_PORT", port.as_str()),
        ("AQUARIUM_MAIL_ENCRYPTION", "none"),
        ("AQUARIUM_MAIL_ANSWER_SECONDS", "1"),
    ];
    let start = || Running::start_with(data.path(), &url, &listen, &mail);
    let mut forum = start();
    for kill in 1..=LETTER_KILLS {
        let enough = kill * LETTERS / (LETTER_KILLS + 1);
        until(&format!("{enough} letters leave"), || {
            town.by_hand(DUE);
            office.letters().len() >= enough
        });
        drop(forum);
        town.by_hand(FREE);
        forum = start();
    }
    until("all are dealt with", || town.by_hand(DUE) == 0);
    drop(forum);
    let rows: Vec<InOutbox> = town.ask_by_hand(
        "SELECT message_id, to_mail, sent_at IS NOT NULL AS sent, failed_at IS NOT NULL AS failed, problem \
         FROM letters WHERE subject_key <> '' AND message_id LIKE '%.kept@%'",
    );
    assert_eq!(rows.len(), LETTERS, "no row is lost");
    let mut delivered: HashMap<String, Vec<String>> = HashMap::new();
    for letter in office.letters() {
        let header = |name: &str| {
            let line = letter.lines().find_map(|line| line.strip_prefix(name));
            line.unwrap_or_else(|| panic!("no {name} in {letter}"))
                .trim()
                .to_owned()
        };
        let to = header("To:")
            .split('<')
            .nth(1)
            .expect("an address")
            .trim_end_matches('>')
            .to_owned();
        delivered.entry(to).or_default().push(header("Message-ID:"));
    }
    let mut doubled = 0;
    for row in &rows {
        let got = delivered.get(&row.to_mail).map_or(&[][..], Vec::as_slice);
        if row.to_mail.starts_with("nobody") {
            assert!(
                row.failed && !row.problem.is_empty() && got.is_empty(),
                "{}",
                row.to_mail
            );
            continue;
        }
        assert!(row.sent != row.failed, "{} is neither sent nor given up", row.to_mail);
        assert!(
            !row.failed || !row.problem.is_empty(),
            "{} without a reason",
            row.to_mail
        );
        assert!(!row.sent || !got.is_empty(), "{} was sent and never came", row.to_mail);
        let id = row.message_id.replace("aquarium.invalid", "localhost");
        assert!(got.iter().all(|one| *one == id), "{}: {got:?}", row.to_mail);
        doubled += got.len().saturating_sub(1);
    }
    // A server that never takes a letter without saying so, and kills that hit nothing, would prove nothing.
    assert!(doubled > 0, "nothing came twice");
}

/// Makes everything that has not left and was not given up due now, as it would be in an hour, and counts it.
const DUE: &str = "UPDATE letters SET due_at = 0 WHERE sent_at IS NULL AND failed_at IS NULL";
/// What a sender had in hand when it was killed is free again, as it would be in two minutes.
const FREE: &str = "UPDATE letters SET leased_until = 0 WHERE sent_at IS NULL AND failed_at IS NULL";

fn kills(town: &Town) {
    // The same rows, served by a process of its own that can be killed.
    let data = tempfile::tempdir().expect("a folder");
    let url = if town.kind == Kind::Sqlite {
        format!("sqlite:{}", data.path().join("forum.db").display())
    } else {
        town.app.config.database_url()
    };
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .expect("a port")
        .local_addr()
        .expect("an address");
    let listen = free.to_string();
    let topic = town.as_person("nia", |tx| {
        let board = aquarium::forum::boards::find(tx, town.boards["Kitchen"])?;
        aquarium::forum::topics::start(
            tx,
            board,
            &aquarium::forum::topics::New {
                kind: aquarium::kinds::TopicKind::Discussion,
                title: "Kept".to_owned(),
                tags: vec![],
                body: "x".to_owned(),
                key: String::new(),
                accepts: 0,
            },
            &town.app.config.limits,
        )
    });
    if town.kind == Kind::Sqlite {
        for ending in ["", "-wal"] {
            let from = town.folder.path().join(format!("story.db{ending}"));
            if from.exists() {
                std::fs::copy(&from, data.path().join(format!("forum.db{ending}"))).expect("a copy");
            }
        }
    }
    let first = topic.1;
    let acknowledged: Arc<Mutex<HashMap<String, String>>> = Arc::default();
    let mut forum = Running::start(data.path(), &url, &listen);
    let refused: Arc<Mutex<BTreeMap<String, usize>>> = Arc::default();
    let done = Arc::new(AtomicBool::new(false));
    let posters: Vec<_> = (0..CLIENTS)
        .map(|number| {
            let (acknowledged, refused, done) = (Arc::clone(&acknowledged), Arc::clone(&refused), Arc::clone(&done));
            std::thread::spawn(move || post_until(free, number, first.0, &acknowledged, &refused, &done))
        })
        .collect();
    let begun = Instant::now();
    let mut kills = 0;
    loop {
        let wait = 300 + (kills * 397) % 900;
        std::thread::park_timeout(Duration::from_millis(u64::try_from(wait).expect("a moment")));
        let enough = acknowledged.lock().expect("not poisoned").len() >= 2_000;
        if kills >= KILLS && enough {
            break;
        }
        assert!(
            begun.elapsed() < Duration::from_secs(300),
            "too few posts were acknowledged: {}; what was answered instead, and how often: {:#?}",
            acknowledged.lock().expect("not poisoned").len(),
            refused.lock().expect("not poisoned")
        );
        drop(forum);
        kills += 1;
        forum = Running::start(data.path(), &url, &listen);
    }
    done.store(true, Ordering::Release);
    for poster in posters {
        poster.join().expect("a poster ends well");
    }
    // Every acknowledged text is there, once.
    let mut reader = Client::new(free);
    reader
        .visit("/sign-in")
        .submit("/sign-in", &[("who", "mo"), ("password", PASSWORD)])
        .is(200);
    let mut found: HashMap<String, usize> = HashMap::new();
    for page in 1.. {
        reader.visit(&format!("/topics/{}?view=flat&page={page}", topic.0));
        if reader.status == 404 {
            break;
        }
        for part in reader.body.split("kept-").skip(1) {
            let word: String = part
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
                .collect();
            *found.entry(word).or_default() += 1;
        }
    }
    let acknowledged = acknowledged.lock().expect("not poisoned");
    assert!(acknowledged.len() >= 2_000, "{} acknowledged", acknowledged.len());
    for (text, key) in acknowledged.iter() {
        assert_eq!(found.get(text), Some(&1), "{text} (key {key})");
    }
    assert!(found.values().all(|count| *count == 1), "nothing is doubled");
}

/// Posts one text after another, each with a key, again with the same key until it is acknowledged.
fn post_until(
    address: std::net::SocketAddr,
    number: usize,
    first: i64,
    acknowledged: &Mutex<HashMap<String, String>>,
    refused: &Mutex<BTreeMap<String, usize>>,
    done: &AtomicBool,
) {
    let who = ["nia", "pia", "mo", "ada"][number % 4];
    let quiet = |work: &mut dyn FnMut()| std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).is_ok();
    // From the beginning each time: who was signed in when the kill came finds no form there any longer.
    let mut client = loop {
        let mut client = Client::new(address);
        if quiet(&mut || {
            client
                .visit("/sign-in")
                .submit("/sign-in", &[("who", who), ("password", PASSWORD)])
                .is(200);
        }) {
            break client;
        }
        if done.load(Ordering::Acquire) {
            return;
        }
    };
    let mut token = Vec::new();
    let mut count = 0;
    while !done.load(Ordering::Acquire) {
        count += 1;
        let text = format!("{number}-{count}");
        let key = format!("key-{number}-{count}");
        loop {
            if token.is_empty() {
                quiet(&mut || {
                    token = client.visit("/rules").form("/sign-out").1;
                });
            }
            let mut fields = token.clone();
            fields.push(("body".to_owned(), format!("kept-{text}")));
            fields.push(("key".to_owned(), key.clone()));
            fields.push(("do".to_owned(), "post".to_owned()));
            let mut status = 0;
            quiet(&mut || {
                client.post(&format!("/posts/{first}/reply"), &fields);
                status = client.status;
            });
            if status == 303 {
                acknowledged.lock().expect("not poisoned").insert(text, key);
                break;
            }
            let answer = if status == 0 {
                "none".to_owned()
            } else {
                format!("{status}: {}", client.text())
            };
            *refused.lock().expect("not poisoned").entry(answer).or_default() += 1;
            if done.load(Ordering::Acquire) {
                return;
            }
        }
    }
}
