"""The user side: what people do in their private chat with the bot."""

from __future__ import annotations

import secrets
from typing import Any

from tests.fake_telegram.chats import Chat, Json, Message, Shown, User, labelled, shown
from tests.fake_telegram.entities import together
from tests.fake_telegram.files import suffix
from tests.fake_telegram.keyboards import Markup, buttons
from tests.fake_telegram.records import Event
from tests.fake_telegram.state import State

OWN = -1
"""The contact is the sender's own."""
MESSAGE_LIMIT = 4096
ADMINISTRATORS_MAY = (
    "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members", "can_promote_members",
    "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
    "can_post_messages", "can_edit_messages",
)  # fmt: skip
"""What stands in a ChatMemberAdministrator."""


def written(text: str) -> Json:
    """The text of a message and what Telegram finds in it."""
    if not 1 <= len(text) <= MESSAGE_LIMIT:
        raise ValueError(f"no client sends a text of {len(text)} characters")
    entities = together([], text)
    return {"text": text} | ({"entities": entities} if entities else {})


class People(State):
    """What people do."""

    def user(self, user_id: int, name: str, username: str | None = None, *, started: bool = True) -> int:
        """Introduce a person; not started: the bot may not write to them yet.  Their id, which is the chat's, too."""
        with self.lock:
            person = self.users[user_id] = User(user_id, name, username, started=started)
            self.private_chat(person)
            return user_id

    # ── what they send ──────────────────────────────────────────────────────────────────────────────

    def say(self, user_id: int, text: str, **extra: Any) -> Event:
        """Send a text; more fields of the message may be given."""
        return self.send(user_id, written(text) | extra)

    def start(self, user_id: int, payload: str = "") -> Event:
        """Press Start, or follow a deep link; who had blocked the bot lets it in again."""
        with self.lock:
            if self.person(user_id).blocked:
                self.unblock(user_id)
            return self.say(user_id, f"/start {payload}".strip())

    def contact(
        self, user_id: int, phone: str, contact_user_id: int | None = OWN, *, forwarded: bool = False
    ) -> Event:
        """Share a contact: one's own unless another's user id, or None for somebody without Telegram, is given."""
        person = self.person(user_id)
        owner = user_id if contact_user_id == OWN else contact_user_id
        contact: Json = {"phone_number": phone, "first_name": person.name}
        contact |= {"user_id": owner} if owner is not None else {}
        origin = {"type": "user", "sender_user": person.json, "date": self.date()}
        return self.send(user_id, {"contact": contact} | ({"forward_origin": origin} if forwarded else {}))

    def photo(self, user_id: int, body: bytes, caption: str = "", **extra: Any) -> Event:
        """Send a picture; it is kept in several sizes, the largest as it is when it is a JPEG up to 1280 pixels."""
        with self.lock:
            sizes = [size.json for size in self.files.photo(body)]
            return self.send(user_id, {"photo": sizes} | _captioned(caption) | extra)

    def document(
        self,
        user_id: int,
        name: str,
        mime: str,
        body: bytes,
        caption: str = "",
        size: int | None = None,
        **extra: Any,
    ) -> Event:
        """Send a file; `size` claims more bytes than the body has."""
        with self.lock:
            said = {"file_name": name, "mime_type": mime}
            file = self.files.keep("document", body, suffix(name), said, size)
            return self.send(user_id, {"document": file.json} | _captioned(caption) | extra)

    def voice(self, user_id: int, body: bytes = b"OggS", seconds: int = 3) -> Event:
        """Send a voice note."""
        with self.lock:
            file = self.files.keep("voice", body, ".oga", {"duration": seconds, "mime_type": "audio/ogg"})
            return self.send(user_id, {"voice": file.json})

    def sticker(self, user_id: int, emoji: str = "👍") -> Event:
        """Send a sticker."""
        with self.lock:
            said = {"type": "regular", "emoji": emoji, "is_animated": False, "is_video": False}
            said |= {"width": 512, "height": 512}
            file = self.files.keep("sticker", b"RIFF", ".webp", said)
            return self.send(user_id, {"sticker": file.json})

    def location(self, user_id: int, latitude: float = 21.03, longitude: float = 105.85) -> Event:
        """Send a place."""
        return self.send(user_id, {"location": {"latitude": latitude, "longitude": longitude}})

    def send(self, user_id: int, content: Json) -> Event:
        """Send a message with these fields."""
        with self.lock:
            person = self._present(user_id)
            person.started = True
            chat = self.private_chat(person)
            return self.told(chat, self.add_message(chat, content, person.json), "message")

    def edit(self, user_id: int, message_id: int, text: str) -> Event:
        """Change one's own message."""
        with self.lock:
            chat = self.private_chat(self._present(user_id))
            message = chat.messages[message_id]
            if message.mine:
                raise ValueError("the bot's messages are edited by the bot")
            message.json = message.json | written(text) | {"edit_date": self.date()}
            message.edits += 1
            return self.told(chat, message, "edited_message")

    # ── what they press ─────────────────────────────────────────────────────────────────────────────

    def press(
        self, user_id: int, message_id: int, callback_data: str, *, chat_id: int | None = None
    ) -> Event:
        """Press an inline button, even one that is no longer there: old clients can send anything."""
        with self.lock:
            person = self._present(user_id)
            chat = self.chats[chat_id if chat_id is not None else user_id]
            number = str(secrets.randbits(62))
            self.callbacks[number] = self.clock()
            body = {
                "id": number,
                "from": person.json,
                "message": self._pressed(chat, message_id),
                "chat_instance": self.chat_instance,
                "data": callback_data,
            }
            update = self.publish("callback_query", body, ("press", user_id))
            return Event(update, message_id, chat.id, number)

    def _pressed(self, chat: Chat, message_id: int) -> Json:
        message = chat.messages.get(message_id)
        if message is None:
            return {"chat": chat.json, "message_id": message_id, "date": 0}
        return message.told()

    def button(self, user_id: int, label: str, *, chat_id: int | None = None) -> Event:
        """Press the newest button with this label, under a message or of the typed keyboard."""
        with self.lock:
            chat = self.chats[chat_id if chat_id is not None else user_id]
            hit = labelled(chat, label)
            if hit is None:
                return self._typed(user_id, chat, label)
            return self._inline(user_id, chat, *hit)

    def _inline(self, user_id: int, chat: Chat, message: Message, button: Markup) -> Event:
        if "callback_data" not in button:
            raise ValueError(f"the button {button['text']!r} tells the bot nothing")
        return self.press(user_id, message.id, button["callback_data"], chat_id=chat.id)

    def _typed(self, user_id: int, chat: Chat, label: str) -> Event:
        button = next((one for one in buttons(chat.typed_keyboard) if one["text"] == label), None)
        if button is None:
            raise ValueError(f"no button {label!r}")
        if chat.typed_keyboard is not None and chat.typed_keyboard.get("one_time_keyboard"):
            chat.typed_keyboard = None
        if button.get("request_contact"):
            return self.contact(user_id, "84912345678")
        return self.say(user_id, label)

    # ── what they decide ────────────────────────────────────────────────────────────────────────────

    def block(self, user_id: int) -> Event:
        """Stop the bot."""
        with self.lock:
            self.person(user_id).blocked = True
            return self._membership(user_id, "member", "kicked")

    def unblock(self, user_id: int) -> Event:
        """Let it in again."""
        with self.lock:
            self.person(user_id).blocked = False
            return self._membership(user_id, "kicked", "member")

    def _membership(self, user_id: int, old: str, new: str) -> Event:
        person = self.person(user_id)
        return self.moved(self.private_chat(person), person, old, new)

    def moved(self, chat: Chat, by: User, old: str, new: str) -> Event:
        """Publish that the bot's place in a chat has changed."""
        body = {
            "chat": chat.json,
            "from": by.json,
            "date": self.date(),
            "old_chat_member": self._member(old),
            "new_chat_member": self._member(new),
        }
        return Event(self.publish("my_chat_member", body, ("member", chat.id)), None, chat.id)

    def _member(self, status: str) -> Json:
        more: Json = {"until_date": 0} if status == "kicked" else {}
        if status == "administrator":
            more = dict.fromkeys(ADMINISTRATORS_MAY, True) | {"can_be_edited": False, "is_anonymous": False}
        return {"user": self.me, "status": status} | more

    def delete_account(self, user_id: int) -> None:
        """Be gone; the bot is not told."""
        with self.lock:
            self.person(user_id).deleted = True

    def _present(self, user_id: int) -> User:
        person = self.person(user_id)
        if person.deleted or person.blocked:
            raise ValueError(f"user {user_id} {'is gone' if person.deleted else 'has blocked the bot'}")
        return person

    # ── what they see ───────────────────────────────────────────────────────────────────────────────

    def messages(self, chat_id: int) -> list[Shown]:
        """A chat as it stands on the screen now, the oldest first."""
        with self.lock:
            chat = self.chats.get(chat_id)
            return [shown(message) for message in chat.messages.values()] if chat else []


def _captioned(caption: str) -> Json:
    if not caption:
        return {}
    entities = together([], caption)
    return {"caption": caption} | ({"caption_entities": entities} if entities else {})
