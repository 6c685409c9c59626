"""What holds for every history of a tree of units, whatever was done to it and in which order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Connection, func, select

from storage import coverage, periods, summaries, units
from storage.calendar import at
from storage.coverage import View
from storage.database import Database, table_of
from storage.models import Figure, Period, Unit
from storage.summaries import IN_FIGURES
from tests.tree_histories import (
    Act,
    all_periods,
    apply,
    breaks,
    found,
    histories,
    living,
    parents,
)

FIGURE, UNIT = table_of(Figure), table_of(Unit)
TODAY = date(2026, 12, 1)


def one_superior(db: Connection, history: list[Act]) -> None:
    """Each living unit but the top has one superior on each day, and all hang on the top."""
    top = found(db)
    for number, act in enumerate(history):
        apply(db, act, number)
    for day in breaks(db):
        alive, above = living(db, day), parents(db, day)
        assert set(above) == alive - {top}
        assert all(len(found_ids) == 1 for found_ids in above.values())
        assert set(db.scalars(select(coverage.below(top, day).c.id))) == alive
        assert all(units.above(db, unit_id, day)[-1] == top for unit_id in alive - {top})


def no_past(db: Connection, history: list[Act]) -> None:
    """An act changes nothing of the months that ended before its day."""
    found(db)
    for number, act in enumerate(history):
        past = [period for period in all_periods(db) if period.ends_on < act.day and act.kind != "report"]
        before = [month(db, period) for period in past[-2:]]
        apply(db, act, number)
        assert [month(db, period) for period in past[-2:]] == before


def denominator(db: Connection, history: list[Act]) -> None:
    """Who lives on a month's last day and has begun to report owes it, by whichever organisation."""
    found(db)
    for number, act in enumerate(history):
        apply(db, act, number)
    rows = db.execute(select(UNIT.c.id, UNIT.c.kind, UNIT.c.reports_from)).all()
    for period in all_periods(db):
        begun = {row.id for row in rows if row.kind in ("cdcs", "nghiep_doan")
                 and (row.reports_from is None or row.reports_from <= period.starts_on)}  # fmt: skip
        expected = begun & living(db, period.ends_on)
        assert {unit.unit_id for unit in periods.owing_units(db, period)} == expected
        for organisation in coverage.ORGANISATIONS:
            seen = coverage.view(db, period.id, organisation, TODAY)
            whole = summaries.summarise(db, seen, at=at(TODAY, "09:00"))
            assert whole.coverage.owing == len(expected)


def sums(db: Connection, history: list[Act]) -> None:
    """Sums by the organisation of then and of now are the total."""
    top = found(db)
    for number, act in enumerate(history):
        apply(db, act, number)
    for period in all_periods(db):
        total = counted(db, coverage.view(db, period.id), None)
        for organisation in coverage.ORGANISATIONS:
            seen = coverage.view(db, period.id, organisation, TODAY)
            assert counted(db, seen, None) == counted(db, seen, top) == total
            directly = [unit for unit, above in parents(db, seen.on).items() if above == [top]]
            below = [counted(db, seen, unit) for unit in directly]
            own = {unit: number for unit, number in total.items() if hangs_on(db, seen, unit, top)}
            assert {k: v for part in [*below, own] for k, v in part.items()} == total
            assert sum(map(len, below)) + len(own) == len(total)


CHECKS = (one_superior, no_past, denominator, sums)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(history=histories())
@pytest.mark.parametrize("check", CHECKS)
def test_it_holds_for_any_history(
    sqlite_database: Database, check: Callable[[Connection, list[Act]], None], history: list[Act]
) -> None:
    with sqlite_database.begin() as db:
        check(db, history)


@pytest.mark.long
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(history=histories(40))
@pytest.mark.parametrize("check", CHECKS)
def test_it_holds_for_hundreds_of_long_histories(
    sqlite_database: Database, check: Callable[[Connection, list[Act]], None], history: list[Act]
) -> None:
    with sqlite_database.begin() as db:
        check(db, history)


def month(db: Connection, period: Period) -> Any:
    """All that a month says by the organisation of then: who owes it, under whom and which name, with which figures."""
    owing = [(unit.unit_id, unit.name) for unit in periods.owing_units(db, period)]
    chains = [units.chain(db, unit_id, period.ends_on) for unit_id, _ in owing]
    names = [units.name_on(db, unit_id, period.ends_on) for unit_id, _ in owing]
    seen = coverage.view(db, period.id)
    return owing, chains, names, rows(db, seen), counted(db, seen, None), seen.unheard


def rows(db: Connection, seen: View) -> list[tuple[Any, ...]]:
    """Who stands where."""
    return sorted(tuple(row)[:4] for row in db.execute(select(coverage.standing(seen, None))))


def counted(db: Connection, seen: View, unit_id: int | None) -> dict[int, float]:
    """Unit → its figure, as far as it is summed."""
    now = coverage.standing(seen, unit_id)
    figures = (
        select(now.c.unit_id, func.sum(FIGURE.c.number))
        .join(FIGURE, FIGURE.c.unit_id == now.c.unit_id)
        .where(FIGURE.c.period_id == seen.period.id, now.c.status.in_(IN_FIGURES))
        .group_by(now.c.unit_id)
    )
    return dict(db.execute(figures).all())


def hangs_on(db: Connection, seen: View, unit_id: int, top: int) -> bool:
    """Whether a unit stands below the top without one of its living units in between."""
    home = coverage.within(seen, None)
    row = db.execute(select(home.c.line_id, home.c.superior_id).where(home.c.unit_id == unit_id)).one()
    return row.line_id == top or (row.superior_id == top and row.line_id in seen.homes)
