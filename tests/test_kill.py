"""kill -9 at any moment loses no acknowledged answer and stores none twice (promises 1, 2, 4)."""

from __future__ import annotations

import http.client
import random
import sqlite3
import threading
import time
from pathlib import Path

import pytest

from tests.process import Demo

ANSWERS = ["báo cáo", "không phát sinh", "như cũ", "0", "1", "bỏ qua", "gửi"]
KILLS = 20


def hammer(demo: Demo, kills: int, done: threading.Event) -> None:
    """Kill and start again, at random moments, so many times."""
    chance = random.Random(7)
    for _ in range(kills):
        time.sleep(chance.uniform(0.02, 0.4))
        demo.kill()
        demo.start()
    done.set()


def test_twenty_kills_in_mid_report_lose_nothing_and_store_nothing_twice(tmp_path: Path) -> None:
    demo = Demo(tmp_path / "var").start()
    officers = [
        p["address"]
        for p in demo.get("/api/people")["people"]
        if p["address"].count("-") == 3 and p["address"].endswith("-1")
    ]
    done = threading.Event()
    killer = threading.Thread(target=hammer, args=(demo, KILLS, done))
    killer.start()
    spoken: dict[str, list[str]] = {}
    for address in officers:
        spoken[address] = []
        for words in _answers(demo, address):
            demo.say(address, words)
            spoken[address].append(words)
        if done.is_set():
            break
    killer.join()
    try:
        for address, sent_words in spoken.items():
            history = demo.history(address)
            assert [m["text"] for m in history if m["from"] == "me"] == sent_words
    finally:
        demo.stop()
    with sqlite3.connect(tmp_path / "var" / "demo" / "demo.db") as db:
        sent = db.execute("SELECT count(*) FROM submission_version v JOIN submission s ON s.id = v.submission_id "
                          "JOIN period p ON p.id = s.period_id WHERE p.closed_at IS NULL").fetchone()[0]  # fmt: skip
        waiting = db.execute(
            "SELECT count(*) FROM outgoing WHERE state <> 'sent' AND kind = 'reply'"
        ).fetchone()[0]
    assert sent == len(spoken)
    assert waiting == 0


def _answers(demo: Demo, address: str) -> list[str]:
    """The quiet month of this unit: what it is asked depends on the calendar month of the demo."""
    month = int(demo_month(demo))
    fund = ["0"] if month in (10, 11) else []
    quarter = ["0", "0"] if month in (3, 6, 9, 12) and address.split("-")[1] != "gdu" else []
    return ["báo cáo", "không phát sinh", "như cũ", *fund, *quarter, "1", "bỏ qua", "gửi"]


def demo_month(demo: Demo) -> str:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            return str(demo.get("/api/clock")["now"][5:7])
        except (OSError, ValueError, http.client.HTTPException):
            time.sleep(0.05)
    pytest.fail("the clock was not readable")
