"""What whoever checks reports should look at: confirmed numbers unlike the earlier ones, months that are all alike."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from storage.answers import ANSWER, FIGURE
from storage.counts import STOCKS
from storage.coverage import PERIOD, SUBMISSION, UNIT, View, standing
from storage.units import called

MONTHS = 4
"""So many identical months are shown."""
FEWEST = 3
"""Numbers above 0 that a report has at least, or it is only quiet."""


@dataclass(frozen=True, slots=True)
class ToReview:
    """A number of a unit, or with an empty `question` its whole report; for those who are entitled to names."""

    unit_id: int
    code: str
    name: str
    superior: str
    question: str = ""
    number: float | None = None
    doubt: str = ""
    note: str = ""


def looked_at(db: Connection, seen: View, superior_id: int | None) -> list[ToReview]:
    """Numbers that were looked at again and confirmed, in the latest versions under a superior."""
    latest = (ANSWER.c.submission_id == SUBMISSION.c.id) & (ANSWER.c.version == SUBMISSION.c.version)
    mine = (SUBMISSION.c.unit_id == UNIT.c.id) & (SUBMISSION.c.period_id == seen.period.id)
    rows = (
        _units(seen, superior_id, ANSWER.c.question, ANSWER.c.number, ANSWER.c.doubt, ANSWER.c.note)
        .join(SUBMISSION, mine)
        .join(ANSWER, latest)
        .where(ANSWER.c.doubt != "")
    )
    return [ToReview(*row) for row in db.execute(rows.order_by(UNIT.c.id, ANSWER.c.question))]


def alike(db: Connection, seen: View, superior_id: int | None) -> list[ToReview]:
    """Units under a superior whose figures of what was done are those of the three months before."""
    terms = (
        select(PERIOD.c.id)
        .where(PERIOD.c.form_code == seen.period.form_code, PERIOD.c.starts_on <= seen.period.starts_on)
        .order_by(PERIOD.c.starts_on.desc())
        .limit(MONTHS)
    )
    periods = list(db.scalars(terms))
    units = {row.id: ToReview(*row) for row in db.execute(_units(seen, superior_id))}
    figures = select(FIGURE.c.unit_id, FIGURE.c.period_id, FIGURE.c.question, FIGURE.c.number).where(
        FIGURE.c.period_id.in_(periods),
        FIGURE.c.number > 0,
        FIGURE.c.question.not_in(STOCKS),
        FIGURE.c.question.not_like("%/%"),
    )
    found: defaultdict[int, defaultdict[int, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    for unit_id, period_id, question, number in db.execute(figures):
        found[unit_id][period_id][question] = number
    same = (unit_id for unit_id, months in found.items() if len(periods) == MONTHS and _alike(months))
    return [units[unit_id] for unit_id in sorted(same) if unit_id in units]


def _alike(months: dict[int, dict[str, float]]) -> bool:
    first, *others = months.values()
    return len(months) == MONTHS and len(first) >= FEWEST and all(other == first for other in others)


def _units(seen: View, superior_id: int | None, *columns: ColumnElement[Any]) -> Select[Any]:
    rows, above = standing(seen, superior_id), UNIT.alias("above")
    name = called("short_name", seen.period.ends_on).label("name")
    superior = func.coalesce(called("short_name", seen.on, above), "").label("superior")
    return (
        select(UNIT.c.id, UNIT.c.code, name, superior, *columns)
        .join_from(rows, UNIT, UNIT.c.id == rows.c.unit_id)
        .outerjoin(above, above.c.id == rows.c.superior_id)
        .where(rows.c.status == "counted")
    )
