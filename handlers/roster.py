"""A roster is looked at, and written when it is wanted: all of it or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from handlers import (
    questionnaires,
    report_context,
    roster_acts,
    roster_cells,
    roster_people,
    roster_units,
    tree_texts,
)
from handlers.roster_layout import ACTS, PEOPLE, UNITS, Problem, Row, Sheet, Table, sheets
from handlers.roster_plan import Plan
from storage import calendar, forms, roster, roster_changes
from storage.audit import By
from storage.database import Database
from storage.roster import Standing
from storage.roster_changes import ORDER, TREE_ACTS, Change, Conflict

Advance = Callable[[int, int], None]
"""Told now and then how far the writing is: done, of how many."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a roster changes (or has changed), what is wrong in it, and what is worth a second look."""

    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    kept: int
    """Posts that go on though the file does not name them."""
    unknown: tuple[str, ...]
    """Headers of columns that were left out."""
    standing: Standing
    """What was there before."""
    sheets: tuple[Sheet, ...]


def quietly(_done: int, _of: int) -> None:
    """Nobody watches."""


def layout(db: Connection, now: datetime) -> tuple[Sheet, ...]:
    """The sheets of a roster, as the monthly report in force wants them."""
    version = forms.newest(db, report_context.FORM)
    if version is None:
        raise LookupError(report_context.FORM)
    return sheets(questionnaires.compiled(forms.xml_of(db, version)), calendar.today(now))


def check(database: Database, tables: Sequence[Table], now: datetime) -> Outcome:
    """What a roster would change; what it does to the tree is tried out and taken back."""
    found = _read(tables)
    with database.read() as db:
        outcome = _compare(db, found, now)
    if outcome.problems or not any(change.act in TREE_ACTS for change in outcome.changes):
        return outcome
    return _write(database, found, By(None, ""), now, quietly, keep=False)


def apply(
    database: Database, tables: Sequence[Table], by: By, now: datetime, advance: Advance = quietly
) -> Outcome:
    """Write a roster in one transaction, unless anything is wrong in it: then nothing is written."""
    return _write(database, _read(tables), by, now, advance, keep=True)


def _write(  # noqa: PLR0913 - one import, all its circumstances
    database: Database, found: _Found, by: By, now: datetime, advance: Advance, *, keep: bool
) -> Outcome:
    """Compare and write on the same state of the database."""
    with database.begin() as db:
        outcome = _compare(db, found, now)
        if outcome.problems or not outcome.changes:
            return outcome
        trial = db.begin_nested()
        try:
            idle = roster_changes.apply(db, outcome.changes, by, now, advance)
        except Conflict as error:
            trial.rollback()
            return replace(outcome, problems=(_conflict(error),))
        if keep:
            trial.commit()
        else:
            trial.rollback()
        return replace(outcome, changes=tuple(c for c in outcome.changes if all(c is not i for i in idle)))


def _conflict(error: Conflict) -> Problem:
    """What the tree refused, in words."""
    column = "since" if error.change.act in ("rename", "move") else "old"
    return Problem(error.change.sheet, error.change.row, column, tree_texts.refused(error.error))


@dataclass(frozen=True, slots=True)
class _Found:
    """What a file says, before it is held against the database: that takes no lock."""

    rows: Mapping[str, list[Row]]
    problems: list[Problem]
    sheets: Mapping[str, Sheet]
    unknown: tuple[str, ...]


def _read(tables: Sequence[Table]) -> _Found:
    rows: dict[str, list[Row]] = {UNITS: [], PEOPLE: [], ACTS: []}
    wrong: list[Problem] = []
    for table in tables:
        found, problems = roster_cells.read(table)
        rows[table.sheet.key] = [row for row in found if row.values or row.bad]
        wrong += problems
    unknown = tuple(h for t in tables for h, key in zip(t.headers, t.keys, strict=True) if h and not key)
    return _Found(rows, wrong, {table.sheet.key: table.sheet for table in tables}, unknown)


def _compare(db: Connection, found: _Found, now: datetime) -> Outcome:
    plan = Plan(roster.standing(db), calendar.today(now), found.sheets, problems=list(found.problems))
    roster_units.compare(plan, found.rows[UNITS])
    roster_acts.compare(plan, found.rows[ACTS])
    roster_people.compare(plan, found.rows[PEOPLE])
    wrong = sorted(plan.problems, key=lambda one: ((UNITS, PEOPLE, ACTS).index(one.sheet), one.row))
    changes = sorted(plan.changes, key=lambda change: ORDER.index(change.act))
    return Outcome(
        tuple(changes),
        tuple(wrong),
        tuple(plan.warnings),
        plan.kept,
        found.unknown,
        plan.standing,
        tuple(found.sheets.values()),
    )


def counted(changes: Sequence[Change]) -> Iterator[tuple[str, int]]:
    """How many changes of each kind, in the order in which they are written."""
    numbers = Counter(change.act for change in changes)
    return ((act, numbers[act]) for act in ORDER if numbers[act])
