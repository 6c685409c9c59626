"""Telegram through python-telegram-bot's objects, with receivers of our own that lose nothing; no state lives here."""

from bot.channels.telegram.channel import LIMITS, TelegramChannel
from bot.channels.telegram.connection import bot_id, open_bot
from bot.channels.telegram.registration import clear_webhook, set_webhook, webhook_info
from bot.channels.telegram.webhook import PATH

__all__ = [
    "LIMITS",
    "PATH",
    "TelegramChannel",
    "bot_id",
    "clear_webhook",
    "open_bot",
    "set_webhook",
    "webhook_info",
]
