"""A wish to hand in behind other words: "ừ gửi đi em", "ko, gửi đi cho tôi còn về"."""

from __future__ import annotations

import re

from handlers.engine.commands import LONGEST, message_of, within
from handlers.engine.vietnamese import fold

_CLAUSE = re.compile(r"[,;.!…\n]+\s*")
_HURRY = re.compile(
    r" cho (?:(?:toi|minh|anh|chi|em|co|chu|bac) )?(?:con \w+(?: \w+){0,3}|xong|nhanh|roi|gon|kip(?: \w+){0,2})"
    r"(?: (?:di|em|nhe|nha|a|viec|chuyen))*$"
)
"""Why it is to be handed in now: "… cho tôi còn về"."""


def before(text: str) -> str | None:
    """What is said before a wish to hand in that ends the message: "ko, gửi đi cho tôi còn về" says "ko".

    Empty if the whole message is that wish; None if it ends otherwise.
    """
    if "?" in text or len(text) > LONGEST:
        return None
    if _submits(text):
        return ""
    apart = (part for part in _CLAUSE.finditer(text) if _submits(text[part.end() :]))
    return next((text[: part.start()].strip() for part in apart), None)


def _submits(text: str) -> bool:
    message = message_of(text)
    hurry = _HURRY.search(fold(message))
    found = within(message[: hurry.start()] if hurry else message)
    return found is not None and found.name == "submit"
