"""One whole month with a simulated clock: officers of different habits, through the real receive and delivery."""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time as stopwatch
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

import scheduler
from bot import demo, inbound, typing_habits
from bot.channel import Quiet
from bot.delivery import deliver_due
from bot.sample import Account, plausible
from handlers import digest_files, questionnaires, report_context
from storage import contacts, conversations, outbox, periods, submissions, units, upgrade
from storage.answers import ANSWER
from storage.calendar import TZ
from storage.database import Database, open_database
from storage.messages import Incoming, Reply
from storage.submissions import SUBMISSION

CHANNEL = "web"
HABITS = {"early": 35, "reminded": 30, "last_day": 15, "late": 10, "never": 10}
"""How many officers in a hundred report when."""
MISTYPES = 0.25
"""Share of officers who now and then type what cannot be read."""
IDEAS = 0.12
"""Share of officers who send an initiative in the month."""
MOST_TURNS = 80


@dataclass(slots=True)
class Silent(Quiet):
    """A channel that everything arrives on and nobody looks at."""

    name: str = CHANNEL

    async def listen(self, receive: object) -> None:
        """Nobody listens here."""

    async def send(self, address: str, reply: Reply, key: str) -> str:  # noqa: ARG002 - the shape of a channel
        """Arrived."""
        return key


@dataclass(slots=True)
class Month:
    """One simulated month under way."""

    database: Database
    chance: random.Random
    now: datetime
    turns: int = 0
    meant: dict[tuple[str, str], str] = field(default_factory=dict)
    """(unit code, question) → stored text that the officer meant: what the rows must hold in the end."""

    def advance(self, moment: datetime) -> None:
        """Let the jobs run until `moment`."""

        def deliver(at: datetime) -> None:
            self.now = at
            self.deliver()

        scheduler.run_between(self.database, self.now, moment, deliver)
        self.now = moment

    def deliver(self) -> None:
        """Send what is due."""
        asyncio.run(deliver_due(self.database, {CHANNEL: Silent()}, self.now))

    def say(self, account: Account, words: str) -> None:
        """One message of an officer, and the bot's answer."""
        self.turns += 1
        self.now += timedelta(seconds=self.chance.randrange(4, 40))
        inbound.receive(self.database, Incoming(CHANNEL, account.address, f"s{self.turns}", self.now, words))
        self.deliver()


def command(wanted: int, month: str, seed: int, url: str, out: Path) -> None:
    """`congdoan simulate`: prints the digest and, as its last line, one JSON object."""
    out.mkdir(parents=True, exist_ok=True)
    if not url:
        for old in out.glob("simulate.db*"):
            old.unlink()
    database = open_database(url or f"sqlite:///{out / 'simulate.db'}", out / "files")
    upgrade.upgrade(database)
    result = run(database, wanted, month, seed)
    for form, name in {"text": "digest.txt", "png": "digest.png", "xlsx": "digest.xlsx"}.items():
        (out / name).write_bytes(digest_files.render(database, month, form, at=end_of(month)))
    sys.stdout.write((out / "digest.txt").read_text(encoding="utf-8") + "\n" + json.dumps(result) + "\n")


def run(database: Database, wanted: int, month: str, seed: int) -> dict[str, Any]:
    """Simulate `month` (`2026-11`) for `wanted` reporting units on an empty database; the counts."""
    began = stopwatch.perf_counter()
    chance = random.Random(seed)  # noqa: S311 - habits, not secrets
    start = datetime.combine(datetime.strptime(month, "%Y-%m").date(), time(0, 5), TZ)  # noqa: DTZ007 - a month
    with database.begin() as db:
        if db.scalar(select(func.count()).select_from(units.UNIT)):
            message = "simulate needs an empty database; give another --database"
            raise SystemExit(message)
        accounts = demo.fill(db, start, CHANNEL, wanted)
    under_way = Month(database, chance, start)
    for moment, account in _timetable(under_way, accounts, month):
        under_way.advance(max(moment, under_way.now))
        _visit(under_way, account)
    under_way.advance(max(end_of(month), under_way.now))
    return _counts(under_way, wanted, month) | {"seconds": round(stopwatch.perf_counter() - began, 2)}


def end_of(month: str) -> datetime:
    """Five days after the month's lock: the final digest is out."""
    first = datetime.strptime(month, "%Y-%m").replace(tzinfo=TZ)
    return first.replace(day=28, hour=18) + timedelta(days=2)


def _timetable(month: Month, accounts: list[Account], key: str) -> list[tuple[datetime, Account]]:
    """When each unit's first officer sits down to report; those who never do are left out."""
    with month.database.read() as db:
        period = periods.by_key(db, report_context.FORM, key)
    assert period is not None  # noqa: S101 - it was just opened
    first = {account.unit_code: account for account in reversed(accounts) if account.role in units.REPORTERS}
    visits = []
    for account in first.values():
        habit = month.chance.choices(list(HABITS), list(HABITS.values()))[0]
        if habit != "never":
            days = {"early": (-18, -8), "reminded": (-7, -2), "last_day": (0, 0), "late": (1, 3)}[habit]
            day = period.due_on + timedelta(days=month.chance.randint(*days))
            at = datetime.combine(day, time(month.chance.randint(9, 20), month.chance.randrange(60)), TZ)
            visits.append((max(at, month.now + timedelta(hours=8)), account))
    return sorted(visits, key=lambda visit: visit[0])


def _visit(month: Month, account: Account) -> None:
    """Ten minutes between two shifts: perhaps an idea, then the report."""
    if month.chance.random() < IDEAS:
        month.say(account, "SANGKIEN")
        _answer_all(month, account)
    month.say(account, month.chance.choice(("báo cáo", "BATDAU", "bc", "bao cao")))
    _answer_all(month, account)


def _answer_all(month: Month, account: Account) -> None:
    careless = month.chance.random() < MISTYPES
    for _ in range(MOST_TURNS):
        words = _next_words(month, account, careless=careless)
        if words is None:
            return
        month.say(account, words)


def _next_words(month: Month, account: Account, *, careless: bool) -> str | None:
    """What the officer types now; None when nothing is being asked any more."""
    with month.database.read() as db:
        sender = contacts.find(db, CHANNEL, account.address)
        frame = conversations.load(sender.state if sender else None).top
        if frame is None:
            return None
        if frame.waits != "answer":
            return {"confirm": "đúng", "reason": "đúng", "summary": "gửi"}[frame.waits]
        if frame.parts:
            return "xong"
        if careless and frame.misses == 0 and month.chance.random() < MISTYPES:
            return month.chance.choice(typing_habits.UNREADABLE)
        draft = submissions.get(db, frame.submission)
        session = questionnaires.session_of(db, draft, month.now.astimezone(TZ).date())
        session = questionnaires.counting(session, report_context.counted(db, draft))
    question = next(each for each in session.form.visible if each.name == frame.question)
    value = plausible(session, question, month.chance)
    if draft.period_id is not None:
        month.meant[account.unit_code, question.name] = value
    return typing_habits.typed(session, question, value, month.chance)


def _counts(month: Month, wanted: int, key: str) -> dict[str, Any]:
    with month.database.read() as db:
        period = periods.by_key(db, report_context.FORM, key)
        assert period is not None  # noqa: S101 - it was opened at the start
        mine = SUBMISSION.c.period_id == period.id
        counted = SUBMISSION.c.state.in_(submissions.COUNTED)
        reports = db.execute(select(SUBMISSION.c.late).where(mine, counted)).scalars().all()
        sent = db.execute(
            select(outbox.OUTGOING.c.kind, func.count())
            .where(outbox.OUTGOING.c.state == "sent")
            .group_by(outbox.OUTGOING.c.kind)
        )
        kinds: dict[str, int] = dict(sent.all())
        misread = _misread(db, month, period.id)
    late = sum(bool(row) for row in reports)
    return {
        "units": wanted, "submitted": len(reports), "on_time": len(reports) - late, "late": late,
        "missing": wanted - len(reports), "turns": month.turns, "messages_sent": sum(kinds.values()),
        "reminders_sent": kinds.get("reminder", 0), "digests": kinds.get("digest", 0), "misread": misread,
    }  # fmt: skip


def _misread(db: Connection, month: Month, period_id: int) -> int:
    """How many stored answers differ from what the officers meant."""
    held = select(units.UNIT.c.code, ANSWER.c.question, ANSWER.c.value).select_from(
        ANSWER.join(SUBMISSION, SUBMISSION.c.id == ANSWER.c.submission_id).join(
            units.UNIT, units.UNIT.c.id == SUBMISSION.c.unit_id
        )
    )
    rows = db.execute(held.where(SUBMISSION.c.period_id == period_id, ANSWER.c.asked))
    return sum(month.meant.get((code, question), value) != value for code, question, value in rows)
