"""What was just asked in passing, so that HOTRO alone sends it to a person: it need not be typed again."""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers import chatter_texts
from handlers.talk import Talk
from storage.conversations import Errand
from storage.messages import Choice

ERRAND = "passing_on"
HOLDS = timedelta(hours=12)
"""So long HOTRO still means what was typed before it."""


MOST = 900
"""Characters that fit into a question to a person."""


def keep(talk: Talk, words: str) -> None:
    """Remember it for the next message alone."""
    talk.state.errand = Errand(ERRAND, {"words": words, "at": talk.now.isoformat()})


def keep_also(talk: Talk, words: str) -> None:
    """Remember a further question together with the one before it: "là sao?" says little without it."""
    both = f"{kept(talk)}\n{words}".strip()
    keep(talk, both if len(both) <= MOST else words[:MOST])


def kept(talk: Talk) -> str:
    """What waited for this message; empty if nothing did, or if it is long ago."""
    held = talk.left
    if held is None or held.name != ERRAND or talk.now - datetime.fromisoformat(held.about["at"]) > HOLDS:
        return ""
    return str(held.about["words"])


def button(label: str = chatter_texts.TO_PERSON) -> Choice:
    """The same as HOTRO."""
    return Choice("do:human", label)
