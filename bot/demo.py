"""The demo: the sample organisation with a history, the chat page, and a clock that can be moved."""

from __future__ import annotations

import asyncio
import mimetypes
import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

import scheduler
from bot import sample
from bot.app import App
from bot.channels.web.shape import Json, from_bot, from_person
from bot.clock import Clock
from handlers.engine import spelling
from scheduler import reminders
from storage import contacts, erasure, inbox, notes, outbox, periods, units
from storage.calendar import TZ
from storage.calendar import at as moment_of
from storage.database import Database
from storage.messages import Attachment, Incoming, Reply

CHANNEL = "web"
STARTS_ON = 10
"""Day of the month on which a fresh demo's clock stands, at 08:00: the whole ladder is still ahead."""
HISTORY = 3
"""Past months that have reports."""
AHEAD = "clock_ahead_seconds"


def clock_of(database: Database) -> Clock:
    """The clock of a database: moved ahead if it is a demo's, real otherwise."""
    with database.read() as db:
        return Clock(timedelta(seconds=float(notes.get(db, AHEAD) or 0)))


def prepare(database: Database, clock: Clock) -> None:
    """Fill an empty database, or set the clock to where it was; either way ready to serve."""
    with database.read() as db:
        known = notes.get(db, AHEAD)
    if known:
        clock.ahead = clock_of(database).ahead
        return
    today = clock.now().astimezone(TZ).date()
    clock.set(moment_of(today.replace(day=STARTS_ON), "08:00"))
    with database.begin() as db:
        fill(db, clock.now(), CHANNEL)
        notes.put(db, AHEAD, str(clock.ahead.total_seconds()))


def fill(
    db: Connection, now: datetime, channel: str, wanted: int | None = None, months: int = HISTORY
) -> list[sample.Account]:
    """The sample organisation with `months` of history, and this month's period open."""
    month = now.astimezone(TZ).date().replace(day=1)
    accounts = sample.load(db, channel, date(month.year - 1, 1, 1), now, wanted)
    sample.history(db, month, months)
    for duty in periods.duties(db, month):
        periods.ensure(db, duty, month.strftime("%Y-%m"))
    return accounts


# ── who one can be ──────────────────────────────────────────────────────────────────────────────────

_PEOPLE = (
    select(
        contacts.CONTACT.c.address,
        contacts.CONTACT.c.display_name,
        contacts.CONTACT.c.audience,
        units.ASSIGNMENT.c.title,
        units.UNIT.c.id.label("unit_id"),
        units.UNIT.c.short_name,
        units.UNIT.c.kind,
    )
    .select_from(
        contacts.CONTACT.outerjoin(
            units.ASSIGNMENT, units.ASSIGNMENT.c.person_id == contacts.CONTACT.c.person_id
        ).outerjoin(units.UNIT, units.UNIT.c.id == units.ASSIGNMENT.c.unit_id)
    )
    .where(contacts.CONTACT.c.channel == CHANNEL, contacts.CONTACT.c.address.not_like(f"{erasure.ERASED}%"))
    .order_by(contacts.CONTACT.c.id)
)


class Desk:
    """What the chat page shows and does, from the rows."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.database = app.database

    def now(self) -> datetime:
        """The demo's time."""
        return self.app.clock.now()

    def people(self) -> list[Json]:
        """Everybody of the sample: who reports comes first, under the superior, the leadership channel last."""
        with self.database.read() as db:
            rows = db.execute(_PEOPLE).all()
            above = dict(db.execute(select(units.UNIT_PARENT.c.unit_id, units.UNIT_PARENT.c.parent_id)).all())
            names = dict(db.execute(select(units.UNIT.c.id, units.UNIT.c.short_name)).all())
        listed = [_person(row, names.get(above.get(row.unit_id, 0), "")) for row in rows]
        return sorted(listed, key=lambda person: (_rank(person), person["address"]))

    def history(self, address: str) -> list[Json]:
        """One chat, oldest first."""
        with self.database.read() as db:
            return list(messages_of(db, address))

    def keep(self, name: str, media_type: str, body: bytes) -> Attachment:
        """Store an upload under a name of our own."""
        suffix = mimetypes.guess_extension(media_type) or ".bin"
        path = f"uploads/{uuid.uuid4().hex}{suffix}"
        target = self.database.files / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)
        kind = "photo" if media_type.startswith("image/") else "file"
        return Attachment(path, Path(name).name, media_type, len(body), kind)

    def file(self, path: str) -> Path | None:
        """A stored file; None for anything outside the files' directory."""
        root = self.database.files.resolve()
        target = (root / path).resolve()
        return target if target.is_relative_to(root) and target.is_file() else None

    def clock(self) -> Json:
        """The demo's time and where it can be moved."""
        now = self.now()
        local = now.astimezone(TZ)
        day = f"{spelling.weekday(local.date())}, {spelling.date(local.date())}"
        moves = [
            {"to": to, "label": label, "at": at.isoformat() if at else None}
            for to, label, at in self._moves(now)
        ]
        return {"now": now.isoformat(), "label": f"{day[0].upper()}{day[1:]} {local:%H:%M}", "moves": moves}

    def _moves(self, now: datetime) -> list[tuple[str, str, datetime | None]]:
        with self.database.read() as db:
            reminder, deadline = reminders.upcoming(db, now), reminders.deadline(db, now)
        return [
            ("next_reminder", "Đến lần nhắc tiếp theo", reminder),
            ("deadline", "Đến hạn nộp", deadline),
            ("day", "+1 ngày", now + timedelta(days=1)),
        ]

    async def move(self, to: str) -> Json:
        """Move the clock and run what falls due on the way, as it would have run."""
        now = self.now()
        target = next((at for name, _, at in self._moves(now) if name == to), None)
        if target is not None and target > now:
            await self._advance(now, target)
        return self.clock()

    async def _advance(self, now: datetime, target: datetime) -> None:
        loop = asyncio.get_running_loop()

        def deliver(at: datetime) -> None:
            self.app.clock.set(at)
            asyncio.run_coroutine_threadsafe(self.app.deliver(at), loop).result()

        await loop.run_in_executor(None, scheduler.run_between, self.database, now, target, deliver)
        self.app.clock.set(target)
        await self.app.in_writer(self._remember)
        await self.app.deliver()

    def _remember(self) -> None:
        with self.database.begin() as db:
            notes.put(db, AHEAD, str(self.app.clock.ahead.total_seconds()))


_GROUPS = {"tinh": "Ban lãnh đạo và ban chuyên môn", "cap_tren": "Công đoàn cấp trên trực tiếp"}


def _person(row: Any, above: str) -> Json:  # noqa: ANN401 - a row of _PEOPLE
    if row.audience:
        return {"address": row.address, "name": row.display_name, "title": "Chỉ nhận bản tin", "unit": "",
                "group": "Kênh lãnh đạo", "kind": "channel"}  # fmt: skip
    return {"address": row.address, "name": row.display_name, "title": row.title, "unit": row.short_name,
            "group": _GROUPS.get(row.kind, above), "kind": "person"}  # fmt: skip


def _rank(person: Json) -> int:
    order = [*reversed(_GROUPS.values()), "Kênh lãnh đạo"]
    return order.index(person["group"]) + 1 if person["group"] in order else 0


# ── what was said ───────────────────────────────────────────────────────────────────────────────────


def messages_of(db: Connection, address: str) -> Iterator[Json]:
    """Both sides of a chat in the order in which they were said; a press shows its button's label."""
    contact = contacts.CONTACT.c.address == address
    known = db.scalar(select(contacts.CONTACT.c.id).where(contacts.CONTACT.c.channel == CHANNEL, contact))
    labels: dict[str, str] = {}
    for _, _, row in sorted(_both_sides(db, known), key=lambda entry: entry[:2]):
        if isinstance(row, Incoming):
            text = labels.get(row.choice, row.choice) if row.choice else row.text
            yield from_person(row.message_id, text, row.received_at, row.attachments)
        else:
            key, reply, at = row
            labels |= {choice.value: choice.label for choice in reply.choices}
            yield from_bot(key, reply, at)


def _both_sides(db: Connection, contact_id: int | None) -> Iterator[tuple[datetime, tuple[int, int], Any]]:
    received = inbox.RECEIPT
    for row in db.execute(select(received.c.id, received.c.body).where(received.c.contact_id == contact_id)):
        if not row.body:
            continue  # older than it may be kept
        incoming = Incoming.from_json(row.body)
        yield incoming.received_at, (row.id, -1), incoming
    said = outbox.OUTGOING
    sent = select(said).where(said.c.contact_id == contact_id, said.c.state == "sent")
    for row in db.execute(sent):
        yield row.due_at, _place(row.key), (row.key, Reply.from_json(row.body), row.due_at)


def _place(key: str) -> tuple[int, int]:
    """Where a message stands among those of the same moment: a reply after what it answers, the rest last."""
    receipt, _, number = key.removeprefix("r").partition(".")
    return (int(receipt), int(number)) if receipt.isdigit() and number.isdigit() else (2**62, 0)
