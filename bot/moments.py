"""Days and moments as an operator types them: 24/11/2026, 10:00 24/11/2026, or as ISO has them."""

from __future__ import annotations

import re
from datetime import date, datetime

from storage.calendar import TZ

_HERE = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_CLOCK = re.compile(r"(\d{1,2})[:hg](\d{2})")


def day(said: str) -> date:
    """A day; raises ValueError for anything else."""
    found = _HERE.fullmatch(said.strip())
    return date(*(int(part) for part in found.groups()[::-1])) if found else date.fromisoformat(said.strip())


def moment(said: str) -> datetime:
    """A moment in Hanoi, midnight without a time; raises ValueError for anything else."""
    found = _HERE.search(said)
    if found is None:
        return datetime.fromisoformat(said.strip()).replace(tzinfo=TZ)
    rest = f"{said[: found.start()]} {said[found.end() :]}".strip(" ,T")
    clock = _CLOCK.fullmatch(rest)
    if rest and clock is None:
        raise ValueError(said)
    hour, minute = (int(clock[1]), int(clock[2])) if clock else (0, 0)
    on = day(found[0])
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=TZ)
