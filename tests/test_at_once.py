"""Several answers in one message: only for those who know the questions, only after a yes, each stored by itself."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.engine.several_answers import split
from storage import answers
from storage.answers import ANSWER
from storage.database import Database
from storage.inbox import RECEIPT
from tests.player import demo_start
from tests.switchboard import NOW, TEACHER, Switchboard


class Knowing(Switchboard):
    """The sample organisation in which `months` were reported already."""

    def __init__(self, database: Database, months: int) -> None:
        self.database, self.channel, self.now, self.number = database, "web", NOW, 0
        demo_start(database, NOW, months=months)


def begun(database: Database, months: int) -> Knowing:
    """At the first question of a section."""
    chat = Knowing(database, months)
    chat.says(TEACHER, "báo cáo", "1 4 7", "72")
    return chat


@pytest.fixture
def chat(sqlite_database: Database) -> Knowing:
    """A regular."""
    return begun(sqlite_database, 2)


def rows(chat: Switchboard) -> dict[str, Any]:
    """Answers of the paper that is open."""
    newest = max(row.submission_id for row in chat.rows(ANSWER))
    return {row.question: row for row in chat.rows(ANSWER) if row.submission_id == newest}


def given(chat: Switchboard) -> dict[str, str]:
    return {name: row.value for name, row in rows(chat).items()}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("12, 5, 0", ("12", "5", "0")), ("12; 5; 0", ("12", "5", "0")), ("12\n5\n0", ("12", "5", "0")),
        ("12,5,0", ("12", "5", "0")), ("1) 640 2) 3 3) 1.200", ("640", "3", "1.200")), ("1. 640\n2. 3", ("640", "3")),
        ("câu 3: 12, câu 4: 5", ("12", "5")), ("2tr5, 500k", ("2tr5", "500k")), ("0, không", ("0", "không")),
    ],
)  # fmt: skip
def test_a_row_of_answers_is_taken_apart(text: str, parts: tuple[str, ...]) -> None:
    found = split(text)
    assert found is not None
    assert found.words == parts


@pytest.mark.parametrize(
    "text",
    ["12", "12,5", "1,200,000", "1.200", "12 (7 nam, 5 nữ)", "khoảng 20, 5", "640, tăng 1", "ngày 12, 13", "",
     "dạ, 12", "chiều nay, 5", "x" * 500],
)  # fmt: skip
def test_one_answer_is_never_taken_apart(text: str) -> None:
    assert split(text) is None


@pytest.mark.parametrize("months", [0, 1])
def test_who_is_new_is_asked_one_by_one(sqlite_database: Database, months: int) -> None:
    chat = begun(sqlite_database, months)
    assert "nhiều số" in chat.says(TEACHER, "2, 150, 15").text
    assert "tt_so_cuoc" not in given(chat)


@pytest.mark.parametrize(("months", "offered"), [(0, False), (1, False), (2, True), (3, False)])
def test_it_is_offered_in_the_third_month(sqlite_database: Database, months: int, offered: bool) -> None:
    said = Knowing(sqlite_database, months).says(TEACHER, "báo cáo").text
    assert ("12, 5, 0" in said) is offered


def test_nothing_is_stored_before_a_yes(chat: Knowing) -> None:
    before = given(chat)
    table = chat.says(TEACHER, "2, 150, 15")
    assert "2) Lượt người được tuyên truyền: 150 lượt người" in table.text
    for words in ("6", "abc", "2 150"):
        chat.says(TEACHER, words)
        assert given(chat) == before


def test_each_is_stored_with_its_words_its_message_and_where_it_comes_from(chat: Knowing) -> None:
    chat.press(TEACHER, chat.says(TEACHER, "2, 150 lượt, 15"), "Đúng")
    stored = rows(chat)
    assert [stored[name].raw for name in ("tt_so_cuoc", "tt_luot_nguoi", "cl_so_nguoi")] == [
        "2", "150 lượt", "15",
    ]  # fmt: skip
    typed = [row.id for row in chat.rows(RECEIPT) if row.body.get("text") == "2, 150 lượt, 15"]
    assert [stored[name].receipt_id for name in ("tt_so_cuoc", "cl_so_nguoi")] == typed * 2
    assert stored["tt_luot_nguoi"].number == 150
    assert stored["tt_luot_nguoi"].provenance == "answered"


@pytest.mark.parametrize(
    "talk", [("2", "150", "15", "7tr5"), ("0", "15", "7tr5", "0"), ("2", "150", "0", "500k")]
)
def test_at_once_is_what_one_by_one_would_have_been(sqlite_database: Database, talk: tuple[str, ...]) -> None:
    chat = begun(sqlite_database, 2)
    chat.says(TEACHER, *talk)
    one_by_one = given(chat)
    chat.says(TEACHER, "hủy", "có", "báo cáo", "1 4 7", "72", ", ".join(talk), "đúng")
    assert given(chat) == one_by_one


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("2, 1", "Số thứ 2"), ("2, 150, 15, 4", "Số thứ 4 (“4”)"), ("2, 100-150", "Số thứ 2"),
        ("2, 150, 15, 7tr, 0, 1, 2, 3", "Tôi nhận được 8 số nhưng từ câu này chỉ còn 7"),
        ("câu 2: 72, câu 3: 5", "từ câu 3 trở đi"),
    ],
)  # fmt: skip
def test_what_does_not_fit_takes_none(chat: Knowing, words: str, said: str) -> None:
    before = given(chat)
    reply = chat.says(TEACHER, words)
    assert said in reply.text
    assert "Câu 3/" in reply.text
    assert given(chat) == before


def test_a_row_of_the_table_is_put_right(chat: Knowing) -> None:
    chat.says(TEACHER, "2, 150, 15", "sửa 2 thành 160")
    assert "Số thứ 2 (“1”)" in chat.says(TEACHER, "sửa 2 thành 1").text
    chat.says(TEACHER, "dòng 3 ghi nhầm, 16 mới đúng", "đúng")
    assert (given(chat)["tt_luot_nguoi"], given(chat)["cl_so_nguoi"]) == ("160", "16")


def test_a_command_leaves_the_table_and_stores_nothing(chat: Knowing) -> None:
    before = given(chat)
    chat.says(TEACHER, "2, 150, 15", "để sau", "tiếp tục")
    assert given(chat) == before


def test_an_edited_row_of_answers_changes_what_is_new_in_it(chat: Knowing) -> None:
    chat.send(TEACHER, "2, 150, 15", reference="row")
    chat.says(TEACHER, "sửa 2 thành 170", "đúng")
    said = chat.send(TEACHER, "2, 150, 16", reference="row", edited=True)[-1].text
    assert "(Lượt người được thăm, hỗ trợ) từ 15 lượt thành 16 lượt" in said
    assert given(chat)["tt_luot_nguoi"] == "170", "its words are what they were"


def test_an_edited_row_of_which_a_line_was_put_right_since_is_left_alone(chat: Knowing) -> None:
    chat.send(TEACHER, "2, 150, 15", reference="row")
    chat.says(TEACHER, "đúng", "sửa 4 thành 170")
    before = given(chat)
    assert "sửa từng câu" in chat.send(TEACHER, "2, 150, 16", reference="row", edited=True)[-1].text
    assert given(chat) == before


@pytest.mark.parametrize("words", ["2, 150", "2, 150, 15, 7tr", "2, 150, nhiều", "2, 1, 15", "20"])
def test_an_edited_row_that_does_not_fit_changes_nothing(chat: Knowing, words: str) -> None:
    chat.send(TEACHER, "2, 150, 15", reference="row")
    chat.says(TEACHER, "đúng")
    before = given(chat)
    said = chat.send(TEACHER, words, reference="row", edited=True)[-1].text
    assert "sửa từng câu" in said
    assert given(chat) == before


def test_a_table_that_waits_is_edited_with_its_message(chat: Knowing) -> None:
    chat.send(TEACHER, "2, 150, 15", reference="row")
    chat.send(TEACHER, "2, 160, 15", reference="row", edited=True)
    chat.says(TEACHER, "đúng")
    assert given(chat)["tt_luot_nguoi"] == "160"


def test_answers_are_found_by_their_message(chat: Knowing) -> None:
    chat.says(TEACHER, "2, 150, 15", "đúng")
    receipt = rows(chat)["tt_so_cuoc"].receipt_id
    with chat.database.read() as db:
        found = answers.from_receipts(db, [receipt], chat.account(TEACHER).id)
    assert len(found) == 3
