//! Drafts: what one began to write waits on every device, for its author alone, until it is posted.

use super::a_topic::{reply, start};
use crate::Story;
use crate::support::client::Client;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("drafts::a_reply_waits_on_another_device", replied),
        ("drafts::a_topic_waits_with_title_and_tags", begun),
        ("drafts::what_was_posted_is_no_draft", posted),
        ("drafts::nobody_else_sees_them", private),
        ("drafts::what_went_out_of_sight_tells_no_title", out_of_sight),
        ("drafts::too_much_is_refused_and_kept_in_the_form", too_much),
    ]
}

fn leeks(town: &Town) -> (Client, String, i64) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Leeks", "White or green?");
    let first = first_post(&nia);
    (nia, topic, first)
}

/// The post that the reply form of the topic's page answers.
fn first_post(client: &Client) -> i64 {
    let form = client.body.split("class=\"panel stack reply\"").nth(1);
    let action = form.and_then(|form| form.split("action=\"/posts/").nth(1));
    let number = action.and_then(|rest| rest.split('/').next());
    number.and_then(|number| number.parse().ok()).expect("a reply form")
}

fn keep(client: &mut Client, post: i64, words: &str) {
    let path = format!("/posts/{post}/reply");
    client
        .visit(&path)
        .submit(&path, &[("body", words), ("do", "draft")])
        .is(200);
}

fn replied(town: &Town) {
    let (_, topic, first) = leeks(town);
    let mut mo = town.sign_in("mo");
    keep(&mut mo, first, "Half a thought");
    // Elsewhere it is in the topic's own form, in the form of its own, and on the page of drafts.
    let mut phone = town.sign_in("mo");
    phone.visit(&topic).sees("Half a thought");
    assert!(phone.body.contains("data-draft=\"kept\""), "{}", phone.body);
    let path = format!("/posts/{first}/reply");
    phone.visit(&path).sees("Half a thought");
    phone
        .visit(&format!("{path}?quote=1"))
        .sees("Half a thought")
        .sees("> White or green?");
    phone.visit("/drafts").sees("Reply in Leeks").sees("Half a thought");
    keep(&mut phone, first, "A whole thought");
    mo.visit("/drafts").sees("A whole thought").sees_not("Half a thought");
    // A script that keeps while one types gets no page and leaves no message.
    let (_, mut fields) = mo.visit(&path).form(&path);
    fields.retain(|(name, _)| name != "body" && name != "do");
    fields.push(("body".to_owned(), "A better thought".to_owned()));
    fields.push(("do".to_owned(), "keep".to_owned()));
    mo.post(&path, &fields).is(204);
    mo.visit(&topic).sees("A better thought").sees_not("Kept. It waits");
    // Emptied or thrown away, it is gone.
    keep(&mut mo, first, "  ");
    mo.visit("/drafts").sees("Nothing waits");
    keep(&mut mo, first, "Never mind");
    mo.visit("/drafts")
        .submit(&format!("/posts/{first}/draft/remove"), &[])
        .is(200)
        .sees("Nothing waits");
}

fn begun(town: &Town) {
    let soup = town.boards["Kitchen"];
    let (form, path) = (format!("/boards/{soup}/topics/new"), format!("/boards/{soup}/topics"));
    let mut nia = town.sign_in("nia");
    let sent = [
        ("kind", "question"),
        ("title", "Which pan"),
        ("tags", "pans"),
        ("body", "Iron or steel?"),
        ("do", "draft"),
    ];
    nia.visit(&form).submit(&path, &sent).is(200);
    nia.visit("/").sees_not("Which pan");
    nia.visit(&form).sees("Iron or steel?");
    for value in ["value=\"Which pan\"", "value=\"pans\"", "value=\"question\" checked"] {
        assert!(nia.body.contains(value), "{value}: {}", nia.body);
    }
    nia.visit("/drafts").sees("Which pan");
    nia.visit(&form).submit(&path, &[("do", "post")]).is(200);
    nia.visit("/drafts").sees("Nothing waits");
    nia.visit(&form);
    assert!(!nia.body.contains("Which pan"), "{}", nia.body);
}

fn posted(town: &Town) {
    let (_, topic, first) = leeks(town);
    let mut mo = town.sign_in("mo");
    keep(&mut mo, first, "Green");
    let path = format!("/posts/{first}/reply");
    let (_, mut late) = mo.visit(&path).form(&path);
    mo.submit(&path, &[("body", "Green, of course"), ("do", "post")])
        .is(200);
    mo.visit("/drafts").sees("Nothing waits");
    // What a script sent before, and what arrives after, is no draft any more.
    late.retain(|(name, _)| name != "body" && name != "do");
    late.push(("body".to_owned(), "Green, of co".to_owned()));
    late.push(("do".to_owned(), "keep".to_owned()));
    mo.post(&path, &late).is(204);
    mo.visit("/drafts").sees("Nothing waits");
    mo.visit(&topic).sees("Green, of course");
    assert!(mo.body.contains("data-draft=\"\""), "{}", mo.body);
    // A refused post leaves the draft where it is.
    keep(&mut mo, first, "And white");
    mo.visit(&path).submit(&path, &[("body", " "), ("do", "post")]).is(422);
    mo.visit("/drafts").sees("And white");
}

fn private(town: &Town) {
    let (mut nia, topic, first) = leeks(town);
    let mut mo = town.sign_in("mo");
    keep(&mut mo, first, "Half a thought");
    town.settle();
    nia.visit(&topic)
        .sees_not("Half a thought")
        .sees("Nobody has answered yet");
    nia.visit("/drafts").sees("Nothing waits");
    nia.visit("/search?q=thought").sees_not("Half a thought");
    let mut ada = town.sign_in("ada");
    ada.visit(&topic).sees_not("Half a thought");
    // Where one no longer reads, nothing is said, and nothing can be kept.
    let mut pia = town.sign_in("pia");
    let hidden = start(&mut pia, town, "Cellar", "discussion", "Barrel", "Which one?");
    let below = reply(&mut pia, &hidden, "The left one.");
    nia.visit("/");
    let (_, mut own) = nia.form("/sign-out");
    own.push(("body".to_owned(), "Let me in".to_owned()));
    own.push(("do".to_owned(), "keep".to_owned()));
    nia.post(&format!("/posts/{below}/reply"), &own).is(404);
    nia.post(&format!("/boards/{}/topics", town.boards["Cellar"]), &own)
        .is(404);
}

fn too_much(town: &Town) {
    let (_, _, first) = leeks(town);
    let mut mo = town.sign_in("mo");
    let words = "leek ".repeat(town.app.config.limits.post_bytes / 5 + 1);
    let path = format!("/posts/{first}/reply");
    mo.visit(&path)
        .submit(&path, &[("body", &words), ("do", "draft")])
        .is(422)
        .sees("leek leek");
    mo.visit("/drafts").sees("Nothing waits");
}

fn out_of_sight(town: &Town) {
    let (_, topic, first) = leeks(town);
    let mut oda = town.sign_in("oda");
    oda.visit(&format!("/spaces/{}", town.spaces["Kitchen"]))
        .submit("/join", &[])
        .is(200);
    keep(&mut oda, first, "Half a thought");
    oda.visit("/drafts").sees("Leeks").sees("Half a thought");
    // Moved where she does not read, and called otherwise there.
    let number = topic.split(['/', '-']).nth(2).expect("a number");
    let mut ada = town.sign_in("ada");
    let to = format!("/topics/{number}/move?to={}", town.boards["Cellar"]);
    ada.visit(&to).submit("/move", &[]).is(200);
    let edit = format!("/topics/{number}/edit");
    ada.visit(&edit).submit(&edit, &[("title", "Secret barrel")]).is(200);
    oda.visit("/drafts")
        .sees_not("Secret barrel")
        .sees_not("Half a thought");
    // Back again, so is the draft; taken away, its title goes with it.
    let back = format!("/topics/{number}/move?to={}", town.boards["Kitchen"]);
    ada.visit(&back).submit("/move", &[]).is(200);
    oda.visit("/drafts").sees("Secret barrel").sees("Half a thought");
    let remove = format!("/posts/{first}/remove");
    ada.visit(&remove).submit(&remove, &[("reason", "No.")]).is(200);
    oda.visit("/drafts").sees_not("Secret barrel");
    for page in ["follow", "bookmark"] {
        oda.visit(&format!("/posts/{first}/{page}"))
            .is(404)
            .sees_not("Secret barrel");
    }
    oda.visit(&format!("/topics/{number}/follow")).is(404);
}
