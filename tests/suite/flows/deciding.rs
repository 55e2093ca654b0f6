//! What a moderator can decide beyond yes and no: edit with a note, slow a topic down, give a branch
//! another place, several at once; with texts and kinds of flags of one's own, and undoing that says
//! what stands in its way.

use aquarium::access::Viewer;
use aquarium::event::Source;
use aquarium::forum::spaces;
use aquarium::kinds::SpaceRole;

use super::a_topic::{posts, reply, start};
use super::moderation::{decide, first, flag};
use crate::Story;
use crate::support::client::Client;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("deciding::a_post_is_edited_with_a_note", edited),
        ("deciding::a_held_post_is_edited_and_published", edited_and_published),
        ("deciding::a_slow_topic_asks_for_patience", slowed),
        ("deciding::a_branch_answers_its_review", grafted),
        ("deciding::several_are_decided_at_once", several),
        ("deciding::the_queue_shows_what_one_asks_for", filters),
        ("deciding::an_undo_names_what_stands_in_its_way", named),
        ("deciding::a_space_words_its_reasons", worded),
        ("deciding::a_forum_has_kinds_of_flags_of_its_own", kinds),
    ]
}

fn edited(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Leeks", "White or green?");
    let mut pia = town.sign_in("pia");
    let post = reply(&mut pia, &topic, "Only fools cook leeks. Ring 555 0199.");
    flag(town, "nia", post, "private_data");
    let mut mo = town.sign_in("mo");
    let review = first(&mut mo);
    mo.visit(&format!("{review}?do=edit"))
        .sees("Only fools cook leeks. Ring");
    // Nothing changed is no edit, and nothing at all is no post.
    mo.submit("/decide", &[("decision", "edit"), ("reason", "No numbers.")])
        .is(422)
        .sees("The text is the same as before");
    mo.submit(
        "/decide",
        &[("text", ""), ("decision", "edit"), ("reason", "No numbers.")],
    )
    .is(422)
    .sees("No numbers.");
    // Its author was faster: what they wrote is not overwritten.
    let edit = format!("/posts/{post}/edit");
    pia.visit(&edit)
        .submit(&edit, &[("body", "Fools cook leeks. Ring 555 0199."), ("do", "save")])
        .is(200);
    mo.submit(
        "/decide",
        &[
            ("text", "Fools cook leeks."),
            ("decision", "edit"),
            ("reason", "No numbers."),
        ],
    )
    .is(409)
    .sees("Fools cook leeks.")
    .sees("No numbers.")
    .sees("Fools cook leeks. Ring 555 0199.");
    town.sign_in("nia").visit(&topic).sees("555 0199");
    mo.visit(&review).submit(
        "/decide",
        &[
            ("text", "Fools cook leeks."),
            ("decision", "edit"),
            ("rule", "No private data"),
            ("reason", "Without the number, please."),
        ],
    );
    mo.is(200)
        .sees("Nothing waits")
        .sees("You decided last")
        .sees("Post edited");
    town.settle();
    nia.visit(&topic)
        .sees("Fools cook leeks.")
        .sees_not("555 0199")
        .sees("edited");
    pia.visit("/for-you")
        .sees("Post edited")
        .sees("Without the number, please.");
    // The history keeps what it was, for those who read the post; the log does not.
    pia.visit(&format!("/posts/{post}/history")).sees("555 0199");
    nia.visit(&format!("/spaces/{}/log", town.spaces["Kitchen"]))
        .sees("No private data")
        .sees_not("555 0199");
    town.sign_in("nia").visit("/search?q=0199").sees_not("Leeks");
    // Undone at a stroke from the queue: as if it had never been.
    mo.visit("/queue").submit("/undo", &[]).sees("Undone");
    town.settle();
    nia.visit(&topic).sees("555 0199");
    nia.visit("/search?q=0199").sees("Leeks");
    crate::running_support::sound(town);
}

fn edited_and_published(town: &Town) {
    let mut gus = town.sign_in("gus");
    let board = town.boards["Bridge"];
    gus.visit(&format!("/boards/{board}/topics/new"));
    gus.submit(
        "/topics",
        &[
            ("kind", "discussion"),
            ("title", "Tolls"),
            ("body", "Who pays tols?"),
            ("do", "post"),
        ],
    );
    gus.is(200).sees("waits for a moderator");
    let topic = gus.path.clone();
    let mut ada = town.sign_in("ada");
    let review = first(&mut ada);
    decide(
        &mut ada,
        &review,
        &[
            ("decision", "edit"),
            ("text", "Who pays tolls?"),
            ("reason", "One letter."),
        ],
    );
    ada.is(200);
    town.settle();
    gus.visit(&topic)
        .sees("Who pays tolls?")
        .sees_not("waits for a moderator");
    // What was never published is not published by being edited.
    let post = posts(&gus)[0];
    let history = format!("/posts/{post}/history");
    gus.visit(&history).sees("tols");
    ada.visit(&history).sees("tols");
    let (bridge, nia) = (town.spaces["Bridge"], town.people["nia"]);
    town.app
        .store
        .write(&Viewer::system("story"), Source::System, |tx| {
            spaces::take_in(tx, bridge, nia, SpaceRole::Member)
        })
        .expect("a membership");
    town.sign_in("nia")
        .visit(&history)
        .is(200)
        .sees("Who pays tolls?")
        .sees_not("tols");
    crate::running_support::sound(town);
    // Undone, it waits again with the words of its author, before somebody again.
    ada.visit(&review).submit("/undo", &[]).sees("Undone");
    gus.visit(&topic).sees("Who pays tols?").sees("waits for a moderator");
    ada.visit("/queue").sees("Held for approval");
    crate::running_support::sound(town);
}

fn slowed(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Salt", "How much?");
    let mut pia = town.sign_in("pia");
    let post = reply(&mut pia, &topic, "More than you think!");
    flag(town, "nia", post, "unkind");
    // Not for those who do not moderate.
    let number = topic.split(['/', '-']).nth(2).expect("a number").to_owned();
    nia.visit(&format!("/topics/{number}/slow")).is(403);
    let mut mo = town.sign_in("mo");
    let review = first(&mut mo);
    decide(
        &mut mo,
        &review,
        &[("decision", "slow"), ("minutes", "0"), ("reason", "No.")],
    );
    mo.is(422);
    decide(
        &mut mo,
        &review,
        &[("decision", "slow"), ("minutes", "60"), ("reason", "Take your time.")],
    );
    mo.is(200);
    pia.visit(&topic).sees("at most once an hour");
    // Refused beside the field, and what was typed is kept.
    pia.submit("/reply", &[("body", "And more pepper."), ("do", "post")])
        .is(422)
        .sees("You can reply again in 60 minutes")
        .sees("And more pepper.");
    // The first post of a topic is no reply, and moderators are not slowed down.
    reply(&mut nia, &topic, "Thank you.");
    reply(&mut mo, &topic, "Slowly.");
    reply(&mut mo, &topic, "Very slowly.");
    nia.visit(&topic)
        .submit("/reply", &[("body", "Again."), ("do", "post")])
        .is(422);
    // Let go again by hand, which is an act in the log.
    mo.visit(&format!("/topics/{number}/slow"))
        .submit("/slow", &[("minutes", "7777")])
        .is(422);
    mo.submit("/slow", &[("minutes", "0")]).is(200).sees_not("once an hour");
    reply(&mut nia, &topic, "Again.");
    // The older decision cannot be undone past the newer act, which is named.
    mo.visit(&review)
        .submit("/undo", &[])
        .is(409)
        .sees("newer acts stand in the way")
        .sees("Topic at its own pace again");
    nia.visit(&format!("/spaces/{}/log", town.spaces["Kitchen"]))
        .sees("Take your time.");
}

fn grafted(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "question", "Rice", "How long?");
    let mut pia = town.sign_in("pia");
    let aside = reply(&mut pia, &topic, "Whose pan is this?");
    flag(town, "nia", aside, "off_topic");
    let mut mo = town.sign_in("mo");
    let review = first(&mut mo);
    mo.visit(&review);
    let split = mo
        .links()
        .into_iter()
        .find(|link| link.contains("/split?review="))
        .expect("a way to split it off");
    let stale = split.replace("version=2", "version=1");
    assert_ne!(split, stale);
    mo.visit(&stale)
        .submit("/split", &[("title", "Pans"), ("reason", "Its own matter.")])
        .is(409);
    mo.visit(&split)
        .submit("/split", &[("title", "Pans"), ("reason", "Its own matter.")])
        .sees("The branch is a topic of its own now")
        .sees("Nothing waits");
    mo.visit(&review).sees("Branch split off").sees("Its own matter.");
    town.settle();
    town.sign_in("nia").visit("/for-you").sees("was not right");
    // One review, and one undo of it, after which the flag waits again.
    mo.submit("/undo", &[]).sees("Undone");
    mo.visit("/queue").sees("One flag: off topic").sees("first flag");
    mo.visit(&topic).sees("Whose pan is this?");
    crate::running_support::sound(town);
}

/// The boxes of the queue that is shown, for the form below it.
fn ticked(client: &Client) -> Vec<(&'static str, String)> {
    client
        .body
        .match_indices("name=\"review\" value=\"")
        .filter_map(|(at, start)| Some(client.body[at + start.len()..].split('"').next()?.to_owned()))
        .map(|pair| ("review", pair))
        .collect()
}

fn several(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Leeks", "White or green?");
    let mut pia = town.sign_in("pia");
    let bad: Vec<i64> = ["Fools.", "Dunces.", "Dolts."]
        .into_iter()
        .map(|words| reply(&mut pia, &topic, words))
        .collect();
    for post in &bad {
        flag(town, "oda", *post, "unkind");
    }
    let mut mo = town.sign_in("mo");
    mo.visit("/queue");
    let boxes = ticked(&mo);
    assert_eq!(boxes.len(), 3);
    let (_, hidden) = mo.form("/queue?page=1");
    let send = |client: &mut Client, boxes: &[(&str, String)], more: &[(&str, &str)]| {
        let mut fields: Vec<(String, String)> = hidden.iter().filter(|(name, _)| name == "token").cloned().collect();
        fields.extend(boxes.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        fields.extend(
            more.iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        client.post("/queue", &fields);
        client.follow();
    };
    send(&mut mo, &[], &[("decision", "remove"), ("reason", "No names.")]);
    mo.is(422).sees("Tick at least one review");
    // A reason is owed for each, so none is decided without one; the boxes stay ticked.
    send(&mut mo, &boxes, &[("decision", "remove"), ("reason", "")]);
    mo.is(422).sees("reason");
    assert_eq!(mo.count("input[name=review][checked]"), 3);
    // One of them changed meanwhile: it stays, and the page says so.
    flag(town, "nia", bad[0], "off_topic");
    send(&mut mo, &boxes, &[("decision", "remove"), ("reason", "No names.")]);
    mo.is(409)
        .sees("2 were decided. These stay as they are")
        .sees("something happened to it meanwhile");
    assert_eq!(mo.count(".queue-item"), 1);
    town.settle();
    nia.visit(&topic).sees("Fools.").sees_not("Dunces.").sees_not("Dolts.");
    // For those who do not moderate it is not there.
    let mut oda = town.sign_in("oda");
    let (_, own) = oda.visit("/").form("/sign-out");
    let mut fields = own;
    fields.push(("review".to_owned(), boxes[0].1.clone()));
    fields.push(("decision".to_owned(), "keep".to_owned()));
    oda.post("/queue", &fields).is(404);
    crate::running_support::sound(town);
}

fn named(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Leeks", "White or green?");
    let mut pia = town.sign_in("pia");
    let post = reply(&mut pia, &topic, "Only fools cook leeks.");
    flag(town, "nia", post, "unkind");
    let mut mo = town.sign_in("mo");
    let review = first(&mut mo);
    decide(&mut mo, &review, &[("decision", "hide"), ("reason", "Unkind.")]);
    // A colleague goes further.
    let mut ada = town.sign_in("ada");
    let restore = format!("/posts/{post}/remove/undo");
    ada.visit(&topic).submit(&restore, &[]).is(200);
    let remove = format!("/posts/{post}/remove");
    ada.visit(&remove).submit(&remove, &[("reason", "Again.")]).is(200);
    mo.visit(&review)
        .submit("/undo", &[])
        .is(409)
        .sees("newer acts stand in the way")
        .sees("Post restored")
        .sees("Post removed");
    // Undone in reverse, all of them go.
    let log = format!("/spaces/{}/log", town.spaces["Kitchen"]);
    for _ in 0..2 {
        mo.visit(&log);
        let newest = mo
            .links()
            .into_iter()
            .filter(|link| link.starts_with("/reviews/"))
            .find(|link| {
                let mut look = town.sign_in("mo");
                look.visit(link);
                look.count("form[action$=undo]") == 1
            })
            .expect("an act that can be undone");
        mo.visit(&newest).submit("/undo", &[]).sees("Undone");
    }
    mo.visit(&review).submit("/undo", &[]).sees("Undone");
    assert!(posts(nia.visit(&topic)).contains(&post));
    nia.sees("Only fools");
    crate::running_support::sound(town);
}

fn worded(town: &Town) {
    let kitchen = town.spaces["Kitchen"];
    let page = format!("/spaces/{kitchen}/texts");
    town.sign_in("nia").visit(&page).is(404);
    // Who moderates reads them, who manages words them.
    let mut mo = town.sign_in("mo");
    mo.visit(&page).is(200).sees("The tone of this post");
    assert_eq!(mo.count("form[action$=texts] button"), 0);
    let mut ada = town.sign_in("ada");
    ada.visit(&page);
    ada.submit(
        &page,
        &[
            ("unkind.en", "Not in this kitchen."),
            ("unkind.nl", "Niet in deze keuken."),
            ("spam.en", &"x".repeat(501)),
        ],
    )
    .is(422)
    .sees("Not in this kitchen.");
    ada.visit(&page).submit(
        &page,
        &[
            ("unkind.en", "Not in this kitchen."),
            ("unkind.nl", "Niet in deze keuken."),
        ],
    );
    ada.is(200).sees("worded by this space");
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Leeks", "White or green?");
    let mut pia = town.sign_in("pia");
    let post = reply(&mut pia, &topic, "Only fools cook leeks.");
    flag(town, "nia", post, "unkind");
    let review = first(&mut mo);
    mo.visit(&format!("{review}?do=remove")).sees("Not in this kitchen.");
    // In the language in which the author reads the forum.
    pia.visit("/settings")
        .submit("/settings", &[("language", "nl")])
        .is(200);
    mo.visit(&format!("{review}?do=remove")).sees("Niet in deze keuken.");
    // Emptied, it is the forum's own again.
    ada.visit(&page)
        .submit(&page, &[("unkind.en", ""), ("unkind.nl", "")])
        .sees_not("worded by this space");
}

fn kinds(town: &Town) {
    let mut ada = town.sign_in("ada");
    ada.visit("/admin/flags").is(200).sees("Off topic");
    ada.submit("/admin/flags", &[]).is(422);
    ada.submit(
        "/admin/flags",
        &[
            ("name.en", "Unsafe advice"),
            ("name.nl", "Onveilig advies"),
            ("urgent", "yes"),
        ],
    )
    .is(200)
    .sees("Unsafe advice");
    let (_, fields) = ada.form("/admin/flags/change");
    let mut end: Vec<(String, String)> = fields.into_iter().filter(|(name, _)| name == "token").collect();
    end.push(("word".to_owned(), "off_topic".to_owned()));
    end.push(("do".to_owned(), "end".to_owned()));
    ada.post("/admin/flags/change", &end).follow().sees("ended");
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Leeks", "White or green?");
    let mut pia = town.sign_in("pia");
    let post = reply(&mut pia, &topic, "Eat them raw from the road.");
    let report = format!("/posts/{post}/report");
    nia.visit(&report).sees("Unsafe advice").sees_not("value=\"off_topic\"");
    nia.submit(&report, &[("why", "off_topic"), ("words", "")]).is(422);
    nia.submit(&report, &[("why", "own_1"), ("words", "")]).is(200);
    let mut mo = town.sign_in("mo");
    mo.visit("/queue").sees("One flag: unsafe advice");
    let review = first(&mut mo);
    // Urgent: twice the points of an ordinary flag.
    mo.visit(&review).sees("2.0");
    mo.language = "nl";
    mo.visit("/settings").submit("/settings", &[("language", "nl")]).is(200);
    mo.visit(&review).sees("onveilig advies");
    decide(&mut mo, &review, &[("decision", "keep")]);
    mo.is(200);
    // Ended, it keeps its name where it was used.
    end[1].1 = "own_1".to_owned();
    ada.post("/admin/flags/change", &end).is(303);
    mo.visit(&review).sees("Onveilig advies");
}

fn filters(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Leeks", "White or green?");
    let mut pia = town.sign_in("pia");
    let one = reply(&mut pia, &topic, "Fools eat green.");
    let mine = reply(&mut nia, &topic, "Dunces eat white.");
    flag(town, "oda", one, "unkind");
    flag(town, "oda", mine, "unkind");
    let mut mo = town.sign_in("mo");
    let shown = |client: &mut Client, filter: &str| {
        client.visit(&format!("/queue?{filter}")).is(200);
        let words = ["Fools", "Dunces"];
        words.map(|word| client.text().contains(word))
    };
    assert_eq!(shown(&mut mo, ""), [true, true]);
    assert_eq!(shown(&mut mo, "author=%40pia"), [true, false]);
    assert_eq!(shown(&mut mo, "author=nobody-knows"), [false, false]);
    let kitchen = town.spaces["Kitchen"];
    assert_eq!(shown(&mut mo, &format!("space={kitchen}")), [true, true]);
    assert_eq!(
        shown(&mut mo, &format!("space={}", town.spaces["Cellar"])),
        [false, false]
    );
    assert_eq!(shown(&mut mo, "days=1"), [false, false]);
    mo.visit("/queue?author=%40pia");
    let review = mo
        .links_in(".queue-item a[href]")
        .into_iter()
        .find(|link| link.starts_with("/reviews/"))
        .expect("a review");
    let mut ada = town.sign_in("ada");
    ada.visit(review.split('?').next().expect("a path"))
        .submit("/take", &[])
        .is(200);
    assert_eq!(shown(&mut mo, "taken=others"), [true, false]);
    assert_eq!(shown(&mut mo, "taken=nobody"), [false, true]);
    assert_eq!(shown(&mut mo, "taken=me"), [false, false]);
    assert_eq!(shown(&mut ada, "taken=me"), [true, false]);
    // Nobody's again after a quarter of an hour, and older than a day after two.
    let now = town.app.clock.now();
    town.app.clock.set(now.plus_seconds(16 * 60));
    assert_eq!(shown(&mut mo, "taken=nobody"), [true, true]);
    town.app.clock.set(now.plus_days(2));
    assert_eq!(shown(&mut mo, "days=1&author=%40nia"), [false, true]);
    // The form keeps what was asked for.
    mo.visit("/queue?days=1&author=%40nia&kind=flag");
    assert_eq!(mo.count("option[value='1'][selected]"), 1);
}
