"""What time it is: the real time, or the demo's, which runs ahead of or behind it by a stored span."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(slots=True)
class Clock:
    """Real time plus a span: zero in service, moved by hand in the demo."""

    ahead: timedelta = timedelta()

    def now(self) -> datetime:
        """The moment, aware, in UTC."""
        return datetime.now(UTC) + self.ahead

    def set(self, moment: datetime) -> None:
        """Let it be `moment` now."""
        self.ahead = moment - datetime.now(UTC)
