"""Whether a value is far from what a unit itself has reported before (DOMAIN 6); its numbers: docs/unusual.md."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

TIMES = 3.0
"""So many times more or less than usual is far: about halfway, in steps of ten, to a slipped zero."""
NOISE = 1.0
"""Added before values are compared, so that one visit instead of three is not three times less."""
LAST = 6
"""How many of the latest values say what is usual."""
FEWEST = 3
"""With fewer values nothing is usual yet."""
A_YEAR_AGO = range(11, 14)
"""Months back that have the same season: Tết, the end of a school year; it moves by a month with the moon."""
LOOK_BACK = 24
"""Months in which the latest values are looked for: some things are done twice a year."""

Past = Mapping[int, float]
"""Months ago → value.  Months in which nothing was done say nothing about how much is usual, and are left out."""


@dataclass(frozen=True, slots=True)
class Usual:
    """Between which values the latest ones lay, without the highest and the lowest where there are enough."""

    low: float
    high: float


def far(value: float, past: Past) -> Usual | None:
    """What is usual, if a value is far from it and from the same season of last year; None if all is well.

    Nothing done (0) is never far: most months are like that.
    """
    done = {ago: number for ago, number in past.items() if number > 0}
    latest = [done[ago] for ago in sorted(done)][:LAST]
    if value <= 0 or len(latest) < FEWEST:
        return None
    season = [done[ago] for ago in A_YEAR_AGO if ago in done]
    if any(_near(value, other) for other in (median(latest), *season)):
        return None
    return _usual(latest)


def each(past: Past, counts: Past) -> dict[int, float]:
    """The same for one of something: money a visit, listeners a meeting."""
    return {ago: number / counts[ago] for ago, number in past.items() if counts.get(ago, 0) > 0}


def _near(value: float, other: float) -> bool:
    return abs(math.log(value + NOISE) - math.log(other + NOISE)) <= math.log(TIMES)


def _usual(latest: list[float]) -> Usual:
    ordered = sorted(latest)
    inner = ordered[1:-1] if len(ordered) > FEWEST + 1 else ordered
    return Usual(inner[0], inner[-1])
