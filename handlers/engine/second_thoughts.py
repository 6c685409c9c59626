"""An answer that corrects itself: "20 à nhầm 25", "không phải 20 mà là 25"."""

from __future__ import annotations

import re

from handlers.engine.vietnamese import fold

_NOT = r"(?:khong|ko|k|kh|hok) phai(?: la)?"
_SLIP = (
    r"(?:(?:a|oi|chet|uy|xin loi|sorry|thoi|quen)[, ]+)*(?:(?:em|minh|toi) )?(?:(?:ghi|go|nhap|viet|bam|danh) )?"
    r"(?:nham|lon)(?: roi| so)?(?:[,.;: ]+(?:em|minh|toi|a|oi))*|a khong(?: phai)?|y (?:em|minh|toi) la|"
    r"(?:xin )?sua(?: lai)?(?: la| thanh)?|chinh xac (?:la|phai la)|dung ra (?:la|phai la)|a ma"
)
_RIGHT = r"(?:(?:phai|sua lai|chinh xac|dung|gio|so dung) )*(?:la )?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?:{_NOT}) (?P<old>.+?),? (?:ma(?: la)?|phai la|la) (?P<new>.+)",
        rf"(?P<new>.+?),? (?:chu|ma) (?:{_NOT}) (?P<old>.+)",
        rf"(?P<old>.+?)[\s,.;:()-]+(?:{_SLIP})[\s,.;:]+{_RIGHT}(?P<new>.+?)(?: moi (?:dung|phai))?[ )]*",
        r"(?P<old>.+?),? (?:tuc|nghia) la (?P<new>.+)",
        r"(?P<old>.+?)[, ]+(?:la )?(?:sai|nham)[,. ]+(?P<new>.+?) moi (?:dung|phai)",
    )
)


def corrected(message: str) -> tuple[str, str] | None:
    """What was said first and what is meant instead, as typed; None if nothing is taken back."""
    folded = fold(message)
    if len(folded) != len(message):
        return None
    for form in _FORMS:
        found = form.fullmatch(folded)
        if found is not None:
            return message[slice(*found.span("old"))], message[slice(*found.span("new"))]
    return None
