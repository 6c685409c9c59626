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


def number_of(line: Sequence[Word]) -> int | None:
    """A number and nothing else, apart from words that introduce it: 2, câu 2, cái thứ hai."""
    line = [word for word in line if word.plain not in ".,;:()"]
    at = 0
    while at < len(line) - 1 and not line[at].figure and leads(gloss(line[: at + 1])[-1]):
        at += 1
    joined = " ".join(gloss(line[:at]))
    if not line or not (not joined or leads(joined)):
        return None
    if line[at].figure:
        whole = len(line) == at + 1 and re.fullmatch(r"[0-9]{1,9}", line[at].plain)
        return int(line[at].plain) if whole else None
    if not starts(line, at) and not (line[at].plain == "tu" and at):
        return None
    if line[at].plain == "tu":
        return 4 if len(line) == at + 1 else None
    try:
        number = quantity(line, at)
    except Unclear:
        return None
    return int(number.value) if number.end == len(line) and not number.doubt else None


def in_list(number: int, labels: Sequence[str]) -> int:
    """The number, if there is such an option."""
    if not 1 <= number <= (len(labels) or 99):
        raise Unclear("not_in_list")
    return number
