"""Rows of units against what the database holds: what an import would change, and what it cannot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from handlers import roster_texts as texts
from handlers.engine.spelling import date as day
from handlers.roster_cells import CLEARED
from handlers.roster_layout import FIGURE, UNITS, Row
from handlers.roster_plan import Plan
from storage.roster import HeldUnit

TOP = "tinh"
CELLS = ("cdcs", "nghiep_doan")
"""Kinds of units below which nothing stands."""
NEEDED = ("name", "kind", "parent")
PLAIN = ("short_name", "kind", "industry_type", "reports_from", "due_day")
"""What is put right without a date."""


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit that is only in the file."""

    code: str
    kind: str
    parent: str
    valid_from: date | None
    """None: with its superior, or from the first of the month."""
    row: int
    """Where it stands in the file."""


def compare(plan: Plan, rows: list[Row]) -> None:
    """Plan what the rows of units change."""
    known = _by_code(plan, rows)
    plan.new = {code: _new(row) for code, row in known.items() if code not in plan.standing.units}
    plan.parents = {code: row.get("parent") for code, row in known.items() if row.get("parent")}
    _check_circles(plan, known)
    _check_top(plan, known)
    for code, row in known.items():
        held = plan.standing.units.get(code)
        if held is None:
            _add(plan, row, plan.new[code])
        elif held.valid_to is not None and held.valid_to < plan.today:
            _leave_alone(plan, row, held)
        else:
            _change(plan, row, held)


def _by_code(plan: Plan, rows: list[Row]) -> dict[str, Row]:
    known: dict[str, Row] = {}
    for row in rows:
        code = row.get("code")
        if code is None:
            if "code" not in row.bad:
                plan.missing(row, "code")
        elif code in known:
            plan.wrong(row, "code", texts.TWICE.format(code=code, row=known[code].number))
        else:
            known[code] = row
    return known


def _new(row: Row) -> NewUnit:
    return NewUnit(
        row.get("code"), row.get("kind") or "", row.get("parent") or "", row.get("valid_from"), row.number
    )


# ── the whole tree ──────────────────────────────────────────────────────────────────────────────────


def _check_circles(plan: Plan, known: Mapping[str, Row]) -> None:
    """Superiors as they will be: who climbs must come to the top."""
    above = {code: unit.parent for code, unit in plan.standing.units.items() if unit.valid_to is None}
    above |= {
        code: row.get("parent") for code, row in known.items() if row.get("parent") and plan.kind(code) != TOP
    }
    safe: set[str] = set()
    for code in known:
        way: dict[str, None] = {}
        at = code
        while at and at not in safe and at not in way:
            way[at] = None
            at = above.get(at, "")
        if at and at in way and at not in safe:
            circle = list(way)[list(way).index(at) :]
            row = next(known[one] for one in circle if one in known)
            plan.wrong(row, "parent", texts.CIRCLE.format(way=" → ".join([*circle[:6], circle[0]])))
        safe |= way.keys()


def _check_top(plan: Plan, known: Mapping[str, Row]) -> None:
    """One unit has nobody above it."""
    held = [u.code for u in plan.standing.units.values() if u.kind == TOP and u.valid_to is None]
    for unit in plan.new.values():
        if unit.kind == TOP:
            if held:
                words = texts.SECOND_TOP.format(code=held[0])
                plan.wrong(known[unit.code], "kind", words)
            held.append(unit.code)


def _starts(plan: Plan, code: str, seen: frozenset[str] = frozenset()) -> date:
    """The first day of a unit, held or new; without one it begins with its superior or this month."""
    if held := plan.standing.units.get(code):
        return held.valid_from
    new = plan.new.get(code)
    month = plan.today.replace(day=1)
    if new is None or code in seen:
        return month
    if new.valid_from:
        return new.valid_from
    return max(month, _starts(plan, new.parent, seen | {code})) if new.parent else month


# ── one row ─────────────────────────────────────────────────────────────────────────────────────────


def _add(plan: Plan, row: Row, new: NewUnit) -> None:
    for key in NEEDED:
        if not row.says(key) and not (key == "parent" and new.kind in (TOP, "")):
            words = texts.NEW_NEEDS.format(code=new.code, column=plan.header(UNITS, key))
            plan.wrong(row, key, words)
    if new.kind == TOP and new.parent:
        plan.wrong(row, "parent", texts.TOP_HAS_PARENT)
    starts = plan.starts[new.code] = _starts(plan, new.code)
    if new.parent and new.kind != TOP:
        _check_parent(plan, row, new.parent, starts, "valid_from")
    values = {
        "name": row.get("name"),
        "short_name": row.get("short_name") or row.get("name"),
        "kind": new.kind,
        "industry_type": row.get("industry_type") or "",
        "parent": new.parent,
        "reports_from": row.get("reports_from"),
        "due_day": None if row.get("due_day") == CLEARED else row.get("due_day"),
    }
    plan.will("add_unit", row, unit=new.code, new=values, on=starts, reason=row.get("reason") or "")
    for question, number in _figures(row):
        plan.will("figure", row, unit=new.code, new={question: number})


def _check_parent(plan: Plan, row: Row, parent: str, on: date, column: str) -> None:
    """The superior must be there on the day that stands in a column."""
    held = plan.standing.units.get(parent)
    if plan.kind(parent) is None:
        plan.wrong(row, "parent", texts.NO_PARENT.format(code=parent))
    elif held and held.valid_to is not None and held.valid_to < max(on, plan.today):
        plan.wrong(row, "parent", texts.PARENT_ENDED.format(code=parent, on=day(held.valid_to)))
    elif plan.kind(parent) in CELLS:
        plan.wrong(row, "parent", texts.PARENT_IS_CELL.format(code=parent))
    elif (starts := _starts(plan, parent)) > on:
        plan.wrong(row, "parent", _later(plan, parent, starts, on, column))


def _later(plan: Plan, parent: str, starts: date, on: date, column: str) -> str:
    """A later day here, or, for a superior that comes with the same file, an earlier one there."""
    earlier = ""
    if new := plan.new.get(parent):
        header = plan.header(UNITS, "valid_from")
        earlier = texts.PARENT_EARLIER.format(column=header, code=parent, row=new.row, on=day(on))
    header = plan.header(UNITS, column)
    return texts.PARENT_LATER.format(code=parent, on=day(starts), column=header, earlier=earlier)


def _leave_alone(plan: Plan, row: Row, held: HeldUnit) -> None:
    """A unit that has ended may stand in a file that is sent again, as it was."""
    if row.get("name") in (None, held.name) and row.get("parent") in (None, held.parent, *held.formers):
        return
    plan.wrong(row, "code", texts.ENDED.format(code=held.code, on=day(held.valid_to or held.valid_from)))


def _change(plan: Plan, row: Row, held: HeldUnit) -> None:
    if row.get("valid_from") not in (None, held.valid_from):
        words = texts.OTHER_START.format(code=held.code, on=day(held.valid_from))
        plan.wrong(row, "valid_from", words)
    name = row.get("name")
    if renamed := name is not None and name != held.name:
        _rename(plan, row, held)
    if row.get("parent") not in (None, held.parent):
        _move(plan, row, held)
    values = {key: value for key, value in _plain(row, held) if not (renamed and key == "short_name")}
    if "kind" in values:
        _check_kind(plan, row, held, values["kind"])
    if "reports_from" in values:
        _note_denominators(plan, row, held, values["reports_from"])
    if values:
        old = {key: getattr(held, key) for key in values}
        plan.will("amend_unit", row, unit=held.code, old=old, new=values)
    for question, number in _figures(row):
        before = held.figures.get(question)
        if before != number:
            old = {} if before is None else {question: before}
            plan.will("figure", row, unit=held.code, old=old, new={question: number})


def _check_kind(plan: Plan, row: Row, held: HeldUnit, kind: str) -> None:
    """Another kind may neither take a report out of its month nor hang a unit below one of the lowest."""
    words = ""
    if TOP in (kind, held.kind):
        words = texts.KIND_OF_TOP.format(code=held.code, kind=texts.KINDS[held.kind])
    elif held.has_reported and (kind in CELLS) != (held.kind in CELLS):
        words = texts.KIND_OF_REPORTER.format(code=held.code, kind=texts.KINDS[held.kind])
    elif kind in CELLS and (below := _below(plan, held.code)):
        words = texts.KIND_OF_SUPERIOR.format(code=held.code, below=below)
    if words:
        plan.wrong(row, "kind", words)


def _below(plan: Plan, code: str) -> str:
    """Some unit that stands below another once the file is written; empty for none."""
    stay = (u.code for u in plan.standing.units.values() if u.parent == code and u.valid_to is None)
    return next((one for one in stay if plan.parents.get(one, code) == code), "")


def _note_denominators(plan: Plan, row: Row, held: HeldUnit, first: date) -> None:
    """Another first month says of months that have begun, too, who owed their reports."""
    before = held.reports_from or held.valid_from
    if first == before or min(before, first) >= plan.today.replace(day=1):
        return
    words = texts.OWES_LATER if first > before else texts.OWES_EARLIER
    plan.warn(row, "reports_from", words.format(code=held.code))


def _plain(row: Row, held: HeldUnit) -> Iterator[tuple[str, Any]]:
    """What differs without needing a date."""
    for key in PLAIN:
        value = row.get(key)
        if value is None:
            continue
        wanted = None if value == CLEARED else value
        if wanted != getattr(held, key):
            yield key, wanted


def _rename(plan: Plan, row: Row, held: HeldUnit) -> None:
    if not _since(plan, row, held, "name", held.name):
        return
    name = row.get("name")
    short_name = row.get("short_name") or (name if held.short_name == held.name else held.short_name)
    plan.will(
        "rename",
        row,
        unit=held.code,
        old={"name": held.name},
        new={"name": name, "short_name": short_name},
        on=row.get("since"),
        reason=row.get("reason") or "",
    )


def _move(plan: Plan, row: Row, held: HeldUnit) -> None:
    parent = row.get("parent")
    before = plan.standing.units.get(parent)
    if parent in held.formers and before and before.valid_to is not None and not row.says("since"):
        words = texts.STALE_PARENT.format(code=held.code, old=parent, new=held.parent)
        plan.warn(row, "parent", words)
        return
    if held.kind == TOP:
        plan.wrong(row, "parent", texts.TOP_HAS_PARENT)
        return
    if not _since(plan, row, held, "parent", held.parent):
        return
    _check_parent(plan, row, parent, row.get("since"), "since")
    plan.will(
        "move",
        row,
        unit=held.code,
        old={"parent": held.parent},
        new={"parent": parent},
        on=row.get("since"),
        reason=row.get("reason") or "",
    )


def _since(plan: Plan, row: Row, held: HeldUnit, key: str, old: str) -> bool:
    """Whether a change says from when it holds."""
    if row.get("since") is None and "since" not in row.bad:
        what = texts.WHAT_CHANGES[key]
        plan.wrong(row, "since", texts.NEEDS_SINCE.format(what=what, code=held.code, old=old))
    return row.get("since") is not None


def _figures(row: Row) -> Iterator[tuple[str, int]]:
    for key, number in row.values.items():
        if key.startswith(FIGURE):
            yield key.removeprefix(FIGURE), number
