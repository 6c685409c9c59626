"""`congdoan doctor` about upkeep: backups, restorations, disk, a pause, and people who wait for an answer."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot import doctor_database, doctor_people, doctor_place
from bot.doctor_findings import Finding
from bot.settings import Settings
from storage import backups, notes, restoring, upgrade
from storage.database import Database, open_database
from storage.models import DataRequest, HelpRequest
from tests.organisation import add, found, unit

NOW = datetime.now(UTC).replace(microsecond=0)
DAY = timedelta(days=1)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    return Settings(_env_file=None, data_dir=tmp_path / "var")


@pytest.fixture
def installed(settings: Settings) -> Iterator[Database]:
    with closing(open_database(settings.url, settings.files)) as database:
        upgrade.upgrade(database)
        found(database)
        database.backups = settings.backups
        yield database


def lines(settings: Settings, now: datetime = NOW) -> list[str]:
    return [str(finding) for finding in doctor_database.check(settings, now)]


def line(settings: Settings, part: str, now: datetime = NOW) -> str:
    (found_line,) = [one for one in lines(settings, now) if part in one]
    return found_line


def test_no_backup_a_fresh_one_and_an_old_one(settings: Settings, installed: Database) -> None:
    assert line(settings, "Chưa có bản sao lưu nào").startswith("! ")
    backups.daily(installed, NOW)
    assert line(settings, "Sao lưu: 1 bản").startswith("✓ ")
    assert "chép đều đặn sang máy khác" in line(settings, "Sao lưu: 1 bản")
    assert line(settings, "đã quá một ngày", NOW + 27 * DAY / 24).startswith("! ")
    assert line(settings, "đã 4 ngày", NOW + 4.5 * DAY).startswith("✗ ")


def test_a_backup_that_cannot_be_read_is_wrong(settings: Settings, installed: Database) -> None:
    path, _ = backups.daily(installed, NOW)
    path.write_bytes(path.read_bytes()[:-3000])
    assert "congdoan backup" in line(settings, "✗ Bản sao lưu mới nhất")


def test_a_failure_is_told_until_a_backup_was_taken(settings: Settings, installed: Database) -> None:
    with installed.begin() as db:
        notes.put(
            db, "backup_failed", f'{{"at": "{(NOW - DAY).isoformat()}", "why": "No space left on device."}}'
        )
    assert "No space left on device. Sau khi xử lý" in line(settings, "không thành")
    backups.daily(installed, NOW)
    assert not any("không thành" in one for one in lines(settings))


def test_what_a_restoration_lost_is_told_for_two_weeks(settings: Settings, installed: Database) -> None:
    archive, _ = backups.daily(installed, NOW - DAY)
    restoring.load(installed, archive, restoring.verify(archive), NOW, NOW)
    assert "đã mất. Hãy báo các đơn vị" in line(settings, "Đã phục hồi")
    assert not any("Đã phục hồi" in one for one in lines(settings, NOW + 15 * DAY))


def test_a_small_disk_is_wrong_and_a_full_one_worth_a_look(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for free, mark in ((400, "✗"), (5_000, "!"), (50_000, "✓")):
        disk = SimpleNamespace(free=free * 1_000_000, total=100_000 * 1_000_000)
        monkeypatch.setattr(shutil, "disk_usage", lambda _, disk=disk: disk)
        (finding,) = [
            one for one in doctor_place.check(settings) if "Ổ đĩa" in one.words or "ổ đĩa" in one.words
        ]
        assert finding.mark == mark


# ── people ──────────────────────────────────────────────────────────────────────────────────────────


def people(database: Database, now: datetime = NOW) -> list[Finding]:
    with database.read() as db:
        return list(doctor_people.check(db, now))


def test_nobody_waits(database: Database) -> None:
    found(database)
    assert {finding.mark for finding in people(database)} == {"✓"}


def test_units_that_owe_a_report_and_have_nobody_are_named(database: Database) -> None:
    ids = found(database)
    with database.begin() as db:
        for code in "WXYZ":
            unit(db, code, ids["xa"])
        unit(db, "OLD", ids["xa"], valid_to=NOW.date() - 2 * DAY)
    (finding,) = [one for one in people(database) if "chưa có người nhập báo cáo" in one.words]
    assert "4 đơn vị phải báo cáo" in finding.words
    assert "CĐCS W, CĐCS X, CĐCS Y …" in finding.words


def test_a_question_that_nobody_answers_becomes_worth_a_look(database: Database) -> None:
    ids = found(database)
    with database.begin() as db:
        for state, opened in (("open", NOW), ("closed", NOW - 30 * DAY)):
            add(db, HelpRequest, contact_id=ids["a"], body="?", context={}, state=state, opened_at=opened)
    assert [one.mark for one in people(database) if "1 câu hỏi hỗ trợ" in one.words] == ["✓"]
    assert [one.mark for one in people(database, NOW + 20 * DAY) if "1 câu hỏi hỗ trợ" in one.words] == ["!"]


def test_a_request_about_data_is_urgent_before_its_day_and_wrong_after_it(database: Database) -> None:
    ids = found(database)
    today = NOW.date()
    with database.begin() as db:
        add(db, DataRequest, person_id=1, contact_id=ids["a"], kind="erase", body="", state="open", opened_at=NOW,
            answer_by=today, done_by=today + 15 * DAY, extended=False, outcome="")  # fmt: skip
    marks = [next(one.mark for one in people(database, NOW + n * DAY) if "dữ liệu cá nhân" in one.words)
             for n in (0, 13, 17)]  # fmt: skip
    assert marks == ["✓", "!", "✗"]


def test_a_pause_is_told(database: Database) -> None:
    with database.begin() as db:
        notes.put(db, "paused", f'{{"at": "{NOW.isoformat()}", "by": "Đỗ Văn Quản", "reason": "bão"}}')
    assert any(
        "đang tạm dừng từ" in finding.words and "Đỗ Văn Quản" in finding.words for finding in people(database)
    )
