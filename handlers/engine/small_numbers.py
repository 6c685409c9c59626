"""Numbers below a thousand, in figures or words: hundreds, tens, and the digit after them."""

from __future__ import annotations

from decimal import Decimal

from handlers.engine.figures import literal
from handlers.engine.number_cursor import Cursor, starts
from handlers.engine.number_words import (
    AFTER_TENS,
    ALONE,
    DIGITS,
    DOUBTFUL,
    DOZEN,
    HALF,
    HUNDRED,
    ODD,
    SHORT_TENS,
    TEN,
    TENS,
    ZERO,
)
from handlers.engine.outcome import Unclear


class SmallNumbers(Cursor):
    """Reads a figure, or words below a thousand."""

    __slots__ = ()

    def _small(self) -> Decimal:
        """A figure, or words below a thousand."""
        if self._here().figure and not self._digit_before(HUNDRED) and not self._digit_before(TENS):
            if self._sees(HUNDRED, 1) or self._sees(TENS, 1):
                raise Unclear("two_numbers")
            self.literal = found = literal(self._here().plain)
            self.at += 1
            return found.value
        return Decimal(self._hundreds())

    def _hundreds(self) -> int:
        if self._sees(HUNDRED):
            hundreds = 1
            following = self.line[self.at + 1 : self.at + 2]
            self.doubt = "" if following and starts(following, 0) and not following[0].figure else "vague"
        elif self._digit_before(HUNDRED):
            hundreds = self._digit()
        elif self._sees(ZERO) and self._sees(HUNDRED, 1):
            hundreds = 0
            self.at += 1
        else:
            return self._tens()
        self.at += 1
        return hundreds * 100 + self._below_hundred(zero=hundreds == 0)

    def _below_hundred(self, *, zero: bool) -> int:
        if self._take(HALF):
            self.doubt = ""
            return 50
        if self._take(ODD):
            if not (self._sees(DIGITS) or self._sees(AFTER_TENS) or self._single_figure()):
                raise Unclear("not_a_number")
            return self._digit()
        if self._sees(AFTER_TENS) and not self._sees(DIGITS):
            self.doubt = "tail"
            return self._value(AFTER_TENS) * 10
        return self._rest(zero=zero) if self._number_here() else 0

    def _rest(self, *, zero: bool) -> int:
        """What follows a hundred: two figures, tens, or a lone digit, which is a tenth of it."""
        here = self._here()
        if here.figure and not self._digit_before(TENS):
            if len(here.plain) > 2:
                raise Unclear("two_numbers")
            self.literal = literal(here.plain)
            self.at += 1
            rest = int(here.plain)
            lone = len(here.plain) == 1
        elif self._sees(ALONE) or self._sees(HUNDRED):
            return 0
        else:
            start = self.at
            rest = self._tens()
            lone = rest < 10 and self.at == start + 1
        if lone and zero:
            raise Unclear("tail")
        self.doubt = "tail" if lone else self.doubt
        return rest * 10 if lone else rest

    def _tens(self) -> int:
        if self._sees(TEN):
            self.at += 1
            return 10 + self._unit(years=True)
        if self._take(DOZEN):
            self.doubt = "vague"
            return 15 if self._take(HALF) else 10
        if self._sees(SHORT_TENS) and (self._sees(DIGITS, 1) or self._sees(AFTER_TENS, 1)):
            return self._value(SHORT_TENS) + self._unit(years=True)
        if not self._sees(DIGITS) and not self._single_figure():
            raise Unclear("vague" if self._sees(TENS) else "not_a_number")
        here = self._here()
        digit = self._digit()
        if self._sees(TENS) or self._sees(TEN):
            return digit * 10 + self._after_tens()
        if self._sees(AFTER_TENS) or self._sees(DIGITS):
            return self._spoken_tens(digit)
        if not here.marked and here.plain in DOUBTFUL:
            self.doubt = "look_alike"
        return digit

    def _after_tens(self) -> int:
        self.at += 1
        if self._take(HALF):
            self.doubt = "tail"
            return 5
        if self._single_figure():
            return self._digit()
        return self._unit(years=True)

    def _unit(self, *, years: bool) -> int:
        """The digit after tens, unless it belongs to a number of its own: "hai mươi, ba mươi"."""
        if any(self._sees(each, 1) for each in (TENS, TEN, HUNDRED, DIGITS, AFTER_TENS)):
            return 0
        if self._sees(DIGITS):
            if years and self._here().plain == "nam":
                self.doubt = "look_alike"
            return self._digit()
        return self._value(AFTER_TENS) if self._sees(AFTER_TENS) else 0

    def _spoken_tens(self, digit: int) -> int:
        """Tens without mươi: bốn lăm, ba mốt; two plain digits are as often an estimate: ba bốn."""
        word = self._here()
        if self.at + 1 < len(self.line) and self.line[self.at + 1].plain == "phay" and self._sees(DIGITS):
            self.doubt = "spoken"
            return digit * 10 + self._value(DIGITS)
        only_after_tens = word.shape in AFTER_TENS
        unit = self._value(AFTER_TENS if only_after_tens else DIGITS)
        if digit == 1 or any(self._sees(each) for each in (TENS, TEN, HUNDRED, DIGITS)):
            raise Unclear("range")
        if only_after_tens and word.marked:
            return digit * 10 + unit
        if (not only_after_tens and abs(unit - digit) in {0, 1, 2}) or word.plain == "nam":
            raise Unclear("range")
        self.doubt = "spoken"
        return digit * 10 + unit
