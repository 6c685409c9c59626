"""What a person says to put an answer right: a line or a name, and its new value; "sửa 3 thành 40" is a command."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handlers.engine.vietnamese import compose, fold, shape

LONGEST = 120
LONGEST_LIST = 400
_ADDRESS = r"(?:em|toi|minh|anh|chi|co|chu|bac|tui|ban|ad|bot)"
_POLITE = (
    rf"(?:(?:da|vang|thua|a|ay|y|u|ua|uy|oi|ui|chet|khoan|cho|xin|xin loi|vay|the|quen|{_ADDRESS})[,.!]? ){{0,6}}"
    r"(?:(?:ghi |go |nhap |viet )?(?:nham|sai|lon)(?: roi)?[,.:;]? )?"
)
_NUMBER = r"(?:cau|muc|dong)(?: so)? ?(?P<number>[0-9]{1,3})"
_NAME = r"(?P<name>(?!(?:cau|muc|dong|so|sua|roi|nham|sai|lon)\b *(?:[0-9,]|$))[a-z][^0-9:=?]{1,60}?)"
_WHICH = rf"(?:{_NUMBER}|{_NAME})"
_IS = r"(?:la|thanh|bang|:|=|->|co|chi co|chi la|phai la|dung la|dung ra la|thuc ra la|thuc te la|lai la|lai thanh)"
_BECOMES = r"(?:lai la|lai thanh|con lai|lai con|thanh|con|la|=|:|->)"
_FIGURE = r"(?P<value>[0-9](?:.*?\S)??)"
_SHORT = r"(?P<value>[0-9][0-9.,]*(?: ?[a-z]+){0,3}?)"
_VALUE = r"(?P<value>\S(?:.*?\S)??)"
_RIGHT = r" moi (?:la )?(?:dung|phai)"
_NOT = r"[,;]?(?: ch[uo])? (?:khong|ko|k|hong|hk|cha|chang) phai(?: la)?(?: (?P<old>[0-9][0-9.,]*\S*))?(?: [^0-9]*)?"
_THEN = r"(?: (?:hoi nay|luc nay|nay|vua roi|ban nay|hoi truoc|luc truoc))?"
_WRONG = rf"{_THEN}(?: {_ADDRESS})?(?: (?:bi )?(?:ghi|go|nhap|viet|bao|danh|bam))? ?(?:nham|sai|lon)(?: roi)?{_THEN}"
_END = r"(?:[ ,]+(?:a|nhe|nha|nhe|ha|thoi|oi|luon|do|day|em|chi|anh|co|giup em|giup toi|giup|voi|dum|di)){0,4}[.!]*"
_VERB = r"(?:bi )?(?:ghi |go |nhap |viet |bao )?"
_FIX = (
    rf"(?P<sua>(?:chinh )?sua)(?: lai)?(?: (?:giup|dum|gium|ho|cho)(?: {_ADDRESS})?)?"
    r"(?: lai)?(?: muc| cau| dong| so lieu)?"
)
_LARGE = r"(?P<value>(?:[0-9]+ ?[a-z]|[0-9]{3}|[2-9][0-9](?![0-9 ])|[0-9]+[.,][0-9])(?:.*?\S)??)"
"""Behind the number of a line without a word between: no number that may be a second line."""
_SHAPES = tuple(
    re.compile(pattern + _END)
    for pattern in (
        rf"{_POLITE}{_FIX} {_NAME} ?{_BECOMES} ?{_VALUE}",
        rf"{_POLITE}{_FIX} ?(?P<number>[0-9]{{1,2}}),? {_LARGE}",
        rf"{_POLITE}{_FIX} {_NAME},? {_FIGURE}(?:{_RIGHT}|{_NOT})?",
        rf"{_POLITE}{_WHICH},?{_WRONG}[,;.:]? (?:{_IS} )?{_FIGURE}(?:{_RIGHT}|{_NOT})?",
        rf"{_POLITE}{_WHICH},? (?:{_IS} )?{_FIGURE}{_RIGHT}",
        rf"{_POLITE}{_WHICH} ?{_IS} ?{_FIGURE}{_NOT}",
        rf"{_POLITE}{_VERB}(?:nham|sai|lon)(?: o)? {_WHICH}(?: roi)?[,;.:]* (?:{_IS} )?{_FIGURE}(?:{_RIGHT}|{_NOT})?",
    )
)
_LOOSE = tuple(
    re.compile(pattern + _END)
    for pattern in (
        rf"{_POLITE}{_WHICH}(?P<says>,? ?{_IS}) ?{_SHORT}",
        rf"{_POLITE}{_WHICH} {_SHORT}",
    )
)
_INSTEAD = (re.compile(rf"{_POLITE}{_WHICH} {_SHORT}{_NOT}{_END}"),)
_EMPTY = re.compile(
    rf"(?:.*[?!.] ?)?{_POLITE}(?:muon |hay )?(?:bo|xoa)(?: (?:giup|dum|gium|ho|cho)(?: {_ADDRESS})?)?"
    rf"(?: (?:bot|luon|het))?(?: di)?(?: (?:cai|phan|noi dung))? "
    rf"(?:(?:cau|muc|dong)(?: so)? ?(?P<number>[0-9]{{1,3}})|(?P<name>[a-z][^0-9:=?]{{1,60}}?)){_END}"
)
_EMPTY_BEHIND = re.compile(
    rf"{_POLITE}(?:cau|muc|dong)(?: so)? ?(?P<number>[0-9]{{1,3}})"
    rf"(?: (?:ghi|viet|go) (?:bay|sai|nham|lon|dai)(?: roi)?)?,? ?(?:thi )?(?:bo|xoa)"
    rf"(?: (?:di|het|luon|giup|dum|gium|ho))*{_END}"
)
_PIECES = re.compile(
    r"\s*[;\n]\s*|\s*,\s+|\s+(?:va|voi lai|con)\s+|\.\s+|(?<!sua)\s+(?=(?:cau|muc|dong)(?: so)? ?[0-9])",
    re.IGNORECASE,
)
_AGREES = re.compile(
    rf"(?P<yes>(?:{_POLITE}(?:dung|chinh xac|phai|chuan|ok)(?: (?:roi|vay|the|so do))*"
    rf"(?: (?:{_ADDRESS}|a|do|day|oi|nhe|nha))*))[,.;!]* (?:a ma|ma|con|voi lai|them nua)(?: la)?,? (?P<rest>\S.*)"
)
_SAYS_SUA = re.compile(r"^s[ửuUỬ]a(?: l[ạa]i)? (?=[cmd]\S+ ?[0-9]|[0-9])", re.IGNORECASE)
_MARKED = {"sua": "sửa", "nham": "nhầm", "dung": "đúng", "cau": "câu", "muc": "mục", "bo": "bỏ", "xoa": "xóa"}
_COURTESY = re.compile(
    r"(?:[ ,]+(?:ạ|nhé|nhá|giúp|giùm)(?: (?:em|chị|anh|cô|chú|bác|tôi|với|ạ|nhé))*)+[.!]*$"
)


@dataclass(frozen=True, slots=True)
class Told:
    """A line by its number or by words of its name, and what is to stand there, as typed."""

    number: int | None
    name: str
    value: str
    orders: bool
    """Whether it says "sửa": in a text, all else may be prose."""
    old: str = ""
    """What it says stands there by mistake, if it does."""
    says: bool = True
    """Whether a word such as "là" stands before the value."""


def told(text: str) -> Told | None:
    """What the message corrects, beside a clause that only explains; None if it is no correction."""
    found = [told for said in _said(text) if (told := _told(said, _SHAPES))]
    return next((told for told in found if ", " not in told.name), found[0] if found else None)


def instead(text: str) -> Told | None:
    """As in "tuyên truyền 2 chứ không phải 7": of a report that is in; beside a question it may answer."""
    return _told(text, _INSTEAD)


def _said(text: str) -> Iterator[str]:
    """The whole, then without its first or its last clause, where that holds no number."""
    yield text
    first, _, rest = text.partition(", ")
    if rest and not re.search(r"[0-9]", first):
        yield rest
    before, _, last = text.rpartition(", ")
    if before and not re.search(r"[0-9]", last):
        yield before


def loosely(text: str) -> Told | None:
    """The same, also "thăm hỏi là 5": a correction only if the name is that of a line with an answer."""
    return _told(text, _SHAPES) or _told(text, _INSTEAD) or _told(text, _LOOSE)


def several(text: str) -> tuple[Told, ...]:
    """The corrections that a message lists, at least two; none if any part of it is something else."""
    line = " ".join(compose(text).replace("\n", " ; ").split())
    folded = fold(line)
    if len(line) > LONGEST_LIST or len(folded) != len(line):
        return ()
    ends = [(found.start(), found.end()) for found in _PIECES.finditer(folded)]
    starts, stops = [0, *(end for _, end in ends)], [*(start for start, _ in ends), len(line)]
    pieces = [line[start:stop].strip(" ,;.") for start, stop in zip(starts, stops, strict=True)]
    found = [loosely(_SAYS_SUA.sub("", piece)) for piece in pieces if piece]
    return tuple(one for one in found if one) if len(found) > 1 and all(found) else ()


def emptied(text: str) -> Told | None:
    """Which line is to be left out: "bỏ mục 11", "bỏ câu 4 đi"; None if the message says no such thing."""
    line, folded = compose(text).strip(), fold(compose(text)).strip()
    if not 4 <= len(line) <= LONGEST or len(folded) != len(line) or _another_word(line):
        return None
    if behind := _EMPTY_BEHIND.fullmatch(folded):
        return Told(int(behind["number"]), "", "", orders=True)
    found = _EMPTY.fullmatch(folded)
    if found is None:
        return None
    name = line[slice(*found.span("name"))] if found["name"] else ""
    return Told(int(found["number"]) if found["number"] else None, name.strip(" ,.-"), "", orders=True)


def agreed(text: str) -> str:
    """What follows a yes in the same message: "đúng rồi em, mà câu 2 là 5"; empty if nothing does."""
    line = compose(text).strip()
    folded = fold(line)
    found = _AGREES.fullmatch(folded) if len(folded) == len(line) <= LONGEST_LIST else None
    return line[slice(*found.span("rest"))] if found else ""


def prose(value: str) -> str:
    """A text without the courtesy at its end; "cho chị em" is none."""
    return _COURTESY.sub("", value).strip()


def _told(text: str, shapes: tuple[re.Pattern[str], ...]) -> Told | None:
    line = compose(text).strip()
    folded = fold(line)
    if not 4 <= len(line) <= LONGEST or len(folded) != len(line) or _another_word(line):
        return None
    for pattern in shapes:
        if found := pattern.fullmatch(folded):
            parts = found.groupdict()
            number = int(parts["number"]) if parts.get("number") else None
            name = line[slice(*found.span("name"))] if parts.get("name") else ""
            value = line[slice(*found.span("value"))]
            says = shapes is _SHAPES or bool(parts.get("says"))
            old = parts.get("old") or ""
            return Told(number, name.strip(" ,.-"), value, bool(parts.get("sua")), old, says)
    return None


def _another_word(line: str) -> bool:
    """Whether a word only looks like one of a correction's without marks: "sữa", "dùng"."""
    for word in line.lower().split():
        plain = fold(word.strip(",.;:!"))
        right = _MARKED.get(plain)
        bare = word.strip(",.;:!")
        if right and bare != plain and shape(bare) != shape(right):
            return True
    return False
