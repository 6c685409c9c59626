"""The wave: thousands of reminders go out while some people type; ours beside python-telegram-bot's AIORateLimiter.

Most sends in any sliding second, how much of the allowed 30 a second is used, and how long an answer takes.
"""

from __future__ import annotations

import argparse
import gc
import json
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from bisect import bisect_left
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from storage import contacts, outbox
from storage.database import open_database
from storage.messages import Reply
from tests.bench_telegram import PEERS
from tests.fake_telegram import Address, running
from tests.playing import Playing
from tests.process import ROOT
from tests.serving import QUESTIONS, Serve, fill, publish_twenty_questions

BOTS = ("congdoan", "python-telegram-bot AIORateLimiter")
ALLOWED = 30
"""Messages a second."""
TYPING = 20
THINK = (1.5, 4.0)
"""Seconds between an answer and the next line of a person."""
FIRST_REMINDED = 100_001
REMINDER = "Kính gửi đồng chí, còn 2 ngày làm việc đến hạn báo cáo. Gõ BATDAU để thực hiện."


def ours(base: Address, place: Path, reminders: int) -> tuple[Serve, list[int]]:
    """`congdoan serve` at its own pace, with a full outbox; those who type.

    They stand there as digests, which are as patient: reminders that wait at a time at which nothing may be said
    would be taken back, and this runs on any day.
    """
    served = Serve(place / "ours", base, base.base_file_url, settings={})
    served.data.mkdir()
    crowd = list(fill(served.url, served.data / "files", TYPING))
    publish_twenty_questions(served.url)
    database = open_database(served.url)
    now = datetime.now(UTC)
    with database.begin() as db:
        for number in range(reminders):
            contact = contacts.add(db, "telegram", str(FIRST_REMINDED + number), now)
            outbox.put(db, contact or 0, Reply(REMINDER), key=f"wave:{number}", due_at=now, kind="digest")
    database.close()
    return served.start(), crowd


def peer(base: Address, place: Path, telegram: Playing, reminders: int) -> subprocess.Popen[str]:
    """The other bot, which begins with its reminders as soon as it is up."""
    command = [str(PEERS / "bin/python"), str(ROOT / "tests/peers/wave_bot.py"), base, telegram.token,
               str(FIRST_REMINDED), str(reminders)]  # fmt: skip
    with (place / "peer.log").open("w") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, text=True)


def watch(telegram: Playing, crowd: Sequence[int], reminders: int) -> dict[str, float | None]:
    """Let people type until the last reminder is out; what was seen."""
    lines = ["/baocao", *(str(number) for number in range(QUESTIONS))] * 20
    telegram.play(dict.fromkeys(crowd, lines))
    until = time.monotonic() + reminders / ALLOWED * 2 + 60
    while len(telegram.sends) - len(telegram.replies) < reminders and time.monotonic() < until:
        telegram.tick()
        time.sleep(0.005)
    return figures(telegram.sends, telegram.replies, telegram.counts)


def figures(sends: list[float], replies: list[float], counts: dict[str, int]) -> dict[str, float | None]:
    """What the platform saw; None where nobody was answered."""
    sends = sorted(sends)
    most = max(bisect_left(sends, start + 1) - number for number, start in enumerate(sends))
    return {
        "sends": counts.get("sendMessage", 0),
        "most_in_a_second": most,
        "utilisation": round((len(sends) - 1) / (sends[-1] - sends[0]) / ALLOWED, 4),
        "replies": len(replies),
        "reply_p50_s": round(statistics.median(replies), 3) if replies else None,
        "reply_p99_s": round(statistics.quantiles(replies, n=100)[98], 3) if len(replies) > 1 else None,
    }


def measure(reminders: int, bots: Sequence[str]) -> dict[str, dict[str, float | None]]:
    """One bot after the other, each against a fake of its own that allows everything and counts."""
    found = {}
    for name in bots:
        telegram = Playing(think=THINK)
        telegram.tune(keep_records=False)
        for number in range(reminders):
            telegram.user(FIRST_REMINDED + number, f"Cán bộ {number}")
        with running(telegram) as base, tempfile.TemporaryDirectory() as folder:
            found[name] = _one(name, telegram, base, Path(folder), reminders)
    return found


def _one(name: str, telegram: Playing, base: Address, place: Path, reminders: int) -> dict[str, float | None]:
    if name != "congdoan":
        crowd = list(range(1, 1 + TYPING))
        _introduce(telegram, crowd)
        process = peer(base, place, telegram, reminders)
        try:
            return watch(telegram, crowd, reminders)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait(20)
    served, crowd = ours(base, place, reminders)
    try:
        _introduce(telegram, crowd)
        return watch(telegram, crowd, reminders)
    finally:
        served.stop()


def _introduce(telegram: Playing, crowd: Sequence[int]) -> None:
    for person in crowd:
        telegram.user(person, f"Cán bộ {person}")


def main() -> None:
    """Print the measurement as one JSON object."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--reminders", type=int, default=5000)
    asked.add_argument("--bots", nargs="*", default=BOTS)
    chosen = asked.parse_args()
    gc.disable()  # the platform is played in this process: while it collects, arrivals would seem to bunch
    sys.stdout.write(json.dumps({"wave": measure(chosen.reminders, chosen.bots)}, indent=1) + "\n")


if __name__ == "__main__":
    main()
