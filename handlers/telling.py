"""Messages to officers about somebody else: the superior of a person, the administrators."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import Connection

from handlers import texts
from storage import outbox, reminders, units
from storage.messages import Choice, Reply
from storage.reminders import Officer

OFFICE = "ban_csplqhld"
ADMINISTRATORS = ("quan_tri", OFFICE)
"""Who decides about groups: the first of these roles that anybody holds who can be reached."""


def tell(  # noqa: PLR0913 - one message, all its circumstances
    db: Connection,
    officers: Iterable[Officer],
    template: str,
    *,
    key: str,
    at: datetime,
    choices: Sequence[Choice] = (),
    **values: object,
) -> None:
    """Queue a message to each officer, in that officer's form of address; once, by its key and the account."""
    for officer in officers:
        words = texts.say(template, officer.address_form, officer.name, **values)
        contact = officer.contact_id or 0
        outbox.put(db, contact, Reply(words, tuple(choices)), key=f"{key}:{contact}", due_at=at)


def superiors(db: Connection, person_id: int, on: date) -> list[Officer]:
    """Officers of the nearest superior of a person's units who can be reached; else the standing department's.

    While none of these has joined, the administrators'.
    """
    below = [post.unit_id for post in units.posts_of(db, person_id, on)]
    nearest = reminders.superiors(db, below, on, on)
    found = _others([officer for unit_id in below for officer in nearest[unit_id]], person_id)
    return found or next(
        (held for role in (OFFICE, "quan_tri") if (held := _others(_holders(db, role, on), person_id))), []
    )


def administrators(db: Connection, on: date) -> tuple[str, list[Officer]]:
    """The role that decides about groups today, and its holders who can be reached."""
    for role in ADMINISTRATORS:
        if officers := _others(_holders(db, role, on)):
            return role, officers
    return OFFICE, []


def of_roles(db: Connection, roles: Iterable[str], on: date, without: int | None = None) -> list[Officer]:
    """Each person once who holds one of these roles and can be reached, except one of them."""
    return _others([officer for role in roles for officer in _holders(db, role, on)], without)


def nearest(
    db: Connection, unit_id: int, on: date, without: int | None = None
) -> tuple[int | None, list[Officer]]:
    """Whom to ask about a unit: the nearest superior with anybody who can be reached, else the standing department.

    The unit that is asked, None for the department, and its officers; no officers when nobody can be reached.
    """
    office = of_roles(db, (OFFICE,), on, without)
    found = _others(reminders.superiors(db, [unit_id], on, on)[unit_id], without)
    if found and not {officer.person_id for officer in found} <= {officer.person_id for officer in office}:
        return found[0].unit_id, found
    return None, office


def _holders(db: Connection, role: str, on: date) -> list[Officer]:
    return [officer for officers in reminders.officers(db, (role,), on).values() for officer in officers]


def _others(officers: Iterable[Officer], person_id: int | None = None) -> list[Officer]:
    """Each person once, who can be reached, without the one that it is about."""
    each = {officer.person_id: officer for officer in officers if officer.contact_id}
    return [officer for officer in each.values() if officer.person_id != person_id]


def named(db: Connection, person_id: int, on: date) -> str:
    """A person with the first of the units: "Trần Thị Lan (CĐCS Công ty X)"."""
    name = units.person_name(db, person_id)
    posts = units.posts_of(db, person_id, on)
    return f"{name} ({posts[0].unit_name})" if posts else name
