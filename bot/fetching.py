"""Files that people sent are fetched after their message was taken: a large one delays nobody's answer."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import logging
import mimetypes
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from bot.channel import Channel, SendError
from storage import remote_files
from storage.database import Database
from storage.remote_files import RemoteFile

log = logging.getLogger(__name__)

AT_ONCE = 4
PULSE = 10.0
"""Seconds between two looks when no new file wakes us."""


class Fetching:
    """Brings the files of all channels home."""

    def __init__(
        self, database: Database, channels: Mapping[str, Channel], run: Callable[..., Awaitable[Any]]
    ) -> None:
        self.database = database
        self.channels = channels
        self.run = run
        self._wake = asyncio.Event()
        self._under_way: dict[int, asyncio.Task[None]] = {}

    def wake(self) -> None:
        """A message with files came in."""
        self._wake.set()

    async def serve(self, now: Callable[[], datetime]) -> None:
        """Fetch until cancelled: so many files at once, the next begins when one is done."""
        try:
            while True:
                self._wake.clear()
                self._start(now())
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(PULSE):
                        await self._wake.wait()
        finally:
            for task in self._under_way.values():
                task.cancel()

    def _start(self, now: datetime) -> None:
        try:
            with self.database.read() as db:
                most = AT_ONCE + len(self._under_way)
                files = remote_files.wanted(db, now, most, tuple(self.channels))
        except Exception:
            log.exception("files could not be looked for; it goes on in a moment")
            return
        fresh = [file for file in files if file.id not in self._under_way]
        for file in fresh[: AT_ONCE - len(self._under_way)]:
            task = self._under_way[file.id] = asyncio.ensure_future(self._fetch(file, now))
            task.add_done_callback(functools.partial(self._done, file.id))

    def _done(self, file_id: int, task: asyncio.Task[None]) -> None:
        del self._under_way[file_id]
        if not task.cancelled() and task.exception() is not None:
            log.error("attachment %s could not be written down: %s", file_id, type(task.exception()).__name__)
        elif not task.cancelled():
            self._wake.set()

    async def _fetch(self, file: RemoteFile, now: datetime) -> None:
        path = f"received/{file.received_at:%Y-%m}/{file.id}{_suffix(file)}"
        target = self.database.files / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            size = await self.channels[file.channel].fetch(file.remote, target)
        except (SendError, OSError) as error:
            await self.run(self._missed, file, error, now)
        else:
            await self.run(self._arrived, file, path, size)

    def _arrived(self, file: RemoteFile, path: str, size: int) -> None:
        with self.database.begin() as db:
            remote_files.arrived(db, file.id, path, size)

    def _missed(self, file: RemoteFile, error: Exception, now: datetime) -> None:
        final = isinstance(error, SendError) and error.refused
        with self.database.begin() as db:
            if final:
                remote_files.give_up(db, file.id)
            elif remote_files.put_off(db, file, now, getattr(error, "retry_after", None)):
                return
        log.error("the file of attachment %s is given up: %s", file.id, error)


def _suffix(file: RemoteFile) -> str:
    """The ending of the type, which is chosen from a list, and never of the name, which is the sender's."""
    return mimetypes.guess_extension(file.media_type) or ".bin"
