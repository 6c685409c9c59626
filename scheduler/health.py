"""Tells the administrators in the morning of a working day what is wrong with the installation, if anything is."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection, select

from handlers import health_texts, telling
from handlers.showing import clip, moment
from scheduler.backups import failure
from storage import backups, calendar, restoring, troubles, units
from storage.calendar import Calendar
from storage.database import Database
from storage.outbox import OUTGOING

log = logging.getLogger(__name__)

NOON = time(11)
"""Later than this it is no morning's message any more."""
LINES = 6
OLD = timedelta(hours=26)
"""A nightly backup that is older was missed."""
PATIENCE = timedelta(minutes=30)
"""A message that was tried for so long waits for somebody to look."""
REMEMBERED = timedelta(days=3)
"""For how long a restoration is spoken of."""
SLOW = timedelta(minutes=1)
LEAST_FREE, LEAST_SHARE = 1_000_000_000, 0.10
REASON = 60
"""Characters of a reason that are shown."""
NAMES = 3


def run(database: Database, now: datetime) -> dict[str, int]:
    """Queue the message once a day; when nothing is wrong, nothing is said."""
    with database.read() as db:
        working = calendar.load(db)
        if (
            not working.may_speak(now)
            or now.astimezone(calendar.TZ).time() >= NOON
            or not units.any_there(db)
        ):
            return {}
        lines = [*_machine(database, db, now), *_rows(db, now, working)]
    if not lines:
        return {}
    with database.begin() as db:
        told = _tell(db, lines, now)
    if told:
        log.warning("the morning's look found %s things wrong: %s", len(lines), "; ".join(lines))
    return {"health": told} if told else {}


def _tell(db: Connection, lines: list[str], now: datetime) -> int:
    """To each administrator once a day."""
    today = calendar.today(now)
    key = f"health:{today}"
    _, officers = telling.administrators(db, today)
    said = set(db.scalars(select(OUTGOING.c.key).where(OUTGOING.c.key.startswith(f"{key}:"))))
    officers = [one for one in officers if f"{key}:{one.contact_id}" not in said]
    room = LINES - 1
    shown = lines if len(lines) <= room else lines[: room - 1]
    more = [health_texts.MORE.format(n=len(lines) - len(shown))] if len(shown) < len(lines) else []
    words = "\n".join([*shown, *more])
    telling.tell(db, officers, health_texts.MESSAGE, key=key, at=now, n=len(lines), lines=words)
    return len(officers)


# ── the machine ─────────────────────────────────────────────────────────────────────────────────────


def _machine(database: Database, db: Connection, now: datetime) -> Iterator[str]:
    if troubles.damage(db):
        yield health_texts.DAMAGED
    yield from _disk(database)
    if database.backups is not None:
        yield from _backup(database, db, now)
    newest = troubles.newest_message(db)
    if newest is not None and newest - now > SLOW:
        yield health_texts.CLOCK.format(minutes=int((newest - now).total_seconds() // 60))


def _disk(database: Database) -> Iterator[str]:
    there = next(
        path for path in (database.files.absolute(), *database.files.absolute().parents) if path.exists()
    )
    disk = shutil.disk_usage(there)
    if disk.free < LEAST_FREE or disk.free < LEAST_SHARE * disk.total:
        yield health_texts.DISK.format(free=disk.free // 1_000_000, percent=disk.free * 100 // disk.total)


def _backup(database: Database, db: Connection, now: datetime) -> Iterator[str]:
    taken = backups.found(database.backups) if database.backups else []
    if failed := failure(db, taken):
        yield health_texts.BACKUP_FAILED.format(at=moment(failed[0]), why=clip(failed[1], REASON))
    elif not taken:
        yield health_texts.BACKUP_NONE
    elif now - taken[0].taken_at > OLD:
        yield health_texts.BACKUP_OLD.format(at=moment(taken[0].taken_at))
    if database.backups and (tight := backups.tight(database.backups)):
        free, size = (number // 1_000_000 for number in tight)
        yield health_texts.BACKUP_ROOM.format(free=free, size=size)


# ── the rows ────────────────────────────────────────────────────────────────────────────────────────


def _rows(db: Connection, now: datetime, working: Calendar) -> Iterator[str]:
    since = calendar.at(_day_before(calendar.today(now), working), calendar.WINDOWS[0][0])
    gap = restoring.gap(db)
    if gap and now - gap.restored_at < REMEMBERED:
        yield health_texts.RESTORED.format(taken=moment(gap.taken_at), stopped=moment(gap.stopped_at))
    waits, oldest = troubles.stuck(db, now - PATIENCE)
    if oldest is not None:
        yield health_texts.STUCK.format(n=waits, since=moment(oldest))
    if unsent := troubles.unsent(db, since):
        why = clip(unsent[0][0] or health_texts.UNKNOWN, REASON)
        yield health_texts.UNSENT.format(n=sum(number for _, number in unsent), why=why)
    if codes := troubles.failed_turns(db, since):
        yield health_texts.FAILED.format(n=len(codes), codes=", ".join(codes[:NAMES]))
    if names := troubles.gone(db, since):
        yield health_texts.GONE.format(n=len(names), names=_some(names))


def _day_before(today: date, working: Calendar) -> date:
    """The last day on which such a message could be said."""
    day = today - timedelta(days=1)
    while working.is_quiet(day):
        day -= timedelta(days=1)
    return day


def _some(names: list[str]) -> str:
    shown = ", ".join(names[:NAMES])
    rest = len(names) - NAMES
    return health_texts.AND_OTHERS.format(names=shown, n=rest) if rest > 0 else shown
