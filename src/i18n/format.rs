//! Moments as people write them, in their own time zone.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::{Lang, Locales};

/// A moment for a page: exact for machines, short for people.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct When {
    pub iso: String,
    pub words: String,
}

impl Locales {
    pub fn when(&self, lang: Lang, zone: &TimeZone, moment: Timestamp) -> When {
        let local = moment.to_zoned(zone.clone());
        When {
            iso: moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            words: format!(
                "{} {} {}, {:02}:{:02}",
                local.day(),
                self.month(lang, local.month()),
                local.year(),
                local.hour(),
                local.minute()
            ),
        }
    }

    /// The day alone, as it stands in a margin.
    pub fn short(&self, lang: Lang, zone: &TimeZone, moment: Timestamp) -> String {
        let local = moment.to_zoned(zone.clone());
        format!("{} {}", local.day(), self.month(lang, local.month()))
    }

    pub fn date(&self, lang: Lang, zone: &TimeZone, moment: Timestamp) -> When {
        let local = moment.to_zoned(zone.clone());
        When {
            iso: local.strftime("%Y-%m-%d").to_string(),
            words: format!("{} {} {}", local.day(), self.month(lang, local.month()), local.year()),
        }
    }
}
