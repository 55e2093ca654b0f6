//! Answering and beginning by mail: what a letter to one's own address does, and all that does nothing.

use aquarium::app::App;
use aquarium::forum::letters::arrivals::{self, Aim, Became};
use aquarium::forum::letters::notices;
use aquarium::ids::PostId;
use aquarium::jobs::worker;
use aquarium::mail::incoming::take_in;

use super::a_topic::{posts, reply, start};
use super::moderation::{decide, first, flag};
use crate::Story;
use crate::support::client::Client;
use crate::support::letters::letters;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("by_mail::a_letter_is_answered", answered),
        ("by_mail::machines_and_forgers_post_nothing", nothing),
        ("by_mail::the_rules_are_those_of_the_page", ruled),
        ("by_mail::a_topic_begins_with_a_letter", begun),
        ("by_mail::what_is_attached_comes_along", attached),
        ("by_mail::a_discreet_forum_keeps_a_draft", discreet),
        ("by_mail::only_what_our_own_server_found_counts", proven),
    ]
}

/// Nia's question, Pia's answer, and the address to which Nia answers that.
pub(crate) fn asked(town: &Town) -> (String, i64, String) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "question", "Pans", "Steel or iron?");
    let said = reply(&mut town.sign_in("pia"), &topic, "Iron, always.");
    write_letters(town);
    let letter = letters(town)
        .into_iter()
        .rev()
        .find(|letter| letter.contains("nia@cast.example") && letter.contains("Iron, always."))
        .expect("a letter to Nia");
    assert!(letter.contains("Answer this letter"), "{letter}");
    let address = letter
        .lines()
        .find_map(|line| line.strip_prefix("Reply-To: "))
        .expect("where it is answered")
        .trim_matches(['<', '>', '\r'])
        .to_owned();
    assert!(
        address.starts_with("forum+r") && address.ends_with("@cast.example"),
        "{address}"
    );
    (topic, said, address)
}

fn write_letters(town: &Town) {
    town.settle();
    // After the patience that every letter has.
    town.app.clock.set(town.app.clock.now().plus_seconds(130));
    notices::write(&town.app).expect("letters are written");
    town.settle();
}

/// A letter as a mail program sends it.
pub(crate) fn letter(from: &str, to: &str, id: &str, more: &str, body: &str) -> Vec<u8> {
    format!(
        "From: <{from}>\r\nTo: Forum <{to}>\r\nSubject: Re: [Aquarium of the cast] Pans\r\nMessage-ID: <{id}@cast.example>\r\n{more}\r\n{body}\r\n"
    )
    .into_bytes()
}

fn send(app: &App, to: &str, raw: &[u8]) -> Became {
    take_in(app, raw, Some(to), Some("somebody@cast.example"))
        .expect("it is dealt with")
        .became
}

/// What stands in a topic, from top to bottom.
fn said(town: &Town, topic: &str) -> usize {
    let mut ada = town.sign_in("ada");
    posts(ada.visit(topic)).len()
}

fn answered(town: &Town) {
    let (topic, to_post, address) = asked(town);
    let body = "Then **iron**.\r\n\r\n```\r\n> not a quote\r\n```\r\n\r\nOn Monday the second of November, Pia via Forum wrote:\r\n> Iron, always.";
    let raw = letter("Nia@Cast.example", &address, "one", "", body);
    let taken = take_in(&town.app, &raw, Some(&address), Some("nia@cast.example")).expect("it is posted");
    assert_eq!(taken.became, Became::Posted);
    let post = taken.post.expect("a post");
    let mut oda = town.sign_in("oda");
    oda.visit(&topic)
        .sees("Then iron.")
        .sees("> not a quote")
        .sees("Show what was quoted");
    assert_eq!(oda.count(&format!("#post-{post} .who")), 1);
    assert!(oda.words_in(&format!("#post-{post} .who")).contains("Nia"));
    // It answers the post that the letter was about, and what was quoted is folded away below it.
    assert!(
        oda.links_in(&format!("#post-{post} > header a"))
            .contains(&format!("/posts/{to_post}"))
    );
    assert!(
        oda.words_in(&format!("#post-{post} details.trimmed pre"))
            .contains("> Iron, always.")
    );
    assert!(!oda.words_in(&format!("#post-{post} > .body")).contains("Monday"));
    // Once it is edited, by whomever, nobody reads any more what only the letter said.
    let mut mo = town.sign_in("mo");
    let edit = format!("/posts/{post}/edit");
    mo.visit(&edit)
        .submit(&edit, &[("body", "Then iron, mended."), ("do", "save")])
        .is(200);
    oda.visit(&topic)
        .sees("Then iron, mended.")
        .sees_not("Show what was quoted");
    mo.visit(&format!("/spaces/{}/log", town.spaces["Kitchen"]));
    let act = mo
        .links()
        .into_iter()
        .find(|link| link.starts_with("/reviews/"))
        .expect("the act");
    mo.visit(&act).submit("/undo", &[]).sees("Undone");
    oda.visit(&topic).sees("Show what was quoted");
    // The same letter again, from the mailbox too: one post.
    let again = take_in(&town.app, &raw, None, None).expect("it is known");
    assert_eq!((again.became, again.post), (Became::Posted, Some(post)));
    assert_eq!(said(town, &topic), 3);
    // Programs write addresses as they like.
    let shouted = letter("nia@cast.example", &address.to_uppercase(), "two", "", "And a lid.");
    assert_eq!(send(&town.app, &address.to_uppercase(), &shouted), Became::Posted);
    assert_eq!(said(town, &topic), 4);
    // It is told like any other answer.
    town.settle();
    town.sign_in("pia").visit("/for-you").sees("Nia");
    crate::running_support::sound(town);
    // Who is told of somebody's letters sees what became of them, and not what they said.
    town.sign_in("ada")
        .visit("/admin/letters")
        .sees("Mail that came in")
        .sees("Posted")
        .sees_not("iron");
}

fn nothing(town: &Town) {
    let (topic, post, address) = asked(town);
    let app = &town.app;
    let before = said(town, &topic);
    let mut number = 0;
    let mut try_it = |to: &str, from: &str, more: &str, expected: Became| {
        number += 1;
        let raw = letter(from, to, &format!("try{number}"), more, "Let me in.");
        assert_eq!(send(app, to, &raw), expected, "{from} to {to} with {more:?}");
    };
    // Machines.
    for more in [
        "Auto-Submitted: auto-replied\r\n",
        "Auto-Submitted: auto-generated\r\n",
        "Precedence: bulk\r\n",
        "Precedence: junk\r\n",
        "X-Auto-Response-Suppress: OOF, AutoReply\r\n",
        "List-Id: <kitchen.cast.example>\r\n",
        "Return-Path: <>\r\n",
        "X-Loop: kitchen\r\n",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n",
    ] {
        try_it(&address, "nia@cast.example", more, Became::Automatic);
    }
    try_it(&address, "forum@cast.example", "", Became::Automatic);
    try_it(&address, "MAILER-DAEMON@cast.example", "", Became::Automatic);
    // A bounce has no sender on its envelope.
    let bounce = letter("nia@cast.example", &address, "bounce", "", "Let me in.");
    let taken = take_in(app, &bounce, Some(&address), Some("")).expect("it is dealt with");
    assert_eq!(taken.became, Became::Automatic);
    // Forgers: Oda with Nia's address, two senders, an address about another post, one made up, none.
    try_it(&address, "oda@cast.example", "", Became::OtherSender);
    try_it(&address, "nia@elsewhere.example", "", Became::OtherSender);
    let two = b"From: nia@cast.example, oda@cast.example\r\nMessage-ID: <both@x>\r\n\r\nLet us in.\r\n";
    assert_eq!(send(app, &address, two), Became::OtherSender);
    let other_post = address.replace(&format!(".{post}."), &format!(".{}.", post - 1));
    assert_ne!(other_post, address);
    try_it(&other_post, "nia@cast.example", "", Became::Unknown);
    let other_person = address.replace("+r", "+r9");
    try_it(&other_person, "nia@cast.example", "", Became::Unknown);
    let begins = address.replace("+r", "+t");
    try_it(&begins, "nia@cast.example", "", Became::Unknown);
    for to in [
        "forum@cast.example",
        "forum+x@cast.example",
        "forum+r1.1.00000000000000000000@cast.example",
    ] {
        try_it(to, "nia@cast.example", "", Became::Unknown);
    }
    let elsewhere = address.replace("@cast.example", "@elsewhere.example");
    try_it(&elsewhere, "nia@cast.example", "", Became::Unknown);
    // An address in somebody's text is no address.
    let inside = letter(
        "nia@cast.example",
        "somebody@cast.example",
        "inside",
        "",
        &format!("Send it to {address}"),
    );
    let taken = take_in(app, &inside, None, None).expect("it is dealt with");
    assert_eq!(taken.became, Became::Unknown);
    assert_eq!(send(app, &address, b""), Became::Unreadable);
    assert_eq!(said(town, &topic), before);
    // Nia hears that others used her address, at her own; and no machine hears anything.
    town.settle();
    let told: Vec<String> = letters(town)
        .into_iter()
        .filter(|letter| letter.contains("was not posted"))
        .collect();
    assert_eq!(told.len(), 3, "{told:#?}");
    for letter in &told {
        assert!(
            letter.contains("To: Nia <nia@cast.example>") && letter.contains("another sender"),
            "{letter}"
        );
        assert!(
            letter.contains("Auto-Submitted: auto-generated") && !letter.contains("Let me in"),
            "{letter}"
        );
    }
    // Made anew, the old address does nothing.
    let mut nia = town.sign_in("nia");
    nia.visit("/settings/letters")
        .submit("/addresses", &[])
        .sees("Your addresses are new");
    let raw = letter("nia@cast.example", &address, "old", "", "Let me in.");
    assert_eq!(send(app, &address, &raw), Became::Unknown);
    assert_eq!(said(town, &topic), before);
    let new = own(town, "nia", Aim::Reply(PostId(post)));
    assert_eq!(
        send(app, &new, &letter("nia@cast.example", &new, "new", "", "In.")),
        Became::Posted
    );
}

/// Somebody's own address for something.
pub(crate) fn own(town: &Town, who: &str, aim: Aim) -> String {
    let token = town.as_person(who, |tx| {
        if arrivals::my_token(tx, aim)?.is_none() {
            arrivals::renew(tx)?;
        }
        arrivals::my_token(tx, aim)
    });
    let ours = town.app.mail.ours().expect("mail comes in here");
    ours.with(&token.expect("an address"))
}

/// Letters that tell somebody that theirs was not posted.
fn refusals(town: &Town, who: &str) -> Vec<String> {
    town.settle();
    letters(town)
        .into_iter()
        .filter(|letter| letter.contains("was not posted") && letter.contains(&format!("{who}@cast.example")))
        .collect()
}

fn ruled(town: &Town) {
    let (topic, post, address) = asked(town);
    let app = &town.app;
    let number = topic.split(['/', '-']).nth(2).expect("a number").to_owned();
    // Nothing written, then too much.
    let only_quotes = letter("nia@cast.example", &address, "quotes", "", "> Iron, always.");
    assert_eq!(send(app, &address, &only_quotes), Became::Refused);
    let long = letter("nia@cast.example", &address, "long", "", &"pan ".repeat(40_000));
    assert_eq!(send(app, &address, &long), Became::Refused);
    // A closed topic is closed by mail too; the author gets the words back.
    let mut mo = town.sign_in("mo");
    let close = format!("/topics/{number}/close");
    mo.visit(&close).submit(&close, &[("reason", "Enough.")]).is(200);
    let late = letter("nia@cast.example", &address, "late", "", "One more thing, though.");
    assert_eq!(send(app, &address, &late), Became::Refused);
    assert_eq!(send(app, &address, &late), Became::Refused);
    let told = refusals(town, "nia");
    assert_eq!(told.len(), 3, "{told:#?}");
    assert!(
        told[2].contains("One more thing, though.") && told[2].contains("closed"),
        "{}",
        told[2]
    );
    mo.visit(&topic)
        .submit(&format!("/topics/{number}/close/undo"), &[])
        .is(200);
    // Silenced, Nia writes by no road.
    let hers = reply(&mut town.sign_in("nia"), &topic, "You are all fools.");
    flag(town, "oda", hers, "unkind");
    let review = first(&mut mo);
    decide(
        &mut mo,
        &review,
        &[("decision", "hide"), ("reason", "Unkind."), ("sanction", "silence-3")],
    );
    mo.is(200);
    let silenced = letter("nia@cast.example", &address, "silenced", "", "But I was right.");
    assert_eq!(send(app, &address, &silenced), Became::Refused);
    // What is gone, or out of sight, answers as if it had never been there.
    let gone = own(town, "mo", Aim::Reply(PostId(post)));
    let mut pia = town.sign_in("pia");
    let remove = format!("/posts/{post}/remove");
    pia.visit(&remove).submit(&remove, &[]).is(200);
    assert_eq!(
        send(app, &gone, &letter("mo@cast.example", &gone, "gone", "", "To whom?")),
        Became::Refused
    );
    let mut cellar = town.sign_in("pia");
    let secret = start(&mut cellar, town, "Cellar", "discussion", "Wine", "Red?");
    let wine = posts(cellar.visit(&secret))[0];
    let gus = own(town, "gus", Aim::Reply(PostId(wine)));
    assert_eq!(
        send(app, &gus, &letter("gus@cast.example", &gus, "peek", "", "Let me see.")),
        Became::Refused
    );
    let answers = [refusals(town, "mo"), refusals(town, "gus")].concat();
    assert_eq!(answers.len(), 2);
    assert!(answers[0].contains("This post is no longer there"), "{}", answers[0]);
    assert!(
        answers[1].contains("not there any more, or not for you to see"),
        "{}",
        answers[1]
    );
    for answer in &answers {
        assert!(!answer.contains("Wine") && !answer.contains("Cellar"), "{answer}");
    }
    // A guest's first answer waits for a moderator, as on the page.
    let mut ada = town.sign_in("ada");
    let bolts = start(&mut ada, town, "Bridge", "question", "Bolts", "Which?");
    let bolt = posts(ada.visit(&bolts))[0];
    let to = own(town, "gus", Aim::Reply(PostId(bolt)));
    let held = letter("gus@cast.example", &to, "held", "", "Brass ones.");
    assert_eq!(send(app, &to, &held), Became::Posted);
    town.sign_in("gus")
        .visit(&bolts)
        .sees("Your post waits for a moderator");
    ada.visit(&format!("/queue?space={}", town.spaces["Bridge"]))
        .sees("Brass ones.");
    town.sign_in("nia").visit(&topic).sees_not("But I was right");
    crate::running_support::sound(town);
}

fn begun(town: &Town) {
    let board = town.boards["Kitchen"];
    let mut nia = town.sign_in("nia");
    let form = format!("/boards/{board}/topics/new");
    nia.visit(&form).sees("Ask for your own address first");
    nia.visit("/settings/letters")
        .sees("Give me such addresses")
        .submit("/addresses", &[]);
    nia.visit(&form);
    let address = nia
        .links()
        .into_iter()
        .find_map(|link| link.strip_prefix("mailto:").map(ToOwned::to_owned))
        .expect("an address");
    assert_eq!(address, own(town, "nia", Aim::Start(board)));
    let raw = "From: nia@cast.example\r\nSubject: Fwd: =?UTF-8?Q?Cr=C3=A8me_br=C3=BBl=C3=A9e?= in the oven?\r\nMessage-ID: <t@cast.example>\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>At <b>how many</b> degrees?</p>\r\n";
    assert_eq!(send(&town.app, &address, raw.as_bytes()), Became::Posted);
    assert_eq!(send(&town.app, &address, raw.as_bytes()), Became::Posted);
    town.settle();
    let mut oda = town.sign_in("oda");
    oda.visit(&format!("/boards/{board}")).sees("Crème brûlée in the oven?");
    assert_eq!(oda.text().matches("Crème brûlée in the oven?").count(), 1);
    let topic = oda
        .links()
        .into_iter()
        .find(|link| link.starts_with("/topics/") && link.contains("creme"))
        .expect("the topic");
    oda.visit(&topic)
        .sees("At how many degrees?")
        .sees("Waits for an answer");
    // A guest has no board here, and a title is a title.
    let gus = own(town, "gus", Aim::Start(board));
    assert_eq!(
        send(&town.app, &gus, &letter("gus@cast.example", &gus, "g", "", "Me too.")),
        Became::Refused
    );
    let bare = b"From: nia@cast.example\r\nSubject: Re:\r\nMessage-ID: <b@cast.example>\r\n\r\nNo title.\r\n";
    assert_eq!(send(&town.app, &address, bare), Became::Refused);
    assert!(refusals(town, "nia").iter().any(|letter| letter.contains("No title.")));
    crate::running_support::sound(town);
}

fn attached(town: &Town) {
    let (topic, _, address) = asked(town);
    let raw = format!(
        "From: nia@cast.example\r\nTo: {address}\r\nMessage-ID: <f@cast.example>\r\nContent-Type: multipart/mixed; boundary=cut\r\n\r\n--cut\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nThe caf=E9's list.\r\n--cut\r\nContent-Type: text/plain; name=\"list.txt\"\r\nContent-Disposition: attachment; filename=\"list.txt\"\r\nContent-Transfer-Encoding: base64\r\n\r\nc3RlZWwsIGlyb24=\r\n--cut--\r\n"
    );
    assert_eq!(send(&town.app, &address, raw.as_bytes()), Became::Posted);
    let mut oda = town.sign_in("oda");
    oda.visit(&topic).sees("The café's list.").sees("list.txt");
    let file = oda
        .links()
        .into_iter()
        .find(|link| link.starts_with("/files/"))
        .expect("a file");
    oda.get(&file).is(200);
    assert_eq!(oda.body, "steel, iron");
    // Who does not see the post does not see what came with it.
    let mut gus: Client = town.sign_in("gus");
    gus.get(&file).is(404);
    // A file that is none refuses the letter whole: nothing is posted without it.
    let broken = raw
        .replace("c3RlZWwsIGlyb24=", "iVBORw0KGgoAAAANSUhEUgAA")
        .replace("text/plain; name", "image/png; name")
        .replace("<f@", "<g@");
    assert_eq!(send(&town.app, &address, broken.as_bytes()), Became::Refused);
    assert!(refusals(town, "nia").iter().any(|letter| letter.contains("list")));
}

/// Another node of the same forum, otherwise configured.
fn node(town: &Town, change: impl FnOnce(&mut aquarium::config::Config)) -> (App, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = crate::support::world::config(folder.path(), &town.app.config.database.url);
    change(&mut config);
    (App::new(config, town.address()).expect("a node"), folder)
}

fn discreet(town: &Town) {
    let (topic, post, address) = asked(town);
    let (node, folder) = node(town, |config| config.mail.contents = "none".to_owned());
    let number = topic.split(['/', '-']).nth(2).expect("a number").to_owned();
    let close = format!("/topics/{number}/close");
    town.sign_in("mo")
        .visit(&close)
        .submit(&close, &[("reason", "Enough.")])
        .is(200);
    let late = letter("nia@cast.example", &address, "late", "", "My secret sauce.");
    assert_eq!(send(&node, &address, &late), Became::Refused);
    worker::run_out(&node).expect("letters leave");
    let told: Vec<String> = std::fs::read_dir(folder.path().join("letters"))
        .expect("letters")
        .map(|entry| std::fs::read_to_string(entry.expect("a letter").path()).expect("its text"))
        .filter(|letter| letter.contains("not posted"))
        .collect();
    assert_eq!(told.len(), 1);
    assert!(
        told[0].contains("closed") && !told[0].contains("secret sauce"),
        "{}",
        told[0]
    );
    let mut nia = town.sign_in("nia");
    nia.visit("/drafts").sees("My secret sauce.");
    assert!(nia.links().iter().any(|link| link.contains(&format!("/posts/{post}"))));
}

fn proven(town: &Town) {
    let (topic, _, address) = asked(town);
    let (node, _folder) = node(town, |config| config.incoming.authority = "mx.cast.example".to_owned());
    let before = said(town, &topic);
    for (id, more) in [
        ("none", ""),
        ("fail", "Authentication-Results: mx.cast.example; dmarc=fail\r\n"),
        ("other", "Authentication-Results: mx.evil.example; dmarc=pass\r\n"),
        (
            "forged",
            "Authentication-Results: mx.cast.example; dmarc=none\r\nAuthentication-Results: mx.cast.example; dmarc=pass\r\n",
        ),
    ] {
        let raw = letter("nia@cast.example", &address, id, more, "Let me in.");
        assert_eq!(send(&node, &address, &raw), Became::Unproven, "{id}");
    }
    assert_eq!(said(town, &topic), before);
    let good = "Authentication-Results: mx.cast.example; spf=pass; dmarc=pass header.from=cast.example\r\n";
    let raw = letter("nia@cast.example", &address, "good", good, "In I go.");
    assert_eq!(send(&node, &address, &raw), Became::Posted);
    assert_eq!(said(town, &topic), before + 1);
}
