"""Acts on the tree of units: each holds from a day on, by a document, and never rewrites the days before (DOMAIN 2).

An act with a later day that is already written down stays: what is recorded for an earlier day holds until then.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, or_, select

from storage import ranges, reminders
from storage.acts import Changed, Done, Log, NewUnit, TreeError, record
from storage.database import table_of
from storage.models import UnitName
from storage.ranges import DAY, SUCCESSION, UNIT
from storage.units import valid

__all__ = ["Changed", "Done", "NewUnit", "TreeError", "add", "dissolve", "merge", "move", "record", "rename",
           "split", "transfer"]  # fmt: skip

NAME = table_of(UnitName)
TOP = "tinh"
DAYS_OF_MONTH = range(1, 32)
_MAKE = UNIT.insert().returning(UNIT.c.id)
_HOLDER = select(UNIT.c.short_name).where(UNIT.c.code == bindparam("code"))


def add(db: Connection, new: NewUnit, on: date, reason: str = "") -> Done:
    """A new unit from a day on; raises TreeError."""
    log = Log("add")
    _make(db, log, new, on, reason)
    return log.done()


def move(db: Connection, unit_id: int, parent_id: int, on: date, reason: str = "") -> Done:
    """Another superior from a day on; raises TreeError, also if a circle would come of it on any day from then."""
    log = Log("move")
    ranges.hang(db, log, unit_id, parent_id, on, reason)
    return log.done()


def transfer(db: Connection, unit_id: int, parent_id: int, on: date, reason: str = "") -> Done:
    """A move that is written down as a succession, too; raises TreeError."""
    log = Log("transfer")
    if ranges.hang(db, log, unit_id, parent_id, on, reason):
        ranges.succeed(db, log, unit_id, unit_id, "transfer", on, reason)
    return log.done()


def rename(db: Connection, unit_id: int, name: str, short_name: str, on: date, reason: str = "") -> Done:  # noqa: PLR0913
    """Another name from a day on, until the next one that is recorded; raises TreeError.

    Until its first day the unit had no other name: a rename then corrects it.  One that lies ahead is stored at
    once; `units.name_on` still gives the old name until its day.
    """
    log = Log("rename")
    row = ranges.living(db, unit_id, on)
    if not (name.strip() and short_name.strip()):
        raise TreeError("nameless", unit=row.code)
    new = {"name": name.strip(), "short_name": short_name.strip()}
    formers = list(db.execute(select(NAME).where(NAME.c.unit_id == unit_id).order_by(NAME.c.until)))
    held = next((former for former in formers if former.until >= on), None)
    old = {"name": (held or row).name, "short_name": (held or row).short_name}
    if old == new:
        return log.done()
    since = max((former.until + DAY for former in formers if former.until < on), default=row.valid_from)
    if on > since:
        db.execute(NAME.insert(), {"unit_id": unit_id, "until": on - DAY, **old})
    if held is None:
        db.execute(UNIT.update().where(UNIT.c.id == unit_id).values(**new))
    else:
        its = (NAME.c.unit_id == unit_id) & (NAME.c.until == held.until)
        db.execute(NAME.update().where(its).values(**new))
    log.note("unit", unit_id, unit_id, old, {**new, "on": on})
    ranges.succeed(db, log, unit_id, unit_id, "rename", on, reason)
    return log.done()


def merge(db: Connection, unit_ids: Sequence[int], into: int | NewUnit, on: date, reason: str = "") -> Done:
    """Several units become one, an existing or a new one, which takes over what stood below them; raises TreeError."""
    log = Log("merge")
    with db.begin_nested():
        heir = into if isinstance(into, int) else _make(db, log, into, on, reason)
        successor = ranges.lasting(db, heir, on)
        olds = [unit_id for unit_id in dict.fromkeys(unit_ids) if unit_id != heir]
        if not olds:
            raise TreeError("itself", unit=successor.short_name)
        for unit_id in olds:
            _close(db, log, unit_id, on, reason, below_to=heir)
            ranges.succeed(db, log, unit_id, heir, "merge", on, reason)
    return log.done()


def split(  # noqa: PLR0913 - one act, all its circumstances
    db: Connection,
    unit_id: int,
    into: Sequence[int | NewUnit],
    on: date,
    reason: str = "",
    *,
    lives_on: bool,
    below_to: int | None = None,
) -> Done:
    """One unit becomes several; if it does not live on, what stood below it goes to `below_to`; raises TreeError."""
    log = Log("split")
    old = ranges.lasting(db, unit_id, on)
    with db.begin_nested():
        for part in into:
            heir = part if isinstance(part, int) else _make(db, log, part, on, reason)
            if heir == unit_id:
                raise TreeError("itself", unit=old.short_name)
            ranges.lasting(db, heir, on)
            ranges.succeed(db, log, unit_id, heir, "split", on, reason)
        if not lives_on:
            _close(db, log, unit_id, on, reason, below_to=below_to)
    return log.done()


def dissolve(
    db: Connection, unit_id: int, on: date, reason: str = "", *, below_to: int | None = None
) -> Done:
    """A unit ends without a successor, what stood below it goes to `below_to`; raises TreeError."""
    log = Log("dissolve")
    with db.begin_nested():
        _close(db, log, unit_id, on, reason, below_to=below_to)
        ranges.succeed(db, log, unit_id, None, "dissolve", on, reason)
    return log.done()


# ── below the acts ──────────────────────────────────────────────────────────────────────────────────


def _make(db: Connection, log: Log, new: NewUnit, on: date, reason: str) -> int:
    _check_code(db, new.code)
    if not (new.name.strip() and new.short_name.strip()):
        raise TreeError("nameless", unit=new.code)
    _check_due_day(new.short_name, new.due_day)
    if (new.parent_id is None) != (new.kind == TOP):
        raise TreeError("top", unit=new.short_name)
    if new.parent_id is None:
        _check_only_top(db, on)
    else:
        ranges.lasting(db, new.parent_id, on)
    values = {
        "code": new.code, "name": new.name, "short_name": new.short_name, "kind": new.kind,
        "industry_type": new.industry_type, "valid_from": on, "valid_to": None,
        "reports_from": new.reports_from, "due_day": new.due_day,
    }  # fmt: skip
    unit_id = int(db.execute(_MAKE, values).scalar_one())
    log.made.append(unit_id)
    log.note("unit", unit_id, unit_id, {}, values)
    if new.parent_id is not None:
        ranges.attach(db, log, unit_id, new.parent_id, on, None, reason)
    return unit_id


def _check_code(db: Connection, code: str) -> None:
    if not code.strip():
        raise TreeError("codeless")
    if holder := db.scalar(_HOLDER, {"code": code}):
        raise TreeError("code_taken", code=code, unit=holder)


def _check_due_day(name: str, day: int | None) -> None:
    if day is not None and day not in DAYS_OF_MONTH:
        raise TreeError("due_day", unit=name, day=day)


def _check_only_top(db: Connection, on: date) -> None:
    top = select(UNIT.c.short_name).where(UNIT.c.kind == TOP, or_(valid(UNIT, on), UNIT.c.valid_from > on))
    if there := db.scalar(top.limit(1)):
        raise TreeError("second_top", unit=there)


def _close(  # noqa: PLR0913 - one act, all its circumstances
    db: Connection, log: Log, unit_id: int, on: date, reason: str, *, below_to: int | None
) -> None:
    """End a unit with all that hangs on it; its drafts stay, and nobody is reminded of them any more."""
    row = ranges.lasting(db, unit_id, on)
    if row.kind == TOP:
        raise TreeError("top", unit=row.short_name)
    if row.valid_from >= on:
        raise TreeError("too_early", unit=row.short_name, on=row.valid_from)
    if below_to == unit_id:
        raise TreeError("itself", unit=row.short_name)
    _check_nothing_later(db, row, on)
    ranges.hand_over(db, log, row, below_to, on, reason)
    ranges.end(db, log, row, on)
    reminders.withdraw_unit(db, unit_id, on, "ended")


def _check_nothing_later(db: Connection, row: Row[Any], on: date) -> None:
    """What came of a unit, or went up in it, after a day does not fit an end before that day."""
    its = or_(SUCCESSION.c.old_id == row.id, SUCCESSION.c.new_id == row.id)
    heirs = SUCCESSION.c.kind.in_(("merge", "split"))
    later = select(SUCCESSION.c.on).where(its, heirs, SUCCESSION.c.on > on).order_by(SUCCESSION.c.on).limit(1)
    if (day := db.scalar(later)) is not None:
        raise TreeError("later_act", unit=row.short_name, on=day)
