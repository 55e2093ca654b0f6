//! What moderation of a space or of the forum amounts to, in figures: how much, how fast, and how often
//! it was wrong. About reviews, never about single moderators. Pages, files and reports read the same
//! list of measures.

use std::collections::BTreeMap;

use diesel::prelude::*;

use crate::access::{Cx, May, Seen, Verb, deed, proof::Forum};
use crate::db::Backend;
use crate::db::schema::{flags, reviews};
use crate::db::types::Moment;
use crate::forum::spaces::SpaceRow;
use crate::ids::SpaceId;
use crate::kinds::{ReviewKind, ReviewSource};
use crate::refusal::{Refusal, Result};

/// The figures of a window of time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Figures {
    /// Reviews that were opened, by kind.
    pub by_kind: BTreeMap<&'static str, i64>,
    /// Reviews that were opened, by who or what brought them.
    pub by_source: BTreeMap<&'static str, i64>,
    /// Decided ones, by decision or act.
    pub by_decision: BTreeMap<String, i64>,
    /// Decided ones, by the role of whoever decided.
    pub by_role: BTreeMap<String, i64>,
    /// Decided ones, by the rule that was named; without a rule under an empty name.
    pub by_rule: BTreeMap<String, i64>,
    pub open: i64,
    /// Seconds from opening to decision, of what waited: not of direct acts.
    pub median_wait: Option<i64>,
    pub p90_wait: Option<i64>,
    /// How many were decided within the space's target, of those that were decided and those that are late.
    pub in_time: i64,
    pub waited: i64,
    /// Appeals that were decided, and those that overturned.
    pub appeals: i64,
    pub overturned: i64,
    /// Flags that were decided, and those found right.
    pub flags: i64,
    pub flags_right: i64,
    /// Posts that were held, those that still are, and the median of the others' waiting in seconds.
    pub held: i64,
    pub held_open: i64,
    pub held_wait: Option<i64>,
    /// Authors from whom more than one decision took something.
    pub repeat_authors: i64,
}

type Row = (
    (SpaceId, ReviewKind, ReviewSource, String, Option<i64>),
    (Moment, Moment, Option<Moment>, Option<Moment>),
    (Option<String>, Option<String>, String),
);

/// Instead of the rules of spaces that the viewer does not read.
pub const ELSEWHERE: &str = "…";

/// Decisions and acts that take something from an author: words, a place, the right to write.
const TAKES: [&str; 6] = ["hide", "remove", "spam", "edit", "close", "member_out"];

/// Reviews that a window holds at most: of more, the newest.
const MOST: i64 = 100_000;

/// The value below which a share of the sorted values lies; none of none.
fn quantile(sorted: &[i64], share: f64) -> Option<i64> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a place in a list"
    )]
    let place = (sorted.len() as f64 * share) as usize;
    sorted.get(place.min(sorted.len().checked_sub(1)?)).copied()
}

/// From a moment to another: what was opened within it is counted.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    pub from: Moment,
    pub until: Moment,
}

/// The figures of a space, for those who moderate it.
pub fn of_space(cx: &mut Cx<'_>, space: &Seen<SpaceRow>, window: Window) -> Result<Figures> {
    if !space.can(Verb::Moderate) {
        return Err(Refusal::NotFound);
    }
    gather(cx, Some(space.id), window)
}

/// The same for the report of a year, which every member may read: it counts reviews and names nobody.
pub fn for_members(cx: &mut Cx<'_>, space: &Seen<SpaceRow>, window: Window) -> Result<Figures> {
    if !space.can(Verb::SeeLog) {
        return Err(Refusal::NotFound);
    }
    gather(cx, Some(space.id), window)
}

/// The figures of the whole forum, for those who answer for it.
pub fn of_forum(cx: &mut Cx<'_>, _: &May<deed::SeeFigures, Forum>, window: Window) -> Result<Figures> {
    gather(cx, None, window)
}

fn gather(cx: &mut Cx<'_>, space: Option<SpaceId>, window: Window) -> Result<Figures> {
    let mut query = reviews::table
        .filter(reviews::opened_at.ge(window.from))
        .filter(reviews::opened_at.lt(window.until))
        .order(reviews::id.desc())
        .select((
            (
                reviews::space_id,
                reviews::kind,
                reviews::source,
                reviews::reason,
                reviews::about_id.nullable(),
            ),
            (
                reviews::opened_at,
                reviews::due_at,
                reviews::decided_at,
                reviews::undone_at,
            ),
            (reviews::decision, reviews::decided_role, reviews::rule),
        ))
        .limit(MOST)
        .into_boxed::<Backend>();
    let mut about_flags = flags::table
        .inner_join(reviews::table)
        .filter(reviews::opened_at.ge(window.from))
        .filter(reviews::opened_at.lt(window.until))
        .filter(flags::upheld.is_not_null())
        .group_by(flags::upheld)
        .select((flags::upheld, diesel::dsl::count_star()))
        .into_boxed::<Backend>();
    if let Some(space) = space {
        query = query.filter(reviews::space_id.eq(space));
        about_flags = about_flags.filter(reviews::space_id.eq(space));
    }
    let mut rows: Vec<Row> = query.load(cx.conn())?;
    let decided_flags: Vec<(Option<bool>, i64)> = about_flags.load(cx.conn())?;
    if space.is_none() {
        // Rules are words of a space, and whoever answers for the forum does not read every space.
        let readable = cx.readable().to_vec();
        for row in &mut rows {
            if !readable.contains(&row.0.0) {
                row.2.2 = ELSEWHERE.to_owned();
            }
        }
    }
    Ok(counted(&rows, &decided_flags, cx.now()))
}

/// What a measure is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    Count(i64),
    /// None when nothing was there to measure.
    Seconds(Option<i64>),
    /// A part and the whole it is of; of nothing there is no share.
    Share(i64, i64),
}

impl Figures {
    /// Every measure by name, in the order of the page. Its definition is the sentence
    /// `figures-NAME-means`.
    pub fn measures(&self) -> Vec<(&'static str, Amount)> {
        vec![
            ("open", Amount::Count(self.open)),
            ("median", Amount::Seconds(self.median_wait)),
            ("p90", Amount::Seconds(self.p90_wait)),
            ("in-time", Amount::Share(self.in_time, self.waited)),
            ("overturned", Amount::Share(self.overturned, self.appeals)),
            ("flags", Amount::Share(self.flags_right, self.flags)),
            ("held", Amount::Count(self.held)),
            ("held-open", Amount::Count(self.held_open)),
            ("held-wait", Amount::Seconds(self.held_wait)),
            ("repeat", Amount::Count(self.repeat_authors)),
        ]
    }

    /// Every breakdown by name: words and counts.
    pub fn breakdowns(&self) -> Vec<(&'static str, Vec<(String, i64)>)> {
        let owned =
            |map: &BTreeMap<&'static str, i64>| map.iter().map(|(word, count)| ((*word).to_owned(), *count)).collect();
        let cloned = |map: &BTreeMap<String, i64>| map.iter().map(|(word, count)| (word.clone(), *count)).collect();
        vec![
            ("kind", owned(&self.by_kind)),
            ("source", owned(&self.by_source)),
            ("decision", cloned(&self.by_decision)),
            ("role", cloned(&self.by_role)),
            ("rule", cloned(&self.by_rule)),
        ]
        .into_iter()
        .filter(|(of, counts): &(&str, Vec<_>)| *of != "rule" || !counts.is_empty())
        .collect()
    }
}

fn counted(rows: &[Row], decided_flags: &[(Option<bool>, i64)], now: Moment) -> Figures {
    let mut figures = Figures::default();
    let mut waits = Vec::new();
    let mut held_waits = Vec::new();
    let mut against: BTreeMap<i64, i64> = BTreeMap::new();
    for ((_, kind, source, reason, about), (opened, due, decided, undone), (decision, role, rule)) in rows {
        *figures.by_kind.entry(kind.word()).or_default() += 1;
        *figures.by_source.entry(source.word()).or_default() += 1;
        // What a phrase only pointed at was published all the while.
        let was_held = matches!(kind, ReviewKind::Held | ReviewKind::Spam)
            || *kind == ReviewKind::Phrase && reason != super::hold::PUBLISHED;
        figures.held += i64::from(was_held);
        figures.held_open += i64::from(was_held && decided.is_none());
        // The three are written together, by the one function that closes a review.
        let (Some(at), Some(decision), Some(role)) = (decided, decision, role) else {
            figures.open += 1;
            // What is late and nobody decided is not in time: or leaving it would be the way to be quick.
            figures.waited += i64::from(*due < now && *source != ReviewSource::Moderator);
            continue;
        };
        let wait = at.seconds() - opened.seconds();
        if *source != ReviewSource::Moderator {
            waits.push(wait);
            figures.waited += 1;
            figures.in_time += i64::from(at <= due);
        }
        if was_held {
            held_waits.push(wait);
        }
        if *kind == ReviewKind::Appeal {
            figures.appeals += 1;
            figures.overturned += i64::from(decision == "overturn");
        } else if TAKES.contains(&decision.as_str())
            && undone.is_none()
            && let Some(about) = about
        {
            *against.entry(*about).or_default() += 1;
        }
        *figures.by_decision.entry(decision.clone()).or_default() += 1;
        *figures.by_role.entry(role.clone()).or_default() += 1;
        *figures.by_rule.entry(rule.clone()).or_default() += 1;
    }
    waits.sort_unstable();
    held_waits.sort_unstable();
    figures.median_wait = quantile(&waits, 0.5);
    figures.p90_wait = quantile(&waits, 0.9);
    figures.held_wait = quantile(&held_waits, 0.5);
    figures.repeat_authors = i64::try_from(against.values().filter(|times| **times > 1).count()).unwrap_or(i64::MAX);
    for (upheld, count) in decided_flags {
        figures.flags += count;
        if *upheld == Some(true) {
            figures.flags_right += count;
        }
    }
    figures
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_that_occurred() {
        assert_eq!(quantile(&[], 0.5), None);
        assert_eq!(quantile(&[7], 0.9), Some(7));
        assert_eq!(quantile(&[1, 2, 3, 4], 0.5), Some(3));
        assert_eq!(quantile(&(1..=10).collect::<Vec<_>>(), 0.9), Some(10));
    }

    #[test]
    fn figures_count_what_waited_apart_from_acts() {
        let at = Moment::from_seconds;
        let rows: Vec<Row> = vec![
            (
                (
                    SpaceId(1),
                    ReviewKind::Flag,
                    ReviewSource::Member,
                    String::new(),
                    Some(1),
                ),
                (at(0), at(100), Some(at(50)), None),
                (Some("remove".into()), Some("moderator".into()), "Be kind".into()),
            ),
            (
                (
                    SpaceId(1),
                    ReviewKind::Flag,
                    ReviewSource::Member,
                    String::new(),
                    Some(1),
                ),
                (at(0), at(100), Some(at(500)), None),
                (Some("hide".into()), Some("moderator".into()), String::new()),
            ),
            (
                (
                    SpaceId(1),
                    ReviewKind::Act,
                    ReviewSource::Moderator,
                    String::new(),
                    Some(2),
                ),
                (at(0), at(100), Some(at(0)), None),
                (Some("close".into()), Some("admin".into()), String::new()),
            ),
            (
                (
                    SpaceId(1),
                    ReviewKind::Appeal,
                    ReviewSource::Author,
                    String::new(),
                    Some(1),
                ),
                (at(0), at(100), Some(at(90)), None),
                (Some("overturn".into()), Some("admin".into()), String::new()),
            ),
            (
                (SpaceId(1), ReviewKind::Held, ReviewSource::Rule, String::new(), Some(3)),
                (at(0), at(100), None, None),
                (None, None, String::new()),
            ),
        ];
        let figures = counted(&rows, &[(Some(true), 3), (Some(false), 1)], at(100));
        assert_eq!((figures.waited, figures.in_time, figures.open), (3, 2, 1));
        // What is still open counts from the moment at which it is late.
        let late = counted(&rows, &[], at(101));
        assert_eq!((late.waited, late.in_time, late.open), (4, 2, 1));
        assert_eq!((figures.median_wait, figures.p90_wait), (Some(90), Some(500)));
        assert_eq!((figures.appeals, figures.overturned), (1, 1));
        assert_eq!((figures.flags, figures.flags_right), (4, 3));
        assert_eq!(figures.repeat_authors, 1);
        assert_eq!(figures.by_kind["flag"], 2);
        assert_eq!(figures.by_rule["Be kind"], 1);
    }
}
