//! Figures: a week is published once and put right beside what was published; whatever they are made of can be
//! made again from the log; two nodes that work at once come to the same.

use aquarium::access::{deed, on_forum};
use aquarium::db::types::Moment;
use aquarium::forum::metrics::week::Calendar;
use aquarium::forum::metrics::{verify, work};
use aquarium::forum::{moderation, people, posts};
use aquarium::ids::{PostId, ReviewId};
use diesel::QueryableByName;

use aquarium::forum::metrics::catalogue;

use crate::Story;
use crate::running_support::{reply, together, topic};
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("figures::a_week_is_published_once_and_put_right_beside_it", published),
        ("figures::what_they_are_made_of_comes_from_the_log_again", replayed),
        ("figures::two_nodes_at_once_come_to_what_one_does", two_nodes),
        ("figures::what_is_undone_counts_again", undone),
        ("figures::what_was_cut_off_is_made_good", cut_off),
        ("figures::whoever_left_the_organisation_belongs_nowhere", gone),
        ("figures::what_was_brought_in_counts_nowhere", brought_in),
        ("figures::the_works_council_gets_its_pack_in_two_languages", pack),
    ]
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = diesel::sql_types::Text)]
    line: String,
}

fn lines(town: &Town, sql: &str) -> Vec<String> {
    town.ask_by_hand::<Line>(sql).into_iter().map(|row| row.line).collect()
}

/// What is kept of the log, as text.
fn states(town: &Town) -> Vec<String> {
    let mut all = Vec::new();
    for (table, columns) in [
        (
            "member_weeks",
            &[
                "space_id",
                "week",
                "account_id",
                "contributions",
                "topics",
                "replies",
                "light",
                "days",
                "seen",
                "first_at",
                "team_contributions",
            ][..],
        ),
        ("dyad_weeks", &["space_id", "week", "from_id", "to_id", "times"]),
        ("member_firsts", &["space_id", "account_id", "at"]),
        (
            "topic_states",
            &[
                "topic_id",
                "space_id",
                "starter_id",
                "first_reply_at",
                "posts",
                "people",
                "replies",
            ],
        ),
    ] {
        let said: Vec<String> = columns
            .iter()
            .map(|column| format!("COALESCE(CAST({column} AS TEXT), '-')"))
            .collect();
        all.extend(lines(
            town,
            &format!(
                "SELECT '{table} ' || {} AS line FROM {table} ORDER BY 1",
                said.join(" || ' ' || ")
            ),
        ));
    }
    all
}

fn told(town: &Town, series: &str) -> Vec<String> {
    let kitchen = town.spaces["Kitchen"];
    lines(
        town,
        &format!(
            "SELECT metric || '/' || part || ' ' || COALESCE(CAST(numerator AS TEXT), '-') AS line FROM figures \
             WHERE space_id = {kitchen} AND series = '{series}' AND metric = 'contributors' \
             AND part IN ('contributions', 'new') ORDER BY week, metric, part"
        ),
    )
}

/// Goes to a moment so many days after the Monday that comes.
fn go_to_day(town: &Town, days: i64) {
    let calendar = Calendar::new("UTC");
    // Chosen once: the machine's own clock goes on.
    let next = calendar.week(town.app.clock.now()) + 1;
    let monday = calendar.start(next).expect("a week");
    town.app.clock.set(monday.plus_days(days).plus_seconds(3600));
}

fn later(town: &Town, days: i64) {
    let now = town.app.clock.now();
    town.app.clock.set(now.plus_days(days));
}

fn bring_up(town: &Town) -> work::Done {
    work::bring_up(&town.app.store, town.app.config.metrics).expect("the figures are worked out")
}

fn is_sound(town: &Town) {
    let report = verify::verify(&town.app.store).expect("the log is read");
    assert!(report.is_sound(), "{report:#?}");
    assert!(report.figures > 0);
}

/// Three people talk for an hour of one week.
fn talk(town: &Town) -> PostId {
    let (_, first) = topic(town, "nia", "Kitchen", "How long does it simmer?");
    let answer = reply(town, "pia", first, "Three hours.", "").expect("an answer");
    reply(town, "mo", answer, "Four.", "").expect("an answer");
    answer
}

fn remove(town: &Town, post: PostId) {
    town.as_person("mo", |tx| {
        let post = posts::take(tx, post)?.may::<deed::RemovePost>()?;
        posts::remove(tx, post, "Not about soup")
    });
}

fn published(town: &Town) {
    go_to_day(town, 1);
    let answer = talk(town);
    bring_up(town);
    assert!(
        told(town, "running").iter().all(|line| line.ends_with(" 0")),
        "the week is not over"
    );
    later(town, 7);
    assert!(bring_up(town).running > 0);
    // Of Pia and Nia; what Mo wrote while moderating is the team's. Ada's welcome was the team's, too.
    let open = told(town, "running");
    assert!(open.contains(&"contributors/contributions 2".to_owned()), "{open:?}");
    assert!(told(town, "published").iter().all(|line| line.ends_with(" 0")));
    later(town, 7);
    assert!(bring_up(town).sealed > 0);
    let before = told(town, "published");
    assert!(
        before.contains(&"contributors/contributions 2".to_owned()),
        "{before:?}"
    );
    is_sound(town);
    // A fortnight later a moderator finds that the answer was none.
    later(town, 1);
    remove(town, answer);
    later(town, 1);
    bring_up(town);
    assert_eq!(told(town, "published"), before, "what was published stays");
    assert_eq!(
        told(town, "restated"),
        ["contributors/contributions 1", "contributors/new 1"],
        "and beside it stands what is known since"
    );
    is_sound(town);
    // Back again: nothing is to be put right any longer.
    town.as_person("mo", |tx| {
        let post = posts::take(tx, answer)?.may::<deed::RestorePost>()?;
        posts::restore(tx, post)
    });
    later(town, 1);
    bring_up(town);
    assert!(told(town, "restated").is_empty());
    // Whoever has the database's password changes what was published.
    town.by_hand("UPDATE figures SET numerator = 9 WHERE metric = 'contributors' AND part = 'new' AND series = 'published' AND numerator = 2");
    let report = verify::verify(&town.app.store).expect("the log is read");
    assert!(!report.altered.is_empty() && !report.differs.is_empty(), "{report:#?}");
    assert!(report.missing.is_empty(), "{report:#?}");
    // Or takes a week of a space away altogether.
    let kitchen = town.spaces["Kitchen"];
    let first = format!("(SELECT MIN(week) FROM sealed_weeks WHERE space_id = {kitchen})");
    town.by_hand(&format!(
        "DELETE FROM figures WHERE space_id = {kitchen} AND week = {first}"
    ));
    town.by_hand(&format!(
        "DELETE FROM sealed_weeks WHERE space_id = {kitchen} AND week = {first}"
    ));
    let report = verify::verify(&town.app.store).expect("the log is read");
    assert_eq!(report.missing.len(), 1, "{report:#?}");
    assert!(
        report.missing[0].starts_with(&format!("space {kitchen}, 20")),
        "{report:#?}"
    );
}

fn replayed(town: &Town) {
    go_to_day(town, 1);
    talk(town);
    later(town, 9);
    let (_, other) = topic(town, "pia", "Kitchen", "Which pan?");
    reply(town, "nia", other, "The heavy one.", "").expect("an answer");
    later(town, 20);
    bring_up(town);
    let before = states(town);
    assert!(before.len() > 10, "{before:?}");
    // Again: nothing changes.
    bring_up(town);
    assert_eq!(states(town), before);
    town.by_hand("UPDATE member_weeks SET contributions = 5, days = 3");
    town.by_hand("DELETE FROM dyad_weeks");
    town.by_hand("UPDATE topic_states SET first_reply_at = NULL, posts = 7");
    town.by_hand("DELETE FROM member_firsts");
    assert_ne!(states(town), before);
    work::replay(&town.app.store, town.app.config.metrics).expect("it is rebuilt");
    assert_eq!(states(town), before);
    is_sound(town);
}

fn undone(town: &Town) {
    go_to_day(town, 1);
    let answer = talk(town);
    later(town, 14);
    bring_up(town);
    let before = told(town, "published");
    assert!(
        before.contains(&"contributors/contributions 2".to_owned()),
        "{before:?}"
    );
    later(town, 1);
    remove(town, answer);
    later(town, 1);
    bring_up(town);
    assert!(told(town, "restated").contains(&"contributors/contributions 1".to_owned()));
    // A mistake: the decision is undone, and what it took counts again.
    #[derive(QueryableByName)]
    struct Act {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        id: i64,
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        version: i64,
    }
    let act = &town.ask_by_hand::<Act>("SELECT id, version FROM reviews ORDER BY id DESC")[0];
    town.as_person("mo", |tx| moderation::undo_decision(tx, ReviewId(act.id), act.version));
    later(town, 1);
    bring_up(town);
    assert!(told(town, "restated").is_empty(), "{:?}", told(town, "restated"));
    is_sound(town);
}

fn cut_off(town: &Town) {
    go_to_day(town, 1);
    talk(town);
    later(town, 9);
    bring_up(town);
    let before = states(town);
    // The power failed after the counts of a week were kept, and before first contributions were.
    town.by_hand("DELETE FROM member_firsts");
    town.by_hand("UPDATE figure_progress SET folded_until = 0");
    bring_up(town);
    assert_eq!(states(town), before);
}

fn gone(town: &Town) {
    let belong = |town: &Town| {
        let kitchen = town.spaces["Kitchen"];
        lines(
            town,
            &format!(
                "SELECT CAST(numerator AS TEXT) AS line FROM figures WHERE space_id = {kitchen} AND metric = 'adoption' \
                 AND part = '' AND series = 'running' ORDER BY week DESC"
            ),
        )[0]
            .clone()
    };
    go_to_day(town, 1);
    talk(town);
    later(town, 7);
    bring_up(town);
    let before: i64 = belong(town).parse().expect("a number");
    let nia = town.people["nia"];
    town.as_person("ada", |tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        people::deactivate(tx, may, nia)
    });
    later(town, 7);
    bring_up(town);
    assert_eq!(belong(town), (before - 1).to_string());
    town.as_person("ada", |tx| {
        let may = on_forum::<deed::Administer>(tx.viewer())?;
        people::reactivate(tx, may, nia)
    });
    later(town, 7);
    bring_up(town);
    assert_eq!(belong(town), before.to_string());
    is_sound(town);
}

fn two_nodes(town: &Town) {
    go_to_day(town, 1);
    talk(town);
    later(town, 16);
    // Each on a connection of its own, as two nodes have them.
    let work = || bring_up(town);
    let (one, other) = together(work, work);
    assert!(one.sealed + other.sealed > 0);
    let together = (states(town), told(town, "published"));
    is_sound(town);
    for table in [
        "member_weeks",
        "dyad_weeks",
        "member_firsts",
        "topic_states",
        "figures",
        "sealed_weeks",
    ] {
        town.by_hand(&format!("DELETE FROM {table}"));
    }
    town.by_hand("UPDATE figure_progress SET folded_until = 0, corrected_until = 0");
    bring_up(town);
    assert_eq!((states(town), told(town, "published")), together);
}

fn brought_in(town: &Town) {
    go_to_day(town, 1);
    talk(town);
    let kitchen = town.spaces["Kitchen"];
    let at = town.app.clock.now();
    let old = Moment(at.0).plus_days(-1);
    for verb in ["topic_started", "topic_brought_in", "reply_brought_in"] {
        town.by_hand(&format!(
            "INSERT INTO events (at, verb, actor_id, actor_kind, role, space_id, board_id, topic_id, post_id, about_id, particulars, source) \
             VALUES ({}, '{verb}', {}, 'employee', 'member', {kitchen}, 1, 999, 999, {}, '{{\"kind\":\"question\"}}', 'import')",
            old.0, town.people["pia"].0, town.people["pia"].0
        ));
    }
    later(town, 15);
    bring_up(town);
    assert!(states(town).iter().all(|line| !line.starts_with("topic_states 999 ")));
    let figures = told(town, "published");
    assert!(
        figures.contains(&"contributors/contributions 2".to_owned()),
        "{figures:?}"
    );
}

fn pack(town: &Town) {
    let oda = town.people["oda"];
    town.by_hand(&format!(
        "UPDATE accounts SET forum_role = 'works_council' WHERE id = {oda}"
    ));
    let mut council = town.sign_in("oda");
    for (language, sentence, thresholds) in [
        ("en", "What is never done", "A total is shown from 10 people on"),
        ("nl", "Wat nooit gebeurt", "Een totaal wordt getoond vanaf 10 mensen"),
    ] {
        council.visit(&format!("/health/pack?language={language}")).is(200);
        let called = &council.headers["content-disposition"];
        assert!(called.ends_with(&format!("pack.{language}.html")), "{called}");
        assert!(council.body.contains(&format!("<html lang=\"{language}\">")));
        council.sees(sentence).sees(thresholds);
        // Every metric with its formula, every kind of line, and no sentence that is missing.
        for metric in catalogue::ALL {
            council.sees(metric.formula);
        }
        assert!(council.body.contains("chart-onion") && council.body.contains("chart-bars"));
        assert!(!council.body.contains("[pack-") && !council.body.contains("[today-"));
        assert!(!council.body.contains("<script") && !council.body.contains("http://"));
    }
    for who in ["mo", "nia", "gus"] {
        let mut person = town.sign_in(who);
        person.visit("/health/pack");
        assert_eq!(person.status, 404, "{who}");
    }
}
