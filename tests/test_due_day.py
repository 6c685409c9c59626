"""A unit's own due day (P43) and its first period: in headings, reminders, lateness, lists and denominators."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from handlers import digest
from scheduler import periods as periods_job
from scheduler import reminders as job
from storage import calendar, coverage, periods, summaries, tree
from storage.database import Database, table_of
from storage.models import Duty, Submission
from storage.units import UNIT
from tests import organisation
from tests.organisation import at, deliver, month_of_runs, november
from tests.switchboard import TEACHER, Switchboard

NEVER = date(9999, 12, 31)


@pytest.fixture
def ids(database: Database) -> dict[str, int]:
    """Units A and B, November 2026: due Friday 20/11; 24/11 is a holiday; lock 25/11 17:00."""
    made = organisation.found(database)
    periods_job.run(database, at("2026-11-01 00:00"))
    return made


def amend(database: Database, unit_id: int, **values: Any) -> None:
    """Write what has no date."""
    with database.begin() as db:
        organisation.amend(db, unit_id, **values)


@pytest.mark.parametrize(
    ("day", "month", "due"),
    [(None, "2026-11", "2026-11-20"), (16, "2026-11", "2026-11-16"), (15, "2026-11", "2026-11-13"),
     (1, "2026-11", "2026-11-02"),  # a Sunday, and before it lies October
     (25, "2026-11", "2026-11-23"),  # the lock's own day, and before it a holiday
     (31, "2026-11", "2026-11-23"), (24, "2026-12", "2026-12-24"), (31, "2027-02", "2027-02-24")],
)  # fmt: skip
def test_a_due_day_is_rolled_and_never_passes_the_lock(day: int | None, month: str, due: str) -> None:
    working = calendar.Calendar({date(2026, 11, 24): "off"})
    duty = Duty(id=1, form_code="bc_thang", valid_from=organisation.BIRTH)
    period = periods.plan(duty, month, working)
    found = periods.due_on(period, day, working, duty.roll)
    assert found == date.fromisoformat(due)
    assert calendar.at(found, "23:59") < period.closes_at


def test_reminders_follow_each_unit_s_own_day(database: Database, ids: dict[str, int]) -> None:
    amend(database, ids["A"], due_day=12)
    said = month_of_runs(database, "2026-11-02 00:00", "2026-11-27 00:00")
    days = {
        letter: [f"{moment:%d/%m}" for moment, contact, _ in said if contact == ids[letter]]
        for letter in "ab"
    }
    assert days == {
        "a": ["05/11", "10/11", "12/11", "13/11", "17/11"],
        "b": ["13/11", "18/11", "20/11", "23/11"],
    }
    last_day = next(
        text for moment, contact, text in said if contact == ids["a"] and moment == at("2026-11-12 08:00")
    )
    assert "hết ngày 12/11" in last_day


def test_the_next_chance_is_known_for_each_day(database: Database, ids: dict[str, int]) -> None:
    amend(database, ids["A"], due_day=12)
    with database.read() as db:
        assert job.upcoming(db, at("2026-11-02 00:00")) == at("2026-11-05 08:30")
        assert job.upcoming(db, at("2026-11-17 09:00")) == at("2026-11-18 08:30")


def test_the_superior_s_list_says_whose_own_day_is_still_to_come(
    database: Database, ids: dict[str, int]
) -> None:
    # December: due Friday 18/12, the list goes out on 24/12, the lock is on 25/12.
    periods_job.run(database, at("2026-12-01 00:00"))
    amend(database, ids["A"], due_day=24)
    said = month_of_runs(database, "2026-12-24 00:00", "2026-12-25 00:00")
    lists = [text for _, contact, text in said if contact == ids["chi"]]
    assert "- CĐCS A – Trần Thị A (hạn riêng: hết ngày 24/12)" in lists[-1]
    assert "- CĐCS B – Trần Thị B\n" in lists[-1]


def test_a_digest_names_a_unit_s_own_day(database: Database, ids: dict[str, int]) -> None:
    amend(database, ids["A"], due_day=23)
    with database.begin() as db:
        seen = coverage.view(db, november(database).id)
        missing = coverage.missing_units(db, seen, ids["xa"])
        summary = summaries.summarise(db, seen, unit_id=ids["xa"], at=at("2026-11-23 08:00"))
    words = digest.superior_text(summary, missing)
    assert "- CĐCS A (hạn riêng: hết ngày 23/11)" in words
    assert "- CĐCS B\n" in words


@pytest.mark.parametrize(("day", "late"), [(None, False), (8, True), (11, False)])
def test_late_is_after_the_own_day(sqlite_database: Database, day: int | None, late: bool) -> None:
    board = Switchboard(sqlite_database)
    with sqlite_database.begin() as db:
        unit_id = board_unit(db)
        organisation.amend(db, unit_id, due_day=day)
    first = board.says(TEACHER, "báo cáo")
    board.says(TEACHER, "không phát sinh", "72", "1", "bỏ qua", "gửi")
    due = {None: "18/09", 8: "08/09", 11: "11/09"}[day]
    assert (f"(đã quá hạn ngày {due}, " if late else f"(hạn: hết ngày {due})") in first.text
    assert [row.late for row in board.rows(table_of(Submission))] == [late]


def board_unit(db: Any) -> int:
    """The teacher's unit in the sample."""
    found = db.execute(UNIT.select().where(UNIT.c.code == "NB-GDU-01")).one()
    return int(found.id)


# ── the first period ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("begins", "owes"), [(None, True), (date(2026, 11, 1), True), (date(2026, 11, 2), False), (NEVER, False)]
)
def test_a_unit_owes_nothing_before_its_first_period(
    database: Database, ids: dict[str, int], begins: date | None, owes: bool
) -> None:
    amend(database, ids["A"], reports_from=begins)
    with database.begin() as db:
        period = november(database)
        assert (ids["A"] in {unit.unit_id for unit in periods.owing_units(db, period)}) is owes
        assert sum(coverage.statuses(db, period.id, None).values()) == 1 + owes
    said = month_of_runs(database, "2026-11-12 00:00", "2026-11-14 00:00")
    assert bool([text for _, contact, text in said if contact == ids["a"]]) is owes


@pytest.mark.parametrize(
    ("begins", "words"),
    [
        (date(2026, 10, 1), "từ tháng 10/2026"),
        (date(2026, 10, 2), "từ tháng 11/2026"),
        (NEVER, "chưa đến đợt"),
    ],
)
def test_an_officer_of_a_unit_that_has_not_begun_is_told_so(
    sqlite_database: Database, begins: date, words: str
) -> None:
    board = Switchboard(sqlite_database)
    with sqlite_database.begin() as db:
        organisation.amend(db, board_unit(db), reports_from=begins)
    assert words in board.says(TEACHER, "báo cáo").text
    assert board.rows(table_of(Submission)) == []


# ── a unit that ends ────────────────────────────────────────────────────────────────────────────────


def test_a_reminder_that_waits_is_withdrawn_with_the_unit(database: Database, ids: dict[str, int]) -> None:
    assert job.run(database, at("2026-11-13 08:30"))
    with database.begin() as db:
        tree.merge(db, [ids["A"]], ids["B"], date(2026, 11, 15))
    assert {contact for contact, _ in deliver(database, at("2026-11-13 08:31"))} == {ids["b"]}
    said = month_of_runs(database, "2026-11-16 00:00", "2026-11-27 00:00")
    assert ids["a"] not in {contact for _, contact, _ in said}


def test_a_unit_that_ends_after_the_month_is_still_reminded_of_it(
    database: Database, ids: dict[str, int]
) -> None:
    assert job.run(database, at("2026-11-13 08:30"))
    with database.begin() as db:
        tree.dissolve(db, ids["A"], date(2026, 12, 1))
    assert {contact for contact, _ in deliver(database, at("2026-11-13 08:31"))} == {ids["a"], ids["b"]}
