"""Tells the superior of somebody who cannot be reached any more."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection


def tell(db: Connection, contact_id: int, at: datetime) -> None:
    """Queue a message to the superior's officers, once a stop."""
