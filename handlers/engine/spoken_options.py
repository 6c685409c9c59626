"""Options named inside a sentence: what is said around them is left out, and then they are read back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from handlers.engine.glosses import gloss
from handlers.engine.labels import STRONG, known, strength
from handlers.engine.number_cursor import starts
from handlers.engine.vietnamese import Word, fold, words

_TAG = re.compile(
    r"[ ,]+(?:dung|phai|duoc)(?: (?:khong|ko|k|chua|hong))?(?: (?:a|ha|em|anh|chi|nhi|vay|the|day))* ?\??$|"
    r"[ ,]+(?:ha|nhi)(?: (?:em|anh|chi|a))? ?\??$"
)
_MORE = re.compile(
    r"^(?:(?:them|con|co) )*them (?:ca )?|^(?:va|voi) (?:ca )?|[ ,]+(?:nua|voi ca)(?: (?:a|em|nhe|di))*$"
)
_REST_NONE = re.compile(
    r"[ ,;.]+(?:(?:con lai|ngoai ra|con) )(?:thi )?(?:khong|ko|k|chang)(?: co)?(?: gi)?(?: (?:nua|het|ca|a|em))*$"
)
_NOTHING_BUT = re.compile(
    r"^(?:khong|ko|k|chang)(?: co)?(?: gi)?(?: (?:dac biet|nhieu|khac|may|lam))*[ ,;]+chi (?:co )?(?=.)"
)
_CLAUSE = re.compile(r"[,;.!?…]+ ")
_MOST_CLAUSES = 3
_WORDS = 3
"""Of a label, by which a clause already names it."""
_DENIES = frozenset(
    {"khong", "chua", "~khong", "tru", "bo", "ngoai", "thieu", "loai", "hoac", "hay", "dung~"}
)


def less(message: str, labels: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The message without ever more of what is said around the options, and why what is left is to be read back."""
    doubt = ""
    for pattern, reason in (
        (_TAG, "question"),
        (_REST_NONE, "unknown_words"),
        (_NOTHING_BUT, "unknown_words"),
        (_MORE, ""),
    ):
        cut = _without(pattern, message)
        if cut != message:
            message, doubt = cut, doubt or reason
            yield message, doubt
    for _ in range(_MOST_CLAUSES):
        rest = _after_a_clause(message, labels)
        if rest is None:
            return
        message = rest
        yield message, "unknown_words"


def adds(message: str) -> bool:
    """Whether the words join options to those that are ticked: "thi đua nữa", "thêm mục 3"."""
    return _without(_MORE, message) != message


def _without(pattern: re.Pattern[str], message: str) -> str:
    folded = fold(message)
    if len(folded) != len(message):
        return message
    while (found := pattern.search(folded)) is not None and found[0]:
        message = message[: found.start()] + message[found.end() :]
        folded = fold(message)
    return message.strip()


def _after_a_clause(message: str, labels: Sequence[str]) -> str | None:
    """The message after its first clause, if that one names, counts and denies nothing."""
    found = _CLAUSE.search(message)
    if found is None or not found.start():
        return None
    line = words(message[: found.start()])
    speaks = any(_tells(line, at, labels) for at in range(len(line)))
    denies = _DENIES & set(gloss(line)) if line else set()
    return None if speaks or denies else message[found.end() :]


def _tells(line: Sequence[Word], at: int, labels: Sequence[str]) -> bool:
    if line[at].figure or starts(line, at):
        return True
    if not known(line[at], labels):
        return False
    here = (line[at : at + size] for size in range(1, _WORDS + 1))
    return any(strength(words_here, label) >= STRONG for words_here in here for label in labels)
