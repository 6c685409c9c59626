"""The open event streams of the chat page: who looks at which person's chat, and what they are told."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

from bot.channels.web.shape import Json

HEARTBEAT = 15.0
"""Seconds; a quiet stream tells the time, so that a dead connection is noticed on both sides."""


@dataclass(eq=False, slots=True)
class _Stream:
    address: str
    events: asyncio.Queue[str] = field(default_factory=asyncio.Queue)


class Streams:
    """Every open page; all calls come from the event loop that serves them."""

    def __init__(self) -> None:
        self._open: set[_Stream] = set()
        self._closed = False

    def message(self, address: str, message: Json) -> None:
        """Show a message to those who look at `address`; the others learn that there is one."""
        for stream in self._open:
            if stream.address == address:
                stream.events.put_nowait(_event("message", message))
            elif message["from"] == "bot":
                stream.events.put_nowait(_event("unread", {"address": address}))

    def clock(self, clock: Json) -> None:
        """Tell everybody the time."""
        for stream in self._open:
            stream.events.put_nowait(_event("clock", clock))

    async def follow(self, address: str, clock: Callable[[], Awaitable[Json]]) -> AsyncIterator[str]:
        """What one page is told, as server-sent events, until `close`."""
        stream = _Stream(address)
        self._open.add(stream)
        try:
            yield "retry: 1000\n\n"
            yield _event("clock", await clock())
            while not self._closed and (event := await _next(stream)):
                yield event if event != "quiet" else _event("clock", await clock())
        finally:
            self._open.discard(stream)

    def close(self) -> None:
        """End every stream, for good."""
        self._closed = True
        for stream in self._open:
            stream.events.put_nowait("")


async def _next(stream: _Stream) -> str:
    """The next event, empty at the end, "quiet" when nothing happened for a while."""
    try:
        return await asyncio.wait_for(stream.events.get(), HEARTBEAT)
    except TimeoutError:
        return "quiet"


def _event(name: str, body: Json) -> str:
    return f"event: {name}\ndata: {json.dumps(body, ensure_ascii=False)}\n\n"
