"""What the chat page needs from the house."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.channels.web.shape import Json
from storage.messages import Attachment


class Desk(Protocol):
    """What the page needs from the house.

    All but `move` and `now` may be called from a worker thread.  In the history, a bot message has the id that
    `WebChannel.send` returned (the key of the outgoing message), a person's message its `message_id`.
    """

    def people(self) -> list[Json]:
        """Everybody one can be: address, name, title, unit, group, kind (`person` or `channel`), in order."""

    def history(self, address: str) -> list[Json]:
        """The messages of one chat, oldest first, as `shape` makes them."""

    def keep(self, name: str, media_type: str, body: bytes) -> Attachment:
        """Store an upload."""

    def file(self, path: str) -> Path | None:
        """An attachment's real file; None if it is unknown or outside the data directory."""

    def clock(self) -> Json:
        """`now` (ISO), `label` (for people) and `moves`: `to`, `label`, `at` (ISO or None)."""

    async def move(self, to: str) -> Json:
        """Move the clock, run the jobs that are due, and return the clock."""

    def now(self) -> datetime:
        """The clock's time, aware."""
