"""What is to come: the next reminder and the next deadline, for a clock that is moved by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Connection

from handlers import report
from scheduler import ladder
from scheduler.reminders import Situation, is_half, situations
from storage import calendar, periods
from storage.calendar import Calendar
from storage.models import Period
from storage.reminders import LATER

DUE_HOUR = "17:00"


def upcoming(db: Connection, now: datetime) -> datetime | None:
    """The next moment at which a reminder could be sent: what a simulated clock moves to."""
    working = calendar.load(db)
    found = [moment for one in situations(db, now, working) if one.missing for moment in _chances(db, one)]
    found += [moment for period in _to_come(db, now, working)
              for moment in ladder.chances(period, working, now, half=False)]  # fmt: skip
    return min(found, default=None)


def deadline(db: Connection, now: datetime) -> datetime | None:
    """The end of office hours of the next due date, when the leaders get their first figures."""
    working = calendar.load(db)
    planned = [period for _, period in _planned(db, now, working)]
    moments = (calendar.at(period.due_on, DUE_HOUR) for period in planned)
    return min((moment for moment in moments if moment > now), default=None)


def _chances(db: Connection, here: Situation) -> Iterator[datetime]:
    half = any(is_half(*report.progress(db, unit.submission_id))
               for unit in here.missing if unit.submission_id and unit.state == "draft")  # fmt: skip
    yield from ladder.chances(here.period, here.working, here.now, half=half)
    missing = {unit.unit_id for unit in here.missing}
    for (_, unit_id), rows in here.said.items():
        for row in rows:
            if row.waits and row.step.startswith(LATER) and unit_id in missing:
                yield _next_run(here.working, max(row.planned_at, here.now + timedelta(minutes=1)))


def _next_run(working: Calendar, moment: datetime) -> datetime:
    """The first half hour, not before a moment, at which the job may speak."""
    half_hour = timedelta(minutes=30)
    late = timedelta(minutes=moment.minute % 30, seconds=moment.second, microseconds=moment.microsecond)
    return working.next_chance(moment - late + half_hour if late else moment)


def _to_come(db: Connection, now: datetime, working: Calendar) -> list[Period]:
    """Periods of this month and the next that are not opened yet."""
    return [period for stored, period in _planned(db, now, working) if not stored]


def _planned(db: Connection, now: datetime, working: Calendar) -> list[tuple[bool, Period]]:
    """(is it stored, period) of each duty for this month and the next."""
    this = periods.key_of(now)
    found = []
    for duty in periods.duties(db, calendar.today(now)):
        for key in (this, periods.next_key(this)):
            stored = periods.by_key(db, duty.form_code, key)
            found.append((stored is not None, stored or periods.plan(duty, key, working)))
    return found
