"""To whom a call goes, and whether the bot may: the checks that sends and edits share, in the server's order."""

from __future__ import annotations

from tests.fake_telegram.asked import Asked, NotJson
from tests.fake_telegram.chats import Chat, Json, Message
from tests.fake_telegram.entities import Entity
from tests.fake_telegram.refusals import bad_request, flood, forbidden
from tests.fake_telegram.state import State

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024


def chat_of(state: State, asked: Asked) -> Chat:
    """The chat that chat_id names; nobody here has a public @name."""
    text = asked.text("chat_id")
    if not text:
        raise bad_request("chat_id is empty")
    chat = state.chats.get(asked.integer("chat_id")) if text.lstrip("-").isdigit() else None
    if chat is None:
        raise bad_request("chat not found")
    if chat.moved_to:
        words = "group chat was upgraded to a supergroup chat"
        raise bad_request(words, migrate_to_chat_id=chat.moved_to)
    return chat


def must_be_let_in(chat: Chat) -> None:
    """The bot is a member of a group, and a person has started it and not blocked it."""
    if chat.status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    if chat.status == "left":
        raise forbidden(f"bot is not a member of the {chat.type} chat")
    person = chat.user
    if person is None:
        return
    if person.deleted:
        raise forbidden("user is deactivated")
    if person.blocked:
        raise forbidden("bot was blocked by the user")
    if not person.started:
        raise forbidden("bot can't initiate conversation with a user")


def must_not_flood(state: State, chat: Chat) -> None:
    """Count a message against the limits, if they are on."""
    if state.settings.limits:
        wait = state.floods.wait(chat.id, state.timer(), group=not chat.private)
        if wait:
            raise flood(wait)


def must_fit(text: str, limit: int = TEXT_LIMIT, what: str = "message") -> None:
    """A text in characters, after its markup was read."""
    if len(text) > limit:
        raise bad_request(f"{what} is too long")


def reply_target(chat: Chat, asked: Asked) -> Message | None:
    """The message that is answered, if any."""
    parameters = _reply_parameters(asked)
    if not parameters.get("message_id"):
        return None
    target = chat.messages.get(parameters["message_id"])
    if target is None and not parameters.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return target


def _reply_parameters(asked: Asked) -> Json:
    try:
        given = asked.nested("reply_parameters")
    except NotJson as error:
        raise bad_request("can't parse reply parameters JSON object") from error
    if given is None:
        number, without = asked.integer("reply_to_message_id"), asked.flag("allow_sending_without_reply")
        return {"message_id": number, "allow_sending_without_reply": without}
    if not isinstance(given, dict):
        raise bad_request("object expected as reply parameters")
    return given


def with_entities(name: str, text: str, entities: list[Entity]) -> Json:
    """A text or caption as fields of a message."""
    if not text:
        return {}
    marks = "entities" if name == "text" else "caption_entities"
    return {name: text} | ({marks: entities} if entities else {})


def message_of(chat: Chat, asked: Asked, what: str) -> Message:
    """The message that message_id names."""
    number = asked.integer("message_id")
    if number <= 0:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(number)
    if message is None:
        raise bad_request(f"{what} not found")
    return message
