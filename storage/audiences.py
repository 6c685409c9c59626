"""Who gets which digest: leadership channels, the standing department, and officers of superiors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from storage.database import table_of
from storage.models import Assignment, Contact, Unit
from storage.units import valid

CONTACT = table_of(Contact)
ASSIGNMENT = table_of(Assignment)
UNIT = table_of(Unit)


@dataclass(frozen=True, slots=True)
class Recipient:
    """A contact and the unit that it is told about; None is the whole organisation."""

    contact_id: int
    unit_id: int | None


def leaders(db: Connection) -> list[Recipient]:
    """Leadership channels that can be reached."""
    channels = select(CONTACT.c.id, CONTACT.c.unit_id).where(
        CONTACT.c.audience == "leaders", CONTACT.c.stopped_at.is_(None)
    )
    return [Recipient(*row) for row in db.execute(channels.order_by(CONTACT.c.id))]


def officers(db: Connection, roles: Sequence[str], on: date) -> list[Recipient]:
    """Contacts of people who hold one of these roles on a day, with the unit they hold it in (promise 9)."""
    held = (
        select(CONTACT.c.id, ASSIGNMENT.c.unit_id)
        .distinct()
        .join_from(CONTACT, ASSIGNMENT, ASSIGNMENT.c.person_id == CONTACT.c.person_id)
        .join(UNIT, UNIT.c.id == ASSIGNMENT.c.unit_id)
        .where(ASSIGNMENT.c.role.in_(roles), CONTACT.c.audience == "", CONTACT.c.stopped_at.is_(None))
        .where(CONTACT.c.consented_at.is_not(None), valid(ASSIGNMENT, on), valid(UNIT, on))
        .order_by(CONTACT.c.id, ASSIGNMENT.c.unit_id)
    )
    return [Recipient(*row) for row in db.execute(held)]
