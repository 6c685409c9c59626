"""What the database holds of the organisation, for comparing a roster with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from storage import joining
from storage.contacts import PERSON
from storage.ranges import PARENT, SUCCESSION
from storage.submissions import SUBMISSION
from storage.units import ASSIGNMENT, OPENING, UNIT


@dataclass(frozen=True, slots=True)
class HeldUnit:
    """A unit as it stands; `parent` is the code of its last superior, `formers` those of the ones before."""

    id: int
    code: str
    name: str
    short_name: str
    kind: str
    industry_type: str
    valid_from: date
    valid_to: date | None
    reports_from: date | None
    due_day: int | None
    parent: str = ""
    formers: frozenset[str] = frozenset()
    figures: Mapping[str, float] = field(default_factory=dict)
    has_reported: bool = False
    """Whether a report of a month was ever handed in."""


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A role that somebody holds, held or will hold."""

    id: int
    person_id: int
    unit: str
    role: str
    title: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class HeldPerson:
    """Somebody who was not erased."""

    id: int
    name: str
    full_time: bool
    phone: str

    @property
    def numbers(self) -> frozenset[str]:
        """The telephone numbers, each as +84912345678."""
        return joining.numbers(self.phone)


@dataclass(frozen=True, slots=True)
class Standing:
    """All of it: units by code, people by id, posts in the order in which they were written, acts on the tree."""

    units: Mapping[str, HeldUnit]
    people: Mapping[int, HeldPerson]
    posts: tuple[HeldPost, ...]
    acts: frozenset[tuple[str, str, str, date]]
    """(kind, old code, new code or empty, day)."""


def standing(db: Connection) -> Standing:
    """What is there now."""
    codes = {row.id: row.code for row in db.execute(select(UNIT.c.id, UNIT.c.code))}
    figures: dict[int, dict[str, float]] = defaultdict(dict)
    for row in db.execute(select(OPENING)):
        figures[row.unit_id][row.question] = row.number
    parents = _parents(db, codes)
    handed_in = (SUBMISSION.c.version > 0) & SUBMISSION.c.period_id.is_not(None)
    reported = set(db.scalars(select(SUBMISSION.c.unit_id).where(handed_in).distinct()))
    wanted = [UNIT.c[name] for name in HeldUnit.__slots__[:10]]
    units = [
        HeldUnit(
            **row,
            **parents.get(row["id"], {}),
            figures=figures.get(row["id"], {}),
            has_reported=row["id"] in reported,
        )
        for row in db.execute(select(*wanted).order_by(UNIT.c.id)).mappings()
    ]
    return Standing({unit.code: unit for unit in units}, _people(db), _posts(db, codes), _acts(db, codes))


def _parents(db: Connection, codes: Mapping[int, str]) -> dict[int, dict[str, Any]]:
    """The last superior of each unit, and all before."""
    chains: dict[int, list[str]] = defaultdict(list)
    for row in db.execute(select(PARENT.c.unit_id, PARENT.c.parent_id).order_by(PARENT.c.valid_from)):
        chains[row.unit_id].append(codes[row.parent_id])
    return {
        unit_id: {"parent": chain[-1], "formers": frozenset(chain[:-1])} for unit_id, chain in chains.items()
    }


def _people(db: Connection) -> dict[int, HeldPerson]:
    wanted = select(PERSON.c.id, PERSON.c.name, PERSON.c.full_time, PERSON.c.phone)
    rows = db.execute(wanted.where(PERSON.c.erased_at.is_(None)).order_by(PERSON.c.id))
    return {row.id: HeldPerson(*row) for row in rows}


def _posts(db: Connection, codes: Mapping[int, str]) -> tuple[HeldPost, ...]:
    rows: Iterable[Any] = db.execute(select(ASSIGNMENT).order_by(ASSIGNMENT.c.valid_from, ASSIGNMENT.c.id))
    return tuple(
        HeldPost(r.id, r.person_id, codes[r.unit_id], r.role, r.title, r.valid_from, r.valid_to) for r in rows
    )


def _acts(db: Connection, codes: Mapping[int, str]) -> frozenset[tuple[str, str, str, date]]:
    rows = db.execute(select(SUCCESSION))
    return frozenset((r.kind, codes[r.old_id], codes.get(r.new_id, ""), r.on) for r in rows)
