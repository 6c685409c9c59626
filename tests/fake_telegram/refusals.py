"""What Telegram refuses, in its exact words."""

from __future__ import annotations

import math
from typing import Any


class Refused(Exception):
    """A call that Telegram does not carry out: HTTP status, description, and what a client may do about it."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    @property
    def body(self) -> dict[str, Any]:
        """The envelope of an error."""
        envelope = {"ok": False, "error_code": self.status, "description": self.description}
        return envelope | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(words: str, **parameters: int) -> Refused:
    """400: permanent."""
    return Refused(400, f"Bad Request: {_worded(words)}", **parameters)


def forbidden(words: str) -> Refused:
    """403: this chat is closed to the bot."""
    return Refused(403, f"Forbidden: {_worded(words)}")


def conflict(words: str) -> Refused:
    """409: somebody else receives the updates."""
    return Refused(409, f"Conflict: {words}")


def flood(seconds: float) -> Refused:
    """429: come back in so many seconds, rounded up and at least one."""
    wait = max(math.ceil(seconds), 1)
    return Refused(429, f"Too Many Requests: retry after {wait}", retry_after=wait)


def _worded(words: str) -> str:
    """The first letter is lower-cased unless the text looks like SOME_CODE (server source)."""
    if len(words) > 1 and (words[1] == "_" or "A" <= words[1] <= "Z"):
        return words
    return words[:1].lower() + words[1:]


NOT_FOUND = Refused(404, "Not Found")
UNKNOWN_METHOD = Refused(404, "Not Found: method not found")
MALFORMED_TOKEN = Refused(401, "Unauthorized: invalid token specified")
WRONG_TOKEN = Refused(401, "Unauthorized")
TOO_LARGE = Refused(413, "Request Entity Too Large")

WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
BY_SET_WEBHOOK = "terminated by setWebhook request"

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
STALE_QUERY = "query is too old and response timeout expired or query ID is invalid"
