//! How often somebody may ask for what costs more than a page: in memory, for this process.

use std::collections::HashMap;
use std::sync::Mutex;

use crate::db::types::Moment;
use crate::refusal::{Refusal, Result};

/// Counts in windows of a minute.
#[derive(Debug, Default)]
pub struct Limits {
    windows: Mutex<HashMap<String, (i64, u32)>>,
}

/// Beyond this many callers the oldest windows go.
const MOST: usize = 10_000;

impl Limits {
    /// Refuses when `who` has asked `most` times in this minute.
    pub fn take(&self, who: &str, most: u32, now: Moment) -> Result<()> {
        let minute = now.seconds().div_euclid(60);
        let mut windows = self.windows.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if windows.len() > MOST {
            windows.retain(|_, (at, _)| *at == minute);
        }
        let window = windows.entry(who.to_owned()).or_insert((minute, 0));
        if window.0 != minute {
            *window = (minute, 0);
        }
        if window.1 >= most {
            return Err(Refusal::TooSoon(Moment::from_seconds((minute + 1) * 60)));
        }
        window.1 += 1;
        Ok(())
    }
}
