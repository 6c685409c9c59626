"""Chat accounts and the people behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from storage.database import insert_once, table_of
from storage.messages import Incoming
from storage.models import Contact, Conversation, Person

CONTACT = table_of(Contact)
PERSON = table_of(Person)
CONVERSATION = table_of(Conversation)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who wrote: the account, and the person behind it if we know one."""

    id: int
    channel: str
    address: str
    audience: str
    person_id: int | None
    name: str
    address_form: str
    state: dict[str, Any] | None
    """Where the account is in its conversation, as stored; None before the first message."""


_SENDER = (
    select(
        CONTACT.c.id,
        CONTACT.c.channel,
        CONTACT.c.address,
        CONTACT.c.audience,
        CONTACT.c.person_id,
        PERSON.c.name,
        PERSON.c.address_form,
        CONVERSATION.c.state,
    )
    .select_from(
        CONTACT.outerjoin(PERSON, PERSON.c.id == CONTACT.c.person_id).outerjoin(
            CONVERSATION, CONVERSATION.c.contact_id == CONTACT.c.id
        )
    )
    .where(CONTACT.c.channel == bindparam("channel"), CONTACT.c.address == bindparam("address"))
)


def sender_of(db: Connection, incoming: Incoming) -> Sender:
    """The account that wrote; a new one is remembered without a person."""
    found = find(db, incoming.channel, incoming.address)
    if found is None:
        add(db, incoming.channel, incoming.address, incoming.received_at)
        found = find(db, incoming.channel, incoming.address)
    assert found is not None  # noqa: S101 - it was just written
    return found


def find(db: Connection, channel: str, address: str) -> Sender | None:
    """A known account; None for one that never wrote and was never entered."""
    row = db.execute(_SENDER, {"channel": channel, "address": address}).one_or_none()
    if row is None:
        return None
    name, form = row.name or "", row.address_form or "dong_chi"
    return Sender(row.id, row.channel, row.address, row.audience, row.person_id, name, form, row.state)


def add(  # noqa: PLR0913 - the columns of one row
    db: Connection,
    channel: str,
    address: str,
    at: datetime,
    *,
    person_id: int | None = None,
    audience: str = "",
    unit_id: int | None = None,
    display_name: str = "",
) -> int | None:
    """Remember a chat account; None if it is known already."""
    row = {
        "channel": channel,
        "address": address,
        "person_id": person_id,
        "audience": audience,
        "unit_id": unit_id,
        "display_name": display_name,
        "consent_version": "",
        "created_at": at,
    }
    return db.execute(insert_once(CONTACT, db), row).scalar()


def stop(db: Connection, contact_id: int, at: datetime) -> None:
    """The platform says that this account cannot be reached: nothing more is sent to it."""
    db.execute(update(CONTACT).where(CONTACT.c.id == contact_id).values(stopped_at=at))


def name_of(db: Connection, contact_id: int) -> str:
    """Name of the person behind an account, or the account's own name."""
    people = CONTACT.outerjoin(PERSON, PERSON.c.id == CONTACT.c.person_id)
    both = select(PERSON.c.name, CONTACT.c.display_name).select_from(people)
    row = db.execute(both.where(CONTACT.c.id == contact_id)).one()
    return str(row.name or row.display_name)


def move(db: Connection, channel: str, old: str, new: str) -> None:
    """A group has a new address."""
    db.execute(
        update(CONTACT).where(CONTACT.c.channel == channel, CONTACT.c.address == old).values(address=new)
    )
