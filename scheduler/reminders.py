"""Reminds those whose report is missing: once a step, in office hours, at most one message a person a day.

Every run looks at what is true at `now`, so a run too many changes nothing and a missed one is made good: the
latest step that was missed is said when there is a chance, the older ones are dropped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from itertools import islice

from sqlalchemy import Connection

from handlers import reminder_texts, report
from handlers.reminder_texts import About, Missing
from scheduler import due, ladder
from scheduler.due import Item, Situation
from storage import calendar, outbox, pause, periods, reminders
from storage.calendar import Calendar
from storage.database import Database
from storage.messages import Reply
from storage.models import Period
from storage.reminders import LATER, Officer

BATCH = 100
"""Messages queued in one transaction: officers who are writing do not wait for the rest."""
DUE_HOUR = "17:00"


def run(database: Database, now: datetime) -> dict[str, int]:
    """Queue what is to be said now; what was queued and could not be sent in time is taken back."""
    recalled = recall(database, now)
    with database.read() as db:
        working, paused = calendar.load(db), pause.current(db)
    queued = _say(database, now, working) if working.may_speak(now) and paused is None else 0
    counts = {"reminders": queued, "recalled": recalled}
    return {name: count for name, count in counts.items() if count}


def recall(database: Database, now: datetime) -> int:
    """Take back what waits in the outbox although this is no time to send it, or since an earlier day."""
    with database.read() as db:
        if not reminders.queued(db):
            return 0
        speaking = calendar.load(db).may_speak(now) and pause.current(db) is None
    with database.begin() as db:
        return reminders.recall(db, calendar.at(calendar.today(now), time()) if speaking else None)


def _say(database: Database, now: datetime, working: Calendar) -> int:
    with database.read() as db:
        messages = iter(due.messages(db, now, working))
        queued = 0
    while batch := list(islice(messages, BATCH)):
        with database.begin() as db:
            queued += sum(queue(db, items, slot, now) for slot, items in batch)
    return queued


# ── queueing ────────────────────────────────────────────────────────────────────────────────────────


def queue(db: Connection, items: Sequence[Item], slot: str, now: datetime) -> int:
    """One message with all items that are still true; 1 if it is new."""
    done = reminders.reported(db, {(unit, item.period.id) for item in items for unit in item.unit_ids})
    true = [item for item in items if not any((unit, item.period.id) in done for unit in item.unit_ids)]
    if not true:
        return 0
    officer = true[0].officer
    contact = officer.contact_id or 0
    key = f"reminder:{contact}:{calendar.today(now)}:{slot}"
    outgoing = outbox.put(db, contact, _words(officer, true), key=key, due_at=now, kind="reminder")
    if outgoing is None:
        return 0
    rows = [row | {"outgoing_id": outgoing} for item in true for row in item.rows]
    reminders.record(db, [*rows, *(row for item in true for row in item.passed)])
    return 1


def _words(officer: Officer, items: Sequence[Item]) -> Reply:
    about = [item.words for item in items if isinstance(item.words, About)]
    replies = [reminder_texts.reminder(officer.address_form, officer.name, about)] if about else []
    lists = [(item, item.words) for item in items if not isinstance(item.words, About)]
    replies += [_list_words(officer, item.period, units, item.owed) for item, units in lists]
    return reminder_texts.together(replies)


def _list_words(officer: Officer, period: Period, units: Sequence[Missing], owed: int) -> Reply:
    return reminder_texts.missing_list(
        officer.address_form, officer.name, units,
        of=owed, key=period.key, due_on=period.due_on, closes_at=period.closes_at,
    )  # fmt: skip


# ── looking ahead ───────────────────────────────────────────────────────────────────────────────────


def upcoming(db: Connection, now: datetime) -> datetime | None:
    """The next moment at which a reminder could be sent: what a simulated clock moves to."""
    working = calendar.load(db)
    found = [
        moment for one in due.situations(db, now, working) if one.missing for moment in _chances(db, one)
    ]
    for period in _to_come(db, now, working):
        found += ladder.chances(period, working, now, half=False)
        found += ladder.list_chances(period, working, now)
    return min(found, default=None)


def deadline(db: Connection, now: datetime) -> datetime | None:
    """The end of office hours of the next due date, when the leaders get their first figures."""
    working = calendar.load(db)
    planned = [period for _, period in _planned(db, now, working)]
    moments = (calendar.at(period.due_on, DUE_HOUR) for period in planned)
    return min((moment for moment in moments if moment > now), default=None)


def _chances(db: Connection, here: Situation) -> Iterator[datetime]:
    yield from ladder.list_chances(here.period, here.working, here.now)
    for due_on in {unit.due_on for unit in here.missing}:
        half = any(due.is_half(*report.progress(db, unit.submission_id)) for unit in here.missing
                   if unit.submission_id and unit.state == "draft" and unit.due_on == due_on)  # fmt: skip
        yield from ladder.chances(here.ladder(due_on)[0], here.working, here.now, half=half)
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
