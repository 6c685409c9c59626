"""CPU time of one turn (message in → committed → reply queued) on SQLite with synchronous=FULL, split by room.

The peer of the same run is the database alone: a transaction that writes the same number of rows and nothing else,
so that a noisy machine moves both.  Times are CPU milliseconds, medians of turns.
"""

from __future__ import annotations

import cProfile
import json
import pstats
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import text

from bot import demo, inbound
from bot.app import calm_garbage_collector
from storage import upgrade
from storage.calendar import TZ
from storage.database import Database, open_database
from storage.messages import Incoming

NOW = datetime(2026, 12, 10, 8, 30, tzinfo=TZ)
TALK = ["báo cáo", "1 3 4", "như cũ", "3 cuộc", "1.200 lượt", "hai đợt", "45 người", "22tr5", "năm triệu đồng", "khá",
        "bỏ qua", "gửi"]  # fmt: skip
UNITS = 50
ROUNDS = 3
TURNED = ("answer", "submission_version", "petition", "reminder", "figure", "attachment", "initiative", "submission",
          "conversation", "note")  # fmt: skip
"""Tables that a round of reports fills."""


def cpu(work: Callable[[], object]) -> float:
    """CPU milliseconds of one call, in this thread and what SQLite does for it."""
    start = time.process_time_ns()
    work()
    return (time.process_time_ns() - start) / 1e6


def turns(database: Database, round_: int) -> list[float]:
    """One report of each unit, message by message."""
    with database.read() as db:
        found = db.execute(text("SELECT c.address FROM contact c JOIN assignment a ON a.person_id = c.person_id "
                                "WHERE a.role = 'chu_tich_cdcs' ORDER BY c.id"))  # fmt: skip
        addresses = list(found.scalars())[:UNITS]
    times = []
    for address in addresses:
        for number, words in enumerate(TALK):
            at = NOW + timedelta(seconds=number)
            incoming = Incoming("web", address, f"{round_}-{address}-{number}", at, words)
            times.append(cpu(partial(inbound.receive, database, incoming)))
    return times


def bare_rows(database: Database, count: int) -> list[float]:
    """The peer: five rows written and committed, through the same connection, without any thinking."""
    insert = text("INSERT INTO note (name, value) VALUES (:name, :value)")

    def write(number: int) -> None:
        with database.begin() as db:
            db.execute(insert, [{"name": f"bench-{number}-{row}", "value": "x" * 200} for row in range(5)])

    return [cpu(partial(write, number)) for number in range(count)]


def split(database: Database) -> dict[str, float]:
    """Share of a turn's time by room, from a profile."""
    profile = cProfile.Profile()
    profile.runcall(turns, database, ROUNDS + 1)
    rooms = {"engine": 0.0, "storage": 0.0, "handlers": 0.0, "rest": 0.0}
    for (file, _, _), (_, _, own, _, _) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        rooms[_room(file)] += own
    whole = sum(rooms.values())
    return {room: round(own / whole, 3) for room, own in rooms.items()}


def _room(file: str) -> str:
    if "handlers/engine" in file or "/re/" in file or file.endswith("re.py"):
        return "engine"
    if (
        any(part in file for part in ("/storage/", "sqlalchemy", "sqlmodel", "/sqlite3", "json/"))
        or file == "~"
    ):
        return "storage"
    return "handlers" if "/handlers/" in file else "rest"


def forget(database: Database) -> None:
    """Undo the reports, so that the next round finds the same work."""
    with database.begin() as db:
        for table in TURNED:
            db.execute(text(f"DELETE FROM {table}"))


def start_up() -> dict[str, float]:
    """CPU seconds of `congdoan --help`, and of a start that is ready to serve (imports, tables checked)."""
    ready = "from bot import commands, demo; from bot.channels.web import WebChannel; import scheduler, storage.upgrade"
    return {"help_cpu_s": child_cpu("-m", "bot", "--help"), "import_cpu_s": child_cpu("-c", ready)}


def child_cpu(*arguments: str) -> float:
    """CPU seconds of a Python process, the best of three."""

    def once() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    return round(min(once() for _ in range(3)), 3)


def main() -> None:
    """Print the measurement as one JSON object."""
    with tempfile.TemporaryDirectory() as place:
        database = open_database(f"sqlite:///{Path(place) / 'bench.db'}", Path(place) / "files")
        upgrade.upgrade(database)
        with database.begin() as db:
            demo.fill(db, NOW, "web", 2 * UNITS, 1)
        turns(database, 0)
        calm_garbage_collector()
        measured: list[float] = []
        peers: list[float] = []
        for round_ in range(1, ROUNDS + 1):
            forget(database)
            measured += turns(database, round_)
            peers += bare_rows(database, 200)
        forget(database)
        turn, peer = statistics.median(measured), statistics.median(peers)
        result = {
            "turn_cpu_ms": round(turn, 3),
            "turn_cpu_ms_p99": round(statistics.quantiles(measured, n=100)[98], 3),
            "bare_commit_cpu_ms": round(peer, 3),
            "ratio_to_bare_commit": round(turn / peer, 2),
            "turns": len(measured),
            "share": split(database),
        }
    sys.stdout.write(json.dumps(result | start_up(), indent=1) + "\n")


if __name__ == "__main__":
    main()
