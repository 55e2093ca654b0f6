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
        ("by_mail::a_heap_of_bad_letters_posts_nothing", corpus),
        ("by_mail::whoever_left_writes_no_more", gone),
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

/// Letters of machines, forgers and careless programs: none posts, none is answered, none takes long.
fn corpus(town: &Town) {
    let (topic, _, address) = asked(town);
    let before = said(town, &topic);
    let told = letters(town).len();
    let mut all: Vec<Vec<u8>> = Vec::new();
    let mut number = 0;
    let mut with = |headers: &str, body: &str| {
        number += 1;
        all.push(letter(
            "nia@cast.example",
            &address,
            &format!("corpus{number}"),
            headers,
            body,
        ));
    };
    for value in [
        "auto-replied",
        "auto-generated",
        "auto-notified",
        "AUTO-REPLIED",
        "auto-replied; owner-email=\"x\"",
    ] {
        with(&format!("Auto-Submitted: {value}\r\n"), "I am away.");
    }
    for value in ["bulk", "junk", "list", "auto_reply", "Bulk", "LIST"] {
        with(&format!("Precedence: {value}\r\n"), "I am away.");
    }
    for value in ["All", "OOF", "AutoReply", "DR, RN, NRN", "OOF, AutoReply"] {
        with(&format!("X-Auto-Response-Suppress: {value}\r\n"), "I am away.");
    }
    for header in [
        "X-Autoreply: yes",
        "X-Autorespond: yes",
        "X-Loop: forum@cast.example",
        "List-Id: <pumps.example>",
        "List-Unsubscribe: <mailto:x@example.org>",
        "Return-Path: <>",
        "Return-Path: < >",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=x",
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=x",
        "Content-Type: message/delivery-status",
    ] {
        with(&format!("{header}\r\n"), "--x\r\n\r\nUndelivered.\r\n--x--");
    }
    for from in [
        "MAILER-DAEMON@cast.example",
        "mailer-daemon@cast.example",
        "postmaster@cast.example",
        "no-reply@cast.example",
        "noreply@cast.example",
        "do-not-reply@cast.example",
        "donotreply@cast.example",
        "bounces@cast.example",
        "forum@cast.example",
        address.as_str(),
        "oda@cast.example",
        "nia@cast.example.evil.example",
        "nia@evil.example",
        "nia+x@cast.example",
    ] {
        all.push(letter(from, &address, &format!("from-{from}"), "", "Let me in."));
    }
    for subject in [
        "Automatic reply: Pans",
        "Out of office: Pans",
        "Out of Office AutoReply",
        "Auto-reply",
        "Autoreply: Pans",
        "Automatisch antwoord: Pannen",
        "Afwezig: Pannen",
        "Niet aanwezig",
        "Abwesenheitsnotiz: Pfannen",
        "Réponse automatique : Poêles",
        "Undelivered Mail Returned to Sender",
        "Undeliverable: Pans",
        "Delivery Status Notification (Failure)",
        "Onbestelbaar: Pannen",
    ] {
        let raw = format!("From: nia@cast.example\r\nSubject: {subject}\r\nMessage-ID: <{subject}@x>\r\n\r\nAway.\r\n");
        all.push(raw.into_bytes());
    }
    for raw in [
        "From: nia@cast.example\r\nFrom: oda@cast.example\r\n\r\nTwo senders.\r\n",
        "From: oda@cast.example, nia@cast.example\r\n\r\nTwo senders.\r\n",
        "From: nia@cast.example <oda@cast.example>\r\n\r\nA name that lies.\r\n",
        "From: \"nia@cast.example\" <oda@cast.example>\r\n\r\nA name that lies.\r\n",
        "From: oda@cast.example (nia@cast.example)\r\n\r\nA comment that lies.\r\n",
        "Sender: nia@cast.example\r\n\r\nNo sender.\r\n",
        "Reply-To: nia@cast.example\r\nFrom: oda@cast.example\r\n\r\nAnother way back.\r\n",
        "From:\r\n\r\nNobody.\r\n",
        "\r\n\r\nNo headers.\r\n",
        "",
        "From: nia@cast.example",
    ] {
        all.push(raw.as_bytes().to_vec());
    }
    // What a parser may choke on.
    let parts = "--x\r\nContent-Type: text/plain\r\n\r\npart\r\n".repeat(500);
    let head = "From: oda@cast.example\r\nMessage-ID: <m@x>\r\n";
    all.push(format!("{head}Content-Type: multipart/mixed; boundary=x\r\n\r\n{parts}--x--\r\n").into_bytes());
    all.push(format!("{head}{}", "Content-Type: message/rfc822\r\n\r\n".repeat(100)).into_bytes());
    all.push(format!("{head}Content-Type: text/html\r\n\r\n{}", "<div>".repeat(50_000)).into_bytes());
    all.push(
        format!(
            "{head}Content-Type: text/html\r\n\r\n{}",
            "<blockquote><a href='".repeat(20_000)
        )
        .into_bytes(),
    );
    all.push(format!("{head}Content-Type: multipart/mixed; boundary=\"\"\r\n\r\n----\r\n").into_bytes());
    all.push(format!("{head}Content-Type: multipart/mixed; boundary=never\r\n\r\nno part\r\n").into_bytes());
    all.push(format!("{head}Content-Type: text/plain; charset=utf-99\r\n\r\n\u{fffd}\r\n").into_bytes());
    all.push(
        [
            head.as_bytes(),
            b"Content-Type: text/plain; charset=utf-8\r\n\r\n\xff\xfe\x00\x80\r\n",
        ]
        .concat(),
    );
    all.push(
        format!(
            "{head}Content-Transfer-Encoding: base64\r\n\r\n{}",
            "QUJD".repeat(500_000)
        )
        .into_bytes(),
    );
    all.push(format!("{head}Subject: {}\r\n\r\nlong\r\n", "=?utf-8?Q?x?= ".repeat(20_000)).into_bytes());
    all.push(format!("{head}References: {}\r\n\r\nlong\r\n", "<a@b> ".repeat(50_000)).into_bytes());
    all.push(b"From: oda@cast.example\r\nMessage-ID: <a\0b\x01@x>\r\nSubject: a\0b\r\n\r\nx\0y\r\n".to_vec());
    all.push(format!("{head}Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\nx\r\n").into_bytes());
    all.push(format!("{head}Content-Type: application/pkcs7-mime; name=smime.p7m\r\n\r\nMIIB\r\n").into_bytes());
    assert!(all.len() >= 60, "{}", all.len());
    for raw in &all {
        let became = send(&town.app, &address, raw);
        let shown = String::from_utf8_lossy(&raw[..raw.len().min(200)]).into_owned();
        assert!(
            !matches!(became, Became::Posted | Became::Refused),
            "{became:?} for {shown}"
        );
    }
    assert_eq!(said(town, &topic), before);
    // No machine gets an answer; Nia hears of what others sent to her address, and not more often than five times a day.
    town.settle();
    let answers = letters(town).split_off(told);
    assert!(answers.len() <= 5, "{}", answers.len());
    for answer in &answers {
        assert!(answer.contains("To: Nia <nia@cast.example>"), "{answer}");
    }
}

/// An address that was good once: whoever left, or may not enter any more, writes nothing.
fn gone(town: &Town) {
    let (_, post, _) = asked(town);
    let to = own(town, "pia", Aim::Reply(PostId(post)));
    town.as_person("pia", |tx| {
        let space =
            aquarium::forum::spaces::find(tx, town.spaces["Kitchen"])?.may::<aquarium::access::deed::Leave>()?;
        aquarium::forum::spaces::leave(tx, space)
    });
    let left = letter("pia@cast.example", &to, "left", "", "I left, but still.");
    assert_eq!(send(&town.app, &to, &left), Became::Refused);
    // Exa left the cellar, a private space: for her it was never there.
    let mut pia = town.sign_in("pia");
    let wine = start(&mut pia, town, "Cellar", "discussion", "Wine", "Red?");
    let secret = posts(pia.visit(&wine))[0];
    let to = own(town, "exa", Aim::Reply(PostId(secret)));
    let outside = letter("exa@cast.example", &to, "outside", "", "Still there?");
    assert_eq!(send(&town.app, &to, &outside), Became::Refused);
    assert!(refusals(town, "exa")[0].contains("not there any more, or not for you to see"));
    // Mo is deactivated.
    let to = own(town, "mo", Aim::Reply(PostId(post)));
    let mo = town.people["mo"];
    town.as_person("ada", |tx| {
        let may = aquarium::access::on_forum::<aquarium::access::deed::Administer>(tx.viewer())?;
        aquarium::forum::people::deactivate(tx, may, mo)
    });
    let banned = letter("mo@cast.example", &to, "banned", "", "I am back.");
    assert!(!matches!(send(&town.app, &to, &banned), Became::Posted));
    let mut ada = town.sign_in("ada");
    ada.visit("/latest").sees_not("I left, but still");
    assert_eq!(posts(ada.visit(&wine)).len(), 1);
    crate::running_support::sound(town);
}
