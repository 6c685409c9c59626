"""The receipt's picture: ordered when a report is in, or when somebody wants it again, and drawn beside the turns."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers import afterwards_texts as said
from handlers import opened, questionnaires, report_words, showing, texts
from handlers.engine import spelling
from handlers.engine.commands import Command
from handlers.engine.question import NUMERIC, Question
from handlers.engine.session import Session
from handlers.report_context import FORM
from handlers.rights_texts import ROLE_NAMES
from handlers.sheet import Sheet
from handlers.talk import Talk
from storage import answers, calendar, contacts, history, receipts, submissions, tasks
from storage.database import Database
from storage.history import Version
from storage.messages import Attachment, Reply
from storage.submissions import Draft
from storage.tasks import Task

KIND = receipts.PICTURE
PICTURED = (*NUMERIC, "one", "multi", "yn")
"""Kinds of answers that a receipt shows: prose may name persons, and a picture is passed on."""


def order(talk: Talk, submission_id: int, version: int) -> None:
    """Have the picture of a version made for the sender."""
    receipts.ready(talk.db)
    tasks.put(talk.db, KIND, talk.sender, talk.now, {"submission": submission_id, "version": version})


def again(talk: Talk, command: Command) -> list[Reply]:
    """BIENNHAN: the picture once more; of the report that is open in the list, or of the last one."""
    draft = opened.named(talk, command)
    if command.text and draft is None:
        return [talk.say(texts.BUTTON_NOT_YOURS)]
    draft = draft or submissions.latest(talk.db, talk.units, FORM)
    if draft is None:
        return [talk.say(said.NO_RECEIPT_YET)]
    order(talk, draft.id, draft.version)
    return [talk.say(said.DRAWING, **report_words.named(draft))]


def run(database: Database, task: Task, now: datetime) -> list[Reply]:  # noqa: ARG001 - as every task
    """Draw the picture; done again it is written over, and said once."""
    with database.read() as db:
        form, name = contacts.address_of(db, task.contact_id)
        draft = submissions.get(db, int(task.body["submission"]))
        sheet = sheet_of(db, draft, int(task.body["version"]))
    from handlers.documents import receipt_picture  # noqa: PLC0415 - Pillow is loaded only when used

    body, path = receipt_picture.draw(sheet), receipts.path(task.id)
    file = database.files / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(body)
    words = texts.say(said.PICTURE, form, name, period=sheet.period, code=sheet.code, check=sheet.check)
    picture = Attachment(path, said.PICTURE_NAME.format(code=sheet.code), "image/png", len(body), "photo")
    return [Reply(words, attachments=(picture,))]


def sheet_of(db: Connection, draft: Draft, number: int) -> Sheet:
    """What stands on the receipt of a version: no names, the role of who sent it."""
    version = next(one for one in history.versions(db, draft.id) if one.number == number)
    day = calendar.today(version.submitted_at)
    session = questionnaires.session_of(db, draft, day, number)
    return Sheet(
        period=spelling.month(draft.period_key or ""),
        unit=draft.unit_name,
        code=draft.code or "",
        version=version_words(number),
        received=showing.moment(version.submitted_at),
        by=_sender(db, draft, version),
        rows=tuple(
            (question.summary, showing.value(session, question, session.value(question.name)))
            for question in session.asked()
            if _is_shown(session, question)
        ),
        rest=_says_rest(session),
        check=check_of(db, draft, version),
    )


def _is_shown(session: Session, question: Question) -> bool:
    """Which sections were ticked, their figures say: only a single one is named."""
    value = session.value(question.name)
    return bool(value) and question.kind in PICTURED and not (question.kind == "multi" and " " in value)


def version_words(number: int) -> str:
    """What a version is called: the first one, or the nth correction."""
    return said.CORRECTION.format(n=number - 1) if number > 1 else said.FIRST_VERSION


def check_of(db: Connection, draft: Draft, version: Version) -> str:
    """The check code of a version: made of all that is figure or choice, whether asked or filled in."""
    form = questionnaires.form_of(db, draft)
    kinds = {question.name: question.kind for question in form.visible}
    rows = answers.results(db, draft.id, version.number)
    values = {name: row.value for name, row in rows.items() if kinds.get(name) in PICTURED}
    return receipts.check(db, draft.code or "", version.number, version.submitted_at, values)


def _sender(db: Connection, draft: Draft, version: Version) -> str:
    if version.source:
        return said.SENDERS[version.source]
    day = calendar.today(version.submitted_at)
    role = history.role_of(db, version.contact_id, draft.unit_id, day)
    return ROLE_NAMES.get(role, said.SENDER_UNKNOWN)


def _says_rest(session: Session) -> bool:
    return any(result.provenance == "implied_zero" for result in session.results())
