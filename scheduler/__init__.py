"""What the bot does on its own.  A job reads the database and fills the outbox; it never sends."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import heapify, heapreplace
from typing import TYPE_CHECKING

from scheduler import backups, data_requests, digests, follow_ups, health, housekeeping, periods, reminders
from storage.calendar import TZ
from storage.database import Database

if TYPE_CHECKING:
    from apscheduler.schedulers.background import BackgroundScheduler
    from apscheduler.triggers.cron import CronTrigger

log = logging.getLogger(__name__)

Counts = dict[str, int]


@dataclass(frozen=True, slots=True)
class Job:
    """When it runs (five cron fields, in Hanoi time) and what it does at a moment; running it too often is harmless."""

    trigger: str
    run: Callable[[Database, datetime], Counts]


JOBS: dict[str, Job] = {
    "periods": Job("0 0,7-18 * * *", periods.run),
    "reminders": Job("0,30 8-11,14-17 * * mon-fri", reminders.run),
    "digests": Job("0,30 7-19 * * *", digests.run),
    "health": Job("0 8 * * mon-fri", health.run),
    "follow_ups": Job("0,30 8-11,14-17 * * mon-fri", follow_ups.run),
    "data_requests": Job("15,45 8-10,14-16 * * mon-fri", data_requests.run),
    "housekeeping": Job("10 3 * * *", housekeeping.run),
    "backups": Job("30 2 * * *", backups.run),
}
"""In the order in which they run when they are due at the same moment: a period is locked before it is reported on,
and at a start nobody waits for a backup."""


def run_job(name: str, database: Database, now: datetime) -> Counts | None:
    """Run one job; an error is logged once, and the next run begins anew (None)."""
    try:
        return JOBS[name].run(database, now)
    except Exception:
        log.exception("job %s failed at %s", name, now.isoformat())
        return None


def run_all(database: Database, now: datetime) -> Counter[str]:
    """Run every job once, e.g. to catch up at a start."""
    return sum((Counter(run_job(name, database, now) or {}) for name in JOBS), Counter[str]())


def start(
    database: Database, *, now: Callable[[], datetime], on_run: Callable[[str, Counts], None]
) -> BackgroundScheduler:
    """Catch up, then run the jobs at their times, one after another in one worker thread, until `shutdown()`.

    `on_run` hears of each run that did something.  Once this returns, messages may be delivered: reminders that
    an earlier process left unsent at a time at which nothing may be said have been taken back.
    """
    from apscheduler.executors.pool import ThreadPoolExecutor  # noqa: PLC0415 - kept off the start-up path
    from apscheduler.schedulers.background import BackgroundScheduler  # noqa: PLC0415 - likewise

    def run(name: str) -> None:
        counts = run_job(name, database, now())
        if counts:
            on_run(name, counts)

    reminders.recall(database, now())
    scheduler = BackgroundScheduler(
        timezone=TZ,
        executors={"default": ThreadPoolExecutor(1)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    for name, job in JOBS.items():
        scheduler.add_job(run, id=f"{name} now", args=[name])
        scheduler.add_job(run, _cron(job.trigger), id=name, args=[name])
    scheduler.start()
    return scheduler


def run_between(
    database: Database, start: datetime, end: datetime, after_each: Callable[[datetime], object] | None = None
) -> Counter[str]:
    """Run each job at each of its times in (start, end], in order: what would have happened by then.

    `after_each` is called with the moment after each run, so that the caller can deliver then.
    """
    total = Counter[str]()
    for moment, name in fire_times(start, end):
        counts = run_job(name, database, moment)
        total.update(counts or {})
        if after_each is not None:
            after_each(moment)
    return total


def fire_times(start: datetime, end: datetime) -> Iterator[tuple[datetime, str]]:
    """(moment, job) in order of time, and of JOBS at the same moment; after `start`, up to and with `end`."""
    triggers = [_cron(job.trigger) for job in JOBS.values()]
    names = list(JOBS)
    queue = [(_next(trigger, start), place) for place, trigger in enumerate(triggers)]
    heapify(queue)
    while queue and queue[0][0] <= end:
        moment, place = queue[0]
        yield moment, names[place]
        heapreplace(queue, (_next(triggers[place], moment), place))


def _cron(trigger: str) -> CronTrigger:
    from apscheduler.triggers.cron import CronTrigger  # noqa: PLC0415 - kept off the start-up path

    return CronTrigger.from_crontab(trigger, timezone=TZ)


def _next(trigger: CronTrigger, after: datetime) -> datetime:
    moment: datetime = trigger.get_next_fire_time(after, after.astimezone(TZ))
    return moment.astimezone(UTC)
