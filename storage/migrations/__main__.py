"""Write the next revision, from what the models say and the migrations do not yet: `make migration`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from alembic import command

from storage.database import Database, open_database
from storage.upgrade import alembic_config, upgrade

VERSIONS = Path(__file__).parent / "versions"
UPGRADE = Path(__file__).parent.parent / "upgrade.py"


def main(words: str) -> None:
    """`words` say what changes; `first` writes revision 0001 anew, which its release forbids for ever."""
    if words == "first":
        _remove_all()
        words = "First tables"
    number = f"{len(list(VERSIONS.glob('0*.py'))) + 1:04d}"
    database = open_database("sqlite://")
    if number != "0001":
        upgrade(database)
    _write(database, words, number)
    database.close()


def _remove_all() -> None:
    for file in VERSIONS.glob("0*.py"):
        file.unlink()


def _write(database: Database, words: str, number: str) -> None:
    with database.begin() as db:
        config = alembic_config(db)
        config.attributes["batch"] = number != "0001"
        command.revision(config, words, autogenerate=True, rev_id=number)
    (file,) = VERSIONS.glob(f"{number}_*.py")
    _substitute(file, r"\n    # ###.*", "")
    _substitute(UPGRADE, r'\nHEAD = "\d+"', f'\nHEAD = "{number}"')


def _substitute(file: Path, pattern: str, replacement: str) -> None:
    file.write_text(re.sub(pattern, replacement, file.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]) or "Changes")
