"""What is counted beside the sums of a period: what units have, initiatives, obstacles."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, Connection, Date, Select, func, literal, select, union_all

from storage import calendar, coverage
from storage.calendar import Calendar
from storage.coverage import PERIOD, View
from storage.database import table_of
from storage.models import Figure, Initiative, OpeningFigure, Petition
from storage.summary import Stock

FIGURE = table_of(Figure)
OPENING = table_of(OpeningFigure)
INITIATIVE = table_of(Initiative)
PETITION = table_of(Petition)

STOCKS = ("so_doan_vien", "goc_xuong_dat", "nha_tro_van_minh")
"""What is had, not done: the last value of each unit counts (DOMAIN 4, rule 7)."""
OVERDUE_AFTER = 10
"""Working days in which an obstacle is to be answered (DOMAIN 5.3)."""


def stocks(db: Connection, seen: View, unit_id: int | None, now: CTE) -> tuple[Stock, ...]:
    """The last value up to this period; one that came with the roster is the oldest of all.

    A unit that was merged or split keeps its value until a successor has reported one.
    """
    period = seen.period
    reported = select(FIGURE.c.unit_id, FIGURE.c.question, FIGURE.c.number, PERIOD.c.starts_on).join(
        PERIOD, PERIOD.c.id == FIGURE.c.period_id
    )
    reported = reported.where(PERIOD.c.form_code == period.form_code, PERIOD.c.starts_on <= period.starts_on)
    opening = select(OPENING.c.unit_id, OPENING.c.question, OPENING.c.number, literal(date.min, Date))
    known = union_all(reported, opening).subquery()
    home = coverage.within(seen, unit_id)
    unheard = select(home.c.unit_id).where(home.c.unit_id.in_(seen.unheard.stocks))
    holders = select(now.c.unit_id).where(now.c.status != "ended").union(unheard).cte("holders")
    newest = func.row_number().over(
        partition_by=(known.c.unit_id, known.c.question), order_by=known.c.starts_on.desc()
    )
    ranked = (
        select(known.c.question, known.c.number, newest.label("age"))
        .join_from(known, holders, holders.c.unit_id == known.c.unit_id)
        .where(known.c.question.in_(STOCKS))
        .subquery()
    )
    summed = select(ranked.c.question, func.sum(ranked.c.number), func.count()).where(ranked.c.age == 1)
    found = {row[0]: Stock(*row) for row in db.execute(summed.group_by(ranked.c.question))}
    return tuple(found.get(name, Stock(name, 0.0, 0)) for name in STOCKS)


def initiatives(db: Connection, seen: View, unit_id: int | None, at: datetime) -> int:
    """How many initiatives have come in the period, up to a moment."""
    period = seen.period
    start, end = calendar.at(period.starts_on, "00:00"), calendar.at(period.ends_on, "23:59:59.999999")
    new = INITIATIVE.c.created_at.between(start, min(end, at))
    return db.scalar(_count(INITIATIVE.c.unit_id, seen, unit_id).where(new)) or 0


def obstacles(
    db: Connection, seen: View, unit_id: int | None, at: datetime, working: Calendar
) -> tuple[int, int]:
    """How many obstacles are open at a time, and how many of them for more than ten working days."""
    open_now = (PETITION.c.opened_at <= at) & (PETITION.c.closed_at.is_(None) | (PETITION.c.closed_at > at))
    told = _count(PETITION.c.unit_id, seen, unit_id).where(PETITION.c.kind == "vuong_mac", open_now)
    # A day off adds nothing to an obstacle's age, so it is counted from the last day worked.
    eldest = working.shift(working.roll(calendar.today(at), "previous"), -OVERDUE_AFTER)
    overdue = told.where(PETITION.c.opened_at < calendar.at(eldest, "00:00"))
    return db.scalar(told) or 0, db.scalar(overdue) or 0


def _count(unit: ColumnElement[Any], seen: View, unit_id: int | None) -> Select[Any]:
    counted: Select[Any] = select(func.count(unit))
    if unit_id is None:
        return counted
    return counted.where(unit.in_(select(coverage.within(seen, unit_id).c.unit_id)))
