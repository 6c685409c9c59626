"""Whether reminders and digests are paused for everybody, since when, and when the last pause was."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import Connection

from storage import calendar, notes, reminders

PAUSED = "paused"
"""The note that holds a pause while it lasts, as JSON: `at`, `by`, `person_id`, `reason`; empty otherwise."""
LAST = "last_pause"
"""The note that holds the pause that ended last, as JSON: `began`, `ended`."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A pause that lasts: since when, who began it, and why, in that person's words."""

    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Past:
    """A pause that is over."""

    began: datetime
    ended: datetime


def current(db: Connection) -> Pause | None:
    """The pause that lasts now."""
    held = notes.get(db, PAUSED)
    if not held:
        return None
    body = json.loads(held)
    return Pause(datetime.fromisoformat(body["at"]), body["by"], body["reason"])


def last(db: Connection) -> Past | None:
    """The pause that ended last."""
    held = notes.get(db, LAST)
    if not held:
        return None
    body = json.loads(held)
    return Past(datetime.fromisoformat(body["began"]), datetime.fromisoformat(body["ended"]))


def lost(db: Connection, since: datetime) -> timedelta:
    """How much of the time since a moment the last pause took."""
    past = last(db)
    return max(past.ended - max(past.began, since), timedelta()) if past else timedelta()


def begin(db: Connection, at: datetime, by: str, reason: str, person_id: int | None = None) -> None:
    """Nothing but replies is said from now on."""
    body = {"at": at.astimezone(UTC).isoformat(), "by": by, "person_id": person_id, "reason": reason}
    notes.put(db, PAUSED, json.dumps(body, ensure_ascii=False))


def forget(db: Connection, person_id: int, pseudonym: str) -> None:
    """Blank name and words of whoever began the pause that lasts, if erased; the pause goes on."""
    held = notes.get(db, PAUSED)
    body = json.loads(held) if held else {}
    if body.get("person_id") == person_id:
        notes.put(db, PAUSED, json.dumps(body | {"by": pseudonym, "reason": ""}, ensure_ascii=False))


def end(db: Connection, at: datetime) -> None:
    """Reminders and digests are said again; what was meant for a day that has passed is dropped."""
    pause = current(db)
    if pause is None:
        return
    midnight = calendar.at(calendar.today(at), time())
    for kind in ("reminder", "digest"):
        reminders.recall(db, midnight, kind)
    reminders.drop_waiting(db, midnight, "paused")
    body = {"began": pause.at.isoformat(), "ended": at.astimezone(UTC).isoformat()}
    notes.put(db, LAST, json.dumps(body))
    notes.put(db, PAUSED, "")
