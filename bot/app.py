"""Builds everything once, starts it and stops it: the only place that knows all parts."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import gc
import logging
import signal
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import scheduler
from bot import inbound
from bot.channel import Channel, Limits
from bot.clock import Clock
from bot.delivery import Delivery
from bot.fetching import Fetching
from bot.settings import Settings
from bot.working import Working
from handlers.engine import late
from storage import outbox
from storage.database import Database
from storage.messages import Incoming

log = logging.getLogger(__name__)

Now = Callable[[], datetime]
AT_ONCE = 25
"""Messages that share a commit when many arrive at once: what goes out waits no longer than these take."""


def _telegram(settings: Settings, now: Now) -> Channel | None:
    token = settings.telegram_token.get_secret_value()
    if not token:
        return None
    from bot.channels import telegram  # noqa: PLC0415 - loaded where there is a token

    limits = Limits(
        1 / settings.telegram_per_second,
        settings.telegram_chat_seconds,
        60 / settings.telegram_group_per_minute,
    )
    secret = settings.telegram_webhook_secret.get_secret_value() if settings.public_url else ""
    bot = telegram.open_bot(token, settings.telegram_base_url, settings.telegram_file_base_url)
    return telegram.TelegramChannel(bot, files=settings.files, now=now, limits=limits, secret=secret)


CHANNELS: dict[str, Callable[[Settings, Now], Channel | None]] = {"telegram": _telegram}
"""Name → what builds the channel; None where the settings do not ask for it."""


def calm_garbage_collector() -> None:
    """What is loaded by now stays for ever: looking through it at every few turns costs a tenth of each."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 50)


class App:
    """One process: a writer thread that takes messages one after another, channels, jobs, delivery, files."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock
        self.delivery = Delivery(database, {}, self.in_writer)
        self.fetching = Fetching(database, {}, self.in_writer)
        self.working = Working(database, self.delivery.wake)
        self.ready = False
        """The jobs have caught up and messages go out."""
        self.received = Counter[str]()
        self.turn_seconds = 0.0
        """From handing a message over to its commit, all of them together."""
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._jobs: Any = None
        self._arrived: list[tuple[Incoming, asyncio.Future[None]]] = []
        self._taking: asyncio.Future[None] | None = None

    async def in_writer(self, function: Callable[..., Any], *args: object) -> Any:  # noqa: ANN401 - what it gives
        """Run in the thread that owns the writing connection; order of calls is kept (promise 3)."""
        return await asyncio.get_running_loop().run_in_executor(
            self._writer, functools.partial(function, *args)
        )

    async def receive(self, incoming: Incoming) -> None:
        """Take one message; returns after its commit, and only then may the platform be told (promise 1)."""
        began = time.monotonic()
        committed = asyncio.get_running_loop().create_future()
        self._arrived.append((incoming, committed))
        if self._taking is None:
            self._taking = asyncio.ensure_future(self._take_arrived())
        await committed
        self.turn_seconds += time.monotonic() - began
        self.received[incoming.channel] += 1
        self.working.wake()
        if incoming.attachments:
            self.fetching.wake()

    async def _take_arrived(self) -> None:
        """Take what has arrived, in its order; what arrives meanwhile shares the next commit."""
        while self._arrived:
            batch, self._arrived = self._arrived[:AT_ONCE], self._arrived[AT_ONCE:]
            try:
                await self.in_writer(inbound.receive_all, self.database, [incoming for incoming, _ in batch])
            except Exception as error:  # noqa: BLE001 - whoever waits hears of it
                # What has arrived since fails, too: handed over again, all keep their order.
                later, self._arrived = self._arrived, []
                self._tell([*batch, *later], error)
            else:
                self._tell(batch, None)
                self.delivery.wake()
        self._taking = None

    def _tell(self, batch: list[tuple[Incoming, asyncio.Future[None]]], error: Exception | None) -> None:
        for _, committed in batch:
            if committed.done():
                continue
            if error is None:
                committed.set_result(None)
            else:
                committed.set_exception(error)

    async def deliver(self, now: datetime | None = None) -> int:
        """Send what is due."""
        return await self.delivery.drain(now or self.clock.now())

    async def run(
        self,
        channels: Mapping[str, Channel],
        *,
        jobs: bool = True,
        beside: Sequence[Callable[[], Coroutine[Any, Any, None]]] = (),
    ) -> None:
        """Serve until a channel ends or the task is cancelled; then stop cleanly.  The database is locked already."""
        self.database.stopping = False
        self.delivery = Delivery(self.database, channels, self.in_writer)
        self.fetching = Fetching(self.database, channels, self.in_writer)
        self.working = Working(self.database, self.delivery.wake)
        try:
            await self.in_writer(self._recover)
            self._writer.submit(late.compile_all)
            listening = [channel.listen(self.receive) for channel in channels.values()]
            working = [self._work(jobs=jobs), self.fetching.serve(self.clock.now),
                       self.working.serve(self.clock.now)]  # fmt: skip
            await self._until_one_ends([*working, *(start() for start in beside), *listening])
        finally:
            self.database.stopping = True
            if self._jobs is not None:
                self._jobs.shutdown(wait=False)
            for channel in channels.values():
                await channel.close()
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
            # A job may outlast the program's end: then nobody delivers any more.
            with contextlib.suppress(RuntimeError):
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
        self.ready = True
        await self.delivery.serve(self.clock.now)


def run_until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """Run until it ends, or until Ctrl-C or a service manager stops it; either is a clean stop."""

    async def main() -> None:
        working = asyncio.ensure_future(work)
        loop = asyncio.get_running_loop()
        for stop in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(
                NotImplementedError
            ):  # Windows has no such handlers; Ctrl-C works there, too
                loop.add_signal_handler(stop, working.cancel)
        with contextlib.suppress(asyncio.CancelledError):
            await working

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main())
