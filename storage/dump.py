"""All rows of a database as JSON lines that any database of the same revision takes, and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Connection, MetaData, Table, cast, func, select, text, types

FETCHED = 500
"""Rows that are held at once."""
CHUNK = 4 * 1024 * 1024
"""Bytes of lines that are given out together, at least."""


def tables(db: Connection) -> list[Table]:
    """The tables as they stand in the database, not as this program knows them: those that are referred to first."""
    found = MetaData()
    found.reflect(db)
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def chunks(db: Connection, table: Table) -> Iterator[tuple[int, bytes]]:
    """(number of rows, their JSON lines) of a table, a few megabytes at a time."""
    lines: list[bytes] = []
    size = 0
    ordered = select(table).order_by(*table.primary_key)
    for row in db.execute(ordered, execution_options={"yield_per": FETCHED}):
        line = json.dumps(row._asdict(), ensure_ascii=False, default=_plain).encode() + b"\n"
        lines.append(line)
        size += len(line)
        if size >= CHUNK:
            yield len(lines), b"".join(lines)
            lines, size = [], 0
    if lines:
        yield len(lines), b"".join(lines)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        # SQLite gives naive moments; every one that is stored is UTC.
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(f"a {type(value).__name__} has no place in a backup")


def load(db: Connection, table: Table, lines: bytes) -> int:
    """Insert rows from JSON lines; how many.  Raises ValueError or KeyError for what is no row of the table."""
    readers = {column.name: _reader(column.type) for column in table.c}
    rows = [_row(readers, json.loads(line)) for line in lines.splitlines()]
    for start in range(0, len(rows), FETCHED):
        db.execute(table.insert(), rows[start : start + FETCHED])
    return len(rows)


def _row(readers: Mapping[str, Callable[[Any], object]], stored: Mapping[str, Any]) -> dict[str, object]:
    if stored.keys() != readers.keys():
        raise ValueError(f"columns {sorted(stored)} instead of {sorted(readers)}")
    return {name: None if value is None else readers[name](value) for name, value in stored.items()}


def _reader(kind: types.TypeEngine[Any]) -> Callable[[Any], object]:
    """What makes a value of a column from its JSON."""
    if isinstance(kind, types.DateTime):
        return datetime.fromisoformat
    if isinstance(kind, types.Date):
        return date.fromisoformat
    if isinstance(kind, types.Time):
        return time.fromisoformat
    # A NUL may stand in a text of SQLite, and in none of PostgreSQL.
    return _without_nul if isinstance(kind, types.String) else _as_it_is


def _without_nul(value: str) -> str:
    return value.replace("\x00", "")


def _as_it_is(value: object) -> object:
    return value


def skip_numbers(db: Connection, found: Sequence[Table], ahead: int) -> None:
    """Have the next rows numbered `ahead` of the last ones, where the database can: no number is given twice."""
    if db.dialect.name == "sqlite":
        named = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'"
        numbered = list(db.scalars(text(named)))
        for table in (table for table in found if table.name in numbered):
            last = db.scalar(select(func.max(table.c.id))) or 0
            values = {"name": table.name, "seq": last + ahead}
            db.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), values)
            db.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)"), values)
        return
    for table in (table for table in found if "id" in table.c):
        last = db.scalar(select(func.max(table.c.id))) or 0
        name = db.dialect.identifier_preparer.format_table(table)
        db.execute(
            select(func.setval(func.pg_get_serial_sequence(name, "id"), cast(last + ahead, types.BigInteger)))
        )
