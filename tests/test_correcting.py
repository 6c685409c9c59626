"""An earlier answer is put right in the middle of another question, and nothing else is taken for a correction."""

from __future__ import annotations

import pytest

from handlers.engine.corrections import told
from storage.answers import ANSWER
from storage.database import Database
from tests.switchboard import TEACHER, Switchboard


@pytest.fixture
def chat(sqlite_database: Database) -> Switchboard:
    """The sample organisation, the teacher at the question about people, two meetings written down."""
    talk = Switchboard(sqlite_database)
    talk.says(TEACHER, "báo cáo", "1 4", "72", "2")
    return talk


def held(chat: Switchboard, question: str) -> str:
    return next((row.value for row in chat.rows(ANSWER) if row.question == question), "")


@pytest.mark.parametrize(
    "words",
    [
        "sửa câu 3 thành 40", "sửa 3 = 40", "câu 3: 40", "mục 3 là 40", "câu 3 ghi nhầm, 40 mới đúng",
        "cau 3 ghi nham 40 moi dung", "dạ em ghi nhầm câu 3, 40 mới đúng", "câu 3 là 40 chứ không phải 2",
        "Câu 3 nhầm rồi, phải là 40 ạ", "số cuộc là 40 chứ không phải 2", "so cuoc la 40 chu ko phai 2",
        "sửa số cuộc tuyên truyền thành 40", "số cuộc tuyên truyền 40 mới đúng", "sửa số cuộc thành bốn mươi",
    ],
)  # fmt: skip
def test_a_correction_changes_its_line_and_the_open_question_comes_again(
    chat: Switchboard, words: str
) -> None:
    said = chat.says(TEACHER, words).text
    assert "Đã sửa câu 3 (Số cuộc tuyên truyền) từ 2 cuộc thành 40 cuộc." in said
    assert "Câu 4/8" in said
    assert held(chat, "tt_so_cuoc") == "40"
    assert held(chat, "tt_luot_nguoi") == ""


@pytest.mark.parametrize(
    "words",
    [
        "số đoàn viên là 640", "tổ chức 3 cuộc chứ không phải 2", "không phải 3 mà là 5", "40", "sữa chua thành 5",
        "thành lập 2 tổ, tổ 3 đang làm", "12 cuộc", "đúng", "Mục 1: lắp quạt", "sửa", "nhầm rồi", "",
        "câu 3", "x" * 500,
    ],
)  # fmt: skip
def test_anything_else_is_no_correction(words: str) -> None:
    assert told(words) is None


@pytest.mark.parametrize("words", ["sửa 3 thành nhiều lắm", "sửa 2 thành 720", "sửa 3 thành 900"])
def test_what_is_refused_or_doubtful_is_asked_there_and_the_open_question_comes_after(
    chat: Switchboard, words: str
) -> None:
    before = chat.rows(ANSWER)
    chat.says(TEACHER, words)
    assert chat.rows(ANSWER) == before
    said = chat.says(TEACHER, "70").text
    assert "Đã sửa câu" in said
    assert "Câu 4/8" in said


def test_a_name_of_two_lines_is_asked_about_and_no_number_beside_the_list_is_an_answer(
    chat: Switchboard,
) -> None:
    chat.says(TEACHER, "180")
    asked = chat.says(TEACHER, "lượt người nhầm rồi, phải là 200")
    assert [button.label[:2] for button in asked.choices] == ["4 ", "5 ", "Kh"]
    before = chat.rows(ANSWER)
    assert "Số 9 không có" in chat.says(TEACHER, "9").text
    assert chat.rows(ANSWER) == before
    assert "từ 180 lượt người thành 200" in chat.says(TEACHER, "4").text
    assert held(chat, "tt_luot_nguoi") == "200"


def test_the_list_may_be_left(chat: Switchboard) -> None:
    chat.says(TEACHER, "180")
    asked = chat.says(TEACHER, "lượt người nhầm rồi, phải là 200")
    said = chat.press(TEACHER, asked, "Không sửa").text
    assert "Tôi không sửa mục nào." in said
    assert "Câu 5/8" in said
    assert held(chat, "tt_luot_nguoi") == "180"


def test_a_line_that_was_not_asked_yet_takes_nothing(chat: Switchboard) -> None:
    before = chat.rows(ANSWER)
    assert "chưa hỏi đến" in chat.says(TEACHER, "câu 5: 40").text
    assert chat.rows(ANSWER) == before


def test_the_open_question_may_be_named_as_well(chat: Switchboard) -> None:
    assert "Đã ghi: 40 lượt người." in chat.says(TEACHER, "câu 4: 40").text


def test_the_number_of_an_option_is_no_line(sqlite_database: Database) -> None:
    chat = Switchboard(sqlite_database)
    assert "Đã ghi: Xanh - Sạch - Đẹp" in chat.says(TEACHER, "báo cáo", "mục 3").text


def test_a_text_that_is_being_written_outlives_a_correction(chat: Switchboard) -> None:
    chat.says(TEACHER, "180", "0", "0", "1", "Hội thao vui.")
    assert "Câu 8/8" in chat.says(TEACHER, "sửa 3 thành 40").text
    chat.says(TEACHER, "Trồng 50 cây.", "xong")
    assert held(chat, "noi_dung_noi_bat") == "Hội thao vui.\nTrồng 50 cây."


def test_what_reads_like_a_correction_is_prose_in_a_text(chat: Switchboard) -> None:
    chat.says(TEACHER, "180", "0", "0", "1")
    assert "Đã nhận" in chat.says(TEACHER, "Số cuộc là 5 chứ không phải 3").text
    assert held(chat, "tt_so_cuoc") == "2"
