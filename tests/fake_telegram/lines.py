"""The order in which a webhook gets updates: queues that do not wait for each other, and pauses after a failure."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterable

from tests.fake_telegram.updates import Queue, Update

CAP = (60.0, 120.0)
"""Seconds between which the longest pause is drawn."""
MAX_RETRY_AFTER = 3600.0


class Lines:
    """All queues of one webhook.  Not thread-safe: its owner holds the lock."""

    def __init__(self, updates: Iterable[Update], waits: float = 1.0) -> None:
        self.waits = waits
        """Factor on every pause."""
        self._queues: dict[Queue, deque[Update]] = {}
        self._idle: dict[Queue, None] = {}
        """Queues of which nothing is under way, in the order in which they became so."""
        for update in updates:
            self.add(update)

    def add(self, update: Update) -> None:
        queue = self._queues.get(update.queue)
        if queue is None:
            self._queues[update.queue] = deque([update])
            self._idle[update.queue] = None
        else:
            queue.append(update)

    def next(self, now: float, *, shuffled: bool = False) -> Update | None:
        """The head of a queue that is ready; it is under way from now on."""
        ready = (key for key in self._idle if self._queues[key][0].ready <= now)
        keys = list(ready) if shuffled else [next(ready, None)]
        key = random.choice(keys) if keys else None
        if key is None:
            return None
        del self._idle[key]
        return self._queues[key][0]

    def pause(self, now: float) -> float | None:
        """Seconds until the next queue is ready; None when nothing waits."""
        moments = [self._queues[key][0].ready for key in self._idle]
        return max(min(moments) - now, 0.0) if moments else None

    def done(self, update: Update) -> None:
        """It was taken, or given up: the next of its queue may follow."""
        queue = self._queues[update.queue]
        queue.popleft()
        if queue:
            self._idle[update.queue] = None
        else:
            del self._queues[update.queue]

    def pause_after(self, update: Update, retry_after: float) -> float:
        """Seconds for which the queue of an update that was not taken pauses.

        At once after the first failure, then 2, 4, 8 … s; what the answer's Retry-After says comes first.
        """
        pause = min(max(retry_after, 0.0), MAX_RETRY_AFTER)
        if not pause and update.fails:
            update.delay = min(update.delay * 2, random.uniform(*CAP))
            pause = update.delay
        update.fails += 1
        return pause

    def back(self, update: Update, now: float, pause: float) -> None:
        """It did not get through: its queue pauses, and then begins with it again."""
        update.ready = now + pause * self.waits
        self._idle[update.queue] = None
