"""The figures of a period: grouped in SQL, laid side by side with pandas.

pandas is loaded with this module, so whoever is on the start-up path imports it inside a function.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import CTE, ColumnElement, Connection, Select, and_, case, func, select

from storage import calendar, counts, coverage, terms
from storage.contacts import CONTACT
from storage.coverage import SUBMISSION, UNIT, VERSION, View
from storage.database import table_of
from storage.models import Figure
from storage.summary import Comparison, Coverage, Scope, Summary, Superior, Total
from storage.units import ASSIGNMENT, REPORTERS, called

FIGURE = table_of(Figure)

HEADLINES = ("tt_so_cuoc", "sk_y_tuong_moi", "cl_so_nguoi", "cl_so_tien", "quy_dodn_so_tien")
"""The five totals of the digest (DOMAIN 9.12)."""
COMPANIONS = {"tt_so_cuoc": "tt_luot_nguoi", "sk_y_tuong_moi": "sk_duoc_cong_nhan"}
"""What is said in the same breath as a headline."""
ASSESSMENT = "tu_danh_gia"
IN_FIGURES = ("counted", "ended")
"""Standings whose figures are summed: `ended` handed in before its end, and owes nothing any more."""


def summarise(db: Connection, seen: View, *, unit_id: int | None = None, at: datetime) -> Summary:
    """Everything a digest says of a period, for the whole organisation or for one unit's subtree."""
    period = seen.period
    working = calendar.load(db)
    now = coverage.standing(seen, unit_id)
    figures, comparison = _figures(db, seen, now)
    by_superior = _by_superior(db, seen, now)
    obstacles, overdue = counts.obstacles(db, seen, unit_id, at, working)
    return Summary(
        period_key=period.key,
        title=coverage.title(db, period.form_code),
        due_on=period.due_on,
        closes_at=period.closes_at,
        closed_at=period.closed_at,
        at=at,
        stage=coverage.stage(period.due_on, period.closed_at, working, at),
        scope=_scope(db, unit_id, seen.on),
        coverage=_together(by_superior),
        totals=tuple(_total(figures, name) for name in HEADLINES),
        comparison=comparison,
        stocks=counts.stocks(db, seen, unit_id, now),
        by_superior=by_superior,
        assessment=_assessment(figures),
        initiatives=counts.initiatives(db, seen, unit_id, at),
        obstacles=obstacles,
        obstacles_overdue=overdue,
        organisation=seen.organisation,
    )


def table(db: Connection, seen: View, unit_id: int | None = None) -> pd.DataFrame:
    """A row for each unit that owes the report (code, name, superior, status, late) and a column for each question.

    What a unit has not reported is NaN, never 0.  By the organisation of now, units that have gone up in another
    one since are one row with it (status `partly` where not all of them have reported), and `ended` has the last day
    of one that has gone without a successor.  `source` and `entered_by` are of a report that was entered on behalf:
    how it came in, and the role of whoever entered it.
    """
    now = coverage.standing(seen, unit_id)
    line = now.c.line_id if seen.organisation == coverage.NOW else now.c.unit_id
    numbers = (
        select(line.label("line"), FIGURE.c.question, FIGURE.c.number)
        .join(now, now.c.unit_id == FIGURE.c.unit_id)
        .where(FIGURE.c.period_id == seen.period.id, now.c.status.in_(IN_FIGURES))
    )
    wide = _frame(db, numbers).pivot_table(index="line", columns="question", values="number", aggfunc="sum")
    return _lines(_frame(db, _units(seen, now, line))).join(wide).set_index("code")


def _units(seen: View, now: CTE, line: ColumnElement[Any]) -> Select[Any]:
    above, period = UNIT.alias("above"), seen.period
    its = and_(
        SUBMISSION.c.unit_id == now.c.unit_id,
        SUBMISSION.c.period_id == period.id,
        SUBMISSION.c.form_code == period.form_code,
    )
    return (
        select(
            line.label("line"),
            UNIT.c.code,
            called("short_name", seen.on).label("name"),
            func.coalesce(called("short_name", seen.on, above), "").label("superior"),
            now.c.status,
            now.c.late,
            case((UNIT.c.valid_to < seen.on, UNIT.c.valid_to)).label("ended"),
            func.nullif(VERSION.c.source, "").label("source"),
            case((VERSION.c.source != "", _role(VERSION.c.contact_id))).label("entered_by"),
        )
        .join_from(now, UNIT, UNIT.c.id == line)
        .outerjoin(SUBMISSION, its)
        .outerjoin(
            VERSION, (VERSION.c.submission_id == SUBMISSION.c.id) & (VERSION.c.number == SUBMISSION.c.version)
        )
        .outerjoin(above, above.c.id == now.c.superior_id)
        .order_by(now.c.superior_id.nulls_first(), line, now.c.unit_id)
    )


def _role(contact_id: ColumnElement[Any]) -> ColumnElement[str | None]:
    """The latest post, other than that of a reporter, of whom an account is."""
    posts = select(ASSIGNMENT.c.role).join_from(
        ASSIGNMENT, CONTACT, CONTACT.c.person_id == ASSIGNMENT.c.person_id
    )
    its = posts.where(CONTACT.c.id == contact_id, ASSIGNMENT.c.role.not_in(REPORTERS))
    return its.order_by(ASSIGNMENT.c.id.desc()).limit(1).scalar_subquery()


def _lines(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows that are one line made one."""
    if rows["line"].is_unique:
        return rows.set_index("line")
    grouped = rows.groupby("line", sort=False)
    merged = grouped.first()
    merged["status"] = grouped["status"].agg(_together_status)
    merged["late"] = grouped["late"].agg(lambda late: bool(late.fillna(value=False).any()))
    return merged


def _together_status(statuses: pd.Series) -> str:
    found = {str(status).replace("ended", "counted") for status in statuses}
    return found.pop() if len(found) == 1 else "partly" if "counted" in found else "missing"


def _frame(db: Connection, statement: Select[Any]) -> pd.DataFrame:
    rows = db.execute(statement)
    return pd.DataFrame(rows.all(), columns=list(rows.keys()))


# ── coverage ────────────────────────────────────────────────────────────────────────────────────────


def _by_superior(db: Connection, seen: View, now: CTE) -> tuple[Superior, ...]:
    counted = now.c.status == "counted"
    columns = {
        "owing": _sum_if(now.c.status != "ended"),
        "submitted": _sum_if(counted),
        "on_time": _sum_if(counted & ~now.c.late),
        "late": _sum_if(counted & now.c.late),
        "unaccepted": _sum_if(counted & (now.c.state == "submitted")),
        **{name: _sum_if(now.c.status == name) for name in ("returned", "after_lock", "missing")},
    }
    summed = (
        select(now.c.superior_id, *(columns[f.name].label(f.name) for f in fields(Coverage)))
        .group_by(now.c.superior_id)
        .subquery()
    )
    named = (
        select(
            summed.c.superior_id,
            func.coalesce(called("short_name", seen.on), ""),
            *(summed.c[f.name] for f in fields(Coverage)),
        )
        .select_from(summed.outerjoin(UNIT, UNIT.c.id == summed.c.superior_id))
        .order_by(summed.c.superior_id.nulls_first())
    )
    rows = (Superior(row[0], row[1], Coverage(*row[2:])) for row in db.execute(named))
    return tuple(row for row in rows if row.coverage.owing)


def _sum_if(condition: ColumnElement[bool], number: Any = 1) -> ColumnElement[Any]:  # noqa: ANN401 - a column or 1
    return func.sum(case((condition, number), else_=0))


def _together(parts: tuple[Superior, ...]) -> Coverage:
    return Coverage(*(sum(getattr(part.coverage, f.name) for part in parts) for f in fields(Coverage)))


def _scope(db: Connection, unit_id: int | None, on: date) -> Scope | None:
    if unit_id is None:
        return None
    names = called("name", on), called("short_name", on)
    named = select(UNIT.c.id, UNIT.c.code, *names).where(UNIT.c.id == unit_id)
    return Scope(*db.execute(named).one())


# ── totals ──────────────────────────────────────────────────────────────────────────────────────────


def _figures(db: Connection, seen: View, now: CTE) -> tuple[pd.DataFrame, Comparison | None]:
    """Question → value, and compared and previous over the units that reported in both months."""
    period = seen.period
    here = select(now.c.unit_id).where(now.c.status.in_(IN_FIGURES)).cte("here")
    values = _frame(db, _sums(period, here, "value")).set_index("question")
    earlier = terms.before(db, period)
    if earlier is None:
        return values.assign(compared=0.0), None
    then = coverage.standing(coverage.view(db, earlier.id), None, "then")
    both = (
        select(here.c.unit_id)
        .join(then, then.c.unit_id == here.c.unit_id)
        .where(then.c.status.in_(IN_FIGURES))
    )
    same = both.cte("same")
    units = db.execute(select(func.count()).select_from(same)).scalar_one()
    sums = [values, *(_frame(db, _sums(term, same, name)).set_index("question")
                      for term, name in ((period, "compared"), (earlier, "previous")))]  # fmt: skip
    return pd.concat(sums, axis=1).fillna(0.0), Comparison(earlier.key, units)


def _sums(period: terms.Term, units: CTE, name: str) -> Select[Any]:
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
