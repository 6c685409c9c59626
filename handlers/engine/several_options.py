"""Several options at once: listed, spanned, all of them, all but one; never a denied one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from handlers.engine import phrases, spoken_options
from handlers.engine.glosses import gloss, without_courtesy
from handlers.engine.labels import STRONG, known, leads, stands_alone, strength
from handlers.engine.labels import named as named_by
from handlers.engine.number_cursor import starts
from handlers.engine.numerals import quantity
from handlers.engine.option_numbers import in_list, number_of, of_place
from handlers.engine.outcome import Reading, Unclear, found
from handlers.engine.topics import topic
from handlers.engine.vietnamese import Word, fold, word_of, words

_COUNT = r"(\d+|hai|ba|bon|nam|sau|bay|tam|chin)"
_EVERY = (
    r"(?:(?:co|chon|du|lay|danh|tich|ca) )*(?:tat ca|tat|toan bo|ca|het|all|du ca|co du|du het|du|day du)"
)
_THINGS = r"(?:(?: cac| nhung)?(?: (?:muc|noi dung|cai|deu co|cac muc|y|het|phan|tren|nay|luon|deu|co)))*"
_ALL = re.compile(
    rf"{_EVERY}(?: {_COUNT})?{_THINGS}|(?:co |chon |du )*{_COUNT} (?:muc|cai|noi dung) (?:het|deu co)"
)
_COUNTED = re.compile(
    rf"(?:(?:co|chon|lay|du|em chon) )*{_COUNT} (?:muc|cai|noi dung|y|phan)(?: (?:la|gom|la muc|:))*"
    r"(?= (?:muc |so |cai )?[1-9])"
)
_BUT = (
    r"(?:chi )?(?:ngoai tru|tru|ngoai|bo|khong co|khong chon|khong lay|thieu|loai)(?: (?:ra|muc|so|y|cai|cau|"
    r"phan|moi))*"
)
_EXCEPT = re.compile(rf"^{_EVERY}(?: {_COUNT})?{_THINGS} ?,? {_BUT} (?P<out>.+?)(?: ra| thoi)?$")
_EXCEPT_FIRST = re.compile(rf"^{_BUT} (?P<out>.+?)(?: ra)? ?,?(?: thi)?(?: con lai)? {_EVERY}{_THINGS}$")
_SPAN = re.compile(r"(?:tu |so |muc )*(\d{1,2}) (?:-|den|toi|~) (?:so |muc )?(\d{1,2})")
_REFUSED = re.compile(
    r"\b(?:hoac|hay|tru|bo|ngoai|chu|nhung|dung~|loai)\b|[?=<>→…]|\. \.|\d ?- ?\d|"
    # "Tuyên truyền: 5" counts something; "chọn: 1, 3" lists.
    r"(?<!\bchon)(?<!muc)(?<!cau)(?<!\bla)(?<!gom)(?<!\bco)(?<!\ban)(?<!loi) : \d"
)
_CROSSED_OUT = re.compile("[\u274c\u274e\u2716\u2717\u2718\u2715\U0001f44e\U0001f6ab\u26d4]")
# "Ý" is a word of a label, too.
_AGREED = frozenset({"dong y", "nhat tri", "toi dong y", "em dong y"})
_LONGEST_RUN = 16
_DENYING = frozenset({"khong", "chua", "co", "nao", "gi", "mot", "het", "ca", "phat", "sinh"})
_LEADERS = frozenset({"so", "muc", "cau", "cai", "y"})


def in_a_sentence(message: str, labels: Sequence[str], about: Sequence[str] = ()) -> Reading | None:
    """The options that are named inside a message which is none as a whole; None if there are none."""
    for said, doubt in spoken_options.less(message, labels):
        try:
            reading = several(said, labels, about)
        except Unclear:
            continue
        return found(reading.value, reading.reason or doubt)
    return None


def several(message: str, labels: Sequence[str], about: Sequence[str] = ()) -> Reading:
    """The numbers of all options that are meant; one that stands alone is never taken together with others.

    `about` says for each option what it is about, for words that are in none of the labels.
    """
    if _CROSSED_OUT.search(message):
        raise Unclear("negation")
    line = without_courtesy(words(_unspaced(message)))
    if counted := _COUNTED.match(" ".join(gloss(line))):
        return _as_many(counted, line[len(counted[0].split()) :], labels)
    glossed = " ".join(gloss(line))
    alone = [number for number, label in enumerate(labels, start=1) if stands_alone(label)]
    nothing = _none_of(line, glossed, labels, alone)
    if nothing is not None:
        return nothing
    if phrases.is_unknown(glossed):
        raise Unclear("unknown")
    if glossed in _AGREED:
        raise Unclear("not_in_list")
    named = named_by(line, labels)
    if named is not None and named[1] >= STRONG and not any(word.figure for word in line):
        return found([named[0]])
    reading = _everything(glossed, labels, alone) or _span(glossed, labels)
    reading = reading or _listed(line, glossed, labels, about)
    chosen = reading.value
    if not isinstance(chosen, list) or not chosen:
        raise Unclear("not_in_list")
    if len(chosen) > 1 and any(number in alone for number in chosen):
        raise Unclear("exclusive")
    return reading


def _as_many(counted: re.Match[str], line: Sequence[Word], labels: Sequence[str]) -> Reading:
    """Hai mục 1 và 3: how many there are, and which; both must agree."""
    listed = _listed(line, " ".join(gloss(line)), labels).value
    if not isinstance(listed, list) or len(listed) != _size(counted[1]):
        raise Unclear("not_in_list")
    return found(listed, "label")


def _size(count: str) -> int:
    return int(count) if count.isdigit() else _digit(word_of(count))


def _none_of(line: Sequence[Word], glossed: str, labels: Sequence[str], alone: list[int]) -> Reading | None:
    """Không, không có gì: the option that stands alone; "không có vướng mắc" denies one label only."""
    nothing = phrases.is_nothing(glossed) or glossed == "0"
    if not (nothing or phrases.is_zero(glossed) or glossed == "chua"):
        return None
    if len(alone) != 1:
        raise Unclear("not_in_list")
    if nothing or fold(labels[alone[0] - 1]).startswith(glossed):
        return found(alone)
    noun = [word for word, said in zip(line, glossed.split(), strict=False) if said not in _DENYING]
    if any(strength(noun, label) >= STRONG for label in labels):
        raise Unclear("negation")
    return found(alone, "label")


def _unspaced(message: str) -> str:
    """Dots and commas between digits separate options here; "cả 1 và 3" lists, as "1 và 3" does."""
    if len(re.findall(r"\d+", message)) > 1:
        message = re.sub(r"(?<!\w)(?:cả|ca) (?=\d)", "", message)
    return re.sub(r"(?<=\d)\s*[.,]\s*(?=\d)", " ; ", re.sub(r"(?<=\d) (?=\d)", " ; ", message))


def _everything(glossed: str, labels: Sequence[str], alone: Sequence[int]) -> Reading | None:
    others = [number for number in range(1, len(labels) + 1) if number not in alone]
    if not others:
        return None
    everything = _ALL.fullmatch(glossed)
    if everything:
        count = everything[1] or everything[2]
        if count and _size(count) != len(others):
            raise Unclear("not_in_list")
        return found(others, "all")
    excepted = _EXCEPT.match(glossed) or _EXCEPT_FIRST.match(glossed)
    if excepted is None:
        return None
    left_out = _listed(words(_unspaced(excepted["out"])), excepted["out"], labels).value
    return found([n for n in others if isinstance(left_out, list) and n not in left_out], "all")


def _span(glossed: str, labels: Sequence[str]) -> Reading | None:
    span = _SPAN.fullmatch(glossed)
    if span is None or int(span[1]) >= int(span[2]):
        return None
    if " - " in glossed:
        raise Unclear("span")
    return found([in_list(n, labels) for n in range(int(span[1]), int(span[2]) + 1)], "span")


def _listed(line: Sequence[Word], glossed: str, labels: Sequence[str], about: Sequence[str] = ()) -> Reading:
    if _REFUSED.search(glossed):
        raise Unclear("not_in_list")
    chosen: list[int] = []
    doubt = ""
    refused = False
    for segment in _segments(line):
        if _denied(segment) and (named_by(segment, labels) or (0, 0))[1] < STRONG:
            refused = True
            continue
        if refused:
            raise Unclear("negation")
        numbers, uncertain = _segment(segment, labels, about)
        chosen += numbers
        doubt = doubt or uncertain
    if _is_amount(line):
        doubt = doubt or "glued"
    mixed = any(word.figure for word in line) and any(
        starts(line, at) and not word.figure
        for at, word in enumerate(line)
        if not word.marked or len(word.plain) > 2
    )
    return found(sorted(set(chosen)), doubt or ("negation" if refused else "glued" if mixed else ""))


def _is_amount(line: Sequence[Word]) -> bool:
    """Tuyên truyền 5, 1 (2): a figure right behind an option may say how many of it there were."""
    for at, (before, word) in enumerate(pairwise(line), start=2):
        if at < len(line) and not (line[at].sign and line[at].plain != "."):
            continue
        bracketed = before.plain == "(" and at > 2 and not line[at - 3].sign
        behind = not before.sign and not before.figure and before.plain not in {"va", "voi", "ca"}
        if word.figure and (bracketed or (behind and not leads(" ".join(gloss([before]))))):
            return True
    return False


def _segments(line: Sequence[Word]) -> Iterable[list[Word]]:
    """Cut at separators, at "và", and before each figure."""
    segment: list[Word] = []
    for at, word in enumerate(line):
        separates = (word.sign and word.plain not in "()" and not _numbers_label(line, at)) or (
            word.plain in {"va", "voi"} and word.shape != "vai"
        )
        begins = word.figure or _leads_to_another(line, at)
        if segment and (separates or begins) and not _leads(segment):
            yield segment
            segment = []
        if not separates and not word.sign:
            segment.append(word)
    if segment:
        yield segment


def _leads_to_another(line: Sequence[Word], at: int) -> bool:
    """The second "số" of "số 1 số 3"."""
    return line[at].plain in _LEADERS and line[at - 1].figure and at + 1 < len(line) and line[at + 1].figure


def _numbers_label(line: Sequence[Word], at: int) -> bool:
    """The point in "4. chăm lo"."""
    if not 0 < at < len(line) - 1 or line[at].plain not in ".:-":
        return False
    return line[at - 1].figure and not line[at + 1].figure and not line[at + 1].sign


def _leads(segment: Sequence[Word]) -> bool:
    """Words that only introduce the figure that follows: câu 1, mục 3."""
    return leads(" ".join(gloss(segment)))


def _denied(segment: Sequence[Word]) -> bool:
    return gloss(segment)[0] in {"khong", "chua", "chang"}


def _segment(segment: list[Word], labels: Sequence[str], about: Sequence[str]) -> tuple[list[int], str]:
    """One option by number, by label or by both; or several by glued digits or labels."""
    number = number_of(segment)
    if number is not None:
        return _numbers(number, segment, labels)
    place = of_place(" ".join(gloss(segment)), len(labels))
    if place:
        return place, "label"
    figures = [index for index, word in enumerate(segment) if word.figure]
    if figures:
        at = figures[0]
        rest = segment[at + 1 :]
        named = named_by(rest, labels)
        if named is None or named[0] != int(segment[at].plain[:3]) or not (at == 0 or _leads(segment[:at])):
            raise Unclear("not_in_list")
        return [named[0]], ""
    named = named_by(segment, labels)
    if named is not None:
        return [named[0]], "" if named[1] >= STRONG else "label"
    if all(starts(segment, index) for index in range(len(segment))):
        return [in_list(_digit(word), labels) for word in segment], "glued"
    spoken_of = topic(segment, about)
    return [spoken_of] if spoken_of else _run_of_labels(segment, labels), "label"


def _digit(word: Word) -> int:
    return int(quantity([word], 0).value)


def _numbers(number: int, segment: Sequence[Word], labels: Sequence[str]) -> tuple[list[int], str]:
    written = segment[-1].plain
    most = len(labels) or 9
    if 1 <= number <= most:
        return [number], "glued" if number > 9 and len(segment) == 1 else ""
    digits = [int(digit) for digit in written] if written.isdigit() and len(segment) == 1 else []
    if len(set(digits)) == len(digits) == 2 and _go_together(digits, labels, most):
        raise Unclear("glued")
    ascending = len(digits) > 2 and digits == sorted(set(digits))
    if not ascending or not all(1 <= digit <= min(most, 9) for digit in digits):
        raise Unclear("not_in_list")
    return digits, "glued"


def _go_together(digits: Sequence[int], labels: Sequence[str], most: int) -> bool:
    offered = all(1 <= digit <= min(most, 9) for digit in digits)
    return offered and not any(stands_alone(labels[digit - 1]) for digit in digits if labels)


def _run_of_labels(segment: list[Word], labels: Sequence[str]) -> list[int]:
    """Labels one after another without separators; every word must belong to one."""
    if len(segment) > _LONGEST_RUN:
        raise Unclear("not_in_list")
    chosen: list[int] = []
    longest = max((len(label.split()) for label in labels), default=0) + 2
    while segment:
        for size in range(min(len(segment), longest), 0, -1):
            named = named_by(segment[:size], labels) if known(segment[size - 1], labels) else None
            if named is not None and named[1] >= STRONG:
                chosen.append(named[0])
                segment = segment[size:]
                break
        else:
            raise Unclear("not_in_list")
    return chosen
