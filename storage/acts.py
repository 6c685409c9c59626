"""What an act on the tree of units is given, gives back, and is refused with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from storage.audit import CHANGE, By


class TreeError(Exception):
    """An act that an administrator has to mend: a `reason` in one word, and what the sentence about it names."""

    def __init__(self, reason: str, **values: Any) -> None:  # noqa: ANN401 - what a sentence names
        super().__init__(reason)
        self.reason = reason
        self.values = values


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit to be made; `parent_id` is None only for the top."""

    code: str
    name: str
    short_name: str
    kind: str
    parent_id: int | None
    industry_type: str = ""
    reports_from: date | None = None
    due_day: int | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """One row that an act changed, for the audit: act, table, row, the unit concerned, old and new values."""

    act: str
    about: str
    row: int | None
    unit_id: int | None
    old: dict[str, Any]
    new: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Done:
    """What an act did: the units that it made, in order, and all that it changed; nothing if all was so already."""

    changes: tuple[Changed, ...] = ()
    made: tuple[int, ...] = ()

    @property
    def unit_id(self) -> int:
        """The unit that was made; raises IndexError if none was."""
        return self.made[0]


def record(db: Connection, by: By, done: Done, *, at: datetime, reason: str = "") -> None:
    """Note all that was changed in the audit, in one statement of the transaction that changes it."""
    rows = [
        {
            "at": at, "person_id": by.person_id, "channel": by.channel, "act": one.act, "about": one.about,
            "row": one.row, "unit_id": one.unit_id, "old": one.old, "new": one.new, "reason": reason,
        }
        for one in done.changes
    ]  # fmt: skip
    if rows:
        db.execute(CHANGE.insert(), rows)


@dataclass(slots=True)
class Log:
    """Collects what an act changes; dates are written as ISO text, as the audit keeps them."""

    act: str
    changes: list[Changed] = field(default_factory=list)
    made: list[int] = field(default_factory=list)

    def note(
        self, about: str, row: int | None, unit_id: int | None, old: dict[str, Any], new: dict[str, Any]
    ) -> None:
        """Keep one change."""
        self.changes.append(Changed(self.act, about, row, unit_id, _plain(old), _plain(new)))

    def done(self) -> Done:
        """All of it."""
        return Done(tuple(self.changes), tuple(self.made))


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: v.isoformat() if isinstance(v, date) else v for name, v in values.items()}
