"""A number far from what a unit reported before is seen; what is usual there, its seasons and its reasons are not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sqlalchemy import insert, update

from handlers import digest, digest_texts, unusual_texts
from handlers.engine.reasons import is_reason, is_slip, is_told
from handlers.engine.unusual import LAST, TIMES, Usual, each, far
from storage import past, reviewing
from storage.answers import ANSWER, FIGURE
from storage.coverage import view
from storage.database import Database, table_of
from storage.models import UnitSuccession
from storage.past import Here
from tests import unusual as measurement
from tests.digest_samples import MISSING, SENT, SUMMARY, Report, found, hand_in, open_month

TREE = {1: None, 2: 1, 4: 2, 5: 2}
HERE = Here(4, "bc_thang", date(2026, 11, 1))
numbers = st.floats(1, 1e9)
histories = st.dictionaries(st.integers(1, 24), numbers, min_size=3)


def months(*values: float) -> dict[int, float]:
    """The latest first."""
    return dict(enumerate(values, 1))


# ── what is far ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("value", [450, 4500, 10, 1])
def test_a_number_three_times_more_or_less_than_usual_is_far(value):
    assert far(value, months(40, 55, 45, 50, 48, 52)) == Usual(45, 52)


@pytest.mark.parametrize("value", [0, 20, 45, 55, 120])
def test_what_a_unit_might_report_is_not_far(value):
    assert far(value, months(40, 55, 45, 50, 48, 52)) is None


def test_one_visit_instead_of_three_is_not_far():
    assert far(1, months(3, 3, 3)) is None
    assert far(20, months(2, 2, 1)) == Usual(1, 2)


def test_two_months_say_nothing():
    assert far(1000, months(2, 2)) is None
    assert far(1000, months(2, 0, 2, 0)) is None


def test_months_without_anything_say_nothing_about_how_much_is_usual():
    assert far(50, months(0, 50, 0, 0, 55, 0, 48)) is None
    assert far(500, months(0, 50, 0, 0, 55, 0, 48)) == Usual(48, 55)


def test_one_month_far_above_the_others_hides_no_slip():
    assert far(50, months(5, 4, 300, 5, 6, 5)) is not None


@pytest.mark.parametrize("ago", [11, 12, 13])
def test_the_same_season_of_last_year_explains_a_number(ago):
    assert far(300, months(5, 4, 5, 6, 5) | {ago: 280}) is None


def test_a_number_that_counts_by_another_is_looked_at_for_one_of_those():
    listeners, meetings = months(50, 100, 60, 200), months(1, 2, 1, 4)
    assert each(listeners, meetings) == months(50, 50, 60, 50)
    assert far(400 / 8, each(listeners, meetings)) is None
    assert far(400 / 1, each(listeners, meetings)) is not None


def test_a_month_without_its_count_is_left_out():
    assert each(months(50, 60, 70), {1: 1, 3: 0}) == {1: 50}


@given(numbers, st.integers(3, 24))
def test_what_never_changes_is_never_far(value, length):
    assert far(value, months(*[value] * length)) is None


@given(numbers, histories)
def test_nothing_near_the_middle_is_far_and_everything_far_from_all_is(value, history):
    latest = [history[ago] for ago in sorted(history)][:LAST]
    season = [history[ago] for ago in (11, 12, 13) if ago in history]
    every = [*latest, *season]
    if max(every) / TIMES < value < min(every) * TIMES:
        assert far(value, history) is None
    if value > TIMES * (max(every) + 1) or (value + 1) * TIMES * 1.01 < min(every) + 1:
        assert far(value, history) is not None


@given(
    st.floats(1e4, 1e7),
    st.dictionaries(st.integers(1, 24), st.floats(1e4, 1e7), min_size=3),
    st.integers(2, 100),
)
def test_of_large_numbers_only_the_proportion_counts(value, history, times):
    edges = [number * factor for number in history.values() for factor in (TIMES, 1 / TIMES)]
    latest = sorted(history[ago] for ago in sorted(history)[:LAST])
    middle = (latest[(len(latest) - 1) // 2] + latest[len(latest) // 2]) / 2
    assume(all(abs(value / edge - 1) > 0.01 for edge in [*edges, middle * TIMES, middle / TIMES]))
    larger = {ago: number * times for ago, number in history.items()}
    assert (far(value, history) is None) == (far(value * times, larger) is None)


def test_honest_units_see_it_seldom_and_slips_are_caught():
    found = measurement.measure(units=40, seeds=(1,)).by_question
    others = [one for name, one in found.items() if name != measurement.MEMBERS]
    for whole in (measurement.together(found.values()), measurement.together(others)):
        assert whole.asked < 0.03 * whole.answers
        for kind in ("more", "less"):
            assert whole.here[kind] + whole.later[kind] > 0.9 * whole.slips[kind]


# ── what is said to it ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "said",
    ["nhầm", "em gõ thừa một số 0", "gõ nhầm ạ", "sai số rồi", "thừa số 0", "để em kiểm tra lại", "không phải vậy",
     "đợi tí", "không đúng đâu", "nhập lại giúp em", "go nham", "do em gõ nhầm"],
)  # fmt: skip
def test_a_slip_is_no_reason(said):
    assert is_slip(said)
    assert not is_reason(said, "not_a_number")
    assert not is_told(said, "not_a_number")


@pytest.mark.parametrize(
    "said",
    ["do tháng này tổ chức hội thao", "vì có 3 đoàn về thăm", "tặng quà Tết cho toàn bộ đoàn viên",
     "nhờ có đợt phát động",
     "đi Sài Gòn tham quan", "nhằm chăm lo đoàn viên dịp Tết", "thang nay co hoi thao lon", "do tháng trước ghi sai"],
)  # fmt: skip
def test_a_reason_is_one(said):
    assert is_reason(said, "not_a_number")
    assert not is_slip(said)


@pytest.mark.parametrize(
    ("said", "why"),
    [("khoảng 20 đến 25 người", "range"), ("vài chục người thôi", "vague"), ("độ 45 lượt người", "unknown_words"),
     ("cảm ơn em nhiều", "not_a_number"), ("sao lại hỏi thế", "not_a_number"), ("hôm đó có 45 người", "unknown_words"),
     ("không nhớ rõ lắm", "unknown"), ("tháng này có hội thao?", "not_a_number"), ("hội thao", "not_a_number")],
)  # fmt: skip
def test_what_may_be_a_number_or_a_question_is_no_reason(said, why):
    assert not is_reason(said, why)


# ── from the rows ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def year(database: Database) -> Database:
    """Six months of two units; the second one reports the same in each."""
    with database.begin() as db:
        found(db, TREE)
        for number in range(1, 7):
            open_month(db, f"2026-{number + 5:02}", number)
            mine = {"tt_so_cuoc": number, "tt_luot_nguoi": 10 * number, "kn_so_moi": 0, "tt/x": 1}
            alike = {"tt_so_cuoc": 2, "tt_luot_nguoi": 90, "cl_so_nguoi": 3, "so_doan_vien": 100 + number}
            hand_in(db, number, [Report(4, figures=mine), Report(5, figures=alike)])
    return database


def test_the_past_of_a_question_is_counted_in_months_and_leaves_out_this_one(year):
    with year.read() as db:
        own, meetings = past.of_questions(db, HERE, "tt_luot_nguoi", "tt_so_cuoc", 24)
        assert own == months(50, 40, 30, 20, 10)
        assert meetings == months(5, 4, 3, 2, 1)
        assert past.of_questions(db, HERE, "kn_so_moi", "", 24) == ({}, {})
        assert past.of_questions(db, HERE, "tt_so_cuoc", "", 2)[0] == months(5, 4)
        assert past.reports(db, HERE, 1) == {
            1: {"tt_so_cuoc": 5, "tt_luot_nguoi": 50, "kn_so_moi": 0, "tt/x": 1}
        }


def test_after_a_merge_the_past_begins_anew(year):
    with year.begin() as db:
        merge = {"old_id": 5, "new_id": 4, "kind": "merge", "on": date(2026, 9, 1), "reason": ""}
        db.execute(insert(table_of(UnitSuccession)), merge)
        assert past.of_questions(db, HERE, "tt_so_cuoc", "", 24)[0] == months(5, 4)


def test_the_past_is_found_by_key_and_not_by_a_walk_through_all_figures(sqlite_database):
    with sqlite_database.read() as db:
        sql = str(past._OF_QUESTIONS.compile(dialect=db.dialect))
        plan = db.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", tuple([1] * sql.count("?"))).all()
    assert not [row for row in plan if "SCAN figure" in row[-1]], plan


def test_a_superior_sees_four_identical_months_and_confirmed_numbers_of_its_own_units(year):
    with year.begin() as db:
        answer = {"submission_id": 60_004, "version": 1, "question": "tt_luot_nguoi", "value": "60",
                  "number": 60.0, "provenance": "answered", "asked": True, "raw": "60",
                  "doubt": "unusual", "note": "do hội thao",
                  "answered_at": SENT}  # fmt: skip
        db.execute(ANSWER.insert(), answer)
        seen = view(db, 6)
        (number,) = reviewing.looked_at(db, seen, 2)
        assert (number.unit_id, number.question, number.number) == (4, "tt_luot_nguoi", 60)
        assert (number.doubt, number.note) == ("unusual", "do hội thao")
        assert [row.unit_id for row in reviewing.alike(db, seen, 2)] == [5]
        assert reviewing.looked_at(db, seen, 5) == reviewing.alike(db, seen, 4) == []
        third = (FIGURE.c.period_id == 3) & (FIGURE.c.unit_id == 5)
        db.execute(update(FIGURE).where(third, FIGURE.c.question == "tt_luot_nguoi").values(number=91))
        assert reviewing.alike(db, seen, 2) == []


def test_the_superiors_message_names_some_of_them_and_stays_short():
    names = [f"CĐCS Công ty số {number}" for number in range(40)]
    said = digest.superior_text(SUMMARY, MISSING, names, names[:2])
    assert "số liệu khác thường (40): CĐCS Công ty số 0" in said
    assert "và 36 đơn vị khác" in said
    assert "giống hệt nhau (2): CĐCS Công ty số 0, CĐCS Công ty số 1." in said
    assert digest.utf16(said) <= digest.LIMIT
    assert "khác thường" not in digest.superior_text(SUMMARY, MISSING)


def test_every_doubt_has_words_for_the_officer_and_for_whoever_checks():
    assert {name.removesuffix("_each") for name in unusual_texts.LOOK} == set(digest_texts.DOUBTS)
