"""Buttons that can be typed as well: by their number, or by what stands on them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers.engine import commands, vietnamese
from handlers.talk import Talk
from storage.conversations import Errand
from storage.messages import Choice, Reply

ERRAND = "offered"
_NUMBER = re.compile(r"^[0-9]{1,2}[.)]? ")


def offer(talk: Talk, words: str, choices: Sequence[Choice], *, asks: bool = False) -> Reply:
    """Say it over these buttons of commands; the next message may name one of them instead of pressing it.

    With `asks` the words end in a question, and the two buttons are also what "có" and "không" mean.
    """
    options = [[choice.value, choice.label] for choice in choices]
    talk.state.errand = Errand(ERRAND, {"options": options, "asks": asks})
    return Reply(words, tuple(choices))


def numbered(labels: dict[str, str]) -> tuple[Choice, ...]:
    """Buttons by value, each with its number in front."""
    return tuple(Choice(value, f"{n} {label}") for n, (value, label) in enumerate(labels.items(), 1))


def picked(errand: Errand, typed: str) -> str:
    """The value of the button that was typed; empty if it was none."""
    if errand.name != ERRAND:
        return ""
    said = vietnamese.fold(typed.strip(" .!"))
    for number, (value, label) in enumerate(errand.about["options"], 1):
        words = vietnamese.fold(label)
        if said in (str(number), words, _NUMBER.sub("", words)):
            return str(value)
    if errand.about.get("asks") and (commands.is_yes(typed) or commands.is_no(typed)):
        return str(errand.about["options"][0 if commands.is_yes(typed) else 1][0])
    return ""
