"""The organisation: units, what became of them, and who holds which post."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Column
from sqlalchemy.types import Double
from sqlmodel import Field, SQLModel

from storage.columns import points_to, row_id


class Unit(SQLModel, table=True):
    """A union unit; parents and validity carry dates, so that a change never rewrites history (DOMAIN 2)."""

    id: int = row_id()
    code: str = Field(unique=True)
    name: str
    short_name: str
    kind: str
    """`tinh`, `cap_tren`, `cdcs` or `nghiep_doan`."""
    industry_type: str = ""
    """What form conditions call `loai_hinh`: `doanh_nghiep`, `co_quan`, `truong_hoc`, `benh_vien` or empty."""
    valid_from: date
    valid_to: date | None = None
    """Last day of its life; None while it lives."""
    reports_from: date | None = None
    """First day of the first period that it owes, so that a pilot may start with ten; None: since it exists."""
    due_day: int | None = None
    """Nominal day of its own monthly report (P43); None: that of the duty."""


class UnitName(SQLModel, table=True):
    """A name that a unit had before: up to and with the day `until` it was called so.

    `unit.name` is the latest one that is known, which may hold only from a day to come: `units.name_on` knows.
    """

    __tablename__ = "unit_name"

    unit_id: int = points_to("unit.id", primary=True)
    until: date = Field(primary_key=True)
    name: str
    short_name: str


class UnitParent(SQLModel, table=True):
    """`parent_id` was the superior of `unit_id` from `valid_from` to `valid_to`, both days included."""

    __tablename__ = "unit_parent"

    id: int = row_id()
    unit_id: int = points_to("unit.id", index=True)
    parent_id: int = points_to("unit.id", index=True)
    valid_from: date
    valid_to: date | None = None
    reason: str = ""


class UnitSuccession(SQLModel, table=True):
    """What became of a unit: merge, split, rename, dissolve, transfer."""

    __tablename__ = "unit_succession"

    id: int = row_id()
    old_id: int = points_to("unit.id")
    new_id: int | None = points_to("unit.id", null=True)
    kind: str
    on: date
    """First day of the new order."""
    reason: str = ""
    """The document that says so."""


class Assignment(SQLModel, table=True):
    """A person's role in a unit; every right comes from one that is valid today (promise 9)."""

    id: int = row_id()
    person_id: int = points_to("person.id", index=True)
    unit_id: int = points_to("unit.id", index=True)
    role: str
    title: str = ""
    valid_from: date
    valid_to: date | None = None
    by_code: bool = False
    """Came by a hand-over: the person's first account joins by a code, never by the telephone number (SETTLED)."""


class OpeningFigure(SQLModel, table=True):
    """A stock known before the first report, so that "như tháng trước" works in the first month (SETTLED)."""

    __tablename__ = "opening_figure"

    unit_id: int = points_to("unit.id", primary=True)
    question: str = Field(primary_key=True)
    number: float = Field(sa_column=Column(Double, nullable=False))
