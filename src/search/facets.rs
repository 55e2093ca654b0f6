//! Where hits are and whose they are: counted by the index while it finds, named by the database for the viewer. What
//! the viewer may not see has no name here, and is in no count, because the query left it out.

use std::collections::HashMap;

use diesel::prelude::*;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use crate::access::Cx;
use crate::db::schema::{accounts, boards, spaces};
use crate::db::types::Moment;
use crate::ids::{AccountId, BoardId, SpaceId};
use crate::kinds::{AccountKind, Standing, TopicKind};
use crate::refusal::Result;

/// Values of a facet that are shown.
const SHOWN: usize = 6;

/// A value, by the words that a filter takes, and how many hits it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share<T> {
    pub of: T,
    pub name: String,
    pub count: usize,
}

#[derive(Debug, Clone, Default)]
pub struct Facets {
    pub spaces: Vec<Share<SpaceId>>,
    pub boards: Vec<Share<BoardId>>,
    /// By account, with the @name.
    pub authors: Vec<Share<(AccountId, String)>>,
    pub kinds: Vec<Share<TopicKind>>,
    pub years: Vec<Share<i16>>,
    /// Those of the authors who agreed to be found by what they wrote.
    pub experts: Vec<Share<(AccountId, String)>>,
}

/// Counts by number.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    spaces: HashMap<u64, usize>,
    boards: HashMap<u64, usize>,
    authors: HashMap<u64, usize>,
    kinds: HashMap<u64, usize>,
    years: HashMap<i16, usize>,
}

/// The place of a kind in its list, as the index keeps it.
pub(super) fn kind_number(kind: TopicKind) -> u64 {
    TopicKind::ALL
        .iter()
        .position(|known| *known == kind)
        .and_then(|place| u64::try_from(place).ok())
        .unwrap_or(0)
}

fn id(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(0)
}

/// The most frequent first; of equals the lower number, so that a page looks the same twice.
fn most<K: Copy + Ord>(counts: &HashMap<K, usize>, shown: usize) -> Vec<(K, usize)> {
    let mut all: Vec<(K, usize)> = counts.iter().map(|(key, count)| (*key, *count)).collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    all.truncate(shown);
    all
}

impl Tally {
    /// What counts all hits.
    pub(super) fn of_all() -> Counting {
        Counting
    }

    /// With names, as far as the viewer sees them.
    pub(super) fn named(&self, cx: &mut Cx<'_>) -> Result<Facets> {
        let readable = cx.readable().to_vec();
        let top = most(&self.spaces, SHOWN);
        let names: HashMap<SpaceId, String> = spaces::table
            .filter(spaces::id.eq_any(top.iter().map(|one| SpaceId(id(one.0))).collect::<Vec<_>>()))
            .filter(spaces::id.eq_any(readable.clone()))
            .select((spaces::id, spaces::name))
            .load::<(SpaceId, String)>(cx.conn())?
            .into_iter()
            .collect();
        let spaces = named(&top, |number| {
            let space = SpaceId(id(number));
            Some((space, names.get(&space)?.clone()))
        });
        let top = most(&self.boards, SHOWN);
        let names: HashMap<BoardId, String> = boards::table
            .filter(boards::id.eq_any(top.iter().map(|one| BoardId(id(one.0))).collect::<Vec<_>>()))
            .filter(boards::space_id.eq_any(readable))
            .select((boards::id, boards::name))
            .load::<(BoardId, String)>(cx.conn())?
            .into_iter()
            .collect();
        let boards = named(&top, |number| {
            let board = BoardId(id(number));
            Some((board, names.get(&board)?.clone()))
        });
        // More than are shown: not everybody agreed to be found.
        let top = most(&self.authors, 50);
        type Author = (AccountId, String, String, bool);
        let known = cx.viewer().person().is_some();
        let people: HashMap<AccountId, (String, String, bool)> = accounts::table
            .filter(accounts::id.eq_any(top.iter().map(|one| AccountId(id(one.0))).collect::<Vec<_>>()))
            .select((
                accounts::id,
                accounts::name,
                accounts::display_name,
                accounts::findable
                    .and(accounts::standing.eq(Standing::Active))
                    .and(accounts::kind.ne(AccountKind::Placeholder)),
            ))
            .load::<Author>(cx.conn())?
            .into_iter()
            // Who people are is for people.
            .map(|(id, name, called, findable)| (id, (name, called, findable && known)))
            .collect();
        let person = |number: u64, only: bool| {
            let account = AccountId(id(number));
            let (name, called, findable) = people.get(&account)?;
            (*findable || !only).then(|| ((account, name.clone()), called.clone()))
        };
        let authors = named(&top[..top.len().min(SHOWN)], |number| person(number, false));
        let mut experts = named(&top, |number| person(number, true));
        experts.truncate(SHOWN);
        Ok(Facets {
            spaces,
            boards,
            authors,
            experts,
            kinds: most(&self.kinds, SHOWN)
                .into_iter()
                .filter_map(|(number, count)| {
                    let kind = usize::try_from(number)
                        .ok()
                        .and_then(|place| TopicKind::ALL.get(place))?;
                    Some(Share {
                        of: *kind,
                        name: kind.word().to_owned(),
                        count,
                    })
                })
                .collect(),
            years: {
                let mut years = most(&self.years, SHOWN);
                years.sort_by_key(|year| std::cmp::Reverse(year.0));
                years
                    .into_iter()
                    .map(|(year, count)| Share {
                        of: year,
                        name: year.to_string(),
                        count,
                    })
                    .collect()
            },
        })
    }
}

fn named<T>(top: &[(u64, usize)], name: impl Fn(u64) -> Option<(T, String)>) -> Vec<Share<T>> {
    top.iter()
        .filter_map(|(number, count)| {
            let (of, name) = name(*number)?;
            Some(Share {
                of,
                name,
                count: *count,
            })
        })
        .collect()
}

/// Counts while the index finds.
pub(super) struct Counting;

pub(super) struct OfSegment {
    space: Column<u64>,
    board: Column<u64>,
    author: Column<u64>,
    kind: Column<u64>,
    at: Column<i64>,
    /// By day, so that a calendar is asked once a day and not once a hit.
    days: HashMap<i64, usize>,
    tally: Tally,
}

impl Collector for Counting {
    type Fruit = Tally;
    type Child = OfSegment;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<OfSegment> {
        let fast = segment.fast_fields();
        Ok(OfSegment {
            space: fast.u64("space")?,
            board: fast.u64("board")?,
            author: fast.u64("author")?,
            kind: fast.u64("kind_number")?,
            at: fast.i64("at")?,
            days: HashMap::new(),
            tally: Tally::default(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Tally>) -> tantivy::Result<Tally> {
        let mut all = Tally::default();
        for tally in fruits {
            add(&mut all.spaces, tally.spaces);
            add(&mut all.boards, tally.boards);
            add(&mut all.authors, tally.authors);
            add(&mut all.kinds, tally.kinds);
            add(&mut all.years, tally.years);
        }
        Ok(all)
    }
}

fn add<K: std::hash::Hash + Eq>(all: &mut HashMap<K, usize>, more: HashMap<K, usize>) {
    for (key, count) in more {
        *all.entry(key).or_default() += count;
    }
}

impl SegmentCollector for OfSegment {
    type Fruit = Tally;

    fn collect(&mut self, doc: DocId, _: Score) {
        let tally = &mut self.tally;
        for (column, counts) in [
            (&self.space, &mut tally.spaces),
            (&self.board, &mut tally.boards),
            (&self.author, &mut tally.authors),
            (&self.kind, &mut tally.kinds),
        ] {
            if let Some(number) = column.first(doc) {
                *counts.entry(number).or_default() += 1;
            }
        }
        if let Some(at) = self.at.first(doc) {
            *self.days.entry(Moment(at).day()).or_default() += 1;
        }
    }

    fn harvest(mut self) -> Tally {
        for (day, count) in self.days {
            let at = Moment::from_seconds(day * 86_400).timestamp();
            let year = at.to_zoned(jiff::tz::TimeZone::UTC).year();
            *self.tally.years.entry(year).or_default() += count;
        }
        self.tally
    }
}
