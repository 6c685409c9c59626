"""`congdoan doctor`: what it finds, what it tells the operator to do, and that it only reads and shows no secret."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import text

from bot import demo, doctor, doctor_database, doctor_place
from bot.doctor_findings import Finding
from bot.settings import Settings
from storage import contacts, outbox, upgrade
from storage.attachments import ATTACHMENT
from storage.database import Database, lock_writer, open_database
from storage.messages import Reply
from tests.fake_telegram import TOKEN, Telegram, running
from tests.process import ROOT, free_port

SECRET = "a-secret-of-the-webhook_0123456789"
HOOK = "https://congdoan.example.vn"
NOW = datetime.now(UTC)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working directory without a `.env`."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def telegram() -> Telegram:
    return Telegram()


@pytest.fixture
def settings(telegram: Telegram, tmp_path: Path) -> Iterator[Settings]:
    """An installation with a token, whose Telegram is a fake."""
    with running(telegram) as base:
        yield settings_of(tmp_path, telegram_token=TOKEN, telegram_base_url=base)


def settings_of(folder: Path, **values: Any) -> Settings:
    return Settings(_env_file=None, data_dir=folder / "var", **values)


def installed(settings: Settings) -> Database:
    """The sample organisation, as `serve --sample` loads it."""
    database = open_database(settings.url, settings.files)
    upgrade.upgrade(database)
    with database.begin() as db:
        demo.fill(db, NOW, "", 3, months=0)
    return database


def marked(findings: list[Finding], mark: str) -> list[str]:
    return [finding.words for finding in findings if finding.mark == mark]


def lines(findings: list[Finding]) -> str:
    return "\n".join(map(str, findings))


# ── a whole installation ────────────────────────────────────────────────────────────────────────────


def test_a_sound_installation_that_serves_has_nothing_wrong(settings: Settings) -> None:
    with closing(installed(settings)) as database, closing(lock_writer(database)):
        findings = doctor.examine(settings)
    assert marked(findings, "✗") == []
    said = lines(findings)
    assert f"đang chạy trên cơ sở dữ liệu này (tiến trình {os.getpid()})" in said
    for part in (
        "long polling",
        "nguyên vẹn",
        "bot là @congdoan_bot",
        "Biểu mẫu đã xuất bản",
        "đã mở, hạn hết ngày",
    ):
        assert part in said
    assert "người chưa có tài khoản Telegram" in said


def test_it_reads_only(settings: Settings) -> None:
    installed(settings).close()
    file = settings.data_dir / "congdoan.db"

    def dump() -> list[str]:
        with closing(sqlite3.connect(file)) as db:
            return list(db.iterdump())

    before, files = dump(), sorted(settings.data_dir.rglob("*"))
    doctor.examine(settings)
    assert dump() == before
    assert sorted(settings.data_dir.rglob("*")) == files


def test_before_the_first_start_it_makes_nothing_and_finds_nothing_wrong(settings: Settings) -> None:
    findings = doctor.examine(settings)
    assert marked(findings, "✗") == []
    assert "Chưa có cơ sở dữ liệu" in lines(findings)
    assert not settings.data_dir.exists()


def run(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    told = {"CONGDOAN_DATA_DIR": str(folder / "var"), "PYTHONPATH": str(ROOT)} | environment
    command = [sys.executable, "-c", "from bot import doctor; doctor.command()"]
    return subprocess.run(
        command, cwd=folder, env=os.environ | told, capture_output=True, text=True, check=False, timeout=60
    )


def test_without_a_token_telegram_is_skipped_with_a_line_and_the_exit_code_is_0(tmp_path: Path) -> None:
    said = run(tmp_path)
    assert said.returncode == 0, said
    assert "! Chưa đặt CONGDOAN_TELEGRAM_TOKEN nên không kiểm tra Telegram" in said.stdout
    assert said.stdout.endswith("điều cần xem.\n")
    assert said.stderr == ""


def test_something_wrong_is_exit_code_1_and_no_secret_is_shown(tmp_path: Path, telegram: Telegram) -> None:
    with running(telegram) as base:
        telegram.fault(
            "getWebhookInfo", "500", times=None, description=f"proxy for /bot{TOKEN}/getMe {SECRET}"
        )
        said = run(
            tmp_path,
            CONGDOAN_TELEGRAM_TOKEN=TOKEN,
            CONGDOAN_TELEGRAM_BASE_URL=base,
            CONGDOAN_PUBLIC_URL="http://congdoan.example.vn",
            CONGDOAN_TELEGRAM_WEBHOOK_SECRET=SECRET,
        )
    assert said.returncode == 1, said
    assert "✗ CONGDOAN_PUBLIC_URL là http://congdoan.example.vn" in said.stdout
    assert "proxy for" in said.stdout
    assert TOKEN not in said.stdout + said.stderr
    assert TOKEN.partition(":")[2] not in said.stdout + said.stderr
    assert SECRET not in said.stdout + said.stderr


def test_settings_that_cannot_be_read_are_named_without_their_value(tmp_path: Path) -> None:
    said = run(tmp_path, CONGDOAN_PORT="tám nghìn")
    assert said.returncode == 1
    assert "✗ Không đọc được cấu hình: CONGDOAN_PORT" in said.stdout
    assert "tám nghìn" not in said.stdout


# ── the place ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (
            {"public_url": "http://congdoan.example.vn", "telegram_webhook_secret": SECRET},
            "chỉ gọi địa chỉ https",
        ),
        ({"public_url": "https://", "telegram_webhook_secret": SECRET}, "chỉ gọi địa chỉ https"),
        ({"public_url": f"{HOOK}:8080", "telegram_webhook_secret": SECRET}, "dùng cổng 8080"),
        ({"public_url": f"{HOOK}:cổng", "telegram_webhook_secret": SECRET}, "không phải là một địa chỉ"),
        ({"public_url": HOOK}, "openssl rand -hex 32"),
        ({"public_url": HOOK, "telegram_webhook_secret": "short"}, "openssl rand -hex 32"),
        ({"public_url": HOOK, "telegram_webhook_secret": SECRET + " "}, "openssl rand -hex 32"),
    ],
)
def test_a_webhook_that_cannot_work_is_wrong(tmp_path: Path, values: dict[str, str], told: str) -> None:
    (found,) = marked(doctor_place.check(settings_of(tmp_path, **values)), "✗")
    assert told in found


def test_a_webhook_that_can_work_is_not(tmp_path: Path) -> None:
    findings = doctor_place.check(
        settings_of(tmp_path, public_url=f"{HOOK}:8443", telegram_webhook_secret=SECRET)
    )
    assert marked(findings, "✗") == []
    assert "webhook tại https://congdoan.example.vn:8443" in lines(findings)


@pytest.mark.parametrize(
    ("content", "mode", "told"),
    [
        (f"CONGDOAN_TELEGRAM_TOKEN={TOKEN}\n", 0o644, ["chmod 600 .env"]),
        (f"export CONGDOAN_TELEGRAM_WEBHOOK_SECRET = {SECRET}\n", 0o604, ["chmod 600 .env"]),
        (f"CONGDOAN_TELEGRAM_TOKEN={TOKEN}\n", 0o640, []),
        ("CONGDOAN_TELEGRAM_TOKEN=\nCONGDOAN_PORT=8080\n", 0o644, []),
    ],
)
def test_a_token_that_everybody_on_the_machine_can_read_is_wrong(
    tmp_path: Path, content: str, mode: int, told: list[str]
) -> None:
    (tmp_path / ".env").write_text(content)
    (tmp_path / ".env").chmod(mode)
    found = marked(doctor_place.check(settings_of(tmp_path)), "✗")
    assert len(found) == len(told)
    assert all(part in line for part, line in zip(told, found, strict=True))


def test_a_full_disk_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=499_999_999))
    (found,) = marked(doctor_place.check(settings_of(tmp_path)), "✗")
    assert "chỉ còn 499 MB" in found


def test_a_data_directory_that_is_a_file_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("")
    (found,) = marked(doctor_place.check(settings_of(tmp_path)), "✗")
    assert "Không ghi được vào thư mục dữ liệu" in found


def test_a_time_zone_that_only_the_file_names_is_pointed_out(tmp_path: Path) -> None:
    (found,) = marked(doctor_place.check(settings_of(tmp_path, timezone="Asia/Tokyo")), "!")
    assert "CONGDOAN_TIMEZONE trong .env không có tác dụng" in found


# ── the database ────────────────────────────────────────────────────────────────────────────────────


def test_a_database_is_examined_on_both_kinds(empty_url: str, tmp_path: Path) -> None:
    settings = settings_of(tmp_path, database_url=empty_url)
    with closing(installed(settings)) as database:
        assert "Không có congdoan nào đang chạy" in lines(doctor_database.check(settings, NOW))
        with closing(lock_writer(database)):
            findings = doctor_database.check(settings, NOW)
    assert marked(findings, "✗") == []
    assert "congdoan đang chạy" in lines(findings)
    assert "Hộp gửi: không có tin nào chờ" in lines(findings)


def test_a_database_that_is_not_upgraded_is_wrong_where_no_start_upgrades_it(
    empty_url: str, tmp_path: Path
) -> None:
    settings = settings_of(tmp_path, database_url=empty_url)
    with closing(open_database(empty_url)) as empty, empty.read() as db:
        db.execute(text("SELECT 1"))
    findings = doctor_database.check(settings, NOW)
    if empty_url.startswith("sqlite"):
        assert "sẽ tự nâng cấp" in "".join(marked(findings, "!"))
    else:
        assert "congdoan db upgrade" in "".join(marked(findings, "✗"))


def test_a_database_of_a_newer_program_is_wrong(settings: Settings) -> None:
    with closing(installed(settings)) as database, database.begin() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert "Hãy cài chương trình mới hơn" in "".join(marked(doctor_database.check(settings, NOW), "✗"))


def test_a_damaged_file_is_wrong(settings: Settings) -> None:
    installed(settings).close()
    file = settings.data_dir / "congdoan.db"
    body = bytearray(file.read_bytes())
    for page in range(8, 20):
        body[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    file.write_bytes(body)
    found = marked(doctor_database.check(settings, NOW), "✗")
    assert "bị hỏng" in "".join(found) or "Không mở được" in "".join(found), found


def test_what_is_no_database_is_wrong_and_its_password_is_not_shown(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    settings.data_dir.mkdir()
    (settings.data_dir / "congdoan.db").write_text("không phải cơ sở dữ liệu " * 100)
    assert "Không mở được cơ sở dữ liệu" in "".join(marked(doctor_database.check(settings, NOW), "✗"))
    absent = f"postgresql://congdoan:mat-khau@127.0.0.1:{free_port()}/congdoan"
    found = lines(doctor_database.check(settings_of(tmp_path, database_url=absent), NOW))
    assert found.startswith("✗ Không mở được cơ sở dữ liệu")
    assert "mat-khau" not in found


def test_a_month_that_a_running_program_has_not_opened_is_wrong(settings: Settings) -> None:
    later = NOW + timedelta(days=40)
    with closing(installed(settings)) as database:
        assert "sẽ mở" in "".join(marked(doctor_database.check(settings, later), "!"))
        with closing(lock_writer(database)):
            assert "chưa mở dù" in "".join(marked(doctor_database.check(settings, later), "✗"))


def test_messages_that_wait_or_were_lost_and_accounts_that_are_gone_are_pointed_out(
    settings: Settings,
) -> None:
    with closing(installed(settings)) as database:
        with database.begin() as db:
            person = db.execute(text("SELECT min(id) FROM person")).scalar_one()
            lan = contacts.add(db, "telegram", "1", NOW, person_id=person) or 0
            gone = contacts.add(db, "telegram", "2", NOW, person_id=person) or 0
            contacts.stop(db, gone, NOW)
            rows = [
                outbox.put(db, lan, Reply("a"), key=f"k{n}", due_at=NOW - timedelta(minutes=30 * n)) or 0
                for n in range(7)
            ]
            for row, reason in zip(rows[:4], ["dài quá", "bận", "bận", "khác"], strict=True):
                outbox.mark_failed(db, row, NOW, reason)
            outbox.mark_unknown(db, rows[4], "mất kết nối")
        found = "\n".join(marked(doctor_database.check(settings, NOW), "!"))
    assert "2 tin đến giờ gửi mà chưa gửi, tin lâu nhất đã chờ 180 phút" in found
    assert "5 tin trong 24 giờ qua" in found
    assert "Lý do hay gặp: 2 × bận; 1 × dài quá; 1 × khác." in found
    assert "1 tài khoản không nhận được tin" in found


def test_files_that_are_not_fetched_are_pointed_out(settings: Settings) -> None:
    with closing(installed(settings)) as database:
        with database.begin() as db:
            form = db.execute(text("SELECT min(id) FROM form_version")).scalar_one()
            unit = db.execute(text("SELECT max(id) FROM unit")).scalar_one()
            db.execute(
                text(
                    "INSERT INTO submission (id, form_version_id, form_code, unit_id, state, version, context, "
                    "opened_at, edited_at, late) VALUES (1, :form, 'bc_thang', :unit, 'draft', 0, '{}', :at, :at, :no)"
                ),
                {"form": form, "unit": unit, "at": NOW, "no": False},
            )
            for remote, fetch_at in (("waits", NOW), ("given up", None), ("", None)):
                row = {"submission_id": 1, "version": 1, "question": "sk_tep", "path": "", "name": "", "size": 1,
                       "media_type": "image/jpeg", "channel": "telegram", "remote": remote, "attempts": 3,
                       "fetch_at": fetch_at, "received_at": NOW - timedelta(hours=1)}  # fmt: skip
                db.execute(ATTACHMENT.insert(), row)
        found = "\n".join(marked(doctor_database.check(settings, NOW), "!"))
    assert "Tệp đính kèm: 1 tệp chưa tải được, 1 tệp trong tuần qua không tải được nữa" in found
