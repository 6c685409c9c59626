"""Where a question to a person goes, and how it is put to those who are to answer it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import Connection

from handlers import human_texts, showing, telling
from handlers.texts import say
from storage import calendar, help_requests, reminders, units
from storage.help_requests import Request
from storage.messages import Choice
from storage.reminders import Officer

NAMED = 3
"""So many of those who are asked are named to the asker."""


def receivers(db: Connection, request: Request, on: date) -> tuple[int | None, list[Officer]]:
    """Whom a request is put to today: its superior and, once it was passed on, the standing department, too."""
    at_unit_id, officers = telling.nearest(db, request.unit_id, on, request.person_id)
    if not officers:
        return units.superior_of(db, request.unit_id, on), []
    if request.passed and at_unit_id is not None:
        officers = [*officers, *department(db, request, on, officers)]
    return at_unit_id, officers


def department(db: Connection, request: Request, on: date, without: Iterable[Officer] = ()) -> list[Officer]:
    """Those of the standing department who can be reached and are not asked already."""
    asked = {officer.person_id for officer in without}
    office = telling.of_roles(db, (telling.OFFICE,), on, request.person_id)
    return [officer for officer in office if officer.person_id not in asked]


def put_to(  # noqa: PLR0913 - one message, all its circumstances
    db: Connection,
    request: Request,
    officers: Sequence[Officer],
    template: str,
    *,
    key: str,
    at: datetime,
    **values: object,
) -> None:
    """Put a request to officers, each once by `key`; it says who asks, from where, and how to answer."""
    button = Choice(f"do:answer_help:{request.id}", human_texts.REPLY)
    about: dict[str, object] = {
        "body": help_requests.newest(db, request),
        "context": human_texts.context(request.context),
    }
    everything = about | named(db, request, at) | values
    telling.tell(
        db, officers, template, key=f"help:{request.id}:{key}", at=at, choices=(button,), **everything
    )


def named(db: Connection, request: Request, at: datetime) -> dict[str, object]:
    """A request's number, who asked, and the number to call, for its texts."""
    from_roster = help_requests.known(db, request.person_id, request.unit_id, calendar.today(at))
    phone = human_texts.ITS_PHONE.format(phone=showing.phone(from_roster.phone)) if from_roster.phone else ""
    return {
        "n": request.id,
        "who": human_texts.who(from_roster.name, from_roster.title, from_roster.unit),
        "phone": phone,
    }


def who(db: Connection, person_id: int, unit_id: int, on: date) -> str:
    """`Vũ Thanh Kiên (Chủ tịch, CĐ phường Hoa Lư)`."""
    found = help_requests.known(db, person_id, unit_id, on)
    return human_texts.who(found.name, found.title, found.unit)


def office(db: Connection, at_unit_id: int | None, on: date) -> str:
    """What the unit that is asked is called."""
    return human_texts.OFFICE if at_unit_id is None else units.name_on(db, at_unit_id, on)


def those(db: Connection, form: str, at_unit_id: int | None, officers: Sequence[Officer], on: date) -> str:
    """Who is asked, for the asker: the first few by name, their unit, and the standing department where it is added."""
    its = [one for one in officers if at_unit_id in (None, one.unit_id)]
    names = ", ".join(say(human_texts.COLLEAGUE, form, "", name=one.name) for one in its[:NAMED])
    if len(its) > NAMED:
        names = say(human_texts.SEVERAL, form, "", names=names, n=len(its) - NAMED)
    template = human_texts.RECEIVERS if len(its) == len(officers) else human_texts.RECEIVERS_AND_OFFICE
    return template.format(names=names, unit=office(db, at_unit_id, on), office=human_texts.OFFICE)


def call(db: Connection, form: str, unit_id: int, on: date) -> str:
    """Whom to call when nobody can be reached here: the officers of the nearest superior, with their numbers."""
    above = reminders.officers(db, reminders.SUPERIORS, on)
    people = next((above[one] for one in units.above(db, unit_id, on) if above.get(one)), [])
    lines = []
    for officer in people[:NAMED]:
        found = help_requests.known(db, officer.person_id, officer.unit_id, on)
        words = human_texts.who(found.name, found.title, found.unit)
        one = say(human_texts.COLLEAGUE, form, "", name=words)
        lines.append(
            human_texts.PHONE.format(who=one, phone=showing.phone(found.phone)) if found.phone else one
        )
    if not lines:
        return say(human_texts.CALL_NOBODY, form, "")
    return say(human_texts.CALL, form, "", people=human_texts.OR.join(lines))
