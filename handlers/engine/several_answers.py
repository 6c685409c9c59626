"""Several answers in one message: "12, 5, 0", one a line, "1) 640 2) 3", "câu 3: 12, câu 4: 5"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handlers.engine.vietnamese import fold

LONGEST = 300
MOST = 20
_NAMED = re.compile(r"(?:^|(?<=[\s,;.]))(?:cau|muc|dong)(?: so)? ?([0-9]{1,2}) ?(?::|=|la|-)? ?")
_NUMBERED = re.compile(r"(?:^|(?<=[\s,;]))([0-9]{1,2})(?:[):] ?|[./] )(?=\S)")
_BREAK = re.compile(r"\s*(?:[;\n]|,(?=\s))\s*")
_CLOSE = re.compile(r"[0-9]{1,6}(?:,[0-9]{1,6}){2,}")
_STARTS = re.compile(r"\W*(?:[0-9]|(?:khong|ko|k|chua)\b)")


@dataclass(frozen=True, slots=True)
class Parts:
    """The answers as they were typed, and the numbers that stand before them, if any do."""

    words: tuple[str, ...]
    numbers: tuple[int, ...] = ()
    by_question: bool = False
    """Whether the numbers name questions for certain: "câu 3: 12"."""


def split(text: str) -> Parts | None:
    """The answers of a message, at least two; None if it holds one, or does not look like a row of numbers."""
    typed = text.strip().strip(".")
    if len(typed) > LONGEST or "(" in typed or len(fold(typed)) != len(typed):
        return None
    parts = _labelled(typed, _NAMED, by_question=True) or _labelled(typed, _NUMBERED) or _listed(typed)
    if parts is None or not 2 <= len(parts.words) <= MOST:
        return None
    return parts if all(_STARTS.match(fold(words)) for words in parts.words) else None


def _labelled(typed: str, label: re.Pattern[str], *, by_question: bool = False) -> Parts | None:
    found = list(label.finditer(fold(typed)))
    if len(found) < 2 or found[0].start():
        return None
    ends = [*(each.start() for each in found[1:]), len(typed)]
    words = tuple(typed[each.end() : end].strip(" ,;\n") for each, end in zip(found, ends, strict=True))
    numbers = tuple(int(each[1]) for each in found)
    if not all(words) or list(numbers) != sorted(set(numbers)):
        return None
    return Parts(words, numbers, by_question)


def _listed(typed: str) -> Parts | None:
    """By commas with a space, semicolons or lines; 12,5,0 too, but never 12,5 nor 1,200,000."""
    if _CLOSE.fullmatch(typed):
        words = tuple(typed.split(","))
        return None if all(len(each) == 3 for each in words[1:]) else Parts(words)
    return Parts(tuple(words for words in _BREAK.split(typed) if words))
