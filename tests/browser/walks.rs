//! What script adds, and that nothing needs it.

use crate::driver::{Browser, Look};
use crate::support::client::Client;
use crate::support::world::Town;
use crate::{Need, Walk};

pub(crate) fn walks() -> Vec<Walk> {
    vec![
        ("walks::one_asks_and_answers", &[Need::Chromium], ask_and_answer),
        ("walks::keys_lead_to_what_is_new", &[Need::Chromium], keys),
        ("walks::keys_of_the_queue", &[Need::Chromium], queue_keys),
        ("walks::tab_reaches_everything", &[Need::Chromium], by_tab),
        ("walks::a_draft_survives_a_closed_tab", &[Need::Chromium], draft),
        ("walks::a_draft_waits_on_another_device", &[Need::Chromium], elsewhere),
        (
            "walks::a_draft_stays_with_whoever_wrote_it",
            &[Need::Chromium],
            shared_browser,
        ),
        (
            "walks::what_is_open_stays_open_when_a_reply_arrives",
            &[Need::Chromium],
            live_and_open,
        ),
        (
            "walks::a_picture_and_a_name_are_brought_by_hand",
            &[Need::Chromium],
            by_hand,
        ),
        ("walks::a_title_shows_what_there_is", &[Need::Chromium], alike),
        ("walks::a_reply_arrives_without_reload", &[Need::Chromium], live),
        ("walks::nothing_needs_script", &[Need::Chromium], scriptless),
    ]
}

fn base(town: &Town) -> String {
    format!("http://{}", town.address())
}

/// A topic by Nia with two replies; returns its address.
pub(crate) fn topic(town: &Town) -> String {
    let mut nia: Client = town.sign_in("nia");
    let board = town.boards["Kitchen"];
    nia.visit(&format!("/boards/{board}/topics/new")).submit(
        "/topics",
        &[
            ("kind", "question"),
            ("title", "Why does the soup boil over?"),
            (
                "body",
                "It does so **every day**.\n\n```rust\nfn main() {}\n```\n\n| a | b |\n| - | - |\n| 1 | 2 |",
            ),
            ("tags", "soup"),
            ("do", "post"),
        ],
    );
    let path = nia.path.clone();
    for body in ["A spoon helps.", "> A spoon helps.\n\nWooden or steel?"] {
        nia.visit(&path)
            .submit("/reply", &[("body", body), ("do", "post")])
            .is(200);
    }
    format!("{}{path}", base(town))
}

fn ask_and_answer(town: &Town) {
    let browser = Browser::open(Look::default());
    browser.sign_in(&base(town), "pia");
    browser.go(&topic(town));
    browser.kind(".reply textarea", "Less heat, more patience.");
    // Two quick presses make one post.
    browser.run(
        "const b = document.querySelector('.reply button[value=post]'); b.click(); b.click();",
        vec![],
    );
    browser.until("the reply stands in the thread", |browser| {
        browser.shows(".thread", "Less heat, more patience.")
    });
    browser.go(&format!("{}/mine", base(town)));
    browser.click("a.title");
    browser.until("the topic opens", |browser| browser.shows(".thread", "Less heat"));
    let body = browser.text(".thread");
    assert_eq!(body.matches("Less heat, more patience.").count(), 1, "{body}");
}

fn keys(town: &Town) {
    let url = topic(town);
    let browser = Browser::open(Look::default());
    browser.sign_in(&base(town), "pia");
    browser.go(&url);
    let new = browser.run("return document.querySelectorAll('.post .new').length", vec![]);
    assert_eq!(new, 3);
    browser.kind("body", "n");
    let first = browser.run("return document.activeElement.id", vec![]);
    assert!(first.as_str().is_some_and(|id| id.starts_with("post-")), "{first}");
    browser.kind("body", "/");
    assert_eq!(browser.run("return document.activeElement.name", vec![]), "q");
    // All of them are shown by ?, and go away by it; j goes on from post to post, and r replies to it.
    browser.go(&url);
    browser.kind("body", "?");
    browser.until("the keys are shown", |browser| {
        browser.shows("dialog.keys", "next post that is new")
    });
    browser.kind("body", "?");
    browser.until("they are gone", |browser| {
        browser.run("return document.querySelectorAll('dialog.keys').length", vec![]) == 0
    });
    browser.kind("body", "jj");
    let second = browser.run("return document.activeElement.id", vec![]);
    assert!(
        second
            .as_str()
            .is_some_and(|id| id.starts_with("post-") && Some(id) != first.as_str()),
        "{second}"
    );
    browser.kind("body", "r");
    browser.until("the page of a reply", |browser| browser.url().ends_with("/reply"));
    browser.go(&url);
    browser.kind("body", "gl");
    browser.until("the latest", |browser| browser.url().ends_with("/latest"));
}

/// Everything that can be pressed or filled in is reached by Tab alone, and Tab leads out of it again.
fn by_tab(town: &Town) {
    let url = topic(town);
    let reported = town.sign_in("oda").visit(url.trim_start_matches(&base(town))).links();
    let report = reported.into_iter().find(|link| link.ends_with("/report"));
    let report = report.expect("a post that can be reported");
    town.sign_in("oda")
        .visit(&report)
        .submit(&report, &[("why", "unkind"), ("words", "")])
        .is(200);
    town.settle();
    let browser = Browser::open(Look::default());
    browser.sign_in(&base(town), "mo");
    let board = format!("{}/boards/{}/topics/new", base(town), town.boards["Kitchen"]);
    let mut pages = vec![url, board];
    for path in [
        "/latest",
        "/search?q=soup",
        "/for-you",
        "/queue",
        "/settings",
        "/settings/letters",
        "/keys",
    ] {
        pages.push(format!("{}{path}", base(town)));
    }
    for page in pages {
        browser.go(&page);
        // Of several choices of one kind, Tab reaches the group.
        let all = browser.run(
            "document.querySelectorAll('details').forEach(d => d.open = true); \
             const groups = new Set(); window.left = new Set(); \
             for (const e of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')) { \
               if (!e.checkVisibility() || e.disabled || e.tabIndex < 0) continue; \
               if (e.type === 'radio') { \
                 const group = e.name + '/' + (e.form ? [...document.forms].indexOf(e.form) : ''); \
                 if (groups.has(group)) continue; groups.add(group); \
                 window.left.add(document.querySelector(`input[type=radio][name=\"${e.name}\"]:checked`) || e); \
               } else window.left.add(e); \
             } \
             return window.left.size",
            vec![],
        );
        let all = all.as_u64().expect("a number");
        assert!(all > 5, "{page} has {all} things to press");
        for _ in 0..all + 20 {
            browser.tab();
            let left = browser.run(
                "window.left.delete(document.activeElement); return window.left.size",
                vec![],
            );
            if left == 0 {
                break;
            }
        }
        let left = browser.run("return [...window.left].map(e => e.outerHTML.slice(0, 120))", vec![]);
        assert_eq!(left, serde_json::json!([]), "{page}");
    }
}

/// What the moderators' keys do, in the queue and on the page of a review.
fn queue_keys(town: &Town) {
    let url = topic(town);
    let mut nia = town.sign_in("nia");
    nia.visit(url.trim_start_matches(&base(town)));
    let post = nia
        .body
        .rsplit("id=\"post-")
        .next()
        .and_then(|rest| rest.split('"').next())
        .expect("a post")
        .to_owned();
    let report = format!("/posts/{post}/report");
    town.sign_in("pia")
        .visit(&report)
        .submit(&report, &[("why", "unkind"), ("words", "")])
        .is(200);
    let browser = Browser::open(Look::default());
    browser.sign_in(&base(town), "mo");
    browser.go(&format!("{}/queue", base(town)));
    browser.kind("body", "?");
    assert_eq!(
        browser.run("return document.querySelector('details.keys').open", vec![]),
        true
    );
    browser.kind("body", "ja");
    browser.until("it is decided", |browser| browser.shows("main", "You decided last"));
    browser.kind("body", "z");
    browser.until("it is undone", |browser| browser.shows("body", "Undone"));
    // The page of the review it came back as has the same keys.
    browser.go(&format!("{}/queue", base(town)));
    browser.kind("body", "j");
    browser.run(
        "document.querySelector('.queue-item a[href^=\"/reviews/\"]').click()",
        vec![],
    );
    browser.until("the review", |browser| browser.url().contains("/reviews/"));
    browser.kind("body", "?");
    assert_eq!(
        browser.run("return document.querySelector('details.keys').open", vec![]),
        true
    );
}

fn draft(town: &Town) {
    let url = topic(town);
    let browser = Browser::open(Look::default());
    browser.sign_in(&base(town), "pia");
    browser.go(&url);
    browser.kind(".reply textarea", "Half a thought");
    browser.go(&base(town));
    browser.go(&url);
    assert_eq!(
        browser.run("return document.querySelector('.reply textarea').value", vec![]),
        "Half a thought"
    );
    browser.click(".reply button[value=post]");
    browser.until("the reply stands in the thread", |browser| {
        browser.shows(".thread", "Half a thought")
    });
    browser.go(&url);
    assert_eq!(
        browser.run("return document.querySelector('.reply textarea').value", vec![]),
        ""
    );
}

fn elsewhere(town: &Town) {
    let url = topic(town);
    let browser = Browser::open(Look::default());
    browser.sign_in(&base(town), "pia");
    browser.go(&url);
    browser.kind(".reply textarea", "Half a thought");
    browser.until("the forum has it", |browser| browser.shows(".reply", "Draft kept"));
    let phone = Browser::open(Look {
        width: 500,
        ..Look::default()
    });
    phone.sign_in(&base(town), "pia");
    let written = "return document.querySelector('.reply textarea').value";
    phone.go(&url);
    assert_eq!(phone.run(written, vec![]), "Half a thought");
    // What only one of them knows is added to what the forum knows.
    let action = "new URL(document.querySelector('.reply').action).pathname";
    phone.run(
        &format!(
            "localStorage.setItem('draft ' + document.documentElement.dataset.me + ' ' + {action}, 'Another half')"
        ),
        vec![],
    );
    phone.go(&base(town));
    phone.go(&url);
    assert_eq!(phone.run(written, vec![]), "Half a thought\n\nAnother half");
    phone.until("the forum has both", |phone| phone.shows(".reply", "Draft kept"));
    phone.click(".reply button[value=post]");
    phone.until("the reply stands in the thread", |browser| {
        browser.shows(".thread", "Half a thought")
    });
    phone.go(&format!("{}/drafts", base(town)));
    assert!(phone.shows("main", "Nothing waits"), "posted is no draft");
}

fn shared_browser(town: &Town) {
    let url = topic(town);
    let browser = Browser::open(Look::default());
    let written = "return document.querySelector('.reply textarea').value";
    let keys = "return Object.keys(localStorage).filter((key) => key.startsWith('draft')).length";
    // The forum is not reached, so that only this browser has the words.
    let alone = "window.fetch = () => Promise.reject(new Error('away'))";
    browser.sign_in(&base(town), "pia");
    browser.go(&url);
    browser.run(alone, vec![]);
    browser.kind(".reply textarea", "Between us");
    assert_eq!(browser.run(keys, vec![]), 1);
    // Somebody else's session in the same browser finds nothing, and takes nothing away.
    browser.forget_session();
    browser.sign_in(&base(town), "nia");
    browser.go(&url);
    assert_eq!(browser.run(written, vec![]), "");
    browser.forget_session();
    browser.sign_in(&base(town), "pia");
    browser.go(&url);
    assert_eq!(browser.run(written, vec![]), "Between us");
    // Signing out leaves nothing behind.
    browser.run(alone, vec![]);
    browser.run(
        "document.querySelector('form[action=\"/sign-out\"]').requestSubmit()",
        vec![],
    );
    browser.until("the door is shown", |browser| browser.url().contains("/sign-in"));
    assert_eq!(browser.run(keys, vec![]), 0);
}

fn live_and_open(town: &Town) {
    let url = topic(town);
    let path = url.trim_start_matches(&base(town)).to_owned();
    let browser = Browser::open(Look::default());
    browser.sign_in(&base(town), "nia");
    browser.go(&url);
    // One fold is opened by hand, and somebody has a button of the thread under their fingers.
    browser.run(
        "document.querySelector('#posts article details').open = true; \
         document.querySelector('#posts article summary').focus()",
        vec![],
    );
    let mut pia = town.sign_in("pia");
    pia.visit(&path)
        .submit("/reply", &[("body", "While you look."), ("do", "post")])
        .is(200);
    town.settle();
    browser.until("the inbox counts it", |browser| {
        browser.text("#inbox-count").contains('1')
    });
    assert!(!browser.shows(".thread", "While you look."));
    browser.run("document.activeElement.blur()", vec![]);
    browser.until("the reply arrives", |browser| {
        browser.shows(".thread", "While you look.")
    });
    assert_eq!(
        browser.run("return document.querySelector('#posts article details').open", vec![]),
        true
    );
}

fn by_hand(town: &Town) {
    let url = topic(town);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("pump.png");
    image::RgbImage::from_pixel(40, 30, image::Rgb([10, 100, 110]))
        .save(&file)
        .expect("a picture");
    let browser = Browser::open(Look::default());
    browser.sign_in(&base(town), "pia");
    browser.go(&url);
    let written = "return document.querySelector('.reply textarea').value";
    // A name is offered, and taken with a key.
    browser.kind(".reply textarea", "Ask @ni");
    browser.until("Nia is offered", |browser| browser.shows("#offered", "Nia @nia"));
    browser.kind(".reply textarea", "\u{e007}");
    assert_eq!(browser.run(written, vec![]), "Ask @nia ");
    // A file that is chosen is brought at once, and shown where one writes.
    browser.run("document.querySelector('.attach').open = true", vec![]);
    browser.kind("#f-words-for-picture", "a green pump");
    browser.kind("#f-attach", file.to_str().expect("a path"));
    browser.until("it is written", |browser| {
        browser
            .run(written, vec![])
            .as_str()
            .is_some_and(|text| text.contains("![a green pump](/files/"))
    });
    browser.click(".reply button[value=post]");
    browser.until("the reply stands in the thread", |browser| {
        browser.shows(".thread", "Ask @nia")
    });
    browser.until("the picture is seen", |browser| {
        browser.run(
            "const i = document.querySelector('.thread img[alt=\"a green pump\"]'); return !!i && i.complete && i.naturalWidth === 40",
            vec![],
        ) == true
    });
}

fn alike(town: &Town) {
    topic(town);
    town.settle();
    let browser = Browser::open(Look::default());
    browser.sign_in(&base(town), "pia");
    browser.go(&format!("{}/boards/{}/topics/new", base(town), town.boards["Kitchen"]));
    browser.kind("#f-title", "The soup boils over again");
    browser.until("what there is already is shown", |browser| {
        browser.shows("#alike", "Why does the soup boil over?")
    });
    // Tags in use are offered, and a press writes one.
    browser.click("[data-tags] button");
    assert_eq!(
        browser.run("return document.querySelector('[name=tags]').value", vec![]),
        "soup"
    );
}

fn scriptless(town: &Town) {
    let url = topic(town);
    let browser = Browser::open(Look {
        without_script: true,
        width: 500,
        ..Look::default()
    });
    browser.sign_in(&base(town), "pia");
    browser.go(&url);
    browser.kind(".reply textarea", "Without any script.");
    browser.click(".reply button[value=post]");
    browser.until("the reply stands in the thread", |browser| {
        browser.shows(".thread", "Without any script.")
    });
    browser.click(".post footer button");
    browser.until("the thanks are shown", |browser| browser.shows("body", "Thanked"));
}

fn live(town: &Town) {
    let url = topic(town);
    let path = url.trim_start_matches(&base(town)).to_owned();
    let browser = Browser::open(Look::default());
    browser.sign_in(&base(town), "nia");
    browser.go(&url);
    browser.run("window.kept = 1", vec![]);
    let mut pia = town.sign_in("pia");
    pia.visit(&path)
        .submit("/reply", &[("body", "It arrives by itself."), ("do", "post")])
        .is(200);
    town.settle();
    browser.until("the reply arrives", |browser| {
        browser.shows(".thread", "It arrives by itself.")
    });
    browser.until("it is said", |browser| {
        browser.text("#live").contains("New posts on this page: 1")
    });
    browser.until("the inbox counts it", |browser| {
        browser.text("#inbox-count").contains('1')
    });
    assert_eq!(
        browser.run("return window.kept", vec![]),
        1,
        "the page was not loaded anew"
    );
}
