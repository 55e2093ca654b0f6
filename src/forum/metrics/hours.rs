//! Hours of work, as the operator sets them: on which days of the week, from when to when, and on which days nobody works.
//! In them nobody waits, and outside of them nobody is written to. In the forum's own time.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan as _, Zoned};
use serde::{Deserialize, Serialize};

use super::rules::{self, Part};
use super::week::{self, Calendar, Week};
use crate::db::Conn;
use crate::db::types::Moment;
use crate::refusal::{Refusal, Result};

/// When people work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// Working days, Monday is 1.
    pub days: BTreeSet<i8>,
    /// The hour at which work begins, and the one at which it ends; 24 is midnight.
    pub from: i8,
    pub to: i8,
    /// Days on which nobody works, such as 2026-12-25.
    pub holidays: BTreeSet<String>,
}

impl Default for Hours {
    fn default() -> Self {
        Self {
            days: (1..=5).collect(),
            from: 8,
            to: 18,
            holidays: BTreeSet::new(),
        }
    }
}

impl Part for Hours {
    const NAME: &'static str = "hours";
}

impl Hours {
    /// What is wrong with them, for the operator.
    pub fn check(&self) -> std::result::Result<(), String> {
        if self.days.is_empty() || !self.days.iter().all(|day| (1..=7).contains(day)) {
            return Err("hours.days are numbers from 1, Monday, to 7, at least one".to_owned());
        }
        if !(0..24).contains(&self.from) || !(1..=24).contains(&self.to) || self.from >= self.to {
            return Err("hours.from and hours.to are hours of a day, from before to".to_owned());
        }
        match self.holidays.iter().find(|day| day.parse::<Date>().is_err()) {
            Some(day) => Err(format!("hours.holidays has \"{day}\"; a day is written 2026-12-25")),
            None => Ok(()),
        }
    }
}

/// Hours of work in the forum's own time.
#[derive(Debug, Clone)]
pub struct Office {
    calendar: Calendar,
    days: BTreeSet<i8>,
    from: i8,
    to: i8,
    /// Days since 1970.
    holidays: BTreeSet<i64>,
}

impl Office {
    pub fn new(calendar: Calendar, hours: &Hours) -> Self {
        let holidays = hours.holidays.iter();
        Self {
            calendar,
            days: hours.days.clone(),
            from: hours.from,
            to: hours.to,
            // What was written was checked to be a day.
            holidays: holidays
                .filter_map(|day| Some(week::day_of(day.parse().ok()?)))
                .collect(),
        }
    }

    /// As they are now.
    pub(crate) fn read(conn: &mut Conn) -> Result<Self> {
        let calendar = Calendar::read(conn)?;
        Ok(Self::new(calendar, &rules::current::<Hours>(conn)?.numbers))
    }

    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    fn works_on(&self, date: Date) -> bool {
        self.days.contains(&date.weekday().to_monday_one_offset()) && !self.holidays.contains(&week::day_of(date))
    }

    /// Working days of a week, one bit each; Monday is the lowest.
    pub fn days_of(&self, of: Week) -> i64 {
        (0..7)
            .filter(|place| week::date_of(week::monday(of) + place).is_ok_and(|date| self.works_on(date)))
            .map(|place| 1 << place)
            .sum()
    }

    /// The moments at which the work of a day begins and ends; none beyond the last year of a calendar.
    fn of_day(&self, date: Date) -> Option<(Zoned, Zoned)> {
        let at = |hour: i8| {
            let (date, hour) = if hour == 24 {
                (date.checked_add(1.day()).ok()?, 0)
            } else {
                (date, hour)
            };
            date.at(hour, 0, 0, 0).to_zoned(self.calendar.zone()).ok()
        };
        Some((at(self.from)?, at(self.to)?))
    }

    /// The first moment of work that is not before this one.
    pub fn at_work(&self, from: Moment) -> Result<Moment> {
        let start = from.timestamp().to_zoned(self.calendar.zone());
        for date in start
            .date()
            .series(1.day())
            .take(370)
            .filter(|date| self.works_on(*date))
        {
            if let Some((open, shut)) = self.of_day(date)
                && start < shut
            {
                let first = if open > start { open } else { start };
                return Ok(Moment(first.timestamp().as_microsecond()));
            }
        }
        Err(Refusal::broken("a year without a working day"))
    }

    /// Hours of work between two moments.
    pub fn working_hours(&self, from: Moment, until: Moment) -> f64 {
        if until <= from {
            return 0.0;
        }
        let start = from.timestamp().to_zoned(self.calendar.zone());
        let end = until.timestamp().to_zoned(self.calendar.zone());
        let mut worked = SignedDuration::ZERO;
        // A year is long enough: nothing that is asked about in hours of work waits longer.
        let days = start.date().series(1.day()).take(370);
        for date in days.take_while(|date| *date <= end.date()) {
            if self.works_on(date)
                && let Some((open, shut)) = self.of_day(date)
            {
                let begin = if open > start { &open } else { &start };
                let finish = if shut < end { &shut } else { &end };
                if finish > begin {
                    worked += finish.duration_since(begin);
                }
            }
        }
        worked.as_secs_f64() / 3600.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        Moment(text.parse::<jiff::Timestamp>().expect("a moment").as_microsecond())
    }

    fn here(hours: &Hours) -> Office {
        Office::new(Calendar::new("Europe/Amsterdam"), hours)
    }

    #[test]
    fn a_night_and_a_weekend_are_no_hours_of_work() {
        // Friday 17:00 to Monday 9:00.
        let (friday, monday) = (at("2026-11-20T16:00:00Z"), at("2026-11-23T08:00:00Z"));
        let hours = here(&Hours::default()).working_hours(friday, monday);
        assert!((hours - 2.0).abs() < 1e-9);
        // Where Saturdays are worked until midnight, those are.
        let long = Hours {
            days: (1..=6).collect(),
            to: 24,
            ..Hours::default()
        };
        let hours = here(&long).working_hours(friday, monday);
        assert!((hours - (7.0 + 16.0 + 1.0)).abs() < 1e-9);
    }

    #[test]
    fn what_is_written_at_the_weekend_leaves_on_monday() {
        let office = here(&Hours::default());
        let leaves = |text: &str| office.at_work(at(text)).expect("a moment");
        // Saturday noon, Friday evening, the small hours of a Tuesday, and in the middle of the day.
        assert_eq!(leaves("2026-11-21T11:00:00Z"), at("2026-11-23T07:00:00Z"));
        assert_eq!(leaves("2026-11-20T17:00:00Z"), at("2026-11-23T07:00:00Z"));
        assert_eq!(leaves("2026-11-24T02:00:00Z"), at("2026-11-24T07:00:00Z"));
        assert_eq!(leaves("2026-11-24T11:30:00Z"), at("2026-11-24T11:30:00Z"));
    }

    #[test]
    fn on_a_holiday_nobody_works() {
        let hours = Hours {
            holidays: BTreeSet::from(["2026-12-25".to_owned()]),
            ..Hours::default()
        };
        let office = here(&hours);
        // Christmas is a Friday: who asks on Thursday at five in the afternoon is answered on Monday.
        let (asked, answered) = (at("2026-12-24T16:00:00Z"), at("2026-12-28T08:00:00Z"));
        assert!((office.working_hours(asked, answered) - 2.0).abs() < 1e-9);
        assert_eq!(
            office.at_work(at("2026-12-25T10:00:00Z")).expect("a moment"),
            at("2026-12-28T07:00:00Z")
        );
        let week = week::parse("2026-12-25").expect("a week");
        assert_eq!(office.days_of(week), 0b0_1111);
        assert_eq!(office.days_of(week + 1), 0b1_1111);
    }

    #[test]
    fn hours_that_cannot_be_are_named() {
        let wrong = |change: &dyn Fn(&mut Hours), word: &str| {
            let mut hours = Hours::default();
            change(&mut hours);
            let said = hours.check().expect_err("it is wrong");
            assert!(said.contains(word), "{said}");
        };
        wrong(&|hours| hours.days.clear(), "hours.days");
        wrong(&|hours| hours.days = BTreeSet::from([8]), "hours.days");
        wrong(&|hours| hours.to = 8, "hours.from");
        wrong(
            &|hours| {
                hours.holidays.insert("Christmas".to_owned());
            },
            "\"Christmas\"",
        );
        Hours::default().check().expect("right");
    }
}
