"""Hands messages over as a channel does, and reads what is queued for each account."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from bot import inbound
from storage import contacts, conversations, invitations
from storage.calendar import TZ
from storage.contacts import CONTACT, Sender
from storage.database import Database
from storage.inbox import RECEIPT
from storage.messages import Incoming, Reply
from storage.outbox import OUTGOING
from tests.player import demo_start

NOW = datetime(2026, 9, 10, 8, 30, tzinfo=TZ)
TEACHER, LIEU, KIEN = "nb-gdu-01-1", "nb-hlu-01-1", "nb-hlu-01-2"
SUPERIOR, OTHER_SUPERIOR, OFFICE, ADMIN = "nb-hlu-1", "nb-tdi-1", "nb-2", "nb-5"


class Switchboard:
    """The sample organisation without history; everybody has an account on `web`."""

    def __init__(self, database: Database, channel: str = "web") -> None:
        self.database = database
        self.channel = channel
        self.now = NOW
        self.number = 0
        demo_start(database, NOW, months=0)

    # ── what comes in ───────────────────────────────────────────────────────────────────────────────

    def send(self, address: str, words: str = "", **more: Any) -> list[Reply]:
        """What is answered to a message."""
        self.number += 1
        values = {"channel": self.channel, "text": words} | more
        incoming = Incoming(address=address, message_id=f"m{self.number}", received_at=self.now, **values)
        inbound.receive(self.database, incoming)
        with self.database.read() as db:
            receipt = db.scalar(select(func.max(RECEIPT.c.id)))
        return [reply for _, key, reply in self.queued() if key in {f"r{receipt}.{n}" for n in range(4)}]

    def says(self, address: str, *words: str) -> Reply:
        """The last answer to several messages."""
        return [self.send(address, each) for each in words][-1][-1]

    def press(self, address: str, reply: Reply, label: str, **more: Any) -> Reply:
        """The last answer to a button of a message."""
        choice = next(one for one in reply.choices if label in one.label)
        shown = f"✓ {choice.label}" if choice.marked else choice.label
        return self.send(address, choice=choice.value, label=shown, **more)[-1]

    # ── what goes out ───────────────────────────────────────────────────────────────────────────────

    def queued(self, *states: str) -> Iterator[tuple[str, str, Reply]]:
        """(address, key, reply) of what was put into the outbox, all or what is in one of these states."""
        rows = select(CONTACT.c.address, OUTGOING.c.key, OUTGOING.c.body, OUTGOING.c.state).join_from(
            OUTGOING, CONTACT, CONTACT.c.id == OUTGOING.c.contact_id
        )
        with self.database.read() as db:
            found = db.execute(rows.order_by(OUTGOING.c.id)).all()
        for row in found:
            if not states or row.state in states:
                yield row.address, row.key, Reply.from_json(row.body)

    def told(self, address: str, *states: str) -> list[Reply]:
        """All that was put into the outbox for an account."""
        return [reply for owner, _, reply in self.queued(*states) if owner == address]

    def heard(self, address: str) -> list[str]:
        """The same, without the buttons."""
        return [reply.text for reply in self.told(address)]

    def button(self, address: str, label: str) -> str:
        """Value of the newest button of that name."""
        return [one.value for reply in self.told(address) for one in reply.choices if one.label == label][-1]

    # ── what is known ───────────────────────────────────────────────────────────────────────────────

    def account(self, address: str, channel: str = "") -> Sender:
        """An account that is known."""
        with self.database.read() as db:
            found = contacts.find(db, channel or self.channel, address)
        assert found, address
        return found

    def state(self, address: str) -> conversations.State:
        """Where an account is in its conversation."""
        return conversations.load(self.account(address).state)

    def rows(self, table: Any) -> list[Any]:
        """All rows of a table."""
        with self.database.read() as db:
            return list(db.execute(select(table).order_by(*table.primary_key)))

    def person(self, address: str) -> int:
        """Who stands behind an account of the sample."""
        return self.account(address, "web").person_id or 0

    def invite(self, address: str) -> str:
        """A code for that person."""
        with self.database.begin() as db:
            return invitations.issue(db, self.person(address), self.now)

    def phone(self, address: str, number: str) -> None:
        """Write that person's number into the roster."""
        with self.database.begin() as db:
            person = contacts.PERSON
            db.execute(update(person).where(person.c.id == self.person(address)).values(phone=number))
