"""A reply as one or several messages: its files, its words, and its buttons under the last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.channel import SendError
from bot.channels.telegram.rendering import Keyboard
from bot.channels.telegram.splitting import split
from bot.channels.telegram.uploads import Upload
from bot.channels.telegram.words import units

CAPTION = 1024
"""UTF-16 units that fit under a file."""


@dataclass(frozen=True, slots=True)
class Step:
    """One message."""

    text: str = ""
    upload: Upload | None = None
    keyboard: Keyboard | None = None


def steps_of(text: str, uploads: Sequence[Upload], keyboard: Keyboard | None) -> list[Step]:
    """What is to be sent one after another; raises SendError when that is nothing."""
    if len(uploads) == 1 and units(text.strip()) <= CAPTION:
        return [Step(text.strip(), uploads[0], keyboard)]
    steps = [*(Step(upload=upload) for upload in uploads), *(Step(part) for part in split(text))]
    if not steps:
        raise SendError("a message without words and files", refused=True)
    return [*steps[:-1], replace(steps[-1], keyboard=keyboard)]
