"""The golden conversations: what the bot says today is what it said when we last read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.database import Database
from tests.player import play

TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))
README = Path(__file__).parent.parent / "README.md"
IN_README = "quiet_month"


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_the_conversation_is_as_it_was_when_last_read(path: Path, database: Database, rewrite: bool) -> None:
    played = play(database, path)
    if rewrite:
        path.write_text(played, encoding="utf-8")
    assert played == path.read_text(encoding="utf-8")


def test_the_conversation_in_the_readme_is_current() -> None:
    transcript = (Path(__file__).parent / "transcripts" / f"{IN_README}.txt").read_text(encoding="utf-8")
    assert transcript in README.read_text(encoding="utf-8")
