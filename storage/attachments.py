"""Files that belong to an answer of the version being written."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select

from storage.database import table_of
from storage.messages import Attachment as File
from storage.models import Attachment
from storage.submissions import Draft

ATTACHMENT = table_of(Attachment)


def add(  # noqa: PLR0913 - the columns of one row
    db: Connection, draft: Draft, question: str, file: File, contact_id: int, at: datetime
) -> None:
    """Keep a file with a question of the version being written."""
    row = {
        "submission_id": draft.id, "version": draft.writing, "question": question, "path": file.path,
        "name": file.name, "media_type": file.media_type, "size": file.size, "contact_id": contact_id,
        "received_at": at,
    }  # fmt: skip
    db.execute(ATTACHMENT.insert(), row)


def count(db: Connection, draft: Draft, question: str) -> int:
    """How many files a question of the version being written has."""
    return counts(db, draft).get(question, 0)


def counts(db: Connection, draft: Draft, version: int | None = None) -> dict[str, int]:
    """Question → number of files of a version, by default the one being written; questions without any are left out."""
    number = draft.writing if version is None else version
    mine = (ATTACHMENT.c.submission_id == draft.id) & (ATTACHMENT.c.version == number)
    each = select(ATTACHMENT.c.question, func.count()).where(mine).group_by(ATTACHMENT.c.question)
    return dict(db.execute(each).all())
