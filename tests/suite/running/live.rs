//! What is new arrives by itself, as numbers; and the stream ends with what it may tell.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use aquarium::access::{deed, on_forum};
use aquarium::db::pulse::{Listener, Pulse};
use aquarium::forum::people;

use super::races::{reply, topic};
use crate::Story;
use crate::support::client::Client;
use crate::support::database::Kind;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("live::a_reply_arrives_by_itself", arrives),
        ("live::a_stream_ends_with_what_it_may_tell", ends),
        ("live::a_deed_is_told_here_and_on_other_nodes", told),
        ("live::asked_once_it_is_the_numbers_of_the_moment", once),
    ]
}

/// Waits until something is told; what never comes fails.
fn is_told(beats: &mut tokio::sync::watch::Receiver<u64>) {
    tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .expect("a clock")
        .block_on(async { tokio::time::timeout(Duration::from_secs(20), beats.changed()).await })
        .expect("it is told")
        .expect("somebody tells");
}

fn told(town: &Town) {
    let (_, first) = topic(town, "nia", "Kitchen", "Told");
    let mut here = town.app.store.pulse().listen();
    // Another process on the same PostgreSQL; SQLite has one process only.
    let there = Arc::new(Pulse::default());
    let mut heard = there.listen();
    let listener = Listener::start(&town.app.store.connections().address, &there);
    assert_eq!(listener.is_some(), town.kind == Kind::Postgres);
    if listener.is_some() {
        // It listens from its first beat on.
        is_told(&mut heard);
    }
    reply(town, "pia", first, "Something new", "").expect("a reply");
    is_told(&mut here);
    if listener.is_some() {
        is_told(&mut heard);
    }
    // What did not happen is not told. Where nodes hear each other, an echo of the reply may still be on its way.
    if listener.is_none() {
        here.mark_unchanged();
        assert!(reply(town, "gus", first, "From outside", "").is_err());
        assert!(!here.has_changed().expect("somebody tells"));
    }
}

/// An open stream of events, read line by line.
struct Stream {
    lines: BufReader<TcpStream>,
}

impl Stream {
    fn open(town: &Town, client: &Client, path: &str) -> Self {
        let cookies: Vec<String> = client
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mut socket = TcpStream::connect(town.address()).expect("a connection");
        socket
            .set_read_timeout(Some(Duration::from_secs(10)))
            .expect("a socket has patience");
        write!(
            socket,
            "GET {path} HTTP/1.1\r\nHost: {}\r\nAccept: text/event-stream\r\nCookie: {}\r\n\r\n",
            town.address(),
            cookies.join("; ")
        )
        .expect("asked");
        Self {
            lines: BufReader::new(socket),
        }
    }

    /// The next event; none when the stream has ended.
    fn next(&mut self) -> Option<serde_json::Value> {
        loop {
            let mut line = String::new();
            match self.lines.read_line(&mut line) {
                Ok(0) => return None,
                Ok(_) => {}
                Err(error) => panic!("nothing came: {error}"),
            }
            // The last piece of a body that ended.
            if line == "0\r\n" {
                return None;
            }
            if let Some(data) = line.trim_end().strip_prefix("data: ") {
                return Some(serde_json::from_str(data).expect("JSON"));
            }
        }
    }
}

fn arrives(town: &Town) {
    let (id, first) = topic(town, "nia", "Kitchen", "Leeks");
    let mut nia = town.sign_in("nia");
    nia.visit(&format!("/topics/{id}"));
    let mut stream = Stream::open(town, &nia, &format!("/live?topic={id}"));
    let now = stream.next().expect("the numbers of the moment");
    assert_eq!((now["last"].as_i64(), now["inbox"].as_i64()), (Some(1), Some(0)));
    reply(town, "mo", first, "White.", "").expect("a reply");
    let then = stream.next().expect("something happened");
    assert_eq!(then["last"].as_i64(), Some(2));
    // The line of the inbox is written by a job, and arrives in its turn; nothing but numbers does.
    town.settle();
    let last = if then["inbox"] == 1 {
        then
    } else {
        stream.next().expect("a line")
    };
    assert_eq!(last["inbox"].as_i64(), Some(1));
    assert!(
        last.as_object()
            .is_some_and(|all| all.values().all(serde_json::Value::is_number))
    );
}

fn ends(town: &Town) {
    let (id, _) = topic(town, "pia", "Cellar", "Secret");
    // Hidden looks absent.
    let mut nia = town.sign_in("nia");
    nia.get(&format!("/live?topic={id}")).is(404);
    nia.get("/live?topic=99999").is(404);
    town.visitor().get("/live").is(303);
    let pia = town.sign_in("pia");
    let mut stream = Stream::open(town, &pia, &format!("/live?topic={id}"));
    stream.next().expect("the numbers of the moment");
    // Out of the cellar, and the stream is over within two looks.
    let (cellar, who) = (town.spaces["Cellar"], town.people["pia"]);
    town.as_person("ada", |tx| {
        let space = aquarium::forum::spaces::find(tx, cellar)?.may::<deed::Manage>()?;
        aquarium::forum::spaces::remove_member(tx, space, who)
    });
    while stream.next().is_some() {}
    // Deactivated, nothing is told any more.
    let oda = town.sign_in("oda");
    let mut stream = Stream::open(town, &oda, "/live");
    stream.next().expect("the numbers of the moment");
    let who = town.people["oda"];
    town.as_person("ada", |tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        people::deactivate(tx, may, who)
    });
    while stream.next().is_some() {}
}

fn once(town: &Town) {
    let (id, first) = topic(town, "nia", "Kitchen", "Leeks");
    reply(town, "mo", first, "White.", "").expect("a reply");
    town.settle();
    let mut nia = town.sign_in("nia");
    nia.get(&format!("/live?topic={id}")).is(200);
    let numbers: serde_json::Value = serde_json::from_str(&nia.body).expect("JSON");
    assert_eq!(
        (numbers["last"].as_i64(), numbers["inbox"].as_i64()),
        (Some(2), Some(1))
    );
}
