"""Option labels and how well a few words name one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from handlers.engine.glosses import gloss
from handlers.engine.vietnamese import Word, clean, fold, words

STRONG, WHOLE = 2, 4

_LEAD = re.compile(
    r"^(?:(?:co|chon|lua chon|phuong an|dap an|muc|cau|so|y|o|dong|la|loai|xep loai|muc do|danh gia|"
    r"tu danh gia|dat|cai|thu|lam|to chuc|thuc hien|trien khai|phat dong|tham gia|"
    r"noi dung|nd|phan|chir?|gom|van|cac|nhung|va|vua co|hang|thang nay|trong thang|em chon|cho em|cho em chon|"
    r"lay|em lay|tich|danh dau|ben em|don vi em|ben em co|don vi em co|tu xep loai|em|minh|nghi la|em nghi|"
    r"thuoc|nam o|roi vao) )+"
)
_NOTHING = re.compile(
    r"(?:khong|chua)(?: (?:co|phat sinh|dang ky|can|tham gia|ap dung|de nghi|to chuc|thuc hien|thanh lap|"
    r"trien khai|thuoc))*(?: (?:gi|nao|noi dung|hoat dong|truong hop|van de|muc|doi tuong|kien nghi|vuong mac|"
    r"y kien|nao ke tren|tren|tat ca|ca|het|them|moi|trong|thang|nay|quy|ky))*"
)
_FINAL_Y = re.compile(r"(?<=[^\W\daeiouyâêôăơư])y(?=\d?$)|(?<=^qu)y(?=\d?$)")
_PARTS = re.compile(r"[,;/()]| - |\bvà\b")


@dataclass(frozen=True, slots=True)
class Label:
    """A label cut into the phrases by which people call it."""

    phrases: tuple[tuple[Word, ...], ...]
    negative: bool


@lru_cache(maxsize=512)
def _label(text: str) -> Label:
    composed = clean(text)
    cut = [composed, *_PARTS.split(composed)]
    spoken = [tuple(word for word in words(part) if not word.sign) for part in cut]
    return Label(tuple(each for each in spoken if each), negative(text))


def negative(label: str) -> bool:
    """Whether the option stands for nothing and so stands alone: Không phát sinh, Chưa thành lập."""
    return fold(label).strip().split(" ")[0].strip(".,") in {"khong", "chua"}


def stands_alone(label: str) -> bool:
    """Whether the option says that there is nothing at all; "Không an toàn điện" says that there is something."""
    return _NOTHING.fullmatch(" ".join(re.findall(r"[^\W_]+", fold(label)))) is not None


def leads(spoken: str) -> bool:
    """Whether these words only introduce what follows: câu, mục, chọn."""
    return _LEAD.fullmatch(f"{spoken} ") is not None


def strength(line: Sequence[Word], label: str) -> int:
    """4 the whole label, 3 a part of it, 2 the beginning of a part, 1 some words of it or its initials, 0 no match."""
    cut = _label(label)
    if not line or not cut.phrases:
        return 0
    if len(line) > len(cut.phrases[0]):
        return 3 * _written_out(line, cut)
    best = max(_fit(line, phrase, cut, whole=phrase is cut.phrases[0]) for phrase in cut.phrases)
    return best or 3 * _written_out(line, cut) or int(_misspelt(line, cut) or _initials(line, cut))


def _fit(line: Sequence[Word], phrase: Sequence[Word], label: Label, *, whole: bool) -> int:
    if _same(line, phrase[: len(line)]):
        if len(line) == len(phrase):
            return 4 if whole else 3
        return 2 if len(line) > 1 else 1
    # "đạt" is the opposite of "chưa đạt".
    inside = (_same(line, phrase[at : at + len(line)]) for at in range(1, len(phrase)))
    return int(not label.negative and any(inside))


def _misspelt(line: Sequence[Word], label: Label) -> bool:
    if any("~" in word for word in gloss(line)):
        return False
    return any(_same(line, phrase, loosely=True) for phrase in label.phrases)


def _initials(line: Sequence[Word], label: Label) -> bool:
    initials = "".join(word.plain[0] for word in label.phrases[0])
    return len(line) == 1 and len(initials) > 1 and not label.negative and line[0].plain == initials


def _written_out(line: Sequence[Word], label: Label) -> bool:
    """An toàn vệ sinh lao động for ATVSLĐ."""
    initials = "".join(word.plain[0] for word in line)
    return len(line) > 2 and any(len(phrase) == 1 and phrase[0].plain == initials for phrase in label.phrases)


def named(line: Sequence[Word], labels: Sequence[str]) -> tuple[int, int] | None:
    """The option that the words name best, and how well; None if it is none or several equally well."""
    for candidate in _without_lead(line):
        fits = {number: strength(candidate, text) for number, text in enumerate(labels, start=1)}
        most = max(fits.values(), default=0)
        best = [(number, fit) for number, fit in fits.items() if fit == most and fit]
        if len(best) == 1:
            return best[0]
        if best:
            return None
    return None


def _without_lead(line: Sequence[Word]) -> Iterable[list[Word]]:
    spoken = [word for word in line if not word.sign]
    yield spoken
    lead = _LEAD.match(" ".join(gloss(spoken)))
    if lead:
        yield spoken[len(lead[0].split()) :]


def _same(line: Sequence[Word], part: Sequence[Word], *, loosely: bool = False) -> bool:
    return len(line) == len(part) and all(
        _alike(mine.plain) == _alike(theirs.plain)
        and (
            loosely or _alike(mine.shape) in {_alike(theirs.shape), _alike(theirs.plain)} or not theirs.marked
        )
        for mine, theirs in zip(line, part, strict=True)
    )


def known(word: Word, labels: Sequence[str]) -> bool:
    """Whether a word occurs in any of the labels."""
    return _alike(word.plain) in _vocabulary(tuple(labels))


@lru_cache(maxsize=64)
def _vocabulary(labels: tuple[str, ...]) -> frozenset[str]:
    return frozenset(
        _alike(word.plain) for label in labels for phrase in _label(label).phrases for word in phrase
    )


@lru_cache(maxsize=8192)
def _alike(spelling: str) -> str:
    """Kỹ and kĩ, lý and lí are the same word."""
    return _FINAL_Y.sub("i", spelling)
