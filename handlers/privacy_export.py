"""Everything that is stored about a person as a workbook, sent to the account that asked (DOMAIN 10)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row

from handlers import audit_lines, joining_texts, privacy_texts, questionnaires, showing, texts
from handlers.audit_texts import ROLES
from handlers.engine import spelling
from handlers.engine.wording import shown
from storage import audit, calendar, contacts, data_requests, forms, personal_data
from storage.calendar import TZ
from storage.database import Database
from storage.messages import Attachment, Reply
from storage.tasks import Task

KIND = "personal_export"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Cells = tuple[str | None, ...]
_Words = Callable[[str, str | None], tuple[str, str | None]]
"""Name of a question and its stored value → both as people read them."""


def run(database: Database, task: Task, now: datetime) -> list[Reply]:
    """Write the file and send it; done again it is written over."""
    person_id, request = task.person_id, int(task.body["request"])
    with database.read() as db:
        form, name = contacts.address_of(db, task.contact_id)
        rows = collect(db, person_id, calendar.today(now)) if person_id else {}
    if person_id is None:
        return [Reply(texts.say(privacy_texts.EXPORT_NOBODY, form, name))]
    from handlers.documents import personal_book  # noqa: PLC0415 - openpyxl is slow to load

    path = data_requests.export_path(person_id, request)
    file = database.files / path
    file.parent.mkdir(parents=True, exist_ok=True)
    body = personal_book.write(rows)
    file.write_bytes(body)
    with database.begin() as db:
        data_requests.finish(db, request, now, data_requests.DONE)
    words = texts.say(privacy_texts.EXPORT_READY, form, name, at=showing.moment(now))
    return [Reply(words, attachments=(Attachment(path, privacy_texts.EXPORT_NAME, MEDIA_TYPE, len(body)),))]


def collect(db: Connection, person_id: int, today: date) -> dict[str, list[Cells]]:
    """Sheet → rows; nothing of anybody else's."""
    return {sheet: rows(db, person_id, today) for sheet, rows in _SHEETS.items()}


def _at(moment: datetime | None) -> str | None:
    return None if moment is None else f"{moment.astimezone(TZ):%d/%m/%Y %H:%M}"


def _yes(held: object) -> str:
    return privacy_texts.YES if held else privacy_texts.NO


def _person(db: Connection, person_id: int, today: date) -> list[Cells]:
    held, names = personal_data.person(db, person_id), privacy_texts.PERSON_ROWS
    posts = [_post(post) for post in personal_data.assignments(db, person_id, today)]
    accounts = [_account(account) for account in personal_data.accounts(db, person_id)]
    return [
        (names["name"], held.name),
        (names["form"], texts.ADDRESS_FORMS.get(held.address_form, held.address_form)),
        (names["phone"], held.phone or privacy_texts.NO_PHONE),
        (names["full_time"], _yes(held.full_time)),
        *((names["post"], post) for post in posts),
        *((names["account"], account) for account in accounts),
    ]


def _post(post: Row[Any]) -> str:
    until = spelling.date(post.valid_to) if post.valid_to else privacy_texts.UNTIL_NOW
    role = post.title or ROLES.get(post.role, post.role)
    since = spelling.date(post.valid_from)
    return privacy_texts.POST_LINE.format(post=showing.post(role, post.name), since=since, until=until)


def _account(account: Row[Any]) -> str:
    named = joining_texts.account(account.channel, account.display_name)
    since = _at(account.created_at)
    return privacy_texts.ACCOUNT_LINE.format(account=named, address=account.address, since=since)


def _messages(db: Connection, person_id: int, _: date) -> list[Cells]:
    both = [(row, privacy_texts.FROM_PERSON) for row in personal_data.received(db, person_id)]
    both += [(row, privacy_texts.FROM_BOT) for row in personal_data.said(db, person_id)]
    both.sort(key=lambda one: one[0].at)
    return [
        (_at(row.at), row.channel, who, _words(row.body), ", ".join(_files(row.body)) or None)
        for row, who in both
    ]


def _words(body: Mapping[str, Any]) -> str:
    return str(body.get("text") or body.get("label") or body.get("choice") or "")


def _files(body: Mapping[str, Any]) -> list[str]:
    return [str(file.get("name") or file.get("kind")) for file in body.get("attachments", ())]


def _answers(db: Connection, person_id: int, today: date) -> list[Cells]:
    words: dict[int, _Words] = {}
    found: list[Cells] = []
    for row in personal_data.answered(db, person_id, today):
        said = words.setdefault(row.form_version_id, _words_of(db, row.form_version_id))
        period = spelling.month(row.key) if row.key else None
        question, value = said(row.question, row.value)
        found.append((_at(row.answered_at), row.name, period, row.code, question, value, row.raw))
    return found


def _words_of(db: Connection, version: int) -> _Words:
    form = questionnaires.compiled(forms.xml_of(db, version))

    def said(name: str, value: str | None) -> tuple[str, str | None]:
        question = form.question(name)
        return (question.summary, shown(question, value) if value else value) if question else (name, value)

    return said


def _initiatives(db: Connection, person_id: int, _: date) -> list[Cells]:
    rows = personal_data.initiatives(db, person_id)
    return [(_at(row.created_at), row.code, row.title, row.state) for row in rows]


def _help(db: Connection, person_id: int, _: date) -> list[Cells]:
    return [(_at(row.at), row.body) for row in personal_data.asked_for_help(db, person_id)]


def _consents(db: Connection, person_id: int, _: date) -> list[Cells]:
    rows = personal_data.consents(db, person_id)
    return [(_at(row.at), row.version, _yes(row.agreed)) for row in rows]


def _requests(db: Connection, person_id: int, _: date) -> list[Cells]:
    return [
        (
            _at(one.opened_at), privacy_texts.KINDS[one.kind], _state(one), one.body.partition(":")[2],
            spelling.date(one.answer_by), spelling.date(one.done_by), _at(one.finished_at), one.outcome,
        )
        for one in data_requests.of_person(db, person_id)
    ]  # fmt: skip


def _state(one: data_requests.Request) -> str:
    return privacy_texts.STATES[one.state].format(until=spelling.date(one.done_by), outcome=one.outcome)


def _audit(db: Connection, person_id: int, _: date) -> list[Cells]:
    entries = audit.history(db, person_id=person_id)
    named = audit_lines.names(db, entries)
    return [
        (
            _at(entry.at), audit_lines.who(entry),
            audit_lines.what(entry) + audit_lines.subject(entry, named), audit_lines.details(entry),
        )
        for entry in reversed(entries)
    ]  # fmt: skip


_SHEETS: dict[str, Callable[[Connection, int, date], list[Cells]]] = {
    "person": _person,
    "messages": _messages,
    "answers": _answers,
    "initiatives": _initiatives,
    "help": _help,
    "consents": _consents,
    "requests": _requests,
    "audit": _audit,
}
