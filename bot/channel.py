"""What every channel can do: listen for messages, send replies, fetch files.  Nothing here knows a platform."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from storage.messages import Incoming, Reply

if TYPE_CHECKING:
    from bot.pacing import Pace

Receive = Callable[[Incoming], Awaitable[None]]
"""Hand over one message; returns after its transaction was committed."""


class SendError(Exception):
    """A message did not arrive, or perhaps did; without any flag the fault is passing and it is tried again."""

    def __init__(  # noqa: PLR0913 - the outcomes that a platform distinguishes
        self,
        reason: str,
        *,
        refused: bool = False,
        unreachable: bool = False,
        unknown: bool = False,
        everyone: bool = False,
        retry_after: float | None = None,
        moved_to: str = "",
    ) -> None:
        super().__init__(reason)
        self.refused = refused
        """The platform will never take this message."""
        self.unreachable = unreachable
        """The platform will never take any message to this address."""
        self.unknown = unknown
        """It may have arrived: the answer is missing."""
        self.everyone = everyone
        """The platform as a whole is down or unreachable: other messages would fare no better."""
        self.retry_after = retry_after
        """Seconds the platform asked us to wait, if it did."""
        self.moved_to = moved_to
        """The chat has this address now."""


class ChannelClosedError(Exception):
    """The channel cannot work until an operator has done something; the remedy is in the text."""

    for_operator = True


@dataclass(frozen=True, slots=True)
class Limits:
    """The least seconds between two messages of a bot, to a person's chat, to a group (SETTLED: even spacing)."""

    bot: float = 0.0
    chat: float = 0.0
    group: float = 0.0


class Channel(Protocol):
    """One platform."""

    name: str
    limits: Limits
    tidies: bool
    """Whether spent buttons are taken off earlier messages."""

    def is_group(self, address: str) -> bool:
        """Whether more than one person reads there."""

    async def listen(self, receive: Receive) -> None:
        """Receive until cancelled; raises ChannelClosedError when only an operator can help."""

    async def send(self, address: str, reply: Reply, key: str) -> str:
        """Send once and return the platform's message id; raises SendError.

        `key` names the outgoing message; `reply.replaces`, if set, is the platform id of an earlier message.
        """

    async def fetch(self, remote: str, target: Path) -> int:
        """Write a file that the platform keeps to `target`, and return its size; raises SendError."""

    async def answers(self) -> bool:
        """Whether the platform answers at all: asked while it seems to be down, before anything is sent again."""

    def keep_pace(self, pace: Pace) -> None:
        """From now on a reply of several messages takes the slots of the others from here."""

    async def close(self) -> None:
        """Give back what is held open, once nothing is sent any more."""


class Quiet:
    """What a channel on this machine is spared: no limits, no groups, nothing to fetch."""

    limits = Limits()
    tidies = False

    def is_group(self, address: str) -> bool:  # noqa: ARG002 - the same for every address
        """Nobody else reads there."""
        return False

    async def fetch(self, remote: str, target: Path) -> int:  # noqa: ARG002 - no such file
        """There are no files elsewhere."""
        raise SendError(f"no file {remote!r}", refused=True)

    async def answers(self) -> bool:
        """It is this program."""
        return True

    def keep_pace(self, pace: Pace) -> None:
        """There is none."""

    async def close(self) -> None:
        """Nothing is held open."""
