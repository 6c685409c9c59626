"""Changes to the organisation that a roster asks for: written together, in bulk where many are alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, insert, select, update

from storage import acts, audit, tree
from storage.acts import Changed, Done, TreeError
from storage.audit import By
from storage.contacts import PERSON
from storage.database import upsert
from storage.ranges import PARENT
from storage.units import ASSIGNMENT, OPENING, UNIT

ORDER = (
    "add_unit", "amend_unit", "rename", "move", "figure", "merge", "split", "divide", "dissolve",
    "add_person", "amend_person", "add_post", "amend_post",
)  # fmt: skip
"""Names of changes, in the order in which they are written."""
TREE_ACTS = ("rename", "move", "merge", "split", "divide", "dissolve")
LOT = 500
"""Rows of one statement."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that becomes different: which row of which sheet asks for it, of which unit or person, old and new."""

    act: str
    sheet: str
    row: int
    unit: str = ""
    """Its code."""
    person: str = ""
    """`#` and the id of somebody who is there, or the name of the new one within this import."""
    id: int = 0
    """The row that changes, where there is one already."""
    old: Mapping[str, Any] = field(default_factory=dict)
    new: Mapping[str, Any] = field(default_factory=dict)
    on: date | None = None
    reason: str = ""


class Conflict(Exception):
    """A change that the tree of units does not allow; who sent the roster has to mend it."""

    def __init__(self, change: Change, error: TreeError) -> None:
        super().__init__(error.reason)
        self.change, self.error = change, error


@dataclass(slots=True)
class _Writing:
    """One import on its way into the database."""

    db: Connection
    by: By
    at: datetime
    units: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    idle: list[Change] = field(default_factory=list)

    def note(self, changed: Iterable[Changed], reason: str = "") -> None:
        """The one place at which the audit hears of an import."""
        acts.record(self.db, self.by, Done(tuple(changed)), at=self.at, reason=reason)


def apply(
    db: Connection, changes: Sequence[Change], by: By, at: datetime, advance: Callable[[int, int], None]
) -> list[Change]:
    """Write all of it within the caller's transaction; which of it was so already.

    Raises Conflict, and the caller rolls back.
    """
    writing = _Writing(db, by, at, {row.code: row.id for row in db.execute(select(UNIT.c.id, UNIT.c.code))})
    ordered = sorted(changes, key=lambda change: ORDER.index(change.act))
    done = 0
    for act, alike in groupby(ordered, key=lambda change: change.act):
        several = list(alike)
        size = len(several) if act == "add_unit" else LOT  # a new unit may stand below any other new one
        for start in range(0, len(several), size):
            lot = several[start : start + size]
            _WRITERS[act](writing, lot)
            done += len(lot)
            advance(done, len(ordered))
    return writing.idle


# ── units ───────────────────────────────────────────────────────────────────────────────────────────


def _add_units(writing: _Writing, changes: Sequence[Change]) -> None:
    columns = ("name", "short_name", "kind", "industry_type", "reports_from", "due_day")
    rows = [
        {"code": c.unit, "valid_from": c.on, "valid_to": None} | {name: c.new[name] for name in columns}
        for c in changes
    ]
    writing.units |= zip((c.unit for c in changes), _inserted(writing.db, UNIT, rows), strict=True)
    links = [
        {
            "unit_id": writing.units[c.unit],
            "parent_id": writing.units[c.new["parent"]],
            "valid_from": c.on,
            "valid_to": None,
            "reason": c.reason,
        }
        for c in changes
        if c.new["parent"]
    ]
    if links:
        writing.db.execute(PARENT.insert(), links)
    writing.note(
        Changed("add", "unit", writing.units[c.unit], writing.units[c.unit], {}, _plain({**row, **c.new}))
        for c, row in zip(changes, rows, strict=True)
    )


def _amend_units(writing: _Writing, changes: Sequence[Change]) -> None:
    for c in changes:
        writing.db.execute(update(UNIT).where(UNIT.c.id == writing.units[c.unit]).values(**c.new))
    writing.note(
        Changed("change", "unit", writing.units[c.unit], writing.units[c.unit], _plain(c.old), _plain(c.new))
        for c in changes
    )


def _figures(writing: _Writing, changes: Sequence[Change]) -> None:
    rows = [
        {"unit_id": writing.units[c.unit], "question": question, "number": float(number)}
        for c in changes
        for question, number in c.new.items()
    ]
    writing.db.execute(upsert(OPENING, writing.db), rows)
    writing.note(
        Changed("change", "opening_figure", None, writing.units[c.unit], _plain(c.old), _plain(c.new))
        for c in changes
    )


def _acts(writing: _Writing, changes: Sequence[Change]) -> None:
    """What happens to the tree, one after another."""
    noted: dict[str, list[Changed]] = defaultdict(list)
    for c in changes:
        try:
            done = _act(writing, c)
        except TreeError as error:
            raise Conflict(c, error) from error
        if not done.changes:  # so recorded before, until the next change that is recorded
            writing.idle.append(c)
        noted[c.reason] += done.changes
    for reason, changed in noted.items():
        writing.note(changed, reason)


def _act(writing: _Writing, c: Change) -> Done:
    db, unit_id, on = writing.db, writing.units[c.unit], c.on
    assert on is not None  # noqa: S101 - no act is planned without its day
    new = [writing.units[code] for code in c.new.get("units", ())]
    if c.act == "rename":
        return tree.rename(db, unit_id, c.new["name"], c.new["short_name"], on, c.reason)
    if c.act == "move":
        return tree.move(db, unit_id, writing.units[c.new["parent"]], on, c.reason)
    if c.act == "merge":
        return tree.merge(db, [unit_id], new[0], on, c.reason)
    if c.act == "dissolve":
        return tree.dissolve(db, unit_id, on, c.reason, below_to=new[0] if new else None)
    return tree.split(db, unit_id, new, on, c.reason, lives_on=c.act == "split")


# ── people ──────────────────────────────────────────────────────────────────────────────────────────


def _add_people(writing: _Writing, changes: Sequence[Change]) -> None:
    rows = [{"address_form": "dong_chi"} | dict(c.new) for c in changes]
    ids = _inserted(writing.db, PERSON, rows)
    writing.people |= zip((c.person for c in changes), ids, strict=True)
    writing.note(
        Changed("add", "person", row, None, {}, _unnamed(c.new)) for c, row in zip(changes, ids, strict=True)
    )


def _amend_people(writing: _Writing, changes: Sequence[Change]) -> None:
    for c in changes:
        writing.db.execute(update(PERSON).where(PERSON.c.id == c.id).values(**c.new))
    writing.note(Changed("change", "person", c.id, None, {}, _unnamed(c.new)) for c in changes)


def _add_posts(writing: _Writing, changes: Sequence[Change]) -> None:
    rows = [
        {
            "person_id": _person(writing, c.person),
            "unit_id": writing.units[c.unit],
            "role": c.new["role"],
            "title": c.new["title"],
            "valid_from": c.on,
            "valid_to": c.new["to"],
        }
        for c in changes
    ]
    ids = _inserted(writing.db, ASSIGNMENT, rows)
    writing.note(
        Changed("assign", "assignment", post, row["unit_id"], {}, _plain(row))
        for post, row in zip(ids, rows, strict=True)
    )


def _amend_posts(writing: _Writing, changes: Sequence[Change]) -> None:
    for c in changes:
        writing.db.execute(update(ASSIGNMENT).where(ASSIGNMENT.c.id == c.id).values(**c.new))
    writing.note(
        Changed(
            "end_post" if c.new.get("valid_to") else "change",
            "assignment",
            c.id,
            writing.units[c.unit],
            _plain(c.old),
            _plain(c.new),
        )
        for c in changes
    )


def _person(writing: _Writing, key: str) -> int:
    return int(key.removeprefix("#")) if key.startswith("#") else writing.people[key]


def _inserted(db: Connection, table: Any, rows: Sequence[Mapping[str, Any]]) -> list[int]:  # noqa: ANN401 - a table
    """Ids of many new rows, in their order."""
    statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return list(db.execute(statement, rows).scalars())


def _unnamed(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the audit keeps of a person: it outlives the wish to be erased, so no name and no number."""
    return {name: value if name == "full_time" else audit.WRITTEN for name, value in values.items()}


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: v.isoformat() if isinstance(v, date) else v for name, v in values.items()}


_WRITERS: Mapping[str, Callable[[_Writing, Sequence[Change]], None]] = {
    "add_unit": _add_units,
    "amend_unit": _amend_units,
    "figure": _figures,
    "add_person": _add_people,
    "amend_person": _amend_people,
    "add_post": _add_posts,
    "amend_post": _amend_posts,
    **dict.fromkeys(TREE_ACTS, _acts),
}
