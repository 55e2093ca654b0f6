//! What moderation owes those it concerns: letters when something waits too long, a log that can be
//! followed, figures and a report of the year, an answer to everybody who asks for an account, and an
//! appeal even for those who are kept out.

use aquarium::access::{deed, on_forum};
use aquarium::forum::people;
use aquarium::jobs::worker;
use aquarium::kinds::ForumRole;

use super::a_topic::{reply, start};
use super::moderation::{decide, first, flag};
use crate::Story;
use crate::support::client::Client;
use crate::support::letters::letters;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("in_the_open::who_moderates_is_told_what_waits_too_long", overdue),
        ("in_the_open::never_more_than_one_letter_an_hour", hourly),
        ("in_the_open::the_log_can_be_followed", followed),
        ("in_the_open::figures_leave_as_they_are_on_the_page", figures),
        ("in_the_open::somebody_asks_for_an_account", applied),
        ("in_the_open::whoever_is_kept_out_can_appeal", kept_out),
    ]
}

/// A topic by Nia with a reply by Pia.
fn said(town: &Town, words: &str) -> (String, i64) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Leeks", "White or green?");
    let mut pia = town.sign_in("pia");
    let post = reply(&mut pia, &topic, words);
    (topic, post)
}

fn overdue(town: &Town) {
    // Letters of another day do not leave today; that they are written is on the admins' page.
    let told = |town: &Town| {
        worker::turn(&town.app, 60);
        let mut ada = town.sign_in("ada");
        ada.visit("/admin/letters");
        ada.text().matches("Something waits too long").count()
    };
    let (topic, post) = said(town, "Only fools cook leeks.");
    flag(town, "nia", post, "unkind");
    assert_eq!(told(town), 0);
    let now = town.app.clock.now();
    town.app.clock.set(now.plus_seconds(25 * 3600));
    // Mo and Ada moderate the kitchen; nobody else is told, and nobody twice.
    assert_eq!(told(town), 2);
    let mut ada = town.sign_in("ada");
    ada.visit("/admin/letters")
        .sees("mo@cast.example")
        .sees("ada@cast.example");
    town.app.clock.set(now.plus_seconds(27 * 3600));
    assert_eq!(told(town), 2, "nothing new is late");
    // Something else becomes late within the hour after a letter: the letter waits for its hour.
    let mut pia = town.sign_in("pia");
    let mine = reply(&mut pia, &topic, "Or dunces.");
    flag(town, "nia", mine, "unkind");
    town.app.clock.set(now.plus_seconds(27 * 3600 + 26 * 3600));
    assert_eq!(told(town), 4);
    // About oneself nobody is told.
    let mut mo = town.sign_in("mo");
    let own = reply(&mut mo, &topic, "You two!");
    flag(town, "nia", own, "unkind");
    town.app.clock.set(now.plus_seconds(80 * 3600));
    assert_eq!(told(town), 5, "only Ada");
    town.app.clock.set(now);
}

fn hourly(town: &Town) {
    let told = |town: &Town| {
        worker::turn(&town.app, 60);
        let mut ada = town.sign_in("ada");
        ada.visit("/admin/letters");
        ada.text().matches("Something waits too long").count()
    };
    let (topic, post) = said(town, "Only fools cook leeks.");
    flag(town, "nia", post, "unkind");
    let now = town.app.clock.now();
    // The next is flagged half an hour later, and so it is late half an hour later.
    town.app.clock.set(now.plus_seconds(30 * 60));
    let mut pia = town.sign_in("pia");
    let next = reply(&mut pia, &topic, "Or dunces.");
    flag(town, "nia", next, "unkind");
    let day = 24 * 3600;
    town.app.clock.set(now.plus_seconds(day + 5 * 60));
    assert_eq!(told(town), 2, "one for Mo, one for Ada");
    town.app.clock.set(now.plus_seconds(day + 40 * 60));
    assert_eq!(told(town), 2, "a second is late, and an hour is not over");
    town.app.clock.set(now.plus_seconds(day + 70 * 60));
    assert_eq!(told(town), 4);
    town.app.clock.set(now);
}

/// The feed at an address, read by a parser of feeds.
fn parsed(client: &Client) -> feed_rs::model::Feed {
    feed_rs::parser::parse(client.body.as_bytes()).unwrap_or_else(|error| panic!("{error}: {}", client.body))
}

fn followed(town: &Town) {
    let (_, post) = said(town, "Only fools & dunces cook <leeks>.");
    flag(town, "nia", post, "unkind");
    let mut mo = town.sign_in("mo");
    let review = first(&mut mo);
    decide(
        &mut mo,
        &review,
        &[
            ("decision", "remove"),
            ("rule", "Be kind & <fair>"),
            ("reason", "Say it about the leeks."),
        ],
    );
    let mut nia = town.sign_in("nia");
    nia.visit("/settings/feeds").is(200).sees_not("/feeds/");
    nia.submit("/settings/feeds", &[]).sees("Kitchen");
    let address = |client: &Client| {
        let link = client
            .links()
            .into_iter()
            .find(|link| link.contains("/feeds/") && link.ends_with("/log"))
            .expect("an address");
        let at = link.find("/feeds/").expect("a path");
        link[at..].to_owned()
    };
    let mine = address(&nia);
    // A feed reader has no session.
    let mut reader = town.visitor();
    reader.get(&mine).is(200);
    assert!(reader.headers["content-type"].starts_with("application/atom+xml"));
    let feed = parsed(&reader);
    assert_eq!(feed.entries.len(), 1);
    let entry = &feed.entries[0];
    assert_eq!(
        entry.title.as_ref().map(|title| title.content.as_str()),
        Some("Post removed")
    );
    let summary = entry
        .summary
        .as_ref()
        .map(|text| text.content.clone())
        .unwrap_or_default();
    assert_eq!(summary, "Unkind · Be kind & <fair> · Say it about the leeks.");
    assert!(!reader.body.contains("fools") && !reader.body.contains("Pia") && !reader.body.contains("Mo<"));
    // The key opens what its owner may read, and no more: Nia does not belong to the cellar.
    let cellar = town.spaces["Cellar"];
    let key = mine.split('/').nth(2).expect("a key").to_owned();
    reader.get(&format!("/feeds/{key}/spaces/{cellar}/log")).is(404);
    reader
        .get(&format!("/feeds/nonsense/spaces/{}/log", town.spaces["Kitchen"]))
        .is(404);
    // The newest of a space, a board, a topic, a search; each as its owner reads it.
    let (kitchen, soup) = (town.spaces["Kitchen"], town.boards["Kitchen"]);
    for what in [
        format!("spaces/{kitchen}"),
        format!("boards/{soup}"),
        "search?q=leeks".to_owned(),
    ] {
        reader.get(&format!("/feeds/{key}/{what}")).is(200);
        let feed = parsed(&reader);
        assert!(
            feed.entries
                .iter()
                .any(|entry| entry.title.as_ref().is_some_and(|title| title.content == "Leeks")),
            "{what}: {}",
            reader.body
        );
    }
    nia.visit(&format!("/boards/{soup}/follow"))
        .sees(&format!("/feeds/{key}/boards/{soup}"));
    for hidden in [
        format!("spaces/{cellar}"),
        format!("boards/{}", town.boards["Cellar"]),
        "spaces/99999".to_owned(),
    ] {
        reader.get(&format!("/feeds/{key}/{hidden}")).is(404);
    }
    // Exchanged, the old address opens nothing; ended, no address does.
    nia.visit("/settings/feeds").submit("/settings/feeds", &[]);
    let newer = address(&nia);
    assert_ne!(mine, newer);
    reader.get(&mine).is(404);
    reader.get(&newer).is(200);
    // Whoever is kept out of the forum is kept out here.
    let id = town.people["nia"];
    town.as_person("ada", |tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        people::deactivate(tx, may, id)
    });
    reader.get(&newer).is(404);
    town.as_person("ada", |tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        people::reactivate(tx, may, id)
    });
    let mut nia = town.sign_in("nia");
    nia.visit("/settings/feeds").submit("/feeds/end", &[]);
    reader.get(&newer).is(404);
}

fn figures(town: &Town) {
    let kitchen = town.spaces["Kitchen"];
    let (_, post) = said(town, "Only fools cook leeks.");
    flag(town, "nia", post, "unkind");
    let mut mo = town.sign_in("mo");
    let review = first(&mut mo);
    decide(
        &mut mo,
        &review,
        &[("decision", "remove"), ("rule", "=HYPERLINK(1)"), ("reason", "Unkind.")],
    );
    let home = format!("/spaces/{kitchen}/figures");
    mo.visit(&home)
        .sees("1 of 1 (100 %)")
        .sees("Opened, by source")
        .sees("Members");
    mo.get(&format!("{home}/csv?days=30")).is(200);
    assert!(mo.headers["content-type"].starts_with("text/csv"));
    assert!(mo.body.contains("in-time,,1,1,share"), "{}", mo.body);
    assert!(mo.body.contains("by-decision,remove,1,,reviews"), "{}", mo.body);
    assert!(mo.body.contains("by-rule,'=HYPERLINK(1)"), "{}", mo.body);
    mo.get(&format!("{home}/json")).is(200);
    let json: serde_json::Value = serde_json::from_str(&mo.body).expect("JSON");
    assert_eq!(json["measures"]["flags"], serde_json::json!({ "part": 1, "whole": 1 }));
    assert_eq!(json["breakdowns"]["by-kind"]["flag"], 1);
    // Who does not moderate reads the report of the year, which every member may.
    let mut nia = town.sign_in("nia");
    nia.visit(&home).is(404);
    nia.get(&format!("{home}/csv")).is(404);
    nia.get(&format!("{home}/json")).is(404);
    let year = {
        let now = town.app.clock.now().timestamp().to_zoned(jiff::tz::TimeZone::UTC);
        now.year()
    };
    nia.visit(&format!("/spaces/{kitchen}/report/{year}"))
        .is(200)
        .sees("One review was opened, 1 decided, 0 open")
        .sees("The year is not over")
        .sees_not("Pia");
    nia.visit(&format!("/spaces/{kitchen}/report/{}", year - 1))
        .sees("Nothing had to be moderated");
    nia.visit(&format!("/spaces/{kitchen}/report/soon")).is(404);
    town.sign_in("gus")
        .visit(&format!("/spaces/{kitchen}/report/{year}"))
        .is(404);
    // The forum's figures are for those who answer for it, and for the works council.
    for path in [
        "/moderation/figures".to_owned(),
        "/moderation/figures/csv".to_owned(),
        "/moderation/figures/json".to_owned(),
        format!("/moderation/report/{year}"),
    ] {
        mo.get(&path).is(404);
        town.sign_in("ada").get(&path).is(200);
    }
    let oda = town.people["oda"];
    for role in [ForumRole::CommunityManager, ForumRole::WorksCouncil] {
        town.as_person("ada", |tx| {
            let may = on_forum::<deed::Administer>(tx.viewer())?;
            people::give_forum_role(tx, may, oda, role)
        });
        town.sign_in("oda")
            .visit("/moderation/figures")
            .is(200)
            .sees("Within the target of each space");
    }
}

/// A public space that admits visitors: its path.
fn square(town: &Town) -> (String, i64) {
    let mut ada = town.sign_in("ada");
    ada.visit("/admin/spaces/new");
    ada.submit(
        "/admin/spaces",
        &[
            ("name", "Square"),
            ("visibility", "public"),
            ("joining", "request"),
            ("concept_for", "Neighbours"),
            ("concept_about", "The square"),
            ("concept_gain", "Company"),
            ("admin_manages", "yes"),
        ],
    )
    .is(200);
    let number: i64 = ada
        .path
        .split(['/', '-'])
        .nth(2)
        .and_then(|id| id.parse().ok())
        .expect("a number");
    (format!("/spaces/{number}"), number)
}

fn admit(town: &Town, number: i64) {
    let mut ada = town.sign_in("ada");
    let path = format!("/spaces/{number}/settings");
    ada.visit(&path)
        .submit(&path, &[("admits_visitors", "yes")])
        .is(200)
        .sees("Saved");
}

fn applied(town: &Town) {
    let (square, number) = square(town);
    let apply = format!("{square}/apply");
    // Not before the space admits visitors.
    let mut val = town.visitor();
    val.visit(&square).is(200).sees_not("Ask for an account");
    val.get(&apply).is(404);
    admit(town, number);
    town.visitor()
        .get(&format!("/spaces/{}/apply", town.spaces["Kitchen"]))
        .is(404);
    let ask = |client: &mut Client, who: &str, words: &str| {
        client.visit(&apply);
        client.submit(
            "/apply",
            &[
                ("display_name", who),
                ("name", &who.to_lowercase()),
                ("mail", &format!("{}@away.example", who.to_lowercase())),
                ("password", "four loud herons"),
                ("organisation", "Neighbours"),
                ("words", words),
            ],
        );
    };
    val.visit(&square).sees("Ask for an account");
    ask(&mut val, "Val", "short");
    val.is(422).sees("10 to 1,000 characters").sees("short");
    ask(&mut val, "Val", "I live opposite and have a question.");
    val.is(200).sees("After that a moderator decides");
    town.settle();
    // Nobody decides before the address is confirmed.
    let mut ada = town.sign_in("ada");
    ada.visit("/queue").sees("Nothing waits");
    let confirm = |town: &Town, mail: &str| {
        let letter = letters(town)
            .into_iter()
            .rfind(|letter| letter.contains(mail) && letter.contains("/confirm/welcome/"))
            .expect("a letter");
        let at = letter.find("/confirm/welcome/").expect("a link");
        letter[at..].split_whitespace().next().expect("a path").to_owned()
    };
    let link = confirm(town, "val@away.example");
    val.visit(&link).submit(&link, &[]).is(200);
    let sign_in = |client: &mut Client, mail: &str| {
        client
            .visit("/sign-in")
            .submit("/sign-in", &[("who", mail), ("password", "four loud herons")]);
        client.status
    };
    assert_eq!(
        sign_in(&mut val, "val@away.example"),
        422,
        "not before somebody decided"
    );
    // Typed again by somebody else, the address is not given away.
    let mut other = town.visitor();
    ask(&mut other, "Vim", "I have the same address.");
    ada.visit("/queue?kind=account")
        .sees("Asks for an account")
        .sees("Val")
        .sees("guest of Neighbours")
        .sees("I live opposite and have a question.");
    town.sign_in("mo").visit("/queue").sees_not("Val");
    // Nobody's acquaintance yet.
    let waiting = town.people.values().map(|id| id.0).max().unwrap_or(0) + 1;
    town.sign_in("nia").visit(&format!("/people/{waiting}")).is(404);
    let review = first(&mut ada);
    decide(&mut ada, &review, &[("decision", "refuse"), ("reason", "")]);
    ada.is(422);
    decide(&mut ada, &review, &[("decision", "approve")]);
    ada.is(200);
    town.settle();
    assert!(
        letters(town)
            .iter()
            .any(|letter| letter.contains("val@away.example") && letter.contains("have let you in"))
    );
    assert_eq!(sign_in(&mut val, "val@away.example"), 200);
    val.visit(&format!("{square}/members")).sees("Val");
    // Refused, somebody gets the reason, and what they told goes.
    let mut wim = town.visitor();
    ask(&mut wim, "Wim", "I sell carpets, very cheap ones.");
    town.settle();
    let link = confirm(town, "wim@away.example");
    wim.visit(&link).submit(&link, &[]).is(200);
    let review = first(&mut ada);
    decide(
        &mut ada,
        &review,
        &[("decision", "refuse"), ("reason", "No trade on the square.")],
    );
    ada.is(200);
    town.settle();
    assert!(
        letters(town)
            .iter()
            .any(|letter| letter.contains("wim@away.example") && letter.contains("No trade on the square."))
    );
    assert_eq!(sign_in(&mut wim, "wim@away.example"), 422);
    ada.visit("/admin/people?q=wim").sees_not("Wim");
    ada.visit(&review)
        .sees("Account refused")
        .sees_not("Wim")
        .sees_not("carpets");
    ada.visit("/admin/letters").sees("Account refused");
    assert_eq!(
        ada.text().matches("wim@away.example").count(),
        1,
        "only the letter that says why"
    );
    crate::running_support::sound(town);
}

fn kept_out(town: &Town) {
    let (_, post) = said(town, "Only fools cook leeks.");
    flag(town, "nia", post, "unkind");
    let mut ada = town.sign_in("ada");
    let review = first(&mut ada);
    decide(
        &mut ada,
        &review,
        &[
            ("decision", "remove"),
            ("reason", "For the third time."),
            ("sanction", "suspension-7"),
        ],
    );
    ada.is(200);
    town.settle();
    let letter = letters(town)
        .into_iter()
        .find(|letter| letter.contains("pia@cast.example") && letter.contains("/appeal/"))
        .expect("a letter with a link that works without signing in");
    let at = letter.find("/appeal/").expect("a link");
    let link = letter[at..].split_whitespace().next().expect("a path").to_owned();
    let mut pia = town.visitor();
    pia.visit(&link)
        .is(200)
        .sees("Post removed")
        .sees("For the third time.")
        .sees_not("Nia");
    // A new password does not close this road.
    let mut other = town.visitor();
    other.visit("/reset").submit("/reset", &[("mail", "pia@cast.example")]);
    town.settle();
    let reset = letters(town)
        .into_iter()
        .rfind(|letter| letter.contains("pia@cast.example") && letter.contains("/reset/"))
        .expect("a letter");
    let at = reset.find("/reset/").expect("a link");
    let reset = reset[at..].split_whitespace().next().expect("a path").to_owned();
    other
        .visit(&reset)
        .submit(&reset, &[("password", "five silent herons")])
        .is(200);
    pia.visit(&link).is(200);
    // It opens that decision and nothing else.
    pia.visit("/decisions").sees("Sign in");
    pia.visit(&link).submit(&link, &[("words", "")]).is(422);
    pia.submit(&link, &[("words", "It was a quote.")])
        .is(200)
        .sees("Somebody else will look at it");
    // Once.
    assert_eq!(pia.count("textarea[name=words]"), 0);
    town.visitor().get("/appeal/nonsense").is(404);
    let mut mo = town.sign_in("mo");
    let appeal = first(&mut mo);
    mo.visit(&appeal).sees("It was a quote.").sees("Opened by Pia");
    decide(&mut mo, &appeal, &[("decision", "overturn")]);
    mo.is(200);
    let mut pia = town.visitor();
    pia.visit("/sign-in")
        .submit("/sign-in", &[("who", "pia"), ("password", "five silent herons")])
        .is(200);
    pia.visit("/decisions").sees("undone");
}
