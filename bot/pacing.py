"""How fast one bot may speak: even spacing, nothing saved up, and silence while its platform is down.

SETTLED: a bucket that saves up slots reaches twice the limit in one second; even spacing never does.
"""

from __future__ import annotations

from bot.channel import Limits

AHEAD = 0.25
"""Seconds for which slots are given out at once: the longest that a reply waits behind what was claimed before it."""
JITTER = 0.004
"""Seconds by which a slot may be late without the next ones moving: what an event loop needs to wake up."""
UNPACED = 200
"""Messages that are claimed at once where the platform sets no pace."""
LONGEST_HOLD = 30.0


class Pace:
    """The slots of one bot.  Times are seconds of a monotonic clock.

    The first slot lies one chat interval after `start`: an earlier process may have used all slots until its death.
    """

    def __init__(self, limits: Limits, start: float) -> None:
        self.limits = limits
        self.faults = 0
        """How many times in a row the platform as a whole was found to be down."""
        self._next = start + limits.chat
        self._held = start

    def room(self, now: float) -> int:
        """How many messages may be claimed now; one, to try, as long as the platform was down last time."""
        if max(self._next, self._held) > now + AHEAD:
            return 0
        if self.faults:
            return 1
        if not self.limits.bot:
            return UNPACED
        return int((now + AHEAD - max(self._next, now)) / self.limits.bot) + 1

    def opens(self, now: float) -> float:
        """Seconds until there is room for half of what is given out at once."""
        return max(self._next - AHEAD / 2 - now, self._held - now, 0.0)

    def reserve(self, now: float) -> float:
        """Take the next slot: the moment at which to send."""
        slot = max(self._next if now - self._next <= JITTER else now, self._held)
        self._next = slot + self.limits.bot
        return slot

    def rest(self, slot: float, *, group: bool) -> float:
        """When the chat that is written to at `slot` may be written to again."""
        return slot + (self.limits.group if group else self.limits.chat)

    def failed(self, now: float) -> None:
        """The platform is down: silence for 1, 2, 4 … 30 s, then a single message to try."""
        if now >= self._held:
            self.faults += 1
            self._held = now + min(2.0 ** (self.faults - 1), LONGEST_HOLD)

    def succeeded(self, now: float) -> None:
        """The platform is there: full pace from now on."""
        self.faults = 0
        self._held = min(self._held, now)
