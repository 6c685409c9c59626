"""What stands on a receipt, as plain words: what a picture lays out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sheet:
    """A version of a report for whoever is shown its receipt; it names a role, never a person."""

    period: str
    """As 12/2026."""
    unit: str
    code: str
    version: str
    received: str
    by: str
    rows: tuple[tuple[str, str], ...]
    """(what, how much) of each question asked that is a figure or a choice."""
    rest: bool
    """Whether figures were not asked, and are 0."""
    check: str
    """As K7M4-9P2X."""
