//! What people did in thirteen weeks that says whether they own a place: who welcomed whom, whose answers helped whom,
//! in which boards they were, how many they replied to. Pure, from the log and from states; and the five signals that
//! are read from it. Of a person it is shown to that person, and to nobody else unless they ask for it; of people
//! together it is the metric `ownership`.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::fold::{Corrections, Deed, FORUM, Fact, TopicState};
use super::week::Week;
use crate::kinds::TopicKind;

/// Of one kind of deed so many count in a day, and towards one person so many in a week: who does the same thing
/// twenty times in an afternoon did it five times.
const A_DAY: i64 = 5;
const A_WEEK: i64 = 3;

/// From this strength a signal is there.
pub const THERE: f64 = 0.5;

/// What one person did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Topics with which somebody new began, to which this person replied first.
    pub welcomed: BTreeSet<i64>,
    /// Posts of others, open to all, that they edited.
    pub shared_edits: BTreeSet<i64>,
    /// Replies to others' questions that somebody of another department thanked for, or that were marked as the answer.
    pub useful: BTreeSet<i64>,
    /// Replies that were marked as the answer by somebody else, and are still.
    pub solutions: BTreeSet<i64>,
    /// Cases that they told.
    pub cases: BTreeSet<i64>,
    /// Contributions by board.
    pub boards: BTreeMap<i64, i64>,
    /// People whom they replied to.
    pub people: BTreeSet<i64>,
    /// Replies in topics of the last 17 weeks, and of these in topics of others.
    pub replies: i64,
    pub elsewhere: i64,
    /// Posts that others thanked them for: how many did, and of which departments; guests are one.
    pub thanked: BTreeMap<i64, (BTreeSet<i64>, BTreeSet<i64>)>,
    /// Replies that they got from others.
    pub received: i64,
}

/// How strong each of the five signals is, from 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Signals {
    pub owner: f64,
    pub knowledge: f64,
    pub beyond: f64,
    pub interested: f64,
    pub regular: f64,
}

impl Signals {
    /// In the order in which they are told, each with its word.
    pub fn all(&self) -> [(&'static str, f64); 5] {
        [
            ("owner", self.owner),
            ("knowledge", self.knowledge),
            ("beyond", self.beyond),
            ("interested", self.interested),
            ("regular", self.regular),
        ]
    }

    pub fn count(&self) -> usize {
        self.all().iter().filter(|one| one.1 >= THERE).count()
    }
}

/// What is known of a person besides.
#[derive(Debug, Clone, Copy, Default)]
pub struct Besides {
    /// Weeks of 13 in which they were here.
    pub seen_weeks: i64,
    /// Whether they hold a role.
    pub role: bool,
}

#[expect(clippy::cast_precision_loss, reason = "counts of a quarter")]
fn real(count: i64) -> f64 {
    count as f64
}

fn many<T>(things: &BTreeSet<T>) -> f64 {
    real(i64::try_from(things.len()).unwrap_or(i64::MAX))
}

/// In how many boards somebody is at home: exp of the entropy of their contributions, 1 where all are in one.
pub fn effective_boards(boards: &BTreeMap<i64, i64>) -> f64 {
    let all = real(boards.values().sum());
    let entropy: f64 = boards
        .values()
        .filter(|times| **times > 0)
        .map(|times| real(*times) / all)
        .map(|share| -share * share.ln())
        .sum();
    entropy.exp()
}

impl Evidence {
    /// The five signals; `main` are the boards that were there when the space was begun.
    pub fn signals(&self, main: &BTreeSet<i64>, besides: Besides) -> Signals {
        let kinds = [besides.role, !self.welcomed.is_empty(), !self.shared_edits.is_empty()];
        let owns = if kinds.iter().filter(|kind| **kind).count() < 2 {
            0.0
        } else {
            f64::from(u8::from(besides.role)) * 2.0 + many(&self.welcomed) + many(&self.shared_edits)
        };
        let contributions: i64 = self.boards.values().sum();
        let outside = self.boards.keys().any(|board| !main.contains(board));
        let beyond = if contributions >= 5 && outside {
            ((effective_boards(&self.boards) - 1.0) / 2.0).min(1.0)
        } else {
            0.0
        };
        let elsewhere = if self.replies > 0 {
            real(self.elsewhere) / real(self.replies)
        } else {
            0.0
        };
        // Nine weeks of thirteen are regular: the strength is drawn so that nine are half of what there is above none.
        let seen = real(besides.seen_weeks.clamp(0, 13));
        Signals {
            owner: (owns / 6.0).min(1.0),
            knowledge: ((many(&self.useful) + 2.0 * many(&self.solutions) + 2.0 * many(&self.cases)) / 8.0).min(1.0),
            beyond,
            interested: (many(&self.people) / 8.0).min(1.0) * (elsewhere / 0.5).min(1.0),
            regular: if seen >= 9.0 {
                0.5 + (seen - 9.0) / 8.0
            } else {
                seen / 18.0
            },
        }
    }
}

/// A reply to somebody else's question.
struct Reply {
    author: i64,
    department: Option<i64>,
    guest: bool,
}

/// Gathers a quarter, a week after the other, of one space or of the forum.
pub struct Gatherer<'a> {
    space: i64,
    corrections: &'a Corrections,
    /// Topics of the last 17 weeks by number.
    topics: HashMap<i64, &'a TopicState>,
    /// Only about these; about everybody when there are none.
    only: Option<i64>,
    found: BTreeMap<i64, Evidence>,
    replies: HashMap<i64, Reply>,
    marked: HashMap<i64, (i64, i64)>,
    in_a_day: HashMap<(i64, u8, i64), i64>,
    in_a_week: HashMap<(i64, i64, Week), i64>,
    seen: HashSet<i64>,
}

impl<'a> Gatherer<'a> {
    pub fn new(
        space: i64,
        corrections: &'a Corrections,
        topics: impl IntoIterator<Item = &'a TopicState>,
        only: Option<i64>,
    ) -> Self {
        Self {
            space,
            corrections,
            topics: topics.into_iter().map(|topic| (topic.topic, topic)).collect(),
            only,
            found: BTreeMap::new(),
            replies: HashMap::new(),
            marked: HashMap::new(),
            in_a_day: HashMap::new(),
            in_a_week: HashMap::new(),
            seen: HashSet::new(),
        }
    }

    fn of(&mut self, who: i64) -> Option<&mut Evidence> {
        if self.only.is_some_and(|only| only != who) {
            return None;
        }
        Some(self.found.entry(who).or_default())
    }

    /// Whether one more of these still counts for somebody on that day.
    fn counts(&mut self, who: i64, deed: u8, day: i64) -> bool {
        let times = self.in_a_day.entry((who, deed, day)).or_default();
        *times += 1;
        *times <= A_DAY
    }

    /// Takes the facts of a week, in the order in which they happened; `day` and `week` are those of the forum.
    pub fn take(&mut self, facts: &[Fact], week: Week, day: impl Fn(&Fact) -> i64) {
        for fact in facts {
            let here = self.space == FORUM && !fact.guest || self.corrections.space_of(fact) == self.space;
            if !here || self.corrections.is_away(fact.post) || !self.seen.insert(fact.id) {
                continue;
            }
            match fact.deed {
                Deed::Started(kind) if !fact.team => {
                    if self.counts(fact.actor, 0, day(fact))
                        && let Some(mine) = self.of(fact.actor)
                    {
                        *mine.boards.entry(fact.board).or_default() += 1;
                        if kind == TopicKind::Case {
                            mine.cases.insert(fact.topic);
                        }
                    }
                }
                Deed::Replied => self.replied(fact, week, day(fact)),
                Deed::EditedShared if !fact.team => {
                    if self.counts(fact.actor, 2, day(fact))
                        && let Some(mine) = self.of(fact.actor)
                    {
                        *mine.boards.entry(fact.board).or_default() += 1;
                        mine.shared_edits.insert(fact.post);
                    }
                }
                Deed::Thanked if !self.corrections.is_withdrawn(fact) => self.thanked(fact),
                Deed::Answered => {
                    if let Some(about) = fact.about {
                        self.marked.insert(fact.topic, (fact.post, about));
                    }
                }
                Deed::Unanswered => {
                    self.marked.remove(&fact.topic);
                }
                _ => {}
            }
        }
    }

    fn replied(&mut self, fact: &Fact, week: Week, day: i64) {
        if let Some(other) = fact.about.filter(|other| *other != fact.actor)
            && let Some(theirs) = self.of(other)
        {
            theirs.received += 1;
        }
        if fact.team || !self.counts(fact.actor, 1, day) {
            return;
        }
        let Some(mine) = self.of(fact.actor) else { return };
        *mine.boards.entry(fact.board).or_default() += 1;
        if let Some(other) = fact.about.filter(|other| *other != fact.actor) {
            mine.people.insert(other);
        }
        let Some(topic) = self.topics.get(&fact.topic).copied() else {
            return;
        };
        let elsewhere = topic.starter != fact.actor;
        if let Some(mine) = self.of(fact.actor) {
            mine.replies += 1;
            mine.elsewhere += i64::from(elsewhere);
        }
        if elsewhere && topic.kind == TopicKind::Question {
            let times = self.in_a_week.entry((fact.actor, topic.starter, week)).or_default();
            *times += 1;
            // More answers to one person in one week say no more.
            if *times <= A_WEEK {
                self.replies.insert(
                    fact.post,
                    Reply {
                        author: fact.actor,
                        department: fact.department,
                        guest: fact.guest,
                    },
                );
            }
        }
    }

    fn thanked(&mut self, fact: &Fact) {
        let Some(author) = fact.about.filter(|author| *author != fact.actor) else {
            return;
        };
        let group = if fact.guest { Some(-1) } else { fact.department };
        if let Some(theirs) = self.of(author) {
            let (people, groups) = theirs.thanked.entry(fact.post).or_default();
            people.insert(fact.actor);
            groups.extend(group);
        }
        let Some(reply) = self.replies.get(&fact.post) else {
            return;
        };
        let own = if reply.guest { Some(-1) } else { reply.department };
        if group.is_some() && own.is_some() && group != own {
            let author = reply.author;
            if let Some(theirs) = self.of(author) {
                theirs.useful.insert(fact.post);
            }
        }
    }

    /// What came of it; `newcomer` says of a topic whether its starter was new then.
    pub fn done(mut self, newcomer: impl Fn(&TopicState) -> bool) -> BTreeMap<i64, Evidence> {
        let marked = std::mem::take(&mut self.marked);
        for (topic, (post, author)) in marked {
            // Who answers their own question has no answer of another.
            if self.topics.get(&topic).is_some_and(|topic| topic.starter == author) {
                continue;
            }
            if self.replies.contains_key(&post)
                && let Some(theirs) = self.of(author)
            {
                theirs.useful.insert(post);
                theirs.solutions.insert(post);
            }
        }
        let topics: Vec<&TopicState> = self.topics.values().copied().collect();
        for topic in topics {
            if !newcomer(topic) || topic.first_reply_team {
                continue;
            }
            if let Some(by) = topic.first_reply_by
                && let Some(theirs) = self.of(by)
            {
                theirs.welcomed.insert(topic.topic);
            }
        }
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::types::Moment;

    #[test]
    fn golden_h_the_boards_that_somebody_is_at_home_in() {
        let boards: BTreeMap<i64, i64> = [(1, 6), (2, 3), (3, 1)].into();
        assert!((effective_boards(&boards) - 2.4546).abs() < 5e-5);
        let mine = Evidence {
            boards,
            ..Evidence::default()
        };
        let beyond = |main: &[i64]| mine.signals(&main.iter().copied().collect(), Besides::default()).beyond;
        assert!((beyond(&[1, 2]) - 0.727).abs() < 5e-4);
        // All of them are main themes: nothing beyond.
        assert!(beyond(&[1, 2, 3]).abs() < f64::EPSILON);
    }

    #[test]
    fn nine_weeks_of_thirteen_are_regular() {
        let regular = |seen_weeks| {
            let besides = Besides {
                seen_weeks,
                role: false,
            };
            Evidence::default().signals(&BTreeSet::new(), besides).regular
        };
        assert!(regular(8) < THERE);
        assert!((regular(9) - THERE).abs() < f64::EPSILON);
        assert!((regular(13) - 1.0).abs() < f64::EPSILON);
    }

    #[test]
    fn one_kind_of_care_alone_makes_no_owner() {
        let mut mine = Evidence {
            welcomed: (1..=9).collect(),
            ..Evidence::default()
        };
        let owner = |mine: &Evidence, role| {
            let besides = Besides { seen_weeks: 0, role };
            mine.signals(&BTreeSet::new(), besides).owner
        };
        assert!(owner(&mine, false).abs() < f64::EPSILON);
        assert!(owner(&mine, true) >= THERE);
        mine.shared_edits.insert(1);
        assert!(owner(&mine, false) >= THERE);
    }

    fn fact(id: i64, deed: Deed, actor: i64, department: i64, post: i64, about: Option<i64>) -> Fact {
        Fact {
            id,
            at: Moment(id),
            deed,
            actor,
            guest: false,
            department: Some(department),
            team: false,
            space: 1,
            board: 1,
            topic: 1,
            post,
            about,
            about_guest: false,
        }
    }

    fn question() -> TopicState {
        super::super::fold::topic(
            [fact(1, Deed::Started(TopicKind::Question), 1, 1, 1, None)],
            &Corrections::default(),
        )
        .expect("a topic")
    }

    #[test]
    fn an_answer_is_useful_when_another_department_thanks_or_it_is_marked() {
        let topic = question();
        let corrections = Corrections::default();
        let useful = |facts: &[Fact]| {
            let mut gatherer = Gatherer::new(1, &corrections, [&topic], None);
            gatherer.take(facts, 0, |_| 0);
            let found = gatherer.done(|_| false);
            found
                .get(&2)
                .map_or((0, 0), |mine| (mine.useful.len(), mine.solutions.len()))
        };
        let reply = fact(2, Deed::Replied, 2, 1, 2, Some(1));
        // Of the same department, of another, by oneself.
        assert_eq!(useful(&[reply, fact(3, Deed::Thanked, 3, 1, 2, Some(2))]), (0, 0));
        assert_eq!(useful(&[reply, fact(3, Deed::Thanked, 3, 2, 2, Some(2))]), (1, 0));
        assert_eq!(useful(&[reply, fact(3, Deed::Thanked, 2, 2, 2, Some(2))]), (0, 0));
        let answered = fact(4, Deed::Answered, 1, 1, 2, Some(2));
        assert_eq!(useful(&[reply, answered]), (1, 1));
        let taken_back = fact(5, Deed::Unanswered, 1, 1, 2, Some(2));
        assert_eq!(useful(&[reply, answered, taken_back]), (0, 0));
    }

    #[test]
    fn twenty_answers_in_an_afternoon_are_five_and_three_to_one_person() {
        let topic = question();
        let corrections = Corrections::default();
        let mut facts = Vec::new();
        for id in 0..20 {
            facts.push(fact(10 + id, Deed::Replied, 2, 1, 100 + id, Some(1)));
            facts.push(fact(50 + id, Deed::Thanked, 3, 2, 100 + id, Some(2)));
        }
        let mut gatherer = Gatherer::new(1, &corrections, [&topic], None);
        gatherer.take(&facts, 0, |_| 0);
        let found = gatherer.done(|_| false);
        assert_eq!(found[&2].boards[&1], 5);
        assert_eq!(found[&2].useful.len(), 3);
        // The same facts again change nothing.
        let mut gatherer = Gatherer::new(1, &corrections, [&topic], None);
        gatherer.take(&facts, 0, |_| 0);
        gatherer.take(&facts, 0, |_| 0);
        assert_eq!(gatherer.done(|_| false), found);
    }

    #[test]
    fn whoever_replies_first_to_somebody_new_welcomed_them() {
        let corrections = Corrections::default();
        let reply = fact(2, Deed::Replied, 2, 1, 2, Some(1));
        let topic = super::super::fold::topic(
            [fact(1, Deed::Started(TopicKind::Question), 1, 1, 1, None), reply],
            &corrections,
        )
        .expect("a topic");
        let mut gatherer = Gatherer::new(1, &corrections, [&topic], Some(2));
        gatherer.take(&[reply], 0, |_| 0);
        let found = gatherer.done(|_| true);
        assert_eq!(found[&2].welcomed.len(), 1);
        assert_eq!(
            found.keys().copied().collect::<Vec<_>>(),
            [2],
            "only whom one asks about"
        );
    }
}
