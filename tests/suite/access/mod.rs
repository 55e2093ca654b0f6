//! Who may what: the matrix that people review, the attack on every route, the canary crawl, and the
//! proof that lists and single looks agree.

mod crawl;
pub(crate) mod every_route;
mod matrix;
mod scope_agrees;

use crate::{Rule, Story};

pub(crate) fn rules() -> Vec<Rule> {
    matrix::rules()
}

pub(crate) fn stories() -> Vec<Story> {
    [crawl::stories(), every_route::stories(), scope_agrees::stories()].concat()
}
