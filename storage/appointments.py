"""Who is given a post and who leaves it, from a day on; a right ends with the day before (promise 9)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, Select, bindparam, func, or_, select, update

from storage import audit
from storage.audit import By
from storage.database import insert, table_of
from storage.models import Assignment, Person, Unit
from storage.units import called, valid

ASSIGNMENT = table_of(Assignment)
PERSON = table_of(Person)
UNIT = table_of(Unit)

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Held:
    """A post and who holds it."""

    id: int
    person_id: int
    name: str
    unit_id: int
    unit_name: str
    role: str
    title: str
    valid_from: date
    valid_to: date | None


_HELD = (
    select(
        ASSIGNMENT.c.id,
        PERSON.c.id.label("person_id"),
        PERSON.c.name,
        UNIT.c.id.label("unit_id"),
        called("name", bindparam("on")).label("unit_name"),
        ASSIGNMENT.c.role,
        ASSIGNMENT.c.title,
        ASSIGNMENT.c.valid_from,
        ASSIGNMENT.c.valid_to,
    )
    .select_from(
        ASSIGNMENT.join(PERSON, PERSON.c.id == ASSIGNMENT.c.person_id).join(
            UNIT, UNIT.c.id == ASSIGNMENT.c.unit_id
        )
    )
    .order_by(ASSIGNMENT.c.id)
)


def held(
    db: Connection, unit_id: int, units: Select[tuple[int]], roles: Collection[str], on: date
) -> list[Held]:
    """Posts of these roles in a unit on a day; none if the unit is not among `units`, which are the caller's."""
    theirs = (ASSIGNMENT.c.unit_id == unit_id, ASSIGNMENT.c.unit_id.in_(units), ASSIGNMENT.c.role.in_(roles))
    return [Held(*row) for row in db.execute(_HELD.where(*theirs, valid(ASSIGNMENT, on)), {"on": on})]


def units_with(db: Connection, role: str, units: Select[tuple[int]], on: date) -> set[int]:
    """Those of `units` in which anybody holds a post of a role on a day."""
    theirs = (ASSIGNMENT.c.role == role, ASSIGNMENT.c.unit_id.in_(units), valid(ASSIGNMENT, on))
    return set(db.scalars(select(ASSIGNMENT.c.unit_id).where(*theirs)))


def find(
    db: Connection, post: int, units: Select[tuple[int]], roles: Collection[str], on: date
) -> Held | None:
    """A post that is held on a day, if it is of these roles and in one of the caller's units."""
    its = (ASSIGNMENT.c.id == post, ASSIGNMENT.c.unit_id.in_(units), ASSIGNMENT.c.role.in_(roles))
    row = db.execute(_HELD.where(*its, valid(ASSIGNMENT, on)), {"on": on}).one_or_none()
    return None if row is None else Held(*row)


def has_left(db: Connection, person_id: int, unit_id: int, on: date) -> bool:
    """Whether a person had a post in a unit once and holds none on a day."""
    had = select(ASSIGNMENT.c.id).where(ASSIGNMENT.c.person_id == person_id, ASSIGNMENT.c.unit_id == unit_id)
    if db.execute(had.limit(1)).first() is None:
        return False
    return db.execute(had.where(valid(ASSIGNMENT, on)).limit(1)).first() is None


def last_unit(db: Connection, person_id: int, on: date) -> int | None:
    """The unit of the post that a person held last, up to a day; None without one."""
    begun = (ASSIGNMENT.c.person_id == person_id, ASSIGNMENT.c.valid_from <= on)
    until = func.coalesce(ASSIGNMENT.c.valid_to, on)
    latest = select(ASSIGNMENT.c.unit_id).where(*begun).order_by(until.desc(), ASSIGNMENT.c.id.desc())
    unit: int | None = db.scalar(latest.limit(1))
    return unit


def upcoming(db: Connection, person_id: int, on: date) -> Held | None:
    """The post of a person that begins next after a day; None without one."""
    theirs = (ASSIGNMENT.c.person_id == person_id, ASSIGNMENT.c.valid_from > on)
    first = _HELD.where(*theirs).order_by(None).order_by(ASSIGNMENT.c.valid_from, ASSIGNMENT.c.id).limit(1)
    row = db.execute(first, {"on": on}).one_or_none()
    return None if row is None else Held(*row)


def successor(db: Connection, post: Held) -> Held | None:
    """Who was already named for a post from the day after its last one on; None if nobody was."""
    if post.valid_to is None:
        return None
    its = (ASSIGNMENT.c.unit_id == post.unit_id, ASSIGNMENT.c.role == post.role, ASSIGNMENT.c.by_code)
    begins = ASSIGNMENT.c.valid_from == post.valid_to + DAY
    runs = or_(ASSIGNMENT.c.valid_to.is_(None), ASSIGNMENT.c.valid_to > post.valid_to)
    row = db.execute(_HELD.where(*its, begins, runs).limit(1), {"on": post.valid_to}).one_or_none()
    return None if row is None else Held(*row)


def joins_by_code_alone(db: Connection, person_id: int) -> bool:
    """Whether the latest post came by a hand-over (SETTLED)."""
    latest = select(ASSIGNMENT.c.by_code).where(ASSIGNMENT.c.person_id == person_id)
    return bool(db.scalar(latest.order_by(ASSIGNMENT.c.id.desc()).limit(1)))


# ── changes ─────────────────────────────────────────────────────────────────────────────────────────


def add_person(db: Connection, name: str, phone: str = "") -> int:
    """A new person, without a post yet; the person's number."""
    row = {"name": name, "full_time": False, "address_form": "dong_chi", "phone": phone}
    return int(db.execute(insert(PERSON, db).returning(PERSON.c.id), row).scalar_one())


def appoint(  # noqa: PLR0913 - the columns of one row
    db: Connection,
    by: By,
    person_id: int,
    unit_id: int,
    role: str,
    *,
    since: date,
    at: datetime,
    title: str = "",
    by_code: bool = False,
    reason: str = "",
) -> int:
    """Give a person a post from a day on; its number."""
    row = {"person_id": person_id, "unit_id": unit_id, "role": role, "title": title, "valid_from": since,
           "by_code": by_code}  # fmt: skip
    post = int(db.execute(insert(ASSIGNMENT, db).returning(ASSIGNMENT.c.id), row).scalar_one())
    new = {"person_id": person_id, "role": role, "valid_from": since.isoformat()}
    audit.record(db, by, "assign", "assignment", post, at=at, unit_id=unit_id, new=new, reason=reason)
    return post


def end(db: Connection, by: By, post: Held, since: date, at: datetime) -> bool:
    """The post is not held any more from a day on; False if that was so before."""
    last = since - DAY
    still = (ASSIGNMENT.c.id == post.id) & or_(ASSIGNMENT.c.valid_to.is_(None), ASSIGNMENT.c.valid_to != last)
    if not db.execute(update(ASSIGNMENT).where(still).values(valid_to=last)).rowcount:
        return False
    old = {"person_id": post.person_id, "role": post.role,
           "valid_to": post.valid_to.isoformat() if post.valid_to else None}  # fmt: skip
    new = {"valid_to": last.isoformat()}
    audit.record(db, by, "end_post", "assignment", post.id, at=at, unit_id=post.unit_id, old=old, new=new)  # fmt: skip
    return True
