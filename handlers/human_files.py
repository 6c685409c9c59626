"""Pictures and documents that go with a question to a person, or with its answer: passed on once they have arrived."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from handlers import human_routing, human_texts
from handlers.collecting import MOST_BYTES, PICTURES
from handlers.talk import Talk
from handlers.texts import say
from storage import calendar, contacts, help_requests, outbox, tasks
from storage.database import Database
from storage.help_requests import Request
from storage.messages import Attachment, Reply
from storage.reminders import Officer
from storage.tasks import Task

KIND = "help_file"
MOST = 5
"""Files that go with one question or answer."""
_OFFICE = "application/vnd.openxmlformats-officedocument."
TAKEN = (
    *PICTURES, "application/pdf", "application/msword", "application/vnd.ms-excel",
    f"{_OFFICE}wordprocessingml.document", f"{_OFFICE}spreadsheetml.sheet",
)  # fmt: skip
"""What nobody is harmed by opening: no programs, and no workbooks with macros."""


def sent(talk: Talk, errand: str) -> list[Attachment]:
    """Files of this message that may be passed on, behind those that came before the words, in the same errand."""
    same = talk.left is not None and talk.left.name == errand
    earlier = [Attachment(**held) for held in talk.left.about.get("files", ())] if talk.left and same else []
    taken = [file for file in talk.incoming.attachments if _taken(file)]
    return [*earlier, *taken][:MOST]


def _taken(file: Attachment) -> bool:
    return file.media_type in TAKEN and file.size <= MOST_BYTES and file.kind in ("photo", "file")


def kept(files: Sequence[Attachment]) -> dict[str, Any]:
    """The same for an errand that still waits for the words."""
    return {"files": [asdict(file) for file in files]}


def put(talk: Talk, request: Request, files: Sequence[Attachment], *, asks: bool) -> str:
    """Let the files follow the words of who `asks`, or answers; what is said of them, empty if none came."""
    for file in files:
        tasks.put(talk.db, KIND, talk.sender, talk.now, {"request": request.id, "asks": asks}, file)
    said = human_texts.FILES_FOLLOW.format(n=len(files)) if files else ""
    refused = any(not _taken(file) for file in talk.incoming.attachments)
    return " ".join(filter(None, (said, human_texts.FILES_STAY if refused else "")))


def pass_on(database: Database, task: Task, now: datetime) -> list[Reply]:
    """The file is there: give it to those who were asked, or to who asked; said to the sender only if it was lost."""
    with database.begin() as db:
        request = help_requests.get(db, task.body["request"])
        if not task.path:
            form, name = contacts.address_of(db, task.contact_id)
            return [Reply(say(human_texts.FILE_LOST, form, name, n=request.id, file=task.name))]
        if not task.body["asks"]:
            account = help_requests.account_of(db, request)
            _give(db, request, task, [account] if account else [], now)
            return []
        _, officers = human_routing.receivers(db, request, calendar.today(now))
        told = [officer for officer in officers if officer.contact_id in request.told]
        _give(db, request, task, _accounts(told), now)
    return []


def follow(db: Connection, request: Request, officers: Iterable[Officer], now: datetime) -> None:
    """Whoever is asked later gets what came with the question before, each file once."""
    for task in tasks.done(db, KIND, "request", request.id):
        if task.body["asks"] and task.path:
            _give(db, request, task, _accounts(officers), now)


def _accounts(officers: Iterable[Officer]) -> list[int]:
    return [officer.contact_id for officer in officers if officer.contact_id]


def _give(db: Connection, request: Request, task: Task, accounts: Sequence[int], now: datetime) -> None:
    kind = "photo" if task.media_type in PICTURES else "file"
    file = Attachment(task.path, task.name, task.media_type, task.size, kind)
    template = human_texts.FILE_OF_QUESTION if task.body["asks"] else human_texts.FILE_OF_ANSWER
    who = human_routing.named(db, request, now)["who"]
    for account in accounts:
        form, name = contacts.address_of(db, account)
        words = say(template, form, name, n=request.id, who=who)
        outbox.put(
            db, account, Reply(words, attachments=(file,)), key=f"{KIND}:{task.id}:{account}", due_at=now
        )
