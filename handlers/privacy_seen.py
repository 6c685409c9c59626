"""What is stored about a person, as that person reads it in the chat."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from handlers import joining_texts, privacy_texts, showing, texts
from handlers.audit_texts import ROLES
from handlers.engine import spelling
from handlers.requests_told import what
from handlers.talk import Talk
from storage import data_requests, personal_data, units
from storage.calendar import TZ
from storage.contacts import ENTERED
from storage.data_requests import Request
from storage.messages import MAX_TEXT

LATEST = 3
"""Requests that are shown; the export has them all."""


def pages(talk: Talk) -> list[str]:
    """Everything in short, in messages that every platform takes."""
    person_id = talk.sender.person_id or 0
    lines = [
        _name(talk, personal_data.person(talk.db, person_id)),
        *(_post(talk, post) for post in personal_data.assignments(talk.db, person_id, talk.today)),
        *(_account(talk, account) for account in personal_data.accounts(talk.db, person_id)),
        _counts(talk, person_id),
        *(request(talk, one) for one in data_requests.of_person(talk.db, person_id)[-LATEST:]),
        talk.words(privacy_texts.SEEN_WHO, office=_office(talk)),
        talk.words(privacy_texts.SEEN_HOW_LONG),
        talk.words(privacy_texts.SEEN_MORE),
    ]
    return paged(lines)


def paged(lines: list[str], most: int = MAX_TEXT - 200) -> list[str]:
    """Lines put together, a new message where one would be too long."""
    found: list[str] = []
    for line in lines:
        if found and len(found[-1]) + len(line) < most:
            found[-1] = f"{found[-1]}\n{line}"
        else:
            found.append(line)
    return found


def masked(phone: str) -> str:
    """A number without its middle: who looks over the shoulder shall not read it."""
    figures = showing.phone(phone).replace(" ", "")
    if not figures:
        return privacy_texts.NO_PHONE
    return f"{figures[:4]} *** {figures[-3:]}" if len(figures) > 7 else "***"


def _name(talk: Talk, person: Row[Any]) -> str:
    form = texts.ADDRESS_FORMS.get(person.address_form, "")
    return talk.words(privacy_texts.SEEN_NAME, name=person.name, form=form, phone=masked(person.phone))


def _post(talk: Talk, post: Row[Any]) -> str:
    ended = post.valid_to is not None and post.valid_to < talk.today
    words = privacy_texts.SEEN_POST_ENDED if ended else privacy_texts.SEEN_POST
    since, until = spelling.date(post.valid_from), spelling.date(post.valid_to or talk.today)
    role = post.title or ROLES.get(post.role, post.role)
    return talk.words(words, post=showing.post(role, post.name), since=since, until=until)


def _account(talk: Talk, account: Row[Any]) -> str:
    named = joining_texts.account(account.channel, account.display_name)
    since = spelling.date(account.created_at.astimezone(TZ).date())
    return talk.words(
        privacy_texts.SEEN_ACCOUNT,
        Account=named[0].upper() + named[1:],
        since=since,
        consent=_consent(account),
    )


def _consent(account: Row[Any]) -> str:
    if account.consented_at is None:
        return privacy_texts.NOT_CONSENTED
    elsewhere = account.consent_version == ENTERED
    words = privacy_texts.CONSENTED_ELSEWHERE if elsewhere else privacy_texts.CONSENTED
    return words.format(version=account.consent_version, at=showing.moment(account.consented_at))


def _counts(talk: Talk, person_id: int) -> str:
    held = personal_data.held(talk.db, person_id)
    counted = {"messages": held.messages, "reports": held.reports, "initiatives": held.initiatives}
    return talk.words(privacy_texts.SEEN_COUNTS, **counted)


def request(talk: Talk, one: Request) -> str:
    """One request in a line, with what became of it."""
    until = spelling.date(one.done_by)
    state = privacy_texts.STATES[one.state].format(until=until, outcome=one.outcome.rstrip("."))
    kind = what(one) if one.kind == "correct" and one.body else privacy_texts.KINDS[one.kind]
    at = showing.moment(one.opened_at)
    return talk.words(privacy_texts.SEEN_REQUEST, kind=kind, at=at, state=state)


def _office(talk: Talk) -> str:
    top = units.province(talk.db, talk.today)
    return units.name_on(talk.db, top, talk.today) if top else joining_texts.SOME_OFFICE
