"""Brings a database to the tables of this program; alembic is loaded only when there is something to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from storage.database import Database

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0003"
"""The newest revision under storage/migrations/versions; known here so that a start need not load alembic."""


class NewerDatabaseError(Exception):
    """The database was upgraded by a newer program; this one must not touch it."""

    for_operator = True


def pending(database: Database) -> bool:
    """Whether `upgrade` has something to do."""
    return revision(database) != HEAD


def revision(database: Database) -> str:
    """The revision that the database stands at; empty while it has no tables."""
    with database.read() as db:
        if not inspect(db).has_table("alembic_version"):
            return ""
        return str(db.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def upgrade(database: Database) -> None:
    """Make or change the tables, all in one transaction; a current database is left alone."""
    found = revision(database)
    if found == HEAD:
        return
    if found > HEAD:
        raise NewerDatabaseError(_NEWER.format(found=found, known=HEAD))
    with changing_tables(database) as db:
        move_to(db, "head")


def move_to(db: Connection, target: str) -> None:
    """Bring the tables to a revision, inside of `changing_tables`; from none or an older one."""
    from alembic import command

    command.upgrade(alembic_config(db), target)


def alembic_config(db: Connection) -> Config:
    """What alembic.ini would say, with the connection that env.py works on."""
    from alembic.config import Config

    config = Config(attributes={"connection": db})
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config


@contextmanager
def changing_tables(database: Database) -> Iterator[Connection]:
    """One transaction in which tables may be made, changed and dropped; no row is left without the one it points to."""
    if database.engine.dialect.name != "sqlite":
        with database.begin() as db:
            yield db
        return
    # SQLite changes a table by copying and dropping it, which its foreign keys would forbid.  They can be
    # switched off only outside of a transaction, and are checked as a whole before the commit.
    with database.engine.connect() as db:
        _foreign_keys(db, "OFF")
        try:
            with db.begin():
                yield db
                _refuse_orphans(db)
        finally:
            _foreign_keys(db, "ON")


def _foreign_keys(db: Connection, switch: str) -> None:
    db.connection.cursor().execute(f"PRAGMA foreign_keys={switch}")


def _refuse_orphans(db: Connection) -> None:
    orphans = db.exec_driver_sql("PRAGMA foreign_key_check").all()
    if orphans:
        raise RuntimeError(f"rows without the row they belong to, the upgrade was undone: {orphans[:5]}")


_NEWER = "The database is at revision {found}, this program knows {known}: install the newer program."
