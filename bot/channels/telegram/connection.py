"""The bot as python-telegram-bot sees it, over our own transport; building it needs no network."""

from __future__ import annotations

import json
import os
from typing import Any

import telegram
from telegram.error import TelegramError

from bot.channels.telegram.transport import Transport

os.environ.setdefault("PTB_TIMEDELTA", "true")  # without it, every RetryAfter is also a deprecation warning

TELEGRAM = "https://api.telegram.org/bot"
FILES = "https://api.telegram.org/file/bot"
CONNECTIONS = 64


class Connections(Transport):
    """A transport that keeps what it cannot read out of the log: an answer cut short holds people's messages."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The JSON object of an answer; raises TelegramError."""
        try:
            content = json.loads(payload)
        except (ValueError, RecursionError):
            raise TelegramError("Invalid server response") from None
        if not isinstance(content, dict):
            raise TelegramError("Invalid server response")
        return content


def open_bot(token: str, base_url: str = "", base_file_url: str = "") -> telegram.Bot:
    """A bot on Telegram's own server, or on another; where only `base_url` is given, files are looked for beside it."""
    base = base_url or TELEGRAM
    files = base_file_url or (f"{base.removesuffix('/bot')}/file/bot" if base_url else FILES)
    requests = Connections(connections=CONNECTIONS)
    return telegram.Bot(token, base, files, request=requests, get_updates_request=requests)


def bot_id(bot: telegram.Bot) -> str:
    """The bot's number, which the token begins with."""
    return bot.token.partition(":")[0]
