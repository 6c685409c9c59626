"""Numbers as they are typed and spoken: figures, words, and mixtures of both, with magnitudes and tails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from handlers.engine.figures import Literal
from handlers.engine.number_words import (
    AFTER_TENS,
    ALONE,
    CURRENCY,
    DIGITS,
    HALF,
    HALVED,
    HUNDRED,
    MAGNITUDES,
    ODD,
    TENS,
    ZERO,
)
from handlers.engine.outcome import Unclear
from handlers.engine.small_numbers import SmallNumbers
from handlers.engine.vietnamese import Word

_POINT = frozenset({"phay", "cham"})


@dataclass(frozen=True, slots=True)
class Number:
    """A number in words[start:end]; `doubt` is why to confirm it, `unit` the magnitude that was said last."""

    value: Decimal
    start: int
    end: int
    doubt: str = ""
    unit: int = 1
    tenth: bool = False
    literal: Literal | None = None
    ending: str = ""

    @property
    def spoken(self) -> bool:
        """Whether no figure occurs in it."""
        return self.literal is None


def quantity(line: Sequence[Word], at: int) -> Number:
    """Read the longest number that begins there: 2tr5, 15 triệu 500 nghìn, hai nghìn không trăm hai mươi sáu."""
    return _Reader(line, at).number()


class _Reader(SmallNumbers):
    """Reads forward through terms that fall in magnitude."""

    __slots__ = ()

    def number(self) -> Number:
        start = self.at
        value, unit = self._half() if self._take(HALVED) else self._terms()
        return Number(
            value, start, self.at, self.doubt, unit, self.tenth, self.literal, self.line[self.at - 1].plain
        )

    def _half(self) -> tuple[Decimal, int]:
        unit = self._magnitude()
        if unit is None:
            raise Unclear("not_a_number")
        return Decimal(unit) / 2, unit

    def _terms(self) -> tuple[Decimal, int]:
        """Coefficient and magnitude, again and again while the magnitudes fall."""
        bare = self._sees(ALONE)
        value = Decimal(1) if bare else self._small() + self._tenths()
        unit = self._magnitude()
        if unit is None:
            return value, 1
        self._check_separators()
        total = value * unit
        if bare and not self._goes_on():
            raise Unclear("vague")
        while (more := self._more(unit)) is not None:
            part, smaller = more
            total += part
            if smaller is None:
                break
            unit = smaller
        return total, unit

    def _tenths(self) -> Decimal:
        """Hai phẩy năm triệu: what stands after the point, where a magnitude follows it; otherwise 0."""
        start, kept, doubt = self.at, self.literal, self.doubt
        whole = kept is None or kept.style == "plain"
        if whole and self.at < len(self.line) and self._here().plain in _POINT:
            self.at += 1
            part = self._small() if self._number_here() else Decimal(0)
            if part and part < 100 and self._sees(MAGNITUDES):
                digits = self.literal.text if self.literal and self.at == start + 2 else str(part)
                self.doubt = self.doubt or "spoken"
                return Decimal(f"0.{digits}") if digits.isdigit() else Decimal(0)
        self.at, self.literal, self.doubt = start, kept, doubt
        return Decimal(0)

    def _check_separators(self) -> None:
        style = self.literal.style if self.literal else ""
        if style == "commas":
            raise Unclear("separator")
        if style in {"dots", "spaces", "both"}:
            self.doubt = "separator"

    def _more(self, unit: int) -> tuple[Decimal, int | None] | None:
        """What follows a magnitude: a half, a smaller term with its magnitude, or a tail without one."""
        if not self._goes_on():
            return None
        if self.literal and self.literal.style == "decimal":
            raise Unclear("two_numbers")
        if self._take(HALF):
            # "Hai trăm nghìn rưỡi" may be 200.500 or 250.000.
            said = self.line[self.at - 3 : self.at - 2]
            self.doubt = (
                "tail" if said and (said[0].shape in HUNDRED or said[0].shape in TENS) else self.doubt
            )
            return Decimal(unit) / 2, None
        if self._take(ODD):
            return self._odd(unit)
        if self._sees(AFTER_TENS) and not self._sees(DIGITS):
            self.tenth = True
            return Decimal(self._value(AFTER_TENS) * unit) / 10, None
        return self._term(unit)

    def _goes_on(self) -> bool:
        return self._number_here() or any(self._sees(each) for each in (HALF, ODD, AFTER_TENS))

    def _term(self, unit: int) -> tuple[Decimal, int | None]:
        start = self.at
        if self._sees(ALONE):
            raise Unclear("two_numbers")
        part = self._small()
        smaller = self._magnitude()
        if smaller is None:
            return self._tail(part, unit, self.line[start : self.at]), None
        if part * smaller >= unit:
            raise Unclear("two_numbers")
        return part * smaller, smaller

    def _odd(self, unit: int) -> tuple[Decimal, int | None]:
        """Hai nghìn linh sáu, hai triệu lẻ năm nghìn."""
        if not self._number_here():
            raise Unclear("tail")
        part = self._small()
        smaller = self._magnitude()
        if smaller is not None and part * smaller < unit:
            return part * smaller, smaller
        if smaller is not None or unit != 1_000 or part >= 100:
            raise Unclear("tail")
        return part, None

    def _tail(self, part: Decimal, unit: int, said: Sequence[Word]) -> Decimal:
        """2tr5, 2tr500, 2tr05; the same in words: a lone digit is a tenth of what was said before it."""
        if len(said) == 1 and said[0].figure:
            return self._tail_in_figures(said[0].plain, part, unit)
        if part < 10 and len(said) == 1:
            self.tenth = True
            return part * unit / 10
        zero = said[0].shape in ZERO
        if unit > 1_000 or (part < 100 and not zero):
            self.doubt = "tail"
        if unit == 1_000 or (self._sees(CURRENCY) and (zero or part >= 100)):
            return part
        if part < 100:
            raise Unclear("tail")
        return part * unit / 1_000

    def _tail_in_figures(self, text: str, part: Decimal, unit: int) -> Decimal:
        if not text.isdigit():
            if part >= unit or part != part.to_integral_value():
                raise Unclear("two_numbers")
            self.doubt = "two_numbers"
            return part
        if len(text) > 3 or not part or (len(text) == 2 and text[0] != "0"):
            raise Unclear("tail")
        self.tenth = len(text) == 1
        return part * unit / Decimal(10 ** len(text))

    def _magnitude(self) -> int | None:
        if not self._sees(MAGNITUDES):
            return None
        if self._here().plain in {"k", "m"} and not self._after_figure():
            return None
        unit = self._value(MAGNITUDES)
        if unit == 1_000 and self.at < len(self.line) and MAGNITUDES.get(self._here().shape) == 10**9:
            unit *= self._value(MAGNITUDES)
        return unit

    def _after_figure(self) -> bool:
        before = self.line[self.at - 1] if self.at else None
        return before is not None and (before.figure or before.shape in HUNDRED or before.shape in TENS)
