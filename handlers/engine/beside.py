"""Numbers that only name something beside the one that answers: "quý 3 có 6 cuộc", "ngày 20/11 chi 3tr"."""

from __future__ import annotations

import re

from handlers.engine.late import Late
from handlers.engine.phrases import UNITS
from handlers.engine.vietnamese import fold

_DAY = r"\d{1,2} ?[/.-] ?\d{1,2}(?: ?[/.-] ?\d{2,4})?"
_VERB = r"(?:to chuc|lam|hop|trao|tang|chi|ung ho|co|tham|tham hoi|phat|mo|tuyen truyen|ho tro|di|thu|dong|van dong)"
_NAMED = (
    r"(?:truong|thcs|thpt|tieu hoc|mam non|mau giao|nha may|xi nghiep|phan xuong|chi nhanh|cong ty|"
    r"benh vien|tram|khu|cum)"
)
_REFERENCES = Late(
    rf"\b(?:(?:vao|hom|sang|trua|chieu|toi) )*(?:ngay|hom) {_DAY}(?![\w/])|^{_DAY}(?= {_VERB}\b)|"
    rf"(?<![\d] )\b(?:nam 20\d\d|(?:quy|thang|tuan) (?:\d{{1,2}}|i{{1,3}}|"
    rf"iv)(?:/\d{{4}})?(?: nam \d{{4}})?)(?![\w/]| ?:)|"
    rf"\b{_NAMED}(?: [a-z]+){{0,3}}? (?:so )?\d{{1,2}}\b(?! (?:{UNITS})\b)(?= )|"
    r"\b(?:anh|chi|em|bac|chu|co|ong|ba|di|cau) (?:hai|ba|tu|nam|sau|bay|tam|chin|muoi)(?= (?:bao|noi|ghi|dua|"
    r"gui|dem|tinh)\b)"
)
_COUNTED_FIRST = Late(
    rf"^[^\d]*\d+ (?:{UNITS})(?: [a-z]+){{0,2}}? ?,? ?(?=(?:tong|tong cong|tat ca|het|tong so)\b [^\d]*\d)"
)


def without_references(kind: str, message: str) -> str:
    """The message without such numbers; the same message if there is none or nothing else."""
    folded = fold(message)
    if len(folded) != len(message):
        return message
    kept = _cut(_REFERENCES, message, folded)
    if kind == "money":
        kept = _cut(_COUNTED_FIRST, kept, fold(kept))
    return kept if kept and re.search(r"\w", kept) else message


def _cut(pattern: Late, message: str, folded: str) -> str:
    at = 0
    kept: list[str] = []
    for found in pattern.finditer(folded):
        if found[0].startswith("tram") and not message.startswith("trạm", found.start()):
            continue  # "Một trăm 20 triệu" names no station.
        kept.append(message[at : found.start()])
        at = found.end()
    if not kept:
        return message
    return " ".join("".join([*kept, message[at:]]).split()).strip(" ,.;:")
