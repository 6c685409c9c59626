"""Poison and floods, against `congdoan serve` as a process: order is kept, others are served, memory stays flat."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import outbox
from storage.messages import Reply
from tests.fake_telegram import Telegram, running
from tests.serving import Serve, fill

PATIENCE = 90.0


@pytest.fixture
def telegram() -> Telegram:
    return Telegram(waits=0.02)


@pytest.fixture
def served(telegram: Telegram, tmp_path: Path) -> Iterator[Serve]:
    """The program, not started yet, with officers 1001, 1002, … whose accounts have joined."""
    with running(telegram) as base:
        made = Serve(tmp_path / "var", base, base.base_file_url)
        made.data.mkdir()
        for user in fill(made.url, made.data / "files"):
            telegram.user(user, f"Cán bộ {user}")
        yield made
        if made.process is not None and made.process.poll() is None:
            assert made.stop() == 0


def wait_for(condition: Callable[[], bool], what: str) -> None:
    """Until it is so."""
    until = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > until:
            raise AssertionError(f"never: {what}")
        time.sleep(0.02)


def heard(telegram: Telegram, user: int) -> list[str]:
    """What the bot has said to somebody."""
    return [message.text for message in telegram.messages(user) if message.mine]


def last(telegram: Telegram, user: int) -> str:
    """What the bot has said last to somebody; empty if nothing."""
    return "".join(heard(telegram, user)[-1:])


def counted(served: Serve, sql: str) -> int:
    """One number from the program's database."""
    database = served.database()
    with database.read() as db:
        number = db.scalar(text(sql))
    database.close()
    return int(number or 0)


def memory(served: Serve) -> float:
    """Megabytes of the process."""
    assert served.process
    status = Path(f"/proc/{served.process.pid}/status").read_text("utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


# ── poison ──────────────────────────────────────────────────────────────────────────────────────────


def test_an_update_that_makes_a_handler_raise_gets_an_apology_and_the_next_one_works(
    telegram: Telegram, served: Serve
) -> None:
    served.start()
    telegram.say(1001, "/baocao")
    wait_for(lambda: bool(heard(telegram, 1001)), "the first question")
    served.kill()
    database = served.database()
    with database.begin() as db:
        broken = json.dumps(
            {"turn": 1, "frames": [{"form": "no such form", "submission": 1}], "asked_in": ""}
        )
        db.execute(text("UPDATE conversation SET state = :state"), {"state": broken})
    database.close()
    served.start()
    telegram.say(1001, "5")
    telegram.say(1002, "/baocao")
    wait_for(lambda: "Xin lỗi" in last(telegram, 1001), "an apology")
    wait_for(lambda: "Câu 1/" in last(telegram, 1002), "another person's question")
    assert served.log.read_text("utf-8").count("Traceback") == 1
    database = served.database()
    with database.begin() as db:
        db.execute(text("DELETE FROM conversation"))
    database.close()
    telegram.say(1001, "/tieptuc")
    wait_for(lambda: "Câu 1/" in last(telegram, 1001), "the next message works")


def test_kinds_of_updates_that_nobody_knows_hold_up_nothing(telegram: Telegram, served: Serve) -> None:
    telegram.raw_update({"chat_boost": {"chat": {"id": 1, "type": "channel"}, "boost": {}}})
    telegram.raw_update({"from_the_future": {"anything": [1, {"deep": None}]}})
    telegram.raw_update({"message": {"message_id": 5, "date": 1, "chat": {"id": 1001, "type": "private"}}})
    telegram.raw_update({"message": {"text": "no number, no chat, no date"}})
    telegram.raw_update({"callback_query": {"id": "x"}})
    telegram.say(1001, "/baocao")
    served.start()
    wait_for(lambda: bool(heard(telegram, 1001)), "the message after them")
    wait_for(lambda: telegram.pending() == 0, "all are confirmed")


# ── floods ──────────────────────────────────────────────────────────────────────────────────────────


def test_one_person_who_sends_two_hundred_messages_keeps_nobody_waiting(
    telegram: Telegram, served: Serve
) -> None:
    served.settings = {}  # the pace of the real platform
    telegram.tune(limits=True)
    served.start()
    for number in range(200):
        telegram.say(1001, f"chào {number}")
    telegram.say(1002, "/baocao")
    wait_for(lambda: bool(heard(telegram, 1002)), "the other one is answered")
    assert len(heard(telegram, 1001)) < 20
    assert counted(served, "SELECT count(*) FROM receipt") == 201
    assert not [call for call in telegram.calls if call.status == 429]


def test_messages_of_one_person_are_taken_in_order_after_an_outage(telegram: Telegram, served: Serve) -> None:
    after_an_outage(telegram, served, 2_000)


@pytest.mark.long
def test_ten_thousand_queued_messages_are_taken_in_order_with_flat_memory(
    telegram: Telegram, served: Serve
) -> None:
    after_an_outage(telegram, served, 10_000)


def after_an_outage(telegram: Telegram, served: Serve, messages: int) -> None:
    """So many messages wait when the program comes back."""
    users = range(1001, 1051)
    telegram.tune(keep_records=False)
    for number in range(messages):
        telegram.say(users[number % len(users)], f"chào {number}")
    served.start()
    before = memory(served)
    wait_for(lambda: telegram.pending() == 0, "all are taken")
    taken = "SELECT count(*) FROM receipt"
    wait_for(lambda: counted(served, taken) == messages, "all are stored")
    waiting = "SELECT count(*) FROM outgoing WHERE state IN ('queued', 'sending')"
    wait_for(lambda: counted(served, waiting) == 0, "all are answered")
    assert memory(served) < before + 60
    database = served.database()
    with database.read() as db:
        rows = db.execute(text("SELECT contact_id, message_id FROM receipt ORDER BY id")).all()
    database.close()
    for contact in {row.contact_id for row in rows}:
        own = [int(row.message_id) for row in rows if row.contact_id == contact]
        assert own == sorted(own)


def test_two_devices_of_one_person_are_one_conversation(telegram: Telegram, served: Serve) -> None:
    served.start()
    telegram.say(1001, "/baocao")
    wait_for(lambda: len(heard(telegram, 1001)) == 1, "the first question")
    first = telegram.messages(1001)[-1]
    pressed = first.markup["inline_keyboard"][0][0]["callback_data"] if first.markup else ""
    telegram.say(1001, "1")
    telegram.press(1001, first.message_id, pressed)
    wait_for(lambda: len(heard(telegram, 1001)) == 3, "both are answered")
    wait_for(lambda: telegram.pending() == 0, "both are confirmed")
    assert counted(served, "SELECT count(*) FROM answer") == 1


# ── a platform that takes connections and cuts them ─────────────────────────────────────────────────


def test_a_platform_that_cuts_every_connection_costs_hardly_a_reminder_and_no_reply(
    telegram: Telegram, served: Serve
) -> None:
    served.settings = {}  # the pace of the real platform
    served.start()
    telegram.say(1001, "/baocao")
    wait_for(lambda: bool(heard(telegram, 1001)), "the first question")
    telegram.fault(None, "cut_before", None)
    database = served.database()
    now = datetime.now(UTC)
    with database.begin() as db:
        reached = list(db.scalars(text("SELECT id FROM contact WHERE address <> '1001'")))
        for contact in reached:
            outbox.put(db, contact, Reply("bản tin"), key=f"digest {contact}", due_at=now, kind="digest")
    time.sleep(6)
    telegram.say(1001, "không phát sinh")
    telegram.clear_faults()
    wait_for(lambda: "Câu 2/" in last(telegram, 1001), "the answer is answered")
    sent = "SELECT count(*) FROM outgoing WHERE kind = 'digest' AND state = 'sent'"
    wait_for(lambda: counted(served, sent) >= len(reached) - 10, "all but those that were under way")
    database.close()
