"""Who changed what, when, from where, old and new value: rows are only ever added (see `forget` for the exception)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, or_, select, update

from storage.database import table_of
from storage.models import Assignment, Change, DataRequest, Person

CHANGE = table_of(Change)
PERSON = table_of(Person)
ASSIGNMENT = table_of(Assignment)
REQUEST = table_of(DataRequest)

PERSONAL = ("name", "phone", "address", "display_name", "person")
"""Keys of values that say who somebody is; only changes about a `person`, `contact` or `assignment` may have them of
somebody."""
WRITTEN = "…"
"""Stands for a text in `old` and `new`: that it changed is kept, its words are not."""


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


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Entry:
    """One change, with the name of who made it; empty where no person did."""

    id: int
    at: datetime
    name: str
    channel: str
    act: str
    about: str
    row: int | None
    unit_id: int | None
    old: dict[str, Any]
    new: dict[str, Any]
    reason: str


_ENTRIES = select(
    CHANGE.c.id, CHANGE.c.at, PERSON.c.name, CHANGE.c.channel, CHANGE.c.act, CHANGE.c.about, CHANGE.c.row,
    CHANGE.c.unit_id, CHANGE.c.old, CHANGE.c.new, CHANGE.c.reason,
).select_from(CHANGE.outerjoin(PERSON, PERSON.c.id == CHANGE.c.person_id))  # fmt: skip


def history(  # noqa: PLR0913 - each filter is asked for by somebody
    db: Connection,
    *,
    units: Select[tuple[int]] | None = None,
    person_id: int | None = None,
    since: datetime | None = None,
    before: int | None = None,
    most: int | None = None,
) -> list[Entry]:
    """Changes, the newest first: in these units, by or about a person, `since` a moment, `before` an entry."""
    entries = _ENTRIES
    if units is not None:
        entries = entries.where(CHANGE.c.unit_id.in_(units))
    if person_id is not None:
        about = (CHANGE.c.about == "person") & (CHANGE.c.row == person_id)
        entries = entries.where((CHANGE.c.person_id == person_id) | about)
    if since is not None:
        entries = entries.where(CHANGE.c.at >= since)
    if before is not None:
        entries = entries.where(CHANGE.c.id < before)
    rows = db.execute(entries.order_by(CHANGE.c.id.desc()).limit(most))
    return [Entry(*row[:2], row.name or "", *row[3:]) for row in rows]


# ── erasing ─────────────────────────────────────────────────────────────────────────────────────────


def happened(db: Connection, act: str, about: str, row: int) -> bool:
    """Whether something was ever done to a row."""
    its = (CHANGE.c.about == about) & (CHANGE.c.row == row) & (CHANGE.c.act == act)
    return db.scalar(select(CHANGE.c.id).where(its).limit(1)) is not None


def forget(db: Connection, person_id: int, accounts: ColumnElement[bool]) -> None:
    """Blank name, number, `accounts` (rows of `contact`) and typed reasons of a person who was erased.

    That something was changed, when and by whom stays.

    The law's right to erasure is the one reason for which a row is touched again (DOMAIN 10).
    """
    posts = select(ASSIGNMENT.c.id).where(ASSIGNMENT.c.person_id == person_id)
    asked = select(REQUEST.c.id).where(REQUEST.c.person_id == person_id)
    mine = or_(
        (CHANGE.c.about == "person") & (CHANGE.c.row == person_id),
        (CHANGE.c.about == "contact") & accounts,
        (CHANGE.c.about == "assignment") & CHANGE.c.row.in_(posts),
        (CHANGE.c.about == "data_request") & CHANGE.c.row.in_(asked),
    )
    for row in db.execute(select(CHANGE.c.id, CHANGE.c.old, CHANGE.c.new).where(mine)).all():
        blank = {"old": _blank(row.old), "new": _blank(row.new), "reason": ""}
        db.execute(update(CHANGE).where(CHANGE.c.id == row.id).values(**blank))
    typed = (CHANGE.c.person_id == person_id) & (CHANGE.c.reason != "")
    db.execute(update(CHANGE).where(typed).values(reason=WRITTEN))


def _blank(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: WRITTEN if key in PERSONAL and held else held for key, held in values.items()}
