//! What this process counts about its own work, for Prometheus: how many requests of which kind of answer, and how long
//! they took. No addresses, no names.

use std::sync::atomic::AtomicU64;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;

/// The kind of an answer, such as 2xx.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Answered {
    pub class: String,
}

pub struct Gauges {
    pub requests: Family<Answered, Counter<u64, AtomicU64>>,
    pub seconds: Histogram,
}

impl Default for Gauges {
    fn default() -> Self {
        Self {
            requests: Family::default(),
            seconds: Histogram::new([0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0]),
        }
    }
}

impl Gauges {
    /// A request was answered.
    pub fn answered(&self, status: u16, seconds: f64) {
        let class = format!("{}xx", status / 100);
        self.requests.get_or_create(&Answered { class }).inc();
        self.seconds.observe(seconds);
    }
}
