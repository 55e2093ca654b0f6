//! What members do together: a post that all may edit, and polls of each kind, open and secret.

use super::a_topic::{reply, start};
use super::moderation::decide;
use crate::Story;
use crate::support::client::Client;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("together::a_post_that_members_edit", wiki),
        ("together::an_open_poll", open),
        ("together::a_secret_poll_joins_nothing", secret),
        ("together::a_ranking_is_counted_by_run_off", ranked),
        ("together::what_is_wrong_with_a_poll_is_said", wrong),
        ("together::a_moderator_ends_and_takes_away", moderated),
    ]
}

fn number(topic: &str) -> &str {
    topic.split(['/', '-']).nth(2).expect("a number")
}

fn wiki(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(
        &mut nia,
        town,
        "Kitchen",
        "discussion",
        "Cleaning list",
        "Who does what?",
    );
    let post = reply(&mut nia, &topic, "Monday: nobody.");
    let edit = format!("/posts/{post}/edit");
    let mut mo = town.sign_in("mo");
    let mut ada = town.sign_in("ada");
    // Only its author shares it.
    town.sign_in("gus").get(&edit).is(404);
    let mut token = ada.visit(&topic).form("/reply").1;
    token.retain(|(name, _)| name == "token");
    ada.post(&format!("/posts/{post}/wiki"), &token).is(403);
    nia.visit(&topic).submit(&format!("/posts/{post}/wiki"), &[]).is(200);
    let mut pia = town.sign_in("pia");
    pia.visit(&topic).sees("members edit this together");
    pia.visit(&edit).sees_not("as the author reads it");
    pia.submit(&edit, &[("body", "Monday: Pia."), ("do", "save")]).is(200);
    pia.visit(&edit)
        .submit(&edit, &[("body", "Monday: Pia. Tuesday: Mo."), ("do", "save")])
        .is(200);
    town.settle();
    // Who wrote what is in its history, for everybody who reads it; nobody was acted against.
    town.sign_in("oda")
        .visit(&format!("/posts/{post}/history"))
        .sees("Pia")
        .sees("Tuesday");
    nia.visit("/decisions").sees_not("edited");
    // What a moderator takes out is a moderator's act, here as elsewhere, and out of the history.
    mo.visit(&edit).sees("as the author reads it");
    mo.submit(
        &edit,
        &[
            ("body", "Monday: somebody. Tuesday: Mo."),
            ("do", "save"),
            ("reason", "No names."),
        ],
    )
    .is(200);
    mo.visit(&format!("/spaces/{}/log", town.spaces["Kitchen"]))
        .sees("No names.");
    town.sign_in("oda")
        .visit(&format!("/posts/{post}/history"))
        .sees_not("Monday: Pia");
    // Words that would have to wait are no way to take somebody's post off its page.
    let holding = format!("/spaces/{}/holding", town.spaces["Kitchen"]);
    ada.visit(&holding)
        .submit("/phrases", &[("phrase", "garlic"), ("act", "hold")])
        .submit("/phrases", &[("do", "add")])
        .sees("Saved");
    pia.visit(&edit)
        .submit(&edit, &[("body", "Garlic."), ("do", "save")])
        .is(422)
        .sees("say it in a reply");
    nia.visit(&topic).sees("Tuesday: Mo.");
    // Kept to its author again, it is Nia's.
    nia.visit(&topic)
        .submit(&format!("/posts/{post}/wiki/undo"), &[])
        .is(200);
    pia.visit(&edit).is(403);
    nia.visit(&topic).sees("Tuesday: Mo.");
    // Only its author or a moderator shares it.
    let mut fields = pia.visit(&topic).form("/reply").1;
    fields.retain(|(name, _)| name == "token");
    pia.post(&format!("/posts/{post}/wiki"), &fields).is(403);
    crate::running_support::sound(town);
}

/// Asks a question of a topic; the number of the poll.
fn ask(client: &mut Client, topic: &str, fields: &[(&str, &str)]) -> i64 {
    let form = format!("/topics/{}/poll", number(topic));
    client.visit(&form).submit(&form, fields).sees("The poll is open.");
    client
        .body
        .rsplit("id=\"poll-")
        .next()
        .and_then(|rest| rest.split('"').next())
        .and_then(|id| id.parse().ok())
        .expect("a poll")
}

/// The choices on a topic's page, by their words.
fn choices(client: &mut Client, topic: &str) -> Vec<(String, String)> {
    client.visit(topic);
    client
        .body
        .split("<label class=\"choice\">")
        .skip(1)
        .filter_map(|label| {
            let number = label
                .split("value=\"")
                .nth(1)
                .filter(|_| label.starts_with("<input"))
                .or_else(|| label.split("name=\"rank.").nth(1))?;
            let words = label.split("</label>").next()?.rsplit('>').next()?.trim();
            Some((words.to_owned(), number.split('"').next()?.to_owned()))
        })
        .collect()
}

fn choice(client: &mut Client, topic: &str, words: &str) -> String {
    choices(client, topic)
        .into_iter()
        .find(|(known, _)| known == words)
        .map(|(_, number)| number)
        .unwrap_or_else(|| panic!("no choice {words}"))
}

fn vote(client: &mut Client, topic: &str, poll: i64, words: &str) {
    let number = choice(client, topic, words);
    client
        .submit(&format!("/polls/{poll}/vote"), &[("choice", &number)])
        .sees("Your vote counts.");
}

fn open(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Outing", "Where to?");
    let poll = ask(
        &mut nia,
        &topic,
        &[
            ("question", "Where shall we go?"),
            ("choices", "To the lake\nTo the sea\n\nTo the lake"),
        ],
    );
    assert_eq!(choices(&mut nia, &topic).len(), 2, "each choice once");
    let mut pia = town.sign_in("pia");
    // Nobody's choice is swayed by how it stands.
    pia.visit(&topic).sees("when you have voted").sees_not("has voted");
    pia.get(&format!("/polls/{poll}/votes")).is(404);
    vote(&mut nia, &topic, poll, "To the lake");
    vote(&mut pia, &topic, poll, "To the sea");
    pia.visit(&topic).sees("one vote, 50 %").sees("2 people have voted");
    pia.visit(&format!("/polls/{poll}/votes")).sees("Nia").sees("Pia");
    // A vote can be changed, and counts once.
    vote(&mut pia, &topic, poll, "To the lake");
    pia.visit(&topic).sees("2 votes, 100 %").sees("2 people have voted");
    // Two choices, or none, are no vote; what is wrong is said at the poll.
    let (action, mut fields) = pia.form(&format!("/polls/{poll}/vote"));
    fields.retain(|(name, _)| name == "token");
    pia.post(&action, &fields).is(422).sees("Where shall we go?");
    let both: Vec<(String, String)> = choices(&mut nia, &topic)
        .into_iter()
        .map(|(_, number)| ("choice".to_owned(), number))
        .collect();
    pia.visit(&topic);
    let token = pia.form(&format!("/polls/{poll}/vote")).1.remove(0);
    pia.post(&action, &[vec![token], both].concat()).is(422);
    // Its day comes by itself: the result is everybody's, and no vote is taken.
    let other = ask(
        &mut nia,
        &topic,
        &[
            ("question", "When?"),
            ("choices", "Soon\nLater"),
            ("ends", &town.app.clock.now().plus_days(3).timestamp().to_string()[..10]),
        ],
    );
    let soon = choice(&mut nia, &topic, "Soon");
    let (action, mut fields) = nia.form(&format!("/polls/{other}/vote"));
    fields.push(("choice".to_owned(), soon));
    let now = town.app.clock.now();
    town.app.clock.set(now.plus_days(5));
    nia.post(&action, &fields).is(403).sees("This poll is over.");
    town.sign_in("oda")
        .visit(&topic)
        .sees("Nobody has voted yet")
        .sees("over");
    crate::running_support::sound(town);
}

fn secret(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Boss", "Honestly.");
    let poll = ask(
        &mut nia,
        &topic,
        &[
            ("question", "Does the boss cook well?"),
            ("choices", "Yes\nNo"),
            ("secret", "yes"),
        ],
    );
    let mut pia = town.sign_in("pia");
    vote(&mut pia, &topic, poll, "No");
    pia.visit(&topic)
        .sees("one vote, 100 %")
        .sees("You have voted.")
        .sees_not("Who chose what");
    // Final, and nobody's: not on a page, and not in the rows.
    assert_eq!(pia.count(&format!("form[action='/polls/{poll}/vote']")), 0);
    let mut ada = town.sign_in("ada");
    ada.get(&format!("/polls/{poll}/votes")).is(404);
    let told: i64 = {
        use diesel::prelude::*;
        #[derive(diesel::QueryableByName)]
        struct Row {
            #[diesel(sql_type = diesel::sql_types::BigInt)]
            n: i64,
        }
        let sql = "SELECT COUNT(*) AS n FROM poll_ballots WHERE account_id IS NOT NULL";
        let url = &town.app.config.database.url;
        let rows: Vec<Row> = match town.kind {
            crate::support::database::Kind::Sqlite => {
                let mut conn = SqliteConnection::establish(url.trim_start_matches("sqlite:")).expect("the file");
                diesel::sql_query(sql).load(&mut conn).expect("counted")
            }
            crate::support::database::Kind::Postgres => {
                let mut conn = PgConnection::establish(url).expect("the cluster");
                diesel::sql_query(sql).load(&mut conn).expect("counted")
            }
        };
        rows[0].n
    };
    assert_eq!(told, 0);
    // A second vote is none.
    nia.visit(&topic);
    let number = choice(&mut nia, &topic, "Yes");
    nia.visit(&topic);
    let (action, mut fields) = nia.form(&format!("/polls/{poll}/vote"));
    fields.push(("choice".to_owned(), number));
    nia.post(&action, &fields).follow();
    nia.post(&action, &fields).is(403).sees("cannot be changed");
    nia.visit(&topic).sees("2 people have voted");
    // Whoever is silenced reads, and does not vote.
    crate::running_support::sound(town);
}

fn ranked(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Colour", "Of the wall.");
    let poll = ask(
        &mut nia,
        &topic,
        &[
            ("question", "Which colour?"),
            ("choices", "Red\nGreen\nBlue"),
            ("kind", "ranked"),
        ],
    );
    let ballots: [(&str, &[&str]); 5] = [
        ("nia", &["Red"]),
        ("pia", &["Red", "Blue"]),
        ("mo", &["Green", "Blue"]),
        ("ada", &["Green", "Red"]),
        ("vic", &["Blue", "Green"]),
    ];
    for (who, order) in ballots {
        let Some(_) = town.people.get(who) else { continue };
        let mut client = town.sign_in(who);
        let known = choices(&mut client, &topic);
        if known.is_empty() {
            continue;
        }
        let named: Vec<(String, String)> = order
            .iter()
            .enumerate()
            .map(|(place, words)| {
                let number = &known.iter().find(|(known, _)| known == words).expect("a choice").1;
                (format!("rank.{number}"), (place + 1).to_string())
            })
            .collect();
        let fields: Vec<(&str, &str)> = named
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        client
            .submit(&format!("/polls/{poll}/vote"), &fields)
            .sees("Your vote counts.");
    }
    // Two for red, two for green; nobody has more than half, and both are level at the end.
    nia.visit(&topic)
        .sees("Which colour?")
        .sees("4 people have voted")
        .sees("first");
    // The same rank twice is said.
    let known = choices(&mut nia, &topic);
    let twice: Vec<(String, String)> = known
        .iter()
        .take(2)
        .map(|(_, number)| (format!("rank.{number}"), "1".to_owned()))
        .collect();
    let fields: Vec<(&str, &str)> = twice
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    nia.submit(&format!("/polls/{poll}/vote"), &fields)
        .is(422)
        .sees("Give each rank once.");
    assert_eq!(
        nia.count(".poll option[value='1'][selected]"),
        2,
        "what was chosen is kept"
    );
}

fn wrong(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Menu", "For Friday.");
    let form = format!("/topics/{}/poll", number(&topic));
    nia.visit(&form)
        .submit(&form, &[("question", "?"), ("choices", "Soup"), ("ends", "1999-01-01")])
        .is(422)
        .sees("3 to 200 characters")
        .sees("2 to 20 different choices")
        .sees("from today on");
    assert!(nia.body.contains("Soup"), "what was typed is kept");
    // In another's topic one asks nothing.
    town.sign_in("pia").get(&form).is(403);
    // No road around what holds a post back.
    let holding = format!("/spaces/{}/holding", town.spaces["Kitchen"]);
    let mut ada = town.sign_in("ada");
    ada.visit(&holding)
        .submit("/phrases", &[("phrase", "garlic"), ("act", "hold")])
        .submit("/phrases", &[("do", "add")])
        .sees("Saved");
    nia.visit(&form)
        .submit(&form, &[("question", "What with garlic?"), ("choices", "Bread\nSoup")])
        .is(422)
        .sees("a poll cannot wait");
}

fn moderated(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Music", "While cooking.");
    let poll = ask(
        &mut nia,
        &topic,
        &[("question", "Which music?"), ("choices", "Loud\nNone")],
    );
    vote(&mut nia, &topic, poll, "Loud");
    // Its maker ends it, and takes away what nobody has voted in.
    let (action, fields) = (format!("/polls/{poll}/remove"), {
        let mut fields = nia.form(&format!("/polls/{poll}/vote")).1;
        fields.retain(|(name, _)| name == "token");
        fields
    });
    nia.post(&action, &fields).is(403).sees("People have voted");
    let mut mo = town.sign_in("mo");
    mo.visit(&topic).submit(&action, &[]).is(200);
    nia.visit(&topic).sees_not("Which music?");
    nia.get(&format!("/polls/{poll}/votes")).is(404);
    mo.visit(&format!("/spaces/{}/log", town.spaces["Kitchen"]))
        .sees("Poll taken away");
    // Undone, it is there with its votes.
    mo.visit("/queue");
    let undo = mo.form("/undo").0;
    mo.submit(&undo, &[]).sees("Undone");
    nia.visit(&topic).sees("Which music?").sees("one vote, 100 %");
    nia.submit(&format!("/polls/{poll}/end"), &[]).is(200);
    nia.visit(&topic).sees("over");
    // What stands in the way is said: somebody silenced votes by no road.
    let mut pia = town.sign_in("pia");
    let post = reply(&mut pia, &topic, "You are all fools.");
    super::moderation::flag(town, "nia", post, "unkind");
    mo.visit("/queue");
    let review = super::moderation::first(&mut mo);
    decide(
        &mut mo,
        &review,
        &[
            ("decision", "remove"),
            ("reason", "Not like this."),
            ("sanction", "silence-3"),
        ],
    );
    let next = ask(&mut nia, &topic, &[("question", "And now?"), ("choices", "Loud\nNone")]);
    pia = town.sign_in("pia");
    pia.visit(&topic).sees("And now?");
    assert_eq!(pia.count(&format!("form[action='/polls/{next}/vote']")), 0);
    crate::running_support::sound(town);
}
