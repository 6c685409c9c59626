"""What goes back to a bot over the wire."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from tests.fake_telegram.refusals import Refused

HTML = b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n"


@dataclass(slots=True)
class Answer:
    """Status and body, and what happens to them on their way."""

    status: int
    body: bytes
    retry_after: int = 0
    """Seconds for the header of that name; 0: none."""
    delay: float = 0.0
    """Seconds before it is sent."""
    cut: bool = False
    """The connection breaks instead."""
    mime: bytes = b"application/json"
    outcome: str = "ok"
    """What the records say."""


@dataclass(frozen=True, slots=True)
class Said:
    """A result with a description, as setWebhook gives it."""

    result: object
    description: str


@dataclass(slots=True, eq=False)
class Waiting:
    """A getUpdates call that waits for an update."""

    offset: int
    limit: int
    seconds: float
    answer: Callable[[Answer], None]


def granted(result: object) -> Answer:
    """The envelope of a result."""
    envelope: dict[str, object] = {"ok": True}
    if isinstance(result, Said):
        envelope |= {"result": result.result, "description": result.description}
    else:
        envelope["result"] = result
    return Answer(200, json.dumps(envelope, ensure_ascii=False, separators=(",", ":")).encode())


def batch(updates: list[bytes]) -> Answer:
    """The envelope of updates that are bytes already."""
    return Answer(200, b'{"ok":true,"result":[' + b",".join(updates) + b"]}")


def refused(refusal: Refused, delay: float = 0.0) -> Answer:
    """The envelope of a refusal."""
    body = json.dumps(refusal.body, ensure_ascii=False).encode()
    return Answer(
        refusal.status, body, refusal.parameters.get("retry_after", 0), delay, outcome=refusal.description
    )
