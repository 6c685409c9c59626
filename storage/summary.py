"""One period in figures, as plain values: what `storage/summaries.py` sums and documents lay out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of one question over the reports in hand, beside last month's over the same units."""

    name: str
    value: float
    compared: float
    """This month's sum of those units that reported in both months."""
    previous: float | None
    """Last month's sum of those units; None when there is nothing to compare with."""
    beside: Total | None = None
    """What is said in the same breath."""

    @property
    def change_percent(self) -> float | None:
        """Change against last month in percent; None where there is no such change."""
        return (self.compared - self.previous) / self.previous * 100 if self.previous else None


@dataclass(frozen=True, slots=True)
class Stock:
    """The last known value of each unit, summed."""

    name: str
    value: float
    units: int
    """How many units have one."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far the reports have come; owing = submitted + returned + after_lock + missing."""

    owing: int
    submitted: int
    """In the figures: handed in and not returned; submitted = on_time + late."""
    on_time: int
    late: int
    unaccepted: int
    """In the figures, but not decided on yet."""
    returned: int
    after_lock: int
    """First handed in when the figures were closed: they belong to the next cumulative figure."""
    missing: int


@dataclass(frozen=True, slots=True)
class Superior:
    """The units directly under one superior; `id` None: they have none."""

    id: int | None
    name: str
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Comparison:
    """The month that changes are counted from, and how many units reported in both."""

    period_key: str
    units: int


@dataclass(frozen=True, slots=True)
class Scope:
    """The unit whose subtree is summed."""

    id: int
    code: str
    name: str
    short_name: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What leaders are told of one period."""

    period_key: str
    title: str
    due_on: date
    closes_at: datetime
    closed_at: datetime | None
    at: datetime
    stage: str
    """`provisional` until 08:00 of the working day after the due day, then `record`, after the lock `final`."""
    scope: Scope | None
    coverage: Coverage
    totals: tuple[Total, ...]
    comparison: Comparison | None
    stocks: tuple[Stock, ...]
    by_superior: tuple[Superior, ...]
    """In the roster's order, never by merit (P6)."""
    assessment: tuple[tuple[str, int], ...]
    """Choice → how many units assess themselves so."""
    initiatives: int
    obstacles: int
    obstacles_overdue: int
    organisation: str = "then"
    """`then`: units stand under their superiors of the period's last day; `now`: under those of today."""
