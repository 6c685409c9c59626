"""How fast one bot may speak: even spacing, nothing saved up, and silence while its platform is down.

SETTLED: a bucket that saves up slots reaches twice the limit in one second; even spacing never does.
"""

from __future__ import annotations

import asyncio
import time

from bot.channel import Limits

AHEAD = 0.25
"""Seconds for which slots are given out at once: the longest that a reply waits behind what was claimed before it."""
JITTER = 0.004
"""Seconds by which a slot may be late without the next ones moving: what an event loop needs to wake up."""
NARROWEST = 0.985
"""Of the usual distance between two messages, what must be left when the first was late.

At 29 a second 30 distances are then 1.019 s: arrivals may bunch by 19 ms, and still no second sees 31.
"""
LATE = 0.05
"""Seconds behind its slot from which a message shifts the later ones."""
AT_ONCE = 50
"""Messages that are claimed at once, at most: what is sent and not yet marked when the process dies is sent again."""
LONGEST_HOLD = 30.0


async def until(moment: float) -> None:
    """Sleep until a moment of the monotonic clock; not at all when it has passed."""
    wait = moment - time.monotonic()
    if wait > 0:
        await asyncio.sleep(wait)


class Pace:
    """The slots of one bot.  Times are seconds of a monotonic clock.

    The first slot lies one chat interval after `start`: an earlier process may have used all slots until its death.
    """

    def __init__(self, limits: Limits, start: float) -> None:
        self.limits = limits
        self.faults = 0
        """0: all is well; 1: the platform is in doubt; more: it was asked and did not answer."""
        self.asked_at = 0.0
        """While it is down: when to ask next whether it is there again."""
        self._next = start + limits.chat
        self._left = start - limits.bot
        self._door = asyncio.Lock()

    def room(self, now: float) -> int:
        """How many messages may be claimed now; none while the platform is down."""
        if self.faults or self._next > now + AHEAD:
            return 0
        if not self.limits.bot:
            return AT_ONCE
        return min(int((now + AHEAD - max(self._next, now)) / self.limits.bot) + 1, AT_ONCE)

    def opens(self, now: float) -> float:
        """Seconds until there is room for half of what is given out at once."""
        return max(self._next - AHEAD / 2 - now, 0.0)

    def reserve(self, now: float) -> float:
        """Take the next slot: the moment at which to send."""
        slot = self._next if now - self._next <= JITTER else now
        self._next = slot + self.limits.bot
        return slot

    async def leave(self, slot: float) -> None:
        """Wait for a slot that was reserved; after a stall, those that are late leave evenly, too, one by one."""
        await until(slot)
        if not self.limits.bot:
            return
        async with self._door:
            await until(self._left + NARROWEST * self.limits.bot)
            self._left = time.monotonic()
        if self._left - slot > LATE:
            self._next = max(self._next, self._left + self.limits.bot)

    def rest(self, slot: float, *, group: bool) -> float:
        """When the chat that is written to at `slot` may be written to again."""
        return slot + (self.limits.group if group else self.limits.chat)

    # ── an outage ───────────────────────────────────────────────────────────────────────────────────

    def doubt(self, now: float) -> None:
        """A message found the platform down: nothing is sent until it answers; it is asked at once."""
        if not self.faults:
            self.faults, self.asked_at = 1, now

    def failed(self, now: float) -> None:
        """It was asked and did not answer: it is asked again after 1, 2, 4 … 30 s."""
        self.asked_at = now + min(2.0 ** (self.faults - 1), LONGEST_HOLD)
        self.faults += 1

    def succeeded(self) -> None:
        """The platform is there: full pace from now on."""
        self.faults = 0
