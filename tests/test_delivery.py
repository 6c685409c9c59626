"""What goes out: order, priorities, faults that delay nobody else, and what is never said twice."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.channel import SendError
from bot.delivery import deliver_due
from storage import contacts, outbox
from storage.database import Database
from storage.messages import Choice, Reply

NOW = datetime(2026, 11, 10, 1, 0, tzinfo=UTC)


@dataclass
class Platform:
    """A channel that does as it is told: `faults` are raised once each, by address."""

    name: str = "web"
    faults: dict[str, list[Exception]] = field(default_factory=dict)
    sent: list[tuple[str, str, str]] = field(default_factory=list)

    async def listen(self, receive: object) -> None:
        """Nobody writes here."""

    async def send(self, address: str, reply: Reply, key: str) -> str:
        """Take a message, or raise what is next for this address."""
        if self.faults.get(address):
            raise self.faults[address].pop(0)
        self.sent.append((address, reply.text, reply.replaces))
        return f"platform-{key}"


@pytest.fixture
def people(database: Database) -> dict[str, int]:
    with database.begin() as db:
        return {name: contacts.add(db, "web", name, NOW) or 0 for name in ("lan", "hai")}


def put(
    database: Database, contact: int, text: str, *, kind: str = "reply", key: str = "", replaces: str = ""
) -> int | None:
    with database.begin() as db:
        reply = Reply(text, (Choice("1.0", "Có"),), replaces=replaces)
        return outbox.put(db, contact, reply, key=key or text, due_at=NOW, kind=kind)


def deliver(database: Database, platform: Platform, at: datetime = NOW) -> int:
    return asyncio.run(deliver_due(database, {"web": platform}, at))


def states(database: Database) -> dict[str, str]:
    with database.read() as db:
        return {row.key: row.state for row in db.execute(select(outbox.OUTGOING))}


def test_a_key_is_said_once(database: Database, people: dict[str, int]) -> None:
    assert put(database, people["lan"], "a", key="k")
    assert put(database, people["lan"], "b", key="k") is None
    platform = Platform()
    assert deliver(database, platform) == 1
    assert deliver(database, platform) == 0


def test_replies_go_before_reminders_and_reminders_before_digests(
    database: Database, people: dict[str, int]
) -> None:
    for kind in ("digest", "reminder", "reply"):
        put(database, people["lan"], kind, kind=kind)
    platform = Platform()
    deliver(database, platform)
    assert [text for _, text, _ in platform.sent] == ["reply", "reminder", "digest"]


def test_messages_of_a_chat_arrive_in_the_order_in_which_they_were_said(
    database: Database, people: dict[str, int]
) -> None:
    for number in range(30):
        put(database, people["lan"], f"{number:02}")
    platform = Platform()
    deliver(database, platform)
    assert [text for _, text, _ in platform.sent] == [f"{number:02}" for number in range(30)]


def test_a_passing_fault_of_one_chat_delays_nobody_else_and_is_tried_again(
    database: Database, people: dict[str, int]
) -> None:
    put(database, people["lan"], "a")
    put(database, people["hai"], "b")
    platform = Platform(faults={"lan": [SendError("busy", retry_after=7)]})
    assert deliver(database, platform) == 1
    assert platform.sent == [("hai", "b", "")]
    assert deliver(database, platform, NOW + timedelta(seconds=6)) == 0
    assert deliver(database, platform, NOW + timedelta(seconds=8)) == 1


def test_a_permanent_fault_stops_the_contact_and_does_not_count_as_sent(
    database: Database, people: dict[str, int]
) -> None:
    put(database, people["lan"], "a", kind="reminder")
    put(database, people["lan"], "later")
    deliver(database, Platform(faults={"lan": [SendError("blocked", permanent=True)] * 2}))
    assert "sent" not in states(database).values()
    assert deliver(database, Platform()) == 0


def test_of_unknown_outcomes_only_a_reply_is_tried_once_more(
    database: Database, people: dict[str, int]
) -> None:
    for kind in ("reply", "reminder", "digest"):
        put(database, people["lan"], kind, kind=kind)
    lost = SendError("no answer", unknown=True)
    platform = Platform(faults={"lan": [lost, lost, lost]})
    for minute in range(3):
        deliver(database, platform, NOW + timedelta(minutes=minute))
    assert [text for _, text, _ in platform.sent] == ["reply"]
    assert states(database) == {"reply": "sent", "reminder": "unknown", "digest": "unknown"}


def test_after_a_crash_a_reply_goes_out_again_and_a_reminder_does_not(
    database: Database, people: dict[str, int]
) -> None:
    put(database, people["lan"], "reply")
    put(database, people["hai"], "reminder", kind="reminder")
    with database.begin() as db:
        assert len(outbox.claim(db, NOW)) == 2
    platform = Platform()
    assert deliver(database, platform) == 0
    with database.begin() as db:
        outbox.recover(db)
    deliver(database, platform)
    assert platform.sent == [("lan", "reply", "")]
    assert states(database)["reminder"] == "unknown"


def test_an_edit_names_the_message_that_it_takes_the_place_of(
    database: Database, people: dict[str, int]
) -> None:
    put(database, people["lan"], "first", key="k1")
    platform = Platform()
    deliver(database, platform)
    put(database, people["lan"], "second", key="k2", replaces="k1")
    deliver(database, platform)
    assert platform.sent[-1] == ("lan", "second", "platform-k1")


def test_a_channel_that_raises_something_else_is_a_passing_fault(
    database: Database, people: dict[str, int]
) -> None:
    put(database, people["lan"], "a")
    platform = Platform(faults={"lan": [ValueError("bug")]})
    assert deliver(database, platform) == 0
    assert deliver(database, platform, NOW + timedelta(minutes=1)) == 1
