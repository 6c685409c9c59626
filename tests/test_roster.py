"""A roster comes in: what it changes, once, whole or not at all, and what people have to mend."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from handlers import roster
from handlers.documents import roster_writing
from storage import erasure, periods, units
from storage import roster as rows
from storage.audit import COMMAND
from storage.contacts import PERSON
from storage.coverage import FORM
from storage.ranges import PARENT, SUCCESSION
from storage.submissions import SUBMISSION
from storage.units import ASSIGNMENT, UNIT
from tests.player import demo_start
from tests.rosters import (
    CHI,
    HLU,
    LAN,
    MAY,
    NOW,
    PEOPLE,
    TOP,
    UNITS,
    Rows,
    brought_in,
    checked,
    did,
    prepare,
    read,
    sheet,
    workbook,
    wrong,
)

File = tuple[Rows, Rows, Rows]


@pytest.fixture
def place(database):
    """An installation without units."""
    return prepare(database)


@pytest.fixture
def full(place):
    """The same with a province, a superior, a unit and two people."""
    assert did(brought_in(place, UNITS, PEOPLE))
    return place


def all_of(database, table):
    with database.read() as db:
        return [dict(row) for row in db.execute(select(table).order_by(*table.primary_key)).mappings()]


def standing(database):
    with database.read() as db:
        return rows.standing(db)


# ── what comes in ───────────────────────────────────────────────────────────────────────────────────


def test_an_empty_installation_gets_units_people_posts_and_figures(place):
    outcome = brought_in(place, UNITS, PEOPLE)
    assert did(outcome) == {"add_unit": 3, "figure": 1, "add_person": 2, "add_post": 2}
    held = standing(place)
    may = held.units["NB-HLU-01"]
    assert (may.kind, may.industry_type, may.parent, may.due_day) == ("cdcs", "doanh_nghiep", "NB-HLU", 18)
    assert (may.valid_from, may.figures) == (date(2026, 11, 1), {"so_doan_vien": 125})
    assert [(p.name, p.phone, p.full_time) for p in held.people.values()] == [
        ("Trần Thị Lan", "+84912345678", False),
        ("Hoàng Thu Chi", "", True),
    ]
    with place.read() as db:
        lan = next(iter(held.people))
        assert [post.role for post in units.posts_of(db, lan, NOW.date())] == ["bao_cao_vien"]


def test_a_look_changes_nothing(place):
    assert did(checked(place, UNITS, PEOPLE)) == did(brought_in(place, UNITS, PEOPLE))
    before = standing(place)
    assert did(checked(place, [{"code": "NB-HLU-01", "name": "Tên khác", "since": "15/11/2026"}]))
    assert standing(place) == before


def test_importing_twice_changes_nothing(full):
    before = standing(full)
    assert did(brought_in(full, UNITS, PEOPLE)) == {}
    assert standing(full) == before


def test_what_the_file_does_not_name_stays(full):
    outcome = brought_in(full, [TOP], [CHI])
    assert did(outcome) == {}
    assert outcome.kept == 1


def test_a_blank_cell_leaves_what_is_there(full):
    assert did(brought_in(full, [{"code": "NB-HLU-01"}])) == {}
    assert did(brought_in(full, [{"code": "nb-hlu-01 ", "figure:so_doan_vien": 130}])) == {"figure": 1}
    may = standing(full).units["NB-HLU-01"]
    assert (may.name, may.due_day, may.figures) == (MAY["name"], 18, {"so_doan_vien": 130})


def test_what_has_no_date_is_put_right(full):
    outcome = brought_in(
        full,
        [
            MAY
            | {
                "short_name": "May Sao Khuê",
                "due_day": "chung",
                "reports_from": "12/2026",
                "kind": "nghiep_doan",
            }
        ],
    )
    assert did(outcome) == {"amend_unit": 1}
    may = standing(full).units["NB-HLU-01"]
    assert (may.short_name, may.due_day, may.kind) == ("May Sao Khuê", None, "nghiep_doan")
    assert may.reports_from == date(2026, 12, 1)


def test_who_does_not_report_yet_says_so(full):
    assert did(brought_in(full, [MAY | {"reports_from": "Chưa"}])) == {"amend_unit": 1}
    assert standing(full).units["NB-HLU-01"].reports_from > date(2100, 1, 1)
    assert did(brought_in(full, [MAY | {"reports_from": "Chưa"}])) == {}


def hand_in(database, code):
    with database.begin() as db:
        found = standing(database).units[code].id
        period = periods.ensure(db, periods.duties(db, NOW.date())[0], "2026-10").id
        version = db.scalar(select(FORM.c.id).where(FORM.c.code == "bc_thang"))
        row = {
            "form_version_id": version, "form_code": "bc_thang", "unit_id": found, "period_id": period,
            "state": "accepted", "version": 1, "context": {}, "opened_at": NOW, "edited_at": NOW,
        }  # fmt: skip
        db.execute(SUBMISSION.insert(), row)


def test_a_unit_that_has_reported_keeps_its_kind(full):
    other = [MAY | {"kind": "Công đoàn cấp trên"}]
    assert did(checked(full, other)) == {"amend_unit": 1}
    hand_in(full, "NB-HLU-01")
    [(_, _, column, words)] = wrong(checked(full, other))
    assert (column, "đã nộp báo cáo" in words) == ("kind", True)
    assert did(checked(full, [MAY | {"kind": "nghiep_doan"}])) == {"amend_unit": 1}


def test_a_superior_of_units_does_not_become_one_of_them(full):
    [(_, _, column, words)] = wrong(checked(full, [HLU | {"kind": "cdcs"}]))
    assert (column, "NB-HLU-01" in words) == ("kind", True)
    moved: Rows = [HLU | {"kind": "cdcs"}, MAY | {"parent": "NB", "since": "01/12/2026"}]
    assert did(checked(full, moved)) == {"move": 1, "amend_unit": 1}


@pytest.mark.parametrize(
    ("month", "told"),
    [
        ("12/2026", ["Những tháng trước"]),
        ("chưa", ["Những tháng trước"]),
        ("04/2026", ["Những tháng từ “B"]),
        ("05/2026", []),
    ],
)
def test_a_first_month_that_changes_who_owed_the_past_is_a_warning(place, month, told):
    old = [unit | {"valid_from": "01/05/2026"} for unit in UNITS]
    assert did(brought_in(place, old, PEOPLE))
    outcome = checked(place, [MAY | {"reports_from": month}])
    assert [one.words[: len("Những tháng trước")] for one in outcome.warnings] == told
    assert did(outcome) == {"amend_unit": 1}


def test_every_change_is_in_the_audit(place):
    from storage.audit import CHANGE

    brought_in(place, UNITS, PEOPLE)
    held = all_of(place, CHANGE)
    assert [(c["act"], c["about"], c["channel"]) for c in held] == [
        *[("add", "unit", "command")] * 3,
        ("change", "opening_figure", "command"),
        *[("add", "person", "command")] * 2,
        *[("assign", "assignment", "command")] * 2,
    ]
    assert "Lan" not in str(held)
    assert "912345678" not in str(held)
    brought_in(place, UNITS, PEOPLE)
    assert len(all_of(place, CHANGE)) == len(held)


def test_a_roster_with_one_mistake_changes_nothing(place):
    outcome = brought_in(place, [*UNITS, {"code": "X"}], PEOPLE)
    assert outcome.problems
    assert all_of(place, UNIT) == all_of(place, PERSON) == []


# ── changed names and parents ───────────────────────────────────────────────────────────────────────


def test_a_changed_name_asks_for_its_day(full):
    renamed = MAY | {"name": "CĐCS Công ty CP May Sao Khuê"}
    [(at, row, column, words)] = wrong(brought_in(full, [TOP, HLU, renamed]))
    assert (at, row, column) == ("units", 4, "since")
    assert "Thay đổi từ ngày" in words
    assert did(brought_in(full, [renamed | {"since": "01/12/2026"}])) == {"rename": 1}
    assert did(brought_in(full, [renamed | {"since": "01/12/2026"}])) == {}
    assert [(s["kind"], s["on"]) for s in all_of(full, SUCCESSION)] == [("rename", date(2026, 12, 1))]


def test_a_short_name_that_was_left_empty_follows_the_name(full):
    plain = MAY | {"code": "NB-HLU-05", "name": "CĐCS Giày Hoa Sen", "short_name": ""}
    assert did(brought_in(full, [plain]))
    with full.read() as db:
        sent = roster_writing.standing_rows(rows.standing(db), NOW.date())["units"]
    row = next(one for one in sent if one["code"] == "NB-HLU-05")
    assert row["short_name"] == ""
    assert did(brought_in(full, sent)) == {}
    renamed = row | {"name": "CĐCS Giày Hoa Súng", "since": "01/12/2026"}
    assert did(brought_in(full, [renamed])) == {"rename": 1}
    assert did(brought_in(full, [renamed])) == {}
    held = next(unit for unit in all_of(full, UNIT) if unit["code"] == "NB-HLU-05")
    assert (held["name"], held["short_name"]) == ("CĐCS Giày Hoa Súng", "CĐCS Giày Hoa Súng")


def test_a_superior_that_comes_too_late_says_both_ways_out(full):
    late = HLU | {"code": "NB-X", "valid_from": "01/12/2026"}
    early = MAY | {"code": "NB-X-01", "parent": "NB-X", "valid_from": "15/11/2026"}
    [(_, row, column, words)] = wrong(checked(full, [late, early]))
    assert (row, column) == (3, "parent")
    assert "chỉ có từ ngày 01/12/2026; hãy ghi “Có từ ngày” từ ngày đó trở đi" in words
    assert words.endswith("hoặc ghi “Có từ ngày” của NB-X (dòng 2) là 15/11/2026 hay sớm hơn.")
    moved = MAY | {"parent": "NB-X", "since": "15/11/2026"}
    [(_, _, _, words)] = wrong(checked(full, [late, moved]))
    assert "hãy ghi “Thay đổi từ ngày” từ ngày đó trở đi, hoặc" in words


def test_a_changed_parent_asks_for_its_day(full):
    moved = MAY | {"parent": "NB"}
    [(_, _, column, words)] = wrong(brought_in(full, [moved]))
    assert column == "since"
    assert "Mã cấp trên" in words
    assert did(brought_in(full, [moved | {"since": "15/11/2026", "reason": "QĐ 12"}])) == {"move": 1}
    assert did(brought_in(full, [moved])) == {}
    held = [(p["valid_from"], p["valid_to"], p["reason"]) for p in all_of(full, PARENT) if p["unit_id"] == 3]
    assert held == [
        (date(2026, 11, 1), date(2026, 11, 14), ""),
        (date(2026, 11, 15), None, "QĐ 12"),
    ]


def test_a_change_before_a_later_one_happens_once(full):
    assert did(brought_in(full, [MAY | {"parent": "NB", "name": "Sau", "since": "01/12/2026"}]))
    between: Rows = [HLU | {"code": "NB-X"}, MAY | {"parent": "NB-X", "name": "Giữa", "since": "20/11/2026"}]
    assert did(checked(full, between)) == {"add_unit": 1, "rename": 1, "move": 1}
    assert did(brought_in(full, between)) == {"add_unit": 1, "rename": 1, "move": 1}
    assert did(checked(full, between)) == {}
    assert did(brought_in(full, between)) == {}


def test_what_the_tree_refuses_is_said_at_its_row(full):
    before = standing(full)
    for act in (checked, brought_in):
        [(at, row, column, words)] = wrong(act(full, [TOP, MAY | {"parent": "NB", "since": "01/10/2026"}]))
        assert (at, row) == ("units", 3)
        assert column in ("since", "parent")
        assert "01/11/2026" in words
    assert standing(full) == before


# ── acts ────────────────────────────────────────────────────────────────────────────────────────────

OTHER = MAY | {"code": "NB-HLU-02", "name": "CĐCS Công ty Giày Hoa Sen", "short_name": ""}
ACT = {"on": "01/12/2026", "old": "NB-HLU-02", "reason": "QĐ 15"}


@pytest.mark.parametrize(
    ("act", "new"),
    [
        ("Sáp nhập", "NB-HLU-01"),
        ("Giải thể", ""),
        ("chia (don vi cu het)", "NB-HLU-01"),
        ("split", "NB-HLU-01"),
    ],
)
def test_an_act_happens_once(full, act, new):
    brought_in(full, [OTHER], [LAN | {"unit": "NB-HLU-02"}])
    file: File = ([*UNITS, OTHER], [*PEOPLE, LAN | {"unit": "NB-HLU-02"}], [ACT | {"act": act, "new": new}])
    assert sum(did(checked(full, *file)).values()) == 1
    assert sum(did(brought_in(full, *file)).values()) == 1
    after = standing(full)
    ended = after.units["NB-HLU-02"].valid_to
    assert ended == (None if act == "split" else date(2026, 11, 30))
    for later in (NOW, NOW + timedelta(days=40)):
        again = brought_in(full, *file, now=later)
        assert did(again) == {}
        assert again.warnings == ()
    assert standing(full) == after


def test_a_unit_is_divided_into_several(full):
    heirs = [OTHER, OTHER | {"code": "NB-HLU-03", "name": "CĐCS Giày 3"}]
    acts = [{"on": "01/12/2026", "act": "divide", "old": "NB-HLU-01", "new": one["code"]} for one in heirs]
    assert did(brought_in(full, heirs, [], acts)) == {"add_unit": 2, "figure": 2, "divide": 1}
    assert len(all_of(full, SUCCESSION)) == 2
    assert did(brought_in(full, heirs, [], acts)) == {}


def test_a_dissolved_superior_hands_over_and_the_old_file_may_come_again(full):
    file: File = ([*UNITS, HLU | {"code": "NB-TDI", "name": "Công đoàn phường Tam Điệp"}], PEOPLE,
            [{"on": "01/12/2026", "act": "Giải thể", "old": "NB-HLU", "new": "NB-TDI"}])  # fmt: skip
    assert did(brought_in(full, *file))["dissolve"] == 1
    assert standing(full).units["NB-HLU-01"].parent == "NB-TDI"
    again = brought_in(full, *file, now=NOW + timedelta(days=40))
    assert did(again) == {}
    assert "NB-TDI" in again.warnings[0].words


def test_a_dissolved_superior_needs_somebody_for_what_stands_below(full):
    [(at, row, _, words)] = wrong(
        checked(full, [], [LAN], [{"on": "01/12/2026", "act": "Giải thể", "old": "NB-HLU"}])
    )
    assert (at, row) == ("acts", 2)
    assert "CĐCS May Sao Khuê" in words


# ── people ──────────────────────────────────────────────────────────────────────────────────────────


def test_one_person_may_hold_several_posts(full):
    more = [LAN | {"unit": "NB-HLU", "role": "Lãnh đạo cấp trên"}, LAN | {"role": "Tổ hỗ trợ sáng kiến"}]
    assert did(brought_in(full, [], [LAN, *more])) == {"add_post": 2}
    assert len(standing(full).people) == 2


def test_a_number_is_known_however_it_is_written(full):
    for phone in ("+84 912 345 678", "84912345678", 912345678, "0912.345.678"):
        assert did(brought_in(full, [], [LAN | {"phone": phone}])) == {}


def test_a_new_number_and_a_better_spelling_are_put_right(full):
    assert did(brought_in(full, [], [LAN | {"phone": "0999 888 777"}])) == {"amend_person": 1}
    assert did(brought_in(full, [], [LAN | {"phone": "0999 888 777", "name": "Trần Thị Lân"}])) == {
        "amend_person": 1
    }
    assert [p.name for p in standing(full).people.values()] == ["Trần Thị Lân", "Hoàng Thu Chi"]


def test_a_number_that_two_people_share_is_a_warning(full):
    minh = LAN | {"name": "Vũ Quang Minh"}
    outcome = brought_in(full, [], [LAN, minh])
    assert did(outcome) == {"add_person": 1, "add_post": 1}
    assert ["Trần Thị Lan" in one.words and "0912 345 678" in one.words for one in outcome.warnings] == [True]
    assert did(brought_in(full, [], [LAN, minh, minh | {"role": "chu_tich_cdcs"}])) == {"add_post": 1}


def test_the_number_of_somebody_who_leaves_does_not_make_the_next_one_that_person(full):
    next_one = {**LAN, "name": "Vũ Quang Minh", "from": "01/12/2026"}
    assert did(brought_in(full, [], [LAN | {"to": "30/11/2026"}, next_one])) == {
        "add_person": 1,
        "add_post": 1,
        "amend_post": 1,
    }


def test_two_people_of_one_name_are_told_apart_by_number(full):
    other = LAN | {"phone": "0999 888 777"}
    assert did(brought_in(full, [], [LAN, other])) == {"add_person": 1, "add_post": 1}
    assert did(brought_in(full, [], [LAN, other])) == {}
    [(_, _, column, words)] = wrong(brought_in(full, [], [LAN | {"phone": ""}]))
    assert column == "phone"
    assert "số điện thoại" in words


def test_where_a_tone_stands_in_a_name_does_not_make_another_person(full):
    hoa = CHI | {"name": "Hoàng Thị Hoà"}
    assert did(brought_in(full, [], [hoa])) == {"add_person": 1, "add_post": 1}
    assert did(brought_in(full, [], [hoa | {"name": "Hoàng Thị Hòa"}])) == {"amend_person": 1}
    assert did(brought_in(full, [], [hoa | {"name": "Hoàng Thị Hoa"}])) == {"add_person": 1, "add_post": 1}


def test_somebody_without_a_number_in_two_units_stays_one_person(full):
    with full.begin() as db:
        post = {"person_id": 2, "unit_id": 1, "role": "van_thu", "title": "", "valid_from": NOW.date()}
        db.execute(ASSIGNMENT.insert(), post)
    assert did(brought_in(full, [], [CHI, CHI | {"unit": "NB", "role": "Văn thư"}])) == {}


def test_a_post_ends_and_is_not_given_back_by_an_old_file(full):
    ending = LAN | {"to": "09/11/2026"}
    assert did(brought_in(full, [], [ending])) == {"amend_post": 1}
    assert did(brought_in(full, [], [ending])) == {}
    outcome = brought_in(full, [], [LAN])
    assert did(outcome) == {}
    assert "09/11/2026" in outcome.warnings[0].words
    assert did(brought_in(full, [], [LAN | {"from": "10/11/2026"}])) == {"add_post": 1}
    assert did(brought_in(full, [], [ending, LAN | {"from": "10/11/2026"}])) == {}


def test_an_erased_person_is_not_found_again(full):
    assert did(brought_in(full, [], [LAN | {"from": "01/11/2026"}])) == {}
    with full.begin() as db:
        erasure.erase(db, COMMAND, 1, "Cán bộ 1", NOW)
    outcome = checked(full, [], [LAN])
    assert did(outcome) == {"add_person": 1, "add_post": 1}
    assert ["xóa dữ liệu cá nhân" in one.words for one in outcome.warnings] == [True]
    assert checked(full, [], [LAN | {"from": "10/11/2026"}]).warnings == ()
    assert brought_in(full, [], [CHI]).warnings == ()


# ── mistakes ────────────────────────────────────────────────────────────────────────────────────────

MISTAKES: dict[str, tuple[Rows, Rows, str, str]] = {
    "no code": ([{"name": "X"}], [], "code", "Thiếu"),
    "code twice": ([MAY, MAY], [], "code", "dòng 2"),
    "code with blanks": ([{"code": "NB 01"}], [], "code", "NB 01"),
    "new unit without a name": ([MAY | {"code": "Y", "name": ""}], [], "name", "Tên đơn vị"),
    "new unit without a parent": ([MAY | {"code": "Y", "parent": ""}], [], "parent", "Mã cấp trên"),
    "unknown parent": ([MAY | {"code": "Y", "parent": "NB-0"}], [], "parent", "NB-0"),
    "parent is no superior": ([MAY | {"code": "Y", "parent": "NB-HLU-01"}], [], "parent", "cơ sở"),
    "parent comes later": ([MAY | {"code": "Y", "valid_from": "01/01/2026"}], [], "parent", "01/11/2026"),
    "circle": (
        [HLU | {"code": "A", "parent": "B"}, HLU | {"code": "B", "parent": "A"}], [], "parent", "A → B → A",
    ),
    "below itself": ([HLU | {"code": "A", "parent": "A"}], [], "parent", "A → A"),
    "second top": ([TOP | {"code": "HN"}], [], "kind", "NB"),
    "top with a parent": ([TOP | {"parent": "NB-HLU"}], [], "parent", "tỉnh"),
    "kind of the top": ([TOP | {"kind": "cap_tren"}], [], "kind", "Liên đoàn"),
    "other first day": ([MAY | {"valid_from": "01/01/2020"}], [], "valid_from", "01/11/2026"),
    "unknown kind": ([MAY | {"kind": "Tổ"}], [], "kind", "Công đoàn cơ sở"),
    "no date": ([MAY | {"valid_from": "31/02/2026"}], [], "valid_from", "31/02/2026"),
    "a far date": ([MAY | {"valid_from": "01/07/0202"}], [], "valid_from", "0202"),
    "no month": ([MAY | {"reports_from": "13/2026"}], [], "reports_from", "13/2026"),
    "no day": ([MAY | {"due_day": 32}], [], "due_day", "32"),
    "no number": ([MAY | {"figure:so_doan_vien": "trăm hai"}], [], "figure:so_doan_vien", "trăm hai"),
    "too many members": ([MAY | {"figure:so_doan_vien": 60000}], [], "figure:so_doan_vien", "50.000"),
    "a fraction of a member": ([MAY | {"figure:so_doan_vien": 12.5}], [], "figure:so_doan_vien", "12.5"),
    "a fraction that looks like thousands": (
        [MAY | {"figure:so_doan_vien": 1.125}], [], "figure:so_doan_vien", "1.125",
    ),
    "formula fault": ([MAY | {"name": "#REF!"}], [], "name", "công thức"),
    "a name without end": ([MAY | {"name": "x" * 300}], [], "name", "200"),
    "person without a name": ([], [LAN | {"name": ""}], "name", "Họ và tên"),
    "person without a unit": ([], [LAN | {"unit": ""}], "unit", "Mã đơn vị"),
    "person without a role": ([], [LAN | {"role": ""}], "role", "Vai trò"),
    "unknown unit": ([], [LAN | {"unit": "NB-9"}], "unit", "NB-9"),
    "unknown role": ([], [LAN | {"role": "Giám đốc"}], "role", "Giám đốc"),
    "a role at the wrong place": ([], [LAN | {"role": "Quản trị"}], "role", "Công đoàn cơ sở"),
    "bad number": ([], [LAN | {"phone": "12345"}], "phone", "12345"),
    "the same twice": ([], [LAN, LAN], "role", "dòng 2"),
    "one person, two spellings": (
        [], [LAN, LAN | {"name": "Trần Thị Lann", "role": "to_ho_tro"}], "name", "dòng 2",
    ),
    "ends before it begins": ([], [LAN | {"from": "02/11/2026", "to": "01/11/2026"}], "to", "01/11/2026"),
    "before the unit": ([], [CHI | {"name": "Mới", "from": "01/01/2020"}], "from", "01/11/2026"),
    "an end of nothing": ([], [CHI | {"name": "Mới", "to": "30/11/2026"}], "to", "Mới"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_at_its_cell_and_nothing_is_written(full, name):
    units_, people, column, told = MISTAKES[name]
    before = standing(full)
    found = wrong(brought_in(full, units_, people))
    assert [(each[2], told in each[3]) for each in found] == [(column, True)], found
    assert found[0][3].count(";") + found[0][3].count(". ") >= 1, "says what is wrong and how to mend it"
    assert standing(full) == before


ACT_MISTAKES: dict[str, tuple[dict[str, str], str, str]] = {
    "no heir": (ACT | {"act": "Sáp nhập", "old": "NB-HLU-01"}, "new", "Sáp nhập"),
    "itself": (ACT | {"act": "Sáp nhập", "old": "NB-HLU-01", "new": "NB-HLU-01"}, "new", "giống nhau"),
    "unknown heir": (ACT | {"act": "Sáp nhập", "old": "NB-HLU-01", "new": "NB-9"}, "new", "NB-9"),
    "unknown unit": (ACT | {"act": "Giải thể", "old": "NB-9"}, "old", "NB-9"),
    "no day": (ACT | {"act": "Giải thể", "old": "NB-HLU-01", "on": ""}, "on", "Ngày hiệu lực"),
    "a rename": (ACT | {"act": "Đổi tên", "old": "NB-HLU-01"}, "act", "Đổi tên"),
    "the top": (ACT | {"act": "Giải thể", "old": "NB"}, "old", "cấp tỉnh"),
    "on its first day": (
        ACT | {"act": "Giải thể", "old": "NB-HLU-01", "on": "01/11/2026"},
        "old",
        "01/11/2026",
    ),
}


@pytest.mark.parametrize("name", ACT_MISTAKES)
def test_a_mistake_in_an_act_is_named_at_its_cell(full, name):
    act, column, told = ACT_MISTAKES[name]
    before = standing(full)
    for look in (checked, brought_in):
        found = wrong(look(full, [], [LAN], [act]))
        assert [(each[2], told in each[3]) for each in found] == [(column, True)], found
    assert standing(full) == before


def test_sql_in_any_field_is_text(full):
    evil = "Robert'); DROP TABLE unit;--"
    assert did(
        brought_in(
            full,
            [MAY | {"code": "Y", "name": evil, "short_name": '"; DELETE FROM person; --'}],
            [LAN | {"phone": "", "name": evil, "title": "' OR 1=1 --", "unit": "Y"}],
        )
    )
    assert standing(full).units["Y"].name == evil
    assert evil in [person.name for person in standing(full).people.values()]
    [(_, _, column, _)] = wrong(brought_in(full, [MAY | {"code": "Y'; DROP TABLE unit"}]))
    assert column == "code"


# ── workbooks that come back ────────────────────────────────────────────────────────────────────────


def test_what_is_there_goes_out_and_comes_in_without_a_change(sqlite_database):
    demo_start(sqlite_database, NOW, months=0)
    held = standing(sqlite_database)
    filled = roster_writing.standing_rows(held, NOW.date())
    body = workbook(sqlite_database, **filled)
    outcome = roster.apply(sqlite_database, read(sqlite_database, body), COMMAND, NOW)
    assert did(outcome) == {}
    assert (outcome.warnings, outcome.kept, outcome.unknown) == ((), 0, ())
    assert len(filled["units"]) > 60
    assert standing(sqlite_database) == held


def test_mistakes_come_back_at_their_rows_and_the_file_may_be_mended_and_sent_again(full):
    tables = read(full, workbook(full, [TOP, HLU, MAY | {"name": "Khác"}], [LAN | {"role": "Giám đốc"}, CHI]))
    outcome = roster.check(full, tables, NOW)
    body = roster_writing.marked(tables, outcome.problems)
    units_, people = sheet(body, "Đơn vị"), sheet(body, "Cán bộ")
    assert units_[0][:3] == ("Cần sửa", "Mã đơn vị", "Tên đơn vị")
    assert [row[0] is None for row in units_[1:]] == [True, True, False]
    assert "Thay đổi từ ngày" in units_[3][0]
    assert "Giám đốc" in people[1][0]
    assert people[2][:2] == (None, "Hoàng Thu Chi")
    again = roster.check(full, read(full, body), NOW)
    assert wrong(again) == wrong(outcome)
    assert roster_writing.marked(read(full, body), again.problems)[:2] == b"PK"


def test_ids_are_given_in_the_order_of_the_file(place):
    brought_in(place, UNITS, PEOPLE)
    with place.read() as db:
        assert db.scalar(select(func.count()).select_from(ASSIGNMENT)) == 2
    assert [row["code"] for row in all_of(place, UNIT)] == ["NB", "NB-HLU", "NB-HLU-01"]
