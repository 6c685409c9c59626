"""Consecutive numbers for codes that people read out over the telephone."""

from __future__ import annotations

from sqlalchemy import Connection

from storage.database import insert, table_of
from storage.models import Counter

COUNTER = table_of(Counter)


def next_of(db: Connection, name: str) -> int:
    """The next number under a name, from 1; rolled back with its transaction, so none is skipped."""
    step = insert(COUNTER, db).on_conflict_do_update(
        index_elements=["name"], set_={"value": COUNTER.c.value + 1}
    )
    return int(db.execute(step.returning(COUNTER.c.value), {"name": name, "value": 1}).scalar_one())
