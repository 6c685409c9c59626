"""`congdoan webhook …` and `congdoan invite`: acts of an operator, which no start does by itself (SETTLED)."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection, select

from bot import doctor_place, doctor_telegram
from bot.channel import SendError
from bot.logs import Redactor
from bot.settings import Settings
from storage import coverage, invitations, units, upgrade
from storage.calendar import TZ
from storage.database import Database, open_database

if TYPE_CHECKING:
    import telegram

T = TypeVar("T")

CHANNEL = "telegram"
NO_TOKEN = "Chưa đặt CONGDOAN_TELEGRAM_TOKEN. Hãy lấy mã bot ở @BotFather và ghi vào .env."  # noqa: S105 - a sentence
NO_URL = "Chưa đặt CONGDOAN_PUBLIC_URL, ví dụ https://congdoan.example.vn. Không có địa chỉ thì bot dùng long polling."


class CommandError(Exception):
    """The command cannot be carried out; the words say what the operator has to do."""

    for_operator = True


# ── webhook ─────────────────────────────────────────────────────────────────────────────────────────


def webhook_set(settings: Settings) -> None:
    """Have Telegram deliver to the public URL, with the secret; what waits already is kept.  Raises CommandError."""
    _need_token(settings)
    if not settings.public_url:
        raise CommandError(NO_URL)
    if fault := doctor_place.bad_secret(settings):
        raise CommandError(fault.words)
    from bot.channels.telegram import set_webhook  # noqa: PLC0415 - loaded where there is a token

    url, secret = doctor_telegram.hook_of(settings), settings.telegram_webhook_secret.get_secret_value()
    _asked(settings, lambda bot: set_webhook(bot, url, secret))
    _say(f"Đã đặt webhook: {url}", "Sau vài tin nhắn, hãy kiểm tra bằng: congdoan webhook show")


def webhook_show(settings: Settings) -> None:
    """What Telegram knows of the webhook, and whether it is what the settings want.  Raises CommandError."""
    _need_token(settings)
    from bot.channels.telegram import webhook_info  # noqa: PLC0415 - loaded where there is a token

    info = _asked(settings, webhook_info)
    shown = {"url": "Webhook", "ip_address": "Địa chỉ IP", "max_connections": "Kết nối tối đa"}
    lines = [f"{title}: {info[name]}" for name, title in shown.items() if info["url"] and info[name]]
    findings = doctor_telegram.hook(settings, info, datetime.now(UTC))
    _say(*lines, f"Tin đang chờ ở Telegram: {info['pending_update_count']}", *map(str, findings))


def webhook_clear(settings: Settings) -> None:
    """Have nothing delivered any more; what waits is kept for long polling.  Raises CommandError."""
    _need_token(settings)
    from bot.channels.telegram import clear_webhook  # noqa: PLC0415 - loaded where there is a token

    _asked(settings, clear_webhook)
    _say("Đã xóa webhook. Tin đang chờ ở Telegram được giữ lại cho long polling.")
    if settings.public_url:
        _say("CONGDOAN_PUBLIC_URL vẫn còn đặt: hãy bỏ đi trước khi chạy lại congdoan serve.")


def _need_token(settings: Settings) -> None:
    if not settings.telegram_token.get_secret_value():
        raise CommandError(NO_TOKEN)


def _asked(settings: Settings, question: Callable[[telegram.Bot], Awaitable[T]]) -> T:
    """What Telegram answers; raises CommandError, without the token in its words."""
    from telegram.error import TelegramError  # noqa: PLC0415 - loaded where there is a token

    async def ask() -> T:
        bot = doctor_telegram.bot_of(settings)
        try:
            return await doctor_telegram.asked(lambda: question(bot))
        finally:
            await bot.request.shutdown()

    try:
        return asyncio.run(ask())
    except (SendError, TelegramError, TimeoutError) as error:
        why = Redactor(settings.secrets)(str(error)) or type(error).__name__
        raise CommandError(f"Telegram không làm được: {why}. Hãy chạy: congdoan doctor") from None


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))


# ── invitations ─────────────────────────────────────────────────────────────────────────────────────

ROLES = {
    "ban_csplqhld": "Ban CSPL&QHLĐ",
    "ban_tuyen_giao": "Ban Tuyên giáo",
    "bao_cao_vien": "Người nhập báo cáo",
    "chu_tich_cdcs": "Chủ tịch CĐCS",
    "chuyen_vien_ttcs": "Chuyên viên cấp trên",
    "lanh_dao_ttcs": "Lãnh đạo cấp trên",
    "quan_tri": "Quản trị",
    "thuong_truc": "Thường trực",
    "van_thu": "Văn thư",
}
NO_DATABASE = (
    "Chưa có cơ sở dữ liệu mới nhất. Hãy chạy congdoan serve trước (với PostgreSQL: congdoan db upgrade)."
)
NO_UNITS = "Chưa có đơn vị nào nên chưa mời được ai. Để thử nghiệm với tổ chức mẫu, hãy chạy: congdoan serve --sample"
NO_LINKS = "Không hỏi được tên bot ở Telegram nên chỉ in mã, không có liên kết: {why}"
EVERYBODY = "Không còn ai cần mời: mọi người có chức trách đều đã có tài khoản Telegram."
ONCE = "Mã dùng một lần, hết hạn lúc {until}."
OPERATOR = (
    "Mã đã in trước đây cho những người này không còn dùng được.",
    "Ai dùng mã trước thì được nhận là người đó: nên gửi riêng cho từng người.",
)


@dataclass(frozen=True, slots=True)
class Invited:
    """One person and the code that was made for them; `link` is empty where the bot's name is not known."""

    code_of_unit: str
    unit: str
    name: str
    role: str
    code: str
    link: str


def invite(
    settings: Settings, unit_code: str | None = None, *, as_text: bool = False, all_: bool = False
) -> None:
    """New codes for those without an account, in one unit and all below it, or everywhere.  Raises CommandError.

    `as_text`: words to paste into a chat, instead of a table; `all_`: also for those who have an account and change it.
    """
    with closing(_opened(settings)) as database:
        username = _username(settings)
        now = datetime.now(UTC)
        with database.begin() as db:
            invited = issue(db, unit_code, username, now, all_=all_)
    if not invited:
        _say(EVERYBODY)
        return
    until = f"{(now + invitations.LIFE).astimezone(TZ):%H:%M ngày %d/%m/%Y}"
    lines = _words(invited, username) if as_text else _table(invited)
    _say(*lines, "", ONCE.format(until=until), *(() if as_text else OPERATOR))


def _opened(settings: Settings) -> Database:
    """The database, if it is there and current."""
    if doctor_place.no_file(settings):
        raise CommandError(NO_DATABASE)
    database = open_database(settings.url, settings.files)
    if upgrade.pending(database):
        database.close()
        raise CommandError(NO_DATABASE)
    return database


def _username(settings: Settings) -> str:
    """The bot's name, by which links are made; without a network the codes work all the same."""
    try:
        _need_token(settings)
        return _asked(settings, lambda bot: bot.get_me()).username or ""
    except CommandError as error:
        sys.stderr.write(NO_LINKS.format(why=error) + "\n")
        return ""


def issue(
    db: Connection, unit_code: str | None, username: str, now: datetime, *, all_: bool = False
) -> list[Invited]:
    """A new code for each person without an account, by unit; raises CommandError for a unit that is not there."""
    today = now.astimezone(TZ).date()
    if not units.any_there(db):
        raise CommandError(NO_UNITS)
    awaited = invitations.people_without_account(db, CHANNEL, today, all_=all_)
    if unit_code:
        wanted = _below(db, unit_code, now)
        awaited = [one for one in awaited if one.unit_code in wanted]
    posts: dict[int, list[invitations.Awaited]] = {}
    for one in awaited:
        posts.setdefault(one.person_id, []).append(one)
    return [_invited(held, invitations.issue(db, person, now), username) for person, held in posts.items()]


def _below(db: Connection, unit_code: str, now: datetime) -> set[str]:
    top = db.scalar(select(units.UNIT.c.id).where(units.UNIT.c.code == unit_code.upper()))
    if top is None:
        raise CommandError(f"Không có đơn vị nào mang mã {unit_code}.")
    below = coverage.below(top, now.astimezone(TZ).date())
    return set(db.scalars(select(units.UNIT.c.code).where(units.UNIT.c.id.in_(select(below.c.id)))))


def _invited(posts: Sequence[invitations.Awaited], code: str, username: str) -> Invited:
    """One line a person, whatever posts there are."""
    roles = ", ".join(dict.fromkeys(ROLES.get(post.role, post.role) for post in posts))
    link = f"https://t.me/{username}?start={code}" if username else ""
    return Invited(posts[0].unit_code, posts[0].unit_name, posts[0].name, roles, code, link)


def _table(invited: Sequence[Invited]) -> list[str]:
    head = ("Mã đơn vị", "Đơn vị", "Họ tên", "Vai trò", "Mã mời", "Liên kết")
    rows = [head, *((one.code_of_unit, one.unit, one.name, one.role, one.code, one.link) for one in invited)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]


def _words(invited: Sequence[Invited], username: str) -> list[str]:
    """To be pasted into a chat: a paragraph a unit."""
    how = f"tìm @{username} trên Telegram" if username else "mở trợ lý trên Telegram"
    lines = ["Mời các đồng chí kết nối với trợ lý báo cáo Công đoàn trên Telegram: mở liên kết của mình, bấm Bắt đầu.",
             f"Nếu không mở được liên kết: {how}, bấm Bắt đầu rồi gõ mã."]  # fmt: skip
    for unit, people in groupby(invited, key=lambda one: one.unit):
        lines += ["", unit]
        lines += [f"- {one.name} ({one.role}): {one.link} mã {one.code}".replace("  ", " ") for one in people]
    return lines
