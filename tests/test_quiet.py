"""Nothing in a section or in the month: only what says so closes it, and what was written is dropped after a yes."""

from __future__ import annotations

import pytest

from handlers.engine.nothing import Nothing, told
from storage.answers import ANSWER
from storage.database import Database
from tests.switchboard import TEACHER, Switchboard


@pytest.fixture
def chat(sqlite_database: Database) -> Switchboard:
    """The sample organisation, the teacher at the first question of a section."""
    talk = Switchboard(sqlite_database)
    talk.says(TEACHER, "báo cáo", "1 4", "72")
    return talk


def given(chat: Switchboard) -> dict[str, str]:
    return {row.question: row.value for row in chat.rows(ANSWER)}


@pytest.mark.parametrize(
    ("words", "section"),
    [
        ("mục này không phát sinh", ""), ("phần này không có", ""), ("muc nay ko co gi a", ""),
        ("cả mục này không có gì", ""), ("Mục Tuyên truyền: không phát sinh", "tuyen truyen"),
        ("phần chăm lo chưa có gì", "cham lo"), ("bỏ cả mục này", ""), ("mục này tháng này không phát sinh", ""),
    ],
)  # fmt: skip
def test_a_section_is_closed_in_many_words(words: str, section: str) -> None:
    assert told(words) == Nothing(report=False, section=section)


@pytest.mark.parametrize(
    "words",
    ["tháng này không phát sinh gì", "cả báo cáo không phát sinh", "toàn bộ báo cáo này không có gì",
     "cả tháng không có gì", "báo cáo không phát sinh"],
)  # fmt: skip
def test_the_month_is_closed_in_many_words(words: str) -> None:
    assert told(words) == Nothing(report=True)


@pytest.mark.parametrize(
    "words",
    ["không", "0", "không có", "không phát sinh", "tháng này không phát sinh", "bỏ qua mục này", "bỏ qua",
     "mục này không biết", "mục này không rõ", "mục này không dưới 20", "mục này chưa thống kê", "mục này là gì",
     "mục này không có gì phải không?", "phần này 12 cuộc", "mục 3", "sửa mục 3", ""],
)  # fmt: skip
def test_anything_else_closes_nothing(words: str) -> None:
    assert told(words) is None


def test_a_section_without_answers_goes_at_once(chat: Switchboard) -> None:
    said = chat.says(TEACHER, "mục này không phát sinh").text
    assert "Đã bỏ mục Tuyên truyền, ghi 0." in said
    assert given(chat)["hoat_dong_thang"] == "cham_lo"


def test_the_last_section_makes_the_month_quiet(chat: Switchboard) -> None:
    chat.says(TEACHER, "mục này không phát sinh")
    said = chat.says(TEACHER, "phần này không có gì").text
    assert "thành Không phát sinh" in said
    assert given(chat)["hoat_dong_thang"] == "khong_phat_sinh"


@pytest.mark.parametrize("words", ["không", "12", "nhập lại", "[Không]"])
def test_a_section_with_answers_stays_unless_somebody_says_yes(chat: Switchboard, words: str) -> None:
    chat.says(TEACHER, "2")
    asked = chat.says(TEACHER, "mục này không có gì")
    assert "Bỏ cả mục Tuyên truyền (1 câu đã trả lời)" in asked.text
    chat.press(TEACHER, asked, "Không") if words.startswith("[") else chat.says(TEACHER, words)
    assert given(chat)["hoat_dong_thang"] == "tuyen_truyen cham_lo"


def test_a_yes_drops_the_answers_that_were_given(chat: Switchboard) -> None:
    chat.says(TEACHER, "2")
    chat.press(TEACHER, chat.says(TEACHER, "mục này không có gì"), "Có")
    assert given(chat)["hoat_dong_thang"] == "cham_lo"


def test_a_number_at_the_question_between_answers_the_open_one(chat: Switchboard) -> None:
    chat.says(TEACHER, "2", "tháng này không phát sinh gì", "150")
    assert given(chat)["tt_luot_nguoi"] == "150"


def test_a_plain_zero_stays_an_answer_to_one_question(chat: Switchboard) -> None:
    chat.says(TEACHER, "tháng này không phát sinh")
    assert given(chat)["tt_so_cuoc"] == "0"
    assert given(chat)["hoat_dong_thang"] == "tuyen_truyen cham_lo"


def test_editing_the_words_that_closed_a_section_ticks_nothing(chat: Switchboard) -> None:
    chat.send(TEACHER, "mục này không phát sinh", reference="m77")
    before = given(chat)
    chat.send(TEACHER, "5", reference="m77", edited=True)
    assert given(chat) == before
