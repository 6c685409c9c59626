"""Something that is down is said once, and once that it is back; meanwhile it is tried less and less often."""

from __future__ import annotations

import logging

FIRST, LONGEST = 1.0, 30.0
"""Seconds between two attempts."""


class Outage:
    """One thing that may be down."""

    def __init__(self, log: logging.Logger, what: str) -> None:
        self._log = log
        self._what = what
        self.attempts = 0
        """How often in a row it failed."""

    def failed(self, why: str) -> float:
        """It failed once more; seconds until the next attempt: 1, 2, 4 … 30."""
        if not self.attempts:
            self._log.warning("%s: %s; it is tried again until it works", self._what, why)
        self.attempts += 1
        return min(FIRST * 2.0 ** (self.attempts - 1), LONGEST)

    def over(self) -> None:
        """It works."""
        if self.attempts:
            self._log.info("%s: it works again, after %s attempts", self._what, self.attempts)
            self.attempts = 0
