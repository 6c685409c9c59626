"""What a bot asks for: a method's name, its parameters in whatever style they came, and uploaded files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

NESTED = {
    "allowed_updates",
    "caption_entities",
    "commands",
    "entities",
    "link_preview_options",
    "menu_button",
    "reaction",
    "reply_markup",
    "reply_parameters",
    "scope",
}
"""Parameters that may come as JSON text; the records show them decoded."""


class NotJson(ValueError):
    """A nested parameter that cannot be read."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file part of a multipart body."""

    name: str
    body: bytes
    mime: str = ""


@dataclass(slots=True)
class Asked:
    """One call; every parameter is readable as text, whatever it came as."""

    method: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """As the server sees it: always text, missing is empty."""
        value = self.fields.get(name)
        if value is None:
            return ""
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int = 0, low: int | None = None, high: int | None = None) -> int:
        """A number within bounds; what is no number counts as 0, as on the server."""
        text = self.text(name)
        if not text:
            return default
        value = _leading_integer(text)
        value = value if low is None else max(value, low)
        return value if high is None else min(value, high)

    def flag(self, name: str) -> bool:
        """Whether it says yes."""
        return self.text(name).strip().lower() in {"true", "yes", "1"}

    def nested(self, name: str) -> Any:
        """A nested object, given as such or as JSON text; None when missing; NotJson when unreadable."""
        value = self.fields.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError as error:
            raise NotJson(value) from error

    def recorded(self) -> dict[str, Any]:
        """The parameters for the records: nested ones decoded, files by name and size."""
        shown = {name: self._shown(name, value) for name, value in self.fields.items()}
        files = {part: {"file": file.name, "size": len(file.body)} for part, file in self.uploads.items()}
        return shown | files

    def _shown(self, name: str, value: object) -> object:
        if name not in NESTED or not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            return value


def _leading_integer(text: str) -> int:
    sign = -1 if text.startswith("-") else 1
    digits = text[1:] if sign < 0 else text
    end = next((i for i, letter in enumerate(digits) if letter not in "0123456789"), len(digits))
    return sign * int(digits[:end] or 0)
