"""Even spacing of whatever leaves: a reply of several messages takes as many slots (SETTLED).

The delivery gives a slot to a reply; the second and third message of one would otherwise come on top of the limit.
Times are seconds of a monotonic clock.
"""

from __future__ import annotations

import asyncio
import time

from bot.channel import Limits
from bot.pacing import Pace

REMEMBERED = 1000
"""Chats, before those that have rested are forgotten."""


class Spacing:
    """The moments at which one bot may send."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._pace = Pace(limits, time.monotonic() - limits.chat)
        self._rested: dict[str, float] = {}

    async def slot(self, address: str) -> None:
        """Wait until the bot may write, and to this chat."""
        wait = self._rested.pop(address, 0.0) - time.monotonic()
        if wait > 0:
            await asyncio.sleep(wait)
        wait = self._pace.reserve(time.monotonic()) - time.monotonic()
        if wait > 0:
            await asyncio.sleep(wait)

    def rest(self, address: str, *, group: bool) -> None:
        """A part of a longer reply was sent there: the next message, ours or another, keeps its distance."""
        now = time.monotonic()
        if len(self._rested) >= REMEMBERED:
            self._rested = {chat: ready for chat, ready in self._rested.items() if ready > now}
        self._rested[address] = now + (self.limits.group if group else self.limits.chat)
