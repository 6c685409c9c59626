"""`congdoan verify`: what is stored under the code of a receipt, and whether a check code belongs to it."""

from __future__ import annotations

from contextlib import closing

from bot.commands import reading_database
from bot.settings import Settings
from bot.telegram_commands import CommandError, say
from handlers import afterwards_texts, verifying
from handlers.engine import commands


def verify(settings: Settings, code: str, check: str = "") -> None:
    """Say it; raises CommandError when there is nothing, exit code 1 when the check code is not the latest one."""
    asked = commands.parse(f"kiểm tra {code}")
    wanted = asked.text if asked is not None and asked.name == "verify" else ""
    found_code, _, with_it = wanted.partition(" ")
    with closing(reading_database(settings)) as database, database.read() as db:
        found = verifying.find(db, found_code, check or with_it) if found_code else None
    if found is None:
        raise CommandError(afterwards_texts.NO_SUCH_CODE_HERE.format(code=code))
    say(found.text)
    if not found.right:
        raise SystemExit(1)
