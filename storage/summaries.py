"""The figures of a period: grouped in SQL, laid side by side with pandas.

pandas is loaded with this module, so whoever is on the start-up path imports it inside a function.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import CTE, ColumnElement, Connection, Date, Select, case, func, literal, select, union_all

from storage import calendar, coverage
from storage.calendar import Calendar
from storage.coverage import PERIOD, UNIT, Term
from storage.database import table_of
from storage.models import Figure, Initiative, OpeningFigure, Petition
from storage.summary import Comparison, Coverage, Scope, Stock, Summary, Superior, Total

FIGURE = table_of(Figure)
OPENING = table_of(OpeningFigure)
INITIATIVE = table_of(Initiative)
PETITION = table_of(Petition)

HEADLINES = ("tt_so_cuoc", "sk_y_tuong_moi", "cl_so_nguoi", "cl_so_tien", "quy_dodn_so_tien")
"""The five totals of the digest (DOMAIN 9.12)."""
COMPANIONS = {"tt_so_cuoc": "tt_luot_nguoi", "sk_y_tuong_moi": "sk_duoc_cong_nhan"}
"""What is said in the same breath as a headline."""
STOCKS = ("so_doan_vien", "goc_xuong_dat", "nha_tro_van_minh")
"""What is had, not done: the last value of each unit counts (DOMAIN 4, rule 7)."""
ASSESSMENT = "tu_danh_gia"
OVERDUE_AFTER = 10
"""Working days in which an obstacle is to be answered (DOMAIN 5.3)."""


def summarise(db: Connection, period_id: int, *, unit_id: int | None = None, at: datetime) -> Summary:
    """Everything a digest says of a period, for the whole organisation or for one unit's subtree."""
    period = coverage.term(db, period_id)
    working = calendar.load(db)
    now = coverage.standing(period, unit_id)
    figures, comparison = _figures(db, period, now)
    by_superior = _by_superior(db, now)
    obstacles, overdue = _obstacles(db, period, unit_id, at, working)
    return Summary(
        period_key=period.key,
        title=coverage.title(db, period.form_code),
        due_on=period.due_on,
        closes_at=period.closes_at,
        closed_at=period.closed_at,
        at=at,
        stage=coverage.stage(period.due_on, period.closed_at, working, at),
        scope=_scope(db, unit_id),
        coverage=_together(by_superior),
        totals=tuple(_total(figures, name) for name in HEADLINES),
        comparison=comparison,
        stocks=_stocks(db, period, now),
        by_superior=by_superior,
        assessment=_assessment(figures),
        initiatives=_initiatives(db, period, unit_id, at),
        obstacles=obstacles,
        obstacles_overdue=overdue,
    )


def table(db: Connection, period_id: int, unit_id: int | None = None) -> pd.DataFrame:
    """A row for each unit that owes the report (code, name, superior, status, late) and a column for each question.

    What a unit has not reported is NaN, never 0.
    """
    period = coverage.term(db, period_id)
    now = coverage.standing(period, unit_id)
    units = _frame(db, _units(now)).set_index("id")
    of_counted = FIGURE.c.period_id == period.id, now.c.status == "counted"
    numbers = select(FIGURE.c.unit_id, FIGURE.c.question, FIGURE.c.number).join(
        now, now.c.unit_id == FIGURE.c.unit_id
    )
    wide = _frame(db, numbers.where(*of_counted)).pivot_table(
        index="unit_id", columns="question", values="number", aggfunc="sum"
    )
    return units.join(wide).set_index("code")


def _units(now: CTE) -> Select[Any]:
    above = UNIT.alias("above")
    superior = func.coalesce(above.c.short_name, "").label("superior")
    return (
        select(UNIT.c.id, UNIT.c.code, UNIT.c.short_name.label("name"), superior, now.c.status, now.c.late)
        .join_from(now, UNIT, UNIT.c.id == now.c.unit_id)
        .outerjoin(above, above.c.id == now.c.superior_id)
        .order_by(now.c.superior_id.nulls_first(), UNIT.c.id)
    )


def _frame(db: Connection, statement: Select[Any]) -> pd.DataFrame:
    rows = db.execute(statement)
    return pd.DataFrame(rows.all(), columns=list(rows.keys()))


# ── coverage ────────────────────────────────────────────────────────────────────────────────────────


def _by_superior(db: Connection, now: CTE) -> tuple[Superior, ...]:
    counted = now.c.status == "counted"
    columns = {
        "owing": func.count(),
        "submitted": _sum_if(counted),
        "on_time": _sum_if(counted & ~now.c.late),
        "late": _sum_if(counted & now.c.late),
        "unaccepted": _sum_if(counted & (now.c.state == "submitted")),
        **{name: _sum_if(now.c.status == name) for name in ("returned", "after_lock", "missing")},
    }
    grouped = (
        select(
            now.c.superior_id,
            func.coalesce(UNIT.c.short_name, ""),
            *(columns[f.name] for f in fields(Coverage)),
        )
        .select_from(now.outerjoin(UNIT, UNIT.c.id == now.c.superior_id))
        .group_by(now.c.superior_id, UNIT.c.short_name)
        .order_by(now.c.superior_id.nulls_first())
    )
    return tuple(Superior(row[0], row[1], Coverage(*row[2:])) for row in db.execute(grouped))


def _sum_if(condition: ColumnElement[bool], number: Any = 1) -> ColumnElement[Any]:  # noqa: ANN401 - a column or 1
    return func.sum(case((condition, number), else_=0))


def _together(parts: tuple[Superior, ...]) -> Coverage:
    return Coverage(*(sum(getattr(part.coverage, f.name) for part in parts) for f in fields(Coverage)))


def _scope(db: Connection, unit_id: int | None) -> Scope | None:
    if unit_id is None:
        return None
    named = select(UNIT.c.id, UNIT.c.code, UNIT.c.name, UNIT.c.short_name).where(UNIT.c.id == unit_id)
    return Scope(*db.execute(named).one())


# ── totals ──────────────────────────────────────────────────────────────────────────────────────────


def _figures(db: Connection, period: Term, now: CTE) -> tuple[pd.DataFrame, Comparison | None]:
    """Question → value, and compared and previous over the units that reported in both months."""
    here = select(now.c.unit_id).where(now.c.status == "counted").cte("here")
    values = _frame(db, _sums(period, here, "value")).set_index("question")
    earlier = coverage.term_before(db, period)
    if earlier is None:
        return values.assign(compared=0.0), None
    then = coverage.standing(earlier, None, "then")
    both = (
        select(here.c.unit_id).join(then, then.c.unit_id == here.c.unit_id).where(then.c.status == "counted")
    )
    same = both.cte("same")
    units = db.execute(select(func.count()).select_from(same)).scalar_one()
    sums = [values, *(_frame(db, _sums(term, same, name)).set_index("question")
                      for term, name in ((period, "compared"), (earlier, "previous")))]  # fmt: skip
    return pd.concat(sums, axis=1).fillna(0.0), Comparison(earlier.key, units)


def _sums(period: Term, units: CTE, name: str) -> Select[Any]:
    return (
        select(FIGURE.c.question, func.sum(FIGURE.c.number).label(name))
        .join_from(FIGURE, units, units.c.unit_id == FIGURE.c.unit_id)
        .where(FIGURE.c.period_id == period.id)
        .group_by(FIGURE.c.question)
    )


def _total(figures: pd.DataFrame, name: str) -> Total:
    companion = COMPANIONS.get(name)
    beside = _total(figures, companion) if companion else None
    # The sum of no rows is 0: a question that nobody answered is a total of 0.
    sums = {
        str(column): float(figures.loc[figures.index == name, column].sum()) for column in figures.columns
    }
    return Total(name, sums["value"], sums["compared"], sums.get("previous"), beside)


def _assessment(figures: pd.DataFrame) -> tuple[tuple[str, int], ...]:
    chosen = figures.loc[figures.index.str.startswith(f"{ASSESSMENT}/"), "value"]
    return tuple((str(name).partition("/")[2], int(count)) for name, count in chosen.items() if count)


def _stocks(db: Connection, period: Term, now: CTE) -> tuple[Stock, ...]:
    """The last value up to this period; one that came with the roster is the oldest of all."""
    reported = select(FIGURE.c.unit_id, FIGURE.c.question, FIGURE.c.number, PERIOD.c.starts_on).join(
        PERIOD, PERIOD.c.id == FIGURE.c.period_id
    )
    reported = reported.where(PERIOD.c.form_code == period.form_code, PERIOD.c.starts_on <= period.starts_on)
    opening = select(OPENING.c.unit_id, OPENING.c.question, OPENING.c.number, literal(date.min, Date))
    known = union_all(reported, opening).subquery()
    newest = func.row_number().over(
        partition_by=(known.c.unit_id, known.c.question), order_by=known.c.starts_on.desc()
    )
    ranked = (
        select(known.c.question, known.c.number, newest.label("age"))
        .join_from(known, now, now.c.unit_id == known.c.unit_id)
        .where(known.c.question.in_(STOCKS))
        .subquery()
    )
    summed = select(ranked.c.question, func.sum(ranked.c.number), func.count()).where(ranked.c.age == 1)
    found = {row[0]: Stock(*row) for row in db.execute(summed.group_by(ranked.c.question))}
    return tuple(found.get(name, Stock(name, 0.0, 0)) for name in STOCKS)


# ── what is counted besides the reports ─────────────────────────────────────────────────────────────


def _initiatives(db: Connection, period: Term, unit_id: int | None, at: datetime) -> int:
    start, end = calendar.at(period.starts_on, "00:00"), calendar.at(period.ends_on, "23:59:59.999999")
    new = INITIATIVE.c.created_at.between(start, min(end, at))
    return db.scalar(_count(INITIATIVE.c.unit_id, period, unit_id).where(new)) or 0


def _obstacles(
    db: Connection, period: Term, unit_id: int | None, at: datetime, working: Calendar
) -> tuple[int, int]:
    """How many obstacles are open at a time, and how many of them for more than ten working days."""
    open_now = (PETITION.c.opened_at <= at) & (PETITION.c.closed_at.is_(None) | (PETITION.c.closed_at > at))
    told = _count(PETITION.c.unit_id, period, unit_id).where(PETITION.c.kind == "vuong_mac", open_now)
    # A day off adds nothing to an obstacle's age, so it is counted from the last day worked.
    eldest = working.shift(working.roll(calendar.today(at), "previous"), -OVERDUE_AFTER)
    overdue = told.where(PETITION.c.opened_at < calendar.at(eldest, "00:00"))
    return db.scalar(told) or 0, db.scalar(overdue) or 0


def _count(unit: ColumnElement[Any], period: Term, unit_id: int | None) -> Select[Any]:
    counted: Select[Any] = select(func.count(unit))
    if unit_id is None:
        return counted
    return counted.where(unit.in_(select(coverage.below(unit_id, period.ends_on).c.id)))
