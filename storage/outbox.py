"""What the bot will say: rows put here inside a turn, claimed and sent after its commit."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, bindparam, exists, literal_column, or_, select, update

from storage.database import insert_once, table_of
from storage.messages import Reply
from storage.models import Contact, Note, Outgoing
from storage.pause import PAUSED

OUTGOING = table_of(Outgoing)
CONTACT = table_of(Contact)
NOTE = table_of(Note)

PRIORITIES = {"reply": 0, "reminder": 1, "digest": 2, "tidy": 3}
ATTEMPTS = 8
"""After so many passing faults a message is given up, if others went through in the meantime."""
PATIENCE = timedelta(hours=24)
"""After so long it is given up in any case."""


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
    due_at: datetime


PAUSABLE = ("reminder", "digest")
"""What is held back while an administrator has paused it; replies never are."""
_PAUSED = exists().where(NOTE.c.name == PAUSED, NOTE.c.value != "")
# The state is written out, since a partial index is not used for a value that is bound.
_QUEUED = OUTGOING.c.state == literal_column("'queued'")
_MAY_GO = and_(
    _QUEUED,
    OUTGOING.c.due_at <= bindparam("now"),
    or_(OUTGOING.c.kind.not_in(PAUSABLE), ~_PAUSED),
    # Not the bare column: the search must begin with the few rows that wait, not with all contacts of a channel.
    CONTACT.c.channel + "" == bindparam("channel"),
    CONTACT.c.stopped_at.is_(None),
    or_(CONTACT.c.not_before.is_(None), CONTACT.c.not_before <= bindparam("now")),
    OUTGOING.c.contact_id.not_in(bindparam("busy", expanding=True)),
)
_JOINED = OUTGOING.join(CONTACT, CONTACT.c.id == OUTGOING.c.contact_id)
_DUE = (
    select(
        OUTGOING.c.id, OUTGOING.c.key, OUTGOING.c.kind, OUTGOING.c.attempts, OUTGOING.c.contact_id, OUTGOING.c.body,
        OUTGOING.c.due_at, CONTACT.c.channel, CONTACT.c.address,
    )
    .select_from(_JOINED)
    .where(_MAY_GO)
    .order_by(OUTGOING.c.priority, OUTGOING.c.id)
    .limit(bindparam("most"))
)  # fmt: skip
_ANY = select(OUTGOING.c.id).select_from(_JOINED).where(_MAY_GO).limit(1)
_CLAIM = (
    update(OUTGOING)
    .where(OUTGOING.c.id.in_(bindparam("rows", expanding=True)), _QUEUED)
    .values(state="sending", attempts=OUTGOING.c.attempts + 1)
    .returning(OUTGOING.c.id)
)


def waiting(db: Connection, now: datetime, channel: str, busy: Collection[int] = ()) -> bool:
    """Whether a chat of this channel that is not `busy` has something due."""
    return db.execute(_ANY, {"now": now, "channel": channel, "busy": list(busy)}).first() is not None


def claim(
    db: Connection, now: datetime, channel: str, most: int = 100, busy: Collection[int] = ()
) -> list[Due]:
    """Take what is due, the most urgent first, and at most one message a chat: order within a chat is kept.

    `busy` are contacts that have a message under way or were written to just now.
    """
    heads: dict[int, Any] = {}
    bound = {"now": now, "channel": channel, "most": 2 * most, "busy": list(busy)}
    for row in db.execute(_DUE, bound):
        heads.setdefault(row.contact_id, row)
        if len(heads) == most:
            break
    taken = set(db.scalars(_CLAIM, {"rows": [row.id for row in heads.values()]})) if heads else set()
    return [_due(db, row) for row in heads.values() if row.id in taken]


def release(db: Connection, rows: Sequence[int]) -> None:
    """Undo `claim`."""
    values = {"state": "queued", "attempts": OUTGOING.c.attempts - 1}
    db.execute(update(OUTGOING).where(OUTGOING.c.id.in_(rows)).values(values))


def _due(db: Connection, row: Any) -> Due:  # noqa: ANN401 - a row of _DUE
    reply = Reply.from_json(row.body)
    replaces = platform_id(db, reply.replaces) if reply.replaces else ""
    return Due(
        row.id, row.key, row.kind, row.attempts + 1, row.contact_id, row.channel, row.address, reply, replaces,
        row.due_at,
    )  # fmt: skip


def platform_id(db: Connection, key: str) -> str:
    """What the platform calls a message that was sent; empty if it was not."""
    return db.scalar(select(OUTGOING.c.platform_id).where(OUTGOING.c.key == key)) or ""


def put_tidying(db: Connection, due: Due, at: datetime) -> None:
    """Once `due` is sent, the buttons that it spends are to be taken off, what was pressed stays to be seen."""
    earlier = db.execute(_EARLIER, {"key": due.reply.spends}).first()
    if earlier is None or not earlier.platform_id:
        return
    said = Reply.from_json(earlier.body)
    if said.choices and not said.attachments:
        tidied = Reply(said.text, replaces=due.reply.spends, chosen=due.reply.chosen)
        put(db, due.contact_id, tidied, key=f"{due.reply.spends}.tidy", due_at=at, kind="tidy")


_EARLIER = select(OUTGOING.c.body, OUTGOING.c.platform_id).where(OUTGOING.c.key == bindparam("key"))
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


def put_back(db: Connection, due: Due, not_before: datetime, error: str) -> None:
    """A passing fault: the message keeps its place, and its chat waits until `not_before`."""
    values = {"state": "queued", "error": error[:500]}
    db.execute(update(OUTGOING).where(OUTGOING.c.id == due.id).values(values))
    db.execute(update(CONTACT).where(CONTACT.c.id == due.contact_id).values(not_before=not_before))


def recover(db: Connection) -> int:
    """After a crash: replies that were under way go out once more, reminders and digests do not (SETTLED)."""
    under_way = update(OUTGOING).where(OUTGOING.c.state == "sending")
    again = db.execute(under_way.where(OUTGOING.c.kind == "reply").values(state="queued"))
    db.execute(under_way.where(OUTGOING.c.kind == "tidy").values(state="withdrawn"))
    db.execute(under_way.values(state="unknown", error="the process stopped while sending"))
    return again.rowcount


def back_off(attempts: int, retry_after: float | None = None) -> timedelta:
    """How long to wait before the next attempt: 2, 4, 8 … 300 s, and never less than the platform asks."""
    return timedelta(seconds=max(min(2.0**attempts, 300.0), retry_after or 0.0))
