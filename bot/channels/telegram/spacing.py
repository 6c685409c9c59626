"""Even spacing of whatever leaves: a reply of several messages takes as many slots (SETTLED).

The delivery gives a slot to a reply; the second and third message of one would otherwise come on top of the limit.
Times are seconds of a monotonic clock.
"""

from __future__ import annotations

import time

from bot.channel import Limits
from bot.pacing import Pace, until

REMEMBERED = 1000
"""Chats, before those that have rested are forgotten."""


class Spacing:
    """The moments at which one bot may send."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._pace = Pace(limits, time.monotonic() - limits.chat)
        self._shared = False
        self._rested: dict[str, float] = {}

    def share(self, pace: Pace) -> None:
        """Whoever hands replies over has taken the slot of the first message of each; the others take theirs here."""
        self._pace, self._shared = pace, True

    async def slot(self, address: str, *, first: bool = True) -> None:
        """Wait until the bot may write, and to this chat."""
        await until(self._rested.pop(address, 0.0))
        if not (first and self._shared):
            await self._pace.leave(self._pace.reserve(time.monotonic()))

    def rest(self, address: str, *, group: bool) -> None:
        """Something was sent there: the next message keeps its distance from when it really left."""
        now = time.monotonic()
        if len(self._rested) >= REMEMBERED:
            self._rested = {chat: ready for chat, ready in self._rested.items() if ready > now}
        self._rested[address] = self._pace.rest(now, group=group)
