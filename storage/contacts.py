"""Chat accounts and the people behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from storage.database import insert_once, table_of
from storage.messages import Incoming
from storage.models import Contact, Person

CONTACT = table_of(Contact)
PERSON = table_of(Person)


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


_SENDER = (
    select(
        CONTACT.c.id,
        CONTACT.c.channel,
        CONTACT.c.address,
        CONTACT.c.audience,
        CONTACT.c.person_id,
        PERSON.c.name,
        PERSON.c.address_form,
    )
    .select_from(CONTACT.outerjoin(PERSON, PERSON.c.id == CONTACT.c.person_id))
    .where(CONTACT.c.channel == bindparam("channel"), CONTACT.c.address == bindparam("address"))
)


def sender_of(db: Connection, incoming: Incoming) -> Sender:
    """The account that wrote; a new one is remembered without a person."""
    found = _find(db, incoming.channel, incoming.address)
    if found is None:
        add(db, incoming.channel, incoming.address, incoming.received_at)
        found = _find(db, incoming.channel, incoming.address)
    assert found is not None  # noqa: S101 - it was just written
    return found


def _find(db: Connection, channel: str, address: str) -> Sender | None:
    row = db.execute(_SENDER, {"channel": channel, "address": address}).one_or_none()
    if row is None:
        return None
    return Sender(
        row.id,
        row.channel,
        row.address,
        row.audience,
        row.person_id,
        row.name or "",
        row.address_form or "dong_chi",
    )


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
