"""Commands are recognised however they are typed, and only when they are the whole message."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import texts
from handlers.engine import sending
from handlers.engine.commands import PHRASES, Command, is_no, is_yes, parse
from handlers.engine.vietnamese import fold


@pytest.mark.parametrize("name", PHRASES)
def test_every_phrase_is_known_in_every_way_of_typing(name):
    for phrase in PHRASES[name].split("|"):
        plain = fold(phrase)
        ways = [
            phrase,
            phrase.upper(),
            plain,
            plain.upper(),
            plain.replace(" ", ""),
            f"/{plain.replace(' ', '')}",
        ]
        ways += [f"dạ {phrase} ạ", f" {phrase}. ", unicodedata.normalize("NFD", phrase)]
        assert {way: parse(way) for way in ways} == dict.fromkeys(ways, Command(name))


@pytest.mark.parametrize(
    ("text", "number", "new"),
    [
        ("SUA 5", 5, ""),
        ("sửa 5", 5, ""),
        ("sua5", 5, ""),
        ("/sua_5", 5, ""),
        ("sửa câu 5", 5, ""),
        ("sửa mục số 5", 5, ""),
        ("mục 5", 5, ""),
        ("câu 5", 5, ""),
        ("em sửa câu 12 ạ", 12, ""),
        ("sửa 5 thành 40", 5, "40"),
        ("sửa câu 5 = 40", 5, "40"),
        ("câu 3: 40", 3, "40"),
        ("sửa 3 lại là 40", 3, "40"),
        ("SỬA 4 thành Trường THPT X", 4, "Trường THPT X"),
        ("suwar 5", 5, ""),
        ("sửa", None, ""),
        ("SUA", None, ""),
    ],
)
def test_an_edit_names_its_line_and_perhaps_the_new_answer(text, number, new):
    assert parse(text) == Command("edit", number, new)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("quay laij", "back"),
        ("bor qua", "skip"),
        ("huyr", "cancel"),
        ("huỷ", "cancel"),
        ("BATDAU@congdoan_bot", "start"),
        ("cho em gửi", "submit"),
        ("gửi nhé", "submit"),
        ("giúp em với", "help"),
        ("thôi bỏ qua", "skip"),
        ("để sau nhé", "later"),
        ("gởi đi", "submit"),
        ("goi luon", "submit"),
        ("tháng này không phát sinh", "quiet"),
        ("đừng nhắc nữa tháng này", "stop_reminders"),
    ],
)
def test_raw_keys_and_polite_words_do_not_hide_a_command(text, name):
    assert parse(text) == Command(name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "5",
        "12",
        "0",
        "không gửi",
        "đừng hủy",
        "chưa gửi",
        "sữa 5",
        "sửa 5 và 6",
        "bỏ qua 3 người",
        "dừng",
        "không phát sinh",
        "tôi muốn hỏi về sáng kiến năm ngoái",
        "gửi 5 triệu",
        "có 3 sáng kiến",
        "hủy 2 cuộc",
        "câu 3.5",
        "gùi",
        "x" * 5_000,
    ],
)
def test_what_is_not_wholly_a_command_is_none(text):
    assert parse(text) is None


@given(st.integers(0, 10**12))
def test_a_bare_number_is_never_a_command(number):
    assert parse(str(number)) is None
    assert not is_yes(str(number))
    assert not is_no(str(number))


@given(st.text(max_size=40))
def test_no_text_raises(text):
    parse(text)
    assert not (is_yes(text) and is_no(text))


@pytest.mark.parametrize(
    "text",
    [
        "ĐÚNG",
        "đúng rồi",
        "dung",
        "Đúng ạ",
        "ok",
        "OK rồi",
        "dạ đúng ạ",
        "vâng",
        "có",
        "ddungs",
        "dạ, đúng rồi ạ",
        "đúng òi",
    ],
)
def test_agreement_is_yes(text):
    assert is_yes(text)
    assert not is_no(text)


@pytest.mark.parametrize(
    "text",
    [
        "sai",
        "không",
        "hổng",
        "hông đúng",
        "hem",
        "không đúng",
        "chưa đúng",
        "nhập lại",
        "dạ sai rồi ạ",
        "ko",
        "khoong ddungs",
    ],
)
def test_rejection_is_no(text):
    assert is_no(text)
    assert not is_yes(text)


@pytest.mark.parametrize(
    "text", ["dừng", "đứng", "đúng không", "đúng chưa", "đúng nhưng thiếu", "1", "", "dạ", "40", "không biết"]
)
def test_what_is_neither_is_neither(text):
    assert not is_yes(text)
    assert not is_no(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [("mời NB-TD-03", "invite"), ("bàn giao nb-td-03", "hand_over"), ("KETNOI NB-TD-03", "connections")],
)
def test_a_command_with_the_code_of_a_unit_is_a_command_wherever_it_is_said(text: str, name: str) -> None:
    assert parse(text) == Command(name, text="NB-TD-03")


def test_every_word_of_the_help_is_understood() -> None:
    for line in texts.HELP_LINES.values():
        words, dash, _ = line.partition(" – ")
        for word in words.split(", ") if dash else ():
            assert parse(word), word


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("ừ gửi", ""),
        ("ừ gửi đi em", ""),
        ("Dạ được rồi em gửi đi", ""),
        ("ok em gửi giúp cô", ""),
        ("gởi luôn đi", ""),
        ("gửi đi cho xong", ""),
        ("đúng rồi, gửi đi", ""),
        ("ko, gửi đi cho tôi còn về", "ko"),
        ("Chị em phấn khởi. Gởi đi em", "Chị em phấn khởi"),
    ],
)
def test_a_wish_to_hand_in_ends_a_message(text, before):
    assert sending.before(text) == before


@pytest.mark.parametrize(
    "text",
    [
        "không gửi",
        "chưa gửi",
        "gửi rồi",
        "gửi được rồi",
        "gọi đi",
        "gởi quà cho 5 chị",
        "Tặng quà, gửi 5 chị",
        "không đồng ý gửi",
        "gửi quà, không gửi",
        "gửi đi?",
        "x," * 2_000,
    ],
)
def test_what_only_speaks_of_sending_is_no_such_wish(text):
    assert sending.before(text) is None
