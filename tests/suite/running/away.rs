//! What the forum leans on is away: the database, or the mail server. It says so, keeps what it was
//! given, and goes on by itself when what was away is back.

use std::sync::Arc;

use aquarium::app::App;
use aquarium::db::migrate;
use aquarium::jobs::worker;
use aquarium::web;

use crate::Story;
use crate::support::client::Client;
use crate::support::database::Kind;
use crate::support::post_office::{Manner, PostOffice};
use crate::support::world::{Server, Town, config};

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("away::without_a_database_there_is_a_page", no_database),
        ("away::a_mail_server_loses_no_letter", mail),
    ]
}

fn no_database(town: &Town) {
    let folder = tempfile::tempdir().expect("a folder");
    let attic = folder.path().join("attic");
    let url = match town.kind {
        Kind::Sqlite => format!("sqlite:{}", attic.join("aquarium.db").display()),
        // Nobody listens there.
        Kind::Postgres => "postgres://aquarium@127.0.0.1:1/aquarium?connect_timeout=1".to_owned(),
    };
    let socket = web::bind("127.0.0.1:0".parse().expect("an address")).expect("a port");
    let listen = socket.local_addr().expect("an address");
    let app = Arc::new(App::new(config(folder.path(), &url), listen).expect("the app is built"));
    let server = Server::start(&app, socket);
    let mut visitor = Client::new(server.address);
    for path in ["/", "/topics/1", "/search?q=soup", "/sign-in"] {
        visitor.get(path).is(503).sees("cannot reach its memory");
        assert_eq!(visitor.headers["retry-after"], "5", "{path}");
    }
    // Alive, but not ready.
    visitor.get("/healthz").is(200);
    visitor.get("/readyz").is(503);
    if town.kind == Kind::Sqlite {
        std::fs::create_dir_all(&attic).expect("the attic is back");
        migrate::up(app.store.connections()).expect("it migrates");
        visitor.get("/readyz").is(200);
        visitor.visit("/").is(200);
    }
}

/// Another node of the same forum, with this mail server.
fn node(town: &Town, office: &PostOffice) -> App {
    let mut config = town.app.config.clone();
    config.mail.host = office.address.ip().to_string();
    config.mail.port = office.address.port();
    config.mail.encryption = "none".to_owned();
    config.mail.answer_seconds = 1;
    App::new(config, town.address()).expect("a node")
}

fn mail(town: &Town) {
    let ask = |name: &str| {
        town.visitor()
            .visit("/reset")
            .submit("/reset", &[("mail", &format!("{name}@cast.example"))])
            .is(200);
    };
    ask("nia");
    let waits = |town: &Town, state: &str| {
        town.sign_in("ada")
            .visit("/admin/letters")
            .sees("nia@cast.example")
            .sees(state);
    };
    // A server that says nothing, one that is busy, one that knows nobody: nothing else stops.
    for (manner, state) in [
        (Manner::Silent, "waiting"),
        (Manner::Busy, "waiting"),
        (Manner::Strict, "could not be sent"),
    ] {
        let office = PostOffice::open(manner);
        worker::run_out(&node(town, &office)).expect("everything else goes on");
        assert!(office.letters().is_empty());
        waits(town, state);
        town.sign_in("ada")
            .visit("/admin/letters")
            .submit("/admin/letters/again", &[])
            .sees("tried again now");
    }
    let office = PostOffice::open(Manner::Kind);
    worker::run_out(&node(town, &office)).expect("the letter leaves");
    worker::run_out(&node(town, &office)).expect("once");
    waits(town, "sent");
    let letters = office.letters();
    assert_eq!(letters.len(), 1, "{letters:#?}");
    assert!(letters[0].contains("To: ") && letters[0].contains("nia@cast.example"));
    assert!(letters[0].contains("Auto-Submitted: auto-generated"));
}
