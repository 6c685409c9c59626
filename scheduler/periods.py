"""Opens periods, locks them, and accepts reports on which no superior decided in time."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from storage import calendar, periods, reminders
from storage.calendar import TZ
from storage.database import Database
from storage.models import Duty, Period

ACCEPT_AFTER = 2
"""Working days that a superior has to return a report (DOMAIN 5.1)."""


def run(database: Database, now: datetime) -> dict[str, int]:
    """Do what is due at `now`; after an outage only the month that has begun is opened."""
    with database.read() as db:
        to_open = _to_open(db, now)
        to_lock = [period for period in periods.unlocked(db, now) if period.closes_at <= now]
        to_accept = _to_accept(db, now)
    if not (to_open or to_lock or to_accept):
        return {}
    with database.begin() as db:
        for duty in to_open:
            periods.ensure(db, duty, periods.key_of(now))
        accepted = periods.accept_silently(db, to_accept, now)
        for period in to_lock:
            _lock(db, period, now)
    return {"opened": len(to_open), "auto_accepted": accepted, "locked": len(to_lock)}


def _to_open(db: Connection, now: datetime) -> list[Duty]:
    key = periods.key_of(now)
    valid = periods.duties(db, calendar.today(now))
    return [duty for duty in valid if periods.by_key(db, duty.form_code, key) is None]


def _lock(db: Connection, period: Period, now: datetime) -> None:
    periods.lock(db, period, now)
    reminders.withdraw_all(db, period.id, "closed")


def _to_accept(db: Connection, now: datetime) -> list[int]:
    # Two working days never take less than two days, so the younger ones need no look at the calendar.
    waiting = periods.waiting_for_decision(db, now - timedelta(days=ACCEPT_AFTER))
    if not waiting:
        return []
    working = calendar.load(db)
    return [row for row, submitted_at in waiting if _accept_at(working, submitted_at) <= now]


def _accept_at(working: calendar.Calendar, submitted_at: datetime) -> datetime:
    here = submitted_at.astimezone(TZ)
    return calendar.at(working.shift(here.date(), ACCEPT_AFTER), here.time())
