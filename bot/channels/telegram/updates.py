"""Updates as they come over the wire: each is read by itself, so that one that cannot be read stops no other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import telegram
from telegram import Update

from bot.channels.telegram.connection import bot_id
from bot.channels.telegram.incoming import to_incoming
from bot.channels.telegram.words import words
from storage.messages import Incoming

ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")
"""What Telegram is to send: it keeps the list until it is told another."""


class UnreadableUpdateError(Exception):
    """An update that neither the library nor we understand; the text has its number and never its content."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What an update is to us: a message, a press to be acknowledged, both, or nothing."""

    incoming: Incoming | None
    press: str = ""
    """Id of the callback query."""


class Updates:
    """Reads the updates of one bot."""

    def __init__(self, bot: telegram.Bot, now: Callable[[], datetime]) -> None:
        self._bot = bot
        self._id = bot_id(bot)
        self._now = now

    def incoming(self, update: Update) -> Incoming | None:
        """What an update says."""
        return to_incoming(update, self._id, self._now())

    def take(self, raw: Mapping[str, Any]) -> Taken:
        """Read one update; raises UnreadableUpdateError."""
        number = raw.get("update_id")
        try:
            update = Update.de_json(dict(raw), self._bot)
            incoming = self.incoming(update)
            press = words(update.callback_query.id) if update.callback_query else ""
        except Exception as error:  # noqa: BLE001 - whatever it is: the content must not get into a traceback
            raise UnreadableUpdateError(
                f"update {number!r:.40} cannot be read ({type(error).__name__})"
            ) from None
        if not isinstance(number, int):
            raise UnreadableUpdateError("an update without a number cannot be read")
        return Taken(incoming, press)
