"""What is asked of people and of the program outside of reports, and who changed what."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Index
from sqlmodel import Field, SQLModel

from storage.columns import RowId, document, moment, points_to, prose, row_id


class Task(SQLModel, table=True):
    """Slow work that somebody asked for in chat: done outside of the writer, its result is sent as a message."""

    __table_args__ = (Index("ix_task_state", "state", "id"),)

    id: int = row_id()
    kind: str
    """A key of `TASKS`."""
    contact_id: int = points_to("contact.id")
    body: dict[str, Any] = document()
    """What the work needs to know."""
    state: str = "queued"
    """queued → done | failed."""
    created_at: datetime = moment()
    finished_at: datetime | None = moment(null=True)


class HelpRequest(SQLModel, table=True):
    """An officer's question to a person behind the bot (HOTRO)."""

    __tablename__ = "help_request"
    __table_args__ = (Index("ix_help_request_state", "state", "at_unit_id"),)

    id: int = row_id()
    contact_id: int = points_to("contact.id")
    """The account that asks, and gets the answer."""
    unit_id: int | None = points_to("unit.id", null=True)
    """The unit that it is about."""
    at_unit_id: int | None = points_to("unit.id", null=True)
    """The superior that is asked; None: the standing department."""
    body: str = prose()
    context: dict[str, Any] = document()
    """Where the officer stood: form, period, question."""
    state: str = "open"
    """open → answered → closed; a further question opens it again."""
    opened_at: datetime = moment()
    answered_at: datetime | None = moment(null=True)
    closed_at: datetime | None = moment(null=True)


class HelpMessage(SQLModel, table=True):
    """What was said in a help request, by whom."""

    __tablename__ = "help_message"

    id: int = row_id()
    request_id: int = points_to("help_request.id", index=True)
    contact_id: int = points_to("contact.id")
    body: str = prose()
    at: datetime = moment()


class DataRequest(SQLModel, table=True):
    """What a person asks of the personal data, with its legal clocks (DOMAIN 10)."""

    __tablename__ = "data_request"

    id: int = row_id()
    person_id: int = points_to("person.id", index=True)
    contact_id: int = points_to("contact.id")
    kind: str
    """`correct`, `withdraw` or `erase`; what is seen or exported is given at once and noted as `export`."""
    body: str = prose()
    state: str = "open"
    """open → approved (the next run of the job carries it out) → done; or refused, or taken_back by the person."""
    opened_at: datetime = moment()
    answer_by: date
    """Two working days: the person has heard by then what is done."""
    done_by: date
    """15 days, 20 where others process the data, one extension of 15."""
    extended: bool = False
    finished_at: datetime | None = moment(null=True)
    outcome: str = prose()


class Change(SQLModel, table=True):
    """The audit: who changed what, when, from where, old and new value; rows are only ever added."""

    __table_args__ = (Index("ix_change_unit", "unit_id", "id"),)

    id: int = row_id()
    at: datetime = moment()
    person_id: int | None = points_to("person.id", null=True)
    """Who; None: the program itself, or an operator at the machine."""
    channel: str = ""
    """From where: a channel, `command`, or `job`."""
    act: str
    """What was done, in one word of the code: `assign`, `rename`, `lock`, `erase` …"""
    about: str
    """The table of what was changed."""
    row: int | None = Field(default=None, sa_column=Column(RowId, nullable=True))
    """Its row there."""
    unit_id: int | None = points_to("unit.id", null=True)
    """The unit that it concerns, so that those who are entitled can look."""
    old: dict[str, Any] = document()
    new: dict[str, Any] = document()
    reason: str = prose()
