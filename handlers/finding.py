"""Finds the unit that somebody means among those of a command: by code, by number in a list, by a part of the name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from handlers import finding_texts, showing
from handlers.engine import vietnamese
from handlers.talk import Talk
from storage import directory
from storage.directory import Named
from storage.messages import Reply

MOST = 10
"""Units of a list; who means another one types more of its name."""
LONGEST = 60


def units(talk: Talk, command: str, typed: str = "") -> list[Named]:
    """Units for which the sender may give a command and that the words may mean; all of them without words."""
    mine = directory.of(talk.db, talk.reach(command), talk.today)
    wanted = vietnamese.fold(typed).strip(" .")
    if not wanted:
        return mine
    part = [one for one in mine if wanted in _folded(one)]
    exact = [one for one in part if wanted in _folded(one).split("|")]
    return exact or part


@lru_cache(maxsize=16384)
def _folded(one: Named) -> str:
    """What a unit is called, without marks: folding thousands of names anew would be felt."""
    return "|".join(vietnamese.fold(words) for words in (one.code, one.name, one.short_name))


def unclear(talk: Talk, found: Sequence[Named], typed: str) -> Reply:
    """None of them, or several: the numbers count the first MOST."""
    shown = showing.clip(typed, LONGEST)
    if not found:
        return talk.say(finding_texts.NO_UNIT_FOUND, typed=shown)
    return talk.say(finding_texts.SEVERAL_UNITS, n=len(found), typed=shown, units=lines(found))


def lines(found: Sequence[Named]) -> str:
    """The first MOST of them, numbered."""
    return "\n".join(
        finding_texts.LINE.format(n=n, unit=showing.clip(one.name, 90), code=one.code)
        for n, one in enumerate(found[:MOST], 1)
    )


def number(typed: str, ids: Sequence[int]) -> int:
    """The id that a typed number of a list stands for; 0 if it stands for none."""
    digits = typed.strip().rstrip(".")
    place = int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 5 else 0
    return ids[place - 1] if 1 <= place <= len(ids) else 0
