"""Random histories of a tree of units: acts at random days, in any order, and reports in between."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import Connection, select

from handlers import tree_texts
from storage import calendar, periods, tree
from storage.database import table_of
from storage.models import (
    Figure,
    FormVersion,
    Period,
    Submission,
    SubmissionVersion,
    Unit,
    UnitName,
    UnitParent,
    UnitSuccession,
)
from storage.tree import NewUnit, TreeError
from storage.units import valid
from tests import organisation

FIRST = date(2026, 1, 1)
DAYS = 150
MONTHS = ("2026-01", "2026-02", "2026-03", "2026-04")
UNIT, PARENT, SUBMISSION = table_of(Unit), table_of(UnitParent), table_of(Submission)
TABLES = [table_of(model) for model in (Unit, UnitName, UnitParent, UnitSuccession)]
KINDS = ("cap_tren", "cdcs", "cdcs", "nghiep_doan")


@dataclass(frozen=True)
class Act:
    """One act, or the report of a unit: its day, and numbers that pick units out of those there are."""

    kind: str
    day: date
    picks: tuple[int, ...]


def days() -> st.SearchStrategy[date]:
    """A day of five months."""
    return st.integers(1, DAYS).map(lambda n: FIRST + timedelta(days=n))


def histories(size: int = 25) -> st.SearchStrategy[list[Act]]:
    """Acts in no order of time, or in order: then more of them are possible."""
    kinds = ("add", "add", "move", "rename", "merge", "merge_new", "split", "split_end", "dissolve",
             "transfer", "report", "report", "report")  # fmt: skip
    picks = st.tuples(*[st.integers(0, 1000)] * 4)
    acts = st.lists(st.builds(Act, st.sampled_from(kinds), days(), picks), min_size=5, max_size=size)
    return acts | acts.map(lambda found_acts: sorted(found_acts, key=lambda act: act.day))


def found(db: Connection) -> int:
    """A province with three superiors and six units, a monthly duty, four open months; the province's id."""
    for table in reversed(table_of(Unit).metadata.sorted_tables):
        db.execute(table.delete())
    duty = organisation.duty(db)
    for key in MONTHS:
        periods.ensure(db, duty, key)
    organisation.add(db, FormVersion, id=1, code=organisation.FORM, version=1, title="", xml="", sha256="",
                     source_name="", published_at=organisation.CREATED)  # fmt: skip
    top = tree.add(db, NewUnit("TINH", "LĐLĐ tỉnh", "LĐLĐ tỉnh", "tinh", None), FIRST).unit_id
    above = [
        tree.add(db, NewUnit(f"X{n}", f"Xã {n}", f"X{n}", "cap_tren", top), FIRST).unit_id for n in range(3)
    ]
    for n in range(6):
        tree.add(db, NewUnit(f"C{n}", f"CĐCS {n}", f"C{n}", "cdcs", above[n % 3]), FIRST)
    return top


def dump(db: Connection) -> list[Any]:
    """All that acts write."""
    return [list(map(tuple, db.execute(select(table).order_by(*table.primary_key)))) for table in TABLES]


def apply(db: Connection, act: Act, number: int) -> bool:
    """Do it; False if it was refused, and then nothing has changed."""
    before = dump(db)
    try:
        _apply(db, act, number)
    except TreeError as error:
        why = tree_texts.refused(error)
    else:
        return True
    assert why
    assert dump(db) == before
    return False


def _apply(db: Connection, act: Act, number: int) -> None:
    ids = list(db.scalars(select(UNIT.c.id).order_by(UNIT.c.id)))
    one, two, three, _ = (ids[pick % len(ids)] for pick in act.picks)

    def new(suffix: str = "") -> NewUnit:
        code = f"U{number}{suffix}"
        starts = FIRST + timedelta(days=31) if act.picks[3] % 7 == 0 else None
        return NewUnit(code, f"Đơn vị {code}", code, KINDS[act.picks[3] % 4], one, reports_from=starts)

    day = act.day
    acts: dict[str, Callable[[], object]] = {
        "add": lambda: tree.add(db, new(), day),
        "move": lambda: tree.move(db, two, one, day),
        "transfer": lambda: tree.transfer(db, two, one, day),
        "rename": lambda: tree.rename(db, two, f"Tên {number}", f"T{number}", day),
        "merge": lambda: tree.merge(db, [two, three], one, day),
        "merge_new": lambda: tree.merge(db, [two, three], new(), day),
        "split": lambda: tree.split(db, two, [new("a")], day, lives_on=True),
        "split_end": lambda: tree.split(db, two, [new("a"), new("b")], day, lives_on=False, below_to=one),
        "dissolve": lambda: tree.dissolve(db, two, day, below_to=one),
        "report": lambda: _report(db, day, act.picks[1], number),
    }
    acts[act.kind]()


def _report(db: Connection, day: date, pick: int, number: int) -> None:
    """One of the units that live that day hands in its month, if it has not yet; the figure is its own."""
    own = select(UNIT.c.id).where(UNIT.c.kind.in_(("cdcs", "nghiep_doan")), valid(UNIT, day))
    alive = list(db.scalars(own.order_by(UNIT.c.id)))
    period = periods.by_key(db, organisation.FORM, f"{day:%Y-%m}")
    if period is None or not alive:
        return
    unit_id = alive[pick % len(alive)]
    if db.scalar(
        select(SUBMISSION.c.id).where(SUBMISSION.c.unit_id == unit_id, SUBMISSION.c.period_id == period.id)
    ):
        return
    at = calendar.at(day, "09:00")
    made = organisation.add(db, Submission, form_version_id=1, form_code=organisation.FORM, unit_id=unit_id,
                            period_id=period.id, state="submitted", version=1, context={}, opened_at=at, edited_at=at,
                            submitted_at=at, late=False)  # fmt: skip
    db.execute(table_of(SubmissionVersion).insert(), {"submission_id": made, "number": 1, "submitted_at": at,
                                                      "late": False, "reason": "", "source": ""})  # fmt: skip
    db.execute(table_of(Figure).insert(), {"period_id": period.id, "unit_id": unit_id, "question": "tt_so_cuoc",
                                           "number": float(number + 1), "provenance": "answered"})  # fmt: skip


# ── what must hold, computed from the rows by plain loops ───────────────────────────────────────────


def breaks(db: Connection) -> list[date]:
    """Every day on which something begins, and the day before: between them nothing changes."""
    starts = {row for table in TABLES[::2] if "valid_from" in table.c
              for row in db.scalars(select(table.c.valid_from))}  # fmt: skip
    ends = {row + timedelta(days=1) for row in db.scalars(select(UNIT.c.valid_to)) if row}
    found_days = starts | ends | {FIRST + timedelta(days=DAYS + 30)}
    return sorted({day for start in found_days for day in (start, start - timedelta(days=1)) if day >= FIRST})


def living(db: Connection, on: date) -> set[int]:
    """Units that live on a day."""
    return {row.id for row in db.execute(select(UNIT.c.id, UNIT.c.valid_from, UNIT.c.valid_to))
            if row.valid_from <= on and (row.valid_to is None or row.valid_to >= on)}  # fmt: skip


def parents(db: Connection, on: date) -> dict[int, list[int]]:
    """Unit → its superiors on a day: one, if all is well."""
    found_rows: dict[int, list[int]] = {}
    for row in db.execute(
        select(PARENT.c.unit_id, PARENT.c.parent_id, PARENT.c.valid_from, PARENT.c.valid_to)
    ):
        if row.valid_from <= on and (row.valid_to is None or row.valid_to >= on):
            found_rows.setdefault(row.unit_id, []).append(row.parent_id)
    return found_rows


def all_periods(db: Connection) -> Sequence[Period]:
    """The four months."""
    return [period for key in MONTHS if (period := periods.by_key(db, organisation.FORM, key))]
