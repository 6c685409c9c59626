"""One Update becomes one Incoming, or nothing: what was said in private, pressed, or done to the bot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from telegram import CallbackQuery, Chat, Message, Update

from bot.channels.telegram.content import content_of
from bot.channels.telegram.membership import change_of
from bot.channels.telegram.words import full_name, identity, number, words
from storage.messages import Incoming

NAME = "telegram"


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is the same for whatever an update holds."""

    bot: str
    now: datetime
    update_id: int

    def incoming(self, chat: Chat, at: object, **said: Any) -> Incoming:  # noqa: ANN401 - fields of Incoming
        """A message that happened at `at`, as far as that is known and not in the future of our clock."""
        moment = self.now
        if isinstance(at, datetime) and at.tzinfo is not None:
            moment = min(at.astimezone(UTC), self.now)
        said.setdefault("message_id", str(self.update_id))
        return Incoming(NAME, str(chat.id), received_at=moment, bot=self.bot, **said)


def to_incoming(update: Update, bot: str, now: datetime) -> Incoming | None:
    """Read an update; None for what nobody answers: groups, channels, other bots, service messages, unused kinds.

    A message counts as received when it was sent: an answer sent before the deadline during an outage is in time.
    """
    envelope = Envelope(bot, now, number(update.update_id))
    if not envelope.update_id:
        return None
    if update.callback_query is not None:
        return _press(envelope, update.callback_query)
    if update.my_chat_member is not None:
        member = update.my_chat_member
        change = change_of(member)
        return envelope.incoming(member.chat, member.date, **change) if change else None
    if update.message is not None:
        return _message(envelope, update.message, edited=False)
    if update.edited_message is not None:
        return _message(envelope, update.edited_message, edited=True)
    return None


def _press(envelope: Envelope, query: CallbackQuery) -> Incoming | None:
    message, choice, press = query.message, words(query.data), words(query.id)
    if message is None or not _private(message.chat) or not choice or not press:
        return None
    said = {
        "message_id": f"c{press}",
        "choice": choice,
        "reference": words(str(message.message_id)),
        "label": _label(message, query.data),
        "name": full_name(query.from_user),
    }
    return envelope.incoming(message.chat, None, **said)


def _label(message: object, data: object) -> str:
    """What stands on the button; empty when the message is too old for Telegram to show."""
    markup = message.reply_markup if isinstance(message, Message) else None
    rows = markup.inline_keyboard if markup else ()
    return next((words(button.text) for row in rows for button in row if button.callback_data == data), "")


def _message(envelope: Envelope, message: Message, *, edited: bool) -> Incoming | None:
    if not _private(message.chat):
        return None if edited else _moved(envelope, message)
    sender = message.from_user
    if sender is None or sender.is_bot:
        return None
    content = content_of(message)
    if content is None or (edited and content.event):
        return None
    return envelope.incoming(
        message.chat,
        message.edit_date or message.date if edited else message.date,
        text=content.text,
        attachments=content.attachments,
        event=content.event,
        edited=edited,
        reference=words(str(message.message_id)),
        name=full_name(sender),
    )


def _moved(envelope: Envelope, message: Message) -> Incoming | None:
    """A group that became a supergroup says where it went."""
    new = number(message.migrate_to_chat_id)
    if not new or not identity(message.chat):
        return None
    return envelope.incoming(
        message.chat, message.date, event="moved", text=str(new), name=full_name(message.chat)
    )


def _private(chat: Chat | None) -> bool:
    return chat is not None and chat.type == Chat.PRIVATE and identity(chat) != 0
