"""Figures of units that were merged, split or dissolved: never lost, never counted twice (docs/decisions/0016)."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
from openpyxl import load_workbook
from sqlalchemy import Connection

from handlers import digest_files
from storage import coverage, exports, periods, summaries, tree, units
from storage.database import Database, table_of
from storage.models import Figure, OpeningFigure, Submission, SubmissionVersion, Unit
from storage.summary import Summary
from storage.tree import NewUnit
from tests import organisation

AT = organisation.at("2026-12-20 09:00")
MERGED = date(2026, 11, 15)
BEFORE, AFTER = "2026-11-10 09:00", "2026-11-17 09:00"


@pytest.fixture
def ids(database: Database) -> dict[str, int]:
    """Units A, B, C under XA, one superior XB beside it, the months of October to December."""
    found = organisation.found(database, 3)
    with database.begin() as db:
        found["xb"] = tree.add(db, NewUnit("XB", "CĐ xã B", "CĐ xã B", "cap_tren", found["tinh"]),
                               organisation.BIRTH).unit_id  # fmt: skip
        duty = periods.duties(db, MERGED)[0]
        for key in ("2026-10", "2026-11", "2026-12"):
            found[key] = periods.ensure(db, duty, key).id
    return found


def hand_in(
    db: Connection, ids: dict[str, int], unit: int, key: str, when: str, done: int, members: int
) -> None:
    """A unit's report: how many meetings, how many members."""
    at = organisation.at(when)
    made = organisation.add(db, Submission, form_version_id=ids["form"], form_code=organisation.FORM, unit_id=unit,
                            period_id=ids[key], state="submitted", version=1, context={}, opened_at=at, edited_at=at,
                            submitted_at=at, late=False)  # fmt: skip
    db.execute(table_of(SubmissionVersion).insert(), {"submission_id": made, "number": 1, "submitted_at": at,
                                                      "late": False, "reason": "", "source": ""})  # fmt: skip
    for question, number in (("tt_so_cuoc", done), ("so_doan_vien", members)):
        db.execute(table_of(Figure).insert(), {"period_id": ids[key], "unit_id": unit, "question": question,
                                               "number": number, "provenance": "answered"})  # fmt: skip


def month(
    db: Connection, ids: dict[str, int], key: str, unit: int | None = None, organisation_: str = "then",
    at: datetime = AT,
) -> Summary:  # fmt: skip
    """The figures of a month."""
    seen = coverage.view(db, ids[key], organisation_, at.date())
    return summaries.summarise(db, seen, unit_id=unit, at=at)


def said(summary: Summary) -> tuple[int, int, float, float]:
    """Who owes it, who has reported, meetings, members."""
    c = summary.coverage
    return c.owing, c.submitted, summary.totals[0].value, summary.stocks[0].value


def new(code: str, parent: int) -> NewUnit:
    """A grassroots union to be made."""
    return NewUnit(code, f"CĐCS {code}", f"CĐCS {code}", "cdcs", parent)


def test_an_exported_month_keeps_the_names_of_its_last_day(database: Database, ids: dict[str, int]) -> None:
    with database.begin() as db:
        hand_in(db, ids, ids["A"], "2026-10", "2026-10-10 09:00", 3, 100)
        before = [(one.unit, one.above) for one in exports.reports(db, ids["2026-10"])]
        figures = [row.name for row in exports.figures(db, ids["2026-10"])]
        for unit in ("A", "xa"):
            tree.rename(db, ids[unit], "Tên mới", "Tên mới", MERGED, "")
        assert [(one.unit, one.above) for one in exports.reports(db, ids["2026-10"])] == before
        assert [row.name for row in exports.figures(db, ids["2026-10"])] == figures
        first, *_ = exports.reports(db, ids["2026-11"])
        assert first.unit == "Tên mới"


def test_a_report_counts_though_the_first_month_of_its_unit_is_put_off(
    database: Database, ids: dict[str, int]
) -> None:
    with database.begin() as db:
        hand_in(db, ids, ids["A"], "2026-10", "2026-10-10 09:00", 3, 100)
        before = said(month(db, ids, "2026-10"))
        organisation.amend(db, ids["A"], reports_from=date(2026, 12, 1))
        organisation.amend(db, ids["B"], reports_from=date(2026, 12, 1))
        assert before == (3, 1, 3, 100)
        assert said(month(db, ids, "2026-10")) == (2, 1, 3, 100)
        october = periods.by_key(db, organisation.FORM, "2026-10")
        assert october
        assert {one.unit_id for one in periods.owing_units(db, october)} == {ids["A"], ids["C"]}


def test_a_report_handed_in_before_a_merge_counts_until_the_new_unit_reports(
    database: Database, ids: dict[str, int]
) -> None:
    with database.begin() as db:
        hand_in(db, ids, ids["A"], "2026-11", BEFORE, 3, 100)
        hand_in(db, ids, ids["B"], "2026-10", "2026-10-10 09:00", 9, 50)
        assert said(month(db, ids, "2026-11")) == (3, 1, 3, 150)
        heir = tree.merge(db, [ids["A"], ids["B"]], new("AB", ids["xa"]), MERGED, "QĐ 1").unit_id
        # AB and C owe the month; what A has done is not lost, and neither are the members of A and B.
        assert said(month(db, ids, "2026-11")) == (2, 0, 3, 150)
        hand_in(db, ids, heir, "2026-11", AFTER, 5, 148)
        assert said(month(db, ids, "2026-11")) == (2, 1, 5, 148)
        # October is as it was.
        assert said(month(db, ids, "2026-10")) == (3, 1, 9, 50)


def test_a_unit_that_had_reported_itself_before_the_merge_does_not_speak_for_the_other(
    database: Database, ids: dict[str, int]
) -> None:
    with database.begin() as db:
        hand_in(db, ids, ids["A"], "2026-11", BEFORE, 3, 100)
        hand_in(db, ids, ids["B"], "2026-11", BEFORE, 4, 50)
        tree.merge(db, [ids["A"]], ids["B"], MERGED)
        assert said(month(db, ids, "2026-11")) == (2, 1, 7, 150)
        hand_in(db, ids, ids["B"], "2026-12", "2026-12-10 09:00", 1, 151)
        assert said(month(db, ids, "2026-12")) == (2, 1, 1, 151)
        assert said(month(db, ids, "2026-11")) == (2, 1, 7, 150)


def test_what_went_on_through_two_merges_is_spoken_for_by_the_last(
    database: Database, ids: dict[str, int]
) -> None:
    with database.begin() as db:
        hand_in(db, ids, ids["A"], "2026-11", BEFORE, 3, 100)
        tree.merge(db, [ids["A"]], ids["B"], MERGED)
        tree.merge(db, [ids["B"]], ids["C"], date(2026, 11, 20))
        assert said(month(db, ids, "2026-11")) == (1, 0, 3, 100)
        hand_in(db, ids, ids["C"], "2026-11", "2026-11-22 09:00", 8, 120)
        assert said(month(db, ids, "2026-11")) == (1, 1, 8, 120)
        assert said(month(db, ids, "2026-11", organisation_="now")) == (1, 1, 8, 120)


def test_members_that_a_new_unit_begins_with_are_not_counted_twice(
    database: Database, ids: dict[str, int]
) -> None:
    with database.begin() as db:
        hand_in(db, ids, ids["A"], "2026-10", "2026-10-10 09:00", 3, 100)
        heir = tree.merge(db, [ids["A"], ids["B"]], new("AB", ids["xa"]), MERGED).unit_id
        db.execute(
            table_of(OpeningFigure).insert(), {"unit_id": heir, "question": "so_doan_vien", "number": 160}
        )
        assert month(db, ids, "2026-11").stocks[0].value == 160


def test_a_dissolved_unit_s_report_counts_and_its_members_do_not(
    database: Database, ids: dict[str, int]
) -> None:
    with database.begin() as db:
        hand_in(db, ids, ids["A"], "2026-11", BEFORE, 3, 100)
        tree.dissolve(db, ids["A"], MERGED)
        assert said(month(db, ids, "2026-11")) == (2, 0, 3, 0)
        assert said(month(db, ids, "2026-11", ids["xa"])) == (2, 0, 3, 0)
        assert said(month(db, ids, "2026-12")) == (2, 0, 0, 0)


def test_one_that_ends_with_the_month_is_asked_for_it(database: Database, ids: dict[str, int]) -> None:
    with database.begin() as db:
        tree.dissolve(db, ids["A"], date(2026, 12, 1))
        assert month(db, ids, "2026-11").coverage.owing == 3
        assert month(db, ids, "2026-12").coverage.owing == 2


def test_a_past_month_by_the_organisation_of_now(database: Database, ids: dict[str, int]) -> None:
    with database.begin() as db:
        for unit, done in (("A", 1), ("B", 2), ("C", 4)):
            hand_in(db, ids, ids[unit], "2026-10", "2026-10-10 09:00", done, 10)
        tree.transfer(db, ids["C"], ids["xb"], date(2026, 11, 1))
        parts = tree.split(
            db, ids["A"], [new("A1", ids["xb"]), new("A2", ids["xa"])], date(2026, 11, 1), lives_on=False
        )
        heir = tree.merge(db, [ids["B"], parts.made[0]], new("BA", ids["xb"]), date(2026, 12, 1)).unit_id
        tree.merge(db, [ids["xa"]], ids["xb"], date(2026, 12, 10))

        then = {row.id: row.coverage.owing for row in month(db, ids, "2026-10").by_superior}
        now = {
            row.id: row.coverage.owing for row in month(db, ids, "2026-10", organisation_="now").by_superior
        }
        assert then == {ids["xa"]: 3}
        assert now == {ids["xb"]: 3}
        assert said(month(db, ids, "2026-10", ids["xb"], "now"))[2] == 7
        assert said(month(db, ids, "2026-10", ids["xb"]))[2] == 0

        rows = summaries.table(db, coverage.view(db, ids["2026-10"], "now", AT.date()))
        assert dict(zip(rows.index, rows["tt_so_cuoc"], strict=True)) == {"A": 1, "C": 4, "BA": 2}
        assert set(rows["superior"]) == {"CĐ xã B"}
        assert heir


def test_a_line_of_now_says_when_only_some_of_it_have_reported(
    database: Database, ids: dict[str, int]
) -> None:
    with database.begin() as db:
        hand_in(db, ids, ids["A"], "2026-10", "2026-10-10 09:00", 1, 10)
        tree.merge(db, [ids["A"], ids["B"]], new("AB", ids["xa"]), MERGED)
        rows = summaries.table(db, coverage.view(db, ids["2026-10"], "now", AT.date()))
        assert dict(rows["status"]) == {"C": "missing", "AB": "partly"}


def test_a_workbook_of_now_names_what_has_gone_without_a_successor(
    database: Database, ids: dict[str, int]
) -> None:
    with database.begin() as db:
        hand_in(db, ids, ids["A"], "2026-10", "2026-10-10 09:00", 1, 10)
        tree.dissolve(db, ids["A"], MERGED)
    body = digest_files.render(database, "2026-10", "xlsx", organisation="now", at=AT)
    book = load_workbook(io.BytesIO(body))
    assert "Theo tổ chức hiện nay." in str(book.worksheets[0]["A2"].value)
    names = [row[1].value for row in book.worksheets[1].iter_rows(min_row=2)]
    assert "CĐCS A (kết thúc, ngày cuối 14/11/2026)" in names
    text = digest_files.render(database, "2026-10", "text", organisation="now", at=AT).decode()
    assert text.splitlines()[1] == "Theo tổ chức hiện nay."
    assert "hiện nay" not in digest_files.render(database, "2026-10", "text", at=AT).decode()
    assert (
        '"organisation": "now"'
        in digest_files.render(database, "2026-10", "json", organisation="now", at=AT).decode()
    )
    assert digest_files.render(database, "2026-10", "png", organisation="now", at=AT)


def test_a_past_month_keeps_its_names(database: Database, ids: dict[str, int]) -> None:
    with database.begin() as db:
        tree.rename(db, ids["A"], "CĐCS Công ty Hoa Sen", "CĐCS Hoa Sen", date(2026, 12, 1), "QĐ 9")
        tree.rename(db, ids["xa"], "CĐ phường X", "CĐ phường X", date(2026, 12, 1))
        assert units.name_on(db, ids["A"], date(2026, 11, 30)) == "CĐCS Công ty A"
        assert units.name_on(db, ids["A"], date(2026, 12, 1)) == "CĐCS Công ty Hoa Sen"
        assert units.chain(db, ids["A"], date(2026, 11, 30))[0] == (ids["xa"], "CĐCS Công ty XA")
        seen = coverage.view(db, ids["2026-11"])
        assert next(unit.name for unit in coverage.missing_units(db, seen, None)) == "CĐCS A"
        assert [row.name for row in month(db, ids, "2026-11").by_superior] == ["CĐCS XA"]
        assert [row.name for row in month(db, ids, "2026-12").by_superior] == ["CĐ phường X"]
        november = periods.by_key(db, organisation.FORM, "2026-11")
        assert november
        assert [unit.name for unit in periods.owing_units(db, november)] == ["CĐCS A", "CĐCS B", "CĐCS C"]


def test_names_come_and_go_in_any_order_of_writing(database: Database, ids: dict[str, int]) -> None:
    with database.begin() as db:
        for name, day in (("ba", date(2026, 11, 1)), ("hai", date(2026, 9, 1)), ("hai!", date(2026, 9, 1))):
            tree.rename(db, ids["A"], name, name, day)
        tree.rename(db, ids["A"], "một", "một", organisation.BIRTH)
        days = (
            organisation.BIRTH,
            date(2026, 8, 31),
            date(2026, 9, 1),
            date(2026, 10, 31),
            date(2026, 11, 1),
        )
        assert [units.name_on(db, ids["A"], day) for day in days] == ["một", "một", "hai!", "hai!", "ba"]
        assert db.scalar(table_of(Unit).select().with_only_columns(table_of(Unit).c.name).where(
            table_of(Unit).c.id == ids["A"])) == "ba"  # fmt: skip
