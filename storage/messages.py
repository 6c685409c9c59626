"""What crosses the door, stored as it is: Incoming from a person, Reply to a person.

Both are frozen and travel as JSON: an Incoming stands in the inbox, a Reply in the outbox.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Self

MAX_TEXT = 2000
"""Longest text of a Reply, in UTF-16 units: what the narrowest platform takes (DOMAIN 1, finding 3)."""


_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")
"""No text in PostgreSQL holds the first, and halves of a sign are no UTF-8."""

EVENTS = ("blocked", "unblocked", "added", "removed", "moved", "own_phone", "other_phone", "unreadable")
"""`blocked`, `unblocked`: the person shut the bot out, or let it in again; `added`, `removed`: to or from the group or
channel `address`, by the account in `text`; `moved`: the group has the new address in `text`; `own_phone`: the
account's verified number is `text`; `other_phone`: a contact that proves nothing; `unreadable`: a kind of message
that we have no use for."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message or goes with a reply; `path` is relative to the data directory."""

    path: str
    name: str
    media_type: str
    size: int = 0
    kind: str = "file"
    """`photo`, `file`, `voice` or `sticker` (a sticker has no path)."""
    remote: str = ""
    """The platform's own name of a file that is still to be fetched: it has no path until then."""

    def __post_init__(self) -> None:
        """As of what is written (`Incoming`)."""
        if _NOT_STORABLE.search(self.name):
            object.__setattr__(self, "name", _NOT_STORABLE.sub("\ufffd", self.name))


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message or button press from a person; `received_at` is aware and is the only clock of a turn."""

    channel: str
    address: str
    message_id: str
    received_at: datetime
    text: str = ""
    choice: str = ""
    """The value of the pressed Choice; empty when the person typed."""
    attachments: tuple[Attachment, ...] = ()
    edited: bool = False
    bot: str = ""
    """Which bot of the channel received it; message ids are unique per channel and bot."""
    event: str = ""
    """What happened when nothing was said: one of EVENTS."""
    reference: str = ""
    """The platform's number of the message within its chat: an edited message is known by it."""
    label: str = ""
    """What stood on the pressed button."""
    name: str = ""
    """What the account or the group calls itself."""

    def __post_init__(self) -> None:
        """What no database can keep is taken out at the door, so that it cannot hold up what comes after it."""
        for name in ("text", "choice", "label", "name"):
            if _NOT_STORABLE.search(getattr(self, name)):
                object.__setattr__(self, name, _NOT_STORABLE.sub("\ufffd", getattr(self, name)))

    def to_json(self) -> dict[str, Any]:
        """The stored form, without what is empty; `received_at` as ISO text."""
        body: dict[str, Any] = {name: held for name in self.__slots__ if (held := getattr(self, name))}
        if self.attachments:
            body["attachments"] = [asdict(file) for file in self.attachments]
        body["received_at"] = self.received_at.isoformat()
        return body

    @classmethod
    def from_json(cls, body: dict[str, Any]) -> Self:
        """Undo `to_json`."""
        files = tuple(Attachment(**a) for a in body.get("attachments", ()))
        at = datetime.fromisoformat(body["received_at"])
        return cls(**{**body, "attachments": files, "received_at": at})


SHARE_PHONE = "share:phone"
"""A choice by which an account gives its own verified number, where the platform can: the answer is `own_phone`."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A quick reply: what comes back when it is pressed, and what stands on the button."""

    value: str
    """At most 64 bytes of ASCII (Telegram's callback data)."""
    label: str
    marked: bool = False
    """Ticked, in a question that takes several."""

    def to_json(self) -> dict[str, Any]:
        """The stored form, without what is usual."""
        body: dict[str, Any] = {"value": self.value, "label": self.label}
        return body | {"marked": True} if self.marked else body


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bot says.  A channel without buttons writes the choices as a numbered list."""

    text: str
    choices: tuple[Choice, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    replaces: str = ""
    """Key of an earlier outgoing message that this one takes the place of, where the platform can edit."""
    spends: str = ""
    """Key of an earlier outgoing message whose buttons mean nothing any more once this one is said."""
    chosen: str = ""
    """What stood on the one of those buttons that was pressed; it stays to be seen."""

    def with_choices(self, *choices: Choice) -> Reply:
        """The same words over other buttons."""
        return replace(self, choices=choices)

    def to_json(self) -> dict[str, Any]:
        """The stored form, without what is empty."""
        body: dict[str, Any] = {
            "text": self.text,
            "choices": [choice.to_json() for choice in self.choices],
            "attachments": [asdict(file) for file in self.attachments],
            "replaces": self.replaces,
            "spends": self.spends,
            "chosen": self.chosen,
        }
        return {name: value for name, value in body.items() if value}

    @classmethod
    def from_json(cls, body: dict[str, Any]) -> Self:
        """Undo `to_json`."""
        choices = tuple(Choice(**c) for c in body.get("choices", ()))
        files = tuple(Attachment(**a) for a in body.get("attachments", ()))
        keys = {name: body.get(name, "") for name in ("replaces", "spends", "chosen")}
        return cls(body.get("text", ""), choices, files, **keys)
