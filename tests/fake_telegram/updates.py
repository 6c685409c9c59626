"""The queue of updates: numbered, filtered when they are made, kept until confirmed, delivered or expired."""

from __future__ import annotations

import json
import secrets
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any

KINDS = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "message_reaction",
    "message_reaction_count",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
)
DEFAULT = frozenset(KINDS) - {"chat_member", "message_reaction", "message_reaction_count"}

DAY = 24 * 3600
CALLBACK_LIFETIME = 150
FUTURE = 10
"""An offset further ahead of the last update than this counts as no offset (server source)."""
PAST = 200_000
"""Likewise one further behind."""

Queue = Hashable
"""What is delivered to a webhook in order: a chat's messages, a user's presses, a chat's membership."""


@dataclass(slots=True, eq=False)
class Update:
    """One update as bytes: what it says is fixed when it is made."""

    id: int
    kind: str
    body: bytes
    expires: float
    queue: Queue
    again: bool = False
    """Handed out once more, whatever has been confirmed."""
    delay: float = 1.0
    fails: int = 0
    ready: float = 0.0
    """When a webhook may be tried next, by the timer."""


class Updates:
    """What waits for the bot.  Not thread-safe: its owner holds the lock."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self.allowed = DEFAULT
        self.duplicate = False
        self.remember = True
        """Keep what was delivered, so that it can be delivered again."""
        self.waiting: OrderedDict[int, Update] = OrderedDict()
        self.again: deque[Update] = deque()
        self._past: dict[int, Update] = {}
        self.next_id = 0
        self.restart_ids()

    def restart_ids(self) -> None:
        """Go on at a random number, as happens after a quiet week."""
        self.next_id = 100_000_000 + secrets.randbelow(800_000_000)

    # ── making ──────────────────────────────────────────────────────────────────────────────────────

    def push(self, kind: str, body: Any, queue: Queue) -> list[Update]:
        """A new update and its duplicate, if there are any: none when the bot did not ask for this kind."""
        if kind in KINDS and kind not in self.allowed:
            return []
        number, self.next_id = self.next_id, self.next_id + 1
        content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        whole = b'{"update_id":%d,"%s":%s}' % (number, kind.encode(), content)
        lifetime = CALLBACK_LIFETIME if kind == "callback_query" else DAY
        update = Update(number, kind, whole, self._clock() + lifetime, queue)
        self.waiting[number] = update
        if self.remember:
            self._past[number] = update
        return [update, *self.repeat(number)] if self.duplicate else [update]

    def repeat(self, number: int) -> list[Update]:
        """Hand this update out once more; KeyError when it is not remembered."""
        old = self.waiting.get(number) or self._past[number]
        copy = Update(old.id, old.kind, old.body, self._clock() + DAY, old.queue, again=True)
        self.again.append(copy)
        return [copy]

    # ── taking ──────────────────────────────────────────────────────────────────────────────────────

    def get(self, offset: int, limit: int) -> list[bytes]:
        """Confirm what lies below the offset (negative: all but the newest so many) and read on."""
        if offset < 0:
            self._drop(list(self.waiting)[:offset])
        elif self._is_near(offset):
            self._drop(self._before(offset))
        self._expire(limit)
        found = [update.body for update, _ in zip(self.waiting.values(), range(limit), strict=False)]
        while self.again and len(found) < limit:
            found.append(self.again.popleft().body)
        return found

    def _is_near(self, offset: int) -> bool:
        return 0 < offset <= self.next_id - 1 + FUTURE and offset >= self.next_id - PAST

    def _before(self, offset: int) -> list[int]:
        confirmed = []
        for number in self.waiting:
            if number >= offset:
                break
            confirmed.append(number)
        return confirmed

    def _expire(self, limit: int) -> None:
        now = self._clock()
        old = [update.id for update, _ in zip(self.waiting.values(), range(2 * limit), strict=False)]
        self._drop([number for number in old if self.waiting[number].expires < now])

    def _drop(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            del self.waiting[number]

    def done(self, update: Update) -> None:
        """A webhook has taken it, or it has expired."""
        if update.again:
            self.again.remove(update)
        else:
            self.waiting.pop(update.id, None)

    def clear(self) -> None:
        """drop_pending_updates."""
        self.waiting.clear()
        self.again.clear()

    def all(self) -> list[Update]:
        """Everything that waits, duplicates right behind their originals."""
        return sorted([*self.waiting.values(), *self.again], key=lambda update: (update.id, update.again))

    @property
    def pending(self) -> int:
        """pending_update_count."""
        now = self._clock()
        return len(self.again) + sum(update.expires >= now for update in self.waiting.values())


def allowed(names: object) -> frozenset[str] | None:
    """The kinds that a bot asks for; None: as before.  Unknown names only, or none, mean the default set."""
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        return None
    return frozenset(name.lower() for name in names) & frozenset(KINDS) or DEFAULT
