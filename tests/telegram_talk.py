"""A Telegram channel against the fake server: opened, used and closed in one event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Self, TypeVar

from bot.channel import Limits
from bot.channels.telegram import TelegramChannel, open_bot
from storage.messages import Incoming
from tests.fake_telegram import TOKEN

Result = TypeVar("Result")
LAN, HAI = 5001, 5002
PATIENCE = 15.0
"""Seconds for what must happen; far more than it needs on a quiet machine."""


def with_channel(base: str, use: Callable[[TelegramChannel], Awaitable[Result]], **more: Any) -> Result:
    """Open a channel without limits, do something with it, close it."""

    async def run() -> Result:
        channel = TelegramChannel(open_bot(TOKEN, base), **{"limits": Limits(), **more})
        try:
            return await use(channel)
        finally:
            await channel.close()

    return asyncio.run(run())


async def until(condition: Callable[[], object]) -> None:
    """Wait for something to become true."""
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110 - what is waited for happens in another thread
            await asyncio.sleep(0.005)


class Listening:
    """Listens in the background and keeps what came; `faults` are raised one after another before that."""

    def __init__(self, channel: TelegramChannel) -> None:
        self.channel = channel
        self.heard: list[Incoming] = []
        self.faults: list[Exception] = []
        self.gate = asyncio.Event()
        """Until it is set, nothing is committed."""
        self.gate.set()

    async def receive(self, incoming: Incoming) -> None:
        """Commit one message."""
        if self.faults:
            raise self.faults.pop(0)
        await self.gate.wait()
        self.heard.append(incoming)

    async def __aenter__(self) -> Self:
        self.task = asyncio.ensure_future(self.channel.listen(self.receive))
        return self

    async def __aexit__(self, *_: object) -> None:
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)

    @property
    def texts(self) -> list[str]:
        """What was said, in the order of the commits."""
        return [incoming.text or incoming.choice or incoming.event for incoming in self.heard]


def file_under(root: Path, name: str, body: bytes) -> str:
    """A file in the data directory; its relative path."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    return name
