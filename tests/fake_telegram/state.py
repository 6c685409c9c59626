"""All that the fake server knows, under one lock, and the small acts of which the larger ones are made."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.fake_telegram.answers import Waiting
from tests.fake_telegram.chats import Chat, Json, Message, User
from tests.fake_telegram.faults import Fault
from tests.fake_telegram.files import Files
from tests.fake_telegram.floods import Floods
from tests.fake_telegram.keyboards import Markup
from tests.fake_telegram.lines import Lines
from tests.fake_telegram.records import Event, Records, Toast
from tests.fake_telegram.updates import Queue, Update, Updates

TOKEN = "7012345678:AAFakeFakeFakeFakeFakeFakeFakeFakeFake"
KEPT_MESSAGES = 100
"""How many of a chat's messages stay when no records are kept."""


@dataclass(slots=True)
class Webhook:
    """What setWebhook has set, and how it goes."""

    url: str
    secret: str
    max_connections: int
    ip_address: str = ""
    last_error_date: int = 0
    last_error_message: str = ""
    gone_since: float | None = None
    """When the answers 410 began."""


@dataclass(slots=True)
class Settings:
    """Switches that a test may turn at any time."""

    latency: float = 0.0
    """Seconds that each call takes."""
    limits: bool = False
    """Telegram's limits on sending."""
    duplicate_updates: bool = False
    shuffled: bool = False
    """A webhook's queues are served in random order; within each nothing overtakes."""
    privacy: bool = True
    """In groups the bot hears commands, mentions and replies to itself only."""
    keep_records: bool = True
    allow_http: bool = True
    """A webhook on this machine may be plain http, on any port; Telegram wants https on four ports."""


class State:
    """Users, chats, updates, webhook, files, faults, records; every act on them holds `lock`."""

    def __init__(
        self,
        token: str = TOKEN,
        *,
        username: str = "congdoan_bot",
        clock: Callable[[], float] = time.time,
        timer: Callable[[], float] = time.monotonic,
        waits: float = 1.0,
    ) -> None:
        self.token = token
        self.clock = clock
        """Epoch seconds: dates, expiry."""
        self.timer = timer
        """Seconds that run with the wire: limits, pauses."""
        self.waits = waits
        """Factor on the pauses that the server makes, so that tests need not sit them out."""
        self.me: Json = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Trợ lý Công đoàn",
            "username": username,
        }
        self.lock = threading.RLock()
        self.settings = Settings()
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.callbacks: dict[str, float] = {}
        """Presses that have not been answered, and when they were made."""
        self.toasts: list[Toast] = []
        self.profile: dict[str, Any] = {}
        """Commands, descriptions, menu buttons."""
        self.files = Files()
        self.updates = Updates(clock)
        self.waiting: Waiting | None = None
        self.last_poll = (0, float("-inf"))
        """Offset and moment of the last getUpdates."""
        self.next_conflict = float("-inf")
        """Before this moment a 409 is held back."""
        self.next_set_webhook = float("-inf")
        self.webhook: Webhook | None = None
        self.lines: Lines | None = None
        self.faults: list[Fault] = []
        self.floods = Floods()
        self.records = Records(token)
        self.down = False
        self.listeners: list[Callable[[], None]] = []
        """Called, in any thread, when there may be something to deliver or the outage has changed."""
        self.chat_instance = str(secrets.randbits(62))

    # ── small acts ──────────────────────────────────────────────────────────────────────────────────

    def person(self, user_id: int) -> User:
        """A user that the test has introduced."""
        if user_id not in self.users:
            raise ValueError(f"no user {user_id}: call user() first")
        return self.users[user_id]

    def private_chat(self, user: User) -> Chat:
        """The chat of a user and the bot."""
        chat = self.chats.get(user.id)
        if chat is None:
            chat = self.chats[user.id] = Chat(user.id, "private", user=user)
        return chat

    def date(self) -> int:
        """Now, in whole seconds."""
        return int(self.clock())

    def add_message(
        self,
        chat: Chat,
        content: Json,
        author: Json | None,
        *,
        mine: bool = False,
        markup: Markup | None = None,
    ) -> Message:
        """Store a message with the next number of its chat; without an author it is a channel's own."""
        head: Json = {"message_id": chat.next_id(), "chat": chat.json, "date": self.date()}
        if author is not None:
            head["from"] = author
        else:
            head["sender_chat"] = chat.json
        message = Message(head | content, mine, markup)
        chat.add(message, None if self.settings.keep_records else KEPT_MESSAGES)
        return message

    def publish(self, kind: str, body: Json, queue: Queue) -> int | None:
        """Make an update and wake whoever waits for it; its number, or None when the bot did not ask for it."""
        fresh = self.updates.push(kind, body, queue)
        self.hand_out(fresh)
        return fresh[0].id if fresh else None

    def hand_out(self, fresh: list[Update]) -> None:
        """Tell the webhook or the waiting poll of new updates."""
        if self.lines is not None:
            for update in fresh:
                self.lines.add(update)
        if fresh:
            self.updates_arrived()

    def updates_arrived(self) -> None:
        """Overridden where polls are answered."""
        self.wake()

    def wake(self) -> None:
        """Tell the wire."""
        for listener in self.listeners:
            listener()

    def told(self, chat: Chat, message: Message, kind: str) -> Event:
        """Publish a user's message."""
        number = self.publish(kind, message.told(), ("chat", chat.id))
        return Event(number, message.id, chat.id)
