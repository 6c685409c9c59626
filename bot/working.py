"""Slow work goes on beside the turns, one piece after another in a thread of its own."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from datetime import datetime

from handlers import tasks
from storage.database import Database

log = logging.getLogger(__name__)

PULSE = 5.0
"""Seconds between two looks when nothing wakes us, and after a fault of the database."""


class Working:
    """Does what was queued as a `Task`."""

    def __init__(self, database: Database, done: Callable[[], None]) -> None:
        self.database = database
        self.done = done
        """Called when a result waits in the outbox."""
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """There may be something to do."""
        self._wake.set()

    async def serve(self, now: Callable[[], datetime]) -> None:
        """Work until cancelled; what was cut off is done again by the next process."""
        while True:
            self._wake.clear()
            try:
                while await asyncio.to_thread(tasks.run_next, self.database, now()):
                    self.done()
            except Exception:
                log.exception("tasks could not be looked for; it goes on in a moment")
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(PULSE):
                    await self._wake.wait()
