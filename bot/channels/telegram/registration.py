"""Where Telegram is told to deliver: set, shown and cleared by an operator, never by a start (SETTLED)."""

from __future__ import annotations

from typing import Any

import telegram

from bot.channel import SendError
from bot.channels.telegram.faults import fault
from bot.channels.telegram.updates import ALLOWED

CONNECTIONS = 40
"""Deliveries at once; messages are handled one after another, so that more would only wait."""


async def set_webhook(bot: telegram.Bot, url: str, secret: str, max_connections: int = CONNECTIONS) -> None:
    """Have updates delivered to `url`, with the secret; those that wait already are kept.  Raises SendError."""
    try:
        await bot.set_webhook(
            url, max_connections=max_connections, allowed_updates=ALLOWED, secret_token=secret
        )
    except Exception as error:  # noqa: BLE001 - whatever it is, without the token
        raise _told(bot, error) from None


async def webhook_info(bot: telegram.Bot) -> dict[str, Any]:
    """What Telegram knows of the webhook, as plain values: times are ISO text, an empty `url` means none."""
    try:
        info = await bot.get_webhook_info()
    except Exception as error:  # noqa: BLE001 - likewise
        raise _told(bot, error) from None
    failed = info.last_error_date
    return {
        "url": info.url,
        "pending_update_count": info.pending_update_count,
        "max_connections": info.max_connections,
        "allowed_updates": list(info.allowed_updates),
        "ip_address": info.ip_address or "",
        "last_error_date": failed.isoformat() if failed else "",
        "last_error_message": info.last_error_message or "",
    }


async def clear_webhook(bot: telegram.Bot) -> None:
    """Have nothing delivered any more; what waits is kept for polling.  Raises SendError."""
    try:
        await bot.delete_webhook(drop_pending_updates=False)
    except Exception as error:  # noqa: BLE001 - likewise
        raise _told(bot, error) from None


def _told(bot: telegram.Bot, error: Exception) -> SendError:
    return fault(error, bot.token, repeatable=True)
