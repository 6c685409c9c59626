"""Files that a platform still keeps for us: which are to be fetched, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from storage.database import table_of
from storage.models import Attachment

ATTACHMENT = table_of(Attachment)
PATIENCE = timedelta(hours=48)
"""After so long a file is given up; its row stays and says that there was one."""


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """One attachment whose file is still with the platform."""

    id: int
    channel: str
    remote: str
    name: str
    media_type: str
    attempts: int
    received_at: datetime


_WANTED = (
    select(*(ATTACHMENT.c[name] for name in RemoteFile.__slots__))
    .where(ATTACHMENT.c.fetch_at.is_not(None))
    .order_by(ATTACHMENT.c.fetch_at)
)


def wanted(db: Connection, now: datetime, most: int, channels: Sequence[str]) -> list[RemoteFile]:
    """What is to be fetched by now from these channels, the longest waiting first."""
    here = (ATTACHMENT.c.fetch_at <= now) & ATTACHMENT.c.channel.in_(channels)
    rows = db.execute(_WANTED.where(here).limit(most))
    return [RemoteFile(*row) for row in rows]


def arrived(db: Connection, file_id: int, path: str, size: int) -> None:
    """The file lies at `path` now."""
    _set(db, file_id, path=path, size=size, remote="", fetch_at=None)


def put_off(db: Connection, file: RemoteFile, now: datetime, retry_after: float | None = None) -> bool:
    """A passing fault: try again in 10 s, 20 s … 1 h; False when it is given up instead."""
    if now - file.received_at > PATIENCE:
        give_up(db, file.id)
        return False
    wait = max(min(10 * 2.0**file.attempts, 3600.0), retry_after or 0.0)
    _set(db, file.id, fetch_at=now + timedelta(seconds=wait), attempts=file.attempts + 1)
    return True


def give_up(db: Connection, file_id: int) -> None:
    """The platform does not have the file any more, or it is too large."""
    _set(db, file_id, fetch_at=None)


def _set(db: Connection, file_id: int, **values: object) -> None:
    db.execute(update(ATTACHMENT).where(ATTACHMENT.c.id == file_id).values(values))
