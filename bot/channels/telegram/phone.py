"""Phone numbers that prove something: shared by the account that they belong to (TELEGRAM 5)."""

from __future__ import annotations

import re

from telegram import Message

from bot.channels.telegram.words import words

SHORTEST, LONGEST = 9, 15
"""Digits of a number with its country's code; the most is E.164's."""


def phone_of(message: Message) -> str:
    """The sender's own number as "+84…"; empty when the contact is somebody else's or was forwarded."""
    contact, sender = message.contact, message.from_user
    if contact is None or sender is None or message.forward_origin is not None:
        return ""
    return normal(words(contact.phone_number)) if contact.user_id == sender.id else ""


def normal(phone: str) -> str:
    """Telegram writes 84… or +84…, people 09…; empty when it is no phone number."""
    digits = re.sub(r"[^0-9]", "", phone)
    if digits.startswith("0") and not digits.startswith("00"):
        digits = "84" + digits[1:]
    digits = digits.removeprefix("00")
    return f"+{digits}" if SHORTEST <= len(digits) <= LONGEST else ""
