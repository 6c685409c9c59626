"""A place among the words of a number, and what can be seen from there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.engine.figures import Literal, literal
from handlers.engine.number_words import (
    AFTER_TENS,
    ALONE,
    DIGITS,
    DOZEN,
    FIGURES,
    HALVED,
    HUNDRED,
    SHORT_TENS,
    TEN,
    ZERO,
)
from handlers.engine.vietnamese import Word

_NAMES = frozenset({("cong", "ty"), ("cong", "chuc"), ("viet", "nam")})
"""Pairs of words that are a name, although the second one is a number as well."""


def starts(line: Sequence[Word], at: int) -> bool:
    """Whether a number begins there."""
    word = line[at]
    if at and (line[at - 1].plain, word.plain) in _NAMES:
        return False
    if (
        word.figure
        or word.shape in DIGITS
        or word.shape in TEN
        or word.shape in HUNDRED
        or word.shape in ALONE
    ):
        return True
    if word.shape in SHORT_TENS:
        return at + 1 < len(line) and (line[at + 1].shape in DIGITS or line[at + 1].shape in AFTER_TENS)
    return word.shape in DOZEN or word.shape in HALVED


@dataclass(slots=True)
class Cursor:
    """A place among the words; `doubt` keeps the last reason to confirm."""

    line: Sequence[Word]
    at: int
    doubt: str = ""
    tenth: bool = False
    literal: Literal | None = None

    def _here(self) -> Word:
        return self.line[self.at]

    def _sees(self, table: Mapping[str, int], ahead: int = 0) -> bool:
        return self.at + ahead < len(self.line) and self.line[self.at + ahead].shape in table

    def _take(self, table: Mapping[str, int]) -> bool:
        taken = self._sees(table)
        self.at += taken
        return taken

    def _value(self, table: Mapping[str, int]) -> int:
        self.at += 1
        return table[self.line[self.at - 1].shape]

    def _single_figure(self) -> bool:
        return self.at < len(self.line) and self._here().plain in FIGURES

    def _digit_before(self, table: Mapping[str, int]) -> bool:
        return (self._single_figure() or self._sees(DIGITS)) and self._sees(table, 1)

    def _digit(self) -> int:
        if self._single_figure():
            self.literal = literal(self._here().plain)
            self.at += 1
            return int(self.literal.value)
        return self._value(DIGITS if self._sees(DIGITS) else AFTER_TENS)

    def _number_here(self) -> bool:
        return self.at < len(self.line) and (
            starts(self.line, self.at) or (self._sees(ZERO) and self._sees(HUNDRED, 1))
        )
