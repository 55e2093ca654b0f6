//! What is worth doing today: who waits is found and never held back, one click does something about it, nobody is
//! written to too often, and whoever wants to be on no list is on none.

use aquarium::db::types::Moment;
use aquarium::forum::today;
use aquarium::jobs::worker;
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Text};

use crate::Story;
use crate::running_support::{reply, topic};
use crate::support::letters::letters;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("today::a_newcomer_waits_and_is_never_held_back", newcomer),
        ("today::a_question_waits_for_somebody_who_knows", question),
        ("today::half_are_held_back_and_shown_to_nobody", held_back),
        ("today::a_note_leaves_when_work_begins_and_not_too_often", note),
        ("today::whoever_objects_is_on_no_list", objects),
        ("today::two_at_once_are_told_who_was_first", two),
        ("today::did_it_help_is_said_with_its_width", effect),
        ("today::monday_brings_the_list_as_a_letter", monday),
        ("today::somebody_of_the_core_falls_silent", silent),
        ("today::what_is_off_the_list_says_why", dismissed),
        ("today::what_waits_again_comes_back", again),
        ("today::what_is_not_wanted_any_more_does_not_leave", dropped),
        ("today::whoever_wants_no_list_waits_without_a_name", nameless),
    ]
}

/// Tuesday, 24 November 2026, at nine in the morning.
fn tuesday(town: &Town) -> Moment {
    let at = at("2026-11-24T09:00:00Z");
    town.app.clock.set(at);
    at
}

fn at(text: &str) -> Moment {
    Moment(text.parse::<jiff::Timestamp>().expect("a moment").as_microsecond())
}

fn look_again(town: &Town) {
    today::refresh(&town.app.store).expect("the list is looked at again");
}

fn night(town: &Town) {
    today::nightly(&town.app.store, town.app.config.metrics).expect("the night's work is done");
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    arm: String,
    #[diesel(sql_type = Text)]
    how: String,
    #[diesel(sql_type = BigInt)]
    who: i64,
}

fn rows(town: &Town) -> Vec<Row> {
    town.ask_by_hand(
        "SELECT id, kind, arm, ended_how AS how, COALESCE(account_id, 0) AS who FROM work_items ORDER BY id",
    )
}

fn count(town: &Town, sql: &str) -> i64 {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    town.ask_by_hand::<Count>(sql)[0].count
}

fn newcomer(town: &Town) {
    let began = tuesday(town);
    let (_, first) = topic(town, "nia", "Kitchen", "Which pan for soup?");
    town.app.clock.set(began.plus_seconds(3 * 3600));
    look_again(town);
    assert!(rows(town).is_empty(), "three hours are no wait");
    town.app.clock.set(began.plus_seconds(5 * 3600));
    look_again(town);
    look_again(town);
    let known = rows(town);
    assert_eq!(known.len(), 1);
    assert_eq!(known[0].kind, "newcomer");
    assert!(
        ["nearest", "elsewhere"].contains(&known[0].arm.as_str()),
        "never held back"
    );
    // Who manages the kitchen sees it; a moderator, a member, an outsider and a guest find nothing.
    let mut ada = town.sign_in("ada");
    ada.visit("/today").is(200);
    ada.sees("Nia wrote a first topic here; 5 hours without a reply")
        .sees("Which pan for soup?");
    assert!(ada.links().contains(&format!("/posts/{}/reply", first.0)));
    for who in ["mo", "nia", "oda", "gus"] {
        let mut person = town.sign_in(who);
        person.visit("/today");
        assert_eq!(person.status, 404, "{who}");
        person.visit(&format!("/today/{}", known[0].id));
        assert_eq!(person.status, 404, "{who}");
        person.visit("/");
        assert!(!person.links().contains(&"/today".to_owned()), "{who} has no way there");
    }
    // That names were read is written down, once an hour.
    ada.visit("/today");
    let read = "SELECT COUNT(*) AS count FROM events WHERE verb = 'private_read' AND particulars LIKE '%work_list%'";
    assert_eq!(count(town, read), 1);
    // The works council reads who did; to members it is not there.
    let oda = town.people["oda"];
    town.by_hand(&format!(
        "UPDATE accounts SET forum_role = 'works_council' WHERE id = {oda}"
    ));
    let mut council = town.sign_in("oda");
    council.visit("/health/readings").is(200);
    council.sees("Ada Admin").sees("read a list with names");
    council.visit("/today");
    assert_eq!(council.status, 404, "who watches over a list does not read it");
    let mut member = town.sign_in("nia");
    member.visit("/health/readings");
    assert_eq!(member.status, 404);
    // An answer ends it, and says who did it when it was one of the team.
    reply(town, "mo", first, "The heavy one.", "").expect("an answer");
    ada.visit("/today").sees_not("Which pan for soup?");
    look_again(town);
    assert_eq!(rows(town)[0].how, "done");
    ada.visit(&format!("/today/{}", known[0].id))
        .is(200)
        .sees("has done it already");
}

fn question(town: &Town) {
    let began = tuesday(town);
    // Pia has been here for long, knows about pans, and agreed to be found.
    town.by_hand("UPDATE memberships SET joined_at = joined_at - 8640000000000");
    town.by_hand("UPDATE accounts SET findable = (1 = 1) WHERE name = 'pia'");
    let (_, old) = topic(town, "nia", "Kitchen", "How to clean a copper pan");
    reply(town, "pia", old, "With lemon and salt.", "").expect("an answer");
    town.app.clock.set(began.plus_seconds(60));
    topic(town, "nia", "Kitchen", "Copper pan turns green, how to clean");
    town.by_hand("UPDATE topics SET kind = 'question' WHERE title LIKE '%opper pan%'");
    town.settle();
    town.app.clock.set(began.plus_days(1).plus_seconds(3600));
    look_again(town);
    let item = rows(town)
        .into_iter()
        .find(|row| row.kind == "question")
        .expect("it waits");
    let page = format!("/today/{}", item.id);
    let mut ada = town.sign_in("ada");
    ada.visit(&page).is(200);
    ada.sees("Who may know?").sees("Pia").sees("How to clean a copper pan");
    // Somebody who answers twice as much as they usually do has enough on their hands.
    reply(town, "pia", old, "And rinse it well.", "").expect("another answer");
    let weekly = |word: &str| {
        for back in 1..=7 {
            let said = format!("{word}, in week {back} before");
            reply(town, "pia", old, &said, "").expect("an answer of long ago");
            let at = town.app.clock.now().plus_days(-7 * back).plus_seconds(-3600).0;
            town.by_hand(&format!("UPDATE posts SET created_at = {at} WHERE body = '{said}'"));
        }
    };
    weekly("Once");
    ada.visit(&page)
        .sees("Nobody who agreed to be found wrote about the same.");
    weekly("Twice");
    ada.visit(&page).sees("How to clean a copper pan");
    ada.submit(
        &format!("{page}/write"),
        &[("body", "Hello {name}, would you have a look?")],
    )
    .is(200);
    ada.sees("Sent.").sees("Pia was asked");
    worker::turn(&town.app, 60);
    town.settle();
    let mut pia = town.sign_in("pia");
    pia.visit("/for-you")
        .sees("Ada Admin wrote to you from Kitchen")
        .sees("Hello Pia, would you have a look?");
    // It waits still, until there is an answer.
    ada.visit("/today").sees("Copper pan turns green");
    // Somebody who did not agree to be found cannot be asked by a form of one's own making.
    ada.visit(&page);
    let mo = town.people["mo"].to_string();
    ada.submit(&format!("{page}/write"), &[("body", "Hello"), ("to", &mo)]);
    assert_eq!(ada.status, 422);
    ada.sees("This person cannot be written to about it.");
}

fn held_back(town: &Town) {
    tuesday(town);
    town.by_hand(&format!(
        "UPDATE memberships SET joined_at = {}",
        at("2026-11-23T09:00:00Z").0
    ));
    night(town);
    night(town);
    let known = rows(town);
    // Of the kitchen Nia and Pia, of the cellar Pia, on the bridge and the quay a guest each.
    assert_eq!(known.len(), 5, "each once");
    assert!(known.iter().all(|row| row.kind == "welcome"));
    // One of each half, whatever the lots said.
    let (shown, hidden) = (known[0].id, known[1].id);
    town.by_hand(&format!("UPDATE work_items SET arm = 'held_back' WHERE id <> {shown}"));
    town.by_hand(&format!("UPDATE work_items SET arm = 'shown' WHERE id = {shown}"));
    let mut ada = town.sign_in("ada");
    ada.visit("/today").is(200);
    assert_eq!(ada.count("article.queue-item"), 1);
    ada.visit(&format!("/today/{hidden}"));
    assert_eq!(ada.status, 404, "held back looks like absent");
    for deed in ["write", "dismiss", "done"] {
        let token = ada.visit("/today").form(&format!("/today/{shown}/dismiss")).1[0].clone();
        ada.post(
            &format!("/today/{hidden}/{deed}"),
            &[token, ("reason".to_owned(), "not_now".to_owned())],
        );
        assert_eq!(ada.status, 404, "{deed}");
    }
    // And the same lot holds for as long as the forum stands.
    let before: Vec<String> = rows(town).into_iter().map(|row| row.arm).collect();
    town.by_hand("DELETE FROM work_items");
    night(town);
    let first: Vec<String> = rows(town).into_iter().map(|row| row.arm).collect();
    town.by_hand("DELETE FROM work_items");
    night(town);
    let again: Vec<String> = rows(town).into_iter().map(|row| row.arm).collect();
    assert_eq!(first, again);
    assert_eq!(before.len(), again.len());
}

fn again(town: &Town) {
    let began = tuesday(town);
    let (address, first) = topic(town, "nia", "Kitchen", "Which pan for soup?");
    town.app.clock.set(began.plus_seconds(5 * 3600));
    look_again(town);
    let mut ada = town.sign_in("ada");
    ada.visit("/today").sees("Which pan for soup?");
    // A reply ends it; without the reply it waits again.
    town.says(town.people["pia"], first);
    look_again(town);
    ada.visit("/today").sees_not("Which pan for soup?");
    ada.visit(&format!("/topics/{address}"));
    let reply = *crate::flows_support::posts(&ada).iter().max().expect("a reply");
    let remove = format!("/posts/{reply}/remove");
    ada.visit(&remove).submit(&remove, &[("reason", "Not here.")]).is(200);
    look_again(town);
    ada.visit("/today").sees("Which pan for soup?");
    assert_eq!(rows(town).len(), 1, "the same thing, not another");
    // "Not now" is for a week.
    let page = format!("/today/{}", rows(town)[0].id);
    ada.visit(&page)
        .submit(&format!("{page}/dismiss"), &[("reason", "not_now")])
        .is(200);
    look_again(town);
    ada.visit("/today").sees_not("Which pan for soup?");
    town.app.clock.set(began.plus_days(8).plus_seconds(5 * 3600));
    look_again(town);
    let mut ada = town.sign_in("ada");
    ada.visit("/today").sees("Which pan for soup?");
    // Gone to another space, not even its title is left here.
    let cellar = town.boards["Cellar"];
    let topic = first.0;
    town.by_hand(&format!(
        "UPDATE topics SET space_id = (SELECT space_id FROM boards WHERE id = {cellar}), board_id = {cellar} \
         WHERE first_post_id = {topic}"
    ));
    ada.visit(&page);
    assert_eq!(ada.status, 404);
}

fn dropped(town: &Town) {
    // Saturday: it would leave on Monday.
    town.app.clock.set(at("2026-11-21T12:00:00Z"));
    let item = welcome_nia(town);
    let page = format!("/today/{item}");
    let mut ada = town.sign_in("ada");
    ada.visit(&page)
        .submit(&format!("{page}/write"), &[("body", "Welcome!")])
        .is(200);
    let mut nia = town.sign_in("nia");
    nia.visit("/settings/kept");
    nia.submit("/settings/kept", &[("objects", "yes")]).is(200);
    town.app.clock.set(at("2026-11-23T08:00:01Z"));
    worker::turn(&town.app, 60);
    town.settle();
    let mut nia = town.sign_in("nia");
    nia.visit("/for-you").sees_not("Welcome!");
    nia.visit("/settings/kept").sees_not("Welcome!");
    // Whoever wrote it reads that it did not.
    town.by_hand("UPDATE list_choices SET objected_at = NULL");
    town.by_hand("UPDATE work_items SET ended_at = NULL, ended_how = ''");
    let mut ada = town.sign_in("ada");
    ada.visit(&page).is(200).sees("did not leave");
}

fn nameless(town: &Town) {
    let began = tuesday(town);
    topic(town, "nia", "Kitchen", "Which pan for soup?");
    town.app.clock.set(began.plus_seconds(9 * 3600));
    look_again(town);
    let mut ada = town.sign_in("ada");
    ada.visit("/today").sees("Nia wrote a first topic here");
    let mut nia = town.sign_in("nia");
    nia.visit("/settings/kept");
    nia.submit("/settings/kept", &[("objects", "yes")]).is(200);
    ada.visit("/today")
        .sees_not("Nia wrote a first topic here")
        .sees("Which pan for soup?")
        .sees("A question has waited");
}

/// An item about Nia that is on the list.
fn welcome_nia(town: &Town) -> i64 {
    town.by_hand(&format!(
        "UPDATE memberships SET joined_at = {}",
        town.app.clock.now().plus_days(-1).0
    ));
    night(town);
    town.by_hand("UPDATE work_items SET arm = 'shown'");
    let nia = town.people["nia"].0;
    rows(town)
        .into_iter()
        .find(|row| row.who == nia && row.how.is_empty())
        .expect("Nia is new")
        .id
}

fn note(town: &Town) {
    // Saturday.
    town.app.clock.set(at("2026-11-21T12:00:00Z"));
    let item = welcome_nia(town);
    let page = format!("/today/{item}");
    let mut ada = town.sign_in("ada");
    ada.visit("/today").sees("It is not working time.").sees("Nia joined");
    ada.visit(&page).sees("Write to Nia");
    // Nothing, and too much, are refused beside the field; what was typed stays.
    ada.submit(&format!("{page}/write"), &[("body", "  ")]);
    assert_eq!(ada.status, 422);
    ada.submit(&format!("{page}/write"), &[("body", &"a".repeat(1001))]);
    assert_eq!(ada.status, 422);
    assert!(ada.body.contains(&"a".repeat(1001)), "what was typed is kept");
    ada.submit(
        &format!("{page}/write"),
        &[("body", "Welcome {name}! Which soup do you like?")],
    )
    .is(200);
    ada.sees("It leaves when work begins.").sees_not("Nia joined");
    worker::turn(&town.app, 60);
    town.settle();
    let mut nia = town.sign_in("nia");
    nia.visit("/for-you").sees_not("Welcome Nia");
    // On Monday at eight it is there, with her name in it.
    town.app.clock.set(at("2026-11-23T08:00:01Z"));
    worker::turn(&town.app, 60);
    worker::turn(&town.app, 60);
    town.settle();
    let mut nia = town.sign_in("nia");
    nia.visit("/for-you").sees("Welcome Nia! Which soup do you like?");
    assert_eq!(
        count(town, "SELECT COUNT(*) AS count FROM events WHERE verb = 'note_sent'"),
        1
    );
    nia.visit("/settings/kept")
        .sees("Lists that I am or was on")
        .sees("New member")
        .sees("Welcome Nia! Which soup do you like?");
    nia.visit("/settings/kept/json");
    assert!(nia.body.contains("\"kind\": \"welcome\"") && nia.body.contains("Which soup"));
    // Next time it begins with one's own words; and she is left in peace for two weeks.
    town.by_hand("UPDATE work_items SET ended_at = NULL, ended_how = ''");
    let mut ada = town.sign_in("ada");
    ada.visit(&page);
    assert_eq!(ada.status, 404, "nobody is asked to write to her so soon");
    let earlier = 20 * 86_400_000_000_i64;
    town.by_hand(&format!(
        "UPDATE work_notes SET written_at = written_at - {earlier}, leaves_at = leaves_at - {earlier}"
    ));
    ada.visit(&page).is(200);
    assert!(ada.body.contains("Welcome {name}! Which soup do you like?"));
    town.by_hand("DELETE FROM work_notes");
    town.by_hand("DELETE FROM work_items");
    night(town);
    assert!(rows(town).iter().any(|row| row.who == town.people["nia"].0));
}

fn objects(town: &Town) {
    tuesday(town);
    let item = welcome_nia(town);
    let mut ada = town.sign_in("ada");
    ada.visit("/today").sees("Nia joined");
    let mut nia = town.sign_in("nia");
    nia.visit("/settings/kept");
    nia.submit("/settings/kept", &[("objects", "yes")]).is(200);
    let mut ada = town.sign_in("ada");
    ada.visit("/today").sees_not("Nia joined");
    ada.visit(&format!("/today/{item}"));
    assert_eq!(ada.status, 404);
    town.by_hand("DELETE FROM work_items");
    night(town);
    assert!(rows(town).iter().all(|row| row.who != town.people["nia"].0));
    // A pause is the same for a while; a day of the past is none.
    nia.visit("/settings/kept");
    assert!(nia.body.contains("name=\"objects\" value=\"yes\" checked"));
    nia.submit("/settings/kept", &[("objects", ""), ("paused", "2026-11-20")]);
    assert_eq!(nia.status, 422);
    nia.sees("A day from tomorrow on");
    nia.submit("/settings/kept", &[("objects", ""), ("paused", "2026-12-20")])
        .is(200);
    night(town);
    assert!(rows(town).iter().all(|row| row.who != town.people["nia"].0));
    town.app.clock.set(at("2026-12-20T00:00:01Z"));
    welcome_nia(town);
}

fn two(town: &Town) {
    tuesday(town);
    let item = welcome_nia(town);
    let kitchen = town.spaces["Kitchen"];
    let pia = town.people["pia"];
    town.by_hand(&format!(
        "UPDATE memberships SET role = 'community_manager' WHERE space_id = {kitchen} AND account_id = {pia}"
    ));
    let page = format!("/today/{item}");
    let (mut ada, mut pia) = (town.sign_in("ada"), town.sign_in("pia"));
    ada.visit(&page).is(200);
    pia.visit(&page).is(200);
    pia.submit(&format!("{page}/write"), &[("body", "Hello {name}")])
        .is(200);
    ada.submit(&format!("{page}/write"), &[("body", "Hello {name}")])
        .is(200);
    ada.sees("Pia has done it already.");
    assert_eq!(
        count(town, "SELECT COUNT(*) AS count FROM work_notes"),
        1,
        "one letter, not two"
    );
}

fn effect(town: &Town) {
    tuesday(town);
    let mut ada = town.sign_in("ada");
    ada.visit("/today").sees("Too early: 10 more in the smaller half");
    let (kitchen, made) = (town.spaces["Kitchen"], town.app.clock.now().plus_days(-40).0);
    // Under the numbers that hold: what was made under others is not compared with it.
    let version = today::kinds::version(1);
    let put = |arm: &str, number: i64, well: &str| {
        town.by_hand(&format!(
            "INSERT INTO work_items (space_id, kind, subject, arm, facts, since, made_at, ended_at, ended_how, judge_at, \
             came_well, version) VALUES ({kitchen}, 'welcome', '{arm}{number}', '{arm}', '{{}}', {made}, {made}, {made}, \
             'over', {made}, {well}, {version})"
        ));
    };
    for number in 0..40 {
        put("shown", number, if number < 24 { "(1 = 1)" } else { "(1 = 0)" });
        put("held_back", number, if number < 16 { "(1 = 1)" } else { "(1 = 0)" });
    }
    ada.visit("/today").sees("+20 points (40 against 40 people)");
    ada.sees("That may be chance.");
    // What nobody judged yet is in no number; when its day comes, it is judged by what somebody wrote.
    let nia = town.people["nia"].0;
    let due = town.app.clock.now().plus_days(-1).0;
    town.by_hand(&format!(
        "INSERT INTO work_items (space_id, kind, subject, account_id, arm, facts, since, made_at, ended_at, ended_how, \
         judge_at, version) VALUES ({kitchen}, 'welcome', 'nia', {nia}, 'shown', '{{}}', {made}, {made}, {made}, 'done', \
         {due}, {version})"
    ));
    let now = town.app.clock.now();
    town.app.clock.set(now.plus_days(-2));
    topic(town, "nia", "Kitchen", "Which pan for soup?");
    town.app.clock.set(now);
    look_again(town);
    ada.visit("/today").sees("(41 against 40 people)");
    assert_eq!(
        count(
            town,
            "SELECT COUNT(*) AS count FROM work_items WHERE subject = 'nia' AND came_well"
        ),
        1
    );
}

fn monday(town: &Town) {
    town.app.clock.set(at("2026-11-23T07:00:00Z"));
    welcome_nia(town);
    town.settle();
    let list = |town: &Town| {
        letters(town)
            .into_iter()
            .filter(|letter| letter.contains("/today/"))
            .collect::<Vec<_>>()
    };
    worker::turn(&town.app, 60);
    town.settle();
    assert!(list(town).is_empty(), "not before work begins");
    town.app.clock.set(at("2026-11-23T08:30:00Z"));
    worker::turn(&town.app, 60);
    worker::turn(&town.app, 60);
    town.settle();
    let sent = list(town);
    assert_eq!(sent.len(), 1, "one letter: {sent:?}");
    assert!(
        sent[0].contains("ada@cast.example") && sent[0].contains("Nia joined"),
        "{}",
        sent[0]
    );
    let read = "SELECT COUNT(*) AS count FROM events WHERE verb = 'private_read' AND particulars LIKE '%monday%'";
    assert_eq!(count(town, read), 1);
    // Who does not want it gets none, and those who manage nothing are not asked.
    let mut ada = town.sign_in("ada");
    ada.visit("/settings/letters");
    ada.submit("/settings/letters", &[("about.today", "none")]).is(200);
    let mut nia = town.sign_in("nia");
    nia.visit("/settings/letters")
        .sees_not("on the morning of its first working day");
    nia.submit("/settings/letters", &[]).is(200);
    town.app.clock.set(at("2026-11-30T08:30:00Z"));
    worker::turn(&town.app, 60);
    town.settle();
    assert_eq!(list(town).len(), 1);
}

fn silent(town: &Town) {
    use aquarium::forum::metrics::week::Calendar;
    use aquarium::forum::metrics::work;
    let calendar = Calendar::new("UTC");
    tuesday(town);
    let (_, first) = topic(town, "pia", "Kitchen", "Soup of the day");
    // Nia writes twice a week and is here on those days, for half a year; then she is not.
    let monday = calendar.start(calendar.week(town.app.clock.now()) + 1).expect("a week");
    for week in 0..22 {
        for day in [1, 3] {
            town.app
                .clock
                .set(monday.plus_days(week * 7 + day).plus_seconds(36_000));
            let day = calendar.day(town.app.clock.now());
            reply(town, "nia", first, "And today?", "").expect("a reply");
            town.by_hand(&format!(
                "INSERT INTO space_days (space_id, account_id, day) VALUES ({}, {}, {day})",
                town.spaces["Kitchen"], town.people["nia"]
            ));
        }
    }
    let find = |weeks: i64| {
        town.app
            .clock
            .set(monday.plus_days((22 + weeks) * 7).plus_seconds(36_000));
        work::bring_up(&town.app.store, town.app.config.metrics).expect("figures");
        night(town);
        rows(town).into_iter().filter(|row| row.kind == "lapsing").count()
    };
    assert_eq!(find(0), 0, "she was here last week");
    assert_eq!(find(4), 1, "four weeks are long for her");
    town.by_hand("UPDATE work_items SET arm = 'shown' WHERE kind = 'lapsing'");
    let mut ada = town.sign_in("ada");
    ada.visit("/today")
        .sees("Nia has not written for")
        .sees("is a long pause for them");
    // She is back: it is over by itself.
    town.app.clock.set(town.app.clock.now().plus_seconds(3600));
    reply(town, "nia", first, "I was away.", "").expect("a reply");
    look_again(town);
    let how: Vec<String> = rows(town)
        .into_iter()
        .filter(|row| row.kind == "lapsing")
        .map(|row| row.how)
        .collect();
    assert_eq!(how, ["over"]);
}

fn dismissed(town: &Town) {
    tuesday(town);
    let item = welcome_nia(town);
    let page = format!("/today/{item}");
    let mut ada = town.sign_in("ada");
    ada.visit(&page).submit(&format!("{page}/dismiss"), &[]);
    assert_eq!(ada.status, 422, "a reason is asked for");
    ada.submit(&format!("{page}/dismiss"), &[("reason", "whatever")]);
    assert_eq!(ada.status, 422);
    ada.submit(&format!("{page}/dismiss"), &[("reason", "unwelcome")])
        .is(200);
    ada.sees("Taken off the list.").sees("One done today");
    assert_eq!(
        count(
            town,
            "SELECT COUNT(*) AS count FROM work_items WHERE ended_how = 'dismissed' AND reason = 'unwelcome'"
        ),
        1
    );
    // It does not come back the next night.
    night(town);
    ada.visit("/today").sees_not("Nia joined");
}
