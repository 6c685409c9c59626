"""The JSON of the chat page: what a message looks like in the history and in the event stream."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from urllib.parse import quote

from storage.messages import Attachment, Reply

Json = dict[str, Any]
"""One JSON object."""


def from_bot(message_id: str, reply: Reply, at: datetime) -> Json:
    """A message of the bot; `message_id` is the id that `WebChannel.send` returned, the outbox key."""
    return {
        "id": message_id,
        "from": "bot",
        "text": reply.text,
        "choices": [asdict(choice) for choice in reply.choices],
        "attachments": _links(reply.attachments),
        "at": at.isoformat(),
        "replaces": reply.replaces,
    }


def from_person(message_id: str, text: str, at: datetime, attachments: Sequence[Attachment] = ()) -> Json:
    """A message of the person; for a press, `text` is the label of the pressed choice."""
    return {
        "id": message_id,
        "from": "me",
        "text": text,
        "choices": [],
        "attachments": _links(attachments),
        "at": at.isoformat(),
        "replaces": "",
    }


def _links(attachments: Sequence[Attachment]) -> list[Json]:
    return [
        {"url": _url(a.path), "name": a.name, "media_type": a.media_type, "kind": a.kind} for a in attachments
    ]


def _url(path: str) -> str:
    return f"/files/{quote(path)}" if path else ""
