"""Who writes, from where, and where each conversation stands."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

from storage.columns import document, moment, points_to, row_id


class Person(SQLModel, table=True):
    """A human being who holds assignments; personal data stays in this table (DOMAIN 10)."""

    id: int = row_id()
    name: str
    full_time: bool = False
    """cán bộ công đoàn chuyên trách (P18)."""
    address_form: str = "dong_chi"
    """`dong_chi` or `anh_chi` (DOMAIN 9)."""
    phone: str = ""


class Contact(SQLModel, table=True):
    """One chat account: a person on a channel, or a group or channel that receives a unit's digests."""

    __table_args__ = (UniqueConstraint("channel", "address"),)

    id: int = row_id()
    channel: str
    address: str
    person_id: int | None = points_to("person.id", null=True, index=True)
    audience: str = ""
    """`leaders`: receives the digest of `unit_id` and writes nothing; empty: a person."""
    unit_id: int | None = points_to("unit.id", null=True)
    display_name: str = ""
    consent_version: str = ""
    consented_at: datetime | None = moment(null=True)
    stopped_at: datetime | None = moment(null=True)
    """Set when the platform says that this account cannot be reached any more."""
    created_at: datetime = moment()


class Receipt(SQLModel, table=True):
    """The inbox: each message once and for ever, so that a repetition changes nothing (promise 2)."""

    __table_args__ = (UniqueConstraint("channel", "bot", "message_id"),)

    id: int = row_id()
    channel: str
    bot: str = ""
    message_id: str
    contact_id: int | None = points_to("contact.id", null=True, index=True)
    received_at: datetime = moment()
    body: dict[str, Any] = document()
    failure: str = ""
    """Reference code of the error that handling it raised; empty if all went well."""


class Conversation(SQLModel, table=True):
    """Where a contact is: the stack of dialogues, each with its small state; nothing lives in memory (promise 4)."""

    contact_id: int = points_to("contact.id", primary=True)
    state: dict[str, Any] = document()
    updated_at: datetime = moment()
