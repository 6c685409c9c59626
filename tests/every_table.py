"""Rows in every table of a database, whatever its revision: what a backup or an upgrade must not lose."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Column, Connection, Table, select, types

from storage import dump

ROWS = 2
MOMENT = datetime(2026, 11, 18, 1, 30, 0, 123456, tzinfo=UTC)


def fill(db: Connection) -> None:
    """Rows that differ in every column, each pointing to others where its table does."""
    for table in dump.tables(db):
        for number in range(1, ROWS + 1):
            db.execute(table.insert(), {column.name: _value(column, number) for column in table.c})


def _value(column: Column[Any], number: int) -> object:
    if column.foreign_keys:
        return number
    words = f"{column.table.name}.{column.name} “{number}”\n\tđồng chí ệ 👍 =1+1"
    values: dict[type[types.TypeEngine[Any]], object] = {
        types.DateTime: MOMENT + timedelta(days=number),
        types.Date: date(2026, 11, number),
        types.Time: time(17, number),
        types.JSON: {"words": words, "number": number, "list": [1.5, None, True]},
        types.Boolean: number == 1,
        types.Double: 2_500_000.25 * number,
        types.Integer: number,
    }
    return next((value for kind, value in values.items() if isinstance(column.type, kind)), words)


def rows_of(db: Connection) -> dict[str, list[dict[str, Any]]]:
    """Table → its rows, as values that are the same on both databases."""
    return {table.name: _rows(db, table) for table in dump.tables(db)}


def _rows(db: Connection, table: Table) -> list[dict[str, Any]]:
    found = db.execute(select(table).order_by(*table.primary_key)).mappings()
    return [{name: _aware(value) for name, value in row.items()} for row in found]


def _aware(value: object) -> object:
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)
    return value
