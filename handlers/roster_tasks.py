"""The slow part of a roster in chat: looking at a workbook, writing what it says, making one of what is there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from handlers import rights, roster, roster_words
from handlers import roster_texts as texts
from handlers.roster import Outcome
from handlers.roster_layout import Problem, Table
from handlers.texts import say
from storage import calendar, contacts, units
from storage import roster as rows
from storage.audit import By
from storage.database import Database
from storage.messages import Attachment, Choice, Reply
from storage.tasks import Task

CHECK, WRITE, TEMPLATE = "roster_check", "roster_write", "roster_template"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAMED = 8
"""Changes and mistakes that a message names one by one."""
LONGEST_LINE = 150


def check(database: Database, task: Task, now: datetime) -> list[Reply]:
    """Say what a workbook would change, or send it back with what is wrong."""
    return _with_file(database, task, now, task.path, write=False)


def write(database: Database, task: Task, now: datetime) -> list[Reply]:
    """Write a workbook that was looked at before; a right that has gone meanwhile writes nothing."""
    return _with_file(database, task, now, task.body["path"], write=True)


def template(database: Database, task: Task, now: datetime) -> list[Reply]:
    """What is there, as a workbook."""
    from handlers.documents import roster_writing  # noqa: PLC0415 - openpyxl is slow to load

    person = _Asker(database, task, now)
    if not person.may:
        return [person.say(texts.NOT_ANY_MORE)]
    with database.read() as db:
        sheets, standing = roster.layout(db, now), rows.standing(db)
    body = roster_writing.template(sheets, roster_writing.standing_rows(standing, calendar.today(now)))
    return [person.say(texts.CURRENT, files=[_keep(database, task, texts.CURRENT_NAME, body)])]


class _Asker:
    """Who asked for the work, and whether that person may have it done."""

    def __init__(self, database: Database, task: Task, now: datetime) -> None:
        with database.read() as db:
            self.address = contacts.address_of(db, task.contact_id)
            posts = units.posts_of(db, task.person_id or 0, calendar.today(now))
        self.may = rights.allowed(posts, "roster_apply")

    def say(self, template: str, files: Sequence[Attachment] = (), **values: object) -> Reply:
        """A sentence in that person's form of address."""
        return Reply(say(template, *self.address, **values), attachments=tuple(files))


def _with_file(database: Database, task: Task, now: datetime, path: str, *, write: bool) -> list[Reply]:
    from handlers.documents import roster_reading  # noqa: PLC0415 - openpyxl is slow to load
    from handlers.documents.roster_guard import Refused  # noqa: PLC0415 - likewise

    person = _Asker(database, task, now)
    name = task.body.get("name") or task.name
    if not person.may:
        return [person.say(texts.NOT_ANY_MORE)]
    file = database.files / path
    if not path or not file.is_file():
        return [person.say(texts.NOT_FETCHED, name=name)]
    with database.read() as db:
        sheets = roster.layout(db, now)
    try:
        tables = roster_reading.read(file.read_bytes(), sheets, roster.quietly)
    except Refused as error:
        return [person.say(texts.REFUSED, name=name, why=error)]
    if write:
        outcome = roster.apply(database, tables, By(task.person_id, task.channel), now)
    else:
        outcome = roster.check(database, tables, now)
    if outcome.problems:
        return [_mend(database, task, person, tables, outcome.problems, name)]
    return [_told(person, outcome, name, None if write else task.id)]


def _mend(  # noqa: PLR0913 - one reply and what it is made of
    database: Database, task: Task, person: _Asker, tables: Sequence[Table],
    problems: Sequence[Problem], name: str,
) -> Reply:  # fmt: skip
    from handlers.documents import roster_writing  # noqa: PLC0415 - openpyxl is slow to load

    body = roster_writing.marked(tables, problems)
    file = _keep(database, task, texts.MENDED_NAME.format(stem=roster_words.stem(name)), body)
    lines = [texts.SEEN.format(name=name, told=texts.WRONG.format(count=len(problems)))]
    lines += [_short(roster_words.place(problem)) for problem in problems[:NAMED]]
    return person.say("{lines}\n" + texts.TO_MEND, files=[file], lines="\n".join(lines))


def _told(person: _Asker, outcome: Outcome, name: str, task_id: int | None) -> Reply:
    """What is to be written (with a button that names the task), or has been."""
    if not outcome.changes:
        lines = [texts.SEEN.format(name=name, told=texts.NOTHING)]
        lines += map(_short, roster_words.warnings(outcome, most=3))
        return person.say("{lines}", lines="\n".join(lines))
    counts = roster_words.counts(outcome)
    if task_id is None:
        return person.say(texts.WRITTEN, told=texts.HAS_CHANGED.format(counts=counts))
    lines = [texts.SEEN.format(name=name, told=texts.WILL_CHANGE.format(counts=counts))]
    lines += [f"• {_short(line)}" for line in roster_words.changes(outcome, most=NAMED)]
    if noted := [_short(line) for line in roster_words.warnings(outcome, most=3)]:
        lines += [texts.WARNINGS, *noted]
    reply = person.say("{lines}\n" + texts.TO_WRITE, lines="\n".join(lines))
    return reply.with_choices(Choice(f"do:roster_apply:{task_id}", texts.WRITE))


def _short(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1]}…"


def _keep(database: Database, task: Task, name: str, body: bytes) -> Attachment:
    """A file of our own making, under a name of our own."""
    path = f"tasks/{task.id}.xlsx"
    file = database.files / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(body)
    return Attachment(path, name, XLSX, len(body))
