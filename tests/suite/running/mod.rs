//! The forum as a running thing: its headers and limits, its two databases, imports, and what a kill
//! leaves behind.

mod away;
mod bucket;
mod durability;
mod forums;
mod headers;
pub(crate) mod history;
mod importing;
mod live;
mod mail_comes;
mod migrations;
mod operating;
pub(crate) mod races;
pub(crate) mod second_opinion;
mod specification;
mod two_nodes;

use crate::{Rule, Story};

pub(crate) fn stories() -> Vec<Story> {
    [
        headers::stories(),
        away::stories(),
        migrations::stories(),
        importing::stories(),
        forums::stories(),
        history::stories(),
        operating::stories(),
        races::stories(),
        live::stories(),
        mail_comes::stories(),
        two_nodes::stories(),
        durability::stories(),
    ]
    .concat()
}

pub(crate) fn stories_with_data() -> Vec<Story> {
    [
        importing::stories_with_data(),
        forums::stories_with_data(),
        history::stories_with_data(),
    ]
    .concat()
}

pub(crate) fn stories_with_servers() -> Vec<Story> {
    mail_comes::stories_with_servers()
}

pub(crate) fn stories_with_bucket() -> Vec<Story> {
    bucket::stories_with_bucket()
}

pub(crate) fn stories_with_python() -> Vec<Story> {
    second_opinion::stories_with_python()
}

pub(crate) fn rules_with_data() -> Vec<Rule> {
    [specification::rules(), history::rules()].concat()
}
