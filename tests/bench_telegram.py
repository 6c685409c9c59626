"""Durable turns against the fake Telegram over real HTTP: ours beside python-telegram-bot and aiogram, in one run.

Everybody asks the same twenty questions; the peers keep their state in memory (and a pickle), we in a database with
synchronous=FULL.  Medians of rounds; CPU is that of the bot's process; p99 is from a line to the bot's answer as the
platform sees it.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.fake_telegram import running
from tests.playing import Playing
from tests.process import ROOT
from tests.serving import QUESTIONS, Serve, fill, publish_twenty_questions

PEERS = ROOT / ".venv" / "peers"
LONGEST = 20.0
"""Seconds of a round: the slowest bot would need minutes."""
NUMBERS = [str(7 * number % 50) for number in range(QUESTIONS)]
PEER_LINES = ["/start", *NUMBERS]
OUR_LINES = ["/baocao", *NUMBERS]


@dataclass(frozen=True, slots=True)
class Round:
    """What one bot did with one crowd."""

    turns_per_second: float
    cpu_ms_per_turn: float
    p99_ms: float


def play(telegram: Playing, process: subprocess.Popen[str], people: Sequence[int], lines: list[str]) -> Round:
    """Let the crowd talk to a bot that is up, until everybody is through, or for LONGEST seconds."""
    before, began = cpu_seconds(process.pid), time.monotonic()
    telegram.play(dict.fromkeys(people, lines))
    while not telegram.done and time.monotonic() - began < LONGEST:
        time.sleep(0.02)
        if process.poll() is not None:
            raise AssertionError("the bot has ended")
    replies = list(telegram.replies)
    seconds, spent = telegram.finished_at - began, cpu_seconds(process.pid) - before
    p99 = statistics.quantiles(replies, n=100)[98]
    return Round(len(replies) / seconds, 1000 * spent / len(replies), 1000 * p99)


def cpu_seconds(pid: int) -> float:
    """CPU that a process has used, its own and the kernel's for it."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def ours(telegram: Playing, base: str, files: str, people: int, place: Path) -> Round:
    """`congdoan serve`, SQLite with synchronous=FULL, long polling, no limits."""
    settings = {"CONGDOAN_TELEGRAM_PER_SECOND": "1000000", "CONGDOAN_TELEGRAM_CHAT_SECONDS": "0"}
    served = Serve(place / "ours", base, files, settings=settings)
    served.data.mkdir()
    crowd = list(fill(served.url, served.data / "files", people))
    publish_twenty_questions(served.url)
    _introduce(telegram, crowd)
    served.start()
    try:
        assert served.process
        return play(telegram, served.process, crowd, OUR_LINES)
    finally:
        served.stop()


def _introduce(telegram: Playing, crowd: Sequence[int]) -> None:
    for person in crowd:
        telegram.user(person, f"Cán bộ {person}")


def peer(script: str, *more: str) -> Callable[[Playing, str, str, int, Path], Round]:
    """A bot of tests/peers, in the environment of its own."""

    def run(telegram: Playing, base: str, _files: str, people: int, place: Path) -> Round:
        crowd = list(range(5001, 5001 + people))
        _introduce(telegram, crowd)
        arguments = [part.format(place=place) for part in more]
        command = [
            str(PEERS / "bin/python"),
            str(ROOT / "tests/peers" / script),
            base,
            telegram.token,
            *arguments,
        ]
        with (place / f"{script}.log").open("w") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, text=True)
        try:
            _wait_for_poll(telegram)
            return play(telegram, process, crowd, PEER_LINES)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(20)

    return run


def _wait_for_poll(telegram: Playing) -> None:
    until = time.monotonic() + 20
    while telegram.waiting is None and time.monotonic() < until:
        time.sleep(0.02)


BOTS = {
    "congdoan": ours,
    "python-telegram-bot": peer("ptb_bot.py", "{place}/state.pickle"),
    "aiogram": peer("aiogram_bot.py"),
}


def measure(latency: float, people: int, rounds: int, bots: Sequence[str]) -> dict[str, dict[str, float]]:
    """Medians of each bot against a platform that takes `latency` seconds for every call."""
    found: dict[str, list[Round]] = {name: [] for name in bots}
    for _ in range(rounds):
        for name in bots:
            telegram = Playing()
            telegram.tune(latency=latency, keep_records=False)
            with running(telegram) as base, tempfile.TemporaryDirectory() as place:
                files = base.replace("/bot", "/file/bot")
                found[name].append(BOTS[name](telegram, base, files, people, Path(place)))
    return {name: _medians(rounds_) for name, rounds_ in found.items()}


def _medians(rounds: list[Round]) -> dict[str, float]:
    return {
        field: round(statistics.median(getattr(one, field) for one in rounds), 2) for field in Round.__slots__
    }


def main() -> None:
    """Print the measurement as one JSON object."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--people", type=int, default=100)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--latency", type=float, nargs="*", default=[0.0, 0.05])
    asked.add_argument("--bots", nargs="*", default=list(BOTS))
    chosen = asked.parse_args()
    result = {}
    for latency in chosen.latency:
        figures = measure(latency, chosen.people, chosen.rounds, chosen.bots)
        result[f"{1000 * latency:.0f} ms"] = figures
    sys.stdout.write(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
