//! Mailing lists become boards: whole, once, and with a report whose counts add up.

use aquarium::import::Report;
use aquarium::import::mbox::{Options, bring};

use crate::Story;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![("importing::a_small_list_comes_in_whole", small)]
}

pub(crate) fn stories_with_data() -> Vec<Story> {
    vec![("importing::real_lists_come_in_whole", real)]
}

fn options(path: std::path::PathBuf) -> Options {
    Options {
        path,
        space: "Old lists".to_owned(),
        board: None,
        lists_are_departments: false,
        report: "json".to_owned(),
    }
}

fn adds_up(report: &Report) {
    assert_eq!(
        report.read,
        report.added + report.skipped + report.left_out + report.unreadable.len(),
        "{report:?}"
    );
    assert!(report.repaired <= report.added);
}

const LIST: &str = "From ann at b.example  Mon Oct  1 10:00:00 2018
From: ann at b.example (Ann B)
Date: Mon, 1 Oct 2018 10:00:00 +0000
Subject: [small] Kettles
Message-ID: <1@b.example>

Which kettle sings?

From cor at d.example  Mon Oct  1 11:00:00 2018
From: cor at d.example (Cor D)
Date: Mon, 1 Oct 2018 11:00:00 +0000
Subject: [small] Re: Kettles
In-Reply-To: <1@b.example>
References: <1@b.example>
Message-ID: <2@d.example>

> Which kettle sings?

The blue one. From experience.
-- 
Cor

From ann at b.example  Mon Oct  1 12:00:00 2018
From: ann at b.example (Ann B)
Date: Thu, 1 Jan 1970 00:00:10 +0000
Subject: [small] Re: Kettles
References: <1@b.example> <2@d.example> <lost@d.example>
Message-ID: <3@b.example>

It does.

From eva at f.example  Tue Oct  2 12:00:00 2018
From: eva at f.example (Eva F)
Date: Tue, 2 Oct 2018 12:00:00 +0000
Subject: Re: [small] Kettles
Message-ID: <4@f.example>

No parent, but the same subject.

From cor at d.example  Tue Oct  2 13:00:00 2018
From: cor at d.example (Cor D)
Date: Tue, 2 Oct 2018 13:00:00 +0000
Subject: [small] Re: Kettles
Message-ID: <2@d.example>

The same id, another text.

From cor at d.example  Tue Oct  2 13:00:00 2018
From: cor at d.example (Cor D)
Date: Mon, 1 Oct 2018 11:00:00 +0000
Subject: [small] Re: Kettles
In-Reply-To: <1@b.example>
Message-ID: <2@d.example>

> Which kettle sings?

The blue one. From experience.
-- 
Cor

From nobody at g.example  Tue Oct  2 14:00:00 2018

nothing here
";

/// A reply that was written after the first import.
const LATER: &str = "\
From dora at list.example  Tue Jan  9 10:00:00 2024
From: dora at list.example (Dora)
Subject: [small] Re: Kettles
Date: Tue, 9 Jan 2024 10:00:00 +0000
Message-ID: <later@list.example>
References: <1@b.example>

Mine hums.
";

fn small(town: &Town) {
    let folder = town.folder.path().join("lists");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("small.mbox"), LIST).expect("a file");
    let report = bring(&town.app, &options(folder.join("small.mbox")), false).expect("brought in");
    adds_up(&report);
    assert_eq!(
        (report.read, report.added, report.skipped, report.unreadable.len()),
        (7, 5, 1, 1)
    );
    assert_eq!(report.unreadable[0].problem, "this mail has no headers");
    assert!(report.unreadable[0].offset > 0);
    assert_eq!(report.same_id, 1);
    // A second run adds nothing.
    let again = bring(&town.app, &options(folder.join("small.mbox")), false).expect("brought in again");
    adds_up(&again);
    assert_eq!((again.added, again.skipped), (0, 6));
    // The space is private to the admin; the thread is one topic with its quotes and signature.
    town.sign_in("nia").visit("/search?q=kettle").sees("Nothing found");
    let mut ada = town.sign_in("ada");
    ada.visit("/search?q=kettle+sings").sees("Kettles");
    ada.visit("/latest").sees("Kettles").sees("Old lists › small");
    let topic = ada
        .links()
        .into_iter()
        .find(|link| link.contains("kettles"))
        .expect("the topic");
    ada.visit(&topic)
        .sees("4 replies")
        .sees("imported")
        .sees("Ann B")
        .sees("No parent, but the same subject.");
    assert!(ada.count("blockquote") >= 1 && ada.count("details.signature") == 1);
    // What was imported is nobody's news, and its people are nobody's.
    assert_eq!(ada.count(".post .new"), 0);
    ada.visit("/unread").sees_not("Kettles");
    ada.visit("/admin/people").sees_not("Ann B");
    super::races::sound(town);
    // A topic that moved meanwhile stays where it is, and what comes later comes there.
    let id: i64 = topic
        .split(['/', '-'])
        .nth(2)
        .and_then(|id| id.parse().ok())
        .expect("a number");
    let kitchen = town.boards["Kitchen"];
    ada.visit(&format!("/topics/{id}/move?to={kitchen}"))
        .submit(&format!("/topics/{id}/move"), &[])
        .is(200);
    let later = format!("{LIST}\n{LATER}");
    std::fs::write(folder.join("small.mbox"), later).expect("a file");
    let more = bring(&town.app, &options(folder.join("small.mbox")), false).expect("brought in");
    adds_up(&more);
    assert_eq!((more.added, more.skipped), (1, 6));
    ada.visit(&topic).sees("5 replies").sees("Mine hums.").sees("Soup");
    town.settle();
    super::races::sound(town);
    // A file that is no mailbox is refused by name.
    std::fs::write(folder.join("other.txt"), "hello\n").expect("a file");
    let report = bring(&town.app, &options(folder.join("other.txt")), false).expect("read");
    assert_eq!((report.read, report.added, report.unreadable.len()), (1, 0, 1));
    assert!(report.unreadable[0].file.ends_with("other.txt"));
    assert!(
        bring(&town.app, &options(folder.join("absent")), false)
            .expect_err("refused")
            .contains("absent")
    );
}

fn real(town: &Town) {
    let folder = std::path::PathBuf::from(std::env::var_os("AQUARIUM_TEST_DATA").expect("set")).join("r-mailing-lists");
    // The whole of it on SQLite; on PostgreSQL two lists, which is the same code ten times faster.
    let (paths, read) = if town.kind == crate::support::database::Kind::Sqlite {
        (vec![folder], 71_838)
    } else {
        (
            vec![
                folder.join("r-announce.tar.zst"),
                folder.join("r-package-devel.tar.zst"),
            ],
            699 + 11_114,
        )
    };
    let mut total = 0;
    for path in &paths {
        let mut options = options(path.clone());
        options.lists_are_departments = true;
        let report = bring(&town.app, &options, false).expect("brought in");
        adds_up(&report);
        assert!(
            report.unreadable.is_empty(),
            "{:?}",
            &report.unreadable[..report.unreadable.len().min(5)]
        );
        total += report.read;
    }
    assert_eq!(total, read, "every message of the lists is read");
    super::races::sound(town);
    for path in &paths {
        let again = bring(&town.app, &options(path.clone()), false).expect("brought in again");
        adds_up(&again);
        assert_eq!(again.added, 0, "a second run adds nothing");
    }
    let mut ada = town.sign_in("ada");
    ada.visit("/").is(200).sees("Old lists");
    ada.visit("/latest").is(200);
    let topic = ada
        .links()
        .into_iter()
        .find(|link| link.starts_with("/topics/") && !link.contains("welcome"))
        .expect("a topic");
    ada.visit(&topic).is(200).sees("imported");
    // Nobody else sees that it is there.
    town.sign_in("nia").visit("/").sees_not("Old lists");
    // And another program comes to the same figures of its decades, the lists taken for departments.
    if super::second_opinion::can_count() {
        let compared = super::history::counted_again(town, "Old lists");
        assert!(compared > 10_000, "{compared} figures");
    }
}
