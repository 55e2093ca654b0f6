//! Files in a bucket that several nodes share, with a real server that speaks S3: what one brings another shows;
//! what is away is said, kept and heals.

use std::sync::Arc;

use aquarium::app::App;
use aquarium::jobs::worker;
use aquarium::web;

use crate::Story;
use crate::flows_support::start;
use crate::support::bucket_server::BucketServer;
use crate::support::client::Client;
use crate::support::world::{Server, Town, config};

/// Those that need a real server.
pub(crate) fn stories_with_bucket() -> Vec<Story> {
    vec![("bucket::two_nodes_share_their_files", shared)]
}

struct Node {
    app: Arc<App>,
    server: Server,
    _folder: tempfile::TempDir,
}

fn node(town: &Town, bucket: &BucketServer, key: &str) -> Node {
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = config(folder.path(), &town.app.config.database.url);
    bucket.configure(&mut config);
    config.files.key = key.to_owned();
    let socket = web::bind("127.0.0.1:0".parse().expect("an address")).expect("a port");
    let listen = socket.local_addr().expect("an address");
    let app = Arc::new(App::new(config, listen).expect("a node"));
    Node {
        server: Server::start(&app, socket),
        app,
        _folder: folder,
    }
}

fn file_on(client: &Client) -> String {
    let found = client.links().into_iter().rfind(|link| link.starts_with("/files/"));
    found.expect("a file")
}

fn shared(town: &Town) {
    let mut bucket = BucketServer::open();
    let (one, other) = (node(town, &bucket, "S3RVER"), node(town, &bucket, "S3RVER"));
    let mut nia = town.sign_in_at(one.server.address, "nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Drawings", "Here they are.");
    nia.submit_files(
        "/reply",
        &[("body", "Look:"), ("do", "post")],
        &[("list.txt", b"steel, iron")],
    )
    .is(200);
    let file = file_on(&nia);
    assert_eq!(bucket.objects(), 1);
    // The other node has it, for those who may read the post.
    let mut pia = town.sign_in_at(other.server.address, "pia");
    pia.visit(&topic).sees("list.txt").get(&file).is(200);
    assert_eq!(pia.body, "steel, iron");
    town.sign_in_at(other.server.address, "gus").get(&file).is(404);
    // The same file twice is one.
    pia.visit(&topic)
        .submit_files(
            "/reply",
            &[("body", "Mine too."), ("do", "post")],
            &[("copy.txt", b"steel, iron")],
        )
        .is(200);
    assert_eq!(bucket.objects(), 1);
    // With a wrong key, and without a bucket: said, what was typed is kept, and nothing is posted without its file.
    let stranger = node(town, &bucket, "STRANGER");
    let mut mo = town.sign_in_at(stranger.server.address, "mo");
    let lost = [("lost.txt", &b"tin"[..])];
    mo.visit(&topic)
        .submit_files("/reply", &[("body", "From outside."), ("do", "post")], &lost);
    mo.sees("From outside.").sees("could not be kept");
    bucket.stop();
    nia.visit(&topic)
        .submit_files("/reply", &[("body", "Nobody home."), ("do", "post")], &lost)
        .sees("Nobody home.")
        .sees("could not be kept");
    nia.get(&file).is(503);
    bucket.start();
    nia.get(&file).is(200);
    town.sign_in("pia")
        .visit(&topic)
        .sees_not("From outside.")
        .sees_not("Nobody home.");
    assert_eq!(bucket.objects(), 1);
    // Brought and never carried: swept with its bytes after thirty days; what a post carries stays.
    nia.visit(&topic)
        .submit_files(
            "/reply",
            &[("body", "Perhaps."), ("do", "attach")],
            &[("later.txt", b"copper")],
        )
        .is(200);
    assert_eq!(bucket.objects(), 2);
    let later = one.app.clock.now().plus_days(31);
    one.app.clock.set(later);
    nia = town.sign_in_at(one.server.address, "nia");
    for round in 0..256 {
        worker::turn(&one.app, round * 600);
    }
    assert_eq!(bucket.objects(), 1);
    nia.get(&file).is(200);
}
