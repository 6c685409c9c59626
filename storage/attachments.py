"""Files that belong to an answer of the version being written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, delete, func, select, update

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


# ── what is not kept any longer ─────────────────────────────────────────────────────────────────────


def drop(db: Connection, rows: Sequence[int]) -> list[str]:
    """Forget these files; paths that nothing else names, which are to be removed after the commit."""
    held = list(db.scalars(select(ATTACHMENT.c.path).where(ATTACHMENT.c.id.in_(rows))))
    db.execute(delete(ATTACHMENT).where(ATTACHMENT.c.id.in_(rows)))
    return unused(db, held)


def empty(db: Connection, rows: Sequence[int]) -> list[str]:
    """Keep that there was a file, but not the file: paths to be removed after the commit."""
    held = list(db.scalars(select(ATTACHMENT.c.path).where(ATTACHMENT.c.id.in_(rows))))
    gone = {"path": "", "name": "", "remote": "", "fetch_at": None}
    db.execute(update(ATTACHMENT).where(ATTACHMENT.c.id.in_(rows)).values(**gone))
    return unused(db, held)


def unused(db: Connection, paths: Iterable[str]) -> list[str]:
    """Those of these paths that no row names: a corrected report's versions share their pictures."""
    wanted = {path for path in paths if path}
    return sorted(wanted - set(db.scalars(select(ATTACHMENT.c.path).where(ATTACHMENT.c.path.in_(wanted)))))


def remove(folder: Path, paths: Iterable[str]) -> int:
    """Remove files below the data directory, how many there were; never anything beside it."""
    below = folder.resolve()
    there = [file for path in paths if (file := (folder / path).resolve()).is_relative_to(below)]
    gone = [file for file in there if file.is_file()]
    for file in gone:
        file.unlink(missing_ok=True)
    return len(gone)
