"""The user side in groups and channels: the bot comes, hears what it may hear, and goes."""

from __future__ import annotations

from typing import Any

from tests.fake_telegram.chats import Chat, Json
from tests.fake_telegram.people import People, written
from tests.fake_telegram.records import Event

KINDS = {"group", "supergroup", "channel"}
INSIDE = {"member", "administrator"}


class Groups(People):
    """What happens in groups and channels."""

    def add_to_group(self, group_id: int, title: str, by_user_id: int, kind: str = "supergroup") -> Event:
        """A person brings the bot into a group (as a member) or a channel (as an administrator)."""
        if kind not in KINDS or group_id >= 0:
            raise ValueError(f"{kind} {group_id}: a group's or channel's id is negative")
        with self.lock:
            person = self.person(by_user_id)
            chat = self.chats.setdefault(group_id, Chat(group_id, kind, title, status="left"))
            old, chat.status = chat.status, "administrator" if kind == "channel" else "member"
            event = self.moved(chat, person, old, chat.status)
            if kind != "channel":
                arrival = {"new_chat_members": [self.me], "new_chat_member": self.me}
                self.told(chat, self.add_message(chat, arrival, person.json), "message")
            return event

    def remove_from_group(self, group_id: int, by_user_id: int) -> Event:
        """A person throws the bot out."""
        with self.lock:
            chat = self.chats[group_id]
            old, chat.status = chat.status, "kicked"
            return self.moved(chat, self.person(by_user_id), old, "kicked")

    def migrate_group(self, old_id: int, new_id: int, by_user_id: int) -> Event:
        """A group becomes a supergroup with another id; the old one says where it went."""
        with self.lock:
            old, person = self.chats[old_id], self.person(by_user_id)
            if old.type != "group":
                raise ValueError("only a group becomes a supergroup")
            new = self.chats[new_id] = Chat(new_id, "supergroup", old.title, status=old.status)
            old.moved_to = new_id
            gone = self.add_message(old, {"migrate_to_chat_id": new_id}, person.json)
            self.told(old, gone, "message")
            here = self.add_message(new, {"migrate_from_chat_id": old_id}, person.json)
            return self.told(new, here, "message")

    def group_say(self, group_id: int, user_id: int, text: str, **extra: Any) -> Event:
        """Somebody writes there; the bot gets an update when it may hear it.  In a channel it is a post."""
        with self.lock:
            chat, person = self.chats[group_id], self.person(user_id)
            author = None if chat.type == "channel" else person.json
            message = self.add_message(chat, written(text) | extra, author)
            if chat.status not in INSIDE or not self._hears(chat, message.json):
                return Event(None, message.id, chat.id)
            return self.told(chat, message, "channel_post" if chat.type == "channel" else "message")

    def _hears(self, chat: Chat, message: Json) -> bool:
        if chat.type == "channel" or not self.settings.privacy:
            return True
        words = message["text"].split()
        name = "@" + self.me["username"].lower()
        if message.get("reply_to_message", {}).get("from", {}).get("id") == self.me["id"]:
            return True
        if words and words[0].startswith("/"):
            return "@" not in words[0] or words[0].lower().endswith(name)
        return name in (word.lower().rstrip(",.:!?") for word in words)
