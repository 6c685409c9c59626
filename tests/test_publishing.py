"""A form's file becomes an XForm in a process of its own, and what is wrong with it is said in Vietnamese."""

from __future__ import annotations

import io
import subprocess
import sys

import openpyxl
import pytest

from handlers import publishing
from handlers.engine.form import Form, FormError
from handlers.publishing_worker import header, row_of

GOOD = """
| survey |
| | loại | tên | nhãn | gợi ý | bắt buộc | ràng buộc | thông báo lỗi | đơn vị | cách cộng |
| | integer | so | Số người? | Đếm cả vắng. | có | . >= 0 | Không âm. | người | sum |
| | text | ghi | Ghi chú? | | không | | | | |
"""


def workbook(table: str) -> bytes:
    """An Excel file with the sheets of a Markdown table."""
    book = openpyxl.Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    for line in table.strip().splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 1:
            sheet = book.create_sheet(cells[0])
        else:
            sheet.append([cell or None for cell in cells[1:]])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(("source", "kind"), [(GOOD.encode(), ".md"), (workbook(GOOD), ".xlsx")])
def test_friendly_headers_are_understood(source, kind):
    published = publishing.convert(source, kind)
    assert published.findings == ()
    number, note = Form.from_xml(published.xml).visible
    assert (number.label, number.hint, number.unit, number.aggregate) == (
        "Số người?",
        "Đếm cả vắng.",
        "người",
        "sum",
    )
    assert number.constraint_message == "Không âm."
    assert number.required is not None
    assert note.required is None


def test_the_hash_is_that_of_the_file():
    first, second = publishing.convert(GOOD.encode(), ".md"), publishing.convert(GOOD.encode() + b"\n", ".md")
    assert first.sha256 != second.sha256
    assert first.xml == second.xml


@pytest.mark.parametrize(
    ("source", "kind"), [(b"rubbish", ".xlsx"), (b"PK\x03\x04" + bytes(200), ".xlsx"), (b"", ".md")]
)
def test_a_corrupt_file_says_what_to_do(source, kind):
    with pytest.raises(FormError, match=r"Tệp không đọc được.*lưu lại"):
        publishing.convert(source, kind)


def test_a_file_that_is_too_large_or_no_form_is_refused_unread():
    with pytest.raises(FormError, match="1 MB"):
        publishing.convert(bytes(publishing.MAX_BYTES + 1), ".xlsx")
    with pytest.raises(FormError, match="Excel"):
        publishing.convert(b"x", ".exe")


def test_a_process_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(publishing, "WALL_SECONDS", 0.01)
    with pytest.raises(FormError, match="Tệp không đọc được"):
        publishing.convert(GOOD.encode(), ".md")


def test_an_error_leaves_no_xml_behind():
    published = publishing.convert(GOOD.replace(". >= 0", ". => 0").encode(), ".md")
    assert published.xml == ""
    assert [str(error) for error in published.errors] == [
        "survey dòng 2: constraint: không hiểu “>” ở vị trí này"
    ]


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (
            "| survey |\n| | type | name | label |\n| | begin group | g | G |\n| | text | a | A |",
            "không khớp",
        ),
        ("| survey |\n| | type | name | label |\n| | text | a | A |\n| | text | a | A |", "trùng"),
        ("| survey |\n| | type | name | label |\n| | text | a b | A |", "chỉ gồm chữ"),
        ("| survey |\n| | type | name |\n| | text | a |", "thiếu nhãn"),
        ("| survey |\n| | type | name | label |", "chưa có câu hỏi nào"),
    ],
)
def test_what_pyxform_finds_is_said_in_vietnamese(table, words):
    published = publishing.convert(table.encode(), ".md")
    assert any(words in str(error) for error in published.errors), published.findings


def test_own_columns_become_attributes_and_other_headers_stay():
    assert header("đơn vị", "survey") == "bind::cd:unit"
    assert header("đơn vị", "choices") == "đơn vị"
    assert header("nhãn::English (en)", "survey") == "label::English (en)"
    assert header("Bắt  buộc", "survey") == "required"
    assert header("relevant", "survey") == "relevant"
    assert row_of({"bắt buộc": "Có", "nhãn": "Có"}, "survey") == {"required": "yes", "label": "Có"}


def test_pyxform_is_never_on_the_start_up_path():
    code = "import sys, handlers.publishing; print({'pyxform', 'openpyxl', 'pandas'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize("path", sorted(publishing.FORMS.glob("*.md")), ids=lambda path: path.stem)
def test_a_shipped_form_has_no_findings_and_its_xml_is_current(path):
    published = publishing.convert(path.read_bytes(), ".md")
    assert published.findings == ()
    current = publishing.compiled_path(path).read_text(encoding="utf-8")
    assert published.xml == current, "run: python -m handlers.publishing"
