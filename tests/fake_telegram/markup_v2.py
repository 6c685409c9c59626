"""parse_mode MarkdownV2: nesting, and every reserved letter must be escaped."""

from __future__ import annotations

from dataclasses import dataclass

from tests.fake_telegram.entities import Entity
from tests.fake_telegram.markup_scan import Broken, Scan

RESERVED = set("_*[]()~`>#+-=|{}.!")
SIGNS = {"__": "underline", "||": "spoiler", "```": "pre", "_": "italic", "*": "bold", "~": "strikethrough"}
SIGNS |= {"`": "code", "![": "custom_emoji", "[": "text_link"}
NAMES = {"text_link": "TextUrl", "custom_emoji": "CustomEmoji"}
"""What the refusals call a kind; the others are called by their own name."""


@dataclass(frozen=True, slots=True)
class _Open:
    kind: str
    end: str
    start: int
    byte: int
    language: str = ""


def parse_markdown_v2(source: str) -> tuple[str, list[Entity]]:
    """The text without its signs, and what they marked."""
    scan = Scan(source)
    nest: list[_Open] = []
    quote: int | None = None
    while scan.more:
        if scan.sees(">") and (scan.at == 0 or source[scan.at - 1] == "\n"):
            quote = scan.length if quote is None else quote
            scan.at += 1
        elif quote is not None and scan.sees("\n") and not scan.sees(">", 1):
            _must_be_closed(nest)
            scan.mark("blockquote", quote)
            quote = None
            scan.copy()
        else:
            _step(scan, nest)
    _must_be_closed(nest)
    if quote is not None:
        scan.mark("blockquote", quote)
    return scan.result()


def _must_be_closed(nest: list[_Open]) -> None:
    if nest:
        name = NAMES.get(nest[-1].kind, nest[-1].kind.capitalize())
        raise Broken(f"Can't find end of {name} entity at byte offset {nest[-1].byte}")


def _step(scan: Scan, nest: list[_Open]) -> None:
    letter = scan.source[scan.at]
    inside = nest[-1] if nest else None
    if letter == "\\" and "" < scan.source[scan.at + 1 : scan.at + 2] < "\x7f":
        scan.at += 1
        scan.copy()
    elif inside and scan.sees(inside.end) and not (inside.end == "_" and scan.sees("__")):
        scan.at += len(inside.end)
        _close(scan, nest.pop())
    elif letter not in RESERVED or (inside and inside.kind in {"code", "pre"} and letter != "`"):
        scan.copy()
    else:
        nest.append(_open(scan, letter))


def _open(scan: Scan, letter: str) -> _Open:
    sign = next((sign for sign in SIGNS if scan.sees(sign)), "")
    if not sign:
        raise Broken(f"Character '{letter}' is reserved and must be escaped with the preceding '\\'")
    byte = scan.byte(scan.at)
    scan.at += len(sign)
    end = "]" if sign.endswith("[") else sign
    language = _language(scan) if sign == "```" else ""
    return _Open(SIGNS[sign], end, scan.length, byte, language)


def _language(scan: Scan) -> str:
    stop = scan.source.find("\n", scan.at)
    language = scan.source[scan.at : stop] if stop >= 0 else " "
    if " " in language or "`" in language:
        return ""
    scan.at = stop + 1
    return language


def _close(scan: Scan, tag: _Open) -> None:
    if tag.kind == "text_link":
        scan.link(_url(scan, "a URL") or _since(scan, tag.start), tag.start)
    elif tag.kind == "custom_emoji":
        if not scan.sees("("):
            raise Broken("Custom emoji entity must contain a tg://emoji URL")
        scan.mark(tag.kind, tag.start, custom_emoji_id=_url(scan, "a custom emoji URL").partition("=")[2])
    else:
        scan.mark(tag.kind, tag.start, **({"language": tag.language} if tag.language else {}))


def _url(scan: Scan, what: str) -> str:
    if not scan.sees("("):
        return ""
    scan.at += 1
    begin, url = scan.byte(scan.at), ""
    while scan.more and not scan.sees(")"):
        scan.at += 1 if scan.sees("\\") else 0
        url += scan.source[scan.at : scan.at + 1]
        scan.at += 1
    if not scan.more:
        raise Broken(f"Can't find end of {what} at byte offset {begin}")
    scan.at += 1
    return url


def _since(scan: Scan, start: int) -> str:
    return scan.text.encode("utf-16-le")[2 * start :].decode("utf-16-le")
