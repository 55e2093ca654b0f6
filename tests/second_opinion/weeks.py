"""Local days and ISO weeks. Week 0 begins on Monday, 5 January 1970; moments are microseconds in UTC."""

from bisect import bisect_right
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DAY = 86_400_000_000
HOUR = 3_600_000_000
EPOCH = date(1970, 1, 1)
START = datetime(1970, 1, 1, tzinfo=timezone.utc)


class Calendar:
    def __init__(self, zone, first, last):
        try:
            self.zone = ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError):
            self.zone = timezone.utc
        # A margin on either side: windows look half a year back, and a quarter ahead does not hurt.
        self.first = first // DAY - 400
        self.starts = [self.local(day, 0) for day in range(self.first, last // DAY + 100)]

    @cache
    def local(self, day, hour):
        """The moment at which a clock on the wall shows this hour of this day."""
        wall = datetime.combine(EPOCH + timedelta(days=day), time(hour), tzinfo=self.zone)
        return (wall.astimezone(timezone.utc) - START) // timedelta(microseconds=1)

    def day(self, at):
        return self.first + bisect_right(self.starts, at) - 1

    def week(self, at):
        return week_of(self.day(at))

    def start(self, week):
        return self.starts[monday(week) - self.first]

    def end(self, week):
        return self.start(week + 1)

    def office(self, hours, begin, finish):
        """Microseconds of work between two moments."""
        worked = 0
        for day in range(self.day(begin), self.day(finish) + 1):
            if works(hours, day):
                open_at, shut_at = self.local(day, hours["from"]), self.local(day + hours["to"] // 24, hours["to"] % 24)
                worked += max(0, min(finish, shut_at) - max(begin, open_at))
        return worked


def works(hours, day):
    """Whether anybody works on this day."""
    date_of = EPOCH + timedelta(days=day)
    return date_of.isoweekday() in hours["days"] and date_of.isoformat() not in hours["holidays"]


def week_of(day):
    return (day - 4) // 7


def monday(week):
    return week * 7 + 4


def number(name):
    """2026-W47."""
    year, week = name.split("-W")
    return week_of((date.fromisocalendar(int(year), int(week), 1) - EPOCH).days)


def name(week):
    year, number, _ = (EPOCH + timedelta(days=monday(week))).isocalendar()
    return f"{year:04}-W{number:02}"
