"""Every message once: a receipt for each, unique for ever, kept even when handling it failed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

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


@dataclass(frozen=True, slots=True)
class Earlier:
    """A message as it read before it was edited."""

    receipt: int
    text: str


_EARLIER = (
    select(RECEIPT.c.id, RECEIPT.c.body)
    .where(RECEIPT.c.contact_id == bindparam("contact"), RECEIPT.c.reference == bindparam("reference"))
    .where(RECEIPT.c.id < bindparam("own"))
    .order_by(RECEIPT.c.id)
)


def earlier(db: Connection, contact_id: int, reference: str, receipt: int) -> list[Earlier]:
    """What the message of an account with this number said before `receipt`, oldest first."""
    rows = db.execute(_EARLIER, {"contact": contact_id, "reference": reference, "own": receipt})
    return [Earlier(row.id, row.body.get("text", "").strip()) for row in rows if not row.body.get("choice")]


_BEFORE = (
    select(RECEIPT.c.body)
    .where(RECEIPT.c.contact_id == bindparam("contact"), RECEIPT.c.id < bindparam("receipt"))
    .order_by(RECEIPT.c.id.desc())
    .limit(1)
)


def typed_before(db: Connection, contact_id: int, receipt: int) -> str:
    """What an account typed in its message before this one; empty if that was a button or a file."""
    row = db.execute(_BEFORE, {"contact": contact_id, "receipt": receipt}).first()
    return "" if row is None else str(row.body.get("text", "")).strip()
