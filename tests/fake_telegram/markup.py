"""Formatted texts: the three parse modes, and the refusals when the markup is broken."""

from __future__ import annotations

from collections.abc import Callable

from tests.fake_telegram.asked import Asked, NotJson
from tests.fake_telegram.entities import Entity, together, trimmed
from tests.fake_telegram.markup_html import parse_html
from tests.fake_telegram.markup_old import parse_markdown
from tests.fake_telegram.markup_scan import Broken
from tests.fake_telegram.markup_v2 import parse_markdown_v2
from tests.fake_telegram.refusals import bad_request

RAW_LIMIT = 32 * 1024
"""Bytes of a text before its markup is read (server source)."""

Parser = Callable[[str], tuple[str, list[Entity]]]
MODES: dict[str, Parser] = {
    "html": parse_html,
    "markdown": parse_markdown,
    "markdownv2": parse_markdown_v2,
}


def formatted(asked: Asked, name: str, entities_name: str) -> tuple[str, list[Entity]]:
    """The text of a parameter as the user sees it, with its entities."""
    raw = asked.text(name)
    if len(raw.encode("utf-8", "replace")) > RAW_LIMIT:
        raise bad_request("text is too long" if name == "text" else "message caption is too long")
    mode = asked.text("parse_mode").lower()
    if mode and mode != "none":
        text, entities = _parsed(raw, mode)
    else:
        text, entities = raw, _given(asked, entities_name)
    text, entities = trimmed(text, entities)
    return text, together(entities, text)


def _parsed(raw: str, mode: str) -> tuple[str, list[Entity]]:
    if mode not in MODES:
        raise bad_request("unsupported parse_mode")
    try:
        return MODES[mode](raw)
    except Broken as broken:
        raise bad_request(f"can't parse entities: {broken}") from broken


def _given(asked: Asked, name: str) -> list[Entity]:
    try:
        entities = asked.nested(name)
    except NotJson:
        entities = None
    if not isinstance(entities, list):
        return []  # the server ignores what it cannot read here
    return [one for one in entities if isinstance(one, dict) and {"type", "offset", "length"} <= one.keys()]
