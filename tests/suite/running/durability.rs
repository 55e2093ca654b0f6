//! Nothing acknowledged is lost, nothing is doubled: the forum is killed while people post.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::Story;
use crate::support::client::Client;
use crate::support::database::Kind;
use crate::support::world::{PASSWORD, Town};

pub(crate) fn stories() -> Vec<Story> {
    vec![("durability::a_kill_loses_and_doubles_nothing", kills)]
}

const KILLS: usize = 20;
const CLIENTS: usize = 4;

struct Running {
    child: Child,
}

impl Running {
    #[expect(
        clippy::zombie_processes,
        reason = "whoever holds it waits for it when it is dropped"
    )]
    fn start(data: &std::path::Path, url: &str, listen: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_aquarium"))
            .args(["--data", &data.display().to_string(), "--listen", listen])
            .env("AQUARIUM_DATABASE_URL", url)
            .env("AQUARIUM_LOG_LEVEL", "error")
            .env("AQUARIUM_LIMITS_POSTS_A_MINUTE", "100000")
            .env("AQUARIUM_ACCOUNTS_HASH_MEMORY", "64")
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
    let done = Arc::new(AtomicBool::new(false));
    let posters: Vec<_> = (0..CLIENTS)
        .map(|number| {
            let (acknowledged, done) = (Arc::clone(&acknowledged), Arc::clone(&done));
            std::thread::spawn(move || post_until(free, number, first.0, &acknowledged, &done))
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
            "too few posts were acknowledged"
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
    done: &AtomicBool,
) {
    let who = ["nia", "pia", "mo", "ada"][number % 4];
    let quiet = |work: &mut dyn FnMut()| std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).is_ok();
    let mut client = Client::new(address);
    while !done.load(Ordering::Acquire) {
        if quiet(&mut || {
            client
                .visit("/sign-in")
                .submit("/sign-in", &[("who", who), ("password", PASSWORD)])
                .is(200);
        }) {
            break;
        }
    }
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
            if done.load(Ordering::Acquire) {
                return;
            }
        }
    }
}
