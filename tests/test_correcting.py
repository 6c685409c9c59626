"""An earlier answer is put right in the middle of another question, and nothing else is taken for a correction."""

from __future__ import annotations

import pytest

from handlers.engine.corrections import agreed, emptied, prose, several, told
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


def test_what_reads_like_a_correction_is_asked_about_in_a_text(chat: Switchboard) -> None:
    chat.says(TEACHER, "180", "0", "0", "1")
    assert "muốn sửa" in chat.says(TEACHER, "Số cuộc là 5 chứ không phải 2").text
    assert "Đã ghi câu này" in chat.says(TEACHER, "không").text
    assert held(chat, "tt_so_cuoc") == "2"
    chat.says(TEACHER, "Số cuộc là 5 chứ không phải 2", "đúng", "xong")
    assert held(chat, "tt_so_cuoc") == "5"
    assert held(chat, "noi_dung_noi_bat") == "Số cuộc là 5 chứ không phải 2"


def test_what_names_no_line_is_prose_in_a_text(chat: Switchboard) -> None:
    chat.says(TEACHER, "180", "0", "0", "1")
    assert "Đã ghi câu này" in chat.says(TEACHER, "Giải nhất là 5 đội chứ không phải 3").text


# ── what is heard as one ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "line", "value"),
    [
        ("sai quỹ, 3tr", "quỹ", "3tr"), ("sửa quỹ 3tr", "quỹ", "3tr"), ("sửa 7 3tr", 7, "3tr"),
        ("sửa đoàn viên 73", "đoàn viên", "73"), ("em ơi tiền là 6tr mới đúng", "tiền", "6tr"),
        ("sửa xanh sạch đẹp thành 2 đợt", "xanh sạch đẹp", "2 đợt"),
        ("câu sáng kiến hồi nãy chị ghi lộn, có 2 hà", "câu sáng kiến", "2"),
        ("nhập sai số tiền rồi, 5 triệu thôi em", "số tiền", "5 triệu"),
        ("sua giup chi doan vien thanh 70 nhe", "doan vien", "70"),
    ],
)  # fmt: skip
def test_a_line_and_its_value_are_heard(words: str, line: str | int, value: str) -> None:
    found = told(words)
    assert found is not None
    assert (found.number or found.name, found.value) == (line, value)


def test_what_is_said_to_stand_there_is_heard() -> None:
    found = told("so sk la 3 chu ko phai 2")
    assert found is not None
    assert (found.name, found.value, found.old) == ("so sk", "3", "2")


@pytest.mark.parametrize("words", ["sửa 3 4", "sửa câu 2 3", "sai 3 chỗ", "nhầm rồi", "khoảng 40"])
def test_two_numbers_without_a_word_between_are_no_correction(words: str) -> None:
    assert told(words) is None


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("muc 5 la 1 muc 7 la 5", [5, 7]), ("sửa câu 2 thành 5 và câu 3 thành 7", [2, 3]),
        ("goc xuong la 1, so sk moi la 3", ["goc xuong", "so sk moi"]), ("câu 2: 5\ncâu 3: 7", [2, 3]),
        ("Tổ chức hội thao 2 ngày, 150 người", []), ("thăm 16 hộ, trao quà", []), ("sửa 3 thành 40", []),
        ("câu 3 ghi nhầm, 40 mới đúng", []),
    ],
)  # fmt: skip
def test_a_list_is_one_of_corrections_only_if_all_of_it_is(words: str, lines: list[str | int]) -> None:
    assert [one.number or one.name for one in several(words)] == lines


@pytest.mark.parametrize(
    ("words", "line"),
    [("bo muc 11", 11), ("Ai bảo ghi thế? Bỏ câu 4 đi", 4), ("xóa mục 3 giúp em", 3), ("bỏ thi đua", "thi đua"),
     ("bộ mục 3", None), ("bó hoa", None), ("40", None)],
)  # fmt: skip
def test_a_line_to_be_left_out_is_heard(words: str, line: str | int | None) -> None:
    found = emptied(words)
    assert (found and (found.number or found.name)) == line


@pytest.mark.parametrize(
    ("words", "rest"),
    [("đúng rồi em, mà câu 2 là 5", "câu 2 là 5"), ("dung roi ma cau 2 la 5", "cau 2 la 5"), ("đúng rồi mà", ""),
     ("đúng", ""), ("không đúng, mà là 5", "")],
)  # fmt: skip
def test_more_may_be_said_with_a_yes(words: str, rest: str) -> None:
    assert agreed(words) == rest


def test_courtesy_at_the_end_of_a_text_goes_and_people_stay() -> None:
    assert prose("tổ chức 20/10 cho chị em") == "tổ chức 20/10 cho chị em"
    assert prose("thăm các chị ốm nhé em ạ.") == "thăm các chị ốm"


# ── at the summary, beside a yes, after handing in ──────────────────────────────────────────────────


@pytest.fixture
def page(chat: Switchboard) -> Switchboard:
    """The teacher at the summary of eight lines: 1 nội dung, 2 đoàn viên, 3 số cuộc … 8 nội dung nổi bật."""
    assert "8) Nội dung nổi bật" in chat.says(TEACHER, "180", "0", "0", "1", "Hội thao vui.", "xong").text
    return chat


@pytest.mark.parametrize("words", ["3", "số 3", "số cuộc", "so cuoc tuyen truyen"])
def test_a_number_or_a_name_opens_its_line_at_the_summary(page: Switchboard, words: str) -> None:
    assert "Câu 3/8" in page.says(TEACHER, words).text
    said = page.says(TEACHER, "7").text
    assert "từ 2 cuộc thành 7 cuộc" in said
    assert "CHƯA NỘP" in said
    assert "1)" not in said


@pytest.mark.parametrize("words", ["99", "đúng không nhỉ", "cảm ơn em", "0"])
def test_anything_else_opens_none(page: Switchboard, words: str) -> None:
    assert "Câu " not in page.says(TEACHER, words).text


def test_the_whole_page_comes_when_its_lines_are_others_by_now(page: Switchboard) -> None:
    assert "1) Nội dung" in page.says(TEACHER, "sửa 3 thành 0").text


def test_a_value_that_waits_for_its_yes_outlives_a_correction_and_a_look(chat: Switchboard) -> None:
    assert "Trả lời ĐÚNG" in chat.says(TEACHER, "khoảng 180").text
    for words in ("xem lại", "câu 3 là 5", "số cuộc ghi nhầm, 6 mới đúng"):
        assert "180 lượt người. Trả lời ĐÚNG" in chat.says(TEACHER, words).text
    chat.says(TEACHER, "đúng rồi em, mà câu 2 là 73")
    assert [held(chat, name) for name in ("tt_luot_nguoi", "tt_so_cuoc", "so_doan_vien")] == [
        "180",
        "6",
        "73",
    ]


def test_a_yes_that_is_taken_back_is_none(chat: Switchboard) -> None:
    chat.says(TEACHER, "khoảng 180", "đúng rồi mà sai, phải là 190")
    assert held(chat, "tt_luot_nguoi") != "180"


def test_a_list_in_a_text_is_asked_about_and_a_no_keeps_the_words(chat: Switchboard) -> None:
    chat.says(TEACHER, "180", "0", "0", "1")
    assert "muốn sửa như sau" in chat.says(TEACHER, "số cuộc 5, đoàn viên 71").text
    chat.says(TEACHER, "không", "xong")
    assert held(chat, "noi_dung_noi_bat") == "số cuộc 5, đoàn viên 71"
    assert held(chat, "tt_so_cuoc") == "2"


@pytest.mark.parametrize(
    "words", ["sai số cuộc, 7", "sửa số cuộc 7", "số cuộc là 7 mới đúng", "sửa 3 thành 7"]
)
def test_after_handing_in_words_begin_a_correction_that_is_not_sent_yet(
    page: Switchboard, words: str
) -> None:
    page.says(TEACHER, "gửi")
    said = page.says(TEACHER, words).text
    assert "từ 2 cuộc thành 7 cuộc" in said
    assert "CHƯA NỘP" in said
    versions = [(row.version, row.value) for row in page.rows(ANSWER) if row.question == "tt_so_cuoc"]
    assert versions == [(1, "2"), (2, "7")]
    assert "bản sửa lần 1" in page.says(TEACHER, "gửi").text


@pytest.mark.parametrize(
    "words", ["đoàn viên 75", "tháng này có thêm 3 đoàn viên", "sửa trồng cây thành 3", "75"]
)
def test_after_handing_in_nothing_less_clear_is_one(page: Switchboard, words: str) -> None:
    page.says(TEACHER, "gửi")
    before = page.rows(ANSWER)
    assert "SUA" in page.says(TEACHER, words).text
    assert page.rows(ANSWER) == before


def test_of_an_old_report_that_is_shown_words_put_that_one_right(page: Switchboard) -> None:
    page.says(TEACHER, "gửi", "lịch sử", "1")
    assert "từ 2 cuộc thành 7 cuộc" in page.says(TEACHER, "sai số cuộc, 7").text
