//! Weeks and days as the forum's own place counts them. An ISO week begins on Monday at 0:00 local time and
//! ends on Sunday at 24:00; weeks are numbered from the one that began on 5 January 1970. Everything that is
//! measured is measured between such moments, so that two counts of one week are counts of the same hours.

use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::db::Conn;
use crate::db::types::Moment;
use crate::refusal::{Refusal, Result};

/// The number of an ISO week: 0 began on 5 January 1970.
pub type Week = i64;

/// Days from 1 January 1970 to the Monday of week 0.
const FIRST_MONDAY: i64 = 4;

/// Weeks in a block of growth accounting, and in "28 days".
pub const BLOCK: i64 = 4;
/// Weeks in "91 days".
pub const QUARTER: i64 = 13;

/// The forum's own time: of its setting, not of who is looking.
#[derive(Debug, Clone)]
pub struct Calendar {
    zone: TimeZone,
}

impl Calendar {
    pub fn new(zone: &str) -> Self {
        Self {
            // The name was checked when it was set; a name that a later database of zones lacks counts as UTC.
            zone: TimeZone::get(zone).unwrap_or(TimeZone::UTC),
        }
    }

    /// As databases of zones call it; UTC when they do not.
    pub(crate) fn zone_name(&self) -> &str {
        self.zone.iana_name().unwrap_or("UTC")
    }

    pub(super) fn zone(&self) -> TimeZone {
        self.zone.clone()
    }

    /// Of the forum behind this connection.
    pub(crate) fn read(conn: &mut Conn) -> Result<Self> {
        Ok(Self::new(&crate::forum::settings::read(conn)?.time_zone))
    }

    /// Days since 1970 of the local date.
    pub fn day(&self, at: Moment) -> i64 {
        let date = at.timestamp().to_zoned(self.zone.clone()).date();
        day_of(date)
    }

    pub fn week(&self, at: Moment) -> Week {
        week_of_day(self.day(at))
    }

    /// The first moment of a week.
    pub fn start(&self, week: Week) -> Result<Moment> {
        self.start_of_day(week * 7 + FIRST_MONDAY)
    }

    /// The first moment after a week.
    pub fn end(&self, week: Week) -> Result<Moment> {
        self.start(week + 1)
    }

    /// The moment at which nothing more is taken into what is published about a week: seven days after its end.
    pub fn sealed_from(&self, week: Week) -> Result<Moment> {
        self.start(week + 2)
    }

    /// The eight moments at which the days of a week begin and the last ends.
    pub(crate) fn days(&self, week: Week) -> Result<[Moment; 8]> {
        let mut all = [Moment(0); 8];
        for (moment, day) in all.iter_mut().zip(week * 7 + FIRST_MONDAY..) {
            *moment = self.start_of_day(day)?;
        }
        Ok(all)
    }

    pub(crate) fn start_of_day(&self, day: i64) -> Result<Moment> {
        let date = date_of(day)?;
        let at = date.to_zoned(self.zone.clone()).map_err(Refusal::broken)?;
        Ok(Moment(at.timestamp().as_microsecond()))
    }
}

pub(crate) fn week_of_day(day: i64) -> Week {
    (day - FIRST_MONDAY).div_euclid(7)
}

/// The first day of a week, in days since 1970.
pub(crate) fn monday(week: Week) -> i64 {
    week * 7 + FIRST_MONDAY
}

/// Days since 1970 of a date.
pub(crate) fn day_of(date: Date) -> i64 {
    date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24
}

pub(crate) fn date_of(day: i64) -> Result<Date> {
    Date::constant(1970, 1, 1)
        .checked_add(day.days())
        .map_err(Refusal::broken)
}

/// "2026-W47".
pub fn name(week: Week) -> Result<String> {
    let date = date_of(monday(week))?.iso_week_date();
    Ok(format!("{:04}-W{:02}", date.year(), date.week()))
}

/// The week that is called "2026-W47", or in which a day such as 2026-11-22 lies.
pub fn parse(text: &str) -> Option<Week> {
    if let Some((year, week)) = text.split_once("-W") {
        let date = jiff::civil::ISOWeekDate::new(year.parse().ok()?, week.parse().ok()?, jiff::civil::Weekday::Monday);
        return Some(week_of_day(day_of(date.ok()?.date())));
    }
    Some(week_of_day(day_of(text.parse().ok()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        Moment(text.parse::<jiff::Timestamp>().expect("a moment").as_microsecond())
    }

    #[test]
    fn a_week_ends_on_sunday_at_midnight_here() {
        let here = Calendar::new("Europe/Amsterdam");
        // In winter local midnight is 23:00 in UTC.
        let last = at("2026-11-22T22:59:59Z");
        let first = at("2026-11-22T23:00:00Z");
        assert_eq!(here.week(last) + 1, here.week(first));
        assert_eq!(here.start(here.week(first)).expect("a week"), first);
        assert_eq!(name(here.week(last)).expect("a name"), "2026-W47");
        assert_eq!(parse("2026-W47"), Some(here.week(last)));
        assert_eq!(parse("2026-11-22"), Some(here.week(last)));
        assert_eq!(parse("2026-11-23"), Some(here.week(first)));
    }

    #[test]
    fn the_week_of_a_change_of_clocks_has_an_hour_more_or_less() {
        let here = Calendar::new("Europe/Amsterdam");
        let spring = here.week(at("2026-03-29T10:00:00Z"));
        let hours = (here.end(spring).expect("end").0 - here.start(spring).expect("start").0) / 3_600_000_000;
        assert_eq!(hours, 167);
    }

    #[test]
    fn seven_days_after_its_end_a_week_is_sealed() {
        let here = Calendar::new("UTC");
        let week = parse("2026-W45").expect("a week");
        assert_eq!(
            here.sealed_from(week).expect("a moment"),
            here.end(week).expect("its end").plus_days(7)
        );
    }
}
