//! The arithmetic of the metrics: pure functions of counts, without a clock, a database or a setting. Whoever
//! calls them says what is counted and in which window; whoever reads them can check every figure by hand.

pub mod beta;
pub mod brokers;
pub mod business;
pub mod dyads;
#[cfg(test)]
mod fixture;
pub mod growth;
pub mod index;
pub mod interval;
pub mod network;
pub mod number;
pub mod random;
pub mod road;
pub mod silo;
pub mod spread;
pub mod stage;
pub mod survival;
pub mod worklist;
