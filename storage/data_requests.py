"""What people ask of their personal data, and the legal clocks of each request (DOMAIN 10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select, update

from storage import calendar
from storage.contacts import CONTACT, PERSON
from storage.database import table_of
from storage.models import DataRequest

REQUEST = table_of(DataRequest)

ANSWER_WITHIN = 2
"""Working days in which the person hears what is done (NĐ 356/2025/NĐ-CP)."""
DONE_WITHIN = timedelta(days=15)
DONE_WITHIN_BY_OTHERS = timedelta(days=20)
"""Where others process the data as well: a chat platform does."""
EXTENSION = timedelta(days=15)
"""Once, with a reason."""
OWN_PLATFORMS = ("web", "terminal", "console")
"""Channels on which nobody else processes what is said."""

OPEN, APPROVED, DONE, REFUSED, TAKEN_BACK = "open", "approved", "done", "refused", "taken_back"
PENDING = (OPEN, APPROVED)
EXPORT_REMOVED = "removed"
"""`body` of an export whose file is gone."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request with the name of the person who made it."""

    id: int
    person_id: int
    contact_id: int
    kind: str
    body: str
    state: str
    opened_at: datetime
    answer_by: date
    done_by: date
    extended: bool
    finished_at: datetime | None
    outcome: str
    name: str


_REQUESTS = select(
    *(REQUEST.c[name] for name in Request.__slots__ if name != "name"), PERSON.c.name
).join_from(REQUEST, PERSON, PERSON.c.id == REQUEST.c.person_id)


def _request(row: Any) -> Request:  # noqa: ANN401 - a row of _REQUESTS
    return Request(*row)


def put(db: Connection, person_id: int, contact_id: int, kind: str, at: datetime, body: str = "") -> int:  # noqa: PLR0913 - the columns of one row
    """Take a request in, with its clocks; its id."""
    today = calendar.today(at)
    within = DONE_WITHIN_BY_OTHERS if _others_process(db, person_id) else DONE_WITHIN
    row = {
        "person_id": person_id, "contact_id": contact_id, "kind": kind, "body": body, "state": OPEN,
        "opened_at": at, "answer_by": calendar.load(db).shift(today, ANSWER_WITHIN), "done_by": today + within,
        "extended": False, "outcome": "",
    }  # fmt: skip
    return int(db.execute(REQUEST.insert().returning(REQUEST.c.id), row).scalar_one())


def _others_process(db: Connection, person_id: int) -> bool:
    abroad = (CONTACT.c.person_id == person_id) & CONTACT.c.channel.not_in(OWN_PLATFORMS)
    return db.execute(select(CONTACT.c.id).where(abroad).limit(1)).first() is not None


def find(db: Connection, request_id: int) -> Request | None:
    """One request by its number; None if there is none."""
    row = db.execute(_REQUESTS.where(REQUEST.c.id == request_id)).one_or_none()
    return None if row is None else _request(row)


def pending(db: Connection) -> list[Request]:
    """All that is still to be done, the most urgent first."""
    waiting = _REQUESTS.where(REQUEST.c.state.in_(PENDING))
    return [_request(row) for row in db.execute(waiting.order_by(REQUEST.c.done_by, REQUEST.c.id))]


def of_person(db: Connection, person_id: int) -> list[Request]:
    """Everything that a person has asked for, the oldest first."""
    mine = _REQUESTS.where(REQUEST.c.person_id == person_id)
    return [_request(row) for row in db.execute(mine.order_by(REQUEST.c.id))]


def waiting_of(db: Connection, person_id: int, kind: str) -> Request | None:
    """A person's request of a kind that is still to be done."""
    same = REQUEST.c.kind == kind
    mine = _REQUESTS.where(REQUEST.c.person_id == person_id, same, REQUEST.c.state.in_(PENDING))
    row = db.execute(mine.order_by(REQUEST.c.id).limit(1)).one_or_none()
    return None if row is None else _request(row)


def approve(db: Connection, request_id: int) -> bool:
    """Let the job carry it out; False if somebody decided before."""
    return _change(db, request_id, (OPEN,), state=APPROVED)


def finish(  # noqa: PLR0913 - the columns of one row
    db: Connection,
    request_id: int,
    at: datetime,
    state: str,
    outcome: str = "",
    before: Sequence[str] = PENDING,
) -> bool:
    """It is done, refused or taken back; False if somebody decided before."""
    return _change(db, request_id, before, state=state, outcome=outcome, finished_at=at)


def extend(db: Connection, request: Request) -> bool:
    """Give it 15 days more, once."""
    if request.extended:
        return False
    return _change(db, request.id, (OPEN,), extended=True, done_by=request.done_by + EXTENSION)


def _change(db: Connection, request_id: int, before: Sequence[str], **values: Any) -> bool:  # noqa: ANN401
    still = (REQUEST.c.id == request_id) & REQUEST.c.state.in_(before)
    return bool(db.execute(update(REQUEST).where(still).values(**values)).rowcount)


def export_path(person_id: int, request_id: int) -> str:
    """Where the file of an export lies, relative to the data directory."""
    return f"exports/{person_id}-{request_id}.xlsx"


def exports(db: Connection, person_id: int) -> list[str]:
    """Paths of all files that a person was given of the own data."""
    return [export_path(person_id, one.id) for one in of_person(db, person_id) if one.kind == "export"]
