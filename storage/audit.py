"""Who changed what, when, from where, old and new value: rows are only ever added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from storage.database import table_of
from storage.models import Change

CHANGE = table_of(Change)


@dataclass(frozen=True, slots=True)
class By:
    """Who acts: a person on a channel, an operator at the machine (`command`), or the program itself (`job`)."""

    person_id: int | None
    channel: str


COMMAND = By(None, "command")
JOB = By(None, "job")


def record(  # noqa: PLR0913 - the columns of one row
    db: Connection,
    by: By,
    act: str,
    about: str,
    row: int | None,
    *,
    at: datetime,
    unit_id: int | None = None,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Note a change in the transaction that makes it; values as JSON, dates as ISO text, no words of petitions."""
    values = {
        "at": at, "person_id": by.person_id, "channel": by.channel, "act": act, "about": about, "row": row,
        "unit_id": unit_id, "old": dict(old or {}), "new": dict(new or {}), "reason": reason,
    }  # fmt: skip
    db.execute(CHANGE.insert(), values)
