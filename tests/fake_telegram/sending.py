"""sendMessage, sendPhoto, sendDocument, sendChatAction."""

from __future__ import annotations

from collections.abc import Callable

from tests.fake_telegram.addressing import (
    CAPTION_LIMIT,
    chat_of,
    must_be_let_in,
    must_fit,
    must_not_flood,
    reply_target,
    with_entities,
)
from tests.fake_telegram.asked import Asked
from tests.fake_telegram.chats import Json
from tests.fake_telegram.keyboards import keyboard
from tests.fake_telegram.markup import formatted
from tests.fake_telegram.refusals import bad_request
from tests.fake_telegram.state import State

ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


def send_message(state: State, asked: Asked) -> Json:
    """A text."""
    text, entities = formatted(asked, "text", "entities")
    if not text:
        raise bad_request("message text is empty")
    content = with_entities("text", text, entities)
    return _send(state, asked, lambda: content, lambda: must_fit(text))


def send_photo(state: State, asked: Asked) -> Json:
    """A picture; it is kept in several sizes."""
    store = state.files.given(asked, "photo")
    return _send_file(state, asked, lambda: {"photo": [size.json for size in store()]})


def send_document(state: State, asked: Asked) -> Json:
    """A file as it is."""
    store = state.files.given(asked, "document")
    return _send_file(state, asked, lambda: {"document": store()[0].json})


def _send_file(state: State, asked: Asked, content: Callable[[], Json]) -> Json:
    caption, entities = formatted(asked, "caption", "caption_entities")
    captioned = with_entities("caption", caption, entities)
    return _send(
        state,
        asked,
        lambda: content() | captioned,
        lambda: must_fit(caption, CAPTION_LIMIT, "message caption"),
    )


def _send(state: State, asked: Asked, content: Callable[[], Json], check: Callable[[], None]) -> Json:
    """Everything is checked before anything is stored."""
    markup = keyboard(asked)
    chat = chat_of(state, asked)
    target = reply_target(chat, asked)
    check()
    must_be_let_in(chat)
    must_not_flood(state, chat)
    fields = content()
    if target is not None:
        answered = {name: value for name, value in target.told().items() if name != "reply_to_message"}
        fields = {"reply_to_message": answered} | fields
    author = None if chat.type == "channel" else state.me
    message = state.add_message(chat, fields, author, mine=True, markup=markup)
    state.records.sends.append(state.clock())
    return message.told()


def send_chat_action(state: State, asked: Asked) -> bool:
    """Show that the bot is typing, or uploading."""
    if asked.text("action").lower() not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    must_be_let_in(chat_of(state, asked))
    return True
