"""Telegram's limits on what a bot sends: overall, to a group, to a person."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

OVERALL = (30, 1.0)
GROUP = (20, 60.0)
"""So many messages in any window of so many seconds."""
BURST = 5
"""So many messages to a person at once; then one a second."""


@dataclass(slots=True)
class Window:
    """A sliding window."""

    limit: int
    seconds: float
    _moments: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        """Seconds until there is room for one more; 0: there is."""
        while self._moments and self._moments[0] <= now - self.seconds:
            self._moments.popleft()
        return self._moments[0] + self.seconds - now if len(self._moments) >= self.limit else 0.0

    def add(self, now: float) -> None:
        self._moments.append(now)


@dataclass(slots=True)
class Bucket:
    """One a second, and a few in advance."""

    level: float = 0.0
    at: float = 0.0

    def wait(self, now: float) -> float:
        """Seconds until there is room for one more; 0: there is."""
        self.level = max(self.level - (now - self.at), 0.0)
        self.at = now
        return max(self.level + 1 - BURST, 0.0)

    def add(self, _now: float) -> None:
        self.level += 1


class Floods:
    """Counts what was sent, and says when more may be."""

    def __init__(self) -> None:
        self._overall = Window(*OVERALL)
        self._chats: dict[int, Window | Bucket] = {}

    def wait(self, chat_id: int, now: float, *, group: bool) -> float:
        """Count a message to this chat, or say how many seconds it is too early: then it is not counted."""
        chat = self._chats.get(chat_id)
        if chat is None:
            chat = self._chats[chat_id] = Window(*GROUP) if group else Bucket()
        wait = max(self._overall.wait(now), chat.wait(now))
        if not wait:
            self._overall.add(now)
            chat.add(now)
        return wait
