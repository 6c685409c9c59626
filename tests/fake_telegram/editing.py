"""Edits, deletions, reactions, and the answer to a button press."""

from __future__ import annotations

from tests.fake_telegram.addressing import (
    CAPTION_LIMIT,
    chat_of,
    message_of,
    must_be_let_in,
    must_fit,
    must_not_flood,
    with_entities,
)
from tests.fake_telegram.asked import Asked, NotJson
from tests.fake_telegram.chats import Chat, Json, Message
from tests.fake_telegram.keyboards import Markup, inline_keyboard, is_inline, same
from tests.fake_telegram.markup import formatted
from tests.fake_telegram.records import Toast
from tests.fake_telegram.refusals import NOT_MODIFIED, STALE_QUERY, bad_request
from tests.fake_telegram.state import State
from tests.fake_telegram.updates import CALLBACK_LIFETIME

TOAST_LIMIT = 200
DELETABLE = 48 * 3600
"""Seconds after which a message stays."""


def edit_message_text(state: State, asked: Asked) -> Json:
    """Another text; the inline keyboard goes unless it is given again."""
    text, entities = formatted(asked, "text", "entities")
    if not text:
        raise bad_request("message text is empty")
    markup = inline_keyboard(asked)
    chat, message = _editable(state, asked)
    if "text" not in message.json:
        raise bad_request("there is no text in the message to edit")
    must_fit(text)
    return _replace(state, chat, message, with_entities("text", text, entities), markup)


def edit_message_caption(state: State, asked: Asked) -> Json:
    """Another caption, or none; the inline keyboard goes unless it is given again."""
    caption, entities = formatted(asked, "caption", "caption_entities")
    markup = inline_keyboard(asked)
    chat, message = _editable(state, asked)
    if "photo" not in message.json and "document" not in message.json:
        raise bad_request("there is no caption in the message to edit")
    must_fit(caption, CAPTION_LIMIT, "message caption")
    return _replace(state, chat, message, with_entities("caption", caption, entities), markup)


def edit_message_reply_markup(state: State, asked: Asked) -> Json:
    """Another inline keyboard, or none."""
    markup = inline_keyboard(asked)
    chat, message = _editable(state, asked)
    kept = {name: message.json[name] for name in _WORDS if name in message.json}
    return _replace(state, chat, message, kept, markup)


_WORDS = ("text", "entities", "caption", "caption_entities")


def _editable(state: State, asked: Asked) -> tuple[Chat, Message]:
    chat = chat_of(state, asked)
    message = message_of(chat, asked, "message to edit")
    if not message.mine or (message.markup is not None and not is_inline(message.markup)):
        raise bad_request("message can't be edited")
    must_be_let_in(chat)
    return chat, message


def _replace(state: State, chat: Chat, message: Message, words: Json, markup: Markup | None) -> Json:
    now = {name: message.json[name] for name in _WORDS if name in message.json}
    if now == words and same(message.markup, markup):
        raise bad_request(NOT_MODIFIED)
    must_not_flood(state, chat)
    kept = {name: value for name, value in message.json.items() if name not in _WORDS}
    message.json = kept | words | {"edit_date": state.date()}
    message.markup = markup
    message.edits += 1
    return message.told()


def delete_message(state: State, asked: Asked) -> bool:
    """Gone for both sides, if it is young enough; in groups the bot's own only."""
    chat = chat_of(state, asked)
    message = message_of(chat, asked, "message to delete")
    old = state.date() - message.json["date"] > DELETABLE
    if old or not (message.mine or chat.private or chat.status == "administrator"):
        raise bad_request("message can't be deleted")
    del chat.messages[message.id]
    return True


def set_message_reaction(state: State, asked: Asked) -> bool:
    """One emoji at most."""
    chat = chat_of(state, asked)
    message = message_of(chat, asked, "message to react")
    try:
        reaction = asked.nested("reaction") or []
    except NotJson as error:
        raise bad_request("can't parse reaction types JSON object") from error
    if not isinstance(reaction, list):
        raise bad_request("expected an Array of ReactionType")
    if len(reaction) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    must_be_let_in(chat)
    message.reaction = [str(one.get("emoji", "")) for one in reaction if isinstance(one, dict)]
    return True


def answer_callback_query(state: State, asked: Asked) -> bool:
    """Each press is answered once, and soon."""
    text = asked.text("text")
    if len(text) > TOAST_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    number = asked.text("callback_query_id")
    pressed = state.callbacks.pop(number, None)
    if pressed is None or state.clock() - pressed > CALLBACK_LIFETIME:
        raise bad_request(STALE_QUERY)
    if state.settings.keep_records:
        state.toasts.append(Toast(number, text, asked.flag("show_alert")))
    return True
