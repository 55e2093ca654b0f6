//! What is held back: a guest's first posts, suspected spam, watched phrases, a heated topic. Only its
//! author and the moderators see it; approved, it is counted, told and found.

use super::a_topic::{posts, reply, start};
use super::moderation::{decide, first, flag};
use crate::Story;
use crate::support::client::Client;
use crate::support::world::Town;
use aquarium::access::Viewer;
use aquarium::event::Source;
use aquarium::forum::moderation::spam as classifier;
use aquarium::forum::spaces;
use aquarium::kinds::SpaceRole;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("holding::a_guests_first_posts_wait", guests),
        ("holding::a_loan_offer_is_suspected", spam),
        ("holding::what_was_decided_is_learned_until_undone", learned),
        ("holding::watched_phrases_do_as_told", phrases),
        ("holding::a_heated_topic_cools", heated),
        ("holding::an_edit_is_no_way_around", edits),
    ]
}

fn guests(town: &Town) {
    let mut gus = town.sign_in("gus");
    let topic = start(
        &mut gus,
        town,
        "Bridge",
        "question",
        "Which bolts?",
        "Steel or brass, @ada?",
    );
    gus.sees("Your post waits for a moderator").sees("Steel or brass");
    town.settle();
    // Ada manages the bridge: nobody else belongs to it but Gus, so a second guest is let in.
    let bridge = town.spaces["Bridge"];
    let gil_id = town.people["gil"];
    town.app
        .store
        .write(
            &aquarium::access::Viewer::system("story"),
            aquarium::event::Source::System,
            |tx| aquarium::forum::spaces::take_in(tx, bridge, gil_id, aquarium::kinds::SpaceRole::Member),
        )
        .expect("gil is on the bridge too");
    let mut gil = town.sign_in("gil");
    gil.visit(&topic).is(404);
    gil.visit(&format!("/boards/{}", town.boards["Bridge"]))
        .sees_not("Which bolts");
    gil.visit("/search?q=brass").sees("Nothing found");
    gil.visit("/unread").sees_not("Which bolts");
    // Nobody is told, and nothing is counted.
    let mut ada = town.sign_in("ada");
    ada.visit("/for-you").sees_not("mentioned");
    ada.visit("/queue")
        .sees("Held for approval")
        .sees("held before publication");
    let review = first(&mut ada);
    ada.submit("/decide", &[("decision", "approve")]).sees("Nothing waits");
    town.settle();
    gil.visit(&topic).sees("Steel or brass").sees("Nobody has answered yet");
    gil.visit("/unread").sees("Which bolts");
    gil.visit("/search?q=brass").sees("Which bolts");
    ada.visit("/for-you").sees("Gus mentioned you");
    gus.visit("/for-you").sees("Approved, by a community manager of Bridge");
    // The second waits too, the third does not.
    let second = reply(&mut gus, &topic, "Brass, then.");
    gil.visit(&topic).sees_not("Brass, then.");
    gus.visit(&topic).sees("usually takes about a minute");
    gil.visit(&format!("/posts/{second}")).is(404);
    ada.visit("/queue").submit("/decide", &[("decision", "approve")]);
    town.settle();
    reply(&mut gus, &topic, "And oil.");
    gil.visit(&topic).sees("Brass, then.").sees("And oil.");
    // Undone, the first waits again.
    ada.visit(&review).submit("/undo", &[]).sees("Undone");
    town.settle();
    gil.visit(&topic).is(404);
    // It is before the moderators again, and can be approved again.
    ada.visit("/queue")
        .submit("/decide", &[("decision", "approve")])
        .sees("Nothing waits");
    gil.visit(&topic).sees("Steel or brass");
    crate::running_support::sound(town);
}

fn spam(town: &Town) {
    let mut gus = town.sign_in("gus");
    let topic = start(
        &mut gus,
        town,
        "Bridge",
        "discussion",
        "Lening nodig?",
        "Beste, ik ben een particuliere geldschieter en bied leningen aan van 5.000 tot 500.000 euro \
         met een rente van 2%. Serieuze personen kunnen mij mailen of via WhatsApp contact opnemen.",
    );
    let mut ada = town.sign_in("ada");
    ada.visit("/queue");
    assert!(ada.words_in(".queue-item").contains("Suspected spam"));
    let review = first(&mut ada);
    decide(&mut ada, &review, &[("decision", "spam"), ("reason", "Geen reclame.")]);
    ada.is(200);
    gus.visit(&topic).sees("Geen reclame.");
    // A guest whom the rule for first posts lets pass: what is ordinary is published, what is not is held.
    let_first_posts_pass(&mut ada, town);
    let ordinary = start(
        &mut gus,
        town,
        "Bridge",
        "question",
        "Bolts",
        "Which torque do the bolts of the cover want?",
    );
    gus.sees_not("waits for a moderator");
    gus.visit(&ordinary)
        .submit(
            "/reply",
            &[
                (
                    "body",
                    "Lening nodig? Particuliere geldschieter biedt leningen aan van 5.000 tot 500.000 euro met een \
                     rente van 2%. Neem contact op via WhatsApp.",
                ),
                ("do", "post"),
            ],
        )
        .sees("waits for a moderator");
    ada.visit("/queue");
    assert!(ada.words_in(".queue-item").contains("Suspected spam"));
    ada.submit("/decide", &[("decision", "approve")]).is(200);
    // Oda has come today too, and asks something ordinary: nobody stops her.
    let mut oda = town.sign_in("oda");
    let kitchen = town.spaces["Kitchen"];
    oda.visit(&format!("/spaces/{kitchen}")).submit("/join", &[]);
    start(
        &mut oda,
        town,
        "Kitchen",
        "question",
        "Invoice for the leeks",
        "Who signs the invoice of the greengrocer this week? See https://intranet.example/invoices for the form.",
    );
    oda.sees_not("waits for a moderator");
    ada.visit("/queue").sees("Nothing waits");
}

fn let_first_posts_pass(ada: &mut Client, town: &Town) {
    let bridge = town.spaces["Bridge"];
    ada.visit(&format!("/spaces/{bridge}/holding"));
    let remove = ada
        .body
        .split("action=\"")
        .find(|part| part.contains("/rules/") && part.contains("/remove\""));
    let remove = remove
        .and_then(|part| part.split('"').next())
        .expect("the rule")
        .to_owned();
    ada.submit(&remove, &[]).is(200);
}

fn learned(town: &Town) {
    let learn = || classifier::learn(&town.app.store).expect("it learns");
    let mut ada = town.sign_in("ada");
    let_first_posts_pass(&mut ada, town);
    let mut gus = town.sign_in("gus");
    let mut offer = |title: &str| {
        let topic = start(
            &mut gus,
            town,
            "Bridge",
            "discussion",
            title,
            "Tulip bulbs by the crate from the fields of my uncle, ask for the list of sorts and of prices.",
        );
        (topic, gus.body.contains("waits for a moderator"))
    };
    let mut ada = town.sign_in("ada");
    let (first_topic, held) = offer("Tulip bulbs by the crate");
    assert!(!held, "nobody said yet that this is spam");
    let (bridge, nia) = (town.spaces["Bridge"], town.people["nia"]);
    town.app
        .store
        .write(&Viewer::system("story"), Source::System, |tx| {
            spaces::take_in(tx, bridge, nia, SpaceRole::Member)
        })
        .expect("Nia belongs to the bridge");
    ada.visit(&first_topic);
    flag(town, "nia", posts(&ada)[0], "spam");
    ada.visit("/queue");
    let review = first(&mut ada);
    decide(&mut ada, &review, &[("decision", "spam"), ("reason", "No bulbs here.")]);
    ada.is(200);
    learn();
    assert!(offer("Crates of tulip bulbs").1, "the same words are suspected now");
    assert!(ada.visit("/queue").words_in(".queue-item").contains("Suspected spam"));
    // What was said by mistake is not known any more once it is undone.
    ada.visit(&review).submit("/undo", &[]).sees("Undone");
    learn();
    assert!(!offer("Tulip bulbs once more").1, "no decision stands that says so");
}

/// Pressed once it is tried, whatever the button; pressed again on what was shown it is kept.
fn keep_phrase(client: &mut Client, holding: &str, fields: &[(&str, &str)]) {
    client
        .visit(holding)
        .submit("/phrases", fields)
        .sees("posts contain it")
        .submit("/phrases", &[("do", "add")])
        .sees("Saved");
}

fn phrases(town: &Town) {
    let holding = format!("/spaces/{}/holding", town.spaces["Kitchen"]);
    let mut ada = town.sign_in("ada");
    let mut nia = town.sign_in("nia");
    let topic = start(
        &mut nia,
        town,
        "Kitchen",
        "discussion",
        "Recipes",
        "The moonsoup secret is salt.",
    );
    nia.visit(&holding).is(404);
    // Tried first on what was written.
    ada.visit(&holding)
        .submit("/phrases", &[("phrase", "moonsoup"), ("act", "refuse"), ("do", "try")])
        .sees("1 of the last 2 posts contain it");
    ada.submit(
        "/phrases",
        &[("phrase", "(unclosed"), ("expression", "yes"), ("do", "add")],
    )
    .is(422)
    .sees("cannot be read");
    for (phrase, act) in [
        ("moonsoup", "refuse"),
        ("grandmother", "mask"),
        ("garlic", "hold"),
        ("onion", "flag"),
    ] {
        keep_phrase(&mut ada, &holding, &[("phrase", phrase), ("act", act), ("do", "add")]);
    }
    nia.visit(&topic)
        .submit("/reply", &[("body", "More MoonSoup, please."), ("do", "post")])
        .is(422)
        .sees("something that is not posted here");
    assert!(nia.body.contains("More MoonSoup"), "what was typed is kept");
    reply(&mut nia, &topic, "Onions are no onion.");
    nia.visit(&topic)
        .submit("/reply", &[("body", "My grandmother says so."), ("do", "post")])
        .sees("My ••••••••••• says so.");
    reply(&mut nia, &topic, "Garlic is better.");
    let mut pia = town.sign_in("pia");
    pia.visit(&topic)
        .sees("no onion")
        .sees("•••")
        .sees_not("Garlic is better");
    // An expression finds what its words would not.
    let leeks = [
        ("phrase", "l[e3]+ks?"),
        ("expression", "yes"),
        ("act", "refuse"),
        ("do", "add"),
    ];
    keep_phrase(&mut ada, &holding, &leeks);
    for (words, status) in [("Where is my l33k?", 422), ("Where is my lamp?", 200)] {
        nia.visit(&topic)
            .submit("/reply", &[("body", words), ("do", "post")])
            .is(status);
    }
    let mut mo = town.sign_in("mo");
    mo.visit("/queue").sees("garlic").sees("onion");
    assert_eq!(mo.count(".queue-item"), 2);
    // Moderators are not watched.
    reply(&mut mo, &topic, "A grandmother knows garlic.");
    pia.visit(&topic).sees("A grandmother knows garlic.");
    crate::running_support::sound(town);
}

fn heated(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Chairs", "Whose chair is it?");
    let hold = format!("/topics/{}/hold", topic.split(['/', '-']).nth(2).expect("a number"));
    let mut mo = town.sign_in("mo");
    mo.visit(&topic)
        .submit(&hold, &[])
        .sees("wait for a moderator until tomorrow");
    reply(&mut nia, &topic, "Mine!");
    let mut pia = town.sign_in("pia");
    pia.visit(&topic)
        .sees_not("Mine!")
        .sees("New posts here wait for a moderator until");
    mo.visit(&topic).sees("Mine!");
    // The rule is told by the topic's name. Once more changes nothing, and the day can be ended by hand or undone.
    mo.visit(&format!("/spaces/{}/holding", town.spaces["Kitchen"]))
        .sees("Chairs");
    mo.visit(&topic).submit(&format!("{hold}/undo"), &[]).is(200);
    pia.visit(&topic).sees_not("wait for a moderator until");
    mo.visit(&topic).submit(&hold, &[]).is(200);
    mo.visit("/queue").sees("Undo");
    let undo = mo.form("/undo").0;
    mo.submit(&undo, &[]).sees("Undone");
    mo.visit(&topic).sees_not("wait for a moderator until");
    mo.submit(&hold, &[]).is(200);
    let now = town.app.clock.now();
    town.app.clock.set(now.plus_days(2));
    reply(&mut nia, &topic, "Never mind.");
    pia.visit(&topic).sees("Never mind.").sees_not("Mine!");
    crate::running_support::sound(town);
}

fn edits(town: &Town) {
    let holding = format!("/spaces/{}/holding", town.spaces["Kitchen"]);
    keep_phrase(
        &mut town.sign_in("ada"),
        &holding,
        &[("phrase", "garlic"), ("act", "hold"), ("do", "add")],
    );
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Herbs", "Basil.");
    let post = reply(&mut nia, &topic, "Thyme.");
    let edit = format!("/posts/{post}/edit");
    nia.visit(&edit)
        .submit(&edit, &[("body", "Garlic!"), ("do", "save")])
        .is(200);
    let mut pia = town.sign_in("pia");
    pia.visit(&topic).sees_not("Garlic!").sees_not("Thyme.");
    nia.visit(&topic).sees("Garlic!");
    assert_eq!(posts(&nia).len(), 2);
    // A title is no way around either.
    let title = format!("/topics/{}/edit", topic.split(['/', '-']).nth(2).expect("a number"));
    nia.visit(&title)
        .submit(&title, &[("title", "All about garlic")])
        .is(200);
    pia.visit(&topic).is(404);
    let mut mo = town.sign_in("mo");
    mo.visit("/queue").submit("/decide", &[("decision", "approve")]);
    mo.visit("/queue")
        .submit("/decide", &[("decision", "approve")])
        .sees("Nothing waits");
    town.settle();
    pia.visit(&topic)
        .sees("All about garlic")
        .sees("Garlic!")
        .sees("One reply");
    // It was told once, when it was written.
    nia.visit("/for-you").sees_not("replied to you");
    crate::running_support::sound(town);
}
