"""Union units, who stands above whom, and who holds which role, each as of a day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    FromClause,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
)

from storage.database import table_of
from storage.models import Assignment, OpeningFigure, Person, Unit, UnitName, UnitParent

UNIT = table_of(Unit)
UNIT_NAME = table_of(UnitName)
UNIT_PARENT = table_of(UnitParent)
ASSIGNMENT = table_of(Assignment)
OPENING = table_of(OpeningFigure)
PERSON = table_of(Person)

NEVER = date(9999, 12, 31)
"""`reports_from` of a unit that does not take part yet: "chưa" in the roster."""
REPORTERS = ("bao_cao_vien", "chu_tich_cdcs")
"""Roles that write and submit their own unit's reports (DOMAIN 3)."""


@dataclass(frozen=True, slots=True)
class Post:
    """A role in a unit, held by somebody today."""

    role: str
    unit_id: int
    unit_code: str
    unit_name: str
    short_name: str
    kind: str
    industry_type: str
    reports_from: date | None
    """First day of the first period that the unit owes; None: since it exists."""

    @property
    def reports(self) -> bool:
        """Whether the holder writes this unit's reports."""
        return self.role in REPORTERS

    def owes(self, first: date) -> bool:
        """Whether the unit has begun to report by the first day of a period."""
        return self.reports_from is None or self.reports_from <= first


def valid(table: FromClause, on: object) -> ColumnElement[bool]:
    """Rows of an effective-dated table that hold on a day, both ends included."""
    return and_(table.c.valid_from <= on, or_(table.c.valid_to.is_(None), table.c.valid_to >= on))


def active(first: object) -> ColumnElement[bool]:
    """Units that have begun to report by the first day of a period."""
    return or_(UNIT.c.reports_from.is_(None), UNIT.c.reports_from <= first)


def not_yet(db: Connection) -> set[str]:
    """Codes of units that do not take part yet."""
    return set(db.scalars(select(UNIT.c.code).where(UNIT.c.reports_from == NEVER)))


def code_of(db: Connection, unit_id: int) -> str:
    """The unit's code; empty for the number of none."""
    return db.scalar(select(UNIT.c.code).where(UNIT.c.id == unit_id)) or ""


def called(column: str, on: object, unit: FromClause = UNIT) -> ColumnElement[str]:
    """What a unit's `name` or `short_name` is on a day: as column of a statement that reads the unit anyway."""
    # An alias, so that it stays a look-up of its own in statements that read former names, too.
    names = UNIT_NAME.alias()
    its = and_(names.c.unit_id == unit.c.id, names.c.until >= on)
    former = select(names.c[column]).where(its).order_by(names.c.until).limit(1)
    return func.coalesce(former.scalar_subquery(), unit.c[column])


def day_of(table: FromClause, today: date) -> ColumnElement[date]:
    """The day as of which a dated row is read: today, or its own last or first day if that is past or ahead."""
    return case(
        (table.c.valid_to < today, table.c.valid_to),
        (table.c.valid_from > today, table.c.valid_from),
        else_=literal(today, Date()),
    )


_POSTS = (
    select(
        ASSIGNMENT.c.role,
        UNIT.c.id.label("unit_id"),
        UNIT.c.code.label("unit_code"),
        called("name", bindparam("day")).label("unit_name"),
        called("short_name", bindparam("day")).label("short_name"),
        UNIT.c.kind,
        UNIT.c.industry_type,
        UNIT.c.reports_from,
    )
    .select_from(ASSIGNMENT.join(UNIT, UNIT.c.id == ASSIGNMENT.c.unit_id))
    .where(ASSIGNMENT.c.person_id == bindparam("person"))
    .where(valid(ASSIGNMENT, bindparam("day")), valid(UNIT, bindparam("day")))
    .order_by(ASSIGNMENT.c.id)
)


def posts_of(db: Connection, person_id: int, on: date) -> list[Post]:
    """What a person may act for on a day: the only source of rights (promise 9)."""
    return [Post(*row) for row in db.execute(_POSTS, {"person": person_id, "day": on})]


def superior_of(db: Connection, unit_id: int, on: date) -> int | None:
    """The unit directly above, as of a day."""
    above = select(UNIT_PARENT.c.parent_id).where(UNIT_PARENT.c.unit_id == unit_id, valid(UNIT_PARENT, on))
    return db.scalar(above)


def above(db: Connection, unit_id: int, on: date) -> list[int]:
    """All superiors of a unit as of a day, the nearest first."""
    found: list[int] = []
    at = superior_of(db, unit_id, on)
    while at is not None and at not in found:
        found.append(at)
        at = superior_of(db, at, on)
    return found


def province(db: Connection, on: date) -> int | None:
    """The unit at the top of the tree on a day."""
    top = select(UNIT.c.id).where(UNIT.c.kind == "tinh", valid(UNIT, on)).order_by(UNIT.c.id).limit(1)
    return db.scalar(top)


def any_there(db: Connection) -> bool:
    """Whether the organisation has any unit yet."""
    return db.execute(select(UNIT.c.id).limit(1)).first() is not None


def name_on(db: Connection, unit_id: int, on: date) -> str:
    """The unit's full name as of a day."""
    return db.scalar(select(called("name", on)).where(UNIT.c.id == unit_id)) or ""


def short_names(db: Connection, unit_ids: Collection[int]) -> dict[int, list[tuple[date, str]]]:
    """Unit → (last day, short name) of each name it had or has, the oldest first; `named` finds that of a day."""
    former = select(UNIT_NAME.c.unit_id, UNIT_NAME.c.until, UNIT_NAME.c.short_name)
    latest = select(UNIT.c.id, literal(NEVER, Date()), UNIT.c.short_name)
    found: dict[int, list[tuple[date, str]]] = {}
    for unit_id, until, name in [
        *db.execute(former.where(UNIT_NAME.c.unit_id.in_(unit_ids)).order_by(UNIT_NAME.c.until)),
        *db.execute(latest.where(UNIT.c.id.in_(unit_ids))),
    ]:
        found.setdefault(unit_id, []).append((until, name))
    return found


def named(names: Sequence[tuple[date, str]], on: date) -> str:
    """Which of a unit's names holds on a day; empty if there is none."""
    return next((name for until, name in names if until >= on), "")


def chain(db: Connection, unit_id: int, on: date) -> list[tuple[int, str]]:
    """(id, full name) of a unit's superiors as of a day, the nearest first: what a report of then belongs to."""
    return [(superior, name_on(db, superior, on)) for superior in above(db, unit_id, on)]


def person_name(db: Connection, person_id: int) -> str:
    """A person's full name."""
    return db.scalar(select(PERSON.c.name).where(PERSON.c.id == person_id)) or ""


def opening_figures(db: Connection, unit_id: int) -> dict[str, float]:
    """Stocks known from the roster before the first report."""
    return dict(
        db.execute(select(OPENING.c.question, OPENING.c.number).where(OPENING.c.unit_id == unit_id)).all()
    )
