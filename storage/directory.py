"""Units by name or code, within those that somebody may act for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Select, select

from storage import coverage
from storage.coverage import UNIT
from storage.units import called, valid


@dataclass(frozen=True, slots=True)
class Named:
    """A unit as it is called."""

    id: int
    code: str
    name: str
    short_name: str
    kind: str


def of(db: Connection, units: Select[tuple[int]], on: date) -> list[Named]:
    """All units among `units` that exist on a day, in the roster's order."""
    rows = select(UNIT.c.id, UNIT.c.code, called("name", on), called("short_name", on), UNIT.c.kind).where(
        UNIT.c.id.in_(units), valid(UNIT, on)
    )
    return [Named(*row) for row in db.execute(rows.order_by(UNIT.c.id))]


def under(units: Select[tuple[int]], top: int, on: date) -> Select[tuple[int]]:
    """Those of `units` that are a unit or stand below it on a day; 0 stands for all of them."""
    if not top:
        return units
    tree = coverage.below(top, on, name="under")
    return select(UNIT.c.id).where(UNIT.c.id.in_(units), UNIT.c.id.in_(select(tree.c.id)))
