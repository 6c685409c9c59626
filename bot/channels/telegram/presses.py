"""A pressed button stops turning: Telegram is told, after the commit and beside everything else."""

from __future__ import annotations

import asyncio
import logging

import telegram

log = logging.getLogger(__name__)

AT_ONCE = 8
WAITING = 500
"""Presses; beyond that the phone's own time-out has to do."""
FAREWELL = 1.0
"""Seconds that those under way get when the program stops."""


class Presses:
    """The acknowledgements of one bot."""

    def __init__(self, bot: telegram.Bot) -> None:
        self._bot = bot
        self._few = asyncio.Semaphore(AT_ONCE)
        self._under_way: set[asyncio.Task[None]] = set()

    def acknowledge(self, press: str) -> None:
        """Answer a callback query some time soon; whether that succeeds changes nothing."""
        if press and len(self._under_way) < WAITING:
            task = asyncio.ensure_future(self._answer(press))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def finish(self) -> None:
        """Wait a moment for what is under way, then let it go."""
        if self._under_way:
            _, late = await asyncio.wait(set(self._under_way), timeout=FAREWELL)
            for task in late:
                task.cancel()

    async def _answer(self, press: str) -> None:
        async with self._few:
            try:
                await self._bot.answer_callback_query(press)
            except Exception as error:  # noqa: BLE001 - too old, no network: the press itself is safe
                log.debug("a press was not acknowledged (%s)", type(error).__name__)
