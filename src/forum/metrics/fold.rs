//! From the log to states: what one week of events amounts to, for each person in each space, for each pair
//! of people, and for each topic. Pure, and additive per key: the same events in any order, and an event that
//! comes twice, give the same bits. What is not counted: the forum itself, and what a moderator took
//! away (as far as that is known at the moment as of which one counts).

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::week::Week;
use crate::db::types::Moment;
use crate::kinds::TopicKind;

/// The space in which everything counts: the whole forum.
pub const FORUM: i64 = 0;

/// What the figures know an event by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Deed {
    Started(TopicKind),
    Replied,
    /// Somebody edited a post that all members may edit, and that is another's.
    EditedShared,
    Thanked,
    Voted,
    /// The one who asked, or a moderator, marked a reply as the answer.
    Answered,
    Unanswered,
    Closed,
    Reopened,
    /// What was brought in says whom the beginning of a topic was for.
    Addressed,
}

/// One event, as far as figures look at it. Not named: everything else that it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    pub id: i64,
    pub at: Moment,
    pub deed: Deed,
    pub actor: i64,
    pub guest: bool,
    pub department: Option<i64>,
    /// By somebody who moderated or managed the space at that moment.
    pub team: bool,
    pub space: i64,
    pub board: i64,
    pub topic: i64,
    pub post: i64,
    /// Whom it concerns; nobody, where that is a name that an import brought.
    pub about: Option<i64>,
    /// Whether that is a guest.
    pub about_guest: bool,
}

/// What was put right after it was recorded, as of some moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Corrections {
    /// The last word of moderators about a post: moment, event, whether it is away.
    taken: HashMap<i64, (Moment, i64, bool)>,
    /// The last place of a topic that was moved.
    moved: HashMap<i64, (Moment, i64, i64)>,
    /// The last moment at which somebody withdrew thanks for a post.
    withdrawn: HashMap<(i64, i64), (Moment, i64)>,
}

fn later<T: Copy>(place: &mut T, new: T, key: impl Fn(&T) -> (Moment, i64)) {
    if key(&new) > key(place) {
        *place = new;
    }
}

impl Corrections {
    pub fn take(&mut self, post: i64, at: Moment, event: i64, away: bool) {
        let new = (at, event, away);
        later(self.taken.entry(post).or_insert(new), new, |word| (word.0, word.1));
    }

    pub fn shift(&mut self, topic: i64, at: Moment, event: i64, space: i64) {
        let new = (at, event, space);
        later(self.moved.entry(topic).or_insert(new), new, |word| (word.0, word.1));
    }

    pub fn withdraw(&mut self, who: i64, post: i64, at: Moment, event: i64) {
        let new = (at, event);
        later(self.withdrawn.entry((who, post)).or_insert(new), new, |word| *word);
    }

    /// Topics that were last moved into a space.
    pub(super) fn moved_to(&self, space: i64) -> Vec<i64> {
        let mut all: Vec<i64> = self
            .moved
            .iter()
            .filter(|(_, place)| place.2 == space)
            .map(|(topic, _)| *topic)
            .collect();
        all.sort_unstable();
        all
    }

    pub(super) fn is_away(&self, post: i64) -> bool {
        self.taken.get(&post).is_some_and(|word| word.2)
    }

    /// Where a fact counts: a topic takes what was said in it along when it moves.
    pub(super) fn space_of(&self, fact: &Fact) -> i64 {
        match self.moved.get(&fact.topic) {
            Some((at, event, space)) if (*at, *event) > (fact.at, fact.id) => *space,
            _ => fact.space,
        }
    }

    pub(super) fn is_withdrawn(&self, fact: &Fact) -> bool {
        self.withdrawn
            .get(&(fact.actor, fact.post))
            .is_some_and(|last| *last > (fact.at, fact.id))
    }
}

/// What somebody did in a week, in one space or in the whole forum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Topics, replies, and edits of shared posts of others; not those done while moderating the space.
    pub contributions: i64,
    pub topics: i64,
    pub replies: i64,
    /// Thanks and votes.
    pub light: i64,
    /// The same as contributions, by somebody who moderated or managed the space then.
    pub team_contributions: i64,
    /// Days with a contribution, one bit each; Monday is the lowest.
    pub days: i64,
    /// Days on which something was read or done, one bit each.
    pub seen: i64,
    /// The first contribution of the week, in microseconds; none without one.
    pub first_at: Option<i64>,
    /// Department, and whether they were a guest or of the team, at the last event of the week.
    pub department: Option<i64>,
    pub guest: bool,
    pub team: bool,
}

impl Counts {
    /// What was written, by whom as what.
    pub(super) fn posts(&self) -> super::sight::Posts {
        super::sight::Posts {
            members: self.contributions,
            team: self.team_contributions,
        }
    }
}

/// A topic, as far as figures look at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TopicState {
    pub topic: i64,
    pub space: i64,
    pub board: i64,
    pub kind: TopicKind,
    pub starter: i64,
    pub starter_department: Option<i64>,
    /// Started by somebody of the team.
    pub team: bool,
    pub started_at: Moment,
    /// The first reply of another person, and whether it came from the team.
    pub first_reply_at: Option<Moment>,
    pub first_reply_by: Option<i64>,
    pub first_reply_team: bool,
    /// The first reply that was marked as the answer and is one still.
    pub answered_at: Option<Moment>,
    pub answered_by: Option<i64>,
    pub answered_team: bool,
    /// Closed: nobody waits any longer.
    pub ended_at: Option<Moment>,
    /// Of the first 28 days: posts, and people who wrote them.
    pub posts: i64,
    pub people: i64,
    /// Of the first seven days: replies of others, thanks and votes, and people who gave those.
    pub replies: i64,
    pub light: i64,
    pub light_people: i64,
    /// The median time from one post to the next by another person, in the first 28 days, in microseconds; none where
    /// nobody took it up.
    pub gap: Option<i64>,
}

/// A week of the log.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folded {
    /// By space and person.
    pub members: BTreeMap<(i64, i64), Counts>,
    /// By space, from whom, to whom: replies to somebody, and answers that somebody marked.
    pub dyads: BTreeMap<(i64, i64, i64), i64>,
    /// Topics of which something was heard.
    pub topics: BTreeSet<i64>,
}

/// Folds a week. `days` are the moments at which its days begin and the last ends; `seen` says who was where
/// on which day of it (space, or [`FORUM`]; person; Monday is 0).
pub fn week(
    facts: impl IntoIterator<Item = Fact>,
    seen: impl IntoIterator<Item = (i64, i64, i64)>,
    corrections: &Corrections,
    days: &[Moment; 8],
) -> Folded {
    let mut folded = Folded::default();
    for fact in in_order(facts) {
        if fact.at < days[0] || fact.at >= days[7] {
            continue;
        }
        folded.topics.insert(fact.topic);
        if corrections.is_away(fact.post) {
            continue;
        }
        let here = corrections.space_of(&fact);
        let day = days[1..7].iter().filter(|start| fact.at >= **start).count();
        // Guests are counted in their spaces only.
        let scopes = [Some(here), (!fact.guest).then_some(FORUM)];
        for space in scopes.into_iter().flatten() {
            let counts = folded.members.entry((space, fact.actor)).or_default();
            count(counts, &fact, day, corrections);
        }
        if let Some(other) = fact.about
            && other != fact.actor
        {
            let pair = match fact.deed {
                Deed::Replied | Deed::Addressed => Some((fact.actor, other)),
                // Who marks an answer says that it was for them.
                Deed::Answered => Some((other, fact.actor)),
                _ => None,
            };
            if let Some((from, to)) = pair {
                *folded.dyads.entry((here, from, to)).or_default() += 1;
                if !fact.guest && !fact.about_guest {
                    *folded.dyads.entry((FORUM, from, to)).or_default() += 1;
                }
            }
        }
    }
    for (space, who, day) in seen {
        folded.members.entry((space, who)).or_default().seen |= 1 << day;
    }
    for counts in folded.members.values_mut() {
        counts.seen |= counts.days;
    }
    folded
}

/// Each event once, as they happened.
pub(super) fn in_order(facts: impl IntoIterator<Item = Fact>) -> impl Iterator<Item = Fact> {
    let all: BTreeMap<(Moment, i64), Fact> = facts.into_iter().map(|fact| ((fact.at, fact.id), fact)).collect();
    all.into_values()
}

fn count(counts: &mut Counts, fact: &Fact, day: usize, corrections: &Corrections) {
    counts.department = fact.department.or(counts.department);
    counts.guest = fact.guest;
    counts.team = fact.team;
    match fact.deed {
        Deed::Started(_) | Deed::Replied | Deed::EditedShared => {
            if fact.team {
                counts.team_contributions += 1;
                counts.seen |= 1 << day;
                return;
            }
            counts.contributions += 1;
            counts.topics += i64::from(matches!(fact.deed, Deed::Started(_)));
            counts.replies += i64::from(fact.deed == Deed::Replied);
            counts.days |= 1 << day;
            counts.first_at = Some(counts.first_at.map_or(fact.at.0, |first| first.min(fact.at.0)));
        }
        Deed::Thanked if corrections.is_withdrawn(fact) => {}
        Deed::Thanked | Deed::Voted => {
            counts.light += 1;
            counts.seen |= 1 << day;
        }
        Deed::Answered | Deed::Unanswered | Deed::Closed | Deed::Reopened => counts.seen |= 1 << day,
        Deed::Addressed => {}
    }
}

const DAY: i64 = 86_400_000_000;

/// What is known of one topic from its events; none when its beginning is not among them, or was taken away.
pub fn topic(facts: impl IntoIterator<Item = Fact>, corrections: &Corrections) -> Option<TopicState> {
    let all: Vec<Fact> = in_order(facts).collect();
    let (start, kind) = all.iter().find_map(|fact| match fact.deed {
        Deed::Started(kind) => Some((fact, kind)),
        _ => None,
    })?;
    if corrections.is_away(start.post) {
        return None;
    }
    let mut state = TopicState {
        topic: start.topic,
        space: corrections.space_of(start),
        board: start.board,
        kind,
        starter: start.actor,
        starter_department: start.department,
        team: start.team,
        started_at: start.at,
        first_reply_at: None,
        first_reply_by: None,
        first_reply_team: false,
        answered_at: None,
        answered_by: None,
        answered_team: false,
        ended_at: None,
        posts: 0,
        people: 0,
        replies: 0,
        light: 0,
        light_people: 0,
        gap: None,
    };
    let (mut last, mut gaps): (Option<(i64, Moment)>, Vec<i64>) = (None, Vec::new());
    let (mut people, mut friends) = (HashSet::new(), HashSet::new());
    // Who wrote which reply, and whether as one of the team: for the answer that is marked later.
    let mut written: HashMap<i64, bool> = HashMap::new();
    for fact in &all {
        let (age, away) = (fact.at.0 - start.at.0, corrections.is_away(fact.post));
        match fact.deed {
            Deed::Started(_) | Deed::Replied if !away => {
                if age < 28 * DAY {
                    state.posts += 1;
                    people.insert(fact.actor);
                    if let Some((_, before)) = last.filter(|(who, _)| *who != fact.actor) {
                        gaps.push(fact.at.0 - before.0);
                    }
                    last = Some((fact.actor, fact.at));
                }
                written.insert(fact.post, fact.team);
                if fact.deed == Deed::Replied && fact.actor != start.actor {
                    state.replies += i64::from(age < 7 * DAY);
                    if state.first_reply_at.is_none() {
                        state.first_reply_at = Some(fact.at);
                        state.first_reply_by = Some(fact.actor);
                        state.first_reply_team = fact.team;
                    }
                }
            }
            Deed::Thanked | Deed::Voted
                if age < 7 * DAY && !away && fact.actor != start.actor && !corrections.is_withdrawn(fact) =>
            {
                state.light += 1;
                friends.insert(fact.actor);
            }
            // Who answers their own question has no answer of another.
            // Another reply may be marked instead: since when it is solved stays, by whom changes.
            Deed::Answered if !away && fact.about != Some(start.actor) => {
                state.answered_at = state.answered_at.or(Some(fact.at));
                state.answered_by = fact.about;
                state.answered_team = written.get(&fact.post).copied() == Some(true);
            }
            Deed::Unanswered => {
                (state.answered_at, state.answered_by, state.answered_team) = (None, None, false);
            }
            Deed::Closed => state.ended_at = Some(fact.at),
            Deed::Reopened => state.ended_at = None,
            _ => {}
        }
    }
    state.people = i64::try_from(people.len()).unwrap_or(i64::MAX);
    gaps.sort_unstable();
    if let (Some(low), Some(high)) = (gaps.get(gaps.len().saturating_sub(1) / 2), gaps.get(gaps.len() / 2)) {
        state.gap = Some((low + high) / 2);
    }
    state.light_people = i64::try_from(friends.len()).unwrap_or(i64::MAX);
    Some(state)
}

/// The weeks that a correction of a post or topic touches: from the first to the last of its facts.
pub fn touched(facts: &[Fact], week_of: impl Fn(Moment) -> Week) -> BTreeSet<Week> {
    facts.iter().map(|fact| week_of(fact.at)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HOUR: i64 = 3_600_000_000;

    fn days() -> [Moment; 8] {
        std::array::from_fn(|day| Moment(DAY * i64::try_from(day).expect("a day")))
    }

    fn fact(id: i64, hour: i64, actor: i64, deed: Deed) -> Fact {
        Fact {
            id,
            at: Moment(hour * HOUR),
            deed,
            actor,
            guest: false,
            department: Some(actor % 3),
            team: false,
            space: 7,
            board: 1,
            topic: 1,
            post: id,
            about: Some(1),
            about_guest: false,
        }
    }

    #[test]
    fn a_week_counts_what_each_did_where_and_in_all() {
        let facts = [
            fact(1, 1, 1, Deed::Started(TopicKind::Question)),
            fact(2, 2, 2, Deed::Replied),
            fact(3, 30, 2, Deed::Replied),
            fact(4, 31, 3, Deed::Thanked),
        ];
        let folded = week(facts, [(FORUM, 4, 6)], &Corrections::default(), &days());
        let two = folded.members[&(7, 2)];
        assert_eq!((two.contributions, two.replies, two.days), (2, 2, 0b11));
        assert_eq!(folded.members[&(FORUM, 2)].contributions, 2);
        assert_eq!(folded.members[&(7, 3)].light, 1);
        assert_eq!(folded.members[&(FORUM, 4)].seen, 1 << 6);
        assert_eq!(folded.dyads[&(7, 2, 1)], 2);
    }

    #[test]
    fn what_was_taken_away_counts_no_longer_and_again_when_it_is_back() {
        let facts = [fact(2, 2, 2, Deed::Replied)];
        let mut corrections = Corrections::default();
        corrections.take(2, Moment(40 * HOUR), 9, true);
        let folded = week(facts, [], &corrections, &days());
        assert!(folded.members.is_empty() && folded.dyads.is_empty());
        corrections.take(2, Moment(41 * HOUR), 10, false);
        assert_eq!(week(facts, [], &corrections, &days()).members[&(7, 2)].contributions, 1);
    }

    #[test]
    fn a_topic_that_moves_takes_along_what_was_said_in_it() {
        let mut corrections = Corrections::default();
        corrections.shift(1, Moment(50 * HOUR), 9, 8);
        let folded = week([fact(2, 2, 2, Deed::Replied)], [], &corrections, &days());
        assert!(folded.members.contains_key(&(8, 2)) && !folded.members.contains_key(&(7, 2)));
    }

    #[test]
    fn thanks_that_were_withdrawn_are_none() {
        let mut thanks = fact(2, 2, 2, Deed::Thanked);
        thanks.post = 1;
        let mut corrections = Corrections::default();
        corrections.withdraw(2, 1, Moment(3 * HOUR), 3);
        assert_eq!(week([thanks], [], &corrections, &days()).members[&(7, 2)].light, 0);
        let mut again = fact(4, 4, 2, Deed::Thanked);
        again.post = 1;
        assert_eq!(
            week([thanks, again], [], &corrections, &days()).members[&(7, 2)].light,
            1
        );
    }

    #[test]
    fn the_first_reply_is_that_of_another_person() {
        let own = fact(2, 2, 1, Deed::Replied);
        let other = fact(3, 5, 2, Deed::Replied);
        let state = topic(
            [fact(1, 1, 1, Deed::Started(TopicKind::Question)), own, other],
            &Corrections::default(),
        )
        .expect("a topic");
        assert_eq!(state.first_reply_at, Some(other.at));
        assert_eq!((state.posts, state.people, state.replies), (3, 2, 1));
    }

    #[test]
    fn a_conversation_rests_until_somebody_else_takes_it_up() {
        let began = fact(1, 1, 1, Deed::Started(TopicKind::Discussion));
        let of = |more: &[Fact]| {
            let all = [began].into_iter().chain(more.iter().copied());
            topic(all, &Corrections::default()).expect("a topic").gap
        };
        assert_eq!(of(&[fact(2, 5, 1, Deed::Replied)]), None);
        // Two hours after the last of the one who asks, then six, then ten; what is two months old is another matter.
        let more = [
            fact(2, 5, 1, Deed::Replied),
            fact(3, 7, 2, Deed::Replied),
            fact(4, 13, 3, Deed::Replied),
            fact(5, 23, 1, Deed::Replied),
            fact(6, 60 * 24, 2, Deed::Replied),
        ];
        assert_eq!(of(&more), Some(6 * HOUR));
        assert_eq!(of(&more[..3]), Some(4 * HOUR));
    }

    proptest! {
        #[test]
        fn the_order_of_events_and_events_that_come_twice_change_nothing(
            order in Just((0..40_usize).collect::<Vec<_>>()).prop_shuffle(),
            twice in proptest::collection::vec(0..40_usize, 0..20),
            kinds in proptest::collection::vec((0..6_u8, 1..6_i64, 0..168_i64, 1..6_i64, any::<bool>()), 40),
        ) {
            let facts: Vec<Fact> = kinds
                .iter()
                .zip(1..)
                .map(|((kind, actor, hour, topic, team), id)| {
                    let deed = match kind {
                        0 => Deed::Started(if id % 2 == 0 { TopicKind::Question } else { TopicKind::Case }),
                        1 | 2 => Deed::Replied,
                        3 => Deed::Thanked,
                        4 => Deed::Answered,
                        _ => Deed::Unanswered,
                    };
                    Fact { topic: *topic, team: *team, ..fact(id, *hour, *actor, deed) }
                })
                .collect();
            let mut corrections = Corrections::default();
            corrections.take(3, Moment(200 * HOUR), 90, true);
            let straight = week(facts.iter().copied(), [], &corrections, &days());
            let mixed: Vec<Fact> = order.iter().chain(&twice).map(|place| facts[*place]).collect();
            prop_assert_eq!(&straight, &week(mixed.iter().copied(), [], &corrections, &days()));
            for number in 1..6 {
                let of = |facts: &[Fact]| {
                    topic(facts.iter().copied().filter(|fact| fact.topic == number), &corrections)
                };
                prop_assert_eq!(of(&facts), of(&mixed));
            }
        }
    }
}
