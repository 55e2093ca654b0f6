//! The list of jobs. A worker takes one by lease: the database's own clock says until when, and only
//! the attempt that still holds it may finish it, so that a worker that overslept changes nothing.

use diesel::prelude::*;

use crate::access::Tx;
use crate::db::dialect;
use crate::db::schema::jobs;
use crate::db::types::Moment;
use crate::kinds::JobKind;
use crate::refusal::Result;

const LEASE_SECONDS: i64 = 120;
/// After so many failures a job is put aside, where an admin sees it.
const TRIES: i64 = 8;

#[derive(Debug, Clone, Copy)]
pub(super) struct Job {
    pub(super) id: i64,
    pub(super) subject: i64,
    attempt: i64,
}

/// Takes up to `most` jobs of one kind that are due.
pub(super) fn take(tx: &mut Tx<'_>, kind: JobKind, most: i64) -> Result<Vec<Job>> {
    let now = Moment(dialect::now(tx.conn())?);
    let due: Vec<(i64, i64, i64)> = jobs::table
        .filter(jobs::kind.eq(kind))
        .filter(jobs::stuck_at.is_null())
        .filter(jobs::due_at.le(now))
        .filter(jobs::leased_until.lt(now))
        .order(jobs::id)
        .select((jobs::id, jobs::subject, jobs::attempts))
        .limit(most)
        .load(tx.conn())?;
    let mut taken = Vec::with_capacity(due.len());
    for (id, subject, attempts) in due {
        let mine = diesel::update(
            jobs::table
                .find(id)
                .filter(jobs::leased_until.lt(now))
                .filter(jobs::attempts.eq(attempts)),
        )
        .set((
            jobs::leased_until.eq(now.plus_seconds(LEASE_SECONDS)),
            jobs::attempts.eq(attempts + 1),
        ))
        .execute(tx.conn())?;
        if mine == 1 {
            taken.push(Job {
                id,
                subject,
                attempt: attempts + 1,
            });
        }
    }
    Ok(taken)
}

pub(super) fn done(tx: &mut Tx<'_>, job: &Job) -> Result<()> {
    diesel::delete(jobs::table.find(job.id).filter(jobs::attempts.eq(job.attempt))).execute(tx.conn())?;
    Ok(())
}

/// Puts a failed job back, later each time, or aside.
pub(super) fn failed(tx: &mut Tx<'_>, job: &Job, problem: &str) -> Result<()> {
    let now = Moment(dialect::now(tx.conn())?);
    let stuck = (job.attempt >= TRIES).then_some(now);
    diesel::update(jobs::table.find(job.id).filter(jobs::attempts.eq(job.attempt)))
        .set((
            jobs::leased_until.eq(Moment(0)),
            jobs::due_at.eq(now.plus_seconds(1 << job.attempt.min(10))),
            jobs::stuck_at.eq(stuck),
            jobs::problem.eq(problem.chars().take(500).collect::<String>()),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Jobs that are neither done nor put aside, and those put aside.
pub(super) fn count(tx: &mut crate::access::Cx<'_>) -> Result<(i64, i64)> {
    let open = jobs::table
        .filter(jobs::stuck_at.is_null())
        .count()
        .get_result(tx.conn())?;
    let stuck = jobs::table
        .filter(jobs::stuck_at.is_not_null())
        .count()
        .get_result(tx.conn())?;
    Ok((open, stuck))
}
