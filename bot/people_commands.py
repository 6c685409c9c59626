"""`congdoan people`: the board of who is connected, on which channel, who was invited, who cannot be reached."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime

from sqlalchemy import select

from bot.invite_commands import opened, table, under
from bot.settings import Settings
from bot.telegram_commands import say
from handlers.board_texts import AMONG_THEM, CHANNELS, NOTE_LATER, STATES
from handlers.rights_texts import ROLE_NAMES
from storage import calendar, connections, units
from storage.calendar import TZ
from storage.connections import Counts, Person

HEAD = ("Mã đơn vị", "Đơn vị", "Họ tên", "Vai trò", "Tình trạng", "Kênh", "Mã hết hạn")
NOBODY = "Chưa có ai giữ chức trách trong phạm vi này. Hãy nhập danh sách cán bộ trước."


def people(settings: Settings, unit_code: str | None = None) -> None:
    """Everybody with a post, in one unit and all below it, or everywhere, and the counts.  Raises CommandError."""
    now = datetime.now(UTC)
    with closing(opened(settings)) as database, database.read() as db:
        within = under(db, unit_code, now) if unit_code else select(units.UNIT.c.id)
        found = connections.of(db, within, now, calendar.today(now))
        counted = connections.counts(db, within, now, calendar.today(now))
    if not found:
        say(NOBODY)
        return
    say(*table([HEAD, *map(_row, found)]), "", *_counts(counted))


def _row(one: Person) -> tuple[str, ...]:
    roles = ", ".join(ROLE_NAMES.get(role, role) for role in one.roles)
    channels = ", ".join(CHANNELS.get(channel, channel) for channel in one.channels)
    until = f"{one.expires_at.astimezone(TZ):%d/%m/%Y}" if one.state == "invited" and one.expires_at else ""
    return (
        one.unit_code,
        one.unit,
        one.name,
        roles,
        STATES["silent" if one.silent else one.state] + (NOTE_LATER if one.later else ""),
        channels,
        until,
    )


def _counts(counted: Counts) -> list[str]:
    lines = [f"{counted.people} người có chức trách."]
    lines += [
        f"{AMONG_THEM.get(state, name)}: {counted.states.get(state, 0)}" for state, name in STATES.items()
    ]
    there = sorted(counted.channels.items())
    return [*lines, *(f"Trên {CHANNELS.get(channel, channel)}: {people}" for channel, people in there)]
