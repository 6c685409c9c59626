"""What became of messages, written down, and what is claimed next, in one short transaction."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from bot.channel import SendError
from handlers import unreachable
from storage import contacts, outbox
from storage.database import Database
from storage.outbox import Due

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A message that was sent (`what` is the platform's id of it), or was not."""

    due: Due
    what: str | SendError
    tidies: bool
    """Whether the channel takes spent buttons off."""
    others_arrive: bool
    """Whether the platform takes other messages meanwhile."""


@dataclass(frozen=True, slots=True)
class Order:
    """What may be claimed: at most `room` messages of each channel, none for a contact that is busy."""

    now: datetime
    room: Mapping[str, int]
    under_way: Collection[int]
    """Contacts that have a message on its way."""
    resting: Collection[int]
    """Contacts that were written to just now."""


@dataclass(slots=True)
class Claimed:
    """What is to be sent, and what has to wait although it is due."""

    messages: list[Due] = field(default_factory=list)
    starved: set[str] = field(default_factory=set)
    """Channels that have more to say than there was room for."""
    rested: bool = False
    """Whether a resting contact has more to hear."""


def exchange(database: Database, settled: Sequence[Outcome], order: Order) -> Claimed:
    """Mark what was sent or failed, and claim what may go; without either, nothing is locked."""
    claimed = Claimed()
    if not settled:
        with database.read() as db:
            if not any(_open(db, order, name) for name, most in order.room.items() if most):
                return _waits(db, order, claimed)
    with database.begin() as db:
        _settle(db, settled, order.now)
        busy = {*order.under_way, *order.resting}
        for name, most in order.room.items():
            if most:
                claimed.messages += outbox.claim(db, order.now, name, most, busy)
        return _waits(db, order, claimed)


def give_back(database: Database, messages: Sequence[Due]) -> None:
    """What was claimed and never set out waits again, as if nothing had been."""
    if messages:
        with database.begin() as db:
            outbox.release(db, [due.id for due in messages])


def _open(db: Connection, order: Order, name: str) -> bool:
    return outbox.waiting(db, order.now, name, {*order.under_way, *order.resting})


def _waits(db: Connection, order: Order, claimed: Claimed) -> Claimed:
    """Note what waits for its slot; contacts with a message under way are looked at again when it has arrived."""
    sending = {*order.under_way, *(due.contact_id for due in claimed.messages)}
    busy = sending | {*order.resting}
    claimed.starved = {name for name in order.room if outbox.waiting(db, order.now, name, busy)}
    claimed.rested = bool(order.resting) and any(
        outbox.waiting(db, order.now, name, sending) for name in order.room
    )
    return claimed


def _settle(db: Connection, settled: Sequence[Outcome], now: datetime) -> None:
    arrived = [(one, one.what) for one in settled if not isinstance(one.what, SendError)]
    outbox.mark_sent(db, [(one.due.id, what) for one, what in arrived], now)
    for one, _ in arrived:
        if one.tidies and one.due.reply.spends:
            outbox.put_tidying(db, one.due, now)
    for one in settled:
        if isinstance(one.what, SendError):
            _failed(db, one, one.what, now)


def _failed(db: Connection, one: Outcome, error: SendError, now: datetime) -> None:
    due = one.due
    if error.moved_to:
        contacts.move(db, due.channel, due.address, error.moved_to)
        outbox.put_back(db, due, now, str(error))
    elif error.unknown and (due.kind != "reply" or due.attempts > 1):
        outbox.mark_unknown(db, due.id, str(error))
    elif _given_up(one, error, now):
        outbox.mark_failed(db, due.id, now, str(error))
    else:
        outbox.put_back(db, due, now + outbox.back_off(due.attempts, error.retry_after), str(error))
    if error.unreachable:
        contacts.stop(db, due.contact_id, now)
        unreachable.tell(db, due.contact_id, now)


def _given_up(one: Outcome, error: SendError, now: datetime) -> bool:
    """A refusal is final; a fault that only this message meets is, after some attempts; any is, after a day."""
    if error.refused or error.unreachable or one.due.kind == "tidy":
        return True
    alone = one.due.attempts >= outbox.ATTEMPTS and one.others_arrive
    return alone or now - one.due.due_at > outbox.PATIENCE
