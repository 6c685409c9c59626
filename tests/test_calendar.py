"""The working calendar agrees with the published days off, the table of due dates and the moon."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from math import pi, sin
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import calendar
from storage.calendar import TET, Calendar
from storage.database import table_of
from storage.models import CalendarDay

VIETNAM = Calendar()
DAYS = st.dates(date(2025, 1, 1), date(2049, 12, 31))
WORDS = st.dictionaries(
    st.dates(date(2026, 10, 1), date(2027, 4, 30)), st.sampled_from(["off", "work"]), max_size=40
)

DUE_DATES = """
    2026-11 20/11 20/11 13/11 18/11 19/11
    2026-12 18/12 21/12 11/12 16/12 17/12
    2027-01 20/01 20/01 13/01 18/01 19/01
    2027-02 19/02 22/02 12/02 17/02 18/02
    2027-03 19/03 22/03 12/03 17/03 18/03
    2027-04 20/04 20/04 12/04 15/04 19/04
    2027-05 20/05 20/05 13/05 18/05 19/05
    2027-06 18/06 21/06 11/06 16/06 17/06
    2027-07 20/07 20/07 13/07 16/07 19/07
    2027-08 20/08 20/08 13/08 18/08 19/08
    2027-09 20/09 20/09 13/09 16/09 17/09
    2027-10 20/10 20/10 13/10 18/10 19/10
    2027-11 19/11 22/11 12/11 17/11 18/11
    2027-12 20/12 20/12 13/12 16/12 17/12
"""


@pytest.mark.parametrize("row", DUE_DATES.split("\n")[1:-1])
def test_due_dates_are_those_of_the_table(row):
    """Nominal day 20: rolled to the previous and to the next working day, and T-5, T-2, T-1 of the former."""
    month, *expected = row.split()
    nominal = date.fromisoformat(f"{month}-20")
    due = VIETNAM.roll(nominal, "previous")
    steps = [VIETNAM.shift(due, -n) for n in (5, 2, 1)]
    assert [f"{day:%d/%m}" for day in (due, VIETNAM.roll(nominal, "next"), *steps)] == expected
    assert VIETNAM.roll(nominal, "none") == nominal


@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-02-16", "2026-02-20"), ("2026-04-27", "2026-04-27"), ("2026-04-30", "2026-05-01"),
     ("2026-08-31", "2026-09-02"), ("2026-11-24", "2026-11-24"), ("2027-02-04", "2027-02-10"),
     ("2027-05-03", "2027-05-03"), ("2028-01-24", "2028-01-28")],
)  # fmt: skip
def test_public_holidays_are_not_worked(first, last):
    day, end = date.fromisoformat(first), date.fromisoformat(last)
    while day <= end:
        assert not VIETNAM.is_working(day)
        assert VIETNAM.is_quiet(day)
        day += timedelta(days=1)


def test_swapped_days_of_2026_are_known():
    """02/01/2026 was off for Saturday 10/01 (12729/VPCP-KGVX), which the library lacks; 31/08 for Saturday 22/08."""
    assert not VIETNAM.is_working(date(2026, 1, 2))
    assert not VIETNAM.is_working(date(2026, 8, 31))
    for saturday in (date(2026, 1, 10), date(2026, 8, 22)):
        assert VIETNAM.is_working(saturday)
        assert VIETNAM.is_quiet(saturday), "nobody is reminded at a weekend, even if it is worked"


@pytest.mark.parametrize(
    ("first", "last"),
    [("2025-01-22", "2025-02-03"), ("2026-02-10", "2026-02-22"), ("2027-01-30", "2027-02-11"),
     ("2028-01-19", "2028-01-31"), ("2033-01-23", "2033-02-05")],
)  # fmt: skip
def test_the_days_of_tet_run_from_23_chap_to_mung_6(first, last):
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    around = [start + timedelta(days=n) for n in range(-20, 40)]
    assert [day for day in around if calendar.is_tet(day)] == [day for day in around if start <= day <= end]


@pytest.mark.parametrize("year", sorted(TET))
def test_the_table_of_tet_agrees_with_the_moon(year):
    """Both new moons around tháng Chạp, computed for Hanoi, give its first day, its length and mùng 1."""
    first, days = TET[year]
    months = round((first - date(1900, 1, 1)).days / 29.530588853)
    around = [_new_moon(k) for k in range(months - 2, months + 3)]
    here = around.index(first)
    assert (around[here] - around[here - 1]).days == days


@pytest.mark.parametrize("year", sorted(TET))
def test_the_table_of_tet_agrees_with_the_library(year):
    import holidays

    known = holidays.country_holidays("VN", years=year)
    assert known.get_named("Lunar New Year", lookup="exact") == [TET[year][0]]


def test_a_year_beyond_the_table_is_refused_by_name():
    with pytest.raises(ValueError, match="2051"):
        calendar.is_tet(date(2051, 2, 11))


def test_an_administrators_word_goes_before_the_library(database):
    days = [
        {"day": date(2026, 11, 24), "kind": "work", "source": "1/QĐ"},
        {"day": date(2026, 11, 20), "kind": "off"},
    ]
    with database.begin() as db:
        db.execute(table_of(CalendarDay).insert(), [{"source": "", **day} for day in days])
        loaded = calendar.load(db)
    assert loaded.is_working(date(2026, 11, 24))
    assert loaded.roll(date(2026, 11, 20), "previous") == date(2026, 11, 19)
    assert not loaded.is_working(date(2026, 1, 2)), "what is shipped stays"


@given(DAYS, st.integers(-30, 30))
def test_shifting_counts_working_days(day, n):
    there = VIETNAM.shift(day, n)
    assert n == 0 or VIETNAM.is_working(there)
    from_a_day_off = n < 0 and not VIETNAM.is_working(day)
    assert VIETNAM.days_left(min(day, there), max(day, there)) == abs(n) - from_a_day_off


@given(WORDS, st.integers(0, 180 * 24 * 60))
def test_the_next_chance_is_the_first_moment_at_which_it_may_speak(words, minutes):
    moment = calendar.at(date(2026, 10, 1), time()) + timedelta(minutes=minutes)
    country = Calendar(words)
    chance = country.next_chance(moment)
    assert chance >= moment
    assert country.may_speak(chance)
    assert chance == moment or not country.may_speak(moment)
    earlier = chance - timedelta(minutes=1)
    assert earlier < moment or not country.may_speak(earlier)


@pytest.mark.parametrize(
    ("clock", "speaks"),
    [("07:59", False), ("08:00", True), ("10:59", True), ("11:00", False), ("13:59", False), ("14:00", True),
     ("16:29", True), ("16:30", False), ("22:00", False)],
)  # fmt: skip
def test_the_windows_are_those_of_office_hours(clock, speaks):
    assert VIETNAM.may_speak(calendar.at(date(2026, 11, 18), clock)) is speaks


def test_a_moment_is_of_hanoi():
    """06:00 on 1 December in Hanoi is still November in UTC."""
    moment = calendar.at(date(2026, 12, 1), time(6))
    assert moment.astimezone(ZoneInfo("UTC")) == datetime(2026, 11, 30, 23, tzinfo=ZoneInfo("UTC"))
    assert calendar.today(moment.astimezone(ZoneInfo("UTC"))) == date(2026, 12, 1)


def test_the_holiday_library_is_not_imported_before_it_is_asked():
    import subprocess
    import sys

    code = "import sys, storage.calendar; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def _new_moon(k: int) -> date:
    """Date in Hanoi of the k-th new moon after 1 January 1900 (Meeus 1982, as in Hồ Ngọc Đức's calendar)."""
    t = k / 1236.85
    rad = pi / 180
    mean = 2415020.75933 + 29.53058868 * k + (0.0001178 - 0.000000155 * t) * t**2
    mean += 0.00033 * sin((166.56 + 132.87 * t - 0.009173 * t**2) * rad)
    sun = (359.2242 + 29.10535608 * k - (0.0000333 + 0.00000347 * t) * t**2) * rad
    moon = (306.0253 + 385.81691806 * k + (0.0107306 + 0.00001236 * t) * t**2) * rad
    node = (21.2964 + 390.67050646 * k - (0.0016528 + 0.00000239 * t) * t**2) * rad
    true = (0.1734 - 0.000393 * t) * sin(sun) + 0.0021 * sin(2 * sun) - 0.4068 * sin(moon)
    true += (
        0.0161 * sin(2 * moon) - 0.0004 * sin(3 * moon) + 0.0104 * sin(2 * node) - 0.0051 * sin(sun + moon)
    )
    true += -0.0074 * sin(sun - moon) + 0.0004 * sin(2 * node + sun) - 0.0004 * sin(2 * node - sun)
    true += -0.0006 * sin(2 * node + moon) + 0.0010 * sin(2 * node - moon) + 0.0005 * sin(2 * moon + sun)
    clock_drift = -0.000278 + 0.000265 * t + 0.000262 * t**2
    return date.fromordinal(int(mean + true - clock_drift + 0.5 + 7 / 24) - 1721425)
