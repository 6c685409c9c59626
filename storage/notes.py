"""Small facts about the installation itself."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from storage.database import table_of, upsert
from storage.models import Note

NOTE = table_of(Note)


def get(db: Connection, name: str) -> str:
    """A stored fact; empty if it was never written."""
    return db.scalar(select(NOTE.c.value).where(NOTE.c.name == name)) or ""


def put(db: Connection, name: str, value: str) -> None:
    """Write a fact over its earlier value."""
    db.execute(upsert(NOTE, db), {"name": name, "value": value})


def named(db: Connection, prefix: str) -> list[tuple[str, str]]:
    """Facts whose names begin alike: name and value, by name."""
    rows = select(NOTE.c.name, NOTE.c.value).where(NOTE.c.name.startswith(prefix, autoescape=True))
    return [(row.name, row.value) for row in db.execute(rows.order_by(NOTE.c.name))]


def drop(db: Connection, name: str) -> None:
    """Forget a fact."""
    db.execute(delete(NOTE).where(NOTE.c.name == name))
