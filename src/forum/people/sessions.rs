//! Staying signed in. A session is a row; the browser holds a token of 256 random bits, the database
//! only its hash.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use diesel::prelude::*;
use quick_cache::sync::Cache;
use rand::{Rng, RngExt as _};
use sha2::{Digest as _, Sha256};

use crate::access::door::hex;
use crate::access::{Cx, Store, Tx, Viewer, viewer};
use crate::db::schema::sessions;
use crate::db::types::Moment;
use crate::forum::reading::news::Stamp;
use crate::ids::{AccountId, SessionId};
use crate::refusal::Result;
use crate::text::name;

/// Sessions of one account that may be open at once; the oldest makes room.
const MOST: i64 = 20;

/// What the browser gets.
#[derive(Debug, Clone)]
pub struct Token(pub String);

pub(super) fn new_token(random: &mut impl Rng) -> String {
    URL_SAFE_NO_PAD.encode(random.random::<[u8; 32]>())
}

/// A random mark that nobody can guess.
pub fn fresh_token() -> String {
    new_token(&mut rand::rng())
}

pub(super) fn hash_token(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// Opens a session. `agent` is what the browser calls itself, to be recognised on one's own list.
pub fn open(tx: &mut Tx<'_>, account: AccountId, agent: &str, config: &crate::config::Accounts) -> Result<Token> {
    let token = new_token(&mut rand::rng());
    let now = tx.now();
    let agent: String = name::tidy(agent).chars().take(200).collect();
    diesel::insert_into(sessions::table)
        .values((
            sessions::token_hash.eq(hash_token(&token)),
            sessions::account_id.eq(account),
            sessions::agent.eq(agent),
            sessions::created_at.eq(now),
            sessions::seen_at.eq(now),
            sessions::expires_at.eq(now.plus_days(config.session_days)),
        ))
        .execute(tx.conn())?;
    let kept: Vec<SessionId> = sessions::table
        .filter(sessions::account_id.eq(account))
        .order(sessions::seen_at.desc())
        .select(sessions::id)
        .limit(MOST)
        .load(tx.conn())?;
    diesel::delete(
        sessions::table
            .filter(sessions::account_id.eq(account))
            .filter(sessions::id.ne_all(kept)),
    )
    .execute(tx.conn())?;
    Ok(Token(token))
}

/// Whoever comes with a request.
#[derive(Debug, Clone)]
pub struct Visitor {
    pub viewer: Arc<Viewer>,
    pub session: Option<SessionId>,
    /// The epoch of names and pictures, part of the key of every ready fragment.
    pub people_epoch: i64,
    /// How far the forum has come: the epoch of rights and settings, the last event.
    pub stamp: Stamp,
    /// Whether there is anything that a visitor may read.
    pub anything_public: bool,
}

/// A viewer that was loaded at an epoch of access is good until that epoch moves, or until one of its
/// facts ends by itself.
#[derive(Debug)]
pub struct Known {
    cache: Cache<String, (i64, Moment, SessionId, Arc<Viewer>)>,
    public: std::sync::Mutex<Option<(i64, bool)>>,
}

impl Known {
    /// Asked of the database only when the epoch has moved.
    fn anything_public(&self, store: &Store, epoch: i64) -> Result<bool> {
        let mut known = self.public.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        match *known {
            Some((at, public)) if at == epoch => Ok(public),
            _ => {
                let public = store.read(&Viewer::system("session"), |cx| {
                    Ok(!viewer::public_spaces(cx.conn())?.is_empty())
                })?;
                *known = Some((epoch, public));
                Ok(public)
            }
        }
    }
}

/// The longest that a known viewer is believed, in seconds, whatever else says.
const BELIEVED: i64 = 60;

impl Default for Known {
    fn default() -> Self {
        Self {
            cache: Cache::new(2_000),
            public: std::sync::Mutex::default(),
        }
    }
}

/// Who is this? One small statement when they are known, a few more when not.
pub fn enter(store: &Store, known: &Known, token: Option<&str>, config: &crate::config::Accounts) -> Result<Visitor> {
    let far = store.how_far()?;
    let nobody = Visitor {
        viewer: Arc::new(Viewer::Visitor),
        session: None,
        people_epoch: far.people,
        stamp: Stamp {
            access: far.access,
            event: far.event,
            line: far.line,
            written: 0,
        },
        anything_public: known.anything_public(store, far.access)?,
    };
    let Some(token) = token else {
        return Ok(nobody);
    };
    let hash = hash_token(token);
    let now = store.clock().now();
    if let Some((at, until, session, viewer)) = known.cache.get(&hash)
        && at == far.access
        && now < until
    {
        return Ok(Visitor {
            viewer,
            session: Some(session),
            ..nobody
        });
    }
    store.read(&Viewer::system("session"), |cx| {
        let row: Option<(SessionId, AccountId, Moment, Moment)> = sessions::table
            .filter(sessions::token_hash.eq(&hash))
            .select((
                sessions::id,
                sessions::account_id,
                sessions::seen_at,
                sessions::expires_at,
            ))
            .first(cx.conn())
            .optional()?;
        let Some((session, account, seen_at, expires_at)) = row else {
            return Ok(nobody);
        };
        let idle_until = seen_at.plus_days(config.session_idle_days);
        if now >= expires_at || now >= idle_until {
            return Ok(nobody);
        }
        let Some(person) = viewer::load_at_page(cx.conn(), account, now)? else {
            return Ok(nobody);
        };
        let until = [
            Some(now.plus_seconds(BELIEVED)),
            Some(expires_at),
            Some(idle_until),
            person.until,
        ]
        .into_iter()
        .flatten()
        .min()
        .unwrap_or(now);
        let viewer = Arc::new(Viewer::Person(Box::new(person)));
        known
            .cache
            .insert(hash, (far.access, until, session, Arc::clone(&viewer)));
        Ok(Visitor {
            viewer,
            session: Some(session),
            ..nobody
        })
    })
}

/// A person as a viewer, for whoever acts for them without a browser.
pub fn viewer_of(store: &Store, account: AccountId) -> Result<Arc<Viewer>> {
    store.read(&Viewer::system("session"), |cx| {
        let now = cx.now();
        viewer::load(cx.conn(), account, now)?
            .map(|person| Arc::new(Viewer::Person(Box::new(person))))
            .ok_or(crate::refusal::Refusal::NotFound)
    })
}

#[derive(Debug, Clone, Queryable)]
pub struct Session {
    pub id: SessionId,
    pub agent: String,
    pub created_at: Moment,
    pub seen_at: Moment,
}

/// My sessions, the latest used first.
pub fn list(cx: &mut Cx<'_>) -> Result<Vec<Session>> {
    let me = cx.me()?.id;
    Ok(sessions::table
        .filter(sessions::account_id.eq(me))
        .order((sessions::seen_at.desc(), sessions::id.desc()))
        .select((sessions::id, sessions::agent, sessions::created_at, sessions::seen_at))
        .load(cx.conn())?)
}

/// Ends one of my sessions.
pub fn end(tx: &mut Tx<'_>, session: SessionId) -> Result<()> {
    let me = tx.me()?.id;
    diesel::delete(
        sessions::table
            .filter(sessions::id.eq(session))
            .filter(sessions::account_id.eq(me)),
    )
    .execute(tx.conn())?;
    tx.access_moved();
    Ok(())
}

/// Ends every session of an account but one.
pub fn end_others(tx: &mut Tx<'_>, account: AccountId, but: Option<SessionId>) -> Result<()> {
    diesel::delete(
        sessions::table
            .filter(sessions::account_id.eq(account))
            .filter(sessions::id.ne(but.unwrap_or(SessionId(0)))),
    )
    .execute(tx.conn())?;
    tx.access_moved();
    Ok(())
}
