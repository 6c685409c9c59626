"""How values are written for people: "1.234.567,8", "hai triệu năm trăm nghìn", "17/10/2026"."""

from __future__ import annotations

import datetime
from decimal import Decimal

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
BILLION = 10**9
MONTHS_WITH_ZERO = 3


def number(value: float | Decimal) -> str:
    """Dots between thousands, a comma before decimals: 1.234.567,8."""
    exact = Decimal(str(value))
    whole, _, fraction = f"{exact:,f}".partition(".")
    fraction = fraction.rstrip("0")
    return whole.replace(",", ".") + (f",{fraction}" if fraction else "")


def money(value: float | Decimal) -> str:
    """A sum: 2.500.000 đồng."""
    return f"{number(value)} đồng"


def percent(value: float | Decimal) -> str:
    """A percentage: 98,5%."""
    return f"{number(value)}%"


def date(day: datetime.date) -> str:
    """A day, day first: 17/10/2026."""
    return day.strftime("%d/%m/%Y")


def weekday(day: datetime.date) -> str:
    """The name of the day in the week: thứ Sáu, Chủ nhật."""
    return WEEKDAYS[day.weekday()]


def month(key: str) -> str:
    """The month of a key `2026-11`: 11/2026; a leading zero only in January and February (NĐ 30/2020)."""
    year, _, rest = key.partition("-")
    return f"{rest if int(rest) < MONTHS_WITH_ZERO else int(rest)}/{year}" if rest.isdigit() else key


def in_words(value: int) -> str:
    """A whole number as it is read out: 2500000 is "hai triệu năm trăm nghìn"."""
    if value < 0:
        return f"âm {in_words(-value)}"
    return " ".join(_read(value, follows=False)) or DIGITS[0]


def _read(value: int, *, follows: bool) -> list[str]:
    if value >= BILLION:
        return [*_read(value // BILLION, follows=follows), "tỷ", *_read(value % BILLION, follows=True)]
    spoken: list[str] = []
    for size, name in ((1_000_000, "triệu"), (1_000, "nghìn"), (1, "")):
        group = value // size % 1_000
        if group:
            spoken += _read_group(group, follows=follows or bool(spoken))
            spoken += [name] if name else []
    return spoken


def _read_group(group: int, *, follows: bool) -> list[str]:
    """Three digits; "không trăm" is said when something stands before them."""
    hundreds, rest = divmod(group, 100)
    spoken = [DIGITS[hundreds], "trăm"] if hundreds or follows else []
    if not rest:
        return spoken
    tens, units = divmod(rest, 10)
    if not tens:
        return [*spoken, "linh", DIGITS[units]] if spoken else [DIGITS[units]]
    return [*spoken, *_read_tens(tens, units)]


def _read_tens(tens: int, units: int) -> list[str]:
    spoken = ["mười"] if tens == 1 else [DIGITS[tens], "mươi"]
    if not units:
        return spoken
    special = {5: "lăm"} if tens == 1 else {1: "mốt", 4: "tư", 5: "lăm"}
    return [*spoken, special.get(units, DIGITS[units])]
