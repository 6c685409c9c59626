"""parse_mode Markdown, the old one: no nesting, and every sign must find its partner."""

from __future__ import annotations

from tests.fake_telegram.entities import Entity
from tests.fake_telegram.markup_scan import Broken, Scan

KINDS = {"_": "italic", "*": "bold", "`": "code", "[": "text_link"}


def parse_markdown(source: str) -> tuple[str, list[Entity]]:
    """The text without its signs, and what they marked."""
    scan = Scan(source)
    while scan.more:
        sign = source[scan.at]
        if sign == "\\" and source[scan.at + 1 : scan.at + 2] in KINDS:
            scan.at += 1
            scan.copy()
        elif sign in KINDS:
            _entity(scan, sign)
        else:
            scan.copy()
    return scan.result()


def _entity(scan: Scan, sign: str) -> None:
    begin, start = scan.at, scan.length
    fence = "```" if scan.sees("```") else sign
    scan.at += len(fence)
    words = scan.until("]" if sign == "[" else fence)
    if words is None:
        raise Broken(f"Can't find end of the entity starting at byte offset {scan.byte(begin)}")
    if fence == "```":
        _block(scan, words, start)
    elif sign == "[":
        scan.write(words)
        scan.link(_url(scan) or words, start)
    else:
        scan.write(words)
        scan.mark(KINDS[sign], start)


def _block(scan: Scan, words: str, start: int) -> None:
    language, line, rest = words.partition("\n")
    if not line or " " in language:
        scan.write(words)
        scan.mark("pre", start)
        return
    scan.write(rest)
    scan.mark("pre", start, **({"language": language} if language else {}))


def _url(scan: Scan) -> str:
    if not scan.sees("("):
        return ""
    scan.at += 1
    rest = scan.source[scan.at :]
    words = scan.until(")")
    if words is None:
        scan.at = len(scan.source)
    return rest if words is None else words
