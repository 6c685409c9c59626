"""What a private message says: words, files, a phone number, or a kind that we have no use for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from telegram import Message
from telegram.helpers import effective_message_type

from bot.channels.telegram.attachments import attachments_of
from bot.channels.telegram.phone import phone_of
from bot.channels.telegram.words import words
from storage.messages import Attachment

UNREADABLE = (
    "animation",
    "checklist",
    "dice",
    "game",
    "giveaway",
    "giveaway_winners",
    "invoice",
    "location",
    "paid_media",
    "passport_data",
    "poll",
    "story",
    "venue",
    "video",
    "video_note",
)
"""A video sent as a file is a document and is not among these; a GIF is, although it claims to be a document, too."""
COMMAND = re.compile(r"^(/\w+)@\w+")


@dataclass(frozen=True, slots=True)
class Content:
    """The part of an Incoming that depends on the kind of the message."""

    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    event: str = ""


def content_of(message: Message) -> Content | None:
    """What was said; None for messages that Telegram itself writes into a chat ("pinned a message")."""
    text = COMMAND.sub(r"\1", words(message.text) or words(message.caption))
    if any(getattr(message, kind, None) for kind in UNREADABLE):
        return Content(text, event="unreadable")
    if message.contact is not None:
        phone = phone_of(message)
        return Content(phone, event="own_phone" if phone else "other_phone")
    files = attachments_of(message)
    if text or files:
        return Content(text, files)
    return Content(event="unreadable") if _unknown(message) else None


def _unknown(message: Message) -> bool:
    """A kind that is younger than this program, or a file that cannot be used: the person deserves an answer."""
    kind = effective_message_type(message)
    return (
        bool(message.api_kwargs) if kind is None else kind in ("photo", "document", "voice", "audio", "text")
    )
