"""The rows of a form as they are checked, and what is found in them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.engine import profile
from handlers.engine.xpath import Expression

Row = Mapping[str, str]

YES_NO = frozenset({"", "yes", "no", "true", "false", "true()", "false()"})
SWITCHES = ("required", "readonly")
WORDS = re.compile(r"[\w ]+")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to change (`error`) or to think about (`warning`)."""

    severity: str
    sheet: str
    row: int
    message: str

    def __str__(self) -> str:
        where = f"{self.sheet} dòng {self.row}" if self.row else self.sheet
        return f"{where}: {self.message}"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the survey sheet with what it means; `around` are the groups that it stands in."""

    number: int
    row: Row
    kind: str
    list_name: str
    around: tuple[Line, ...]

    @property
    def name(self) -> str:
        return self.row.get("name", "")

    def error(self, message: str) -> Finding:
        return Finding("error", "survey", self.number, message)

    def warning(self, message: str) -> Finding:
        return Finding("warning", "survey", self.number, message)


@dataclass(frozen=True, slots=True)
class Book:
    """Both sheets, and the expressions that compile, by row and column."""

    lines: list[Line]
    named: dict[str, Line]
    lists: dict[str, list[Row]]
    columns: frozenset[str]
    compiled: dict[tuple[int, str], Expression]


def canonical(row: Row) -> dict[str, str]:
    """A row with the columns' usual names and without its empty cells."""
    return {column_of(header): str(cell).strip() for header, cell in row.items() if str(cell).strip()}


def column_of(header: str) -> str:
    """The usual name of a column."""
    plain = header.strip().lower()
    if plain.startswith(profile.OWN_PREFIX):
        return plain
    plain = plain.removeprefix("bind::")
    return profile.SYNONYMS.get(plain, plain)


def lines_of(rows: Sequence[Row]) -> list[Line]:
    """The rows that mean something, each with the groups around it."""
    lines: list[Line] = []
    open_groups: list[Line] = []
    for number, row in enumerate(rows, start=2):
        if not row.get("type"):
            continue
        kind, list_name = profile.type_of(row["type"])
        if kind.startswith("end_") and open_groups:
            open_groups.pop()
        line = Line(number, row, kind, list_name, tuple(open_groups))
        lines.append(line)
        if kind.startswith("begin_"):
            open_groups.append(line)
    return lines
