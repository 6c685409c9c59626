"""Files that belong to an answer of the version being written."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select

from storage.contacts import Sender
from storage.database import table_of
from storage.messages import Attachment as File
from storage.models import Attachment
from storage.submissions import Draft

ATTACHMENT = table_of(Attachment)
VOICE = "audio/ogg"


def add(db: Connection, draft: Draft, question: str, file: File, sender: Sender, at: datetime) -> None:  # noqa: PLR0913
    """Keep a file with a question of the version being written; one that the platform holds is to be fetched."""
    row = {
        "submission_id": draft.id, "version": draft.writing, "question": question, "path": file.path,
        "name": file.name, "media_type": media_type(file), "size": file.size, "channel": sender.channel,
        "remote": file.remote, "fetch_at": at if file.remote else None, "attempts": 0,
        "contact_id": sender.id, "received_at": at,
    }  # fmt: skip
    db.execute(ATTACHMENT.insert(), row)


def media_type(file: File) -> str:
    """A voice note is one by its type: the platforms' own, where they do not say which."""
    return VOICE if file.kind == "voice" and not file.media_type.startswith("audio/") else file.media_type


_SEEN = ATTACHMENT.c.media_type.not_like("audio/%")


def count(db: Connection, draft: Draft, question: str) -> int:
    """How many files a question of the version being written has."""
    return counts(db, draft).get(question, 0)


def counts(db: Connection, draft: Draft, version: int | None = None) -> dict[str, int]:
    """Question → number of files of a version, by default the one being written; voice notes are not counted."""
    number = draft.writing if version is None else version
    mine = (ATTACHMENT.c.submission_id == draft.id) & (ATTACHMENT.c.version == number)
    each = select(ATTACHMENT.c.question, func.count()).where(mine, _SEEN).group_by(ATTACHMENT.c.question)
    return dict(db.execute(each).all())
