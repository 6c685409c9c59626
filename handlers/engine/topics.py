"""What an option is about, by the questions that it opens: "thăm ốm" speaks of the one that asks who was visited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from handlers.engine.phrases import UNITS
from handlers.engine.vietnamese import Word, clean, words

_COMMON = """
    số được trong tháng mới của hiện có đến cuối cần muốn gì hay và tổng giá trị đang này không đơn vị
"""
"""Words that any question may have."""
_COUNTED = frozenset(" ".join(UNITS.split("|")).split(" "))
_LONGEST = 6
"""Words of a segment that still names something."""


def topic(line: Sequence[Word], about: Sequence[str]) -> int | None:
    """The one option whose questions have a word of the line that no other option's have; None if none or several."""
    if len(line) > _LONGEST:
        return None
    told = {
        number
        for number, vocabulary in enumerate(_vocabularies(tuple(about)), start=1)
        if any(_is_in(word, vocabulary) for word in line)
    }
    return told.pop() if len(told) == 1 else None


def _is_in(word: Word, vocabulary: frozenset[Word]) -> bool:
    return any(
        word.shape == other.shape or (not word.marked and word.plain == other.plain) for other in vocabulary
    )


@lru_cache(maxsize=64)
def _vocabularies(about: tuple[str, ...]) -> tuple[frozenset[Word], ...]:
    """Each option's own words."""
    spoken = [
        {word for word in words(clean(text)) if word.plain.isalpha() and len(word.plain) > 1}
        for text in about
    ]
    common = {word.shape for word in words(_COMMON)}
    often = Counter(word.shape for each in spoken for word in each)
    return tuple(
        frozenset(
            word
            for word in each
            if often[word.shape] == 1 and word.shape not in common and word.plain not in _COUNTED
        )
        for each in spoken
    )
