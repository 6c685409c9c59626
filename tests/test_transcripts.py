"""The golden conversations: what the bot says today is what it said when we last read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.database import Database
from tests.conftest import BACKENDS
from tests.player import play

TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))
README = Path(__file__).parent.parent / "README.md"
IN_README = "quiet_month"


WEEKS = ("audit", "blocked_officer", "corrections", "never_reports", "own_due_day", "paused", "pilot",
         "two_units_reminded")  # fmt: skip
"""Conversations in which all jobs of weeks run: on PostgreSQL, `the_ladder` and `digest` stand for them."""
CASES = [
    pytest.param(
        backend, path, id=f"{backend}-{path.stem}",
        marks=[pytest.mark.long] if backend == "postgresql" and path.stem in WEEKS else [],
    )
    for backend in BACKENDS
    for path in TRANSCRIPTS
]  # fmt: skip


@pytest.mark.parametrize(("backend", "path"), CASES, indirect=["backend"])
def test_the_conversation_is_as_it_was_when_last_read(path: Path, database: Database, rewrite: bool) -> None:
    played = play(database, path)
    if rewrite:
        path.write_text(played, encoding="utf-8")
    assert played == path.read_text(encoding="utf-8")


def test_the_conversation_in_the_readme_is_current() -> None:
    transcript = (Path(__file__).parent / "transcripts" / f"{IN_README}.txt").read_text(encoding="utf-8")
    assert transcript in README.read_text(encoding="utf-8")
