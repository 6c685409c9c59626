"""Functions of dates and times; today is the day that the scope says."""

from __future__ import annotations

import math
import re
from datetime import timedelta

from handlers.engine.xpath_operands import Function, plain
from handlers.engine.xpath_values import Value, date_of, number, text


def _date(value: Value) -> Value:
    found = date_of(value)
    return found.isoformat() if found else ""


def _date_time(value: Value) -> Value:
    days = number(value)
    found = date_of(days)
    if found is None:
        return ""
    seconds = round((days - math.floor(days)) * 86400)
    return f"{found.isoformat()}T{timedelta(seconds=seconds)!s:0>8}"


def _format_date(value: Value, pattern: Value) -> Value:
    days = number(value)
    found = date_of(days)
    if found is None:
        return ""
    seconds = round((days - math.floor(days)) * 86400)
    parts = {
        "Y": f"{found.year:04}",
        "y": f"{found.year % 100:02}",
        "m": f"{found.month:02}",
        "n": str(found.month),
        "b": f"thg {found.month}",
        "d": f"{found.day:02}",
        "e": str(found.day),
        "a": ("T2", "T3", "T4", "T5", "T6", "T7", "CN")[found.weekday()],
        "H": f"{seconds // 3600:02}",
        "h": str(seconds // 3600),
        "M": f"{seconds // 60 % 60:02}",
        "S": f"{seconds % 60:02}",
        "3": "000",
        "%": "%",
    }
    return re.sub(r"%(.)", lambda match: parts.get(match[1], match[0]), text(pattern))


DATES: dict[str, Function] = {
    "today": Function(0, 0, lambda _operands: lambda scope: scope.today.isoformat()),
    "now": Function(0, 0, lambda _operands: lambda scope: f"{scope.today.isoformat()}T00:00:00"),
    "date": plain(1, 1, _date),
    "date-time": plain(1, 1, _date_time),
    "format-date": plain(2, 2, _format_date),
    "format-date-time": plain(2, 2, _format_date),
    "decimal-date-time": plain(1, 1, number),
}
