"""Jobs run at their times in Hanoi, one after another; an error in one stops nothing; a simulated month is quick."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest

import scheduler
from scheduler import Job
from storage.calendar import TZ
from tests.organisation import at, deliver, found, outgoing


@pytest.fixture
def jobs(monkeypatch):
    """A table of jobs that a test fills."""
    table: dict[str, Job] = {}
    monkeypatch.setattr(scheduler, "JOBS", table)
    return table


def test_every_trigger_is_a_cron_expression_that_fires():
    assert list(scheduler.JOBS) == [
        "periods",
        "reminders",
        "digests",
        "health",
        "follow_ups",
        "data_requests",
        "housekeeping",
        "backups",
    ]
    fired = {name for _, name in scheduler.fire_times(at("2026-11-01 00:00"), at("2026-11-30 23:59"))}
    assert fired == set(scheduler.JOBS)


def test_jobs_fire_in_order_after_the_start_and_up_to_the_end(jobs):
    jobs["first"] = Job("0 8,9 * * mon-fri", lambda _db, _now: {})
    jobs["second"] = Job("*/30 8 * * *", lambda _db, _now: {})
    times = scheduler.fire_times(at("2026-11-20 08:00"), at("2026-11-23 08:00"))
    assert [(f"{moment.astimezone(TZ):%d %H:%M}", name) for moment, name in times] == [
        ("20 08:30", "second"), ("20 09:00", "first"), ("21 08:00", "second"), ("21 08:30", "second"),
        ("22 08:00", "second"), ("22 08:30", "second"), ("23 08:00", "first"), ("23 08:00", "second"),
    ]  # fmt: skip


def test_a_job_that_fails_is_logged_once_and_the_others_run(jobs, sqlite_database, caplog):
    jobs["broken"] = Job("0 8 * * *", lambda _db, _now: {"never": 1 // 0})
    jobs["sound"] = Job("0 8 * * *", lambda _db, _now: {"done": 1})
    with caplog.at_level(logging.ERROR):
        counts = scheduler.run_between(sqlite_database, at("2026-11-20 07:00"), at("2026-11-21 07:00"))
    assert counts == {"done": 1}
    assert [record.getMessage() for record in caplog.records] == [
        "job broken failed at 2026-11-20T01:00:00+00:00"
    ]
    assert "ZeroDivisionError" in caplog.text


def test_a_simulated_clock_lets_the_caller_deliver_at_each_moment(database):
    """November by the clock alone: the period opens, the ladder is said, the period is locked."""
    ids = found(database)
    said: list[tuple[int, str]] = []

    def after_each(now):
        said.extend((contact, f"{now.astimezone(TZ):%d/%m %H:%M}") for contact, _ in deliver(database, now))

    counts = scheduler.run_between(database, at("2026-10-31 23:59"), at("2026-11-30 23:59"), after_each)
    assert [moment for contact, moment in said if contact == ids["a"]] == [
        "13/11 08:30", "18/11 08:30", "20/11 08:00", "23/11 08:30",
    ]  # fmt: skip
    assert (counts["opened"], counts["locked"]) == (1, 1)
    before = outgoing(database)
    scheduler.run_between(database, at("2026-10-31 23:59"), at("2026-11-30 23:59"))
    assert outgoing(database) == before, "the same month once more says nothing"


def test_a_simulated_month_is_quick(sqlite_database):
    """Without officers about a second of CPU; the bound is loose, for slow machines."""
    found(sqlite_database, units=8)
    start = time.process_time()
    scheduler.run_between(sqlite_database, at("2026-10-31 23:59"), at("2026-11-30 23:59"))
    assert time.process_time() - start < 5


def test_at_its_start_it_catches_up_and_tells_what_it_did(database):
    found(database)
    heard = threading.Event()
    told = []

    def on_run(name, counts):
        told.append((name, counts))
        if name == "reminders":
            heard.set()

    running = scheduler.start(database, now=lambda: at("2026-11-18 10:00"), on_run=on_run)
    try:
        assert heard.wait(20)
    finally:
        running.shutdown()
    assert told[:2] == [
        ("periods", {"opened": 1, "auto_accepted": 0, "locked": 0}),
        ("reminders", {"reminders": 2}),
    ]


def test_what_an_earlier_process_left_unsent_is_not_sent_at_night(sqlite_database):
    """Stopped at 16:00 with reminders queued, started at 22:00: nothing is due once `start` returns."""
    found(sqlite_database)
    scheduler.run_all(sqlite_database, at("2026-11-18 16:00"))
    night = at("2026-11-18 22:00")
    running = scheduler.start(sqlite_database, now=lambda: night, on_run=lambda _name, _counts: None)
    assert deliver(sqlite_database, night) == []
    while running.get_job("digests now"):
        time.sleep(0.01)
    running.shutdown()
    assert {state for _, state, _ in outgoing(sqlite_database)} == {"withdrawn"}


def test_jobs_never_run_side_by_side(jobs, sqlite_database):
    inside, most, done = [0], [0], threading.Semaphore(0)

    def slow(_db, _now):
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        time.sleep(0.05)
        inside[0] -= 1
        done.release()
        return {}

    jobs.update({f"slow {n}": Job("* * * * *", slow) for n in range(4)})
    running = scheduler.start(
        sqlite_database, now=lambda: at("2026-11-18 10:00"), on_run=lambda _name, _counts: None
    )
    try:
        for _ in range(4):
            assert done.acquire(timeout=20)
    finally:
        running.shutdown()
    assert most == [1]


def test_a_run_that_fails_does_not_end_the_scheduler(jobs, sqlite_database):
    jobs["broken"] = Job("* * * * *", lambda _db, _now: {"never": 1 // 0})
    told = threading.Event()
    jobs["sound"] = Job("* * * * *", lambda _db, _now: {"done": 1})
    running = scheduler.start(
        sqlite_database, now=lambda: at("2026-11-18 10:00"), on_run=lambda _name, _counts: told.set()
    )
    try:
        assert told.wait(20)
        assert running.get_job("broken").next_run_time is not None
    finally:
        running.shutdown()


def test_apscheduler_is_not_imported_before_it_is_started():
    code = "import sys, scheduler; sys.exit('apscheduler' in sys.modules or 'holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_catching_up_by_hand_runs_each_job_once(database):
    found(database)
    assert scheduler.run_all(database, at("2026-11-18 10:00")) == {"opened": 1, "reminders": 2}
    assert scheduler.run_all(database, at("2026-11-18 10:00") + timedelta(minutes=1)) == {}
