"""What the three parsers of markup share: a text that grows, and the byte at which something went wrong."""

from __future__ import annotations

from typing import Any

from tests.fake_telegram.entities import Entity, utf16_length


class Broken(ValueError):
    """Markup that cannot be parsed; the words are Telegram's."""


class Scan:
    """A marked-up text that is read from left to right, and what is left of it without the markup."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.entities: list[Entity] = []
        self.length = 0
        """UTF-16 units written so far."""
        self._written: list[str] = []

    @property
    def more(self) -> bool:
        return self.at < len(self.source)

    @property
    def text(self) -> str:
        return "".join(self._written)

    def sees(self, what: str, ahead: int = 0) -> bool:
        """Whether this stands here, or a little ahead."""
        return self.source.startswith(what, self.at + ahead)

    def write(self, words: str) -> None:
        """Keep these words."""
        self._written.append(words)
        self.length += utf16_length(words)

    def copy(self) -> None:
        """Keep the letter that stands here."""
        self.write(self.source[self.at])
        self.at += 1

    def until(self, end: str) -> str | None:
        """What stands from here up to `end`, and go behind it; None when it never comes."""
        stop = self.source.find(end, self.at)
        if stop < 0:
            return None
        words = self.source[self.at : stop]
        self.at = stop + len(end)
        return words

    def byte(self, position: int) -> int:
        """The byte offset of a position, as Telegram's sentences count."""
        return len(self.source[:position].encode())

    def mark(self, kind: str, start: int, **details: Any) -> None:
        """Everything written since `start` (UTF-16 units) is such an entity; an empty one is dropped."""
        if self.length > start:
            self.entities.append({"type": kind, "offset": start, "length": self.length - start} | details)

    def link(self, url: str, start: int) -> None:
        """Everything written since `start` leads somewhere; a link that is none is dropped."""
        if url.startswith("tg://user?id="):
            user = {"id": int(url.partition("=")[2] or 0), "is_bot": False, "first_name": ""}
            self.mark("text_mention", start, user=user)
        elif "." in url or "://" in url:
            self.mark("text_link", start, url=url if "://" in url else f"http://{url}/")

    def result(self) -> tuple[str, list[Entity]]:
        """The bare text and its entities in order."""
        return self.text, sorted(self.entities, key=lambda one: (one["offset"], -one["length"]))
