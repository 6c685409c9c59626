"""The sheets of a roster and their columns: what is read, what is compared, and where a mistake stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from handlers import roster_texts as texts
from handlers.engine.form import Form
from handlers.engine.question import Question
from handlers.engine.session import Session
from handlers.engine.vietnamese import fold

UNITS, PEOPLE, ACTS = "units", "people", "acts"
FIGURE = "figure:"
"""In front of a question's name: the key of its column."""
MISTAKES = "mistakes"
"""The column that says what is wrong; it is written in front of a sheet, and skipped when that comes back."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `kind` is a key of `roster_cells.READERS`, `choices` maps what is stored to what people see."""

    key: str
    header: str
    kind: str
    width: float
    choices: Mapping[str, str] = field(default_factory=dict)
    refusal: Callable[[str], str | None] | None = None
    """What is wrong with a figure by the rules of its question; None: nothing."""


@dataclass(frozen=True)
class Sheet:
    """One sheet of data; `needed` are columns without which it says nothing."""

    key: str
    title: str
    columns: tuple[Column, ...]
    needed: tuple[str, ...]

    @cached_property
    def by_header(self) -> dict[str, Column]:
        """Folded header → column."""
        return {folded(column.header): column for column in self.columns}

    @cached_property
    def by_key(self) -> dict[str, Column]:
        """Key → column."""
        return {column.key: column for column in self.columns}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a row, or in a whole sheet, and how to mend it; `column` is a key, empty for the whole row."""

    sheet: str
    row: int
    column: str
    words: str


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet as it was found: headers, which column each of them is (empty: none of ours), and the filled rows."""

    sheet: Sheet
    header_row: int
    headers: tuple[str, ...]
    keys: tuple[str, ...]
    lines: tuple[tuple[int, tuple[Any, ...]], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row that was read; blank cells are missing from `values`, unreadable ones from both and stand in `bad`."""

    sheet: str
    number: int
    values: Mapping[str, Any]
    bad: frozenset[str] = frozenset()

    def get(self, key: str) -> Any:  # noqa: ANN401 - text, number, date …
        """What stands there; None for nothing."""
        return self.values.get(key)

    def says(self, key: str) -> bool:
        """Whether something stands there, readable or not."""
        return key in self.values or key in self.bad


def folded(header: str) -> str:
    """A header as it is recognised: without case, diacritics and signs."""
    return " ".join("".join(sign if sign.isalnum() else " " for sign in fold(header)).split())


def sheets(form: Form, today: date) -> tuple[Sheet, ...]:
    """The sheets of data; opening figures are asked for the stocks of the monthly report's `form`."""
    stocks = tuple(_stock(form, question, today) for question in form.visible if is_stock(question))
    return (
        Sheet(UNITS, texts.SHEETS[UNITS], (*_before_stocks(), *stocks, *_after_stocks()), ("code",)),
        Sheet(PEOPLE, texts.SHEETS[PEOPLE], _people(), ("name", "unit", "role")),
        Sheet(ACTS, texts.SHEETS[ACTS], _acts(), ("on", "act", "old")),
    )


def is_stock(question: Question) -> bool:
    """Whether a question has a figure that keeps its last value: the roster may say the first one."""
    return question.carry and question.kind == "int"


def _column(sheet: str, key: str, kind: str, width: float, **more: Any) -> Column:  # noqa: ANN401 - fields
    return Column(key, texts.HEADERS[sheet][key], kind, width, **more)


def _before_stocks() -> tuple[Column, ...]:
    return (
        _column(UNITS, "code", "code", 14),
        _column(UNITS, "name", "text", 42),
        _column(UNITS, "short_name", "text", 26),
        _column(UNITS, "kind", "choice", 22, choices=texts.KINDS),
        _column(UNITS, "industry_type", "choice", 16, choices=texts.INDUSTRIES),
        _column(UNITS, "parent", "code", 14),
        _column(UNITS, "valid_from", "date", 14),
        _column(UNITS, "reports_from", "month", 14),
        _column(UNITS, "due_day", "due_day", 12),
    )


def _after_stocks() -> tuple[Column, ...]:
    return (_column(UNITS, "since", "date", 14), _column(UNITS, "reason", "text", 24))


def _stock(form: Form, question: Question, today: date) -> Column:
    session = Session(form, {}, today=today)
    header = texts.FIGURE.format(question=question.short)
    return Column(
        FIGURE + question.name, header, "number", 17, refusal=lambda value: session.problem(question, value)
    )


def _people() -> tuple[Column, ...]:
    return (
        _column(PEOPLE, "name", "text", 28),
        _column(PEOPLE, "phone", "phone", 18),
        _column(PEOPLE, "unit", "code", 14),
        _column(PEOPLE, "role", "choice", 30, choices=texts.ROLES),
        _column(PEOPLE, "title", "text", 28),
        _column(PEOPLE, "full_time", "flag", 13, choices=texts.FLAGS),
        _column(PEOPLE, "from", "date", 14),
        _column(PEOPLE, "to", "date", 14),
    )


def _acts() -> tuple[Column, ...]:
    return (
        _column(ACTS, "on", "date", 16),
        _column(ACTS, "act", "choice", 26, choices=texts.ACTS),
        _column(ACTS, "old", "code", 16),
        _column(ACTS, "new", "code", 16),
        _column(ACTS, "reason", "text", 36),
    )
