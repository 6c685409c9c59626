"""Builds everything once, starts it and stops it: the only place that knows all parts."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import gc
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import scheduler
from bot import inbound
from bot.channel import Channel
from bot.clock import Clock
from bot.delivery import Delivery
from storage import outbox
from storage.database import Database
from storage.messages import Incoming

log = logging.getLogger(__name__)


def calm_garbage_collector() -> None:
    """What is loaded by now stays for ever: looking through it at every few turns costs a tenth of each."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 50)


class App:
    """One process: a writer thread that takes messages one after another, channels, jobs, delivery."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock
        self.delivery = Delivery(database, {}, self.in_writer)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._jobs: Any = None

    async def in_writer(self, function: Callable[..., Any], *args: object) -> Any:  # noqa: ANN401 - what it gives
        """Run in the thread that owns the writing connection; order of calls is kept (promise 3)."""
        return await asyncio.get_running_loop().run_in_executor(
            self._writer, functools.partial(function, *args)
        )

    async def receive(self, incoming: Incoming) -> None:
        """Take one message; returns after its commit, and only then may the platform be told (promise 1)."""
        await self.in_writer(inbound.receive, self.database, incoming)
        self.delivery.wake()

    async def deliver(self, now: datetime | None = None) -> int:
        """Send what is due."""
        return await self.delivery.drain(now or self.clock.now())

    async def run(self, channels: Mapping[str, Channel], *, jobs: bool = True) -> None:
        """Serve until a channel ends or the task is cancelled; then stop cleanly.  The database is locked already."""
        self.delivery = Delivery(self.database, channels, self.in_writer)
        try:
            await self.in_writer(self._recover)
            listening = [channel.listen(self.receive) for channel in channels.values()]
            await self._until_one_ends([self._work(jobs=jobs), *listening])
        finally:
            if self._jobs is not None:
                self._jobs.shutdown(wait=False)
            self._writer.shutdown(wait=True)

    async def _until_one_ends(self, working: list[Any]) -> None:
        tasks = [asyncio.ensure_future(work) for work in working]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
            await self.deliver()
        finally:
            for task in tasks:
                task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.gather(*tasks, return_exceptions=True)

    def _start_jobs(self, loop: asyncio.AbstractEventLoop) -> None:
        self._jobs = scheduler.start(self.database, now=self.clock.now, on_run=self._woken_by(loop))

    def _woken_by(self, loop: asyncio.AbstractEventLoop) -> Callable[..., None]:
        def woken(*_: object) -> None:
            loop.call_soon_threadsafe(self.delivery.wake)

        return woken

    def _recover(self) -> None:
        with self.database.begin() as db:
            again = outbox.recover(db)
        if again:
            log.warning("%s replies were under way when the last process stopped; they go out again", again)

    async def _work(self, *, jobs: bool) -> None:
        """Start the jobs while the channels listen, then deliver for ever: stale reminders are recalled first."""
        if jobs:
            await asyncio.to_thread(self._start_jobs, asyncio.get_running_loop())
        calm_garbage_collector()
        await self.delivery.serve(self.clock.now)
