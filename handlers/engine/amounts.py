"""Counts, sums of money and decimals: the number in an answer, and whether the answer is that number."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from handlers.engine import phrases, surroundings
from handlers.engine.glosses import gloss, without_courtesy
from handlers.engine.number_cursor import starts
from handlers.engine.numerals import Number, quantity
from handlers.engine.outcome import Unclear
from handlers.engine.vietnamese import Word, fold, words

MOST = {"int": 1_000_000, "money": 100_000_000_000, "dec": 1_000}
BEYOND = {"int": 10**9, "money": 10**13, "dec": 10**6}
SMALLEST_SUM = 10_000

# l2, 1O, 2o: letters struck instead of digits.
_LOOK_ALIKE = re.compile(r"(?<![^\W\d_])[loizsb](?=[0-9])|(?<=[0-9])[oliz](?![^\W\d_])")
# ,5 and (5): a part of a number, or in book-keeping a negative one.
_CUT_OFF = re.compile(r"(?<![0-9])[.,][0-9]|^\(\s*[0-9.,]+\s*\)$")
_TIMES = frozenset("x*×")
_BREAKDOWN = re.compile(r"[\s,;:.-]+(?:trong do|bao gom|gom co|gom|cu the)\b")
_BRACKETS = re.compile(r"([^()]+)\(([^()]+)\)([^()]*)")
_LABEL = re.compile(r"[^0-9:]+:\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Amount:
    """A value with the reason to confirm it, if any."""

    value: Decimal
    doubt: str = ""


def amount(kind: str, message: str) -> Amount:
    """The number that the message as a whole states; Unclear if it states none or several."""
    for split in (_bracketed, _broken_down):
        found = split(kind, message)
        if found is not None:
            return found
    return _amount(kind, message)


def _bracketed(kind: str, message: str) -> Amount | None:
    """15.000.000đ (mười lăm triệu đồng): both must agree; 12 (7 nam, 5 nữ): the first one, confirmed."""
    found = _BRACKETS.fullmatch(message)
    if found is None:
        return None
    outside = _amount(kind, f"{found[1]} {found[3]}")
    try:
        inside = _amount(kind, found[2])
    except Unclear:
        return Amount(outside.value, "two_numbers")
    if inside.value != outside.value:
        raise Unclear("two_numbers")
    return Amount(outside.value, outside.doubt and inside.doubt)


def _broken_down(kind: str, message: str) -> Amount | None:
    """12 người, trong đó 5 nữ: the first number, confirmed."""
    found = _BREAKDOWN.search(fold(message))
    if found is None or not found.start():
        return None
    return Amount(_amount(kind, message[: found.start()]).value, "two_numbers")


def _amount(kind: str, message: str) -> Amount:
    if _LOOK_ALIKE.search(message):
        raise Unclear("look_alike")
    if _CUT_OFF.search(message):
        raise Unclear("bad_groups")
    label = _LABEL.match(message)
    if label and surroundings.is_heading(gloss(words(label[0]))):
        message = message[label.end() :]
    line = without_courtesy(words(message.replace("phần trăm", "%").replace("phan tram", "%")))
    asked = any(word.plain == "?" for word in line)
    line = without_courtesy([word for word in line if word.plain != "?"])
    if not line:
        raise Unclear("not_a_number")
    glossed = " ".join(gloss(line))
    if surroundings.foreign(glossed):
        raise Unclear("currency")
    found = _zero(glossed) or _stated(kind, line)
    if asked and not found.value:
        raise Unclear("question")
    if found.value > BEYOND[kind]:
        raise Unclear("too_large")
    doubt = found.doubt or ("too_large" if found.value > MOST[kind] else "")
    return Amount(found.value, doubt or ("question" if asked else ""))


def _zero(glossed: str) -> Amount | None:
    if phrases.is_zero(glossed):
        return Amount(Decimal(0))
    if phrases.is_unknown(glossed):
        raise Unclear("unknown")
    return Amount(Decimal(0), "perhaps_zero") if phrases.is_perhaps_zero(glossed) else None


def _stated(kind: str, line: list[Word]) -> Amount:
    if line[0].plain == "=" and len(line) > 1:
        line = line[1:]
    computed = _computed(kind, line)
    if computed is not None:
        return computed
    at = next((index for index in range(len(line)) if _number_at(line, index)), None)
    if at is None:
        surroundings.check(kind, gloss(line), (), spoken=True)
        raise Unclear("not_a_number")
    number = quantity(line, at)
    end = number.end
    if kind == "dec":
        number, end = _with_fraction(line, number)
    before, after = line[:at], line[end:]
    rest = range(surroundings.unit_size(gloss(after)), len(after))
    if any(_number_at(after, index) for index in rest) or any(word.figure for word in before):
        raise Unclear(_between(after))
    if before and before[-1].plain in {"-", "+", "/"}:
        raise Unclear("negative" if before[-1].plain == "-" else "arithmetic")
    context = surroundings.check(kind, _context(before), _context(after), spoken=number.spoken)
    value, doubt = _FIELDS[kind](number, after)
    return Amount(value, context or doubt)


def _context(line: Sequence[Word]) -> list[str]:
    """After a number a lone "k" or "ng" is a unit, not a word."""
    return gloss(line) if line else []


def _number_at(line: Sequence[Word], at: int) -> bool:
    return starts(line, at)


def _between(after: Sequence[Word]) -> str:
    sign = after[0].plain
    return {"-": "range", "den": "range", "/": "ratio", "+": "arithmetic", "x": "arithmetic"}.get(
        sign, "two_numbers"
    )


def _with_fraction(line: Sequence[Word], number: Number) -> tuple[Number, int]:
    """Ba phẩy năm, 3 rưỡi: only where decimals can be meant."""
    rest = [word.plain for word in line[number.end :]]
    if rest[:1] == ["ruoi"]:
        return _plus(number, Decimal("0.5"), number.end + 1), number.end + 1
    if rest[:1] not in (["phay"], ["cham"]) or len(rest) < 2 or number.unit != 1:
        return number, number.end
    fraction, end = _fraction(line, number.end + 1)
    return _plus(number, fraction, end), end


def _plus(number: Number, more: Decimal, end: int) -> Number:
    return Number(number.value + more, number.start, end, number.doubt, number.unit, literal=number.literal)


def _fraction(line: Sequence[Word], at: int) -> tuple[Decimal, int]:
    """The digits after "phẩy": năm is 5 tenths, hai lăm 25 hundredths, không năm 5 hundredths."""
    zeros = 1 if line[at].plain == "khong" and at + 1 < len(line) else 0
    number = quantity(line, at + zeros)
    if number.value != int(number.value) or number.value >= 100 or number.unit != 1:
        raise Unclear("not_a_number")
    digits = "0" * zeros + (number.literal.text if number.literal else str(int(number.value)))
    return Decimal(f"0.{digits}"), number.end


def _computed(kind: str, line: Sequence[Word]) -> Amount | None:
    """3+2 and 5 suất x 300.000đ are worked out and confirmed; anything longer is asked."""
    signs = [index for index, word in enumerate(line) if word.plain in _TIMES or word.plain == "+"]
    if not signs or signs[0] == 0:
        return None
    line, equals = _split_result(line)
    if all(line[index].plain == "+" for index in signs):
        parts = [_term(kind, part) for part in _parts(line, signs)]
        value = sum(parts, Decimal(0))
        if kind == "money" and any(part < SMALLEST_SUM for part in parts):
            raise Unclear("arithmetic")
    elif len(signs) == 1:
        first, second = (_term("int", part) for part in _parts(line, signs))
        value = first * second
        if not value:
            raise Unclear("arithmetic")
        if kind == "dec" or (kind == "money" and (max(first, second) < 1_000 or min(first, second) > 10_000)):
            raise Unclear("arithmetic")
    else:
        raise Unclear("arithmetic")
    if equals is not None and equals != value:
        raise Unclear("arithmetic")
    return Amount(value, "arithmetic")


def _split_result(line: Sequence[Word]) -> tuple[Sequence[Word], Decimal | None]:
    at = next((index for index, word in enumerate(line) if word.plain == "="), None)
    if at is None:
        return line, None
    return line[:at], _term("int", line[at + 1 :])


def _parts(line: Sequence[Word], signs: Sequence[int]) -> list[Sequence[Word]]:
    return [line[first + 1 : last] for first, last in pairwise([-1, *signs, len(line)])]


def _term(kind: str, part: Sequence[Word]) -> Decimal:
    if not part or not starts(part, 0):
        raise Unclear("arithmetic")
    number = quantity(part, 0)
    rest = " ".join(gloss(part[number.end :]))
    if number.doubt or (
        number.literal and number.literal.style == "decimal" and number.unit == 1 and kind != "dec"
    ):
        raise Unclear("arithmetic")
    if rest and not re.fullmatch(rf"(?:{phrases.UNITS}|d|dong|vnd)", rest):
        raise Unclear("arithmetic")
    return number.value


def _count(number: Number, _: Sequence[Word]) -> tuple[Decimal, str]:
    style = number.literal.style if number.literal else ""
    if number.unit == 1 and style in {"decimal", "both"}:
        raise Unclear("separator")
    if number.value != int(number.value):
        raise Unclear("not_a_number")
    doubtful = style in {"commas", "decimal"} or number.tenth or number.ending in {"k", "m"}
    return number.value, number.doubt or ("separator" if doubtful else "")


def _sum(number: Number, after: Sequence[Word]) -> tuple[Decimal, str]:
    value, figure = number.value, number.literal
    style = figure.style if figure else ""
    currency = any(word.plain in {"d", "dong", "vnd"} for word in after)
    if value != int(value):
        raise Unclear("separator")
    if value and value < SMALLEST_SUM and not currency and (value % 1_000 or number.unit == 1):
        raise Unclear("separator" if style == "decimal" else "no_unit")
    if not value or number.unit > 1:
        return value, number.doubt or ("tail" if number.tenth and currency else "")
    if style == "decimal":
        raise Unclear("separator")
    if figure and style == "plain" and figure.text.startswith("0"):
        raise Unclear("not_a_number")
    groups = figure.text.count(",") if figure and style == "commas" else 2
    long = bool(figure) and style == "plain" and value >= 10**8 and value % 1_000 != 0
    doubtful = value < SMALLEST_SUM or groups == 1 or long
    return value, number.doubt or ("separator" if doubtful else "")


def _decimal(number: Number, _: Sequence[Word]) -> tuple[Decimal, str]:
    figure = number.literal
    if figure is None or number.unit != 1:
        return number.value, number.doubt or ("unit" if number.unit != 1 else "")
    if figure.style == "commas":
        if figure.text.count(",") > 1:
            raise Unclear("bad_groups")
        return Decimal(figure.text.replace(",", ".")), "separator"
    dotted = figure.style == "dots" or "." in figure.text or figure.style == "both"
    return number.value, number.doubt or ("separator" if dotted else "")


_FIELDS: dict[str, Callable[[Number, Sequence[Word]], tuple[Decimal, str]]] = {
    "int": _count,
    "money": _sum,
    "dec": _decimal,
}
