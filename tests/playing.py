"""The fake Telegram with officers in it who answer at once, or after some thought: benchmarks play against it."""

from __future__ import annotations

import heapq
import random
import time
from collections.abc import Mapping, Sequence
from typing import Any

from tests.fake_telegram import Telegram


class Playing(Telegram):
    """Each person says the next line as soon as the bot has answered the one before."""

    def __init__(self, *, think: tuple[float, float] = (0.0, 0.0), **more: Any) -> None:
        super().__init__(**more)
        self.think = think
        """Seconds between an answer and the next line, at least and at most; then `tick` lets people speak."""
        self.lines_of: dict[int, list[str]] = {}
        self.said_at: dict[int, float] = {}
        self.thinking: list[tuple[float, int]] = []
        self.replies: list[float] = []
        """Seconds between a line and the bot's next message to that person."""
        self.finished_at = 0.0
        self._chance = random.Random(3)

    def play(self, lines_of: Mapping[int, Sequence[str]]) -> None:
        """Everybody says the first line now, or within the longest thought."""
        with self.lock:
            self.lines_of = {person: list(reversed(lines)) for person, lines in lines_of.items()}
            for person in lines_of:
                self._go_on(person, self._chance.uniform(0, self.think[1]))

    @property
    def done(self) -> bool:
        """Whether everybody has had the last answer."""
        return not self.said_at and not self.thinking

    def tick(self) -> None:
        """Let those speak who have thought long enough."""
        with self.lock:
            while self.thinking and self.thinking[0][0] <= time.monotonic():
                self._speak(heapq.heappop(self.thinking)[1])

    def add_message(self, chat: Any, *rest: Any, mine: bool = False, **more: Any) -> Any:
        """Store a message; the bot's own is answered."""
        message = super().add_message(chat, *rest, mine=mine, **more)
        if mine and chat.id in self.said_at:
            self.finished_at = time.monotonic()
            self.replies.append(self.finished_at - self.said_at.pop(chat.id))
            self._go_on(chat.id, self._chance.uniform(*self.think))
        return message

    def _go_on(self, person: int, thought: float) -> None:
        if not self.lines_of[person]:
            return
        if thought:
            heapq.heappush(self.thinking, (time.monotonic() + thought, person))
        else:
            self._speak(person)

    def _speak(self, person: int) -> None:
        self.said_at[person] = time.monotonic()
        self.say(person, self.lines_of[person].pop())
