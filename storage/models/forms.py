"""What is asked, and when."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import moment, points_to, prose, row_id


class FormVersion(SQLModel, table=True):
    """A published questionnaire: the XML that runs, its hash and its source; a draft ends on the one it began with."""

    __tablename__ = "form_version"
    __table_args__ = (UniqueConstraint("code", "version"),)

    id: int = row_id()
    code: str
    version: int
    title: str
    xml: str = prose()
    sha256: str
    source_name: str = ""
    published_at: datetime = moment()


class Duty(SQLModel, table=True):
    """Who owes which form how often, and by when (DOMAIN 7)."""

    id: int = row_id()
    form_code: str
    frequency: str = "month"
    unit_kinds: str = "cdcs nghiep_doan"
    """Space-separated kinds of units that owe it."""
    due_day: int = 20
    """Nominal day, inclusive: "hết ngày 20"."""
    roll: str = "previous"
    """A due day that is no working day moves to the `previous` or `next` one, or stays (`none`)."""
    lock_day: int = 25
    lock_time: time = time(17, 0)
    valid_from: date
    valid_to: date | None = None


class Period(SQLModel, table=True):
    """One instance of a duty, e.g. November 2026."""

    __table_args__ = (UniqueConstraint("duty_id", "key"),)

    id: int = row_id()
    duty_id: int = points_to("duty.id")
    form_code: str
    key: str
    """`2026-11` for a month."""
    starts_on: date
    ends_on: date
    opens_at: datetime = moment()
    due_on: date
    """The working day on whose end the report is due."""
    closes_at: datetime = moment()
    closed_at: datetime | None = moment(null=True)
    """When the period was locked; None before."""


class CalendarDay(SQLModel, table=True):
    """An administrator's word over the holiday library: a day is `off` or `work`, by which document (DOMAIN 7)."""

    __tablename__ = "calendar_day"

    day: date = Field(primary_key=True)
    kind: str
    source: str = ""
