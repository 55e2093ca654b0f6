//! The canary crawl: every object and state holds a word of its own; every actor fetches every page
//! they can think of. No word stands where it should not, and nearly all stand where they should.

use std::collections::{BTreeMap, BTreeSet};

use aquarium::forum::letters::arrivals::Aim;
use aquarium::ids::PostId;
use aquarium::web::routes::{Audience, ROUTES};

use super::every_route::filled;
use crate::Story;
use crate::flows_moderation::first_of;
use crate::flows_support::reply;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![("crawl::no_canary_sings_where_it_should_not", crawl)]
}

/// A word and who may find it.
struct Canary {
    word: String,
    may: BTreeSet<&'static str>,
}

const ACTORS: [&str; 8] = ["ada", "mo", "nia", "oda", "pia", "gus", "gil", "exa"];

fn word(number: usize) -> String {
    let mut text = String::from("zq");
    let mut value = number * 7919 + 17;
    for _ in 0..10 {
        text.push(char::from(b'a' + u8::try_from(value % 25).expect("a letter")));
        value = value / 3 + 31 * number + 5;
    }
    text
}

/// What waits in Ada's queue is approved: guests' first posts.
fn approve(town: &Town, room: &str) {
    let mut ada = town.sign_in("ada");
    let queue = format!("/queue?space={}", town.spaces[room]);
    ada.visit(&queue);
    while ada.body.contains("value=\"approve\"") {
        ada.submit("/decide", &[("decision", "approve")]).is(200);
        ada.visit(&queue);
    }
    town.settle();
}

/// The number of the file that a page leads to last.
fn last_file(client: &crate::support::client::Client) -> i64 {
    let links = client.links();
    let numbers = links
        .iter()
        .filter_map(|link| link.strip_prefix("/files/")?.split('/').next()?.parse().ok());
    numbers.max().expect("a file")
}

fn crawl(town: &Town) {
    let mut canaries = Vec::new();
    let mut plant = |may: &[&'static str]| {
        let number = canaries.len() + 1;
        canaries.push(Canary {
            word: word(number),
            may: may.iter().copied().collect(),
        });
        word(number)
    };
    let employees = ["ada", "mo", "nia", "oda", "pia", "exa"];
    let rooms: [(&str, &str, &[&'static str]); 4] = [
        ("Kitchen", "nia", &employees),
        ("Cellar", "pia", &["ada", "pia"]),
        ("Bridge", "gus", &["ada", "gus"]),
        ("Quay", "gil", &["ada", "gil"]),
    ];
    let mut numbers: Vec<(&'static str, i64)> = Vec::new();
    for (room, author, readers) in rooms {
        let mut client = town.sign_in(author);
        let (title, body, tag) = (plant(readers), plant(readers), plant(readers));
        let board = town.boards[room];
        client.visit(&format!("/boards/{board}/topics/new"));
        client
            .submit(
                "/topics",
                &[
                    ("kind", "question"),
                    ("title", &title),
                    ("body", &body),
                    ("tags", &tag),
                    ("do", "post"),
                ],
            )
            .is(200);
        let topic = client.path.clone();
        approve(town, room);
        let said = plant(readers);
        let answer = reply(&mut client, &topic, &said);
        approve(town, room);
        // Answered by mail: what is said, and what stood below it.
        let (mailed, quoted) = (plant(readers), plant(readers));
        let to = crate::flows_by_mail::own(town, author, Aim::Reply(PostId(answer)));
        let from = format!("{author}@cast.example");
        let raw = crate::flows_by_mail::letter(&from, &to, room, "", &format!("{mailed}\r\n\r\n> {quoted}"));
        let taken =
            aquarium::mail::incoming::take_in(&town.app, &raw, Some(&to), Some(&from)).expect("it is dealt with");
        assert!(taken.post.is_some(), "{taken:?}");
        approve(town, room);
        // What a page says to which the post leads is read with the post.
        let card = plant(readers);
        town.by_hand(&format!(
            "UPDATE posts SET previews = '[{{\"url\":\"https://x.example\",\"site\":\"x.example\",\"title\":\"{card}\",\"words\":\"\"}}]' \
             WHERE id = {answer}"
        ));
        // Its tag has a page and a feed of its own.
        client.visit("/follows");
        let at = client
            .body
            .split(&tag)
            .next()
            .and_then(|before| before.rsplit("value=\"").next());
        let at: i64 = at
            .and_then(|rest| rest.split('"').next())
            .and_then(|id| id.parse().ok())
            .expect("a tag");
        numbers.push(("tag", at));
        // A file is read by those who read the post that carries it.
        let attached = plant(readers);
        client
            .visit(&topic)
            .submit_files(
                "/reply",
                &[("body", "See here."), ("do", "post")],
                &[("notes.txt", attached.as_bytes())],
            )
            .is(200);
        approve(town, room);
        numbers.push(("file", last_file(&client)));
        // A poll is read by those who read its topic, and so is who chose what.
        let (question, choice) = (plant(readers), plant(readers));
        let mut ada = town.sign_in("ada");
        let ask = format!("/topics/{}/poll", topic.split(['/', '-']).nth(2).expect("a number"));
        ada.visit(&ask)
            .submit(&ask, &[("question", &question), ("choices", &format!("{choice}\nno"))])
            .is(200);
        let poll = |client: &crate::support::client::Client, mark: &str| {
            let after = client.body.split(mark).nth(1).and_then(|rest| rest.split('"').next());
            after.and_then(|number| number.parse::<i64>().ok()).expect("a number")
        };
        let (number, first) = (
            poll(&ada, "id=\"poll-"),
            poll(&ada, "name=\"choice\" value=\"").to_string(),
        );
        ada.submit(&format!("/polls/{number}/vote"), &[("choice", &first)])
            .is(200);
        numbers.push(("poll", number));
        // Edited: the old words are in the history, for those who read the post.
        let (old, new) = (plant(readers), plant(readers));
        let edited = reply(&mut client, &topic, &old);
        let edit = format!("/posts/{edited}/edit");
        client
            .visit(&edit)
            .submit(&edit, &[("body", &new), ("do", "save")])
            .is(200);
        // Removed by a moderator: the moderators and the author still read it, the reason is everybody's.
        let mut moderators: Vec<&'static str> = vec!["ada", author];
        if room == "Kitchen" {
            moderators.push("mo");
        }
        let (gone, why) = (plant(&moderators), plant(readers));
        let removed = reply(&mut client, &topic, &gone);
        let mut ada = town.sign_in("ada");
        let remove = format!("/posts/{removed}/remove");
        ada.visit(&remove).submit(&remove, &[("reason", &why)]).is(200);
        // What its author says against that: those who decide.
        let mut decide: Vec<&'static str> = vec!["ada"];
        if room == "Kitchen" {
            decide.push("mo");
        }
        let plea = plant(&decide);
        client.visit("/decisions");
        let decision = client.links().into_iter().find(|link| link.starts_with("/decisions/"));
        let decision = decision.expect("a decision");
        client
            .visit(&decision)
            .submit(&format!("{decision}/appeal"), &[("words", &plea)])
            .is(200);
        // Removed by the author: only the moderators.
        let taken = plant(&decide);
        let back = reply(&mut client, &topic, &taken);
        let remove = format!("/posts/{back}/remove");
        client.visit(&remove).submit(&remove, &[]).is(200);
        // And a removed post's file by nobody else.
        let hidden = plant(&moderators);
        client
            .visit(&topic)
            .submit_files(
                "/reply",
                &[("body", "And here."), ("do", "post")],
                &[("more.txt", hidden.as_bytes())],
            )
            .is(200);
        numbers.push(("file", last_file(&client)));
        let carrier = *crate::flows_support::posts(&client).iter().max().expect("a post");
        let remove = format!("/posts/{carrier}/remove");
        ada.visit(&remove).submit(&remove, &[("reason", "Not here.")]).is(200);
        // Reported, in words: those who decide.
        let words = plant(&decide);
        let reported = format!("/posts/{answer}/report");
        let mut ada_again = town.sign_in("ada");
        ada_again
            .visit(&reported)
            .submit(&reported, &[("why", "other"), ("words", &words)])
            .is(200);
        // The review of it, with a note: for those who moderate, and nobody else.
        let review = first_of(&mut ada_again, &format!("/queue?kind=flag&space={}", town.spaces[room]));
        let note = plant(&decide);
        ada_again.visit(&review).submit("/note", &[("words", &note)]).is(200);
        if room == "Kitchen" {
            // Mo asks the admins for help with it, in words.
            let beyond = plant(&decide);
            let mut mo = town.sign_in("mo");
            mo.visit(&review).submit("/escalate", &[("why", &beyond)]).is(200);
        }
        let last = |path: &str| -> i64 { path.split('/').nth(2).and_then(|id| id.parse().ok()).expect("a number") };
        // The words that are watched, and those with which a reason begins.
        let (watched, begins) = (plant(&decide), plant(&decide));
        let holding = format!("/spaces/{}/holding", town.spaces[room]);
        ada_again
            .visit(&holding)
            .submit("/phrases", &[("phrase", &watched), ("act", "hold")])
            .submit("/phrases", &[("do", "add")])
            .sees("Saved");
        let texts = format!("/spaces/{}/texts", town.spaces[room]);
        ada_again
            .visit(&texts)
            .submit(&texts, &[("unkind.en", &begins)])
            .is(200);
        // What is planned, and which conversation it should start: those who see the health of a space.
        let (planned, starts, launch) = (plant(&["ada"]), plant(&["ada"]), plant(&["ada"]));
        let plan = format!("/spaces/{}/plan", town.spaces[room]);
        ada_again
            .visit(&plan)
            .submit(
                "/plan/lines",
                &[("day", "2026-11-01"), ("what", &planned), ("starts", &starts)],
            )
            .is(200);
        ada_again
            .visit(&plan)
            .submit(
                "/plan/lines",
                &[("day", "2026-11-02"), ("sort", "launch"), ("what", &launch)],
            )
            .is(200);
        let line = ada_again
            .links()
            .into_iter()
            .filter_map(|link| link.split("/plan/").nth(1)?.parse::<i64>().ok())
            .max();
        numbers.push(("line", line.expect("a line")));
        let appeal = first_of(
            &mut ada_again,
            &format!("/queue?kind=appeal&space={}", town.spaces[room]),
        );
        let (review, appeal) = (last(&review), last(&appeal));
        numbers.extend([("review", appeal), ("review", last(&decision))]);
        // Held: the author's and the moderators' alone, in the topic and in the queue.
        let waits = plant(&moderators);
        let number = topic.split(['/', '-']).nth(2).expect("a number");
        ada_again
            .visit(&topic)
            .submit(&format!("/topics/{number}/hold"), &[])
            .is(200);
        let held = reply(&mut client, &topic, &waits);
        let topic_id: i64 = topic
            .split(['/', '-'])
            .nth(2)
            .and_then(|id| id.parse().ok())
            .expect("a number");
        numbers.extend([
            ("topic", topic_id),
            ("post", answer),
            ("post", edited),
            ("post", removed),
            ("post", back),
            ("post", held),
            ("review", review),
            ("space", town.spaces[room].0),
            ("board", town.boards[room].0),
        ]);
    }
    // A profile: employees read all of it; guests the name only, of those they share a space with.
    let about = plant(&employees);
    let mut nia = town.sign_in("nia");
    nia.visit("/settings")
        .submit("/settings", &[("ask_me", &about)])
        .is(200);
    for id in town.people.values() {
        numbers.push(("person", id.0));
    }
    town.settle();

    let mut found: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    let mut checks = 0_usize;
    let mut leaks = Vec::new();
    let actors = ACTORS.iter().copied().chain(["visitor", "ban"]);
    for actor in actors {
        let mut client = if matches!(actor, "visitor" | "ban") {
            town.visitor()
        } else {
            town.sign_in(actor)
        };
        // A feed reader comes with a key of the actor's own.
        let key = (!matches!(actor, "visitor" | "ban")).then(|| {
            town.as_person(actor, |tx| {
                aquarium::forum::feeds::make(tx)?;
                aquarium::forum::feeds::mine(tx)
            })
            .expect("a key")
        });
        let with_key = |path: &str| match &key {
            Some(key) => path.replace("/feeds/{key}", &format!("/feeds/{key}")),
            None => path.to_owned(),
        };
        let mut paths: BTreeSet<String> = BTreeSet::new();
        for route in ROUTES
            .iter()
            .filter(|route| route.method == "GET" && route.audience != Audience::Machine)
        {
            if let Some((name, _)) = numbers
                .iter()
                .find(|(name, _)| route.path.contains(&format!("{{{name}}}")))
            {
                for (_, number) in numbers.iter().filter(|(other, _)| other == name) {
                    paths.insert(filled(&with_key(route.path), &[(name, *number)]));
                }
            } else if !route.path.contains('{') {
                paths.insert(route.path.to_owned());
            }
        }
        for canary in &canaries {
            if key.is_some() {
                paths.insert(with_key(&format!("/feeds/{{key}}/search?q={}", canary.word)));
            }
            paths.insert(format!("/search?q={}", canary.word));
            paths.insert(format!("/search/suggest?q={}", canary.word));
            paths.insert(format!("/search?q=tag:{}", canary.word));
        }
        for (name, number) in numbers.iter().filter(|(name, _)| *name == "topic") {
            let _ = name;
            paths.insert(format!("/topics/{number}?view=flat&page=1"));
        }
        for path in paths {
            client.get(&path);
            // The page repeats what was looked for; that is the visitor's own word.
            let asked = path
                .split("q=")
                .nth(1)
                .unwrap_or("")
                .trim_start_matches("tag:")
                .to_owned();
            let page = format!(
                "{} {}",
                client.body,
                client.headers.values().cloned().collect::<Vec<_>>().join(" ")
            );
            for (place, canary) in canaries.iter().enumerate() {
                checks += 1;
                if canary.word == asked && client.text().matches(&canary.word).count() == 0 {
                    continue;
                }
                let here = if canary.word == asked {
                    client.text()
                } else {
                    page.clone()
                };
                if here.contains(&canary.word) {
                    if canary.may.contains(actor) {
                        found.entry(actor).or_default().insert(place);
                    } else if canary.word != asked || client.count("ol.hits li") > 0 {
                        leaks.push(format!("{actor} finds canary {place} at {path}"));
                    }
                }
            }
        }
    }
    // Letters as well: whoever got one may read what it says.
    let mut letters = crate::support::letters::letters(town);
    let now = town.app.clock.now();
    town.app.clock.set(now.plus_days(8));
    aquarium::forum::letters::notices::write(&town.app).expect("letters are written");
    town.settle();
    letters.extend(crate::support::letters::letters(town));
    let mut told = 0;
    for letter in &letters {
        let to = ACTORS
            .iter()
            .chain(["ban"].iter())
            .find(|name| letter.contains(&format!("{name}@cast.example")));
        for (place, canary) in canaries
            .iter()
            .enumerate()
            .filter(|(_, canary)| letter.contains(&canary.word))
        {
            told += 1;
            if !to.is_some_and(|to| canary.may.contains(to)) {
                leaks.push(format!("a letter to {to:?} tells canary {place}"));
            }
        }
    }
    assert!(
        told > 5,
        "letters that tell nothing prove nothing: {told} in {}",
        letters.len()
    );
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
    // A crawler that sees nothing proves nothing.
    let allowed: usize = canaries.iter().map(|canary| canary.may.len()).sum();
    let seen: usize = found.values().map(BTreeSet::len).sum();
    let missing: Vec<String> = ACTORS
        .iter()
        .flat_map(|actor| {
            let seen = found.get(actor).cloned().unwrap_or_default();
            canaries
                .iter()
                .enumerate()
                .filter(move |(place, canary)| canary.may.contains(actor) && !seen.contains(place))
                .map(move |(place, _)| format!("{actor}: {place}"))
        })
        .collect();
    assert!(
        seen * 100 >= allowed * 99,
        "only {seen} of {allowed} allowed canaries were seen: {missing:?}"
    );
    assert!(checks > 20_000, "{checks} checks");
}
