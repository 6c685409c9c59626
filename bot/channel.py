"""What every channel can do: listen for messages and send replies.  Nothing here knows a platform."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from storage.messages import Incoming, Reply

Receive = Callable[[Incoming], Awaitable[None]]
"""Hand over one message; returns after its transaction was committed."""


class SendError(Exception):
    """A message did not arrive.  `permanent`: trying again is useless; `unknown`: it may have arrived."""

    def __init__(
        self, reason: str, *, permanent: bool = False, unknown: bool = False, retry_after: float | None = None
    ) -> None:
        super().__init__(reason)
        self.permanent = permanent
        self.unknown = unknown
        self.retry_after = retry_after
        """Seconds the platform asked us to wait, if it did."""


class Channel(Protocol):
    """One platform."""

    name: str

    async def listen(self, receive: Receive) -> None:
        """Receive until cancelled."""

    async def send(self, address: str, reply: Reply, key: str) -> str:
        """Send once and return the platform's message id; raises SendError.

        `key` names the outgoing message; `reply.replaces`, if set, is the platform id of an earlier message.
        """
