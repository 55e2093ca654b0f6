//! A topic's pages: reading it, starting one, and everything that is done to one as a whole.

mod act;
mod fragments;
mod new;
mod outline;
mod show;

pub use act::{
    Reach, change, close, close_form, edit, mark_read, move_form, move_to, pin, reopen, slow, slow_choices, slow_form,
    unpin, view,
};
pub use fragments::Ready;
pub use new::{alike, create, new};
pub use show::{reminders, show, with_poll_problem};
