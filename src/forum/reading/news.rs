//! What is new to each person, counted once and kept until something happens: every page of somebody
//! who is signed in says it. What is kept is never older than [`BELIEVED`].

use std::collections::HashSet;
use std::sync::Arc;

use quick_cache::sync::Cache;

use super::unread;
use crate::access::Cx;
use crate::db::types::Moment;
use crate::forum::{inbox, moderation};
use crate::ids::{AccountId, BoardId};
use crate::refusal::Result;

/// How far the forum had come when something was counted: any step makes it stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stamp {
    /// The epoch of rights.
    pub access: i64,
    /// The last event, and the last line of anybody's inbox.
    pub event: i64,
    pub line: i64,
    /// How often what people have read was written down.
    pub written: u64,
}

/// What is new to one person.
#[derive(Debug, Default)]
pub struct Counted {
    /// Topics with something new, at most 500.
    pub topics: usize,
    /// The boards they are in.
    pub boards: HashSet<BoardId>,
    /// Lines of the inbox that came since it was last opened, at most 100.
    pub lines: i64,
    /// Reviews that wait for this person or their colleagues, at most 100.
    pub queue: i64,
}

/// Seconds after which a count is made again, whatever the stamp says: readings that another node
/// wrote move none.
const BELIEVED: i64 = 30;

/// People whose counts are kept.
const PEOPLE: usize = 5_000;

#[derive(Debug)]
pub struct News {
    kept: Cache<AccountId, (Stamp, Moment, Arc<Counted>)>,
}

impl Default for News {
    fn default() -> Self {
        Self {
            kept: Cache::new(PEOPLE),
        }
    }
}

impl News {
    /// What is kept for somebody, as of this stamp.
    pub fn known(&self, who: AccountId, stamp: Stamp, now: Moment) -> Option<Arc<Counted>> {
        let (at, counted_at, counted) = self.kept.get(&who)?;
        (at == stamp && now < counted_at.plus_seconds(BELIEVED)).then_some(counted)
    }

    /// Counts, and keeps it. To a visitor nothing is new.
    pub fn count(&self, cx: &mut Cx<'_>, stamp: Stamp) -> Result<Arc<Counted>> {
        let Some(me) = cx.viewer().id() else {
            return Ok(Arc::default());
        };
        let topics = unread::topics_with_news(cx, None, None)?;
        let counted = Arc::new(Counted {
            topics: topics.len(),
            boards: topics.into_iter().map(|(_, board)| board).collect(),
            lines: inbox::new_lines(cx)?,
            queue: moderation::queue::count(cx)?,
        });
        self.kept.insert(me, (stamp, cx.now(), Arc::clone(&counted)));
        Ok(counted)
    }

    /// Whoever has just done something is counted anew.
    pub fn forget(&self, who: AccountId) {
        self.kept.remove(&who);
    }
}
