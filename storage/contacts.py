"""Chat accounts and the people behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from storage import reminders
from storage.database import insert_once, table_of
from storage.messages import Incoming
from storage.models import Contact, Conversation, JoiningAttempt, Outgoing, Person, Receipt

CONTACT = table_of(Contact)
PERSON = table_of(Person)
CONVERSATION = table_of(Conversation)
OUTGOING = table_of(Outgoing)
RECEIPT = table_of(Receipt)
ATTEMPT = table_of(JoiningAttempt)

ENTERED = "entered"
"""`consent_version` of an account that was entered together with its person, who agreed elsewhere."""


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
    consent_version: str
    consented_at: datetime | None
    """When the person agreed to what is stored; None: no report is taken."""
    stopped_at: datetime | None
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
        CONTACT.c.consent_version,
        CONTACT.c.consented_at,
        CONTACT.c.stopped_at,
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
        add(db, incoming.channel, incoming.address, incoming.received_at, display_name=incoming.name)
        found = find(db, incoming.channel, incoming.address)
    assert found is not None  # noqa: S101 - it was just written
    return found


def find(db: Connection, channel: str, address: str) -> Sender | None:
    """A known account; None for one that never wrote and was never entered."""
    row = db.execute(_SENDER, {"channel": channel, "address": address}).one_or_none()
    if row is None:
        return None
    name, form = row.name or "", row.address_form or "dong_chi"
    consent = (row.consent_version, row.consented_at, row.stopped_at)
    return Sender(
        row.id, row.channel, row.address, row.audience, row.person_id, name, form, *consent, row.state
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
    """Remember a chat account; None if it is known already.  One that is entered with its person has agreed."""
    row = {
        "channel": channel,
        "address": address,
        "person_id": person_id,
        "audience": audience,
        "unit_id": unit_id,
        "display_name": display_name,
        "consent_version": ENTERED if person_id else "",
        "consented_at": at if person_id else None,
        "created_at": at,
    }
    return db.execute(insert_once(CONTACT, db), row).scalar()


def stop(db: Connection, contact_id: int, at: datetime) -> None:
    """The platform says that this account cannot be reached: nothing more is sent to it, nothing waits for it."""
    running = (CONTACT.c.id == contact_id) & CONTACT.c.stopped_at.is_(None)
    db.execute(update(CONTACT).where(running).values(stopped_at=at))
    withdraw(db, contact_id)


def wake(db: Connection, contact_id: int) -> None:
    """The account can be reached again."""
    db.execute(update(CONTACT).where(CONTACT.c.id == contact_id).values(stopped_at=None, not_before=None))


def withdraw(db: Connection, contact_id: int) -> None:
    """Take back what is queued for an account; a reminder among it may be said to another account of the person."""
    reminders.take_back(db, contact_id)
    queued = (OUTGOING.c.contact_id == contact_id) & (OUTGOING.c.state == "queued")
    db.execute(update(OUTGOING).where(queued).values(state="withdrawn"))


def name_of(db: Connection, contact_id: int) -> str:
    """Name of the person behind an account, or the account's own name."""
    people = CONTACT.outerjoin(PERSON, PERSON.c.id == CONTACT.c.person_id)
    both = select(PERSON.c.name, CONTACT.c.display_name).select_from(people)
    row = db.execute(both.where(CONTACT.c.id == contact_id)).one()
    return str(row.name or row.display_name)


def address_of(db: Connection, contact_id: int) -> tuple[str, str]:
    """How the person behind an account is spoken to: form of address and name; both empty if there is none."""
    people = CONTACT.outerjoin(PERSON, PERSON.c.id == CONTACT.c.person_id)
    both = select(PERSON.c.address_form, PERSON.c.name).select_from(people)
    row = db.execute(both.where(CONTACT.c.id == contact_id)).one()
    return row.address_form or "", row.name or ""


def row_of(db: Connection, contact_id: int) -> Any:  # noqa: ANN401 - a row of `contact`
    """One account as it is stored; None if there is none of this number."""
    return db.execute(select(CONTACT).where(CONTACT.c.id == contact_id)).one_or_none()


# ── groups ──────────────────────────────────────────────────────────────────────────────────────────


def of_audience(db: Connection, audience: str) -> list[Any]:
    """Groups and channels of a kind that can be reached; rows of `contact`."""
    mine = (CONTACT.c.audience == audience) & CONTACT.c.stopped_at.is_(None)
    return list(db.execute(select(CONTACT).where(mine).order_by(CONTACT.c.id)))


def set_audience(db: Connection, contact_id: int, audience: str, *, unit_id: int | None = None) -> None:
    """Say what a chat is to us (see `Contact.audience`), and whose digests it receives."""
    values = {"audience": audience, "unit_id": unit_id}
    db.execute(update(CONTACT).where(CONTACT.c.id == contact_id).values(values))


def set_title(db: Connection, contact_id: int, title: str) -> None:
    """Keep what a group calls itself, if it says so."""
    if title:
        db.execute(update(CONTACT).where(CONTACT.c.id == contact_id).values(display_name=title))


def move(db: Connection, channel: str, old: str, new: str) -> None:
    """A group has a new address; what is known of that address already is merged, and `leaders` wins."""
    if old == new:
        return
    here = CONTACT.c.channel == channel
    both = db.execute(select(CONTACT).where(here, CONTACT.c.address.in_((old, new))))
    known = {row.address: row for row in both}
    if old not in known:
        return
    values: dict[str, Any] = {"address": new, "stopped_at": None}
    if new in known:
        values |= _merged(known[old], known[new])
        _give_up(db, known[new].id, known[old].id)
    db.execute(update(CONTACT).where(CONTACT.c.id == known[old].id).values(values))


def _merged(kept: Any, other: Any) -> dict[str, Any]:  # noqa: ANN401 - rows of `contact`
    best = other if other.audience == "leaders" else kept
    return {
        "audience": best.audience or other.audience,
        "unit_id": best.unit_id,
        "display_name": other.display_name or kept.display_name,
        "stopped_at": other.stopped_at,
    }


def _give_up(db: Connection, other: int, kept: int) -> None:
    """Everything of a group's second row goes over to the first."""
    for table in (RECEIPT, OUTGOING):
        db.execute(update(table).where(table.c.contact_id == other).values(contact_id=kept))
    for table in (CONVERSATION, ATTEMPT):
        db.execute(delete(table).where(table.c.contact_id == other))
    db.execute(delete(CONTACT).where(CONTACT.c.id == other))
