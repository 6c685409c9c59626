"""Slow work that was asked for in chat: queued inside a turn, done outside of it, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from storage.attachments import media_type
from storage.contacts import CONTACT, Sender
from storage.database import table_of
from storage.messages import Attachment as File
from storage.models import Attachment
from storage.models import Task as Row

TASK = table_of(Row)
ATTACHMENT = table_of(Attachment)


@dataclass(frozen=True, slots=True)
class Task:
    """One piece of work; `path` is the file that came with it, relative to the data directory, empty without one."""

    id: int
    kind: str
    contact_id: int
    person_id: int | None
    channel: str
    body: dict[str, Any]
    path: str
    name: str
    """What the sender called the file."""
    media_type: str
    size: int


def put(  # noqa: PLR0913 - the columns of one row
    db: Connection,
    kind: str,
    sender: Sender,
    at: datetime,
    body: dict[str, Any] | None = None,
    file: File | None = None,
) -> int:
    """Queue work for an account; with a file it waits until that is fetched."""
    row = {"kind": kind, "contact_id": sender.id, "body": body or {}, "state": "queued", "created_at": at}
    task_id = int(db.execute(TASK.insert().returning(TASK.c.id), row).scalar_one())
    if file is not None:
        held = {
            "task_id": task_id, "version": 1, "question": "", "path": file.path, "name": file.name,
            "media_type": media_type(file), "size": file.size, "channel": sender.channel, "remote": file.remote,
            "fetch_at": at if file.remote else None, "attempts": 0, "contact_id": sender.id, "received_at": at,
        }  # fmt: skip
        db.execute(ATTACHMENT.insert(), held)
    return task_id


_TASKS = select(
    TASK.c.id, TASK.c.kind, TASK.c.contact_id, CONTACT.c.person_id, CONTACT.c.channel, TASK.c.body,
    ATTACHMENT.c.path, ATTACHMENT.c.name, ATTACHMENT.c.media_type, ATTACHMENT.c.size,
).select_from(
    TASK.join(CONTACT, CONTACT.c.id == TASK.c.contact_id).outerjoin(
        ATTACHMENT, ATTACHMENT.c.task_id == TASK.c.id
    )
)  # fmt: skip


def next_of(db: Connection) -> Task | None:
    """The oldest work whose file is there, or was given up."""
    ready = _TASKS.where(TASK.c.state == "queued", ATTACHMENT.c.fetch_at.is_(None))
    row = db.execute(ready.order_by(TASK.c.id).limit(1)).one_or_none()
    return None if row is None else _task(row)


def of(db: Connection, task_id: int, contact_id: int) -> Task | None:
    """A piece of work that this account asked for; None if it is not its own."""
    mine = _TASKS.where(TASK.c.id == task_id, TASK.c.contact_id == contact_id)
    row = db.execute(mine.limit(1)).one_or_none()
    return None if row is None else _task(row)


def done(db: Connection, kind: str, about: str, number: int) -> list[Task]:
    """Finished work of a kind whose body has this number under `about`, the oldest first."""
    its = (TASK.c.kind == kind, TASK.c.state == "done", TASK.c.body[about].as_integer() == number)
    return [_task(row) for row in db.execute(_TASKS.where(*its).order_by(TASK.c.id))]


def newest(db: Connection, kind: str, contact_id: int) -> int | None:
    """The latest work of a kind that an account asked for."""
    own = select(TASK.c.id).where(TASK.c.kind == kind, TASK.c.contact_id == contact_id)
    return db.scalar(own.order_by(TASK.c.id.desc()).limit(1))


def finish(db: Connection, task_id: int, at: datetime, state: str = "done") -> bool:
    """The work is over; False if it was over before."""
    still = (TASK.c.id == task_id) & (TASK.c.state == "queued")
    return bool(db.execute(update(TASK).where(still).values(state=state, finished_at=at)).rowcount)


def _task(row: Any) -> Task:  # noqa: ANN401 - a row of _TASKS
    file = (row.path or "", row.name or "", row.media_type or "", row.size or 0)
    return Task(row.id, row.kind, row.contact_id, row.person_id, row.channel, row.body, *file)
