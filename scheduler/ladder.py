"""The ladder of reminders: which step of a period is to be said at a moment; nothing is read or written here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import calendar
from storage.calendar import Calendar
from storage.models import Period

OFFICER = (
    ("T-5", -5, "08:30"),
    ("T-2", -2, "08:30"),
    ("T-0", 0, "08:00"),
    ("+1", 1, "08:30"),
    ("+3", 3, "08:30"),
)
"""Steps to the people who report, in working days from the due date (DOMAIN 7)."""
HALF_DONE = ("T-0b", 0, "14:30")
"""On the due day once more, if a draft is half done: the one exception to one message a day."""
LIST = ("list", 4, "08:30")
"""Then only a list to the superior; a human calls."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a period's ladder and its own moment."""

    name: str
    at: datetime

    @property
    def before_due(self) -> bool:
        """Whether its words are true only until the due date."""
        return self.name.startswith("T")


def officer_steps(period: Period, working: Calendar) -> list[Step]:
    """The steps to officers that come before the lock, in order."""
    steps = (_step(period, working, *step) for step in OFFICER)
    return [step for step in steps if step.at < period.closes_at]


def current(steps: list[Step], period: Period, now: datetime) -> Step | None:
    """The step to be said now: the latest whose day has come, if its hour has come and its words are still true.

    On the day of a step the one before it is not said any more, even before the hour.
    """
    day = calendar.today(now)
    begun = [step for step in steps if calendar.today(step.at) <= day]
    if not begun or now < begun[-1].at:
        return None
    return None if begun[-1].before_due and day > period.due_on else begun[-1]


def half_done(period: Period, working: Calendar) -> Step:
    """The second step of the due day."""
    return _step(period, working, *HALF_DONE)


def list_step(period: Period, working: Calendar) -> Step:
    """When the superior gets the list: the day after the last step, or the last morning on which a call still helps."""
    planned = _step(period, working, *LIST)
    if planned.at < period.closes_at:
        return planned
    day = calendar.today(period.closes_at)
    while working.is_quiet(day) or calendar.at(day, LIST[2]) >= period.closes_at:
        day -= timedelta(days=1)
    return Step(LIST[0], calendar.at(day, LIST[2]))


def chances(period: Period, working: Calendar, now: datetime, *, half: bool) -> Iterator[datetime]:
    """Moments after `now` at which a step to officers would be said."""
    steps = officer_steps(period, working)
    for step in steps:
        moment = working.next_chance(step.at)
        if now < moment < period.closes_at and current(steps, period, moment) == step:
            yield moment
    second = half_done(period, working)
    if half and second.at > now and working.may_speak(second.at):
        yield second.at


def list_chances(period: Period, working: Calendar, now: datetime) -> Iterator[datetime]:
    """The moment after `now` at which superiors would get the list, if it is still to come."""
    moment = working.next_chance(list_step(period, working).at)
    if now < moment < period.closes_at:
        yield moment


def _step(period: Period, working: Calendar, name: str, days: int, clock: str) -> Step:
    return Step(name, calendar.at(working.shift(period.due_on, days), clock))
