"""How a reply looks: nothing that is typed becomes markup, long texts are cut where one pauses, buttons in rows."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from telegram import InlineKeyboardMarkup, ReplyKeyboardMarkup

from bot.channel import SendError
from bot.channels.telegram.rendering import as_html, keyboard
from bot.channels.telegram.splitting import split
from bot.channels.telegram.words import units
from handlers import texts
from storage.messages import SHARE_PHONE, Choice


def rows(*labels: str, marked: bool = False) -> list[list[str]]:
    markup = keyboard([Choice(f"1.{n}", label, marked) for n, label in enumerate(labels)])
    if markup is None:
        return []
    assert isinstance(markup, InlineKeyboardMarkup)
    return [[button.text for button in row] for row in markup.inline_keyboard]


def test_only_a_key_of_the_phone_asks_for_its_number():
    markup = keyboard([Choice(SHARE_PHONE, "Chia sẻ số")])
    assert isinstance(markup, ReplyKeyboardMarkup)
    assert markup.keyboard[0][0].request_contact
    assert markup.one_time_keyboard


def shown(rendered: str) -> str:
    """What a person reads of HTML that has no tag but <b>."""
    return html.unescape(re.sub(r"</?b>", "", rendered))


# ── words ───────────────────────────────────────────────────────────────────────────────────────────


def test_the_number_of_a_question_is_bold_as_the_interview_writes_it():
    question = texts.PROGRESS.format(n=3, of=12, label="Có bao nhiêu đoàn viên?")
    assert as_html(f"Đã ghi: 5.\n\n{question}") == "Đã ghi: 5.\n\n<b>Câu 3/12.</b> Có bao nhiêu đoàn viên?"
    assert as_html("Xem Câu 3/12. nhé") == "Xem Câu 3/12. nhé"


@given(some.text(max_size=300))
def test_what_is_typed_is_shown_and_never_read_as_markup(text):
    assert shown(as_html(text)) == text


def test_markup_that_somebody_types_is_shown():
    assert as_html('<a href="x">&amp;</a>') == '&lt;a href="x"&gt;&amp;amp;&lt;/a&gt;'


# ── long texts ──────────────────────────────────────────────────────────────────────────────────────


def test_a_short_text_is_one_message():
    assert split("a" * 4096) == ["a" * 4096]
    assert split("  \n ") == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("aaaa bbbb\n\ncccc. dddd", ["aaaa bbbb", "cccc. dddd"]),
        ("aaaa bbbb\ncccc. dddd", ["aaaa bbbb", "cccc. dddd"]),
        ("aaaa bb. cccc dddd", ["aaaa bb.", "cccc dddd"]),
        ("aaaa bbb cccc dddd", ["aaaa bbb", "cccc dddd"]),
        ("a" * 18, ["a" * 12, "a" * 6]),
        ("😀" * 9, ["😀" * 6, "😀" * 3]),
        ("aaaaaaaaaaae\u0302\u0301 bcd", ["aaaaaaaaaaa", "e\u0302\u0301 bcd"]),
    ],
)
def test_a_text_is_cut_at_the_best_pause(text, parts):
    assert split(text, 12) == parts


@settings(deadline=None)
@given(some.text(alphabet="a 😀.\n<&ê\u0301", max_size=400), some.integers(min_value=8, max_value=60))
def test_no_part_is_too_long_or_empty_and_nothing_gets_lost(text, most):
    parts = split(text, most)
    assert all(part and units(part) <= most for part in parts)
    assert re.sub(r"\s", "", "".join(parts)) == re.sub(r"\s", "", text)


@pytest.mark.parametrize("letter", ["&", "ạ", "😀", "<"])
def test_the_longest_part_is_within_the_servers_limit_for_raw_text(letter):
    assert len(as_html(split(letter * 9000)[0]).encode()) <= 32 * 1024


# ── buttons ─────────────────────────────────────────────────────────────────────────────────────────


def test_no_buttons_are_no_keyboard():
    assert keyboard(()) is None


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["Có", "Không"], [["Có", "Không"]]),
        (["1", "2", "3", "4", "5"], [["1", "2", "3", "4"], ["5"]]),
        (["Tuyên truyền", "Thi đua", "Khác"], [["Tuyên truyền", "Thi đua"], ["Khác"]]),
        (
            ["Có", "Như tháng trước: 1.234.567 đồng", "Sửa"],
            [["Có"], ["Như tháng trước: 1.234.567 đồng"], ["Sửa"]],
        ),
        (
            ["Đã mời, chưa vào", "Đã kết nối", "Đã vào, chưa bấm Đồng ý", "Mời Dương Ngọc Liễu", "Xem tiếp"],
            [
                ["Đã mời, chưa vào", "Đã kết nối"],
                ["Đã vào, chưa bấm Đồng ý"],
                ["Mời Dương Ngọc Liễu"],
                ["Xem tiếp"],
            ],
        ),
    ],
)
def test_short_labels_share_a_row(labels, expected):
    assert rows(*labels) == expected


def test_a_ticked_option_shows_it():
    assert rows("1 Tuyên truyền", marked=True) == [["✓ 1 Tuyên truyền"]]


def test_a_long_label_is_cut():
    [[label]] = rows("Đ" * 80)
    assert label == "Đ" * 59 + "…"


def test_a_keyboard_has_a_hundred_buttons_at_most(caplog):
    assert sum(map(len, rows(*map(str, range(130))))) == 100
    assert "30 of 130 buttons" in caplog.text


@pytest.mark.parametrize("value", ["", "x" * 65, "đúng"])
def test_a_value_that_no_button_can_hold_is_refused(value):
    with pytest.raises(SendError) as raised:
        keyboard([Choice(value, "Có")])
    assert raised.value.refused


def test_a_value_of_64_bytes_is_taken():
    assert keyboard([Choice("x" * 64, "Có")]) is not None
