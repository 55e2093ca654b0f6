//! Files and pictures in posts: brought with the form or ahead of it, made anew, seen where their post is seen and
//! nowhere else, and gone when nothing carries them.

use image::{DynamicImage, ImageFormat, RgbImage};

use super::a_topic::{posts, reply, start};
use super::moderation::{decide, first, flag};
use crate::Story;
use crate::support::client::Client;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("files::a_picture_stands_in_a_post", picture),
        ("files::a_file_is_seen_where_its_post_is", seen),
        ("files::a_file_is_what_it_contains", contents),
        ("files::what_is_wrong_is_said_and_nothing_is_lost", wrong),
        ("files::a_script_brings_one_ahead_of_the_post", ahead),
        ("files::files_of_guests_may_be_held", guests),
        ("files::what_nothing_carries_goes", swept),
    ]
}

fn png(width: u32) -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    let picture = RgbImage::from_fn(width, 40, |x, y| image::Rgb([(x % 251) as u8, (y * 6) as u8, 80]));
    DynamicImage::ImageRgb8(picture)
        .write_to(&mut out, ImageFormat::Png)
        .expect("a picture");
    out.into_inner()
}

/// A link on the page to a file, or to a small picture.
fn link(client: &Client, start: &str) -> String {
    let at = client
        .body
        .rfind(&format!("\"{start}"))
        .unwrap_or_else(|| panic!("no {start} on:\n{}", client.body));
    client.body[at + 1..].split('"').next().expect("an address").to_owned()
}

/// A post with a file in Nia's topic; the topic and the file's address.
fn with_file(town: &Town, who: &str, room: &str, called: &str, bytes: &[u8]) -> (String, String) {
    let mut client = town.sign_in(who);
    let topic = start(&mut client, town, room, "discussion", "Drawings", "Here they are.");
    client
        .submit_files("/reply", &[("body", "Look:"), ("do", "post")], &[(called, bytes)])
        .is(200);
    let file = link(&client, "/files/");
    (topic, file)
}

fn picture(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Drawings", "Here they are.");
    // Without a script: chosen, added to the text, looked at, posted.
    nia.visit(&topic)
        .submit_files(
            "/reply",
            &[
                ("body", "The pump:"),
                ("words_for_picture", "a red pump"),
                ("do", "attach"),
            ],
            &[("my pump (1).png", &png(1_200))],
        )
        .is(200);
    let (_, form) = nia.form("/reply");
    let body = &form.iter().find(|(name, _)| name == "body").expect("a body").1;
    assert!(body.starts_with("The pump:\n\n![a red pump](/files/"), "{body}");
    assert!(body.ends_with("/my-pump--1-.png)"), "{body}");
    nia.submit("/reply", &[("do", "post")]).is(200);
    let small = link(&nia, "/pictures/");
    let whole = link(&nia, "/files/");
    let mut oda = town.sign_in("oda");
    oda.visit(&topic).is(200);
    assert!(oda.body.contains("alt=\"a red pump\""));
    oda.get(&small).is(200);
    assert_eq!(oda.headers["content-type"], "image/png");
    oda.get(&whole).is(200);
    assert!(!oda.headers.contains_key("content-disposition"), "a picture is shown");
    assert!(oda.headers["content-security-policy"].contains("sandbox"));
    // Kept by the browser, and asked about each time.
    let tag = oda.headers["etag"].clone();
    assert!(oda.headers["cache-control"].contains("no-cache"));
    oda.get_with(&whole, &[("If-None-Match", &tag)]).is(304);
    town.settle();
    oda.visit("/search?q=has:file").sees("Drawings");
    oda.visit("/search?q=pump+has:file").sees("The pump");
    oda.visit("/search?q=leeks+has:file").sees("Nothing found");
}

fn seen(town: &Town) {
    let (topic, file) = with_file(town, "pia", "Cellar", "notes.txt", b"Behind the wall.");
    for (who, status) in [
        ("pia", 200),
        ("ada", 200),
        ("nia", 404),
        ("oda", 404),
        ("gus", 404),
        ("exa", 404),
    ] {
        town.sign_in(who).get(&file).is(status);
    }
    town.visitor().get(&file).is(303);
    // A link to it in somebody else's post opens nothing.
    let mut nia = town.sign_in("nia");
    let kitchen = start(
        &mut nia,
        town,
        "Kitchen",
        "discussion",
        "A link",
        &format!("[secret]({file})"),
    );
    nia.get(&file).is(404);
    town.sign_in("oda").visit(&kitchen).get(&file).is(404);
    // Moved, it is seen where it is now; removed, by those who decide and by its author.
    let number = topic.split(['/', '-']).nth(2).expect("a number");
    let mut ada = town.sign_in("ada");
    let path = format!("/topics/{number}/move?to={}", town.boards["Kitchen"]);
    ada.visit(&path).submit("/move", &[]).is(200);
    nia.get(&file).is(200);
    let tag = nia.headers["etag"].clone();
    let carrier = *posts(ada.visit(&topic)).iter().max().expect("a post");
    let remove = format!("/posts/{carrier}/remove");
    ada.visit(&remove).submit(&remove, &[("reason", "Not here.")]).is(200);
    nia.get_with(&file, &[("If-None-Match", &tag)]).is(404);
    for (who, status) in [("pia", 200), ("mo", 200), ("oda", 404)] {
        town.sign_in(who).get(&file).is(status);
    }
    // What somebody brought and did not post is theirs alone.
    let mut pia = town.sign_in("pia");
    let mine = start(&mut pia, town, "Kitchen", "discussion", "Later", "Not yet.");
    pia.visit(&mine)
        .submit_files("/reply", &[("body", "x"), ("do", "attach")], &[("draft.txt", b"half")])
        .is(200);
    let unposted = link(&pia, "/files/");
    pia.get(&unposted).is(200);
    for who in ["ada", "mo", "nia"] {
        town.sign_in(who).get(&unposted).is(404);
    }
}

fn contents(town: &Town) {
    // Whatever it is called, a browser runs none of it.
    for (called, bytes, kind) in [
        (
            "page.html",
            &b"<script>alert(1)</script>"[..],
            "text/plain; charset=utf-8",
        ),
        (
            "picture.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            "text/plain; charset=utf-8",
        ),
        ("report.pdf", b"%PDF-1.7 and so on", "application/pdf"),
        ("odd.bin", &[0, 1, 2, 255, 254], "application/octet-stream"),
    ] {
        let (_, file) = with_file(town, "nia", "Kitchen", called, bytes);
        let mut oda = town.sign_in("oda");
        oda.get(&file).is(200);
        assert_eq!(oda.headers["content-type"], kind, "{called}");
        let disposition = &oda.headers["content-disposition"];
        assert!(
            disposition.starts_with("attachment") && disposition.contains(called),
            "{disposition}"
        );
        assert_eq!(oda.headers["x-content-type-options"], "nosniff");
        // It is no picture.
        let small = file.replace("/files/", "/pictures/");
        oda.get(small.rsplit_once('/').expect("a path").0).is(404);
    }
}

fn wrong(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Drawings", "Here they are.");
    let large = vec![7_u8; town.app.config.limits.file_bytes + 1];
    let broken = b"\x89PNG\r\n\x1a\nand then nothing";
    for (bytes, words) in [(&large[..], "larger than 10 MB"), (&broken[..], "picture")] {
        nia.visit(&topic)
            .submit_files(
                "/reply",
                &[("body", "Typed with care."), ("do", "post")],
                &[("a.png", bytes)],
            )
            .is(200);
        // Said beside the field; the text is kept, and nothing was posted.
        assert!(nia.text().contains(words), "{}", nia.text());
        assert!(nia.body.contains("Typed with care."));
        assert_eq!(posts(nia.visit(&topic)).len(), 1);
    }
    // Far too much is refused before it is read.
    let huge = vec![7_u8; town.app.config.limits.file_bytes * 4];
    nia.visit(&topic)
        .submit_files("/reply", &[("body", "x"), ("do", "post")], &[("a.bin", &huge)])
        .is(413);
}

fn ahead(town: &Town) {
    let kitchen = town.spaces["Kitchen"];
    let bring = |client: &mut Client, space: i64| {
        client.visit("/");
        let (_, token) = client.form("/sign-out");
        client.body = format!(
            "<form method=post action=/spaces/{space}/files><input name=token value=\"{}\"></form>",
            token[0].1
        );
        client.submit_files(
            "/files",
            &[("words_for_picture", "a [red] pump")],
            &[("p.png", &png(30))],
        );
    };
    let mut nia = town.sign_in("nia");
    bring(&mut nia, kitchen.0);
    nia.is(200);
    assert!(
        nia.body.starts_with("{\"markdown\":\"![a  red  pump](/files/"),
        "{}",
        nia.body
    );
    // Not where one may not write, nor where one does not see.
    let mut oda = town.sign_in("oda");
    bring(&mut oda, kitchen.0);
    oda.is(403);
    bring(&mut oda, town.spaces["Cellar"].0);
    oda.is(404);
    // Nor while one is silenced.
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Leeks", "White?");
    let post = reply(&mut nia, &topic, "Only fools cook leeks.");
    flag(town, "pia", post, "unkind");
    let mut mo = town.sign_in("mo");
    let review = first(&mut mo);
    decide(
        &mut mo,
        &review,
        &[
            ("decision", "keep"),
            ("reason", "Cool down."),
            ("sanction", "silence-3"),
        ],
    );
    mo.is(200);
    bring(&mut nia, kitchen.0);
    nia.is(403);
}

fn guests(town: &Town) {
    let bridge = town.spaces["Bridge"];
    let holding = format!("/spaces/{bridge}/holding");
    let mut ada = town.sign_in("ada");
    ada.visit(&holding)
        .submit("/rules", &[("kind", "guests_files"), ("amount", "")])
        .is(200)
        .sees("Files and pictures from guests");
    let mut gus = town.sign_in("gus");
    let topic = start(&mut gus, town, "Bridge", "question", "Which bolts?", "Steel or brass?");
    ada.visit("/queue")
        .submit("/decide", &[("decision", "approve")])
        .is(200);
    reply(&mut gus, &topic, "Brass, then.");
    ada.visit("/queue")
        .submit("/decide", &[("decision", "approve")])
        .is(200);
    // Known by now: words pass, a picture waits.
    reply(&mut gus, &topic, "And oil.");
    ada.visit("/queue").sees("Nothing waits");
    gus.visit(&topic)
        .submit_files(
            "/reply",
            &[("body", "Like this:"), ("do", "post")],
            &[("bolt.png", &png(30))],
        )
        .is(200)
        .sees("waits for a moderator");
    let small = link(&gus, "/pictures/");
    gus.get(&small).is(200);
    ada.visit("/queue").sees("files and pictures of guests");
    ada.get(&small).is(200);
    // An employee's does not.
    let (_, _) = with_file(town, "ada", "Bridge", "bolt.png", &png(30));
    ada.visit("/queue");
    assert_eq!(ada.count(".queue-item"), 1);
}

fn swept(town: &Town) {
    let folder = town.folder.path().join("files");
    let kept = || {
        let mut count = 0;
        for entry in std::fs::read_dir(&folder).expect("the folder of files").flatten() {
            count += std::fs::read_dir(entry.path()).expect("a folder").count();
        }
        count
    };
    let (topic, file) = with_file(town, "nia", "Kitchen", "notes.txt", b"The first of it.");
    // The same twice is one.
    let (_, again) = with_file(town, "pia", "Kitchen", "copy.txt", b"The first of it.");
    let (_, other) = with_file(town, "nia", "Kitchen", "other.txt", b"Something else.");
    assert_eq!(kept(), 2);
    let tidy = |days: i64| {
        let now = town.app.clock.now();
        town.app.clock.set(now.plus_days(days));
        aquarium::jobs::worker::turn(&town.app, 0);
    };
    tidy(40);
    assert_eq!(kept(), 2, "what a post carries stays");
    // Taken out of the text, it goes a month later, and not before: the edit might be undone.
    let mut nia = town.sign_in("nia");
    let carrier = *posts(nia.visit(&topic)).iter().max().expect("a post");
    let edit = format!("/posts/{carrier}/edit");
    nia.visit(&edit)
        .submit(&edit, &[("body", "Never mind."), ("do", "save")])
        .is(200);
    tidy(20);
    nia = town.sign_in("nia");
    nia.get(&file).is(200);
    tidy(20);
    nia = town.sign_in("nia");
    nia.get(&file).is(404);
    // Pia's copy has the same bytes, and still has them.
    nia.get(&again).is(200);
    assert!(nia.body.contains("The first of it."));
    nia.get(&other).is(200);
    assert_eq!(kept(), 2);
    // What only a draft names waits with it.
    let (with_draft, waiting) = with_file(town, "pia", "Kitchen", "later.txt", b"For a reply that takes long.");
    let mut pia = town.sign_in("pia");
    let carrier = *posts(pia.visit(&with_draft)).iter().max().expect("a post");
    let edit = format!("/posts/{carrier}/edit");
    pia.visit(&edit)
        .submit(&edit, &[("body", "Later."), ("do", "save")])
        .is(200);
    let reply = format!("/posts/{carrier}/reply");
    pia.visit(&reply)
        .submit(
            &reply,
            &[("body", &format!("See [later.txt]({waiting})")), ("do", "draft")],
        )
        .is(200);
    tidy(40);
    tidy(40);
    pia = town.sign_in("pia");
    pia.get(&waiting).is(200);
    let throw = format!("/posts/{carrier}/draft/remove");
    pia.visit("/drafts").submit(&throw, &[]).is(200);
    tidy(40);
    tidy(0);
    pia = town.sign_in("pia");
    pia.get(&waiting).is(404);
    // Bytes of a deed that did not end well belong to nobody, half files too.
    let before = kept();
    let shelf = folder.join("00");
    std::fs::create_dir_all(&shelf).expect("a shelf");
    std::fs::write(shelf.join(format!("00{}", "a".repeat(62))), b"nobody's").expect("bytes");
    std::fs::write(shelf.join("00b.1234.part"), b"hal").expect("bytes");
    assert_eq!(kept(), before + 2);
    tidy(0);
    assert_eq!(kept(), before);
}
