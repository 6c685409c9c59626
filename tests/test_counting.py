"""An answer that names something else than what is counted is read back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handlers.engine.form import Form
from handlers.engine.session import Session

FORM = Form.from_xml(
    (Path(__file__).parent.parent / "forms/compiled/bc_thang.xml").read_text(encoding="utf-8")
)
KNOWN = {
    "hoat_dong_thang": "tuyen_truyen xanh_sach_dep cham_lo giam_sat_kien_nghi dien_hinh",
    "ky_thang": "12",
    "loai_hinh": "doanh_nghiep",
    "thang_cao_diem": "0",
    "tt_so_cuoc": "2",
    "tu_dong_kn_so_moi": "0",
}


def outcome(name: str, text: str) -> str:
    session = Session(FORM, KNOWN, today=date(2026, 12, 10))
    question = FORM.question(name)
    assert question is not None
    return session.answer(question, text).outcome


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("xsd_so_dot", "3 góc"), ("xsd_so_dot", "3 goc"), ("cl_so_nguoi", "4 đợt"), ("gs_so_cuoc", "1 kien nghi"),
        ("tt_luot_nguoi", "3 cuộc"), ("goc_xuong_dat", "12 người"), ("kn_so_moi", "5 người"),
    ],
)  # fmt: skip
def test_another_thing_is_read_back(name: str, text: str) -> None:
    assert outcome(name, text) == "confirm"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("xsd_so_dot", "3 đợt"), ("xsd_so_dot", "3 buổi"), ("cl_so_nguoi", "4 người"), ("cl_so_nguoi", "3 hộ"),
        ("cl_so_nguoi", "12 suất quà"), ("gs_so_cuoc", "2 cuộc"), ("tt_so_cuoc", "2 hội nghị"), ("tt_so_cuoc", "3"),
        ("tt_so_cuoc", "không có cuộc nào"), ("so_doan_vien", "640 đ/c"), ("so_doan_vien", "640 công nhân"),
        ("tt_luot_nguoi", "180 người"), ("kn_so_moi", "3 ý kiến"), ("guong_so", "2 cá nhân"), ("xsd_so_dot", "3 cái"),
    ],
)  # fmt: skip
def test_what_is_asked_for_by_any_of_its_names_is_taken(name: str, text: str) -> None:
    assert outcome(name, text) == "taken"
