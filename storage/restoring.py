"""A backup is checked as a whole, then taken into a database in one transaction: all of it or nothing."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tarfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO

from sqlalchemy import Connection, inspect, literal, select, table, text, update

from storage import audit, dump, notes, upgrade
from storage.backups import FORMAT, MANIFEST, PART, SUMS, Manifest, sum_line
from storage.conversations import CONVERSATION
from storage.counters import COUNTER
from storage.database import Database
from storage.outbox import OUTGOING
from storage.tasks import TASK

TABLE = re.compile(r"tables/([a-z][a-z0-9_]*)/\d{6}\.jsonl")
LARGEST = 64 * 1024 * 1024
"""Bytes that a member with rows may have."""
BLOCK = 1024 * 1024
SIDE = f"restored{PART}"
"""Folder within the files, so that it is on their disk; a backup leaves it out by its name."""
IDS_AHEAD, CODES_AHEAD, TURNS_AHEAD = 1_000_000, 10_000, 1_000
"""What was numbered between the backup and the end of the old machine stays in people's chats and papers: no number,
report code or button of that time may come to mean something else."""
RESTORED = "restored"
"""The note that tells of the last restoration: the moments of `Gap`."""
ASIDE = "restored from a backup: it may have been sent before"
HOLDS = ("unit", "person", "contact", "submission", "receipt")
"""Tables of which none has a row in an installation that was only started."""


class DamagedBackupError(Exception):
    """The file is no whole backup, or not one of ours; nothing was changed."""

    for_operator = True


def verify(archive: Path) -> Manifest:
    """Read an archive from end to end; raises DamagedBackupError, NewerDatabaseError, OSError."""
    digest = hashlib.sha256()
    files, listed, manifest = 0, "", None
    with _reading(archive) as members:
        for member, file in members:
            if manifest is not None:
                raise DamagedBackupError(
                    _DAMAGED.format(archive=archive, why=f"{member.name}: sau phần cuối")
                )
            if member.name == MANIFEST:
                manifest = Manifest.from_json(file.read(LARGEST))
                continue
            hashed = _hash(file)
            if member.name == SUMS:
                listed = hashed
                continue
            digest.update(sum_line(hashed, member.name))
            files += member.name.startswith("files/")
    whole = manifest is not None and digest.hexdigest() == listed == manifest.sums and files == manifest.files
    if manifest is None or not whole or not manifest.revision:
        raise DamagedBackupError(_DAMAGED.format(archive=archive, why="nội dung thiếu hoặc sai"))
    _refuse_unknown(manifest)
    return manifest


def _refuse_unknown(manifest: Manifest) -> None:
    if manifest.format > FORMAT or manifest.revision > upgrade.HEAD:
        raise upgrade.NewerDatabaseError(_NEWER.format(found=manifest.revision, known=upgrade.HEAD))


def _hash(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := file.read(BLOCK):
        digest.update(block)
    return digest.hexdigest()


# ── the archive ─────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def _reading(archive: Path) -> Iterator[Iterator[tuple[tarfile.TarInfo, IO[bytes]]]]:
    """The members of an archive, one after another; a broken or foreign one is a DamagedBackupError."""
    try:
        with tarfile.open(archive, "r|gz") as tar:
            yield _members(tar)
    except (tarfile.TarError, EOFError, zlib.error, UnicodeError, ValueError, KeyError, TypeError) as error:
        raise DamagedBackupError(_DAMAGED.format(archive=archive, why=str(error) or "bị cắt cụt")) from error


def _members(tar: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    for member in tar:
        if not _is_ours(member):
            raise tarfile.TarError(f"{member.name[:100]!r} không thuộc bản sao lưu")
        file = tar.extractfile(member)
        if file is not None:
            yield member, file


def _is_ours(member: tarfile.TarInfo) -> bool:
    """Plain files under names that we give: no link, no device, nothing outside of the folder."""
    if not member.isreg():
        return False
    if member.name in (SUMS, MANIFEST):
        return True
    if TABLE.fullmatch(member.name):
        return member.size <= LARGEST
    parts = PurePosixPath(member.name).parts
    plain = member.name == "/".join(parts) and not re.search(r"[\x00-\x1f\\:]", member.name)
    return plain and len(parts) > 1 and parts[0] == "files" and ".." not in parts


def unpack_files(archive: Path, folder: Path) -> set[Path]:
    """Write the files of a checked archive aside, within the folder; where they will stand.  Raises OSError.

    What stood there stays until `place_files`: a restoration that fails has changed nothing.
    """
    root = folder.resolve()
    drop_unpacked(root)
    places = set()
    with _reading(archive) as members:
        for member, file in members:
            if not member.name.startswith("files/"):
                continue
            target = root / member.name.removeprefix("files/")
            if not target.resolve().is_relative_to(root):
                raise tarfile.TarError(f"{member.name[:100]!r} nằm ngoài thư mục")
            _write(file, root / SIDE / target.relative_to(root))
            places.add(target)
    return places


def place_files(folder: Path, places: set[Path]) -> None:
    """Bring what was written aside to its places, and take away what no restored row can name."""
    root = folder.resolve()
    for target in places:
        target.parent.mkdir(parents=True, exist_ok=True)
        (root / SIDE / target.relative_to(root)).replace(target)
    drop_unpacked(root)
    remove_others(root, places)


def drop_unpacked(folder: Path) -> None:
    """Take away what a restoration wrote aside."""
    shutil.rmtree(folder / SIDE, ignore_errors=True)


def remove_others(folder: Path, places: set[Path]) -> None:
    """Take away files that no restored row can name: what was to be erased does not stay behind."""
    for path in folder.resolve().rglob("*"):
        if path not in places and path.is_file() and not path.is_symlink():
            path.unlink()


def _write(file: IO[bytes], target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + PART)
    with part.open("wb") as out:
        while block := file.read(BLOCK):
            out.write(block)
        out.flush()
        os.fsync(out.fileno())
    part.replace(target)


# ── the rows ────────────────────────────────────────────────────────────────────────────────────────


def holds_data(database: Database) -> bool:
    """Whether there is anything that a restoration would destroy."""
    with database.read() as db:
        there = set(inspect(db).get_table_names())
        return any(
            db.execute(select(literal(1)).select_from(table(name))).first() for name in HOLDS if name in there
        )


def load(database: Database, archive: Path, manifest: Manifest, now: datetime, stopped_at: datetime) -> None:
    """Replace all rows by those of a checked archive, upgrade them, and see that nothing is said or numbered twice."""
    with upgrade.changing_tables(database) as db:
        _drop(db)
        upgrade.move_to(db, manifest.revision)
        found = {table.name: table for table in dump.tables(db)}
        loaded = Counter[str]()
        with _reading(archive) as members:
            for member, file in members:
                if rows := TABLE.fullmatch(member.name):
                    loaded[rows[1]] += dump.load(db, found[rows[1]], file.read(LARGEST))
            if any(loaded[name] != number for name, number in manifest.rows.items()):
                raise ValueError("số dòng không khớp")
        dump.skip_numbers(db, list(found.values()), IDS_AHEAD)
        upgrade.move_to(db, "head")
        _settle(db, manifest.taken_at, now, stopped_at)


def _drop(db: Connection) -> None:
    for old in reversed(dump.tables(db)):
        old.drop(db)
    db.execute(text("DROP TABLE IF EXISTS alembic_version"))


def _settle(db: Connection, taken_at: datetime, now: datetime, stopped_at: datetime) -> None:
    lay_aside(db, now)
    db.execute(update(TASK).where(TASK.c.state == "queued").values(state="failed", finished_at=now))
    db.execute(update(COUNTER).values(value=COUNTER.c.value + CODES_AHEAD))
    for row in db.execute(select(CONVERSATION.c.contact_id, CONVERSATION.c.state)).all():
        state = row.state | {"turn": row.state.get("turn", 0) + TURNS_AHEAD}
        db.execute(
            update(CONVERSATION).where(CONVERSATION.c.contact_id == row.contact_id).values(state=state)
        )
    moments = {"taken_at": taken_at, "stopped_at": stopped_at, "restored_at": now}
    told = {name: moment.isoformat() for name, moment in moments.items()}
    notes.put(db, RESTORED, json.dumps(told))
    audit.record(db, audit.COMMAND, "restore", "database", None, at=now, new=told)


def lay_aside(db: Connection, now: datetime) -> int:
    """What is due by now is not said: it counts as perhaps said already; how many messages."""
    waits = OUTGOING.c.state.in_(("queued", "sending")) & (OUTGOING.c.due_at <= now)
    db.execute(update(OUTGOING).where(waits, OUTGOING.c.kind == "tidy").values(state="withdrawn"))
    return db.execute(update(OUTGOING).where(waits).values(state="unknown", error=ASIDE)).rowcount


@dataclass(frozen=True, slots=True)
class Gap:
    """What people wrote between the first two moments is lost."""

    taken_at: datetime
    stopped_at: datetime
    restored_at: datetime


def gap(db: Connection) -> Gap | None:
    """What the last restoration could not bring back; None as well when the machine had stopped before the backup."""
    noted = json.loads(notes.get(db, RESTORED) or "{}")
    if not noted:
        return None
    found = Gap(**{name: datetime.fromisoformat(moment) for name, moment in noted.items()})
    return found if found.stopped_at > found.taken_at else None


_DAMAGED = (
    "Tệp {archive} không phải là bản sao lưu nguyên vẹn ({why}). Chưa có gì thay đổi; hãy dùng bản khác."
)
_NEWER = "Bản sao lưu ở cấu trúc {found}, chương trình này chỉ biết {known}. Hãy cài chương trình mới hơn rồi phục hồi."
