"""How a reply looks in Telegram: HTML with one bold place, and buttons in rows."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup

from bot.channel import SendError
from bot.channels.telegram.words import words
from storage.messages import SHARE_PHONE, Choice

Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup

log = logging.getLogger(__name__)

QUESTION = re.compile(r"^(Câu [0-9]+/[0-9]+\.)", re.MULTILINE)
TICK = "✓ "
LONGEST_DATA = 64
"""Bytes."""
LONGEST_LABEL = 60
LONG, SHORT = 18, 8
"""Characters: a longer label has a row to itself, shorter ones share it by four, others by two.

Half a row of a narrow phone shows about eighteen; the rest would be dots.
"""
MOST_BUTTONS = 100


def as_html(text: str) -> str:
    """The text as it stands; only the number of a question is bold.  At most 20 KiB for 4,096 units."""
    return QUESTION.sub(r"<b>\1</b>", html.escape(text, quote=False))


def chosen(text: str, label: str) -> str:
    """What was said, and which of its buttons was pressed."""
    return f"{text}\n\n{TICK}{words(label)}" if label else text


def keyboard(choices: Sequence[Choice]) -> Keyboard | None:
    """The buttons of a reply; raises SendError for a value that Telegram would not take."""
    sharing = [
        KeyboardButton(_label(one), request_contact=True) for one in choices if one.value == SHARE_PHONE
    ]
    if sharing:
        # Only a button in place of the phone's own keys can ask for a number that Telegram has verified.
        return ReplyKeyboardMarkup([sharing], resize_keyboard=True, one_time_keyboard=True)
    if len(choices) > MOST_BUTTONS:
        log.error("%s of %s buttons are left out", len(choices) - MOST_BUTTONS, len(choices))
    rows: list[list[InlineKeyboardButton]] = []
    room = 0
    for choice in choices[:MOST_BUTTONS]:
        label = _label(choice)
        width = _sharing(label)
        room = min(room, width)
        if not rows or len(rows[-1]) >= room:
            rows.append([])
            room = width
        rows[-1].append(InlineKeyboardButton(label, callback_data=_data(choice)))
    return InlineKeyboardMarkup(rows) if rows else None


def _label(choice: Choice) -> str:
    label = (TICK if choice.marked else "") + words(choice.label)
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"


def _sharing(label: str) -> int:
    """How many buttons may stand in a row with this one."""
    if len(label) > LONG:
        return 1
    return 4 if len(label) <= SHORT else 2


def _data(choice: Choice) -> str:
    if not choice.value.isascii() or not 1 <= len(choice.value) <= LONGEST_DATA:
        raise SendError(f"no button can hold {choice.value!r}", refused=True)
    return choice.value
