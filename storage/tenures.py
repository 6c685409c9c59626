"""When a chat account was whose: it may pass from one person to another, and what was said before stays the first's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, false, or_, select

from storage.audit import CHANGE
from storage.contacts import CONTACT

JOINED, TAKEN_OFF = "join", "undo"


@dataclass(frozen=True, slots=True)
class Tenure:
    """An account was somebody's from a moment on (None: always) and before another one (None: still)."""

    contact_id: int
    since: datetime | None
    until: datetime | None


def of(db: Connection, person_id: int, *, strangers: bool = False) -> list[Tenure]:
    """All of a person's, past ones included; an account that nobody ever joined by was entered with its person.

    With `strangers` also the time in which it was nobody's, before the person joined by it or after the person last
    did: who wrote then was most likely the same.
    """
    passed = (CHANGE.c.act == JOINED) & (CHANGE.c.about == "contact")
    mine = select(CHANGE.c.row).where(passed, CHANGE.c.person_id == person_id)
    undone = _taken_off(db)
    theirs = [account for account, undos in undone.items() if any(who == person_id for _, who in undos)]
    accounts = CONTACT.c.id.in_(mine) | (CONTACT.c.person_id == person_id) | CONTACT.c.id.in_(theirs)
    return [
        Tenure(account.id, since, until)
        for account in db.execute(select(CONTACT.c.id, CONTACT.c.person_id).where(accounts)).all()
        for holder, since, until in _spans(db, account, undone.get(account.id, []), strangers=strangers)
        if holder == person_id
    ]


def left(db: Connection, person_id: int) -> list[int]:
    """Accounts that are nobody's now, and were the person's last."""
    spans = {one.contact_id for one in of(db, person_id, strangers=True) if one.until is None}
    nobodys = select(CONTACT.c.id).where(CONTACT.c.id.in_(spans), CONTACT.c.person_id.is_(None))
    return list(db.scalars(nobodys.order_by(CONTACT.c.id)))


def _taken_off(db: Connection) -> dict[int, list[tuple[datetime, int]]]:
    """Account → when a superior took it off the roster, and whose it was."""
    undone = (CHANGE.c.act == TAKEN_OFF) & (CHANGE.c.about == "person")
    found: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
    for row in db.execute(
        select(CHANGE.c.at, CHANGE.c.row, CHANGE.c.old).where(undone).order_by(CHANGE.c.id)
    ):
        found[row.old["account"]].append((row.at, row.row))
    return found


def _spans(
    db: Connection,
    account: Any,  # noqa: ANN401 - a row of `contact`
    undone: list[tuple[datetime, int]],
    *,
    strangers: bool,
) -> Iterator[tuple[int | None, datetime | None, datetime | None]]:
    """(whose, since, until) of an account, from the beginning to now."""
    its = (CHANGE.c.act == JOINED) & (CHANGE.c.about == "contact") & (CHANGE.c.row == account.id)
    joins = db.execute(select(CHANGE.c.at, CHANGE.c.person_id).where(its).order_by(CHANGE.c.id)).all()
    turns: list[tuple[datetime, int | None]] = [(join.at, join.person_id) for join in joins]
    turns = sorted([*turns, *((at, None) for at, _ in undone)], key=lambda turn: turn[0])
    first = undone[0][1] if undone and turns[0][1] is None else None
    holders = [first if turns else account.person_id, *(holder for _, holder in turns)]
    if strangers:
        for place, holder in enumerate(holders):
            if holder is None:
                holders[place] = holders[place + 1] if place + 1 < len(holders) else holders[place - 1]
    moments = [None, *(at for at, _ in turns), None]
    yield from zip(holders, moments, moments[1:], strict=False)


def within(tenures: list[Tenure], contact: ColumnElement[Any], at: ColumnElement[Any]) -> ColumnElement[bool]:
    """Rows of these accounts, of the time in which they were theirs."""
    return or_(
        false(),
        *(
            and_(
                contact == one.contact_id,
                *([at >= one.since] if one.since else []),
                *([at < one.until] if one.until else []),
            )
            for one in tenures
        ),
    )
