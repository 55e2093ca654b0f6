//! Letters about what one follows: at once or in the digest, never about what one has seen or may not see,
//! stopped by a link, and looked at once more before they leave.

use aquarium::access::{deed, on_forum};
use aquarium::forum::letters::notices;
use aquarium::forum::metrics::week::Calendar;
use aquarium::forum::people;
use aquarium::jobs::worker;

use super::a_topic::{reply, start};
use crate::Story;
use crate::running_support::reply as say;
use crate::support::letters::letters;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("letters::an_answer_is_a_letter_at_once", at_once),
        ("letters::what_i_have_seen_is_no_letter", seen),
        ("letters::the_digest_gathers_what_waits", digest),
        ("letters::a_link_stops_one_kind_of_letters", stopped),
        ("letters::thirteen_ways_in_which_nothing_leaves", nothing_leaves),
        ("letters::a_letter_says_what_is_true_when_it_leaves", fresh),
        ("letters::each_kind_has_its_letter", every_kind),
        ("letters::a_digest_comes_at_its_hour_and_no_other", hour),
        ("letters::an_organisation_may_want_no_text_in_mail", no_text),
        ("letters::the_number_is_that_of_the_lines", badge),
        ("letters::many_replies_are_few_letters", storm),
        ("letters::an_admin_tries_whether_letters_leave", tried),
        ("letters::no_name_writes_a_header", headers),
    ]
}

/// Lets two minutes pass for whoever is looking, and writes what is due. The letters of notices so far.
fn written(town: &Town, seconds: i64) -> Vec<String> {
    town.settle();
    let now = town.app.clock.now();
    town.app.clock.set(now.plus_seconds(seconds));
    notices::write(&town.app).expect("letters are written");
    town.app.clock.set(now.plus_seconds(1));
    town.settle();
    let mut all = letters(town);
    all.retain(|letter| letter.contains("List-Unsubscribe"));
    all
}

fn number(path: &str) -> String {
    path.split(['/', '-']).nth(2).expect("a number").to_owned()
}

/// Nia's topic, with a reply by Mo below it.
fn answered(town: &Town) -> (String, i64) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "question", "Leeks", "White or green?");
    let mut mo = town.sign_in("mo");
    let post = reply(&mut mo, &topic, "White, of course.");
    (topic, post)
}

fn at_once(town: &Town) {
    let (topic, _) = answered(town);
    assert!(written(town, 0).is_empty(), "two minutes of patience");
    let first = written(town, 130);
    assert_eq!(first.len(), 1, "{first:?}");
    let letter = &first[0];
    assert!(letter.contains("nia@cast.example"));
    assert!(letter.contains("Mo replied to you in"));
    assert!(letter.contains("White, of course."));
    assert!(letter.contains(&format!("References: <topic-{}@", number(&topic))));
    assert!(letter.contains(&format!("List-Id: <space-{}.", town.spaces["Kitchen"])));
    assert!(letter.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"));
    assert!(letter.contains("Auto-Submitted: auto-generated"));
    assert!(letter.contains("From: \"Mo via Aquarium of the cast\""), "{letter}");
    // Once.
    assert_eq!(written(town, 800).len(), 1);
    // The next about the same topic waits for its ten minutes.
    let mut mo = town.sign_in("mo");
    reply(&mut mo, &topic, "Or green.");
    assert_eq!(written(town, 140).len(), 1);
    let second = written(town, 900);
    assert_eq!(second.len(), 2);
    assert!(
        second[1].contains("2 new replies") || second[1].contains("Or green."),
        "{}",
        second[1]
    );
    // My page says what was sent to me.
    town.sign_in("nia")
        .visit("/settings/letters")
        .sees("Leeks")
        .sees("Something that concerns you");
    town.sign_in("mo").visit("/settings/letters").sees("Nothing yet");
}

fn seen(town: &Town) {
    let (topic, _) = answered(town);
    // Read in the forum before the two minutes are over.
    town.settle();
    town.sign_in("nia").visit(&topic).sees("White, of course.");
    assert!(written(town, 130).is_empty());
    // The inbox looked at is as good.
    let mut mo = town.sign_in("mo");
    reply(&mut mo, &topic, "Or green.");
    town.settle();
    town.sign_in("nia").visit("/for-you").submit("/looked", &[]);
    assert!(written(town, 130).is_empty());
    // Nobody who wants none gets one.
    town.sign_in("nia")
        .visit("/settings/letters")
        .submit(
            "/settings/letters",
            &[("about.reply", "none"), ("about.followed", "none")],
        )
        .is(200)
        .sees("Saved");
    reply(&mut mo, &topic, "Both.");
    assert!(written(town, 130).is_empty());
}

fn digest(town: &Town) {
    let kitchen = town.spaces["Kitchen"];
    let mut oda = town.sign_in("oda");
    let path = format!("/spaces/{kitchen}/follow");
    oda.visit(&path).submit(&path, &[("level", "every")]).is(200);
    oda.visit("/settings/letters")
        .submit("/settings/letters", &[("rhythm", "daily"), ("hour", "99")]);
    oda.is(422);
    oda.visit("/settings/letters")
        .submit("/settings/letters", &[("rhythm", "daily"), ("hour", "6")])
        .is(200);
    let (topic, _) = answered(town);
    let mut pia = town.sign_in("pia");
    start(&mut pia, town, "Kitchen", "question", "Salt", "How much?");
    let all = written(town, 2 * 86_400);
    let mine: Vec<&String> = all
        .iter()
        .filter(|letter| letter.contains("oda@cast.example"))
        .collect();
    assert_eq!(mine.len(), 1, "{all:?}");
    assert!(mine[0].contains("things you missed"));
    assert!(mine[0].contains("2 new topics in Kitchen"));
    assert!(mine[0].contains("Mo wrote in"));
    // A digest says what, not all of it; and what waits for somebody like her.
    assert!(!mine[0].contains("White, of course."));
    assert!(mine[0].contains("These still wait"));
    // Nothing twice, and nothing when there is nothing.
    let again = written(town, 4 * 86_400);
    assert_eq!(
        again
            .iter()
            .filter(|letter| letter.contains("oda@cast.example"))
            .count(),
        1
    );
    assert!(topic.contains("leeks"));
}

fn stopped(town: &Town) {
    let (topic, _) = answered(town);
    let all = written(town, 130);
    let letter = &all[0];
    let path = stop_link(letter);
    // Opened by a scanner, it stops nothing.
    let mut scanner = town.visitor();
    scanner
        .visit(&path)
        .is(200)
        .sees("No more letters of this kind: Replies to me?");
    let mut mo = town.sign_in("mo");
    reply(&mut mo, &topic, "Or green.");
    assert_eq!(written(town, 900).len(), 2);
    // A mail program presses the button without a page of ours, and without a session.
    let mut program = town.visitor();
    program
        .post_with(&path, &[("List-Unsubscribe".to_owned(), "One-Click".to_owned())], &[])
        .is(200)
        .sees("You get no more letters of this kind: Replies to me");
    reply(&mut mo, &topic, "Or both.");
    assert_eq!(written(town, 3_000).len(), 2);
    // It can do nothing else, and nobody's else is one.
    program
        .post_with(&path.replace("/reply", "/everything"), &[], &[])
        .is(404);
    program.post_with("/letters/stop/nonsense/reply", &[], &[]).is(404);
    town.visitor().get("/letters/stop/nonsense/reply").is(404);
    town.sign_in("nia").visit("/settings/letters").sees("no letter");
}

/// Something that happens between a line and its letter, or between a letter and its leaving.
type Turn = fn(&Town, &str, i64);

fn press(town: &Town, who: &str, path: &str, values: &[(&str, &str)]) {
    town.sign_in(who).visit(path).submit(path, values).is(200);
}

/// Letters that stand in the outbox.
fn waiting(town: &Town) -> usize {
    let all = town.as_person("ada", |tx| aquarium::forum::letters::list(tx));
    all.iter()
        .filter(|letter| letter.sent_at.is_none() && letter.failed_at.is_none())
        .count()
}

/// The link by which somebody's letters of a kind stop.
fn stop_link(letter: &str) -> String {
    let at = letter.find("List-Unsubscribe: <").expect("a header");
    let link = letter[at..].split(['<', '>']).nth(1).expect("an address");
    link[link.find("/letters/stop/").expect("a path")..].to_owned()
}

fn nothing_leaves(town: &Town) {
    let turns: [(&str, Turn); 13] = [
        ("removed by its author", |town, _, post| {
            press(town, "mo", &format!("/posts/{post}/remove"), &[]);
        }),
        ("removed by a moderator", |town, _, post| {
            press(town, "ada", &format!("/posts/{post}/remove"), &[("reason", "No.")]);
        }),
        ("its topic removed", |town, topic, _| {
            let mut ada = town.sign_in("ada");
            let first = *super::a_topic::posts(ada.visit(topic))
                .iter()
                .min()
                .expect("a first post");
            press(town, "ada", &format!("/posts/{first}/remove"), &[("reason", "No.")]);
        }),
        ("moved out of sight", |town, topic, _| {
            let to = town.boards["Cellar"];
            let path = format!("/topics/{}/move?to={to}", number(topic));
            town.sign_in("ada").visit(&path).submit("/move", &[]).is(200);
        }),
        ("muted", |town, topic, _| {
            press(
                town,
                "nia",
                &format!("/topics/{}/follow", number(topic)),
                &[("level", "muted")],
            );
        }),
        ("the branch muted", |town, _, post| {
            press(town, "nia", &format!("/posts/{post}/follow"), &[("level", "muted")]);
        }),
        ("the space muted", |town, _, _| {
            let path = format!("/spaces/{}/follow", town.spaces["Kitchen"]);
            press(town, "nia", &path, &[("level", "muted")]);
        }),
        ("wished away", |town, _, _| {
            press(town, "nia", "/settings/letters", &[("about.reply", "none")]);
        }),
        ("stopped by the link", |town, _, _| {
            let first = letters(town)
                .into_iter()
                .find(|letter| letter.contains("List-Unsubscribe"));
            let path = stop_link(&first.expect("the letter of the beginning"));
            let sent = [("List-Unsubscribe".to_owned(), "One-Click".to_owned())];
            town.visitor().post_with(&path, &sent, &[]).is(200);
        }),
        ("read", |town, topic, _| {
            town.sign_in("nia").visit(topic).is(200);
        }),
        ("all marked as read", |town, _, _| {
            town.sign_in("nia").visit("/unread").submit("/read", &[]).is(200);
        }),
        ("the inbox looked at", |town, _, _| {
            town.sign_in("nia").visit("/for-you").submit("/looked", &[]).is(200);
        }),
        ("deactivated", |town, _, _| {
            let id = town.people["nia"];
            town.as_person("ada", |tx| {
                let may = on_forum::<deed::Administer>(tx.viewer())?;
                people::deactivate(tx, may, id)
            });
        }),
    ];
    // Where nothing happens in between, it leaves.
    answered(town);
    assert_eq!(written(town, 130).len(), 1);
    let id = town.people["nia"];
    for late in [false, true] {
        for (what, turn) in &turns {
            // What one looked at before is before what comes now.
            let now = town.app.clock.now().plus_seconds(5);
            town.app.clock.set(now);
            let (topic, post) = answered(town);
            town.settle();
            if late {
                // The letter stands in the outbox, and the mail server is away.
                town.app.clock.set(now.plus_seconds(130));
                notices::write(&town.app).expect("letters are written");
                assert_eq!(waiting(town), 1, "{what}: a letter waits");
            }
            turn(town, &topic, post);
            let left = written(town, 130);
            assert_eq!(left.len(), 1, "{what}, late {late}: {left:?}");
            assert_eq!(waiting(town), 0, "{what}, late {late}");
            // Back to how it was, for the next.
            if *what == "deactivated" {
                town.as_person("ada", |tx| {
                    let may = on_forum::<deed::Administer>(tx.viewer())?;
                    people::reactivate(tx, may, id)
                });
            }
            press(town, "nia", "/settings/letters", &[("about.reply", "once")]);
            let path = format!("/spaces/{}/follow", town.spaces["Kitchen"]);
            press(town, "nia", &path, &[("level", "")]);
            let mut nia = town.sign_in("nia");
            nia.visit("/for-you");
            if nia.body.contains("/for-you/looked") {
                nia.submit("/looked", &[]).is(200);
            }
        }
    }
    // And it leaves again.
    town.app.clock.set(town.app.clock.now().plus_seconds(5));
    answered(town);
    assert_eq!(written(town, 130).len(), 2);
}

/// A letter is made again when it leaves: what it quotes is what the post says then, at the address of then.
fn fresh(town: &Town) {
    let (_, post) = answered(town);
    town.settle();
    let now = town.app.clock.now();
    town.app.clock.set(now.plus_seconds(130));
    notices::write(&town.app).expect("letters are written");
    assert_eq!(waiting(town), 1);
    let edit = format!("/posts/{post}/edit");
    press(
        town,
        "mo",
        &edit,
        &[("body", "Green, on second thought."), ("do", "save")],
    );
    let all = written(town, 130);
    assert_eq!(all.len(), 1, "{all:?}");
    assert!(all[0].contains("Green, on second thought."), "{}", all[0]);
    assert!(!all[0].contains("White, of course."));
}

fn every_kind(town: &Town) {
    let mut nia = town.sign_in("nia");
    press(
        town,
        "mo",
        "/settings/letters",
        &[
            ("about.thanked", "once"),
            ("about.space", "once"),
            ("about.followed", "once"),
        ],
    );
    let topic = start(&mut nia, town, "Kitchen", "question", "Leeks", "White or green?");
    let mut mo = town.sign_in("mo");
    let post = reply(&mut mo, &topic, "White, of course.");
    let told = |seconds: i64, words: &str| {
        let all = written(town, seconds);
        assert!(
            all.iter()
                .any(|letter| letter.contains("mo@cast.example") && letter.contains(words)),
            "no letter says {words}: {all:?}"
        );
    };
    nia.visit(&topic).submit(&format!("/posts/{post}/thank"), &[]).is(200);
    told(700, "thanked you");
    nia.visit(&topic).submit(&format!("/posts/{post}/answer"), &[]).is(200);
    told(1_400, "marked your reply as the answer");
    // A post that one has read is what one is reminded of.
    let day = town
        .app
        .clock
        .now()
        .plus_days(3)
        .timestamp()
        .to_zoned(jiff::tz::TimeZone::UTC);
    let bookmark = format!("/posts/{post}/bookmark");
    press(town, "mo", &bookmark, &[("remind", &day.date().to_string())]);
    town.app.clock.set(town.app.clock.now().plus_days(4));
    worker::turn(&town.app, 0);
    told(700, "You wanted to be reminded");
    // How a flag ended, though the post is gone.
    let mut pia = town.sign_in("pia");
    let bad = reply(&mut pia, &topic, "Only fools cook leeks.");
    super::moderation::flag(town, "mo", bad, "unkind");
    let remove = format!("/posts/{bad}/remove");
    press(town, "ada", &remove, &[("reason", "Unkind.")]);
    told(1_400, "was not right");
}

fn hour(town: &Town) {
    let mut oda = town.sign_in("oda");
    let path = format!("/spaces/{}/follow", town.spaces["Kitchen"]);
    oda.visit(&path).submit(&path, &[("level", "every")]).is(200);
    oda.visit("/settings/letters")
        .submit("/settings/letters", &[("rhythm", "weekly"), ("hour", "8")])
        .is(200);
    let digests = |seconds: i64| {
        let mut all = written(town, seconds);
        all.retain(|letter| letter.contains("oda@cast.example"));
        all.len()
    };
    // On the first Monday she gets what came before it.
    answered(town);
    let monday = {
        let now = town.app.clock.now().timestamp().to_zoned(jiff::tz::TimeZone::UTC);
        let days = 7 - i64::from(now.weekday().to_monday_zero_offset());
        let day = now.date().checked_add(jiff::Span::new().days(days)).expect("a day");
        let at = day.at(8, 5, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).expect("a moment");
        at.timestamp().as_microsecond()
    };
    let until = |moment: i64| (moment - town.app.clock.now().0) / 1_000_000;
    assert_eq!(digests(until(monday)), 1);
    // On the second there is nothing; what comes on Wednesday waits for the third.
    let week = 7 * 86_400 * 1_000_000;
    assert_eq!(digests(until(monday + week)), 1);
    town.app
        .clock
        .set(aquarium::db::types::Moment(monday + week + week / 3));
    answered(town);
    assert_eq!(digests(600), 1, "not in the middle of the week");
    assert_eq!(digests(until(monday + 2 * week)), 2);
}

fn no_text(town: &Town) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = crate::support::world::config(folder.path(), &town.app.config.database.url);
    config.mail.contents = "none".to_owned();
    let discreet = aquarium::app::App::new(config, town.address()).expect("a node that sends no text");
    let mut oda = town.sign_in("oda");
    let path = format!("/spaces/{}/follow", town.spaces["Kitchen"]);
    oda.visit(&path).submit(&path, &[("level", "every")]).is(200);
    press(town, "oda", "/settings/letters", &[("rhythm", "daily"), ("hour", "6")]);
    let (topic, _) = answered(town);
    town.settle();
    discreet.clock.set(town.app.clock.now().plus_days(2));
    notices::write(&discreet).expect("letters are written");
    worker::run_out(&discreet).expect("letters leave");
    let folder = folder.path().join("letters");
    let all: Vec<String> = std::fs::read_dir(folder)
        .expect("letters")
        .map(|entry| std::fs::read_to_string(entry.expect("a letter").path()).expect("its text"))
        .filter(|letter| letter.contains("List-Unsubscribe"))
        .collect();
    assert!(all.iter().any(|letter| letter.contains("oda@cast.example")), "{all:?}");
    assert!(!all.is_empty());
    for letter in all {
        for secret in ["Leeks", "leeks", "White", "Mo ", "Kitchen", topic.as_str()] {
            assert!(!letter.contains(secret), "{secret} in\n{letter}");
        }
        assert!(letter.contains("/for-you"), "{letter}");
    }
}

/// The number in the masthead is the number of lines on the page.
fn badge(town: &Town) {
    let (topic, post) = answered(town);
    town.settle();
    town.sign_in("nia").visit("/latest");
    let badge = |who: &str| {
        let mut client = town.sign_in(who);
        client.visit("/latest");
        client.count("#inbox-count .tag")
    };
    assert_eq!(badge("nia"), 1);
    press(town, "mo", &format!("/posts/{post}/remove"), &[]);
    town.settle();
    assert_eq!(badge("nia"), 0);
    town.sign_in("nia").visit("/for-you").sees("Nothing yet");
    // Thanked, taken back and thanked again is one.
    let post = reply(&mut town.sign_in("mo"), &topic, "Green.");
    let mut pia = town.sign_in("pia");
    for way in ["thank", "thank/undo", "thank"] {
        pia.visit(&topic);
        if pia.body.contains(&format!("/posts/{post}/{way}\"")) {
            pia.submit(&format!("/posts/{post}/{way}"), &[]).is(200);
        }
        town.settle();
    }
    town.sign_in("mo")
        .visit("/for-you")
        .sees("Pia thanked you")
        .sees_not("2 people");
}

fn storm(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Storm", "Begin.");
    for who in ["oda", "pia", "mo"] {
        let path = format!("/topics/{}/follow", number(&topic));
        let mut client = town.sign_in(who);
        client.visit(&path).submit(&path, &[("level", "every")]).is(200);
        client
            .visit("/settings/letters")
            .submit("/settings/letters", &[("about.followed", "once")])
            .is(200);
    }
    town.settle();
    let first = crate::running_support::posts_of(town, &topic);
    for round in 0..40 {
        crate::running_support::reply(town, "pia", first, &format!("Thunder {round}"), "").expect("a reply");
    }
    let all = written(town, 130);
    // One for each, whatever happened: they say how much it was.
    assert_eq!(all.len(), 3, "{}", all.len());
    assert!(all.iter().any(|letter| letter.contains("40 new posts in")), "{all:?}");
}

fn tried(town: &Town) {
    let mut ada = town.sign_in("ada");
    ada.visit("/admin/letters")
        .submit("/admin/letters/test", &[])
        .is(200)
        .sees("On its way")
        .sees("Test letter");
    worker::turn(&town.app, 1);
    town.settle();
    assert!(
        letters(town)
            .iter()
            .any(|letter| letter.contains("ada@cast.example") && letter.contains("letters leave"))
    );
    town.sign_in("mo").visit("/admin/letters").is(404);
}

/// Whatever somebody is called or calls a thing, a letter has the headers that it has, and goes to whom it goes.
fn headers(town: &Town) {
    let nasty = [
        "a\r\nX-Evil: 1".to_owned(),
        "a\nX-Evil: 1".to_owned(),
        "a\rX-Evil: 1".to_owned(),
        "a\r\n\r\n<b>body</b>".to_owned(),
        "a\r\n.\r\nMAIL FROM:<evil@evil.example>".to_owned(),
        "a\u{2028}X-Evil: 1\u{2029}b".to_owned(),
        "a\u{85}X-Evil: 1".to_owned(),
        "a\u{b}X-Evil: 1\u{c}b".to_owned(),
        "=?utf-8?Q?=0D=0AX-Evil:_1?=".to_owned(),
        "=?utf-8?B?DQpYLUV2aWw6IDE=?=".to_owned(),
        "\"Nia\" <evil@evil.example>, ".to_owned(),
        "evil@evil.example".to_owned(),
        "<evil@evil.example>".to_owned(),
        "http://evil.example/".to_owned(),
        "a;b,c:d\\e\"f(g)[h]".to_owned(),
        "x".repeat(1_200),
        "ü".repeat(300),
        "a\u{202e}b\u{feff}c\u{200b}".to_owned(),
        "--x\r\nContent-Type: text/html\r\n\r\n".to_owned(),
        "\u{1}\u{7f}\u{1b}[31m".to_owned(),
    ];
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "question", "Leeks", "White or green?");
    let id = number(&topic);
    let (nia_id, pia_id) = (town.people["nia"], town.people["pia"]);
    // A Wednesday at noon: no digest comes between these letters, whatever the day of the machine.
    let calendar = Calendar::new("UTC");
    let next = calendar.start(calendar.week(town.app.clock.now()) + 1).expect("a week");
    town.app.clock.set(next.plus_days(2).plus_seconds(12 * 3600));
    written(town, 130);
    let mut known = letters_as_bytes(town).len();
    for (case, value) in nasty.iter().enumerate() {
        let quoted = value.replace('\'', "''");
        // As a careless import, or a version of ours with a mistake, would leave them.
        town.by_hand(&format!("UPDATE topics SET title = '{quoted}' WHERE id = {id}"));
        town.by_hand(&format!(
            "UPDATE accounts SET display_name = '{quoted}' WHERE id IN ({nia_id}, {pia_id})"
        ));
        town.by_hand(&format!(
            "UPDATE settings SET value = '{quoted}' WHERE key = 'forum_name'"
        ));
        say(town, "pia", crate::running_support::posts_of(town, &topic), value, "").expect("a reply");
        written(town, 130);
        town.app.clock.set(town.app.clock.now().plus_seconds(700));
        let all = letters_as_bytes(town);
        assert_eq!(all.len(), known + 1, "one letter for case {case}");
        known = all.len();
        let raw = &all[known - 1];
        let letter = mail_parser::MessageParser::default().parse(raw).expect("a letter");
        let mut names: Vec<String> = letter.headers_raw().map(|(name, _)| name.to_lowercase()).collect();
        names.sort();
        assert_eq!(
            names,
            [
                "auto-submitted",
                "content-type",
                "date",
                "from",
                "in-reply-to",
                "list-id",
                "list-unsubscribe",
                "list-unsubscribe-post",
                "message-id",
                "mime-version",
                "references",
                "reply-to",
                "subject",
                "to",
            ],
            "{case}"
        );
        let addresses = |list: Option<&mail_parser::Address<'_>>| -> Vec<String> {
            let list = list.expect("addresses");
            list.iter()
                .filter_map(|one| one.address.as_deref().map(ToOwned::to_owned))
                .collect()
        };
        assert_eq!(addresses(letter.to()), ["nia@cast.example"], "{case}");
        assert_eq!(addresses(letter.from()), ["forum@localhost"], "{case}");
        let parts: Vec<String> = letter
            .parts
            .iter()
            .filter_map(|part| mail_parser::MimeHeaders::content_type(part).map(|kind| kind.ctype().to_owned()))
            .collect();
        assert_eq!(parts, ["multipart", "text", "text"], "{case}");
        let shown = letter
            .from()
            .and_then(|from| from.first())
            .and_then(|from| from.name.as_deref());
        let shown = shown.unwrap_or_default();
        assert!(!shown.contains('@') && !shown.contains("://"), "{case}: {shown}");
        let longest = raw.split(|byte| *byte == b'\n').map(<[u8]>::len).max();
        assert!(longest <= Some(999), "{case}: a line of {longest:?} bytes");
        assert!(
            raw.is_ascii() && !raw.contains(&0),
            "{case}: a byte that servers may not carry"
        );
    }
}

fn letters_as_bytes(town: &Town) -> Vec<Vec<u8>> {
    let mut paths: Vec<_> = std::fs::read_dir(town.folder.path().join("letters"))
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    paths.sort();
    paths
        .iter()
        .map(|path| std::fs::read(path).expect("a letter"))
        .collect()
}
