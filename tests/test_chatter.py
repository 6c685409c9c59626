"""Small talk is never taken for an answer, and the bot never says the same words twice in a row."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.engine import chatter, commands, reasons
from handlers.engine.chatter import heard
from handlers.engine.reading import read
from handlers.engine.vietnamese import fold
from tests.switchboard import LIEU, TEACHER, Switchboard

TODAY = date(2026, 11, 22)
PHRASES = {
    "greeting": "chào|chào em|chào anh|chào bạn|xin chào|kính chào|chào ad|dạ chào anh|chào cả nhà|chào buổi sáng|"
    "hello|hi|hi em|hey|alo|alô|a lô|alo em|alo alo|alo em ơi|ad ơi|em ơi|bot ơi|anh ơi|có ai không|có ai ở đó không|"
    "ai trực đấy|chào em nhé|chào đồng chí|em chào anh|hi ad",
    "thanks": "cảm ơn|cám ơn|cảm ơn em|cảm ơn nhé|em cảm ơn|xin cảm ơn|cảm ơn nhiều|cảm ơn em nhiều|ok cảm ơn em|tks|"
    "thanks|thank you|thanks em|dạ cảm ơn|vâng cảm ơn em|cảm ơn đồng chí|cảm ơn ad nhé|tks em|ok tks",
    "noted": "ok|oke|okie|ok em|ok nhé|vâng|vâng ạ|dạ|dạ vâng|dạ vâng ạ|ừ|ừm|uh|đã rõ|rõ rồi|rõ|đã hiểu|hiểu rồi|"
    "biết rồi|em biết rồi|nhất trí|đồng ý|đã nhận|nhận rồi|đã xem|được rồi|ok rồi|rồi|rồi em",
    "laughter": "haha|hahaha|hihi|hehe|kkk|:)|:))|=))|^^|😀|👍|❤|😂😂|...|!!!|.|hi hi hi",
    "question": "tính cả nghỉ thai sản không?|tính cả nghỉ thai sản không|là sao|là sao em|là gì|là gì vậy|"
    "nghĩa là gì|"
    "có phải nộp không|có phải ghi không?|lấy số nào|lấy số nào vậy|lấy ở đâu|số này lấy ở đâu|ở đâu|bao nhiêu|"
    "ghi bao nhiêu|ghi thế nào|ghi sao|tính sao|tính thế nào|làm sao|làm thế nào|gồm những gì|gồm những ai|"
    "có tính người nghỉ ốm không|có cần ghi tên không|cái này là gì|câu này là sao|là như thế nào|ý là sao|"
    "hỏi gì vậy|cho em hỏi|em hỏi chút|cho tôi hỏi tí|tại sao|vì sao|để làm gì|cái gì|gì vậy|gì|sao|"
    "tính theo quý hay tháng?|có được bỏ trống không|có được ước lượng không|số người hay số lượt?|"
    "không hiểu câu này|không biết ghi thế nào|tinh ca nghi thai san khong|lay so nao|la sao|o dau|"
    "tính cả công nhân thời vụ chứ?|kể cả hợp đồng ngắn hạn không|phải không?|thế là sao|vậy là sao|?",
    "due": "hạn ngày mấy|hạn nộp ngày nào|khi nào hết hạn|bao giờ phải nộp|bao giờ nộp|hạn đến khi nào|"
    "ngày mấy phải gửi|"
    "hạn đến ngày mấy ạ|nộp trước ngày mấy|còn mấy ngày|khi nào khóa sổ|han ngay may|deadline khi nào",
    "who_sees": "ai xem được|ai xem báo cáo này|ai đọc cái này|báo cáo gửi cho ai|cái này gửi cho ai|có bị lộ không|"
    "ai thấy được số này|có bảo mật không|ai xem|sếp có xem không",
    "received": "gửi hôm qua rồi|tôi gửi rồi em|đã gửi rồi|gửi rồi mà nhắc hoài|"
    "nhận được chưa|đã nhận được chưa|gửi được chưa|đã nhận báo cáo chưa em|nộp được chưa ạ|"
    "nộp rồi mà|gửi hôm qua rồi còn nhắc gì nữa|đúng là gửi rồi mà|xong chưa|xong chưa? gửi tới đâu rồi?|"
    "vậy là nộp rồi phải không|thế là gửi rồi đúng không em|gởi rồi nha em|nộp chưa em",
    "left": "còn mấy câu|còn mấy câu nữa|còn bao nhiêu câu nữa|còn nhiều không|sắp xong chưa|còn lâu không|"
    "bao nhiêu câu",
    "who": "cái gì đây? ai nhắn tin này?|ai gửi tin này vậy|"
    "bạn là ai|em là ai|ai đấy là ai|người hay máy|là người hay máy vậy|có phải người không",
    "complaint": "mệt quá|lằng nhằng quá|sao hỏi nhiều thế|phiền quá|máy móc gì khó dùng|hỏi nhiều quá|rắc rối quá|"
    "phức tạp quá|khó quá|lâu quá|mất thời gian quá|chán quá|bực mình quá|sao hỏi lắm thế|hỏi gì lắm thế|"
    "khó hiểu quá|rườm rà|dài dòng quá|nhiều việc quá|không có thời gian|trời ơi|phiền thế|met qua|lang nhang qua|"
    "nói rồi mà|hình thức quá|khó dùng quá|sao nhiều thế",
    "insult": "ngu|ngu quá|đồ hâm|vớ vẩn|tào lao|điên à|vô dụng|dở hơi à vớ vẩn",
    "promise": "lát em gửi|lát nữa em làm|chiều tôi làm|chiều em gửi|đang họp|em đang họp|tôi đang họp|đang bận|"
    "tôi bận lắm|"
    "em bận quá|mai em làm|mai tôi gửi|tối em nhập|tối về em làm sau|chút nữa em gửi|tí nữa em làm|em đang lái xe|"
    "đang đi đường|để em hỏi kế toán|chờ em chút|đợi tí|đang đi công tác|em gửi sau|sáng mai em làm",
    "long": "Kính gửi các đồng chí, đề nghị báo cáo trước ngày 20|Fwd: thông báo nghỉ lễ của tỉnh|"
    "Thông báo về việc tổ chức hội nghị tổng kết|https://congdoan.vn/tin-tuc/bai-viet-ve-thi-dua xem giúp em",
    "name": "tôi là Lan|em là Nguyễn Thị Lan|chị là Liễu May Sao Khuê|chào em, chị là Liễu|"
    "mình là Hà bên trường Trạc Vĩ",
}
ALL = [(phrase, kind) for kind, phrases in PHRASES.items() for phrase in phrases.split("|")]
ANSWERS = {
    "yn": {"noted", "laughter"},
}
"""Kinds of talk that legitimately answer a kind of question: "ok", "vâng", 👍 to yes or no."""
LEGITIMATE = {
    ("yn", "đồng ý"), ("yn", "nhất trí"), ("date", "."), ("int", "."),
}  # fmt: skip
LABELS = ["Tốt", "Khá", "Trung bình", "Chưa đạt"]
SEVERAL = [
    "Tuyên truyền, vận động", "Thi đua, ý tưởng, sáng kiến", "Xanh - Sạch - Đẹp, ATVSLĐ",
    "Chăm lo, an sinh, ủng hộ quỹ", "Giám sát, kiến nghị của đoàn viên", "Vướng mắc cần giải quyết",
    "Điển hình, khen thưởng", "Không phát sinh",
]  # fmt: skip
CHOICES = {"one": LABELS, "multi": SEVERAL, "yn": ["Có", "Không"]}
KINDS = ("int", "money", "dec", "date", "yn", "one", "multi")


def test_there_are_enough_phrases() -> None:
    assert len({phrase for phrase, _ in ALL}) > 200


@pytest.mark.parametrize("kind", KINDS)
def test_no_talk_is_taken_for_an_answer(kind: str) -> None:
    taken = {}
    for phrase, talk in ALL:
        for typed in (phrase, fold(phrase), phrase.upper(), f"dạ {phrase} ạ"):
            if talk in ANSWERS.get(kind, ()) or (kind, phrase) in LEGITIMATE:
                continue
            reading = read(kind, typed, today=TODAY, choices=CHOICES.get(kind), previous=5)
            if reading.outcome in ("value", "carry"):
                taken[typed] = reading
    assert not taken


def test_all_talk_is_heard_so_that_no_text_takes_it() -> None:
    unheard = [phrase for phrase, _ in ALL if heard(phrase) is None and commands.parse(phrase) is None]
    assert not unheard


def test_talk_is_heard_as_what_it_is() -> None:
    other = {phrase: (heard(phrase), kind) for phrase, kind in ALL if heard(phrase) != kind}
    assert len(other) <= len(ALL) // 20, other


@pytest.mark.parametrize(
    "text",
    [
        "Máy chiếu hỏng từ đầu năm, đề nghị hỗ trợ kinh phí sửa chữa.",
        "Tổ chức hội thao rất vui",
        "Công nhân thiếu nước uống ở xưởng 2",
        "Máy hút bụi gỗ tự chế",
        "Lương Kim Hiền – giáo viên – 100%",
        "Nhà trọ của công nhân xuống cấp, mưa dột nhiều phòng",
        "Xưởng mộc nhiều bụi, học sinh phải đeo khẩu trang cả buổi học.",
        "Học sinh phải đeo khẩu trang suốt buổi học.",
        "Lao động nữ thiếu chỗ gửi con, điện yếu",
        "Nêu gương 5 đoàn viên tiêu biểu",
        "Cảm ơn Ban Chấp hành đã tặng quà 20 hộ nghèo",
    ],
)
def test_a_text_is_no_talk(text: str) -> None:
    assert heard(text) is None


@pytest.mark.parametrize(
    "text", ["25", "0", "2tr5", "khoảng 20 người", "như cũ", "không", "17/10", "1 3", "Tốt"]
)
def test_an_answer_is_no_talk(text: str) -> None:
    assert heard(text) is None


@given(st.text(max_size=300))
def test_no_text_raises(text: str) -> None:
    heard(text)
    chatter.is_short(text, "question")
    commands.within(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("cho em xin bỏ qua câu này ạ", "skip"),
        ("thôi câu này khó quá, bỏ qua giúp em", "skip"),
        ("để chiều em làm tiếp nhé", "later"),
        ("dạ em xin phép để tối em nhập tiếp ạ", "later"),
        ("thôi hủy đi", "cancel"),
        ("cho em hủy cái báo cáo này đi", "cancel"),
        ("quay lại câu trước giúp em", "back"),
        ("em muốn xem lại", "review"),
        ("gửi luôn đi", "submit"),
        ("nhờ cán bộ hỗ trợ em với", "human"),
    ],
)
def test_a_sentence_with_one_command_is_that_command(text: str, name: str) -> None:
    found = commands.within(text)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "text",
    ["bỏ qua 3 người", "không gửi", "đừng hủy nhé em", "chưa muốn gửi", "hủy hay gửi", "bỏ qua được không?",
     "hỗ trợ 3 hộ", "em gửi 5 triệu", "sao không gửi được", "hỗ trợ người nghèo", "giúp đỡ 3 hộ nghèo"],
)  # fmt: skip
def test_an_answer_is_no_command(text: str) -> None:
    assert commands.within(text) is None


# ── in the conversation ─────────────────────────────────────────────────────────────────────────────


def test_no_talk_is_written_down_for_a_text(sqlite_database) -> None:
    board = Switchboard(sqlite_database)
    board.says(TEACHER, "báo cáo", "6", "72", "đúng")
    kept = []
    for phrase, kind in ALL:
        if kind == "long" or commands.parse(phrase) is not None:
            continue
        reply = board.says(TEACHER, phrase)
        if "Câu 3/" not in reply.text and "vừa gõ" not in reply.text and "Câu trả lời" not in reply.text:
            kept.append((phrase, reply.text))
    assert not kept


def test_hotro_sends_what_was_asked_without_typing_it_again(sqlite_database) -> None:
    board = Switchboard(sqlite_database)
    board.says(LIEU, "báo cáo", "4", "tính cả nghỉ thai sản không?", "là sao", "HOTRO")
    told = [text for _, key, reply in board.queued() if key.startswith("help:") for text in [reply.text]]
    assert any("tính cả nghỉ thai sản không?" in text and "là sao" in text for text in told)


def test_hotro_asks_for_words_when_nothing_was_asked_just_before(sqlite_database) -> None:
    board = Switchboard(sqlite_database)
    board.says(LIEU, "báo cáo", "4", "tính cả nghỉ thai sản không?", "639")
    assert "gõ câu hỏi" in board.says(LIEU, "HOTRO").text


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parent / "transcripts").glob("*.txt")), ids=lambda path: path.stem
)
def test_nobody_is_told_the_same_twice_in_a_row(path: Path) -> None:
    """Where a person has typed something that was not taken, the words above the question change."""
    last: dict[str, str] = {}
    blocks = re.split(r"^(?=\S)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    for block in blocks:
        if not (found := re.match(r"(\S+): (.*)", block)) or found[2].startswith("["):
            last.clear()
            continue
        who = found[1]
        said = re.search(rf"^    bot → {re.escape(who)}: ((?:.|\n      )*)", block, re.MULTILINE)
        if said and re.search(r"Câu [0-9]+/|Trả lời ĐÚNG", said[1]):
            assert last.get(who) != said[1], f"{path.stem}: {said[1]}"
        last[who] = said[1] if said else ""


@pytest.mark.parametrize(
    "text",
    [
        "chưa gửi",
        "chưa nộp được",
        "không gửi",
        "gửi quà rồi",
        "gui qua roi",
        "gởi quà cho 5 chị rồi",
        "Đã nộp quỹ rồi",
        "đã gửi đơn kiến nghị rồi",
        "gửi con rồi",
        "xong rồi",
        "gửi đi",
        "nhận rồi",
    ],
)
def test_what_is_sent_elsewhere_is_no_report_handed_in(text: str) -> None:
    assert not chatter.says_it_is_in(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("tháng này ít người bịnh hơn", True),
        ("đông hơn tháng trước", True),
        ("em ơi chị vô lại nè", False),
        ("chị quay lại rồi", False),
        ("ít thôi", False),
    ],
)
def test_a_comparison_is_a_reason_and_coming_back_is_none(text: str, told: bool) -> None:
    assert reasons.is_told(text, "vague") is told
    assert told or reasons.is_told(text, "unknown_words") is (text == "ít thôi")
