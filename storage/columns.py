"""The kinds of columns that the tables are made of."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Integer, Text
from sqlmodel import Field

from storage.database import Utc

# A row id: 64 bits on PostgreSQL; SQLite numbers only columns that are plainly INTEGER.
RowId = BigInteger().with_variant(Integer, "sqlite")


def row_id() -> Any:  # noqa: ANN401 - what Field returns
    """A number that the database gives."""
    return Field(default=None, sa_column=Column(RowId, primary_key=True))


def points_to(target: str, *, null: bool = False, primary: bool = False, index: bool = False) -> Any:  # noqa: ANN401
    """A reference to `table.column`."""
    return Field(
        default=None,
        sa_column=Column(RowId, ForeignKey(target), nullable=null, primary_key=primary, index=index),
    )


def moment(*, null: bool = False) -> Any:  # noqa: ANN401
    """An aware moment, stored in UTC."""
    return Field(default=None, sa_column=Column(Utc(), nullable=null))


def document() -> Any:  # noqa: ANN401
    """A JSON object."""
    return Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


def prose(default: str = "") -> Any:  # noqa: ANN401
    """A text of any length, never null."""
    return Field(default=default, sa_column=Column(Text, nullable=False))
