"""What a unit reported in earlier months: beside which a new answer is looked at."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import BindParameter, Connection, Date, bindparam, func, literal_column, or_, select

from storage.answers import FIGURE
from storage.database import table_of
from storage.models import UnitSuccession
from storage.terms import PERIOD

SUCCESSION = table_of(UnitSuccession)

_UNIT: BindParameter[int] = bindparam("unit")
# After a merge or a split a unit is another one: what it reported before says nothing about now.
_CHANGED = select(func.max(SUCCESSION.c.on)).where(
    or_(SUCCESSION.c.new_id == _UNIT, SUCCESSION.c.old_id == _UNIT), SUCCESSION.c.on <= bindparam("start")
)
_SINCE = func.coalesce(_CHANGED.scalar_subquery(), literal_column("'0001-01-01'", Date))
_PERIODS = select(PERIOD.c.id).where(
    PERIOD.c.form_code == bindparam("form"),
    PERIOD.c.starts_on < bindparam("start"),
    PERIOD.c.starts_on >= bindparam("first"),
    PERIOD.c.starts_on >= _SINCE,
)
_KEY = select(PERIOD.c.key).where(PERIOD.c.id == FIGURE.c.period_id).scalar_subquery()
# By the key of the table from its left, period by period; of a join the planner makes a walk through all figures.
_EARLIER = select(_KEY, FIGURE.c.question, FIGURE.c.number).where(
    FIGURE.c.period_id.in_(_PERIODS), FIGURE.c.unit_id == _UNIT
)
_OF_QUESTIONS = _EARLIER.where(
    FIGURE.c.question.in_([bindparam("name"), bindparam("beside")]), FIGURE.c.number > 0
)


@dataclass(frozen=True, slots=True)
class Here:
    """A unit's report that is being written: what comes before it is its past."""

    unit_id: int
    form_code: str
    starts_on: date


def of_questions(
    db: Connection, here: Here, name: str, beside: str, months: int
) -> tuple[dict[int, float], ...]:
    """Months ago → value of one question and of one beside it (empty: none), where something was reported."""
    found: dict[str, dict[int, float]] = {name: {}, beside: {}}
    values = _values(here, months) | {"name": name, "beside": beside}
    for key, question, number in db.execute(_OF_QUESTIONS, values):
        found[question][_ago(here, key)] = number
    return found[name], found[beside]


def reports(db: Connection, here: Here, months: int) -> dict[int, dict[str, float]]:
    """Months ago → question → number of whole reports."""
    found: dict[int, dict[str, float]] = {}
    for key, question, number in db.execute(_EARLIER, _values(here, months)):
        found.setdefault(_ago(here, key), {})[question] = number
    return found


def _values(here: Here, months: int) -> dict[str, object]:
    index = here.starts_on.year * 12 + here.starts_on.month - 1 - months
    first = date(index // 12, index % 12 + 1, 1)
    return {"unit": here.unit_id, "form": here.form_code, "start": here.starts_on, "first": first}


def _ago(here: Here, key: str) -> int:
    return (here.starts_on.year - int(key[:4])) * 12 + here.starts_on.month - int(key[5:7])


def same(flows: Collection[str], months: Collection[dict[str, float]]) -> bool:
    """Whether months of figures are alike in all these questions; what is not there is 0."""
    first, *others = ([month.get(name, 0.0) for name in flows] for month in months)
    return all(other == first for other in others)
