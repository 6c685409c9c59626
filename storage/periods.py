"""Periods of a duty: when one opens, is due and closes, and which units owe its report."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, or_, select, update

from storage import audit, calendar
from storage.calendar import Calendar
from storage.database import insert, table_of
from storage.models import Duty, Period, Submission, Unit
from storage.submissions import Draft
from storage.units import active, called, valid

DUTY = table_of(Duty)
PERIOD = table_of(Period)
SUBMISSION = table_of(Submission)
UNIT = table_of(Unit)

REPORTED = ("submitted", "accepted", "auto_accepted")
"""States of a report that is in; a returned one is owed again."""


@dataclass(frozen=True, slots=True)
class Owing:
    """A unit that owes a period's report, and how far it is: no submission, a draft, returned, or in."""

    unit_id: int
    name: str
    """The short one, as it stands in messages."""
    submission_id: int | None
    state: str | None
    due_on: date
    """Its own day, where it has one; else that of the period."""

    @property
    def reported(self) -> bool:
        """Whether the report is in."""
        return self.state in REPORTED


def duties(db: Connection, on: date) -> list[Duty]:
    """The duties that hold on a day."""
    return [Duty(**row) for row in db.execute(_DUTIES, {"day": on}).mappings()]


_DUTIES = select(DUTY).where(valid(DUTY, bindparam("day"))).order_by(DUTY.c.id)


def plan(duty: Duty, key: str, working: Calendar) -> Period:
    """The period of a month (`2026-11`) as it will be; not stored."""
    first, last = month_of(key)
    due = working.roll(_on(first, last, duty.due_day), duty.roll)
    return Period(
        duty_id=duty.id,
        form_code=duty.form_code,
        key=key,
        starts_on=first,
        ends_on=last,
        opens_at=calendar.at(first, time()),
        due_on=due,
        closes_at=calendar.at(_close_day(duty, first, last, due, working), duty.lock_time),
    )


def _close_day(duty: Duty, first: date, last: date, due: date, working: Calendar) -> date:
    """The lock day, rolled forward: of the next month if it is no later than the due day, and never on the due date."""
    if duty.lock_day <= duty.due_day:
        first, last = month_of(next_key(f"{first:%Y-%m}"))
    return max(working.roll(_on(first, last, duty.lock_day), "next"), working.shift(due, 1))


def due_on(period: Period, due_day: int | None, working: Calendar, roll: str) -> date:
    """The day on whose end a unit's report is due: its own nominal day (P43), rolled, in the month, before the lock.

    None is the period's own.  A day that rolls out of the month in front goes to the first working day.
    """
    if due_day is None:
        return period.due_on
    rolled = working.roll(_on(period.starts_on, period.ends_on, due_day), roll)
    if rolled < period.starts_on:
        rolled = working.roll(period.starts_on, "next")
    return min(rolled, working.shift(calendar.today(period.closes_at), -1))


def due_of(db: Connection, draft: Draft) -> date | None:
    """The day on whose end a draft is due, None without a period; only a day of the unit's own costs statements."""
    if draft.due_day is None or draft.period_id is None:
        return draft.due_on
    return due_days(db, draft.period_id, {draft.due_day})[draft.due_day]


def due_first(db: Connection, period: Period, units: Collection[int]) -> date:
    """The earliest day on whose end one of these units is due."""
    held = set(db.scalars(select(UNIT.c.due_day).where(UNIT.c.id.in_(units))))
    days = due_days(db, period.id, {day for day in held if day is not None})
    return min(days.get(day, period.due_on) for day in held) if held else period.due_on


def due_days(db: Connection, period_id: int, days: Collection[int]) -> dict[int, date]:
    """Units' own nominal days → the days on whose end they are due."""
    if not days:
        return {}
    row = dict(db.execute(_WITH_ROLL, {"period": period_id}).mappings().one())
    roll, working = row.pop("roll"), calendar.load(db)
    period = Period(**row)
    return {day: due_on(period, day, working, roll) for day in days}


_WITH_ROLL = (
    select(PERIOD, DUTY.c.roll)
    .join_from(PERIOD, DUTY, DUTY.c.id == PERIOD.c.duty_id)
    .where(PERIOD.c.id == bindparam("period"))
)


def _on(first: date, last: date, day: int) -> date:
    return first.replace(day=min(day, last.day))


def ensure(db: Connection, duty: Duty, key: str) -> Period:
    """Open the period of a month unless it is open already."""
    if known := by_key(db, duty.form_code, key):
        return known
    row = plan(duty, key, calendar.load(db)).model_dump(exclude={"id"})
    db.execute(insert(PERIOD, db).on_conflict_do_nothing(), row)
    return _one(db, _BY_KEY, form=duty.form_code, key=key)


_BY_KEY = select(PERIOD).where(PERIOD.c.form_code == bindparam("form"), PERIOD.c.key == bindparam("key"))
_CURRENT = (
    select(PERIOD)
    .where(PERIOD.c.form_code == bindparam("form"), PERIOD.c.opens_at <= bindparam("now"))
    .order_by(PERIOD.c.opens_at.desc())
    .limit(1)
)
_OPEN = (
    select(PERIOD)
    .where(PERIOD.c.opens_at <= bindparam("now"), PERIOD.c.closed_at.is_(None))
    .order_by(PERIOD.c.id)
)


def by_key(db: Connection, form_code: str, key: str) -> Period | None:
    """A form's period of a month, `2026-11`."""
    return _found(db, _BY_KEY, form=form_code, key=key)


def current(db: Connection, form_code: str, now: datetime) -> Period | None:
    """The period that officers report for: the latest one opened, even if locked (a first report is still taken)."""
    return _found(db, _CURRENT, form=form_code, now=now)


def unlocked(db: Connection, now: datetime) -> list[Period]:
    """Periods that were opened and not locked yet."""
    return [Period(**row) for row in db.execute(_OPEN, {"now": now}).mappings()]


def _found(db: Connection, statement: Select[Any], **values: object) -> Period | None:
    row = db.execute(statement, values).mappings().one_or_none()
    return None if row is None else Period(**row)


def _one(db: Connection, statement: Select[Any], **values: object) -> Period:
    return Period(**db.execute(statement, values).mappings().one())


def owing_units(db: Connection, period: Period) -> list[Owing]:
    """Units whose duty the period is, as of its last day, that report by then and are not exempt (DOMAIN 2, 6)."""
    kinds = db.scalar(_KINDS, {"duty": period.duty_id}) or ""
    days = {"first": period.starts_on, "last": period.ends_on}
    rows = db.execute(_OWING, {"kinds": kinds.split(), "period": period.id, **days}).all()
    own = due_days(db, period.id, {row.due_day for row in rows if row.due_day is not None})
    return [
        Owing(row.id, row.name, row.submission_id, row.state, own.get(row.due_day, period.due_on))
        for row in rows
        if row.state != "exempt"
    ]


_KINDS = select(DUTY.c.unit_kinds).where(DUTY.c.id == bindparam("duty"))
_OWN = and_(SUBMISSION.c.unit_id == UNIT.c.id, SUBMISSION.c.period_id == bindparam("period"))
_OWING = (
    select(
        UNIT.c.id, called("short_name", bindparam("last")).label("name"), UNIT.c.due_day,
        SUBMISSION.c.id.label("submission_id"), SUBMISSION.c.state,
    )
    .select_from(UNIT.outerjoin(SUBMISSION, _OWN))
    .where(UNIT.c.kind.in_(bindparam("kinds", expanding=True)))
    .where(valid(UNIT, bindparam("last")))
    .where(or_(active(bindparam("first")), SUBMISSION.c.state.in_(REPORTED)))
    .order_by(UNIT.c.id)
)  # fmt: skip


def missing(db: Connection, period: Period) -> list[Owing]:
    """Units whose report is not in: nothing, a draft, or returned and not submitted again."""
    return [unit for unit in owing_units(db, period) if not unit.reported]


def lock(db: Connection, period: Period, now: datetime) -> int:
    """Close a period once: what was submitted is accepted, what was returned stays out; how many were accepted."""
    open_one = update(PERIOD).where(PERIOD.c.id == period.id, PERIOD.c.closed_at.is_(None))
    if not db.execute(open_one.values(closed_at=now)).rowcount:
        return 0
    submitted = (SUBMISSION.c.period_id == period.id) & (SUBMISSION.c.state == "submitted")
    accepted = db.execute(
        update(SUBMISSION).where(submitted).values(state="accepted", decided_at=now)
    ).rowcount
    audit.record(db, audit.JOB, "lock", "period", period.id, at=now, new={"accepted": accepted})
    return accepted


def waiting_for_decision(db: Connection, before: datetime) -> list[tuple[int, datetime]]:
    """(id, time) of period reports submitted before a moment and neither accepted nor returned."""
    return [(row.id, row.submitted_at) for row in db.execute(_WAITING, {"before": before})]


_WAITING = select(SUBMISSION.c.id, SUBMISSION.c.submitted_at).where(
    SUBMISSION.c.state == "submitted",
    SUBMISSION.c.period_id.is_not(None),
    SUBMISSION.c.submitted_at <= bindparam("before"),
)


def accept_silently(db: Connection, submission_ids: list[int], now: datetime) -> int:
    """Accept what no superior decided on in time; one that was decided meanwhile is left alone."""
    mine = (SUBMISSION.c.id == bindparam("row")) & (SUBMISSION.c.state == "submitted")
    accepted = update(SUBMISSION).where(mine).values(state="auto_accepted", decided_at=now)
    done = 0
    for row in submission_ids:
        for unit_id in db.scalars(accepted.returning(SUBMISSION.c.unit_id), {"row": row}):
            audit.record(db, audit.JOB, "auto_accept", "submission", row, at=now, unit_id=unit_id)
            done += 1
    return done


def month_of(key: str) -> tuple[date, date]:
    """First and last day of a month, `2026-11`."""
    first = date.fromisoformat(f"{key}-01")
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def next_key(key: str) -> str:
    """The month after: `2026-12` → `2027-01`."""
    return f"{month_of(key)[1] + timedelta(days=1):%Y-%m}"


def key_of(now: datetime) -> str:
    """The month that a moment lies in, in Hanoi."""
    return f"{calendar.today(now):%Y-%m}"
