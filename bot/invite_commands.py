"""`congdoan invite`: codes for those who are still to join, as a table, as words for a group, or as slips to print."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Select, select

from bot import doctor_place
from bot.settings import Settings
from bot.telegram_commands import CommandError, asked, need_token, say
from handlers import inviting, inviting_files
from handlers.inviting import Invited
from storage import audit, calendar, directory, doors, invitations, units, upgrade
from storage.database import Database, open_database
from storage.doors import Door
from storage.invitations import Awaited

CHANNEL = "telegram"
NO_DATABASE = (
    "Chưa có cơ sở dữ liệu mới nhất. Hãy chạy congdoan serve trước (với PostgreSQL: congdoan db upgrade)."
)
NO_UNITS = (
    "Chưa có đơn vị nào nên chưa mời được ai. "
    "Hãy nhập danh sách: congdoan roster template, rồi congdoan roster import."
)
NO_LINKS = "Không hỏi được tên bot ở Telegram nên chỉ in mã, không có liên kết: {why}"
EVERYBODY = "Không còn ai cần mời: mọi người có chức trách đều đã có tài khoản Telegram."
ONCE = "Mã dùng một lần, hết hạn lúc {until}."
ENDED = "Mã đã in trước đây cho những người này không còn dùng được."
OPERATOR = "Ai dùng mã trước thì được nhận là người đó: nên gửi riêng cho từng người."
KEPT = "{people} người có mã còn hạn: giữ nguyên. Để cấp mã mới thay mã cũ, thêm --renew."
LATER = (
    "{people} người chỉ thuộc đơn vị chưa báo cáo (cột “Báo cáo từ tháng” ghi “chưa”): bỏ qua. "
    "Để mời họ, chọn đích danh đơn vị bằng --unit."
)
NOBODY_NEW = "Mọi người cần mời đều đã có mã còn hạn nên không cấp mã nào."
WRITTEN = (
    "Đã ghi {people} phiếu mời vào {file}: mở bằng Word hoặc LibreOffice, in khổ A4 rồi cắt theo đường kẻ."
)
NOT_WRITTEN = "Không ghi được {file}: {why}. Chưa cấp mã nào; hãy chạy lại lệnh này với tệp khác."
HEAD = ("Mã đơn vị", "Đơn vị", "Họ tên", "Vai trò", "Mã mời", "Liên kết")


def invite(  # noqa: PLR0913 - the options of one command
    settings: Settings,
    unit_code: str | None = None,
    *,
    as_text: bool = False,
    all_: bool = False,
    renew: bool = False,
    sheet: Path | None = None,
) -> None:
    """New codes for those without an account, in one unit and all below it, or everywhere.  Raises CommandError.

    `as_text`: words to paste into a chat; `sheet`: slips with QR codes, as a DOCX; otherwise a table.  `all_`: also
    for those who have an account and change it; `renew`: also for those whose code still opens, which then ends.
    """
    with closing(opened(settings)) as database:
        door = _door(settings, database)
        now = datetime.now(UTC)
        with database.begin() as db:
            everybody = to_invite(db, unit_code, now, all_=all_)
            awaited = inviting.taking_part(db, everybody, (unit_code or "").upper())
            rest = awaited if renew else inviting.without_code(db, awaited, now)
            invited = inviting.issue(db, audit.COMMAND, rest, door, now)
            if sheet is not None and invited:
                _write(sheet, inviting_files.sheet(invited, door, _office(db, now), now))
    kept = inviting.fewer(awaited, rest)
    for template, people in ((LATER, inviting.fewer(everybody, awaited)), (KEPT, kept)):
        if people:
            sys.stderr.write(template.format(people=people) + "\n")
    if not invited:
        say(NOBODY_NEW if kept else EVERYBODY)
    elif sheet is not None:
        say(WRITTEN.format(people=len(invited), file=sheet), _once(now), *([ENDED] if renew else []))
    elif as_text:
        say("\n\n".join(inviting.group_words(invited, door, now)))
        sys.stderr.write("".join(f"{line}\n" for line in _warnings(renew=renew)))
    else:
        say(*table([HEAD, *map(_row, invited)]), "", _once(now), *_warnings(renew=renew))


def opened(settings: Settings) -> Database:
    """The configured database, if it is there and current; raises CommandError."""
    if doctor_place.no_file(settings):
        raise CommandError(NO_DATABASE)
    database = open_database(settings.url, settings.files)
    if upgrade.pending(database):
        database.close()
        raise CommandError(NO_DATABASE)
    return database


def _warnings(*, renew: bool) -> list[str]:
    return [ENDED, OPERATOR] if renew else [OPERATOR]


def _once(now: datetime) -> str:
    return ONCE.format(until=inviting.until(now))


def _office(db: Connection, now: datetime) -> str:
    today = calendar.today(now)
    province = units.province(db, today)
    return units.name_on(db, province, today) if province else ""


def _door(settings: Settings, database: Database) -> Door:
    """Where links lead; without a network what was known at the last start, and without that codes alone."""
    try:
        need_token(settings)
        name = asked(settings, lambda bot: bot.get_me()).username or ""
    except CommandError as error:
        with database.read() as db:
            door = doors.first(db)
        if not door.link:
            sys.stderr.write(NO_LINKS.format(why=error) + "\n")
        return door
    return Door(CHANNEL, f"@{name}", f"https://t.me/{name}?start=")


def to_invite(db: Connection, unit_code: str | None, now: datetime, *, all_: bool = False) -> list[Awaited]:
    """Each post of a person without an account, by unit; raises CommandError for a unit that is not there."""
    today = calendar.today(now)
    if not units.any_there(db):
        raise CommandError(NO_UNITS)
    within = under(db, unit_code, now) if unit_code else None
    return invitations.people_without_account(db, CHANNEL, today, all_=all_, units=within)


def under(db: Connection, unit_code: str, now: datetime) -> Select[tuple[int]]:
    """Ids of a unit and all below it, as a query; raises CommandError for a code that no unit has."""
    top = db.scalar(select(units.UNIT.c.id).where(units.UNIT.c.code == unit_code.upper()))
    if top is None:
        raise CommandError(f"Không có đơn vị nào mang mã {unit_code}.")
    return directory.under(select(units.UNIT.c.id), top, calendar.today(now))


def _row(one: Invited) -> tuple[str, ...]:
    return one.unit_code, one.unit, one.name, one.role, one.code, one.link


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows in columns as wide as their longest cell."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]


def _write(file: Path, body: bytes) -> None:
    try:
        file.write_bytes(body)
    except OSError as error:
        raise CommandError(NOT_WRITTEN.format(file=file, why=error.strerror or error)) from None
