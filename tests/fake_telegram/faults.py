"""Faults that a test asks for: refusals, broken connections, slow answers."""

from __future__ import annotations

from dataclasses import dataclass

from tests.fake_telegram.asked import Asked
from tests.fake_telegram.refusals import Refused, flood

REASONS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}
KINDS = {"cut_before", "cut_after", "slow", "html", "429", *map(str, REASONS)}


@dataclass(slots=True)
class Fault:
    """What goes wrong, with which calls, and how often."""

    kind: str
    """An HTTP status; cut_before or cut_after (the call was carried out); slow; html (a proxy's page)."""
    method: str | None = None
    """None: every one; "download" is the fetching of files."""
    times: int | None = 1
    """None: until it is cleared."""
    chat_id: str | None = None
    retry_after: float = 1.0
    delay: float = 1.0
    """Seconds, for slow."""
    description: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown fault {self.kind!r}")

    def hits(self, asked: Asked) -> bool:
        """Whether it concerns this call; then it has happened once more."""
        if self.times == 0 or self.method not in (None, asked.method):
            return False
        if self.chat_id is not None and asked.text("chat_id") != self.chat_id:
            return False
        if self.times is not None:
            self.times -= 1
        return True

    @property
    def refusal(self) -> Refused | None:
        """What is answered instead of carrying out the call."""
        if self.kind == "429":
            return flood(self.retry_after)
        if self.kind.isdigit():
            status = int(self.kind)
            return Refused(status, self.description or REASONS[status])
        return None
