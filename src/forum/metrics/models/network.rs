//! Who talks with whom, as a simple undirected graph: degrees, cores and density. Core numbers after Batagelj and
//! Zaveršnik, "An O(m) algorithm for cores decomposition of networks" (2003). Everything goes by ascending id, so
//! two runs over the same counts give the same figures in the same order.

use std::collections::BTreeMap;

use super::number::size;

/// A simple graph without loops or parallel edges; an edge weighs the interactions in both directions together.
#[derive(Debug, Clone)]
pub struct Graph {
    /// Ascending; the position is the node.
    ids: Vec<i64>,
    /// The neighbours of node `v` are `near[first[v]..first[v + 1]]`, ascending.
    first: Vec<usize>,
    near: Vec<usize>,
    /// Endpoints ascending, and the weight.
    edges: Vec<(usize, usize, u64)>,
}

impl Graph {
    /// Directed counts "from, to, times"; two members get an edge when both directions together reach `threshold`
    /// (at least 1). Whoever occurs in a dyad is a node, with or without an edge; answers to oneself are ignored,
    /// and counts of the same pair add up.
    pub fn from_dyads(dyads: impl Iterator<Item = (i64, i64, u64)>, threshold: u64) -> Self {
        Self::with_nodes(std::iter::empty(), dyads, threshold)
    }

    /// The same, with members who may occur in no dyad at all: they are nodes without an edge.
    pub fn with_nodes(
        nodes: impl Iterator<Item = i64>,
        dyads: impl Iterator<Item = (i64, i64, u64)>,
        threshold: u64,
    ) -> Self {
        let mut pairs: Vec<(i64, i64, u64)> = dyads
            .filter(|&(from, to, times)| from != to && times > 0)
            .map(|(from, to, times)| (from.min(to), from.max(to), times))
            .collect();
        pairs.sort_unstable();
        pairs.dedup_by(|next, kept| {
            let same = (next.0, next.1) == (kept.0, kept.1);
            if same {
                kept.2 = kept.2.saturating_add(next.2);
            }
            same
        });
        let mut ids: Vec<i64> = nodes.chain(pairs.iter().flat_map(|&(a, b, _)| [a, b])).collect();
        ids.sort_unstable();
        ids.dedup();
        let place = |id: i64| ids.binary_search(&id).expect("every end of a pair is a node");
        let edges: Vec<(usize, usize, u64)> = pairs
            .iter()
            .filter(|pair| pair.2 >= threshold)
            .map(|&(a, b, weight)| (place(a), place(b), weight))
            .collect();
        let mut first = vec![0; ids.len() + 1];
        for &(a, b, _) in &edges {
            first[a + 1] += 1;
            first[b + 1] += 1;
        }
        for node in 0..ids.len() {
            first[node + 1] += first[node];
        }
        let mut free = first.clone();
        let mut near = vec![0; edges.len() * 2];
        // Edges ascend by (a, b): each list first receives its smaller neighbours, then its larger ones, in order.
        for &(a, b, _) in &edges {
            near[free[b]] = a;
            free[b] += 1;
        }
        for &(a, b, _) in &edges {
            near[free[a]] = b;
            free[a] += 1;
        }
        Self {
            ids,
            first,
            near,
            edges,
        }
    }

    /// The members, ascending.
    pub fn nodes(&self) -> &[i64] {
        &self.ids
    }

    /// The edges as (smaller id, larger id, interactions in both directions), ascending.
    pub fn edges(&self) -> impl Iterator<Item = (i64, i64, u64)> + '_ {
        self.edges
            .iter()
            .map(|&(a, b, weight)| (self.ids[a], self.ids[b], weight))
    }

    /// How many edges there are.
    pub const fn edge_count(&self) -> usize {
        self.edges.len()
    }

    /// The number of neighbours; `None` for someone who is no node.
    pub fn degree(&self, id: i64) -> Option<usize> {
        self.neighbours(id).map(Iterator::count)
    }

    /// The neighbours, ascending; `None` for someone who is no node.
    pub fn neighbours(&self, id: i64) -> Option<impl Iterator<Item = i64> + '_> {
        let node = self.ids.binary_search(&id).ok()?;
        Some(self.around(node).iter().map(|&other| self.ids[other]))
    }

    /// The neighbours of the node at a position, as positions.
    pub(super) fn around(&self, node: usize) -> &[usize] {
        &self.near[self.first[node]..self.first[node + 1]]
    }

    /// Per member the largest k such that they remain in the part of the graph where everybody has at least k
    /// neighbours; 0 without an edge. Linear in the number of edges.
    pub fn core_numbers(&self) -> BTreeMap<i64, usize> {
        self.ids.iter().copied().zip(self.cores()).collect()
    }

    /// The largest core number; 0 in a graph without edges.
    pub fn degeneracy(&self) -> usize {
        self.cores().into_iter().max().unwrap_or(0)
    }

    fn cores(&self) -> Vec<usize> {
        let n = self.ids.len();
        let mut degree: Vec<usize> = (0..n).map(|node| self.around(node).len()).collect();
        // `order` holds the nodes by what is left of their degree, `start[d]` where the nodes of degree d begin.
        let mut start = vec![0; degree.iter().max().map_or(1, |most| most + 2)];
        for &d in &degree {
            start[d + 1] += 1;
        }
        for d in 1..start.len() {
            start[d] += start[d - 1];
        }
        let (mut order, mut place, mut free) = (vec![0; n], vec![0; n], start.clone());
        for node in 0..n {
            place[node] = free[degree[node]];
            order[place[node]] = node;
            free[degree[node]] += 1;
        }
        for position in 0..n {
            // `order` changes behind this position only.
            let node = order[position];
            for &other in self.around(node) {
                if degree[other] > degree[node] {
                    // The neighbour trades places with the first of its own degree, and that run begins one later.
                    let (here, head) = (place[other], start[degree[other]]);
                    let swapped = order[head];
                    order.swap(here, head);
                    (place[other], place[swapped]) = (head, here);
                    start[degree[other]] = head + 1;
                    degree[other] -= 1;
                }
            }
        }
        degree
    }

    /// The share of all possible edges among `nodes` members that exist. The number is the caller's, because
    /// members without any interaction may count; `None` below 2, or when it cannot hold the edges. Density falls
    /// as a community grows: only compare equal numbers.
    pub fn density(&self, nodes: usize) -> Option<f64> {
        let possible = size(nodes) * (size(nodes) - 1.0) / 2.0;
        let edges = size(self.edges.len());
        (nodes >= 2 && edges <= possible).then(|| edges / possible)
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{A, D, golden};
    use super::super::random::Random;
    use super::*;
    use std::collections::BTreeSet;

    fn near(value: Option<f64>, wanted: f64) -> bool {
        value.is_some_and(|value| (value - wanted).abs() < 5e-7)
    }

    #[test]
    fn golden_a_cores_degrees_density_reciprocity() {
        let graph = golden();
        assert_eq!(graph.edge_count(), 10);
        assert_eq!(graph.edges().next(), Some((A, A + 1, 5)));
        let cores: Vec<usize> = graph.core_numbers().into_values().collect();
        assert_eq!(cores, [3, 3, 0, 3, 3, 0, 1, 1, 1, 0, 1, 0]);
        assert_eq!(graph.degeneracy(), 3);
        assert_eq!(graph.degree(D), Some(6));
        assert_eq!((graph.degree(12), graph.degree(99)), (Some(0), None));
        assert!(near(graph.density(12), 0.151_515));
        assert_eq!((graph.density(1), graph.density(3)), (None, None));
    }

    #[test]
    fn cores_are_what_peeling_by_hand_gives() {
        let mut random = Random::new(5);
        for _ in 0..50 {
            let mut someone = || i64::try_from(random.below(40)).expect("a small number");
            let dyads: Vec<_> = (0..120).map(|_| (someone(), someone(), 1)).collect();
            let graph = Graph::from_dyads(dyads.into_iter(), 1);
            for (id, core) in graph.core_numbers() {
                assert!(survives(&graph, core).contains(&id) && !survives(&graph, core + 1).contains(&id));
            }
        }
    }

    fn survives(graph: &Graph, k: usize) -> BTreeSet<i64> {
        let mut left: BTreeSet<i64> = graph.nodes().iter().copied().collect();
        loop {
            let fewer: BTreeSet<i64> = left
                .iter()
                .copied()
                .filter(|&id| {
                    graph
                        .neighbours(id)
                        .expect("a node")
                        .filter(|other| left.contains(other))
                        .count()
                        >= k
                })
                .collect();
            if fewer.len() == left.len() {
                return left;
            }
            left = fewer;
        }
    }
}
