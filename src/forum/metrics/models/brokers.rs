//! Who stands between others: betweenness after Brandes, "A faster algorithm for betweenness centrality" (2001), on
//! the graph of who talks with whom.

use std::collections::{BTreeMap, VecDeque};

use super::network::Graph;
use super::number::size;

impl Graph {
    /// Per member the share (0..=1) of all other pairs whose shortest way leads through them, ways counted
    /// without weights and equal ways shared. `None` below three nodes. Takes nodes times edges.
    pub fn betweenness(&self) -> Option<BTreeMap<i64, f64>> {
        let n = self.nodes().len();
        if n < 3 {
            return None;
        }
        let mut through = vec![0.0; n];
        for source in 0..n {
            let mut steps: Vec<Option<usize>> = vec![None; n];
            let (mut ways, mut owed) = (vec![0.0; n], vec![0.0; n]);
            let (mut reached, mut queue) = (Vec::new(), VecDeque::from([source]));
            (steps[source], ways[source]) = (Some(0), 1.0);
            while let Some(node) = queue.pop_front() {
                reached.push(node);
                let next = steps[node].map(|step| step + 1);
                for &other in self.around(node) {
                    if steps[other].is_none() {
                        steps[other] = next;
                        queue.push_back(other);
                    }
                    if steps[other] == next {
                        ways[other] += ways[node];
                    }
                }
            }
            for &node in reached.iter().rev() {
                let next = steps[node].map(|step| step + 1);
                for &other in self.around(node).iter().filter(|&&other| steps[other] == next) {
                    owed[node] += ways[node] / ways[other] * (1.0 + owed[other]);
                }
                if node != source {
                    through[node] += owed[node];
                }
            }
        }
        // Every pair was seen from both its ends, hence no factor of one half.
        let pairs = (size(n) - 1.0) * (size(n) - 2.0);
        Some(
            self.nodes()
                .iter()
                .copied()
                .zip(through.into_iter().map(|sum| sum / pairs))
                .collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{D, H, MEMBERS, golden};
    use super::*;

    #[test]
    fn golden_a_brokers() {
        let through = golden().betweenness().expect("more than two members");
        assert_eq!(through.len(), MEMBERS.len());
        for (id, value) in through {
            let wanted = if id == D {
                17.0 / 55.0
            } else if id == H {
                6.0 / 55.0
            } else {
                0.0
            };
            assert!((value - wanted).abs() < 1e-12, "{id}: {value}");
        }
        assert!(Graph::from_dyads([(1, 2, 5)].into_iter(), 1).betweenness().is_none());
    }

    #[test]
    fn equal_ways_share_and_other_islands_count_as_pairs() {
        // A square: each corner carries half of the one pair that it separates.
        let square = Graph::from_dyads([(1, 2, 1), (2, 3, 1), (3, 4, 1), (4, 1, 1)].into_iter(), 1);
        let through = square.betweenness().expect("four members");
        assert!(through.values().all(|value| (value - 0.5 / 3.0).abs() < 1e-12));
        // The middle of a line of three, with two others who know only each other: 1 of 6 pairs.
        let line = Graph::from_dyads([(1, 2, 1), (2, 3, 1), (4, 5, 1)].into_iter(), 1);
        assert!((line.betweenness().expect("five members")[&2] - 1.0 / 6.0).abs() < 1e-12);
    }
}
