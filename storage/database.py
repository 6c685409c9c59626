"""The one door to what the bot remembers: SQLite by default, PostgreSQL by URL."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    DateTime,
    Engine,
    Table,
    create_engine,
    event,
    make_url,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect
from sqlalchemy.types import TypeDecorator

WRITER_LOCK = 0x434F4E47
"""Advisory lock of the one writing process on a PostgreSQL database ("CONG")."""


class Utc(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC; a naive one is refused (ARCHITECTURE, promise 5)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - signature of SQLAlchemy
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"naive datetime {value!r}: give it a time zone"
            raise ValueError(message)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - signature of SQLAlchemy
        return None if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value


class AlreadyRunningError(Exception):
    """Another process serves this database; the remedy is in the text."""

    for_operator = True


class Database:
    """`begin()` is the unit of work: one short transaction, committed as a whole or not at all."""

    def __init__(self, url: str, files: Path) -> None:
        self.url = make_url(url)
        self.files = files
        """Where attachments and pictures lie; rows name them relative to it."""
        self.backups: Path | None = None
        """Where the daily backups go; None: none are made, as in the demo."""
        self.backups_kept = 30
        self.stopping = False
        """Whether the program ends: long work on its own account leaves off."""
        self.engine = _postgresql(url) if self.url.get_backend_name() == "postgresql" else _sqlite(url)
        self._mine = threading.local()
        self._kept: list[Connection] = []

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A transaction that may write; on SQLite it takes the write lock at once."""
        db = self._writing()
        with db.begin():
            yield db

    def _writing(self) -> Connection:
        """Hold one writing connection a thread: fetching it from the pool costs as much as a statement."""
        held: Connection | None = getattr(self._mine, "connection", None)
        if held is None or held.closed or held.invalidated:
            held = self._mine.connection = self.engine.connect()
            self._kept.append(held)
        return held

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction for reading: it holds no write lock and is rolled back at its end."""
        with self.engine.connect().execution_options(reads_only=True) as db:
            yield db

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A transaction for reading in which nothing moves, however long it takes; nobody waits for it."""
        options: dict[str, Any] = {"reads_only": True}
        if self.url.get_backend_name() == "postgresql":
            options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self.engine.connect().execution_options(**options) as db:
            yield db

    def close(self) -> None:
        """Give back every connection."""
        for held in self._kept:
            held.close()
        self._kept.clear()
        self.engine.dispose()


def open_database(url: str, files: Path = Path("var/files")) -> Database:
    """Open the database at `url` (`sqlite:///var/congdoan.db`, `postgresql://…`); tables are made by migrations."""
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    file = make_url(url).database
    if url.startswith("sqlite") and file:
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    return Database(url, files)


def insert(table: Table, db: Connection) -> Any:  # noqa: ANN401 - two dialects, one shape
    """An INSERT that knows ON CONFLICT, in the dialect of `db`."""
    return _DIALECTS[db.dialect.name].insert(table)


def insert_once(table: Table, db: Connection) -> Any:  # noqa: ANN401 - two dialects, one shape
    """Prebuilt: insert a row and return its id, or nothing if one of its unique keys is there already."""
    return _once(table, db.dialect.name)


def upsert(
    table: Table, db: Connection, *, only: tuple[str, ...] = (), where: ColumnElement[bool] | None = None
) -> Any:  # noqa: ANN401 - two dialects, one shape
    """Prebuilt: insert a row, or overwrite the one of its primary key: all columns or `only` some, `where` it holds."""
    return _upsert(table, db.dialect.name, only, where)


@cache
def _once(table: Table, dialect: str) -> Any:  # noqa: ANN401
    statement = _DIALECTS[dialect].insert(table).on_conflict_do_nothing()
    return statement.returning(table.c.id) if "id" in table.c else statement


@cache
def _upsert(table: Table, dialect: str, only: tuple[str, ...], where: ColumnElement[bool] | None) -> Any:  # noqa: ANN401
    statement = _DIALECTS[dialect].insert(table)
    keys = [column.name for column in table.primary_key]
    columns = only or [column.name for column in table.c if column.name not in keys]
    changed = {name: statement.excluded[name] for name in columns}
    return statement.on_conflict_do_update(index_elements=keys, set_=changed, where=where)


_DIALECTS: dict[str, Any] = {"postgresql": postgresql, "sqlite": sqlite}


def table_of(model: type) -> Table:
    """The table that a SQLModel class defines: statements on the answer path are written on it."""
    table: Table = model.__table__  # type: ignore[attr-defined]
    return table


def _sqlite(url: str) -> Engine:
    # Every transaction here ends with its own commit or rollback: the pool need not roll back once more.
    engine = create_engine(
        url,
        connect_args={"check_same_thread": False, "timeout": 10},
        pool_reset_on_return=None,
        json_serializer=_json,
        hide_parameters=True,  # an error in the log does not show what people wrote
    )

    @event.listens_for(engine, "connect")
    def _settings(raw: DBAPIConnection, _record: object) -> None:
        # The driver's own transactions commit too early around savepoints: a receipt would outlive its
        # failed handler and the message be lost.  So the driver is told to keep out of it.
        raw.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
            raw.cursor().execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(db: Connection) -> None:
        db.exec_driver_sql("BEGIN" if db.get_execution_options().get("reads_only") else "BEGIN IMMEDIATE")

    return engine


def _postgresql(url: str) -> Engine:
    return create_engine(url, pool_pre_ping=True, json_serializer=_json, hide_parameters=True)


def _json(value: object) -> str:
    """Vietnamese stays readable in the rows, and short."""
    return json.dumps(value, ensure_ascii=False)


def lock_writer(database: Database) -> Connection | Any:  # noqa: ANN401 - an open file or a connection
    """Claim the database for this process until the returned handle is closed; raises AlreadyRunningError."""
    if database.url.get_backend_name() == "postgresql":
        return _lock_postgresql(database)
    return _lock_sqlite(Path(database.url.database or "memory"))


def _lock_postgresql(database: Database) -> Connection:
    held = database.engine.connect()
    if not held.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": WRITER_LOCK}).scalar():
        held.close()
        raise AlreadyRunningError(_RUNNING.format(where=database.url.render_as_string(hide_password=True)))
    held.commit()
    return held


def _lock_sqlite(path: Path) -> Any:  # noqa: ANN401 - an open file
    import fcntl  # noqa: PLC0415 - absent on Windows, where the demo still imports this module

    held = path.with_suffix(".lock").open("w")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        held.close()
        raise AlreadyRunningError(_RUNNING.format(where=path)) from None
    return held


_RUNNING = (
    "Một chương trình congdoan khác đang dùng {where}. Hãy dừng chương trình đó, hoặc dùng cơ sở dữ liệu khác.\n"
    "Another congdoan process already works on {where}. Stop it first, or give this one another database."
)
