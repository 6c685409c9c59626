"""`congdoan webhook …`: acts of an operator, which no start does by itself (SETTLED)."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from bot import doctor_place, doctor_telegram
from bot.channel import SendError
from bot.logs import Redactor
from bot.settings import Settings

if TYPE_CHECKING:
    import telegram

T = TypeVar("T")

NO_TOKEN = "Chưa đặt CONGDOAN_TELEGRAM_TOKEN. Hãy lấy mã bot ở @BotFather và ghi vào .env."  # noqa: S105 - a sentence
NO_URL = "Chưa đặt CONGDOAN_PUBLIC_URL, ví dụ https://congdoan.example.vn. Không có địa chỉ thì bot dùng long polling."


class CommandError(Exception):
    """The command cannot be carried out; the words say what the operator has to do."""

    for_operator = True


# ── webhook ─────────────────────────────────────────────────────────────────────────────────────────


def webhook_set(settings: Settings) -> None:
    """Have Telegram deliver to the public URL, with the secret; what waits already is kept.  Raises CommandError."""
    need_token(settings)
    if not settings.public_url:
        raise CommandError(NO_URL)
    if fault := doctor_place.bad_secret(settings):
        raise CommandError(fault.words)
    from bot.channels.telegram import set_webhook  # noqa: PLC0415 - loaded where there is a token

    url, secret = doctor_telegram.hook_of(settings), settings.telegram_webhook_secret.get_secret_value()
    asked(settings, lambda bot: set_webhook(bot, url, secret))
    say(f"Đã đặt webhook: {url}", "Sau vài tin nhắn, hãy kiểm tra bằng: congdoan webhook show")


def webhook_show(settings: Settings) -> None:
    """What Telegram knows of the webhook, and whether it is what the settings want.  Raises CommandError."""
    need_token(settings)
    from bot.channels.telegram import webhook_info  # noqa: PLC0415 - loaded where there is a token

    info = asked(settings, webhook_info)
    shown = {"url": "Webhook", "ip_address": "Địa chỉ IP", "max_connections": "Kết nối tối đa"}
    lines = [f"{title}: {info[name]}" for name, title in shown.items() if info["url"] and info[name]]
    findings = doctor_telegram.hook(settings, info, datetime.now(UTC))
    say(*lines, f"Tin đang chờ ở Telegram: {info['pending_update_count']}", *map(str, findings))


def webhook_clear(settings: Settings) -> None:
    """Have nothing delivered any more; what waits is kept for long polling.  Raises CommandError."""
    need_token(settings)
    from bot.channels.telegram import clear_webhook  # noqa: PLC0415 - loaded where there is a token

    asked(settings, clear_webhook)
    say("Đã xóa webhook. Tin đang chờ ở Telegram được giữ lại cho long polling.")
    if settings.public_url:
        say("CONGDOAN_PUBLIC_URL vẫn còn đặt: hãy bỏ đi trước khi chạy lại congdoan serve.")


def need_token(settings: Settings) -> None:
    """Raises CommandError without the bot's token."""
    if not settings.telegram_token.get_secret_value():
        raise CommandError(NO_TOKEN)


def asked(settings: Settings, question: Callable[[telegram.Bot], Awaitable[T]]) -> T:
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


def say(*lines: str) -> None:
    """Print lines for the operator."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))
