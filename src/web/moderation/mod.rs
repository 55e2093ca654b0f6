//! The pages of moderation: the queue and each review for those who decide, the decision for the one it
//! is about, and the log for the members of a space.

mod decisions;
mod deeds;
mod figures;
mod flag_kinds;
mod graft;
mod holding;
mod log;
mod queue;
mod review;
mod several;
mod texts;

pub use decisions::{appeal, decision, decisions};
pub use deeds::{decide, escalate, free, hand, note, take, undo};
pub use figures::{figures, figures_csv, figures_json, report};
pub use flag_kinds::{add as add_flag_kind, change as change_flag_kind, show as flag_kinds};
pub use graft::{merge, merge_form, reparent, reparent_form, split, split_form};
pub use holding::{add_phrase, add_rule, hold_topic, holding, remove_phrase, remove_rule, unhold_topic};
pub use log::log;
pub use queue::queue;
pub use review::show;
pub use several::decide as decide_several;
pub use texts::{change as change_texts, texts};
