//! The worker: one thread that empties the list of jobs, sends letters, writes down what was read,
//! and keeps the search index whole. Woken by a bell after each commit that left work; otherwise it
//! looks around once a second.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use diesel::prelude::*;

use super::queue;
use crate::access::{Store, Viewer};
use crate::app::App;
use crate::db::schema::{day_reads, posting_keys, posts, readings, topics};
use crate::event::Source;
use crate::forum::audit;
use crate::forum::inbox;
use crate::forum::metrics::week::Calendar;
use crate::forum::moderation::{overdue, spam};
use crate::forum::reading::bookmarks;
use crate::forum::today;
use crate::ids::{EventId, PostId, TopicId};
use crate::kinds::{JobKind, PostState};
use crate::refusal::Result;
use crate::text::markdown;

/// Rung when there is work.
#[derive(Debug, Default)]
pub struct Bell {
    rung: Mutex<bool>,
    heard: Condvar,
}

impl Bell {
    pub fn ring(&self) {
        *self.rung.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = true;
        self.heard.notify_all();
    }

    fn wait(&self, at_most: Duration) {
        let rung = self.rung.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let (mut rung, _) = self
            .heard
            .wait_timeout_while(rung, at_most, |rung| !*rung)
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        *rung = false;
    }
}

/// A running worker; stops when told, after what it has in hand.
pub struct Worker {
    stop: Arc<AtomicBool>,
    bell: Arc<Bell>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    pub fn start(app: Arc<App>) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let bell = Arc::clone(&app.bell);
        let told = Arc::clone(&stop);
        let thread = std::thread::Builder::new()
            .name("worker".to_owned())
            .spawn(move || {
                let mut round = 0_u64;
                while !told.load(Ordering::Acquire) {
                    app.bell.wait(Duration::from_secs(1));
                    turn(&app, round);
                    round += 1;
                }
                turn(&app, 1);
            })
            .expect("the system has a thread to spare at start");
        Self {
            stop,
            bell,
            thread: Some(thread),
        }
    }

    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        self.stop.store(true, Ordering::Release);
        self.bell.ring();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the worker ended in a panic");
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.end();
    }
}

/// One look around. A failure of one thing does not keep the others from their turn.
pub fn turn(app: &App, round: u64) {
    let report = |what: &str, outcome: Result<()>| {
        if let Err(refusal) = outcome {
            tracing::warn!(what, %refusal, "work is put off");
        }
    };
    report("search", index(app));
    report("inbox", notify(app));
    report("access", end_access(app));
    // First what was read: no letter tells it.
    if !app.gathered.is_empty() {
        report("readings", app.gathered.write(&app.store, &Viewer::system("readings")));
    }
    report(
        "letters",
        crate::mail::send_due(app).map(|more| {
            if more {
                app.bell.ring();
            }
        }),
    );
    report("audit", link_audit(app));
    report("gaps", app.gaps.write(&app.store, &Viewer::system("gaps")));
    report("search index", app.search.keep_whole(app));
    if round.is_multiple_of(20) {
        report("notices", crate::forum::letters::notices::write(app));
    }
    if round.is_multiple_of(60) {
        report("overdue", tell_overdue(app));
        report("reminders", remind(app));
        report("notes", let_notes_leave(app));
        report("monday", crate::forum::today::write_letters(&app.store, &app.site.text));
        report("spam", spam::learn(&app.store));
    }
    if round.is_multiple_of(600) {
        report("housekeeping", housekeeping(app));
        let shelf = u8::try_from(round / 600 % 256).unwrap_or(0);
        report("strays", sweep_shelf(app, shelf));
    }
}

/// One shelf of files at a time, so that no turn is long.
fn sweep_shelf(app: &App, shelf: u8) -> Result<()> {
    let before = app.clock.now().plus_days(-crate::forum::files::STRAYS_AFTER_DAYS);
    let old = app.files.on_shelf(shelf, before)?;
    if old.is_empty() {
        return Ok(());
    }
    remove_bytes(app, &old)
}

/// A few at a time: whoever writes waits for as long as a bucket takes to forget them.
fn remove_bytes(app: &App, hashes: &[String]) -> Result<()> {
    for few in hashes.chunks(5) {
        app.store.write(&system(), Source::System, |tx| {
            crate::forum::files::remove_bytes(tx, &app.files, few)
        })?;
    }
    Ok(())
}

/// Bookmarks whose moment has come. Asked first without a write: mostly there is none.
fn remind(app: &App) -> Result<()> {
    if !app.store.read(&system(), bookmarks::any_due)? {
        return Ok(());
    }
    app.store.write(&system(), Source::System, bookmarks::remind)
}

/// Notes whose hour has come. Asked first without a write: mostly there is none.
fn let_notes_leave(app: &App) -> Result<()> {
    if !app.store.read(&system(), today::any_note_due)? {
        return Ok(());
    }
    app.store.write(&system(), Source::System, today::leave_notes)
}

/// Letters about what waits too long. Asked first without a write: mostly nothing does.
fn tell_overdue(app: &App) -> Result<()> {
    if !app.store.read(&system(), overdue::any)? {
        return Ok(());
    }
    app.store
        .write(&system(), Source::System, |tx| overdue::tell(tx, &app.site.text))
}

/// Links what auditors read. Asked first without a write: mostly there is nothing.
fn link_audit(app: &App) -> Result<()> {
    if app.store.read(&system(), audit::is_linked)? {
        return Ok(());
    }
    let head = app.store.write(&system(), Source::System, audit::link)?;
    match head {
        Some(head) => app.audit_head.keep(&head),
        None => Ok(()),
    }
}

/// Until nothing is left to do now: for commands and tests, which want to see it done.
pub fn run_out(app: &App) -> Result<()> {
    for _ in 0..10_000 {
        index(app)?;
        notify(app)?;
        end_access(app)?;
        app.gathered.write(&app.store, &Viewer::system("readings"))?;
        let more = crate::mail::send_due(app)?;
        link_audit(app)?;
        app.gaps.write(&app.store, &Viewer::system("gaps"))?;
        let (open, _) = app.store.read(&Viewer::system("jobs"), queue::count)?;
        if open == 0 && !more {
            return Ok(());
        }
    }
    Ok(())
}

/// Jobs that are open, and that were put aside.
pub fn count(store: &Store) -> Result<(i64, i64)> {
    store.read(&Viewer::system("jobs"), queue::count)
}

fn system() -> Arc<Viewer> {
    Viewer::system("jobs")
}

/// Brings the index up to date with the posts on the list: one commit for as many as there are.
fn index(app: &App) -> Result<()> {
    loop {
        let (posts, whole) = app.store.write(&system(), Source::System, |tx| {
            Ok((
                queue::take(tx, JobKind::IndexPost, 500)?,
                queue::take(tx, JobKind::IndexTopic, 50)?,
            ))
        })?;
        if posts.is_empty() && whole.is_empty() {
            return Ok(());
        }
        let outcome = app.store.read(&system(), |cx| {
            let mut ids: Vec<PostId> = posts.iter().map(|job| PostId(job.subject)).collect();
            for job in &whole {
                let more: Vec<PostId> = posts::table
                    .filter(posts::topic_id.eq(TopicId(job.subject)))
                    .select(posts::id)
                    .load(cx.conn())?;
                ids.extend(more);
            }
            ids.sort();
            ids.dedup();
            app.search.update(cx, &ids)
        });
        app.store.write(&system(), Source::System, |tx| {
            for job in posts.iter().chain(&whole) {
                match &outcome {
                    Ok(()) => queue::done(tx, job)?,
                    Err(refusal) => queue::failed(tx, job, &refusal.to_string())?,
                }
            }
            Ok(())
        })?;
        outcome?;
    }
}

/// Each job and what it does are one transaction: done and told, or neither.
fn each(
    store: &Store,
    kind: JobKind,
    mut work: impl FnMut(&mut crate::access::Tx<'_>, i64) -> Result<()>,
) -> Result<()> {
    loop {
        let jobs = store.write(&system(), Source::System, |tx| queue::take(tx, kind, 100))?;
        if jobs.is_empty() {
            return Ok(());
        }
        for job in jobs {
            let outcome = store.write(&system(), Source::System, |tx| {
                work(tx, job.subject)?;
                queue::done(tx, &job)
            });
            if let Err(refusal) = outcome {
                tracing::warn!(job = job.id, ?kind, %refusal, "a job failed");
                store.write(&system(), Source::System, |tx| {
                    queue::failed(tx, &job, &refusal.to_string())
                })?;
            }
        }
    }
}

fn notify(app: &App) -> Result<()> {
    each(&app.store, JobKind::Notify, |tx, event| {
        inbox::deliver(tx, EventId(event), &app.site.text)
    })
}

/// What somebody may no longer see leaves no trace with them: readings of topics in spaces that they
/// do not read any more. Their inbox is looked at through the rule each time.
fn end_access(app: &App) -> Result<()> {
    each(&app.store, JobKind::EndAccess, |tx, space| {
        let space = crate::ids::SpaceId(space);
        let visibility: Option<crate::kinds::Visibility> = crate::db::schema::spaces::table
            .find(space)
            .select(crate::db::schema::spaces::visibility)
            .first(tx.conn())
            .optional()?;
        let Some(visibility) = visibility else { return Ok(()) };
        let readers: Vec<crate::ids::AccountId> = readings::table
            .filter(readings::topic_id.eq_any(topics::table.filter(topics::space_id.eq(space)).select(topics::id)))
            .select(readings::account_id)
            .distinct()
            .load(tx.conn())?;
        for reader in readers {
            if !crate::forum::people::reads(tx, reader, space, visibility)? {
                diesel::delete(readings::table.filter(readings::account_id.eq(reader)).filter(
                    readings::topic_id.eq_any(topics::table.filter(topics::space_id.eq(space)).select(topics::id)),
                ))
                .execute(tx.conn())?;
            }
        }
        Ok(())
    })
}

/// Days that an author's removed text is kept, that a form's key is known, and that day reads are kept.
const REMOVED_DAYS: i64 = 30;
const KEY_DAYS: i64 = 7;
const DAY_READS_DAYS: i64 = 28;

/// What time alone brings: texts that their authors removed a month ago go, and so does what was kept
/// for a while only. Old posts are rendered anew when the renderer has changed.
fn housekeeping(app: &App) -> Result<()> {
    let store = &app.store;
    store.write(&system(), Source::System, |tx| {
        let now = tx.now();
        let gone: Vec<PostId> = posts::table
            .filter(posts::state.eq(PostState::RemovedByAuthor))
            .filter(posts::state_at.lt(now.plus_days(-REMOVED_DAYS)).assume_not_null())
            .filter(posts::body.ne(""))
            .select(posts::id)
            .limit(1000)
            .load(tx.conn())?;
        crate::forum::files::let_go(tx, &gone)?;
        diesel::update(posts::table.filter(posts::id.eq_any(gone.clone())))
            .set((
                posts::body.eq(""),
                posts::body_html.eq(""),
                posts::trimmed.eq(None::<String>),
                posts::previews.eq(None::<String>),
            ))
            .execute(tx.conn())?;
        diesel::delete(crate::db::schema::revisions::table.filter(crate::db::schema::revisions::post_id.eq_any(gone)))
            .execute(tx.conn())?;
        diesel::delete(posting_keys::table.filter(posting_keys::created_at.lt(now.plus_days(-KEY_DAYS))))
            .execute(tx.conn())?;
        diesel::delete(
            day_reads::table.filter(day_reads::day.lt(Calendar::read(tx.conn())?.day(now) - DAY_READS_DAYS)),
        )
        .execute(tx.conn())?;
        crate::search::gaps::forget(tx)?;
        Ok(())
    })?;
    store.write(&system(), Source::System, |tx| {
        crate::forum::spaces::entry::sweep(tx)?;
        crate::forum::moderation::hold::forget_old(tx)?;
        crate::forum::people::apply::forget_unconfirmed_old(tx)?;
        crate::forum::letters::forget_old(tx)
    })?;
    let forgotten = store.write(&system(), Source::System, crate::forum::files::sweep)?;
    remove_bytes(app, &forgotten)?;
    render_anew(store)
}

fn render_anew(store: &Store) -> Result<()> {
    loop {
        let done = store.write(&system(), Source::System, |tx| {
            let old: Vec<(PostId, crate::ids::SpaceId, crate::kinds::Format, bool, String)> = posts::table
                .filter(posts::render_version.lt(markdown::RENDER_VERSION))
                .select((posts::id, posts::space_id, posts::format, posts::imported, posts::body))
                .limit(200)
                .load(tx.conn())?;
            let count = old.len();
            for (id, space, format, imported, body) in old {
                let html = crate::forum::posts::write::rendered(tx, space, format, imported, &body)?;
                diesel::update(posts::table.find(id))
                    .set((
                        posts::body_html.eq(html),
                        posts::render_version.eq(markdown::RENDER_VERSION),
                        posts::version.eq(posts::version + 1),
                    ))
                    .execute(tx.conn())?;
            }
            Ok(count)
        })?;
        if done < 200 {
            return Ok(());
        }
    }
}
