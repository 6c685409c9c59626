"""Questions of officers to the people behind the bot: who asked what, who may see it, what was answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, update

from storage.database import table_of
from storage.models import Contact, HelpMessage, HelpRequest
from storage.units import ASSIGNMENT, PERSON, UNIT, called, valid

REQUEST = table_of(HelpRequest)
MESSAGE = table_of(HelpMessage)
CONTACT = table_of(Contact)

OPEN, ANSWERED, CLOSED = "open", "answered", "closed"
FRESH = timedelta(days=3)
"""So long after an answer a further question belongs to the same request."""
CLOSES_AFTER = timedelta(days=10)
"""So long after an answer the request closes itself."""


@dataclass(frozen=True, slots=True)
class Request:
    """A question as it stands; `at_unit_id` is the superior that is asked, None the standing department."""

    id: int
    contact_id: int
    unit_id: int
    at_unit_id: int | None
    body: str
    state: str
    opened_at: datetime
    answered_at: datetime | None
    context: dict[str, Any] = field(default_factory=dict)

    @property
    def person_id(self) -> int:
        """Who asked: the account may be somebody else's by now."""
        return int(self.context.get("person", 0))

    @property
    def told(self) -> list[int]:
        """Accounts that were asked."""
        return list(self.context.get("told", ()))

    @property
    def passed(self) -> bool:
        """Whether it was passed on to the standing department."""
        return bool(self.context.get("passed"))


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a request after the question itself."""

    contact_id: int
    body: str


_COLUMNS = tuple(REQUEST.c[name] for name in Request.__slots__)


def ask(  # noqa: PLR0913 - the columns of one row
    db: Connection,
    contact_id: int,
    unit_id: int,
    at_unit_id: int | None,
    body: str,
    context: Mapping[str, Any],
    at: datetime,
) -> Request:
    """Write down a question."""
    row = {
        "contact_id": contact_id, "unit_id": unit_id, "at_unit_id": at_unit_id, "body": body,
        "context": dict(context), "state": OPEN, "opened_at": at,
    }  # fmt: skip
    number = int(db.execute(REQUEST.insert().returning(REQUEST.c.id), row).scalar_one())
    return get(db, number)


def get(db: Connection, request_id: int) -> Request:
    """A request by its number, whoever asks; raises NoResultFound."""
    return Request(*db.execute(select(*_COLUMNS).where(REQUEST.c.id == request_id)).one())


def find(db: Connection, request_id: int, which: ColumnElement[bool]) -> Request | None:
    """A request, if it is one of those that `which` lets see."""
    row = db.execute(select(*_COLUMNS).where(REQUEST.c.id == request_id, which)).one_or_none()
    return None if row is None else Request(*row)


def asked_by(person_id: int) -> ColumnElement[bool]:
    """Requests that a person made on an account that still is that person's."""
    mine = select(CONTACT.c.id).where(CONTACT.c.person_id == person_id)
    return and_(REQUEST.c.contact_id.in_(mine), REQUEST.c.context["person"].as_integer() == person_id)


def below(units: Select[tuple[int]]) -> ColumnElement[bool]:
    """Requests about these units that were put to one of these units."""
    return and_(REQUEST.c.unit_id.in_(units), REQUEST.c.at_unit_id.in_(units))


def under_way(db: Connection, person_id: int, since: datetime) -> Request | None:
    """The newest request of a person that is open, or was answered since then."""
    alive = or_(REQUEST.c.state == OPEN, and_(REQUEST.c.state == ANSWERED, REQUEST.c.answered_at > since))
    newest = select(*_COLUMNS).where(asked_by(person_id), alive).order_by(REQUEST.c.id.desc()).limit(1)
    row = db.execute(newest).one_or_none()
    return None if row is None else Request(*row)


def waiting(
    db: Connection, which: ColumnElement[bool], most: int | None = None, skip: int = 0
) -> list[Request]:
    """Open requests that `which` lets see, the longest waiting first."""
    rows = select(*_COLUMNS).where(REQUEST.c.state == OPEN, which).order_by(REQUEST.c.opened_at, REQUEST.c.id)
    return [Request(*row) for row in db.execute(rows.limit(most).offset(skip))]


def count(db: Connection, which: ColumnElement[bool]) -> int:
    """How many open requests `which` lets see."""
    rows = select(func.count()).select_from(REQUEST).where(REQUEST.c.state == OPEN, which)
    return int(db.scalar(rows) or 0)


def last_answer(db: Connection, request: Request) -> Said | None:
    """What was answered last, and by which account."""
    mine = select(CONTACT.c.id).where(CONTACT.c.person_id == request.person_id)
    others = and_(MESSAGE.c.contact_id != request.contact_id, MESSAGE.c.contact_id.not_in(mine))
    rows = select(MESSAGE.c.contact_id, MESSAGE.c.body).where(MESSAGE.c.request_id == request.id, others)
    row = db.execute(rows.order_by(MESSAGE.c.id.desc()).limit(1)).first()
    return None if row is None else Said(*row)


# ── what happens to it ──────────────────────────────────────────────────────────────────────────────


def ask_more(  # noqa: PLR0913 - what one message adds
    db: Connection, request: Request, contact_id: int, body: str, context: Mapping[str, Any], at: datetime
) -> Request:
    """The asker goes on, from where `context` says; a request that was answered waits anew, from now."""
    _add(db, request, contact_id, body, at)
    kept = {
        name: held for name, held in request.context.items() if name in ("person", "told", "passed", "again")
    }
    opened = {} if request.state == OPEN else {"state": OPEN, "opened_at": at}
    _set(db, request.id, context=kept | dict(context), **opened)
    return get(db, request.id)


def newest(db: Connection, request: Request) -> str:
    """What the asker wrote last, from any of the accounts."""
    mine = select(CONTACT.c.id).where(CONTACT.c.person_id == request.person_id)
    theirs = or_(MESSAGE.c.contact_id == request.contact_id, MESSAGE.c.contact_id.in_(mine))
    last = select(MESSAGE.c.body).where(MESSAGE.c.request_id == request.id, theirs)
    return db.scalar(last.order_by(MESSAGE.c.id.desc()).limit(1)) or request.body


def answer(db: Connection, request: Request, contact_id: int, body: str, at: datetime) -> bool:
    """Keep an answer; whether it is the first one since the asker wrote last."""
    _add(db, request, contact_id, body, at)
    _set(db, request.id, state=ANSWERED, answered_at=at)
    return request.state == OPEN


def route(
    db: Connection, request: Request, at_unit_id: int | None, told: Sequence[int], **more: object
) -> None:
    """Note who is asked by now; `more` goes into the context."""
    everybody = sorted({*request.told, *told})
    _set(db, request.id, at_unit_id=at_unit_id, context=request.context | {"told": everybody} | more)


def close(db: Connection, request_id: int, at: datetime) -> None:
    """The asker has all that was wanted."""
    _set(db, request_id, state=CLOSED, closed_at=at)


def close_old(db: Connection, now: datetime) -> int:
    """Close what was answered long ago; how many."""
    old = and_(REQUEST.c.state == ANSWERED, REQUEST.c.answered_at <= now - CLOSES_AFTER)
    return db.execute(update(REQUEST).where(old).values(state=CLOSED, closed_at=now)).rowcount


def any_old(db: Connection, now: datetime) -> bool:
    """Whether there is something to close."""
    old = and_(REQUEST.c.state == ANSWERED, REQUEST.c.answered_at <= now - CLOSES_AFTER)
    return db.execute(select(REQUEST.c.id).where(old).limit(1)).first() is not None


def _add(db: Connection, request: Request, contact_id: int, body: str, at: datetime) -> None:
    db.execute(MESSAGE.insert(), {"request_id": request.id, "contact_id": contact_id, "body": body, "at": at})


def _set(db: Connection, request_id: int, **values: object) -> None:
    db.execute(update(REQUEST).where(REQUEST.c.id == request_id).values(values))


# ── who is reached ──────────────────────────────────────────────────────────────────────────────────


def account_of(db: Connection, request: Request) -> int | None:
    """Where the answer goes: the account that asked while it is that person's, else another one of the person."""
    theirs = and_(
        CONTACT.c.person_id == request.person_id,
        CONTACT.c.stopped_at.is_(None),
        CONTACT.c.audience == "",
        CONTACT.c.consented_at.is_not(None),
    )
    rows = (
        select(CONTACT.c.id).where(theirs).order_by(CONTACT.c.id != request.contact_id, CONTACT.c.id.desc())
    )
    return db.scalar(rows.limit(1))


@dataclass(frozen=True, slots=True)
class Known:
    """What the roster says of a person in a unit."""

    name: str
    phone: str
    title: str
    unit: str


def known(db: Connection, person_id: int, unit_id: int, on: date) -> Known:
    """Name, number and post of a person; the title is empty when the person has no post there on that day."""
    held = and_(ASSIGNMENT.c.person_id == PERSON.c.id, ASSIGNMENT.c.unit_id == unit_id, valid(ASSIGNMENT, on))
    rows = (
        select(PERSON.c.name, PERSON.c.phone, func.coalesce(ASSIGNMENT.c.title, ""), called("short_name", on))
        .select_from(PERSON.join(UNIT, UNIT.c.id == unit_id).outerjoin(ASSIGNMENT, held))
        .where(PERSON.c.id == person_id)
        .order_by(ASSIGNMENT.c.id)
    )
    return Known(*db.execute(rows.limit(1)).one())
