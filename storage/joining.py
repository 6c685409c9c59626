"""An account becomes a person's, the person agrees to what is stored, and a superior may undo it."""

from __future__ import annotations

import re
from datetime import date, datetime

from sqlalchemy import Connection, delete, select, update

from storage import contacts, submissions, units
from storage.contacts import CONTACT, CONVERSATION, PERSON
from storage.database import table_of
from storage.models import Consent

CONSENT = table_of(Consent)

UNDONE = "undone"
"""`consent_version` of an account that a superior took off the roster: it joins again by a code alone."""


def join(db: Connection, contact_id: int, person_id: int) -> None:
    """Make an account a person's; nothing is agreed yet."""
    values = {"person_id": person_id, "audience": "", "consent_version": "", "consented_at": None}
    db.execute(update(CONTACT).where(CONTACT.c.id == contact_id).values(values))


def agree(db: Connection, contact_id: int, version: str, at: datetime) -> None:
    """Keep that the person agreed to a version of the text, and when (DOMAIN 10)."""
    values = {"consent_version": version, "consented_at": at}
    db.execute(update(CONTACT).where(CONTACT.c.id == contact_id).values(values))
    _decided(db, contact_id, version, at, agreed=True)


def disagree(db: Connection, contact_id: int, version: str, at: datetime) -> None:
    """The person does not agree, or not any more; kept like a consent."""
    values = {"consent_version": "", "consented_at": None}
    db.execute(update(CONTACT).where(CONTACT.c.id == contact_id).values(values))
    _decided(db, contact_id, version, at, agreed=False)


def _decided(db: Connection, contact_id: int, version: str, at: datetime, *, agreed: bool) -> None:
    person_id = db.scalar(select(CONTACT.c.person_id).where(CONTACT.c.id == contact_id))
    row = {"contact_id": contact_id, "person_id": person_id, "version": version, "agreed": agreed, "at": at}
    db.execute(CONSENT.insert(), row)


def has_account(db: Connection, person_id: int) -> bool:
    """Whether a person has joined at all, reachable or not."""
    return (
        db.execute(select(CONTACT.c.id).where(CONTACT.c.person_id == person_id).limit(1)).first() is not None
    )


def set_address_form(db: Connection, person_id: int, form: str) -> None:
    """How the person wants to be spoken to: `dong_chi` or `anh_chi`."""
    db.execute(update(PERSON).where(PERSON.c.id == person_id).values(address_form=form))


def undo(db: Connection, contact_id: int) -> None:
    """The account is nobody's again: its conversation ends, what waits for it is taken back, drafts stay."""
    values = {"person_id": None, "consent_version": UNDONE, "consented_at": None}
    db.execute(update(CONTACT).where(CONTACT.c.id == contact_id).values(values))
    db.execute(delete(CONVERSATION).where(CONVERSATION.c.contact_id == contact_id))
    submissions.release(db, contact_id)
    contacts.withdraw(db, contact_id)


def accounts(db: Connection, person_id: int, channel: str) -> list[int]:
    """A person's accounts on a channel, those included that cannot be reached."""
    mine = (CONTACT.c.person_id == person_id) & (CONTACT.c.channel == channel)
    return list(db.scalars(select(CONTACT.c.id).where(mine).order_by(CONTACT.c.id)))


def reachable(db: Connection, person_id: int) -> bool:
    """Whether any account of a person, on whatever channel, can be reached."""
    works = (CONTACT.c.person_id == person_id) & CONTACT.c.stopped_at.is_(None) & (CONTACT.c.audience == "")
    return db.execute(select(CONTACT.c.id).where(works).limit(1)).first() is not None


# ── telephone numbers ───────────────────────────────────────────────────────────────────────────────


_NATIONAL = re.compile(r"(?:(?:00)?840?|0)?([1-9][0-9]{8,9})")


def phone(typed: str) -> str:
    """A number as +84912345678, however a roster or a platform writes it; empty if it is none."""
    digits = re.sub(r"[^0-9]", "", typed)
    national = _NATIONAL.fullmatch(digits)
    if typed.strip().startswith("+") and not digits.startswith("84"):
        return f"+{digits}" if digits else ""
    return f"+84{national[1]}" if national else ""


def holders(db: Connection, number: str, on: date) -> list[int]:
    """The people with this number who hold a post on a day."""
    held = select(PERSON.c.id, PERSON.c.phone).where(PERSON.c.phone != "").order_by(PERSON.c.id)
    wanted = phone(number)
    same = [row.id for row in db.execute(held) if wanted and wanted in numbers(row.phone)]
    return [person_id for person_id in same if units.posts_of(db, person_id, on)]


def numbers(written: str) -> frozenset[str]:
    """A roster's cell may name several: "0912 345 678; 0229 3 888 888"."""
    return frozenset(filter(None, map(phone, re.split(r"[;,/\n]", written))))
