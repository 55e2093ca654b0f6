//! The one clock. Nobody else asks the machine for the time, so that a test or an import can set it.

use std::sync::atomic::{AtomicI64, Ordering};

use crate::db::types::Moment;

#[derive(Debug, Default)]
pub struct Clock {
    /// Zero: the machine's time. Otherwise the moment a test has chosen, in microseconds.
    set_to: AtomicI64,
}

impl Clock {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks")]
    pub fn now(&self) -> Moment {
        match self.set_to.load(Ordering::Relaxed) {
            0 => Moment(jiff::Timestamp::now().as_microsecond()),
            chosen => Moment(chosen),
        }
    }

    pub fn set(&self, moment: Moment) {
        self.set_to.store(moment.0, Ordering::Relaxed);
    }
}
