"""The export: what a person would want, in Excel and CSV, without petitions' words and without formulas."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import text, update

import scheduler
from bot import export_commands
from bot.backup_commands import CommandError
from handlers import export_texts as texts
from handlers import exporting
from handlers.digest_files import UnknownPeriod
from handlers.documents import tables
from storage import units, upgrade
from storage.database import Database, open_database
from storage.models import Change
from tests.organisation import at, rows
from tests.switchboard import LIEU, NOW, TEACHER, Switchboard

SECRET = "Công ty chậm đóng bảo hiểm xã hội ba tháng"
FORMULA = '=HYPERLINK("http://example.vn","bấm")'


@pytest.fixture
def bot(database: Database) -> Switchboard:
    """Two units have reported; one of them told of an obstacle, one writes a formula."""
    bot = Switchboard(database)
    bot.says(TEACHER, "báo cáo", "vướng mắc", "như cũ", SECRET, "1", FORMULA, "xong", "gửi")
    bot.says(LIEU, "báo cáo", "không phát sinh", "như cũ", "0", "0", "2", "bỏ qua", "gửi")
    return bot


def exported(bot: Switchboard, folder: Path, **more: Any) -> Path:
    return exporting.export(bot.database, NOW, folder, **more)


def sheet(path: Path, title: str) -> list[dict[str, Any]]:
    """Rows of a sheet by the names of its columns."""
    book = load_workbook(path)
    head, *body = book[title].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in body]


def table(path: Path, name: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(path) as archive:
        body = archive.read(f"{name}.csv")
    assert body.startswith(b"\xef\xbb\xbf"), "Excel reads UTF-8 by its mark"
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))


def test_a_report_is_a_row_with_a_column_a_question(bot: Switchboard, tmp_path: Path) -> None:
    found = {
        row["Mã"]: row for row in sheet(exported(bot, tmp_path), texts.REPORTS) if row["Kỳ"] == "2026-09"
    }
    assert len(found) == 60
    mine = found["NB-HLU-01"]
    assert (mine["Tình trạng"], mine["Mã báo cáo"], mine["Lần nộp"]) == ("Đã báo cáo", "BC-202609-00002", 1)
    assert mine["Nội dung"] == "Không phát sinh"
    assert mine["Nộp lúc"].isoformat() == "2026-09-10T08:30:00"
    assert mine["Số cuộc tuyên truyền (cuộc)"] == 0
    assert "ghi 0: " in mine["Số không nhập trực tiếp"]
    assert "Giữ số trước: Đoàn viên" in mine["Số không nhập trực tiếp"]
    waits = found["NB-HLU-02"]
    assert (waits["Tình trạng"], waits["Mã báo cáo"], waits["Nội dung"]) == ("Chưa nhận", None, None)


def test_what_petitions_say_is_nowhere(bot: Switchboard, tmp_path: Path) -> None:
    path = exported(bot, tmp_path)
    with zipfile.ZipFile(path) as archive:
        assert not any("bảo hiểm xã hội" in archive.read(name).decode("utf-8") for name in archive.namelist())
    mine = next(row for row in sheet(path, texts.REPORTS) if row["Mã báo cáo"] == "BC-202609-00001")
    assert mine["Vướng mắc"] == texts.CONTENT_HIDDEN
    assert sheet(path, texts.PETITIONS) == [{"Loại": "Vướng mắc", "Tình trạng": "Mới", "Số lượng": 1}]


def test_nothing_is_a_formula(bot: Switchboard, tmp_path: Path) -> None:
    with bot.database.begin() as db:
        db.execute(update(units.PERSON).where(units.PERSON.c.id == 1).values(name="+cmd|' /C calc'!A0"))
        db.execute(update(units.UNIT).where(units.UNIT.c.code == "NB-HLU-01").values(name="@SUM(1)"))
    path = exported(bot, tmp_path)
    book = load_workbook(path)
    for one in book.worksheets:
        assert not [cell.coordinate for row in one.iter_rows() for cell in row if cell.data_type == "f"]
    csv_path = exported(bot, tmp_path, form="csv")
    for name in texts.FILES.values():
        for row in table(csv_path, name):
            assert not [value for value in row.values() if value[:1] in ("=", "+", "-", "@", "\t", "\r")]
    report = next(row for row in table(csv_path, "bao_cao") if row["Mã báo cáo"] == "BC-202609-00001")
    assert report["Nội dung nổi bật"] == f"'{FORMULA}"


def test_telephone_numbers_are_shortened_unless_they_are_wanted(bot: Switchboard, tmp_path: Path) -> None:
    bot.phone(LIEU, "84912345678")

    def phones(path: Path) -> set[str]:
        return {row["Điện thoại"] for row in sheet(path, texts.PEOPLE) if row["Điện thoại"]}

    assert phones(exported(bot, tmp_path)) == {"••••••••678"}
    assert phones(exported(bot, tmp_path / "full", with_phones=True)) == {"84912345678"}


def test_people_and_units_are_there_with_their_dates(bot: Switchboard, tmp_path: Path) -> None:
    path = exported(bot, tmp_path)
    people = [row for row in sheet(path, texts.PEOPLE) if row["Mã đơn vị"] == "NB-HLU-01"]
    assert {row["Vai trò"] for row in people} == {"Chủ tịch CĐCS", "Người nhập báo cáo"}
    assert {row["Kênh đã kết nối"] for row in people} == {"web"}
    unit = next(row for row in sheet(path, texts.UNITS) if row["Mã"] == "NB-HLU-01")
    assert (unit["Mã cấp trên"], unit["Loại hình"]) == ("NB-HLU", "Doanh nghiệp")
    assert isinstance(unit["Từ ngày"], datetime)
    above = next(
        row for row in table(exported(bot, tmp_path, form="csv"), "cap_tren") if row["Mã"] == "NB-HLU-01"
    )
    assert above["Từ ngày"] == "01/01/2025"


def test_what_became_of_units_is_told(bot: Switchboard, tmp_path: Path) -> None:
    with bot.database.begin() as db:
        values = {"old": 3, "new": 4, "day": date(2026, 7, 1)}
        db.execute(
            text('INSERT INTO unit_succession (old_id, new_id, kind, "on", reason) '
                 "VALUES (:old, :new, 'merge', :day, 'QĐ 12')"), values,
        )  # fmt: skip
        db.execute(text("INSERT INTO unit_name VALUES (:old, :day, 'Tên trước', 'Trước')"), values)
    merged, renamed = sheet(exported(bot, tmp_path), texts.EVENTS)
    assert (merged["Việc"], merged["Căn cứ"]) == ("Sáp nhập", "QĐ 12")
    assert merged["Từ ngày"].date() == date(2026, 7, 1)
    assert (renamed["Việc"], renamed["Đơn vị mới hoặc tên cũ"]) == ("Tên cũ", "Tên trước")


def test_figures_are_a_long_table_with_where_they_come_from(bot: Switchboard, tmp_path: Path) -> None:
    found = [row for row in sheet(exported(bot, tmp_path), texts.FIGURES) if row["Kỳ"] == "2026-09"]
    mine = {row["Mã chỉ tiêu"]: row for row in found if row["Mã"] == "NB-HLU-01"}
    assert mine["tt_so_cuoc"]["Nguồn số"] == "Không phát sinh, ghi 0"
    assert mine["tt_so_cuoc"]["Chỉ tiêu"] == "Số cuộc tuyên truyền"
    assert mine["so_doan_vien"]["Số"] == 642
    assert mine["tu_danh_gia/kha"]["Chỉ tiêu"] == "Tự đánh giá: Khá"


def test_one_month_leaves_the_others_out(bot: Switchboard, tmp_path: Path) -> None:
    path = exported(bot, tmp_path, month="2026-09", form="csv")
    assert path.name == "congdoan-2026-09-20260910-083000.zip"
    assert {row["Kỳ"] for row in table(path, "bao_cao")} == {"2026-09"}
    with pytest.raises(UnknownPeriod, match="2031-01"):
        exported(bot, tmp_path, month="2031-01")
    with pytest.raises(ValueError, match="Chưa có định dạng pdf"):
        exported(bot, tmp_path, form="pdf")


def test_reminders_are_told_with_what_became_of_them(bot: Switchboard, tmp_path: Path) -> None:
    scheduler.run_all(bot.database, at("2026-09-16 08:30"))
    found = sheet(exported(bot, tmp_path), texts.REMINDERS)
    assert {row["Kết quả"] for row in found if row["Bước"] == "T-2"} == {"Chờ gửi"}
    assert {row["Kỳ"] for row in found} == {"2026-09"}
    assert "NB-HLU-01" not in {row["Mã"] for row in found}


def test_a_table_that_is_too_long_for_a_sheet_goes_on_in_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "ROWS", 10)
    tables.write_workbook([("Số liệu", ("A",), ([n] for n in range(25)))], tmp_path / "long.xlsx")
    assert [sheet.max_row for sheet in load_workbook(tmp_path / "long.xlsx").worksheets] == [11, 11, 6]


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONGDOAN_DATA_DIR", str(tmp_path / "var"))
    database = open_database(f"sqlite:///{tmp_path}/var/congdoan.db", tmp_path / "var" / "files")
    upgrade.upgrade(database)
    Switchboard(database)
    yield tmp_path
    database.close()


def test_the_command_writes_where_it_is_told_and_is_noted(
    installed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export_commands.export("2026-09", "xlsx", None, with_phones=False)
    export_commands.export("", "csv", installed / "new" / "all.zip", with_phones=True)
    export_commands.export("", "xlsx", f"{installed}/folder/", with_phones=False)
    assert len(list((installed / "var" / "trao-doi").glob("congdoan-2026-09-*.xlsx"))) == 1
    assert len(list(installed.glob("folder/congdoan-*.xlsx"))) == 1
    assert (installed / "new" / "all.zip").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (installed / "new").iterdir()] == ["all.zip"]
    assert "chỉ gửi cho người có trách nhiệm" in capsys.readouterr().out
    database = open_database(f"sqlite:///{installed}/var/congdoan.db")
    assert rows(database, Change, "act", "channel") == [("export", "command")] * 3
    database.close()
    with pytest.raises(CommandError, match="2031-01"):
        export_commands.export("2031-01", "xlsx", None, with_phones=False)


def test_a_number_that_was_asked_about_again_has_its_reason(bot: Switchboard, tmp_path: Path) -> None:
    with bot.database.begin() as db:
        values = {"doubt": "unusual", "note": "do hội thao"}
        db.execute(
            text("UPDATE answer SET doubt = :doubt, note = :note WHERE question = 'so_doan_vien'"), values
        )
    said = "Đoàn viên: Khác nhiều so với các tháng trước của đơn vị (lý do: do hội thao)"
    found = [row[texts.DOUBT_COLUMN] for row in sheet(exported(bot, tmp_path), texts.REPORTS)]
    assert found.count(said) >= 2
    rows_of_csv = table(exported(bot, tmp_path, form="csv"), "bao_cao")
    assert said in [row[texts.DOUBT_COLUMN] for row in rows_of_csv]
