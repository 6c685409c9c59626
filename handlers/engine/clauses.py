"""A sentence with more in it than the answer: the one clause that answers, and never without reading it back."""

from __future__ import annotations

import re
from collections.abc import Callable

from handlers.engine import chatter, counting
from handlers.engine.glosses import gloss
from handlers.engine.number_cursor import starts
from handlers.engine.outcome import Reading
from handlers.engine.phrases import is_unknown
from handlers.engine.question import Question
from handlers.engine.vietnamese import clean, fold, words

_TALK = ("complaint", "insult", "thanks", "greeting", "laughter")
"""Kinds that say nothing about an answer beside them."""
_ENDS = re.compile(r"[,;.!?…()]+(?=\s|$)|\(")
_NEXT_FIGURE = re.compile(r"(?<=[^\W\d]) (?=[0-9])")
_DENIES = frozenset({"khong", "chua", "chang", "~khong", "tru", "bo", "nham", "sai", "dung", "phai"})
_MONEY = re.compile(r"[0-9](?: ?)(?:k|ng?h?in|nghin|ngan|tr|trieu|m|cu|ty|ti|d|dong|vnd)(?![^\W\d_])")
_EACH = re.compile(r" (?:moi|1|mot|tung) [^\W\d_]+(?: [^\W\d_]+)?$")
_REASON = re.compile(r"(?:^|(?<=\S) )(?:tai|vi|do|boi|boi vi|tai vi|la do)(?= \S)")
_TAKES_BACK = re.compile(
    r"\?|\b(?:khong phai|ko phai|nham|sai|lon|chua|khong|ko|hay|hoac|khoang|tam|chung|ke hoach|du kien|sua|"
    r"thieu|con|moi|them|tru|bot|cong|nua|den|toi|tung|mot nguoi|nam ngoai|thang sau|tong|trong do|gom|vai|vua|"
    r"(?<!it )(?<!nhieu )(?<!cao )(?<!thap )(?<!dong )hon)\b"
)
"""Beside a number these may change it."""
_ADDS = re.compile(r"\bnua\b|\bthem\b|\bva\b|\bvoi\b|\bcong\b")
"""Beside one number they join another one to it."""
_CAME_OR_WENT = re.compile(r"\b(?:tang|giam|moi vao|vao moi|vua vao|nghi viec|nghi huu|chuyen (?:di|den))\b")


def states_money(text: str) -> bool:
    """Whether a number in it is a sum of money: 25tr, 500 nghìn, 300.000đ."""
    return _MONEY.search(fold(clean(text))) is not None


def without_talk(message: str) -> str:
    """The message without clauses that only complain, thank or greet; empty if there are none, or nothing else."""
    parts = _parts(message)
    kept = [part for part in parts if _has_number(part) or chatter.heard(part) not in _TALK]
    return ", ".join(kept) if 0 < len(kept) < len(parts) else ""


def with_a_number(message: str) -> str:
    """The one clause with a number among some that explain: "181 thôi, ít hơn tại mấy chị nghỉ"; empty if none is."""
    parts = [part for part in (_without_reason(part) for part in _parts(message)) if part]
    numbered = [part for part in parts if _has_number(part)]
    explained = len(parts) > 1 or _without_reason(message) != message
    if len(numbered) != 1 or not explained:
        return ""
    beside = " ; ".join(fold(part) for part in parts if part != numbered[0])
    return "" if _TAKES_BACK.search(beside) or is_unknown(beside) else numbered[0]


def _without_reason(part: str) -> str:
    folded = fold(part)
    found = _REASON.search(folded) if len(folded) == len(part) else None
    return part[: found.start()].strip() if found else part


def _parts(message: str) -> list[str]:
    return [part.strip() for part in _ENDS.split(message) if part.strip()]


def _has_number(part: str) -> bool:
    line = words(part)
    return any(word.figure or starts(line, at) for at, word in enumerate(line))


def one_of(question: Question, text: str, read: Callable[[str], Reading]) -> Reading | None:
    """Of several numbers the one that counts what is asked for: "1 buổi, gần 200 chị em"; None if it is not certain."""
    parts = [piece for part in _parts(clean(text)) for piece in _pieces(part)]
    silent = [part for part in parts if not re.search(r"[0-9]", part)]
    if any(_has_number(part) or _DENIES & set(gloss(words(part))) for part in silent):
        return None
    said = _fitting(question, [part for part in parts if part not in silent])
    if said is None:
        return None
    reading = read(said)
    clear = reading.outcome in {"value", "confirm"} and bool(reading.value)
    return Reading("confirm", reading.value, "two_numbers") if clear else None


def _pieces(part: str) -> list[str]:
    """Cut before each figure but the first: 2 buổi | 150 người."""
    pieces: list[str] = []
    for piece in _NEXT_FIGURE.split(part):
        if pieces and (not re.search(r"[0-9]", pieces[-1]) or _is_number_word(pieces[-1])):
            pieces[-1] = f"{pieces[-1]} {piece}"
        else:
            pieces.append(piece)
    return pieces


def _is_number_word(piece: str) -> bool:
    """As in "1 triệu 200", "quý 3": what stands before the figure belongs to it."""
    last = words(piece)[-1].plain
    return last in {"trieu", "tr", "ty", "nghin", "tram", "quy", "thang", "nam", "ngay", "dot", "so", "va"}


def _fitting(question: Question, numbered: list[str]) -> str | None:
    """The one clause that can answer, all others being sums, other things, or who came and went."""
    open_parts: list[str] = []
    right: list[str] = []
    for part in numbered:
        if states_money(part):
            open_parts = [_without_each(each) for each in open_parts]
            right = [_without_each(each) for each in right]
        elif _CAME_OR_WENT.search(fold(part)):
            continue
        elif counting.fits(question, part):
            right.append(part)
        elif not counting.something_else(question, part):
            open_parts.append(part)
    if len(numbered) < 2 or len(right) > 1 or _ADDS.search(" ; ".join(fold(part) for part in numbered)):
        return None
    if right:
        same = all(_figures(part) == _figures(right[0]) for part in open_parts)
        return right[0] if same else None
    return open_parts[0] if len(open_parts) == 1 else None


def _without_each(part: str) -> str:
    """Thăm 5 chị ốm mỗi chị: the last words belong to the sum that follows."""
    folded = fold(part)
    found = _EACH.search(folded) if len(folded) == len(part) else None
    return part[: found.start()] if found else part


def _figures(part: str) -> list[str]:
    return re.findall(r"[0-9][0-9.]*", part)
