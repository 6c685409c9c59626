"""One-time codes with which a chat account becomes a person's (SETTLED: 14 days, single use, five wrong tries)."""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select, true, update

from storage.database import table_of, upsert
from storage.models import Assignment, Contact, Invitation, JoiningAttempt, Person, Unit
from storage.units import called, valid

log = logging.getLogger(__name__)

INVITATION = table_of(Invitation)
ATTEMPT = table_of(JoiningAttempt)
ASSIGNMENT = table_of(Assignment)
CONTACT = table_of(Contact)
PERSON = table_of(Person)
UNIT = table_of(Unit)

LETTERS, FIGURES = "CFGHJKMNPQRTVX", "2346789"
"""No look-alikes (0 O, 1 I L, 5 S, 8 B, 2 Z), and nothing that a Vietnamese keyboard turns into another letter."""
LENGTH = 8
LIFE = timedelta(days=14)
TASK = "invitations"
"""The kind of task that writes codes into a file."""
ENDINGS = ("docx", "txt")
"""Slips to print, words for a group."""
MOST_WRONG = 5
REST = timedelta(hours=1)
MOST_WRONG_OF_ALL = 200
"""Wrong codes of all accounts within REST; after that nobody joins by a code for a while, and the log says so."""


def file_path(task_id: int, ending: str) -> str:
    """Where a task writes its codes, relative to the folder of files."""
    return f"invitations/{task_id}.{ending}"


def issue(db: Connection, person_id: int, at: datetime) -> str:
    """A new code for a person, as ABCD-EFGH; the person's earlier unused ones end."""
    return issue_all(db, [person_id], at)[person_id]


def issue_all(db: Connection, people: Sequence[int], at: datetime) -> dict[int, str]:
    """Person → a new code, as ABCD-EFGH; their earlier unused ones end."""
    codes = {person_id: _new_code() for person_id in people}
    for some in batched(codes):
        theirs = update(INVITATION).where(INVITATION.c.person_id.in_(some), _opens(at))
        db.execute(theirs.values(expires_at=at))
    rows = [
        {"code_hash": _hash(code), "person_id": person_id, "created_at": at, "expires_at": at + LIFE}
        for person_id, code in codes.items()
    ]
    if rows:
        db.execute(INVITATION.insert(), rows)
    return {person_id: f"{code[:4]}-{code[4:]}" for person_id, code in codes.items()}


def batched(people: Iterable[int], size: int = 500) -> Iterator[list[int]]:
    """As many at once as every database takes in one statement."""
    rest = iter(people)
    while some := list(islice(rest, size)):
        yield some


def _opens(at: datetime) -> ColumnElement[bool]:
    return and_(INVITATION.c.used_at.is_(None), INVITATION.c.expires_at > at)


def _new_code() -> str:
    """Random; with a letter and a figure at least, so that no word and no number looks like a code."""
    while True:
        code = "".join(secrets.choice(LETTERS + FIGURES) for _ in range(LENGTH))
        if set(code) & set(LETTERS) and set(code) & set(FIGURES):
            return code


def plain(code: str) -> str:
    """A code as it is compared: however it was typed, with or without the dash."""
    return "".join(sign for sign in code.upper() if sign.isalnum())


def _hash(code: str) -> str:
    return hashlib.sha256(plain(code).encode()).hexdigest()


def redeem(db: Connection, code: str, contact_id: int, at: datetime) -> int | None:
    """Use a code up: whose it is, or None if it is wrong, expired, used, or the account has to rest."""
    if rests_until(db, contact_id, at) is not None:
        return None
    good = update(INVITATION).where(INVITATION.c.code_hash == _hash(code), _opens(at))
    used = good.values(used_at=at, contact_id=contact_id).returning(INVITATION.c.person_id)
    person_id: int | None = db.scalar(used)
    if person_id is None:
        _count_wrong(db, contact_id, at)
    else:
        db.execute(ATTEMPT.delete().where(ATTEMPT.c.contact_id == contact_id))
    return person_id


def fate(db: Connection, code: str, at: datetime) -> str:
    """Why a code does not open: `wrong`, `used` or `expired`; `good` if it does."""
    held = db.execute(select(INVITATION).where(INVITATION.c.code_hash == _hash(code))).one_or_none()
    if held is None:
        return "wrong"
    return "used" if held.used_at else "good" if held.expires_at > at else "expired"


def rests_until(db: Connection, contact_id: int, at: datetime) -> datetime | None:
    """When an account may try again, after too many wrong codes of its own or of all; None: now."""
    tried = db.execute(select(ATTEMPT).where(ATTEMPT.c.contact_id == contact_id)).one_or_none()
    if tried is not None and tried.wrong >= MOST_WRONG and at < tried.last_at + REST:
        rested: datetime = tried.last_at + REST
        return rested
    return at + REST if shut(db, at) else None


def shut(db: Connection, at: datetime) -> bool:
    """Whether nobody joins by a code for now, since so many wrong ones were tried by all accounts together."""
    return _wrong_of_all(db, at) >= MOST_WRONG_OF_ALL


def _wrong_of_all(db: Connection, at: datetime) -> int:
    return db.scalar(select(func.sum(ATTEMPT.c.wrong)).where(ATTEMPT.c.last_at > at - REST)) or 0


def _count_wrong(db: Connection, contact_id: int, at: datetime) -> None:
    tried = db.execute(select(ATTEMPT).where(ATTEMPT.c.contact_id == contact_id)).one_or_none()
    before = tried.wrong if tried is not None and at < tried.last_at + REST else 0
    db.execute(upsert(ATTEMPT, db), {"contact_id": contact_id, "wrong": before + 1, "last_at": at})
    if _wrong_of_all(db, at) == MOST_WRONG_OF_ALL:
        log.error("%s wrong invitation codes in an hour: nobody joins by a code for now", MOST_WRONG_OF_ALL)


# ── who is to be invited ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Awaited:
    """A holder of a post who has no account on a channel that can be reached."""

    person_id: int
    name: str
    unit_code: str
    unit_name: str
    role: str


def people_without_account(  # noqa: PLR0913 - each restriction is somebody's
    db: Connection,
    channel: str,
    on: date,
    *,
    all_: bool = False,
    units: Select[tuple[int]] | None = None,
    mine: Select[tuple[int]] | None = None,
    roles: Collection[str] = (),
) -> list[Awaited]:
    """Who is still to join a channel (empty: any), or `all_` who may, once for each post held on a day, by unit.

    `units`: only for posts in these; `mine`: of nobody who holds one of `roles` outside of these, since a code opens
    all posts of its person.
    """
    here = select(CONTACT.c.id).where(
        true() if not channel else CONTACT.c.channel == channel,
        CONTACT.c.person_id == PERSON.c.id,
        CONTACT.c.stopped_at.is_(None),
    )
    rows = (
        select(
            PERSON.c.id, PERSON.c.name, UNIT.c.code, called("name", on).label("unit_name"), ASSIGNMENT.c.role
        )
        .select_from(
            ASSIGNMENT.join(PERSON, PERSON.c.id == ASSIGNMENT.c.person_id).join(
                UNIT, UNIT.c.id == ASSIGNMENT.c.unit_id
            )
        )
        .where(valid(ASSIGNMENT, on), valid(UNIT, on), true() if all_ else ~here.exists())
        .order_by(UNIT.c.code, ASSIGNMENT.c.id)
    )
    if units is not None:
        rows = rows.where(UNIT.c.id.in_(units))
    if mine is not None:
        other = ASSIGNMENT.alias("other")
        theirs = (other.c.person_id == PERSON.c.id, other.c.role.in_(roles), other.c.unit_id.not_in(mine))
        rows = rows.where(~select(other.c.id).where(*theirs, valid(other, on)).exists())
    return [Awaited(*row) for row in db.execute(rows)]


@dataclass(frozen=True, slots=True)
class Pending:
    """A code that was given out and not used yet; the code itself is known to its holder alone."""

    person_id: int
    name: str
    created_at: datetime
    expires_at: datetime


def holders(db: Connection, at: datetime, before: datetime | None = None) -> set[int]:
    """People with a code that still opens; `before`: only codes made before that moment."""
    made = true() if before is None else INVITATION.c.created_at < before
    return set(db.scalars(select(INVITATION.c.person_id).where(_opens(at), made)))


def pending(db: Connection, at: datetime) -> list[Pending]:
    """Codes that still open, the oldest first."""
    rows = (
        select(PERSON.c.id, PERSON.c.name, INVITATION.c.created_at, INVITATION.c.expires_at)
        .select_from(INVITATION.join(PERSON, PERSON.c.id == INVITATION.c.person_id))
        .where(_opens(at))
        .order_by(INVITATION.c.created_at, PERSON.c.id)
    )
    return [Pending(*row) for row in db.execute(rows)]
