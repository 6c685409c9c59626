"""The slow part of inviting: codes for all who are still to join, as slips in a document or as words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Connection, Select

from handlers import inviting, inviting_texts, rights, texts
from handlers.inviting import Invited
from storage import calendar, contacts, doors, invitations, units
from storage.audit import By
from storage.database import Database
from storage.doors import Door
from storage.invitations import Awaited
from storage.messages import Attachment, Reply
from storage.tasks import Task

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_MESSAGES = 5
"""Words that would fill more messages go as a file."""


def work(database: Database, task: Task, now: datetime) -> list[Reply]:
    """Codes for those whom the asker may invite at this moment; done again, the codes of the first time end."""
    today = calendar.today(now)
    with database.begin() as db:
        form, name = contacts.address_of(db, task.contact_id)
        posts = units.posts_of(db, task.person_id or 0, today)
        reach = rights.reach(posts, "invite", today)
        named = task.body.get("people")
        people = (
            _asked_for(db, task, reach, now) if named is None else inviting.everybody(db, reach, named, now)
        )
        door = doors.first(db)
        invited = inviting.issue(db, By(task.person_id, task.channel), people, door, now)
        province = units.province(db, today)
        office = units.name_on(db, province, today) if province else ""
    if not invited:
        return [Reply(texts.say(inviting_texts.NOBODY_LEFT, form, name))]

    def say(template: str) -> str:
        return texts.say(template, form, name, people=len(invited), until=inviting.until(now))

    if task.body["way"] == "sheet":
        made = _file(
            database,
            invitations.file_path(task.id, "docx"),
            inviting_texts.SHEET_NAME,
            DOCX,
            sheet(invited, door, office, now),
        )
        return [Reply(say(inviting_texts.SHEET_READY), attachments=(made,))]
    return _words(database, task, invited, door, now, say)


def _asked_for(db: Connection, task: Task, reach: Select[tuple[int]], now: datetime) -> list[Awaited]:
    """Codes of others stay; those that this very work made before a crash reached nobody."""
    people = inviting.awaited(db, reach, int(task.body["unit"]), now)
    if task.body[inviting.AGAIN]:
        return people
    return inviting.without_code(db, people, now, datetime.fromisoformat(task.body["at"]))


def _words(  # noqa: PLR0913 - one message, all its circumstances
    database: Database,
    task: Task,
    invited: Sequence[Invited],
    door: Door,
    now: datetime,
    say: Callable[[str], str],
) -> list[Reply]:
    paragraphs = inviting.group_words(invited, door, now)
    parts = inviting.messages(paragraphs)
    if len(parts) <= MOST_MESSAGES:
        return [Reply(say(inviting_texts.TEXT_READY)), *map(Reply, parts)]
    whole = "\n\n".join(paragraphs).encode()
    made = _file(
        database, invitations.file_path(task.id, "txt"), inviting_texts.TEXT_NAME, "text/plain", whole
    )
    return [Reply(say(inviting_texts.TEXT_FILE_READY), attachments=(made,))]


def sheet(invited: Sequence[Invited], door: Door, office: str, now: datetime) -> bytes:
    """The slips as a DOCX."""
    from handlers.documents import invitation_slips  # noqa: PLC0415 - python-docx is slow to load

    return invitation_slips.write(invited, door, office, inviting.until(now))


def _file(database: Database, path: str, name: str, media_type: str, body: bytes) -> Attachment:
    target = database.files / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(body)
    return Attachment(path, name, media_type, len(body))
