"""The `congdoan` command, as a process: what operators type, and what they are told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import moments
from storage.calendar import TZ
from tests.process import ROOT


def run(data: Path, *arguments: str, typed: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    """`congdoan …` with a data directory of its own."""
    command = [sys.executable, "-m", "bot", *arguments]
    environment = os.environ | {"CONGDOAN_DATA_DIR": str(data), "PYTHONWARNINGS": "ignore"} | settings
    return subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        input=typed,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_help_is_in_vietnamese_and_names_every_command(tmp_path: Path) -> None:
    said = run(tmp_path, "--help").stdout
    assert "Usage: congdoan" in said
    for name in ("demo", "serve", "chat", "simulate", "digest", "forms", "db"):
        assert f"\n  {name} " in said


def test_a_conversation_in_the_terminal_is_a_transcript(tmp_path: Path) -> None:
    typed = "báo cáo\n[8 Không phát sinh]\nnhư cũ\n.\n"
    said = run(tmp_path, "chat", "--as", "nb-gdu-01-1", "--at", "2026-09-18T08:30", typed=typed)
    assert said.returncode == 0, said.stderr
    assert "@ 2026-09-18 08:30" in said.stdout
    assert "    bot → nb-gdu-01-1: Báo cáo tháng" in said.stdout
    assert "Câu 3/" in said.stdout


def test_serve_without_a_channel_says_what_to_do(tmp_path: Path) -> None:
    said = run(tmp_path, "serve")
    assert said.returncode == 2
    assert "congdoan demo" in said.stderr


def test_digests_on_demand_in_every_format(tmp_path: Path) -> None:
    run(tmp_path, "chat", typed=".\n")
    url = f"sqlite:///{tmp_path / 'chat' / 'chat.db'}"
    month = f"{datetime.now(UTC):%Y-%m}"
    text = run(tmp_path, "digest", "--month", month, CONGDOAN_DATABASE_URL=url)
    assert "BẢN TIN PHONG TRÀO THI ĐUA" in text.stdout, text.stderr
    said = run(tmp_path, "digest", "--month", month, "--format", "json", CONGDOAN_DATABASE_URL=url).stdout
    assert json.loads(said)
    for name, start in (("png", b"\x89PNG"), ("xlsx", b"PK")):
        out = tmp_path / f"digest.{name}"
        run(
            tmp_path,
            "digest",
            "--month",
            month,
            "--format",
            name,
            "--out",
            str(out),
            CONGDOAN_DATABASE_URL=url,
        )
        assert out.read_bytes().startswith(start)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("digest", "--month", "2026-11", "--format", "docx"), "Chưa có định dạng docx"),
        (("digest", "--month", "1999-01"), "1999"),
        (("digest", "--month", "2026-11", "--organisation", "sau"), "Xin chọn tổ chức then"),
        (("forms", "publish", "khong_co.md"), "khong_co.md"),
        (("forms", "show", "khong_co"), "Chưa có biểu mẫu khong_co"),
        (("rostr",), "Không có lệnh rostr. Có phải là roster"),
        (("restore",), "Còn thiếu tham số file.\nXem cách dùng: congdoan restore --help"),
        (("restore", "a", "b c"), "Thừa: b c"),
        (("digest",), "Còn thiếu tham số --month"),
        (("roster", "import", "--aply", "x.xlsx"), "Không có tùy chọn --aply. Có phải là --apply"),
        (("simulate", "--units", "a"), "Giá trị của --units không dùng được"),
        (("forms", "check", "khong_co.md"), "không có tệp hay thư mục này"),
        (("audit", "--since", "31/02/2026"), "viết như 01/11/2026"),
    ],
)
def test_a_mistake_gets_one_clear_sentence(tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    said = run(tmp_path, *arguments)
    assert said.returncode == 2, said
    assert told in said.stderr
    assert "Traceback" not in said.stderr


@pytest.mark.parametrize("arguments", [("roster",), ("forms",)])
def test_a_group_without_a_command_says_what_it_has(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    said = run(tmp_path, *arguments)
    assert "Commands:" in said.stdout + said.stderr
    assert "Xem cách dùng" not in said.stderr


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("24/11/2026", datetime(2026, 11, 24, tzinfo=TZ)),
        ("10:00 24/11/2026", datetime(2026, 11, 24, 10, tzinfo=TZ)),
        ("24-11-2026 9h05", datetime(2026, 11, 24, 9, 5, tzinfo=TZ)),
        ("2026-11-24T10:00", datetime(2026, 11, 24, 10, tzinfo=TZ)),
        ("2026-11-24", datetime(2026, 11, 24, tzinfo=TZ)),
    ],
)
def test_a_moment_is_read_as_it_is_written_here_or_as_machines_do(typed: str, at: datetime) -> None:
    assert moments.moment(typed) == at
    if at.hour == 0:
        assert moments.day(typed) == at.date()


@pytest.mark.parametrize("typed", ["hôm qua", "24/11/2026 sáng", "31/02/2026", "10:00", ""])
def test_what_is_no_moment_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - its words are the operator's own
        moments.moment(typed)


def test_a_form_is_checked_published_and_shown(tmp_path: Path) -> None:
    form = str(ROOT / "forms" / "bc_thang.md")
    assert run(tmp_path, "forms", "check", form).returncode == 0
    published = run(tmp_path, "forms", "publish", form)
    assert "bc_thang" in published.stdout, published.stderr
    assert "so_doan_vien" in run(tmp_path, "forms", "show", "bc_thang").stdout


def test_the_tables_are_upgraded_on_command(tmp_path: Path) -> None:
    said = run(tmp_path, "db", "upgrade")
    assert said.returncode == 0, said.stderr
    assert (tmp_path / "congdoan.db").exists()


def test_a_log_for_collectors_is_one_object_a_line(tmp_path: Path) -> None:
    program = (
        "import logging; from bot import logs; from bot.settings import Settings; "
        "logs.start(Settings().log_format); logging.getLogger('x').warning('đã chạy')"
    )
    environment = os.environ | {"CONGDOAN_LOG_FORMAT": "json"}
    said = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert json.loads(said.stderr.splitlines()[-1])["message"] == "đã chạy"
