"""Where the reports of a period stand: who owes one, under whom, and whether it has come (DOMAIN 6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Integer,
    Select,
    and_,
    case,
    func,
    or_,
    select,
    text,
)

from storage import calendar, heirs, periods, terms
from storage.calendar import Calendar
from storage.database import table_of
from storage.heirs import Home, Unheard
from storage.models import FormVersion, Submission, SubmissionVersion, Unit, UnitParent
from storage.submissions import COUNTED
from storage.terms import PERIOD, Term
from storage.units import active, called, valid

__all__ = ["PERIOD", "SUBMISSION", "UNIT", "MissingUnit", "Owed", "View", "below", "missing_units", "owed",
           "record_time", "stage", "standing", "statuses", "title", "view", "within"]  # fmt: skip

UNIT = table_of(Unit)
PARENT = table_of(UnitParent)
FORM = table_of(FormVersion)
SUBMISSION = table_of(Submission)
VERSION = table_of(SubmissionVersion)

THEN, NOW = "then", "now"
ORGANISATIONS = (THEN, NOW)
"""Figures by the organisation at the period's last day, or by today's (DOMAIN 2, rule 2)."""


@dataclass(frozen=True, slots=True)
class View:
    """A period, and the day whose tree its figures are laid over."""

    period: Term
    organisation: str
    on: date
    homes: Mapping[int, Home]
    """Where units stand that ended before that day."""
    unheard: Unheard


@dataclass(frozen=True, slots=True)
class MissingUnit:
    """A unit whose report is not in the figures; only for those who are entitled to names."""

    id: int
    code: str
    name: str
    superior: str
    returned: bool
    """Handed in and given back for completion, instead of not received."""
    own_due: date | None = None
    """The unit's own due date, where it has one."""


def view(db: Connection, period_id: int, organisation: str = THEN, today: date | None = None) -> View:
    """A period by the organisation of then, or of a day that is no earlier than its last."""
    period = terms.of(db, period_id)
    on = max(today or period.ends_on, period.ends_on) if organisation == NOW else period.ends_on
    return view_of(db, period, organisation, on)


def view_of(db: Connection, period: Term, organisation: str, on: date) -> View:
    """A period over the tree of a day."""
    return View(period, organisation, on, heirs.homes(db, on), heirs.unheard(db, period))


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


def within(seen: View, unit_id: int | None, name: str = "home") -> CTE:
    """unit_id, line_id, superior_id: where each unit stands in the view, below one unit or all of them.

    The line is the unit itself, or the one that it has gone up in.
    """
    living = (
        select(
            UNIT.c.id.label("unit_id"), UNIT.c.id.label("line_id"), PARENT.c.parent_id.label("superior_id")
        )
        .select_from(UNIT.outerjoin(PARENT, and_(PARENT.c.unit_id == UNIT.c.id, valid(PARENT, seen.on))))
        .where(or_(UNIT.c.valid_to.is_(None), UNIT.c.valid_to >= seen.on))
    )
    ended = _ended(seen, f"{name}_ended")
    everywhere = living if ended is None else living.union_all(ended)
    if unit_id is None:
        return everywhere.cte(name)
    every = everywhere.subquery(f"{name}_everywhere")
    inside = select(below(unit_id, seen.on, f"{name}_below").c.id)
    return select(every).where(or_(every.c.line_id.in_(inside), every.c.superior_id.in_(inside))).cte(name)


def _ended(seen: View, name: str) -> Select[Any] | None:
    if not seen.homes:
        return None
    # Written out, as numbers that came from the database: thousands of bound values take a second to compile.
    rows = ",".join(f"({unit_id},{at.line_id},{at.superior_id or 0})" for unit_id, at in seen.homes.items())
    words = f"SELECT column1 AS unit_id, column2 AS line_id, column3 AS above FROM (VALUES {rows}) AS rows"  # noqa: S608
    ended = text(words).columns(unit_id=Integer, line_id=Integer, above=Integer).cte(name)
    return select(ended.c.unit_id, ended.c.line_id, func.nullif(ended.c.above, 0))


def standing(seen: View, unit_id: int | None, name: str = "standing") -> CTE:
    """One row a unit that owes this report: unit_id, line_id, superior_id, status, state, late.

    Who owes it is as of the period's last day (DOMAIN 2, rule 1); dissolved and exempt units are not in it.
    `status`: counted | after_lock (first handed in when the figures were closed) | returned | missing; `ended`: it
    does not owe the report any more, but handed it in before its end, and the figures count.
    """
    period = seen.period
    home = within(seen, unit_id, f"{name}_home")
    ended = UNIT.c.id.in_(seen.unheard.reports)
    # What came in counts, though the unit's first month was put off since.
    owing = and_(valid(UNIT, period.ends_on), or_(active(period.starts_on), SUBMISSION.c.state.in_(COUNTED)))
    return (
        select(
            UNIT.c.id.label("unit_id"),
            home.c.line_id,
            home.c.superior_id,
            case((ended, "ended"), else_=_status(period)).label("status"),
            SUBMISSION.c.state,
            func.coalesce(VERSION.c.late, SUBMISSION.c.late).label("late"),
        )
        .select_from(UNIT)
        .join(home, home.c.unit_id == UNIT.c.id)
        .outerjoin(SUBMISSION, _report(period))
        .outerjoin(VERSION, and_(VERSION.c.submission_id == SUBMISSION.c.id, VERSION.c.number == 1))
        .where(UNIT.c.kind.in_(period.unit_kinds), or_(owing, ended))
        .where(func.coalesce(SUBMISSION.c.state, "") != "exempt")
        .cte(name)
    )


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
    rows = standing(view(db, period_id), unit_id)
    counted = select(rows.c.status, func.count().label("units")).where(rows.c.status != "ended")
    return {row.status: row.units for row in db.execute(counted.group_by(rows.c.status))}


def missing_units(db: Connection, seen: View, superior_id: int | None) -> tuple[MissingUnit, ...]:
    """The units under a superior whose report is not in the figures, in the roster's order: for that superior only."""
    rows = standing(seen, superior_id)
    above = UNIT.alias("above")
    absent: Select[Any] = (
        select(
            UNIT.c.id,
            UNIT.c.code,
            called("short_name", seen.period.ends_on).label("name"),
            func.coalesce(called("short_name", seen.on, above), "").label("superior"),
            (rows.c.status == "returned").label("returned"),
            UNIT.c.due_day,
        )
        .join_from(rows, UNIT, UNIT.c.id == rows.c.unit_id)
        .outerjoin(above, above.c.id == rows.c.superior_id)
        .where(rows.c.status.in_(("missing", "returned")))
        .order_by(rows.c.superior_id.nulls_first(), UNIT.c.id)
    )
    found = db.execute(absent).all()
    own = periods.due_days(db, seen.period.id, {row.due_day for row in found if row.due_day is not None})
    return tuple(
        MissingUnit(row.id, row.code, row.name, row.superior, row.returned, own.get(row.due_day))
        for row in found
    )


@dataclass(frozen=True, slots=True)
class Owed:
    """A unit that owes a period's report, for somebody who may know its name."""

    id: int
    code: str
    name: str
    short_name: str
    industry_type: str
    missing: bool
    """Nothing was handed in yet; a draft may be there."""


def owed(
    db: Connection, period_id: int, among: Select[tuple[int]], *, unit_id: int | None = None
) -> list[Owed]:
    """The units among these that owe a period's report, in the roster's order; or one of them, if it does."""
    seen = view(db, period_id)
    rows, on = standing(seen, None), seen.period.ends_on
    found = (
        select(UNIT.c.id, UNIT.c.code, called("name", on), called("short_name", on), UNIT.c.industry_type,
               rows.c.status == "missing")
        .join_from(rows, UNIT, UNIT.c.id == rows.c.unit_id)
        .where(UNIT.c.id.in_(among), rows.c.status != "ended")
        .order_by(rows.c.superior_id.nulls_first(), UNIT.c.id)
    )  # fmt: skip
    if unit_id is not None:
        found = found.where(UNIT.c.id == unit_id)
    return [Owed(*row) for row in db.execute(found)]
