//! How the forum is doing as a machine: how much waits and how much is stuck, for whoever operates it. Numbers only,
//! without a name, a title or an address.

use diesel::dsl::{count_star, min};
use diesel::prelude::*;

use crate::access::{Cx, Viewer};
use crate::db::schema::{events, figure_progress, jobs, letters, posts, reviews};
use crate::db::types::Moment;
use crate::refusal::{Refusal, Result};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub jobs_waiting: i64,
    pub jobs_stuck: i64,
    pub letters_waiting: i64,
    pub letters_failed: i64,
    /// Seconds for which the oldest letter that is due waits.
    pub letters_oldest: i64,
    pub reviews_open: i64,
    pub posts: i64,
    pub events: i64,
    /// Seconds since the figures were brought up to date; none before the first time.
    pub figures_age: Option<i64>,
}

pub(crate) fn counts(cx: &mut Cx<'_>) -> Result<Counts> {
    if !matches!(**cx.viewer(), Viewer::System(_)) {
        return Err(Refusal::NotFound);
    }
    let now = cx.now();
    let seconds = |since: Moment| (now.0 - since.0).max(0) / 1_000_000;
    let folded: Moment = figure_progress::table
        .find(1)
        .select(figure_progress::folded_until)
        .first(cx.conn())?;
    let oldest: Option<Moment> = letters::table
        .filter(letters::sent_at.is_null())
        .filter(letters::failed_at.is_null())
        .filter(letters::due_at.le(now.0))
        .select(min(letters::due_at))
        .first::<Option<i64>>(cx.conn())?
        .map(Moment);
    // Nothing that is due waits for no time at all.
    let letters_oldest = oldest.map_or(0, seconds);
    Ok(Counts {
        jobs_waiting: jobs::table
            .filter(jobs::stuck_at.is_null())
            .select(count_star())
            .first(cx.conn())?,
        jobs_stuck: jobs::table
            .filter(jobs::stuck_at.is_not_null())
            .select(count_star())
            .first(cx.conn())?,
        letters_waiting: letters::table
            .filter(letters::sent_at.is_null())
            .filter(letters::failed_at.is_null())
            .select(count_star())
            .first(cx.conn())?,
        letters_failed: letters::table
            .filter(letters::failed_at.is_not_null())
            .select(count_star())
            .first(cx.conn())?,
        letters_oldest,
        reviews_open: reviews::table
            .filter(reviews::decided_at.is_null())
            .select(count_star())
            .first(cx.conn())?,
        posts: posts::table.select(count_star()).first(cx.conn())?,
        events: events::table
            .select(diesel::dsl::max(events::id))
            .first::<Option<i64>>(cx.conn())?
            // An empty log has no last event.
            .unwrap_or(0),
        figures_age: (folded != Moment(0)).then(|| seconds(folded)),
    })
}
