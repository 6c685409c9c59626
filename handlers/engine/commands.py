"""Messages that steer the conversation instead of answering: "quay lại", "SUA 5", "để sau"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from handlers.engine.typing_methods import undo_input_method
from handlers.engine.vietnamese import Word, clean, compose, fold, shape, word_of

LONGEST = 300
MOST_WORDS = 16

PHRASES = {
    "start": "báo cáo|gửi báo cáo tháng này|nộp báo cáo tháng này|báo cáo tháng này|làm báo cáo tháng này|"
    "bắt đầu|bắt đầu báo cáo|bc|làm báo cáo|nhập báo cáo|gửi báo cáo tháng|báo cáo tháng",
    "greet": "start",
    "resume": "tiếp tục|tiếp|làm tiếp|tiếp tục báo cáo|báo cáo tiếp|tiếp tục làm",
    "submit": "gửi|nộp|nộp báo cáo|gửi báo cáo|gửi luôn|nộp luôn|nộp bc|gửi bc|gửi đi|"
    "goi|goi di|goi luon|goi bao cao|goi bc",
    "edit": "sửa|sửa lại|chỉnh sửa|sửa câu|sửa mục|sửa báo cáo|sửa số liệu",
    "back": "quay lại|trở lại|quay lại câu trước|trở lại câu trước|lùi lại|quay về câu trước|câu trước|"
    "về câu trước",
    "skip": "bỏ qua|bỏ qua câu này|bỏ câu này|bỏ qua câu hỏi này|bỏ qua mục này|cho qua|qua câu khác",
    "remind": "nhắc sau|nhắc lại sau|nhắc tôi sau|nhắc em sau|nhắc lại",
    "later": "để sau|để lúc khác|để lát nữa|lát nữa làm|làm sau|"
    "trả lời sau|tạm dừng|để mai|để mai làm|mai làm tiếp|lát làm tiếp|báo cáo sau",
    "cancel": "hủy|hủy bỏ|hủy báo cáo|hủy bc|hủy hết",
    "help": "help|giúp|trợ giúp|hướng dẫn|giúp đỡ|giúp tôi|giúp em|giúp với",
    "human": "hỗ trợ|hỗ trợ tôi|hỗ trợ em|gặp cán bộ|gặp người|gọi cán bộ|nhờ hỗ trợ|cần hỗ trợ",
    "previous": "tháng trước|kỳ trước|tháng trước bao nhiêu|tháng trước là bao nhiêu|kỳ trước bao nhiêu|"
    "kỳ trước là bao nhiêu|số tháng trước bao nhiêu|số tháng trước là bao nhiêu|số kỳ trước bao nhiêu|"
    "số kỳ trước là bao nhiêu|xem tháng trước|xem số tháng trước|xem kỳ trước|xem số kỳ trước|tháng trước mấy|"
    "tháng trước ghi bao nhiêu|tháng trước báo cáo bao nhiêu|tháng trước báo bao nhiêu|lần trước bao nhiêu|"
    "lần trước ghi bao nhiêu|số cũ bao nhiêu|số cũ là bao nhiêu",
    "review": "xem lại|xem lại báo cáo|xem báo cáo|xem tóm tắt",
    "idea": "sáng kiến|có sáng kiến|gửi sáng kiến|nộp sáng kiến|ý tưởng|có ý tưởng|gửi ý tưởng|sáng kiến mới",
    "petition": "kiến nghị|có kiến nghị|gửi kiến nghị|kiến nghị mới",
    "obstacle": "vướng mắc|có vướng mắc|gửi vướng mắc|báo vướng mắc",
    "nomination": "điển hình|giới thiệu điển hình|gửi điển hình|có điển hình",
    "poverty_month": "vì người nghèo|báo cáo vì người nghèo|tháng vì người nghèo|tháng cao điểm",
    "paragraph": "đoạn văn|xem đoạn văn|lấy đoạn văn|gửi đoạn văn",
    "history": "lịch sử|xem lịch sử|báo cáo đã gửi|các báo cáo đã gửi|báo cáo đã nộp|các báo cáo đã nộp|"
    "lịch sử báo cáo|xem lịch sử báo cáo|xem báo cáo đã gửi|xem báo cáo đã nộp|xem các báo cáo đã nộp|"
    "báo cáo cũ|xem báo cáo cũ|các báo cáo cũ|báo cáo các tháng trước|xem báo cáo các tháng trước",
    "receipt": "biên nhận|ảnh biên nhận|gửi biên nhận|gửi lại biên nhận|lấy biên nhận|lấy lại biên nhận|"
    "xem biên nhận|gửi ảnh biên nhận|gửi lại ảnh biên nhận|cho biên nhận",
    "verify": "kiểm tra|kiểm tra mã|kiểm tra biên nhận|kiểm tra mã biên nhận|xác minh mã|xác minh biên nhận|tra mã",
    "privacy": "dữ liệu|dữ liệu cá nhân|dữ liệu của tôi|xem dữ liệu cá nhân|quyền riêng tư",
    "data_requests": "yêu cầu dữ liệu|các yêu cầu dữ liệu|xem yêu cầu dữ liệu|yêu cầu về dữ liệu cá nhân",
    "audit": "nhật ký|nhật ký thay đổi|xem nhật ký|lịch sử thay đổi",
    "behalf": "nhập hộ|nhập thay|báo cáo hộ|báo cáo thay|nhập hộ báo cáo|nhập báo cáo hộ|nhập thay báo cáo|"
    "nhập báo cáo thay|nhập hộ đơn vị|báo cáo hộ đơn vị",
    "quiet": "tháng này không phát sinh|tháng này không phát sinh gì|tháng này không có gì|"
    "tháng này ko phát sinh|"
    "tháng này ko có gì|không phát sinh tháng này|báo cáo không phát sinh|bc không phát sinh|"
    "tháng này không có phát sinh|đơn vị không phát sinh|tháng này không có nội dung gì",
    "roster": "danh sách|danh sách đơn vị|danh sách cán bộ|mẫu danh sách|nhập danh sách|sửa danh sách",
    "roster_apply": "ghi danh sách|ghi vào hệ thống",
    "address_form": "xưng hô|đổi xưng hô|đổi cách xưng hô|cách xưng hô",
    "change_unit": "đổi đơn vị|chọn đơn vị|báo cáo đơn vị khác|chọn đơn vị khác",
    "invite": "mời|mời tham gia|mời cán bộ|cấp mã mời|phiếu mời|in phiếu mời",
    "hand_over": "bàn giao|bàn giao công việc|bàn giao người nhập|bàn giao chức trách",
    "deputy": "thêm người nhập|thêm người nhập báo cáo|cử người nhập|cử thêm người nhập",
    "end_deputy": "thôi người nhập|thôi người nhập báo cáo|bớt người nhập",
    "connections": "kết nối|xem kết nối|bảng kết nối|tình hình kết nối",
    "stop_reminders": "đừng nhắc nữa|đừng nhắc|đừng nhắc nữa tháng này|tháng này đừng nhắc nữa|ngừng nhắc|"
    "dừng nhắc|"
    "tắt nhắc|không nhắc nữa|thôi nhắc|đừng nhắc tháng này|đừng nhắc tháng này nữa|tắt nhắc nhở|"
    "không cần nhắc nữa",
    "help_clear": "đã rõ|đã rõ rồi|đã hiểu|đã hiểu rồi",
    "questions": "câu hỏi|các câu hỏi|danh sách câu hỏi|xem câu hỏi|câu hỏi đang chờ",
    "pause": "tạm dừng gửi|tạm dừng nhắc|tạm dừng lời nhắc|tạm dừng gửi tin|tạm dừng toàn bộ",
    "unpause": "chạy lại|tiếp tục gửi|bỏ tạm dừng|hết tạm dừng",
}
LED = ("invite", "hand_over", "deputy", "end_deputy", "connections")
"""Commands behind which one may name a unit: "mời CĐCS Sao Khuê"."""
YES = (
    "không nhầm|không nhầm đâu|không sai|không sai đâu|đúng số này|"
    "đúng|đúng rồi|đúng rùi|đúng rui|ok rùi|đúng vậy|đúng thế|"
    "chính xác|chuẩn|chuẩn rồi|ok|oke|okie|okay|ok rồi|ok đúng|ok đúng rồi|"
    "có|vâng|"
    "vâng đúng|vâng đúng rồi|phải|phải rồi|ừ|ừ đúng|ừ đúng rồi|ừm|uh|đồng ý|xác nhận|nhất trí|chính xác rồi|"
    "yes|"
    "tôi xác nhận|đúng số đó|đúng như vậy|đúng số"
)
NO = (
    "sai|sai rồi|không|ko|không đúng|ko đúng|chưa đúng|nhập lại|không phải|ko phải|sửa lại|nhầm|nhầm rồi|chưa|no|"
    "không chính xác|không phải vậy|ghi sai|sai số|để nhập lại|hong|hem|hok"
)
_BEFORE = (
    "dạ|vâng|thưa|ok|em|tôi|mình|cho|cho em|cho tôi|xin|xin phép|phép|"
    "vui lòng|làm ơn|muốn|hãy|bot|ơi|ad|anh|chị|thôi|à"
)
_AFTER = (
    "ạ|nhé|nha|nhá|nhen|nghen|hen|nè|với|đi|giúp|giùm|dùm|em|tôi|anh|chị|ad|bot|ơi|thôi|luôn|cái|đã|nào|giúp em|"
    "giúp tôi"
)

_BESIDE = (
    "này|đó|kia|câu|câu hỏi|mục|phần|phiếu|bài|bản|báo cáo|bc|phép|được|có thể|cần|phải|hộ|khó quá|khó|quá|giờ|"
    "bây giờ|lúc này|lúc khác|thì|vậy|thế|chắc|đồng chí|đc|bác|cô|chú|nhỉ|tạm|của|bên|đơn vị|chúng|nhờ|để|ngay|lại|"
    "trước|hiện|tại|hiện tại|giùm em|phiền|sang|mà|cũng|nên|sẽ|"
    "cán bộ|chừ|bận|bận quá|đang bận|đang họp|có việc"
)
"""Words that ask for nothing themselves: a sentence of these and one command is that command."""
_AGREEING = (
    "ừ|ừa|ờ|ừm|uh|um|ok|oke|okie|okay|rồi|xong|hết|đúng|chuẩn|đủ|đầy đủ|chính xác|đồng ý|nhất trí|vâng|phải|yes|"
    "y vậy|như vậy"
)
"""Words that may go before a wish to hand in: "ừ gửi đi em"; behind it "rồi" means that it is done."""
IN_SENTENCES = ("submit", "back", "skip", "later", "cancel", "review", "help", "human", "resume")

Spelling = tuple[str, ...]
Phrases = dict[str, list[tuple[str, Spelling]]]


@dataclass(frozen=True, slots=True)
class Command:
    """What the person wants; `number` and `text` belong to "sửa 5 thành 40"."""

    name: str
    number: int | None = None
    text: str = ""


def _table(spelt: dict[str, str]) -> Phrases:
    table: Phrases = {}
    for name, phrases in spelt.items():
        for phrase in phrases.split("|"):
            table.setdefault(fold(phrase).replace(" ", ""), []).append((name, _spelling(phrase)))
    return table


def _spelling(phrase: str) -> Spelling:
    return tuple(shape(word) for word in phrase.split())


def _polite(phrases: str) -> frozenset[Spelling]:
    """With marks and without."""
    spelt = phrases.split("|")
    return frozenset(_spelling(phrase) for phrase in (*spelt, *map(fold, spelt)))


_COMMANDS = _table(PHRASES)
_ANSWERS = _table({"yes": YES, "no": NO})
_LEADING = _polite(_BEFORE)
_TRAILING = _polite(_AFTER)
_FILLING = _LEADING | _TRAILING | _polite(_BESIDE)
_BEFORE_SUBMIT = _FILLING | _polite(_AGREEING)
_MOST_OF_PHRASE = 6
_LATER = re.compile(
    r"(?:de|cho) (?:(?:em|toi|minh|anh|chi) )?"
    r"(?:lat|lat nua|chut nua|ti nua|trua|chieu|toi|mai|sang mai|chieu mai|toi mai|trua nay|chieu nay|toi nay|"
    r"hom khac|hom sau|luc khac|khi khac|cuoi tuan|tuan sau|ve nha|ve co quan|hop xong|luc nao ranh|khi nao ranh)"
    r"(?: (?:roi|thi))?(?: (?:em|toi|minh|anh|chi))?"
    r"(?: (?:se )?(?:lam|tra loi|nhap|viet|gui|dien|khai|bao cao|lam bao cao|nop|nop bao cao))?"
    r"(?: (?:tiep|not|sau|cho|bu))*"
)
_WHO = r"(?:em|toi|minh|anh|chi|co|chu|bac|bot|tui|no)"
_SEE = re.compile(
    rf"(?:khoan )?(?:(?:cho|dua|de|muon|can) )?(?:{_WHO} )?(?:muon |can )?(?:xem|coi)(?: (?:lai|thu))*"
    rf"(?: (?:nay gio|hoi nay|tu nay|tu nay gio|luc nay))?(?: {_WHO})?"
    r"(?: (?:da |vua )?(?:ghi|gui|nop|nhap|tra loi|lam|bao cao)(?: duoc)?(?: (?:nhung|cai))* (?:gi|the nao|ra sao)"
    r"| (?:(?:bao cao|bc|ban|noi dung|cai) )(?:da|vua) (?:ghi|gui|nop|nhap))?(?: (?:roi|vay|the|ha|xong))*"
)
"""A wish to see what is written down: "đưa tôi xem đã gửi cái gì"."""
_EDIT = re.compile(
    r"(?:(?:chinh )?sua(?: lai)?[ _]?(?:cau|muc|dong|y|so|cau so|muc so)?|"
    r"(?:quay|tro)(?: lai| ve)+ (?:cau|muc)(?: so)?|ve (?:cau|muc)(?: so)?|cau|muc|dong)[ _]?([0-9]{1,3})"
    r"(?:\s*(?::|=|->|lai la|lai thanh|thanh|con lai|con|la|lai)\s*(\S.*))?"
)
_EDIT_WORD = re.compile(r"(?:sua|cau|muc|dong)[^0-9]{0,12}[0-9]")
_ABOUT_UNIT = re.compile(r"(.*\S)[ :]+([a-z]{1,6}(?:-[a-z0-9]{1,8}){1,5})")
"""A command and the code of a unit: "nhật ký NB-HLU-01"."""
TAKES_UNIT = ("audit", *LED)
"""Commands that may be followed by the code of a unit."""
_CODE = re.compile(
    r"(?:(?:kiem ?tra|xac minh|xac thuc|tra cuu|tra)(?: (?:ma|bao cao|bc|bien nhan|so|giup))*[ :]*)?"
    r"(?<![a-z])(bc|sk)[- ]?(20[0-9]{2}|20[0-9]{4})(?:[- ]([0-9]{1,6})|([0-9]{3,6}))"
    r"(?:[ ,;:.]+(?:(?:va )?ma kiem tra:? ?)?([a-z0-9]{4})[- ]?([a-z0-9]{4}))?"
)
"""The code of a receipt, alone or after "kiểm tra", with its check code or without."""
_DIGITS = {"bc": 5, "sk": 6}
_ASKING = re.compile(r"(?: (?:vậy|vay|nhỉ|nhi|thế|the|hả|ha))*[ ?]*$")
"""How a question ends: a wish ends otherwise, "gửi?" is none."""
_MENTION = re.compile(r"(?<=\S)@\w+")


_FOR_WHOM = re.compile(
    r"(?:(?:nhap|bao cao|bc)(?: bao cao)?)[ _]?(?:ho|thay)(?: bao cao)?(?: cho)?(?: don vi)? (.*\S)"
)
_OF_MONTH = re.compile(r"\s*\b(?:bao cao )?(?:thang|t) ?(1[0-2]|0?[1-9])$")


def for_whom(text: str) -> Command | None:
    """A wish to enter a report for somebody, "nhập hộ NB-HLU-01 tháng 9": only where nothing is asked; else None."""
    line = " ".join(_core(message_of(text).split()))
    found = _FOR_WHOM.fullmatch(fold(line))
    if found is None:
        return None
    month = _OF_MONTH.search(found[1])
    end = found.start(1) + (month.start() if month else len(found[1]))
    return Command("behalf", int(month[1]) if month else None, line[found.start(1) : end].strip())


@lru_cache(maxsize=256)
def parse(text: str) -> Command | None:
    """The command that the whole message is, or None; inside a question the caller decides whether it is an answer."""
    message = message_of(text)
    if not message:
        return None
    found = _command(message)
    if found is None:
        undone = undo_input_method(message)
        return _command(undone) if undone != message else None
    return replace(found, text=_as_typed(text, found.text)) if found.name == "edit" and found.text else found


def within(text: str) -> Command | None:
    """The same, also of a sentence that says nothing else: "cho em xin bỏ qua câu này ạ"; not for prose."""
    found = parse(text)
    message = message_of(text)
    if found is not None or not message or "?" in message:
        return found
    name = _alone_in(message) or _alone_in(undo_input_method(message))
    return Command(name) if name else None


def _alone_in(message: str) -> str | None:
    """The one command of IN_SENTENCES beside which only filling words stand."""
    line = [word_of(token) for token in re.split(r"[\s,.;!]+", message) if token]
    if not 1 < len(line) <= MOST_WORDS:
        return None
    for size in range(min(len(line), _MOST_OF_PHRASE), 0, -1):
        for start in range(len(line) - size + 1):
            name = _look_up(line[start : start + size], _COMMANDS)
            before = _BEFORE_SUBMIT if name == "submit" else _FILLING
            if name in IN_SENTENCES and _fills(line[:start], before) and _fills(line[start + size :]):
                return name
    return None


def _fills(line: list[Word], filling: frozenset[Spelling] = _FILLING) -> bool:
    """Whether it is made of filling words alone."""
    if not line:
        return True
    sizes = (size for size in (2, 1) if tuple(word.shape for word in line[:size]) in filling)
    return any(_fills(line[size:], filling) for size in sizes if len(line) >= size)


def led(text: str) -> Command | None:
    """A command of LED with what is named behind it; only for when no question waits: it may be an answer as well."""
    words = message_of(text).split()
    for size in range(min(len(words) - 1, 5), 0, -1):
        name = _named(" ".join(words[:size]), _COMMANDS)
        if name in LED:
            return Command(name, text=_as_typed(text, " ".join(words[size:])))
    return None


def is_yes(text: str) -> bool:
    """Whether the message as a whole agrees to what the bot has read back."""
    return _answer(text) == "yes"


def is_no(text: str) -> bool:
    """Whether the message as a whole rejects what the bot has read back."""
    return _answer(text) == "no"


def message_of(text: str) -> str:
    """The words as they are compared: cleaned, without a slash or signs around them; empty if too long."""
    if len(text) > LONGEST:
        return ""
    return _MENTION.sub("", clean(text)).removeprefix("/").strip(" .!,;\"'“”").replace("_", " ")


def _answer(text: str) -> str | None:
    message = message_of(text).replace(",", " ")
    return _named(message, _ANSWERS) or _named(undo_input_method(message), _ANSWERS)


def _command(message: str) -> Command | None:
    name = _named(message, _COMMANDS)
    if name is None and _named(_ASKING.sub("", message), _COMMANDS) == "previous":
        name = "previous"
    if name:
        return Command(name)
    return _about_code(message) or _about_unit(message) or _later(message) or _see(message) or _edit(message)


def _about_code(message: str) -> Command | None:
    found = _CODE.fullmatch(fold(message))
    if found is None:
        return None
    kind, period, apart, joined, *check = found.groups()
    code = f"{kind}-{period}-{int(apart or joined):0{_DIGITS[kind]}}"
    return Command("verify", text=f"{code} {'-'.join(filter(None, check))}".strip().upper())


def _later(message: str) -> Command | None:
    """With any time: "để chiều em làm tiếp nhé"."""
    line = " ".join(word_of(word).plain for word in _core(message.split()))
    return Command("later") if _LATER.fullmatch(line) else None


def _see(message: str) -> Command | None:
    line = " ".join(word_of(word).plain for word in _core(message.replace(",", " ").split()))
    wrong = any(word_of(word).plain == "xem" and word_of(word).marked for word in message.split())
    return Command("review") if not wrong and _SEE.fullmatch(line) else None


def _about_unit(message: str) -> Command | None:
    found = _ABOUT_UNIT.fullmatch(message)
    name = _named(found[1], _COMMANDS) if found else None
    return Command(name, text=found[2].upper()) if found and name in TAKES_UNIT and name else None


def _edit(message: str) -> Command | None:
    if not _EDIT_WORD.search(fold(message)):
        return None
    words = _core(message.split())
    line = " ".join(words)
    found = _EDIT.fullmatch(fold(line))
    if found is None or any(_wrong(word) for word in words[:3]):
        return None
    # Folding keeps the length of a composed text, so positions in both are the same.
    return Command("edit", int(found[1]), line[found.start(2) :] if found[2] else "")


def _as_typed(text: str, lowered: str) -> str:
    typed = compose(text)
    start = typed.lower().rfind(lowered)
    return typed[start : start + len(lowered)] if start >= 0 and len(typed) == len(typed.lower()) else lowered


def _wrong(word: str) -> bool:
    """Another word that only looks like one of the command's without marks: "sữa", "cầu"."""
    right = {"sua": "sửa", "cau": "câu", "muc": "mục", "dong": "dòng", "lai": "lại", "thanh": "thành"}
    plain = fold(word)
    return plain in right and word != plain and shape(word) != shape(right[plain])


def _named(message: str, table: Phrases) -> str | None:
    line = [word_of(token) for token in message.replace(",", " ").split()]
    if len(line) > MOST_WORDS:
        return None
    for start in _cuts(line, at_start=True):
        for end in _cuts(line, at_start=False):
            name = _look_up(line[start : len(line) - end], table)
            if name is not None:
                return name
    return None


def _cuts(line: list[Word], *, at_start: bool) -> list[int]:
    """How many words may be dropped at that end, from none to all that are polite."""
    cuts = [0]
    while size := _edge(line[cuts[-1] :] if at_start else line[: len(line) - cuts[-1]], at_start=at_start):
        cuts.append(cuts[-1] + size)
    return cuts


def _core(words: list[str]) -> list[str]:
    line = [word_of(word) for word in words]
    start = _cuts(line, at_start=True)[-1]
    end = _cuts(line[start:], at_start=False)[-1]
    return words[start : len(words) - end]


def _edge(line: list[Word], *, at_start: bool) -> int:
    """How many polite words stand at that end; never all of them."""
    polite = _LEADING if at_start else _TRAILING
    for size in (1, 2):
        part = line[:size] if at_start else line[-size:]
        if len(line) > size and tuple(word.shape for word in part) in polite:
            return size
    return 0


def _look_up(line: list[Word], table: Phrases) -> str | None:
    """Words written together are compared without marks; otherwise each word is the spelt one or has no marks."""
    for name, spelling in table.get("".join(word.plain for word in line), ()):
        if len(line) != len(spelling) or all(_same(*pair) for pair in zip(line, spelling, strict=True)):
            return name
    return None


def _same(word: Word, right: str) -> bool:
    return word.shape == right or not word.marked or word.shape == right.rstrip("12345")
