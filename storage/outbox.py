"""What the bot will say: rows put here inside a turn, claimed and sent after its commit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from storage.database import insert_once, table_of
from storage.messages import Reply
from storage.models import Contact, Outgoing

OUTGOING = table_of(Outgoing)
CONTACT = table_of(Contact)

PRIORITIES = {"reply": 0, "reminder": 1, "digest": 2}
ATTEMPTS = 8
"""After so many passing faults a message is given up as failed."""


def put(  # noqa: PLR0913 - the columns of one row
    db: Connection, contact_id: int, reply: Reply, *, key: str, due_at: datetime, kind: str = "reply"
) -> int | None:
    """Queue a message; None if `key` was said before.  `kind`: reply, reminder or digest, which sets the priority."""
    row = {
        "contact_id": contact_id,
        "key": key,
        "kind": kind,
        "priority": PRIORITIES[kind],
        "body": reply.to_json(),
        "due_at": due_at,
        "state": "queued",
        "attempts": 0,
        "error": "",
        "platform_id": "",
        "created_at": due_at,
    }
    return db.execute(insert_once(OUTGOING, db), row).scalar()


@dataclass(frozen=True, slots=True)
class Due:
    """A message that this process is about to send; `replaces` is the platform's id of the one it edits."""

    id: int
    key: str
    kind: str
    attempts: int
    contact_id: int
    channel: str
    address: str
    reply: Reply
    replaces: str


_DUE = (
    select(OUTGOING, CONTACT.c.channel, CONTACT.c.address)
    .join(CONTACT, CONTACT.c.id == OUTGOING.c.contact_id)
    .where(
        OUTGOING.c.state == "queued", OUTGOING.c.due_at <= bindparam("now"), CONTACT.c.stopped_at.is_(None)
    )
    .order_by(OUTGOING.c.priority, OUTGOING.c.due_at, OUTGOING.c.id)
    .limit(bindparam("most"))
)
_CLAIM = (
    update(OUTGOING)
    .where(OUTGOING.c.id == bindparam("row"), OUTGOING.c.state == "queued")
    .values(state="sending", attempts=OUTGOING.c.attempts + 1)
)


def claim(db: Connection, now: datetime, most: int = 100) -> list[Due]:
    """Take what is due, the most urgent first, and at most one message a contact: order within a chat is kept."""
    heads: dict[int, Due] = {}
    for row in db.execute(_DUE, {"now": now, "most": most}):
        if row.contact_id not in heads:
            heads[row.contact_id] = _due(db, row)
    if heads:
        db.execute(_CLAIM, [{"row": due.id} for due in heads.values()])
    return list(heads.values())


def _due(db: Connection, row: Any) -> Due:  # noqa: ANN401 - a row of _DUE
    reply = Reply.from_json(row.body)
    replaces = ""
    if reply.replaces:
        replaces = db.scalar(select(OUTGOING.c.platform_id).where(OUTGOING.c.key == reply.replaces)) or ""
    return Due(
        row.id,
        row.key,
        row.kind,
        row.attempts + 1,
        row.contact_id,
        row.channel,
        row.address,
        reply,
        replaces,
    )


_SENT = (
    update(OUTGOING)
    .where(OUTGOING.c.id == bindparam("row"))
    .values(state="sent", sent_at=bindparam("at"), platform_id=bindparam("platform"))
)


def mark_sent(db: Connection, sent: Sequence[tuple[int, str]], at: datetime) -> None:
    """Record (row id, platform's message id) of each message that arrived."""
    if sent:
        db.execute(_SENT, [{"row": row, "at": at, "platform": platform} for row, platform in sent])


def mark_failed(db: Connection, row: int, at: datetime, error: str) -> None:
    """Give a message up; it does not count as said."""
    values = {"state": "failed", "failed_at": at, "error": error[:500]}
    db.execute(update(OUTGOING).where(OUTGOING.c.id == row).values(values))


def mark_unknown(db: Connection, row: int, error: str) -> None:
    """The message may or may not have arrived; it is not said again."""
    db.execute(update(OUTGOING).where(OUTGOING.c.id == row).values(state="unknown", error=error[:500]))


def put_back(db: Connection, row: int, due_at: datetime, error: str) -> None:
    """A passing fault: try again at `due_at`."""
    values = {"state": "queued", "due_at": due_at, "error": error[:500]}
    db.execute(update(OUTGOING).where(OUTGOING.c.id == row).values(values))


def recover(db: Connection) -> int:
    """After a crash: replies that were under way go out once more, reminders and digests do not (SETTLED)."""
    under_way = update(OUTGOING).where(OUTGOING.c.state == "sending")
    again = db.execute(under_way.where(OUTGOING.c.kind == "reply").values(state="queued"))
    db.execute(under_way.values(state="unknown", error="the process stopped while sending"))
    return again.rowcount


def back_off(attempts: int, retry_after: float | None = None) -> timedelta:
    """How long to wait before the next attempt: 2, 4, 8 … 300 s, and never less than the platform asks."""
    return timedelta(seconds=max(min(2.0**attempts, 300.0), retry_after or 0.0))


def waiting(db: Connection, now: datetime) -> int:
    """How many messages are due and not sent."""
    due = (OUTGOING.c.state == "queued") & (OUTGOING.c.due_at <= now)
    return db.scalar(select(func.count()).select_from(OUTGOING).where(due)) or 0
