//! What keeps people apart, on the list of what is worth doing: departments that write about the same and hardly answer
//! each other, a sponsor who answers nobody; and what is worth showing, pinned with one click.

use aquarium::access::deed;
use aquarium::db::types::Moment;
use aquarium::event::Source;
use aquarium::forum::metrics::work;
use aquarium::forum::posts::Sent;
use aquarium::forum::{boards, people, posts, today, topics};
use aquarium::ids::{AccountId, PostId, TopicId};
use aquarium::kinds::TopicKind;

use crate::Story;
use crate::running_support::{reply, topic};
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        (
            "apart::departments_that_care_about_the_same_are_brought_together",
            together,
        ),
        ("apart::a_department_that_is_hidden_is_not_spoken_of", hidden),
        ("apart::what_few_of_a_department_write_about_is_not_said_of_it", few),
        ("apart::a_sponsor_who_answers_nobody_is_asked_for_ten_minutes", sponsor),
        ("apart::what_is_worth_showing_is_pinned_with_one_click", pinned),
        (
            "apart::a_load_that_eases_and_a_role_that_is_handed_on_came_out_well",
            carried,
        ),
    ]
}

fn night(town: &Town) {
    work::bring_up(&town.app.store, town.app.config.metrics).expect("the figures are worked out");
    today::nightly(&town.app.store, town.app.config.metrics).expect("the night's work is done");
    today::refresh(&town.app.store).expect("the list is looked at again");
}

/// Whatever the lots said: what such items are is told of those that are shown.
fn shown(town: &Town, kind: &str) {
    town.by_hand(&format!("UPDATE work_items SET arm = 'shown' WHERE kind = '{kind}'"));
}

/// Of how many items of a kind it was said that they came out well, and of how many that they did not.
fn judged(town: &Town, kind: &str) -> (usize, usize) {
    let of = |well: &str| {
        let told = format!("SELECT id FROM work_items WHERE kind = '{kind}' AND {well}");
        town.ask_by_hand::<Row>(&told).len()
    };
    (of("came_well"), of("NOT came_well"))
}

fn begins(town: &Town, who: AccountId, title: &str) -> (TopicId, PostId) {
    let viewer = people::viewer_of(&town.app.store, who).expect("somebody");
    let new = topics::New {
        kind: TopicKind::Discussion,
        title: title.to_owned(),
        tags: vec!["sourdough".to_owned()],
        body: format!("{title}, at first"),
        key: String::new(),
        accepts: 0,
    };
    let write = |tx: &mut aquarium::access::Tx<'_>| {
        let board = boards::find(tx, town.boards["Kitchen"])?;
        topics::start(tx, board, &new, &town.app.config.limits)
    };
    town.app.store.write(&viewer, Source::Page, write).expect("a topic")
}

fn answers(town: &Town, who: AccountId, to: PostId) -> PostId {
    let viewer = people::viewer_of(&town.app.store, who).expect("somebody");
    let sent = Sent {
        body: "So do I.".to_owned(),
        key: String::new(),
        accepts: 0,
    };
    let write = |tx: &mut aquarium::access::Tx<'_>| {
        let post = posts::take(tx, to)?.may::<deed::Reply>()?;
        posts::reply(tx, post, &sent, &town.app.config.limits)
    };
    town.app.store.write(&viewer, Source::Page, write).expect("a reply")
}

/// A quarter in which two departments of so many people talk about the same, each among themselves.
fn quarter(town: &Town, sizes: [usize; 2]) {
    town.by_hand(
        "INSERT INTO departments (id, name, name_key) VALUES (71, 'Ovens', 'ovens'), (72, 'Cellars', 'cellars')",
    );
    let crowd = town.crowd("Kitchen", sizes.iter().sum());
    let (ovens, cellars) = crowd.split_at(sizes[0]);
    // Tuesday of the thirteenth week: with it the space's first quarter is over.
    let kitchen = town.spaces["Kitchen"];
    let began = town.ask_by_hand::<Row>(&format!("SELECT created_at AS id FROM spaces WHERE id = {kitchen}"))[0].id;
    let day = Moment(began).day();
    let tuesday = day - (day - 4).rem_euclid(7) + 12 * 7 + 1;
    town.app.clock.set(Moment(0).plus_days(tuesday).plus_seconds(10 * 3600));
    for (department, people) in [(71, ovens), (72, cellars)] {
        for who in people {
            town.by_hand(&format!(
                "UPDATE accounts SET department_id = {department} WHERE id = {who}"
            ));
        }
        let mut last = begins(town, people[0], &format!("Flour of {department}")).1;
        for who in &people[1..5] {
            begins(town, *who, &format!("Salt of {department}"));
        }
        for who in people.iter().skip(1).chain(people) {
            last = answers(town, *who, last);
        }
    }
    town.settle();
    town.app.clock.set(town.app.clock.now().plus_days(7));
    night(town);
}

fn together(town: &Town) {
    quarter(town, [12, 12]);
    let mut ada = town.sign_in("ada");
    // Half of them is held back by lot, and looks like absent.
    town.by_hand("UPDATE work_items SET arm = 'held_back' WHERE kind = 'bridge'");
    ada.visit("/today").is(200).sees_not("sourdough");
    shown(town, "bridge");
    ada.visit("/today").is(200);
    ada.sees("Ovens and Cellars both write about “sourdough”");
    let board = town.boards["Kitchen"];
    let way = format!("/boards/{board}/topics/new?tags=sourdough");
    assert!(ada.links().contains(&way), "{:?}", ada.links());
    ada.visit(&way).is(200);
    assert!(ada.body.contains("value=\"sourdough\""), "the tag is there already");
    let row = town.ask_by_hand::<Row>("SELECT id FROM work_items WHERE kind = 'bridge'");
    assert_eq!(row.len(), 1, "one pair, once");
    let page = format!("/today/{}", row[0].id);
    // The newest topic of each side is there to begin with.
    ada.visit(&page).is(200).sees("Salt of 71").sees("Salt of 72");
    for who in ["mo", "nia", "oda", "gus"] {
        town.sign_in(who).visit(&page).is(404);
    }
    // It is said once in a quarter, and by the name that a department has now.
    night(town);
    town.by_hand("UPDATE departments SET name = 'Bakery' WHERE id = 71");
    ada.visit("/today")
        .sees("Bakery and Cellars both write")
        .sees_not("Ovens");
    assert_eq!(
        town.ask_by_hand::<Row>("SELECT id FROM work_items WHERE kind = 'bridge'")
            .len(),
        1
    );
    ada.visit("/today")
        .submit(&format!("{page}/done"), &[])
        .is(200)
        .sees_not("Bakery and Cellars");
    // Four weeks later nobody of the one has talked with anybody of the other.
    town.app.clock.set(town.app.clock.now().plus_days(29));
    today::refresh(&town.app.store).expect("the list is looked at again");
    assert_eq!(judged(town, "bridge"), (0, 1));
    // Two who talked a week before it was found do not meet; two who had not do.
    let of = |department: i64| {
        let told = format!("SELECT id FROM accounts WHERE department_id = {department} ORDER BY id");
        town.ask_by_hand::<Row>(&told)
    };
    let (ovens, cellars) = (of(71), of(72));
    let made = town.ask_by_hand::<Row>("SELECT made_at AS id FROM work_items WHERE kind = 'bridge'")[0].id;
    let again = |town: &Town| {
        town.app.clock.set(Moment(made).plus_days(29));
        town.by_hand("UPDATE work_items SET came_well = NULL WHERE kind = 'bridge'");
        today::refresh(&town.app.store).expect("the list is looked at again");
        judged(town, "bridge")
    };
    let post = begins(town, AccountId(ovens[0].id), "Yeast of 71").1;
    let known = answers(town, AccountId(cellars[0].id), post);
    town.by_hand(&format!(
        "UPDATE posts SET created_at = {} WHERE id = {known}",
        Moment(made).plus_days(-7).0
    ));
    town.app.clock.set(Moment(made).plus_days(20));
    answers(town, AccountId(cellars[0].id), post);
    assert_eq!(again(town), (0, 1), "they knew each other");
    town.app.clock.set(Moment(made).plus_days(20));
    answers(town, AccountId(cellars[1].id), post);
    assert_eq!(again(town), (1, 0), "these did not");
}

/// What two of twelve write about is not what a department writes about.
fn few(town: &Town) {
    quarter(town, [12, 12]);
    town.by_hand("DELETE FROM work_items");
    town.by_hand(
        "DELETE FROM topic_tags WHERE topic_id IN (SELECT MAX(topics.id) FROM topics JOIN accounts
         ON accounts.id = topics.author_id WHERE accounts.department_id = 72 AND topics.title LIKE 'Salt%')",
    );
    night(town);
    town.sign_in("ada").visit("/today").is(200).sees_not("sourdough");
}

fn hidden(town: &Town) {
    // Eight are too few for a department of the matrix.
    quarter(town, [12, 8]);
    town.sign_in("ada").visit("/today").is(200).sees_not("sourdough");
    assert!(
        town.ask_by_hand::<Row>("SELECT id FROM work_items WHERE kind = 'bridge'")
            .is_empty()
    );
}

#[derive(diesel::QueryableByName)]
struct Row {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    id: i64,
}

fn sponsor(town: &Town) {
    let (kitchen, pia) = (town.spaces["Kitchen"], town.people["pia"]);
    town.sign_in("ada")
        .visit(&format!("/spaces/{kitchen}/plan"))
        .submit(&format!("/spaces/{kitchen}/plan"), &[("sponsor", "@pia")])
        .is(200)
        .sees("Pia");
    let (_, first) = topic(town, "nia", "Kitchen", "Which pan for soup?");
    reply(town, "pia", first, "The heavy one.", "").expect("an answer");
    let begun = town.app.clock.now();
    // Whoever answered somebody three weeks ago is not silent; their own topics and answers to themselves are no answer.
    town.app.clock.set(begun.plus_days(21));
    let (_, own) = topic(town, "pia", "Kitchen", "A word from above");
    reply(town, "pia", own, "And another.", "").expect("a reply to oneself");
    night(town);
    let mut ada = town.sign_in("ada");
    ada.visit("/today").is(200).sees_not("is the sponsor here");
    town.app.clock.set(monday_at_work(begun.plus_days(30)));
    night(town);
    ada.visit("/today").is(200);
    ada.sees("Pia is the sponsor here and has not answered anybody for");
    let item = town.ask_by_hand::<Row>("SELECT id FROM work_items WHERE kind = 'sponsor'")[0].id;
    ada.visit(&format!("/today/{item}")).is(200).sees("Which pan for soup?");
    for who in ["mo", "nia", "pia", "gus"] {
        town.sign_in(who).visit(&format!("/today/{item}")).is(404);
    }
    // Pia reads on her own page that she is on it.
    town.sign_in("pia")
        .visit("/settings/kept")
        .is(200)
        .sees("Silent sponsor");
    ada.visit(&format!("/today/{item}"))
        .submit(&format!("/today/{item}/write"), &[("body", "Ten minutes, {name}?")])
        .is(200)
        .sees("Sent.")
        .sees_not("is the sponsor here");
    // Whom the plan does not name any longer is not asked.
    town.by_hand("UPDATE work_items SET ended_at = NULL, ended_how = '' WHERE kind = 'sponsor'");
    town.by_hand("DELETE FROM work_notes");
    ada.visit("/today").sees("is the sponsor here");
    town.by_hand("UPDATE space_plans SET sponsor_id = NULL");
    ada.visit("/today").sees_not("is the sponsor here");
    town.by_hand(&format!("UPDATE space_plans SET sponsor_id = {pia}"));
    ada.visit("/today").sees("is the sponsor here");
    // Of the team they would be no sponsor from above; and a word of their own is no answer.
    town.by_hand(&format!(
        "UPDATE memberships SET role = 'moderator' WHERE account_id = {pia} AND space_id = {kitchen}"
    ));
    ada.visit("/today").sees_not("is the sponsor here");
    town.by_hand(&format!(
        "UPDATE memberships SET role = 'member' WHERE account_id = {pia} AND space_id = {kitchen}"
    ));
    town.app.clock.set(town.app.clock.now().plus_seconds(60));
    topic(town, "pia", "Kitchen", "One more word from above");
    today::refresh(&town.app.store).expect("the list is looked at again");
    ada.visit("/today").sees("is the sponsor here");
    // Whoever answers somebody is off the list by that.
    town.app.clock.set(town.app.clock.now().plus_seconds(60));
    reply(town, "pia", first, "Still the heavy one.", "").expect("an answer");
    today::refresh(&town.app.store).expect("the list is looked at again");
    ada.visit("/today").sees_not("is the sponsor here");
    // Nothing is held back of sponsors: what became of it is told, and how it came out, of five at least.
    ada.sees_not("What became of the rest").sees_not("over by itself");
    let well = || {
        town.ask_by_hand::<Row>("SELECT id FROM work_items WHERE kind = 'sponsor' AND came_well")
            .len()
    };
    assert_eq!(well(), 0, "nobody judges before the time");
    town.app.clock.set(town.app.clock.now().plus_days(15));
    today::refresh(&town.app.store).expect("the list is looked at again");
    assert_eq!(well(), 1, "the answer came in time");
    town.by_hand(&format!(
        "INSERT INTO work_items (id, space_id, kind, subject, arm, facts, since, made_at, ended_at, ended_how, came_well) \
         SELECT id + 1000 + n, {kitchen}, 'sponsor', subject || n, arm, facts, since, made_at, made_at, 'dismissed', \
         n = 2 FROM work_items CROSS JOIN (SELECT 1 AS n UNION SELECT 2 UNION SELECT 3 UNION SELECT 4) AS four \
         WHERE kind = 'sponsor'"
    ));
    town.sign_in("ada")
        .visit("/today")
        .sees("What became of the rest")
        .sees("0 done, 4 taken off the list, 1 over by itself. Of 5, 2 answered somebody within 14 days.");
}

/// The next Monday at noon, when nothing has to wait for work to begin.
fn monday_at_work(from: Moment) -> Moment {
    let day = from.day();
    from.plus_days((4 - day).rem_euclid(7))
        .plus_seconds(12 * 3600 - (from.0 / 1_000_000).rem_euclid(86_400))
}

fn pinned(town: &Town) {
    let (id, first) = topic(town, "nia", "Kitchen", "Bread without yeast");
    for who in ["pia", "mo", "ada"] {
        reply(town, who, first, "That is good.", "").expect("a reply");
        town.as_person(who, |tx| {
            let post = posts::take(tx, first)?.may::<deed::Thank>()?;
            posts::thank(tx, post)
        });
    }
    town.settle();
    town.app.clock.set(town.app.clock.now().plus_days(1));
    night(town);
    let item = town.ask_by_hand::<Row>("SELECT id FROM work_items WHERE kind = 'feature'")[0].id;
    shown(town, "feature");
    let mut ada = town.sign_in("ada");
    ada.visit("/today")
        .is(200)
        .sees("Bread without yeast")
        .sees("3 people thanked");
    // Nobody else pins it there, and nothing else is pinned by it.
    for who in ["mo", "nia", "gus"] {
        let mut person = town.sign_in(who);
        person.visit("/rules");
        let token = person.form("/sign-out").1;
        person.post(&format!("/today/{item}/pin"), &token);
        assert_eq!(person.status, 404, "{who}");
    }
    ada.submit(&format!("/today/{item}/pin"), &[])
        .is(200)
        .sees("Pinned: it stands at the top of its board.")
        .sees_not("Bread without yeast");
    let told = "SELECT id FROM topics WHERE pinned_at IS NOT NULL AND kind <> 'announcement'";
    let pinned = town.ask_by_hand::<Row>(told);
    assert!(pinned.iter().any(|row| row.id == id.0), "it is pinned");
    ada.visit(&format!("/today/{item}")).is(200).sees("has done it already");
    // It is judged by whether anybody replied since.
    let made = town.app.clock.now();
    town.app.clock.set(made.plus_days(15));
    today::refresh(&town.app.store).expect("the list is looked at again");
    assert_eq!(judged(town, "feature"), (0, 1));
    town.app.clock.set(made.plus_days(3));
    reply(town, "pia", first, "Does it keep?", "").expect("a reply");
    town.by_hand("UPDATE work_items SET came_well = NULL WHERE kind = 'feature'");
    town.app.clock.set(made.plus_days(15));
    today::refresh(&town.app.store).expect("the list is looked at again");
    assert_eq!(judged(town, "feature"), (1, 0));
}

/// Who gives most of the first replies, and who holds a role for long: nothing is held back, and it is told what came.
fn carried(town: &Town) {
    let (kitchen, mo) = (town.spaces["Kitchen"], town.people["mo"]);
    let begun = town.app.clock.now();
    let ask = |of: &str| {
        for number in 1..=10 {
            let (_, first) = topic(town, "nia", "Kitchen", &format!("{of} pan, number {number}"));
            reply(town, "mo", first, "The heavy one.", "").expect("an answer");
        }
        town.settle();
    };
    ask("Copper");
    town.by_hand(&format!(
        "UPDATE memberships SET role_since = {} WHERE space_id = {kitchen} AND account_id = {mo}",
        begun.plus_days(-310).0
    ));
    town.app.clock.set(begun.plus_days(1));
    night(town);
    town.sign_in("ada").visit("/today").is(200).sees("Mo");
    let look = |days: i64| {
        town.app.clock.set(begun.plus_days(days));
        town.by_hand("UPDATE work_items SET came_well = NULL");
        night(town);
    };
    // Three weeks later the next ten are Mo's as well.
    town.app.clock.set(begun.plus_days(21));
    ask("Iron");
    look(30);
    assert_eq!(judged(town, "load"), (0, 1), "it is as it was");
    // Had somebody else answered half of them, it would have eased.
    let oda = town.people["oda"];
    town.by_hand(&format!(
        "UPDATE topic_states SET first_reply_by = {oda} WHERE topic_id IN (SELECT id FROM topics WHERE title LIKE \
         'Iron%' AND title NOT LIKE '%1' AND title NOT LIKE '%2' AND title NOT LIKE '%3')"
    ));
    town.by_hand("UPDATE work_items SET came_well = NULL");
    today::refresh(&town.app.store).expect("the list is looked at again");
    assert_eq!(judged(town, "load"), (1, 0), "three of ten");
    // A role that is held on and on was not handed on; one that was given anew, or is held no longer, was.
    look(122);
    assert_eq!(judged(town, "role"), (0, 1));
    for change in ["role_since = 0 + ", "role = 'member', role_since = 0 * "] {
        town.by_hand(&format!(
            "UPDATE memberships SET {change} {} WHERE space_id = {kitchen} AND account_id = {mo}",
            begun.plus_days(100).0
        ));
        town.by_hand("UPDATE work_items SET came_well = NULL WHERE kind = 'role'");
        today::refresh(&town.app.store).expect("the list is looked at again");
        assert_eq!(judged(town, "role"), (1, 0), "{change}");
    }
}
