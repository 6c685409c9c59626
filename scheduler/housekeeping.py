"""Lets go, every night, of what is older than it may be (DOMAIN 10)."""

from __future__ import annotations

from datetime import datetime

from storage import retention
from storage.database import Database


def run(database: Database, now: datetime) -> dict[str, int]:
    """In small steps; how much went, by what it was."""
    return retention.keep_to(database, now)
