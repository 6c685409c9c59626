"""What an answer counts: "3 góc" where events are asked for is read back, since the figure may belong elsewhere."""

from __future__ import annotations

import re
from functools import lru_cache

from handlers.engine.glosses import gloss
from handlers.engine.phrases import UNITS
from handlers.engine.question import Question
from handlers.engine.vietnamese import clean, fold, words

_ALIKE = tuple(
    frozenset(group.replace("\n", "|").replace("    ", "").split("|"))
    for group in (
        """nguoi|ng|nguoi lao dong|luot nguoi|luot doan vien|luot cnvcld|luot|doan vien|dv|hoi vien|thanh vien|cnvcld
    cnvc|cnld|nld|cong nhan|lao dong|can bo|cbcnv|giao vien|gv|nhan vien|vien chuc|cong chuc|dong chi|dc|chau|ho
    ho ngheo|ho gia dinh|gia dinh|hoan canh|truong hop|th|suat|suat qua|suat quaf|phan|phan qua|phan quaf|ca nhan
    tap the|nu cong nhan|nguoi ngheo|nguoi dan|lan|chi em|anh em|anh chi em""",
        """cuoc|buoi|dot|lan|hoi nghi|toa dam|lop tap huan|tap huan|cuoc hop|cuoc giam sat|cuoc doi thoai
    cuoc tuyen truyen|buoi tuyen truyen|bai|bai viet|bai dang|tin bai|hoat dong""",
        "y tuong|sang kien|sk|giai phap|de tai",
        "kien nghi|de xuat|y kien|vuong mac|phan anh",
        "guong|dien hinh|mo hinh|ca nhan|tap the|nguoi|dong chi|dc",
        "goc|goc xuong",
        "khu|khu nha tro|nha tro",
    )
)
"""Words that may stand for each other, without marks; a word may belong to several groups."""
_COUNTED = re.compile(rf"(?<!\w)(?:{UNITS})(?!\w)")
_ANYTHING = frozenset({"cai", "noi dung", "viec", "vu", "vu viec", "nha", "to"})
"""Said of whatever is counted."""


def something_else(question: Question, text: str) -> bool:
    """Whether the answer names only things that the question does not count."""
    if not question.unit:
        return False
    named = _named(text)
    return bool(named) and not any(_fits(question, word) for word in named)


def fits(question: Question, text: str) -> bool:
    """Whether the answer names what the question counts."""
    return bool(question.unit) and any(_fits(question, word) for word in _named(text))


def _named(text: str) -> set[str]:
    return {found[0] for found in _COUNTED.finditer(" ".join(gloss(words(clean(text)))))} - _ANYTHING


def _fits(question: Question, word: str) -> bool:
    asked = _asked(f"{question.unit} {question.summary} {question.label}")
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", asked) is not None or any(
        word in group and fold(question.unit) in group for group in _ALIKE
    )


@lru_cache(maxsize=256)
def _asked(text: str) -> str:
    return fold(text)
