"""An answer that names something else than what is counted is read back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handlers.engine.form import Form
from handlers.engine.session import Session, Turn

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


def answer(name: str, text: str) -> Turn:
    session = Session(FORM, KNOWN, today=date(2026, 12, 10))
    question = FORM.question(name)
    assert question is not None
    return session.answer(question, text)


def outcome(name: str, text: str) -> str:
    return answer(name, text).outcome


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


STORY = "tuyên truyền luật lao động, 1 buổi thôi, gần 200 chị em dự đông lắm"


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("cl_so_nguoi", "5 chị ốm, mỗi chị 500 nghìn", "5"), ("cl_so_nguoi", "thăm 5 chị ốm mỗi chị 500 nghìn", "5"),
        ("cl_so_nguoi", "15 suất, mỗi suất 300k", "15"), ("cl_so_nguoi", "5 hộ, 2tr5", "5"),
        ("tt_so_cuoc", "1 buổi thôi, gần 200 chị em", "1"), ("tt_so_cuoc", STORY, "1"),
        ("tt_luot_nguoi", STORY, "200"), ("tt_so_cuoc", "2 buổi 150 người", "2"),
        ("tt_luot_nguoi", "2 buổi 150 người", "150"), ("so_doan_vien", "tăng 3, 642 người", "642"),
        ("tt_luot_nguoi", "ơ thế 200 lúc nãy mất rồi à? 200 người", "200"),
        ("so_doan_vien", "chắc khoảng 640 người, tháng này có 2 cháu mới vào", "640"),
    ],
)  # fmt: skip
def test_of_several_numbers_the_one_that_is_asked_for_is_read_back(name: str, text: str, value: str) -> None:
    turn = answer(name, text)
    assert (turn.outcome, turn.value) == ("confirm", value)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("tt_so_cuoc", "1 buổi sáng, 2 buổi chiều"), ("tt_so_cuoc", "không có, 2 buổi"), ("tt_so_cuoc", "2 buổi, 150"),
        ("so_doan_vien", "640 người 12 tổ"), ("cl_so_nguoi", "12 người 3 hộ"), ("cl_so_nguoi", "3 chị với 2 anh"),
        ("tt_luot_nguoi", "đúng rồi em, mà thăm 5 chị ốm mỗi chị 500 nghìn nhé"),
        ("tt_so_cuoc", "20-25 buổi, 150 người"),
    ],
)  # fmt: skip
def test_of_several_numbers_none_is_guessed(name: str, text: str) -> None:
    assert answer(name, text).outcome == "ask"


@pytest.mark.parametrize(
    ("name", "text"), [("goc_xuong_dat", "25tr"), ("cl_so_nguoi", "25tr"), ("kn_so_moi", "500k")]
)
def test_money_is_no_count(name: str, text: str) -> None:
    assert answer(name, text).reason == "money"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("tuyên truyền với thăm ốm", "tuyen_truyen cham_lo"), ("thăm hỏi", "cham_lo"),
        ("thì cô vừa nói đấy thôi, tuyên truyền với thăm ốm", "tuyen_truyen cham_lo"),
    ],
)  # fmt: skip
def test_an_option_is_known_by_the_questions_that_it_opens_and_read_back(text: str, value: str) -> None:
    turn = answer("hoat_dong_thang", text)
    assert (turn.outcome, turn.value) == ("confirm", value)


@pytest.mark.parametrize(
    "text", ["không thăm ai", "đợt này bận", "bao nhiêu người được đi", "639 đoàn viên", "đủ thứ"]
)
def test_common_words_name_no_option(text: str) -> None:
    assert answer("hoat_dong_thang", text).outcome == "ask"
