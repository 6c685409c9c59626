"""What is not as it should be, by the rows: for the doctor, the morning's message and the metrics."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, func, literal_column, select, text

from storage.contacts import CONTACT, PERSON
from storage.data_requests import PENDING
from storage.database import table_of
from storage.inbox import RECEIPT
from storage.models import DataRequest, HelpRequest
from storage.outbox import OUTGOING
from storage.restoring import ASIDE
from storage.units import ASSIGNMENT, REPORTERS, UNIT, called, valid

HELP = table_of(HelpRequest)
DATA = table_of(DataRequest)
LOOKED_AT = 20_000
"""Rows: where a look back ends at the latest, since these tables grow for ever and have no index by time."""


def damage(db: Connection) -> str:
    """What is broken in the file of an SQLite database; empty if nothing is.  A PostgreSQL has tools of its own."""
    if db.dialect.name != "sqlite":
        return ""
    said = str(db.execute(text("PRAGMA quick_check(1)")).scalar())
    return "" if said == "ok" else said


# ── what goes out ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Waiting:
    """Messages of a kind that are due and not sent yet; `since` is when the oldest of them fell due."""

    kind: str
    messages: int
    since: datetime


# The state is written out, since the partial index is not used for a value that is bound.
_OVERDUE = (
    OUTGOING.c.state == literal_column("'queued'"),
    OUTGOING.c.due_at <= bindparam("now"),
    CONTACT.c.stopped_at.is_(None),
)
_TO_ACCOUNTS = OUTGOING.join(CONTACT, CONTACT.c.id == OUTGOING.c.contact_id)
_WAITING = (
    select(OUTGOING.c.kind, func.count(), func.min(OUTGOING.c.due_at))
    .select_from(_TO_ACCOUNTS)
    .where(*_OVERDUE)
    .group_by(OUTGOING.c.kind)
)


def waiting(db: Connection, now: datetime) -> list[Waiting]:
    """What should have gone out by now, to accounts that can be reached."""
    return [Waiting(*row) for row in db.execute(_WAITING, {"now": now})]


def stuck(db: Connection, before: datetime) -> tuple[int, datetime | None]:
    """Messages that fell due before a moment and were tried in vain: how many, the oldest's moment."""
    tried = select(func.count(), func.min(OUTGOING.c.due_at)).select_from(_TO_ACCOUNTS)
    row = db.execute(tried.where(*_OVERDUE, OUTGOING.c.attempts > 0), {"now": before}).one()
    return row[0], row[1]


def unsent(db: Connection, since: datetime) -> list[tuple[str, int]]:
    """(reason, messages) that were given up, or may not have arrived, since a moment; the most frequent first."""
    columns = (OUTGOING.c.state, OUTGOING.c.error, OUTGOING.c.created_at)
    newest = select(*columns).order_by(OUTGOING.c.id.desc()).limit(LOOKED_AT).subquery()
    lost = (
        newest.c.state.in_(("failed", "unknown")) & (newest.c.created_at > since) & (newest.c.error != ASIDE)
    )
    counted = select(newest.c.error, func.count().label("messages")).where(lost).group_by(newest.c.error)
    found = [(row.error, row.messages) for row in db.execute(counted)]
    return sorted(found, key=lambda one: (-one[1], one[0]))


def gone(db: Connection, since: datetime) -> list[str]:
    """Names of the people whose accounts became unreachable since a moment."""
    people = CONTACT.join(PERSON, PERSON.c.id == CONTACT.c.person_id)
    names = select(PERSON.c.name).select_from(people).where(CONTACT.c.stopped_at > since)
    return list(dict.fromkeys(db.scalars(names.order_by(CONTACT.c.stopped_at))))


# ── what came in ────────────────────────────────────────────────────────────────────────────────────


def failed_turns(db: Connection, since: datetime) -> list[str]:
    """Reference codes of the messages whose handling raised an error since a moment, the newest first."""
    columns = (RECEIPT.c.id, RECEIPT.c.failure, RECEIPT.c.received_at)
    newest = select(*columns).order_by(RECEIPT.c.id.desc()).limit(LOOKED_AT).subquery()
    failed = select(newest.c.failure).where(newest.c.received_at > since, newest.c.failure != "")
    return list(db.scalars(failed.order_by(newest.c.id.desc())))


def newest_message(db: Connection) -> datetime | None:
    """The latest moment at which any of the last messages was sent, by the platform's clock."""
    newest = select(RECEIPT.c.received_at).order_by(RECEIPT.c.id.desc()).limit(50).subquery()
    latest: datetime | None = db.scalar(select(func.max(newest.c.received_at)))
    return latest


# ── what people wait for ────────────────────────────────────────────────────────────────────────────


def unanswered_help(db: Connection) -> tuple[int, datetime | None]:
    """Questions to a person that nobody has answered: how many, since when."""
    row = db.execute(select(func.count(), func.min(HELP.c.opened_at)).where(HELP.c.state == "open")).one()
    return row[0], row[1]


def open_data_requests(db: Connection) -> tuple[int, date | None]:
    """Requests about personal data that are not done: how many, the day by which the first has to be."""
    row = db.execute(select(func.count(), func.min(DATA.c.done_by)).where(DATA.c.state.in_(PENDING))).one()
    return row[0], row[1]


def without_reporters(db: Connection, kinds: Collection[str], on: date) -> list[str]:
    """Short names of the units of these kinds in which nobody writes reports on a day."""
    held = select(ASSIGNMENT.c.unit_id).where(ASSIGNMENT.c.role.in_(REPORTERS), valid(ASSIGNMENT, on))
    alone = select(called("short_name", on)).where(
        UNIT.c.kind.in_(kinds), valid(UNIT, on), UNIT.c.id.not_in(held)
    )
    return list(db.scalars(alone.order_by(UNIT.c.id)))
