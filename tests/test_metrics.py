"""What Prometheus reads: figures that follow the rows, in a format that its own parser takes, without a name in it."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta

from prometheus_client.parser import text_string_to_metric_families

from bot import metrics
from bot.app import App
from bot.channel import Quiet
from bot.clock import Clock
from bot.delivery import Delivery
from storage import contacts, outbox, periods
from storage.database import Database
from storage.messages import Reply
from storage.models import Attachment, Receipt
from tests.organisation import add, at, found, november, submission
from tests.process import ROOT

NOW = at("2026-11-18 08:30")
Figures = dict[tuple[str, ...], float]


@dataclass
class Platform(Quiet):
    """A channel that sends nothing here."""

    name: str = "telegram"

    async def listen(self, receive: object) -> None:
        """Nobody writes here."""

    async def send(self, address: str, reply: Reply, key: str) -> str:
        """Nothing goes out."""
        raise AssertionError(f"{address} {reply} {key}")


class Still(Clock):
    """A clock that does not move."""

    def now(self) -> datetime:
        return NOW


def app_of(database: Database) -> App:
    app = App(database, Still())
    app.delivery = Delivery(database, {"telegram": Platform()})
    return app


def scrape(app: App) -> Figures:
    """(sample, label values…) → figure."""
    body = metrics.text(app.database, app).decode()
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(body)
        for sample in family.samples
    }


def put(database: Database, contact: int, key: str, minutes_ago: float = 0, kind: str = "reply") -> None:
    with database.begin() as db:
        due = NOW - timedelta(minutes=minutes_ago)
        outbox.put(db, contact, Reply("Chào đồng chí."), key=key, due_at=due, kind=kind)


def test_an_installation_that_has_just_started_shows_zeros(database: Database) -> None:
    figures = scrape(app_of(database))
    assert figures["congdoan_turn_seconds_count",] == 0
    assert figures["congdoan_outbox_oldest_waiting_seconds",] == 0
    assert figures["congdoan_outbox_unsent_messages", "failed"] == 0
    assert figures["congdoan_reports_owed",] == 0
    assert figures["congdoan_channel_faults", "telegram"] == 0


def test_the_process_counts_what_came_and_what_went(sqlite_database: Database) -> None:
    app = app_of(sqlite_database)
    app.received["telegram"] += 3
    app.turn_seconds = 0.006
    app.delivery.counts["telegram", "reply", "sent"] += 4
    app.delivery.counts["telegram", "reminder", "unreachable"] += 1
    app.delivery.send_seconds = 0.5
    app.delivery.paces["telegram"].faults = 2
    figures = scrape(app)
    assert figures["congdoan_received_messages_total", "telegram"] == 3
    assert figures["congdoan_turn_seconds_count",] == 3
    assert figures["congdoan_turn_seconds_sum",] == 0.006
    assert figures["congdoan_sends_total", "telegram", "reply", "sent"] == 4
    assert figures["congdoan_sends_total", "telegram", "reminder", "unreachable"] == 1
    assert figures["congdoan_send_seconds_count",] == 5
    assert figures["congdoan_send_seconds_sum",] == 0.5
    assert figures["congdoan_channel_faults", "telegram"] == 2


def test_what_waits_is_counted_by_kind_once_it_is_due(database: Database) -> None:
    ids = found(database)
    put(database, ids["a"], "r1", minutes_ago=10)
    put(database, ids["b"], "r2", minutes_ago=2)
    put(database, ids["b"], "m1", minutes_ago=1, kind="reminder")
    put(database, ids["b"], "tomorrow", minutes_ago=-1440, kind="digest")
    figures = scrape(app_of(database))
    assert figures["congdoan_outbox_waiting_messages", "reply"] == 2
    assert figures["congdoan_outbox_waiting_messages", "reminder"] == 1
    assert ("congdoan_outbox_waiting_messages", "digest") not in figures
    assert figures["congdoan_outbox_oldest_waiting_seconds",] == 600


def test_an_account_that_cannot_be_reached_is_counted_and_nothing_waits_for_it(database: Database) -> None:
    ids = found(database)
    with database.begin() as db:
        contacts.stop(db, ids["a"], NOW)
        stranger = contacts.add(db, "telegram", "1", NOW) or 0
        contacts.stop(db, stranger, NOW)
    put(database, ids["a"], "r1", minutes_ago=10)
    figures = scrape(app_of(database))
    assert figures["congdoan_unreachable_accounts",] == 1
    assert figures["congdoan_outbox_oldest_waiting_seconds",] == 0


def test_messages_that_did_not_arrive_are_counted_for_a_week(database: Database) -> None:
    ids = found(database)
    for key, days in (("old", 8), ("a", 6), ("b", 1), ("c", 0), ("d", 0)):
        put(database, ids["a"], key, minutes_ago=days * 1440)
    rows = {"old": 1, "a": 2, "b": 3, "c": 4}
    with database.begin() as db:
        for key in ("old", "a", "b"):
            outbox.mark_failed(db, rows[key], NOW, "Forbidden: user is deactivated")
        outbox.mark_unknown(db, rows["c"], "timed out")
        assert len(outbox.claim(db, NOW, "web")) == 1
    figures = scrape(app_of(database))
    assert figures["congdoan_outbox_unsent_messages", "failed"] == 2
    assert figures["congdoan_outbox_unsent_messages", "unknown"] == 1
    assert figures["congdoan_outbox_unsent_messages", "sending"] == 1


def test_failed_turns_are_counted_for_a_week(database: Database) -> None:
    ids = found(database)
    with database.begin() as db:
        for number, (days, failure) in enumerate([(8, "3F9A1C"), (2, "11AA22"), (0, "33BB44"), (0, "")]):
            add(db, Receipt, channel="web", bot="", message_id=str(number), contact_id=ids["a"],
                received_at=NOW - timedelta(days=days), body={}, failure=failure, reference="")  # fmt: skip
    assert scrape(app_of(database))["congdoan_failed_turns",] == 2


def test_files_to_fetch_and_reports_of_the_month_are_counted(database: Database) -> None:
    ids = found(database, 3)
    with database.begin() as db:
        (duty,) = periods.duties(db, NOW.date())
        periods.ensure(db, duty, "2026-11")
    period = november(database).id
    with database.begin() as db:
        for letter, state in (("A", "submitted"), ("B", "returned")):
            made = submission(db, ids, letter, period, state, "2026-11-17 09:00")
        for fetch_at in (NOW, None):
            add(db, Attachment, submission_id=made, version=1, question="sk_tep", path="", name="", size=1,
                media_type="image/jpeg", channel="telegram", remote="abc", attempts=0, fetch_at=fetch_at,
                contact_id=None, received_at=NOW)  # fmt: skip
    figures = scrape(app_of(database))
    assert figures["congdoan_files_to_fetch",] == 1
    assert figures["congdoan_reports_owed",] == 3
    assert figures["congdoan_reports_in",] == 1


def test_no_figure_names_anybody(sqlite_database: Database) -> None:
    ids = found(sqlite_database)
    put(sqlite_database, ids["a"], "r1", minutes_ago=10)
    body = metrics.text(sqlite_database, app_of(sqlite_database)).decode()
    assert "Trần" not in body
    assert set(re.findall(r'(\w+)="', body)) <= {"channel", "kind", "outcome", "state"}


def test_a_start_does_not_load_the_library() -> None:
    code = "import sys, bot.metrics; sys.exit('prometheus_client' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_the_table_of_the_handbook_names_the_metrics_that_exist(sqlite_database: Database) -> None:
    body = metrics.text(sqlite_database, app_of(sqlite_database)).decode()
    exist = set(re.findall(r"^# TYPE (\w+)", body, re.MULTILINE))
    page = (ROOT / "docs" / "operating.md").read_text("utf-8")
    assert set(re.findall(r"^\| `(congdoan_\w+)", page, re.MULTILINE)) == exist


def test_every_metric_has_a_sentence_of_help(sqlite_database: Database) -> None:
    for metric in metrics.measure(sqlite_database, app_of(sqlite_database)):
        assert re.fullmatch(r"[A-Z].{20,}\.", metric.words), metric.name
