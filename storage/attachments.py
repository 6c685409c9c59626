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
    mine = (ATTACHMENT.c.submission_id == draft.id) & (ATTACHMENT.c.version == draft.writing)
    counted = select(func.count()).select_from(ATTACHMENT).where(mine, ATTACHMENT.c.question == question)
    return db.scalar(counted) or 0
