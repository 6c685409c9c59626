"""Entities in a text: commands, mentions, hashtags and links that Telegram finds by itself; offsets in UTF-16."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

Entity = dict[str, Any]

_FOUND = re.compile(
    r"""(?P<url>https?://[^\s<>"]+[^\s<>".,;:!?)])
      | (?P<email>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)
      | (?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>]))
      | (?P<mention>(?<![\w@])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w))
      | (?P<hashtag>(?<![\w#])\#\w*[^\W\d]\w*)
    """,
    re.VERBOSE,
)


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, which is how Telegram counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def found(text: str) -> list[Entity]:
    """What the server marks in a text that nobody marked up."""
    if not any(sign in text for sign in "/@#:"):
        return []
    return [
        {
            "type": hit.lastgroup,
            "offset": utf16_length(text[: hit.start()]),
            "length": utf16_length(hit.group()),
        }
        for hit in _FOUND.finditer(text)
    ]


def together(given: Iterable[Entity], text: str) -> list[Entity]:
    """The given entities and those found outside of them, in their order."""
    marked = list(given)
    fresh = [one for one in found(text) if not any(_touch(one, other) for other in marked)]
    return sorted(marked + fresh, key=lambda one: (one["offset"], -one["length"]))


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Without white space around it; entities move along, and empty ones are gone."""
    cut = utf16_length(text[: len(text) - len(text.lstrip())])
    text = text.strip()
    end = utf16_length(text)
    kept = []
    for one in entities:
        start = max(one["offset"] - cut, 0)
        length = min(one["offset"] + one["length"] - cut, end) - start
        if length > 0:
            kept.append(one | {"offset": start, "length": length})
    return text, kept


def _touch(one: Entity, other: Entity) -> bool:
    return bool(
        one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"]
    )
