"""Who talks with the bot: users, chats, and the messages in them as they stand now."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.fake_telegram.keyboards import Markup, buttons, is_inline

Json = dict[str, Any]


@dataclass(slots=True)
class User:
    """A person's account."""

    id: int
    name: str
    username: str | None = None
    started: bool = True
    blocked: bool = False
    deleted: bool = False

    @property
    def json(self) -> Json:
        named = {"username": self.username} if self.username else {}
        return {"id": self.id, "is_bot": False, "first_name": self.name, **named, "language_code": "vi"}


@dataclass(slots=True)
class Message:
    """One message; `json` is the Bot API's object, without a keyboard that is not inline."""

    json: Json
    mine: bool
    """Written by the bot."""
    markup: Markup | None = None
    edits: int = 0
    reaction: list[str] = field(default_factory=list)
    """The bot's."""

    @property
    def id(self) -> int:
        return int(self.json["message_id"])

    def told(self) -> Json:
        """The object as it goes out now: an inline keyboard stands in it, its reply_to has no other."""
        return self.json | {"reply_markup": self.markup} if is_inline(self.markup) else self.json


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as the user sees it now."""

    message_id: int
    text: str
    """Or the caption."""
    mine: bool
    labels: list[list[str]]
    """The buttons under it, or of the keyboard that it brought, row by row."""
    markup: Markup | None
    edits: int
    date: int
    photo: str
    """file_id of its largest size."""
    document: str
    """file_name."""
    reaction: list[str]
    raw: Json


@dataclass(slots=True)
class Chat:
    """A private chat, a group, a supergroup or a channel."""

    id: int
    type: str
    title: str = ""
    user: User | None = None
    status: str = "member"
    """What the bot is here: member, administrator, left or kicked."""
    moved_to: int = 0
    last_id: int = 0
    messages: dict[int, Message] = field(default_factory=dict)
    typed_keyboard: Markup | None = None
    """The keyboard that replaces the user's own one."""

    @property
    def json(self) -> Json:
        if self.user is None:
            return {"id": self.id, "title": self.title, "type": self.type}
        person = {name: value for name, value in self.user.json.items() if name in ("first_name", "username")}
        return {"id": self.id, **person, "type": "private"}

    @property
    def private(self) -> bool:
        return self.user is not None

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def add(self, message: Message, keep: int | None) -> None:
        """Take a message; with `keep`, only so many of the newest stay."""
        self.messages[message.id] = message
        if keep is not None and len(self.messages) > keep:
            del self.messages[next(iter(self.messages))]
        if message.mine:
            self._take_keyboard(message.markup)

    def _take_keyboard(self, markup: Markup | None) -> None:
        if markup is not None and "keyboard" in markup:
            self.typed_keyboard = markup
        elif markup is not None and "remove_keyboard" in markup:
            self.typed_keyboard = None


def shown(message: Message) -> Shown:
    """A message for the eyes of a test."""
    told = message.told()
    rows = (message.markup or {}).get("inline_keyboard") or (message.markup or {}).get("keyboard") or []
    return Shown(
        message_id=message.id,
        text=told.get("text") or told.get("caption") or "",
        mine=message.mine,
        labels=[[button["text"] for button in row] for row in rows],
        markup=message.markup,
        edits=message.edits,
        date=told["date"],
        photo=told["photo"][-1]["file_id"] if "photo" in told else "",
        document=told.get("document", {}).get("file_name", ""),
        reaction=message.reaction,
        raw=told,
    )


def labelled(chat: Chat, label: str) -> tuple[Message, Markup] | None:
    """The newest inline button with this label, and its message."""
    for message in reversed(chat.messages.values()):
        if message.mine and is_inline(message.markup):
            for button in buttons(message.markup):
                if button["text"] == label:
                    return message, button
    return None
