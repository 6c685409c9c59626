"""Files that people sent: fetched after the turn, several at once, again after a fault, given up when they are gone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.channel import Quiet, SendError
from bot.delivery import here
from bot.fetching import Fetching
from storage import periods, remote_files
from storage.database import Database
from storage.messages import Reply
from storage.models import Attachment
from tests.organisation import add, found, submission

NOW = datetime(2026, 11, 10, 1, 0, tzinfo=UTC)


@dataclass
class Shelf(Quiet):
    """A platform that keeps files; some are slow, some raise."""

    name: str = "telegram"
    slow: dict[str, asyncio.Event] = field(default_factory=dict)
    faults: dict[str, SendError] = field(default_factory=dict)
    given: list[str] = field(default_factory=list)

    async def listen(self, receive: object) -> None:
        """Nobody writes here."""

    async def send(self, _address: str, _reply: Reply, key: str) -> str:
        """Nothing is sent."""
        return key

    async def fetch(self, remote: str, target: Path) -> int:
        """Write the file."""
        if remote in self.slow:
            await self.slow[remote].wait()
        if remote in self.faults:
            raise self.faults[remote]
        target.write_bytes(b"picture")  # noqa: ASYNC240 - seven bytes
        self.given.append(remote)
        return 7


@pytest.fixture
def files(database: Database) -> Callable[[int], list[int]]:
    """Let so many pictures wait; their numbers."""

    def make(count: int) -> list[int]:
        ids = found(database)
        with database.begin() as db:
            month = periods.ensure(db, periods.duties(db, NOW.date())[0], "2026-11")
            paper = submission(db, ids, "A", month.id, "draft", "2026-11-10 08:00")
            return [
                add(db, Attachment, submission_id=paper, version=1, question="q", path="", name=f"{n}.jpg",
                    media_type="image/jpeg", size=0, channel="telegram", remote=f"f{n}", attempts=0, fetch_at=NOW,
                    received_at=NOW)
                for n in range(count)
            ]  # fmt: skip

    return make


def serve(database: Database, shelf: Shelf, until: Callable[[], bool], now: datetime = NOW) -> None:
    """Fetch until something is so."""

    async def run() -> None:
        fetching = Fetching(database, {"telegram": shelf}, here)
        serving = asyncio.ensure_future(fetching.serve(lambda: now))
        for _ in range(1000):
            if until():
                break
            await asyncio.sleep(0.01)
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)

    asyncio.run(run())
    assert until()


def rows(database: Database) -> list[Attachment]:
    with database.read() as db:
        return [Attachment(**row) for row in db.execute(select(remote_files.ATTACHMENT)).mappings()]


def test_a_file_is_brought_home_under_a_name_of_our_own(
    database: Database, files: Callable[[int], list[int]]
) -> None:
    number = files(1)[0]
    serve(database, Shelf(), lambda: rows(database)[0].path != "")
    [row] = rows(database)
    assert (row.path, row.size, row.remote) == (f"received/2026-11/{number}.jpg", 7, "")
    assert (database.files / row.path).read_bytes() == b"picture"


def test_one_slow_file_holds_up_no_other(database: Database, files: Callable[[int], list[int]]) -> None:
    files(9)
    shelf = Shelf(slow={"f0": asyncio.Event()})
    serve(database, shelf, lambda: len(shelf.given) == 8)
    assert "f0" not in shelf.given


def test_a_passing_fault_is_tried_again_later_and_a_file_that_is_gone_is_not(
    database: Database, files: Callable[[int], list[int]]
) -> None:
    files(2)
    shelf = Shelf(faults={"f0": SendError("busy"), "f1": SendError("gone", refused=True)})
    serve(database, shelf, lambda: rows(database)[1].fetch_at is None and rows(database)[0].attempts == 1)
    shelf.faults.clear()
    serve(database, shelf, lambda: "f0" in shelf.given, NOW + timedelta(minutes=1))
    assert shelf.given == ["f0"]
