"""A whole month through the real path: nothing is misread, and the digest says what the rows hold."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from bot import simulation
from handlers import digest_files
from storage import upgrade
from storage.database import Database, open_database
from tests.process import ROOT


def check(database: Database, result: dict[str, object], month: str) -> None:
    """The digest's figures against plain sums over the answers of the reports that count."""
    summary = digest_files.compose(database, month, at=simulation.end_of(month))
    assert summary.coverage.owing == result["units"]
    assert summary.coverage.submitted == result["submitted"]
    assert summary.coverage.late == result["late"]
    assert result["misread"] == 0
    sums = text("""
        SELECT a.question, sum(a.number) FROM answer a
        JOIN submission s ON s.id = a.submission_id AND s.version = a.version JOIN period p ON p.id = s.period_id
        WHERE p.key = :month AND s.state IN ('submitted', 'accepted', 'auto_accepted') GROUP BY a.question
    """)
    with database.read() as db:
        plain = {row[0]: row[1] for row in db.execute(sums, {"month": month})}
    for total in summary.totals:
        assert total.value == plain[total.name], total


def test_a_simulated_month_is_read_right_and_summed_up_right(database: Database) -> None:
    result = simulation.run(database, 12, "2026-11", 3)
    check(database, result, "2026-11")
    assert result["submitted"] > 0
    assert result["reminders_sent"] > 0
    assert result["digests"] >= 3


def test_the_command_prints_one_json_object_as_its_last_line_and_writes_the_digest(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "bot",
        "simulate",
        "--units",
        "6",
        "--month",
        "2026-12",
        "--seed",
        "5",
        "--out",
        str(tmp_path),
    ]
    printed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    result = json.loads(printed.strip().splitlines()[-1])
    assert {"units", "submitted", "on_time", "late", "missing", "turns", "messages_sent", "reminders_sent", "digests",
            "seconds"} <= result.keys()  # fmt: skip
    assert result["units"] == 6 == result["submitted"] + result["missing"]
    assert (tmp_path / "digest.png").read_bytes().startswith(b"\x89PNG")
    assert "BẢN TIN" in (tmp_path / "digest.txt").read_text(encoding="utf-8")
    assert (tmp_path / "digest.xlsx").stat().st_size > 1000


def test_the_same_seed_gives_the_same_month(tmp_path: Path) -> None:
    results = []
    for number in range(2):
        database = open_database(f"sqlite:///{tmp_path / f'{number}.db'}", tmp_path / str(number))
        upgrade.upgrade(database)
        results.append(simulation.run(database, 5, "2026-09", 11) | {"seconds": 0})
        database.close()
    assert results[0] == results[1]


@pytest.mark.long
def test_sixty_units_over_many_seeds(tmp_path: Path) -> None:
    for seed in range(5):
        simulated = open_database(f"sqlite:///{tmp_path / f'{seed}.db'}", tmp_path / str(seed))
        upgrade.upgrade(simulated)
        check(simulated, simulation.run(simulated, 60, "2026-11", seed), "2026-11")
        simulated.close()
