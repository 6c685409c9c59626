"""How the installation is doing, as Prometheus reads it: what this process has counted, and what the rows say.

No metric names a person, a unit or a chat.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Table, func, select

from handlers import report_context
from storage import coverage, periods, troubles
from storage.contacts import CONTACT
from storage.database import Database
from storage.inbox import RECEIPT
from storage.outbox import OUTGOING
from storage.remote_files import ATTACHMENT
from storage.troubles import LOOKED_AT

if TYPE_CHECKING:
    from bot.app import App

WEEK = timedelta(days=7)
UNSENT = ("sending", "failed", "unknown")
IN = ("counted", "after_lock")


Figures = Mapping[tuple[str, ...], float]
"""Label values → figure."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One family of figures."""

    kind: str
    """`counter`, `gauge`, or `summary`: then the figure is a sum of seconds and `count` says of how many."""
    name: str
    words: str
    values: Figures = field(default_factory=dict)
    labels: tuple[str, ...] = ()
    count: int = 0


def text(database: Database, app: App) -> bytes:
    """Everything, in Prometheus' text format; it reads rows, so call it in a thread."""
    from prometheus_client import CollectorRegistry, generate_latest  # noqa: PLC0415 - a start does not need it
    from prometheus_client.registry import Collector  # noqa: PLC0415 - likewise

    class Installation(Collector):
        def collect(self) -> Iterator[Any]:
            return map(_family, measure(database, app))

    registry = CollectorRegistry(auto_describe=False)
    registry.register(Installation())
    return generate_latest(registry)


def _family(metric: Metric) -> Any:  # noqa: ANN401 - one of three classes
    from prometheus_client import core  # noqa: PLC0415 - a start does not need it

    if metric.kind == "summary":
        return core.SummaryMetricFamily(metric.name, metric.words, metric.count, metric.values[()])
    kinds = {"counter": core.CounterMetricFamily, "gauge": core.GaugeMetricFamily}
    family = kinds[metric.kind](metric.name, metric.words, labels=metric.labels)
    for labels, value in sorted(metric.values.items()):
        family.add_metric(labels, value)
    return family


def measure(database: Database, app: App) -> list[Metric]:
    """Everything, as numbers."""
    now = app.clock.now()
    with database.read() as db:
        return [*_process(app), *_outbox(db, now), *_troubles(db, now), *_reports(db, now)]


# ── what this process has counted since its start ───────────────────────────────────────────────────


def _process(app: App) -> Iterator[Metric]:
    sending = app.delivery
    received: Figures = {(channel,): float(count) for channel, count in app.received.items()}
    sends: Figures = {labels: float(count) for labels, count in sending.counts.items()}
    faults: Figures = {(name,): float(pace.faults) for name, pace in sending.paces.items()}
    turns, tried = sum(app.received.values()), sum(sending.counts.values())
    yield Metric("counter", "congdoan_received_messages", RECEIVED, received, ("channel",))
    yield Metric("summary", "congdoan_turn_seconds", TURN, {(): app.turn_seconds}, count=turns)
    yield Metric("counter", "congdoan_sends", SENDS, sends, ("channel", "kind", "outcome"))
    yield Metric("summary", "congdoan_send_seconds", SEND, {(): sending.send_seconds}, count=tried)
    yield Metric("gauge", "congdoan_channel_faults", FAULTS, faults, ("channel",))


RECEIVED = "Messages, button presses and events taken since the start, repeated ones included."
TURN = "Seconds from handing a message over to its commit, waiting for the writer included."
SENDS = "Attempts to send since the start, by outcome: sent, again (a passing fault), refused, unreachable, unknown."
SEND = "Seconds that attempts to send took, until the platform answered."
FAULTS = "How many times in a row a platform as a whole was found to be down; 0 when it answers."


# ── what goes out ───────────────────────────────────────────────────────────────────────────────────


def _outbox(db: Connection, now: datetime) -> Iterator[Metric]:
    found = troubles.waiting(db, now)
    due: Figures = {(one.kind,): float(one.messages) for one in found}
    oldest = max(((now - one.since).total_seconds() for one in found), default=0.0)
    states = _of_the_week(db, OUTGOING, OUTGOING.c.created_at, OUTGOING.c.state, now)
    unsent: Figures = {(state,): states.get(state, 0.0) for state in UNSENT}
    yield Metric("gauge", "congdoan_outbox_waiting_messages", WAITING, due, ("kind",))
    yield Metric("gauge", "congdoan_outbox_oldest_waiting_seconds", OLDEST, {(): oldest})
    yield Metric("gauge", "congdoan_outbox_unsent_messages", UNSENT_WORDS, unsent, ("state",))


def _of_the_week(
    db: Connection, table: Table, moment: ColumnElement[Any], value: ColumnElement[Any], now: datetime
) -> dict[Any, float]:
    """Value → how many rows of the last seven days have it, looking at no more than the newest LOOKED_AT."""
    newest = select(value.label("value"), moment.label("moment")).order_by(table.c.id.desc()).limit(LOOKED_AT)
    rows = newest.subquery()
    counted = select(rows.c.value, func.count()).where(rows.c.moment > now - WEEK).group_by(rows.c.value)
    return {row[0]: float(row[1]) for row in db.execute(counted)}


WAITING = "Messages that are due and not sent yet, to accounts that can be reached."
OLDEST = "For how many seconds the oldest of them has been due; 0 when none waits."
UNSENT_WORDS = (
    "Messages of the last seven days (the newest 20,000 at most) that are being sent, were given up (failed) "
    "or may have arrived (unknown)."
)


# ── what went wrong ─────────────────────────────────────────────────────────────────────────────────


def _troubles(db: Connection, now: datetime) -> Iterator[Metric]:
    failed = _of_the_week(db, RECEIPT, RECEIPT.c.received_at, RECEIPT.c.failure != "", now)
    files = db.scalar(select(func.count()).where(ATTACHMENT.c.fetch_at.is_not(None)))
    yield Metric("gauge", "congdoan_failed_turns", FAILED, {(): failed.get(True, 0.0)})
    yield Metric("gauge", "congdoan_files_to_fetch", FILES, {(): float(files or 0)})
    yield Metric("gauge", "congdoan_unreachable_accounts", UNREACHABLE, {(): float(unreachable(db))})


def unreachable(db: Connection) -> int:
    """Accounts of people that the platform does not deliver to any more."""
    gone = CONTACT.c.stopped_at.is_not(None) & CONTACT.c.person_id.is_not(None)
    return db.scalar(select(func.count()).where(gone)) or 0


FAILED = "Messages of the last seven days (the newest 20,000 at most) whose handling raised an error."
FILES = "Files that people sent and that are still to be fetched from the platform."
UNREACHABLE = "Accounts of people that cannot be reached any more: blocked, deleted."


# ── how the month is going ──────────────────────────────────────────────────────────────────────────


def _reports(db: Connection, now: datetime) -> Iterator[Metric]:
    period = periods.current(db, report_context.FORM, now)
    found = coverage.statuses(db, period.id, None) if period else {}
    yield Metric("gauge", "congdoan_reports_owed", OWED, {(): float(sum(found.values()))})
    yield Metric(
        "gauge", "congdoan_reports_in", REPORTS_IN, {(): float(sum(found.get(status, 0) for status in IN))}
    )


OWED = "Units that owe a report for the newest open month, whether it is in or not."
REPORTS_IN = "How many of these reports are in; one that was returned for completion is not."
