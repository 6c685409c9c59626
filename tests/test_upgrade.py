"""Migrations: they make the tables of the models, once, on both databases."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from storage import dump
from storage import upgrade as upgrading
from storage.database import Database, open_database
from storage.messages import Attachment
from storage.migrations.options import OPTIONS
from storage.upgrade import HEAD, NewerDatabaseError, alembic_config, pending, upgrade
from tests import every_table
from tests.switchboard import LIEU, TEACHER, Switchboard


def test_the_migrations_make_exactly_what_the_models_say(empty_url):
    database = open_database(empty_url)
    upgrade(database)
    with database.read() as db:
        differences = compare_metadata(
            MigrationContext.configure(db, opts=OPTIONS), OPTIONS["target_metadata"]
        )
    database.close()
    assert differences == [], "`make migration` writes what is missing"


def test_a_migrated_database_has_the_keys_and_columns_of_the_models(empty_url, database):
    migrated = open_database(empty_url)
    upgrade(migrated)
    with migrated.read() as db, database.read() as wanted:
        assert _shape(db) == _shape(wanted)
    migrated.close()


def _shape(db: Connection) -> dict[str, object]:
    looks = inspect(db)
    tables = sorted(set(looks.get_table_names()) - {"alembic_version"})
    return {
        table: (
            sorted((c["name"], str(c["type"]), c["nullable"]) for c in looks.get_columns(table)),
            looks.get_pk_constraint(table)["constrained_columns"],
            sorted(u["column_names"] for u in looks.get_unique_constraints(table)),
            sorted((f["constrained_columns"], f["referred_table"]) for f in looks.get_foreign_keys(table)),
            sorted((i["name"], i["column_names"]) for i in looks.get_indexes(table)),
        )
        for table in tables
    }


def test_an_upgrade_leaves_nothing_to_do(empty_url):
    database = open_database(empty_url)
    assert pending(database)
    upgrade(database)
    assert not pending(database)
    upgrade(database)
    database.close()


def test_an_upgrade_that_fails_leaves_nothing_behind(empty_url):
    database = open_database(empty_url)
    with database.begin() as db:
        db.execute(text("CREATE TABLE unit (id INTEGER)"))
    with pytest.raises(DBAPIError):
        upgrade(database)
    with database.read() as db:
        assert inspect(db).get_table_names() == ["unit"]
    database.close()


def test_a_database_of_a_newer_program_is_refused(empty_url):
    database = open_database(empty_url)
    upgrade(database)
    with database.begin() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerDatabaseError, match="9999"):
        upgrade(database)
    database.close()


def test_an_upgrade_never_separates_rows_that_belong_together(tmp_path, monkeypatch):
    database = open_database(f"sqlite:///{tmp_path}/a.db")
    upgrade(database)
    with pytest.raises(RuntimeError, match="opening_figure"), upgrading.changing_tables(database) as db:
        db.execute(text("INSERT INTO opening_figure VALUES (404, 'so_doan_vien', 1)"))
    with database.begin() as db:
        assert db.execute(text("SELECT count(*) FROM opening_figure")).scalar() == 0
        assert db.execute(text("PRAGMA foreign_keys")).scalar() == 1
    database.close()


def test_the_program_knows_its_newest_revision(sqlite_database):
    with sqlite_database.read() as db:
        scripts = ScriptDirectory.from_config(alembic_config(db))
    assert scripts.get_heads() == [HEAD]
    assert [r.revision for r in scripts.walk_revisions()] == sorted(
        (file.name[:4] for file in Path(scripts.versions).glob("0*.py")), reverse=True
    )


def test_a_current_database_is_recognised_without_alembic(tmp_path):
    url = f"sqlite:///{tmp_path}/a.db"
    database = open_database(url)
    upgrade(database)
    database.close()
    code = (
        "import sys; from storage.database import Database, open_database; from storage.upgrade import upgrade;"
        f"upgrade(open_database({url!r})); print('alembic' in sys.modules)"
    )
    printed = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert printed.stdout.strip() == "False"


# ── from the version before ─────────────────────────────────────────────────────────────────────────


def at_revision(url: str, folder: Path, revision: str) -> Database:
    """A database as an earlier version leaves it, with rows in every table."""
    database = open_database(url, folder / "files")
    with upgrading.changing_tables(database) as db:
        upgrading.move_to(db, revision)
        every_table.fill(db)
    return database


def test_every_row_of_the_version_before_survives(empty_url: str, tmp_path: Path) -> None:
    with closing(at_revision(empty_url, tmp_path, "0002")) as database:
        with database.read() as db:
            before = every_table.rows_of(db)
        upgrade(database)
        with database.read() as db:
            after = every_table.rows_of(db)
    assert len(before) > 20
    for table, rows in before.items():
        assert [{name: row[name] for name in rows[0]} for row in after[table]] == rows, table
    decided = [
        (row["contact_id"], row["person_id"], row["version"], row["agreed"], row["at"])
        for row in after["consent"]
    ]
    assert decided == [
        (row["id"], row["person_id"], row["consent_version"], True, row["consented_at"])
        for row in before["contact"]
    ]
    assert {row["source"] for row in after["submission"] + after["submission_version"]} == {""}


def test_drafts_and_files_of_the_version_before_go_on(
    empty_url: str, sqlite_database: Database, tmp_path: Path
) -> None:
    """The present program makes the rows, in the middle of reports; the tables of 0.1.0 take what they know of them."""
    bot = Switchboard(sqlite_database)
    bot.says(TEACHER, "báo cáo", "không phát sinh", "như cũ")
    bot.says(LIEU, "báo cáo", "không phát sinh", "như cũ", "0", "0", "1")
    photo = Attachment("received/a.jpg", "a.jpg", "image/jpeg", 3, "photo")
    bot.send(LIEU, attachments=(photo,))
    with sqlite_database.read() as db:
        rows = every_table.rows_of(db)
    database = open_database(empty_url, tmp_path / "files")
    with upgrading.changing_tables(database) as db:
        upgrading.move_to(db, "0002")
        for table in dump.tables(db):
            for row in rows[table.name]:
                db.execute(table.insert(), {name: row[name] for name in table.c.keys()})  # noqa: SIM118 - no mapping
        dump.skip_numbers(db, dump.tables(db), 1)
    upgrade(database)
    bot.database = database
    asked = bot.says(TEACHER, "1").text
    assert "Nội dung nổi bật" in asked, asked
    assert "Đã nhận báo cáo" in bot.says(TEACHER, "bỏ qua", "gửi").text
    assert "Đã nhận báo cáo" in bot.says(LIEU, "xong", "gửi").text
    with database.read() as db:
        consents = db.execute(text("SELECT count(*) FROM consent WHERE agreed")).scalar()
        people = db.execute(text("SELECT count(*) FROM contact WHERE person_id IS NOT NULL")).scalar()
        assert db.execute(text("SELECT path FROM attachment")).scalars().all() == ["received/a.jpg"]
    assert consents == people
    database.close()
