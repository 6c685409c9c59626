"""A message comes in: state, answers and replies are committed together or not at all."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, OperationalError

from handlers import handle, reply_key, texts
from storage import contacts, inbox, outbox
from storage.database import Database
from storage.messages import Incoming, Reply

log = logging.getLogger(__name__)


def receive_all(database: Database, messages: Sequence[Incoming]) -> None:
    """Handle messages in their order, with one commit for all; only a broken database raises.

    When one of them cannot be handled, all are rolled back and each is received by itself: a poisonous message
    costs its neighbours a second attempt and nothing else.
    """
    if len(messages) == 1 or not _all_handled(database, messages):
        for incoming in messages:
            receive(database, incoming)


def _all_handled(database: Database, messages: Sequence[Incoming]) -> bool:
    try:
        with database.begin() as db:
            for incoming in messages:
                _handle(db, incoming)
    except Exception:  # noqa: BLE001 - it comes again, by itself, and is logged then
        return False
    return True


def receive(database: Database, incoming: Incoming) -> bool:
    """Handle a message once; False if it was received before.  Only a broken database raises.

    A handler that raises is rolled back as a whole; the receipt is then kept by a second small transaction
    with an apology, so that one poisonous message cannot stop the bot (promise 7).
    """
    try:
        return _handled_in_the_end(database, incoming)
    except Exception:
        reference = secrets.token_hex(3).upper()
        log.exception(
            "message %s of %s failed, reference %s", incoming.message_id, incoming.channel, reference
        )
        return _apologise(database, incoming, reference)


def _handled_in_the_end(database: Database, incoming: Incoming) -> bool:
    """A fault of the database is no fault of the message: it is handled once more, on a new connection if need be."""
    try:
        return _handled(database, incoming)
    except DBAPIError as error:
        if not error.connection_invalidated and not isinstance(error, OperationalError):
            raise
        log.warning("the database failed (%s); the message is handled again", type(error.orig).__name__)
        return _handled(database, incoming)


def _handled(database: Database, incoming: Incoming) -> bool:
    with database.begin() as db:
        return _handle(db, incoming)


def _handle(db: Connection, incoming: Incoming) -> bool:
    sender = contacts.sender_of(db, incoming)
    receipt = inbox.claim(db, incoming, sender.id)
    if receipt is None:
        return False
    key = f"r{receipt}"
    for number, reply in enumerate(handle(db, sender, incoming, key)):
        outbox.put(db, sender.id, reply, key=reply_key(key, number), due_at=incoming.received_at)
    return True


def _apologise(database: Database, incoming: Incoming, reference: str) -> bool:
    with database.begin() as db:
        sender = contacts.sender_of(db, incoming)
        receipt = inbox.claim(db, incoming, sender.id, failure=reference)
        if receipt is None:
            return False
        words = texts.say(texts.APOLOGY, sender.address_form, sender.name, reference=reference)
        outbox.put(db, sender.id, Reply(words), key=f"r{receipt}.failed", due_at=incoming.received_at)
    return True
