"""Checks of Telegram: the token, the clock against theirs, and whether the webhook there agrees with the settings."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, TypeVar

from bot.channel import SendError
from bot.doctor_findings import Finding, doubtful, good, wrong
from bot.settings import Settings
from storage.calendar import TZ

if TYPE_CHECKING:
    import telegram

T = TypeVar("T")

LIMIT = 10.0
"""Seconds for one question; a network fault is tried once more."""
APART = timedelta(seconds=60)
MANY = 100
"""Updates that wait at Telegram: more than that, and nobody is taking them."""
UNSET = "Chưa đặt CONGDOAN_TELEGRAM_TOKEN nên không kiểm tra Telegram. Hãy lấy mã bot ở @BotFather và ghi vào .env."
REFUSED = "Telegram không nhận mã bot. Hãy kiểm tra CONGDOAN_TELEGRAM_TOKEN, lấy mã mới ở @BotFather nếu cần."
ABSENT = "Không kết nối được Telegram ({why}). Hãy kiểm tra mạng, tường lửa và CONGDOAN_TELEGRAM_BASE_URL."


def check(settings: Settings, now: Callable[[], datetime]) -> list[Finding]:
    """All of them; without a token there is nothing to ask."""
    if not settings.telegram_token.get_secret_value():
        return [doubtful(UNSET)]
    return asyncio.run(_check(settings, now))


def hook_of(settings: Settings) -> str:
    """Where Telegram is to deliver, by the settings; empty: nowhere, we poll."""
    from bot.channels.telegram import PATH  # noqa: PLC0415 - loaded where there is a token

    return f"{settings.public_url.rstrip('/')}{PATH}" if settings.public_url else ""


def bot_of(settings: Settings) -> telegram.Bot:
    """The configured bot; nothing is asked yet."""
    from bot.channels.telegram import open_bot  # noqa: PLC0415 - loaded where there is a token

    token = settings.telegram_token.get_secret_value()
    return open_bot(token, settings.telegram_base_url, settings.telegram_file_base_url)


async def _check(settings: Settings, now: Callable[[], datetime]) -> list[Finding]:
    from telegram.error import InvalidToken, TelegramError  # noqa: PLC0415 - likewise

    from bot.channels.telegram import webhook_info  # noqa: PLC0415 - likewise

    bot = bot_of(settings)
    try:
        me = await asked(bot.get_me)
        clock = await _clock(bot.base_url.removesuffix(f"/bot{bot.token}"), now)
        info = await asked(lambda: webhook_info(bot))
    except InvalidToken:
        return [wrong(REFUSED)]
    except (TelegramError, SendError, TimeoutError) as error:
        return [wrong(ABSENT.format(why=str(error) or type(error).__name__))]
    finally:
        await bot.request.shutdown()
    return [
        good(f"Telegram: nhận mã bot, bot là @{me.username} ({me.full_name})."),
        clock,
        *hook(settings, info, now()),
    ]


async def asked(question: Callable[[], Awaitable[T]]) -> T:
    """The answer, within LIMIT; asked once more when the network fails."""
    try:
        return await asyncio.wait_for(question(), LIMIT)
    except Exception as error:
        if not _passing(error):
            raise
    return await asyncio.wait_for(question(), LIMIT)


def _passing(error: Exception) -> bool:
    """A fault of the network, and no word of Telegram's."""
    from telegram.error import BadRequest, NetworkError  # noqa: PLC0415 - loaded where there is a token

    if isinstance(error, SendError):
        return not error.refused and error.retry_after is None
    return isinstance(error, NetworkError | TimeoutError) and not isinstance(error, BadRequest)


# ── clock ───────────────────────────────────────────────────────────────────────────────────────────


async def _clock(server: str, now: Callable[[], datetime]) -> Finding:
    theirs = await _date_of(server)
    if theirs is None:
        return doubtful(f"Không so được đồng hồ: {server} không cho biết giờ.")
    apart = abs(now() - theirs)
    if apart > APART:
        return wrong(
            f"Đồng hồ máy lệch {int(apart.total_seconds())} giây so với Telegram, hạn nộp sẽ tính sai. "
            "Hãy bật đồng bộ giờ, ví dụ: timedatectl set-ntp true"
        )
    return good("Đồng hồ máy khớp với Telegram.")


async def _date_of(server: str) -> datetime | None:
    """The Date header of whatever a server answers."""
    import aiohttp  # noqa: PLC0415 - likewise

    timeout = aiohttp.ClientTimeout(total=LIMIT)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session, session.head(server) as answer:
            return parsedate_to_datetime(answer.headers["Date"]).astimezone(UTC)
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError):
        return None


# ── webhook ─────────────────────────────────────────────────────────────────────────────────────────


def hook(settings: Settings, info: dict[str, Any], now: datetime) -> list[Finding]:
    """Whether what Telegram knows (`webhook_info`) is what the settings want, and how deliveries go."""
    wanted, there = hook_of(settings), info["url"]
    findings = [_agreement(wanted, there)]
    waiting = info["pending_update_count"]
    if waiting > MANY:
        findings.append(doubtful(f"{waiting} tin đang chờ ở Telegram. Hãy xem congdoan serve có chạy không."))
    failed = datetime.fromisoformat(info["last_error_date"]) if info["last_error_date"] else None
    if there and failed and now - failed < timedelta(days=1):
        words = (
            f"Telegram gặp lỗi khi giao tin lúc {failed.astimezone(TZ):%H:%M ngày %d/%m/%Y}: "
            f"{info['last_error_message']}. Hãy kiểm tra máy chủ web phía trước và congdoan serve."
        )
        findings.append(wrong(words) if info["pending_update_count"] else doubtful(words))
    return findings


def _agreement(wanted: str, there: str) -> Finding:
    if wanted == there:
        return good(
            f"Webhook: {there}, khớp với cấu hình." if there else "Webhook: không đặt, khớp với long polling."
        )
    if not wanted:
        return wrong(
            f"Telegram đang giao tin đến {there}, còn máy này chờ bằng long polling nên không nhận được. "
            "Hãy chạy: congdoan webhook clear"
        )
    if not there:
        return wrong(
            "Đã đặt CONGDOAN_PUBLIC_URL nhưng Telegram chưa biết webhook. Hãy chạy: congdoan webhook set"
        )
    return wrong(f"Telegram đang giao tin đến {there}, không phải {wanted}. Hãy chạy: congdoan webhook set")
