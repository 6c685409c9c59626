"""A house for the chat page to stand in: people, a memory and a clock, all made up, over real HTTP."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.channel import Receive
from bot.channels.web import WebChannel, from_bot, from_person
from storage.messages import Attachment, Choice, Incoming, Reply

START = datetime(2026, 11, 12, 8, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))

PEOPLE = [
    {
        "address": "lanhdao", "name": "Kênh lãnh đạo LĐLĐ tỉnh", "title": "", "unit": "Bản tin tháng",
        "group": "Kênh lãnh đạo", "kind": "channel",
    },
    {
        "address": "NB-1", "name": "Đặng Văn Chính", "title": "Phó Chủ tịch Thường trực",
        "unit": "LĐLĐ tỉnh Ninh Bình", "group": "Ban lãnh đạo và ban chuyên môn", "kind": "person",
    },
    {
        "address": "NB-HLU-1", "name": "Vũ Thanh Kiên", "title": "Chủ tịch", "unit": "CĐ phường Hoa Lư",
        "group": "Công đoàn cấp trên trực tiếp cơ sở", "kind": "person",
    },
    {
        "address": "CS001-1", "name": "Trần Thị Lan", "title": "Chủ tịch",
        "unit": "CĐCS Công ty TNHH May xuất khẩu Hoa Lư", "group": "CĐCS thuộc CĐ phường Hoa Lư",
        "kind": "person",
    },
    {
        "address": "CS002-1", "name": "Phạm Đức Long", "title": "Phó Chủ tịch", "unit": "CĐCS Trường THPT Hoa Lư A",
        "group": "CĐCS thuộc CĐ phường Hoa Lư", "kind": "person",
    },
]  # fmt: skip


QUIET = {"im lặng", "Tuyên truyền", "Chăm lo đoàn viên"}
"""What is taken without an answer."""


class FakeDesk:
    """Remembers in lists what the real house remembers in tables."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.time = START
        self.chats: dict[str, list[dict[str, Any]]] = {person["address"]: [] for person in PEOPLE}
        self.received: list[Incoming] = []
        self.moved: list[str] = []

    def people(self) -> list[dict[str, Any]]:
        return list(PEOPLE)

    def history(self, address: str) -> list[dict[str, Any]]:
        return list(self.chats[address])

    def keep(self, name: str, media_type: str, body: bytes) -> Attachment:
        path = f"{len(list(self.folder.iterdir()))}-{name}"
        (self.folder / path).write_bytes(body)
        kind = "photo" if media_type.startswith("image/") else "file"
        return Attachment(path, name, media_type, len(body), kind)

    def file(self, path: str) -> Path | None:
        file = (self.folder / path).resolve()
        return file if file.is_file() and file.is_relative_to(self.folder.resolve()) else None

    def now(self) -> datetime:
        return self.time

    def clock(self) -> dict[str, Any]:
        moves = [
            {"to": "next_reminder", "label": "Đến lần nhắc tiếp theo", "at": self._at(1)},
            {"to": "deadline", "label": "Đến hạn nộp", "at": None},
            {"to": "day", "label": "+1 ngày"},
        ]
        label = f"Thứ Năm, {self.time:%d/%m/%Y %H:%M}"
        return {"now": self.time.isoformat(), "label": label, "moves": moves}

    async def move(self, to: str) -> dict[str, Any]:
        self.moved.append(to)
        self.time += timedelta(days=1)
        return self.clock()

    def _at(self, days: int) -> str:
        return (self.time + timedelta(days=days)).isoformat()


class House:
    """The page, served; `receive` may be replaced by the test."""

    def __init__(self, folder: Path) -> None:
        self.channel = WebChannel(FakeDesk(folder), port=0)
        self.loop = asyncio.new_event_loop()
        self.begin_anew(folder)

    def begin_anew(self, folder: Path) -> None:
        """Forget everything; the page stays served."""
        self.channel.desk = self.desk = FakeDesk(folder)
        self.receive: Receive = self.echo

    async def take(self, incoming: Incoming) -> None:
        """What the channel calls."""
        await self.receive(incoming)

    async def echo(self, incoming: Incoming) -> None:
        """Take a message once, then repeat it."""
        if any(incoming.message_id == known.message_id for known in self.desk.received):
            return
        text = incoming.text or self._label(incoming)
        said = from_person(incoming.message_id, text, incoming.received_at, incoming.attachments)
        self.desk.received.append(incoming)
        self.desk.chats[incoming.address].append(said)
        if text not in QUIET:
            await self._send(incoming.address, Reply(f"Đã nhận: {text}"), f"r-{incoming.message_id}")

    def _label(self, incoming: Incoming) -> str:
        choices = [c for message in self.desk.chats[incoming.address] for c in message["choices"]]
        return next((c["label"] for c in reversed(choices) if c["value"] == incoming.choice), "")

    def say(self, address: str, text: str, **more: Any) -> str:
        """The bot says something; returns the message's id."""
        key = f"k{sum(len(chat) for chat in self.desk.chats.values())}"
        self._wait(self._send(address, Reply(text, **more), key))
        return key

    async def _send(self, address: str, reply: Reply, key: str) -> None:
        self.desk.chats[address].append(from_bot(key, reply, self.desk.now()))
        await self.channel.send(address, reply, key)

    def drop_streams(self) -> None:
        """Lose every connection of every page, as a sleeping laptop does."""

        async def drop() -> None:
            for stream in list(self.channel._streams._open):
                stream.events.put_nowait("")

        self._wait(drop())

    def _wait(self, coroutine: Any) -> Any:
        future: Future[Any] = asyncio.run_coroutine_threadsafe(coroutine, self.loop)
        return future.result(10)


@contextmanager
def open_house(folder: Path) -> Iterator[House]:
    """Serve the page in a thread until the test is over."""
    folder.mkdir(exist_ok=True)
    house = House(folder)
    house.channel.bind()
    listening = house.loop.create_task(house.channel.listen(house.take))
    thread = threading.Thread(target=_run, args=(house.loop, listening))
    thread.start()
    try:
        yield house
    finally:
        house.loop.call_soon_threadsafe(listening.cancel)
        thread.join(10)


def _run(loop: asyncio.AbstractEventLoop, listening: asyncio.Task[None]) -> None:
    try:
        loop.run_until_complete(asyncio.wait([listening]))
    finally:
        loop.close()


def choices(*labels: str, marked: tuple[str, ...] = ()) -> tuple[Choice, ...]:
    """Choices numbered from 1."""
    return tuple(Choice(f"q:{n}", label, label in marked) for n, label in enumerate(labels, 1))
