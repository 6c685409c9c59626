"""What stands in a cell of a roster: blank, a value, or something that its writer has to mend."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from handlers import roster_texts as texts
from handlers.engine.vietnamese import fold
from handlers.roster_layout import Column, Problem, Row, Table
from storage import joining, units

LONGEST = 200
LONGEST_CODE = 32
LONGEST_SHOWN = 40
YEARS = (1945, 2100)
NEVER = units.NEVER
"""`reports_from` of a unit that does not report yet."""
CLEARED = "cleared"
"""A word that takes back what a unit had of its own."""

_CODE = re.compile(r"[^\W_]([\w./-]*[^\W_])?")
_DATES = (re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})"), re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"))
_MONTH = re.compile(r"(?:tháng )?(\d{1,2})[/.-](\d{4})", re.IGNORECASE)
_WHOLE = re.compile(r"\d{1,12}|\d{1,3}([., ]\d{3}){1,3}")
_FAULTS = ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!")
_RISKY = re.compile(r"^'(?=\s*[=+\-@＝＋－＠\t\r\n])")
"""The apostrophe with which `documents.sheets.safe` keeps text from being run."""


class Unreadable(Exception):
    """A cell that its writer has to mend; the words say how."""


def read(table: Table) -> tuple[list[Row], list[Problem]]:
    """The rows of a sheet, and what in them cannot be read."""
    rows, problems = [], []
    columns = [table.sheet.by_key.get(key) for key in table.keys]
    for number, cells in table.lines:
        values, bad = {}, set()
        for column, cell in zip(columns, cells, strict=False):
            if column is None or _blank(cell):
                continue
            try:
                values[column.key] = READERS[column.kind](cell, column)
            except Unreadable as error:
                bad.add(column.key)
                problems.append(Problem(table.sheet.key, number, column.key, str(error)))
        rows.append(Row(table.sheet.key, number, values, frozenset(bad)))
    return rows, problems


def shown(cell: object) -> str:
    """A cell as a sentence about it quotes it: short, on one line."""
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    words = tidy(str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell))
    return words if len(words) <= LONGEST_SHOWN else f"{words[: LONGEST_SHOWN - 1]}…"


def tidy(words: str) -> str:
    """One line without blanks at its ends, composed, without signs that cannot be seen."""
    plain = unicodedata.normalize("NFC", _RISKY.sub("", words))
    kept = "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in plain)
    return " ".join(kept.split())


def _blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not tidy(cell))


# ── one reader for each kind ────────────────────────────────────────────────────────────────────────


def _written(cell: object, column: Column) -> str:
    """What was typed, of whatever kind the cell is."""
    if isinstance(cell, str):
        if cell.strip().upper() in _FAULTS:
            raise Unreadable(texts.FORMULA_FAULT.format(column=column.header, typed=cell.strip()))
        return tidy(cell)
    if isinstance(cell, int) and not isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    raise Unreadable(texts.NO_TEXT.format(column=column.header, typed=shown(cell)))


def _text(cell: object, column: Column) -> str:
    words = _written(cell, column)
    if len(words) > LONGEST:
        raise Unreadable(texts.TOO_LONG.format(column=column.header, limit=LONGEST))
    return words


def _code(cell: object, column: Column) -> str:
    code = _written(cell, column).upper()
    if len(code) > LONGEST_CODE or not _CODE.fullmatch(code):
        raise Unreadable(texts.BAD_CODE.format(typed=shown(cell), limit=LONGEST_CODE))
    return code


def _date(cell: object, column: Column) -> date:
    day = cell.date() if isinstance(cell, datetime) else cell
    if not isinstance(day, date):
        day = _typed_date(_plain(cell))
    if day is None:
        raise Unreadable(texts.BAD_DATE.format(column=column.header, typed=shown(cell)))
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise Unreadable(texts.FAR_DATE.format(column=column.header, typed=shown(cell)))
    return day


def _typed_date(words: str) -> date | None:
    if found := _DATES[0].fullmatch(words):
        day, month, year = map(int, found.groups())
    elif found := _DATES[1].fullmatch(words.removesuffix(" 00:00:00")):
        year, month, day = map(int, found.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(cell: object, column: Column) -> date:
    """The first day of a month; Excel makes a date of what was typed as 11/2026."""
    words = _plain(cell)
    if fold(words) == fold(texts.NOT_YET):
        return NEVER
    if found := _MONTH.fullmatch(words):
        month, year = map(int, found.groups())
        day = date(year, month, 1) if 1 <= month <= 12 and YEARS[0] <= year <= YEARS[1] else None
    else:
        day = cell.date() if isinstance(cell, datetime) else _typed_date(words)
    if day is None or not YEARS[0] <= day.year <= YEARS[1]:
        raise Unreadable(texts.BAD_MONTH.format(column=column.header, typed=shown(cell)))
    return day.replace(day=1)


def _choice(cell: object, column: Column) -> str:
    words = _plain(cell)
    for stored, label in column.choices.items():
        if fold(words) in (fold(label), stored):
            return stored
    options = "; ".join(column.choices.values())
    raise Unreadable(texts.BAD_CHOICE.format(column=column.header, typed=shown(cell), options=options))


def _flag(cell: object, column: Column) -> bool:
    if isinstance(cell, bool):
        return cell
    words = fold(_plain(cell))
    if words in ("x", "1", "co"):
        return True
    if words in ("0", "khong"):
        return False
    return _choice(cell, column) == "co"


def _due_day(cell: object, column: Column) -> int | str:
    words = _plain(cell)
    if fold(words) == fold(texts.COMMON):
        return CLEARED
    if not (words.isascii() and words.isdecimal() and len(words) <= 2 and 1 <= int(words) <= 31):
        raise Unreadable(texts.BAD_DAY.format(column=column.header, typed=shown(cell)))
    return int(words)


def _number(cell: object, column: Column) -> int:
    words = _plain(cell)
    # 1.234 in a cell of numbers is a fraction; only where it was typed as text are these thousands.
    fraction = isinstance(cell, float) and not cell.is_integer()
    if fraction or not (words.isascii() and _WHOLE.fullmatch(words)):
        raise Unreadable(texts.BAD_NUMBER.format(column=column.header, typed=shown(cell)))
    number = int(re.sub(r"\D", "", words))
    if column.refusal and (why := column.refusal(str(number))):
        raise Unreadable(texts.BAD_FIGURE.format(column=column.header, typed=shown(cell), why=why))
    return number


def _phone(cell: object, column: Column) -> str:
    """One number or several, each as +84912345678; Excel may have taken the first 0 off."""
    parts = [part for part in re.split(r"[;,/\n]", _plain(cell)) if part.strip()]
    numbers = list(dict.fromkeys(map(joining.phone, parts)))
    if not numbers or "" in numbers or len(numbers) > 4:
        raise Unreadable(texts.BAD_PHONE.format(column=column.header, typed=shown(cell)))
    return "; ".join(numbers)


def _plain(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return tidy(str(cell))


READERS: Mapping[str, Callable[[Any, Column], Any]] = {
    "text": _text,
    "code": _code,
    "date": _date,
    "month": _month,
    "choice": _choice,
    "flag": _flag,
    "due_day": _due_day,
    "number": _number,
    "phone": _phone,
}
