"""Checks of the database as a whole: whether it opens, is current and sound, who works on it; nothing is written."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot import doctor_backups, doctor_people, doctor_place, doctor_rows
from bot.doctor_findings import Finding, doubtful, good, wrong
from bot.settings import Settings
from storage import troubles, upgrade
from storage.database import WRITER_LOCK, Database, open_database

BROKEN = (SQLAlchemyError, sqlite3.Error, OSError)


def check(settings: Settings, now: datetime) -> list[Finding]:
    """All of them, and those of the rows where the tables are there."""
    try:
        if doctor_place.no_file(settings):
            return [doubtful("Chưa có cơ sở dữ liệu: lần chạy congdoan serve đầu tiên sẽ tạo.")]
        with closing(open_database(settings.url, settings.files)) as database:
            return list(_findings(settings, database, now))
    except BROKEN as error:
        reason = str(error).partition("\n")[0]
        return [
            wrong(
                f"Không mở được cơ sở dữ liệu: {reason}. Hãy kiểm tra CONGDOAN_DATABASE_URL và quyền truy cập."
            )
        ]


def _findings(settings: Settings, database: Database, now: datetime) -> Iterator[Finding]:
    found, where = upgrade.revision(database), database.url.render_as_string(hide_password=True)
    runs = running(database)
    yield from _revision(database, found, where)
    yield from _integrity(database)
    yield (
        good(f"congdoan đang chạy trên cơ sở dữ liệu này{runs}.")
        if runs is not None
        else doubtful("Không có congdoan nào đang chạy trên cơ sở dữ liệu này: chưa ai được trả lời.")
    )
    if found == upgrade.HEAD:
        with database.read() as db:
            yield from doctor_rows.check(db, now, runs=runs is not None)
            yield from doctor_people.check(db, now)
            yield from doctor_backups.check(settings, db, now)


def _revision(database: Database, found: str, where: str) -> Iterator[Finding]:
    if found == upgrade.HEAD:
        yield good(f"Cơ sở dữ liệu {where}: mở được, cấu trúc {found} là mới nhất.")
    elif found > upgrade.HEAD:
        yield wrong(
            f"Cơ sở dữ liệu ở cấu trúc {found}, chương trình chỉ biết {upgrade.HEAD}. Hãy cài chương trình mới hơn."
        )
    elif database.engine.dialect.name == "sqlite":
        yield doubtful("Cơ sở dữ liệu chưa ở cấu trúc mới nhất: lần chạy congdoan serve tới sẽ tự nâng cấp.")
    else:
        yield wrong("Cơ sở dữ liệu chưa ở cấu trúc mới nhất. Hãy sao lưu rồi chạy: congdoan db upgrade")


def _integrity(database: Database) -> Iterator[Finding]:
    """SQLite looks through its pages; a PostgreSQL has tools of its own."""
    if database.engine.dialect.name != "sqlite":
        return
    with database.read() as db:
        said = troubles.damage(db)
    if not said:
        yield good("Tệp cơ sở dữ liệu nguyên vẹn.")
    else:
        yield wrong(f"Tệp cơ sở dữ liệu bị hỏng: {said}. Hãy dừng chương trình và phục hồi từ bản sao lưu.")


# ── who works on it ─────────────────────────────────────────────────────────────────────────────────


def running(database: Database) -> str | None:
    """None when no process holds the lock of `serve`; otherwise which, as far as it can be known."""
    if database.engine.dialect.name != "sqlite":
        return _held_on_postgresql(database)
    return _held_on_sqlite(Path(database.url.database or "").with_suffix(".lock"))


def _held_on_postgresql(database: Database) -> str | None:
    held = text(
        "SELECT 1 FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database WHERE locktype = 'advisory' "
        "AND classid = 0 AND objid = :key AND granted AND datname = current_database()"
    )
    with database.read() as db:
        return "" if db.execute(held, {"key": WRITER_LOCK}).first() else None


def _held_on_sqlite(file: Path) -> str | None:
    """Try a shared lock, which is given back at once; the file is not made."""
    import fcntl  # noqa: PLC0415 - absent on Windows

    try:
        held = file.open("rb")
    except FileNotFoundError:
        return None
    with held:
        try:
            fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return _holder(os.fstat(held.fileno()).st_ino)
    return None


def _holder(inode: int) -> str:
    """Linux says which process holds a lock; elsewhere nothing is said."""
    try:
        locks = Path("/proc/locks").read_text("ascii")
    except OSError:
        return ""
    rows = (line.split() for line in locks.splitlines())
    pids = [row[4] for row in rows if len(row) > 5 and row[1] == "FLOCK" and row[5].endswith(f":{inode}")]
    return f" (tiến trình {pids[0]})" if pids else ""
