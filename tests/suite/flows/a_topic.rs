//! The life of a topic: asked, answered, thanked, edited, removed, reported, closed.

use crate::Story;
use crate::support::client::Client;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("a_topic::is_asked_answered_and_thanked", asked_and_answered),
        ("a_topic::sent_twice_is_one_post", sent_twice),
        ("a_topic::is_edited_with_a_history", edited),
        ("a_topic::a_removed_post_keeps_its_place", removed),
        ("a_topic::is_closed_and_reopened", closed),
        ("a_topic::is_reported_to_its_moderators", reported),
        ("a_topic::a_mention_is_told", mentioned),
        ("a_topic::mistakes_are_answered_beside_the_field", mistakes),
        ("a_topic::moves_and_says_who_reads_it", moves),
        ("a_topic::a_removed_text_shows_in_no_form", no_form_shows_it),
        ("a_topic::a_removed_topic_keeps_its_title_to_itself", no_title),
    ]
}

/// Starts a topic on the page; returns its path.
pub(crate) fn start(client: &mut Client, town: &Town, room: &str, kind: &str, title: &str, body: &str) -> String {
    let board = town.boards[room];
    client.visit(&format!("/boards/{board}/topics/new")).is(200);
    client.submit(
        "/topics",
        &[("kind", kind), ("title", title), ("body", body), ("do", "post")],
    );
    client.is(200).sees(title);
    client.path.clone()
}

/// The numbers of the posts on the page, in order.
pub(crate) fn posts(client: &Client) -> Vec<i64> {
    client
        .body
        .match_indices("id=\"post-")
        .filter_map(|(at, start)| client.body[at + start.len()..].split('"').next()?.parse().ok())
        .collect()
}

pub(crate) fn reply(client: &mut Client, topic: &str, body: &str) -> i64 {
    client.visit(topic).submit("/reply", &[("body", body), ("do", "post")]);
    client.is(200).sees(body);
    *posts(client).iter().max().expect("a post")
}

fn asked_and_answered(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(
        &mut nia,
        town,
        "Kitchen",
        "question",
        "Why does the soup boil over?",
        "It does so **every day**.",
    );
    nia.sees("Waits for an answer").sees("Nobody has answered yet");
    assert!(nia.body.contains("<strong>every day</strong>"));
    // Oda reads it, for the kitchen is internal, but only members write.
    let mut oda = town.sign_in("oda");
    oda.visit(&topic).sees("Join to write");
    assert_eq!(oda.count("textarea[name=body]"), 0);
    oda.submit("/join", &[]).sees("You are a member now");
    let answer = reply(&mut oda, &topic, "Put a spoon in the pot.");
    nia.visit(&topic)
        .submit(&format!("/posts/{answer}/answer"), &[])
        .sees("Marked as the answer")
        .sees("Solved");
    nia.submit(&format!("/posts/{answer}/thank"), &[])
        .sees("Thanked")
        .sees("one thank-you");
    nia.visit(&format!("/posts/{answer}/thanks")).sees("Nia");
    // Nobody thanks themselves, and only the asker or a moderator marks an answer.
    let (token_path, fields) = oda.visit(&topic).form("/read");
    assert!(token_path.contains("/read"));
    let mut own = fields.clone();
    own.retain(|(name, _)| name == "token");
    oda.post(&format!("/posts/{answer}/thank"), &own)
        .is(403)
        .sees("your own post");
    oda.post(&format!("/posts/{answer}/answer/undo"), &own)
        .is(403)
        .sees("Only the author and the moderators");
    town.settle();
    nia.visit("/for-you").sees("Oda replied to you in");
    oda.visit("/for-you").sees("marked your reply as the answer");
}

fn sent_twice(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Salt or pepper", "Both?");
    nia.visit(&topic);
    let (action, mut fields) = nia.form("/reply");
    fields.retain(|(name, _)| name != "body");
    fields.push(("body".to_owned(), "Both, of course.".to_owned()));
    nia.post(&action, &fields).is(303);
    let first = nia.headers["location"].clone();
    nia.post(&action, &fields).is(303);
    assert_eq!(nia.headers["location"], first, "the same form makes one post");
    nia.visit(&topic);
    assert_eq!(posts(&nia).len(), 2);
    // The same form with another text shows both and loses neither.
    fields.retain(|(name, _)| name != "body");
    fields.push(("body".to_owned(), "No: neither.".to_owned()));
    nia.post(&action, &fields).is(409).sees("Both, of course.");
    assert!(nia.body.contains("No: neither."));
    nia.submit("/reply", &[("do", "post")]).is(200).sees("No: neither.");
    nia.visit(&topic);
    assert_eq!(posts(&nia).len(), 3);
}

fn edited(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Carrots", "Two carots.");
    let post = posts(&nia)[0];
    let edit = format!("/posts/{post}/edit");
    let mut mo = town.sign_in("mo");
    mo.visit(&edit).is(200);
    nia.visit(&edit)
        .submit(&edit, &[("body", "Two carrots."), ("do", "save")])
        .is(200)
        .sees("Two carrots.")
        .sees("edited");
    // Mo had the old text before him: nothing is overwritten unseen.
    mo.submit(&edit, &[("body", "Three carots."), ("do", "save")])
        .is(409)
        .sees("Somebody changed this post");
    assert!(mo.body.contains("Two carrots.") && mo.body.contains("Three carots."));
    nia.visit(&format!("/posts/{post}/history")).is(200);
    assert!(
        nia.count("ins") > 0 && nia.count("del") > 0,
        "the history shows what changed"
    );
    // Another member cannot edit it; the refusal says why.
    let mut pia = town.sign_in("pia");
    pia.visit(&topic);
    assert!(!pia.links().contains(&edit));
    pia.visit(&edit).is(403).sees("Only the author and the moderators");
}

fn removed(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Onions", "First");
    let said = reply(&mut nia, &topic, "A rash word");
    let mut mo = town.sign_in("mo");
    reply(&mut mo, &topic, "An answer below");
    let remove = format!("/posts/{said}/remove");
    mo.visit(&remove)
        .submit(&remove, &[("reason", "")])
        .is(422)
        .sees("Say why");
    mo.submit(&remove, &[("reason", "Unkind to the onions")])
        .sees("The post is removed");
    let mut pia = town.sign_in("pia");
    pia.visit(&topic)
        .sees("Removed by a moderator")
        .sees("Unkind to the onions")
        .sees_not("A rash word");
    nia.visit(&topic).sees("Removed by a moderator");
    mo.visit(&topic).sees("A rash word");
    town.settle();
    nia.visit("/for-you")
        .sees("Post removed, by a moderator of Kitchen")
        .sees("Unkind to the onions");
    // The author cannot put it back, the moderator can.
    mo.submit(&format!("/posts/{said}/remove/undo"), &[])
        .sees("The post is back");
    pia.visit(&topic).sees("A rash word");
    // An author's own removal shows who it was, and nobody's text.
    nia.visit(&remove).submit(&remove, &[]).sees("Removed by the author");
    pia.visit(&topic).sees("Removed by the author").sees_not("A rash word");
}

fn closed(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Leeks", "Long or short?");
    let first = posts(&nia)[0];
    let mut mo = town.sign_in("mo");
    let id = topic.split(['/', '-']).nth(2).expect("a number").to_owned();
    nia.visit(&format!("/topics/{id}/close"))
        .is(403)
        .sees("Only the moderators");
    mo.visit(&format!("/topics/{id}/close"))
        .submit(&format!("/topics/{id}/close"), &[("reason", "All is said")]);
    mo.sees("The topic is closed");
    nia.visit(&topic).sees("All is said");
    assert_eq!(nia.count("textarea[name=body]"), 0);
    nia.visit(&format!("/posts/{first}/reply"))
        .is(403)
        .sees("takes no more replies");
    mo.visit(&topic)
        .submit(&format!("/topics/{id}/close/undo"), &[])
        .sees("open again");
    reply(&mut nia, &topic, "Short ones.");
}

fn reported(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Buy my pans", "Cheap pans");
    let post = posts(&nia)[0];
    let mut pia = town.sign_in("pia");
    let report = format!("/posts/{post}/report");
    pia.visit(&topic);
    assert!(pia.links().contains(&report));
    pia.visit(&report)
        .submit(&report, &[("why", "other"), ("words", "")])
        .is(422)
        .sees("Say in a few words");
    pia.submit(&report, &[("why", "spam"), ("words", "pans again")])
        .sees("The moderators will look at it");
    nia.visit(&report).is(403).sees("your own post");
    town.settle();
    let mut mo = town.sign_in("mo");
    mo.visit("/for-you").sees("Pia reported a post");
    mo.visit("/queue").sees("Buy my pans").sees("pans again").sees("spam");
    nia.visit("/queue").is(404);
    mo.submit("/decide", &[("decision", "keep")]).sees("Nothing waits");
}

fn mentioned(town: &Town) {
    let mut nia = town.sign_in("nia");
    // Gus does not read the kitchen: Nia is told so first, and naming him is plain text and tells him nothing.
    nia.visit(&format!("/boards/{}/topics/new", town.boards["Kitchen"]))
        .submit(
            "/topics",
            &[
                ("title", "Who knows beans"),
                ("body", "Ask @pia or @gus, not `@mo`."),
                ("do", "post"),
            ],
        )
        .sees("will not be told: @gus");
    nia.submit("/topics", &[("do", "post")]).is(200);
    let topic = nia.path.clone();
    assert!(nia.body.contains(">@pia</a>") && !nia.body.contains(">@gus</a>") && !nia.body.contains(">@mo</a>"));
    town.settle();
    town.sign_in("pia").visit("/for-you").sees("Nia mentioned you");
    town.sign_in("gus")
        .visit("/for-you")
        .sees("Nothing yet")
        .sees_not("beans");
    assert!(topic.starts_with("/topics/"));
}

fn mistakes(town: &Town) {
    let mut nia = town.sign_in("nia");
    let board = town.boards["Kitchen"];
    nia.visit(&format!("/boards/{board}/topics/new"));
    nia.submit(
        "/topics",
        &[
            ("kind", "question"),
            ("title", "x"),
            ("body", "A long text that stays"),
            ("do", "post"),
        ],
    );
    nia.is(422).sees("at least three characters");
    assert!(nia.body.contains("A long text that stays"));
    nia.submit("/topics", &[("title", "y".repeat(300).as_str()), ("do", "post")])
        .is(422)
        .sees("can have 200 characters");
    nia.submit(
        "/topics",
        &[("title", "Fine"), ("body", "z".repeat(70_000).as_str()), ("do", "post")],
    );
    nia.is(422).sees("a post can have 65,536");
    nia.submit(
        "/topics",
        &[("body", "short"), ("kind", "announcement"), ("do", "post")],
    )
    .is(403)
    .sees("Only the moderators");
    // A preview posts nothing.
    nia.visit(&format!("/boards/{board}/topics/new"));
    nia.submit(
        "/topics",
        &[("title", "Previewed"), ("body", "**strong**"), ("do", "preview")],
    )
    .is(200);
    assert!(nia.body.contains("<strong>strong</strong>"));
    nia.visit(&format!("/boards/{board}")).sees_not("Previewed");
    nia.visit("/topics/999999").is(404);
    nia.visit("/topics/nonsense").is(404);
    nia.visit("/nowhere").is(404);
}

fn moves(town: &Town) {
    let mut ada = town.sign_in("ada");
    let topic = start(
        &mut ada,
        town,
        "Kitchen",
        "discussion",
        "A secret recipe",
        "Only for the cellar",
    );
    let id = topic.split(['/', '-']).nth(2).expect("a number").to_owned();
    let cellar = town.boards["Cellar"];
    let mut nia = town.sign_in("nia");
    nia.visit(&topic).is(200);
    ada.visit(&format!("/topics/{id}/move?to={cellar}"))
        .sees("Who reads it now")
        .sees("Who will read it then");
    ada.submit(&format!("/topics/{id}/move"), &[("to", &cellar.to_string())])
        .sees("The topic has moved");
    nia.visit(&topic).is(404);
    town.sign_in("pia").visit(&topic).is(200).sees("A secret recipe");
    town.settle();
    nia.visit("/search?q=recipe").sees_not("A secret recipe");
    nia.visit("/latest").sees_not("A secret recipe");
    // Mo moderates the kitchen and not the cellar: he may not put anything there.
    let mut mo = town.sign_in("mo");
    let soup = start(&mut mo, town, "Kitchen", "discussion", "Stays here", "x");
    let id = soup.split(['/', '-']).nth(2).expect("a number").to_owned();
    mo.visit(&format!("/topics/{id}/move"));
    let token = mo.form("/sign-out").1;
    let mut fields = token;
    fields.push(("to".to_owned(), cellar.to_string()));
    mo.post(&format!("/topics/{id}/move"), &fields).is(404);
}

/// Forms repeat the post that they are about: not when it is removed, however they are sent.
fn no_form_shows_it(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Garlic", "First");
    let said = reply(&mut nia, &topic, "A word that goes");
    let remove = format!("/posts/{said}/remove");
    nia.visit(&remove).submit(&remove, &[]);
    for who in ["pia", "oda"] {
        let mut client = town.sign_in(who);
        let token = client.visit("/").form("/sign-out").1;
        for (path, fields) in [
            (format!("/posts/{said}/reply"), vec![("do", "preview"), ("body", "x")]),
            (format!("/posts/{said}/edit"), vec![("do", "preview"), ("body", "x")]),
            (format!("/posts/{said}/report"), vec![("why", "nonsense")]),
            (format!("/posts/{said}/report"), vec![("why", "spam")]),
            (format!("/posts/{said}/remove"), vec![("reason", "")]),
        ] {
            let mut all = token.clone();
            all.extend(
                fields
                    .iter()
                    .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
            );
            client.post(&path, &all).is(403).sees_not("A word that goes");
        }
    }
}

fn no_title(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "An unkind title", "First");
    let first = posts(&nia)[0];
    let said = reply(&mut nia, &topic, "A reply that stays");
    let mut mo = town.sign_in("mo");
    let remove = format!("/posts/{first}/remove");
    mo.visit(&remove)
        .submit(&remove, &[("reason", "Unkind")])
        .sees("removed");
    let mut pia = town.sign_in("pia");
    let id = topic.split(['/', '-']).nth(2).expect("a number").to_owned();
    for path in [
        format!("/topics/{id}"),
        format!("/posts/{said}"),
        format!("/posts/{said}/thanks"),
        format!("/posts/{said}/reply"),
        format!("/posts/{said}/report"),
        format!("/posts/{said}/history"),
        "/latest".to_owned(),
        "/".to_owned(),
    ] {
        pia.get(&path);
        let location = pia.headers.get("location").cloned().unwrap_or_default();
        assert!(!location.contains("unkind"), "{path} leads to {location}");
        pia.follow()
            .is(200)
            .sees_not("An unkind title")
            .sees_not("an-unkind-title");
    }
    pia.visit(&format!("/topics/{id}"))
        .sees("Removed topic")
        .sees("A reply that stays");
    mo.visit(&format!("/topics/{id}")).sees("An unkind title");
}
