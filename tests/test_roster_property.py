"""Any valid roster comes in, comes in again without a change, goes out and comes in again without a change."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers import roster
from handlers import roster_texts as texts
from handlers.documents import roster_writing
from handlers.roster_people import PLACES
from storage import roster as rows
from storage.database import open_database
from tests.rosters import NOW, brought_in, did, prepare, read, workbook

PROSE = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20).filter(
    lambda text: not text.startswith("#")  # "#NULL!" is what a broken formula shows
)
DATES = st.sampled_from([None, "01/07/2025", "15/10/2026", "31/12/2026"])
NAMES = st.sampled_from(["Trần Thị Lan", "Vũ Quang Minh", "Đỗ Ất", "Hoàng Thu Chi", "Lò Văn Páo", "=1+1"])


@st.composite
def organisations(draw):
    """Units in a tree of any depth, some people with posts among them, in any order."""
    units = [{"code": "T", "name": draw(PROSE), "kind": "tinh", "valid_from": "01/07/2025"}]
    kinds = {"T": "tinh"}
    for number in range(draw(st.integers(0, 8))):
        above = draw(st.sampled_from([code for code, kind in kinds.items() if kind in ("tinh", "cap_tren")]))
        kind = draw(st.sampled_from(["cap_tren", "cdcs", "nghiep_doan"]))
        kinds[f"U{number}"] = kind
        units.append(
            {
                "code": f"U{number}",
                "name": draw(PROSE),
                "short_name": draw(st.one_of(st.just(""), PROSE)),
                "kind": draw(st.sampled_from([kind, texts.KINDS[kind]])),
                "industry_type": draw(st.sampled_from(["", "Bệnh viện"])),
                "parent": above,
                "valid_from": "01/07/2025",
                "reports_from": draw(st.sampled_from(["", "chưa", "11/2026"])),
                "due_day": draw(st.sampled_from(["", 5, "31", "chung"])),
                "figure:so_doan_vien": draw(st.one_of(st.just(""), st.integers(1, 50_000))),
                "reason": draw(st.one_of(st.just(""), PROSE)),
            }
        )
    people = {}
    for _ in range(draw(st.integers(0, 10))):
        unit = draw(st.sampled_from(sorted(kinds)))
        name = draw(NAMES)
        role = draw(st.sampled_from([role for role, places in PLACES.items() if kinds[unit] in places]))
        people[name, unit, role] = {
            "name": name,
            "unit": unit,
            "role": draw(st.sampled_from([role, texts.ROLES[role]])),
            "phone": f"09{len(name):08}" if len(name) > 6 else "",
            "title": draw(st.one_of(st.just(""), PROSE)),
            "from": draw(DATES),
            "to": draw(st.sampled_from([None, "31/12/2026"])),
        }
        if people[name, unit, role]["from"] is None:
            people[name, unit, role]["to"] = None
    return draw(st.permutations(units)), draw(st.permutations(list(people.values())))


@contextmanager
def emptied(template):
    """A database of its own for each example."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copyfile(template, Path(folder) / "congdoan.db")
        database = open_database(f"sqlite:///{folder}/congdoan.db")
        yield prepare(database)
        database.close()


@settings(max_examples=30)
@given(organisation=organisations())
def test_a_valid_roster_comes_in_once(sqlite_template, organisation):
    units, people = organisation
    with emptied(sqlite_template) as database:
        seen = roster.check(database, read(database, workbook(database, units, people)), NOW)
        first = brought_in(database, units, people)
        assert did(first) == did(seen)
        assert did(first)["add_unit"] == len(units)
        assert did(first).get("add_post", 0) == len(people)
        with database.read() as db:
            held = rows.standing(db)
        assert did(brought_in(database, units, people)) == {}
        out = roster_writing.standing_rows(held, NOW.date())
        assert did(brought_in(database, out["units"], out["people"])) == {}
        with database.read() as db:
            assert rows.standing(db) == held
