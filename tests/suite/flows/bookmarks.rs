//! Bookmarks: what one wants to find again, nobody else's business, told once on the day.

use aquarium::jobs::worker;

use super::a_topic::{reply, start};
use crate::Story;
use crate::support::world::Town;

pub(crate) fn stories() -> Vec<Story> {
    vec![
        ("bookmarks::a_note_is_kept_and_mine_alone", kept),
        ("bookmarks::a_day_that_is_past_is_refused", past),
        ("bookmarks::one_is_reminded_once", reminded),
        ("bookmarks::the_morning_is_that_of_where_one_lives", elsewhere),
        ("bookmarks::what_one_no_longer_sees_is_not_listed", out_of_sight),
        ("bookmarks::the_composer_says_who_will_read_it", seen_by),
    ]
}

fn kept(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "question", "Leeks", "White or green?");
    let mut mo = town.sign_in("mo");
    let post = reply(&mut mo, &topic, "White, of course.");
    let path = format!("/posts/{post}/bookmark");
    nia.visit(&path).is(200).sees("White, of course.");
    nia.submit(&path, &[("note", "For the soup of Friday")]).is(200);
    nia.visit("/bookmarks")
        .is(200)
        .sees("Leeks")
        .sees("White, of course.")
        .sees("For the soup of Friday");
    // Changed, it is still one.
    nia.visit(&path).sees("For the soup of Friday");
    nia.submit(&path, &[("note", "For the pie")]).is(200);
    nia.visit("/bookmarks")
        .sees("For the pie")
        .sees_not("For the soup of Friday");
    assert_eq!(nia.body.matches("For the pie").count(), 1);
    mo.visit("/bookmarks").is(200).sees_not("For the pie");
    mo.visit(&path).is(200).sees_not("For the pie");
    nia.visit("/bookmarks").submit(&format!("{path}/remove"), &[]).is(200);
    nia.visit("/bookmarks").sees_not("For the pie").sees("Nothing yet");
}

fn past(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "question", "Leeks", "White or green?");
    let post = reply(&mut nia, &topic, "Nobody?");
    let path = format!("/posts/{post}/bookmark");
    let long = "x".repeat(501);
    for (note, day) in [("Ask again", "2001-01-01"), ("Ask again", "soon"), (long.as_str(), "")] {
        nia.visit(&path)
            .submit(&path, &[("note", note), ("remind", day)])
            .is(422)
            .sees(note);
        nia.visit("/bookmarks").sees("Nothing yet");
    }
}

fn reminded(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "question", "Leeks", "White or green?");
    let mut mo = town.sign_in("mo");
    let post = reply(&mut mo, &topic, "White, of course.");
    let mut pia = town.sign_in("pia");
    let now = town.app.clock.now();
    let day = now
        .plus_days(3)
        .timestamp()
        .to_zoned(jiff::tz::TimeZone::UTC)
        .date()
        .to_string();
    let path = format!("/posts/{post}/bookmark");
    nia.visit(&path)
        .submit(&path, &[("note", "Try it"), ("remind", &day)])
        .is(200);
    let mut told = |days: i64| {
        town.app.clock.set(now.plus_days(days));
        worker::turn(&town.app, 60);
        town.settle();
        nia.visit("/for-you");
        nia.text().matches("You wanted to be reminded of “Leeks”").count()
    };
    assert_eq!(told(1), 0);
    assert_eq!(told(4), 1);
    assert_eq!(told(6), 1);
    pia.visit("/for-you").sees_not("reminded");
    town.app.clock.set(now);
    // The bookmark stays, without its day.
    nia.visit("/bookmarks").sees("Try it").sees_not("reminds on");
}

fn elsewhere(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "question", "Leeks", "White or green?");
    let post = reply(&mut town.sign_in("mo"), &topic, "White, of course.");
    let mut pia = town.sign_in("pia");
    pia.visit("/settings")
        .submit("/settings", &[("time_zone", "Asia/Tokyo")])
        .is(200);
    let tomorrow = town.app.clock.now().plus_days(2).timestamp();
    let day = tomorrow.to_zoned(jiff::tz::TimeZone::UTC).date();
    let path = format!("/posts/{post}/bookmark");
    pia.visit(&path).submit(&path, &[("remind", &day.to_string())]).is(200);
    // Eight in the morning in Tokyo is eleven in the evening before, at Greenwich.
    let eve = day.yesterday().expect("a day");
    let at = |hour: i8, minute: i8| {
        let moment = eve
            .at(hour, minute, 0, 0)
            .to_zoned(jiff::tz::TimeZone::UTC)
            .expect("a moment");
        aquarium::db::types::Moment(moment.timestamp().as_microsecond())
    };
    let told = |moment| {
        town.app.clock.set(moment);
        worker::turn(&town.app, 0);
        town.settle();
        let mut pia = town.sign_in("pia");
        pia.visit("/for-you");
        pia.text().contains("You wanted to be reminded")
    };
    assert!(!told(at(22, 59)));
    assert!(told(at(23, 1)));
}

fn out_of_sight(town: &Town) {
    let cellar = town.boards["Cellar"];
    let mut pia = town.sign_in("pia");
    let hidden = start(&mut pia, town, "Cellar", "discussion", "Barrel", "Which one?");
    let post = reply(&mut pia, &hidden, "The left one.");
    let mut nia = town.sign_in("nia");
    nia.visit(&format!("/posts/{post}/bookmark")).is(404);
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Jars", "How many?");
    let mut mo = town.sign_in("mo");
    let jars = reply(&mut mo, &topic, "Ten jars.");
    let path = format!("/posts/{jars}/bookmark");
    nia.visit(&path).submit(&path, &[("note", "Count them")]).is(200);
    let number = topic.split(['/', '-']).nth(2).expect("a number").to_owned();
    let mut ada = town.sign_in("ada");
    ada.visit(&format!("/topics/{number}/move?to={cellar}"))
        .submit("/move", &[])
        .is(200);
    nia.visit("/bookmarks").is(200).sees_not("Jars").sees_not("Count them");
    nia.visit(&path).is(404);
}

fn seen_by(town: &Town) {
    let mut nia = town.sign_in("nia");
    let topic = start(&mut nia, town, "Kitchen", "discussion", "Jars", "How many?");
    let post = reply(&mut nia, &topic, "Anybody?");
    nia.visit(&format!("/posts/{post}/reply")).sees("in Kitchen:");
    nia.visit(&format!("/boards/{}/topics/new", town.boards["Kitchen"]))
        .sees("in Kitchen:");
}
