"""What comparing a roster comes to: planned changes, mistakes, and things worth knowing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from handlers import roster_texts as texts
from handlers.roster_layout import Problem, Row, Sheet
from storage.roster import Standing
from storage.roster_changes import Change

if TYPE_CHECKING:
    from handlers.roster_units import NewUnit


@dataclass(slots=True)
class Plan:
    """Filled by `roster_units`, `roster_people` and `roster_acts`, in that order."""

    standing: Standing
    today: date
    sheets: Mapping[str, Sheet]
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    new: dict[str, NewUnit] = field(default_factory=dict)
    """Units that are only in the file."""
    parents: dict[str, str] = field(default_factory=dict)
    """Superiors that the file names, by unit."""
    starts: dict[str, date] = field(default_factory=dict)
    """Their first days."""
    ends: dict[str, date] = field(default_factory=dict)
    """Last days of units that have ended or are to end."""
    kept: int = 0
    """Posts that go on though the file does not name them."""

    def __post_init__(self) -> None:
        self.ends |= {code: u.valid_to for code, u in self.standing.units.items() if u.valid_to is not None}

    def header(self, sheet: str, key: str) -> str:
        """What stands above a column."""
        return self.sheets[sheet].by_key[key].header

    def kind(self, code: str) -> str | None:
        """The kind of a unit, held or new (empty if the file does not say); None if there is no such unit."""
        one = self.standing.units.get(code) or self.new.get(code)
        return one.kind if one else None

    def will(self, act: str, row: Row, **more: Any) -> None:  # noqa: ANN401 - fields of Change
        """A change that a row asks for."""
        self.changes.append(Change(act, row.sheet, row.number, **more))

    def wrong(self, row: Row, column: str, words: str) -> None:
        """A mistake in a row; a cell that could not be read has its own already."""
        if column not in row.bad:
            self.problems.append(Problem(row.sheet, row.number, column, words))

    def missing(self, row: Row, column: str) -> None:
        """A row without what it cannot do without."""
        self.wrong(row, column, texts.MISSING.format(column=self.header(row.sheet, column)))

    def warn(self, row: Row, column: str, words: str) -> None:
        """Something that is done, and worth a second look."""
        self.warnings.append(Problem(row.sheet, row.number, column, words))
