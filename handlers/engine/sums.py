"""Sums and products: worked out where the result is certain, and then always confirmed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import prod

from handlers.engine.glosses import gloss
from handlers.engine.late import Late
from handlers.engine.number_cursor import starts
from handlers.engine.numerals import Number, quantity
from handlers.engine.outcome import Unclear
from handlers.engine.phrases import UNITS
from handlers.engine.vietnamese import Word

SMALLEST_PART = 10_000

# "#" stands for a number; every sign has a space on both sides.
_CURRENCY = r"(?: (?:d|dong|vnd))?"
_COUNTED = rf"(?:{UNITS}|em|lop|phan qua|xe|thung|hop|don vi|to|noi)"
_OF = rf"(?: {_COUNTED})"
_EACH = rf"(?:moix|moi|~moi|tung|#) {_COUNTED}"
_COSTS = r"(?: (?:la|duoc|tri gia|gia|nhan|co|tham gia|:|gom|khoang|duoc tang|tang))*"
_AND = r"(?: (?:,|;|va|voi))+"
_TIMES = r"(?: (?:x|nhan|,|;|va|voi|cho|-))*"
_MADE = (
    r"(?:(?: (?:=|bang|la|,|;|tong|cong|vi chi|tong cong|thanh|tat ca|->))+ (?P<made>#)(?: (?:nguoi|d|dong|"
    r"vnd))*)?"
)
_TOTAL = (
    r"(?P<first>(?:(?:tong|tong cong|tong so|tat ca|co) )*#(?: (?:nguoi|doan vien|dc))?(?: (?:,|;|:|\(|gom|"
    r"co|trong do|bao gom|la))+ )?"
)
_SEX = (
    r"(?:# (?:nguoi |doan vien |dc |em |chau )?(?:nam|nu)(?: gioi)?|(?:nam|nu)(?: gioi)?(?: (?:la|co|:|"
    r"=))* #(?: nguoi)?)"
)
_PAID = "#" + _CURRENCY
_PRODUCTS = tuple(
    Late(f"(?:(?:co|tang|trao|ho tro|tong cong|mua|chi) )*(?:{form}){_MADE}")
    for form in (
        rf"#{_OF}?(?: [x*×]| nhan) #{_CURRENCY}{_OF}?(?: / {_COUNTED})?",
        rf"#{_CURRENCY}(?: / {_COUNTED})?(?: [x*×]| nhan) #{_OF}?",
        rf"#{_OF}{_TIMES} {_EACH}{_COSTS} #{_CURRENCY}{_OF}?",
        rf"{_EACH}{_COSTS} #{_CURRENCY}{_OF}?{_TIMES}(?: (?:co|tong|tong cong|tat ca))* #{_OF}",
        rf"#{_CURRENCY}(?: /| moix| moi| ~moi| #) {_COUNTED}{_TIMES}(?: (?:co|tong|tong cong|tat ca))* #{_OF}",
    )
)
_SUMS = tuple(
    Late(form)
    for form in (
        rf"#{_OF}?{_CURRENCY}(?:(?: \+| cong(?: voi| them)?) #{_OF}?{_CURRENCY})+{_MADE}",
        rf"{_TOTAL}{_SEX}(?:(?: (?:,|;|va|voi|\+|cong))* {_SEX})+(?: \))?{_MADE}",
        rf"#(?P<of> {_COUNTED})(?:{_AND} #(?P=of))+{_MADE}",
    )
)
_PAYMENTS = Late(rf"{_PAID}(?:{_AND} {_PAID})+{_MADE}")
_SIGNS = re.compile(r"[+*×=]|\bx\b")


@dataclass(frozen=True, slots=True)
class _Line:
    """The line with "#" for each number, and the numbers."""

    text: str
    numbers: list[Number]


def computed(kind: str, line: Sequence[Word]) -> Decimal | None:
    """The result of "3+2", "7 nam, 9 nữ", "10 suất x 500k", "5 suất, mỗi suất 300k"; None if it is no such thing."""
    signs = any(_SIGNS.fullmatch(word.plain) for word in line[1:])
    read = _symbols(line)
    value = _value(kind, read) if read and len(read.numbers) > 1 else None
    if value is None and signs and any(word.plain in {"+", "x", "*", "×"} for word in line[1:]):
        raise Unclear("arithmetic")
    return value


def _symbols(line: Sequence[Word]) -> _Line | None:
    glossed = gloss(line)
    text: list[str] = []
    numbers: list[Number] = []
    at = 0
    while at < len(line):
        if not starts(line, at) or _sex(line, at):
            text.append("nhan" if line[at].shape == "nhân" else glossed[at])
            at += 1
            continue
        try:
            number = quantity(line, at)
        except Unclear:
            return None
        numbers.append(number)
        text.append("#")
        at = number.end
    return _Line(" ".join(text), numbers)


def _sex(line: Sequence[Word], at: int) -> bool:
    """Nam beside a figure is no five."""
    if line[at].shape != "nam":
        return False
    beside = [line[index] for index in (at - 1, at + 1) if 0 <= index < len(line)]
    return any(word.figure for word in beside) or any(word.plain == "nu" for word in line)


def _value(kind: str, read: _Line) -> Decimal | None:
    for patterns, work in ((_PRODUCTS, _product), (_SUMS, _sum)):
        for pattern in patterns:
            match = pattern.fullmatch(read.text)
            if match is not None:
                return work(kind, read, match)
    paid = _PAYMENTS.fullmatch(read.text) if kind == "money" else None
    return _sum(kind, read, paid) if paid else None


def _terms(kind: str, read: _Line, match: re.Match[str]) -> tuple[list[Decimal], Decimal | None]:
    """The parts, and the result if it was typed too."""
    for number in read.numbers:
        decimal = number.literal is not None and number.literal.style == "decimal" and number.unit == 1
        if number.doubt or (decimal and kind != "dec"):
            raise Unclear("arithmetic")
    values = [number.value for number in read.numbers]
    groups = match.groupdict()
    if groups.get("made"):
        return values[:-1], values[-1]
    return (values[1:], values[0]) if groups.get("first") else (values, None)


def _checked(value: Decimal, made: Decimal | None) -> Decimal:
    if made is not None and made != value:
        raise Unclear("arithmetic")
    return value


def _sum(kind: str, read: _Line, match: re.Match[str]) -> Decimal:
    parts, made = _terms(kind, read, match)
    if len(parts) < 2 or (kind == "money" and any(part < SMALLEST_PART for part in parts)):
        raise Unclear("arithmetic")
    return _checked(sum(parts, Decimal(0)), made)


def _product(kind: str, read: _Line, match: re.Match[str]) -> Decimal:
    parts, made = _terms(kind, read, match)
    value = prod(parts)
    if not value or kind == "dec" or value != int(value):
        raise Unclear("arithmetic")
    if kind == "money" and (max(parts) < 1_000 or sorted(parts)[-2] > SMALLEST_PART):
        raise Unclear("arithmetic")
    return _checked(Decimal(value), made)
