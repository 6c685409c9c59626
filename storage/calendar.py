"""The Vietnamese working calendar: which days are worked, which are quiet, and when the bot may speak unasked."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from storage.database import table_of
from storage.models import CalendarDay

CALENDAR_DAY = table_of(CalendarDay)

TZ = ZoneInfo(os.environ.get("CONGDOAN_TIMEZONE", "Asia/Ho_Chi_Minh"))
WINDOWS = ((time(8), time(11)), (time(14), time(16, 30)))
"""Hours of a working day in which a reminder may be sent; the end is no longer part of it (DOMAIN 7)."""

SHIPPED: Mapping[date, str] = {
    date(2026, 1, 2): "off",  # swapped with the Saturday below by văn bản 12729/VPCP-KGVX
    date(2026, 1, 10): "work",
}
"""What the holiday library does not know; rows of `calendar_day` say more and go before it."""

TET: Mapping[int, tuple[date, int]] = {
    first.year: (first, days)
    for first, days in (
        (date(2025, 1, 29), 29), (date(2026, 2, 17), 29), (date(2027, 2, 6), 29), (date(2028, 1, 26), 29),
        (date(2029, 2, 13), 29), (date(2030, 2, 2), 29), (date(2031, 1, 23), 29), (date(2032, 2, 11), 29),
        (date(2033, 1, 31), 30), (date(2034, 2, 19), 30), (date(2035, 2, 8), 30), (date(2036, 1, 28), 30),
        (date(2037, 2, 15), 30), (date(2038, 2, 4), 30), (date(2039, 1, 24), 29), (date(2040, 2, 12), 29),
        (date(2041, 2, 1), 29), (date(2042, 1, 22), 30), (date(2043, 2, 10), 30), (date(2044, 1, 30), 30),
        (date(2045, 2, 17), 30), (date(2046, 2, 6), 30), (date(2047, 1, 26), 30), (date(2048, 2, 14), 30),
        (date(2049, 2, 2), 29), (date(2050, 1, 23), 29),
    )
}  # fmt: skip
"""Year → mùng 1 Tết and how many days the tháng Chạp before it has; in Vietnam, not in China (2030 differs)."""

_LATEST_YEAR = max(TET)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working days of the country, with an administrator's word (`off` or `work`) over the library's."""

    words: Mapping[date, str] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        """Whether people are at work on a day; a Saturday that was swapped for a day off counts."""
        word = self.words.get(day) or SHIPPED.get(day)
        if word:
            return word == "work"
        off, worked = _holidays(day.year)
        return day in worked or (day.weekday() < 5 and day not in off)

    def is_quiet(self, day: date) -> bool:
        """Whether the bot says nothing unasked all day: day off, weekend even if worked, 23 Chạp to mùng 6 Tết."""
        return day.weekday() >= 5 or is_tet(day) or not self.is_working(day)

    def roll(self, day: date, how: str) -> date:
        """The day itself if it is worked or `how` is `none`; else the `previous` or `next` working day."""
        step = {"previous": -_DAY, "next": _DAY, "none": timedelta()}[how]
        while step and not self.is_working(day):
            day += step
        return day

    def shift(self, day: date, n: int) -> date:
        """The n-th working day after a day, or before it if n is negative; n = 0 is the day itself."""
        step = _DAY if n > 0 else -_DAY
        for _ in range(abs(n)):
            day += step
            while not self.is_working(day):
                day += step
        return day

    def days_left(self, day: date, until: date) -> int:
        """How many working days come after `day` up to and with `until`."""
        return sum(self.is_working(day + n * _DAY) for n in range(1, (until - day).days + 1))

    def may_speak(self, now: datetime) -> bool:
        """Whether a reminder may be sent now: inside the windows of a day that is not quiet."""
        here = now.astimezone(TZ)
        return in_window(here.time()) and not self.is_quiet(here.date())

    def next_chance(self, moment: datetime) -> datetime:
        """The first moment, not before this one, at which a reminder may be sent."""
        here = moment.astimezone(TZ)
        clock = _into_window(here.time())
        day = here.date()
        if clock is None or self.is_quiet(day):
            day = self.next_speaking_day(day)
            clock = WINDOWS[0][0]
        return at(day, clock)

    def next_speaking_day(self, day: date) -> date:
        """The first day after this one that is not quiet."""
        day += _DAY
        while self.is_quiet(day):
            day += _DAY
        return day


def load(db: Connection) -> Calendar:
    """The calendar with the administrators' words in it."""
    return Calendar({row.day: row.kind for row in db.execute(_WORDS)})


_WORDS = select(CALENDAR_DAY.c.day, CALENDAR_DAY.c.kind)


def at(day: date, clock: str | time) -> datetime:
    """A moment of a day in Hanoi, e.g. `at(day, "08:30")`."""
    return datetime.combine(day, clock if isinstance(clock, time) else time.fromisoformat(clock), TZ)


def today(now: datetime) -> date:
    """The date in Hanoi; near midnight it is not that of UTC."""
    return now.astimezone(TZ).date()


def in_window(clock: time) -> bool:
    """Whether a time of day lies inside one of the windows."""
    return any(start <= clock < end for start, end in WINDOWS)


def _into_window(clock: time) -> time | None:
    return next((max(clock, start) for start, end in WINDOWS if clock < end), None)


def is_tet(day: date) -> bool:
    """Whether a day lies between 23 tháng Chạp and mùng 6 Tết, both included; raises ValueError after 2050."""
    if day.year > _LATEST_YEAR:
        raise ValueError(
            f"the days of Tết are known until {_LATEST_YEAR}: add {day.year} to storage/calendar.py"
        )
    if day.month > 3 or day.year not in TET:
        return False
    first, days = TET[day.year]
    return first - timedelta(days=days - 22) <= day <= first + timedelta(days=5)


@cache
def _holidays(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Days off and worked weekend days of a year, as the library knows them."""
    import holidays  # slow to import, and few turns of a conversation need it

    known = holidays.country_holidays("VN", years=year)
    return frozenset(known), frozenset(day for day in known.weekend_workdays if day.year == year)
