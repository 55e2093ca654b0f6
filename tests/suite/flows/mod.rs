//! One story a file, told with the cast through pages without JavaScript.

pub(crate) mod a_topic;
mod apart;
mod audit;
mod bookmarks;
mod business;
pub(crate) mod by_mail;
mod by_the_book;
mod deciding;
mod drafts;
mod figures;
mod files;
mod first_run;
mod following;
mod gaps;
mod grafts;
mod health;
mod holding;
mod in_the_open;
pub(crate) mod joining;
mod letters;
mod loopholes;
mod me;
mod mentioning;
pub(crate) mod moderation;
mod narrowing;
mod open_house;
mod plan;
mod previewing;
mod reading;
mod searching;
mod spaces;
mod tags;
mod today;
mod together;
mod undoing;
mod visitors;
mod ways_on;

use crate::Story;

pub(crate) fn stories() -> Vec<Story> {
    [
        first_run::stories(),
        apart::stories(),
        audit::stories(),
        joining::stories(),
        a_topic::stories(),
        moderation::stories(),
        deciding::stories(),
        loopholes::stories(),
        open_house::stories(),
        in_the_open::stories(),
        health::stories(),
        holding::stories(),
        grafts::stories(),
        following::stories(),
        bookmarks::stories(),
        by_mail::stories(),
        by_the_book::stories(),
        gaps::stories(),
        drafts::stories(),
        business::stories(),
        tags::stories(),
        today::stories(),
        me::stories(),
        mentioning::stories(),
        figures::stories(),
        files::stories(),
        letters::stories(),
        narrowing::stories(),
        together::stories(),
        previewing::stories(),
        reading::stories(),
        plan::stories(),
        spaces::stories(),
        searching::stories(),
        undoing::stories(),
        visitors::stories(),
        ways_on::stories(),
    ]
    .concat()
}

pub(crate) fn stories_with_python() -> Vec<Story> {
    business::stories_with_python()
}
