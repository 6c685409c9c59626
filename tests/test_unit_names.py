"""Until its day a rename is seen nowhere: lists, lines and letters name a unit as of the day that they are about."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, update

from bot import audit_commands, invite_commands
from handlers import audit_lines, exporting, human_routing, privacy_export
from storage import acts, audit, invitations, tree, troubles
from storage.audit import COMMAND
from storage.database import Database
from storage.units import ASSIGNMENT, UNIT
from tests.switchboard import ADMIN, LIEU, NOW, SUPERIOR, TEACHER, Switchboard

NEW, AHEAD, TODAY = "Tên Về Sau", date(2027, 1, 1), NOW.date()
CODE = "NB-HLU-01"


@pytest.fixture
def board(database: Database) -> Switchboard:
    """Every unit is to have another name next year."""
    board = Switchboard(database)
    board.says(LIEU, "báo cáo", "không phát sinh", "như cũ", "0", "0", "2", "bỏ qua", "gửi")
    with database.begin() as db:
        for unit_id, valid_from in db.execute(select(UNIT.c.id, UNIT.c.valid_from)).all():
            assert valid_from < AHEAD
            done = tree.rename(db, unit_id, NEW, NEW, AHEAD, "QĐ 9")
            if unit_id < 3:
                acts.record(db, COMMAND, done, at=NOW, reason="QĐ 9")
    return board


def unit(board: Switchboard, code: str = CODE) -> int:
    with board.database.read() as db:
        return db.execute(select(UNIT.c.id).where(UNIT.c.code == code)).scalar_one()


def test_who_is_invited_reads_the_name_of_today(board: Switchboard) -> None:
    with board.database.read() as db:
        awaited = invitations.people_without_account(db, "", TODAY, all_=True)
        assert awaited
        assert not [one for one in awaited if one.unit_name == NEW]
        then = invitations.people_without_account(db, "", AHEAD, all_=True)
        assert {one.unit_name for one in then} == {NEW}
        assert NEW not in invite_commands._office(db, NOW)
    said = board.says(SUPERIOR, f"mời {CODE}").text
    assert "CĐCS Công ty" in said
    assert NEW not in said


def test_who_is_asked_and_where_nobody_reports_is_said_by_todays_name(board: Switchboard) -> None:
    with board.database.begin() as db:
        assert NEW not in human_routing.office(db, unit(board), TODAY)
        assert human_routing.office(db, unit(board), AHEAD) == NEW
        db.execute(update(ASSIGNMENT).values(valid_to=TODAY - timedelta(days=1)))
        alone = troubles.without_reporters(db, ("cdcs",), TODAY)
    assert len(alone) > 50
    assert NEW not in alone


def test_the_audit_names_a_unit_as_on_the_day_of_the_change(board: Switchboard) -> None:
    assert NEW not in board.says(ADMIN, f"nhật ký {CODE}").text
    with board.database.begin() as db:
        audit.record(
            db, COMMAND, "submit", "submission", 1, at=NOW + timedelta(days=200), unit_id=unit(board)
        )
    with board.database.read() as db:
        later, *entries = audit.history(db)
        named = audit_lines.names(db, [later, *entries])
        assert f"tại {NEW}" in audit_lines.line(later, named)
        for entry in entries:
            assert NEW not in audit_lines.subject(entry, named)
        for form in ("csv", "json"):
            table = audit_commands.render(db, form).decode()
            assert table.count(NEW) == 1 + 2 * 2, "at the later one, and as new value of each rename"


def test_lists_of_the_export_name_units_as_of_their_rows_day(board: Switchboard, tmp_path: Path) -> None:
    with board.database.begin() as db:
        db.execute(update(ASSIGNMENT).where(ASSIGNMENT.c.id == 1).values(valid_from=AHEAD))
    book = load_workbook(exporting.export(board.database, NOW, tmp_path))
    seen = {
        sheet.title: sum(NEW in str(cell.value) for row in sheet.iter_rows() for cell in row)
        for sheet in book
    }
    renames = len(board.rows(UNIT))
    assert {title: number for title, number in seen.items() if number} == {
        "Biến động": 2 * renames, "Cán bộ": 1,
    }  # fmt: skip
    later = load_workbook(exporting.export(board.database, NOW + timedelta(days=200), tmp_path))
    names = [row[1].value for row in later["Cán bộ"].iter_rows(min_row=2)]
    assert NEW in [row[1].value for row in later["Đơn vị"].iter_rows(min_row=2)]
    assert names


def test_what_is_stored_about_a_person_names_units_as_they_were(board: Switchboard) -> None:
    with board.database.read() as db:
        now = privacy_export.collect(db, board.person(LIEU), TODAY)
        assert NEW not in str(now)
        later = privacy_export.collect(db, board.person(LIEU), AHEAD)
    assert NEW in str(later["person"])
    assert NEW not in str(later["answers"]), "they are of September"
    assert NEW not in board.says(TEACHER, "dữ liệu", "1").text
