"""Backups: everything in one file while the program works, and back on the same, another or the other database."""

from __future__ import annotations

import io
import json
import shutil
import stat
import tarfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import text

import scheduler
from bot import backup_commands
from bot.backup_commands import CommandError
from scheduler import backups as nightly
from storage import backups, contacts, dump, notes, outbox, restoring, tasks, upgrade
from storage.database import AlreadyRunningError, Database, lock_writer, open_database
from storage.messages import Reply
from storage.models import Note, Unit
from storage.restoring import DamagedBackupError
from storage.upgrade import NewerDatabaseError
from tests import every_table
from tests.organisation import at, found, outgoing, rows
from tests.test_upgrade import at_revision

NOW = at("2026-11-24 02:30")
LATER = at("2026-11-24 10:00")


@pytest.fixture
def migrated(empty_url: str, tmp_path: Path) -> Iterator[Database]:
    """A database as `serve` makes it: by migrations."""
    with closing(open_database(empty_url, tmp_path / "var" / "files")) as database:
        upgrade.upgrade(database)
        yield database


def full(url: str, folder: Path) -> Database:
    """A current database with rows in every table, and files."""
    database = open_database(url, folder / "files")
    upgrade.upgrade(database)
    with database.begin() as db:
        every_table.fill(db)
    (folder / "files" / "received").mkdir(parents=True)
    (folder / "files" / "received" / "ảnh 1.jpg").write_bytes(b"\xff\xd8" * 70_000)
    (folder / "files" / "received" / "half.jpg.part").write_bytes(b"\xff\xd8")
    (folder / "files" / "empty").write_bytes(b"")
    (folder / "files" / "link").symlink_to("/etc/passwd")
    return database


def all_rows(database: Database) -> dict[str, list[dict[str, Any]]]:
    with database.read() as db:
        return every_table.rows_of(db)


def restored(archive: Path, url: str, folder: Path, *, now: datetime = LATER) -> Database:
    """What the command does, without replaying the time in between."""
    manifest = restoring.verify(archive)
    database = open_database(url, folder / "files")
    restoring.place_files(database.files, restoring.unpack_files(archive, database.files))
    restoring.load(database, archive, manifest, now, now)
    return database


# ── there and back ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("same", [True, False], ids=["same", "other"])
def test_every_row_and_file_comes_back_on_the_same_and_on_the_other_database(
    backend: str, empty_url: str, other_empty_url: str, tmp_path: Path, same: bool
) -> None:
    with closing(full(empty_url, tmp_path / "old")) as database:
        before = all_rows(database)
        manifest = backups.take(database, tmp_path / "b.tar.gz", NOW)
    assert (manifest.revision, manifest.backend, manifest.files) == (upgrade.HEAD, backend, 2)
    assert manifest.rows == dict.fromkeys(before, every_table.ROWS)
    assert restoring.verify(tmp_path / "b.tar.gz") == manifest
    url = empty_url if same else other_empty_url
    with closing(restored(tmp_path / "b.tar.gz", url, tmp_path / "new")) as database:
        after = all_rows(database)
        assert not upgrade.pending(database)
    for name in set(before) - {"change", "note", "counter", "conversation", "outgoing", "task"}:
        assert after[name] == before[name]
    assert after["change"].pop()["act"] == "restore"
    assert after["change"] == before["change"]
    assert [row for row in after["note"] if row["name"] != restoring.RESTORED] == before["note"]
    files = sorted(path for path in (tmp_path / "new").rglob("*") if path.is_file())
    assert [path.name for path in files] == ["empty", "ảnh 1.jpg"]
    assert files[1].read_bytes() == b"\xff\xd8" * 70_000


def test_no_number_code_or_button_of_the_time_between_comes_to_mean_something_else(
    empty_url: str, tmp_path: Path
) -> None:
    with closing(full(empty_url, tmp_path)) as database:
        with database.begin() as db:
            db.execute(
                text("UPDATE conversation SET state = :state"), {"state": '{"turn": 17, "frames": []}'}
            )
        before = all_rows(database)
        backups.take(database, tmp_path / "b.tar.gz", NOW)
    with closing(restored(tmp_path / "b.tar.gz", empty_url, tmp_path)) as database:
        after = all_rows(database)
        assert [row["value"] for row in after["counter"]] == [10_001, 10_002]
        assert [row["state"] for row in after["conversation"]] == [{"turn": 1017, "frames": []}] * 2
        with database.begin() as db:
            found_tables = {table.name: table for table in dump.tables(db)}
            draft = before["submission"][0] | {"form_code": "new", "code": None}
            del draft["id"]
            made = db.execute(found_tables["submission"].insert().returning(text("id")), draft).scalar_one()
    assert made > restoring.IDS_AHEAD


def test_a_backup_of_the_version_before_is_upgraded(empty_url: str, tmp_path: Path) -> None:
    with closing(at_revision(empty_url, tmp_path, "0002")) as database:
        before = all_rows(database)
        manifest = backups.take(database, tmp_path / "b.tar.gz", NOW)
    assert manifest.revision == "0002"
    with closing(restored(tmp_path / "b.tar.gz", empty_url, tmp_path / "new")) as database:
        assert not upgrade.pending(database)
        after = all_rows(database)
    assert [row["person_id"] for row in after["consent"]] == [row["person_id"] for row in before["contact"]]
    assert [row["body"] for row in after["petition"]] == [row["body"] for row in before["petition"]]


# ── nothing is said twice ───────────────────────────────────────────────────────────────────────────


def test_what_was_queued_when_the_backup_was_taken_is_not_said_again(
    migrated: Database, tmp_path: Path
) -> None:
    ids = found(migrated)
    with migrated.begin() as db:
        for kind in ("reply", "reminder", "digest", "tidy"):
            outbox.put(db, ids["a"], Reply(kind), key=kind, due_at=NOW, kind=kind)
        outbox.put(db, ids["a"], Reply("tomorrow"), key="tomorrow", due_at=LATER + timedelta(days=1))
        db.execute(text("UPDATE outgoing SET state = 'sending' WHERE key = 'reply'"))
        sender = contacts.find(db, "web", "Trần Thị A")
        assert sender is not None
        tasks.put(db, "import", sender, NOW)
    backups.take(migrated, tmp_path / "b.tar.gz", NOW)
    url = migrated.url.render_as_string(hide_password=False)
    with closing(restored(tmp_path / "b.tar.gz", url, tmp_path)) as again:
        with again.begin() as db:
            assert outbox.recover(db) == 0
            assert tasks.next_of(db) is None
        states = {key: state for _, state, key in outgoing(again)}
    assert states == {
        "reply": "unknown", "reminder": "unknown", "digest": "unknown", "tidy": "withdrawn", "tomorrow": "queued",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("stopped", "said"), [("2026-11-18 10:00", False), ("2026-11-18 05:00", True)], ids=["sent", "not sent"]
)
def test_a_reminder_that_the_old_machine_sent_after_its_backup_is_not_sent_again(
    database: Database, stopped: str, said: bool
) -> None:
    """Stopped at 10:00, it had said the step of 08:30, whose row is lost; stopped at 05:00, it had not."""
    found(database)
    scheduler.run_all(database, at("2026-11-17 02:30"))
    restored_at = at("2026-11-18 10:30")
    muted = backup_commands.mute(database, at("2026-11-18 02:30"), at(stopped), restored_at)
    assert muted == (0 if said else 2)
    scheduler.run_all(database, restored_at)
    waits = [key for _, state, key in outgoing(database) if state == "queued"]
    assert bool(waits) == said


# ── while the program works ─────────────────────────────────────────────────────────────────────────


def test_turns_go_on_while_a_backup_is_taken_and_it_holds_one_moment(
    database: Database, tmp_path: Path
) -> None:
    """A writer adds one to two rows at a time: a backup that mixes moments would have them differ."""
    with database.begin() as db:
        for name in ("a", "zz"):
            notes.put(db, name, "0")
        for number in range(3000):
            notes.put(db, f"m{number}", "x" * 4000)
    done, turns = threading.Event(), [0]

    def write() -> None:
        while not done.is_set():
            turns[0] += 1
            with database.begin() as db:
                db.execute(text("UPDATE note SET value = :n WHERE name IN ('a', 'zz')"), {"n": str(turns[0])})

    writer = threading.Thread(target=write)
    writer.start()
    written = []
    try:
        for number in range(3):
            before = turns[0]
            backups.take(database, tmp_path / f"{number}.tar.gz", NOW)
            written.append(turns[0] - before)
    finally:
        done.set()
        writer.join()
    assert min(written) > 5, "the writer waited for the backup"
    for number in range(3):
        held = {row["name"]: row["value"] for row in stored(tmp_path / f"{number}.tar.gz", "note")}
        assert held["a"] == held["zz"]


def stored(archive: Path, table: str) -> Iterator[dict[str, Any]]:
    """The rows of a table as they stand in an archive."""
    with tarfile.open(archive) as tar:
        for member in tar:
            if member.name.startswith(f"tables/{table}/"):
                yield from (json.loads(line) for line in tar.extractfile(member) or ())


def test_only_its_owner_reads_a_backup_and_half_of_one_is_never_seen(
    sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "backups" / "b.tar.gz"
    backups.take(sqlite_database, target, NOW)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    good = target.read_bytes()
    monkeypatch.setattr(backups.Manifest, "to_json", lambda _: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        backups.take(sqlite_database, target, NOW)
    assert [path.name for path in target.parent.iterdir()] == ["b.tar.gz"]
    assert target.read_bytes() == good


# ── the folder ──────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Database]:
    """A database whose backups go somewhere, with an organisation."""
    with closing(open_database(f"sqlite:///{tmp_path}/served.db", tmp_path / "files")) as database:
        upgrade.upgrade(database)
        database.backups = tmp_path / "backups"
        found(database)
        yield database


def names(folder: Path) -> list[str]:
    return [one.path.name for one in backups.found(folder)]


def test_the_nightly_job_takes_one_backup_a_night_and_makes_good_a_missed_one(
    served: Database, tmp_path: Path
) -> None:
    for moment in (
        "2026-11-20 02:30",
        "2026-11-20 09:00",
        "2026-11-21 02:29",
        "2026-11-22 11:00",
        "2026-11-23 02:30",
    ):
        nightly.run(served, at(moment))
    assert names(tmp_path / "backups") == [
        "congdoan-20261123-0230.tar.gz", "congdoan-20261122-1100.tar.gz", "congdoan-20261120-0230.tar.gz",
    ]  # fmt: skip
    assert backups.found(tmp_path / "backups")[0].taken_at == at("2026-11-23 02:30")


def test_thirty_are_kept_and_others_files_are_left_alone(served: Database, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    for stranger in ("truoc-phuc-hoi-20260101-0000.tar.gz", "congdoan-giu-lai.tar.gz"):
        (folder / stranger).write_bytes(b"")
    (folder / "congdoan-20261001-0230.tar.gz.part").write_bytes(b"left by a kill")
    for day in range(33):
        (folder / f"congdoan-{at('2026-10-01 02:30') + timedelta(days=day):%Y%m%d-%H%M}.tar.gz").write_bytes(
            b""
        )
    nightly.run(served, at("2026-11-24 02:30"))
    kept = names(folder)
    assert (len(kept), kept[0], kept[-1]) == (
        30, "congdoan-20261124-0230.tar.gz", "congdoan-20261005-0230.tar.gz",
    )  # fmt: skip
    assert len(list(folder.glob("*.gz*"))) == 32


def test_a_file_that_goes_while_a_backup_is_taken_is_left_out(
    served: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = backups.take(served, tmp_path / "a.tar.gz", NOW).files
    found = list(backups._files(served.files))
    monkeypatch.setattr(backups, "_files", lambda _: iter([served.files / "gone.jpg", *found]))
    assert backups.take(served, tmp_path / "b.tar.gz", NOW).files == whole


def test_two_backups_of_a_minute_have_two_names(served: Database, tmp_path: Path) -> None:
    backups.daily(served, NOW)
    backups.daily(served, NOW)
    assert names(tmp_path / "backups") == ["congdoan-20261124-0230.tar.gz", "congdoan-20261124-0230-2.tar.gz"]


def test_two_backups_at_once_do_not_disturb_each_other(served: Database, tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: backups.daily(served, NOW)[0], range(4)))
    assert sorted(path.name for path in made) == sorted(names(tmp_path / "backups"))
    assert {restoring.verify(path).revision for path in made} == {upgrade.HEAD}


def test_without_room_the_oldest_go_then_it_fails_and_says_so(
    served: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    for day in range(1, 9):
        (folder / f"congdoan-202611{day:02}-0230.tar.gz").write_bytes(b"")
    free = [100_000_000]
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free[0]))
    assert nightly.run(served, NOW) == {"backup_failed": 1}
    assert len(names(folder)) == backups.FEWEST
    assert rows(served, Note, "name")[-1] == (nightly.FAILED,)
    with served.read() as db:
        assert "không đủ chỗ" in json.loads(notes.get(db, nightly.FAILED))["why"]
    free[0] = 10**10
    assert nightly.run(served, NOW + timedelta(minutes=5)) == {"backups": 1}
    with served.read() as db:
        assert notes.get(db, nightly.FAILED) == ""


def test_when_the_program_stops_a_backup_is_left_off_and_taken_at_the_next_start(
    served: Database, tmp_path: Path
) -> None:
    served.stopping = True
    assert nightly.run(served, NOW) == {}
    assert [path.name for path in (tmp_path / "backups").iterdir()] == [".lock"]
    served.stopping = False
    assert nightly.run(served, NOW + timedelta(hours=1)) == {"backups": 1}


def test_the_demo_and_an_empty_installation_make_no_backups(
    sqlite_database: Database, tmp_path: Path
) -> None:
    sqlite_database.backups = tmp_path / "backups"
    assert nightly.run(sqlite_database, NOW) == {}
    found(sqlite_database)
    sqlite_database.backups = None
    assert nightly.run(sqlite_database, NOW) == {}
    assert not (tmp_path / "backups").exists()


# ── what is not a backup ────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A sound backup with a few rows and a file."""
    with closing(open_database(f"sqlite:///{tmp_path}/sound.db", tmp_path / "sound")) as database:
        upgrade.upgrade(database)
        found(database)
        database.files.mkdir()
        (database.files / "a.jpg").write_bytes(b"picture")
        backups.take(database, tmp_path / "sound.tar.gz", NOW)
    return tmp_path / "sound.tar.gz"


def rewritten(archive: Path, change: Any) -> Path:
    """The archive with its members passed through `change`: (member, body) → list of (member, body)."""
    out = archive.with_name("changed.tar.gz")
    with tarfile.open(archive) as old, tarfile.open(out, "w:gz") as new:
        for member in old:
            body = old.extractfile(member)
            for one, content in change(member, body.read() if body else b""):
                one.size = len(content) if one.isreg() else 0
                new.addfile(one, io.BytesIO(content))
    return out


def named(name: str, kind: bytes = tarfile.REGTYPE, target: str = "") -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, target
    return member


HOSTILE = {
    "outside": named("files/../../outside"),
    "absolute": named("/tmp/outside"),
    "absolute below files": named("files//tmp/outside"),
    "a link": named("files/link", tarfile.SYMTYPE, "/etc/passwd"),
    "a hard link": named("files/link", tarfile.LNKTYPE, "manifest.json"),
    "a device": named("files/null", tarfile.CHRTYPE),
    "a folder": named("files/folder", tarfile.DIRTYPE),
    "a foreign name": named("etc/passwd"),
    "backslashes": named("files/..\\outside"),
    "a line break": named("files/a\nb"),
    "a table that is none": named("tables/person; DROP TABLE person/000001.jsonl"),
}


@pytest.mark.parametrize("trick", HOSTILE)
def test_an_archive_with_tricks_is_refused(archive: Path, trick: str) -> None:
    def change(member: tarfile.TarInfo, body: bytes) -> list[tuple[tarfile.TarInfo, bytes]]:
        extra = [(HOSTILE[trick], b"x")] if member.name == "SHA256SUMS" else []
        return [*extra, (member, body)]

    with pytest.raises(DamagedBackupError):
        restoring.verify(rewritten(archive, change))
    with pytest.raises(DamagedBackupError):
        restoring.unpack_files(rewritten(archive, change), archive.parent / "target")


def test_files_are_never_written_through_a_link(archive: Path, tmp_path: Path) -> None:
    def change(member: tarfile.TarInfo, body: bytes) -> list[tuple[tarfile.TarInfo, bytes]]:
        return [(named("files/way/a.jpg"), body)] if member.name == "files/a.jpg" else [(member, body)]

    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "target").mkdir()
    (tmp_path / "target" / "way").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(DamagedBackupError):
        restoring.unpack_files(rewritten(archive, change), tmp_path / "target")
    assert list((tmp_path / "elsewhere").iterdir()) == []


DAMAGES = {
    "a changed row": lambda m, b: [(m, b.replace(b"CDCS", b"XXXX").replace("CĐCS".encode(), b"XXXXX"))],
    "a changed file": lambda m, b: [(m, b"another" if m.name == "files/a.jpg" else b)],
    "a lost file": lambda m, b: [] if m.name == "files/a.jpg" else [(m, b)],
    "no manifest": lambda m, b: [] if m.name == "manifest.json" else [(m, b)],
    "a broken manifest": lambda m, b: [(m, b"{}" if m.name == "manifest.json" else b)],
    "no sums": lambda m, b: [] if m.name == "SHA256SUMS" else [(m, b)],
    "something behind the end": lambda m, b: [
        (m, b),
        *([(named("files/z"), b"z")] if "manifest" in m.name else []),
    ],
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_archive_is_refused(archive: Path, damage: str) -> None:
    with pytest.raises(DamagedBackupError):
        restoring.verify(rewritten(archive, DAMAGES[damage]))


@pytest.mark.parametrize("length", [0, 10, 200, 0.5, 0.9])
def test_an_archive_that_was_cut_off_is_refused(archive: Path, length: float) -> None:
    whole = archive.read_bytes()
    archive.write_bytes(whole[: int(length if length >= 1 else len(whole) * length)])
    with pytest.raises(DamagedBackupError):
        restoring.verify(archive)


def test_a_backup_of_a_newer_program_is_refused(archive: Path) -> None:
    def change(member: tarfile.TarInfo, body: bytes) -> list[tuple[tarfile.TarInfo, bytes]]:
        newer = body.replace(f'"revision": "{upgrade.HEAD}"'.encode(), b'"revision": "9999"')
        return [(member, newer if member.name == "manifest.json" else body)]

    assert restoring.verify(archive).revision == upgrade.HEAD
    with pytest.raises(NewerDatabaseError, match="9999"):
        restoring.verify(rewritten(archive, change))


# ── the commands ────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def installation(migrated: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """An installation by its settings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONGDOAN_DATABASE_URL", migrated.url.render_as_string(hide_password=False))
    monkeypatch.setenv("CONGDOAN_DATA_DIR", str(tmp_path / "var"))
    return migrated


def test_what_holds_data_is_replaced_only_with_force_and_saved_before(
    installation: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found(installation)
    installation.files.mkdir(parents=True)
    (installation.files / "a.jpg").write_bytes(b"a")
    backup_commands.backup(tmp_path / "b.tar.gz")
    said = capsys.readouterr().out
    assert "Trong đó không có .env" in said
    with installation.begin() as db:
        db.execute(text("UPDATE unit SET name = 'later'"))
    (installation.files / "b.jpg").write_bytes(b"b")
    with pytest.raises(CommandError, match="--force"):
        backup_commands.restore(tmp_path / "b.tar.gz", force=False, stopped="")
    assert {name for (name,) in rows(installation, Unit, "name")} == {"later"}
    backup_commands.restore(tmp_path / "b.tar.gz", force=True, stopped="")
    said = capsys.readouterr().out
    assert {name for (name,) in rows(installation, Unit, "name")} != {"later"}
    assert [path.name for path in installation.files.iterdir()] == ["a.jpg"]
    before = next((tmp_path / "var" / "backups").glob("truoc-phuc-hoi-*"))
    assert {row["name"] for row in stored(before, "unit")} == {"later"}
    assert str(before) in said
    assert "đã mất" in said
    with installation.read() as db:
        gap = restoring.gap(db)
    assert gap is not None
    assert gap.taken_at <= gap.stopped_at <= datetime.now(UTC)


def test_nothing_is_lost_when_the_old_machine_had_stopped_before_the_backup(
    installation: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found(installation)
    backup_commands.backup(tmp_path / "b.tar.gz")
    backup_commands.restore(tmp_path / "b.tar.gz", force=True, stopped="2026-01-01T10:00")
    said = capsys.readouterr().out
    assert "không mất gì" in said
    assert "đã mất" not in said
    with installation.read() as db:
        assert restoring.gap(db) is None


def test_a_restoration_waits_for_the_program_to_be_stopped(installation: Database, tmp_path: Path) -> None:
    found(installation)
    backup_commands.backup(tmp_path / "b.tar.gz")
    with closing(lock_writer(installation)), pytest.raises(AlreadyRunningError):
        backup_commands.restore(tmp_path / "b.tar.gz", force=True, stopped="")


def test_a_restoration_that_fails_changes_nothing(
    installation: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found(installation)
    installation.files.mkdir(parents=True)
    (installation.files / "a.jpg").write_bytes(b"then")
    backup_commands.backup(tmp_path / "b.tar.gz")
    (installation.files / "a.jpg").write_bytes(b"now")
    (installation.files / "b.jpg").write_bytes(b"new")
    before = all_rows(installation)
    monkeypatch.setattr(restoring, "_settle", lambda *_: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        backup_commands.restore(tmp_path / "b.tar.gz", force=True, stopped="")
    assert all_rows(installation) == before
    assert {path.name: path.read_bytes() for path in installation.files.iterdir()} == {
        "a.jpg": b"now", "b.jpg": b"new",
    }  # fmt: skip


def test_an_archive_whose_rows_do_not_fit_leaves_files_and_rows(
    installation: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found(installation)
    installation.files.mkdir(parents=True)
    (installation.files / "a.jpg").write_bytes(b"then")
    backup_commands.backup(tmp_path / "whole.tar.gz")
    broken = rewritten(
        tmp_path / "whole.tar.gz", lambda m, b: [(m, b"{}" if "tables/unit/" in m.name else b)]
    )
    (installation.files / "a.jpg").write_bytes(b"now")
    before = all_rows(installation)
    whole = restoring.verify(tmp_path / "whole.tar.gz")
    monkeypatch.setattr(restoring, "verify", lambda _: whole)
    with pytest.raises(Exception, match=r"."):
        backup_commands.restore(broken, force=True, stopped="")
    assert all_rows(installation) == before
    assert [path.read_bytes() for path in installation.files.iterdir()] == [b"now"]


def test_three_of_what_was_saved_before_restorations_are_kept(installation: Database, tmp_path: Path) -> None:
    found(installation)
    folder = tmp_path / "var" / "backups"
    backup_commands.backup(tmp_path / "b.tar.gz")
    folder.mkdir(parents=True)
    for day in range(1, 6):
        (folder / f"truoc-phuc-hoi-2026010{day}-000000.tar.gz").write_bytes(b"")
    oldest = folder / "truoc-phuc-hoi-20260101-000000.tar.gz"
    (tmp_path / "b.tar.gz").replace(oldest)
    backup_commands.restore(oldest, force=True, stopped="")
    left = sorted(path.name for path in folder.glob("truoc-phuc-hoi-*"))
    assert len(left) == 4
    assert left[:3] == [
        "truoc-phuc-hoi-20260101-000000.tar.gz",  # the one that was restored
        "truoc-phuc-hoi-20260104-000000.tar.gz",
        "truoc-phuc-hoi-20260105-000000.tar.gz",
    ]


def test_it_is_said_when_two_more_backups_do_not_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert backups.tight(tmp_path) is None
    (tmp_path / "congdoan-20261101-0230.tar.gz").write_bytes(b"x" * 100)
    for free, said in ((199, (199, 100)), (200, None)):
        monkeypatch.setattr(shutil, "disk_usage", lambda _, free=free: SimpleNamespace(free=free))
        assert backups.tight(tmp_path) == said


def test_a_backup_may_be_put_into_a_folder(installation: Database, tmp_path: Path) -> None:
    backup_commands.backup(tmp_path)
    [found] = backups.found(tmp_path)
    assert restoring.verify(found.path).rows


def test_wrong_orders_are_answered_with_a_sentence(installation: Database, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Không có tệp"):
        backup_commands.restore(tmp_path / "none.tar.gz", force=False, stopped="")
    (tmp_path / "b.tar.gz").write_bytes(b"PK\x03\x04")
    with pytest.raises(CommandError, match="10:00 24/11/2026"):
        backup_commands.restore(tmp_path / "b.tar.gz", force=False, stopped="hôm qua")
    with pytest.raises(DamagedBackupError):
        backup_commands.restore(tmp_path / "b.tar.gz", force=False, stopped="")


def test_without_a_database_there_is_nothing_to_back_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONGDOAN_DATA_DIR", str(tmp_path / "var"))
    with pytest.raises(CommandError, match="Chưa có dữ liệu"):
        backup_commands.backup(None)
    assert not (tmp_path / "var").exists()
