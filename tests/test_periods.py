"""Periods open, fall due and close on the right days; the denominator is right; silence is consent in the end."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler import periods as job
from storage import periods
from storage.calendar import Calendar
from storage.database import table_of
from storage.models import Duty, Period, Submission, Unit
from tests.organisation import BIRTH, FORM, add, at, found, rows, submission

MONTHLY = Duty(id=1, form_code=FORM, valid_from=BIRTH)


@pytest.mark.parametrize(
    ("key", "due", "closes"),
    [("2026-11", "2026-11-20", "2026-11-25 17:00"), ("2026-12", "2026-12-18", "2026-12-25 17:00"),
     ("2026-10", "2026-10-20", "2026-10-26 17:00"), ("2026-02", "2026-02-13", "2026-02-25 17:00"),
     ("2027-07", "2027-07-20", "2027-07-26 17:00")],
)  # fmt: skip
def test_a_month_opens_on_the_1st_is_due_on_the_20th_and_closes_on_the_25th(key, due, closes):
    period = periods.plan(MONTHLY, key, Calendar())
    assert period.opens_at == at(f"{key}-01 00:00")
    assert period.due_on == date.fromisoformat(due)
    assert period.closes_at == at(closes)


@given(
    due_day=st.integers(1, 31),
    lock_day=st.integers(1, 31),
    roll=st.sampled_from(["previous", "next", "none"]),
    month=st.integers(1, 12),
    words=st.dictionaries(
        st.dates(date(2027, 1, 1), date(2028, 1, 31)), st.sampled_from(["off", "work"]), max_size=30
    ),
)
def test_no_period_closes_before_the_due_day_is_over(due_day, lock_day, roll, month, words):
    duty = Duty(id=1, form_code=FORM, valid_from=BIRTH, due_day=due_day, lock_day=lock_day, roll=roll)
    calendar = Calendar(words)
    period = periods.plan(duty, f"2027-{month:02}", calendar)
    assert period.closes_at.date() > period.due_on
    assert calendar.is_working(period.closes_at.date())


def test_opening_a_period_twice_changes_nothing(database):
    found(database)
    with database.begin() as db:
        (duty,) = periods.duties(db, date(2026, 11, 1))
        first, second = periods.ensure(db, duty, "2026-11"), periods.ensure(db, duty, "2026-11")
    assert first.id == second.id
    assert len(rows(database, Period, "key")) == 1


def test_the_current_period_is_that_of_the_month_also_after_its_lock(database):
    found(database)
    for moment in ("2026-10-03 08:00", "2026-11-01 00:00", "2026-11-30 18:00"):
        job.run(database, at(moment))
    with database.read() as db:
        keys = [
            period and period.key
            for period in (periods.current(db, FORM, at(now)) for now in
                           ("2026-09-30 23:59", "2026-10-31 23:59", "2026-11-01 00:00", "2026-11-30 09:00"))
        ]  # fmt: skip
        assert periods.by_key(db, FORM, "2026-12") is None
    assert keys == [None, "2026-10", "2026-11", "2026-11"]


def test_the_job_opens_each_month_once_at_midnight_of_hanoi(database):
    found(database)
    assert job.run(database, at("2026-10-31 23:30")) == {"opened": 1, "auto_accepted": 0, "locked": 0}
    assert job.run(database, at("2026-10-31 23:59")) == {"opened": 0, "auto_accepted": 0, "locked": 1}, (
        "October's lock"
    )
    assert job.run(database, at("2026-11-01 00:00"))["opened"] == 1
    assert job.run(database, at("2026-11-01 00:30")) == {}


def test_after_an_outage_only_the_month_that_has_begun_is_opened(database):
    found(database)
    job.run(database, at("2026-08-01 00:00"))
    job.run(database, at("2026-11-12 09:00"))
    assert rows(database, Period, "key") == [("2026-08",), ("2026-11",)]


def test_at_the_lock_submitted_becomes_accepted_and_returned_stays_out(database):
    ids = found(database, units=4)
    job.run(database, at("2026-11-01 00:00"))
    with database.begin() as db:
        for letter, state in zip("ABCD", ("submitted", "returned", "draft", "auto_accepted"), strict=True):
            submission(db, ids, letter, 1, state, "2026-11-25 10:00")
    assert job.run(database, at("2026-11-25 16:59")) == {}
    assert job.run(database, at("2026-11-25 17:00"))["locked"] == 1
    assert job.run(database, at("2026-11-25 17:30")) == {}
    states = [state for (state,) in rows(database, Submission, "state")]
    assert states == ["accepted", "returned", "draft", "auto_accepted"]
    assert rows(database, Period, "closed_at")[0][0] == at("2026-11-25 17:00")


@pytest.mark.parametrize(
    ("submitted", "accepted"),
    [
        ("2026-11-18 09:10", "2026-11-20 09:10"),
        ("2026-11-20 16:00", "2026-11-25 16:00"),
        ("2026-11-14 22:00", "2026-11-17 22:00"),
    ],
)
def test_a_report_on_which_nobody_decided_is_accepted_after_two_working_days(database, submitted, accepted):
    """24/11/2026 is a holiday, and a weekend counts for nothing."""
    ids = found(database)
    job.run(database, at("2026-11-01 00:00"))
    with database.begin() as db:
        submission(db, ids, "A", 1, "submitted", submitted)
        submission(db, ids, "B", 1, "returned", submitted)
    early = (
        at(accepted).replace(minute=0)
        if at(accepted).minute
        else at(accepted).replace(hour=at(accepted).hour - 1)
    )
    job.run(database, early)
    assert rows(database, Submission, "state") == [("submitted",), ("returned",)]
    assert job.run(database, at(accepted))["auto_accepted"] == 1
    assert rows(database, Submission, "state", "decided_at")[0] == ("auto_accepted", at(accepted))


def test_units_owe_as_of_the_last_day_of_the_period_without_the_exempt(database):
    ids = found(database, units=3)
    job.run(database, at("2026-11-01 00:00"))
    with database.begin() as db:
        submission(db, ids, "A", 1, "exempt", "2026-11-05 08:00")
        submission(db, ids, "B", 1, "accepted", "2026-11-05 08:00")
        add_unit = {"name": "", "industry_type": "", "kind": "cdcs"}
        add(db, Unit, code="OLD", short_name="OLD", valid_from=BIRTH, valid_to=date(2026, 11, 29), **add_unit)
        add(db, Unit, code="NEW", short_name="NEW", valid_from=date(2026, 11, 30), **add_unit)
        add(db, Unit, code="NEXT", short_name="NEXT", valid_from=date(2026, 12, 1), **add_unit)
        period = periods.by_key(db, FORM, "2026-11")
        assert period is not None
        owing = [(one.name, one.reported) for one in periods.owing_units(db, period)]
        missing = [one.name for one in periods.missing(db, period)]
    assert owing == [("CĐCS B", True), ("CĐCS C", False), ("NEW", False)]
    assert missing == ["CĐCS C", "NEW"]


def test_a_duty_that_is_over_opens_nothing(database):
    found(database)
    with database.begin() as db:
        db.execute(table_of(Duty).update().values(valid_to=date(2026, 10, 31)))
    assert job.run(database, at("2026-11-01 00:00")) == {}
