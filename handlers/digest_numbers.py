"""How figures of a digest are written: 1.234.567,8 and +4,1%."""

from __future__ import annotations

from handlers import digest_texts as texts
from storage.summary import Total

MAX_NAME = 80
"""Characters of a name in a line."""


def number(value: float, digits: int | None = None) -> str:
    """Thousands by dots, decimals by a comma; one decimal where the value has any, unless told."""
    if digits is None:
        digits = 0 if float(value).is_integer() else 1
    return f"{value:,.{digits}f}".translate(str.maketrans(",.", ".,"))


def percent(part: float, whole: float) -> str:
    """A share with one decimal; 100 and 0 are said only of all and none."""
    if part in (0, whole):
        return "100" if part else "0"
    return number(min(max(part / whole * 100, 0.1), 99.9), 1)


def change(total: Total) -> str:
    """`+4,1%`, `-3,0%`, `không đổi`, or nothing where there is nothing to compare with."""
    moved = total.change_percent
    if moved is None:
        return ""
    if not moved:
        return texts.SAME
    return f"{'+' if moved > 0 else '-'}{number(abs(moved), 1)}%"
