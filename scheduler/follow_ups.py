"""Questions that nobody answers: the superior hears again after a working day, the standing department after two."""

from __future__ import annotations

from datetime import datetime, time

from sqlalchemy import Connection, true

from handlers import human_files, human_routing, human_texts
from handlers.texts import say
from storage import calendar, contacts, help_requests, outbox, pause
from storage.calendar import TZ, Calendar
from storage.database import Database
from storage.help_requests import Request
from storage.messages import Reply
from storage.reminders import Officer

AGAIN_AFTER, PASSED_AFTER = 1, 2
"""Working days."""
LAST_RUN = time(16)
"""What was asked later in the day is not put off by a further day."""


def run(database: Database, now: datetime) -> dict[str, int]:
    """Say again and pass on what is due, in office hours only; close what was answered long ago."""
    with database.read() as db:
        working = calendar.load(db)
        speaks = working.may_speak(now)
        due = [one.id for one in _open(db) if _act(db, one, working, now)] if speaks else []
        old = help_requests.any_old(db, now)
    if not due and not old:
        return {}
    counts = dict.fromkeys(("reached", "moved", "again", "passed"), 0)
    with database.begin() as db:
        closed = help_requests.close_old(db, now)
        for request in _open(db):
            if request.id in due and (act := _act(db, request, working, now)):
                ACTS[act](db, request, working, now)
                counts[act] += 1
    return {name: number for name, number in (counts | {"closed": closed}).items() if number}


def _open(db: Connection) -> list[Request]:
    return help_requests.waiting(db, true())


def _act(db: Connection, request: Request, working: Calendar, now: datetime) -> str:
    """What is to be done about an open request now; empty if nothing.  A pause stops the clock, not the question."""
    today = calendar.today(now)
    at_unit_id, officers = human_routing.receivers(db, request, today)
    if not request.told:
        return "reached" if officers else ""
    if officers and at_unit_id != request.at_unit_id and not {*_accounts(officers)} & {*request.told}:
        return "moved"
    if pause.current(db) is not None:
        return ""
    since = request.opened_at + pause.lost(db, request.opened_at)
    if (
        request.at_unit_id is not None
        and not request.passed
        and now >= _after(since, working, PASSED_AFTER)
        and _department(db, request, now)
    ):
        return "passed"
    said = request.context.get("again") == request.opened_at.isoformat()
    return "again" if now >= _after(since, working, AGAIN_AFTER) and not said else ""


def _after(since: datetime, working: Calendar, days: int) -> datetime:
    here = since.astimezone(TZ)
    return calendar.at(working.shift(here.date(), days), min(here.time(), LAST_RUN))


def _department(db: Connection, request: Request, now: datetime) -> list[Officer]:
    today = calendar.today(now)
    return human_routing.department(db, request, today, human_routing.receivers(db, request, today)[1])


# ── acts ────────────────────────────────────────────────────────────────────────────────────────────


def _reach(db: Connection, request: Request, _: Calendar, now: datetime) -> None:
    """Somebody who can be reached is there at last."""
    at_unit_id, officers = human_routing.receivers(db, request, calendar.today(now))
    _put(db, request, officers, human_texts.QUESTION, "reached", now)
    help_requests.route(db, request, at_unit_id, _accounts(officers))
    _tell_asker(db, request, "reached", at_unit_id, officers, now)


def _move(db: Connection, request: Request, working: Calendar, now: datetime) -> None:
    """The unit that was asked has nobody left: the question goes where it would go today."""
    at_unit_id, officers = human_routing.receivers(db, request, calendar.today(now))
    above = human_routing.office(db, request.at_unit_id, calendar.today(now))
    age = _age(request, working, now)
    _put(db, request, officers, human_texts.QUESTION_PASSED, "moved", now, age=age, above=above)
    help_requests.route(db, request, at_unit_id, _accounts(officers), again=request.opened_at.isoformat())
    _tell_asker(db, request, "moved", at_unit_id, officers, now)


def _remind(db: Connection, request: Request, working: Calendar, now: datetime) -> None:
    at_unit_id, officers = human_routing.receivers(db, request, calendar.today(now))
    _put(db, request, officers, human_texts.QUESTION_AGAIN, "again", now, age=_age(request, working, now))
    help_requests.route(db, request, at_unit_id, _accounts(officers), again=request.opened_at.isoformat())


def _pass_on(db: Connection, request: Request, working: Calendar, now: datetime) -> None:
    officers = _department(db, request, now)
    above = human_routing.office(db, request.at_unit_id, calendar.today(now))
    age = _age(request, working, now)
    _put(db, request, officers, human_texts.QUESTION_PASSED, "passed", now, age=age, above=above)
    help_requests.route(db, request, request.at_unit_id, _accounts(officers), passed=now.isoformat(),
                        again=request.opened_at.isoformat())  # fmt: skip
    _tell_asker(db, request, "passed", None, officers, now)


ACTS = {"reached": _reach, "moved": _move, "again": _remind, "passed": _pass_on}
TO_THE_ASKER = {"reached": human_texts.REACHED, "moved": human_texts.MOVED, "passed": human_texts.PASSED_ON}


def _put(  # noqa: PLR0913 - one message, all its circumstances
    db: Connection,
    request: Request,
    officers: list[Officer],
    template: str,
    what: str,
    now: datetime,
    **values: object,
) -> None:
    key = f"{request.opened_at.astimezone(TZ):%Y%m%d%H%M%S}:{what}"
    human_routing.put_to(db, request, officers, template, key=key, at=now, **values)
    human_files.follow(db, request, officers, now)


def _accounts(officers: list[Officer]) -> list[int]:
    return [officer.contact_id or 0 for officer in officers]


def _age(request: Request, working: Calendar, now: datetime) -> str:
    return human_texts.age(working.days_left(calendar.today(request.opened_at), calendar.today(now)))


def _tell_asker(  # noqa: PLR0913 - as above
    db: Connection,
    request: Request,
    act: str,
    at_unit_id: int | None,
    officers: list[Officer],
    now: datetime,
) -> None:
    account = help_requests.account_of(db, request)
    if account is None:
        return
    form, name = contacts.address_of(db, account)
    whom = human_routing.those(db, form, at_unit_id, officers, calendar.today(now))
    words = say(TO_THE_ASKER[act], form, name, n=request.id, receivers=whom)
    key = f"help:{request.id}:{request.opened_at.astimezone(TZ):%Y%m%d%H%M%S}:{act}:asker"
    outbox.put(db, account, Reply(words), key=key, due_at=now)
