"""What a person says to put an answer right: a line or a name, and its new value; "sửa 3 thành 40" is a command."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handlers.engine.vietnamese import compose, fold, shape

LONGEST = 120
_POLITE = (
    r"(?:(?:da|vang|thua|a|u|em|toi|minh|xin|cho|xin loi)[,.]? ){0,4}"
    r"(?:(?:ghi |go |nhap |viet )?(?:nham|sai)(?: roi)?[,.:;]? )?"
)
_LINE = r"(?:cau|muc|dong)(?: so)? ?(?P<number>[0-9]{1,3})"
_NAME = r"(?P<name>[a-z][^0-9:=?]{1,60}?)"
_WHICH = rf"(?:{_LINE}|{_NAME})"
_IS = r"(?:la|thanh|bang|:|=|->|chi co|chi la|phai la|dung la|dung ra la|thuc ra la|thuc te la)"
_BECOMES = r"(?:lai la|lai thanh|thanh|la|=|:|->)"
_FIGURE = r"(?P<value>[0-9](?:.*?\S)??)"
_VALUE = r"(?P<value>\S(?:.*?\S)??)"
_RIGHT = r" moi (?:la )?(?:dung|phai)"
_NOT = r"[,;]?(?: chu)? (?:khong|ko|k|hong|cha|chang) phai(?: la)? .*"
_WRONG = r"(?:(?:bi )?(?:ghi|go|nhap|viet|bao|danh|bam) )?(?:nham|sai|lon)(?: roi)?"
_END = r"(?: (?:a|nhe|nha|em|giup em|giup toi|giup|voi)){0,3}[.!]*"
_SHAPES = tuple(
    re.compile(pattern + _END)
    for pattern in (
        rf"{_POLITE}(?P<sua>(?:chinh )?sua)(?: lai)?(?: muc| cau| so lieu)? {_NAME} ?{_BECOMES} ?{_VALUE}",
        rf"{_POLITE}{_WHICH},? {_WRONG}[,;.:]? (?:{_IS} )?{_FIGURE}(?:{_RIGHT}|{_NOT})?",
        rf"{_POLITE}{_WHICH},? (?:{_IS} )?{_FIGURE}{_RIGHT}",
        rf"{_POLITE}{_WHICH} ?{_IS} ?{_FIGURE}{_NOT}",
    )
)
_MARKED = {"sua": "sửa", "nham": "nhầm", "dung": "đúng", "cau": "câu", "muc": "mục"}


@dataclass(frozen=True, slots=True)
class Told:
    """A line by its number or by words of its name, and what is to stand there, as typed."""

    number: int | None
    name: str
    value: str
    orders: bool
    """Whether it says "sửa": in a text, all else may be prose."""


def told(text: str) -> Told | None:
    """What the whole message corrects; None if it is no correction."""
    line = compose(text)
    folded = fold(line)
    if not 4 <= len(line) <= LONGEST or len(folded) != len(line) or _another_word(line):
        return None
    for pattern in _SHAPES:
        if found := pattern.fullmatch(folded):
            parts = found.groupdict()
            number = int(parts["number"]) if parts.get("number") else None
            name, value = (line[slice(*found.span(part))] for part in ("name", "value"))
            return Told(number, name.strip(" ,.-"), value, bool(parts.get("sua")))
    return None


def _another_word(line: str) -> bool:
    """Whether a word only looks like one of a correction's without marks: "sữa", "dùng"."""
    for word in line.lower().split():
        plain = fold(word.strip(",.;:!"))
        right = _MARKED.get(plain)
        bare = word.strip(",.;:!")
        if right and bare != plain and shape(bare) != shape(right):
            return True
    return False
