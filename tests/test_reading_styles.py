"""The same value in every style in which people write it: read back, or confirmed with the same value."""

from __future__ import annotations

import unicodedata
from datetime import timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from handlers.engine import spelling
from handlers.engine.reading import READERS, read
from handlers.engine.vietnamese import fold
from tests.reading_cases import SECTIONS, TODAY
from tests.test_reading import VOCABULARY

TELEX = {
    "\u0302": "^",
    "\u0306": "w",
    "\u031b": "w",
    "\u0300": "f",
    "\u0301": "s",
    "\u0309": "r",
    "\u0303": "x",
    "\u0323": "j",
}
VNI = {
    "\u0302": "6",
    "\u0306": "8",
    "\u031b": "7",
    "\u0300": "2",
    "\u0301": "1",
    "\u0309": "3",
    "\u0303": "4",
    "\u0323": "5",
}
TONES = frozenset("\u0300\u0301\u0309\u0303\u0323")
LEADS = ["", "dạ ", "dạ em báo cáo là ", "có ", "tổng cộng ", "bên em có ", "thưa anh "]
ENDS = ["", " ạ", " nhé", " nha chị", " thôi ạ", " á", " nghen"]
UNITS = ["", " người", " đoàn viên", " lượt", " cuộc", " suất", " đ/c", " ng"]
WISHES = {
    "skip": ["bỏ qua câu này", "bỏ qua", "câu này bỏ qua", "chuyển câu khác"],
    "pause": ["để mai em trả lời", "để sau", "lát nữa em trả lời", "chiều em báo cáo"],
    "back": ["quay lại câu trước", "sửa lại câu trước", "lùi lại một câu"],
    "help": ["hướng dẫn em", "giúp em", "gọi cán bộ hỗ trợ"],
}
ALMOST = """
    không dưới {n}|không quá {n}|chưa đến {n}|chưa tới {n} người|ít nhất {n}|tối đa {n} người|từ {n} đến {m}|{n}-{m}|
    {n} hoặc {m}|{n} trở lên|không phải {n}|giảm {n}|tăng {n} so với tháng trước|thiếu {n}|kế hoạch {n}|mỗi buổi {n}|
    {n} hay {m} người|tháng trước {n}|dự kiến {n} người|{n} ngày|không đủ {n}|hàng {n}|{n}/{m}|trên {n}|gần {n} người|
    {n} người phải không|chưa có {n}|không có {n} người|âm {n}|{n} nhầm {m}|hơn {n}|{n} buổi, {m} người
"""


def typed(text: str, keys: dict[str, str]) -> str:
    """As typed with the input method off: each mark is a key at the end of its word, or right after its letter."""
    return " ".join(_keys(word, keys) for word in text.split(" "))


def _keys(word: str, keys: dict[str, str]) -> str:
    struck, tone = "", ""
    for character in unicodedata.normalize("NFD", word):
        if character in TONES:
            tone = keys[character]
        elif character in keys:
            struck += struck[-1] if keys[character] == "^" else keys[character]
        else:
            struck += {"đ": "dd" if keys is TELEX else "d9"}.get(character, character)
    return struck + tone


def spoken(number: int) -> list[str]:
    """In words, and in the short forms of speech that mean the same."""
    words = spelling.in_words(number)
    forms = [words, words.replace("linh", "lẻ"), words.replace("nghìn", "ngàn"), words.replace("bảy", "bẩy")]
    if 20 < number < 100 and number % 10 in {1, 4, 5}:
        forms.append(words.replace(" mươi", ""))
    if number % 100 == 50 and number > 100:
        forms.append(words.removesuffix("năm mươi") + "rưỡi")
    if 20 < number < 30:
        forms.append(words.replace("hai mươi", "hăm"))
    return forms


def same(kind: str, text: str, value: object) -> None:
    reading = read(kind, text, today=TODAY)
    assert reading.outcome in {"value", "confirm"}, (text, reading)
    assert reading.value == value, (text, reading)


COUNTS = st.one_of(st.integers(0, 130), st.integers(0, 9_999), st.integers(0, 999_999))


@given(COUNTS, st.sampled_from(LEADS), st.sampled_from(UNITS), st.sampled_from(ENDS))
def test_a_count_in_words_with_whatever_stands_around_it(number, lead, unit, end):
    for words in spoken(number):
        around = (lead, unit, end) if number else ("dạ em báo cáo là " if unit else "", "", "")
        same("int", f"{around[0]}{words}{around[1]}{around[2]}", number)


@given(COUNTS.filter(bool))
def test_a_count_in_words_without_marks_and_with_the_input_method_off(number):
    for words in spoken(number)[:3]:
        for text in (
            fold(words),
            typed(words, TELEX),
            typed(words, VNI),
            words.upper(),
            words.replace(" ", "  "),
        ):
            reading = read("int", text, today=TODAY)
            assert reading.outcome == "ask" or reading.value == number, (text, reading)
        same("int", typed(words, TELEX), number)


@given(
    COUNTS.filter(lambda number: number > 10), st.integers(0, 30), st.sampled_from(["double", "swap", "drop"])
)
def test_a_count_typed_with_a_slip_of_a_key_is_never_another_value(number, at, slip):
    keys = typed(spelling.in_words(number), TELEX)
    at %= len(keys) - 1
    # Without its first letter "ba" is the particle "ạ".
    assume(slip != "drop" or keys[at - 1 : at] not in {"", " "})
    slips = {
        "double": keys[: at + 1] + keys[at:],
        "swap": keys[:at] + keys[at + 1] + keys[at] + keys[at + 2 :],
        "drop": keys[:at] + keys[at + 1 :],
    }
    reading = read("int", slips[slip], today=TODAY)
    assert reading.outcome != "value" or reading.value == number, (slips[slip], reading)


@given(
    st.integers(1, 999),
    st.integers(0, 999),
    st.sampled_from(["tr", "triệu", "tỷ", "ty", " tr", "k", " nghìn"]),
)
def test_a_sum_in_shorthand(whole, rest, unit):
    size = {"t": 10**9 if unit.startswith("ty") or unit == "tỷ" else 10**6, "k": 10**3, "n": 10**3}[
        fold(unit).strip()[0]
    ]
    smaller = {10**9: " triệu", 10**6: " nghìn", 10**3: " đồng"}[size]
    value = whole * size + rest * size // 1000
    if value < 10_000:
        return
    forms = [f"{whole}{unit} {rest}{smaller}"] if rest and size > 10**3 else []
    forms += [f"{whole}{unit}{rest:03d}"] if rest and size > 10**3 else []
    forms += [f"{whole}{unit}", f"{whole}{unit} ạ", f"ủng hộ {whole}{unit}"] if not rest else []
    for text in forms:
        same("money", text, value)


@given(
    st.integers(10, 99_999).map(lambda thousands: thousands * 1_000),
    st.sampled_from(LEADS),
    st.sampled_from(ENDS),
)
def test_a_sum_in_words_with_whatever_stands_around_it(amount, lead, end):
    words = spelling.in_words(amount)
    for text in (words, words.replace("nghìn", "ngàn"), typed(words, TELEX), fold(words)):
        same("money", f"{lead}{text} đồng{end}", amount)


@given(st.integers(1, 100), st.integers(0, 9), st.sampled_from(ENDS))
def test_a_percentage_in_words(whole, tenth, end):
    words = f"{spelling.in_words(whole)} phẩy {spelling.DIGITS[tenth]}" if tenth else spelling.in_words(whole)
    for text in (words, f"{words} phần trăm", f"đạt {words} phần trăm", f"{fold(words)} phan tram"):
        same("dec", f"{text}{end}", whole + tenth / 10)


@given(st.integers(0, 300))
def test_a_day_in_every_style(days):
    day = TODAY - timedelta(days=days)
    plain = f"{day.day} tháng {day.month} năm {day.year}"
    in_words = f"{spelling.in_words(day.day)} tháng {spelling.in_words(day.month)} năm {day.year}"
    styles = [
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day} / {day.month} / {day:%y}",
        f"ngày {plain}",
        f"hôm {plain}",
    ]
    styles += [
        f"dạ {plain} ạ",
        typed(plain, TELEX),
        typed(f"ngày {plain}", VNI),
        fold(plain),
        plain.replace("tháng ", "t"),
    ]
    styles += [
        f"{spelling.weekday(day)} ngày {plain}",
        f"{day:%d/%m/%Y} ({spelling.weekday(day)})",
        f"họp hôm {day:%d/%m/%Y}",
    ]
    styles += [
        f"ngày {in_words}",
        f"sáng {day:%d/%m/%Y}",
        f"8h ngày {day:%d/%m/%Y}",
        f"tháng {day.month} ngày {day.day} năm {day.year}",
    ]
    for text in styles:
        same("date", text, day)


@given(st.integers(1, 200), st.integers(1, 200))
def test_sums_are_worked_out_and_asked_back(first, second):
    for text in (
        f"{first}+{second}",
        f"{first} cộng {second}",
        f"{first} nam, {second} nữ",
        f"nam {first}, nữ {second}",
    ):
        reading = read("int", text, today=TODAY)
        assert (reading.outcome, reading.value) == ("confirm", first + second), text
    for text in (
        f"{first} + {second} = {first + second + 1}",
        f"{first} nam {second} nữ tổng {first + second + 1}",
    ):
        assert read("int", text, today=TODAY).outcome == "ask", text


@given(st.integers(2, 200), st.integers(2, 40).map(lambda each: each * 50))
def test_products_are_worked_out_and_asked_back(count, thousands):
    each = f"{thousands}k"
    for text in (
        f"{count} suất x {each}",
        f"{count} suất, mỗi suất {each}",
        f"mỗi suất {each}, {count} suất",
        f"{each}/suất x {count} suất",
    ):
        reading = read("money", text, today=TODAY)
        assert (reading.outcome, reading.value) == ("confirm", count * thousands * 1_000), text


@given(st.integers(2, 900), st.integers(1, 90), st.sampled_from([each.strip() for each in ALMOST.split("|")]))
def test_a_number_in_a_sentence_that_means_something_else_is_never_taken(number, more, frame):
    text = frame.format(n=number, m=number + more)
    assert read("int", text, today=TODAY).outcome in {"ask", "confirm"}, text


@given(st.integers(2, 900), st.integers(1, 90))
def test_a_correction_is_confirmed(wrong, more):
    right = wrong + more
    for text in (
        f"{wrong} à nhầm {right}",
        f"không phải {wrong} mà là {right}",
        f"{right} chứ không phải {wrong}",
    ):
        reading = read("int", text, today=TODAY)
        assert (reading.outcome, reading.value) == ("confirm", right), text


@pytest.mark.parametrize("command", WISHES)
@pytest.mark.parametrize("kind", ["int", "money", "date"])
def test_a_command_inside_a_sentence_is_obeyed_and_a_denied_one_is_not(command, kind):
    for wish in WISHES[command]:
        for lead in ("", "dạ ", "cho em ", "em đang họp, ", "em chưa có số liệu, "):
            for end in ("", " ạ", " nhé anh", "!"):
                reading = read(kind, f"{lead}{wish}{end}", today=TODAY)
                assert (reading.outcome, reading.value) == ("command", command), (lead, wish, end)
        for denied in (f"không {wish}", f"đừng {wish}", f"{wish} không", f"{wish} 12 người"):
            assert read(kind, denied, today=TODAY).outcome != "command", denied


@given(
    st.integers(1, 7),
    st.sampled_from(["", "chọn ", "em chọn ", "mục ", "cái thứ ", "câu số "]),
    st.sampled_from(["", " ạ", " nhé"]),
)
def test_an_option_by_its_number(number, lead, end):
    for text in (f"{lead}{number}{end}", f"{lead}{spelling.in_words(number)}{end}"):
        assert read("one", text, today=TODAY, choices=SECTIONS).value == number, text


@given(
    st.integers(1, 7),
    st.sampled_from(["tất cả trừ", "chọn hết trừ mục", "tất cả ngoại trừ", "có hết, trừ số"]),
)
def test_all_but_one_are_confirmed(number, words):
    reading = read("multi", f"{words} {number}", today=TODAY, choices=SECTIONS)
    assert (reading.outcome, reading.value) == ("confirm", [each for each in range(1, 8) if each != number])


@given(
    st.lists(st.sampled_from([word for word in VOCABULARY.split() if word != "bà"]), min_size=1, max_size=8),
    st.sampled_from([kind for kind in READERS if kind not in {"one", "multi"}]),
    st.sampled_from([fold, str.upper, lambda text: typed(text, TELEX)]),
)
def test_words_without_a_number_are_never_taken_however_they_are_typed(words, kind, way):
    reading = read(kind, way(" ".join(words)), today=TODAY)
    assert reading.outcome in {"ask", "confirm"}, (words, reading)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("multi", "tuyên truyền: 5"),
        ("multi", "mục 1: 3"),
        ("multi", "5. chăm lo"),
        ("date", "từ hôm qua"),
        ("date", "bữa kia"),
        ("int", "anh hai ạ"),
        ("int", "bon em"),
        ("int", "12 ha"),
        ("money", "15 triệu một tháng"),
        ("one", "muc sau"),
        ("int", "câu sáu"),
        ("int", "sang dien"),
        ("int", "không có báo cáo"),
        ("yn", "có, tuần sau"),
    ],
)
def test_what_could_be_something_else_is_never_taken_in_silence(kind, text):
    assert read(kind, text, today=TODAY, choices=SECTIONS).outcome in {"ask", "confirm"}
