"""Long texts in several messages: cut where a reader would pause."""

from __future__ import annotations

import re
import unicodedata

from bot.channels.telegram.words import units

LONGEST = 4096
"""UTF-16 units of a message once its markup was read."""
PAUSES = tuple(re.compile(pattern) for pattern in (r"\n\s*\n", r"\n", r"[.!?…]\s", r"\s"))
"""Paragraph, line, sentence, word."""


def split(text: str, most: int = LONGEST) -> list[str]:
    """The parts of a text, none longer than `most` UTF-16 units and none empty."""
    parts = []
    rest = text.strip()
    while units(rest) > most:
        at = _pause(rest, _reach(rest, most))
        parts.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return [*parts, rest] if rest else parts


def _reach(text: str, most: int) -> int:
    """How many letters fit."""
    reached = 0
    for position, letter in enumerate(text):
        reached += 2 if letter > "\uffff" else 1
        if reached > most:
            return position
    return len(text)


def _pause(text: str, reach: int) -> int:
    """The last pause within reach, of the kind that divides best; a part is never less than a quarter full."""
    for pattern in PAUSES:
        ends = [found.end() for found in pattern.finditer(text, reach // 4, reach)]
        if ends:
            return ends[-1]
    while reach > 1 and unicodedata.combining(text[reach]):
        reach -= 1
    return reach
