//! Other forums come in: whole, once, with who answered whom, and their old addresses lead on for those who may read.

use std::path::{Path, PathBuf};

use aquarium::import::{Report, discourse, foreign, stackexchange, table};

use crate::Story;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("forums::a_discourse_comes_in", small_discourse),
        ("forums::its_pages_come_in", small_pages),
        ("forums::a_stack_exchange_comes_in", small_site),
        ("forums::a_table_comes_in", small_table),
    ]
}

pub(crate) fn stories_with_data() -> Vec<Story> {
    vec![("forums::real_forums_come_in_whole", real)]
}

fn options(path: PathBuf) -> foreign::Options {
    foreign::Options {
        path,
        space: "Old forum".to_owned(),
        board: None,
        department: None,
        address: "https://old.example".to_owned(),
        report: "json".to_owned(),
    }
}

fn adds_up(report: &Report) {
    assert_eq!(
        report.read,
        report.added + report.skipped + report.left_out + report.unreadable.len(),
        "{report:?}"
    );
}

fn counts(report: &Report) -> (usize, usize, usize, usize) {
    adds_up(report);
    (report.added, report.skipped, report.left_out, report.unreadable.len())
}

fn write(folder: &Path, name: &str, text: &str) {
    std::fs::create_dir_all(folder).expect("a folder");
    std::fs::write(folder.join(name), text).expect("a file");
}

const TOPIC: &str = r#"{"id": 12, "title": "Kettle boils over", "views": 1767, "category_id": 4, "closed": true,
 "tags": ["kettles", {"id": 3, "name": "steam"}], "archetype": "regular", "deleted_at": null,
 "post_stream": {"posts": [
 {"id": 101, "topic_id": 12, "post_number": 1, "reply_to_post_number": null, "username": "ann", "name": "Ann Bell",
  "user_id": 7, "created_at": "2018-03-04T08:17:19.673Z", "post_type": 1, "hidden": false, "deleted_at": null,
  "cooked": "<p>It <strong>boils</strong> over, <a class=\"mention\" href=\"/u/nia\">@nia</a>. See <a href=\"https://old.example/t/other/13\">the other</a>.</p>",
  "actions_summary": [{"id": 2, "count": 3}], "accepted_answer": false},
 {"id": 102, "topic_id": 12, "post_number": 2, "reply_to_post_number": null, "username": "cor", "name": "", "user_id": 8,
  "created_at": "2018-03-04T09:00:00.000Z", "post_type": 1, "cooked": "<p>[b]Less[/b] water.</p>", "accepted_answer": true},
 {"id": 103, "topic_id": 12, "post_number": 3, "reply_to_post_number": 2, "username": "ann", "name": "Ann Bell", "user_id": 7,
  "created_at": "2018-03-04T10:00:00.000Z", "post_type": 1, "cooked": "<p>That did it.</p>"},
 {"id": 104, "topic_id": 12, "post_number": 4, "reply_to_post_number": null, "username": "eva", "name": "Eva", "user_id": 9,
  "created_at": "2018-03-05T10:00:00.000Z", "post_type": 1,
  "cooked": "<aside class=\"quote\" data-post=\"3\" data-topic=\"12\"><div class=\"title\">ann:</div><blockquote><p>That did it.</p></blockquote></aside><p>Here too.</p>"},
 {"id": 105, "topic_id": 12, "post_number": 5, "reply_to_post_number": null, "username": "system", "user_id": -1,
  "created_at": "2018-03-06T10:00:00.000Z", "post_type": 3, "cooked": "<p>closed by a machine</p>"},
 {"id": 106, "topic_id": 12, "post_number": 6, "reply_to_post_number": null, "username": "eva", "user_id": 9,
  "created_at": "2018-03-06T11:00:00.000Z", "post_type": 1, "hidden": true, "cooked": "<p>something hidden</p>"},
 {"id": 107, "topic_id": 12, "post_number": 7, "reply_to_post_number": null, "username": "mod", "user_id": 2,
  "created_at": "2018-03-06T12:00:00.000Z", "post_type": 4, "cooked": "<p>a whisper among moderators</p>"}]}}"#;

const LETTER: &str = r#"{"id": 14, "title": "Between us", "archetype": "private_message", "post_stream": {"posts": [
 {"id": 120, "topic_id": 14, "post_number": 1, "username": "ann", "user_id": 7, "created_at": "2018-03-04T08:17:19Z",
  "post_type": 1, "cooked": "<p>a letter between two</p>"}]}}"#;

const MORE: &str = r#"{"post_stream": {"posts": [
 {"id": 108, "topic_id": 12, "post_number": 8, "reply_to_post_number": 1, "username": "cor", "user_id": 8,
  "created_at": "2018-03-07T12:00:00.000Z", "post_type": 1, "cooked": "<p>On the second page.</p>"}]}}"#;

fn small_discourse(town: &Town) {
    let folder = town.folder.path().join("discourse");
    write(&folder, "12.json", TOPIC);
    write(&folder, "12-posts.json", MORE);
    write(&folder, "14.json", LETTER);
    write(
        &folder,
        "categories.json",
        r#"{"category_list": {"categories": [{"id": 4, "name": "Kettles and pans"}]}}"#,
    );
    write(&folder, "broken.json", "{\"id\": 5, \"title\":");
    let all = discourse::Options {
        common: options(folder),
        layout: discourse::Layout::Api,
    };
    let bring = || discourse::bring(&town.app, &all, false).expect("brought in");
    assert_eq!(counts(&bring()), (5, 0, 4, 1));
    assert_eq!(counts(&bring()), (0, 5, 4, 1), "a second run adds nothing");
    let mut ada = town.sign_in("ada");
    ada.visit("/latest").sees("Kettle boils over").sees("Kettles and pans");
    let topic = ada
        .links()
        .into_iter()
        .find(|link| link.contains("kettle-boils-over"))
        .expect("the topic");
    ada.visit(&topic)
        .sees("4 replies")
        .sees("1,767 times before it came here")
        .sees("kettles")
        .sees("steam")
        .sees("Solved")
        .sees("Closed")
        .sees("Ann Bell")
        .sees("imported")
        .sees_not("by a machine")
        .sees_not("something hidden")
        .sees_not("whisper")
        .sees_not("between two");
    // Markdown of ours: what was bold is bold, and who was named there is nobody here.
    assert!(ada.body.contains("<strong>boils</strong>") && ada.body.contains("<strong>Less</strong>"));
    assert!(!ada.body.contains(">@nia</a>"));
    // Who answered whom: by what they say, else by whom they quote.
    let heads = ada.words_in(".post header");
    assert_eq!(heads.matches('↑').count(), 4, "{heads}");
    assert_eq!(heads.matches("↑ Ann Bell").count(), 3, "{heads}");
    // Likes are a number without names.
    let first = ada
        .links()
        .into_iter()
        .find(|link| link.ends_with("/thanks"))
        .expect("a count");
    ada.visit(&first).sees("3 people in the forum it came from");
    // Old addresses lead on, whatever words stand in them, for whoever reads the topic; for others to nothing.
    for address in ["/t/kettle-boils-over/12", "/t/12", "/t/x/12/3", "/p/103"] {
        ada.visit(address).is(200).sees("Kettle boils over");
        let mut nia = town.sign_in("nia");
        nia.get(address).is(404);
        let hidden = nia.body.clone();
        nia.get("/t/x/9999").is(404);
        assert_eq!(without_number(&hidden), without_number(&nia.body), "{address}");
    }
    ada.get("/t/x/14").is(404);
    town.settle();
    super::races::sound(town);
    // Nobody is told and nothing is new.
    ada.visit("/unread").sees_not("Kettle boils over");
    ada.visit("/admin/people").sees_not("Ann Bell");
    ada.visit("/queue").sees_not("Kettle boils over");
}

/// An error page but for the number of the request.
fn without_number(page: &str) -> String {
    page.lines()
        .filter(|line| !line.contains("<code>") && !line.contains("name=\"token\""))
        .collect::<Vec<_>>()
        .join("\n")
}

const PAGE: &str = "---
topic_id: 1754
title: \"Kettle And Pan\"
date: 2018-01-01
url: https://old.example/t/1754
---

# Kettle & pan

**Topic ID**: 1754

---

## Post #1 by @shelly (2018-01-01 23:32 UTC)

<p>Which of the two?<br>
I wonder.</p>

---

## Post #2 by @andras (2018-01-01 23:45 UTC)

<p>The kettle.</p>

---

## Post #4 by @shelly (2018-01-02 03:15 UTC)

<aside class=\"quote no-group\" data-username=\"andras\" data-post=\"2\" data-topic=\"1754\">
<div class=\"title\">andras:</div>
<blockquote><p>The kettle.</p></blockquote>
</aside>
<p>It sings.</p>

---
";

fn small_pages(town: &Town) {
    let folder = town.folder.path().join("pages");
    write(&folder, "one.md", PAGE);
    write(&folder, "README.md", "# an index\n");
    write(&folder, "two.md", "# nothing\n");
    let all = discourse::Options {
        common: options(folder),
        layout: discourse::Layout::Rendered,
    };
    let report = discourse::bring(&town.app, &all, false).expect("brought in");
    assert_eq!(counts(&report), (3, 0, 0, 1));
    assert_eq!(report.unreadable[0].problem, "this has no posts");
    let mut ada = town.sign_in("ada");
    ada.visit("/t/any/1754/4")
        .sees("Kettle & pan")
        .sees("2 replies")
        .sees("↑ andras")
        .sees("It sings.");
    super::races::sound(town);
}

fn small_site(town: &Town) {
    let folder = town.folder.path().join("site");
    let table = |name: &str, rows: &str| {
        let text = format!("\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rows>\n{rows}\n</rows>\n");
        write(&folder, name, &text);
    };
    table(
        "Users.xml",
        "<row Id=\"1\" DisplayName=\"Ann &amp; Co\" />\n<row Id=\"2\" DisplayName=\"Cor\" />",
    );
    table(
        "Posts.xml",
        "<row Id=\"1\" PostTypeId=\"1\" AcceptedAnswerId=\"2\" CreationDate=\"2018-02-06T20:19:50.957\" Score=\"1\" ViewCount=\"172\" \
         Body=\"&lt;p&gt;Which kettle?&lt;/p&gt;\" OwnerUserId=\"1\" Title=\"Which kettle sings?\" Tags=\"&lt;kettle&gt;&lt;song&gt;\" />\n\
         <row Id=\"2\" PostTypeId=\"2\" ParentId=\"1\" CreationDate=\"2018-02-06T20:25:42.850\" Body=\"&lt;p&gt;The blue one.&lt;/p&gt;\" OwnerUserId=\"2\" />\n\
         <row Id=\"3\" PostTypeId=\"2\" ParentId=\"99\" CreationDate=\"2018-02-06T20:25:42.850\" Body=\"&lt;p&gt;lost&lt;/p&gt;\" OwnerUserId=\"2\" />\n\
         <row Id=\"4\" PostTypeId=\"5\" CreationDate=\"2018-02-06T20:25:42.850\" Body=\"about a tag\" OwnerUserId=\"2\" />",
    );
    table(
        "Comments.xml",
        "<row Id=\"1\" PostId=\"2\" Score=\"2\" Text=\"It *does*.\" CreationDate=\"2018-02-06T20:30:28.907\" UserDisplayName=\"gone\" />",
    );
    table(
        "Votes.xml",
        "<row Id=\"1\" PostId=\"1\" VoteTypeId=\"2\" /><row Id=\"2\" PostId=\"1\" VoteTypeId=\"3\" /><row Id=\"3\" PostId=\"1\" VoteTypeId=\"2\" />",
    );
    let all = options(folder.clone());
    let bring = || stackexchange::bring(&town.app, &all, false).expect("brought in");
    let report = bring();
    assert_eq!(counts(&report), (3, 0, 1, 1));
    assert_eq!(report.unreadable[0].problem, "this answers a question that is not here");
    assert_eq!(counts(&bring()), (0, 3, 1, 1));
    let mut ada = town.sign_in("ada");
    ada.visit("/questions/1/which-kettle-sings")
        .sees("Question")
        .sees("Solved")
        .sees("Ann & Co")
        .sees("song")
        .sees("172 times")
        .sees("2 thank-yous")
        .sees("↑ Cor");
    assert!(ada.body.contains("<em>does</em>"));
    ada.visit("/a/2").sees("The blue one.");
    super::races::sound(town);
    // A table that is broken off says where, and what stands before it is here.
    table(
        "Comments.xml",
        "<row Id=\"5\" PostId=\"1\" Text=\"Later.\" CreationDate=\"2019-01-01T00:00:00\" /><row Id=",
    );
    let report = bring();
    adds_up(&report);
    assert_eq!((report.added, report.skipped), (1, 2));
    assert!(
        report.unreadable.iter().any(|one| one.file.ends_with("Comments.xml")),
        "{report:?}"
    );
}

const TABLE: &str = "\
id;topic;parent;board;kind;title;author;name;at;body;format;thanks;tags;answer;address
1;k;;Pans;question;Old pan;ann@b.example;Ann;2012-05-01 10:00;[b]Rust[/b] in it;bbcode;2;iron, rust;;/viewtopic/77
2;k;1;;;;cor@b.example;Cor;2012-05-01 11:00;<p>Use <em>salt</em></p>;html;;;yes;
3;;2;;;;ann@b.example;Ann;2012-05-01 12:00;\"Thanks,
> salt it is\";text;;;;
4;;;Pans;;;eva@b.example;Eva;2012-05-02 12:00;A line of its own;;;;;
5;;;Pans;;;;;2012-05-02 12:00;nobody;;;;;
6;;;Pans;;;eva@b.example;;soon;when;;;;;
";

fn small_table(town: &Town) {
    let folder = town.folder.path().join("table");
    write(&folder, "posts.csv", TABLE);
    let all = table::Options {
        common: options(folder.clone()),
        time_zone: "Europe/Amsterdam".to_owned(),
    };
    let bring = || table::bring(&town.app, &all, false).expect("brought in");
    let report = bring();
    assert_eq!(counts(&report), (4, 0, 0, 2));
    assert_eq!(
        report
            .unreadable
            .iter()
            .map(|one| (one.offset, one.problem.as_str()))
            .collect::<Vec<_>>(),
        [(6, "this names no author"), (7, "\"soon\" is no moment")]
    );
    assert_eq!(counts(&bring()), (0, 4, 0, 2));
    let mut ada = town.sign_in("ada");
    ada.visit("/viewtopic/77")
        .sees("Old pan")
        .sees("2 replies")
        .sees("Solved")
        .sees("iron")
        .sees("2 thank-yous")
        .sees("08:00")
        .sees("↑ Cor");
    assert!(ada.body.contains("<strong>Rust</strong>") && ada.body.contains("<em>salt</em>"));
    ada.visit("/latest").sees("A line of its own");
    super::races::sound(town);
    // A post that was changed there since stays as it is here, and is counted.
    write(
        &folder,
        "posts.csv",
        &TABLE.replace("A line of its own", "Another line"),
    );
    let again = bring();
    assert_eq!((again.skipped, again.same_id), (4, 1));
    ada.visit("/latest").sees("A line of its own");
    // A head that nobody knows is refused by name, before anything is written.
    write(&folder, "posts.csv", "author;at;colour\na;2012-05-01;red\n");
    let refused = table::bring(&town.app, &all, false).expect_err("refused");
    assert!(refused.contains("\"colour\" is none of"), "{refused}");
}

fn real(town: &Town) {
    let data = PathBuf::from(std::env::var_os("AQUARIUM_TEST_DATA").expect("set"));
    let bring = |space: &str, archive: &str, read: usize, left_out: usize| {
        let mut all = options(data.join("stackexchange").join(archive));
        all.space = space.to_owned();
        let report = stackexchange::bring(&town.app, &all, false).expect("brought in");
        adds_up(&report);
        assert_eq!((report.read, report.left_out), (read, left_out), "{archive}");
        assert!(report.unreadable.is_empty(), "{:?}", report.unreadable.first());
        let again = stackexchange::bring(&town.app, &all, false).expect("brought in again");
        assert_eq!((again.added, again.skipped), (0, report.added));
    };
    // 54 questions, 115 answers and 230 comments; what is left out are pages about tags and their comments.
    bring("Languages", "conlang.meta.tar.zst", 177 + 230, 8);
    if town.kind == crate::support::database::Kind::Sqlite {
        bring("Computing", "quantumcomputing.tar.zst", 1_986 + 3_413, 314);
    }
    super::races::sound(town);
}
