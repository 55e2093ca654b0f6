//! The reply network that all who recompute the figures of `network` and `silo` share: twelve members a to l of
//! three departments, and their answers to each other in 91 days.

use std::collections::BTreeMap;

use super::network::Graph;

pub const A: i64 = 1;
pub const B: i64 = 2;
pub const C: i64 = 3;
pub const D: i64 = 4;
pub const E: i64 = 5;
pub const F: i64 = 6;
pub const G: i64 = 7;
pub const H: i64 = 8;
pub const I: i64 = 9;
pub const J: i64 = 10;
pub const K: i64 = 11;
pub const L: i64 = 12;

pub const HR: i64 = 1;
pub const IT: i64 = 2;
pub const OPS: i64 = 3;

pub const MEMBERS: [i64; 12] = [A, B, C, D, E, F, G, H, I, J, K, L];

/// From, to, times.
#[rustfmt::skip]
pub const DYADS: [(i64, i64, u64); 23] = [
    (A, B, 3), (B, A, 2), (A, D, 2), (D, A, 1), (B, D, 2), (D, B, 1), (A, E, 2), (E, A, 1),
    (B, E, 1), (E, B, 1), (D, E, 4), (E, D, 3), (F, D, 1), (G, D, 2), (H, A, 1), (H, D, 2),
    (D, H, 1), (I, H, 2), (H, I, 2), (J, H, 1), (K, D, 1), (D, K, 1), (C, A, 1),
];

pub fn departments() -> BTreeMap<i64, i64> {
    MEMBERS
        .into_iter()
        .zip([HR, HR, HR, IT, IT, IT, IT, OPS, OPS, OPS, OPS, OPS])
        .collect()
}

/// All twelve, with an edge from two interactions on.
pub fn golden() -> Graph {
    Graph::with_nodes(MEMBERS.into_iter(), DYADS.into_iter(), 2)
}
