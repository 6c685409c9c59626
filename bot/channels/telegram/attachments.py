"""Files that came with a message; they stay with Telegram until they are fetched."""

from __future__ import annotations

import re
from typing import Any

from telegram import Message, PhotoSize

from bot.channels.telegram.words import number, words
from storage.messages import Attachment

PICTURES = ("image/jpeg", "image/png")
MEDIA_TYPE = re.compile(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,80}")
LONGEST_NAME = 100
NO_NAME = "tep"
PHOTO_NAME = "anh.jpg"
VOICE_NAME = "tin-thoai.ogg"


def attachments_of(message: Message) -> tuple[Attachment, ...]:
    """The file of a message: Telegram sends an album as several messages, so there is one at most."""
    found = _photo(message) or _document(message) or _sound(message) or _sticker(message)
    return (found,) if found else ()


def bare_name(name: object) -> str:
    """The last part of a file's name, without folders and what cannot be printed; its end says what it is."""
    last = words(name).replace("\\", "/").rpartition("/")[2]
    printable = "".join(letter for letter in last if letter.isprintable()).strip()
    return printable[-LONGEST_NAME:].strip(". ") or NO_NAME


def media_type_of(declared: object, otherwise: str = "application/octet-stream") -> str:
    """What the sender's program calls it, if that has the form of a type."""
    kind = words(declared).partition(";")[0].strip().lower()
    return kind if MEDIA_TYPE.fullmatch(kind) else otherwise


def _photo(message: Message) -> Attachment | None:
    sizes = [size for size in message.photo if words(size.file_id)]
    if not sizes:
        return None
    largest = max(sizes, key=_area)
    return _remote(largest, PHOTO_NAME, "image/jpeg", "photo")


def _area(size: PhotoSize) -> tuple[int, int]:
    return number(size.width) * number(size.height), number(size.file_size)


def _document(message: Message) -> Attachment | None:
    file = message.document
    if file is None:
        return None
    kind = media_type_of(file.mime_type)
    return _remote(file, bare_name(file.file_name), kind, "photo" if kind in PICTURES else "file")


def _sound(message: Message) -> Attachment | None:
    file = message.voice or message.audio
    if file is None:
        return None
    name = bare_name(message.audio.file_name) if message.audio else VOICE_NAME
    return _remote(file, name, media_type_of(file.mime_type, "audio/ogg"), "voice")


def _sticker(message: Message) -> Attachment | None:
    if message.sticker is None:
        return None
    return Attachment("", words(message.sticker.emoji), "image/webp", kind="sticker")


def _remote(file: Any, name: str, media_type: str, kind: str) -> Attachment | None:  # noqa: ANN401 - several classes
    remote = words(file.file_id)
    return Attachment("", name, media_type, max(number(file.file_size), 0), kind, remote) if remote else None
