//! The two doors to the database. Both ask who is looking; the one for writing also records what
//! happened, and what follows from it, in the same transaction.

use std::sync::Arc;

use diesel::prelude::*;
use rand::RngExt as _;
use sha2::{Digest as _, Sha256};

use super::viewer::{self, Person, Viewer};
use crate::clock::Clock;
use crate::db::Conn;
use crate::db::conn::{read_transaction, write_transaction};
use crate::db::pool::Connections;
use crate::db::pulse::{self, Pulse};
use crate::db::schema::{audit, epochs, events, inbox, jobs, spaces};
use crate::db::soundness::Contradiction;
use crate::db::types::Moment;
use crate::event::{Event, Source};
use crate::ids::{AccountId, EventId, SpaceId};
use crate::kinds::JobKind;
use crate::refusal::{Reason, Refusal, Result};

/// What follows from an event: jobs, each with the number of what it is about.
pub type Consequences = fn(&Event, EventId) -> Vec<(JobKind, i64)>;

/// Rung after a commit that left work to do.
pub type Bell = Arc<dyn Fn() + Send + Sync>;

/// The database behind its two doors.
pub struct Store {
    connections: Connections,
    clock: Arc<Clock>,
    consequences: Consequences,
    bell: Bell,
    pulse: Arc<Pulse>,
}

/// The epochs of rights and of names, the last event, and the last line of anybody's inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HowFar {
    pub access: i64,
    pub people: i64,
    pub event: i64,
    pub line: i64,
}

/// A look at the forum by one viewer: all of it at one moment.
pub struct Cx<'a> {
    conn: &'a mut Conn,
    viewer: Arc<Viewer>,
    readable: Arc<[SpaceId]>,
    now: Moment,
}

/// A deed of one viewer: whatever it does, it does whole or not at all.
pub struct Tx<'a> {
    cx: Cx<'a>,
    source: Source,
    consequences: Consequences,
    moved_access: bool,
    moved_people: bool,
    left_work: bool,
    /// Something that others may see, or no longer see.
    happened: bool,
    answers: Option<crate::ids::ReviewId>,
    grounds: (String, String),
}

impl<'a> std::ops::Deref for Tx<'a> {
    type Target = Cx<'a>;
    fn deref(&self) -> &Cx<'a> {
        &self.cx
    }
}

impl std::ops::DerefMut for Tx<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.cx
    }
}

impl Cx<'_> {
    pub(crate) fn conn(&mut self) -> &mut Conn {
        self.conn
    }

    pub fn viewer(&self) -> &Arc<Viewer> {
        &self.viewer
    }

    pub fn now(&self) -> Moment {
        self.now
    }

    /// The spaces that any list may draw from.
    pub(crate) fn readable(&self) -> Arc<[SpaceId]> {
        Arc::clone(&self.readable)
    }

    /// The same for pages that say which of several spaces one can open.
    pub fn readable_spaces(&self) -> Vec<SpaceId> {
        self.readable.to_vec()
    }

    /// The person who is looking, for what only a person can do.
    pub fn me(&self) -> Result<&Person> {
        self.viewer.person().ok_or(Refusal::Denied(Reason::SignInFirst))
    }
}

impl Store {
    pub fn new(connections: Connections, clock: Arc<Clock>, consequences: Consequences, bell: Bell) -> Self {
        Self {
            connections,
            clock,
            consequences,
            bell,
            pulse: Arc::default(),
        }
    }

    /// Told after each commit with which something happened.
    pub fn pulse(&self) -> &Arc<Pulse> {
        &self.pulse
    }

    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    pub fn connections(&self) -> &Connections {
        &self.connections
    }

    /// How far the forum has come, in one statement and about nobody: what is kept ready was made at
    /// some such point, and is stale at a later one.
    pub fn how_far(&self) -> Result<HowFar> {
        let mut conn = self.connections.reader()?;
        let (access, people, event, line) = epochs::table
            .select((
                epochs::access,
                epochs::people,
                events::table.select(diesel::dsl::max(events::id)).single_value(),
                inbox::table.select(diesel::dsl::max(inbox::id)).single_value(),
            ))
            .first::<(i64, i64, Option<EventId>, Option<i64>)>(&mut *conn)?;
        Ok(HowFar {
            access,
            people,
            event: event.map_or(0, |event| event.0),
            line: line.unwrap_or(0),
        })
    }

    /// Rows that contradict each other; none in a sound database. Numbers only, so nobody looks.
    pub fn contradictions(&self) -> Result<Vec<Contradiction>> {
        let mut conn = self.connections.reader()?;
        Ok(read_transaction(&mut conn, crate::db::soundness::contradictions)?)
    }

    /// Looks. The viewer's standing is as fresh as the viewer is; see `forum::people::sessions`.
    pub fn read<T>(&self, viewer: &Arc<Viewer>, work: impl FnOnce(&mut Cx<'_>) -> Result<T>) -> Result<T> {
        let mut conn = self.connections.reader()?;
        let now = self.clock.now();
        read_transaction(&mut conn, |conn| {
            let readable = readable(conn, viewer)?;
            work(&mut Cx {
                conn,
                viewer: Arc::clone(viewer),
                readable,
                now,
            })
        })
    }

    /// Does. The viewer's standing is read again inside the transaction: what was true when the page
    /// was shown may be over.
    pub fn write<T>(
        &self,
        viewer: &Arc<Viewer>,
        source: Source,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T>,
    ) -> Result<T> {
        self.write_at(viewer, source, self.clock.now(), work)
    }

    /// The same at another moment: for imports and the demo, which tell of the past.
    pub fn write_at<T>(
        &self,
        viewer: &Arc<Viewer>,
        source: Source,
        now: Moment,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T>,
    ) -> Result<T> {
        let mut conn = self.connections.writer()?;
        let (mut ring, mut happened) = (false, false);
        let outcome = write_transaction(&mut conn, |conn| {
            let viewer = match &**viewer {
                Viewer::Person(person) => match viewer::load_at_page(conn, person.id, self.clock.now().max(now))? {
                    Some(person) => Arc::new(Viewer::Person(Box::new(person))),
                    None => return Err(Refusal::Denied(Reason::SignInFirst)),
                },
                _ => Arc::clone(viewer),
            };
            let readable = readable(conn, &viewer)?;
            let mut tx = Tx {
                cx: Cx {
                    conn,
                    viewer,
                    readable,
                    now,
                },
                source,
                consequences: self.consequences,
                moved_access: false,
                moved_people: false,
                left_work: false,
                happened: false,
                answers: None,
                grounds: Default::default(),
            };
            let value = work(&mut tx)?;
            tx.move_epochs()?;
            ring = tx.left_work;
            happened = tx.happened || tx.moved_access || tx.moved_people;
            if happened {
                pulse::tell_others(tx.cx.conn)?;
            }
            Ok(value)
        });
        if outcome.is_ok() && happened {
            self.pulse.beat();
        }
        if outcome.is_ok() && ring {
            (self.bell)();
        }
        outcome
    }
}

fn readable(conn: &mut Conn, viewer: &Viewer) -> Result<Arc<[SpaceId]>> {
    Ok(match viewer {
        Viewer::Person(person) => person.readable.as_slice().into(),
        Viewer::Visitor => viewer::public_spaces(conn)?.into(),
        Viewer::System(_) => spaces::table.select(spaces::id).load(conn)?.into(),
    })
}

impl Tx<'_> {
    pub fn source(&self) -> Source {
        self.source
    }

    /// Records what happened, what follows from it, and who may see more or less since.
    pub(crate) fn record(&mut self, event: &Event) -> Result<EventId> {
        let row = event.row();
        self.happened = true;
        let (kind, department, role) = match &*self.cx.viewer {
            Viewer::Person(person) => (
                person.kind.word(),
                person.department,
                row.space
                    .and_then(|space| person.role_in(space))
                    .map_or("none", crate::kinds::SpaceRole::word),
            ),
            Viewer::Visitor => ("visitor", None, "none"),
            Viewer::System(_) => ("system", None, "none"),
        };
        let particulars = row
            .particulars
            .map_or_else(|| "{}".to_owned(), |value| value.to_string());
        let actor = self.cx.viewer.id();
        let id: EventId = diesel::insert_into(events::table)
            .values((
                events::at.eq(self.cx.now),
                events::verb.eq(row.verb),
                events::actor_id.eq(actor),
                events::actor_kind.eq(kind),
                events::department_id.eq(department),
                events::role.eq(role),
                events::space_id.eq(row.space),
                events::board_id.eq(row.board),
                events::topic_id.eq(row.topic),
                events::post_id.eq(row.post),
                events::parent_id.eq(row.parent),
                events::about_id.eq(row.about),
                events::particulars.eq(&particulars),
                events::source.eq(self.source),
            ))
            .returning(events::id)
            .get_result(self.cx.conn)?;
        if event.is_audited() {
            self.audit(row.verb, row.about.map(|id| id.0), row.space, &particulars)?;
        }
        self.moved_access |= event.moves_access();
        self.moved_people |= event.moves_people();
        for (job, subject) in (self.consequences)(event, id) {
            self.ask_for(job, subject)?;
        }
        Ok(id)
    }

    /// Goes on as this person, in the same transaction: to do what a first run or a demo does for
    /// somebody, and to record as the author's what a moderator has just published.
    pub(crate) fn continue_as(&mut self, person: Person) {
        self.cx.readable = person.readable.as_slice().into();
        self.cx.viewer = Arc::new(Viewer::Person(Box::new(person)));
    }

    /// A look by somebody else in the middle of a deed of the forum: a digest asks what they would see.
    pub(crate) fn as_somebody(&mut self, person: Person) -> Cx<'_> {
        Cx {
            conn: self.cx.conn,
            readable: person.readable.as_slice().into(),
            now: self.cx.now,
            viewer: Arc::new(Viewer::Person(Box::new(person))),
        }
    }

    /// What follows happens at another moment: an import tells of the past.
    pub(crate) fn go_to(&mut self, moment: Moment) {
        self.cx.now = moment;
    }

    /// The next act of this moderator answers a review, which must be taken already.
    pub(crate) fn answer(&mut self, review: crate::ids::ReviewId) {
        self.answers = Some(review);
    }

    /// The rule and the reason of what a moderator does now.
    pub(crate) fn because(&mut self, rule: &str, reason: &str) {
        self.grounds = (rule.to_owned(), reason.to_owned());
    }

    pub(crate) fn grounds(&self) -> (String, String) {
        self.grounds.clone()
    }

    /// The review that this act answers, once.
    pub(crate) fn answered(&mut self) -> Option<crate::ids::ReviewId> {
        self.answers.take()
    }

    /// Puts a job on the list that the worker empties.
    pub(crate) fn ask_for(&mut self, job: JobKind, subject: i64) -> Result<()> {
        diesel::insert_into(jobs::table)
            .values((
                jobs::kind.eq(job),
                jobs::subject.eq(subject),
                jobs::created_at.eq(self.cx.now),
                jobs::due_at.eq(Moment(0)),
            ))
            .execute(self.cx.conn)?;
        self.left_work = true;
        Ok(())
    }

    /// A letter was put into the outbox: somebody should send it.
    pub(crate) fn left_a_letter(&mut self) {
        self.left_work = true;
    }

    /// The row holds a salted hash beside what it says, so that a name can be erased without
    /// breaking the chain that a job puts over the hashes.
    fn audit(&mut self, verb: &str, about: Option<i64>, space: Option<SpaceId>, particulars: &str) -> Result<()> {
        let salt = hex(&rand::rng().random::<[u8; 16]>());
        let actor = self.cx.viewer.id();
        let said = said(&salt, self.cx.now, verb, actor, about, space, particulars);
        diesel::insert_into(audit::table)
            .values((
                audit::at.eq(self.cx.now),
                audit::verb.eq(verb),
                audit::actor_id.eq(actor),
                audit::about_id.eq(about),
                audit::space_id.eq(space),
                audit::particulars.eq(particulars),
                audit::salt.eq(&salt),
                audit::salted_hash.eq(hex(&Sha256::digest(said.as_bytes()))),
            ))
            .execute(self.cx.conn)?;
        Ok(())
    }

    fn move_epochs(&mut self) -> Result<()> {
        if self.moved_access {
            diesel::update(epochs::table)
                .set(epochs::access.eq(epochs::access + 1))
                .execute(self.cx.conn)?;
        }
        if self.moved_people {
            diesel::update(epochs::table)
                .set(epochs::people.eq(epochs::people + 1))
                .execute(self.cx.conn)?;
        }
        Ok(())
    }

    /// Somebody has something new, without an event of its own: a line of an inbox.
    pub(crate) fn something_new(&mut self) {
        self.happened = true;
    }

    /// Whoever is looking may see more or less now, without an event of its own: a session ended.
    pub(crate) fn access_moved(&mut self) {
        self.moved_access = true;
    }
}

/// What a row of the audit says, with its salt, as its hash covers it.
pub(crate) fn said(
    salt: &str,
    at: Moment,
    verb: &str,
    actor: Option<AccountId>,
    about: Option<i64>,
    space: Option<SpaceId>,
    particulars: &str,
) -> String {
    format!(
        "{salt}\n{}\n{verb}\n{}\n{}\n{}\n{particulars}",
        at.0,
        actor.map_or(0, |id| id.0),
        about.unwrap_or(0),
        space.map_or(0, |id| id.0),
    )
}

/// Bytes as text.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
            write!(out, "{byte:02x}").expect("writing to a string cannot fail");
            out
        })
}
