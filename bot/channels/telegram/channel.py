"""The channel: listens by long polling or webhook, sends, edits, fetches."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import telegram
from starlette.routing import Route
from telegram import Update

from bot.channel import Limits, Receive
from bot.channels.telegram.download import download
from bot.channels.telegram.editing import Editor
from bot.channels.telegram.faults import fault
from bot.channels.telegram.menu import set_menu
from bot.channels.telegram.polling import Poller
from bot.channels.telegram.presses import Presses
from bot.channels.telegram.sending import Sender
from bot.channels.telegram.spacing import Spacing
from bot.channels.telegram.updates import Taken, Updates
from bot.channels.telegram.webhook import Webhook
from bot.pacing import Pace
from storage.messages import Incoming, Reply

log = logging.getLogger(__name__)

LIMITS = Limits(bot=1 / 29, chat=1.05, group=60 / 18)
POLL = 50
"""Seconds of a long poll: the most that the server grants."""
TIDY = ".tidy"
"""How the key of a message ends that only takes buttons off an earlier one (storage/outbox.py)."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class TelegramChannel:
    """One bot.  With a `secret` it waits for Telegram's deliveries to `routes`; without, it polls."""

    name = "telegram"
    tidies = True

    def __init__(  # noqa: PLR0913 - each has its default
        self,
        bot: telegram.Bot,
        *,
        files: Path = Path("var/files"),
        now: Callable[[], datetime] = _utc_now,
        limits: Limits = LIMITS,
        secret: str = "",
        poll_seconds: int = POLL,
    ) -> None:
        self.bot = bot
        self.limits = limits
        self._poll_seconds = poll_seconds
        self._receive: Receive | None = None
        self._updates = Updates(bot, now)
        self._webhook = Webhook(self._updates, secret) if secret else None
        self._presses = Presses(bot)
        self._spacing = spacing = Spacing(limits)
        self._sender = Sender(bot, files, spacing)
        self._editor = Editor(bot, spacing)

    def is_group(self, address: str) -> bool:
        """Groups and channels have negative numbers."""
        return address.startswith("-")

    def to_incoming(self, update: Update) -> Incoming | None:
        """What an update says; None for what nobody answers."""
        return self._updates.incoming(update)

    # ── in ──────────────────────────────────────────────────────────────────────────────────────────

    def routes(self) -> list[Route]:
        """What the HTTP server is to serve for us."""
        return self._webhook.routes() if self._webhook else []

    async def listen(self, receive: Receive) -> None:
        """Receive until cancelled; raises ChannelClosedError when only an operator can help."""
        self._receive = receive
        preparing = asyncio.ensure_future(self.prepare())
        try:
            if self._webhook is None:
                await Poller(self.bot, self._updates, self._take, self._poll_seconds).run()
            else:
                self._webhook.take = self._take
                await asyncio.Event().wait()
        finally:
            if self._webhook is not None:
                self._webhook.take = None
            preparing.cancel()
            await self._presses.finish()

    async def prepare(self) -> None:
        """Show the menu of commands; the bot works without it.  A webhook that is missing is told, never set."""
        try:
            await set_menu(self.bot)
            if self._webhook is not None and not (await self.bot.get_webhook_info()).url:
                log.warning(
                    "Telegram has no webhook for this bot, so nothing comes in: run `congdoan webhook set`"
                )
        except Exception as error:  # noqa: BLE001 - whatever it is, it can wait for the next start
            log.warning("the menu of commands was not set: %s", fault(error, self.bot.token))

    async def _take(self, taken: Taken) -> None:
        """Hand over what an update holds; only then is the press acknowledged, also one that was known already."""
        if taken.incoming is not None and self._receive is not None:
            await self._receive(taken.incoming)
        self._presses.acknowledge(taken.press)

    # ── out ─────────────────────────────────────────────────────────────────────────────────────────

    async def send(self, address: str, reply: Reply, key: str) -> str:
        """Send or edit once; the id of the message that has the words and the buttons.  Raises SendError."""
        if reply.replaces.isdecimal() and not reply.attachments:
            changed = await self._editor.edit(address, reply)
            if changed or key.endswith(TIDY):
                return reply.replaces
        return await self._sender.send(address, reply, key)

    async def fetch(self, remote: str, target: Path) -> int:
        """Write a file that somebody sent to `target`, and return its size; raises SendError."""
        return await download(self.bot, remote, target)

    async def door(self) -> tuple[str, str]:
        """The bot's name, and the link behind which a code is written; raises TelegramError."""
        name = (await self.bot.get_me()).username
        return f"@{name}", f"https://t.me/{name}?start="

    async def answers(self) -> bool:
        """Whether Telegram answers at all."""
        try:
            await self.bot.get_me()
        except Exception as error:  # noqa: BLE001 - whatever it is, it does not answer
            log.debug("Telegram does not answer: %s", fault(error, self.bot.token))
            return False
        return True

    def keep_pace(self, pace: Pace) -> None:
        """Share the slots with whoever hands replies over."""
        self._spacing.share(pace)

    async def close(self) -> None:
        """Close the connections; the channel can be used again."""
        await self.bot.request.shutdown()
