"""Acts on the tree of units: what each ends and begins, and what it is refused for (DOMAIN 2)."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from handlers import tree_texts
from storage import audit, tree, units
from storage.database import Database, table_of
from storage.models import Assignment, Change, UnitParent, UnitSuccession
from storage.tree import NewUnit, TreeError
from tests import organisation

PARENT = table_of(UnitParent)
SUCCESSION = table_of(UnitSuccession)
CHANGE = table_of(Change)
ASSIGNMENT = table_of(Assignment)
ROOT = Path(__file__).parent.parent
BIRTH = organisation.BIRTH
OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)
LAST_OF_OCTOBER, LAST_OF_NOVEMBER = date(2026, 10, 31), date(2026, 11, 30)


def new(code: str, parent: int | None, kind: str = "cdcs") -> NewUnit:
    """A unit to be made."""
    return NewUnit(code, f"CĐCS Công ty {code}", f"CĐCS {code}", kind, parent)


def ranges(db: Connection, unit_id: int) -> list[tuple[int, date, date | None]]:
    """(superior, from, to) of a unit, in order."""
    mine = select(PARENT.c.parent_id, PARENT.c.valid_from, PARENT.c.valid_to).where(
        PARENT.c.unit_id == unit_id
    )
    return [tuple(row) for row in db.execute(mine.order_by(PARENT.c.valid_from))]


def successions(db: Connection) -> list[tuple[int, int | None, str, date]]:
    """(old, new, kind, day) of all that was written down."""
    columns = (SUCCESSION.c.old_id, SUCCESSION.c.new_id, SUCCESSION.c.kind, SUCCESSION.c.on)
    return [tuple(row) for row in db.execute(select(*columns).order_by(SUCCESSION.c.id))]


def refused(reason: str) -> pytest.RaisesExc[TreeError]:
    """The act is refused with this word."""
    return pytest.RaisesExc(TreeError, check=lambda error: error.reason == reason)


def test_a_new_unit_has_its_superior_from_its_first_day(database: Database) -> None:
    ids = organisation.found(database)
    with database.begin() as db:
        done = tree.add(db, new("Z", ids["xa"]), NOVEMBER, "QĐ 12")
        assert ranges(db, done.unit_id) == [(ids["xa"], NOVEMBER, None)]
        assert units.superior_of(db, done.unit_id, LAST_OF_OCTOBER) is None
    assert {change.about for change in done.changes} == {"unit", "unit_parent"}


def test_a_moved_unit_has_one_superior_on_each_day(database: Database) -> None:
    ids = organisation.found(database)
    with database.begin() as db:
        tree.move(db, ids["A"], ids["tinh"], NOVEMBER, "QĐ 13")
        assert ranges(db, ids["A"]) == [
            (ids["xa"], BIRTH, LAST_OF_OCTOBER),
            (ids["tinh"], NOVEMBER, None),
        ]
        assert not tree.move(db, ids["A"], ids["tinh"], NOVEMBER).changes


def test_a_move_holds_until_the_next_one_that_is_recorded(database: Database) -> None:
    ids = organisation.found(database)
    with database.begin() as db:
        other = tree.add(db, new("YB", ids["tinh"], "cap_tren"), BIRTH).unit_id
        tree.move(db, ids["A"], ids["tinh"], DECEMBER)
        tree.move(db, ids["A"], other, NOVEMBER)
        assert [row[0] for row in ranges(db, ids["A"])] == [ids["xa"], other, ids["tinh"]]
        assert ranges(db, ids["A"])[1] == (other, NOVEMBER, LAST_OF_NOVEMBER)


def test_a_circle_is_refused_as_of_any_day_to_come(database: Database) -> None:
    ids = organisation.found(database)
    with database.begin() as db:
        other = tree.add(db, new("YB", ids["tinh"], "cap_tren"), BIRTH).unit_id
        tree.move(db, ids["xa"], other, DECEMBER)
        with refused("circle"):
            tree.move(db, other, ids["xa"], NOVEMBER)
        with refused("circle"):
            tree.move(db, ids["xa"], ids["A"], NOVEMBER)
        with refused("circle"):
            tree.move(db, ids["xa"], ids["xa"], NOVEMBER)


def test_a_merge_ends_the_old_units_and_hands_over_what_stood_below(database: Database) -> None:
    ids = organisation.found(database)
    with database.begin() as db:
        other = tree.add(db, new("YB", ids["tinh"], "cap_tren"), BIRTH).unit_id
        done = tree.merge(db, [ids["xa"], other], new("MOI", ids["tinh"], "cap_tren"), NOVEMBER, "NQ 5")
        heir = done.unit_id
        assert ranges(db, ids["A"]) == [(ids["xa"], BIRTH, LAST_OF_OCTOBER), (heir, NOVEMBER, None)]
        assert ranges(db, ids["xa"]) == [(ids["tinh"], BIRTH, LAST_OF_OCTOBER)]
        assert successions(db) == [(ids["xa"], heir, "merge", NOVEMBER), (other, heir, "merge", NOVEMBER)]
        ends = db.scalars(select(ASSIGNMENT.c.valid_to).where(ASSIGNMENT.c.unit_id == ids["xa"])).all()
        assert ends == [LAST_OF_OCTOBER]
    assert "assignment" in {change.about for change in done.changes}


def test_a_merge_that_fails_changes_nothing(database: Database) -> None:
    ids = organisation.found(database)
    with database.begin() as db:
        with refused("circle"):
            tree.merge(db, [ids["A"], ids["xa"]], ids["B"], NOVEMBER)
        assert ranges(db, ids["A"]) == [(ids["xa"], BIRTH, None)]
        assert successions(db) == []


def test_a_split_unit_lives_on_or_not(database: Database) -> None:
    ids = organisation.found(database)
    with database.begin() as db:
        tree.split(db, ids["A"], [new("A1", ids["xa"])], NOVEMBER, lives_on=True)
        parts = tree.split(
            db, ids["B"], [new("B1", ids["xa"]), new("B2", ids["xa"])], NOVEMBER, lives_on=False
        )
        assert ranges(db, ids["A"]) == [(ids["xa"], BIRTH, None)]
        assert ranges(db, ids["B"]) == [(ids["xa"], BIRTH, LAST_OF_OCTOBER)]
        assert successions(db)[1:] == [(ids["B"], part, "split", NOVEMBER) for part in parts.made]


def test_a_dissolved_unit_leaves_nobody_without_a_superior(database: Database) -> None:
    ids = organisation.found(database)
    with database.begin() as db:
        with refused("has_below"):
            tree.dissolve(db, ids["xa"], NOVEMBER)
        tree.dissolve(db, ids["xa"], NOVEMBER, below_to=ids["tinh"])
        assert ranges(db, ids["B"])[-1] == (ids["tinh"], NOVEMBER, None)
        with refused("ended"):
            tree.move(db, ids["xa"], ids["tinh"], DECEMBER)
        with refused("ends"):
            tree.dissolve(db, ids["xa"], OCTOBER)


def test_a_transfer_is_a_move_that_is_written_down(database: Database) -> None:
    ids = organisation.found(database)
    with database.begin() as db:
        tree.transfer(db, ids["A"], ids["tinh"], NOVEMBER)
        assert ranges(db, ids["A"])[-1] == (ids["tinh"], NOVEMBER, None)
        assert successions(db) == [(ids["A"], ids["A"], "transfer", NOVEMBER)]


def test_an_end_does_not_come_before_what_came_into_a_unit(database: Database) -> None:
    ids = organisation.found(database)
    with database.begin() as db:
        tree.merge(db, [ids["A"]], ids["B"], DECEMBER)
        with refused("later_act"):
            tree.dissolve(db, ids["B"], NOVEMBER)
        with refused("top"):
            tree.dissolve(db, ids["tinh"], NOVEMBER)
        with refused("second_top"):
            tree.add(db, new("T2", None, "tinh"), NOVEMBER)
        with refused("too_early"):
            tree.dissolve(db, tree.add(db, new("Z", ids["xa"]), NOVEMBER).unit_id, NOVEMBER)
        with refused("not_yet"):
            tree.move(db, ids["B"], ids["tinh"], date(2024, 1, 1))


def test_every_reason_has_a_sentence_and_every_sentence_a_reason() -> None:
    source = "".join((ROOT / "storage" / name).read_text() for name in ("tree.py", "ranges.py"))
    assert set(re.findall(r'TreeError\(\s*"(\w+)"', source)) == set(tree_texts.REFUSED)


def test_a_sentence_says_dates_as_they_are_written_in_vietnam() -> None:
    error = TreeError("ended", unit="CĐCS A", on=LAST_OF_OCTOBER)
    assert tree_texts.refused(error).startswith("CĐCS A đã kết thúc, ngày cuối là 31/10/2026.")


def test_the_audit_holds_what_an_act_changed(database: Database) -> None:
    ids = organisation.found(database)
    with database.begin() as db:
        done = tree.merge(db, [ids["A"]], ids["B"], NOVEMBER, "QĐ 1")
        tree.record(db, audit.COMMAND, done, at=organisation.CREATED, reason="QĐ 1")
        rows = db.execute(select(CHANGE).order_by(CHANGE.c.id)).all()
    assert [(row.act, row.about) for row in rows] == [
        ("merge", "unit"),
        ("merge", "unit_parent"),
        ("merge", "assignment"),
        ("merge", "unit_succession"),
    ]
    assert rows[0].old == {"valid_to": None}
    assert rows[0].new == {"valid_to": "2026-10-31"}
    assert {row.unit_id for row in rows} == {ids["A"]}
    assert {row.reason for row in rows} == {"QĐ 1"}
