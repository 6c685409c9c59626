"""Small facts about the installation itself."""

from __future__ import annotations

from sqlalchemy import Connection, select

from storage.database import insert, table_of
from storage.models import Note

NOTE = table_of(Note)


def get(db: Connection, name: str) -> str:
    """A stored fact; empty if it was never written."""
    return db.scalar(select(NOTE.c.value).where(NOTE.c.name == name)) or ""


def put(db: Connection, name: str, value: str) -> None:
    """Write a fact over its earlier value."""
    upsert = insert(NOTE, db)
    changed = {"value": upsert.excluded.value}
    db.execute(upsert.on_conflict_do_update(index_elements=["name"], set_=changed), {"name": name, "value": value})
