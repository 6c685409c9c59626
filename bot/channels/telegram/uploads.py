"""Files that go with a reply: where they lie, and whether Telegram takes them."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from pathlib import Path

from bot.channel import SendError
from bot.channels.telegram.attachments import PICTURES, bare_name
from storage.messages import Attachment, Reply

log = logging.getLogger(__name__)

MOST_PHOTO = 10 * 1024 * 1024
MOST = 50 * 1024 * 1024
"""Bytes of an upload (TELEGRAM 1)."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on this machine, under the name that the person sees."""

    path: Path
    name: str
    photo: bool
    """Shown in place; otherwise to be opened."""


def uploads_of(reply: Reply, key: str, root: Path) -> list[Upload]:
    """The files of a reply that lie under `root`; one that is missing must not keep the words from arriving.

    Raises SendError for a file that is too large.
    """
    found = []
    for attachment in reply.attachments:
        path = _inside(root, attachment.path)
        if path is None:
            log.error("a file of message %s is missing; the message goes without it", key)
        else:
            found.append(_upload(attachment, path))
    return found


def _inside(root: Path, relative: str) -> Path | None:
    if not relative or "\x00" in relative:
        return None
    path = (root / relative).resolve()
    below = path.is_relative_to(root.resolve())
    return path if below and path.is_file() and os.access(path, os.R_OK) else None


def _upload(attachment: Attachment, path: Path) -> Upload:
    size = path.stat().st_size
    if size > MOST or not size:
        raise SendError(f"a file of {size} bytes cannot be sent", refused=True)
    picture = attachment.kind == "photo" and attachment.media_type in PICTURES
    return Upload(path, bare_name(attachment.name), picture and size <= MOST_PHOTO)
