"""What goes out, and what the installation notes about itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from storage.columns import document, moment, points_to, prose, row_id


class Outgoing(SQLModel, table=True):
    """One row of the outbox; its `key` is unique, so that nothing is said twice (promise 2)."""

    __table_args__ = (
        Index(
            "ix_outgoing_queued",
            "priority",
            "id",
            sqlite_where=text("state = 'queued'"),
            postgresql_where=text("state = 'queued'"),
        ),
        Index("ix_outgoing_contact", "contact_id", "id"),
    )

    id: int = row_id()
    contact_id: int = points_to("contact.id")
    key: str = Field(unique=True)
    kind: str = "reply"
    """`reply`, `reminder`, `digest`, or `tidy`: takes spent buttons off an earlier message."""
    priority: int = 0
    """0 replies, 1 reminders, 2 digests, 3 tidying: lower goes first (promise 8)."""
    body: dict[str, Any] = document()
    due_at: datetime = moment()
    state: str = "queued"
    """queued → sending → sent | failed | unknown (may have arrived) | withdrawn (not needed any more)."""
    attempts: int = 0
    sent_at: datetime | None = moment(null=True)
    failed_at: datetime | None = moment(null=True)
    error: str = ""
    platform_id: str = ""
    created_at: datetime = moment()


class Reminder(SQLModel, table=True):
    """That a contact is reminded of a unit's report at one step of the ladder; once, by its key (DOMAIN 7)."""

    unit_id: int = points_to("unit.id", primary=True)
    form_code: str = Field(primary_key=True)
    period_id: int = points_to("period.id", primary=True)
    step: str = Field(primary_key=True)
    """`T-5`, `T-2`, `T-0`, `T-0b`, `+1`, `+3`, `later-YYYY-MM-DD`; `stop`: the person asked for silence."""
    contact_id: int = points_to("contact.id", primary=True)
    planned_at: datetime = moment()
    outgoing_id: int | None = points_to("outgoing.id", null=True, index=True)
    """The message it went out in; None while it waits, or when it was dropped."""
    dropped: str = ""
    """Why it was not sent: `submitted`, `passed`, `closed`, `asked`, `paused`, `ended` (the unit); empty otherwise."""
    created_at: datetime = moment()


class Note(SQLModel, table=True):
    """Small facts about the installation itself, e.g. how far the demo's clock is ahead."""

    name: str = Field(primary_key=True)
    value: str = prose()
