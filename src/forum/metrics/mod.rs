//! Figures: what the log of events says of a community, week by week. From facts (`log`) to states (`fold`,
//! `states`), from states to a look at one space at the end of one week (`sight`), and from a look to figures
//! (`catalogue`, a file for each metric), which are sealed and stored (`work`), and from then on only read.
//! Not here: the queue of moderators and its figures, which are counted over reviews.

mod audiences;
pub mod auditors;
pub mod bundle;
pub mod catalogue;
pub mod dictionary;
#[cfg(test)]
mod differencing;
pub mod evidence;
pub mod export;
pub mod fold;
mod history;
pub mod hours;
mod log;
pub mod me;
pub mod metric;
pub mod mine;
pub mod models;
pub mod outlook;
mod quarter;
pub mod raw;
pub mod read;
pub mod readings;
#[cfg(test)]
mod recovered;
pub mod research;
pub mod ring_spans;
pub(crate) mod rings_now;
pub mod rules;
pub mod schedule;
pub mod sight;
mod states;
pub mod suppress;
pub mod verify;
pub mod week;
pub mod work;
