"""What a form is made of: questions, groups, choices and the texts that show values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeAlias

from handlers.engine.xpath import Expression

Words: TypeAlias = "tuple[str | Expression, ...]"

YES, NO = "co", "khong"
ACKNOWLEDGED = "OK"
SILENT = frozenset({"note", "hidden"})
NUMERIC = frozenset({"int", "money", "dec"})


class FormError(Exception):
    """A form that cannot be used; the message tells its author what to change."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a select; `item` holds the further columns of its row."""

    name: str
    label: str
    item: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """A group or repeat: its relevance covers all that is inside."""

    path: str
    name: str
    parent: str
    label: str = ""
    relevant: Expression | None = None
    repeat: bool = False
    count: Expression | None = None
    first_rows: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """One item of a form; inside a repeat `rows` says which row is meant and `name` carries it, as in `ten[2]`.

    `kind` is what a reader makes of an answer: int, money, dec, date, yn, one, multi, text, file, note or hidden.
    """

    name: str
    path: str
    parent: str
    type: str
    kind: str
    label: str = ""
    hint: str = ""
    label_words: Words = field(default=(), repr=False)
    hint_words: Words = field(default=(), repr=False)
    required: Expression | None = None
    required_message: str = ""
    required_words: Words = field(default=(), repr=False)
    relevant: Expression | None = None
    constraint: Expression | None = None
    constraint_message: str = ""
    constraint_words: Words = field(default=(), repr=False)
    calculate: Expression | None = None
    default: Expression | None = None
    items: Expression | None = None
    choices: tuple[Choice, ...] = ()
    bounds: tuple[float, float] | None = None
    short: str = ""
    unit: str = ""
    section: str = ""
    aggregate: str = "none"
    carry: bool = False
    confirm_above: float | None = None
    confirm_when: Expression | None = None
    shares: Expression | None = None
    anomaly: bool = True
    per: str = ""
    """Name of the question that says of how many this one is the sum: money of visits, listeners of meetings."""
    max_files: int = 0
    max_length: int | None = None
    rows: tuple[int, ...] = ()

    @property
    def asked(self) -> bool:
        """Whether a person answers it."""
        return self.kind not in SILENT

    @property
    def summary(self) -> str:
        """The question's name in a summary line."""
        return self.short or self.label.rstrip("?: ")

    @property
    def flow(self) -> bool:
        """Whether it counts what happened in the period, so that nothing asked means zero."""
        return self.kind in NUMERIC and self.aggregate == "sum" and not self.carry


def row_suffix(rows: tuple[int, ...]) -> str:
    """How a name carries its rows: `[2]`, nested `[2,1]`, nothing outside a repeat."""
    return f"[{','.join(map(str, rows))}]" if rows else ""


@lru_cache(maxsize=4096)
def in_row(question: Question, rows: tuple[int, ...]) -> Question:
    """The question as it is asked in one row of its repeat."""
    return replace(question, name=question.name + row_suffix(rows), rows=rows) if rows else question


def one_more(group: Group, rows: tuple[int, ...]) -> Question:
    """The question whether a repeat has one more row; `rows` ends with the row it would open."""
    label = f"Thêm một mục “{group.label}” nữa?" if group.label else "Thêm một mục nữa?"
    return Question(
        name=f"{group.name}{row_suffix(rows)}?",
        path=group.path,
        parent=group.parent,
        type="repeat",
        kind="yn",
        label=label,
        label_words=(label,),
        choices=(Choice(YES, "Có, thêm"), Choice(NO, "Không, đủ rồi")),
        rows=rows,
    )
