"""Workbooks as they are sent: odd ones are read right, hostile ones are refused with one sentence and soon."""

from __future__ import annotations

import contextlib
import io
import re
import time
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from handlers import roster
from handlers import roster_texts as texts
from handlers.documents import roster_guard, roster_writing, sheets
from handlers.documents.roster_guard import Refused
from storage import roster as rows
from tests.rosters import HLU, LAN, MAY, NOW, PEOPLE, TOP, UNITS, brought_in, did, prepare, read, workbook

HEADER = ("Mã đơn vị", "Tên đơn vị", "Cấp", "Mã cấp trên", "Thay đổi từ ngày")


@pytest.fixture
def place(sqlite_database):
    return prepare(sqlite_database)


def book(**pages):
    """A workbook of plain rows, as other programs write one."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, lines in pages.items():
        page = made.create_sheet(title.replace("_", " "))
        for line in lines:
            page.append(line)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def repacked(body, change, compression=zipfile.ZIP_DEFLATED):
    """The same archive with other parts: `change` gets and gives name → content."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in change(parts).items():
            archive.writestr(name, content)
    return out.getvalue()


def with_part(body, name, content):
    return repacked(body, lambda parts: parts | {name: content})


def changed(body, name, old, new):
    """One part edited; it must hold what is replaced."""

    def change(parts):
        assert old in parts[name]
        return parts | {name: parts[name].replace(old, new, 1)}

    return repacked(body, change)


def refusal(place, body):
    """The sentence with which a file is refused, within a few seconds."""
    began = time.monotonic()
    with pytest.raises(Refused) as caught:
        read(place, body)
    assert time.monotonic() - began < 20
    return str(caught.value)


SHEET = "xl/worksheets/sheet2.xml"
"""The units: the guide is the first."""


# ── odd, and read right ─────────────────────────────────────────────────────────────────────────────


def test_headers_are_known_without_marks_in_any_order_below_a_title(place):
    lines = [("DANH SÁCH",), (), ("ma cap tren", "Ghi chú riêng", "MA DON VI *", "tên  đơn vị", "cap")]
    tables = read(place, book(don_vi=[*lines, (None, "x", "nb", "Tỉnh", "Liên đoàn lao động Tỉnh")]))
    outcome = roster.check(place, tables, NOW)
    assert did(outcome) == {"add_unit": 1}
    assert outcome.unknown == ("Ghi chú riêng",)
    assert outcome.changes[0].row == 4


def test_dates_of_excel_typed_dates_and_months_are_the_same(place):
    header = (*HEADER, "Có từ ngày", "Báo cáo từ tháng")
    for day, month in (
        (datetime.fromisoformat("2025-07-01"), datetime.fromisoformat("2026-12-01")),
        (date(2025, 7, 1), "12/2026"),
        ("1/7/2025", "tháng 12/2026"),
        ("2025-07-01", "01/12/2026"),
        ("01.07.2025", "12-2026"),
    ):
        tables = read(place, book(Đơn_vị=[header, ("NB", "Tỉnh", "tinh", None, None, day, month)]))
        [change] = roster.check(place, tables, NOW).changes
        assert (change.on, change.new["reports_from"]) == (date(2025, 7, 1), date(2026, 12, 1))


def test_numbers_as_codes_and_names_are_text(place):
    tables = read(place, book(Đơn_vị=[HEADER, (101, 2026.0, "tinh")]))
    [change] = roster.check(place, tables, NOW).changes
    assert (change.unit, change.new["name"]) == ("101", "2026")


def test_composed_and_decomposed_letters_are_the_same(place):
    import unicodedata

    brought_in(place, UNITS, PEOPLE)
    apart = [{k: unicodedata.normalize("NFD", v) if isinstance(v, str) else v for k, v in MAY.items()}]
    assert did(brought_in(place, apart, [{k: unicodedata.normalize("NFD", v) for k, v in LAN.items()}])) == {}


def test_a_sheet_that_lies_about_its_size_is_read_to_its_end(place):
    body = workbook(place, UNITS)
    content = zipfile.ZipFile(io.BytesIO(body)).read(SHEET)
    [lie] = re.findall(rb'<dimension ref="[^"]+" ?/>', content)
    for claim in (b"A1", b"A1:XFD1048576"):
        tables = read(place, changed(body, SHEET, lie, b'<dimension ref="' + claim + b'"/>'))
        assert [len(table.lines) for table in tables] == [3, 0, 0]
    impossible = changed(body, SHEET, lie, b'<dimension ref="A1:ZZZZ99999999"/>')
    assert refusal(place, impossible) == texts.NOT_XLSX


def test_a_row_at_the_end_of_the_sheet_is_found_and_beyond_it_nothing_hangs(place):
    body = workbook(place, UNITS)
    far = b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>Z9</t></is></c></row></sheetData>'
    tables = read(place, changed(body, SHEET, b"</sheetData>", far % (1048576, 1048576)))
    assert tables[0].lines[-1][0] == 1048576
    body = changed(body, SHEET, b"</sheetData>", far % (10**15, 10**15))
    began = time.monotonic()
    assert len(read(place, body)[0].lines) == 3
    assert time.monotonic() - began < 10


def test_a_hundred_thousand_empty_rows_do_not_count(place):
    body = workbook(place, UNITS)
    empty = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (n, n) for n in range(5, 100_000))
    tables = read(place, changed(body, SHEET, b"</sheetData>", empty + b"</sheetData>"))
    assert len(tables[0].lines) == 3


def test_links_to_other_files_are_not_followed(place):
    made = load_workbook(io.BytesIO(workbook(place, UNITS)))
    made["Đơn vị"]["B2"] = "='http://127.0.0.1:9/[x.xlsx]S'!A1"
    out = io.BytesIO()
    made.save(out)
    link = b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    body = with_part(out.getvalue(), "xl/externalLinks/externalLink1.xml", link)
    [problem] = roster.check(place, read(place, body), NOW).problems
    assert (problem.row, problem.column) == (2, "name"), "a formula without a value is an empty cell"


# ── hostile, and refused ────────────────────────────────────────────────────────────────────────────


def test_what_is_no_workbook_is_refused(place):
    for body in (b"", b"PK", b"not a zip at all", b"PK\x03\x04" + b"\0" * 100, b"\x89PNG\r\n\x1a\n" * 50):
        assert refusal(place, body) == texts.NOT_XLSX
    assert refusal(place, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000) == texts.ENCRYPTED
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    assert refusal(place, empty.getvalue()) == texts.NOT_XLSX


def test_a_file_that_is_cut_off_or_garbled_is_refused(place):
    body = workbook(place, UNITS)
    assert refusal(place, body[:-200]) == texts.NOT_XLSX
    assert refusal(place, changed(body, SHEET, b"<sheetData>", b"<sheetData><row><c>")) == texts.NOT_XLSX
    assert refusal(place, with_part(body, "xl/workbook.xml", b"<a/>")) in (texts.NOT_XLSX, texts.NO_SHEET)
    number = b'<sheetData><row r="90"><c r="A90" t="n"><v>abc</v></c></row>'
    assert refusal(place, changed(body, SHEET, b"<sheetData>", number)) == texts.NOT_XLSX


@given(st.integers(0, 4000), st.binary(min_size=1, max_size=40))
def test_any_damage_is_read_or_refused(at, noise):
    """Whatever stands in a file, nothing else than a refusal comes out of it."""
    from handlers.documents import roster_reading
    from handlers.roster_layout import sheets as sheets_of
    from tests.rosters import form

    every = sheets_of(form(), NOW.date())
    whole = roster_writing.template(every, {"units": UNITS})
    hurt = whole[:at] + noise + whole[at + len(noise) :]
    with contextlib.suppress(Refused):
        assert roster_reading.read(hurt, every, roster.quietly)


def test_a_large_file_is_refused_before_it_is_opened(place):
    assert "5 MB" in refusal(place, b"PK" + b"\0" * roster_guard.LARGEST)


def test_a_zip_bomb_is_refused(place):
    body = workbook(place, UNITS)
    assert refusal(place, with_part(body, "xl/worksheets/sheet9.xml", b"0" * (60 * 2**20))) == texts.BOMB
    assert refusal(place, with_part(body, "xl/media/image1.png", b"0" * (40 * 2**20))) == texts.BOMB
    styles = b"".join(b"<xf a='%d'/>" % n for n in range(400_000))
    assert refusal(place, with_part(body, "xl/theme/theme1.xml", styles)) == texts.BOMB
    assert refusal(place, repacked(body, lambda p: p | {f"x/{n}": b"x" for n in range(500)})) == texts.BOMB


def test_an_archive_that_lies_about_a_part_s_size_is_refused(place):
    body = with_part(workbook(place, UNITS), "xl/worksheets/sheet9.xml", b"0" * 2**20)
    at = body.rindex(b"PK\x01\x02", 0, body.rindex(b"xl/worksheets/sheet9.xml"))
    lying = body[: at + 24] + (100).to_bytes(4, "little") + body[at + 28 :]
    assert refusal(place, lying) == texts.NOT_XLSX


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
)
INSIDE = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&j;</t></si></sst>'


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/workbook.xml", SHEET, "_rels/.rels"])
def test_a_billion_laughs_are_refused(place, part):
    assert refusal(place, with_part(workbook(place, UNITS), part, LAUGHS + INSIDE)) == texts.UNSAFE
    wide = (LAUGHS + INSIDE).decode().replace('"1.0"', '"1.0" encoding="UTF-16"').encode("utf-16")
    assert refusal(place, with_part(workbook(place, UNITS), part, wide)) == texts.UNSAFE


def test_the_library_s_own_parser_does_not_expand_entities_either(place, monkeypatch):
    """Should a declaration ever pass our look."""
    monkeypatch.setattr(roster_guard, "_inspect", lambda *_: 0)
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    named = b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + kind + b'"/></Types>'
    body = changed(workbook(place, UNITS), "[Content_Types].xml", b"</Types>", named)
    assert read(place, with_part(body, "xl/sharedStrings.xml", INSIDE.replace(b"&j;", b"j")))
    for part in ("xl/sharedStrings.xml", SHEET, "xl/workbook.xml"):
        assert refusal(place, with_part(body, part, LAUGHS + INSIDE)) in (texts.NOT_XLSX, texts.NO_SHEET)
    secret = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>'
    assert refusal(place, with_part(body, "xl/sharedStrings.xml", secret + INSIDE)) == texts.NOT_XLSX


def test_macros_are_refused(place):
    body = workbook(place, UNITS)
    assert refusal(place, with_part(body, "xl/vbaProject.bin", b"x")) == texts.MACROS
    assert refusal(place, with_part(body, "xl/macrosheets/sheet1.xml", b"<a/>")) == texts.MACROS
    kind = b"spreadsheetml.sheet.main+xml"
    macro = changed(body, "[Content_Types].xml", kind, b"sheet.macroEnabled.main+xml")
    assert refusal(place, macro) == texts.MACROS


@pytest.mark.parametrize("name", ["../../etc/cron.d/x", "/etc/passwd", "xl/../../x.xml", "..\\x.xml"])
def test_paths_that_lead_out_are_refused(place, name):
    assert refusal(place, with_part(workbook(place, UNITS), name, b"x")) == texts.UNSAFE


def test_a_part_twice_is_refused(place):
    out = io.BytesIO(workbook(place, UNITS))
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(SHEET, b"<worksheet/>")
    assert refusal(place, out.getvalue()) == texts.UNSAFE


def test_a_hundred_sheets_are_refused(place):
    pages = {f"S{n}": [("x",)] for n in range(100)}
    assert "20 trang" in refusal(place, book(**pages, Đơn_vị=[HEADER, ("NB",)]))


def test_too_many_rows_are_refused(place):
    lines = [(f"N{n}",) for n in range(20_050)]
    assert "20000" in refusal(place, book(Đơn_vị=[HEADER, *lines])).replace(".", "")


@pytest.mark.parametrize(
    ("pages", "told"),
    [
        ({"Sheet1": [HEADER[:2], ("NB",)]}, texts.NO_SHEET),
        ({"Biến_động": [("Ngày hiệu lực", "Việc", "Mã đơn vị cũ"), ("x", "y", "z")]}, texts.NO_SHEET),
        ({"Đơn_vị": [HEADER]}, texts.NO_ROWS),
        ({"Đơn_vị": [("a", "b"), ("c", "d")]}, texts.NO_HEADER.format(sheet="Đơn vị")),
        ({"Đơn_vị": []}, texts.NO_HEADER.format(sheet="Đơn vị")),
        ({"Đơn_vị": [HEADER[1:], ("x",)]}, texts.NO_COLUMN.format(sheet="Đơn vị", column="Mã đơn vị")),
        ({"Đơn_vị": [(*HEADER, "TEN DON VI"), ("NB",)]},
         texts.TWO_COLUMNS.format(sheet="Đơn vị", column="Tên đơn vị")),
        ({"Đơn_vị": [HEADER, ("NB",)], "don_vi": [HEADER]}, texts.TWO_SHEETS.format(sheet="Đơn vị")),
    ],
)  # fmt: skip
def test_a_workbook_that_is_no_roster_says_what_is_missing(place, pages, told):
    assert refusal(place, book(**pages)) == told


PERSON = ("Họ và tên", "Số điện thoại", "Mã đơn vị", "Vai trò")


@pytest.mark.parametrize(
    ("pages", "title", "sheet"),
    [
        ({"Đơn_vị": [HEADER, ("NB",)], "Can_bo_2026": [PERSON, ("Trần Thị Lan",)]}, "Can bo 2026", "Cán bộ"),
        ({"Trang_1": [("DANH SÁCH",), HEADER], "Cán_bộ": [PERSON, ("Trần Thị Lan",)]}, "Trang 1", "Đơn vị"),
    ],
)
def test_a_sheet_under_another_name_is_not_left_out_without_a_word(place, pages, title, sheet):
    assert refusal(place, book(**pages)) == texts.RENAMED_SHEET.format(title=title, sheet=sheet)


def test_a_copy_beside_a_sheet_and_a_sheet_of_ones_own_are_left_out(place):
    copy = [HEADER, ("OLD", "Tỉnh", "tinh")]
    pages = {
        "Đơn_vị": [HEADER, ("NB", "Tỉnh", "tinh")],
        "Đơn_vị_(2)": copy,
        "Ghi_chú": [("Mã đơn vị", "Ghi chú")],
    }
    assert did(roster.check(place, read(place, book(**pages)), NOW)) == {"add_unit": 1}


# ── written ─────────────────────────────────────────────────────────────────────────────────────────

RISKY = ("=", "+", "-", "@", "\t", "\r", "＝")
EVIL = '=HYPERLINK("http://x";"y")'


def cells(body):
    return [cell for page in load_workbook(io.BytesIO(body)) for row in page.iter_rows() for cell in row]


def test_no_cell_that_is_written_is_a_formula(place):
    units_: list[dict[str, Any]] = [
        MAY | {"name": EVIL, "short_name": "@SUM(A1)", "reason": "+1"},
        TOP | {"name": "-2+3"},
        HLU,
    ]
    people = [LAN | {"name": "=1+1", "title": "\t=2", "phone": "+84912345678"}]
    template = workbook(place, units_, people)
    tables = read(place, template)
    for body in (template, roster_writing.marked(tables, roster.check(place, tables, NOW).problems)):
        assert not [c for c in cells(body) if c.data_type == "f"]
        texts_ = [c.value for c in cells(body) if isinstance(c.value, str)]
        assert not [words for words in texts_ if words.startswith(RISKY)]
        assert any(EVIL in words for words in texts_)


def test_names_that_look_like_formulas_come_back_as_they_were(place):
    assert did(brought_in(place, [TOP | {"name": EVIL}]))
    with place.read() as db:
        held = rows.standing(db)
    assert held.units["NB"].name == EVIL
    filled = roster_writing.standing_rows(held, NOW.date())
    assert did(brought_in(place, filled["units"], filled["people"])) == {}


def test_every_writer_of_sheets_goes_through_one_door():
    """Only these modules put values into cells; each has a test of its own that no text becomes a formula."""
    from pathlib import Path

    folder = Path(sheets.__file__).parent
    writers = [
        file.name for file in sorted(folder.parent.parent.rglob("*.py"))
        if ".venv" not in file.parts and "tests" not in file.parts
        and re.search(r"\.cell\(|\.append\(\[|\.value = ", file.read_text("utf-8"))
        and "openpyxl" in file.read_text("utf-8")
    ]  # fmt: skip
    assert writers == ["roster_guide.py", "roster_writing.py", "sheets.py", "tables.py", "workbook.py"]


def test_the_template_has_drop_downs_a_header_that_stays_and_a_guide_in_front(place):
    made = load_workbook(io.BytesIO(workbook(place)))
    assert made.sheetnames == ["Hướng dẫn", "Đơn vị", "Cán bộ", "Biến động"]
    offered = {page.title: len(page.data_validations.dataValidation) for page in made}
    assert offered == {"Hướng dẫn": 0, "Đơn vị": 2, "Cán bộ": 2, "Biến động": 1}
    for page in made.worksheets[1:]:
        assert page.freeze_panes == "C2"
        assert page.max_row == 1, "examples stand in the guide alone"
        for offer in page.data_validations.dataValidation:
            assert len(offer.formula1) <= 257, "Excel takes 255 signs"
    guide = [str(cell.value) for row in made["Hướng dẫn"].iter_rows() for cell in row if cell.value]
    for page in made.worksheets[1:]:
        for cell in page[1]:
            assert cell.value in guide, "every column is explained"


def test_what_is_typed_in_the_template_stays_as_it_is_typed(place):
    page = load_workbook(io.BytesIO(workbook(place, [MAY], [LAN])))["Cán bộ"]
    assert page["B2"].number_format == "@"
    assert page["B2"].value == "0912 345 678"
    assert page.column_dimensions["G"].number_format == "@"
