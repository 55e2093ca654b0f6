//! The five components of a champion, each out of 20, from counts. What they weigh and from where on they count are the
//! operator's numbers, what they are made of is ours; each component is shrunk by how little is known of it, so that one good week makes nobody a champion. What
//! is shown is words, never the sum, and nobody is ranked by it. After research/metrics 2.d.

use crate::forum::metrics::rules::Champions as Rules;

const MOST: f64 = 20.0;
/// With so little known, nothing is said.
const LEAST: i64 = 3;

/// What the components are computed from, of 13 weeks in one space.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Counts {
    pub seen_weeks: i64,
    pub written_weeks: i64,
    /// Whether the profile says something of them.
    pub profile: bool,
    /// For each post that others thanked for: by how many people, and of how many departments.
    pub thanked: Vec<(i64, i64)>,
    /// Topics they started that hand on something (a link), and that say what they think of it; one may be both.
    pub news: i64,
    pub views: i64,
    pub useful: i64,
    pub given: i64,
    pub received: i64,
    pub newcomers: i64,
    /// People they talked with, and how many of these are of another department; how many departments.
    pub met: i64,
    pub met_outside: i64,
    pub departments: i64,
    /// People who took part, and how many of them are of the same department.
    pub all: i64,
    pub own: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Component {
    Passion,
    Positioning,
    Mix,
    Helping,
    Island,
}

impl Component {
    pub const ALL: [Self; 5] = [Self::Passion, Self::Positioning, Self::Mix, Self::Helping, Self::Island];

    pub fn word(self) -> &'static str {
        match self {
            Self::Passion => "passion",
            Self::Positioning => "positioning",
            Self::Mix => "mix",
            Self::Helping => "helping",
            Self::Island => "island",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    Strong,
    Growing,
    Little,
    /// Too little is known.
    Unknown,
}

impl Said {
    pub fn word(self) -> &'static str {
        match self {
            Self::Strong => "strong",
            Self::Growing => "growing",
            Self::Little => "little",
            Self::Unknown => "unknown",
        }
    }
}

/// What a manager may do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    Invite,
    Coach,
    Later,
}

impl Band {
    pub fn word(self) -> &'static str {
        match self {
            Self::Invite => "invite",
            Self::Coach => "coach",
            Self::Later => "later",
        }
    }

    fn of(sum: f64, rules: &Rules) -> Self {
        if sum >= rules.invite {
            Self::Invite
        } else if sum >= rules.coach {
            Self::Coach
        } else {
            Self::Later
        }
    }
}

/// A profile: what is said of each component, the band, and whether it stands when each weight is a fifth more or less.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    pub said: [(Component, Said); 5],
    pub band: Band,
    pub stable: bool,
}

#[expect(clippy::cast_precision_loss, reason = "counts of a quarter")]
fn real(count: i64) -> f64 {
    count as f64
}

fn part(count: i64, of: f64) -> f64 {
    (real(count) / of).clamp(0.0, 1.0)
}

/// The largest h for which so many posts were each thanked for by so many people of two departments.
fn h_index(thanked: &[(i64, i64)]) -> i64 {
    let mut people: Vec<i64> = thanked.iter().filter(|one| one.1 >= 2).map(|one| one.0).collect();
    people.sort_unstable_by(|one, other| other.cmp(one));
    (1..)
        .zip(&people)
        .take_while(|(place, people)| **people >= *place)
        .count()
        .try_into()
        .unwrap_or(i64::MAX)
}

impl Counts {
    /// A component before it is shrunk, from 0 to 20, and how much is known of it.
    fn component(&self, which: Component) -> (f64, i64) {
        match which {
            Component::Passion => (
                MOST * (0.5 * part(self.seen_weeks, 13.0) + 0.5 * part(self.written_weeks, 13.0)),
                self.seen_weeks.max(self.written_weeks),
            ),
            Component::Positioning => {
                let filled = f64::from(u8::from(self.profile));
                let heard = part(h_index(&self.thanked), 5.0);
                let known = i64::try_from(self.thanked.len()).unwrap_or(i64::MAX);
                (MOST * (0.3 * filled + 0.7 * heard), known)
            }
            Component::Mix => {
                let both = self.news + self.views;
                let own = if both > 0 { real(self.views) / real(both) } else { 0.0 };
                (MOST * part(both, 6.0) * (1.0 - (2.0 * own - 1.0).abs()), both)
            }
            Component::Helping => {
                let balance = if self.given + self.received < 5 {
                    0.0
                } else {
                    real(self.given.min(self.received)) / real(self.given.max(self.received))
                };
                (
                    MOST * (0.4 * part(self.useful, 8.0) + 0.3 * balance + 0.3 * part(self.newcomers, 3.0)),
                    self.given,
                )
            }
            Component::Island => {
                let share = if self.met > 0 {
                    real(self.met_outside) / real(self.met)
                } else {
                    0.0
                };
                // What chance would bring: so many of the others are of another department.
                let chance = if self.all > 1 {
                    1.0 - real(self.own - 1).max(0.0) / real(self.all - 1)
                } else {
                    0.0
                };
                let beyond = if chance > 0.0 { (share / chance).min(1.0) } else { 0.0 };
                (MOST * (0.6 * beyond + 0.4 * part(self.departments, 4.0)), self.met)
            }
        }
    }

    pub fn profile(&self, rules: &Rules) -> Profile {
        let shrunk = Component::ALL.map(|which| {
            let (value, known) = self.component(which);
            (value * real(known) / (real(known) + 3.0), known)
        });
        let said = [0, 1, 2, 3, 4].map(|place: usize| {
            let (value, known) = shrunk[place];
            let said = if known < LEAST {
                Said::Unknown
            } else if value >= rules.strong {
                Said::Strong
            } else if value >= rules.growing {
                Said::Growing
            } else {
                Said::Little
            };
            (Component::ALL[place], said)
        });
        // A sum of a hundred, whatever the weights add up to.
        let sum = |weights: [f64; 5]| -> f64 {
            let all: f64 = weights.iter().sum();
            let sum: f64 = weights.iter().zip(&shrunk).map(|(weight, one)| weight * one.0).sum();
            sum * 5.0 / all
        };
        let band = Band::of(sum(rules.weights), rules);
        let stable = (0..5).all(|place| {
            [0.8, 1.2].into_iter().all(|weight| {
                let mut weights = rules.weights;
                weights[place] *= weight;
                Band::of(sum(weights), rules) == band
            })
        });
        Profile { said, band, stable }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> Counts {
        Counts {
            seen_weeks: 13,
            written_weeks: 13,
            profile: true,
            thanked: vec![(9, 3); 9],
            news: 6,
            views: 6,
            useful: 12,
            given: 20,
            received: 20,
            newcomers: 5,
            met: 20,
            met_outside: 20,
            departments: 6,
            all: 60,
            own: 10,
        }
    }

    #[test]
    fn whoever_does_all_of_it_is_invited() {
        let profile = full().profile(&Rules::default());
        assert!(profile.said.iter().all(|one| one.1 == Said::Strong), "{profile:?}");
        assert_eq!(profile.band, Band::Invite);
        assert!(profile.stable);
    }

    #[test]
    fn what_weighs_more_decides_more() {
        let helps = Counts {
            news: 0,
            views: 0,
            ..full()
        };
        let band = |weights| {
            let rules = Rules {
                weights,
                ..Rules::default()
            };
            helps.profile(&rules).band
        };
        assert_eq!(band([1.0, 1.0, 0.1, 1.0, 1.0]), Band::Invite);
        assert_eq!(band([1.0, 1.0, 4.0, 1.0, 1.0]), Band::Later);
    }

    #[test]
    fn little_that_is_known_makes_nobody_a_champion() {
        let profile = Counts {
            seen_weeks: 2,
            written_weeks: 2,
            profile: true,
            ..Counts::default()
        }
        .profile(&Rules::default());
        assert!(profile.said.iter().all(|one| one.1 == Said::Unknown));
        assert_eq!(profile.band, Band::Later);
    }

    #[test]
    fn more_of_anything_never_makes_less_but_of_one_kind_of_topic() {
        let base = full().component(Component::Helping).0;
        for more in [Counts { useful: 13, ..full() }, Counts { newcomers: 9, ..full() }] {
            assert!(more.component(Component::Helping).0 >= base);
        }
        let one_sided = Counts { views: 0, ..full() };
        assert!(one_sided.component(Component::Mix).0 < full().component(Component::Mix).0);
    }

    #[test]
    fn the_h_index_asks_for_two_departments() {
        assert_eq!(h_index(&[(5, 2), (4, 2), (3, 2), (1, 2)]), 3);
        assert_eq!(h_index(&[(5, 1), (4, 1)]), 0);
        assert_eq!(h_index(&[]), 0);
    }

    #[test]
    fn near_a_border_the_band_does_not_stand() {
        let mut unsure = 0;
        for (news, views) in [(0, 0), (1, 1), (2, 2), (3, 3), (6, 6)] {
            for useful in 0..=12 {
                for newcomers in 0..=3 {
                    let profile = Counts {
                        news,
                        views,
                        useful,
                        newcomers,
                        ..full()
                    }
                    .profile(&Rules::default());
                    unsure += i32::from(!profile.stable);
                }
            }
        }
        // Some lie at a border, most do not.
        assert!((1..130).contains(&unsure), "{unsure}");
    }
}
