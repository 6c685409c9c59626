"""CPU time of one reading, over all tables and the slowest messages that we know; beside libraries in the same run.

No reading may take longer than 5 ms: an officer's answer is read inside the one writer's turn.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from typing import Any

from handlers.engine import commands, glosses, misspelt
from tests.reading_cases import SECTIONS, Case, read_case, tables
from tests.reading_table import peers_read
from tests.slow_inputs import SLOW

MOST_MS = 5.0
ROUNDS = 5


def worst() -> list[Case]:
    """Messages that no officer sends, for every kind of question."""
    kinds = ("int", "money", "dec", "date", "yn", "one", "multi")
    return [
        {"id": f"{kind}-{number}", "kind": kind, "input": text, "choices": SECTIONS}
        for kind in kinds
        for number, text in enumerate(SLOW)
    ]


def cpu_ms(work: Callable[[], object]) -> float:
    """The best of some rounds: what the work itself takes, without its neighbours; nothing is remembered between."""
    best = float("inf")
    for _ in range(ROUNDS):
        forget()
        start = time.process_time_ns()
        work()
        best = min(best, (time.process_time_ns() - start) / 1e6)
    return best


def forget() -> None:
    """Drop what readings keep for the next one."""
    for cached in (
        commands.parse,
        *(each for each in vars(glosses).values() if hasattr(each, "cache_clear")),
        *(each for each in vars(misspelt).values() if hasattr(each, "cache_clear") and _of_messages(each)),
    ):
        cached.cache_clear()


def _of_messages(cached: Any) -> bool:
    """Not a table that is made once."""
    return cached.cache_parameters()["maxsize"] is not None


def main() -> None:
    """Print milliseconds of CPU, and how many times as long libraries take."""
    cases = [case for table in tables().values() for case in table]
    found = [(cpu_ms(lambda case=case: read_case(case)), case) for case in cases + worst()]  # type: ignore[misc]
    usual = sorted(ms for ms, _ in found[: len(cases)])
    slowest, case = max(found, key=lambda pair: pair[0])
    mean = statistics.mean(usual)
    read = [case for case in cases if case["kind"] in ("int", "money", "dec", "date")]
    ratios = {name: round(seconds * 1000 / mean, 2) for name, seconds in peers_read(read)[1].items()}
    figures = {
        "median_ms": round(statistics.median(usual), 3),
        "p99_ms": round(usual[len(usual) * 99 // 100], 3),
        "slowest_ms": round(slowest, 3),
        "slowest": f"{case['kind']}: {case['input'][:40]}",
        "within": slowest <= MOST_MS,
        "times_as_long": ratios,
    }
    print(json.dumps(figures, ensure_ascii=False))


if __name__ == "__main__":
    main()
