"""Tells the superior of somebody who cannot be reached any more."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers import groups, joining_texts, telling
from storage import contacts, joining
from storage.calendar import TZ


def tell(db: Connection, contact_id: int, at: datetime) -> None:
    """Queue a message to the superior's officers, once a stop; the account itself is stopped already.

    Of a leaders' channel the administrators are told; nobody is told of another group, nor while the person can be
    reached by another account.
    """
    account = contacts.row_of(db, contact_id)
    if account is not None and account.audience == groups.LEADERS:
        groups.lost(db, account, at)
    if account is None or account.person_id is None or account.stopped_at is None:
        return
    if joining.reachable(db, account.person_id):
        return
    today = at.astimezone(TZ).date()
    telling.tell(
        db,
        telling.superiors(db, account.person_id, today),
        joining_texts.UNREACHABLE,
        key=f"unreachable:{contact_id}:{account.stopped_at.astimezone(TZ).date()}",
        at=at,
        who=telling.named(db, account.person_id, today),
        account=joining_texts.account(account.channel),
    )
