"""Who writes, from where, and where each conversation stands."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

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
    erased_at: datetime | None = moment(null=True)
    """When the person had the personal data erased; name and number are gone, the unit's figures stay (DOMAIN 10)."""


class Contact(SQLModel, table=True):
    """One chat account: a person on a channel, or a group or channel that receives a unit's digests."""

    __table_args__ = (UniqueConstraint("channel", "address"),)

    id: int = row_id()
    channel: str
    address: str
    person_id: int | None = points_to("person.id", null=True, index=True)
    audience: str = ""
    """`leaders`: receives the digest of `unit_id` and writes nothing; `group`: a group or channel that nobody has
    confirmed; empty: a person."""
    unit_id: int | None = points_to("unit.id", null=True)
    display_name: str = ""
    consent_version: str = ""
    """Version of the text that the person agreed to; `entered` with the person, who agreed elsewhere; `undone` when a
    superior took the account off the roster."""
    consented_at: datetime | None = moment(null=True)
    stopped_at: datetime | None = moment(null=True)
    """Set when the platform says that this account cannot be reached any more."""
    not_before: datetime | None = moment(null=True)
    """After a passing fault: nothing goes to this chat until then, so that its order is kept."""
    created_at: datetime = moment()


class Consent(SQLModel, table=True):
    """One decision about what is stored: which text, when, on which account; the newest one is in force (DOMAIN 10)."""

    id: int = row_id()
    contact_id: int = points_to("contact.id", index=True)
    person_id: int | None = points_to("person.id", null=True, index=True)
    version: str
    agreed: bool
    at: datetime = moment()


class Invitation(SQLModel, table=True):
    """A one-time code with which a chat account becomes a person's (SETTLED: 14 days, single use)."""

    code_hash: str = Field(primary_key=True)
    """SHA-256 of the code: who reads the database cannot join with it."""
    person_id: int = points_to("person.id", index=True)
    created_at: datetime = moment()
    expires_at: datetime = moment()
    used_at: datetime | None = moment(null=True)
    contact_id: int | None = points_to("contact.id", null=True)
    """The account that used it."""


class JoiningAttempt(SQLModel, table=True):
    """Wrong codes of an account: five, then an hour's rest (SETTLED)."""

    __tablename__ = "joining_attempt"

    contact_id: int = points_to("contact.id", primary=True)
    wrong: int = 0
    last_at: datetime = moment()


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
    reference: str = ""
    """The platform's number of the message within its chat (see Incoming)."""


class Conversation(SQLModel, table=True):
    """Where a contact is: the stack of dialogues, each with its small state; nothing lives in memory (promise 4)."""

    contact_id: int = points_to("contact.id", primary=True)
    state: dict[str, Any] = document()
    updated_at: datetime = moment()
