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
        if said in (str(number), vietnamese.fold(label), _bare(label)):
            return str(value)
    begun = [value for value, label in errand.about["options"] if _begins(_bare(label), said)]
    if len(begun) == 1:
        return str(begun[0])
    if errand.about.get("asks") and (commands.is_yes(typed) or commands.is_no(typed)):
        return str(errand.about["options"][0 if commands.is_yes(typed) else 1][0])
    return ""


def _bare(label: str) -> str:
    return _NUMBER.sub("", vietnamese.fold(label))


def _begins(label: str, said: str) -> bool:
    """Whether the first words of a button were typed."""
    return bool(said) and f"{label} ".startswith(f"{said} ")
