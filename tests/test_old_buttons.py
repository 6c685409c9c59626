"""One question's buttons never act on another, whenever they are pressed; the number of a question never goes down."""

from __future__ import annotations

import random
import re

import pytest

from bot import demo, sample
from handlers import questionnaires, texts
from handlers.engine.session import Session
from storage import forms
from storage.answers import ANSWER
from storage.database import Database
from storage.messages import Choice, Reply
from tests.player import demo_start
from tests.switchboard import NOW, TEACHER, Switchboard

SAID = (
    "1 4", "1 2 4 6 7", "8", "72", "71", "7200", "0", "2", "150", "khoảng 150", "2, 150", "7tr5", "500k", "15",
    "như cũ", "không", "có", "đúng", "khá", "1", "quay lại", "bỏ qua", "xem lại", "hủy", "sửa 2", "sửa 2 thành 70",
    "sửa 3 thành 5", "lượt người nhầm rồi, phải là 200", "mục này không có gì", "cả báo cáo không phát sinh",
    "để sau", "tiếp tục", "SANGKIEN", "Thăm hỏi bà con trong xã.", "xong", "gửi", "nhập lại", "báo cáo", "giúp",
    "xưng hô", "12, 5, 0", "2, 150, 15",
)  # fmt: skip


class Walking(Switchboard):
    """A regular on any channel, who remembers every button that was ever shown."""

    def __init__(self, database: Database, channel: str) -> None:
        self.database, self.channel, self.now, self.number = database, channel, NOW, 0
        with database.begin() as db:
            demo.fill(db, NOW, channel, months=2)
        self.seen: list[Choice] = []

    def hears(self, replies: list[Reply]) -> None:
        """Keep the buttons of the answers."""
        self.seen += [button for reply in replies for button in reply.choices]

    def stale(self) -> list[Choice]:
        """Buttons of questions that are not open any more."""
        turn = str(self.state(TEACHER).turn)
        return [
            one for one in self.seen if not one.value.startswith("do:") and one.value.split(".")[0] != turn
        ]


@pytest.mark.parametrize("channel", ["web", "telegram"])
@pytest.mark.parametrize("seed", range(3))
def test_an_old_button_stores_nothing_and_is_answered_politely(
    sqlite_database: Database, channel: str, seed: int
) -> None:
    chance, chat = random.Random(seed), Walking(sqlite_database, channel)
    chat.hears(chat.send(TEACHER, "báo cáo"))
    pressed = 0
    for _ in range(60):
        if (old := chat.stale()) and chance.random() < 0.4:
            before, state = chat.rows(ANSWER), chat.state(TEACHER)
            button = chance.choice(old)
            (reply,) = chat.send(TEACHER, choice=button.value, label=button.label)
            assert chat.rows(ANSWER) == before, button
            assert chat.state(TEACHER).frames == state.frames
            assert reply.text.startswith(texts.STALE_BUTTON[:40])
            pressed += 1
        elif chat.seen and chance.random() < 0.3:
            newest = chat.seen[-1]
            chat.hears(chat.send(TEACHER, choice=newest.value, label=newest.label))
        else:
            chat.hears(chat.send(TEACHER, chance.choice(SAID)))
    assert pressed > 5
    assert all(one.value.isascii() and len(one.value) <= 64 for one in chat.seen)


@pytest.mark.parametrize(
    "lead",
    [
        ("8", "7200"), ("8", "72", "hủy"), ("1", "72", "2", "mục này không có gì"),
        ("1", "72", "cả báo cáo không phát sinh"), ("1 4", "72", "2, 150"),
        ("1 4", "72", "2", "150", "lượt người nhầm rồi, phải là 200"),
    ],
)  # fmt: skip
def test_a_button_of_a_question_between_dies_with_it(
    sqlite_database: Database, lead: tuple[str, ...]
) -> None:
    """Read back, cancel, drop, table, list: pressed after the conversation has gone on, each does nothing."""
    chat = Walking(sqlite_database, "web")
    asked = chat.says(TEACHER, "báo cáo", *lead)
    assert asked.choices
    chat.says(TEACHER, "không", "xem lại")
    before, state = chat.rows(ANSWER), chat.state(TEACHER)
    for button in asked.choices:
        assert "thuộc câu hỏi trước" in chat.send(TEACHER, choice=button.value)[-1].text
    assert chat.rows(ANSWER) == before
    assert chat.state(TEACHER).frames == state.frames


@pytest.mark.parametrize("seed", range(30))
def test_the_number_of_the_question_never_goes_down_on_the_way(sqlite_database: Database, seed: int) -> None:
    demo_start(sqlite_database, NOW, months=0)
    with sqlite_database.read() as db:
        form = questionnaires.compiled(forms.xml_of(db, forms.newest(db, "bc_thang") or 0))
    chance, shown = random.Random(seed), 0
    known = {
        "ky_nam": "2026",
        "ky_thang": str(1 + seed % 12),
        "loai_hinh": "doanh_nghiep",
        "thang_cao_diem": "0",
    }
    session = Session(form, known, today=NOW.date())
    while (question := session.next()) is not None:
        names = [each.name for each in session.asked()]
        n = names.index(question.name) + 1
        assert shown < n <= len(names)
        shown = n
        session = session.with_answer(question.name, sample.plausible(session, question, chance))


def test_an_edit_leaves_the_open_question_its_number(sqlite_database: Database) -> None:
    chat = Walking(sqlite_database, "web")
    asked = chat.says(TEACHER, "báo cáo", "1 4", "72", "2")
    for words in ("sửa 2 thành 71", "số cuộc là 3 chứ không phải 2", "sửa 2 thành nhiều", "70"):
        said = chat.says(TEACHER, words)
    number = re.compile(r"Câu \d+/\d+")
    assert number.findall(said.text) == number.findall(asked.text) == ["Câu 4/8"]
