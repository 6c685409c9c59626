"""`congdoan doctor`: one line a check, and what to do where something is wrong.  It only reads, and shows no secret."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

from pydantic import ValidationError

from bot import doctor_database, doctor_place, doctor_telegram
from bot.doctor_findings import DOUBTFUL, WRONG, Finding, wrong
from bot.logs import Redactor
from bot.settings import Settings


def _utc_now() -> datetime:
    return datetime.now(UTC)


def command() -> None:
    """Print what the checks find; exit code 1 if something is wrong."""
    try:
        settings = Settings()
    except ValidationError as error:
        findings, secrets = _unreadable(error), []
    else:
        findings, secrets = examine(settings), settings.secrets
    redact = Redactor(secrets)
    for finding in findings:
        sys.stdout.write(redact(str(finding)) + "\n")
    marks = Counter(finding.mark for finding in findings)
    sys.stdout.write(f"{marks[WRONG]} lỗi, {marks[DOUBTFUL]} điều cần xem.\n")
    if marks[WRONG]:
        raise SystemExit(1)


def examine(settings: Settings, now: Callable[[], datetime] = _utc_now) -> list[Finding]:
    """All checks: the place, the database and its rows, Telegram; it may be called while `serve` is running."""
    return [
        *doctor_place.check(settings),
        *doctor_database.check(settings, now()),
        *doctor_telegram.check(settings, now),
    ]


def _unreadable(error: ValidationError) -> list[Finding]:
    """Which settings cannot be read; their values are not shown."""
    names = ", ".join(f"CONGDOAN_{'_'.join(map(str, fault['loc'])).upper()}" for fault in error.errors())
    return [
        wrong(
            f"Không đọc được cấu hình: {names} có giá trị không hợp lệ. Hãy sửa trong môi trường hoặc .env."
        )
    ]
