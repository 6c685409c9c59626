"""Files that people sent are fetched after their message was taken: a large one delays nobody's answer."""

from __future__ import annotations

import asyncio
import contextlib
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

    def wake(self) -> None:
        """A message with files came in."""
        self._wake.set()

    async def serve(self, now: Callable[[], datetime]) -> None:
        """Fetch until cancelled."""
        while True:
            self._wake.clear()
            try:
                while await self.fetch_due(now()):
                    pass
            except Exception:
                log.exception("fetching files failed; it goes on in a moment")
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(PULSE):
                    await self._wake.wait()

    async def fetch_due(self, now: datetime) -> int:
        """Fetch what is due, some at once; how many were tried."""
        with self.database.read() as db:
            files = remote_files.wanted(db, now, AT_ONCE, tuple(self.channels))
        await asyncio.gather(*(self._fetch(file, now) for file in files))
        return len(files)

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
