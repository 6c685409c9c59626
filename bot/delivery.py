"""Replies go out: what is due is claimed, sent and marked; a fault of one chat delays nobody else."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.channel import Channel, SendError
from storage import contacts, outbox
from storage.database import Database
from storage.outbox import Due

log = logging.getLogger(__name__)

Run = Callable[..., Awaitable[Any]]
"""Runs a function of the database somewhere and awaits it: the writer thread, or here."""


async def here(function: Callable[..., Any], *args: object) -> Any:  # noqa: ANN401 - whatever the function gives
    """Run at once in this thread: for simulated clocks and tests, where nobody else waits."""
    return function(*args)


async def deliver_due(
    database: Database, channels: Mapping[str, Channel], now: datetime, run: Run = here
) -> int:
    """Send everything that is due at `now`; how many messages arrived."""
    sent = 0
    while batch := await run(_claim, database, now):
        outcomes = await asyncio.gather(*(_send(channels, due) for due in batch))
        await run(_settle, database, list(zip(batch, outcomes, strict=True)), now)
        sent += sum(isinstance(outcome, str) for outcome in outcomes)
    return sent


def _claim(database: Database, now: datetime) -> list[Due]:
    with database.read() as db:
        if not outbox.waiting(db, now):
            return []
    with database.begin() as db:
        return outbox.claim(db, now)


async def _send(channels: Mapping[str, Channel], due: Due) -> str | SendError:
    channel = channels.get(due.channel)
    if channel is None:
        return SendError(f"no channel {due.channel!r} is running")
    try:
        return await channel.send(due.address, replace(due.reply, replaces=due.replaces), due.key)
    except SendError as error:
        return error
    except Exception as error:
        log.exception("sending %s through %s", due.key, due.channel)
        return SendError(repr(error))


def _settle(database: Database, outcomes: list[tuple[Due, str | SendError]], now: datetime) -> None:
    with database.begin() as db:
        outbox.mark_sent(
            db, [(due.id, outcome) for due, outcome in outcomes if isinstance(outcome, str)], now
        )
        for due, outcome in outcomes:
            if isinstance(outcome, SendError):
                _failed(db, due, outcome, now)


def _failed(db: Connection, due: Due, error: SendError, now: datetime) -> None:
    if error.permanent or due.attempts >= outbox.ATTEMPTS:
        outbox.mark_failed(db, due.id, now, str(error))
    elif error.unknown and (due.kind != "reply" or due.attempts > 1):
        outbox.mark_unknown(db, due.id, str(error))
    else:
        outbox.put_back(db, due.id, now + outbox.back_off(due.attempts, error.retry_after), str(error))
    if error.permanent:
        contacts.stop(db, due.contact_id, now)
