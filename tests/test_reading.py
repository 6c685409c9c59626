"""What officers type is read right, confirmed or asked again; never taken wrongly in silence."""

from __future__ import annotations

import time
import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.engine import late, spelling, vietnamese
from handlers.engine.reading import READERS, REASONS, Reading, read
from tests.reading_cases import HELD, SECTIONS, TODAY, acceptable, public, read_case, tables, written
from tests.slow_inputs import SLOW

VOCABULARY = """
    ngôi trường xanh bên dòng sông mẹ yêu hoa sen buổi sáng mùa thu cơm nước nhà cửa học sinh xe máy công việc rất vui
    họp hành tổ chức phong trào đoàn kết thầy cô lớp học mưa nắng gió bà ngoại quê hương từ điển bạn bè đường phố
"""


def misread(name: str, outcomes: set[str]) -> list[tuple]:
    found = [(case, read_case(case)) for case in tables()[name]]
    return [
        (c["id"], c["input"], written(r), r.reason)
        for c, r in found
        if r.outcome in outcomes and not acceptable(c, r)
    ]


TUNED = [name for name in tables() if name not in HELD]


@pytest.mark.parametrize("name", tables())
def test_nothing_is_misread_in_silence(name):
    assert misread(name, {"value", "carry", "command"}) == []


@pytest.mark.parametrize("name", TUNED)
def test_nothing_is_asked_needlessly(name):
    assert misread(name, {"ask"}) == []


@pytest.mark.parametrize("name", TUNED)
def test_what_is_echoed_is_what_was_meant(name):
    assert misread(name, {"confirm"}) == []


@pytest.mark.parametrize("name", HELD)
def test_of_answers_that_were_held_back_less_than_one_in_ten_is_asked_needlessly(name):
    cases = [case for case in tables()[name] if any(wanted != "ASK" for wanted in case["accept"])]
    assert len(misread(name, {"ask"})) < len(cases) / 10
    assert len(misread(name, {"confirm"})) < len(cases) / 50


def test_every_question_and_doubt_has_a_documented_reason():
    readings = [read_case(case) for cases in tables().values() for case in cases]
    assert {each.reason for each in readings if each.outcome in {"ask", "confirm"}} <= set(REASONS)
    assert not any(each.reason for each in readings if each.outcome in {"value", "carry", "command"})


def test_decomposed_and_capital_letters_read_the_same():
    for case in public():
        for form in (unicodedata.normalize("NFD", case["input"]), f"  {case['input'].upper()} "):
            assert acceptable(case, read_case({**case, "input": form})), form


def test_last_periods_value_comes_with_carry():
    assert read("int", "như cũ", today=TODAY, previous=125) == Reading("carry", 125)


def test_a_text_is_taken_as_typed_but_a_command_is_none():
    assert read("text", "  Tặng 12 suất quà ", today=TODAY) == Reading("value", "Tặng 12 suất quà")
    assert read("text", "bỏ qua", today=TODAY) == Reading("command", "skip")
    assert read("text", " ", today=TODAY).outcome == "ask"
    assert read("text", "dài " * 2_500, today=TODAY).outcome == "value"


def test_choices_may_be_names_with_labels():
    choices = [("tot", "Tốt"), ("kha", "Khá")]
    assert read("one", "khá", today=TODAY, choices=choices) == Reading("value", 2)


def test_several_options_without_labels_are_numbers_alone():
    assert read("multi", "1, 3", today=TODAY) == Reading("value", [1, 3])
    assert read("multi", "tuyên truyền", today=TODAY).outcome == "ask"
    assert read("multi", "không phát sinh", today=TODAY).outcome == "ask"


def test_a_label_that_is_a_commands_word_is_an_answer():
    choices = ["Tổ hỗ trợ sáng kiến", "Hỗ trợ", "Khác"]
    assert read("one", "hỗ trợ", today=TODAY, choices=choices) == Reading("value", 2)
    assert read("one", "hỗ trợ", today=TODAY, choices=["Tốt", "Khá"]) == Reading("command", "help")


def test_new_year_reads_december_as_last_year_and_asks_for_confirmation():
    reading = read("date", "20/12", today=date(2027, 1, 5))
    assert (reading.outcome, reading.value) == ("confirm", date(2026, 12, 20))


def test_very_long_messages_are_asked_at_once():
    for kind in READERS:
        started = time.thread_time()
        assert read(kind, "12 người " * 1_200, today=TODAY) == Reading("ask", None, "too_long")
        assert time.thread_time() - started < 0.005


@pytest.mark.parametrize("kind", READERS)
def test_no_reading_takes_long(kind):
    for text in SLOW:
        read(kind, text, today=TODAY, choices=SECTIONS)
        assert min(_seconds(kind, text) for _ in range(3)) < 0.02, text


def _seconds(kind: str, text: str) -> float:
    started = time.thread_time()
    read(kind, text, today=TODAY, choices=SECTIONS)
    return time.thread_time() - started


def same_or_confirmed(kind: str, text: str, value: object) -> None:
    reading = read(kind, text, today=TODAY)
    assert reading.outcome in {"value", "confirm"}, (text, reading)
    assert reading.value == value, (text, reading)


@given(st.integers(0, 999_999))
def test_a_count_reads_back_in_every_style(number):
    styles = [str(number), spelling.number(number), f"{number:,}".replace(",", " "), f"có {number} người ạ"]
    styles += [
        spelling.in_words(number),
        f"dạ {spelling.in_words(number)} người",
        f"khoảng {spelling.number(number)}",
    ]
    for text in styles:
        same_or_confirmed("int", text, number)


@given(st.integers(10_000, 99_999_999_999))
def test_a_sum_reads_back_in_every_style(amount):
    styles = [
        str(amount),
        spelling.number(amount),
        spelling.money(amount),
        f"{amount:,}",
        f"{spelling.number(amount)}đ",
    ]
    styles += [
        f"{spelling.in_words(amount)} đồng",
        f"{spelling.money(amount)} ({spelling.in_words(amount)} đồng)",
    ]
    for text in styles:
        same_or_confirmed("money", text, amount)


@given(st.integers(1, 999), st.integers(1, 9))
def test_a_digit_after_a_magnitude_is_its_tenth(millions, tenth):
    value = millions * 1_000_000 + tenth * 100_000
    spoken = f"{spelling.in_words(millions)} triệu {spelling.DIGITS[tenth]}"
    for text in (f"{millions}tr{tenth}", f"{millions},{tenth} triệu", f"{millions} trieu {tenth}", spoken):
        same_or_confirmed("money", text, value)


@given(st.integers(0, 2_000))
def test_a_percentage_reads_back_in_every_style(tenths):
    value = tenths / 10
    for text in (
        spelling.number(value),
        spelling.percent(value),
        f"đạt {spelling.percent(value)}",
        str(value),
    ):
        same_or_confirmed("dec", text, value)


@given(st.integers(0, 400))
def test_a_day_reads_back_in_every_style(days):
    day = TODAY - timedelta(days=days)
    year = f"ngày {spelling.in_words(day.day)} tháng {spelling.in_words(day.month)} năm {day.year}"
    styles = [
        spelling.date(day),
        day.isoformat(),
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d-%m-%y}",
        year,
    ]
    styles += [
        f"ngày {day.day} tháng {day.month} năm {day.year}",
        f"{spelling.weekday(day)}, {spelling.date(day)}",
    ]
    for text in styles:
        same_or_confirmed("date", text, day)


@given(
    st.lists(st.sampled_from(VOCABULARY.split()), min_size=1, max_size=6),
    st.sampled_from(["int", "money", "dec", "date", "yn"]),
)
def test_ordinary_words_are_never_a_value(words, kind):
    assert read(kind, " ".join(words), today=TODAY).outcome == "ask"


@given(st.sets(st.integers(1, 7), min_size=1), st.sampled_from([",", " ", ";", ", ", " và ", ".", "\n"]))
def test_options_read_back_with_every_separator(numbers, separator):
    text = separator.join(map(str, sorted(numbers)))
    assert read("multi", text, today=TODAY, choices=SECTIONS) == Reading("value", sorted(numbers))


@settings(max_examples=300)
@given(st.text(max_size=60), st.sampled_from(list(READERS)))
def test_no_text_raises(text, kind):
    assert read(kind, text, today=TODAY, choices=SECTIONS).outcome in {
        "value",
        "confirm",
        "ask",
        "carry",
        "command",
    }


FRAGMENTS = """
    không có 12 1.5 tr triệu năm mươi lăm / - , . ( ) x + tháng ngày tư rưỡi tỷ trăm linh phẩy chưa trừ tất cả và thứ cn
"""


@settings(max_examples=500)
@given(
    st.lists(st.sampled_from(FRAGMENTS.split()), max_size=9),
    st.sampled_from(list(READERS)),
    st.sampled_from(["", " "]),
)
def test_no_mixture_of_known_words_raises(words, kind, glue):
    assert read(kind, glue.join(words), today=TODAY, choices=SECTIONS).reason in {"", *REASONS}


@pytest.mark.parametrize("words", ["tra cứu", "nghỉ hưu", "bưu điện", "đã lưu", "được ưu tiên"])
def test_a_sound_of_two_letters_is_not_drawn_out(words: str) -> None:
    assert vietnamese.clean(words) == words


@pytest.mark.parametrize(("drawn", "meant"), [("cóo", "có"), ("không cóooo", "không có"), ("ùu", "ù")])
def test_a_letter_that_is_drawn_out_counts_once(drawn: str, meant: str) -> None:
    assert vietnamese.clean(drawn) == meant


def test_all_patterns_are_compiled_at_once_when_a_process_begins_to_serve():
    late.compile_all()
    assert all("compiled" in vars(pattern) for pattern in late.Late.made)
    assert len(late.Late.made) > 50
