"""The figures of a period equal those that a plain loop over the rows gives."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import calendar, summaries
from storage.coverage import PERIOD, missing_units, record_time, stage, view
from storage.database import Database, table_of
from storage.models import Initiative, OpeningFigure, Petition, Submission, Unit, UnitParent
from tests.digest_samples import CLOSES, PROVISIONAL, RECORD, START, Report, add, found, hand_in, open_month

QUESTIONS = ("tt_so_cuoc", "tt_luot_nguoi", "sk_y_tuong_moi", "cl_so_tien", "so_doan_vien", "tu_danh_gia/tot")
STATES = ("none", "draft", "submitted", "accepted", "auto_accepted", "returned", "exempt")
COUNTED = {"submitted", "accepted", "auto_accepted"}

# 1 is the province, 2 and 3 are superiors, the rest grassroots unions.
TREE = {1: None, 2: 1, 3: 1, 4: 2, 5: 2, 6: 3, 7: 3}


@st.composite
def organisations(draw: st.DrawFn) -> tuple[dict[int, int | None], list[Report], list[Report]]:
    superiors = list(range(2, draw(st.integers(2, 5)) + 1))
    parents: dict[int, int | None] = {1: None, **dict.fromkeys(superiors, 1)}
    grassroots = list(range(100, 100 + draw(st.integers(0, 12))))
    for unit in grassroots:
        parents[unit] = draw(st.sampled_from(superiors))
    return parents, draw(months(grassroots, date(2026, 10, 18))), draw(months(grassroots, date(2026, 11, 18)))


@st.composite
def months(draw: st.DrawFn, units: list[int], day: date) -> list[Report]:
    reports = []
    for unit in units:
        state = draw(st.sampled_from(STATES))
        if state == "none":
            continue
        asked = draw(st.lists(st.sampled_from(QUESTIONS), unique=True)) if state in COUNTED else []
        figures = {name: draw(st.integers(0, 10**11)) for name in asked}
        sent = calendar.at(day, "09:00")
        reports.append(Report(unit, state, figures, late=draw(st.booleans()), submitted_at=sent))
    return reports


def empty(database: Database) -> None:
    with database.begin() as db:
        for table in reversed(table_of(Unit).metadata.sorted_tables):
            db.execute(table.delete())


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(organisations())
def test_every_figure_equals_that_of_a_plain_loop(database, organisation):
    parents, october, november = organisation
    empty(database)
    with database.begin() as db:
        found(db, parents)
        hand_in(db, open_month(db, "2026-10", 1, closed_at=calendar.at(date(2026, 10, 26), "17:00")), october)
        hand_in(db, open_month(db, "2026-11", 2), november)
    with database.read() as db:
        whole = summaries.summarise(db, view(db, 2), at=PROVISIONAL)
        parts = {
            s: summaries.summarise(db, view(db, 2), unit_id=s, at=PROVISIONAL)
            for s in parents
            if parents[s] == 1
        }
        table = summaries.table(db, view(db, 2))

    check(whole, set(parents), parents, october, november)
    for superior, part in parts.items():
        check(part, {u for u in parents if parents[u] == superior}, parents, october, november)
    grassroots = {u for u in parents if u >= 100}
    assert len(table) == whole.coverage.owing
    assert set(table.index) <= {f"U{u}" for u in grassroots}


def check(summary, units, parents, october, november):
    states = {r.unit: r.state for r in november}
    owing = {u for u in units if u >= 100 and states.get(u) != "exempt"}
    counted = {u: r for r in november if (u := r.unit) in owing and r.state in COUNTED}
    earlier = {r.unit: r for r in october if r.state in COUNTED}
    both = counted.keys() & earlier.keys()
    c = summary.coverage
    assert c.owing == len(owing)
    assert c.submitted == len(counted)
    assert c.late == sum(r.late for r in counted.values())
    assert c.on_time == c.submitted - c.late
    assert c.unaccepted == sum(r.state == "submitted" for r in counted.values())
    assert c.returned == sum(states.get(u) == "returned" for u in owing)
    assert c.missing == c.owing - c.submitted - c.returned
    assert summary.comparison is not None
    assert summary.comparison.units == len(both)
    for total in summary.totals:
        for one in filter(None, (total, total.beside)):
            assert one.value == sum(r.figures.get(one.name, 0) for r in counted.values())
            assert one.compared == sum(counted[u].figures.get(one.name, 0) for u in both)
            assert one.previous == sum(earlier[u].figures.get(one.name, 0) for u in both)
            if one.previous:
                assert one.change_percent == pytest.approx((one.compared / one.previous - 1) * 100, abs=1e-6)
            else:
                assert one.change_percent is None
    last = {
        r.unit: r.figures["so_doan_vien"]
        for month in (october, november)
        for r in month
        if "so_doan_vien" in r.figures
    }
    members = summary.stocks[0]
    assert (members.value, members.units) == (
        sum(last[u] for u in owing & last.keys()),
        len(owing & last.keys()),
    )
    good = sum(r.figures.get("tu_danh_gia/tot", 0) for r in counted.values())
    assert dict(summary.assessment) == ({"tot": good} if good else {})
    under = Counter(parents[u] for u in owing)
    assert {s.id: s.coverage.owing for s in summary.by_superior} == dict(under)
    assert [s.id for s in summary.by_superior] == sorted(under)


@pytest.fixture
def month(database: Database) -> Database:
    with database.begin() as db:
        found(db, TREE)
        open_month(db, "2026-10", 1)
        open_month(db, "2026-11", 2)
    return database


def test_a_dissolved_unit_is_not_in_the_denominator_and_a_moved_one_counts_where_it_is_at_the_month_s_end(
    month,
):
    with month.begin() as db:
        db.execute(
            table_of(Unit).update().where(table_of(Unit).c.id == 4).values(valid_to=date(2026, 11, 10))
        )
        moved = table_of(UnitParent).update().where(table_of(UnitParent).c.unit_id == 5)
        db.execute(moved.values(valid_to=date(2026, 11, 29)))
        add(db, UnitParent, id=50, unit_id=5, parent_id=3, valid_from=date(2026, 11, 30), reason="")
    with month.read() as db:
        november, october = (summaries.summarise(db, view(db, n), at=PROVISIONAL) for n in (2, 1))
    assert {s.id: s.coverage.owing for s in november.by_superior} == {3: 3}
    assert {s.id: s.coverage.owing for s in october.by_superior} == {2: 2, 3: 2}


def test_a_first_report_after_the_lock_is_not_in_the_closed_figures(month):
    with month.begin() as db:
        db.execute(PERIOD.update().where(PERIOD.c.id == 2).values(closed_at=CLOSES))
        after = datetime(2026, 11, 26, 2, tzinfo=UTC)
        hand_in(
            db,
            2,
            [Report(4, figures={"tt_so_cuoc": 3}), Report(5, figures={"tt_so_cuoc": 9}, submitted_at=after)],
        )
    with month.read() as db:
        summary = summaries.summarise(db, view(db, 2), at=after)
    assert (summary.coverage.submitted, summary.coverage.after_lock, summary.coverage.missing) == (1, 1, 2)
    assert summary.totals[0].value == 3
    assert summary.stage == "final"


def test_figures_are_provisional_until_the_morning_after_the_due_day_and_final_after_the_lock(month):
    working = calendar.Calendar()
    friday = date(2026, 11, 20)
    assert record_time(friday, working) == RECORD
    assert stage(friday, None, working, PROVISIONAL) == "provisional"
    assert stage(friday, None, working, RECORD) == "record"
    assert stage(friday, CLOSES, working, RECORD) == "record"
    assert stage(friday, CLOSES, working, CLOSES) == "final"


def test_a_stock_not_reported_yet_is_the_roster_s(month):
    with month.begin() as db:
        for unit in (4, 5):
            add(db, OpeningFigure, unit_id=unit, question="so_doan_vien", number=100)
        hand_in(db, 2, [Report(4, figures={"so_doan_vien": 120})])
    with month.read() as db:
        members = summaries.summarise(db, view(db, 2), at=PROVISIONAL).stocks[0]
    assert (members.value, members.units) == (220, 2)


def test_obstacles_are_open_until_closed_and_overdue_after_ten_working_days(month):
    opened = {1: "2026-11-05", 2: "2026-11-06", 3: "2026-11-19", 4: "2026-10-01", 5: "2026-11-21"}
    with month.begin() as db:
        for number, day in opened.items():
            closed = RECORD if number == 3 else PROVISIONAL if number == 4 else None
            add(db, Petition, id=number, kind="vuong_mac", unit_id=4, body="", state="moi",
                opened_at=calendar.at(date.fromisoformat(day), "09:00"), closed_at=closed)  # fmt: skip
        add(
            db,
            Petition,
            id=9,
            kind="kien_nghi",
            unit_id=4,
            body="",
            state="moi",
            opened_at=calendar.at(START, "09:00"),
        )
    with month.read() as db:
        whole = summaries.summarise(db, view(db, 2), at=PROVISIONAL)
        other = summaries.summarise(db, view(db, 2), unit_id=3, at=PROVISIONAL)
    # Friday 20 November: ten working days after Thursday the 5th were over on the 19th.
    assert (whole.obstacles, whole.obstacles_overdue) == (3, 1)
    assert other.obstacles == 0


def test_initiatives_are_those_of_the_month_in_hanoi(month):
    moments = (datetime(2026, 10, 31, 16, 59, tzinfo=UTC), datetime(2026, 10, 31, 17, tzinfo=UTC))
    with month.begin() as db:
        add(db, Submission, id=1, form_version_id=1, form_code="sang_kien", unit_id=4, state="submitted", version=1,
            context={}, late=False, opened_at=RECORD, edited_at=RECORD)  # fmt: skip
        for number, at in enumerate(moments, 1):
            add(db, Initiative, id=number, code=f"SK-{number}", unit_id=4, submission_id=1, title="", state="y_tuong",
                created_at=at)  # fmt: skip
    with month.read() as db:
        assert summaries.summarise(db, view(db, 2), at=PROVISIONAL).initiatives == 1
        assert summaries.summarise(db, view(db, 1), at=PROVISIONAL).initiatives == 1


def test_a_superior_gets_the_names_of_its_own_units_only(month):
    with month.begin() as db:
        hand_in(db, 2, [Report(4), Report(6, "returned")])
    with month.read() as db:
        assert [(u.name, u.returned) for u in missing_units(db, view(db, 2), 2)] == [("ĐV 5", False)]
        assert [(u.name, u.returned) for u in missing_units(db, view(db, 2), 3)] == [
            ("ĐV 6", True),
            ("ĐV 7", False),
        ]


def test_what_a_unit_did_not_report_is_empty_in_the_table_not_zero(month):
    with month.begin() as db:
        hand_in(db, 2, [Report(4, figures={"tt_so_cuoc": 0}), Report(5, "returned", {"tt_so_cuoc": 8})])
    with month.read() as db:
        table = summaries.table(db, view(db, 2))
    assert list(table.index) == ["U4", "U5", "U6", "U7"]
    assert table.loc["U4", "tt_so_cuoc"] == 0
    assert table["tt_so_cuoc"].isna().tolist() == [False, True, True, True]
    assert table["status"].tolist() == ["counted", "returned", "missing", "missing"]
