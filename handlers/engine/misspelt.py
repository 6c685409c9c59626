"""Words typed with mistakes: keys of Telex and VNI doubled, missing or swapped, marks left out, spaces forgotten."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from handlers.engine.glosses import ABBREVIATED, SPELT
from handlers.engine.vietnamese import TONES, fold, shape

_MORE = """
    bẩy nghin nhăm phẩy phần tiền buổi đợt suất quà lao công nhân hoàn cảnh kiến sáng tưởng vướng mắc tuyên truyền vận
    động thi đua sạch đẹp chăm lo an sinh quỹ giám sát điển hình khen thưởng tốt khá trung bình bỏ quay giúp hướng dẫn
    trợ đỡ để tạm dừng nhắc tiếp kiến nghị phát sinh chục ngàn rưỡi người
"""
_JOINED = """
    không có một hai ba bốn năm sáu bảy tám chín mười mươi chục trăm nghìn ngàn triệu linh lẻ lăm mốt rưỡi tư người đồng
    cuộc lượt đoàn viên
"""
_MARKS = ("\u0306", "\u031b", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323", "\u0302")
_TELEX = dict(zip(_MARKS, ("w", "w", "f", "s", "r", "x", "j", ""), strict=True))
_VNI = dict(zip(_MARKS, ("8", "7", "2", "1", "3", "4", "5", "6"), strict=True))
# Vowels and keys are counted once: they are doubled to set a mark, and by mistake.
_ONCE = frozenset("aeoiuywfjsxrzd123456789")
_SOUNDS = (
    ("ch", "tr"),
    ("tr", "ch"),
    ("x", "s"),
    ("s", "x"),
    ("l", "n"),
    ("n", "l"),
    ("gi", "tr"),
    ("ng", "ngh"),
    ("ngh", "ng"),
)
_SHORTEST = 4
_LONGEST = 24
_TYPED = re.compile(r"[^\W\d_][^\W_]*")


def mend(text: str) -> str:
    """The cleaned text with each word that is none replaced by the one, without marks, that must have been meant."""
    return _TYPED.sub(lambda found: _meant(found[0]), text)


@lru_cache(maxsize=4096)
def _meant(typed: str) -> str:
    if len(typed) > _LONGEST or typed in ABBREVIATED or shape(typed) in _known():
        return typed
    struck = _struck(typed)
    long = len(struck) >= _SHORTEST - any(key.isdigit() for key in struck)
    found = long and _signatures().get(_signature(struck))
    return found or _with_marks_left_out(typed) or _sounded(typed) or _apart(fold(typed)) or typed


def _struck(typed: str) -> str:
    """The keys of Telex by which a word is written."""
    if typed.isascii():
        return typed
    decomposed = unicodedata.normalize("NFD", typed)
    return fold(typed) + "".join(_TELEX.get(character, "") for character in decomposed)


@cache
def _words() -> frozenset[str]:
    return frozenset(f"{SPELT} {_MORE}".split())


@cache
def _known() -> frozenset[str]:
    return frozenset(spelling for word in _words() for spelling in (shape(word), fold(word)))


def _signature(keys: str) -> str:
    """The first key and all others in alphabetical order, so that swapped keys make no difference."""
    rest = [key for at, key in enumerate(keys) if at and key != keys[at - 1]]
    once = {key for key in rest if key in _ONCE} - {keys[0]}
    return keys[0] + "".join(sorted([*once, *(key for key in rest if key not in _ONCE)]))


@cache
def _signatures() -> dict[str, str]:
    """What must have been meant by the keys; nothing if it could be several words."""
    found: dict[str, set[str]] = {}
    for word in _words():
        for keys in (_TELEX, _VNI):
            for spelling in _spellings(word, keys):
                found.setdefault(_signature(spelling), set()).add(fold(word))
    return {signature: meant.pop() for signature, meant in found.items() if len(meant) == 1}


def _spellings(word: str, keys: dict[str, str]) -> set[str]:
    """The letters with each selection of the keys for its marks: any of them may be forgotten."""
    marks = {keys[mark] for mark in unicodedata.normalize("NFD", word) if keys.get(mark)}
    if "đ" in word and keys is _VNI:
        marks.add("9")
    spellings = {fold(word)}
    for mark in marks:
        spellings |= {spelling + mark for spelling in spellings}
    return {spelling for spelling in spellings if len(spelling) >= _SHORTEST - 1}


def _with_marks_left_out(typed: str) -> str:
    """Môt, nguời, trieụ: the marks that are there are right, others are missing."""
    plain = fold(typed)
    if typed.isascii():
        return ""
    return plain if any(_within(shape(typed), shape(right)) for right in _by_plain().get(plain, ())) else ""


@cache
def _by_plain() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in _words():
        found.setdefault(fold(word), []).append(word)
    return found


def _within(typed: str, right: str) -> bool:
    tones = "".join(TONES.values())
    letters, right_letters = typed.rstrip(tones), right.rstrip(tones)
    if len(letters) != len(right_letters) or typed[len(letters) :] not in {"", right[len(letters) :]}:
        return False
    enough = letters != fold(letters) or len(letters) >= _SHORTEST
    return enough and all(
        mine in {theirs, fold(theirs)} for mine, theirs in zip(letters, right_letters, strict=True)
    )


def _sounded(typed: str) -> str:
    """Chiệu, xáu, lăm mươi: written as it is spoken at home."""
    for said, right in _SOUNDS:
        meant = right + typed.removeprefix(said)
        if not typed.isascii() and typed.startswith(said) and shape(meant) in _known():
            return fold(meant)
    return ""


def _apart(plain: str) -> str:
    """Haimuoilam: number words written together."""
    cuts: dict[int, list[str]] = {0: []}
    for end in range(2, len(plain) + 1):
        start = next((at for at in cuts if plain[at:end] in _joined()), None)
        if start is not None and end - start < len(plain):
            cuts[end] = [*cuts[start], plain[start:end]]
    return " ".join(cuts.get(len(plain), []))


@cache
def _joined() -> frozenset[str]:
    return frozenset(fold(word) for word in _JOINED.split())
