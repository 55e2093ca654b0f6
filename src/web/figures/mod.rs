//! The pages of figures: the health of a space and of the forum, its charts and files, and what each figure
//! means. They read what was counted and sealed; nothing is counted here.

mod business;
mod champions;
mod definitions;
mod drawings;
mod files;
mod found;
mod health;
mod history;
mod input;
mod kept;
mod me;
mod numbers;
mod pack;
mod plan;
mod readings;
mod report;
mod roles;
mod say;
mod stage;
mod take;
mod totals;

pub use business::{chart as business_chart, excel as business_excel, page as business};
pub use champions::show as champions;
pub use definitions::{all as definitions, one as definition};
pub use files::chart;
pub use health::health;
pub use history::history;
pub use input::{change as change_input, show as business_input};
pub use kept::{choose, kept, kept_json};
pub use me::{champion as choose_champion, correct as correct_expertise, show as me};
pub use pack::pack;
pub use plan::{
    add as plan_line, aim as plan_aim, change as change_plan_line, edit as edit_plan_line, remove as remove_plan_line,
    show as plan,
};
pub use readings::readings;
pub use report::{mail as mail_report, report};
pub use roles::{show as roles, succeed};
pub use take::{show as take, take as take_along};
pub use totals::totals;
