"""What is written down for tests: every call, refused or not; the token stands in none."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Call:
    """One call: its method as the API spells it, its parameters decoded, and what became of it."""

    method: str
    parameters: dict[str, Any]
    outcome: str
    """ok, cut_before, cut_after, or what the refusal said."""
    status: int
    """The HTTP status; 0: the answer never came."""
    at: float
    """When it was accepted, epoch seconds."""


@dataclass(frozen=True, slots=True)
class Event:
    """What a user's act led to; update_id is None when the bot gets no update of it."""

    update_id: int | None
    message_id: int | None = None
    chat_id: int | None = None
    callback_id: str | None = None


@dataclass(frozen=True, slots=True)
class Toast:
    """An answer to a button press."""

    callback_id: str
    text: str
    alert: bool


class Records:
    """Calls and moments; with `keep` off only the moments, eight bytes each."""

    def __init__(self, token: str) -> None:
        self._token = token
        self.keep = True
        self.calls: list[Call] = []
        self.sends: array[float] = array("d")
        """When messages were accepted, epoch seconds."""
        self.counts: dict[str, int] = {}
        """Accepted calls by method."""

    def add(self, call: Call) -> None:
        if call.status == 200:
            self.counts[call.method] = self.counts.get(call.method, 0) + 1
        if self.keep:
            self.calls.append(call)

    def redacted(self, value: Any) -> Any:
        """The same without the token."""
        if isinstance(value, str):
            return value.replace(self._token, "<token>")
        if isinstance(value, Mapping):
            return {name: self.redacted(one) for name, one in value.items()}
        if isinstance(value, list):
            return [self.redacted(one) for one in value]
        return value
