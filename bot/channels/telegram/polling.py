"""Long polling that loses nothing: the next batch is asked for when this one has been committed.

python-telegram-bot's own Updater asks for it when the updates are in a queue in memory (TELEGRAM 2).
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode

import telegram
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.channel import ChannelClosedError
from bot.channels.telegram.connection import Connections
from bot.channels.telegram.faults import fault, says, seconds_of
from bot.channels.telegram.outage import Outage
from bot.channels.telegram.updates import ALLOWED, Taken, UnreadableUpdateError, Updates

log = logging.getLogger(__name__)

LIMIT = 100
GRACE = 15.0
"""Seconds beyond the long poll's own after which the connection is taken for dead."""
MOST_CONFLICTS = 3
AFTER_CONFLICT = 1.0
"""Seconds."""
REFUSED = (
    "Telegram không nhận mã bot (token). Hãy kiểm tra CONGDOAN_TELEGRAM_TOKEN, lấy mã mới từ @BotFather nếu cần.\n"
    "Telegram refuses the bot's token: check CONGDOAN_TELEGRAM_TOKEN, or get a new one from @BotFather."
)
WEBHOOK_ACTIVE = (
    "Bot này đang nhận tin qua webhook nên không hỏi tin được. "
    "Hãy chạy: congdoan webhook clear, hoặc đặt CONGDOAN_PUBLIC_URL để dùng webhook.\n"
    "A webhook is set for this bot, so it cannot be polled: run `congdoan webhook clear`, or set CONGDOAN_PUBLIC_URL."
)
TWO_POLLERS = (
    "Có chương trình khác đang nhận tin bằng cùng mã bot. Hãy dừng chương trình kia rồi chạy lại.\n"
    "Another program polls with the same token: stop it, then start again."
)

Take = Callable[[Taken], Awaitable[None]]


class Poller:
    """Asks Telegram for updates and hands them over, batch after batch."""

    def __init__(self, bot: telegram.Bot, updates: Updates, take: Take, seconds: int) -> None:
        self._bot = bot
        self._updates = updates
        self._take = take
        self._seconds = seconds
        self._offset = 0
        self._conflicts = 0
        self._network = Outage(log, "Telegram does not answer")
        self._storage = Outage(log, "messages cannot be stored")

    async def run(self) -> None:
        """Poll until cancelled; raises ChannelClosedError when only an operator can help."""
        async with Connections(connections=1, read=self._seconds + GRACE) as requests:
            while True:
                batch = await self._next(requests)
                await self._hand_over([taken for raw in batch if (taken := self._read(raw))])
                # What was asked for with this offset is confirmed.  After an empty answer everything is, and the
                # numbers may begin anew at random after a quiet week, even below it.
                self._offset = max((raw["update_id"] + 1 for raw in batch), default=0)

    # ── asking ──────────────────────────────────────────────────────────────────────────────────────

    async def _next(self, requests: Connections) -> list[dict[str, Any]]:
        """The next batch, empty when nothing came; asks again until there is an answer."""
        while True:
            try:
                batch = _batch(await requests.post(self._url()))
            except TelegramError as error:
                await asyncio.sleep(self._wait(error))
            else:
                self._network.over()
                self._conflicts = 0
                return batch

    def _url(self) -> str:
        asked = {"limit": LIMIT, "timeout": self._seconds, "allowed_updates": json.dumps(ALLOWED)}
        if self._offset:
            asked["offset"] = self._offset
        return f"{self._bot.base_url}/getUpdates?{urlencode(asked)}"

    def _wait(self, error: TelegramError) -> float:
        """Seconds until the next attempt; raises ChannelClosedError."""
        if isinstance(error, InvalidToken):
            raise ChannelClosedError(REFUSED) from None
        if isinstance(error, Conflict):
            return self._conflict(error)
        if isinstance(error, RetryAfter):
            return seconds_of(error)
        return self._network.failed(str(fault(error, self._bot.token)))

    def _conflict(self, error: Conflict) -> float:
        if says(error, "webhook is active"):
            raise ChannelClosedError(WEBHOOK_ACTIVE) from None
        self._conflicts += 1
        if self._conflicts >= MOST_CONFLICTS:
            raise ChannelClosedError(TWO_POLLERS) from None
        log.warning("Telegram has ended our poll: %s", fault(error, self._bot.token))
        return AFTER_CONFLICT

    # ── handing over ────────────────────────────────────────────────────────────────────────────────

    def _read(self, raw: dict[str, Any]) -> Taken | None:
        """One that cannot be read is skipped, or it would come again for ever."""
        try:
            return self._updates.take(raw)
        except UnreadableUpdateError as error:
            log.error("%s; it is skipped", error)  # noqa: TRY400 - a traceback may show what was written
            return None

    async def _hand_over(self, batch: list[Taken]) -> None:
        """Returns when all is committed; a message that is handed over again is dropped by its receipt."""
        while True:
            done = await asyncio.gather(*(self._take(taken) for taken in batch), return_exceptions=True)
            failed = [error for error in done if isinstance(error, BaseException)]
            if not failed:
                self._storage.over()
                return
            await asyncio.sleep(self._storage.failed(type(failed[0]).__name__))


def _batch(answer: object) -> list[dict[str, Any]]:
    if not isinstance(answer, list) or not all(_numbered(raw) for raw in answer):
        raise TelegramError("Invalid server response")
    return answer


def _numbered(raw: object) -> bool:
    return isinstance(raw, dict) and isinstance(raw.get("update_id"), int)
