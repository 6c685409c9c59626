"""Numbers as they are typed and spoken: figures, words, and mixtures of both, with magnitudes and tails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from handlers.engine.figures import Literal, literal
from handlers.engine.outcome import Unclear
from handlers.engine.vietnamese import Word, lexicon

DIGITS = lexicon(
    {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9}
)
# Said only after tens: hai mươi mốt, hai tư, bốn lăm.
AFTER_TENS = lexicon({"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5})
MAGNITUDES = lexicon({
    "nghìn": 10**3, "ngàn": 10**3, "nghin": 10**3, "k": 10**3,
    "triệu": 10**6, "tr": 10**6, "m": 10**6, "củ": 10**6, "trđ": 10**6, "triệuđ": 10**6,
    "tỷ": 10**9, "tỉ": 10**9, "tỷđ": 10**9,
})  # fmt: skip
# They may stand without a number before them: "triệu rưỡi".
BARE = frozenset({"nghìn", "ngàn", "triệu", "củ", "tỷ", "tỉ"})
# Without marks these are as often another word: nam, sau, tạm, bay.
DOUBTFUL = frozenset({"nam", "sau", "tam", "bay"})

_BARE = lexicon(dict.fromkeys(BARE, 1))
_ZERO = lexicon({"không": 0})
_HUNDRED = lexicon({"trăm": 100})
_TENS = lexicon({"mươi": 10, "chục": 10})
_TEN = lexicon({"mười": 10})
_ODD = lexicon({"linh": 0, "lẻ": 0})
_HALF = lexicon({"rưỡi": 0, "rưởi": 0})
_HALVED = lexicon({"nửa": 0})
_DOZEN = lexicon({"chục": 10})
_CURRENCY = lexicon({"đồng": 1, "đ": 1})
_FIGURES = frozenset("123456789")


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


def starts(line: Sequence[Word], at: int) -> bool:
    """Whether a number begins there."""
    word = line[at]
    if (
        word.figure
        or word.shape in DIGITS
        or word.shape in _TEN
        or word.shape in _HUNDRED
        or word.shape in _BARE
    ):
        return True
    return word.shape in _DOZEN or word.shape in _HALVED


def quantity(line: Sequence[Word], at: int) -> Number:
    """Read the longest number that begins there: 2tr5, 15 triệu 500 nghìn, hai nghìn không trăm hai mươi sáu."""
    return _Reader(line, at).number()


@dataclass(slots=True)
class _Reader:
    """Reads forward through the words; `doubt` keeps the last reason to confirm."""

    line: Sequence[Word]
    at: int
    doubt: str = ""
    tenth: bool = False
    literal: Literal | None = None

    def number(self) -> Number:
        start = self.at
        value, unit = self._half() if self._take(_HALVED) else self._terms()
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
        bare = self._sees(_BARE)
        value = Decimal(1) if bare else self._small()
        unit = self._magnitude()
        if unit is None:
            return value, 1
        self._check_separators()
        total = value * unit
        if bare and not self._goes_on():
            self.doubt = "vague"
        while (more := self._more(unit)) is not None:
            part, smaller = more
            total += part
            if smaller is None:
                break
            unit = smaller
        return total, unit

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
        if self._take(_HALF):
            # "Hai trăm nghìn rưỡi" may be 200.500 or 250.000.
            said = self.line[self.at - 3 : self.at - 2]
            self.doubt = (
                "tail" if said and (said[0].shape in _HUNDRED or said[0].shape in _TENS) else self.doubt
            )
            return Decimal(unit) / 2, None
        if self._take(_ODD):
            return self._odd(unit)
        if self._sees(AFTER_TENS) and not self._sees(DIGITS):
            self.tenth = True
            return Decimal(self._value(AFTER_TENS) * unit) / 10, None
        return self._term(unit)

    def _goes_on(self) -> bool:
        return self._number_here() or any(self._sees(each) for each in (_HALF, _ODD, AFTER_TENS))

    def _term(self, unit: int) -> tuple[Decimal, int | None]:
        start = self.at
        if self._sees(_BARE):
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
        if smaller is not None or unit != 1_000 or part >= 10:
            raise Unclear("tail")
        return part, None

    def _tail(self, part: Decimal, unit: int, said: Sequence[Word]) -> Decimal:
        """2tr5, 2tr500, 2tr05; the same in words: a lone digit is a tenth of what was said before it."""
        if len(said) == 1 and said[0].figure:
            return self._tail_in_figures(said[0].plain, part, unit)
        if part < 10 and len(said) == 1:
            self.tenth = True
            return part * unit / 10
        zero = said[0].shape in _ZERO
        if unit > 1_000 or (part < 100 and not zero):
            self.doubt = "tail"
        if unit == 1_000 or (self._sees(_CURRENCY) and (zero or part >= 100)):
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

    def _small(self) -> Decimal:
        """A figure, or words below a thousand."""
        if self._here().figure and not self._digit_before(_HUNDRED) and not self._digit_before(_TENS):
            if self._sees(_HUNDRED, 1) or self._sees(_TENS, 1):
                raise Unclear("two_numbers")
            self.literal = found = literal(self._here().plain)
            self.at += 1
            return found.value
        return Decimal(self._hundreds())

    def _hundreds(self) -> int:
        if self._sees(_HUNDRED):
            hundreds = 1
            following = self.line[self.at + 1 : self.at + 2]
            self.doubt = "" if following and starts(following, 0) and not following[0].figure else "vague"
        elif self._digit_before(_HUNDRED):
            hundreds = self._digit()
        elif self._sees(_ZERO) and self._sees(_HUNDRED, 1):
            hundreds = 0
            self.at += 1
        else:
            return self._tens()
        self.at += 1
        return hundreds * 100 + self._below_hundred(zero=hundreds == 0)

    def _below_hundred(self, *, zero: bool) -> int:
        if self._take(_HALF):
            self.doubt = ""
            return 50
        if self._take(_ODD):
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
        if here.figure and not self._digit_before(_TENS):
            if len(here.plain) > 2:
                raise Unclear("two_numbers")
            self.literal = literal(here.plain)
            self.at += 1
            rest = int(here.plain)
            lone = len(here.plain) == 1
        elif self._sees(_BARE) or self._sees(_HUNDRED):
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
        if self._sees(_TEN):
            self.at += 1
            return 10 + self._unit(years=True)
        if self._take(_DOZEN):
            self.doubt = "vague"
            return 15 if self._take(_HALF) else 10
        if not self._sees(DIGITS) and not self._single_figure():
            raise Unclear("vague" if self._sees(_TENS) else "not_a_number")
        here = self._here()
        digit = self._digit()
        if self._sees(_TENS) or self._sees(_TEN):
            return digit * 10 + self._after_tens()
        if self._sees(AFTER_TENS) or self._sees(DIGITS):
            return self._spoken_tens(digit)
        if not here.marked and here.plain in DOUBTFUL:
            self.doubt = "look_alike"
        return digit

    def _after_tens(self) -> int:
        self.at += 1
        if self._take(_HALF):
            self.doubt = "tail"
            return 5
        if self._single_figure():
            return self._digit()
        return self._unit(years=True)

    def _unit(self, *, years: bool) -> int:
        """The digit after tens, unless it belongs to a number of its own: "hai mươi, ba mươi"."""
        if any(self._sees(each, 1) for each in (_TENS, _TEN, _HUNDRED, DIGITS, AFTER_TENS)):
            return 0
        if self._sees(DIGITS):
            if years and self._here().plain == "nam":
                self.doubt = "look_alike"
            return self._digit()
        return self._value(AFTER_TENS) if self._sees(AFTER_TENS) else 0

    def _spoken_tens(self, digit: int) -> int:
        """Tens without mươi: bốn lăm, ba mốt; two plain digits are as often an estimate: ba bốn."""
        word = self._here()
        only_after_tens = word.shape in AFTER_TENS
        unit = self._value(AFTER_TENS if only_after_tens else DIGITS)
        if digit == 1 or any(self._sees(each) for each in (_TENS, _TEN, _HUNDRED, DIGITS)):
            raise Unclear("range")
        if only_after_tens and word.marked:
            return digit * 10 + unit
        if (not only_after_tens and abs(unit - digit) in {0, 1, 2}) or word.plain == "nam":
            raise Unclear("range")
        self.doubt = "spoken"
        return digit * 10 + unit

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
        return before is not None and (before.figure or before.shape in _HUNDRED or before.shape in _TENS)

    def _number_here(self) -> bool:
        return self.at < len(self.line) and (
            starts(self.line, self.at) or (self._sees(_ZERO) and self._sees(_HUNDRED, 1))
        )

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
        return self.at < len(self.line) and self._here().plain in _FIGURES

    def _digit_before(self, table: Mapping[str, int]) -> bool:
        return (self._single_figure() or self._sees(DIGITS)) and self._sees(table, 1)

    def _digit(self) -> int:
        if self._single_figure():
            self.literal = literal(self._here().plain)
            self.at += 1
            return int(self.literal.value)
        return self._value(DIGITS if self._sees(DIGITS) else AFTER_TENS)
