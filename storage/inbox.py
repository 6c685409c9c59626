"""Every message once: a receipt for each, unique for ever, kept even when handling it failed."""

from __future__ import annotations

from sqlalchemy import Connection

from storage.database import insert_once, table_of
from storage.messages import Incoming
from storage.models import Receipt

RECEIPT = table_of(Receipt)


def claim(db: Connection, incoming: Incoming, contact_id: int | None, failure: str = "") -> int | None:
    """Write the receipt and return its id; None for a message that was received before."""
    row = {
        "channel": incoming.channel,
        "bot": incoming.bot,
        "message_id": incoming.message_id,
        "contact_id": contact_id,
        "received_at": incoming.received_at,
        "body": incoming.to_json(),
        "failure": failure,
        "reference": incoming.reference,
    }
    return db.execute(insert_once(RECEIPT, db), row).scalar()
