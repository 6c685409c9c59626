"""The dated rows below the tree's acts: whose superior is who from when to when; no gap, no overlap, no circle."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, or_, select

from storage.acts import Log, TreeError
from storage.database import table_of
from storage.models import Assignment, Unit, UnitParent, UnitSuccession

UNIT = table_of(Unit)
PARENT = table_of(UnitParent)
SUCCESSION = table_of(UnitSuccession)
ASSIGNMENT = table_of(Assignment)

DAY = timedelta(days=1)

_UNIT = select(UNIT).where(UNIT.c.id == bindparam("unit"))
_RANGES = select(PARENT).where(PARENT.c.unit_id == bindparam("unit")).order_by(PARENT.c.valid_from)
_ATTACH = PARENT.insert().returning(PARENT.c.id)
_BELOW = (
    select(PARENT)
    .where(PARENT.c.parent_id == bindparam("unit"))
    .where(or_(PARENT.c.valid_to.is_(None), PARENT.c.valid_to >= bindparam("day")))
    .order_by(PARENT.c.unit_id, PARENT.c.valid_from)
)


def unit(db: Connection, unit_id: int) -> Row[Any]:
    """The row of a unit; raises TreeError if there is none."""
    row = db.execute(_UNIT, {"unit": unit_id}).one_or_none()
    if row is None:
        raise TreeError("unknown", unit=unit_id)
    return row


def living(db: Connection, unit_id: int, on: date) -> Row[Any]:
    """The row of a unit that lives on a day; raises TreeError."""
    row = unit(db, unit_id)
    if row.valid_from > on:
        raise TreeError("not_yet", unit=row.short_name, on=row.valid_from)
    if row.valid_to is not None and row.valid_to < on:
        raise TreeError("ended", unit=row.short_name, on=row.valid_to)
    return row


def lasting(db: Connection, unit_id: int, on: date) -> Row[Any]:
    """The row of a unit that lives from a day on, without a planned end; raises TreeError."""
    row = living(db, unit_id, on)
    if row.valid_to is not None:
        raise TreeError("ends", unit=row.short_name, on=row.valid_to)
    return row


def hang(  # noqa: PLR0913 - one act, all its circumstances
    db: Connection, log: Log, unit_id: int, parent_id: int, on: date, reason: str
) -> bool:
    """Put a unit below another from a day until its next recorded change; False if it hangs there already."""
    row = living(db, unit_id, on)
    held = _covering(db, unit_id, on)
    if held is None:
        raise TreeError("top", unit=row.short_name)
    if held.parent_id == parent_id:
        return False
    check_parent(db, row, parent_id, on, held.valid_to)
    if held.valid_from == on:
        _change(db, log, held, {"parent_id": parent_id, "reason": reason})
    else:
        _change(db, log, held, {"valid_to": on - DAY})
        attach(db, log, unit_id, parent_id, on, held.valid_to, reason)
    return True


def attach(  # noqa: PLR0913 - the columns of one row
    db: Connection, log: Log, unit_id: int, parent_id: int, on: date, until: date | None, reason: str
) -> None:
    """Write a range."""
    new = {"unit_id": unit_id, "parent_id": parent_id, "valid_from": on, "valid_to": until, "reason": reason}
    row = db.execute(_ATTACH, new).scalar_one()
    log.note("unit_parent", row, unit_id, {}, new)


def check_parent(db: Connection, child: Row[Any], parent_id: int, on: date, until: date | None) -> None:
    """Raise TreeError unless the parent lives from `on` to `until` (None: no end) and never stands below the child."""
    parent = living(db, parent_id, on)
    if parent.valid_to is not None and (until is None or parent.valid_to < until):
        raise TreeError("ends", unit=parent.short_name, on=parent.valid_to)
    if _stands_above(db, child.id, parent_id, on, until):
        raise TreeError("circle", unit=child.short_name, parent=parent.short_name)


def _stands_above(db: Connection, unit_id: int, below_id: int, on: date, until: date | None) -> bool:
    """Whether one is the other, or above it on any day of a range: the climb goes on for the days it has in common."""
    climb = [(below_id, on, until)]
    while climb:
        at, start, end = climb.pop()
        if at == unit_id:
            return True
        for held in _ranges(db, at):
            first, last = max(start, held.valid_from), _earlier(end, held.valid_to)
            if last is None or first <= last:
                climb.append((held.parent_id, first, last))
    return False


def _earlier(one: date | None, other: date | None) -> date | None:
    """The earlier of two ends; None is no end."""
    return min((end for end in (one, other) if end is not None), default=None)


def end(db: Connection, log: Log, row: Row[Any], on: date) -> None:
    """The unit's last day is the one before `on`: range and assignments end, what was to begin later falls away."""
    last = {"valid_to": on - DAY}
    db.execute(UNIT.update().where(UNIT.c.id == row.id).values(last))
    log.note("unit", row.id, row.id, {"valid_to": row.valid_to}, last)
    for table in (PARENT, ASSIGNMENT):
        alive = or_(table.c.valid_to.is_(None), table.c.valid_to >= on)
        for held in db.execute(select(table).where(table.c.unit_id == row.id, alive)).mappings().all():
            mine = table.c.id == held["id"]
            if held["valid_from"] >= on:
                db.execute(table.delete().where(mine))
                log.note(table.name, held["id"], row.id, dict(held), {})
            else:
                db.execute(table.update().where(mine).values(last))
                log.note(table.name, held["id"], row.id, {"valid_to": held["valid_to"]}, last)


def hand_over(  # noqa: PLR0913 - one act, all its circumstances
    db: Connection, log: Log, row: Row[Any], to: int | None, on: date, reason: str
) -> None:
    """Units that stand below from `on`, or were to come, go to another superior; raises TreeError without one."""
    for held in db.execute(_BELOW, {"unit": row.id, "day": on}).all():
        if to is None:
            raise TreeError("has_below", unit=row.short_name, below=unit(db, held.unit_id).short_name)
        hang(db, log, held.unit_id, to, max(on, held.valid_from), reason)


def succeed(  # noqa: PLR0913 - the columns of one row
    db: Connection, log: Log, old_id: int, new_id: int | None, kind: str, on: date, reason: str
) -> None:
    """Write down what became of a unit."""
    new = {"old_id": old_id, "new_id": new_id, "kind": kind, "on": on, "reason": reason}
    row = db.execute(SUCCESSION.insert().returning(SUCCESSION.c.id), new).scalar_one()
    log.note("unit_succession", row, old_id, {}, new)


def _covering(db: Connection, unit_id: int, on: date) -> Row[Any] | None:
    ranges = _ranges(db, unit_id)
    return next((h for h in ranges if h.valid_from <= on and (h.valid_to is None or h.valid_to >= on)), None)


def _ranges(db: Connection, unit_id: int) -> list[Row[Any]]:
    return list(db.execute(_RANGES, {"unit": unit_id}))


def _change(db: Connection, log: Log, held: Row[Any], new: Mapping[str, Any]) -> None:
    db.execute(PARENT.update().where(PARENT.c.id == held.id).values(**new))
    old = {name: getattr(held, name) for name in new}
    log.note("unit_parent", held.id, held.unit_id, old, dict(new))
