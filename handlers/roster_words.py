"""A roster's outcome in words: counts, single changes, what is worth knowing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import PurePath
from typing import Any

from handlers import roster_texts as texts
from handlers.engine import spelling
from handlers.roster import Outcome, counted
from handlers.roster_cells import NEVER
from handlers.roster_layout import FIGURE, PEOPLE, UNITS, Problem
from handlers.roster_people import national
from storage.roster_changes import Change

SHOWN = 20
"""Changes that are named one by one."""
_RETURNED = re.compile(r"(-loi(-\d+)?( ?\(\d+\))?)+$")


def stem(name: str) -> str:
    """A workbook's name without the marks of one that came back before: "danh-sach-loi (1).xlsx" is "danh-sach"."""
    return _RETURNED.sub("", PurePath(name).stem) or PurePath(name).stem


def counts(outcome: Outcome) -> str:
    """`12 đơn vị mới, 3 đơn vị đổi tên`."""
    return ", ".join(f"{spelling.number(n)} {texts.COUNTS[act]}" for act, n in counted(outcome.changes))


def changes(outcome: Outcome, most: int = SHOWN) -> Iterator[str]:
    """The first changes, one a line, and how many more there are."""
    names = _Names(outcome)
    for change in outcome.changes[:most]:
        yield names.said(change)
    if len(outcome.changes) > most:
        yield texts.MORE.format(count=spelling.number(len(outcome.changes) - most))


def warnings(outcome: Outcome, most: int = SHOWN) -> Iterator[str]:
    """What is worth a second look, one a line."""
    for one in outcome.warnings[:most]:
        yield place(one)
    if len(outcome.warnings) > most:
        yield texts.MORE_WARNINGS.format(count=spelling.number(len(outcome.warnings) - most))
    if outcome.kept:
        yield texts.KEPT.format(count=spelling.number(outcome.kept))
    if outcome.unknown:
        yield texts.UNKNOWN_COLUMNS.format(columns=", ".join(name[:40] for name in outcome.unknown[:10]))


def place(problem: Problem) -> str:
    """Where it is and what it is."""
    return texts.PLACE.format(sheet=texts.SHEETS[problem.sheet], row=problem.row, words=problem.words)


class _Names:
    """Units and people as a change names them."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.people = {c.person: c.new["name"] for c in outcome.changes if c.act == "add_person"}
        self.columns = {
            column.key: column.header for sheet in outcome.sheets if sheet.key == UNITS
            for column in sheet.columns
        }  # fmt: skip

    def said(self, change: Change) -> str:
        """A change in one line."""
        values: dict[str, Any] = {"unit": change.unit, "on": self.value("on", change.on)}
        if change.act == "move":
            values |= {"old": change.old["parent"] or texts.NO_SUPERIOR, "new": change.new["parent"]}
        elif change.act == "rename":
            values |= {"old": change.old["name"], "new": change.new["name"]}
        elif "units" in change.new:
            values |= {"new": ", ".join(change.new["units"])}
        else:
            values |= {"fields": self.fields(change), "name": change.new.get("name", "")}
        values["who"] = self.who(change)
        values["begins"] = _begins(change.new.get("reports_from"))
        role = change.new.get("role") or change.old.get("role")
        values["role"] = texts.ROLES.get(role or "", role)
        return texts.CHANGES[change.act].format(**values)

    def who(self, change: Change) -> str:
        """A person's name, as it is before the import if the person is there."""
        if change.person.startswith("#"):
            return self.outcome.standing.people[int(change.person[1:])].name
        return str(self.people.get(change.person, ""))

    def fields(self, change: Change) -> str:
        """What becomes different: name, old and new value."""
        return "; ".join(
            (texts.FIELD if name in change.old else texts.FIELD_NEW).format(
                name=self.label(change, name),
                old=self.value(name, change.old.get(name)),
                new=self.value(name, value),
            )
            for name, value in change.new.items()
        )

    def label(self, change: Change, name: str) -> str:
        """The column in which a value stands."""
        if change.sheet == PEOPLE:
            return texts.HEADERS[PEOPLE][{"valid_from": "from", "valid_to": "to"}.get(name, name)]
        return self.columns.get(name) or self.columns.get(FIGURE + name) or name

    def value(self, name: str, value: object) -> str:
        """A stored value as people write it."""
        return written(name, value) or texts.BLANK


def written(name: str, value: Any) -> str:  # noqa: ANN401 - what a column holds
    """A stored value as it is written into a roster; empty for nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return texts.FLAGS["co" if value else "khong"]
    if isinstance(value, date):
        return _day(name, value)
    if name == "phone":
        return "; ".join(map(national, str(value).split("; ")))
    if isinstance(value, float):
        return spelling.number(value)
    return _LABELS.get(name, {}).get(value, str(value))


def _begins(day: date | None) -> str:
    if day is None:
        return ""
    return texts.BEGINS_LATER if day == NEVER else texts.BEGINS.format(month=_day("reports_from", day))


def _day(name: str, value: date) -> str:
    if name != "reports_from":
        return spelling.date(value)
    return texts.NOT_YET if value == NEVER else f"{value:%m/%Y}"


_LABELS: Mapping[str, Mapping[str, str]] = {
    "kind": texts.KINDS,
    "industry_type": texts.INDUSTRIES,
    "role": texts.ROLES,
}
