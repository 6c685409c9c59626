"""When a chat account was whose: it may pass from one person to another, and what was said before stays the first's."""

from __future__ import annotations

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


def of(db: Connection, person_id: int) -> list[Tenure]:
    """All of a person's, past ones included; an account that nobody ever joined by was entered with its person."""
    passed = (CHANGE.c.act == JOINED) & (CHANGE.c.about == "contact")
    mine = select(CHANGE.c.row).where(passed, CHANGE.c.person_id == person_id)
    accounts = CONTACT.c.id.in_(mine) | (CONTACT.c.person_id == person_id)
    wanted = select(CONTACT.c.id, CONTACT.c.channel, CONTACT.c.person_id).where(accounts)
    return [
        tenure
        for account in db.execute(wanted.order_by(CONTACT.c.id)).all()
        for tenure in _of_account(db, account, person_id)
    ]


def _of_account(db: Connection, account: Any, person_id: int) -> list[Tenure]:  # noqa: ANN401 - a row of `contact`
    its = (CHANGE.c.act == JOINED) & (CHANGE.c.about == "contact") & (CHANGE.c.row == account.id)
    joins = db.execute(select(CHANGE.c.at, CHANGE.c.person_id).where(its).order_by(CHANGE.c.id)).all()
    if not joins:
        return [Tenure(account.id, None, None)]
    ends = [*(join.at for join in joins[1:]), None]
    return [
        Tenure(account.id, join.at, _end(db, account, person_id, join.at, end))
        for join, end in zip(joins, ends, strict=True)
        if join.person_id == person_id
    ]


def _end(
    db: Connection,
    account: Any,  # noqa: ANN401 - a row of `contact`
    person_id: int,
    since: datetime,
    until: datetime | None,
) -> datetime | None:
    """A superior may have taken the account off the roster before it was anybody else's."""
    if until is None and account.person_id == person_id:
        return None
    undone = (CHANGE.c.act == TAKEN_OFF) & (CHANGE.c.about == "person") & (CHANGE.c.row == person_id)
    rows = db.execute(select(CHANGE.c.at, CHANGE.c.old).where(undone, CHANGE.c.at >= since)).all()
    same = [row.at for row in rows if row.old.get("channel") == account.channel]
    return min([*same, *([until] if until else [])], default=None)


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
