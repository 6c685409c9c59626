"""The digest's picture and workbook."""

from __future__ import annotations

import io
import struct
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from handlers.documents import chart, sheets, workbook
from storage.summary import Scope, Superior
from tests.digest_samples import CLOSES, MISSING, SUMMARY, coverage

TABLE = pd.DataFrame(
    {
        "name": ["CĐCS May Thêu Sao Khuê", '=HYPERLINK("http://x")'],
        "superior": ["CĐ phường Hoa Lư", "@SUM(A1)"],
        "status": ["counted", "missing"],
        "late": [True, None],
        "tt_so_cuoc": [12.0, None],
        "cl_so_tien": [2_500_000.0, None],
        "tu_danh_gia/tot": [1.0, None],
    },
    index=pd.Index(["NB-HLU-01", "-1+1"], name="code"),
)


def size(png):
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


def opened(body):
    return load_workbook(io.BytesIO(body))


def test_the_picture_is_as_wide_as_a_phone_likes():
    assert size(chart.draw(SUMMARY))[0] == 1080


def test_the_picture_holds_a_month_without_units_and_one_with_hundreds_of_superiors():
    empty = replace(SUMMARY, coverage=coverage(0, 0), by_superior=(), comparison=None)
    many = tuple(Superior(n, f"Công đoàn xã $x_{n}$ " * 9, coverage(10, n % 11)) for n in range(300))
    full = replace(
        SUMMARY, by_superior=many, stage="final", closed_at=CLOSES, scope=Scope(1, "NB", "N" * 300, "N" * 300)
    )
    assert size(chart.draw(empty))[1] < size(chart.draw(full))[1] < 3000


def test_every_vietnamese_letter_of_the_picture_has_a_glyph(recwarn):
    letters = "".join(
        chr(c) for c in (*range(0xC0, 0x180), 0x1A0, 0x1A1, 0x1AF, 0x1B0, *range(0x1EA0, 0x1EFA))
    )
    chart.draw(
        replace(
            SUMMARY,
            by_superior=tuple(
                Superior(n, letters[n : n + 12], coverage(2, 1)) for n in range(0, len(letters), 12)
            ),
        )
    )
    assert not [warning for warning in recwarn if "Glyph" in str(warning.message)]


def test_a_picture_is_the_same_each_time():
    assert chart.draw(SUMMARY) == chart.draw(SUMMARY)


def test_names_of_the_missing_stand_in_the_workbook_only_for_the_entitled():
    assert opened(workbook.write(SUMMARY, TABLE)).sheetnames == ["Tổng hợp", "Theo đơn vị"]
    book = opened(workbook.write(SUMMARY, TABLE, MISSING))
    assert book.sheetnames == ["Tổng hợp", "Theo đơn vị", "Chưa báo cáo"]
    assert book["Chưa báo cáo"]["B2"].value == "CĐCS Thương mại Bến Trăng"
    assert book["Chưa báo cáo"]["D3"].value == "Đang hoàn thiện lại"


def test_numbers_are_numbers_and_what_is_missing_is_empty():
    sheet = opened(workbook.write(SUMMARY, TABLE))["Theo đơn vị"]
    rows = list(sheet.iter_rows(min_row=1, values_only=True))
    assert rows[0] == (
        "Mã",
        "Đơn vị",
        "Công đoàn cấp trên",
        "Tình trạng",
        "Tuyên truyền (cuộc)",
        "Giá trị chăm lo (đồng)",
        "Tự đánh giá",
    )
    assert rows[1] == (
        "NB-HLU-01",
        "CĐCS May Thêu Sao Khuê",
        "CĐ phường Hoa Lư",
        "Đã báo cáo (sau hạn)",
        12,
        2_500_000,
        "Tốt",
    )
    assert rows[2][3:] == ("Chưa nhận", None, None, None)
    assert sheet["F2"].number_format == "#,##0"


def test_the_first_sheet_holds_the_figures_of_the_digest():
    rows = list(opened(workbook.write(SUMMARY, TABLE))["Tổng hợp"].iter_rows(values_only=True))
    said = {row[0].strip(): row for row in rows if row[0]}
    assert said["Đã báo cáo"][2] == 41
    assert said["Tuyên truyền"][1:5] == ("cuộc", 2315, 2200, 2113.4)
    assert said["Tuyên truyền"][5] == pytest.approx(0.041, abs=1e-3)
    assert said["Đoàn viên"][2] == 22_604
    assert said["CĐ phường Hoa Lư"][1:5] == (7, 5, 2, 0)


def test_every_sheet_prints_on_a4_landscape_with_its_heading_on_each_page():
    book = opened(workbook.write(SUMMARY, TABLE, MISSING))
    for sheet in book.worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.freeze_panes
    assert book["Theo đơn vị"].print_title_rows == "$1:$1"


RISKY = ("=", "+", "-", "@", "\t", "\r")


@given(st.sampled_from(RISKY), st.text(max_size=20))
def test_text_never_becomes_a_formula(sign, rest):
    assert sheets.safe(sign + rest).startswith("'")


def test_no_cell_of_a_workbook_is_a_formula():
    book = opened(workbook.write(SUMMARY, TABLE, MISSING))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert not (isinstance(cell.value, str) and cell.value.startswith(RISKY))


@given(st.text(max_size=50))
def test_any_name_can_be_written(name):
    table = TABLE.assign(name=[name, name])
    assert opened(workbook.write(SUMMARY, table)).sheetnames
