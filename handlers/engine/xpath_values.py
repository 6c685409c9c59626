"""How XPath values turn into one another: text, numbers, truth, and dates as days since 1970."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TypeAlias

Item: TypeAlias = Mapping[str, str]
Value: TypeAlias = "str | float | bool | Sequence[Value] | Item"

NAN = float("nan")
EPOCH = date(1970, 1, 1)
_NUMBER = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?.*)?", re.ASCII)


def days_of(text: str) -> float:
    """Days since 1970 of an ISO date or date-time; NaN when it is neither."""
    match = _DATE.fullmatch(text)
    if match is None:
        return NAN
    try:
        days = (date.fromisoformat(match[1]) - EPOCH).days
    except ValueError:
        return NAN
    hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    return days + (hours * 3600 + minutes * 60 + seconds) / 86400


def date_of(value: Value) -> date | None:
    """The date that a value stands for: ISO text or days since 1970."""
    days = number(value)
    if math.isnan(days) or not -719162 <= days <= 2932896:
        return None
    return EPOCH + timedelta(days=math.floor(days))


def number(value: Value) -> float:
    """What XPath takes a value for in arithmetic; dates count as days since 1970."""
    if isinstance(value, float):
        return value
    if isinstance(value, str):
        stripped = value.strip()
        if _NUMBER.fullmatch(stripped):
            return float(stripped)
        return days_of(stripped) if stripped else NAN
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, Mapping):
        return NAN
    return number(value[0]) if value else NAN


def text(value: Value) -> str:
    """XPath's string(), except that a number that is none is blank."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, Mapping):
        return ""
    return text(value[0]) if value else ""


def number_text(value: float) -> str:
    """A number as it is stored: no exponent, no needless decimals, blank for NaN and infinity."""
    if not math.isfinite(value):
        return ""
    if value == int(value):
        return str(int(value))
    return f"{value:.10f}".rstrip("0")


def truth(value: Value) -> bool:
    """XPath's boolean()."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    if isinstance(value, str):
        return value != ""
    if isinstance(value, Mapping):
        return True
    return truth(value[0]) if value else False


def single(value: Value) -> str | float | bool:
    """The first node of a node-set; a node-set that is empty compares as blank."""
    if isinstance(value, str | float | bool):
        return value
    if isinstance(value, Mapping):
        return ""
    return single(value[0]) if value else ""


def equal(left: Value, right: Value) -> bool:
    """XPath's `=`: as truth, as numbers or as text, whichever side asks for most."""
    a, b = single(left), single(right)
    if isinstance(a, bool) or isinstance(b, bool):
        return truth(a) == truth(b)
    if isinstance(a, float) or isinstance(b, float):
        return abs(number(a) - number(b)) < 1e-9
    return a == b


def words(value: Value) -> list[str]:
    """The names of a select_multiple answer."""
    return text(value).split()
