//! Following: who is told of what, at which level, what joins into one line, and what nobody is told.

use super::a_topic::{posts, reply, start};
use crate::Story;
use crate::support::client::Client;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("following::one_is_told_at_the_level_one_chose", levels),
        ("following::the_most_particular_word_counts", particular),
        ("following::what_says_the_same_is_one_line", grouped),
        ("following::a_tag_tells_of_its_topics", tagged),
        ("following::what_is_gone_is_told_to_nobody", gone),
        ("following::one_page_shows_all_i_follow", page),
    ]
}

fn follow(client: &mut Client, what: &str, level: &str) {
    let path = format!("/{what}/follow");
    client.visit(&path).is(200);
    client.submit(&path, &[("level", level)]).is(200);
}

/// How many lines of somebody's inbox contain these words.
fn told(town: &Town, who: &str, words: &str) -> usize {
    town.settle();
    let mut client = town.sign_in(who);
    client.visit("/for-you");
    client.text().matches(words).count()
}

fn number(path: &str) -> String {
    path.split(['/', '-']).nth(2).expect("a number").to_owned()
}

fn levels(town: &Town) {
    let kitchen = town.spaces["Kitchen"];
    let mut oda = town.sign_in("oda");
    let mut pia = town.sign_in("pia");
    follow(&mut oda, &format!("spaces/{kitchen}"), "first");
    follow(&mut pia, &format!("spaces/{kitchen}"), "every");
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "question", "Leeks", "White or green?");
    assert_eq!(told(town, "oda", "Nia began “Leeks” in Kitchen"), 1);
    assert_eq!(told(town, "pia", "Nia began “Leeks” in Kitchen"), 1);
    assert_eq!(told(town, "nia", "began"), 0, "nobody is told of what they did");
    let mut mo = town.sign_in("mo");
    let answer = reply(&mut mo, &topic, "White.");
    assert_eq!(told(town, "oda", "wrote in “Leeks”"), 0, "new topics alone");
    assert_eq!(told(town, "pia", "Mo wrote in “Leeks”"), 1);
    // Who began it follows it, and an answer to oneself is an answer.
    assert_eq!(told(town, "nia", "Mo replied to you in “Leeks”"), 1);
    assert_eq!(told(town, "nia", "wrote in “Leeks”"), 0);
    // Whoever wrote in it hears of answers to them, and of no others.
    let second = reply(&mut pia, &topic, "Green.");
    assert_eq!(told(town, "mo", "Leeks"), 0);
    follow(&mut oda, &format!("topics/{}", number(&topic)), "solved");
    nia.visit(&topic)
        .submit(&format!("/posts/{answer}/answer"), &[])
        .is(200);
    assert_eq!(told(town, "oda", "Solved: “Leeks”"), 1);
    assert_eq!(told(town, "mo", "marked your reply as the answer"), 1);
    assert_eq!(told(town, "pia", "Solved: “Leeks”"), 1);
    assert_eq!(told(town, "nia", "Solved"), 0, "who marked it knows");
    // Thanks, grouped by post.
    for who in ["nia", "mo"] {
        let mut client = town.sign_in(who);
        client
            .visit(&topic)
            .submit(&format!("/posts/{second}/thank"), &[])
            .is(200);
    }
    assert_eq!(
        told(town, "pia", "2 people thanked you for a post in “Leeks”, Mo last"),
        1
    );
}

fn particular(town: &Town) {
    let (kitchen, soup) = (town.spaces["Kitchen"], town.boards["Kitchen"]);
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Salt", "How much?");
    let mut pia = town.sign_in("pia");
    let branch = reply(&mut pia, &topic, "Much.");
    town.settle();
    let mut oda = town.sign_in("oda");
    // Every post of the space, none of the board, every post of the topic, none of one branch.
    follow(&mut oda, &format!("spaces/{kitchen}"), "every");
    let mut mo = town.sign_in("mo");
    reply(&mut mo, &topic, "Little.");
    assert_eq!(told(town, "oda", "Mo wrote in “Salt”"), 1);
    follow(&mut oda, &format!("boards/{soup}"), "muted");
    let before = told(town, "oda", "Salt");
    reply(&mut mo, &topic, "Very little.");
    assert_eq!(told(town, "oda", "Salt"), before);
    oda.visit("/for-you").submit("/looked", &[]);
    follow(&mut oda, &format!("topics/{}", number(&topic)), "every");
    reply(&mut mo, &topic, "Hardly any.");
    assert_eq!(told(town, "oda", "Mo wrote in “Salt”"), 2);
    follow(&mut oda, &format!("posts/{branch}"), "muted");
    let below = format!("/posts/{branch}/reply");
    mo.visit(&below)
        .submit(&below, &[("body", "Too much."), ("do", "post")])
        .is(200);
    let deeper = *posts(&mo).iter().max().expect("a post");
    let deeper = format!("/posts/{deeper}/reply");
    nia.visit(&deeper)
        .submit(&deeper, &[("body", "Far too much."), ("do", "post")])
        .is(200);
    assert_eq!(told(town, "oda", "Nia"), 0, "a muted branch with all below it");
    // Muted is muted, whoever answers or names me.
    follow(&mut pia, &format!("topics/{}", number(&topic)), "muted");
    reply(&mut mo, &topic, "What does @pia think?");
    mo.visit(&below)
        .submit(&below, &[("body", "Well, @pia?"), ("do", "post")])
        .is(200);
    assert_eq!(told(town, "pia", "What does"), 0);
    assert_eq!(told(town, "pia", "“Salt”"), 1, "the reply before it was muted");
    // Unsaid again, answers are answers.
    follow(&mut pia, &format!("topics/{}", number(&topic)), "");
    mo.visit(&below)
        .submit(&below, &[("body", "Pia?"), ("do", "post")])
        .is(200);
    assert_eq!(told(town, "pia", "2 new replies to your post in “Salt”"), 1);
}

fn grouped(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Rice", "How long?");
    let mut mo = town.sign_in("mo");
    for words in ["Ten.", "Eleven.", "Twelve."] {
        reply(&mut mo, &topic, words);
    }
    assert_eq!(
        told(town, "nia", "3 new replies to your post in “Rice”, the last by Mo"),
        1
    );
    // Told again of the same event, nothing is counted twice.
    town.settle();
    assert_eq!(told(town, "nia", "3 new replies"), 1);
    // Once seen, what comes is new.
    let mut again = town.sign_in("nia");
    again.visit("/for-you").submit("/looked", &[]);
    reply(&mut mo, &topic, "Thirteen.");
    assert_eq!(told(town, "nia", "Mo replied to you in “Rice”"), 1);
    assert_eq!(told(town, "nia", "3 new replies"), 1);
    // The same post that answers and names somebody is one line.
    again.visit("/for-you").submit("/looked", &[]);
    reply(&mut mo, &topic, "@nia, fourteen.");
    assert_eq!(told(town, "nia", "mentioned you"), 0);
    assert_eq!(told(town, "nia", "Mo replied to you in “Rice”"), 2);
}

fn tagged(town: &Town) {
    let mut nia = town.sign_in("nia");
    let started = |title: &str| {
        let mut pia = town.sign_in("pia");
        let topic = start(&mut pia, town, "Kitchen", "discussion", title, "About it.");
        (pia, topic)
    };
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Heat pumps", "About them.");
    let edit = format!("/topics/{}/edit", number(&topic));
    nia.visit(&edit).submit(&edit, &[("tags", "pumps")]).is(200);
    let mut oda = town.sign_in("oda");
    oda.visit(&format!("/spaces/{}/tags", town.spaces["Kitchen"]));
    let tag = oda
        .links()
        .into_iter()
        .find(|link| link.starts_with("/tags/"))
        .expect("a tag");
    oda.visit(&tag).submit(&tag, &[("level", "every")]).is(200);
    // What carries it is told of, and nothing else.
    let mut mo = town.sign_in("mo");
    reply(&mut mo, &topic, "Ours hums.");
    assert_eq!(told(town, "oda", "Mo wrote in “Heat pumps”"), 1);
    let (mut pia, other) = started("Leeks");
    reply(&mut mo, &other, "White.");
    assert_eq!(told(town, "oda", "Leeks"), 0);
    let edit = format!("/topics/{}/edit", number(&other));
    pia.visit(&edit).submit(&edit, &[("tags", "pumps, leeks")]).is(200);
    reply(&mut mo, &other, "Or green.");
    assert_eq!(told(town, "oda", "Leeks"), 1);
    // A tag of a space that one does not read has no page, and tells no name.
    let mut gus = town.sign_in("gus");
    gus.visit(&tag).is(404).sees_not("pumps").sees_not("Kitchen");
}

fn gone(town: &Town) {
    let cellar = town.spaces["Cellar"];
    let mut ada = town.sign_in("ada");
    follow(&mut ada, &format!("spaces/{cellar}"), "every");
    // Nobody follows what they do not see, and it looks absent.
    let mut nia = town.sign_in("nia");
    nia.visit(&format!("/spaces/{cellar}/follow")).is(404);
    let (_, token) = nia.visit("/").form("/sign-out");
    let mut fields: Vec<(String, String)> = token;
    fields.push(("level".to_owned(), "every".to_owned()));
    nia.post(&format!("/spaces/{cellar}/follow"), &fields).is(404);
    // Removed before anybody was told.
    let mut pia = town.sign_in("pia");
    let topic = start(&mut pia, town, "Cellar", "discussion", "Barrel", "Which one?");
    let post = reply(&mut pia, &topic, "The left one.");
    let remove = format!("/posts/{post}/remove");
    pia.visit(&remove).submit(&remove, &[]).is(200);
    assert_eq!(told(town, "ada", "wrote in “Barrel”"), 0);
    assert_eq!(told(town, "ada", "began “Barrel”"), 1);
    // Followed, and then no longer one of those who read it.
    let kitchen_topic = start(&mut pia, town, "Kitchen", "discussion", "Jars", "How many?");
    let mut mo = town.sign_in("mo");
    follow(&mut nia, &format!("topics/{}", number(&kitchen_topic)), "every");
    reply(&mut mo, &kitchen_topic, "Ten jars.");
    let target = town.boards["Cellar"];
    let path = format!("/topics/{}/move?to={target}", number(&kitchen_topic));
    ada.visit(&path).submit("/move", &[]).is(200);
    assert_eq!(told(town, "nia", "Jars"), 0);
    nia.visit("/follows").sees_not("Jars");
    // A stop needs no sight of it.
    let mut stop: Vec<(String, String)> = nia
        .visit("/")
        .form("/sign-out")
        .1
        .into_iter()
        .filter(|(name, _)| name == "token")
        .collect();
    stop.push(("level".to_owned(), String::new()));
    nia.post(&format!("/topics/{}/follow", number(&kitchen_topic)), &stop)
        .is(303);
}

fn page(town: &Town) {
    let mut nia = town.sign_in("nia");
    nia.visit("/follows").sees("Nothing yet");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Leeks", "White or green?");
    nia.visit(&topic).sees("Follow: every post");
    let mut pia = town.sign_in("pia");
    reply(&mut pia, &topic, "White.");
    pia.visit("/follows").sees("Leeks").sees("you wrote in it");
    nia.visit("/follows").sees("Leeks").sees("you began it");
    // Changed in place.
    nia.submit("/follow", &[("level", "muted")])
        .sees("You are told of it as you chose");
    nia.sees("you chose it");
    nia.visit(&topic).sees("Follow: nothing at all");
    // What one chose stays, whatever one writes.
    reply(&mut nia, &topic, "Both.");
    nia.visit(&topic).sees("Follow: nothing at all");
    nia.visit("/follows")
        .submit("/follow", &[("level", "")])
        .sees("Nothing yet");
    // Levels that make no sense for a thing are none.
    let (_, mut fields) = nia.visit(&format!("/topics/{}/follow", number(&topic))).form("/follow");
    fields.retain(|(name, _)| name == "token");
    fields.push(("level".to_owned(), "first".to_owned()));
    nia.post(&format!("/topics/{}/follow", number(&topic)), &fields).is(404);
}
