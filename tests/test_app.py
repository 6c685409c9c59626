"""The running process: one person's messages in order, acknowledged only after the commit, a clean stop."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime

import pytest
from sqlalchemy import select

from bot import inbound
from bot.app import App
from bot.channel import Quiet, Receive
from bot.clock import Clock
from bot.demo import Desk
from storage import inbox
from storage.calendar import TZ
from storage.database import Database
from storage.messages import Incoming, Reply
from tests.player import demo_start

NOW = datetime(2026, 9, 10, 8, 30, tzinfo=TZ)
TEACHER = "nb-gdu-01-1"
REPORT = ["báo cáo", "không phát sinh", "như cũ", "tốt", "bỏ qua", "gửi"]


@dataclass
class Burst(Quiet):
    """A channel whose people all speak at once, and that notes what was committed when it was acknowledged."""

    database: Database
    messages: list[Incoming]
    name: str = "web"
    said: list[str] = field(default_factory=list)
    uncommitted: list[str] = field(default_factory=list)

    async def listen(self, receive: Receive) -> None:
        """Hand over every message without waiting for the one before."""
        await asyncio.gather(*(self._hand_over(receive, message) for message in self.messages))

    async def _hand_over(self, receive: Receive, message: Incoming) -> None:
        await receive(message)
        with self.database.read() as db:
            found = db.scalar(
                select(inbox.RECEIPT.c.id).where(inbox.RECEIPT.c.message_id == message.message_id)
            )
        if found is None:
            self.uncommitted.append(message.message_id)

    async def send(self, address: str, reply: Reply, key: str) -> str:
        """Note what arrives."""
        self.said.append(f"{address}: {reply.text}")
        return key


def serve(database: Database, people: list[str]) -> Burst:
    """Run the app while each of these people sends a whole report in one burst."""
    demo_start(database, NOW, months=0)
    clock = Clock()
    clock.set(NOW)
    messages = [
        Incoming("web", person, f"{person}-{number}", NOW, words)
        for person in people
        for number, words in enumerate(REPORT)
    ]
    burst = Burst(database, messages)
    asyncio.run(App(database, clock).run({"web": burst}, jobs=False))
    return burst


def test_a_burst_of_one_person_is_handled_in_the_order_in_which_it_was_sent(database: Database) -> None:
    # The receipt's picture is drawn beside the turns: it may be out by now, or not yet.
    said = [text for text in serve(database, [TEACHER]).said if "Biên nhận" not in text]
    marks = ("Câu 1/", "Câu 2/", "Câu 3/", "Câu 4/", "gõ GUI", "Đã nhận")
    assert [mark in text for text, mark in zip(said, marks, strict=True)] == [True] * len(marks)


def test_a_message_is_acknowledged_only_after_its_commit(database: Database) -> None:
    people = [f"nb-gdu-{number:02}-1" for number in range(1, 10)]
    burst = serve(database, people)
    assert burst.uncommitted == []
    assert sum("Đã nhận báo cáo" in text for text in burst.said) == len(people)


def test_after_a_fault_of_the_database_messages_keep_their_order(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What arrived behind the batch that failed is not taken before it."""
    handled: list[str] = []
    faults = [OSError("the database is away")]

    def receive_all(_database: Database, messages: list[Incoming]) -> None:
        if faults:
            raise faults.pop()
        handled.extend(message.message_id for message in messages)

    monkeypatch.setattr(inbound, "receive_all", receive_all)
    waiting = [Incoming("web", TEACHER, str(number), NOW, "chào") for number in range(40)]

    async def hand_over_until_taken() -> None:
        app = App(database, Clock())
        while not handled:
            await asyncio.gather(*(app.receive(message) for message in waiting), return_exceptions=True)

    asyncio.run(hand_over_until_taken())
    assert handled == [message.message_id for message in waiting]


def test_the_demos_first_people_are_those_who_report(sqlite_database: Database) -> None:
    demo_start(sqlite_database, NOW, months=0)
    listed = Desk(App(sqlite_database, Clock())).people()
    groups = list(dict.fromkeys(person["group"] for person in listed))
    assert all(person["unit"].startswith("CĐCS") for person in listed[:10])
    assert groups[-3:] == ["Công đoàn cấp trên trực tiếp", "Ban lãnh đạo và ban chuyên môn", "Kênh lãnh đạo"]
