"""An option by its number: 2, câu 2, cái thứ hai."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers.engine.glosses import gloss
from handlers.engine.labels import leads
from handlers.engine.number_cursor import starts
from handlers.engine.numerals import quantity
from handlers.engine.outcome import Unclear
from handlers.engine.vietnamese import Word

_SIGNS = frozenset(".,;:()#[]")
_ORDINALS = {"tu": 4, "nhat": 1, "nhi": 2}
_ENDS = frozenset({"do", "day", "ay", "di", "nay", "thoi", "nhe", "luon", "kia", "a"})
_LONGEST_LEAD = 6
_COUNTS = {
    **{str(number): number for number in range(1, 10)},
    **dict(zip(("mot", "hai", "ba", "bon", "nam", "sau", "bay"), range(1, 8), strict=True)),
}
_PLACE = re.compile(
    r"(?:(?:chon|co|lay|em chon|o) )*(?:(?P<count>[1-9]|mot|hai|ba|bon|nam|sau|bay) )?"
    r"(?:(?:cai|muc|y|cau|so|lua chon|phuong an|noi dung|phan|thu|dong) )*"
    r"(?:(?P<first>dau tien|(?:(?<=cai )|(?<=muc )|(?<=cau )|(?<=y )|(?<=so ))dau|"
    r"tren cung|thu nhat)|(?P<second>ap chot|ke cuoi|gan cuoi)|"
    r"sau cung|cuoi(?: cung)?|chot|duoi cung)(?: (?:do|ay|day|danh sach|thoi))*"
)


def number_of(line: Sequence[Word]) -> int | None:
    """A number and nothing else, apart from words that introduce it or end the sentence: 2, câu 2, cái thứ hai đó."""
    line = [word for word in line if word.plain not in _SIGNS]
    at = _lead(line)
    line = _without_end(line, at)
    if not line[at:]:
        return None
    spoken = line[at]
    if spoken.figure:
        whole = len(line) == at + 1 and re.fullmatch(r"[0-9]{1,9}", spoken.plain)
        return int(spoken.plain) if whole else None
    ordinal = _ORDINALS.get(spoken.plain) if at else None
    if ordinal:
        return ordinal if len(line) == at + 1 else None
    if not starts(line, at):
        return None
    try:
        number = quantity(line, at)
    except Unclear:
        return None
    return int(number.value) if number.end == len(line) and not number.doubt else None


def _lead(line: Sequence[Word]) -> int:
    """How many words only introduce what follows."""
    glossed = gloss(line)
    sizes = [size for size in range(min(len(line) - 1, _LONGEST_LEAD), 0, -1) if not line[size - 1].figure]
    return next((size for size in sizes if leads(" ".join(glossed[:size]))), 0)


def _without_end(line: Sequence[Word], at: int) -> Sequence[Word]:
    end = len(line)
    while end > at + 1 and line[end - 1].plain in _ENDS and not starts(line, end - 1):
        end -= 1
    return line[:end]


def of_place(spoken: str, most: int) -> list[int]:
    """Cái đầu, mục cuối cùng, áp chót, hai mục đầu: the options named by their place; none if it is no place."""
    place = _PLACE.fullmatch(spoken)
    if place is None or not most:
        return []
    count = _COUNTS.get(place["count"] or "1", 0)
    if not 1 <= count < most:
        return []
    if place["first"]:
        return list(range(1, count + 1))
    if place["second"]:
        return [most - 1] if count == 1 else []
    return list(range(most - count + 1, most + 1))


def in_list(number: int, labels: Sequence[str]) -> int:
    """The number, if there is such an option."""
    if not 1 <= number <= (len(labels) or 99):
        raise Unclear("not_in_list")
    return number
