"""Counts, sums of money and decimals: the number in an answer, and whether the answer is that number."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from handlers.engine import phrases, spelling, surroundings
from handlers.engine.beside import without_references
from handlers.engine.figures import LOOK_ALIKE
from handlers.engine.glosses import gloss, without_courtesy
from handlers.engine.number_cursor import starts
from handlers.engine.numerals import Number, quantity
from handlers.engine.outcome import Unclear
from handlers.engine.second_thoughts import corrected
from handlers.engine.sums import computed
from handlers.engine.vietnamese import Word, fold, words

MOST = {"int": 1_000_000, "money": 100_000_000_000, "dec": 1_000}
BEYOND = {"int": 10**9, "money": 10**13, "dec": 10**6}
SMALLEST_SUM = 10_000

# ,5 and (5): a part of a number, or in book-keeping a negative one.
_CUT_OFF = re.compile(r"(?<![0-9])[.,][0-9]|^\(\s*[0-9.,]+\s*\)$")
# "15 triệu một tháng" is no 15,1 triệu.
_EVERY = frozenset({"thang", "nam", "quy", "tuan", "ngay", "lan", "dot", "nay", "ngoai", "truoc"})
_RATE = re.compile(r"\b(?:tỷ|tỉ|ty|ti) (?:lệ|le)\b(?: ?: ?|(?= ))")
_BREAKDOWN = re.compile(
    r"[\s,;:.-]+(?:trong do|bao gom|gom co|gom|cu the|co (?=[0-9]+ (?:nu|nam)\b)|rieng)\b"
)
# A picture says nothing about a number, apart from a thumb that points down.
_PICTURES = re.compile(r"[\U0001F000-\U0001F44D\U0001F44F-\U0001FAFF\uFE0F]+")
# 1 trăm 2 mươi: figures amid words.
_MIXED = re.compile(r"(?<![\w.,])([1-9]) ?(?=trăm [0-9]|tram [0-9]|mươi\b|muoi\b)")
# 2.500 (nghìn đồng), as in a heading.
_UNIT_BEHIND = re.compile(r"(?<=[0-9]) ?\(((?:nghìn|ngàn|triệu|tỷ|tỉ)(?: đồng|đ)?|đồng|đ|%)\)$")
# Không có, do đơn vị nghỉ hè.
_BECAUSE = re.compile(r"(.+?)[ ,;:]+(?:la )?(?:vi|do|tai|boi)(?: vi)? [^0-9]+$")
# Như cũ 73: that it has not changed, and the figure.
_UNCHANGED_FIRST = re.compile(
    r"(?:van )?(?:nhu cu|nhu (?:thang|ky) truoc|giu nguyen|khong doi|khong thay doi)[ ,.:;]+(?:la |van la )?(?=[0-9])"
)
_BRACKETS = re.compile(r"([^()]+)\(([^()]+)\)([^()]*)")
# "Quỹ thì chưa đóng": what it is about, and that there is none.
_TOPIC = re.compile(r"(?P<topic>[^\d,;]{2,40}?) thi (?P<rest>.+)")
_POLITE_END = re.compile(r"(?: (?:em|a|nhe|nha))+$")
_TAKEN_BACK = re.compile(r"(?:a|ay|oi|uy|chet)[, ]+(?:khong(?: phai)?|ko|k|nham(?: roi)?)[,. ]+(?=[0-9])")
# "642 đv, tăng 3": how many came beside how many there are.
_CAME = re.compile(
    r"(?P<kept>.*[0-9].*?)[\s,;.(-]+(?:(?:thang nay|so voi thang truoc|la|do|da|co|vua) )*"
    r"(?:tang|giam|moi vao|vao moi|nghi viec|nghi huu)(?: (?:them|duoc|moi|di))*"
    r" [0-9]{1,3}(?: [a-z/]+){0,2}[ )]*"
)
_LABEL = re.compile(r"[^0-9:]+:\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Amount:
    """A value with the reason to confirm it, if any."""

    value: Decimal
    doubt: str = ""


def amount(kind: str, message: str) -> Amount:
    """The number that the message as a whole states; Unclear if it states none or several."""
    message = _PICTURES.sub(" ", message)
    message = _UNIT_BEHIND.sub(r" \1 ", message)
    message = _MIXED.sub(lambda found: f"{spelling.DIGITS[int(found[1])]} ", message)
    if said := _UNCHANGED_FIRST.match(fold(message)):
        return Amount(_amount(kind, message[said.end() :]).value, "two_numbers")
    for split in (_bracketed, _corrected, _broken_down, _beside_change, _beside_others):
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
    worked_out = inside.doubt if inside.doubt == "arithmetic" else ""
    return Amount(outside.value, worked_out or (outside.doubt and inside.doubt))


def _corrected(kind: str, message: str) -> Amount | None:
    """20 à nhầm 25: the second one, confirmed."""
    folded = fold(message)
    again = _TAKEN_BACK.match(folded) if len(folded) == len(message) else None
    if again:
        return Amount(_amount(kind, message[again.end() :]).value, "two_numbers")
    said = corrected(message)
    if said is None:
        return None
    try:
        _amount(kind, said[0])
        return Amount(_amount(kind, said[1]).value, "two_numbers")
    except Unclear:
        return None


def _beside_others(kind: str, message: str) -> Amount | None:
    """Quý 3 có 6 cuộc: the one number that counts, confirmed."""
    kept = without_references(kind, message)
    if kept == message:
        return None
    try:
        return Amount(_amount(kind, kept).value, "unknown_words")
    except Unclear:
        return None


def _beside_change(kind: str, message: str) -> Amount | None:
    """642 đoàn viên, tăng 3: the number there is, confirmed."""
    folded = fold(message)
    found = _CAME.fullmatch(folded) if kind == "int" and len(folded) == len(message) else None
    if found is None:
        return None
    try:
        return Amount(_amount(kind, message[: found.end("kept")]).value, "two_numbers")
    except Unclear:
        return None


def _broken_down(kind: str, message: str) -> Amount | None:
    """12 người, trong đó 5 nữ: the first number, confirmed."""
    found = _BREAKDOWN.search(fold(message))
    if found is None or not found.start():
        return None
    return Amount(_amount(kind, message[: found.start()]).value, "two_numbers")


def _amount(kind: str, message: str) -> Amount:
    if LOOK_ALIKE.search(message):
        raise Unclear("look_alike")
    if _CUT_OFF.search(message):
        raise Unclear("bad_groups")
    label = _LABEL.match(message)
    if label and surroundings.is_heading(gloss(words(label[0]))):
        message = message[label.end() :]
    if kind == "dec":
        message = _RATE.sub("", message)
    said = words(message.replace("phần trăm", "%").replace("phan tram", "%"))
    line = without_courtesy(said)
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
    if len(line) == 1 and not line[0].figure and found.value and _called(said):
        doubt = "look_alike"
    return Amount(found.value, doubt or ("question" if asked else ""))


def _called(said: Sequence[Word]) -> bool:
    """Anh hai, chị ba, ba ơi, bọn em: a person, not a number."""
    pairs = ((before.plain, after.plain) for before, after in pairwise(said))
    return any(
        (before in {"anh", "chi", "em"} and after not in {"a", "oi"} and not before.isdigit())
        or after == "oi"
        for before, after in pairs
    ) or (said[0].shape == "bon" and len(said) > 1)


def _zero(glossed: str) -> Amount | None:
    said = [_POLITE_END.sub("", part.strip()) for part in re.split(r"[,;.()]+", glossed) if part.strip()]
    if said and all(phrases.is_zero(part) or part in {"0", "a", "vang a"} for part in said) and said != ["0"]:
        return Amount(Decimal(0)) if any(phrases.is_zero(part) for part in said) else None
    because = _BECAUSE.match(glossed)
    if because and (phrases.is_zero(because[1]) or phrases.is_perhaps_zero(because[1])):
        return Amount(Decimal(0), "perhaps_zero")
    if phrases.is_unknown(glossed):
        raise Unclear("unknown")
    none = phrases.is_perhaps_zero(glossed) or _none_of_a_topic(glossed)
    return Amount(Decimal(0), "perhaps_zero") if none else None


def _none_of_a_topic(glossed: str) -> bool:
    """Nhà trọ thì cũng chẳng có: perhaps what is asked for, so that it is read back."""
    found = _TOPIC.fullmatch(glossed)
    if found is None or re.search(r"[~?]|\b(?:khong|chua)\b", found["topic"]):
        return False
    if surroundings.of_another_time(found["topic"]):
        return False
    return phrases.is_zero(found["rest"]) or phrases.is_perhaps_zero(found["rest"])


def _stated(kind: str, line: list[Word]) -> Amount:
    if line[0].plain == "=" and len(line) > 1:
        line = line[1:]
    if kind == "dec" and gloss(line)[:2] in (["khong", "phay"], ["khong", "cham"]) and line[2:]:
        fraction, end = _fraction(line, 2)
        surroundings.check(kind, (), gloss(line[end:]), spoken=True)
        return Amount(fraction, "spoken")
    worked_out = computed(kind, line)
    if worked_out is not None:
        return Amount(worked_out, "arithmetic")
    at = next((index for index in range(len(line)) if _number_at(line, index)), None)
    if at is None:
        surroundings.check(kind, gloss(line), (), spoken=True)
        raise Unclear("not_a_number")
    number = quantity(line, at)
    end = number.end
    if kind == "dec":
        number, end = _with_fraction(line, number)
    before, after, carried = _beside_carry(line[:at], line[end:])
    rest = range(surroundings.unit_size(gloss(after)), len(after))
    if any(_number_at(after, index) for index in rest) or any(word.figure for word in before):
        raise Unclear(_between(after))
    if before and before[-1].plain in {"-", "+", "/"}:
        raise Unclear("negative" if before[-1].plain == "-" else "arithmetic")
    context = surroundings.check(kind, _context(before), _context(after), spoken=number.spoken)
    value, doubt = _FIELDS[kind](number, after)
    return Amount(value, context or doubt or carried)


def _beside_carry(
    before: Sequence[Word], after: Sequence[Word]
) -> tuple[Sequence[Word], Sequence[Word], str]:
    """12 như tháng trước: the figure is said, and that it has not changed."""
    unit = surroundings.unit_size(gloss(after))
    if _carries(after[unit:]):
        return before, after[:unit], "two_numbers"
    return ((), after, "two_numbers") if _carries(before) else (before, after, "")


def _carries(line: Sequence[Word]) -> bool:
    said = re.sub(
        r"(?: (?:la|van|van la|tuc la|nghia la|cung la|duoc|co|[,:;.()-]))+$", "", " ".join(gloss(line))
    )
    return bool(said) and phrases.is_carry(said.strip(" ,.;:()-"))


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
    if number.tenth and after and after[0].plain in _EVERY:
        raise Unclear("unit_price")
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


def _decimal(number: Number, after: Sequence[Word]) -> tuple[Decimal, str]:
    figure = number.literal
    if figure is None or number.unit != 1:
        return number.value, number.doubt or ("unit" if number.unit != 1 else "")
    if figure.style == "commas":
        if figure.text.count(",") > 1:
            raise Unclear("bad_groups")
        return Decimal(figure.text.replace(",", ".")), "separator"
    if figure.style == "dots" and figure.text.count(".") == 1 and after and after[0].plain == "%":
        return Decimal(figure.text), "separator"
    dotted = figure.style == "dots" or "." in figure.text or figure.style == "both"
    return number.value, number.doubt or ("separator" if dotted else "")


_FIELDS: dict[str, Callable[[Number, Sequence[Word]], tuple[Decimal, str]]] = {
    "int": _count,
    "money": _sum,
    "dec": _decimal,
}
