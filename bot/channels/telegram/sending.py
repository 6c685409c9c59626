"""Replies become messages: what is said, in the order in which it is read, at the pace that Telegram allows."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import telegram
from telegram import InputFile, LinkPreviewOptions, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.channel import SendError
from bot.channels.telegram.faults import fault, says
from bot.channels.telegram.rendering import as_html, keyboard
from bot.channels.telegram.spacing import Spacing
from bot.channels.telegram.steps import Step, steps_of
from bot.channels.telegram.uploads import Upload, uploads_of
from bot.channels.telegram.words import words
from storage.messages import Reply

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
UPLOADS_AT_ONCE = 2
MEDIA_WRITE = 60.0
"""Seconds for a file to leave, on a poor line."""
NO_PICTURE = ("photo_invalid_dimensions", "image_process_failed")
"""What Telegram says to a picture that it can only take as a file."""
REMEMBERED = 1000
"""Replies of which a part is known to have arrived."""


class Sender:
    """Sends new messages of one bot."""

    def __init__(self, bot: telegram.Bot, files: Path, spacing: Spacing) -> None:
        self._bot = bot
        self._files = files
        self._spacing = spacing
        self._uploading = asyncio.Semaphore(UPLOADS_AT_ONCE)
        self._arrived: dict[str, int] = {}
        """Key → how many messages of a reply are not to be repeated when it is tried again."""

    async def send(self, address: str, reply: Reply, key: str) -> str:
        """Send a reply; the id of its last message, which has the words and the buttons.  Raises SendError."""
        uploads = uploads_of(reply, key, self._files)
        steps = steps_of(words(reply.text), uploads, keyboard(reply.choices))
        sent = ""
        arrived = self._arrived.pop(key, 0)
        for number, step in enumerate(steps[arrived:], arrived):
            try:
                sent = str((await self._message(address, step, first=number == 0)).message_id)
            except SendError:
                self._remember(key, number)
                raise
            self._spacing.rest(address, group=address.startswith("-"))
        return sent

    def _remember(self, key: str, arrived: int) -> None:
        if arrived:
            self._arrived[key] = arrived
        if len(self._arrived) > REMEMBERED:
            del self._arrived[next(iter(self._arrived))]

    async def _message(self, address: str, step: Step, *, first: bool) -> Message:
        try:
            if step.upload is None:
                await self._spacing.slot(address, first=first)
                return await self._text(address, step)
            async with self._uploading:
                await self._spacing.slot(address, first=first)
                return await self._file(address, step, step.upload)
        except Exception as error:  # noqa: BLE001 - whatever it is, the message may have arrived
            raise fault(error, self._bot.token) from None

    async def _text(self, address: str, step: Step) -> Message:
        return await self._bot.send_message(
            address,
            as_html(step.text),
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=step.keyboard,
        )

    async def _file(self, address: str, step: Step, upload: Upload) -> Message:
        if upload.photo:
            try:
                return await self._upload(self._bot.send_photo, address, step, upload)
            except BadRequest as error:
                if not says(error, *NO_PICTURE):
                    raise
        plain = {"disable_content_type_detection": True}
        return await self._upload(self._bot.send_document, address, step, upload, **plain)

    async def _upload(
        self, send: Callable[..., Awaitable[Message]], address: str, step: Step, upload: Upload, **more: bool
    ) -> Message:
        with await asyncio.to_thread(upload.path.open, "rb") as file:
            return await send(
                address,
                InputFile(file, upload.name, read_file_handle=False),
                caption=as_html(step.text),
                parse_mode=ParseMode.HTML,
                reply_markup=step.keyboard,
                write_timeout=MEDIA_WRITE,
                **more,
            )
