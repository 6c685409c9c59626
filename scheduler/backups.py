"""Takes the backup of the night, and makes good a night that was missed."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from storage import backups, calendar, notes, units
from storage.backups import Backup
from storage.database import Database

log = logging.getLogger(__name__)

NIGHTLY = time(2, 30)
"""In Hanoi: nobody writes, and what the day before brought is in."""
FAILED = "backup_failed"
"""The note that tells why the last backup was not made: {"at": …, "why": …}; empty after one that was."""


def run(database: Database, now: datetime) -> dict[str, int]:
    """Back up everything unless this was done since the last night; a fault is noted for the health message."""
    if database.backups is None or not _owed(database, now):
        return {}
    try:
        backups.daily(database, now)
    except backups.StoppedError:
        log.info("the backup was left off, since the program stops; the next start takes one")
        return {}
    except (OSError, backups.NoRoomError, SQLAlchemyError) as error:
        log.exception("the backup failed")
        _note(database, json.dumps({"at": now.isoformat(), "why": str(error)[:300]}, ensure_ascii=False))
        return {"backup_failed": 1}
    _note(database, "")
    return {"backups": 1}


def failure(db: Connection, taken: Sequence[Backup]) -> tuple[datetime, str] | None:
    """When and why the last attempt failed; None if there was none, or a backup was taken since."""
    noted = json.loads(notes.get(db, FAILED) or "{}")
    if not noted:
        return None
    at = datetime.fromisoformat(noted["at"])
    return None if taken and taken[0].taken_at > at else (at, noted["why"])


def _owed(database: Database, now: datetime) -> bool:
    with database.read() as db:
        if not units.any_there(db):
            return False
    taken = backups.found(database.backups) if database.backups else []
    return not taken or taken[0].taken_at < _last_night(now)


def _last_night(now: datetime) -> datetime:
    night = calendar.at(calendar.today(now), NIGHTLY)
    return night if night <= now else night - timedelta(days=1)


def _note(database: Database, words: str) -> None:
    with database.begin() as db:
        if words or notes.get(db, FAILED):
            notes.put(db, FAILED, words)
