"""Keeps the legal clocks of requests about personal data: reminds administrators, carries erasures out in time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select

from handlers import privacy_texts, requests_told, telling
from handlers.engine import spelling
from storage import attachments, calendar, data_requests, pause
from storage.audit import JOB
from storage.calendar import Calendar
from storage.data_requests import Request
from storage.database import Database
from storage.outbox import OUTGOING

PATIENCE = timedelta(hours=24)
"""How long an erasure waits for its last message to go out."""
DECIDED = ("correct", "erase")
"""Kinds that an administrator decides; the others are done at once."""


@dataclass(frozen=True, slots=True)
class Nudge:
    """One reminder of the administrators: why, and by which day."""

    request: Request
    step: str
    template: str
    day: date

    @property
    def key(self) -> str:
        """Once for each clock, a new one after an extension."""
        return f"data_request:{self.request.id}:{self.step}:{self.day:%Y%m%d}"


def run(database: Database, now: datetime) -> dict[str, int]:
    """Remind in office hours, approve what the law gives no more time for, erase what was approved.

    A pause silences the reminders; the law does not pause.
    """
    with database.read() as db:
        waiting = [one for one in data_requests.pending(db) if one.kind in DECIDED]
        if not waiting:
            return {}
        working = calendar.load(db)
        speaks = working.may_speak(now) and pause.current(db) is None
        ready = [one for one in waiting if _may_be_erased(db, one, now)]
    today = calendar.today(now)
    nudges = [nudge for one in waiting for nudge in _nudges(one, working, today)] if speaks else []
    over = [one for one in waiting if _last_chance(one, working, today)]
    counts = {
        "requests_reminded": sum(_remind(database, nudge, now) for nudge in nudges),
        "erasures_approved": sum(_approve(database, one, now) for one in over),
        "erased": sum(_erase(database, one, now) for one in ready),
    }
    return {name: n for name, n in counts.items() if n}


def _nudges(request: Request, working: Calendar, today: date) -> Iterator[Nudge]:
    """The working day before a clock runs out, and the day on which it has."""
    if request.state != data_requests.OPEN:
        return
    if not request.extended:
        day = request.answer_by
        yield from _of_clock(request, "answer", day, working, today)
    yield from _of_clock(request, "done", request.done_by, working, today)


def _of_clock(request: Request, clock: str, day: date, working: Calendar, today: date) -> Iterator[Nudge]:
    soon, late = _TEMPLATES[clock]
    if today > day:
        yield Nudge(request, f"{clock}_late", late, day)
    elif today >= working.shift(day, -1):
        yield Nudge(request, f"{clock}_soon", soon, day)


_TEMPLATES = {
    "answer": (privacy_texts.REMIND_ANSWER, privacy_texts.REMIND_LATE_ANSWER),
    "done": (privacy_texts.REMIND_DONE, privacy_texts.REMIND_LATE),
}


def _remind(database: Database, nudge: Nudge, now: datetime) -> bool:
    request = nudge.request
    with database.begin() as db:
        said = select(OUTGOING.c.id).where(OUTGOING.c.key.like(f"{nudge.key}:%")).limit(1)
        if db.execute(said).first() is not None:
            return False
        who = telling.named(db, request.person_id, calendar.today(now))
        told = {"who": who, "what": requests_told.what(request), "day": spelling.date(nudge.day)}
        requests_told.to_administrators(db, request, nudge.template, nudge.key, now, **told)
    return True


def _last_chance(request: Request, working: Calendar, today: date) -> bool:
    """Nobody has decided, and the next day on which anything runs would be too late."""
    if request.kind != "erase" or request.state != data_requests.OPEN:
        return False
    return working.next_speaking_day(today) > request.done_by


def _approve(database: Database, request: Request, now: datetime) -> bool:
    with database.begin() as db:
        return requests_told.approve(db, request, JOB, now)


def _may_be_erased(db: Connection, request: Request, now: datetime) -> bool:
    """Once the last message went out, or could not for a day."""
    if request.state != data_requests.APPROVED:
        return False
    key = OUTGOING.c.key == requests_told.key_of(request, "goodbye")
    goodbye = db.execute(select(OUTGOING.c.state, OUTGOING.c.created_at).where(key)).one_or_none()
    if goodbye is None or goodbye.state not in ("queued", "sending"):
        return True
    waited: timedelta = now - goodbye.created_at
    return waited > PATIENCE


def _erase(database: Database, request: Request, now: datetime) -> bool:
    with database.begin() as db:
        paths = requests_told.carry_out(db, JOB, request, now)
    attachments.remove(database.files, paths or ())
    return paths is not None
