//! How open departments (or any other groups) are to each other, compared with chance.
//!
//! The E-I index is Krackhardt and Stern's ("Informal networks and organizational crises", 1988); rescaling it by
//! what a random relabelling would give follows the practice of UCINET; assortativity is Newman's ("Mixing
//! patterns in networks", 2003). Participants are the members with at least one edge to somebody whose group is
//! known; members without a group, and edges to them, are left out.

use std::collections::{BTreeMap, BTreeSet};

use super::network::Graph;
use super::number::{count, real, share};
use super::random::Random;

/// How many relabellings [`Silos::chance`] is meant to be asked for.
pub const PERMUTATIONS: u32 = 10_000;
/// The seed of the relabellings: fixed, so that a figure once published can be computed again.
pub const SEED: u64 = 0x5110;

/// Edges across and within groups.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ties {
    /// Edges between different groups.
    pub external: u64,
    /// Edges within one group.
    pub internal: u64,
}

impl Ties {
    /// (E - I) / (E + I): -1 all within, +1 all across; `None` without an edge.
    pub fn ei_index(self) -> Option<f64> {
        let all = self.external + self.internal;
        (all > 0).then(|| (real(self.external) - real(self.internal)) / real(all))
    }

    const fn add(&mut self, crosses: bool) {
        if crosses {
            self.external += 1;
        } else {
            self.internal += 1;
        }
    }
}

/// The E-I index to expect when the labels of groups of these sizes fall at random on the same edges; exact.
/// `None` below two people.
pub fn ei_expected(sizes: impl Iterator<Item = u64>) -> Option<f64> {
    let (mut people, mut pairs) = (0_u64, 0.0);
    for size in sizes {
        people += size;
        pairs += real(size) * (real(size) - 1.0);
    }
    (people >= 2).then(|| 1.0 - 2.0 * pairs / (real(people) * (real(people) - 1.0)))
}

/// The silo-breaking index: how far the E-I index lies from its expected value, as a share of the room there was
/// on that side. -1 as closed as can be, 0 what chance gives, +1 as open as can be. `None` when there was no room.
pub fn silo_breaking(ei: f64, expected: f64) -> Option<f64> {
    let room = if ei >= expected { 1.0 - expected } else { 1.0 + expected };
    (room > 0.0).then(|| (ei - expected) / room)
}

/// What random relabelling made of the E-I index.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chance {
    /// The share of relabellings whose E-I index was at most the observed one, 0..=1.
    pub p: f64,
    /// The mean over the relabellings; close to [`Silos::ei_expected`].
    pub mean: f64,
    /// The standard deviation over the relabellings.
    pub deviation: f64,
}

/// A graph with the group of each participant.
#[derive(Debug, Clone)]
pub struct Silos {
    ids: Vec<i64>,
    groups: Vec<i64>,
    /// Positions in `ids`.
    edges: Vec<(usize, usize)>,
}

impl Silos {
    /// `group_of` holds the group of each member who has one.
    pub fn new(graph: &Graph, group_of: &BTreeMap<i64, i64>) -> Self {
        let known = |&(a, b): &(i64, i64)| group_of.contains_key(&a) && group_of.contains_key(&b);
        let ties: Vec<(i64, i64)> = graph.edges().map(|(a, b, _)| (a, b)).filter(known).collect();
        let ids: Vec<i64> = ties
            .iter()
            .flat_map(|&(a, b)| [a, b])
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        let place = |id: i64| ids.binary_search(&id).expect("every end of an edge takes part");
        Self {
            groups: ids.iter().map(|id| group_of[id]).collect(),
            edges: ties.iter().map(|&(a, b)| (place(a), place(b))).collect(),
            ids,
        }
    }

    /// The number of participants.
    pub const fn participants(&self) -> usize {
        self.ids.len()
    }

    /// All edges between participants.
    pub fn ties(&self) -> Ties {
        let mut ties = Ties::default();
        for &(a, b) in &self.edges {
            ties.add(self.groups[a] != self.groups[b]);
        }
        ties
    }

    /// Observed openness, -1..=1; `None` without an edge.
    pub fn ei_index(&self) -> Option<f64> {
        self.ties().ei_index()
    }

    /// Openness by chance, given how many participants each group has; `None` without participants.
    pub fn ei_expected(&self) -> Option<f64> {
        let mut sizes = BTreeMap::new();
        for group in &self.groups {
            *sizes.entry(group).or_insert(0) += 1;
        }
        ei_expected(sizes.into_values())
    }

    /// The silo-breaking index of these participants.
    pub fn silo_breaking(&self) -> Option<f64> {
        silo_breaking(self.ei_index()?, self.ei_expected()?)
    }

    /// The edges that touch each group; one between two groups counts for both.
    pub fn by_group(&self) -> BTreeMap<i64, Ties> {
        self.touching(&self.groups)
    }

    /// The edges of each participant.
    pub fn by_member(&self) -> BTreeMap<i64, Ties> {
        self.touching(&self.ids)
    }

    fn touching(&self, names: &[i64]) -> BTreeMap<i64, Ties> {
        let mut found: BTreeMap<i64, Ties> = BTreeMap::new();
        for &(a, b) in &self.edges {
            for name in BTreeSet::from([names[a], names[b]]) {
                found.entry(name).or_default().add(self.groups[a] != self.groups[b]);
            }
        }
        found
    }

    /// Newman's assortativity of the groups: 1 only within, 0 as by chance, below 0 avoiding one's own. `None`
    /// without an edge or with a single group.
    pub fn assortativity(&self) -> Option<f64> {
        let mut ends: BTreeMap<i64, u64> = BTreeMap::new();
        for &(a, b) in &self.edges {
            *ends.entry(self.groups[a]).or_default() += 1;
            *ends.entry(self.groups[b]).or_default() += 1;
        }
        let within = share(self.ties().internal, count(self.edges.len()))?;
        let all = 2 * count(self.edges.len());
        let by_chance: f64 = ends.values().map(|&ends| (real(ends) / real(all)).powi(2)).sum();
        (ends.len() > 1).then(|| (within - by_chance) / (1.0 - by_chance))
    }

    /// Deals the groups out again over the same participants, `permutations` times. `None` without an edge or
    /// without permutations. The same seed gives the same answer.
    pub fn chance(&self, permutations: u32, seed: u64) -> Option<Chance> {
        let (edges, observed) = (count(self.edges.len()), self.ties().external);
        if edges == 0 || permutations == 0 {
            return None;
        }
        let mut random = Random::new(seed);
        let mut groups = self.groups.clone();
        let (mut at_most, mut sum, mut squares) = (0_u32, 0.0, 0.0);
        for _ in 0..permutations {
            random.shuffle(&mut groups);
            let across = count(self.edges.iter().filter(|&&(a, b)| groups[a] != groups[b]).count());
            // Whole numbers are compared: equal openness must not depend on rounding.
            at_most += u32::from(across <= observed);
            let ei = 2.0 * real(across) / real(edges) - 1.0;
            sum += ei;
            squares += ei * ei;
        }
        let n = f64::from(permutations);
        let mean = sum / n;
        Some(Chance {
            p: f64::from(at_most) / n,
            mean,
            deviation: (squares / n - mean * mean).max(0.0).sqrt(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{A, B, D, E, G, H, HR, I, IT, K, OPS, departments, golden};
    use super::*;

    fn near(value: Option<f64>, wanted: f64) -> bool {
        value.is_some_and(|value| (value - wanted).abs() < 5e-7)
    }

    #[test]
    fn golden_a_openness_and_chance() {
        let silos = Silos::new(&golden(), &departments());
        assert_eq!(
            silos.ties(),
            Ties {
                external: 6,
                internal: 4
            }
        );
        assert_eq!(silos.participants(), 8);
        assert!(near(silos.ei_index(), 0.2) && near(silos.ei_expected(), 0.5) && near(silos.silo_breaking(), -0.2));
        // All twelve instead of the participants would say something else.
        let twelve = ei_expected([3, 4, 5].into_iter());
        assert!(near(twelve, 0.424_242) && near(silo_breaking(0.2, 14.0 / 33.0), -0.157_447));
        assert!(near(silos.assortativity(), 0.032_258));
        let chance = silos.chance(PERMUTATIONS, SEED).expect("edges");
        // Another generator drew 20,000: p 0.1272, mean 0.5018, deviation 0.1904; three standard errors of both.
        assert!((chance.p - 0.1272).abs() < 0.0123, "{chance:?}");
        assert!((chance.mean - 0.5018).abs() < 0.007 && (chance.deviation - 0.1904).abs() < 0.005);
        assert_eq!(silos.chance(PERMUTATIONS, SEED), Some(chance));
        assert_eq!(silos.chance(0, SEED), None);
    }

    #[test]
    fn golden_a_by_department_and_member() {
        let silos = Silos::new(&golden(), &departments());
        let groups = silos.by_group();
        for (group, external, internal, ei) in [(HR, 4, 1, 0.6), (IT, 6, 2, 0.5), (OPS, 2, 1, 0.333_333)] {
            assert_eq!(groups[&group], Ties { external, internal });
            assert!(near(groups[&group].ei_index(), ei));
        }
        let third = 1.0 / 3.0;
        let wanted = [
            (A, third),
            (B, third),
            (D, third),
            (E, third),
            (G, -1.0),
            (H, 0.0),
            (I, -1.0),
            (K, 1.0),
        ];
        let members = silos.by_member();
        assert_eq!(members.len(), 8);
        assert!(wanted.into_iter().all(|(id, ei)| near(members[&id].ei_index(), ei)));
    }

    #[test]
    fn no_edges_give_no_index() {
        let empty = Silos::new(&Graph::from_dyads(std::iter::empty(), 2), &departments());
        assert_eq!(
            (empty.ei_index(), empty.ei_expected(), empty.silo_breaking()),
            (None, None, None)
        );
        assert_eq!((empty.assortativity(), empty.chance(10, SEED)), (None, None));
        assert_eq!(silo_breaking(1.0, 1.0), None);
    }
}
