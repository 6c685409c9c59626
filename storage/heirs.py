"""What became of units that ended: under which unit of a day their figures stand, and who speaks for them since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, and_, select

from storage import calendar
from storage.database import table_of
from storage.models import OpeningFigure, Submission, SubmissionVersion, Unit, UnitParent, UnitSuccession
from storage.submissions import COUNTED
from storage.terms import PERIOD, Term
from storage.units import valid

UNIT = table_of(Unit)
PARENT = table_of(UnitParent)
SUCCESSION = table_of(UnitSuccession)
SUBMISSION = table_of(Submission)
VERSION = table_of(SubmissionVersion)
DAY = timedelta(days=1)
OPENING = table_of(OpeningFigure)


@dataclass(frozen=True, slots=True)
class Home:
    """Where the figures of a unit that has ended stand on a day."""

    line_id: int
    """The unit that it went up in; itself, where there is none: it was dissolved, or split."""
    superior_id: int | None
    """Of that line: a unit that lives on the day."""


@dataclass(frozen=True, slots=True)
class Step:
    """An ended unit's way into another one, by `merge` or `split`."""

    new_id: int
    kind: str
    on: date


def homes(db: Connection, on: date) -> dict[int, Home]:
    """Units that ended before a day → where they stand on it, through chains of successions."""
    ended = dict(db.execute(select(UNIT.c.id, UNIT.c.valid_to).where(UNIT.c.valid_to < on)).all())
    if not ended:
        return {}
    steps = _steps(db, ended)
    merged = {old: step.new_id for old, found in steps.items() for step in found if step.kind == "merge"}
    last = select(PARENT.c.unit_id, PARENT.c.parent_id).join_from(PARENT, UNIT, UNIT.c.id == PARENT.c.unit_id)
    before = dict(db.execute(last.where(PARENT.c.valid_to == UNIT.c.valid_to, UNIT.c.valid_to < on)).all())
    now = dict(db.execute(select(PARENT.c.unit_id, PARENT.c.parent_id).where(valid(PARENT, on))).all())

    def line_of(unit_id: int) -> int:
        while unit_id in ended and unit_id in merged:
            unit_id = merged[unit_id]
        return unit_id

    def superior_of(line: int) -> int | None:
        while line in ended:
            if line not in before:
                return None
            above = line_of(before[line])
            if above not in ended:
                return above
            line = above
        return now.get(line)

    return {unit_id: Home(line, superior_of(line)) for unit_id in ended for line in [line_of(unit_id)]}


def _steps(db: Connection, ended: Mapping[int, date]) -> dict[int, list[Step]]:
    """Ended unit → the successions that ended it; a part that was split off a unit that lived on is none of them."""
    columns = (SUCCESSION.c.old_id, SUCCESSION.c.new_id, SUCCESSION.c.kind, SUCCESSION.c.on)
    its = select(*columns).where(SUCCESSION.c.kind.in_(("merge", "split"))).order_by(SUCCESSION.c.id)
    found: dict[int, list[Step]] = defaultdict(list)
    for old, new, kind, on in db.execute(its):
        if old in ended and on == ended[old] + DAY:
            found[old].append(Step(new, kind, on))
    return found


def taken_over(db: Connection, unit_id: int, first: date, last: date) -> list[int]:
    """Units that were merged into one between two days, directly or through another: what its report contains, too."""
    merges = (
        select(SUCCESSION.c.old_id, SUCCESSION.c.new_id)
        .where(SUCCESSION.c.kind == "merge", SUCCESSION.c.on.between(first, last))
        .order_by(SUCCESSION.c.id)
    )
    found = [unit_id]
    rows = db.execute(merges).all()
    for heir in found:
        found += [row.old_id for row in rows if row.new_id == heir and row.old_id not in found]
    return found[1:]


# ── who speaks for them ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Unheard:
    """Ended units for which nobody has spoken since, as of a period."""

    reports: frozenset[int]
    """Their own report of the period counts: handed in before they ended, and not contained in another one."""
    stocks: frozenset[int]
    """Their last stock counts: no successor has reported one."""


def unheard(db: Connection, period: Term) -> Unheard:
    """What counts of units that ended before the last day of a period (docs/decisions/0016).

    A successor speaks for those that were merged into it with each report first handed in since that day.
    """
    gone = UNIT.c.valid_to < period.ends_on
    ended = dict(db.execute(select(UNIT.c.id, UNIT.c.valid_to).where(gone)).all())
    if not ended:
        return Unheard(frozenset(), frozenset())
    steps = _steps(db, ended)
    heirs = {step.new_id for found in steps.values() for step in found}
    spoke = _first_reports(db, heirs, period)
    own = _FIRST.where(PERIOD.c.id == period.id, SUBMISSION.c.unit_id.in_(select(UNIT.c.id).where(gone)))
    if period.closed_at is not None:
        own = own.where(VERSION.c.submitted_at <= period.closed_at)
    born = _with_opening(db, heirs)
    reports = {unit for unit in db.scalars(own) if not _spoken(unit, steps, ("merge",), spoke, {})}
    stocks = {unit for unit in steps if not _spoken(unit, steps, ("merge", "split"), spoke, born)}
    return Unheard(frozenset(reports), frozenset(stocks))


def _spoken(
    unit_id: int,
    steps: Mapping[int, list[Step]],
    kinds: Collection[str],
    spoke: Mapping[int, list[tuple[datetime, date]]],
    born: Mapping[int, date],
) -> bool:
    """Whether a successor, or its successor, has reported since it took the unit over, or began with its stock."""
    return any(
        born.get(step.new_id) == step.on
        or any(
            at >= calendar.at(step.on, "00:00") and ends_on >= step.on
            for at, ends_on in spoke.get(step.new_id, ())
        )
        for step in _way(unit_id, steps, kinds)
    )


def _way(unit_id: int, steps: Mapping[int, list[Step]], kinds: Collection[str]) -> Iterator[Step]:
    for step in steps.get(unit_id, ()):
        if step.kind in kinds:
            yield step
            yield from _way(step.new_id, steps, kinds)


_FIRST = (
    select(SUBMISSION.c.unit_id, VERSION.c.submitted_at, PERIOD.c.ends_on)
    .join_from(SUBMISSION, PERIOD, PERIOD.c.id == SUBMISSION.c.period_id)
    .join(VERSION, and_(VERSION.c.submission_id == SUBMISSION.c.id, VERSION.c.number == 1))
    .where(SUBMISSION.c.state.in_(COUNTED))
)


def _first_reports(
    db: Connection, unit_ids: Collection[int], period: Term
) -> dict[int, list[tuple[datetime, date]]]:
    """Unit → (first handed in, last day of the period) of its reports that count, up to a period."""
    same = SUBMISSION.c.form_code == period.form_code
    mine = _FIRST.where(SUBMISSION.c.unit_id.in_(unit_ids), same, PERIOD.c.starts_on <= period.starts_on)
    found: dict[int, list[tuple[datetime, date]]] = defaultdict(list)
    for unit_id, at, ends_on in db.execute(mine):
        found[unit_id].append((at, ends_on))
    return found


def _with_opening(db: Connection, unit_ids: Collection[int]) -> dict[int, date]:
    """Successors that were founded with stocks from the roster → their first day."""
    with_stock = UNIT.c.id.in_(select(OPENING.c.unit_id))
    return dict(
        db.execute(select(UNIT.c.id, UNIT.c.valid_from).where(UNIT.c.id.in_(unit_ids), with_stock)).all()
    )
