"""Periods as sums need them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from storage.database import table_of
from storage.models import Duty, Period

PERIOD = table_of(Period)
DUTY = table_of(Duty)


@dataclass(frozen=True, slots=True)
class Term:
    """A period and whose duty it is."""

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


_TERM = select(
    PERIOD.c.id, PERIOD.c.duty_id, PERIOD.c.form_code, PERIOD.c.key, PERIOD.c.starts_on, PERIOD.c.ends_on,
    PERIOD.c.due_on, PERIOD.c.closes_at, PERIOD.c.closed_at, DUTY.c.unit_kinds,
).join_from(PERIOD, DUTY, DUTY.c.id == PERIOD.c.duty_id)  # fmt: skip


def of(db: Connection, period_id: int) -> Term:
    """The period with this id; raises NoResultFound."""
    return _term(dict(db.execute(_TERM.where(PERIOD.c.id == period_id)).mappings().one()))


def before(db: Connection, now: Term) -> Term | None:
    """The period before, of the same duty."""
    earlier = _TERM.where(PERIOD.c.duty_id == now.duty_id, PERIOD.c.starts_on < now.starts_on)
    row = db.execute(earlier.order_by(PERIOD.c.starts_on.desc()).limit(1)).mappings().one_or_none()
    return None if row is None else _term(dict(row))


def _term(row: Mapping[str, Any]) -> Term:
    return Term(**{**row, "unit_kinds": tuple(row["unit_kinds"].split())})
