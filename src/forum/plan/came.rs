//! What came of what was planned: the topics that lines name, how many replied to them, and whether they started the
//! conversation that they were meant for.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use super::lines::{Line, Sort};
use crate::access::{Cx, scope};
use crate::db::schema::{posts, topics};
use crate::ids::{AccountId, TopicId};
use crate::kinds::PostState;
use crate::refusal::Result;

/// Days of the calendar that are looked back on.
const BACK: i64 = 91;

/// A topic that came of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Came {
    pub title: String,
    pub replies: i64,
    /// Other people than its author who replied.
    pub people: i64,
}

/// What came of each line that names a topic, as the viewer may read it: a topic that is removed, held or gone
/// elsewhere came to nothing here.
pub fn came(cx: &mut Cx<'_>, lines: &[Line]) -> Result<BTreeMap<TopicId, Came>> {
    let ids: Vec<TopicId> = lines.iter().filter_map(|line| line.topic).collect();
    let visible = scope::topics(cx);
    let found: Vec<(TopicId, String, AccountId)> = topics::table
        .filter(topics::id.eq_any(&ids))
        .filter(topics::state.eq(PostState::Published))
        .filter(visible)
        .select((topics::id, topics::title, topics::author_id))
        .load(cx.conn())?;
    let shown: Vec<TopicId> = found.iter().map(|row| row.0).collect();
    let written: Vec<(TopicId, AccountId, i64)> = posts::table
        .filter(posts::topic_id.eq_any(&shown))
        .filter(posts::state.eq(PostState::Published))
        .filter(posts::parent_id.is_not_null())
        .group_by((posts::topic_id, posts::author_id))
        .select((posts::topic_id, posts::author_id, diesel::dsl::count_star()))
        .load(cx.conn())?;
    let mut all: BTreeMap<TopicId, Came> = BTreeMap::new();
    for (id, title, author) in found {
        let replies = written.iter().filter(|row| row.0 == id);
        let people: BTreeSet<AccountId> = replies.clone().map(|row| row.1).filter(|who| *who != author).collect();
        all.insert(
            id,
            Came {
                title,
                replies: replies.map(|row| row.2).sum(),
                people: i64::try_from(people.len()).unwrap_or(i64::MAX),
            },
        );
    }
    Ok(all)
}

/// Of what was planned for the last 13 weeks: how much, how much came, and how much of that somebody else replied to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    pub said: i64,
    pub came: i64,
    pub talked: i64,
}

pub fn score(lines: &[Line], came: &BTreeMap<TopicId, Came>, today: i64) -> Score {
    let mut score = Score::default();
    for line in lines {
        if line.sort != Sort::Talk || !(today - BACK..today).contains(&line.day) {
            continue;
        }
        score.said += 1;
        if let Some(one) = line.topic.and_then(|topic| came.get(&topic)) {
            score.came += 1;
            score.talked += i64::from(one.people > 0);
        }
    }
    score
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_score_is_of_talks_of_the_last_quarter() {
        let line = |day, sort, topic: Option<i64>| Line {
            id: 0,
            day,
            sort,
            what: String::new(),
            starts: String::new(),
            who: None,
            topic: topic.map(TopicId),
        };
        let lines = [
            line(1000, Sort::Talk, Some(1)),
            line(999, Sort::Talk, Some(2)),
            line(950, Sort::Talk, None),
            line(998, Sort::Launch, None),
            line(1001, Sort::Talk, Some(1)),
            line(800, Sort::Talk, Some(1)),
        ];
        let came: BTreeMap<TopicId, Came> = [(1, 2), (2, 0)]
            .into_iter()
            .map(|(id, people)| {
                let one = Came {
                    title: String::new(),
                    replies: people,
                    people,
                };
                (TopicId(id), one)
            })
            .collect();
        assert_eq!(
            score(&lines, &came, 1001),
            Score {
                said: 3,
                came: 2,
                talked: 1
            }
        );
    }
}
