//! A flag becomes a review: taken, decided with a reason, told to whom it concerns, appealed against,
//! overturned, undone, and written in the log.

use super::a_topic::{posts, reply, start};
use crate::Story;
use crate::support::client::Client;
use crate::support::letters::letters;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("moderation::a_flag_is_decided_with_a_reason", decided),
        ("moderation::flags_join_one_review", joined),
        ("moderation::an_appeal_goes_to_somebody_else", appealed),
        ("moderation::nobody_decides_about_themselves", own_case),
        ("moderation::a_stale_button_does_nothing", stale),
        ("moderation::a_refused_note_keeps_its_words", refused_note),
        ("moderation::a_decision_outlives_the_session_it_was_made_in", outlived),
        ("moderation::a_silence_holds_on_every_road", silence),
        ("moderation::a_suspension_keeps_out_and_ends", suspension),
        ("moderation::admins_see_what_is_brought_before_them", escalated),
        ("moderation::a_moved_review_leaves_its_moderators", moved),
        ("moderation::a_direct_act_is_a_review_too", direct),
        ("moderation::undoing_needs_the_place_it_goes_back_to", both_places),
        ("moderation::a_decision_tells_no_title_that_is_hidden", hidden_title),
    ]
}

/// A topic by Nia with a reply by Pia that Oda flags. The topic's path, and the reply.
fn flagged(town: &Town) -> (String, i64) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Leeks", "White or green?");
    let mut pia = town.sign_in("pia");
    let post = reply(&mut pia, &topic, "Only fools cook leeks.");
    flag(town, "oda", post, "unkind");
    (topic, post)
}

pub(crate) fn flag(town: &Town, who: &str, post: i64, why: &str) {
    let report = format!("/posts/{post}/report");
    town.sign_in(who)
        .visit(&report)
        .submit(&report, &[("why", why), ("words", "")])
        .is(200);
    town.settle();
}

/// The address of the first review in somebody's queue.
pub(crate) fn first(client: &mut Client) -> String {
    first_of(client, "/queue")
}

/// The same of a part of it.
pub(crate) fn first_of(client: &mut Client, queue: &str) -> String {
    client.visit(queue).is(200);
    client
        .links_in(".queue-item a[href]")
        .into_iter()
        .find(|link| link.starts_with("/reviews/"))
        .unwrap_or_else(|| panic!("nothing in the queue:\n{}", client.text()))
        .split(['?', '#'])
        .next()
        .expect("an address")
        .to_owned()
}

pub(crate) fn decide(client: &mut Client, review: &str, values: &[(&str, &str)]) {
    client.visit(review).submit("/decide", values);
}

fn decided(town: &Town) {
    let (topic, post) = flagged(town);
    // For those who do not moderate there is no queue, and no review.
    town.sign_in("nia").visit("/queue").is(404);
    let mut mo = town.sign_in("mo");
    mo.visit("/queue")
        .sees("One flag: unkind")
        .sees("Only fools")
        .sees("first flag");
    let review = first(&mut mo);
    for outsider in ["nia", "oda", "gus", "pia"] {
        town.sign_in(outsider).visit(&review).is(404);
    }
    mo.visit(&review)
        .sees("White or green?")
        .sees("One post")
        .sees("Nobody has it yet");
    mo.submit("/take", &[]).sees("Mo has it");
    mo.submit("/note", &[("words", "Pia is tired today.")])
        .sees("Pia is tired today.");
    // A reason is owed.
    decide(&mut mo, &review, &[("decision", "remove"), ("reason", "")]);
    mo.is(422).sees("reason");
    decide(
        &mut mo,
        &review,
        &[
            ("decision", "remove"),
            ("rule", "Be kind"),
            ("reason", "Say it about the leeks."),
            ("sanction", "warning"),
        ],
    );
    mo.is(200).sees("Those whom it concerns are told").sees("Nothing waits");
    town.settle();
    // The author: what, by which rule, why, by whom; in the forum and by letter.
    let mut pia = town.sign_in("pia");
    pia.visit("/for-you")
        .sees("Post removed, by a moderator of Kitchen")
        .sees("Say it about the leeks.");
    pia.visit("/decisions").sees("Post removed").sees("Warning of");
    let link = pia
        .links()
        .into_iter()
        .find(|link| link.starts_with("/decisions/"))
        .expect("a decision");
    pia.visit(&link)
        .sees("Be kind")
        .sees("Say it about the leeks.")
        .sees("Moderator in Kitchen")
        .sees_not("Oda")
        .sees_not("Mo ")
        .sees_not("tired");
    let letter = letters(town)
        .into_iter()
        .find(|letter| letter.contains("A decision in Kitchen"))
        .expect("a letter");
    assert!(letter.contains("pia@cast.example") && letter.contains("Be kind") && !letter.contains("fools"));
    // Whoever flagged hears that it ended.
    town.sign_in("oda").visit("/for-you").sees("was not right");
    town.sign_in("oda").visit(&link).is(404);
    // The log, for members: no removed text, no names.
    let log = format!("/spaces/{}/log", town.spaces["Kitchen"]);
    town.sign_in("nia")
        .visit(&log)
        .sees("Post removed")
        .sees("Be kind")
        .sees("Moderator")
        .sees_not("fools")
        .sees_not("Pia")
        .sees_not("Oda");
    town.sign_in("gus").visit(&log).is(404);
    town.sign_in("oda").visit(&log).is(404);
    // The figures, for those who moderate.
    let figures = format!("/spaces/{}/figures", town.spaces["Kitchen"]);
    town.sign_in("nia").visit(&figures).is(404);
    mo.visit(&figures)
        .sees("Decided in time")
        .sees("1 of 1 (100 %)")
        .sees("Be kind")
        .sees("24 hours");
    // Undone: the post stands again, and the warning is over.
    mo.visit(&review).submit("/undo", &[]).sees("Undone");
    town.settle();
    town.sign_in("nia").visit(&topic).sees("Only fools").sees("One reply");
    town.sign_in("pia").visit("/decisions").sees("undone").sees("over");
    assert!(posts(&mo).is_empty());
    mo.visit(&format!("/posts/{post}")).sees("Only fools");
    crate::running_support::sound(town);
}

fn joined(town: &Town) {
    let (_, post) = flagged(town);
    flag(town, "nia", post, "off_topic");
    // The same person's second flag changes nothing.
    flag(town, "nia", post, "off_topic");
    let mut mo = town.sign_in("mo");
    mo.visit("/queue").sees("2 flags").sees("Oda").sees("Nia");
    assert_eq!(mo.count(".queue-item"), 1);
    // One click keeps it, another takes that back, and the flags wait again.
    mo.submit("/decide", &[("decision", "keep")]).sees("Nothing waits");
    mo.submit("/undo", &[]).sees("Undone");
    mo.visit("/queue").sees("2 flags").sees("first flag");
    // Kept after all, both were wrong.
    mo.submit("/decide", &[("decision", "keep")]).sees("Nothing waits");
    flag(town, "nia", post, "spam");
    mo.visit("/queue").sees("0 of 1 flags upheld");
}

fn appealed(town: &Town) {
    let (topic, _) = flagged(town);
    let mut mo = town.sign_in("mo");
    let review = first(&mut mo);
    decide(
        &mut mo,
        &review,
        &[("decision", "hide"), ("reason", "Unkind to cooks.")],
    );
    mo.is(200);
    town.settle();
    let mut pia = town.sign_in("pia");
    pia.visit("/for-you");
    let link = pia
        .links()
        .into_iter()
        .find(|link| link.starts_with("/decisions/"))
        .expect("a decision");
    pia.visit(&link).submit("/appeal", &[("words", "")]).is(422);
    pia.submit("/appeal", &[("words", "It was a quote from the cookbook.")])
        .sees("Somebody else will look at it");
    // Once.
    pia.visit(&link);
    assert_eq!(pia.count("form[action$=appeal]"), 0);
    // Mo decided it, so it is not for Mo.
    mo.visit("/queue").sees("Appeal");
    let appeal = first(&mut mo);
    mo.visit(&appeal).sees("Somebody else decides it");
    let mut ada = town.sign_in("ada");
    ada.visit(&appeal)
        .sees("It was a quote from the cookbook.")
        .sees("Unkind to cooks.");
    decide(&mut ada, &appeal, &[("decision", "overturn")]);
    ada.is(200);
    town.settle();
    town.sign_in("nia").visit(&topic).sees("Only fools");
    pia.visit("/for-you").sees("Decision overturned");
    mo.visit(&review).sees("undone");
    crate::running_support::sound(town);
}

fn own_case(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Salt", "How much?");
    let mut mo = town.sign_in("mo");
    let post = reply(&mut mo, &topic, "None of your business.");
    flag(town, "nia", post, "unkind");
    // Who flagged a moderator's own post, and what colleagues say, is not for that moderator.
    mo.visit("/queue").sees("Nothing waits").sees_not("Nia");
    mo.visit("/for-you").sees_not("Nia reported");
    let mut ada = town.sign_in("ada");
    let review = first(&mut ada);
    mo.visit(&review).is(404);
    let (_, mut fields) = mo.visit("/for-you").form("/sign-out");
    fields.extend([
        ("decision".to_owned(), "keep".to_owned()),
        ("version".to_owned(), "2".to_owned()),
    ]);
    mo.post(&format!("{review}/decide"), &fields).is(404);
    decide(&mut ada, &review, &[("decision", "remove"), ("reason", "Unkind.")]);
    ada.is(200).sees("Nothing waits");
    // Nor does Mo undo it by being a moderator.
    mo.visit(&topic).sees("Unkind.");
    let restore = format!("/posts/{post}/remove/undo");
    let (_, token) = mo.form("/sign-out");
    mo.post(&restore, &token).is(403);
}

fn stale(town: &Town) {
    let (topic, post) = flagged(town);
    let mut mo = town.sign_in("mo");
    let review = first(&mut mo);
    mo.visit(&review);
    // Meanwhile another flag came.
    flag(town, "nia", post, "off_topic");
    mo.submit("/decide", &[("decision", "remove"), ("reason", "No.")])
        .is(409)
        .sees("Something happened to this review meanwhile")
        .sees("2 flags");
    town.sign_in("nia").visit(&topic).sees("Only fools");
    // Two moderators: the second is told.
    let mut ada = town.sign_in("ada");
    ada.visit(&review);
    decide(&mut mo, &review, &[("decision", "remove"), ("reason", "No.")]);
    mo.is(200);
    ada.submit("/decide", &[("decision", "keep")])
        .is(409)
        .sees("Post removed");
}

fn refused_note(town: &Town) {
    flagged(town);
    let mut mo = town.sign_in("mo");
    let review = first(&mut mo);
    let long = "word ".repeat(500);
    for (form, field) in [("/note", "words"), ("/escalate", "why")] {
        mo.visit(&review).submit(form, &[(field, &long)]).is(422);
        // Beside its own field, and the decision's fields are as they were.
        let (_, typed) = mo.form(form);
        assert!(typed.iter().any(|(name, value)| name == field && *value == long));
        assert_eq!(mo.count(&format!("#p-{field}")), 1);
        let (_, decision) = mo.form("/decide");
        assert!(
            decision.contains(&("text".to_owned(), "Only fools cook leeks.".to_owned())),
            "{decision:?}"
        );
    }
    // And the other way round.
    mo.visit(&review)
        .submit("/decide", &[("reason", "Halfway"), ("rule", "Be kind")])
        .is(422);
    assert_eq!(mo.count("#p-decision"), 1);
    let (_, typed) = mo.form("/decide");
    assert!(
        typed.contains(&("reason".to_owned(), "Halfway".to_owned())),
        "{typed:?}"
    );
    assert!(typed.contains(&("rule".to_owned(), "Be kind".to_owned())), "{typed:?}");
}

fn outlived(town: &Town) {
    let (_, post) = flagged(town);
    let mut mo = town.sign_in("mo");
    let review = first(&mut mo);
    mo.visit(&review);
    let (decide, mut fields) = mo.form("/decide");
    fields.retain(|(name, _)| !matches!(name.as_str(), "decision" | "reason" | "sanction"));
    for (name, value) in [
        ("decision", "hide"),
        ("reason", "Cool down, please."),
        ("sanction", "silence-3"),
    ] {
        fields.push((name.to_owned(), value.to_owned()));
    }
    mo.cookies.clear();
    mo.get("/sign-in");
    mo.post(&decide, &fields).is(401).sees("What you wrote is kept");
    // A wrong password loses nothing either.
    mo.submit("/sign-in", &[("who", "mo"), ("password", "one quiet heron")])
        .is(422);
    mo.submit(
        "/sign-in",
        &[("who", "mo"), ("password", crate::support::world::PASSWORD)],
    )
    .is(200)
    .sees("Welcome back");
    assert!(!mo.body.contains("one quiet heron"));
    mo.submit("/decide", &[]).is(200);
    town.settle();
    town.sign_in("nia")
        .visit(&format!("/posts/{post}"))
        .sees_not("Only fools");
    town.sign_in("pia")
        .visit("/decisions")
        .sees("Cool down, please.")
        .sees("Silenced from");
}

fn silence(town: &Town) {
    let (topic, post) = flagged(town);
    let mut pia = town.sign_in("pia");
    pia.visit(&topic);
    let (reply_to, reply_form) = pia.form("/reply");
    let edit = format!("/posts/{post}/edit");
    pia.visit(&edit);
    let (_, edit_form) = pia.form(&edit);
    let board = town.boards["Kitchen"];
    pia.visit(&format!("/boards/{board}/topics/new"));
    let (start_at, start_form) = pia.form("/topics");
    let mut mo = town.sign_in("mo");
    let review = first(&mut mo);
    decide(
        &mut mo,
        &review,
        &[
            ("decision", "keep"),
            ("reason", "Cool down, please."),
            ("sanction", "silence-3"),
        ],
    );
    mo.is(200);
    town.settle();
    // She reads, and knows until when.
    pia.visit(&topic).is(200).sees("Only fools").sees("but not write until");
    assert_eq!(pia.count(".reply"), 0);
    let with = |form: &[(String, String)], more: &[(&str, &str)]| {
        let mut all = form.to_vec();
        for (name, value) in more {
            all.retain(|(known, _)| known != name);
            all.push(((*name).to_owned(), (*value).to_owned()));
        }
        all
    };
    pia.post(&reply_to, &with(&reply_form, &[("body", "And yet."), ("do", "post")]))
        .is(403);
    pia.post(&edit, &with(&edit_form, &[("body", "And yet."), ("do", "save")]))
        .is(403);
    pia.post(
        &start_at,
        &with(
            &start_form,
            &[("title", "And yet"), ("body", "And yet."), ("do", "post")],
        ),
    )
    .is(403);
    pia.visit("/settings")
        .submit("/settings", &[("about", "And yet.")])
        .is(403);
    // In another space she writes as before.
    start(&mut pia, town, "Cellar", "discussion", "Quiet here", "Yes.");
    pia.visit("/decisions").sees("Silenced from");
    // It is over by itself.
    let now = town.app.clock.now();
    town.app.clock.set(now.plus_days(4));
    reply(&mut pia, &topic, "Leeks are fine.");
}

fn suspension(town: &Town) {
    flagged(town);
    let mut mo = town.sign_in("mo");
    let review = first(&mut mo);
    // A moderator keeps nobody out of the whole forum.
    decide(
        &mut mo,
        &review,
        &[
            ("decision", "remove"),
            ("reason", "Enough."),
            ("sanction", "suspension-7"),
        ],
    );
    mo.is(422).sees("Only a community manager or an admin");
    let mut pia = town.sign_in("pia");
    let mut ada = town.sign_in("ada");
    decide(
        &mut ada,
        &review,
        &[
            ("decision", "remove"),
            ("reason", "Enough."),
            ("sanction", "suspension-7"),
        ],
    );
    ada.is(200);
    pia.visit("/latest").sees("Sign in");
    pia.visit("/sign-in")
        .submit(
            "/sign-in",
            &[("who", "pia"), ("password", crate::support::world::PASSWORD)],
        )
        .is(422)
        .sees("you have no access until");
    pia.submit("/sign-in", &[("who", "pia"), ("password", "not this one")])
        .is(422)
        .sees_not("no access");
    let now = town.app.clock.now();
    town.app.clock.set(now.plus_days(8));
    town.sign_in("pia").visit("/latest").is(200);
}

fn escalated(town: &Town) {
    // The quay is Gil's; Ada manages it. On the bridge a moderator who is not an admin asks for help.
    let (_, _) = flagged(town);
    let mut mo = town.sign_in("mo");
    let review = first(&mut mo);
    mo.visit(&review)
        .submit("/escalate", &[("why", "This is beyond me.")])
        .sees("The admins see it now");
    town.sign_in("ada").visit(&review).sees("This is beyond me.");
}

fn moved(town: &Town) {
    let mut pia = town.sign_in("pia");
    let topic = start(&mut pia, town, "Kitchen", "discussion", "Wine", "Red zinfandel?");
    let post = posts(&pia)[0];
    flag(town, "nia", post, "wrong_space");
    let mut mo = town.sign_in("mo");
    let review = first(&mut mo);
    let id = topic.split(['/', '-']).nth(2).expect("a number");
    let mut ada = town.sign_in("ada");
    let cellar = town.boards["Cellar"];
    ada.visit(&format!("/topics/{id}/move?to={cellar}"))
        .submit(&format!("/topics/{id}/move"), &[])
        .is(200);
    town.settle();
    mo.visit("/queue").sees_not("zinfandel").sees("Nothing waits");
    mo.visit(&review).is(404);
    ada.visit(&review).is(200);
    crate::running_support::sound(town);
}

fn direct(town: &Town) {
    let (topic, post) = flagged(town);
    let mut mo = town.sign_in("mo");
    let review = first(&mut mo);
    let remove = format!("/posts/{post}/remove");
    mo.visit(&remove).submit(&remove, &[("reason", "Not here.")]).is(200);
    // The review that waited is decided by it; there is one in the log, not two.
    mo.visit("/queue").sees("Nothing waits");
    mo.visit(&review).sees("Post removed").sees("Not here.");
    let mut nia = town.sign_in("nia");
    let log = format!("/spaces/{}/log", town.spaces["Kitchen"]);
    nia.visit(&log);
    assert_eq!(nia.body.matches("Post removed").count(), 1, "{}", nia.text());
    // And it can be undone from there.
    mo.visit(&review).submit("/undo", &[]).sees("Undone");
    nia.visit(&topic).sees("Only fools");
    crate::running_support::sound(town);
}

/// Moves a topic on the page, as Ada; its number.
fn carry(town: &Town, topic: &str, room: &str) -> String {
    let id = topic.split(['/', '-']).nth(2).expect("a number").to_owned();
    let board = town.boards[room];
    town.sign_in("ada")
        .visit(&format!("/topics/{id}/move?to={board}"))
        .submit(&format!("/topics/{id}/move"), &[])
        .is(200);
    town.settle();
    id
}

fn both_places(town: &Town) {
    let mut pia = town.sign_in("pia");
    let topic = start(&mut pia, town, "Cellar", "discussion", "Labels", "Paper or glass?");
    carry(town, &topic, "Kitchen");
    // Mo reads the act in the kitchen's log, and cannot put the topic back into a cellar he does not see.
    let mut mo = town.sign_in("mo");
    mo.visit(&format!("/spaces/{}/log", town.spaces["Kitchen"]));
    let review = mo
        .links()
        .into_iter()
        .find(|link| link.starts_with("/reviews/"))
        .expect("the act");
    mo.visit(&review).submit("/undo", &[]).is(403);
    mo.visit(&topic).sees("Paper or glass?");
    town.sign_in("ada").visit(&review).submit("/undo", &[]).sees("Undone");
    mo.visit(&topic).is(404);
    crate::running_support::sound(town);
}

fn hidden_title(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Zinfandel plans", "Who comes?");
    let mut nia_again = town.sign_in("nia");
    let post = reply(&mut nia_again, &topic, "I do.");
    let remove = format!("/posts/{post}/remove");
    town.sign_in("mo")
        .visit(&remove)
        .submit(&remove, &[("reason", "Twice.")])
        .is(200);
    town.settle();
    nia.visit("/decisions");
    let link = nia
        .links()
        .into_iter()
        .find(|link| link.starts_with("/decisions/"))
        .expect("a decision");
    nia.visit(&link).sees("Zinfandel plans").sees("Kitchen");
    // The topic goes where Nia does not read: the decision stays hers, the rest is not.
    carry(town, &topic, "Cellar");
    nia.visit(&link).sees("Twice.").sees_not("Zinfandel").sees_not("Cellar");
    nia.visit("/for-you").sees_not("Zinfandel").sees_not("Cellar");
}
