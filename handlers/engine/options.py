"""Yes or no, or one option: by number, by label or a part of it, never by a negated one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers.engine import phrases, polarity
from handlers.engine.glosses import gloss, without_courtesy
from handlers.engine.labels import STRONG, WHOLE, negative, strength
from handlers.engine.labels import named as named_by
from handlers.engine.option_numbers import in_list, number_of, of_place
from handlers.engine.outcome import Reading, Unclear, found
from handlers.engine.vietnamese import Word, fold, words

_NUMBERED = re.compile(r"([12]) ?[.):,-]? (?=\w)")
_NONE = re.compile(r"khong(?: (?:co|phat sinh|dang ky|can|tham gia|ap dung|de nghi))?(?: gi)?")


# Thì tốt chứ sao, anh thấy tốt, cũng khá: how an opinion is put, around the one option.
_OPINION = re.compile(
    r"(?P<lead>(?:(?:thi|la|cung|chac|co le|hinh nhu|noi chung|the|vay|cho|"
    r"(?:(?:theo )?(?:em|anh|chi|co|chu|bac|minh|don vi|ben em|ben minh) )?(?:tu )?(?:thay|~?nghi|danh gia)) )*)"
    r"(?P<said>.+?)"
    r"(?P<tail>(?: (?:chu|sao|ma|~?ca|het|thoi|~?lam|quar?|vay|di|con gi|gi nua|qua ~?di))*)"
)
_HEDGED = re.compile(r"\b(?:vay|the|cung|chac|co le|hinh nhu|~?lam|quar?|noi chung)\b")


def mentions(message: str, labels: Sequence[str]) -> bool:
    """Whether the message names an option, at least in part."""
    line = without_courtesy(words(message))
    return any(strength(line, label) for label in labels)


def yes_no(message: str, labels: Sequence[str]) -> Reading:
    """True for the first option or an affirmation, False for a denial."""
    shown = list(labels) if len(labels) == 2 else ["Có", "Không"]
    line = without_courtesy(words(message))
    number = number_of(line)
    if number is not None and not (number == 0 or (len(line) > 1 and line[0].plain == "co")):
        return found(in_list(number, shown) == 1)
    named = named_by(line, shown) if labels else None
    if named is not None and named[1] >= STRONG:
        return found(named[0] == 1)
    numbered = _NUMBERED.match(message)
    agreed = polarity.of(message[numbered.end() :] if numbered else message)
    if agreed is None:
        raise Unclear("not_clear")
    value = agreed.value != negative(shown[0])
    if numbered and value != (numbered[1] == "1"):
        raise Unclear("several")
    return found(value, agreed.doubt)


def one(message: str, labels: Sequence[str]) -> Reading:
    """The number of the one option that is meant."""
    line = without_courtesy(words(message))
    number = number_of(line)
    if number:
        return found(in_list(number, labels), "" if labels or number < 10 else "not_in_list")
    glossed = " ".join(gloss(line))
    place = of_place(glossed, len(labels) or 9)
    if len(place) == 1:
        return found(place[0], "" if place == [1] or not labels else "label")
    if any(word.figure for word in line):
        return _numbered_label(line, labels)
    named = named_by(line, labels)
    if named is not None and named[1] >= STRONG:
        return found(named[0])
    thought = _opinion(line, labels)
    if thought is not None:
        return thought
    return _nothing(message, glossed, labels) or _weak(named, glossed)


def _opinion(line: Sequence[Word], labels: Sequence[str]) -> Reading | None:
    """One option inside the words of an opinion; a hedged one is read back."""
    spoken = [word for word in line if not word.sign]
    told = _OPINION.fullmatch(" ".join(gloss(spoken)))
    if told is None or len(gloss(spoken)) != len(told[0].split()):
        return None
    start, size = len(told["lead"].split()), len(told["said"].split())
    named = named_by(spoken[start : start + size], labels)
    if named is None or named[1] <= (WHOLE - 1 if negative(labels[named[0] - 1]) else STRONG):
        return None
    around = f"{told['lead']} {told['tail']}"
    return found(named[0], "label" if _HEDGED.search(around) else "")


def _weak(named: tuple[int, int] | None, glossed: str) -> Reading:
    if phrases.is_unknown(glossed):
        raise Unclear("unknown")
    if named is None:
        raise Unclear("not_in_list")
    return found(named[0], "label")


def _numbered_label(line: Sequence[Word], labels: Sequence[str]) -> Reading:
    """2 Khá, 2. Khá: number and label must agree."""
    number = number_of(line[:1])
    rest = [word for word in line[1:] if not word.sign]
    named = named_by(rest, labels) if rest else None
    if number is None or named is None or any(word.figure for word in rest):
        raise Unclear("several" if sum(word.figure for word in line) > 1 else "not_in_list")
    if named[0] != in_list(number, labels):
        raise Unclear("several")
    return found(number)


def _nothing(message: str, glossed: str, labels: Sequence[str]) -> Reading | None:
    """Không, chưa có: the option that stands for nothing; có, rồi: the other one of two."""
    alone = [number for number, label in enumerate(labels, start=1) if negative(label)]
    none = [number for number in alone if fold(labels[number - 1]).startswith("khong")]
    if len(none) == 1 and len(labels) > 2 and (phrases.is_zero(glossed) or glossed == "0"):
        return found(none[0], "" if _NONE.fullmatch(fold(labels[none[0] - 1])) else "label")
    if len(labels) != 2:
        return None
    agreed = polarity.of(message)
    if agreed is None:
        return None
    if len(alone) == 1:
        return found(alone[0] if not agreed.value else 3 - alone[0], agreed.doubt)
    affirmed = polarity.of(labels[0])
    if affirmed is None or not affirmed.value:
        return None
    return found(1, agreed.doubt) if agreed.value else found(2, "label")
