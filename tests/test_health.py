"""The morning's message to administrators: only when something is wrong, once a day, short, with what to do."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from scheduler import health
from storage import backups, contacts, inbox, notes, outbox, restoring, troubles
from storage.database import Database
from storage.messages import Incoming, Reply
from tests.organisation import at, deliver, found, person

MORNING = at("2026-11-18 08:00")
"""A Wednesday."""
YESTERDAY = at("2026-11-17 15:00")


@pytest.fixture
def ids(database: Database, tmp_path: Path) -> dict[str, int]:
    """A sound installation with an administrator and a backup of the night."""
    made = found(database)
    with database.begin() as db:
        made["admin"] = person(db, "Đỗ Văn Quản", (made["tinh"], "quan_tri"))
    database.backups = tmp_path / "backups"
    backups.daily(database, at("2026-11-18 02:30"))
    return made


def said(database: Database, now: datetime = MORNING) -> list[tuple[int, str]]:
    health.run(database, now)
    return deliver(database, now)


def words(database: Database, now: datetime = MORNING) -> str:
    (_, message), *others = said(database, now)
    assert others == []
    return message


def test_a_sound_installation_says_nothing(database: Database, ids: Mapping[str, int]) -> None:
    assert said(database) == []


def test_what_is_wrong_is_told_to_the_administrator_alone_and_once_a_day(
    database: Database, ids: Mapping[str, int], tmp_path: Path
) -> None:
    shutil.rmtree(tmp_path / "backups")
    whole = (
        "Kính gửi đồng chí Quản, sáng nay Trợ lý báo cáo có 1 việc cần xem:\n"
        "- Chưa có bản sao lưu nào: chạy congdoan backup."
    )
    assert said(database) == [(ids["admin"], whole)]
    assert said(database) == []
    assert said(database, MORNING + timedelta(hours=2)) == []
    assert len(said(database, MORNING + timedelta(days=1))) == 1


@pytest.mark.parametrize(
    "when",
    ["2026-11-18 07:45", "2026-11-18 11:00", "2026-11-18 14:00", "2026-11-21 08:00", "2027-02-08 08:00"],
)
def test_it_is_said_on_mornings_of_working_days_only(
    database: Database, ids: Mapping[str, int], tmp_path: Path, when: str
) -> None:
    """Not in the afternoon, on a Saturday, or at Tết."""
    shutil.rmtree(tmp_path / "backups")
    assert said(database, at(when)) == []


def test_without_an_administrator_the_office_is_told(
    database: Database, ids: Mapping[str, int], tmp_path: Path
) -> None:
    shutil.rmtree(tmp_path / "backups")
    with database.begin() as db:
        office = person(db, "Lê Ban", (ids["tinh"], "ban_csplqhld"))
        db.execute(text("DELETE FROM assignment WHERE role = 'quan_tri'"))
    assert [contact for contact, _ in said(database)] == [office]


def receive(database: Database, number: str, moment: datetime, failure: str = "") -> None:
    with database.begin() as db:
        incoming = Incoming("web", "Trần Thị A", message_id=number, received_at=moment, text="báo cáo")
        inbox.claim(db, incoming, contacts.sender_of(db, incoming).id, failure=failure)


def lose(database: Database, contact: int, key: str, when: datetime, state: str, error: str) -> None:
    with database.begin() as db:
        row = outbox.put(db, contact, Reply(key), key=key, due_at=when)
        assert row is not None
        db.execute(
            text("UPDATE outgoing SET state = :state, error = :error, attempts = 3 WHERE id = :row"),
            {"state": state, "error": error, "row": row},
        )


def test_each_trouble_has_its_line(
    database: Database, ids: Mapping[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def alone(expected: str) -> None:
        with database.begin() as db:
            db.execute(text("DELETE FROM outgoing WHERE key LIKE 'health:%'"))
        assert expected in words(database), expected
        assert words_count(database) == 1

    def words_count(database: Database) -> int:
        with database.begin() as db:
            db.execute(text("DELETE FROM outgoing WHERE key LIKE 'health:%'"))
        return words(database).count("\n")

    disk = SimpleNamespace(free=900_000_000, total=20_000_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: disk)
    alone("Ổ đĩa chỉ còn trống 900 MB (4%)")
    monkeypatch.undo()

    lose(database, ids["a"], "x", YESTERDAY, "failed", "Bad Request: chat not found")
    lose(database, ids["a"], "y", YESTERDAY, "unknown", "the answer got lost")
    lose(database, ids["a"], "z", YESTERDAY, "unknown", restoring.ASIDE)
    alone("2 tin từ hôm trước không gửi được hoặc không rõ đã đến (Bad Request: chat not found)")
    clear(database)

    lose(database, ids["a"], "x", MORNING - timedelta(minutes=40), "queued", "ConnectError")
    with database.begin() as db:
        db.execute(text("UPDATE contact SET not_before = :later"), {"later": "2030-01-01 00:00:00+00:00"})
        db.execute(text("UPDATE contact SET not_before = NULL WHERE id = :admin"), {"admin": ids["admin"]})
    alone("1 tin chờ gửi từ 07:20 ngày 18/11/2026, gửi lại chưa được")
    clear(database)

    with database.begin() as db:
        contacts.stop(db, ids["b"], YESTERDAY)
    alone("1 người mất liên lạc với Trợ lý (Trần Thị B): gọi điện")
    with database.begin() as db:
        contacts.wake(db, ids["b"])

    receive(database, "1", YESTERDAY, "3F9A1C")
    alone("1 tin nhắn của cán bộ gặp lỗi khi xử lý (mã 3F9A1C)")
    with database.begin() as db:
        db.execute(text("DELETE FROM receipt"))

    receive(database, "2", MORNING + timedelta(minutes=5))
    alone("Đồng hồ máy chậm 5 phút")
    with database.begin() as db:
        db.execute(text("DELETE FROM receipt"))

    moments = [at("2026-11-17 02:30"), at("2026-11-17 10:00"), at("2026-11-17 16:00")]
    gap = '{{"taken_at": "{}", "stopped_at": "{}", "restored_at": "{}"}}'
    with database.begin() as db:
        notes.put(db, restoring.RESTORED, gap.format(*(moment.isoformat() for moment in moments)))
    alone("tin cán bộ gửi từ 02:30 ngày 17/11/2026 đến 10:00 ngày 17/11/2026 bị mất")
    with database.begin() as db:
        notes.put(db, restoring.RESTORED, "")

    monkeypatch.setattr(troubles, "damage", lambda _: "database disk image is malformed")
    alone("Tệp dữ liệu bị hỏng")


def clear(database: Database) -> None:
    with database.begin() as db:
        db.execute(text("DELETE FROM outgoing"))
        db.execute(text("UPDATE contact SET not_before = NULL"))


def test_a_backup_that_is_old_or_failed_is_told(
    database: Database, ids: Mapping[str, int], tmp_path: Path
) -> None:
    assert "từ 02:30 ngày 18/11/2026, đã quá một ngày" in words(database, MORNING + timedelta(days=1))
    with database.begin() as db:
        notes.put(
            db, "backup_failed", '{"at": "2026-11-20T02:30:00+07:00", "why": "No space left on device"}'
        )
    assert "Sao lưu lúc 02:30 ngày 20/11/2026 không thành (No space" in words(
        database, MORNING + timedelta(days=2)
    )
    backups.daily(database, at("2026-11-20 09:00"))
    assert said(database, MORNING + timedelta(days=2, hours=2)) == []


def test_on_monday_it_looks_back_to_friday(database: Database, ids: Mapping[str, int]) -> None:
    backups.daily(database, at("2026-11-23 02:30"))
    lose(database, ids["a"], "x", at("2026-11-20 16:00"), "failed", "Bad Request")
    lose(database, ids["a"], "y", at("2026-11-20 07:00"), "failed", "Bad Request")
    assert "1 tin từ hôm trước" in words(database, at("2026-11-23 08:00"))


def test_it_has_six_lines_at_most_and_says_how_many_more_there_are(
    database: Database, ids: Mapping[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(tmp_path / "backups")
    disk = SimpleNamespace(free=900_000_000, total=20_000_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: disk)
    monkeypatch.setattr(troubles, "damage", lambda _: "malformed")
    lose(database, ids["a"], "x", YESTERDAY, "failed", "{words} " + "x" * 200)
    receive(database, "1", YESTERDAY, "3F9A1C")
    with database.begin() as db:
        for name in ("a", "b", "chi"):
            contacts.stop(db, ids[name], YESTERDAY)
    message = words(database)
    assert len(message.splitlines()) == 6
    assert "có 6 việc" in message
    assert message.endswith("- Và 2 việc khác: chạy congdoan doctor để xem đủ.")
    assert len(message) < 700
