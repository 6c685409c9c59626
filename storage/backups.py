"""Backups: the whole database and all files in one archive, taken while the program works.

An archive holds `tables/NAME/NUMBER.jsonl`, `files/PATH`, then `SHA256SUMS` over all of these, and `manifest.json` as
its end: what is cut off has none.  It holds no settings and no token.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Protocol, Self

from sqlalchemy import text

from storage import dump, upgrade
from storage.calendar import TZ
from storage.database import Database

FORMAT = 1
SUMS, MANIFEST = "SHA256SUMS", "manifest.json"
NAMED = re.compile(r"congdoan-(\d{8}-\d{4})(?:-\d+)?\.tar\.gz")
"""Name of a backup; the time is that of Hanoi."""
PART = ".part"
"""Ends the name of what is being written."""
SPARE = 200_000_000
"""Bytes that must stay free beside a backup: the program goes on writing."""
BEFORE = "truoc-phuc-hoi-"
"""Begins the name of what was saved before a restoration."""
FEWEST = 3
"""Backups that are kept even when there is no room for the next."""
LEVEL = 3
"""Of compression: pictures are compressed already."""


class NoRoomError(Exception):
    """The disk has no room for a backup; the remedy is in the text."""

    for_operator = True


class StoppedError(Exception):
    """The program ends before the backup is whole: nothing is left of it, the next start takes one."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive says of itself."""

    version: str
    """Of the program."""
    revision: str
    """Of the tables."""
    taken_at: datetime
    backend: str
    rows: dict[str, int]
    files: int
    sums: str
    """SHA-256 of `SHA256SUMS`."""
    format: int = FORMAT

    def to_json(self) -> bytes:
        """The stored form."""
        body = asdict(self) | {"taken_at": self.taken_at.isoformat()}
        return json.dumps(body, ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_json(cls, stored: bytes) -> Self:
        """Undo `to_json`; raises ValueError, KeyError or TypeError."""
        body = json.loads(stored)
        return cls(**{**body, "taken_at": datetime.fromisoformat(body["taken_at"])})


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup on the disk."""

    path: Path
    taken_at: datetime
    """By its name."""


# ── the folder ──────────────────────────────────────────────────────────────────────────────────────


def found(folder: Path) -> list[Backup]:
    """The backups in a folder, the newest first."""
    named = [(path, NAMED.fullmatch(path.name)) for path in folder.glob("congdoan-*.tar.gz")]
    taken = [Backup(path, _moment(match[1])) for path, match in named if match]
    return sorted(taken, key=lambda one: (one.taken_at, one.path.name), reverse=True)


def _moment(name: str) -> datetime:
    return datetime.strptime(name, "%Y%m%d-%H%M").replace(tzinfo=TZ).astimezone(UTC)


def keep(folder: Path, most: int) -> None:
    """Remove all but the newest `most` backups."""
    for old in found(folder)[max(most, 1) :]:
        old.path.unlink(missing_ok=True)


def before_restoring(folder: Path, now: datetime) -> Path:
    """Where what a restoration replaces is saved."""
    return folder / f"{BEFORE}{now.astimezone(TZ):%Y%m%d-%H%M%S}.tar.gz"


def keep_before_restoring(folder: Path, used: Path) -> None:
    """Remove all but the newest FEWEST of these, and never the one that was just restored."""
    for old in sorted(folder.glob(f"{BEFORE}*.tar.gz"), reverse=True)[FEWEST:]:
        if old.resolve() != used.resolve():
            old.unlink(missing_ok=True)


def tight(folder: Path) -> tuple[int, int] | None:
    """Bytes that are free beside the backups and those of the newest, if two more of it would not fit."""
    taken = found(folder)
    if not taken:
        return None
    free, size = _free(folder), taken[0].path.stat().st_size
    return (free, size) if free < 2 * size else None


def daily(database: Database, now: datetime) -> tuple[Path, Manifest]:
    """Take the backup of the day into the database's folder; the oldest ones make room.  Raises NoRoomError."""
    folder = _folder(database)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(folder):
        for broken in folder.glob(f"*{PART}"):
            broken.unlink(missing_ok=True)
        _make_room(folder, _wanted(database))
        target = free_name(folder, now)
        manifest = take(database, target, now)
        keep(folder, database.backups_kept)
    return target, manifest


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One backup of a folder at a time: an operator's waits for the nightly one, and the other way round."""
    import fcntl  # noqa: PLC0415 - absent on Windows, where the demo still imports this module

    with (folder / ".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _folder(database: Database) -> Path:
    return database.backups or database.files.parent / "backups"


def free_name(folder: Path, now: datetime) -> Path:
    """What the next backup in a folder is called."""
    stem = f"congdoan-{now.astimezone(TZ):%Y%m%d-%H%M}"
    names = [f"{stem}.tar.gz", *(f"{stem}-{number}.tar.gz" for number in range(2, 1000))]
    return next(path for name in names if not (path := folder / name).exists())


def _make_room(folder: Path, wanted: int) -> None:
    for old in reversed(found(folder)[FEWEST:]):
        if _free(folder) >= wanted + SPARE:
            return
        old.path.unlink(missing_ok=True)


def _free(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def _wanted(database: Database) -> int:
    """Bytes that a backup needs at most: pictures do not become smaller, rows do by half and more."""
    files = 0
    for path in _files(database.files):
        with suppress(FileNotFoundError):  # the retention of a running program may take one away meanwhile
            files += path.stat().st_size
    sqlite = database.url.get_backend_name() == "sqlite"
    size = (
        "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
        if sqlite
        else "SELECT pg_database_size(current_database())"
    )
    with database.read() as db:
        return files + int(db.scalar(text(size)) or 0) // 2


# ── one archive ─────────────────────────────────────────────────────────────────────────────────────


def take(database: Database, target: Path, now: datetime) -> Manifest:
    """Write an archive of everything; it gets its name when it is whole.  Raises NoRoomError, StoppedError, OSError."""
    wanted = _wanted(database)
    target.parent.mkdir(parents=True, exist_ok=True)
    if _free(target.parent) < wanted + SPARE:
        raise NoRoomError(_NO_ROOM.format(folder=target.parent, wanted=(wanted + SPARE) // 1_000_000 + 1))
    part = target.with_name(target.name + PART)
    try:
        # Only its owner may read what people wrote.
        opened = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(opened, "wb") as file:
            os.fchmod(file.fileno(), 0o600)
            manifest = _write(database, file, now)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    _settle(target.parent)
    return manifest


_NO_ROOM = (
    "Ổ đĩa không đủ chỗ để sao lưu vào {folder}: cần {wanted} MB trống. "
    "Hãy dọn bớt, hoặc ghi sang ổ khác bằng: congdoan backup --out TỆP"
)


def _settle(folder: Path) -> None:
    """A name in a folder survives a power cut, too."""
    held = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)


def _write(database: Database, file: IO[bytes], now: datetime) -> Manifest:
    revision = upgrade.revision(database)
    with (
        tarfile.open(fileobj=file, mode="w:gz", compresslevel=LEVEL, format=tarfile.PAX_FORMAT) as tar,
        tempfile.TemporaryFile() as sums,
    ):
        writing = _Writing(database, tar, sums, now)
        rows = _write_rows(database, writing)
        # Files after rows: every file that a row names is there, as far as it was fetched.
        number = _write_files(database.files, writing)
        manifest = Manifest(
            _version(), revision, now, database.engine.dialect.name, rows, number, writing.digest.hexdigest()
        )
        sums.seek(0)
        writing.put(SUMS, sums, writing.size, listed=False)
        body = manifest.to_json()
        writing.put(MANIFEST, io.BytesIO(body), len(body), listed=False)
    return manifest


def _version() -> str:
    """Of the program, as pyproject.toml says it."""
    project = Path(__file__).parent.parent / "pyproject.toml"
    try:
        return str(tomllib.loads(project.read_text("utf-8"))["project"]["version"])
    except (OSError, KeyError):
        return ""


def _write_rows(database: Database, writing: _Writing) -> dict[str, int]:
    rows: dict[str, int] = {}
    with database.snapshot() as db:
        for table in dump.tables(db):
            rows[table.name] = 0
            for number, (lines, chunk) in enumerate(dump.chunks(db, table), 1):
                writing.put(f"tables/{table.name}/{number:06d}.jsonl", io.BytesIO(chunk), len(chunk))
                rows[table.name] += lines
    return rows


def _write_files(folder: Path, writing: _Writing) -> int:
    number = 0
    for path in _files(folder):
        # The retention of a running program may take one away meanwhile.
        with suppress(FileNotFoundError), path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            writing.put(f"files/{path.relative_to(folder).as_posix()}", file, size)
            number += 1
    return number


def _files(folder: Path) -> Iterator[Path]:
    """Whole files below a folder; no links, and none that is being fetched or restored."""
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.endswith(PART))
        for name in sorted(names):
            path = Path(here, name)
            if not name.endswith(PART) and not path.is_symlink() and path.is_file():
                yield path


class _Reads(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


class _Hashed:
    """A file that is hashed while it is read."""

    def __init__(self, file: _Reads) -> None:
        self.file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        got = self.file.read(size)
        self.digest.update(got)
        return got


class _Writing:
    """An archive under way: each member is listed with its hash, and the list is hashed."""

    def __init__(self, database: Database, tar: tarfile.TarFile, sums: IO[bytes], now: datetime) -> None:
        self.database, self.tar, self.sums, self.now = database, tar, sums, now
        self.digest = hashlib.sha256()
        self.size = 0

    def put(self, name: str, file: _Reads, size: int, *, listed: bool = True) -> None:
        """Add one member of a size; raises OSError if the file turns out shorter, StoppedError."""
        if self.database.stopping:
            raise StoppedError
        member = tarfile.TarInfo(name)
        member.size, member.mode, member.mtime = size, 0o600, int(self.now.timestamp())
        hashed = _Hashed(file)
        self.tar.addfile(member, hashed)
        if listed:
            line = sum_line(hashed.digest.hexdigest(), name)
            self.sums.write(line)
            self.digest.update(line)
            self.size += len(line)


def sum_line(digest: str, name: str) -> bytes:
    """A line of `SHA256SUMS`, as `sha256sum --check` reads it."""
    return f"{digest}  {name}\n".encode()
