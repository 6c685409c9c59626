"""Earlier messages are changed in place: options are ticked, spent buttons go."""

from __future__ import annotations

import telegram
from telegram import InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.channels.telegram.faults import fault, says
from bot.channels.telegram.rendering import as_html, chosen, keyboard
from bot.channels.telegram.sending import NO_PREVIEW
from bot.channels.telegram.spacing import Spacing
from bot.channels.telegram.splitting import LONGEST, split
from bot.channels.telegram.words import units, words
from storage.messages import Reply

SAME = "message is not modified"
HAS_NO_TEXT = "there is no text in the message"
GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")


def tidies(reply: Reply) -> bool:
    """Whether nothing is said anew: an earlier message only loses its buttons."""
    return bool(reply.replaces) and not reply.choices and not reply.spends


class Editor:
    """Edits messages of one bot."""

    def __init__(self, bot: telegram.Bot, spacing: Spacing) -> None:
        self._bot = bot
        self._spacing = spacing

    async def edit(self, address: str, reply: Reply) -> bool:
        """Let the message `reply.replaces` say this; False when it is gone.  Raises SendError."""
        buttons = keyboard(reply.choices)
        markup = buttons if isinstance(buttons, InlineKeyboardMarkup) else None
        text = as_html(_last_part(reply))
        await self._spacing.slot(address)
        try:
            await self._change(address, int(reply.replaces), text, markup)
        except BadRequest as error:
            if says(error, SAME):
                return True
            if says(error, *GONE):
                return False
            raise fault(error, self._bot.token) from None
        except Exception as error:  # noqa: BLE001 - an edit can be repeated, whatever went wrong
            raise fault(error, self._bot.token, repeatable=True) from None
        return True

    async def _change(
        self, address: str, message_id: int, text: str, markup: InlineKeyboardMarkup | None
    ) -> None:
        bot = self._bot
        if not text:
            await bot.edit_message_reply_markup(address, message_id, reply_markup=markup)
            return
        try:
            await bot.edit_message_text(
                text,
                address,
                message_id,
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                reply_markup=markup,
            )
        except BadRequest as error:
            if not says(error, HAS_NO_TEXT):
                raise
            await bot.edit_message_caption(
                address, message_id, caption=text, parse_mode=ParseMode.HTML, reply_markup=markup
            )


def _last_part(reply: Reply) -> str:
    """Of a text of several messages, the last has the buttons, and it alone is changed."""
    parts = split(words(reply.text))
    last = parts[-1] if parts else ""
    marked = chosen(last, reply.chosen) if tidies(reply) else last
    return marked if units(marked) <= LONGEST else last
