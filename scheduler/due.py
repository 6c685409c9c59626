"""Who is to be told what at a moment: reminders to officers, lists to superiors; it only reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from handlers import report
from handlers.reminder_texts import About, Missing
from scheduler import ladder
from scheduler.ladder import Step
from storage import calendar, pause, periods, reminders
from storage.calendar import Calendar
from storage.models import Period
from storage.periods import Owing
from storage.reminders import LATER, STOP, Officer, Said

EXTRA = "T-0b"
DAILY = "ngay"
"""Slot of the one message a day; the extra one has its own."""


@dataclass(frozen=True, slots=True)
class Item:
    """What a message says about one unit and period, and the rows that it settles."""

    officer: Officer
    period: Period
    unit_ids: tuple[int, ...]
    words: About | tuple[Missing, ...]
    owed: int = 0
    rows: tuple[dict[str, Any], ...] = ()
    """Rows that went out in this message."""
    passed: tuple[dict[str, Any], ...] = ()
    """Rows of older steps that nobody will say any more."""


@dataclass(frozen=True, slots=True)
class Situation:
    """All that is known about one open period at a moment."""

    now: datetime
    working: Calendar
    period: Period
    owing: list[Owing]
    people: Mapping[int, list[Officer]]
    said: Mapping[tuple[int | None, int], list[Said]]
    """(person, unit) → reminder rows of the period."""
    since: date = date.min
    """The day on which a pause ended: steps of earlier days are not said any more."""
    _ladders: dict[date, tuple[Period, list[Step]]] = field(default_factory=dict)

    def ladder(self, due_on: date) -> tuple[Period, list[Step]]:
        """The period as units with this due date have it, and the steps to their officers."""
        if due_on not in self._ladders:
            period = self.period.model_copy(update={"due_on": due_on})
            steps = ladder.officer_steps(period, self.working)
            told = [step for step in steps if calendar.today(step.at) >= self.since]
            self._ladders[due_on] = (period, told)
        return self._ladders[due_on]

    @property
    def day(self) -> date:
        """Today in Hanoi."""
        return calendar.today(self.now)

    @property
    def missing(self) -> list[Owing]:
        """Units whose report is not in."""
        return [unit for unit in self.owing if not unit.reported]


def messages(db: Connection, now: datetime, working: Calendar) -> list[tuple[str, list[Item]]]:
    """(slot, items) of each message that is due: everything for one person's account together."""
    here = situations(db, now, working)
    spoken = {s.person_id for one in here for rows in one.said.values() for s in rows
              if s.step != EXTRA and s.day == calendar.today(now)}  # fmt: skip
    together: dict[tuple[int, str], list[Item]] = defaultdict(list)
    for one in here:
        for item in [*_officer_items(db, one), *_list_items(db, one)]:
            slot = EXTRA if isinstance(item.words, About) and item.words.step == EXTRA else DAILY
            if slot == EXTRA or item.officer.person_id not in spoken:
                together[item.officer.contact_id or 0, slot].append(item)
    return [(slot, items) for (_, slot), items in together.items()]


def situations(db: Connection, now: datetime, working: Calendar) -> list[Situation]:
    """What is known about each period that is open and not past its lock."""
    found = [period for period in periods.unlocked(db, now) if now < period.closes_at]
    if not found:
        return []
    people = reminders.reporters(db, calendar.today(now))
    said: dict[int, dict[tuple[int | None, int], list[Said]]] = {p.id: defaultdict(list) for p in found}
    for row in reminders.said(db, list(said)):
        said[row.period_id][row.person_id, row.unit_id].append(row)
    past = pause.last(db)
    since = calendar.today(past.ended) if past else date.min
    return [
        Situation(now, working, period, periods.owing_units(db, period), people, said[period.id], since)
        for period in found
    ]


def _officer_items(db: Connection, here: Situation) -> Iterator[Item]:
    for unit in here.missing:
        period, steps = here.ladder(unit.due_on)
        step = ladder.current(steps, period, here.now)
        half = ladder.half_done(period, here.working)
        for officer in here.people.get(unit.unit_id, ()):
            rows = here.said.get((officer.person_id, unit.unit_id), [])
            if officer.contact_id is None or any(row.step == STOP for row in rows):
                continue
            if item := _due_item(db, here, step, unit, officer, rows) or _half(
                db, here, half, unit, officer, rows
            ):
                yield item


def _due_item(  # noqa: PLR0913 - one unit, one person, one moment
    db: Connection, here: Situation, step: Step | None, unit: Owing, officer: Officer, rows: Sequence[Said]
) -> Item | None:
    """The ladder's step, or what the person asked to be reminded of; not if the unit was spoken of since its day."""
    last = max((row.day for row in rows if row.day), default=date.min)
    asked = [row for row in rows if row.waits and row.step.startswith(LATER) and row.planned_at <= here.now]
    settled = {row.step for row in rows if not row.waits}
    due = step is not None and step.name not in settled and last < calendar.today(step.at)
    asked = [row for row in asked if last < calendar.today(row.planned_at)]
    if not due and not asked:
        return None
    rows_out = [_row(here, unit, row.step, row.contact_id, row.planned_at) for row in asked]
    if due and step:
        rows_out.append(_row(here, unit, step.name, officer.contact_id or 0, step.at))
    name = step.name if due and step else asked[0].step
    words = _about(db, here, unit, name)
    return Item(officer, here.period, (unit.unit_id,), words, rows=tuple(rows_out),
                passed=_passed(here, unit, officer, settled, step))  # fmt: skip


def _passed(
    here: Situation, unit: Owing, officer: Officer, settled: set[str], step: Step | None
) -> tuple[dict[str, Any], ...]:
    _, steps = here.ladder(unit.due_on)
    older = [one for one in steps if step and one.at < step.at and one.name not in settled]
    return tuple(
        _row(here, unit, one.name, officer.contact_id or 0, one.at) | {"dropped": "passed"} for one in older
    )


def _half(  # noqa: PLR0913 - as above
    db: Connection, here: Situation, half: Step, unit: Owing, officer: Officer, rows: Sequence[Said]
) -> Item | None:
    """In the afternoon of the due day, to those who heard of it in the morning and are half through."""
    if here.day != unit.due_on or here.now < half.at or unit.state != "draft":
        return None
    heard = any(row.queued_at and row.day == here.day and row.queued_at < half.at for row in rows)
    if not heard or any(row.step == EXTRA and not row.waits for row in rows):
        return None
    words = _about(db, here, unit, EXTRA)
    if not is_half(words.done, words.of):
        return None
    row = _row(here, unit, EXTRA, officer.contact_id or 0, half.at)
    return Item(officer, here.period, (unit.unit_id,), words, rows=(row,))


def is_half(done: int, of: int) -> bool:
    """Whether at least half of a draft's questions are answered."""
    return 0 < of <= 2 * done


def _about(db: Connection, here: Situation, unit: Owing, step: str) -> About:
    period = here.period
    left = here.working.days_left(here.day, unit.due_on) if here.day <= unit.due_on else -1
    done, of = (
        report.progress(db, unit.submission_id) if unit.submission_id and unit.state == "draft" else (0, 0)
    )
    return About(step, unit.name, period.key, unit.due_on, period.closes_at, left, unit.state, done, of)


def _row(here: Situation, unit: Owing, step: str, contact_id: int, planned_at: datetime) -> dict[str, Any]:
    return reminders.row_of(here.period, unit.unit_id, step, contact_id, planned_at, here.now)


# ── the superior's list ─────────────────────────────────────────────────────────────────────────────


def _list_items(db: Connection, here: Situation) -> Iterator[Item]:
    """For each officer of a superior, once a period: the units below that are still missing."""
    step = ladder.list_step(here.period, here.working)
    if here.now < step.at or calendar.today(step.at) < here.since or not here.missing:
        return
    above = reminders.superiors(db, [unit.unit_id for unit in here.owing], here.period.ends_on, here.day)
    had = {
        row.person_id
        for rows in here.said.values()
        for row in rows
        if row.step == step.name and not row.waits
    }
    below: dict[Officer, list[Owing]] = defaultdict(list)
    for unit in here.owing:
        for officer in above[unit.unit_id]:
            below[officer].append(unit)
    for officer, units in below.items():
        missing = [unit for unit in units if not unit.reported]
        if missing and officer.person_id not in had:
            yield _list_item(here, step, officer, missing, len(units))


def _list_item(here: Situation, step: Step, officer: Officer, missing: Sequence[Owing], owed: int) -> Item:
    rows = tuple(_row(here, unit, step.name, officer.contact_id or 0, step.at) for unit in missing)
    words = tuple(_missing(here, unit) for unit in missing)
    return Item(officer, here.period, tuple(unit.unit_id for unit in missing), words, owed, rows)


def _missing(here: Situation, unit: Owing) -> Missing:
    people = here.people.get(unit.unit_id, [])
    asked = any(
        row.step == STOP for one in people for row in here.said.get((one.person_id, unit.unit_id), ())
    )
    reachable = any(one.contact_id for one in people)
    note = "đề nghị không nhắc" if asked else "" if reachable else "chưa có tài khoản trò chuyện"
    own = unit.due_on if here.day <= unit.due_on else None
    return Missing(unit.name, tuple(one.name for one in people), note, own)
