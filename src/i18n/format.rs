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

/// Numbers as they are written in a language.
impl Locales {
    /// So many places after the mark, and groups of three before it: "29,484.5"; "29.484,5" in Dutch.
    pub fn number(&self, lang: Lang, value: f64, places: usize) -> String {
        // A minus sign, and never minus nothing.
        let text = format!("{:.places$}", value.abs());
        let nothing = text.bytes().all(|byte| !(b'1'..=b'9').contains(&byte));
        let sign = if value < 0.0 && !nothing { "−" } else { "" };
        let mark = self.word(lang, "decimal-mark");
        let group = if mark == "," { "." } else { "," };
        let (whole, rest) = text
            .split_once('.')
            .map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
        let mut grouped = String::new();
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place) % 3 == 0 {
                grouped.push_str(group);
            }
            grouped.push(digit);
        }
        match rest {
            Some(rest) => format!("{sign}{grouped}{mark}{rest}"),
            None => format!("{sign}{grouped}"),
        }
    }

    /// "€ 29,484.00": to the cent, with spaces that do not break; "€ 29.484,00" in Dutch.
    pub fn euros(&self, lang: Lang, value: f64) -> String {
        format!("€\u{a0}{}", self.number(lang, value, 2))
    }

    /// "9.4 %" of 0.094, with a space that does not break.
    pub fn percent(&self, lang: Lang, share: f64, places: usize) -> String {
        format!("{}\u{a0}%", self.number(lang, share * 100.0, places))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_in_groups_of_three() {
        let locales = Locales::get();
        let [english, dutch] = ["en", "nl"].map(|tag| locales.find(tag).expect("a language"));
        for (value, places, one, other) in [
            (0.0, 0, "0", "0"),
            (999.0, 0, "999", "999"),
            (2_124.0, 0, "2,124", "2.124"),
            (-75_812.5, 1, "−75,812.5", "−75.812,5"),
            (1_234_567.891, 2, "1,234,567.89", "1.234.567,89"),
            (-0.001, 2, "0.00", "0,00"),
        ] {
            assert_eq!(locales.number(english, value, places), one);
            assert_eq!(locales.number(dutch, value, places), other);
        }
    }
}
