//! Where hits are and whose they are: counted by the index while it finds, named by the database for the viewer. What
//! the viewer may not see has no name here, and is in no count, because the query left it out.

use std::collections::{BTreeMap, HashMap};

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

/// Counts by number: a place for each, since a common word has a hundred thousand hits.
#[derive(Debug, Clone, Default)]
pub(super) struct Counts(Vec<u32>);

impl Counts {
    /// Numbers above this are not counted: no column has them, and a wrong one must not take all memory.
    const HIGHEST: usize = 10_000_000;

    fn one_more(&mut self, number: u64) {
        let Ok(place) = usize::try_from(number) else { return };
        if place >= self.0.len() {
            if place > Self::HIGHEST {
                return;
            }
            self.0.resize(place + 1, 0);
        }
        self.0[place] += 1;
    }

    fn add(&mut self, more: &Self) {
        if self.0.len() < more.0.len() {
            self.0.resize(more.0.len(), 0);
        }
        for (mine, count) in self.0.iter_mut().zip(&more.0) {
            *mine += count;
        }
    }

    /// The most frequent first; of equals the lower number, so that a page looks the same twice.
    fn most(&self, shown: usize) -> Vec<(u64, usize)> {
        let mut all: Vec<(u64, usize)> = (0_u64..)
            .zip(&self.0)
            .filter(|(_, count)| **count > 0)
            .map(|(number, count)| (number, usize::try_from(*count).unwrap_or(usize::MAX)))
            .collect();
        all.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        all.truncate(shown);
        all
    }
}

/// What is counted.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    spaces: Counts,
    boards: Counts,
    authors: Counts,
    kinds: Counts,
    /// By day since 1970: a calendar is asked once a day and not once a hit.
    days: Counts,
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

impl Tally {
    /// What counts all hits.
    pub(super) fn of_all() -> Counting {
        Counting
    }

    /// With names, as far as the viewer sees them.
    pub(super) fn named(&self, cx: &mut Cx<'_>) -> Result<Facets> {
        let readable = cx.readable().to_vec();
        let top = self.spaces.most(SHOWN);
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
        let top = self.boards.most(SHOWN);
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
        let top = self.authors.most(50);
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
            kinds: self
                .kinds
                .most(SHOWN)
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
                let mut years: BTreeMap<i16, usize> = BTreeMap::new();
                for (day, count) in (0_i64..).zip(&self.days.0).filter(|(_, count)| **count > 0) {
                    let at = Moment::from_seconds(day * 86_400).timestamp();
                    let year = at.to_zoned(jiff::tz::TimeZone::UTC).year();
                    *years.entry(year).or_default() += usize::try_from(*count).unwrap_or(usize::MAX);
                }
                // The newest first.
                years
                    .into_iter()
                    .rev()
                    .take(SHOWN)
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
            tally: Tally::default(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Tally>) -> tantivy::Result<Tally> {
        let mut all = Tally::default();
        for tally in fruits {
            all.spaces.add(&tally.spaces);
            all.boards.add(&tally.boards);
            all.authors.add(&tally.authors);
            all.kinds.add(&tally.kinds);
            all.days.add(&tally.days);
        }
        Ok(all)
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
                counts.one_more(number);
            }
        }
        if let Some(at) = self.at.first(doc) {
            tally.days.one_more(u64::try_from(Moment(at).day()).unwrap_or(0));
        }
    }

    fn harvest(self) -> Tally {
        self.tally
    }
}
