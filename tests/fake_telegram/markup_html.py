"""parse_mode HTML, as strict as Telegram: known tags only, properly nested, entities with a semicolon."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.fake_telegram.entities import Entity
from tests.fake_telegram.markup_scan import Broken, Scan

KINDS = {
    "a": "text_link",
    "b": "bold",
    "blockquote": "blockquote",
    "code": "code",
    "del": "strikethrough",
    "em": "italic",
    "i": "italic",
    "ins": "underline",
    "pre": "pre",
    "s": "strikethrough",
    "span": "spoiler",
    "strike": "strikethrough",
    "strong": "bold",
    "tg-emoji": "custom_emoji",
    "tg-spoiler": "spoiler",
    "u": "underline",
}
_ESCAPED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:(lt|gt|amp|quot)|#x([0-9a-fA-F]+)|#([0-9]+));?")
_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE = re.compile(r"""\s*([^\s=>]+)\s*(?:=\s*("[^"]*"|'[^']*'|[^\s>"']+))?""")


@dataclass(frozen=True, slots=True)
class _Open:
    name: str
    argument: str
    start: int
    position: int


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """The text without its tags, and what they marked."""
    scan = Scan(source)
    nest: list[_Open] = []
    while scan.more:
        if scan.sees("&"):
            _reference(scan)
        elif scan.sees("</"):
            _close(scan, nest)
        elif scan.sees("<"):
            nest.append(_open(scan))
        else:
            scan.copy()
    if nest:
        raise Broken(f'Can\'t find end tag corresponding to start tag "{nest[-1].name}"')
    return scan.result()


def _reference(scan: Scan) -> None:
    hit = _REFERENCE.match(scan.source, scan.at)
    if hit is None:
        scan.copy()
        return
    scan.write(_letter(hit))
    scan.at = hit.end()


def _letter(hit: re.Match[str]) -> str:
    name, hexadecimal, decimal = hit.groups()
    return _ESCAPED[name] if name else chr(int(hexadecimal, 16) if hexadecimal else int(decimal))


def _open(scan: Scan) -> _Open:
    begin = scan.at
    name = _name(scan, begin + 1).lower()
    if not scan.more:
        raise Broken(f"Unclosed start tag at byte offset {scan.byte(begin)}")
    if name not in KINDS:
        raise Broken(f'Unsupported start tag "{name}" at byte offset {scan.byte(begin)}')
    attributes = _attributes(scan, begin)
    argument = _argument(name, attributes)
    if name == "span" and argument != "spoiler":
        raise Broken(f'Tag "span" must have class "tg-spoiler" at byte offset {scan.byte(begin)}')
    return _Open(name, argument, scan.length, begin)


def _name(scan: Scan, start: int) -> str:
    hit = _NAME.match(scan.source, start)
    assert hit
    scan.at = hit.end()
    return hit.group()


def _attributes(scan: Scan, begin: int) -> dict[str, str]:
    attributes = {}
    while scan.more and not scan.sees(">"):
        hit = _ATTRIBUTE.match(scan.source, scan.at)
        if hit is None:
            scan.at += 1
            continue
        value = hit.group(2) or ""
        value = value[1:-1] if value[:1] in {'"', "'"} else value
        attributes[hit.group(1).lower()] = _REFERENCE.sub(_letter, value)
        scan.at = hit.end()
    if not scan.more:
        raise Broken(f"Unclosed start tag at byte offset {scan.byte(begin)}")
    scan.at += 1
    return attributes


def _argument(name: str, attributes: dict[str, str]) -> str:
    if name == "code":
        return attributes.get("class", "").removeprefix("language-")
    if name == "span":
        return attributes.get("class", "").removeprefix("tg-")
    if name == "blockquote":
        return "expandable" if "expandable" in attributes else ""
    return attributes.get({"a": "href", "tg-emoji": "emoji-id"}.get(name, ""), "")


def _close(scan: Scan, nest: list[_Open]) -> None:
    begin = scan.byte(scan.at)
    if not nest:
        raise Broken(f"Unexpected end tag at byte offset {begin}")
    name = _name(scan, scan.at + 2).lower()
    rest = scan.until(">")
    if rest is None or rest.strip():
        raise Broken(f"Unclosed end tag at byte offset {begin}")
    tag = nest.pop()
    if name and name != tag.name:
        raise Broken(f'Unmatched end tag at byte offset {begin}, expected "</{tag.name}>", found "</{name}>"')
    _mark(scan, tag)


def _mark(scan: Scan, tag: _Open) -> None:
    if tag.name == "a":
        scan.link(tag.argument or _since(scan, tag.start), tag.start)
    elif tag.name == "tg-emoji":
        scan.mark("custom_emoji", tag.start, custom_emoji_id=tag.argument)
    elif tag.name == "pre" and _is_code(scan, tag):
        code = scan.entities.pop()
        scan.mark("pre", tag.start, **({"language": code["language"]} if "language" in code else {}))
    elif tag.name == "code" and tag.argument:
        scan.mark("code", tag.start, language=tag.argument)
    elif tag.argument == "expandable":
        scan.mark("expandable_blockquote", tag.start)
    else:
        scan.mark(KINDS[tag.name], tag.start)


def _is_code(scan: Scan, tag: _Open) -> bool:
    last = scan.entities[-1] if scan.entities else {}
    return last.get("type") == "code" and last["offset"] == tag.start


def _since(scan: Scan, start: int) -> str:
    return scan.text.encode("utf-16-le")[2 * start :].decode("utf-16-le")
