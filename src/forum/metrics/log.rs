//! Reads the log of events for what is measured. Not for pages: nothing here asks who is looking, because what
//! is read here is counted before anybody sees it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::dsl::{min, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::fold::{Corrections, Deed, FORUM, Fact};
use super::week::{Calendar, Week, monday};
use crate::db::Conn;
use crate::db::schema::{accounts, events, space_days, visits};
use crate::db::types::Moment;
use crate::event::Source;
use crate::kinds::{AccountKind, Standing, TopicKind};
use crate::refusal::{Refusal, Result};

/// As the index `events_rare` says it: the same words, or the databases do not see that it serves.
const RARE: &str = "verb IN ('account_created', 'account_deactivated', 'account_reactivated', 'audience_counted', \
                    'joined', 'left', 'post_removed', 'post_restored', 'role_ended', 'role_given', \
                    'thank_withdrawn', 'topic_moved')";

const TELLING: [&str; 9] = [
    "topic_started",
    "replied",
    "post_edited",
    "thanked",
    "voted",
    "answer_marked",
    "answer_unmarked",
    "topic_closed",
    "topic_reopened",
];

type Row = (
    (i64, Moment, String, Option<i64>, String, Option<i64>, String),
    (Option<i64>, Option<i64>, Option<i64>, Option<i64>, Option<i64>),
    (String, Source),
);

macro_rules! columns {
    () => {
        (
            (
                events::id,
                events::at,
                events::verb,
                events::actor_id,
                events::actor_kind,
                events::department_id,
                events::role,
            ),
            (
                events::space_id,
                events::board_id,
                events::topic_id,
                events::post_id,
                events::about_id,
            ),
            (events::particulars, events::source),
        )
    };
}

/// Accounts that are not employees: names that imports brought, which are never counted, and guests, who are
/// counted in their spaces.
struct Others {
    kinds: HashMap<i64, AccountKind>,
}

impl Others {
    fn read(conn: &mut Conn) -> Result<Self> {
        Ok(Self {
            kinds: accounts::table
                .filter(accounts::kind.ne(AccountKind::Employee))
                .select((accounts::id, accounts::kind))
                .load::<(i64, AccountKind)>(conn)?
                .into_iter()
                .collect(),
        })
    }
}

/// What a row tells; none when it is of an import, of nobody who counts, or tells nothing that is measured.
fn fact(row: Row, others: &Others) -> Result<Option<Fact>> {
    let ((id, at, verb, actor, kind, department, role), (space, board, topic, post, about), (particulars, source)) =
        row;
    let guest = kind == AccountKind::Guest.word();
    if source == Source::Import || !(guest || kind == AccountKind::Employee.word()) {
        return Ok(None);
    }
    let team = !matches!(role.as_str(), "member" | "none");
    let deed = match verb.as_str() {
        "topic_started" => Deed::Started(kind_of(&particulars)?),
        "replied" => Deed::Replied,
        // A moderator's edit is moderation; anybody else edits another's post only where all may.
        "post_edited" if role == "member" && particulars.contains("false") => Deed::EditedShared,
        "thanked" => Deed::Thanked,
        "voted" => Deed::Voted,
        "answer_marked" => Deed::Answered,
        "answer_unmarked" => Deed::Unanswered,
        "topic_closed" => Deed::Closed,
        "topic_reopened" => Deed::Reopened,
        _ => return Ok(None),
    };
    let (Some(actor), Some(space), Some(board), Some(topic), Some(post)) = (actor, space, board, topic, post) else {
        return Ok(None);
    };
    Ok(Some(Fact {
        id,
        at,
        deed,
        actor,
        guest,
        department,
        team,
        space,
        board,
        topic,
        post,
        about: about.filter(|who| others.kinds.get(who) != Some(&AccountKind::Placeholder)),
        about_guest: about.is_some_and(|who| others.kinds.contains_key(&who)),
    }))
}

/// The kind of topic that particulars such as `{"kind":"question"}` name.
fn kind_of(particulars: &str) -> Result<TopicKind> {
    #[derive(serde::Deserialize)]
    struct Said {
        kind: TopicKind,
    }
    serde_json::from_str::<Said>(particulars)
        .map(|said| said.kind)
        .map_err(Refusal::broken)
}

/// What happened between two moments.
pub(super) fn facts(conn: &mut Conn, from: Moment, until: Moment) -> Result<Vec<Fact>> {
    let rows: Vec<Row> = events::table
        .filter(events::at.ge(from))
        .filter(events::at.lt(until))
        .filter(events::verb.eq_any(TELLING))
        .select(columns!())
        .load(conn)?;
    let others = Others::read(conn)?;
    rows.into_iter()
        .filter_map(|row| fact(row, &others).transpose())
        .collect()
}

/// What happened in one space between two moments.
pub(super) fn facts_in(conn: &mut Conn, space: i64, from: Moment, until: Moment) -> Result<Vec<Fact>> {
    let rows: Vec<Row> = events::table
        .filter(events::space_id.eq(space))
        .filter(events::at.ge(from))
        .filter(events::at.lt(until))
        .filter(events::verb.eq_any(TELLING))
        .select(columns!())
        .load(conn)?;
    let others = Others::read(conn)?;
    rows.into_iter()
        .filter_map(|row| fact(row, &others).transpose())
        .collect()
}

/// As the index `events_brought_in` says it.
const BROUGHT_IN: &str = "verb IN ('reply_brought_in', 'topic_brought_in')";

/// The last event by which something was brought in; none when nothing ever was.
pub(super) fn newest_brought_in(conn: &mut Conn) -> Result<Option<i64>> {
    Ok(events::table
        .filter(sql::<Bool>(BROUGHT_IN))
        .select(diesel::dsl::max(events::id))
        .first(conn)?)
}

/// What an import says of a post besides where it stands.
#[derive(serde::Deserialize)]
struct Brought {
    kind: Option<TopicKind>,
    to: Option<i64>,
    department: Option<i64>,
}

/// Everything that was brought in, each at the moment at which it was written and by whom.
pub(super) fn brought_in(conn: &mut Conn, before: Moment) -> Result<Vec<Fact>> {
    type Row = (
        (i64, Moment, String, String),
        (
            Option<i64>,
            Option<i64>,
            Option<i64>,
            Option<i64>,
            Option<i64>,
            Option<i64>,
        ),
    );
    let rows: Vec<Row> = events::table
        .filter(sql::<Bool>(BROUGHT_IN))
        .filter(events::at.lt(before))
        .order(events::id)
        .select((
            (events::id, events::at, events::verb, events::particulars),
            (
                events::space_id,
                events::board_id,
                events::topic_id,
                events::post_id,
                events::parent_id,
                events::about_id,
            ),
        ))
        .load(conn)?;
    let authors: HashMap<i64, i64> = rows
        .iter()
        .filter_map(|(_, (_, _, _, post, _, author))| post.zip(*author))
        .collect();
    let mut all = Vec::with_capacity(rows.len());
    for ((id, at, verb, particulars), (space, board, topic, post, parent, author)) in rows {
        let (Some(space), Some(board), Some(topic), Some(post), Some(actor)) = (space, board, topic, post, author)
        else {
            continue;
        };
        let said: Brought = serde_json::from_str(&particulars).map_err(Refusal::broken)?;
        let started = verb == "topic_brought_in";
        let fact = Fact {
            id,
            at,
            // An early import does not say of which kind its topics were.
            deed: if started {
                Deed::Started(said.kind.unwrap_or(TopicKind::Discussion))
            } else {
                Deed::Replied
            },
            actor,
            guest: false,
            department: said.department,
            team: false,
            space,
            board,
            topic,
            post,
            about: parent.and_then(|parent| authors.get(&parent).copied()),
            about_guest: false,
        };
        all.push(fact);
        if started && said.to.is_some() {
            all.push(Fact {
                // An event is one fact: what it says besides has a number of its own.
                id: -id,
                deed: Deed::Addressed,
                about: said.to,
                ..fact
            });
        }
    }
    Ok(all)
}

/// All that happened in some topics before a moment, by topic.
pub(super) fn facts_of(conn: &mut Conn, topics: &[i64], before: Moment) -> Result<HashMap<i64, Vec<Fact>>> {
    let rows: Vec<Row> = events::table
        .filter(events::topic_id.eq_any(topics))
        .filter(events::at.lt(before))
        .filter(events::verb.eq_any(TELLING))
        .select(columns!())
        .load(conn)?;
    let others = Others::read(conn)?;
    let mut all: HashMap<i64, Vec<Fact>> = HashMap::new();
    for row in rows {
        let Some(fact) = fact(row, &others)? else { continue };
        all.entry(fact.topic).or_default().push(fact);
    }
    Ok(all)
}

/// Who was where on which day of a week: in the forum by visits, in a space by what they read there.
pub(super) fn seen(conn: &mut Conn, week: Week) -> Result<Vec<(i64, i64, i64)>> {
    let days = monday(week)..monday(week) + 7;
    let mut all: Vec<(i64, i64, i64)> = visits::table
        .filter(visits::day.between(days.start, days.end - 1))
        .select((visits::account_id, visits::day))
        .load::<(i64, i64)>(conn)?
        .into_iter()
        .map(|(who, day)| (FORUM, who, day - days.start))
        .collect();
    all.extend(
        space_days::table
            .filter(space_days::day.between(days.start, days.end - 1))
            .select((space_days::space_id, space_days::account_id, space_days::day))
            .load::<(i64, i64, i64)>(conn)?
            .into_iter()
            .map(|(space, who, day)| (space, who, day - days.start)),
    );
    Ok(all)
}

/// What a correction is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Corrected {
    pub(super) event: i64,
    pub(super) at: Moment,
    pub(super) topic: i64,
    what: What,
}

#[derive(Debug, Clone, Copy)]
enum What {
    Post { post: i64, away: bool },
    Topic { space: i64 },
    Thanks { who: i64, post: i64 },
}

/// What puts something right.
const CORRECTING: [&str; 4] = ["post_removed", "post_restored", "thank_withdrawn", "topic_moved"];

/// Everything that put something right, in the order of the log.
pub(super) fn corrections(conn: &mut Conn) -> Result<Vec<Corrected>> {
    let rows: Vec<Row> = events::table
        .filter(sql::<Bool>(RARE))
        .filter(events::verb.eq_any(CORRECTING))
        .order(events::id)
        .select(columns!())
        .load(conn)?;
    Ok(corrected(rows))
}

/// The same about some topics only.
pub(super) fn corrections_of(conn: &mut Conn, topics: &[i64]) -> Result<Vec<Corrected>> {
    let mut all = Vec::new();
    for few in topics.chunks(200) {
        let rows: Vec<Row> = events::table
            .filter(events::topic_id.eq_any(few))
            .filter(events::verb.eq_any(CORRECTING))
            .order(events::id)
            .select(columns!())
            .load(conn)?;
        all.extend(corrected(rows));
    }
    Ok(all)
}

fn corrected(rows: Vec<Row>) -> Vec<Corrected> {
    let mut all = Vec::new();
    for ((event, at, verb, actor, ..), (space, _, topic, post, _), (particulars, _)) in rows {
        let (Some(space), Some(topic), Some(post)) = (space, topic, post) else {
            continue;
        };
        let what = match verb.as_str() {
            // What an author takes back was a contribution; what a moderator takes away was none.
            "post_removed" if particulars.contains("true") => continue,
            "post_removed" => What::Post { post, away: true },
            "post_restored" => What::Post { post, away: false },
            "topic_moved" => What::Topic { space },
            _ => match actor {
                Some(who) => What::Thanks { who, post },
                None => continue,
            },
        };
        all.push(Corrected { event, at, topic, what });
    }
    all
}

/// What is put right as of a moment.
pub(super) fn known_before(all: &[Corrected], before: Moment) -> Corrections {
    let mut known = Corrections::default();
    for one in all.iter().filter(|one| one.at < before) {
        match one.what {
            What::Post { post, away } => known.take(post, one.at, one.event, away),
            What::Topic { space } => known.shift(one.topic, one.at, one.event, space),
            What::Thanks { who, post } => known.withdraw(who, post, one.at, one.event),
        }
    }
    known
}

/// From when until when somebody belonged: to a space as its member, to the forum with an account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spans {
    /// Come (true) or gone, in the order of time.
    turns: Vec<(Moment, i64, bool)>,
}

impl Spans {
    pub fn turn(&mut self, at: Moment, event: i64, comes: bool) {
        let place = self.turns.partition_point(|turn| (turn.0, turn.1) < (at, event));
        self.turns.insert(place, (at, event, comes));
    }

    /// Whether they belonged just before a moment.
    pub fn belongs(&self, before: Moment) -> bool {
        self.turns
            .iter()
            .rev()
            .find(|turn| turn.0 < before)
            .is_some_and(|turn| turn.2)
    }

    /// When they first came.
    pub fn since(&self) -> Option<Moment> {
        self.turns.iter().find(|turn| turn.2).map(|turn| turn.0)
    }
}

/// A coming or going: event, moment, verb, space, who.
type Turn = (i64, Moment, String, Option<i64>, Option<i64>);

/// Who belonged when: by space, and in [`FORUM`] who had an account. Guests are in their spaces only.
pub(super) fn spans(conn: &mut Conn) -> Result<HashMap<i64, BTreeMap<i64, Spans>>> {
    let kinds: HashMap<i64, AccountKind> = accounts::table
        .filter(accounts::kind.ne(AccountKind::Placeholder))
        // Whoever never confirmed an address never came.
        .filter(accounts::standing.ne(Standing::Waiting))
        .select((accounts::id, accounts::kind))
        .load::<(i64, AccountKind)>(conn)?
        .into_iter()
        .collect();
    let rows: Vec<Turn> = events::table
        .filter(sql::<Bool>(RARE))
        .filter(events::verb.eq_any([
            "account_created",
            "account_deactivated",
            "account_reactivated",
            "joined",
            "left",
        ]))
        .order(events::id)
        .select((events::id, events::at, events::verb, events::space_id, events::about_id))
        .load(conn)?;
    let mut all: HashMap<i64, BTreeMap<i64, Spans>> = HashMap::new();
    // In which spaces somebody is, as far as the log is read: an account that ends takes them out of all, and they
    // are back in those when it is opened again.
    let mut belongs: HashMap<i64, BTreeSet<i64>> = HashMap::new();
    for (event, at, verb, space, about) in rows {
        let Some((who, kind)) = about.and_then(|who| kinds.get(&who).map(|kind| (who, *kind))) else {
            continue;
        };
        let (mut turned, comes) = match verb.as_str() {
            "joined" => (Vec::from_iter(space), true),
            "left" => (Vec::from_iter(space), false),
            verb => {
                let mut all: Vec<i64> = belongs.get(&who).into_iter().flatten().copied().collect();
                all.push(FORUM);
                (all, verb != "account_deactivated")
            }
        };
        match verb.as_str() {
            "joined" => belongs.entry(who).or_default().extend(space),
            "left" => {
                belongs.entry(who).or_default().retain(|one| Some(*one) != space);
            }
            _ => {}
        }
        turned.retain(|space| *space != FORUM || kind != AccountKind::Guest);
        for space in turned {
            all.entry(space)
                .or_default()
                .entry(who)
                .or_default()
                .turn(at, event, comes);
        }
    }
    Ok(all)
}

/// How many could take part, as it was first counted for each week: by space and week.
pub(super) fn audiences(conn: &mut Conn) -> Result<HashMap<(i64, Week), i64>> {
    let rows: Vec<(Option<i64>, String)> = events::table
        .filter(sql::<Bool>(RARE))
        .filter(events::verb.eq("audience_counted"))
        .order(events::id)
        .select((events::space_id, events::particulars))
        .load(conn)?;
    #[derive(serde::Deserialize)]
    struct Counted {
        week: Week,
        people: i64,
    }
    let mut all = HashMap::new();
    for (space, particulars) in rows {
        let counted: Counted = serde_json::from_str(&particulars).map_err(Refusal::broken)?;
        all.entry((space.unwrap_or(FORUM), counted.week))
            .or_insert(counted.people);
    }
    Ok(all)
}

/// The first moment of which the log tells something that counts; none in an empty one.
pub(super) fn beginning(conn: &mut Conn) -> Result<Option<Moment>> {
    Ok(events::table
        .filter(events::source.ne(Source::Import))
        .select(min(events::at))
        .first(conn)?)
}

/// When each space was begun, and the forum: the week of its launch.
pub(super) fn launches(conn: &mut Conn, calendar: &Calendar) -> Result<BTreeMap<i64, Week>> {
    use crate::db::schema::spaces;
    let mut all: BTreeMap<i64, Week> = spaces::table
        .select((spaces::id, spaces::created_at))
        .load::<(i64, Moment)>(conn)?
        .into_iter()
        .map(|(space, at)| (space, calendar.week(at)))
        .collect();
    if let Some(first) = beginning(conn)? {
        all.insert(FORUM, calendar.week(first));
    }
    Ok(all)
}
