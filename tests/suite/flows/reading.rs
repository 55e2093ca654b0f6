//! What is new: per post, inside the tree too; marked, counted, and gone when it was read.

use aquarium::access::deed;
use aquarium::forum::boards;
use aquarium::forum::posts::{self, Sent};
use aquarium::forum::topics::{self, New};
use aquarium::ids::{PostId, TopicId};
use aquarium::kinds::TopicKind;

use super::a_topic::{posts as on_page, reply, start};
use crate::Story;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("reading::new_posts_are_marked_until_read", marked),
        ("reading::everything_can_be_marked_as_read", all_read),
        ("reading::a_long_topic_is_paged_both_ways", paged),
        ("reading::a_deep_tree_continues_on_branch_pages", deep),
        ("reading::every_page_of_a_tree_is_one_list", one_list),
        ("reading::in_dutch_every_page_speaks_dutch", dutch),
    ]
}

fn marked(town: &Town) {
    let mut nia = town.sign_in("nia");
    let mut pia = town.sign_in("pia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Stock", "Beef or bones?");
    reply(&mut nia, &topic, "Bones, I think.");
    nia.visit("/unread").sees("You have read everything");
    pia.visit("/unread").sees("Stock").sees("2 new");
    pia.visit("/").sees("Soup new");
    pia.visit(&topic).sees("2 new on this page");
    assert_eq!(pia.count(".post .new"), 2);
    // Seen once, old the next time, even before anything was written down.
    pia.visit(&topic);
    assert_eq!(pia.count(".post .new"), 0);
    town.settle();
    pia.visit("/unread").sees("You have read everything");
    let third = reply(&mut nia, &topic, "With a carrot.");
    pia.visit("/unread").sees("1 new");
    pia.get(&format!("{topic}?at=new")).is(303);
    assert!(pia.headers["location"].ends_with(&format!("/posts/{third}")));
    // What the browser fetches ahead of time is not read.
    pia.get_with(&topic, &[("Sec-Purpose", "prefetch")]);
    pia.visit(&topic);
    assert_eq!(pia.count(".post .new"), 1);
}

fn all_read(town: &Town) {
    let mut nia = town.sign_in("nia");
    let mut pia = town.sign_in("pia");
    start(&mut nia, town, "Kitchen", "discussion", "Basil", "x");
    start(&mut nia, town, "Kitchen", "discussion", "Thyme", "y");
    pia.visit("/unread").sees("Basil").sees("Thyme");
    pia.submit("/read", &[])
        .sees("Everything is marked as read")
        .sees_not("Basil");
    start(&mut nia, town, "Kitchen", "discussion", "Sage", "z");
    let board = town.boards["Kitchen"];
    pia.visit(&format!("/boards/{board}"))
        .submit(&format!("/boards/{board}/read"), &[])
        .sees("The board is marked as read");
    pia.visit("/unread").sees("You have read everything");
}

fn long_topic(town: &Town, replies: usize) -> (TopicId, PostId) {
    let board = town.boards["Kitchen"];
    let limits = &town.app.config.limits;
    let (topic, first) = town.as_person("nia", |tx| {
        let board = boards::find(tx, board)?;
        topics::start(
            tx,
            board,
            &New {
                kind: TopicKind::Discussion,
                title: "Long".to_owned(),
                tags: vec![],
                body: "0".to_owned(),
                key: String::new(),
                accepts: 0,
            },
            limits,
        )
    });
    for number in 1..=replies {
        town.as_person("nia", |tx| {
            let post = posts::take(tx, first)?.may::<deed::Reply>()?;
            posts::reply(
                tx,
                post,
                &Sent {
                    body: format!("reply {number}"),
                    key: String::new(),
                    accepts: 0,
                },
                limits,
            )
        });
    }
    (topic, first)
}

fn paged(town: &Town) {
    let (topic, _) = long_topic(town, 50);
    let mut nia = town.sign_in("nia");
    // Walking the tree from page to page shows every post once, in order; so does walking by time.
    let mut seen = Vec::new();
    let mut path = format!("/topics/{topic}");
    loop {
        nia.visit(&path);
        let here = on_page(&nia);
        assert!(here.len() <= 20);
        seen.extend(here);
        match nia.links().into_iter().find(|link| {
            link.contains("from=")
                && nia
                    .body
                    .contains(&format!("rel=\"next\" href=\"{}", link.replace('&', "&amp;")))
        }) {
            Some(next) => path = next,
            None => break,
        }
    }
    let mut sorted = seen.clone();
    sorted.sort_unstable();
    assert_eq!(seen, sorted);
    assert_eq!(seen.len(), 51);
    let mut flat = Vec::new();
    for page in 1..=3 {
        nia.visit(&format!("/topics/{topic}?view=flat&page={page}")).is(200);
        flat.extend(on_page(&nia));
    }
    assert_eq!(flat, seen);
    nia.visit(&format!("/topics/{topic}?view=flat&page=4")).is(404);
    // Every post has an address that lands on it in either view.
    for post in [seen[0], seen[25], seen[50]] {
        nia.visit(&format!("/posts/{post}")).is(200);
        assert!(on_page(&nia).contains(&post));
        nia.visit(&format!("/posts/{post}?view=flat")).is(200);
        assert!(on_page(&nia).contains(&post));
    }
    nia.visit(&format!("/topics/{topic}?from=last")).is(200);
    assert!(on_page(&nia).contains(&seen[50]));
    // The choice of view is remembered.
    nia.visit(&format!("/topics/{topic}"))
        .submit("/view", &[("view", "flat")])
        .is(200);
    nia.visit(&format!("/topics/{topic}")).sees("Page 1 of 3");
}

fn deep(town: &Town) {
    let (topic, first) = long_topic(town, 0);
    let limits = town.app.config.limits.clone();
    let mut last = first;
    for level in 1..=120 {
        last = town.as_person("nia", |tx| {
            let post = posts::take(tx, last)?.may::<deed::Reply>()?;
            posts::reply(
                tx,
                post,
                &Sent {
                    body: format!("level {level}"),
                    key: String::new(),
                    accepts: 0,
                },
                &limits,
            )
        });
    }
    let mut nia = town.sign_in("nia");
    nia.visit(&format!("/topics/{topic}")).sees("Continue this branch");
    // The deepest post is found at its address, beyond the hundredth level too.
    nia.visit(&format!("/posts/{last}")).is(200).sees("level 120");
    nia.visit(&format!("/topics/{topic}?branch={last}"))
        .is(200)
        .sees("level 120")
        .sees("one branch of the topic")
        .sees_not("level 119");
    let above = PostId(last.0 - 5);
    nia.visit(&format!("/topics/{topic}?branch={above}"));
    assert_eq!(on_page(&nia).len(), 6);
}

fn dutch(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "question", "Soep", "Hoe heet?");
    nia.visit("/settings")
        .submit("/settings", &[("language", "nl")])
        .sees("Bewaard");
    nia.visit(&topic)
        .sees("Wacht op antwoord")
        .sees("Nog niemand heeft geantwoord")
        .sees("Plaats reactie");
    nia.visit("/").sees("Ruimtes").sees("Onderwerpen");
    nia.visit("/nergens").is(404).sees("Hier is niets voor jou");
}

/// Lists open and close in pairs on every page of a bushy tree, wherever it begins.
fn one_list(town: &Town) {
    let (topic, first) = long_topic(town, 0);
    let limits = town.app.config.limits.clone();
    let mut all = vec![first];
    for number in 0..70_usize {
        let to = if number % 7 < 5 {
            *all.last().expect("a post")
        } else {
            all[number / 9]
        };
        let post = town.as_person("nia", |tx| {
            let post = posts::take(tx, to)?.may::<deed::Reply>()?;
            posts::reply(
                tx,
                post,
                &Sent {
                    body: format!("n{number}"),
                    key: String::new(),
                    accepts: 0,
                },
                &limits,
            )
        });
        all.push(post);
    }
    let mut pia = town.sign_in("pia");
    for from in all {
        pia.get(&format!("/topics/{topic}?from={from}")).is(200);
        let thread = pia.body.split("<ol class=\"thread\">").nth(1).expect("a thread");
        let thread = thread.split("<nav class=\"pager\"").next().unwrap_or(thread);
        let thread = thread
            .split("<form class=\"panel stack reply\"")
            .next()
            .unwrap_or(thread);
        let mut open = vec!["ol"];
        for part in thread.split('<').skip(1) {
            let name: String = part
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || *c == '/')
                .collect();
            match name.as_str() {
                "ol" | "li" | "details" | "article" => open.push(if name == "ol" {
                    "ol"
                } else if name == "li" {
                    "li"
                } else if name == "details" {
                    "details"
                } else {
                    "article"
                }),
                "/ol" | "/li" | "/details" | "/article" => assert_eq!(open.pop(), Some(&name[1..]), "from {from}"),
                _ => {}
            }
            if open.is_empty() {
                break;
            }
        }
        assert!(open.is_empty(), "from {from}: {open:?}");
        assert_eq!(pia.count("ol.thread > article"), 0);
    }
}
