"""Where the reports of a period stand: who owes one, under whom, and whether it has come (DOMAIN 6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, Connection, Select, and_, case, func, select

from storage import calendar
from storage.calendar import Calendar
from storage.database import table_of
from storage.models import Duty, FormVersion, Period, Submission, SubmissionVersion, Unit, UnitParent
from storage.submissions import COUNTED
from storage.units import valid

UNIT = table_of(Unit)
PARENT = table_of(UnitParent)
PERIOD = table_of(Period)
DUTY = table_of(Duty)
FORM = table_of(FormVersion)
SUBMISSION = table_of(Submission)
VERSION = table_of(SubmissionVersion)


@dataclass(frozen=True, slots=True)
class Term:
    """A period as sums need it."""

    id: int
    duty_id: int
    form_code: str
    key: str
    starts_on: date
    ends_on: date
    due_on: date
    closes_at: datetime
    closed_at: datetime | None
    unit_kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MissingUnit:
    """A unit whose report is not in the figures; only for those who are entitled to names."""

    id: int
    code: str
    name: str
    superior: str
    returned: bool
    """Handed in and given back for completion, instead of not received."""


_TERM = select(
    PERIOD.c.id, PERIOD.c.duty_id, PERIOD.c.form_code, PERIOD.c.key, PERIOD.c.starts_on, PERIOD.c.ends_on,
    PERIOD.c.due_on, PERIOD.c.closes_at, PERIOD.c.closed_at, DUTY.c.unit_kinds,
).join_from(PERIOD, DUTY, DUTY.c.id == PERIOD.c.duty_id)  # fmt: skip


def term(db: Connection, period_id: int) -> Term:
    """The period with this id; raises NoResultFound."""
    return _term(dict(db.execute(_TERM.where(PERIOD.c.id == period_id)).mappings().one()))


def term_before(db: Connection, now: Term) -> Term | None:
    """The period before, of the same duty."""
    earlier = _TERM.where(PERIOD.c.duty_id == now.duty_id, PERIOD.c.starts_on < now.starts_on)
    row = db.execute(earlier.order_by(PERIOD.c.starts_on.desc()).limit(1)).mappings().one_or_none()
    return None if row is None else _term(dict(row))


def _term(row: Mapping[str, Any]) -> Term:
    return Term(**{**row, "unit_kinds": tuple(row["unit_kinds"].split())})


def title(db: Connection, form_code: str) -> str:
    """What the newest version of a form calls itself."""
    newest = select(FORM.c.title).where(FORM.c.code == form_code).order_by(FORM.c.version.desc()).limit(1)
    return db.scalar(newest) or ""


def record_time(due_on: date, working: Calendar) -> datetime:
    """When figures stop being provisional: 08:00 of the working day after the due day (SETTLED)."""
    return calendar.at(working.shift(due_on, 1), "08:00")


def stage(due_on: date, closed_at: datetime | None, working: Calendar, at: datetime) -> str:
    """How firm the figures are at a time: provisional, record or final."""
    if closed_at is not None and closed_at <= at:
        return "final"
    return "record" if at >= record_time(due_on, working) else "provisional"


def below(unit_id: int, on: date, name: str = "below") -> CTE:
    """A unit and everything under it as of a day; UNION keeps a circle in bad data from running for ever."""
    top = select(UNIT.c.id).where(UNIT.c.id == unit_id).cte(name, recursive=True)
    step = select(PARENT.c.unit_id).where(PARENT.c.parent_id == top.c.id, valid(PARENT, on))
    return top.union(step)


def standing(period: Term, unit_id: int | None, name: str = "standing") -> CTE:
    """One row a unit that owes this report: unit_id, superior_id, status, state, late.

    The tree is that of the period's last day (DOMAIN 2, rule 1); dissolved and exempt units are not in it.
    `status`: counted | after_lock (first handed in when the figures were closed) | returned | missing.
    """
    rows = (
        select(
            UNIT.c.id.label("unit_id"),
            PARENT.c.parent_id.label("superior_id"),
            _status(period).label("status"),
            SUBMISSION.c.state,
            func.coalesce(VERSION.c.late, SUBMISSION.c.late).label("late"),
        )
        .select_from(UNIT)
        .outerjoin(PARENT, and_(PARENT.c.unit_id == UNIT.c.id, valid(PARENT, period.ends_on)))
        .outerjoin(SUBMISSION, _report(period))
        .outerjoin(VERSION, and_(VERSION.c.submission_id == SUBMISSION.c.id, VERSION.c.number == 1))
        .where(UNIT.c.kind.in_(period.unit_kinds), valid(UNIT, period.ends_on))
        .where(func.coalesce(SUBMISSION.c.state, "") != "exempt")
    )
    if unit_id is not None:
        rows = rows.where(UNIT.c.id.in_(select(below(unit_id, period.ends_on).c.id)))
    return rows.cte(name)


def _report(period: Term) -> ColumnElement[bool]:
    same_form = SUBMISSION.c.form_code == period.form_code
    return and_(SUBMISSION.c.unit_id == UNIT.c.id, SUBMISSION.c.period_id == period.id, same_form)


def _status(period: Term) -> ColumnElement[str]:
    came = SUBMISSION.c.state.in_(COUNTED)
    whens: list[tuple[ColumnElement[bool], str]] = [
        (came, "counted"),
        (SUBMISSION.c.state == "returned", "returned"),
    ]
    if period.closed_at is not None:
        # A first report after the lock is taken, but it belongs to the next cumulative figure (SETTLED).
        first_at = func.coalesce(VERSION.c.submitted_at, SUBMISSION.c.submitted_at)
        whens.insert(0, (and_(came, first_at > period.closed_at), "after_lock"))
    return case(*whens, else_="missing")


def statuses(db: Connection, period_id: int, unit_id: int | None) -> dict[str, int]:
    """Status → how many units that owe a report have it, for everybody or under one unit."""
    rows = standing(term(db, period_id), unit_id)
    counted = select(rows.c.status, func.count().label("units")).group_by(rows.c.status)
    return {row.status: row.units for row in db.execute(counted)}


def missing_units(db: Connection, period_id: int, superior_id: int | None) -> tuple[MissingUnit, ...]:
    """The units under a superior whose report is not in the figures, in the roster's order: for that superior only."""
    period = term(db, period_id)
    rows = standing(period, superior_id)
    above = UNIT.alias("above")
    absent: Select[Any] = (
        select(
            UNIT.c.id,
            UNIT.c.code,
            UNIT.c.short_name,
            func.coalesce(above.c.short_name, ""),
            rows.c.status == "returned",
        )
        .join_from(rows, UNIT, UNIT.c.id == rows.c.unit_id)
        .outerjoin(above, above.c.id == rows.c.superior_id)
        .where(rows.c.status.in_(("missing", "returned")))
        .order_by(rows.c.superior_id.nulls_first(), UNIT.c.id)
    )
    return tuple(MissingUnit(*row) for row in db.execute(absent))
